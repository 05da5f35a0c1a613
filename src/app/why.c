/* why.c - see why.h. */
#include "app/why.h"

#include "base/vec.h"

static void say(const struct reader *r, struct phrases *out, str s)
{
    for (size_t i = 0; i < out->n; i++)
        if (str_eq(out->v[i], s))
            return;
    if (s.n > 0)
        *PUSH(r->cx->a, out) = s;
}

static int words_at(const struct reader *r)
{
    return r->cx->lang == LANG_JA ? LANG_JA_AT : LANG_EN_AT;
}

/* --- what a reader may know of facts ---------------------------------------------------------- */

static bool answer_is_open(const struct reader *r, int lane, const struct term *t)
{
    const struct step *s = case_step(r->cf, t->at);
    for (size_t i = 0; i < s->nquestions; i++) {
        const struct question *q = &s->questions[i];
        struct place p = {.audience = q->audience, .step = s->id};
        if (q->hop != t->hop || !str_eq(q->field, t->field))
            continue;
        p.lane = s->per_lane ? r->cf->lanes[lane].id : S("");
        return access_may(r->acc, &p);
    }
    return false;
}

static bool term_is_open(const struct reader *r, int lane, const struct term *t)
{
    switch (t->kind) {
    case TERM_SETTLED:
    case TERM_DONE:
        return reader_sight(r, case_step(r->cf, t->at)->per_lane ? lane : 0, t->at) == SIGHT_STATE;
    case TERM_ANSWER: return answer_is_open(r, lane, t);
    case TERM_FACT: return fact_is_open(r, lane, t->at);
    case TERM_KNOWN: return true;
    case TERM_ANY_FACT:
    case TERM_ALL_FACT:
    case TERM_ALL_SETTLED: return r->own_lane == 0; /* over all vendors */
    case TERM_SPREAD:
    case TERM_TOLD:
    case TERM_PARTICIPANT:
    case TERM_OWN: break;
    }
    return false;
}

bool fact_is_open(const struct reader *r, int lane, int fact)
{
    const struct rule *rule = &r->cf->g.p->facts[fact].rule[r->cf->flow];
    for (size_t i = 0; i < rule->n; i++)
        for (size_t k = 0; k < rule->clauses[i].n; k++)
            if (!term_is_open(r, lane, &rule->clauses[i].terms[k]))
                return false;
    return true;
}

/* --- what is missing ---------------------------------------------------------------------------- */

static str step_phrase(const struct reader *r, int step, bool brief)
{
    const struct step *s = case_step(r->cf, step);
    if (brief)
        return s->id;
    return str_fmt(r->cx->a, "%.*s %.*s", SV(s->id), SV(s->title[words_at(r)]));
}

static str hidden_phrase(const struct reader *r, int lane)
{
    if (r->own_lane > 0 && lane != r->own_lane)
        return word(r->cx->lang, W_why_others);
    return word(r->cx->lang, lane == 0 ? W_why_vendors : W_why_inside);
}

static str missing_phrase(const struct reader *r, const struct missing *m, bool brief)
{
    const struct term *t = m->term;
    struct arena *a = r->cx->a;
    enum lang lang = r->cx->lang;
    int lane;
    switch (t->kind) {
    case TERM_SETTLED:
    case TERM_DONE:
    case TERM_ANSWER:
        lane = case_step(r->cf, t->at)->per_lane ? m->lane : 0;
        if (reader_sight(r, lane, t->at) == SIGHT_NONE)
            return hidden_phrase(r, m->lane);
        return step_phrase(r, t->at, brief);
    case TERM_FACT:
        if (r->kinds[m->lane] == 0 && !fact_is_open(r, m->lane, t->at))
            return hidden_phrase(r, m->lane);
        return words_why_whether(a, lang, .fact = r->cf->g.p->facts[t->at].word[words_at(r)]);
    case TERM_ALL_SETTLED:
        if (r->own_lane > 0)
            return hidden_phrase(r, 0);
        return words_why_all(a, lang, .step = step_phrase(r, t->at, brief));
    case TERM_ANY_FACT:
    case TERM_ALL_FACT: return hidden_phrase(r, 0);
    case TERM_KNOWN:
    case TERM_SPREAD:
    case TERM_TOLD:
    case TERM_PARTICIPANT:
    case TERM_OWN: break;
    }
    return NO_STR;
}

/* What steps come to, facts will follow from. */
static bool is_of_steps(enum term_kind k)
{
    return k == TERM_SETTLED || k == TERM_DONE || k == TERM_ALL_SETTLED;
}

void why_waits(const struct reader *r, int lane, int step, bool brief, struct phrases *out)
{
    const struct step_state *st = progress_at(&r->cf->g, lane, step);
    if (reader_sight(r, lane, step) != SIGHT_STATE)
        return;
    bool steps = false;
    for (size_t i = 0; i < st->nmissing; i++)
        steps |= is_of_steps(st->missing[i].term->kind);
    for (size_t i = 0; i < st->nmissing; i++)
        if (!brief || !steps || is_of_steps(st->missing[i].term->kind))
            say(r, out, missing_phrase(r, &st->missing[i], brief));
}

void why_open(const struct reader *r, int lane, int step, struct phrases *out)
{
    const struct step_state *st = progress_at(&r->cf->g, lane, step);
    if (reader_sight(r, lane, step) != SIGHT_STATE)
        return;
    if (st->hop > 0)
        say(r, out, reader_actor_name(r, lane, st->actor));
    for (int k = ACTOR_POC; k < ACTOR_COUNT && (st->hop == 0 || st->begun); k++)
        if ((st->unsigned_ >> k & 1) && (int)st->actor != k && r->kinds[lane] != 0)
            say(r, out,
                words_why_signature(r->cx->a, r->cx->lang,
                                    .who = reader_actor_name(r, lane, (enum actor)k)));
}

/* --- why it does not apply ------------------------------------------------------------------------ */

void why_not(const struct reader *r, int lane, int step, struct phrases *out)
{
    const struct step_state *st = progress_at(&r->cf->g, lane, step);
    struct arena *a = r->cx->a;
    if (!reader_knows_why(r, lane, step))
        return;
    if (st->nmissing == 0 && case_step(r->cf, step)->until.n > 0)
        say(r, out, word(r->cx->lang, W_why_no_longer));
    for (size_t i = 0; i < st->nmissing; i++) {
        const struct missing *m = &st->missing[i];
        if (m->term->kind != TERM_FACT)
            continue;
        if (r->kinds[m->lane] == 0 && !fact_is_open(r, m->lane, m->term->at))
            continue;
        str fact = r->cf->g.p->facts[m->term->at].word[words_at(r)];
        say(r, out,
            m->negated ? words_why_unless(a, r->cx->lang, .fact = fact)
                       : words_why_only_if(a, r->cx->lang, .fact = fact));
    }
}

str phrases_join(struct arena *a, enum lang lang, const struct phrases *p)
{
    buf b = {.a = a};
    for (size_t i = 0; i < p->n; i++) {
        if (i > 0)
            buf_put(&b, lang == LANG_JA ? S("、") : i + 1 == p->n ? S(" and ") : S(", "));
        buf_put(&b, p->v[i]);
    }
    return buf_str(&b);
}
