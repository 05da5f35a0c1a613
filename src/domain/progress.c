/* progress.c - the state of each step, computed once, in any order. */
#include "domain/progress_own.h"

#include "base/time.h"
#include "base/vec.h"

enum { UNKNOWN_YET, BEING_COMPUTED, COMPUTED };

bool progress_has(const struct progress *g, int lane, int step)
{
    return own_step(g, step)->per_lane ? lane > 0 : lane == 0;
}

const struct step_state *progress_at(const struct progress *g, int lane, int step)
{
    return &g->states[own_at(g, lane, step)];
}

struct missing_list {
    VEC(struct missing)
};

/* The clauses of a rule whose value is one of the wanted ones. */
static void note_rule(struct progress *g, struct missing_list *out, const struct rule *r,
                      const struct rule_view *v, enum tri what)
{
    i64 unused = 0;
    for (size_t i = 0; i < r->n; i++) {
        const struct clause *c = &r->clauses[i];
        enum tri is = eval_clause(g, c, v, &unused);
        if (is != what && (what != UNDECIDED || is != NO))
            continue;
        for (size_t k = 0; k < c->n; k++)
            *PUSH(g->a, out) = (struct missing){&c->terms[k], c->negated, v->lane};
    }
}

static int skips_of(const struct progress *g, int lane, int step, i64 *at)
{
    int n = 0;
    for (size_t i = 0; i < g->in->nskips; i++)
        if (g->in->skips[i].step == step && g->in->skips[i].lane == lane) {
            n++;
            *at = g->in->skips[i].at;
        }
    return n;
}

static void set_due(const struct progress *g, int lane, int step, i64 opened,
                    struct step_state *out)
{
    const struct step *s = own_step(g, step);
    if (s->days > 0 && !out->optional)
        out->due = opened + s->days * DAY;
    for (size_t i = 0; i < g->in->ndues; i++)
        if (g->in->dues[i].step == step && g->in->dues[i].lane == lane)
            out->due = g->in->dues[i].at;
}

/* Whether a rule holds anew because somebody asked after the step was last acted on. */
static bool asked_anew(struct progress *g, const struct rule *rule, const struct rule_view *v)
{
    i64 unused = 0;
    for (size_t i = 0; i < rule->n; i++)
        for (size_t k = 0; k < rule->clauses[i].n; k++) {
            const struct term *t = &rule->clauses[i].terms[k];
            if (t->kind != TERM_FACT)
                continue;
            const struct rule *r = &g->p->facts[t->at].rule[g->in->flow];
            bool inquiry = r->n == 1 && r->clauses[0].n == 1 &&
                           r->clauses[0].terms[0].kind == TERM_KNOWN &&
                           g->in->asked_at[r->clauses[0].terms[0].at] > 0;
            if (inquiry && own_fact_view(g, v, t->at, &unused) == YES)
                return true;
        }
    return false;
}

/* A step while it is being decided. */
struct deciding {
    struct progress *g;
    const struct step *s;
    struct rule_view v;
    struct standing st;
    struct step_state *out;
    enum tri applies;
    i64 applied_at, since; /* what `when` rests on; and `needs`, too */
    int skips;
    i64 skipped_at;
};

/* Whether a step that was done or skipped is to be done once more. */
static bool wants_again(const struct deciding *d)
{
    const struct step_state *out = d->out;
    if (d->st.begun)
        return true;
    if (d->s->follows >= 0)
        return out->rounds_done + d->skips == 0 ||
               out->rounds_done + d->skips < own_state(d->g, d->v.lane, d->s->follows)->rounds_done;
    if (out->rounds_done == 0)
        return d->skips == 0;
    return d->applies == YES &&
           (asked_anew(d->g, &d->s->when, &d->v) || asked_anew(d->g, &d->s->needs, &d->v));
}

static void settle(struct step_state *out, enum step_status status, i64 at,
                   const struct missing_list *why)
{
    out->status = status;
    out->settled_at = at;
    if (why != NULL) {
        out->missing = why->v;
        out->nmissing = why->n;
    }
}

/* Done, or skipped without having been done.  A step that is taken where needed can be taken
 * again as long as it is needed; one that can be refused can be brought up again. */
static void close_step(const struct deciding *d)
{
    struct step_state *out = d->out;
    i64 unused = 0;
    if (out->rounds_done == 0) {
        settle(out, STEP_SKIPPED, d->skipped_at, NULL);
        return;
    }
    out->round--;
    settle(out, STEP_DONE, out->done_at, NULL);
    bool needed = d->s->until.n > 0 && eval_rule(d->g, &d->s->until, &d->v, &unused) != YES;
    out->again = d->applies == YES && (needed || d->s->redo_field.n > 0);
}

static void open_step(struct deciding *d)
{
    struct step_state *out = d->out;
    const struct standing *st = &d->st;
    i64 opened = d->since;
    if (d->s->follows >= 0)
        opened = own_round_at(d->g, d->v.lane, d->s->follows, out->rounds_done + d->skips + 1);
    if (out->settled_at > opened) /* an earlier round ended, perhaps in a refusal */
        opened = out->settled_at;
    if (st->begun && (out->optional || opened > st->first))
        opened = st->first;
    out->status = STEP_OPEN;
    out->hop = st->hop;
    out->actor = st->actor;
    out->since = st->latest > opened ? st->latest : opened;
    out->settled_at = 0;
    if (st->begun)
        out->optional = false;
    set_due(d->g, d->v.lane, d->v.step, opened, out);
}

/* A step that would only apply if another one, which is taken where needed, were taken. */
static bool rests_on_optional(const struct deciding *d, const struct missing_list *why)
{
    for (size_t i = 0; i < why->n && d->applies == UNDECIDED; i++) {
        const struct term *t = why->v[i].term;
        if (t->kind != TERM_SETTLED && t->kind != TERM_DONE)
            continue;
        bool per_lane = own_step(d->g, t->at)->per_lane;
        if (own_state(d->g, per_lane ? d->v.lane : 0, t->at)->optional)
            return true;
    }
    return false;
}

/* Nothing of the running round is there: may it begin? */
static bool may_begin(struct deciding *d, enum tri ready)
{
    struct missing_list why = {0};
    i64 unused = 0;
    if (d->applies == NO) {
        note_rule(d->g, &why, &d->s->when, &d->v, NO);
        settle(d->out, STEP_NOT_APPLICABLE, d->applied_at, &why);
        return false;
    }
    if (d->out->optional && eval_rule(d->g, &d->s->until, &d->v, &unused) == YES) {
        settle(d->out, STEP_NOT_APPLICABLE, unused, NULL);
        return false;
    }
    if (d->applies == YES && ready == YES)
        return true;
    note_rule(d->g, &why, &d->s->when, &d->v, UNDECIDED);
    note_rule(d->g, &why, &d->s->needs, &d->v, UNDECIDED);
    d->out->optional |= rests_on_optional(d, &why);
    d->out->settled_at = 0;
    d->out->missing = why.v;
    d->out->nmissing = why.n;
    return false;
}

static void decide(struct progress *g, int lane, int step, struct step_state *out)
{
    struct deciding d = {.g = g,
                         .s = own_step(g, step),
                         .v = {.lane = lane, .step = step},
                         .out = out,
                         .since = g->in->lanes[lane].opened};
    out->signers = own_signers(g, lane, step);
    out->told = own_told(g, lane, step);
    out->optional = d.s->until.n > 0;
    d.st = own_rounds(g, lane, step, out);
    out->begun = d.st.begun;
    out->unsigned_ = d.st.unsigned_;
    d.skips = skips_of(g, lane, step, &d.skipped_at);
    d.applies = eval_rule(g, &d.s->when, &d.v, &d.since);
    d.applied_at = d.since;
    enum tri ready = eval_rule(g, &d.s->needs, &d.v, &d.since);
    if (!wants_again(&d))
        close_step(&d);
    else if (d.st.begun || may_begin(&d, ready))
        open_step(&d);
}

const struct step_state *own_state(struct progress *g, int lane, int step)
{
    size_t at = own_at(g, lane, step);
    if (g->known[at] == UNKNOWN_YET) {
        struct step_state s = {0};
        g->known[at] = BEING_COMPUTED; /* a rule that needs itself finds a waiting step */
        if (progress_has(g, lane, step))
            decide(g, lane, step, &s);
        g->states[at] = s;
        g->known[at] = COMPUTED;
    }
    return &g->states[at];
}

/* A record of a lane or step that is not there is the caller's bug, not a state. */
static size_t place_of(const struct progress *g, int lane, int step)
{
    must(lane >= 0 && (size_t)lane < g->in->nlanes && step >= 0 && (size_t)step < g->nsteps);
    return own_at(g, lane, step);
}

/* Chains of the acts and marks of each step of each lane, the newest first. */
static void index_records(struct progress *g)
{
    const struct case_in *in = g->in;
    g->first_act = NEWS(g->a, int, in->nlanes * g->nsteps);
    g->first_mark = NEWS(g->a, int, in->nlanes * g->nsteps);
    g->next_act = NEWS(g->a, int, in->nacts + 1);
    g->next_mark = NEWS(g->a, int, in->nmarks + 1);
    for (size_t i = 0; i < in->nacts; i++) {
        int *first = &g->first_act[place_of(g, in->acts[i].lane, in->acts[i].step)];
        g->next_act[i] = *first;
        *first = (int)i + 1;
    }
    for (size_t i = 0; i < in->nmarks; i++) {
        int *first = &g->first_mark[place_of(g, in->marks[i].lane, in->marks[i].step)];
        g->next_mark[i] = *first;
        *first = (int)i + 1;
    }
}

void progress_compute(struct arena *a, const struct process *p, const struct case_in *in,
                      struct progress *out)
{
    size_t n = p->flow[in->flow].n;
    *out = (struct progress){.p = p, .in = in, .nsteps = n, .a = a};
    out->states = NEWS(a, struct step_state, in->nlanes * n);
    out->known = NEWS(a, unsigned char, in->nlanes *n);
    out->nover = n > p->nfacts ? n : p->nfacts;
    out->over = NEWS(a, struct over_lanes, OVER_KINDS * out->nover);
    index_records(out);
    for (int lane = 0; lane < (int)in->nlanes; lane++)
        for (int step = 0; step < (int)n; step++)
            (void)own_state(out, lane, step);
}
