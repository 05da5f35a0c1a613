/* check.c - kakehashi check: compute what follows from the records anew, and compare. */
#include "cli/cli.h"

#include "app/cases.h"

#include <stdio.h>

static const struct cli_option options[] = {CLI_STORE_OPTIONS};

enum { SOME_AT_A_TIME = 500 };

/* Compare some cases; *last: where to go on, absent at the end. */
static enum err check_some(struct app *app, str *last, size_t *cases, size_t *bad)
{
    struct arena *a = arena_new();
    struct ctx *cx = ctx_new(a, app);
    str *ids;
    struct findings found = {0};
    size_t n = 0;
    static char kept[64];
    enum err e = case_ids(cx, *last, SOME_AT_A_TIME, &ids, &n);
    for (size_t i = 0; e == OK && i < n; i++)
        e = case_verify(cx, ids[i], &found);
    for (size_t i = 0; i < found.n; i++)
        (void)printf("%.*s\n", SV(found.v[i]));
    if (n > 0)
        *last = (str){kept, (size_t)snprintf(kept, sizeof kept, "%.*s", SV(ids[n - 1]))};
    if (n < SOME_AT_A_TIME)
        *last = NO_STR;
    *cases += n;
    *bad += found.n;
    if (e != OK)
        (void)cli_fail(e, "%s", cx->fault.text);
    arena_free(a);
    return e;
}

static int run(struct cli_args *args)
{
    struct fault f = {0};
    struct app *app;
    size_t cases = 0, bad = 0;
    str last = S("");
    enum err e = cli_boot(args, false, &f, &app);
    if (e != OK)
        return cli_fail(e, "%s", f.text);
    while (e == OK && last.p != NULL)
        e = check_some(app, &last, &cases, &bad);
    if (e != OK)
        return err_info[e].exit;
    (void)printf("%zu cases, %zu differences\n", cases, bad);
    return bad ? err_info[E_CONFLICT].exit : 0;
}

const struct cli_command cli_check = {
    "check", "check",        "Compute rights and tasks anew from the records; compare.",
    options, COUNT(options), run};
