/* release_run.c - the switch: what was approved becomes public, in one transaction. */
#include "app/release_plan_own.h"

#include "app/advisory_own.h"
#include "app/auth.h"
#include "app/settings.h"
#include "app/step_effects.h"

enum err release_is_needed(struct ctx *cx, bool *out)
{
    const struct settings *s;
    *out = false;
    if (cx->retold)
        return OK;
    TRY(settings_open(cx, &s));
    *out = !str_eq(s->v[SET_RELEASE_APPROVAL], S("no"));
    return OK;
}

enum err release_gate(struct ctx *cx)
{
    bool needed;
    TRY(release_is_needed(cx, &needed));
    return needed ? wrong(cx, S(""), S("release_needs_plan")) : OK;
}

/* --- whether it may be released now --------------------------------------------------------------- */

/* Whoever approved must still have the right to. */
static enum err check_approver(struct ctx *cx, const struct case_file *cf,
                               const struct release_plan *p)
{
    const struct access *acc;
    struct ctx *as = NEW(cx->a, struct ctx);
    *as = *cx;
    as->who = (struct user){0};
    enum err e = user_load(as, p->approved_by);
    if (e == OK)
        e = access_case(as, cf->row.id, &acc);
    if (e == E_NOT_FOUND || (e == OK && !access_has(acc, AUD_RELEASE)))
        return wrong(cx, S(""), S("release_approver_gone"));
    return e;
}

static enum err check_due(struct ctx *cx, const struct case_file *cf, const struct release_plan *p)
{
    if (!plan_is_open(p))
        return fail(cx, E_CONFLICT, "the plan is over");
    if (p->state == RELEASE_STALE)
        return wrong(cx, S(""), S("release_stale"));
    if (p->state != RELEASE_APPROVED)
        return wrong(cx, S(""), S("release_not_approved"));
    if (p->order.at > cx->now)
        return wrong(cx, S("at"), S("release_too_early"));
    TRY(check_approver(cx, cf, p));
    struct release_order now = p->order;
    now.ja_before = false; /* it is public by now, or it is not */
    return order_check(cx, cf, &now);
}

/* --- one plan, and the English of the same instant ------------------------------------------------ */

static enum err release_one(struct ctx *cx, const struct case_file *cf,
                            const struct release_plan *p)
{
    i64 revision;
    TRY(order_release(cx, cf, &p->order, &revision));
    return q_release_plan_released(cx->db, .id = p->id, .released_at = cx->now,
                                   .revision = revision);
}

static enum err note_public(struct ctx *cx, const struct case_file *cf,
                            const struct release_plan *p)
{
    struct history_note note = {.case_id = cf->row.id,
                                .act = p->order.kind == RELEASE_WITHDRAWAL ? S("advisory_withdrawn")
                                       : p->order.lang == LANG_EN          ? S("english_released")
                                                                           : S("advisory_updated"),
                                .dept_id = case_acting_dept(cx, cf, 0, ACTOR_COORDINATOR),
                                .place = {.audience = AUD_CASE}};
    return history_add(cx, &note);
}

/* What cannot be released yet stays, and says why when its turn comes. */
static enum err release_english_with(struct ctx *cx, const struct case_file *cf, i64 at)
{
    struct release_plan *all;
    size_t n, said = cx->problems.n;
    TRY(plans_load(cx, cf, &all, &n));
    for (size_t i = 0; i < n; i++) {
        const struct release_plan *p = &all[i];
        if (p->order.lang != LANG_EN || p->order.at != at || p->state != RELEASE_APPROVED)
            continue;
        enum err e = check_due(cx, cf, p);
        cx->problems.n = said;
        if (e == E_INVALID)
            continue;
        TRY(e);
        TRY(release_one(cx, cf, p));
        TRY(note_public(cx, cf, p));
    }
    return OK;
}

static enum err release_group(struct ctx *cx, const struct case_file *cf,
                              const struct release_plan *p)
{
    TRY(release_one(cx, cf, p));
    if (p->order.lang == LANG_JA && p->order.kind != RELEASE_WITHDRAWAL)
        TRY(release_english_with(cx, cf, p->order.at));
    return OK;
}

/* --- the step that publishes ------------------------------------------------------------------------ */

static enum err find_first(struct ctx *cx, const struct case_file *cf, struct release_plan *out,
                           bool *found)
{
    struct release_plan *all;
    size_t n;
    *found = false;
    TRY(plans_load(cx, cf, &all, &n));
    for (size_t i = 0; i < n && !*found; i++)
        if (all[i].order.lang == LANG_JA && all[i].order.kind == RELEASE_FIRST &&
            all[i].state == RELEASE_APPROVED && all[i].order.at <= cx->now) {
            *out = all[i];
            *found = true;
        }
    return OK;
}

enum err release_step_check(struct ctx *cx, const struct case_file *cf)
{
    struct release_plan p;
    bool found;
    TRY(find_first(cx, cf, &p, &found));
    return found ? check_due(cx, cf, &p) : release_gate(cx);
}

/* Published without a plan: what was planned to be the first is over. */
static enum err overtake(struct ctx *cx, const struct case_file *cf)
{
    struct q_case_publications *rows;
    size_t n;
    TRY(q_case_publications(cx->db, &rows, &n, .case_id = cf->row.id));
    for (size_t i = 0; i < n; i++)
        TRY(q_release_plan_overtaken(cx->db, .case_id = cf->row.id, .lang = rows[i].lang,
                                     .cancelled_at = cx->now));
    return OK;
}

enum err release_step_run(struct ctx *cx, const struct case_file *cf)
{
    struct release_plan p;
    bool found;
    TRY(find_first(cx, cf, &p, &found));
    if (found)
        return release_group(cx, cf, &p);
    TRY(publication_release(cx, cf));
    return overtake(cx, cf);
}

/* The step's act, as if its page had been filled in: the plan says that it is what was agreed. */
static enum err perform_step(struct ctx *cx, struct case_file *cf)
{
    struct input in = {0};
    int step = step_with(cf, THEN_PUBLISH);
    must(step >= 0); /* of the coordinated flow */
    const struct step_state *st = progress_at(&cf->g, 0, step);
    if (st->status != STEP_OPEN || st->hop < 1)
        return wrong(cx, S(""), S("release_step_closed"));
    const struct step *s = case_step(cf, step);
    for (size_t i = 0; i < s->nquestions; i++)
        if (s->questions[i].type == ASK_CONFIRM)
            input_put(cx->a, &in, s->questions[i].field, S("yes"));
    struct hop_call h = {.cf = cf, .step = step, .round = st->round, .hop = st->hop, .in = &in};
    return hop_run(cx, &h);
}

/* --- the acts --------------------------------------------------------------------------------------- */

struct run {
    str case_id, id;
    str why; /* of a plan that is held */
    bool over;
};

static enum err run(struct ctx *cx, void *arg)
{
    struct run *t = arg;
    struct case_file cf;
    struct release_plan p;
    TRY(plan_case(cx, t->case_id, true, &cf));
    TRY(plan_load(cx, &cf, t->id, &p));
    t->over = !plan_is_open(&p);
    TRY(check_due(cx, &cf, &p));
    if (p.order.lang == LANG_JA && p.order.kind == RELEASE_FIRST)
        return perform_step(cx, &cf);
    TRY(release_group(cx, &cf, &p));
    TRY(note_public(cx, &cf, &p));
    return case_settle(cx, t->case_id);
}

enum err release_plan_run(struct ctx *cx, str case_id, str id)
{
    struct run *t = NEW(cx->a, struct run);
    *t = (struct run){.case_id = case_id, .id = id};
    return db_write(cx, run, t);
}

static enum err hold(struct ctx *cx, void *arg)
{
    const struct run *t = arg;
    struct case_file cf;
    struct release_plan p;
    TRY(case_load(cx, t->case_id, &cf));
    TRY(plan_load(cx, &cf, t->id, &p));
    enum err e = q_release_plan_held(cx->db, .id = t->id, .held_at = cx->now, .held_why = t->why);
    if (e == E_CONFLICT) /* over by now */
        return OK;
    TRY(e);
    TRY(plan_note(cx, &cf, "release_held", &p));
    return plan_tell(cx, &cf);
}

/* The first thing that is wrong with it; whoever planned has gone, where nothing is said. */
static str reason_of(const struct ctx *cx, enum err e)
{
    if (e == E_CONFLICT)
        return S("release_step_closed");
    return cx->problems.n > 0 ? cx->problems.v[0].code : S("release_planner_gone");
}

static enum err run_due(struct ctx *cx, struct run *t, str planned_by, size_t *released)
{
    enum err e = user_load(cx, planned_by);
    if (e == OK)
        e = db_write(cx, run, t);
    *released += e == OK;
    if (e == OK || (e == E_CONFLICT && t->over))
        return OK;
    if (e != E_INVALID && e != E_CONFLICT && e != E_DENIED && e != E_NOT_FOUND)
        return e; /* the database: tried again */
    t->why = reason_of(cx, e);
    cx->who = (struct user){0}; /* the program itself holds it */
    return db_write(cx, hold, t);
}

enum err releases_due(struct ctx *cx, size_t *released)
{
    struct q_release_plans_due *rows;
    size_t n;
    TRY(app_read(cx));
    TRY(q_release_plans_due(cx->db, &rows, &n, .now = cx->now));
    app_read_end(cx);
    for (size_t i = 0; i < n; i++) {
        struct ctx *one = ctx_new(cx->a, cx->app);
        struct run t = {.case_id = rows[i].case_id, .id = rows[i].id};
        one->now = cx->now;
        enum err e = run_due(one, &t, rows[i].planned_by, released);
        app_read_end(one);
        if (one->generation > cx->generation)
            cx->generation = one->generation;
        TRY(e);
    }
    return OK;
}
