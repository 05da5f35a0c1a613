/* step_form.c - a hop's questions as a table of fields. */
#include "app/case_file.h"
#include "app/steps.h"

#include "app/product_rows.h"
#include "app/tables.h"

static enum field_type type_of(enum question_type t)
{
    switch (t) {
    case ASK_LINE: return FIELD_LINE;
    case ASK_TEXT: return FIELD_TEXT;
    case ASK_CHOICE: return FIELD_CHOICE;
    case ASK_CONFIRM: return FIELD_BOOL;
    case ASK_INSTANT: return FIELD_INSTANT;
    case ASK_DEPARTMENTS: return FIELD_CHOICES;
    case ASK_VENDORS: return FIELD_IDS;
    case ASK_PRODUCTS: return FIELD_ROWS;
    case ASK_VECTOR: return FIELD_VECTOR;
    case ASK_CWE: return FIELD_CWE;
    case ASK_URL: return FIELD_URL;
    case QUESTION_TYPE_COUNT: break;
    }
    return FIELD_LINE;
}

static void set_options(struct ctx *cx, const struct question *q, struct field_rule *r)
{
    struct field_choice *c = NEWS(cx->a, struct field_choice, q->noptions + 1);
    for (size_t i = 0; i < q->noptions; i++) {
        c[i].value = q->options[i].value;
        c[i].label[LANG_JA] = q->options[i].label[LANG_JA_AT];
        c[i].label[LANG_EN] = q->options[i].label[LANG_EN_AT];
    }
    r->choices = c;
    r->nchoices = q->noptions;
}

/* One choice a department that the vendor has, named as the vendor names it; kinds that are
 * one department appear once each, for the process knows them by kind. */
static void set_departments(struct ctx *cx, const struct case_file *cf, int lane, unsigned kinds,
                            struct field_rule *r)
{
    const struct lane *l = &cf->lanes[lane];
    struct field_choice *c = NEWS(cx->a, struct field_choice, ACTOR_COUNT);
    size_t n = 0;
    for (int k = ACTOR_POC + 1; k < ACTOR_COUNT; k++) {
        if (!(kinds >> k & 1) || str_eq(l->dept[k], l->dept[ACTOR_POC]))
            continue;
        c[n].value = actor_name((enum actor)k);
        for (enum lang g = 0; g < LANG_COUNT; g++)
            c[n].label[g] = str_fmt(cx->a, "%.*s (%.*s)", SV(department_word((enum actor)k, g)),
                                    SV(l->dept_name[k][g]));
        n++;
    }
    r->choices = c;
    r->nchoices = n;
}

static enum err rule_of(struct ctx *cx, const struct case_file *cf, int lane,
                        const struct question *q, struct field_rule *r)
{
    *r = (struct field_rule){.name = q->field,
                             .type = type_of(q->type),
                             .required = q->required,
                             .confirm = q->type == ASK_CONFIRM && q->required};
    r->label[LANG_JA] = q->label[LANG_JA_AT];
    r->label[LANG_EN] = q->label[LANG_EN_AT];
    r->hint[LANG_JA] = q->hint[LANG_JA_AT];
    r->hint[LANG_EN] = q->hint[LANG_EN_AT];
    if (q->type == ASK_CHOICE)
        set_options(cx, q, r);
    if (q->type == ASK_DEPARTMENTS)
        set_departments(cx, cf, lane, q->kinds, r);
    if (q->type == ASK_DEPARTMENTS && r->nchoices == 0)
        r->required = false; /* the POC is all there is */
    return q->type == ASK_PRODUCTS ? products_offer(cx, cf->row.id, r) : OK;
}

static bool asks(const struct step *s, int hop, const char *field)
{
    for (size_t i = 0; i < s->nquestions; i++)
        if (s->questions[i].hop == hop && str_eq(s->questions[i].field, str_z(field)))
            return true;
    return false;
}

static bool is_spread(const struct step *s)
{
    for (int hop = 1; hop <= (int)s->nhops; hop++)
        if (asks(s, hop, "spread"))
            return true;
    return false;
}

static void add_departments(struct ctx *cx, const struct case_file *cf, int lane, unsigned kinds,
                            str name, struct field_rule *rules, size_t *n)
{
    struct field_rule r = {.name = name, .type = FIELD_CHOICES};
    set_departments(cx, cf, lane, kinds, &r);
    if (r.nchoices > 0)
        rules[(*n)++] = r;
}

/* Whether the hop writes to the finder, and could mean several. */
static bool needs_report(const struct case_file *cf, const struct step *s, int hop)
{
    bool to_finder = false;
    for (size_t i = 0; i < s->nquestions; i++)
        to_finder |= s->questions[i].hop == hop && s->questions[i].audience == AUD_FINDER;
    bool finder_acts =
        s->hops[hop - 1].actor == ACTOR_FINDER || s->hops[hop - 1].actor == ACTOR_SOURCE;
    return to_finder && !finder_acts && cf->nreports > 1;
}

enum err step_form(struct ctx *cx, const struct case_file *cf, int lane, int step, int hop,
                   struct step_form *out)
{
    const struct step *s = case_step(cf, step);
    struct field_rule *rules = NEWS(cx->a, struct field_rule, s->nquestions + 3);
    const struct question **qs = NEWS(cx->a, const struct question *, s->nquestions + 3);
    size_t n = 0;
    if (hop < 1 || hop > (int)s->nhops)
        return E_NOT_FOUND;
    for (size_t i = 0; i < s->nquestions; i++) {
        if (s->questions[i].hop != hop)
            continue;
        qs[n] = &s->questions[i];
        TRY(rule_of(cx, cf, lane, &s->questions[i], &rules[n++]));
    }
    if (s->per_lane && s->hops[hop - 1].actor == s->lead && !is_spread(s)) {
        add_departments(cx, cf, lane, s->with_asked, S("take_part"), rules, &n);
        add_departments(cx, cf, lane, s->share_asked, S("inform"), rules, &n);
    }
    if (needs_report(cf, s, hop))
        rules[n++] = (struct field_rule){.name = S("report"), .type = FIELD_LINE, .required = true};
    *out = (struct step_form){rules, n, qs};
    return OK;
}

/* Kinds that were asked or told before. */
static unsigned marked_kinds(const struct case_file *cf, int lane, int step, const char *mark)
{
    unsigned bits = 0;
    for (size_t i = 0; i < cf->nmarks; i++) {
        const struct q_case_marks *m = &cf->marks[i];
        enum actor kind;
        if (str_eq(m->kind, str_z(mark)) && str_eq(m->lane, cf->lanes[lane].id) &&
            str_eq(m->step, case_step(cf, step)->id) && actor_find(m->dept, &kind))
            bits |= ACTOR_BIT(kind);
    }
    return bits;
}

enum err step_invite_form(struct ctx *cx, const struct case_file *cf, int lane, int step,
                          struct step_form *out)
{
    const struct step *s = case_step(cf, step);
    struct field_rule *rules = NEWS(cx->a, struct field_rule, 2);
    size_t n = 0;
    if (lane == 0)
        return E_DENIED;
    add_departments(cx, cf, lane, s->with_asked & ~marked_kinds(cf, lane, step, "asked"),
                    S("take_part"), rules, &n);
    add_departments(cx, cf, lane, s->share_asked & ~marked_kinds(cf, lane, step, "told"),
                    S("inform"), rules, &n);
    *out = (struct step_form){rules, n, NULL};
    return OK;
}
