/* now.c - what waits, and for whom. */
#include "app/view_own.h"

#include "base/vec.h"

static str asked(const struct reader *r, const struct step *s, int hop)
{
    int at = r->cx->lang == LANG_JA ? LANG_JA_AT : LANG_EN_AT;
    if (hop == 0)
        return word(r->cx->lang, W_now_sign);
    for (size_t i = 0; i < s->nquestions; i++)
        if (s->questions[i].hop == hop)
            return s->questions[i].label[at];
    return S("");
}

static struct now_item *item_of(const struct reader *r, struct now *out, int lane, int step)
{
    const struct step *s = case_step(r->cf, step);
    const struct step_state *st = progress_at(&r->cf->g, lane, step);
    struct now_item *it = PUSH(r->cx->a, out);
    *it = (struct now_item){.lane = r->cf->lanes[lane].id,
                            .lane_name = S(""),
                            .step = s->id,
                            .title = s->title[r->cx->lang == LANG_JA ? LANG_JA_AT : LANG_EN_AT],
                            .round = st->round,
                            .since = st->since,
                            .due = {st->due != 0, st->due}};
    if (lane > 0 && lane != r->own_lane)
        it->lane_name = reader_lane_name(r, lane);
    return it;
}

static void own_item(const struct reader *r, const struct task *t, struct now *out)
{
    const struct step *s = case_step(r->cf, t->step);
    for (size_t i = 0; i < out->n; i++) /* two kinds of one department sign once */
        if (out->v[i].own && str_eq(out->v[i].step, s->id) &&
            str_eq(out->v[i].lane, r->cf->lanes[t->lane].id) && out->v[i].hop == t->hop)
            return;
    struct now_item *it = item_of(r, out, t->lane, t->step);
    it->own = true;
    it->hop = t->hop;
    it->as = t->actor;
    it->since = t->since;
    it->asks = asked(r, s, t->hop);
    it->who = reader_actor_name(r, t->lane, t->actor);
}

/* One item a lane for all that a vendor does inside: no step, no department, no date. */
static void hidden_item(const struct reader *r, int lane, struct now *out)
{
    for (size_t i = 0; i < out->n; i++)
        if (out->v[i].hidden && str_eq(out->v[i].lane, r->cf->lanes[lane].id))
            return;
    if (!reader_sees_lane(r, lane))
        return;
    str name = reader_lane_name(r, lane);
    *PUSH(r->cx->a, out) = (struct now_item){.hidden = true,
                                             .lane = r->cf->lanes[lane].id,
                                             .lane_name = name,
                                             .step = S(""),
                                             .title = word(r->cx->lang, W_now_inside),
                                             .who = name};
}

static void other_item(const struct reader *r, const struct task *t, struct now *out)
{
    struct phrases who = {0};
    if (reader_sight(r, t->lane, t->step) != SIGHT_STATE ||
        reader_status(r, t->lane, t->step) != STEP_OPEN) {
        if (t->lane > 0 && r->kinds[t->lane] == 0)
            hidden_item(r, t->lane, out);
        return;
    }
    for (size_t i = 0; i < out->n; i++)
        if (!out->v[i].own && str_eq(out->v[i].step, case_step(r->cf, t->step)->id) &&
            str_eq(out->v[i].lane, r->cf->lanes[t->lane].id))
            return;
    struct now_item *it = item_of(r, out, t->lane, t->step);
    why_open(r, t->lane, t->step, &who);
    /* whose signatures are still to come is the vendor's own affair */
    it->who = who.n > 0 ? phrases_join(r->cx->a, r->cx->lang, &who) : reader_lane_name(r, t->lane);
}

/* Nothing is open: the first step that waits, and for what. */
static void waiting_item(const struct reader *r, struct now *out)
{
    for (int step = 0; step < (int)r->cf->g.nsteps; step++)
        for (int lane = 0; lane < (int)r->cf->nlanes; lane++) {
            struct phrases p = {0};
            const struct step_state *st = progress_at(&r->cf->g, lane, step);
            if (st->status != STEP_WAITING || st->optional || r->cf->in.lanes[lane].closed)
                continue;
            why_waits(r, lane, step, false, &p);
            if (p.n == 0)
                continue;
            struct now_item *it = item_of(r, out, lane, step);
            it->since = 0;
            it->due = (opt_i64){0};
            it->who = phrases_join(r->cx->a, r->cx->lang, &p);
            return;
        }
}

static bool before(const struct now_item *x, const struct now_item *y)
{
    if (x->own != y->own)
        return x->own;
    if (x->due.is != y->due.is)
        return x->due.is;
    return x->due.is && x->due.v < y->due.v;
}

static void sort_items(struct now *out)
{
    for (size_t i = 1; i < out->n; i++) {
        struct now_item it = out->v[i];
        size_t k = i;
        for (; k > 0 && before(&it, &out->v[k - 1]); k--)
            out->v[k] = out->v[k - 1];
        out->v[k] = it;
    }
}

void now_make(const struct reader *r, struct now *out)
{
    struct tasks tasks = {0};
    *out = (struct now){0};
    progress_tasks(r->cx->a, &r->cf->g, &tasks);
    for (size_t i = 0; i < tasks.n; i++)
        if (reader_acts_as(r, tasks.v[i].lane, tasks.v[i].actor))
            own_item(r, &tasks.v[i], out);
    out->own = out->n;
    for (size_t i = 0; i < tasks.n; i++)
        if (!reader_acts_as(r, tasks.v[i].lane, tasks.v[i].actor))
            other_item(r, &tasks.v[i], out);
    if (out->n == 0)
        waiting_item(r, out);
    sort_items(out);
}
