/* process_check.c - prove a process by walking it: every way its answers can go, every act
 * as soon as it can be taken. */
#include "domain/progress.h"

#include "base/vec.h"

#include <stdarg.h>
#include <stdio.h>

PRINTF(3, 4) static void find(struct arena *a, struct findings *out, const char *fmt, ...)
{
    char text[300];
    va_list ap;
    va_start(ap, fmt);
    (void)vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    *PUSH(a, out) = str_copy(a, str_z(text));
}

/* --- words, questions ------------------------------------------------------------------- */

static bool has_word(const str word[LANGS])
{
    return word[LANG_JA_AT].n > 0 && word[LANG_EN_AT].n > 0;
}

static void check_questions(struct arena *a, const struct step *s, struct findings *out)
{
    for (size_t i = 0; i < s->nquestions; i++) {
        const struct question *q = &s->questions[i];
        if (!has_word(q->label))
            find(a, out, "%.*s %.*s: a label is missing in one language", SV(s->id), SV(q->field));
        if ((q->hint[LANG_JA_AT].n > 0) != (q->hint[LANG_EN_AT].n > 0))
            find(a, out, "%.*s %.*s: the hint is in one language only", SV(s->id), SV(q->field));
    }
    bool redo_asked = s->redo_field.n == 0;
    for (size_t i = 0; i < s->nquestions; i++)
        redo_asked |=
            s->questions[i].hop == (int)s->nhops && str_eq(s->questions[i].field, s->redo_field);
    if (!redo_asked)
        find(a, out, "%.*s: its last hop does not ask %.*s", SV(s->id), SV(s->redo_field));
    for (int hop = 2; hop <= (int)s->nhops; hop++) {
        bool asks = false;
        for (size_t i = 0; i < s->nquestions; i++)
            asks |= s->questions[i].hop == hop;
        if (!asks)
            find(a, out, "%.*s: hop %d asks nothing", SV(s->id), hop);
    }
}

/* A rule's answer must be one that the step asks for. */
static void check_answers(struct arena *a, const struct process *p, enum flow f, str where,
                          const struct rule *r, struct findings *out)
{
    for (size_t i = 0; i < r->n; i++)
        for (size_t j = 0; j < r->clauses[i].n; j++) {
            const struct term *t = &r->clauses[i].terms[j];
            if (t->kind != TERM_ANSWER)
                continue;
            const struct step *s = &p->flow[f].steps[t->at];
            bool asked = false;
            for (size_t k = 0; k < s->nquestions; k++)
                for (size_t o = 0; o < s->questions[k].noptions; o++)
                    asked |= s->questions[k].hop == t->hop &&
                             str_eq(s->questions[k].field, t->field) &&
                             str_eq(s->questions[k].options[o].value, t->value);
            if (!asked)
                find(a, out, "%.*s: %.*s never answers %.*s=%.*s", SV(where), SV(s->id),
                     SV(t->field), SV(t->value));
        }
}

/* --- the walk --------------------------------------------------------------------------- */

enum { MOST_CHOICES = 16, MOST_ACTS = 400 };

/* The questions whose answers decide something, and what each walk answers. */
struct choice {
    int step, hop;
    const struct question *q;
};
struct walk {
    struct arena *a;
    const struct process *p;
    enum flow flow;
    struct choice choices[MOST_CHOICES];
    size_t nchoices;
    unsigned number; /* of this walk: bit i is the option of choice i */
    bool eager;      /* takes the steps that are taken only where needed, once each, first */
    struct case_in in;
    struct act acts[MOST_ACTS];
    struct mark marks[MOST_ACTS];
};

static bool decides(const struct process *p, enum flow f, int step, const struct question *q)
{
    const struct step *s = &p->flow[f].steps[step];
    if (q->type != ASK_CHOICE || (q->hop == (int)s->nhops && str_eq(q->field, s->redo_field)))
        return false;
    for (size_t i = 0; i < p->nfacts; i++) {
        const struct rule *r = &p->facts[i].rule[f];
        for (size_t c = 0; c < r->n; c++)
            for (size_t t = 0; t < r->clauses[c].n; t++) {
                const struct term *x = &r->clauses[c].terms[t];
                if (x->kind == TERM_ANSWER && x->at == step && x->hop == q->hop &&
                    str_eq(x->field, q->field))
                    return true;
            }
    }
    return false;
}

static void collect_choices(struct walk *w)
{
    for (size_t i = 0; i < w->p->flow[w->flow].n; i++) {
        const struct step *s = &w->p->flow[w->flow].steps[i];
        for (size_t k = 0; k < s->nquestions && w->nchoices < MOST_CHOICES; k++)
            if (decides(w->p, w->flow, (int)i, &s->questions[k]))
                w->choices[w->nchoices++] =
                    (struct choice){(int)i, s->questions[k].hop, &s->questions[k]};
    }
}

/* What this walk answers to a choice; others take their first option, and nothing is redone. */
static str pick(const struct walk *w, int step, const struct question *q)
{
    const struct step *s = &w->p->flow[w->flow].steps[step];
    for (size_t i = 0; i < w->nchoices; i++)
        if (w->choices[i].step == step && w->choices[i].q == q)
            return q->options[(w->number >> i & 1) % q->noptions].value;
    for (size_t i = 0; i < q->noptions; i++)
        if (!str_eq(q->field, s->redo_field) || !str_eq(q->options[i].value, s->redo_value))
            return q->options[i].value;
    return q->options[0].value;
}

static void take_hop(struct walk *w, int lane, int step, const struct step_state *st)
{
    const struct step *s = &w->p->flow[w->flow].steps[step];
    struct answer *answers = NEWS(w->a, struct answer, s->nquestions + 1);
    struct act *x = &w->acts[w->in.nacts];
    *x = (struct act){.step = step,
                      .lane = lane,
                      .round = st->round,
                      .hop = st->hop,
                      .at = (i64)w->in.nacts + 2,
                      .answers = answers};
    for (size_t i = 0; i < s->nquestions; i++)
        if (s->questions[i].hop == st->hop && s->questions[i].type == ASK_CHOICE)
            answers[x->nanswers++] =
                (struct answer){s->questions[i].field, pick(w, step, &s->questions[i])};
    w->in.nacts++;
}

static void take_signatures(struct walk *w, int lane, int step, const struct step_state *st)
{
    for (int kind = ACTOR_POC; kind < ACTOR_COUNT; kind++)
        if (st->unsigned_ >> kind & 1)
            w->marks[w->in.nmarks++] = (struct mark){
                MARK_SIGNED, step, lane, st->round, (enum actor)kind, (i64)w->in.nacts + 1};
}

/* Do the first thing that can be done, of the optional or of the other steps; false: none. */
static bool take_first(struct walk *w, struct progress *g, bool optional)
{
    for (int lane = 0; lane < 2; lane++)
        for (int step = 0; step < (int)g->nsteps; step++) {
            const struct step_state *st = progress_at(g, lane, step);
            if (st->status != STEP_OPEN || st->optional != optional)
                continue;
            if (w->in.nacts == MOST_ACTS || w->in.nmarks + ACTOR_COUNT > MOST_ACTS)
                continue;
            if (st->hop > 0)
                take_hop(w, lane, step, st);
            else
                take_signatures(w, lane, step, st);
            return true;
        }
    return false;
}

static bool take_one(struct walk *w)
{
    struct progress g;
    progress_compute(w->a, w->p, &w->in, &g);
    return (w->eager && take_first(w, &g, true)) || take_first(w, &g, false);
}

static void begin_walk(struct walk *w, unsigned number, bool other_entry)
{
    static struct lane_in lanes[2] = {{.opened = 1}, {.opened = 1}};
    static bool ready;
    for (int i = ACTOR_POC + 1; i < ACTOR_COUNT && !ready; i++)
        lanes[1].dept[i] = i;
    ready = true;
    unsigned entry = other_entry ? KNOW_FROM_OVERSEAS : KNOW_FROM_FINDER;
    w->number = number;
    w->in = (struct case_in){.flow = w->flow,
                             .opened = 1,
                             .lanes = lanes,
                             .nlanes = 2,
                             .acts = w->acts,
                             .marks = w->marks};
    w->in.known = 1u << entry | 1u << KNOW_DRAFT_ASKED | 1u << KNOW_DATE_REACHED;
    if (!other_entry)
        w->in.asked_at[KNOW_FINDER_ASKED] = w->in.asked_at[KNOW_ASKED_FINDINGS] =
            w->in.asked_at[KNOW_ASKED_DATE] = 1;
}

static void end_walk(struct walk *w, bool *done, bool *seen_na, struct findings *out)
{
    struct progress g;
    progress_compute(w->a, w->p, &w->in, &g);
    for (int lane = 0; lane < 2; lane++)
        for (int step = 0; step < (int)g.nsteps; step++) {
            const struct step_state *st = progress_at(&g, lane, step);
            const struct step *s = &w->p->flow[w->flow].steps[step];
            if (!progress_has(&g, lane, step))
                continue;
            done[step] |= st->rounds_done > 0;
            seen_na[step] |= st->status == STEP_NOT_APPLICABLE;
            if (st->status == STEP_WAITING && !st->optional)
                find(w->a, out, "%.*s %.*s: a dead end: it waits for ever when answers go way %u",
                     SV(flow_name(w->flow)), SV(s->id), w->number);
        }
}

static void walk_flow(struct arena *a, const struct process *p, enum flow f, struct findings *out)
{
    struct walk *w = NEW(a, struct walk);
    size_t n = p->flow[f].n;
    bool *done = NEWS(a, bool, n + 1), *seen_na = NEWS(a, bool, n + 1);
    *w = (struct walk){.p = p, .flow = f};
    collect_choices(w);
    for (unsigned number = 0; number < 4u << w->nchoices && out->n < 20; number++) {
        w->a = arena_new();
        struct findings here = {0};
        w->eager = number >> 1 & 1;
        begin_walk(w, number >> 2, number & 1);
        while (take_one(w))
            ;
        end_walk(w, done, seen_na, &here);
        for (size_t i = 0; i < here.n; i++)
            find(a, out, "%.*s", SV(here.v[i]));
        arena_free(w->a);
    }
    for (size_t i = 0; i < n; i++) {
        const struct step *s = &p->flow[f].steps[i];
        if (!done[i])
            find(a, out, "%.*s %.*s: it can never be done", SV(flow_name(f)), SV(s->id));
        if (s->when.n > 0 && !seen_na[i])
            find(a, out, "%.*s %.*s: its condition never fails", SV(flow_name(f)), SV(s->id));
    }
}

void process_check(struct arena *a, const struct process *p, struct findings *out)
{
    *out = (struct findings){0};
    for (enum flow f = 0; f < FLOW_COUNT; f++) {
        for (size_t i = 0; i < p->flow[f].n; i++) {
            const struct step *s = &p->flow[f].steps[i];
            if (!has_word(s->title))
                find(a, out, "%.*s: a title is missing in one language", SV(s->id));
            check_questions(a, s, out);
            check_answers(a, p, f, s->id, &s->needs, out);
            check_answers(a, p, f, s->id, &s->when, out);
        }
        for (size_t i = 0; i < p->nfacts; i++) {
            if (!has_word(p->facts[i].word))
                find(a, out, "%.*s: a word is missing in one language", SV(p->facts[i].id));
            check_answers(a, p, f, p->facts[i].id, &p->facts[i].rule[f], out);
        }
        walk_flow(a, p, f, out);
    }
}
