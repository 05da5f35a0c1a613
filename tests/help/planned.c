/* planned.c - see planned.h. */
#include "help/planned.h"

#include "app/release_dry.h"
#include "help/saved.h"

#include <stdio.h>
#include <stdlib.h>

/* A second coordinator, "second", and the setting as an installation has it. */
static void want_plans(struct stage *st)
{
    stage_person(st, "second", stage_dept_id(st, "coordinator", "coordinator"));
    help_sql(st->url, "DELETE FROM setting WHERE key = 'release_approval'");
    help_sql(st->url, "UPDATE generation SET n = n + 1"); /* as a change of a setting does */
}

/* All is agreed, the date is reached, nothing is public. */
static struct walk *walk_planned(struct stage *st, [[maybe_unused]] int how)
{
    struct walk *w = undrafted(st);
    want_plans(st);
    vulnerability_add(w);
    i64 rev = draft_save(w, draft_save(w, 0, draft_ja(st->a)), draft_en(st->a));
    struct ctx *cx = walk_as(w, "coordinator");
    STAGE_OK(cx, advisory_ask(cx, w->case_id, rev));
    (void)stage_later(st, MINUTE);
    walk_act(w, "mihon.poc", "mihon", "5.2.1", 1, "agree", "yes", "statement", "Our own view",
             NULL);
    return w;
}

struct walk *planned_case(struct stage *st)
{
    return saved_walk(st, walk_planned, 0);
}

i64 planned_draft_rev(struct walk *w)
{
    struct ctx *cx = walk_as(w, "coordinator");
    struct advisory adv;
    STAGE_OK(cx, advisory_view(cx, w->case_id, &adv));
    return adv.rev;
}

static str at_text(struct arena *a, i64 at)
{
    return time_rfc3339(a, at, zone_utc);
}

/* kind with lines, where it has them, `in` from now. */
struct input *plan_wish(struct stage *st, const char *lang, const char *kind, i64 in)
{
    i64 at = clock_now(&st->app->clock) + in;
    struct input *x = stage_input(st->a, "lang", lang, "kind", kind, "zone", "Asia/Tokyo", NULL);
    input_put(st->a, x, S("at"), at_text(st->a, at));
    if (!str_eq(str_z(kind), S("first"))) {
        input_put(st->a, x, S("line_ja"), S("影響を更新"));
        input_put(st->a, x, S("line_en"), S("Canary of the impact"));
    }
    return x;
}

str plan_add(struct walk *w, const char *lang, const char *kind, i64 in)
{
    struct ctx *cx = walk_as(w, "coordinator");
    str id = NO_STR;
    STAGE_OK(cx, release_plan_add(cx, w->case_id, plan_wish(w->st, lang, kind, in), &id));
    return id;
}

struct release_plan plan_look(struct walk *w, str id)
{
    struct ctx *cx = walk_as(w, "second");
    struct release_plan p = {0};
    STAGE_OK(cx, release_plan_get(cx, w->case_id, id, &p));
    return p;
}

str plan_built(struct walk *w, const struct release_plan *p)
{
    struct ctx *cx = walk_as(w, "coordinator");
    struct release_dry dry = {0};
    struct release_wish x = release_wish_of(p);
    STAGE_OK(cx, release_dry_run(cx, w->case_id, &x, &dry));
    return dry.digest;
}

enum err plan_approve_as(struct walk *w, const char *who, str id, str *why)
{
    struct release_plan p = plan_look(w, id);
    str built = plan_built(w, &p);
    struct ctx *cx = walk_as(w, who);
    enum err e = release_plan_approve(cx, w->case_id, id, p.rev, built);
    *why = stage_why(cx);
    return e;
}

void plan_approve(struct walk *w, str id)
{
    str why;
    enum err e = plan_approve_as(w, "second", id, &why);
    if (e == OK)
        return;
    (void)fprintf(stderr, "plan_approve: err %u: %.*s\n", e, SV(why));
    abort();
}
