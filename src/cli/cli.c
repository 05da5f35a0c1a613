/* cli.c - see cli.h. */
#include "cli/cli.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const struct cli_command *const commands[] = {&cli_serve, &cli_migrate, &cli_check,
                                                     &cli_process};

int cli_fail(enum err e, const char *fmt, ...)
{
    va_list ap;
    (void)fputs("kakehashi: ", stderr);
    va_start(ap, fmt);
    (void)vfprintf(stderr, fmt, ap);
    va_end(ap);
    (void)fputc('\n', stderr);
    return err_info[e].exit;
}

static size_t option_at(const struct cli_args *args, const char *name)
{
    size_t i = 0;
    while (i < args->noptions && strcmp(args->options[i].name, name) != 0)
        i++;
    return i;
}

str cli_value(const struct cli_args *args, const char *name)
{
    size_t i = option_at(args, name);
    return i < args->noptions ? args->values[i] : NO_STR;
}

bool cli_flag(const struct cli_args *args, const char *name)
{
    return cli_value(args, name).p != NULL;
}

enum err cli_boot(struct cli_args *args, bool migrate, struct fault *f, struct app **out)
{
    struct boot b = {.data_dir = cli_value(args, "--data"),
                     .database = cli_value(args, "--database"),
                     .process_dir = cli_value(args, "--process"),
                     .clock_file = cli_value(args, "--clock"),
                     .migrate = migrate};
    if (b.data_dir.n == 0)
        b.data_dir = S("var");
    return app_boot(args->a, &b, f, out);
}

static void print_options(const struct cli_command *c)
{
    for (size_t i = 0; i < c->noptions; i++) {
        const struct cli_option *o = &c->options[i];
        char left[64];
        (void)snprintf(left, sizeof left, "%s %s", o->name, o->value ? o->value : "");
        (void)printf("  %-24s %s\n", left, o->help);
    }
}

static int help_for(const struct cli_command *c)
{
    (void)printf("kakehashi %s\n\n%s\n", c->usage, c->help);
    if (c->noptions > 0)
        (void)printf("\nOptions:\n");
    print_options(c);
    return 0;
}

static int help(void)
{
    (void)printf("Kakehashi carries a vulnerability from the first report to the public advisory.\n"
                 "\nUsage: kakehashi COMMAND [OPTION]…\n\nCommands:\n");
    for (size_t i = 0; i < COUNT(commands); i++)
        (void)printf("  %-10s %s\n", commands[i]->name, commands[i]->help);
    (void)printf("  %-10s %s\n\nkakehashi COMMAND --help says more.\n", "version",
                 "Print the version.");
    return 0;
}

/* "--name value" and "--name=value"; false: said what is wrong. */
static bool read_option(struct cli_args *args, int argc, char **argv, int *at)
{
    const char *word = argv[*at];
    const char *eq = strchr(word, '=');
    str name = {word, eq ? (size_t)(eq - word) : strlen(word)};
    size_t i = option_at(args, str_to_z(args->a, name));
    if (i == args->noptions) {
        (void)cli_fail(E_INVALID, "there is no option %.*s", SV(name));
        return false;
    }
    if (args->options[i].value == NULL) {
        args->values[i] = S("");
        return true;
    }
    if (eq == NULL && *at + 1 >= argc) {
        (void)cli_fail(E_INVALID, "%.*s wants %s behind it", SV(name), args->options[i].value);
        return false;
    }
    args->values[i] = eq ? str_z(eq + 1) : str_z(argv[++*at]);
    return true;
}

static int run(const struct cli_command *c, struct arena *a, int argc, char **argv)
{
    struct cli_args args = {.a = a, .options = c->options, .noptions = c->noptions};
    args.values = NEWS(a, str, c->noptions + 1);
    args.rest = NEWS(a, const char *, (size_t)argc + 1);
    for (int i = 2; i < argc; i++) {
        if (strcmp(argv[i], "--help") == 0)
            return help_for(c);
        if (strncmp(argv[i], "--", 2) != 0)
            args.rest[args.nrest++] = argv[i];
        else if (!read_option(&args, argc, argv, &i))
            return err_info[E_INVALID].exit;
    }
    return c->run(&args);
}

int cli_main(int argc, char **argv)
{
    if (argc < 2 || strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "help") == 0)
        return help();
    if (strcmp(argv[1], "version") == 0 || strcmp(argv[1], "--version") == 0) {
        (void)printf("kakehashi %s\n", KAKEHASHI_VERSION);
        return 0;
    }
    for (size_t i = 0; i < COUNT(commands); i++) {
        if (strcmp(argv[1], commands[i]->name) != 0)
            continue;
        struct arena *a = arena_new();
        int code = run(commands[i], a, argc, argv);
        arena_free(a);
        return code;
    }
    return cli_fail(E_INVALID, "there is no command %s; kakehashi help lists them", argv[1]);
}
