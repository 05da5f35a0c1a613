/* process.c - kakehashi process: print, prove and draw the handling process. */
#include "cli/cli.h"

#include <stdio.h>

/* clang-format off */
static const struct cli_option options[] = {
    {"--json", NULL, "print all steps as one JSON array"},
    {"--check", NULL, "prove the tables: reachable, no dead end, every word in both languages"},
    {"--svg", NULL, "draw a flow; --flow and --lang choose"},
    {"--flow", "FLOW", "coordinated (default) or direct"},
    {"--lang", "LANG", "ja (default) or en"},
    {"--process", "DIR", "tables of the handling process in place of the built-in ones"},
};
/* clang-format on */

static int check(struct arena *a, const struct process *p)
{
    struct findings found;
    process_check(a, p, &found);
    for (size_t i = 0; i < found.n; i++)
        (void)printf("%.*s\n", SV(found.v[i]));
    if (found.n > 0)
        return cli_fail(E_INVALID, "%zu findings", found.n);
    (void)printf("coordinated: %zu steps, direct: %zu steps; every one can be done, no dead end, "
                 "every word in both languages\n",
                 p->flow[FLOW_COORDINATED].n, p->flow[FLOW_DIRECT].n);
    return 0;
}

static int draw(struct cli_args *args, const struct process *p)
{
    enum flow flow = FLOW_COORDINATED;
    str name = cli_value(args, "--flow"), lang = cli_value(args, "--lang");
    if (name.n > 0 && !flow_find(name, &flow))
        return cli_fail(E_INVALID, "there is no flow %.*s", SV(name));
    str svg = process_svg(args->a, p, flow, str_eq(lang, S("en")) ? LANG_EN_AT : LANG_JA_AT);
    (void)printf("%.*s\n", SV(svg));
    return 0;
}

static int run(struct cli_args *args)
{
    struct process p;
    struct fault f = {0};
    enum err e = process_boot(args->a, cli_value(args, "--process"), &p, &f);
    if (e != OK)
        return cli_fail(e, "%s", f.text);
    if (cli_flag(args, "--check"))
        return check(args->a, &p);
    if (cli_flag(args, "--svg"))
        return draw(args, &p);
    (void)printf("%.*s\n", SV(process_json(args->a, &p)));
    return 0;
}

const struct cli_command cli_process = {"process",
                                        "process [--json|--check|--svg]",
                                        "Print, prove or draw the handling process.",
                                        options,
                                        COUNT(options),
                                        run};
