/* demo.c - kakehashi demo: load the demo cases, or say whom to be. */
#include "app/demo.h"

#include "cli/cli.h"

#include <stdio.h>

static int print_sign_ins(struct arena *a)
{
    struct demo_sign_in *list;
    size_t n;
    enum err e = demo_sign_ins(a, &list, &n);
    if (e != OK)
        return cli_fail(e, "the demo files are damaged");
    (void)printf("Demo sign-ins / デモのサインイン (password / パスワード: %s)\n", DEMO_PASSWORD);
    for (size_t i = 0; i < n; i++) {
        (void)printf("  %-16.*s %.*s\n  %-16s %.*s\n", SV(list[i].login), SV(list[i].who[LANG_JA]),
                     "", SV(list[i].who[LANG_EN]));
        if (list[i].finder)
            (void)printf("  %-16s receipt key / 受付鍵: %.*s\n", "", SV(list[i].secret));
    }
    return 0;
}

static int demo(struct cli_args *args)
{
    struct fault f = {0};
    struct app *app;
    bool loaded = false;
    if (cli_flag(args, "--sign-ins"))
        return print_sign_ins(args->a);
    enum err e = cli_boot(args, true, &f, &app);
    if (e == OK)
        e = demo_load(app, &f, &loaded);
    if (e != OK)
        return cli_fail(e, "%s", f.text);
    (void)printf(loaded ? "the demo cases are loaded\n" : "the demo cases were loaded before\n");
    return 0;
}

/* clang-format off */
static const struct cli_option options[] = {
    {"--sign-ins", NULL, "load nothing; print whom to be, and the password"},
    CLI_STORE_OPTIONS,
};
/* clang-format on */

const struct cli_command cli_demo = {.name = "demo",
                                     .usage = "demo [--sign-ins]",
                                     .help = "Load the demo cases into an empty installation.",
                                     .options = options,
                                     .noptions = COUNT(options),
                                     .run = demo};
