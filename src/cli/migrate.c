/* migrate.c - kakehashi migrate: bring the schema up, or say how it stands. */
#include "cli/cli.h"

#include <stdio.h>

/* clang-format off */
static const struct cli_option options[] = {
    {"--check", NULL, "change nothing; exit 5 when the schema is not this program's"},
    CLI_STORE_OPTIONS,
};
/* clang-format on */

static int run(struct cli_args *args)
{
    struct fault f = {0};
    struct app *app;
    enum err e = cli_boot(args, !cli_flag(args, "--check"), &f, &app);
    if (e != OK)
        return cli_fail(e, "%s", f.text);
    (void)printf("the schema is up to date\n");
    return 0;
}

const struct cli_command cli_migrate = {
    "migrate", "migrate [--check]", "Bring the database's schema up to this program.",
    options,   COUNT(options),      run};
