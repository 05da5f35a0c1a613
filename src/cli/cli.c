/* cli.c - see cli.h. */
#include "cli/cli.h"

#include "io/files.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

enum lang cli_lang(void)
{
    static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; i < COUNT(names); i++) {
        str value = str_z(getenv(names[i]));
        if (value.n > 0)
            return str_has_prefix(value, S("ja")) ? LANG_JA : LANG_EN;
    }
    return LANG_EN;
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
                     .public_url = cli_value(args, "--public-url"),
                     .migrate = migrate};
    if (b.data_dir.n == 0)
        b.data_dir = S("var");
    return app_boot(args->a, &b, f, out);
}

static void print_options(const struct cli_option *options, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const struct cli_option *o = &options[i];
        char left[64];
        (void)snprintf(left, sizeof left, "%s %s", o->name, o->value ? o->value : "");
        (void)printf("  %-24s %s\n", left, o->help);
    }
}

static int help_for(const struct cli_args *args)
{
    const struct cli_command *c = args->command;
    (void)printf("kakehashi %s\n\n%s\n", c->usage, c->help);
    if (args->noptions > 0)
        (void)printf("\nOptions:\n");
    print_options(args->options, args->noptions);
    return 0;
}

static int help_words(const struct cli_command *c)
{
    (void)printf("kakehashi %s\n\n%s\n\nCommands:\n", c->usage, c->help);
    for (size_t i = 0; i < c->nwords; i++)
        (void)printf("  %-10s %s\n", c->words[i].name, c->words[i].help);
    (void)printf("\nkakehashi %s COMMAND --help says more.\n", c->name);
    return 0;
}

static int help(const struct cli_command *const *commands, size_t n)
{
    (void)printf("Kakehashi carries a vulnerability from the first report to the public advisory.\n"
                 "\nUsage: kakehashi COMMAND [OPTION]…\n\nCommands:\n");
    for (size_t i = 0; i < n; i++)
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

/* What stands behind the name of a field's option. */
static const char *value_word(enum field_type t)
{
    switch ((int)t) {
    case FIELD_BOOL: return "yes|no";
    case FIELD_INSTANT: return "TIME";
    case FIELD_TEXT: return "TEXT|@FILE";
    case FIELD_CHOICES: return "A,B,…";
    default: return "TEXT";
    }
}

/* "name_ja" → "--name-ja" */
static const char *option_name(struct arena *a, str field)
{
    buf b = {.a = a};
    buf_put(&b, S("--"));
    for (size_t i = 0; i < field.n; i++)
        buf_char(&b, field.p[i] == '_' ? '-' : field.p[i]);
    return str_to_z(a, buf_str(&b));
}

/* "general, individual" */
static str choices_of(struct arena *a, const struct field_rule *r)
{
    buf b = {.a = a};
    for (size_t i = 0; i < r->nchoices; i++)
        buf_putf(&b, "%s%.*s", i ? ", " : ": ", SV(r->choices[i].value));
    return b.n ? buf_str(&b) : S("");
}

static void gather_options(struct cli_args *args)
{
    const struct cli_command *c = args->command;
    struct cli_option *all = NEWS(args->a, struct cli_option, c->noptions + c->nrules + 1);
    size_t n = 0;
    for (size_t i = 0; i < c->nrules; i++) {
        const struct field_rule *r = &c->rules[i];
        str help = str_join(args->a, field_label(args->a, r, LANG_EN), choices_of(args->a, r));
        all[n++] = (struct cli_option){option_name(args->a, r->name), value_word(r->type),
                                       str_to_z(args->a, help)};
    }
    for (size_t i = 0; i < c->noptions; i++)
        all[n++] = c->options[i];
    args->options = all;
    args->noptions = n;
    args->values = NEWS(args->a, str, n + 1);
}

static enum err read_text(struct cli_args *args, str *value)
{
    enum { MOST = 1 << 20 };
    struct fault f = {0};
    enum err e = file_read(args->a, str_to_z(args->a, str_from(*value, 1)), MOST, &f, value);
    if (e != OK)
        (void)cli_fail(E_INVALID, "%s", f.text[0] ? f.text : "there is no such file");
    return e == OK ? OK : E_INVALID;
}

enum err cli_input(struct cli_args *args, struct input *out)
{
    for (size_t i = 0; i < args->command->nrules; i++) {
        const struct field_rule *r = &args->command->rules[i];
        str value = args->values[i];
        if (value.p == NULL)
            continue;
        if (r->type == FIELD_TEXT && value.n > 0 && value.p[0] == '@')
            TRY(read_text(args, &value));
        do {
            bool list = r->type == FIELD_CHOICES;
            input_put(args->a, out, r->name, list ? str_trim(str_cut(&value, ',')) : value);
            value = list ? value : NO_STR;
        } while (value.n > 0);
    }
    return OK;
}

static int run(const struct cli_command *c, struct arena *a, int argc, char **argv, int at)
{
    struct cli_args args = {.a = a, .command = c};
    gather_options(&args);
    args.rest = NEWS(a, const char *, (size_t)argc + 1);
    for (int i = at; i < argc; i++) {
        if (strcmp(argv[i], "--help") == 0)
            return help_for(&args);
        if (strncmp(argv[i], "--", 2) != 0 && option_at(&args, argv[i]) == args.noptions)
            args.rest[args.nrest++] = argv[i];
        else if (!read_option(&args, argc, argv, &i))
            return err_info[E_INVALID].exit;
    }
    return c->run(&args);
}

/* `kakehashi user add …`: the word decides. */
static int run_word(const struct cli_command *c, struct arena *a, int argc, char **argv)
{
    if (argc < 3 || strcmp(argv[2], "--help") == 0)
        return argc < 3 ? (void)help_words(c), err_info[E_INVALID].exit : help_words(c);
    for (size_t i = 0; i < c->nwords; i++)
        if (strcmp(argv[2], c->words[i].name) == 0)
            return run(&c->words[i], a, argc, argv, 3);
    return cli_fail(E_INVALID, "there is no command %s %s; kakehashi %s --help lists them", c->name,
                    argv[2], c->name);
}

int cli_main(int argc, char **argv, const struct cli_command *const *commands, size_t n)
{
    if (argc < 2 || strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "help") == 0)
        return help(commands, n);
    if (strcmp(argv[1], "version") == 0 || strcmp(argv[1], "--version") == 0) {
        (void)printf("kakehashi %s\n", KAKEHASHI_VERSION);
        return 0;
    }
    for (size_t i = 0; i < n; i++) {
        if (strcmp(argv[1], commands[i]->name) != 0)
            continue;
        struct arena *a = arena_new();
        int code = commands[i]->nwords > 0 ? run_word(commands[i], a, argc, argv)
                                           : run(commands[i], a, argc, argv, 2);
        arena_free(a);
        return code;
    }
    return cli_fail(E_INVALID, "there is no command %s; kakehashi help lists them", argv[1]);
}
