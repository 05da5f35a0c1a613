/* process_load.c - facts, rights and questions of the tables; see process_steps.c for steps. */
#include "domain/process_load.h"

#include "base/vec.h"

#include <stdarg.h>
#include <stdio.h>

enum err load_bad(struct loader *l, const char *fmt, ...)
{
    char text[256];
    va_list ap;
    va_start(ap, fmt);
    (void)vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    *l->fault = (struct process_fault){l->table, l->line, str_copy(l->a, str_z(text))};
    return E_INVALID;
}

str load_cell(str cell)
{
    return str_eq(cell, S("-")) ? S("") : cell;
}

enum err load_bits(struct loader *l, str list, char sep, const str *names, size_t n, unsigned *out)
{
    *out = 0;
    for (list = load_cell(list); list.n > 0;) {
        str name = str_cut(&list, sep);
        int i = name_find(names, n, name);
        if (i < 0)
            return load_bad(l, "unknown word %.*s", SV(name));
        *out |= 1u << i;
    }
    return OK;
}

static enum err bad_table(struct loader *l, const struct tsv_fault *f, size_t columns)
{
    l->line = f->line;
    if (str_eq(f->code, S("unknown_column")))
        return load_bad(l, "unknown column %.*s", SV(f->column));
    if (str_eq(f->code, S("duplicate_column")))
        return load_bad(l, "column %.*s stands twice", SV(f->column));
    if (str_eq(f->code, S("missing_column")))
        return load_bad(l, "column %.*s is missing", SV(f->column));
    if (str_eq(f->code, S("cells")))
        return load_bad(l, "%.*s cells in place of %zu", SV(f->got), columns);
    if (str_eq(f->code, S("control")))
        return load_bad(l, "a control character in column %.*s", SV(f->column));
    if (str_eq(f->code, S("bad_utf8")))
        return load_bad(l, "this is not UTF-8");
    return load_bad(l, "there is no header line");
}

enum err load_table(struct loader *l, str name, str text, const str *columns, size_t n,
                    struct tsv *out)
{
    struct tsv_fault f;
    l->table = name;
    l->line = 0;
    return tsv_read(l->a, text, columns, n, out, &f) == OK ? OK : bad_table(l, &f, n);
}

enum err load_flows(struct loader *l, str cell, unsigned *out)
{
    enum flow f;
    if (str_eq(cell, S("*"))) {
        *out = (1u << FLOW_COUNT) - 1;
        return OK;
    }
    if (!flow_find(cell, &f))
        return load_bad(l, "unknown flow %.*s", SV(cell));
    *out = 1u << f;
    return OK;
}

enum { FACT_ID, FACT_FLOW, FACT_RULE, FACT_JA, FACT_EN, FACT_COLUMNS };
static const str fact_columns[FACT_COLUMNS] = {S_INIT("fact"), S_INIT("flow"), S_INIT("rule"),
                                               S_INIT("ja"), S_INIT("en")};

enum err load_fact_names(struct loader *l, str text)
{
    struct tsv t;
    TRY(load_table(l, S("facts"), text, fact_columns, FACT_COLUMNS, &t));
    if (t.n > MOST_FACTS)
        return load_bad(l, "more than %d facts", MOST_FACTS);
    struct fact *facts = NEWS(l->a, struct fact, t.n + 1);
    for (size_t i = 0; i < t.n; i++) {
        const str *c = t.rows[i].cells;
        l->line = t.rows[i].line;
        if (process_fact(l->p, c[FACT_ID]) >= 0)
            return load_bad(l, "fact %.*s stands twice", SV(c[FACT_ID]));
        facts[i].id = c[FACT_ID];
        facts[i].word[LANG_JA_AT] = load_cell(c[FACT_JA]);
        facts[i].word[LANG_EN_AT] = load_cell(c[FACT_EN]);
        TRY(load_flows(l, c[FACT_FLOW], &facts[i].flows));
        l->p->facts = facts;
        l->p->nfacts = i + 1;
    }
    l->facts = t.n;
    return OK;
}

enum err load_fact_rules(struct loader *l, str text)
{
    struct tsv t;
    TRY(load_table(l, S("facts"), text, fact_columns, FACT_COLUMNS, &t));
    struct fact *facts = NEWS(l->a, struct fact, t.n + 1);
    for (size_t i = 0; i < t.n; i++) {
        l->line = t.rows[i].line;
        l->facts = i;
        facts[i] = l->p->facts[i];
        for (enum flow f = 0; f < FLOW_COUNT; f++)
            if (facts[i].flows >> f & 1)
                TRY(load_rule(l, t.rows[i].cells[FACT_RULE], f, false, &facts[i].rule[f]));
    }
    l->p->facts = facts;
    l->facts = t.n;
    return OK;
}

enum err load_rights(struct loader *l, str text)
{
    enum { FLOW, RELATION, AUDIENCE, REACH, WHEN, COLUMNS };
    static const str columns[COLUMNS] = {S_INIT("flow"), S_INIT("relation"), S_INIT("audience"),
                                         S_INIT("reach"), S_INIT("when")};
    struct tsv t;
    TRY(load_table(l, S("rights"), text, columns, COLUMNS, &t));
    struct right *rights = NEWS(l->a, struct right, t.n + 1);
    for (size_t i = 0; i < t.n; i++) {
        const str *c = t.rows[i].cells;
        l->line = t.rows[i].line;
        int relation = name_find(relation_names, RELATION_COUNT, c[RELATION]);
        int audience = name_find(audience_names, AUDIENCE_COUNT, c[AUDIENCE]);
        int reach = name_find(reach_names, REACH_COUNT, c[REACH]);
        if (relation < 0 || audience < 0 || reach < 0)
            return load_bad(l, "unknown word %.*s",
                            SV(c[relation < 0   ? RELATION
                                 : audience < 0 ? AUDIENCE
                                                : REACH]));
        rights[i] = (struct right){.relation = (enum relation)relation,
                                   .audience = (enum audience)audience,
                                   .reach = (enum right_reach)reach};
        TRY(load_flows(l, c[FLOW], &rights[i].flows));
        for (enum flow f = 0; f < FLOW_COUNT; f++)
            if (rights[i].flows >> f & 1)
                TRY(load_rule(l, c[WHEN], f, true, &rights[i].when[f]));
    }
    l->p->rights = rights;
    l->p->nrights = t.n;
    return OK;
}

static enum err load_options(struct loader *l, str text, struct question *q)
{
    struct {
        VEC(struct option)
    } options = {0};
    if (q->type == ASK_DEPARTMENTS) {
        TRY(load_bits(l, text, ';', actor_names, ACTOR_COUNT, &q->kinds));
        if (q->kinds == 0 || (q->kinds & ~ACTORS_VENDOR) != 0)
            return load_bad(l, "type departments wants kinds of departments as its options");
        return OK;
    }
    for (str rest = load_cell(text); rest.n > 0;) {
        str one = str_cut(&rest, ';');
        struct option o = {.value = str_cut(&one, '=')};
        o.label[LANG_JA_AT] = str_cut(&one, '=');
        o.label[LANG_EN_AT] = one;
        if (o.value.n == 0 || o.label[LANG_JA_AT].n == 0 || one.n == 0)
            return load_bad(l, "an option wants value=ja=en");
        *PUSH(l->a, &options) = o;
    }
    if ((options.n > 0) != (q->type == ASK_CHOICE))
        return load_bad(l, "options belong to type choice, and to it alone");
    q->options = options.v;
    q->noptions = options.n;
    return OK;
}

enum {
    Q_FLOW,
    Q_STEP,
    Q_HOP,
    Q_FIELD,
    Q_TYPE,
    Q_REQUIRED,
    Q_OPTIONS,
    Q_AUDIENCE,
    Q_LABEL_JA,
    Q_LABEL_EN,
    Q_HINT_JA,
    Q_HINT_EN,
    Q_COLUMNS
};
static const str question_columns[Q_COLUMNS] = {
    S_INIT("flow"),     S_INIT("step"),     S_INIT("hop"),     S_INIT("field"),
    S_INIT("type"),     S_INIT("required"), S_INIT("options"), S_INIT("audience"),
    S_INIT("label_ja"), S_INIT("label_en"), S_INIT("hint_ja"), S_INIT("hint_en")};

static enum err load_question(struct loader *l, const str *c, struct question *q)
{
    i64 hop;
    int type = name_find(question_type_names, QUESTION_TYPE_COUNT, c[Q_TYPE]);
    int audience = name_find(audience_names, AUDIENCE_COUNT, c[Q_AUDIENCE]);
    bool required = str_eq(c[Q_REQUIRED], S("yes"));
    if (type < 0 || audience < 0)
        return load_bad(l, "unknown word %.*s", SV(c[type < 0 ? Q_TYPE : Q_AUDIENCE]));
    if (!required && !str_eq(c[Q_REQUIRED], S("no")))
        return load_bad(l, "required wants yes or no");
    if (!str_i64(c[Q_HOP], &hop) || hop < 1)
        return load_bad(l, "hop wants a number from 1");
    *q = (struct question){.hop = (int)hop,
                           .field = c[Q_FIELD],
                           .type = (enum question_type)type,
                           .required = required,
                           .audience = (enum audience)audience,
                           .label = {load_cell(c[Q_LABEL_JA]), load_cell(c[Q_LABEL_EN])},
                           .hint = {load_cell(c[Q_HINT_JA]), load_cell(c[Q_HINT_EN])}};
    return load_options(l, c[Q_OPTIONS], q);
}

/* The questions of one step, in the order of the table. */
static enum err questions_of(struct loader *l, const struct tsv *t, struct step *s, bool *used)
{
    struct {
        VEC(struct question)
    } all = {0};
    for (size_t i = 0; i < t->n; i++) {
        const str *c = t->rows[i].cells;
        if (!str_eq(c[Q_STEP], s->id) ||
            (!str_eq(c[Q_FLOW], S("*")) && !str_eq(c[Q_FLOW], flow_name(s->flow))))
            continue;
        l->line = t->rows[i].line;
        struct question *q = PUSH(l->a, &all);
        TRY(load_question(l, c, q));
        if ((size_t)q->hop > s->nhops)
            return load_bad(l, "step %.*s has no hop %d", SV(s->id), q->hop);
        for (size_t k = 0; k + 1 < all.n; k++)
            if (all.v[k].hop == q->hop && str_eq(all.v[k].field, q->field))
                return load_bad(l, "field %.*s stands twice in a hop", SV(q->field));
        used[i] = true;
    }
    s->questions = all.v;
    s->nquestions = all.n;
    return OK;
}

enum err load_questions(struct loader *l, str text)
{
    struct tsv t;
    TRY(load_table(l, S("questions"), text, question_columns, Q_COLUMNS, &t));
    bool *used = NEWS(l->a, bool, t.n + 1);
    for (enum flow f = 0; f < FLOW_COUNT; f++) {
        size_t n = l->p->flow[f].n;
        struct step *steps = NEWS(l->a, struct step, n);
        for (size_t i = 0; i < n; i++) {
            steps[i] = l->p->flow[f].steps[i];
            TRY(questions_of(l, &t, &steps[i], used));
        }
        l->p->flow[f].steps = steps;
    }
    for (size_t i = 0; i < t.n; i++)
        if (!used[i]) {
            l->line = t.rows[i].line;
            return load_bad(l, "no step %.*s in that flow", SV(t.rows[i].cells[Q_STEP]));
        }
    return OK;
}

enum err process_load(struct arena *a, const struct process_text *text, struct process *out,
                      struct process_fault *fault)
{
    struct loader l = {.a = a, .p = out, .fault = fault};
    *out = (struct process){0};
    *fault = (struct process_fault){0};
    TRY(load_fact_names(&l, text->facts));
    TRY(load_steps(&l, FLOW_COORDINATED, text->coordinated));
    TRY(load_steps(&l, FLOW_DIRECT, text->direct));
    TRY(load_questions(&l, text->questions));
    TRY(load_step_rules(&l, FLOW_COORDINATED, text->coordinated));
    TRY(load_step_rules(&l, FLOW_DIRECT, text->direct));
    TRY(load_fact_rules(&l, text->facts));
    return load_rights(&l, text->rights);
}

enum err load_word(struct loader *l, str id, str ja, str en, str word[LANGS])
{
    if (word[LANG_JA_AT].n > 0)
        return load_bad(l, "%.*s stands twice", SV(id));
    word[LANG_JA_AT] = load_cell(ja);
    word[LANG_EN_AT] = load_cell(en);
    if (word[LANG_JA_AT].n == 0 || word[LANG_EN_AT].n == 0)
        return load_bad(l, "%.*s: a word is missing in one language", SV(id));
    return OK;
}

enum err load_all(struct loader *l, const str *names, size_t n, const bool *there)
{
    for (size_t i = 0; i < n; i++)
        if (!there[i]) {
            l->line = 0;
            return load_bad(l, "there is no %.*s", SV(names[i]));
        }
    return OK;
}
