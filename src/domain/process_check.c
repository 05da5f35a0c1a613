/* process_check.c - prove a process: its words and questions here, its ways in process_walk.c. */
#include "domain/process_check.h"

#include "base/vec.h"

#include <stdarg.h>
#include <stdio.h>

void check_found(struct arena *a, struct findings *out, const char *fmt, ...)
{
    char text[600];
    va_list ap;
    va_start(ap, fmt);
    (void)vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    *PUSH(a, out) = str_copy(a, str_z(text));
}

static bool has_word(const str word[LANGS])
{
    return word[LANG_JA_AT].n > 0 && word[LANG_EN_AT].n > 0;
}

static void check_labels(struct arena *a, const struct step *s, struct findings *out)
{
    for (size_t i = 0; i < s->nquestions; i++) {
        const struct question *q = &s->questions[i];
        if (!has_word(q->label))
            check_found(a, out, "%.*s %.*s: a label is missing in one language", SV(s->id),
                        SV(q->field));
        if ((q->hint[LANG_JA_AT].n > 0) != (q->hint[LANG_EN_AT].n > 0))
            check_found(a, out, "%.*s %.*s: the hint is in one language only", SV(s->id),
                        SV(q->field));
    }
}

static const struct question *question_of(const struct step *s, int hop, str field)
{
    for (size_t i = 0; i < s->nquestions; i++)
        if (s->questions[i].hop == hop && str_eq(s->questions[i].field, field))
            return &s->questions[i];
    return NULL;
}

static bool may_answer(const struct step *s, int hop, str field, str value)
{
    const struct question *q = question_of(s, hop, field);
    for (size_t i = 0; q != NULL && i < q->noptions; i++)
        if (str_eq(q->options[i].value, value))
            return true;
    return false;
}

static void check_questions(struct arena *a, const struct step *s, struct findings *out)
{
    if (s->redo_field.n > 0 && !may_answer(s, (int)s->nhops, s->redo_field, s->redo_value))
        check_found(a, out, "%.*s: its last hop never answers %.*s=%.*s", SV(s->id),
                    SV(s->redo_field), SV(s->redo_value));
    for (int hop = 2; hop <= (int)s->nhops; hop++) {
        bool asks = false;
        for (size_t i = 0; i < s->nquestions; i++)
            asks |= s->questions[i].hop == hop;
        if (!asks)
            check_found(a, out, "%.*s: hop %d asks nothing", SV(s->id), hop);
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
            if (!may_answer(s, t->hop, t->field, t->value))
                check_found(a, out, "%.*s: %.*s never answers %.*s=%.*s", SV(where), SV(s->id),
                            SV(t->field), SV(t->value));
        }
}

static void check_step(struct arena *a, const struct process *p, enum flow f, const struct step *s,
                       struct findings *out)
{
    if (!has_word(s->title))
        check_found(a, out, "%.*s: a title is missing in one language", SV(s->id));
    check_labels(a, s, out);
    check_questions(a, s, out);
    check_answers(a, p, f, s->id, &s->needs, out);
    check_answers(a, p, f, s->id, &s->when, out);
    check_answers(a, p, f, s->id, &s->until, out);
}

void process_check(struct arena *a, const struct process *p, struct findings *out)
{
    *out = (struct findings){0};
    for (enum flow f = 0; f < FLOW_COUNT; f++) {
        for (size_t i = 0; i < p->flow[f].n; i++)
            check_step(a, p, f, &p->flow[f].steps[i], out);
        for (size_t i = 0; i < p->nfacts; i++) {
            if (!has_word(p->facts[i].word))
                check_found(a, out, "%.*s: a word is missing in one language", SV(p->facts[i].id));
            check_answers(a, p, f, p->facts[i].id, &p->facts[i].rule[f], out);
        }
        check_cycles(a, p, f, out);
        check_walks(a, p, f, out);
    }
}
