/* process_rule.c - rules of the tables, read. */
#include "domain/process_load.h"

#include "base/vec.h"

static enum err step_of(struct loader *l, str id, enum flow flow, int *out)
{
    *out = process_step(l->p, flow, id);
    if (*out < 0)
        return load_bad(l, "no step %.*s in the %.*s flow", SV(id), SV(flow_name(flow)));
    return OK;
}

enum err load_fact_at(struct loader *l, str id, enum flow flow, int *out)
{
    *out = process_fact(l->p, id);
    if (*out < 0)
        return load_bad(l, "unknown fact %.*s", SV(id));
    if (!(l->p->facts[*out].flows >> flow & 1))
        return load_bad(l, "fact %.*s is not one of the %.*s flow", SV(id), SV(flow_name(flow)));
    if ((size_t)*out >= l->facts)
        return load_bad(l, "fact %.*s must stand above the rule that names it", SV(id));
    return OK;
}

static bool is_step_id(str s)
{
    return s.n > 0 && s.p[0] >= '0' && s.p[0] <= '9';
}

/* "1.3.1.2:details=yes": the step is all but the last number. */
static enum err answer_term(struct loader *l, str text, enum flow flow, struct term *t)
{
    str rest = text, path = str_cut(&rest, ':');
    size_t dot = path.n;
    i64 hop;
    while (dot > 0 && path.p[dot - 1] != '.')
        dot--;
    t->kind = TERM_ANSWER;
    t->field = str_cut(&rest, '=');
    t->value = rest;
    if (dot == 0 || !str_i64(str_from(path, dot), &hop) || hop < 1 || hop > 9)
        return load_bad(l, "want STEP.HOP:FIELD=VALUE, got %.*s", SV(text));
    t->hop = (int)hop;
    TRY(step_of(l, str_sub(path, 0, dot - 1), flow, &t->at));
    if ((size_t)t->hop > l->p->flow[flow].steps[t->at].nhops)
        return load_bad(l, "%.*s: the step has no hop %d", SV(text), t->hop);
    if (t->field.n == 0 || t->value.n == 0)
        return load_bad(l, "want STEP.HOP:FIELD=VALUE, got %.*s", SV(text));
    return OK;
}

/* What may stand in front of a colon: as a term of a step, and of a fact. */
struct prefix {
    str word;
    enum term_kind step, fact;
    bool rights, every;
};
static const struct prefix prefixes[] = {
    {S_INIT("done"), TERM_DONE, TERM_DONE, false, false},
    {S_INIT("any"), TERM_ANY_FACT, TERM_ANY_FACT, false, false},
    {S_INIT("all"), TERM_ALL_SETTLED, TERM_ALL_FACT, false, false},
    {S_INIT("spread"), TERM_SPREAD, TERM_SPREAD, true, false},
    {S_INIT("told"), TERM_TOLD, TERM_TOLD, true, false},
    {S_INIT("participant"), TERM_PARTICIPANT, TERM_PARTICIPANT, true, true},
    {S_INIT("own"), TERM_OWN, TERM_OWN, true, true},
};

static enum err prefixed_step(struct loader *l, str id, enum flow flow, struct term *t)
{
    TRY(step_of(l, id, flow, &t->at));
    if (t->kind == TERM_ALL_SETTLED && !l->p->flow[flow].steps[t->at].per_lane)
        return load_bad(l, "all: wants a step of the lanes, got %.*s", SV(id));
    return OK;
}

/* "all:5.2.1", "spread:1.3.1", …: the word in front of the colon decides. */
static enum err prefixed_term(struct loader *l, str word, str rest, enum flow flow, bool rights,
                              struct term *t)
{
    const struct prefix *p = NULL;
    for (size_t i = 0; i < COUNT(prefixes) && p == NULL; i++)
        if (str_eq(word, prefixes[i].word))
            p = &prefixes[i];
    if (p == NULL)
        return load_bad(l, "unknown word %.*s in a rule", SV(word));
    if (p->rights && !rights)
        return load_bad(l, "%.*s: belongs to rights alone", SV(word));
    if (p->every && str_eq(rest, S("*"))) {
        *t = (struct term){.kind = p->step, .at = EVERY_STEP};
        return OK;
    }
    if (is_step_id(rest) && p->step != TERM_ANY_FACT) {
        t->kind = p->step;
        return prefixed_step(l, rest, flow, t);
    }
    t->kind = p->fact;
    if (t->kind != TERM_ANY_FACT && t->kind != TERM_ALL_FACT)
        return load_bad(l, "%.*s: wants a step, got %.*s", SV(word), SV(rest));
    return load_fact_at(l, rest, flow, &t->at);
}

static enum err load_term(struct loader *l, str text, enum flow flow, bool rights, struct term *t)
{
    *t = (struct term){0};
    if (text.n == 0)
        return load_bad(l, "an empty term in a rule");
    if (text.p[0] == '@') {
        t->kind = TERM_KNOWN;
        t->at = name_find(known_names, KNOWN_COUNT, str_from(text, 1));
        return t->at < 0 ? load_bad(l, "unknown %.*s", SV(text)) : OK;
    }
    if (str_find_char(text, '=') >= 0)
        return answer_term(l, text, flow, t);
    if (str_find_char(text, ':') >= 0) {
        str rest = text, word = str_cut(&rest, ':');
        return prefixed_term(l, word, rest, flow, rights, t);
    }
    if (is_step_id(text)) {
        t->kind = TERM_SETTLED;
        return step_of(l, text, flow, &t->at);
    }
    t->kind = TERM_FACT;
    return load_fact_at(l, text, flow, &t->at);
}

enum err load_rule(struct loader *l, str text, enum flow flow, bool rights, struct rule *out)
{
    struct {
        VEC(struct clause)
    } clauses = {0};
    *out = (struct rule){.text = load_cell(text)};
    for (str rest = out->text; rest.n > 0;) {
        str item = str_cut(&rest, ' ');
        struct clause c = {.negated = item.n > 0 && item.p[0] == '!'};
        struct {
            VEC(struct term)
        } terms = {0};
        str alternatives = str_from(item, c.negated ? 1 : 0);
        if (str_has_suffix(item, S("|")))
            return load_bad(l, "an empty term in a rule");
        do
            TRY(load_term(l, str_cut(&alternatives, '|'), flow, rights, PUSH(l->a, &terms)));
        while (alternatives.n > 0);
        c.terms = terms.v;
        c.n = terms.n;
        *PUSH(l->a, &clauses) = c;
    }
    out->clauses = clauses.v;
    out->n = clauses.n;
    return OK;
}
