/* progress_rules.c - three-valued rules over the records of a case. */
#include "domain/progress_own.h"

static enum tri tri_of(bool b)
{
    return b ? YES : NO;
}

static void later(i64 *latest, i64 at)
{
    if (at > *latest)
        *latest = at;
}

/* Whose copy of a step a lane sees: the case's own steps stand in lane 0. */
static int lane_of(const struct progress *g, int lane, int step)
{
    return g->p->flow[g->in->flow].steps[step].per_lane ? lane : 0;
}

static bool is_settled(const struct step_state *s)
{
    return s->status == STEP_DONE || s->status == STEP_SKIPPED || s->status == STEP_NOT_APPLICABLE;
}

const struct act *own_act(const struct progress *g, int lane, int step, int hop)
{
    const struct act *found = NULL;
    for (int i = g->first_act[own_at(g, lane, step)]; i > 0; i = g->next_act[i - 1]) {
        const struct act *x = &g->in->acts[i - 1];
        if (x->hop == hop && (found == NULL || x->round >= found->round))
            found = x;
    }
    return found;
}

str act_answer(const struct act *x, str field)
{
    for (size_t i = 0; x != NULL && i < x->nanswers; i++)
        if (str_eq(x->answers[i].field, field))
            return x->answers[i].value;
    return NO_STR;
}

str progress_answer(const struct progress *g, int lane, int step, int hop, str field)
{
    return act_answer(own_act(g, lane_of(g, lane, step), step, hop), field);
}

/* Whether a comma-separated answer names the kind. */
static bool names_kind(str list, enum actor kind)
{
    while (list.n > 0)
        if (str_eq(str_cut(&list, ','), actor_name(kind)))
            return true;
    return false;
}

static enum tri chosen(const struct progress *g, const struct term *t, str field,
                       const struct rule_view *v)
{
    const struct step *s = &g->p->flow[g->in->flow].steps[t->at];
    for (int hop = 1; hop <= (int)s->nhops; hop++) {
        str list = progress_answer(g, v->lane, t->at, hop, field);
        if (list.n > 0 && names_kind(list, v->dept))
            return YES;
    }
    return NO;
}

static enum tri of_department(const struct progress *g, const struct term *t,
                              const struct rule_view *v)
{
    int from = t->at == EVERY_STEP ? 0 : t->at;
    int to = t->at == EVERY_STEP ? (int)g->nsteps : t->at + 1;
    for (int i = from; i < to; i++) {
        if (!progress_has(g, v->lane, i))
            continue;
        if (progress_takes_part(g, v->lane, i, v->dept))
            return YES;
        if (t->kind == TERM_PARTICIPANT && progress_is_told(g, v->lane, i, v->dept))
            return YES;
    }
    return NO;
}

static enum tri of_answer(struct progress *g, const struct term *t, int lane, i64 *latest)
{
    const struct act *x = own_act(g, lane, t->at, t->hop);
    if (x != NULL) {
        later(latest, x->at);
        return tri_of(str_eq(act_answer(x, t->field), t->value));
    }
    const struct step_state *s = own_state(g, lane, t->at);
    if (s->status != STEP_NOT_APPLICABLE && s->status != STEP_SKIPPED)
        return UNDECIDED;
    later(latest, s->settled_at);
    return NO;
}

static enum tri of_known(const struct progress *g, const struct term *t, const struct rule_view *v,
                         i64 *latest)
{
    i64 asked = g->in->asked_at[t->at];
    if (asked > 0) {
        later(latest, asked);
        return tri_of(v->step < 0 || asked > own_answered_at(g, v->lane, v->step));
    }
    return tri_of(((g->in->known | v->known) >> t->at & 1) != 0);
}

static enum tri in_lane(struct progress *g, const struct term *t, int lane, i64 *latest)
{
    bool closed = g->in->lanes[lane].closed;
    if (t->kind == TERM_ALL_SETTLED) {
        const struct step_state *s = own_state(g, lane, t->at);
        later(latest, s->settled_at);
        return is_settled(s) || closed ? YES : UNDECIDED;
    }
    if (closed)
        return t->kind == TERM_ANY_FACT ? NO : YES;
    return own_fact(g, lane, t->at, latest);
}

static enum tri of_all_lanes(struct progress *g, const struct term *t, i64 *latest)
{
    enum tri all = YES, any = NO;
    for (int lane = 1; lane < (int)g->in->nlanes; lane++) {
        enum tri one = in_lane(g, t, lane, latest);
        if (one == YES)
            any = YES;
        else if (one == UNDECIDED && any == NO)
            any = UNDECIDED;
        if (one == NO)
            all = NO;
        else if (one == UNDECIDED && all == YES)
            all = UNDECIDED;
    }
    return t->kind == TERM_ANY_FACT ? any : all;
}

/* Over the vendors' lanes: any fact, all facts, all copies settled.  No lane: undecided. */
static enum tri of_lanes(struct progress *g, const struct term *t, i64 *latest)
{
    size_t at = (size_t)(t->kind - TERM_ANY_FACT) * g->nover + (size_t)t->at;
    if (g->in->nlanes < 2)
        return UNDECIDED;
    if (!g->over[at].known) {
        i64 of_these = 0;
        enum tri value = of_all_lanes(g, t, &of_these);
        g->over[at] = (struct over_lanes){true, value, of_these};
    }
    later(latest, g->over[at].latest);
    return g->over[at].value;
}

static enum tri of_step(struct progress *g, const struct term *t, int lane, i64 *latest)
{
    const struct step_state *s = own_state(g, lane, t->at);
    if (t->kind == TERM_SETTLED) {
        if (!is_settled(s))
            return UNDECIDED;
        later(latest, s->settled_at);
        return YES;
    }
    if (s->rounds_done > 0) {
        later(latest, s->done_at);
        return YES;
    }
    if (!is_settled(s))
        return UNDECIDED;
    later(latest, s->settled_at);
    return NO;
}

static enum tri eval_term(struct progress *g, const struct term *t, const struct rule_view *v,
                          i64 *latest)
{
    switch (t->kind) {
    case TERM_SETTLED:
    case TERM_DONE: return of_step(g, t, lane_of(g, v->lane, t->at), latest);
    case TERM_ANSWER: return of_answer(g, t, lane_of(g, v->lane, t->at), latest);
    case TERM_FACT: return own_fact_view(g, v, t->at, latest);
    case TERM_KNOWN: return of_known(g, t, v, latest);
    case TERM_ANY_FACT:
    case TERM_ALL_FACT:
    case TERM_ALL_SETTLED: return of_lanes(g, t, latest);
    case TERM_SPREAD: return chosen(g, t, S("spread"), v);
    case TERM_TOLD: return chosen(g, t, S("tell"), v);
    case TERM_PARTICIPANT:
    case TERM_OWN: return of_department(g, t, v);
    }
    return NO;
}

enum tri eval_clause(struct progress *g, const struct clause *c, const struct rule_view *v,
                     i64 *latest)
{
    enum tri any = NO;
    for (size_t i = 0; i < c->n && any != YES; i++) {
        enum tri one = eval_term(g, &c->terms[i], v, latest);
        if (one != NO)
            any = one;
    }
    if (c->negated && any != UNDECIDED)
        return any == YES ? NO : YES;
    return any;
}

enum tri eval_rule(struct progress *g, const struct rule *r, const struct rule_view *v, i64 *latest)
{
    enum tri all = YES;
    for (size_t i = 0; i < r->n; i++) {
        enum tri one = eval_clause(g, &r->clauses[i], v, latest);
        if (one == NO)
            return NO;
        if (one == UNDECIDED)
            all = UNDECIDED;
    }
    return all;
}

enum tri own_fact_view(struct progress *g, const struct rule_view *v, int fact, i64 *latest)
{
    const struct fact *f = &g->p->facts[fact];
    if (!(f->flows >> g->in->flow & 1))
        return NO;
    return eval_rule(g, &f->rule[g->in->flow], v, latest);
}

enum tri own_fact(struct progress *g, int lane, int fact, i64 *latest)
{
    struct rule_view v = {.lane = lane, .step = -1};
    return own_fact_view(g, &v, fact, latest);
}

enum tri progress_fact(struct progress *g, int lane, int fact)
{
    i64 latest = 0;
    return own_fact(g, lane, fact, &latest);
}

enum tri progress_rule(struct progress *g, const struct rule *r, const struct rule_view *v)
{
    i64 latest = 0;
    return eval_rule(g, r, v, &latest);
}
