/* process_steps.c - the steps of one flow, read in two passes: what a step is, then what it
 * needs of others. */
#include "domain/process_load.h"

#include "base/vec.h"

enum {
    FLOW,
    PHASE,
    STEP,
    KIND,
    TITLE_JA,
    TITLE_EN,
    FROM,
    TO,
    LEAD,
    WITH,
    SHARE,
    NOTE,
    SCOPE,
    HOPS,
    NEEDS,
    WHEN,
    UNTIL,
    FOLLOWS,
    SKIP,
    REDO,
    DAYS,
    INPUTS,
    THEN,
    COLUMNS
};
static const str columns[COLUMNS] = {
    S_INIT("flow"),     S_INIT("phase"),  S_INIT("step"),    S_INIT("kind"), S_INIT("title_ja"),
    S_INIT("title_en"), S_INIT("from"),   S_INIT("to"),      S_INIT("lead"), S_INIT("with"),
    S_INIT("share"),    S_INIT("note"),   S_INIT("scope"),   S_INIT("hops"), S_INIT("needs"),
    S_INIT("when"),     S_INIT("until"),  S_INIT("follows"), S_INIT("skip"), S_INIT("redo"),
    S_INIT("days"),     S_INIT("inputs"), S_INIT("then")};

/* "design,rnd?,si?": who always takes part, and who where asked. */
static enum err load_people(struct loader *l, str list, unsigned *always, unsigned *asked)
{
    *always = *asked = 0;
    for (list = load_cell(list); list.n > 0;) {
        str name = str_cut(&list, ',');
        bool where_asked = str_has_suffix(name, S("?"));
        enum actor kind;
        unsigned bits;
        if (where_asked)
            name = str_sub(name, 0, name.n - 1);
        if (str_eq(name, S("si")))
            bits = ACTOR_BIT(ACTOR_SI_MFG) | ACTOR_BIT(ACTOR_SI_SYS);
        else if (actor_find(name, &kind) && kind >= ACTOR_POC)
            bits = ACTOR_BIT(kind);
        else
            return load_bad(l, "unknown department %.*s", SV(name));
        *(where_asked ? asked : always) |= bits;
    }
    return OK;
}

/* "design poc coordinator?mediated" */
static enum err load_hops(struct loader *l, str text, struct step *s)
{
    struct {
        VEC(struct hop)
    } hops = {0};
    for (str rest = text; rest.n > 0;) {
        str only_if = str_cut(&rest, ' '), name = str_cut(&only_if, '?');
        struct hop h = {.only_if = -1};
        if (!actor_find(name, &h.actor))
            return load_bad(l, "unknown actor %.*s", SV(name));
        if (only_if.n > 0)
            TRY(load_fact_at(l, only_if, s->flow, &h.only_if));
        *PUSH(l->a, &hops) = h;
    }
    if (hops.n == 0 || hops.v[0].only_if >= 0)
        return load_bad(l, "a step begins with a hop that always stands");
    s->hops = hops.v;
    s->nhops = hops.n;
    return OK;
}

static enum err load_step(struct loader *l, enum flow flow, const str *c, struct step *s)
{
    i64 phase, days;
    int kind = name_find(step_kind_names, STEP_KIND_COUNT, c[KIND]);
    *s = (struct step){.flow = flow, .id = c[STEP], .kind = (enum step_kind)kind, .follows = -1};
    if (!str_eq(c[FLOW], flow_name(flow)))
        return load_bad(l, "flow is %.*s", SV(c[FLOW]));
    if (kind < 0)
        return load_bad(l, "unknown kind %.*s", SV(c[KIND]));
    if (!str_i64(c[PHASE], &phase) || phase > 5)
        return load_bad(l, "phase wants 0 to 5");
    if (!str_i64(c[DAYS], &days) || days > 3650)
        return load_bad(l, "days wants 0 to 3650");
    if (process_step(l->p, flow, s->id) >= 0)
        return load_bad(l, "step %.*s stands twice", SV(s->id));
    s->phase = (int)phase;
    s->days = (int)days;
    s->title[LANG_JA_AT] = load_cell(c[TITLE_JA]);
    s->title[LANG_EN_AT] = load_cell(c[TITLE_EN]);
    s->from = load_cell(c[FROM]);
    s->to = load_cell(c[TO]);
    s->lead_text = load_cell(c[LEAD]);
    s->with_text = load_cell(c[WITH]);
    s->share_text = load_cell(c[SHARE]);
    s->note = load_cell(c[NOTE]);
    s->per_lane = str_eq(c[SCOPE], S("lane"));
    if (!s->per_lane && !str_eq(c[SCOPE], S("case")))
        return load_bad(l, "scope wants case or lane");
    if (!actor_find(s->lead_text, &s->lead))
        return load_bad(l, "unknown lead %.*s", SV(s->lead_text));
    TRY(load_people(l, c[WITH], &s->with, &s->with_asked));
    TRY(load_people(l, c[SHARE], &s->share, &s->share_asked));
    TRY(load_bits(l, c[SKIP], ' ', actor_names, ACTOR_COUNT, &s->skip));
    TRY(load_bits(l, c[THEN], ',', effect_names, EFFECT_COUNT, &s->then));
    str redo = load_cell(c[REDO]);
    bool redone = redo.n > 0;
    s->redo_field = str_cut(&redo, '=');
    s->redo_value = redo;
    if (redone && (s->redo_field.n == 0 || redo.n == 0))
        return load_bad(l, "redo wants FIELD=VALUE");
    return load_hops(l, c[HOPS], s);
}

enum err load_steps(struct loader *l, enum flow flow, str text)
{
    struct tsv t;
    TRY(load_table(l, flow_name(flow), text, columns, COLUMNS, &t));
    if (t.n > MOST_STEPS)
        return load_bad(l, "more than %d steps", MOST_STEPS);
    struct step *steps = NEWS(l->a, struct step, t.n + 1);
    l->p->flow[flow] = (struct flow_table){steps, 0};
    for (size_t i = 0; i < t.n; i++) {
        l->line = t.rows[i].line;
        TRY(load_step(l, flow, t.rows[i].cells, &steps[i]));
        l->p->flow[flow].n = i + 1;
    }
    return OK;
}

static enum err load_inputs(struct loader *l, str list, struct step *s)
{
    struct {
        VEC(int)
    } inputs = {0};
    for (list = load_cell(list); list.n > 0;) {
        str id = str_cut(&list, ' ');
        int at = process_step(l->p, s->flow, id);
        if (at < 0)
            return load_bad(l, "inputs: no step %.*s", SV(id));
        *PUSH(l->a, &inputs) = at;
    }
    s->inputs = inputs.v;
    s->ninputs = inputs.n;
    return OK;
}

/* A case's own step sees the vendors' lanes only through any: and all:. */
static enum err same_scope(struct loader *l, const struct step *s, const struct rule *r)
{
    for (size_t i = 0; i < r->n && !s->per_lane; i++)
        for (size_t j = 0; j < r->clauses[i].n; j++) {
            const struct term *t = &r->clauses[i].terms[j];
            bool of_step =
                t->kind == TERM_SETTLED || t->kind == TERM_DONE || t->kind == TERM_ANSWER;
            if (of_step && l->p->flow[s->flow].steps[t->at].per_lane)
                return load_bad(l, "%.*s is a step of the case: say all:%.*s", SV(s->id),
                                SV(l->p->flow[s->flow].steps[t->at].id));
        }
    return OK;
}

static enum err load_scoped(struct loader *l, str text, const struct step *s, struct rule *out)
{
    TRY(load_rule(l, text, s->flow, false, out));
    return same_scope(l, s, out);
}

static enum err load_follows(struct loader *l, str id, int self, struct step *s)
{
    if (id.n == 0)
        return OK;
    s->follows = process_step(l->p, s->flow, id);
    if (s->follows < 0)
        return load_bad(l, "follows: no step %.*s", SV(id));
    if (s->follows == self || l->p->flow[s->flow].steps[s->follows].per_lane != s->per_lane)
        return load_bad(l, "follows: wants another step of the same scope");
    return OK;
}

enum err load_step_rules(struct loader *l, enum flow flow, str text)
{
    struct tsv t;
    TRY(load_table(l, flow_name(flow), text, columns, COLUMNS, &t));
    struct step *steps = NEWS(l->a, struct step, t.n + 1);
    for (size_t i = 0; i < t.n; i++) {
        const str *c = t.rows[i].cells;
        struct step *s = &steps[i];
        l->line = t.rows[i].line;
        *s = l->p->flow[flow].steps[i];
        TRY(load_scoped(l, c[NEEDS], s, &s->needs));
        TRY(load_scoped(l, c[WHEN], s, &s->when));
        TRY(load_scoped(l, c[UNTIL], s, &s->until));
        TRY(load_inputs(l, c[INPUTS], s));
        TRY(load_follows(l, load_cell(c[FOLLOWS]), (int)i, s));
    }
    l->p->flow[flow].steps = steps;
    return OK;
}
