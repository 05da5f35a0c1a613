/* rights.c - see rights.h. */
#include "domain/rights.h"

#include "base/vec.h"

#include <stdlib.h>

static void add(struct arena *a, struct grants *out, str principal, int lane, int step,
                enum audience audience)
{
    *PUSH(a, out) = (struct grant){principal, lane, step, AUD_BIT(audience)};
}

/* Some are told only that a step took place, not what it came to: those its "tell" names. */
static bool only_tells(const struct step *s)
{
    for (size_t i = 0; i < s->nquestions; i++)
        if (str_eq(s->questions[i].field, S("tell")))
            return true;
    return false;
}

/* The steps whose results a department may read: those it leads, takes part in or was told
 * of, and the inputs of those that are open for it. */
static void add_own_steps(struct arena *a, struct progress *g, const struct holder *h,
                          enum audience audience, struct grants *out)
{
    for (int i = 0; i < (int)g->nsteps; i++) {
        const struct step *s = &g->p->flow[g->in->flow].steps[i];
        if (!progress_has(g, h->lane, i))
            continue;
        bool part = progress_takes_part(g, h->lane, i, h->dept);
        if (part || (progress_is_told(g, h->lane, i, h->dept) && !only_tells(s)))
            add(a, out, h->principal, h->lane, i, audience);
        if (!part || progress_at(g, h->lane, i)->status != STEP_OPEN)
            continue;
        for (size_t k = 0; k < s->ninputs; k++)
            add(a, out, h->principal, h->lane, s->inputs[k], audience);
    }
}

static bool is_own_every(const struct rule *r)
{
    return r->n == 1 && r->clauses[0].n == 1 && r->clauses[0].terms[0].kind == TERM_OWN &&
           r->clauses[0].terms[0].at == EVERY_STEP;
}

/* The row as seen from one lane. */
static bool holds(struct progress *g, const struct rule *when, const struct holder *h, int lane)
{
    struct rule_view v = {.lane = lane, .dept = h->dept, .known = h->known, .step = -1};
    return progress_rule(g, when, &v) == YES;
}

/* Whoever has no lane of its own sees a step of the lanes as taken where any vendor took it,
 * and texts of one lane where that vendor did. */
static void apply_to_lanes(struct arena *a, struct progress *g, const struct right *right,
                           const struct holder *h, struct grants *out)
{
    const struct rule *when = &right->when[g->in->flow];
    for (int lane = 0; lane < (int)g->in->nlanes; lane++) {
        if (!holds(g, when, h, lane))
            continue;
        if (right->reach != REACH_LANE) {
            int all = right->reach == REACH_CASE ? 0 : LANE_EVERY;
            add(a, out, h->principal, all, STEP_EVERY, right->audience);
            return;
        }
        if (lane > 0)
            add(a, out, h->principal, lane, STEP_EVERY, right->audience);
    }
}

static void apply(struct arena *a, struct progress *g, const struct right *right,
                  const struct holder *h, struct grants *out)
{
    const struct rule *when = &right->when[g->in->flow];
    bool vendor = h->relation == REL_VENDOR_POC || h->relation == REL_VENDOR_DEPT;
    if (vendor && (h->lane < 1 || h->lane >= (int)g->in->nlanes))
        return; /* of no vendor in this case */
    if (!vendor) {
        apply_to_lanes(a, g, right, h, out);
    } else if (right->reach == REACH_LANE && is_own_every(when)) {
        add_own_steps(a, g, h, right->audience, out);
    } else if (holds(g, when, h, h->lane)) {
        int lane = right->reach == REACH_CASE    ? 0
                   : right->reach == REACH_EVERY ? LANE_EVERY
                                                 : h->lane;
        add(a, out, h->principal, lane, STEP_EVERY, right->audience);
    }
}

static int by_place(const void *x, const void *y)
{
    const struct grant *p = x, *q = y;
    int c = str_cmp(p->principal, q->principal);
    if (c != 0)
        return c;
    if (p->lane != q->lane)
        return p->lane < q->lane ? -1 : 1;
    return (p->step > q->step) - (p->step < q->step);
}

static void merge(struct grants *all)
{
    size_t n = 0;
    if (all->n > 1)
        qsort(all->v, all->n, sizeof *all->v, by_place);
    for (size_t i = 0; i < all->n; i++) {
        if (n > 0 && by_place(&all->v[n - 1], &all->v[i]) == 0)
            all->v[n - 1].audiences |= all->v[i].audiences;
        else
            all->v[n++] = all->v[i];
    }
    all->n = n;
}

void rights_of(struct arena *a, struct progress *g, const struct holder *holders, size_t n,
               unsigned audiences, struct grants *out)
{
    if (audiences & AUD_BIT(AUD_CASE)) /* follows from any other */
        audiences = ~0u;
    *out = (struct grants){0};
    for (size_t i = 0; i < n; i++) {
        const struct holder *h = &holders[i];
        size_t before = out->n;
        for (size_t k = 0; k < g->p->nrights; k++) {
            const struct right *right = &g->p->rights[k];
            if (right->relation == h->relation && (right->flows >> g->in->flow & 1) &&
                (audiences >> right->audience & 1))
                apply(a, g, right, h, out);
        }
        if (out->n > before)
            add(a, out, h->principal, 0, STEP_EVERY, AUD_CASE);
    }
    merge(out);
}

void rights_compute(struct arena *a, struct progress *g, const struct holder *holders, size_t n,
                    struct grants *out)
{
    rights_of(a, g, holders, n, ~0u, out);
}
