/* release_plan.c - kakehashi release list, plan, approve, unapprove, cancel, run. */
#include "cli/release_plan_own.h"

#include "app/cases.h"
#include "cli/release_own.h"

#include <stdio.h>

/* --- saying --------------------------------------------------------------------------------- */

static str opt(str s)
{
    return s.n > 0 ? s : S("–");
}

static void say_plan(struct ctx *cx, const struct release_plan *p)
{
    str at = time_minute(cx->a, p->order.at, p->zone), end = S("");
    if (p->released_at.is)
        end = str_fmt(cx->a, " released %s, revision %lld",
                      str_to_z(cx->a, cli_time(cx, p->released_at)), (long long)p->revision);
    if (p->held_at.is)
        end = str_fmt(cx->a, " held %s: %s", str_to_z(cx->a, cli_time(cx, p->held_at)),
                      str_to_z(cx->a, p->held_why));
    (void)printf("%.*s  %s %-10.*s %-9.*s %.*s  planned by %.*s, approved by %.*s%.*s\n", SV(p->id),
                 p->order.lang == LANG_JA ? "ja" : "en", SV(release_kind_name(p->order.kind)),
                 SV(release_state_name(p->state)), SV(at), SV(p->planner),
                 SV(opt(p->approved_at.is ? p->approver : NO_STR)), SV(end));
}

static void put_plan(struct ctx *cx, struct json_out *o, const struct release_plan *p)
{
    json_put_object(o);
    json_put_member(o, S("id"), p->id);
    json_put_member_i64(o, S("rev"), p->rev);
    json_put_member(o, S("lang"), p->order.lang == LANG_JA ? S("ja") : S("en"));
    json_put_member(o, S("kind"), release_kind_name(p->order.kind));
    json_put_member(o, S("state"), release_state_name(p->state));
    json_put_member(o, S("at"), time_rfc3339(cx->a, p->order.at, p->zone));
    json_put_member(o, S("zone"), zone_name(p->zone));
    json_put_member(o, S("planner"), p->planner);
    json_put_member(o, S("approver"), p->approver);
    json_put_member(o, S("built"), p->built);
    json_put_member(o, S("held_why"), p->held_why);
    json_put_member_i64(o, S("revision"), p->revision);
    json_put_end(o);
}

static int say_plans(struct cli_args *args, struct ctx *cx, const struct release_plan *p, size_t n,
                     bool one)
{
    buf b = {.a = args->a};
    struct json_out o = {.b = &b};
    bool json = cli_flag(args, "--json");
    if (!one)
        json_put_array(&o);
    for (size_t i = 0; i < n; i++)
        if (json)
            put_plan(cx, &o, &p[i]);
        else
            say_plan(cx, &p[i]);
    if (!one)
        json_put_end(&o);
    if (json)
        cli_print(&b);
    return 0;
}

/* --- doing ---------------------------------------------------------------------------------- */

struct call {
    struct ctx *cx;
    str case_id;
    int code;
    bool rehearses;
};

/* Who, and which case; false: it has been said why not. */
static bool begin(struct cli_args *args, size_t words, struct call *c)
{
    c->cx =
        c->rehearses ? release_cli_begin(args, words, &c->code) : cli_admin(args, words, &c->code);
    if (c->cx == NULL)
        return false;
    enum err e = release_cli_as(args, c->cx);
    if (e == OK)
        e = case_id_of(c->cx, cli_word(args, 0), &c->case_id);
    if (e == E_NOT_FOUND && c->cx->fault.text[0] == '\0')
        c->code = cli_fail(e, "there is no such case");
    else if (e != OK)
        c->code = cli_end(c->cx, e);
    return e == OK;
}

static int end(struct cli_args *args, struct call *c, enum err e, str id)
{
    struct release_plan p;
    app_read_end(c->cx);
    if (e == OK)
        e = release_plan_get(c->cx, c->case_id, id, &p);
    if (e == E_NOT_FOUND && c->cx->fault.text[0] == '\0')
        return cli_fail(e, "there is no such plan, or no right to it");
    if (e != OK)
        return cli_end(c->cx, e);
    return say_plans(args, c->cx, &p, 1, true);
}

int release_list_cli(struct cli_args *args)
{
    struct call c = {0};
    struct release_plan *all;
    size_t n;
    if (!begin(args, 1, &c))
        return c.code;
    enum err e = release_plans(c.cx, c.case_id, &all, &n);
    return e == OK ? say_plans(args, c.cx, all, n, false) : end(args, &c, e, NO_STR);
}

int release_plan_cli(struct cli_args *args)
{
    struct call c = {0};
    struct input in = {0};
    str id = NO_STR;
    if (!begin(args, 1, &c))
        return c.code;
    enum err e = cli_input(args, &in);
    if (e == OK)
        e = release_plan_add(c.cx, c.case_id, &in, &id);
    return end(args, &c, e, id);
}

int release_approve_cli(struct cli_args *args)
{
    struct call c = {.rehearses = true};
    struct release_plan p;
    if (!begin(args, 2, &c))
        return c.code;
    str id = cli_word(args, 1), built = cli_value(args, "--built");
    enum err e = release_plan_get(c.cx, c.case_id, id, &p);
    if (e == OK && built.n == 0)
        e = fail(c.cx, E_INVALID, "--built DIGEST is needed: as release dry-run says it");
    if (e == OK)
        e = release_plan_approve(c.cx, c.case_id, id, p.rev, built);
    return end(args, &c, e, id);
}

int release_unapprove_cli(struct cli_args *args)
{
    struct call c = {0};
    struct release_plan p;
    if (!begin(args, 2, &c))
        return c.code;
    str id = cli_word(args, 1);
    enum err e = release_plan_get(c.cx, c.case_id, id, &p);
    if (e == OK)
        e = release_plan_unapprove(c.cx, c.case_id, id, p.rev);
    return end(args, &c, e, id);
}

int release_cancel_cli(struct cli_args *args)
{
    struct call c = {0};
    struct release_plan p;
    struct input in = {0};
    if (!begin(args, 2, &c))
        return c.code;
    str id = cli_word(args, 1);
    enum err e = cli_input(args, &in);
    if (e == OK)
        e = release_plan_get(c.cx, c.case_id, id, &p);
    if (e == OK)
        e = release_plan_cancel(c.cx, c.case_id, id, p.rev, &in);
    return end(args, &c, e, id);
}

/* What the server does every second, once. */
int release_due_cli(struct cli_args *args)
{
    size_t n = 0;
    int code;
    struct ctx *cx = cli_admin(args, 0, &code);
    if (cx == NULL)
        return code;
    enum err e = releases_due(cx, &n);
    if (e == OK)
        e = releases_look(cx);
    if (e != OK)
        return cli_end(cx, e);
    (void)printf("%zu released\n", n);
    return 0;
}

/* --- options ---------------------------------------------------------------------------------- */

const struct cli_option release_plan_options[RELEASE_PLAN_OPTIONS] = {
    CLI_STORE_OPTIONS, RELEASE_KEYS, {"--as", "LOGIN", "the person who does this"}, CLI_JSON};
const struct cli_option release_approve_options[RELEASE_APPROVE_OPTIONS] = {
    CLI_STORE_OPTIONS,
    RELEASE_KEYS,
    {"--as", "LOGIN", "the person who approves: another than who planned"},
    {"--built", "DIGEST", "what is approved: the digest that the dry run of that plan said"},
    CLI_JSON};
const struct cli_option release_due_options[RELEASE_DUE_OPTIONS] = {CLI_STORE_OPTIONS};
