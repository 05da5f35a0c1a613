/* cve_acts.c - kakehashi cve reserve, publish, update, reject, assign, jobs, work, settle. */
#include "cli/cve_own.h"

#include <stdio.h>

/* --- one job ---------------------------------------------------------------------------------- */

static void put_job(struct json_out *o, const struct cve_job_line *j)
{
    json_put_object(o);
    json_put_member(o, S("id"), j->id);
    json_put_member(o, S("kind"), j->kind);
    json_put_member(o, S("state"), j->state);
    json_put_member(o, S("cve"), j->cve);
    json_put_member_i64(o, S("amount"), j->amount);
    json_put_member_i64(o, S("tries"), j->tries);
    json_put_member(o, S("error"), j->error);
    json_put_member(o, S("message"), j->message);
    json_put_end(o);
}

static void say_job(struct ctx *cx, const struct cve_job_line *j)
{
    str when = cli_time(cx, j->ended.is ? j->ended : SOME(j->due));
    (void)printf("%.*s  %-8.*s %-8.*s %-18.*s %s %.*s  %.*s %.*s\n", SV(j->id), SV(j->kind),
                 SV(j->state), SV(j->cve.n ? j->cve : S("–")), j->ended.is ? "at" : "again at",
                 SV(when), SV(j->error), SV(j->message));
}

/* What came of it; 0 only where it is done. */
static int say_end(struct cli_args *args, struct ctx *cx, str job)
{
    struct cve_job_line j;
    buf b = {.a = args->a};
    struct json_out o = {.b = &b};
    app_read_end(cx);
    enum err e = cve_job_line(cx, job, &j);
    if (e != OK)
        return cli_end(cx, e);
    put_job(&o, &j);
    if (cli_flag(args, "--json"))
        cli_print(&b);
    else
        say_job(cx, &j);
    if (str_eq(j.state, S("done")))
        return 0;
    bool refused = str_eq(j.state, S("refused"));
    return err_info[refused ? E_DENIED : E_IO].exit;
}

/* Somebody else may be faster: what came of it counts. */
static int do_now(struct cli_args *args, struct ctx *cx, const struct cve_wire *wire, enum err e,
                  str job)
{
    if (e != OK)
        return cli_end(cx, e);
    e = cve_work_one(cx, wire, job);
    if (e != OK && e != E_CONFLICT)
        return cli_end(cx, e);
    return say_end(args, cx, job);
}

/* --- acts ------------------------------------------------------------------------------------- */

int cve_run_reserve(struct cli_args *args)
{
    struct cve_wire wire;
    struct input in = {0};
    str job = NO_STR, id, vuln;
    int code;
    bool of_case = cli_value(args, "--case").n > 0;
    struct ctx *cx = cve_cli(args, 0, &wire, &code);
    if (cx == NULL)
        return code;
    enum err e = cli_input(args, &in);
    if (e == OK && of_case)
        e = cve_cli_as(args, cx);
    if (e == OK && of_case)
        e = cve_cli_case(cx, cli_value(args, "--case"), &id);
    if (e == OK && of_case)
        e = cve_cli_vuln(args, cx, id, &vuln);
    if (e == OK)
        e = of_case ? cve_plan_number(cx, id, vuln, &job) : cve_plan_pool(cx, &in, &job);
    return do_now(args, cx, &wire, e, job);
}

int cve_run_publish(struct cli_args *args)
{
    struct cve_wire wire;
    str job = NO_STR, id, vuln = NO_STR;
    int code;
    struct ctx *cx = cve_cli(args, 1, &wire, &code);
    if (cx == NULL)
        return code;
    enum err e = cve_cli_as(args, cx);
    if (e == OK)
        e = cve_cli_case(cx, cli_word(args, 0), &id);
    if (e == OK)
        e = cve_cli_vuln(args, cx, id, &vuln);
    if (e == OK)
        e = cve_plan_publish(cx, id, vuln, &job);
    return do_now(args, cx, &wire, e, job);
}

int cve_run_reject(struct cli_args *args)
{
    struct cve_wire wire;
    struct input in = {0};
    str job = NO_STR, id;
    int code;
    struct ctx *cx = cve_cli(args, 2, &wire, &code);
    if (cx == NULL)
        return code;
    enum err e = cli_input(args, &in);
    if (e == OK)
        e = cve_cli_as(args, cx);
    if (e == OK)
        e = cve_cli_case(cx, cli_word(args, 0), &id);
    if (e == OK)
        e = cve_plan_reject(cx, id, cli_word(args, 1), &in, &job);
    return do_now(args, cx, &wire, e, job);
}

int cve_run_assign(struct cli_args *args)
{
    str id, vuln;
    int code;
    struct ctx *cx = cve_cli(args, 2, NULL, &code);
    if (cx == NULL)
        return code;
    enum err e = cve_cli_as(args, cx);
    if (e == OK)
        e = cve_cli_case(cx, cli_word(args, 0), &id);
    if (e == OK)
        e = cve_cli_vuln(args, cx, id, &vuln);
    if (e == OK)
        e = cve_give(cx, id, vuln, cli_word(args, 1));
    return cli_end(cx, e);
}

/* --- what was asked --------------------------------------------------------------------------- */

int cve_run_jobs(struct cli_args *args)
{
    struct cve_job_line *all;
    size_t n = 0;
    buf b = {.a = args->a};
    struct json_out o = {.b = &b};
    int code;
    struct ctx *cx = cve_cli(args, 0, NULL, &code);
    if (cx == NULL)
        return code;
    enum err e = cve_jobs_all(cx, &all, &n);
    json_put_array(&o);
    for (size_t i = 0; e == OK && i < n; i++) {
        put_job(&o, &all[i]);
        if (!cli_flag(args, "--json"))
            say_job(cx, &all[i]);
    }
    json_put_end(&o);
    if (e == OK && cli_flag(args, "--json"))
        cli_print(&b);
    return cli_end(cx, e);
}

int cve_run_work(struct cli_args *args)
{
    enum { ROUND = 100 };
    struct cve_wire wire;
    struct cve_count c = {0};
    int code;
    struct ctx *cx = cve_cli(args, 0, &wire, &code);
    if (cx == NULL)
        return code;
    enum err e = cve_work(cx->app, &wire, ROUND, NULL, &cx->fault, &c);
    if (e == OK)
        (void)printf("%zu done, %zu refused, %zu unclear, %zu later\n", c.done, c.refused,
                     c.unclear, c.later);
    return cli_end(cx, e);
}

int cve_run_settle(struct cli_args *args)
{
    str ids = cli_value(args, "--ids");
    struct strs list = {NEWS(args->a, str, ids.n + 1), 0};
    str *names = NEWS(args->a, str, ids.n + 1);
    int code;
    struct ctx *cx = cve_cli(args, 1, NULL, &code);
    if (cx == NULL)
        return code;
    while (ids.n > 0)
        names[list.n++] = str_trim(str_cut(&ids, ','));
    list.v = names;
    if (list.n == 0 && !cli_flag(args, "--none"))
        return cli_fail(E_INVALID, "--ids says which numbers are ours, or --none that none are");
    return cli_end(cx, cve_settle(cx, cli_word(args, 0), list));
}
