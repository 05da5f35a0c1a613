/* progress.c - the state of each step, computed once, in any order. */
#include "domain/progress_own.h"

#include "base/time.h"
#include "base/vec.h"

enum { UNKNOWN_YET, BEING_COMPUTED, COMPUTED };

static const struct step *step_at(const struct progress *g, int step)
{
    return &g->p->flow[g->in->flow].steps[step];
}

bool progress_has(const struct progress *g, int lane, int step)
{
    return step_at(g, step)->per_lane ? lane > 0 : lane == 0;
}

const struct step_state *progress_at(const struct progress *g, int lane, int step)
{
    return &g->states[own_at(g, lane, step)];
}

/* A hop under a condition stands only where the condition is known to hold. */
static bool hop_stands(struct progress *g, int lane, const struct hop *h)
{
    i64 latest = 0;
    return h->only_if < 0 || own_fact(g, lane, h->only_if, &latest) == YES;
}

size_t progress_hops(struct progress *g, int lane, int step, enum actor *out)
{
    const struct step *s = step_at(g, step);
    size_t n = 0;
    for (size_t i = 0; i < s->nhops; i++)
        if (hop_stands(g, lane, &s->hops[i]))
            out[n++] = s->hops[i].actor;
    return n;
}

static const struct act *act_in_round(const struct progress *g, int lane, int step, int round,
                                      int hop)
{
    for (int i = g->first_act[own_at(g, lane, step)]; i > 0; i = g->next_act[i - 1]) {
        const struct act *x = &g->in->acts[i - 1];
        if (x->round == round && x->hop == hop)
            return x;
    }
    return NULL;
}

static unsigned marked(const struct progress *g, enum mark_kind kind, int lane, int step, int round,
                       i64 *latest)
{
    unsigned bits = 0;
    for (int i = g->first_mark[own_at(g, lane, step)]; i > 0; i = g->next_mark[i - 1]) {
        const struct mark *m = &g->in->marks[i - 1];
        if (m->kind != kind || (m->round != 0 && m->round != round))
            continue;
        bits |= ACTOR_BIT(m->dept);
        if (latest != NULL && m->at > *latest)
            *latest = m->at;
    }
    return bits;
}

/* Kinds that the chosen departments of an answer name. */
static unsigned kinds_in(str list)
{
    unsigned bits = 0;
    enum actor kind;
    while (list.n > 0)
        if (actor_find(str_cut(&list, ','), &kind))
            bits |= ACTOR_BIT(kind);
    return bits;
}

/* Who signs: those that always take part, those asked to, and those to whom this step itself
 * was spread; not the lead's own department, nor one that the vendor does not have. */
static unsigned signers_of(const struct progress *g, int lane, int step)
{
    const struct step *s = step_at(g, step);
    unsigned asked = marked(g, MARK_ASKED, lane, step, 0, NULL);
    for (int hop = 1; hop <= (int)s->nhops; hop++)
        asked |= kinds_in(act_answer(own_act(g, lane, step, hop), S("spread")));
    unsigned bits = s->with | (asked & s->with_asked), out = 0;
    if (lane == 0)
        return 0;
    const int *dept = g->in->lanes[lane].dept;
    for (int kind = ACTOR_POC; kind < ACTOR_COUNT; kind++) {
        bool own = dept[kind] == dept[s->lead] || (kind != ACTOR_POC && dept[kind] == 0);
        if ((bits >> kind & 1) && !own)
            out |= ACTOR_BIT(kind);
    }
    return out;
}

static unsigned told_of(const struct progress *g, int lane, int step)
{
    const struct step *s = step_at(g, step);
    unsigned bits = s->share | (marked(g, MARK_TOLD, lane, step, 0, NULL) & s->share_asked);
    for (int hop = 1; hop <= (int)s->nhops; hop++)
        bits |= kinds_in(act_answer(own_act(g, lane, step, hop), S("tell"))) & s->share_asked;
    return bits;
}

/* The hop after which the participants sign: the lead's last one. */
static int signing_hop(const struct step *s)
{
    int at = 0;
    for (int i = 0; i < (int)s->nhops; i++)
        if (s->hops[i].actor == s->lead)
            at = i + 1;
    return at;
}

/* Where a round stands.  hop: the next one; 0 and not complete: signatures are missing. */
struct standing {
    bool begun, complete, redo;
    int hop;
    enum actor actor;
    unsigned unsigned_;
    i64 latest;
};

static struct standing round_standing(struct progress *g, int lane, int step, int round,
                                      unsigned signers)
{
    const struct step *s = step_at(g, step);
    struct standing st = {0};
    int sign_after = signing_hop(s);
    unsigned signed_ = marked(g, MARK_SIGNED, lane, step, round, &st.latest);
    const struct act *last = NULL;

    st.unsigned_ = signers & ~signed_;
    if (st.unsigned_ != 0 || signers == 0)
        st.latest = 0;
    for (int hop = 1; hop <= (int)s->nhops; hop++) {
        const struct act *x = act_in_round(g, lane, step, round, hop);
        if (x == NULL && !hop_stands(g, lane, &s->hops[hop - 1]))
            continue;
        if (x == NULL) {
            st.hop = hop;
            st.actor = s->hops[hop - 1].actor;
            return st;
        }
        st.begun = true;
        last = x;
        if (x->at > st.latest)
            st.latest = x->at;
        if (hop == sign_after && st.unsigned_ != 0)
            return st;
    }
    st.complete = true;
    st.redo = s->redo_field.n > 0 && str_eq(act_answer(last, s->redo_field), s->redo_value);
    return st;
}

i64 own_answered_at(const struct progress *g, int lane, int step)
{
    i64 at = 0;
    for (int i = g->first_act[own_at(g, lane, step)]; i > 0; i = g->next_act[i - 1])
        if (g->in->acts[i - 1].at > at)
            at = g->in->acts[i - 1].at;
    return at;
}

struct missing_list {
    VEC(struct missing)
};

static void note_missing(struct progress *g, struct missing_list *out, const struct clause *c,
                         int lane)
{
    for (size_t i = 0; i < c->n; i++)
        *PUSH(g->a, out) = (struct missing){&c->terms[i], c->negated, lane};
}

/* The clauses of a rule whose value is one of the wanted ones. */
static void note_rule(struct progress *g, struct missing_list *out, const struct rule *r,
                      const struct rule_view *v, enum tri what)
{
    i64 unused = 0;
    for (size_t i = 0; i < r->n; i++) {
        enum tri is = eval_clause(g, &r->clauses[i], v, &unused);
        if (is == what || (what == UNDECIDED && is == NO))
            note_missing(g, out, &r->clauses[i], v->lane);
    }
}

static const struct skip *skip_of(const struct progress *g, int lane, int step)
{
    for (size_t i = 0; i < g->in->nskips; i++)
        if (g->in->skips[i].step == step && g->in->skips[i].lane == lane)
            return &g->in->skips[i];
    return NULL;
}

static void set_due(const struct progress *g, int lane, int step, struct step_state *out)
{
    const struct step *s = step_at(g, step);
    if (s->days > 0 && !out->optional)
        out->due = out->since + s->days * DAY;
    for (size_t i = 0; i < g->in->ndues; i++)
        if (g->in->dues[i].step == step && g->in->dues[i].lane == lane)
            out->due = g->in->dues[i].at;
}

/* Find the running round: complete ones that were not refused are behind us. */
static struct standing run_rounds(struct progress *g, int lane, int step, struct step_state *out)
{
    struct standing st;
    for (out->round = 1;; out->round++) {
        st = round_standing(g, lane, step, out->round, out->signers);
        if (!st.complete)
            return st;
        if (!st.redo)
            out->rounds_done++;
        out->settled_at = st.latest;
    }
}

/* Whether a step that was done is to be done once more. */
static bool wants_again(struct progress *g, int lane, int step, const struct standing *st,
                        const struct step_state *out, enum tri applies)
{
    const struct step *s = step_at(g, step);
    if (out->rounds_done == 0 || st->begun)
        return true;
    if (s->follows >= 0)
        return out->rounds_done < own_state(g, lane, s->follows)->rounds_done;
    for (size_t i = 0; i < s->when.n; i++)
        for (size_t j = 0; j < s->when.clauses[i].n; j++) {
            const struct term *t = &s->when.clauses[i].terms[j];
            if (t->kind != TERM_FACT)
                continue;
            const struct rule *r = &g->p->facts[t->at].rule[g->in->flow];
            bool asks = r->n == 1 && r->clauses[0].n == 1 &&
                        r->clauses[0].terms[0].kind == TERM_KNOWN &&
                        g->in->asked_at[r->clauses[0].terms[0].at] > 0;
            if (asks && applies == YES)
                return true;
        }
    return false;
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

static void decide(struct progress *g, int lane, int step, struct step_state *out)
{
    const struct step *s = step_at(g, step);
    struct rule_view v = {.lane = lane, .step = step};
    struct missing_list why = {0};
    i64 since = g->in->lanes[lane].opened;

    out->signers = signers_of(g, lane, step);
    out->told = told_of(g, lane, step);
    out->optional = s->until.n > 0;
    struct standing st = run_rounds(g, lane, step, out);
    out->begun = st.begun;
    out->unsigned_ = st.unsigned_;

    enum tri applies = eval_rule(g, &s->when, &v, &since);
    const struct skip *skip = skip_of(g, lane, step);
    if (!wants_again(g, lane, step, &st, out, applies)) {
        out->round--;
        settle(out, STEP_DONE, out->settled_at, NULL);
        return;
    }
    if (skip != NULL && !st.begun) {
        settle(out, STEP_SKIPPED, skip->at, NULL);
        return;
    }
    if (applies == NO && !st.begun) {
        note_rule(g, &why, &s->when, &v, NO);
        settle(out, STEP_NOT_APPLICABLE, since, &why);
        return;
    }
    if (out->optional && !st.begun && eval_rule(g, &s->until, &v, &since) == YES) {
        settle(out, STEP_NOT_APPLICABLE, since, NULL);
        return;
    }
    enum tri ready = eval_rule(g, &s->needs, &v, &since);
    if ((applies == UNDECIDED || ready != YES) && !st.begun) {
        note_rule(g, &why, &s->when, &v, UNDECIDED);
        note_rule(g, &why, &s->needs, &v, UNDECIDED);
        out->missing = why.v;
        out->nmissing = why.n;
        return;
    }
    out->status = STEP_OPEN;
    out->hop = st.hop;
    out->actor = st.actor;
    out->since = since;
    if (out->settled_at > out->since) /* an earlier round ended, perhaps in a refusal */
        out->since = out->settled_at;
    if (st.latest > out->since)
        out->since = st.latest;
    out->settled_at = 0;
    if (st.begun)
        out->optional = false;
    set_due(g, lane, step, out);
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

/* Chains of the acts and marks of each step of each lane, the newest first. */
static void index_records(struct progress *g)
{
    const struct case_in *in = g->in;
    g->first_act = NEWS(g->a, int, in->nlanes * g->nsteps);
    g->first_mark = NEWS(g->a, int, in->nlanes * g->nsteps);
    g->next_act = NEWS(g->a, int, in->nacts + 1);
    g->next_mark = NEWS(g->a, int, in->nmarks + 1);
    for (size_t i = 0; i < in->nacts; i++) {
        int *first = &g->first_act[own_at(g, in->acts[i].lane, in->acts[i].step)];
        g->next_act[i] = *first;
        *first = (int)i + 1;
    }
    for (size_t i = 0; i < in->nmarks; i++) {
        int *first = &g->first_mark[own_at(g, in->marks[i].lane, in->marks[i].step)];
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
    index_records(out);
    for (int lane = 0; lane < (int)in->nlanes; lane++)
        for (int step = 0; step < (int)n; step++)
            (void)own_state(out, lane, step);
}

bool progress_takes_part(const struct progress *g, int lane, int step, enum actor dept)
{
    const struct step *s = step_at(g, step);
    const struct step_state *st = progress_at(g, lane, step);
    if (!progress_has(g, lane, step) ||
        (st->status != STEP_OPEN && st->status != STEP_DONE && !st->begun))
        return false;
    if (st->optional && !st->begun)
        return false;
    bool acts = s->lead == dept;
    for (size_t i = 0; i < s->nhops; i++)
        acts |= s->hops[i].actor == dept;
    return acts || (st->signers >> dept & 1);
}

bool progress_is_told(const struct progress *g, int lane, int step, enum actor dept)
{
    const struct step_state *st = progress_at(g, lane, step);
    return progress_has(g, lane, step) && st->status == STEP_DONE && (st->told >> dept & 1);
}

static void push_tasks(struct arena *a, const struct progress *g, int lane, int step,
                       struct tasks *out)
{
    const struct step_state *s = progress_at(g, lane, step);
    struct task t = {
        .lane = lane, .step = step, .round = s->round, .since = s->since, .due = s->due};
    if (s->hop > 0) {
        t.hop = s->hop;
        t.actor = s->actor;
        *PUSH(a, out) = t;
    }
    /* participants may sign from the first act on; after the lead's they must */
    t.hop = 0;
    for (int kind = ACTOR_POC; kind < ACTOR_COUNT && s->begun; kind++)
        if (s->unsigned_ >> kind & 1) {
            t.actor = (enum actor)kind;
            *PUSH(a, out) = t;
        }
}

void progress_tasks(struct arena *a, const struct progress *g, struct tasks *out)
{
    for (int lane = 0; lane < (int)g->in->nlanes; lane++)
        for (int step = 0; step < (int)g->nsteps && !g->in->lanes[lane].closed; step++) {
            const struct step_state *s = progress_at(g, lane, step);
            if (s->status == STEP_OPEN && !s->optional)
                push_tasks(a, g, lane, step, out);
        }
}

int progress_phase(const struct progress *g)
{
    int phase = 6;
    for (int lane = 0; lane < (int)g->in->nlanes; lane++)
        for (int step = 0; step < (int)g->nsteps && !g->in->lanes[lane].closed; step++) {
            const struct step_state *s = progress_at(g, lane, step);
            int at = step_at(g, step)->phase;
            if (s->status == STEP_OPEN && !s->optional && at < phase)
                phase = at;
        }
    return phase;
}
