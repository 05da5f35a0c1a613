/* progress_rounds.c - the rounds of one step: its hops in order, and who signs. */
#include "domain/progress_own.h"

static void later(i64 *latest, i64 at)
{
    if (at > *latest)
        *latest = at;
}

/* A hop under a condition stands where the condition held when the hop before was taken: what
 * was sent the short way is not sent back to go the long one. */
static bool hop_stands(struct progress *g, int lane, const struct hop *h, i64 before)
{
    i64 latest = 0;
    if (h->only_if < 0)
        return true;
    return own_fact(g, lane, h->only_if, &latest) == YES && latest <= before;
}

size_t progress_hops(struct progress *g, int lane, int step, enum actor *out)
{
    const struct step *s = own_step(g, step);
    size_t n = 0;
    for (size_t i = 0; i < s->nhops; i++)
        if (hop_stands(g, lane, &s->hops[i], INT64_MAX))
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

i64 own_round_at(const struct progress *g, int lane, int step, int round)
{
    i64 at = 0;
    for (int i = g->first_act[own_at(g, lane, step)]; i > 0; i = g->next_act[i - 1])
        if (g->in->acts[i - 1].round == round)
            later(&at, g->in->acts[i - 1].at);
    return at;
}

i64 own_answered_at(const struct progress *g, int lane, int step)
{
    i64 at = 0;
    for (int i = g->first_act[own_at(g, lane, step)]; i > 0; i = g->next_act[i - 1])
        later(&at, g->in->acts[i - 1].at);
    return at;
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
        if (latest != NULL)
            later(latest, m->at);
    }
    return bits;
}

/* Kinds that the chosen departments of a field name, in the latest answers of the step. */
static unsigned chosen_kinds(const struct progress *g, int lane, int step, str field)
{
    unsigned bits = 0;
    for (int hop = 1; hop <= (int)own_step(g, step)->nhops; hop++) {
        str list = act_answer(own_act(g, lane, step, hop), field);
        enum actor kind;
        while (list.n > 0)
            if (actor_find(str_cut(&list, ','), &kind))
                bits |= ACTOR_BIT(kind);
    }
    return bits;
}

/* Those that always take part, those asked to, and those to whom this step itself was spread;
 * not the lead's own department, nor one that the vendor does not have, and one that answers
 * for several kinds once. */
unsigned own_signers(const struct progress *g, int lane, int step)
{
    const struct step *s = own_step(g, step);
    if (lane == 0)
        return 0;
    unsigned asked =
        marked(g, MARK_ASKED, lane, step, 0, NULL) | chosen_kinds(g, lane, step, S("spread"));
    unsigned bits = s->with | (asked & s->with_asked), out = 0;
    const int *dept = g->in->lanes[lane].dept;
    for (int kind = ACTOR_POC; kind < ACTOR_COUNT; kind++) {
        bool own = dept[kind] == dept[s->lead] || (kind != ACTOR_POC && dept[kind] == 0);
        for (int k = ACTOR_POC; k < kind; k++)
            own |= (out >> k & 1) != 0 && dept[k] == dept[kind];
        if ((bits >> kind & 1) && !own)
            out |= ACTOR_BIT(kind);
    }
    return out;
}

unsigned own_told(const struct progress *g, int lane, int step)
{
    const struct step *s = own_step(g, step);
    unsigned asked = marked(g, MARK_TOLD, lane, step, 0, NULL) |
                     chosen_kinds(g, lane, step, S("spread")) |
                     chosen_kinds(g, lane, step, S("tell"));
    return s->share | (asked & s->share_asked);
}

/* Of the signers, those whose department has not signed, under whatever kind. */
static unsigned unsigned_of(const struct progress *g, int lane, unsigned signers, unsigned signed_)
{
    const int *dept = g->in->lanes[lane].dept;
    unsigned out = signers & ~signed_;
    for (int kind = ACTOR_POC; kind < ACTOR_COUNT; kind++)
        for (int k = ACTOR_POC; k < ACTOR_COUNT; k++)
            if ((signed_ >> k & 1) && dept[k] == dept[kind])
                out &= ~ACTOR_BIT(kind);
    return out;
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

static bool any_from(const struct progress *g, int lane, int step, int round, int hop)
{
    for (; hop <= (int)own_step(g, step)->nhops; hop++)
        if (act_in_round(g, lane, step, round, hop) != NULL)
            return true;
    return false;
}

/* A hop that was not taken and will not be. */
static bool is_passed_by(struct progress *g, int lane, int step, int round, int hop, i64 before)
{
    const struct hop *h = &own_step(g, step)->hops[hop - 1];
    return h->only_if >= 0 &&
           (any_from(g, lane, step, round, hop) || !hop_stands(g, lane, h, before));
}

static struct standing round_standing(struct progress *g, int lane, int step, int round,
                                      unsigned signers)
{
    const struct step *s = own_step(g, step);
    struct standing st = {0};
    int sign_after = signing_hop(s);
    i64 signed_at = 0;
    unsigned signed_ = marked(g, MARK_SIGNED, lane, step, round, &signed_at);
    const struct act *last = NULL;

    st.unsigned_ = unsigned_of(g, lane, signers, signed_);
    for (int hop = 1; hop <= (int)s->nhops; hop++) {
        const struct act *x = act_in_round(g, lane, step, round, hop);
        if (x == NULL && is_passed_by(g, lane, step, round, hop, st.latest))
            continue;
        if (x == NULL) {
            st.hop = hop;
            st.actor = s->hops[hop - 1].actor;
            return st;
        }
        st.first = st.begun ? st.first : x->at;
        st.begun = true;
        last = x;
        later(&st.latest, x->at);
        if (hop == sign_after && st.unsigned_ != 0)
            return st;
        if (hop == sign_after && signers != 0)
            later(&st.latest, signed_at);
    }
    st.complete = st.begun;
    st.redo = s->redo_field.n > 0 && str_eq(act_answer(last, s->redo_field), s->redo_value);
    return st;
}

struct standing own_rounds(struct progress *g, int lane, int step, struct step_state *out)
{
    struct standing st;
    for (out->round = 1;; out->round++) {
        st = round_standing(g, lane, step, out->round, out->signers);
        if (!st.complete)
            return st;
        if (!st.redo) {
            out->rounds_done++;
            out->done_at = st.latest;
        }
        out->settled_at = st.latest;
    }
}
