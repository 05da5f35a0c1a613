/* desk.c - see desk.h. */
#include "app/desk.h"

#include "app/tables.h"
#include "app/view_own.h"
#include "base/vec.h"

static void add_once(struct ctx *cx, struct phrases *to, str s)
{
    for (size_t i = 0; i < to->n; i++)
        if (str_eq(to->v[i], s))
            return;
    *PUSH(cx->a, to) = s;
}

static const struct seat *seat_of(const struct ctx *cx, str org_id, str kind)
{
    for (size_t i = 0; i < cx->who.nseats && org_id.n > 0; i++) {
        const struct seat *s = &cx->who.seats[i];
        bool has = kind.n == 0;
        for (size_t k = 0; k < s->kinds.n; k++)
            has |= str_eq(s->kinds.v[k], kind);
        if (has && str_eq(s->org_id, org_id))
            return s;
    }
    return NULL;
}

static void take_due(struct case_waits *w, opt_i64 due)
{
    if (due.is && (!w->due.is || due.v < w->due.v))
        w->due = due;
}

static const struct step *step_of(const struct ctx *cx, const struct case_line *line, str id)
{
    int at = process_step(cx->app->process, line->flow, id);
    return at < 0 ? NULL : &cx->app->process->flow[line->flow].steps[at];
}

/* What of a vendor's lane is not inside it: it begins with the coordinator, or is sent to it. */
static bool is_outside(const struct step *s)
{
    return s->lead == ACTOR_COORDINATOR || s->hops[0].actor == ACTOR_COORDINATOR ||
           str_has_prefix(s->to, actor_name(ACTOR_COORDINATOR));
}

static void take_phase(const struct ctx *cx, const struct case_line *line, str step,
                       struct case_waits *w)
{
    const struct step *s = step_of(cx, line, step);
    if (s != NULL && (!w->phase.is || s->phase < w->phase.v))
        w->phase = SOME(s->phase);
}

/* Others of the same vendor, for its contact; the vendor as one, for bodies outside. */
static void take_other(struct ctx *cx, const struct case_line *line,
                       const struct q_tasks_of_cases *t, struct case_waits *w)
{
    enum actor actor;
    if (!actor_find(t->actor, &actor))
        return;
    if (seat_of(cx, t->org_id, NO_STR) != NULL) {
        if (actor < ACTOR_POC || seat_of(cx, t->org_id, S("poc")) == NULL)
            return;
        add_once(cx, &w->others, department_word(actor, cx->lang));
        take_due(w, t->due);
        take_phase(cx, line, t->step, w);
    } else if (case_list_is_wide(cx) && line->flow == FLOW_COORDINATED && actor < ACTOR_POC) {
        add_once(cx, &w->others, department_word(actor, cx->lang));
        take_due(w, t->due);
    } else if (case_list_is_wide(cx) && line->flow == FLOW_COORDINATED) {
        bool named = user_seat(&cx->who, actor_name(ACTOR_COORDINATOR)) != NULL;
        const struct step *s = step_of(cx, line, t->step);
        add_once(cx, &w->others,
                 named ? pick(cx, t->name_ja, t->name_en) : word(cx->lang, W_desk_vendor));
        if (named && s != NULL && is_outside(s))
            take_due(w, t->due);
    }
}

static void take(struct ctx *cx, const struct case_line *line, const struct q_tasks_of_cases *t,
                 struct case_waits *w)
{
    if (!user_has(&cx->who, t->principal)) {
        take_other(cx, line, t, w);
        return;
    }
    const struct step *s = step_of(cx, line, t->step);
    str title = s ? step_short(cx, s) : S("");
    add_once(cx, &w->own, str_fmt(cx->a, "%.*s %.*s", SV(t->step), SV(title)));
    take_due(w, t->due);
    take_phase(cx, line, t->step, w);
}

enum err case_waits_for(struct ctx *cx, const struct case_line *lines, size_t n,
                        struct case_waits *waits)
{
    struct q_tasks_of_cases *rows;
    size_t nrows;
    str *ids = NEWS(cx->a, str, n + 1);
    for (size_t i = 0; i < n; i++) {
        waits[i] = (struct case_waits){.phase = lines[i].phase};
        ids[i] = lines[i].id;
    }
    if (n == 0)
        return OK;
    TRY(app_read(cx));
    TRY(q_tasks_of_cases(cx->db, &rows, &nrows, .case_ids = {ids, n}));
    for (size_t k = 0; k < nrows; k++)
        for (size_t i = 0; i < n; i++)
            if (str_eq(ids[i], rows[k].case_id)) {
                take(cx, &lines[i], &rows[k], &waits[i]);
                break;
            }
    return OK;
}
