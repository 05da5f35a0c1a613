/* field_rows.c - see field_rows.h. */
#include "web/field_rows.h"

#include "app/product_rows.h"

str field_id(struct ctx *cx, str form, str name)
{
    buf b = {.a = cx->a};
    buf_put(&b, S("f-"));
    if (form.n > 0)
        buf_putf(&b, "%.*s-", SV(form));
    for (size_t i = 0; i < name.n; i++)
        buf_char(&b, name.p[i] == '.' ? '-' : name.p[i]);
    return buf_str(&b);
}

static str problem_at(struct ctx *cx, str name)
{
    for (size_t i = 0; i < cx->problems.n; i++)
        if (str_eq(cx->problems.v[i].field, name))
            return problem_sentence(cx->a, &cx->problems.v[i], cx->lang);
    return NO_STR;
}

static void fill_cell(struct ctx *cx, str form, const struct field_rule *r, str at,
                      const struct input *in, struct field_cell *c)
{
    struct field_option *options = NEWS(cx->a, struct field_option, r->nchoices + 1);
    str name = str_fmt(cx->a, "%.*s.%.*s", SV(at), SV(r->name));
    *c = (struct field_cell){.id = field_id(cx, form, name),
                             .name = name,
                             .label = field_label(cx->a, r, cx->lang),
                             .value = in ? input_get(in, name) : NO_STR,
                             .hint = r->hint[cx->lang].n > 0 ? r->hint[cx->lang] : S(""),
                             .max = field_max(r),
                             .options = options,
                             .noptions = r->nchoices,
                             .none = word(cx->lang, W_select_none)};
    for (size_t i = 0; i < r->nchoices; i++)
        options[i] = (struct field_option){.value = r->choices[i].value,
                                           .label = choice_label(cx->a, r, i, cx->lang),
                                           .chosen = str_eq(r->choices[i].value, c->value)};
}

/* The vulnerability: none means all; one that was typed, or is not for this reader, stays. */
static void fill_about(struct ctx *cx, struct field_cell *c)
{
    struct field_option *options = NEWS(cx->a, struct field_option, c->noptions + 1);
    bool chosen = c->value.n == 0;
    for (size_t i = 0; i < c->noptions; i++) {
        options[i] = c->options[i];
        options[i].chosen |= c->value.n > 0 && str_eq(options[i].label, c->value);
        chosen |= options[i].chosen;
    }
    if (!chosen)
        options[c->noptions++] = (struct field_option){c->value, c->value, .chosen = true};
    c->options = options;
    c->none = word(cx->lang, W_product_all_vulnerabilities);
}

/* Where there is one vulnerability, or none, nobody needs to choose. */
static bool is_asked(enum product_column at, const struct field_rule *r, const struct field_cell *c)
{
    return at != PRODUCT_ABOUT || r->nchoices > 1 || c->value.n > 0 || c->error.n > 0;
}

/* What a screen reader says of it: the error, the hint. */
static str described(struct ctx *cx, const struct field_cell *c)
{
    str error = c->error.n > 0 ? str_join(cx->a, c->id, S("-e ")) : S("");
    return str_trim(
        str_join(cx->a, error, c->hint.n > 0 ? str_join(cx->a, c->id, S("-h")) : S("")));
}

/* What is not affected wants a reason: it is shown where to say it. */
static bool wants_flag(const struct field_cell *status, const struct field_cell *flag)
{
    return str_eq(status->value, S("not_affected")) && flag->value.n == 0;
}

static void fill_row(struct ctx *cx, str form, const struct field_rule *rules, str at,
                     const struct input *in, bool quiet, struct field_row *row)
{
    struct field_cell *cells = NEWS(cx->a, struct field_cell, PRODUCT_COLUMNS);
    *row = (struct field_row){cells, cells + PRODUCT_FIRST, PRODUCT_FIRST, 0, false};
    for (size_t i = 0, n = 0; i < PRODUCT_COLUMNS; i++) {
        struct field_cell *c = &cells[n];
        fill_cell(cx, form, &rules[i], at, in, c);
        if (i == PRODUCT_ABOUT)
            fill_about(cx, c);
        if (!quiet)
            c->error = problem_at(cx, c->name);
        c->invalid = c->error.n > 0 ? S("true") : S("false");
        c->described = described(cx, c);
        if (!is_asked(i, &rules[i], c))
            continue;
        row->open |= i >= PRODUCT_FIRST && (c->value.n > 0 || c->error.n > 0);
        row->open |= i == PRODUCT_FLAG && wants_flag(&cells[PRODUCT_STATUS], c);
        row->nmore += i >= PRODUCT_FIRST;
        n++;
    }
}

static bool is_empty(const struct field_row *row)
{
    bool any = row->open;
    for (size_t i = 0; i < row->nfirst; i++)
        any |= row->first[i].value.n > 0 || row->first[i].error.n > 0;
    return !any;
}

void field_rows(struct ctx *cx, str form, const struct field_rule *r, const struct input *in,
                bool quiet, struct field_view *v)
{
    enum { MOST = 200, SPARE = 3 };
    size_t n = 0;
    if (in == NULL || form_row_count(cx, r->name, MOST, in, &n) != OK)
        n = 0;
    const struct field_rule *rules = product_rules(cx, r);
    struct field_row *rows = NEWS(cx->a, struct field_row, n + SPARE);
    for (size_t i = 0; i < n + SPARE; i++)
        fill_row(cx, form, rules, str_fmt(cx->a, "%.*s.%zu", SV(r->name), i), in, quiet, &rows[i]);
    while (n > 0 && is_empty(&rows[n - 1]))
        n--;
    v->table = rows;
    v->ntable = n + SPARE;
}

/* "products.0.cpe" */
static bool is_cell(str field, size_t *row, str *column)
{
    i64 n;
    str rest = field;
    if (!str_eq(str_cut(&rest, '.'), S("products")) || !str_i64(str_cut(&rest, '.'), &n))
        return false;
    *row = (size_t)n;
    *column = rest;
    return rest.n > 0;
}

void field_rows_problem(struct ctx *cx, str form, const struct problem *p,
                        struct problem_line *line)
{
    const struct field_rule *rules = product_rules(cx, NULL);
    size_t row;
    str column;
    if (!is_cell(p->field, &row, &column))
        return;
    for (size_t i = 0; i < PRODUCT_COLUMNS; i++)
        if (str_eq(rules[i].name, column)) {
            line->field = field_id(cx, form, p->field);
            line->label = words_product_at(cx->a, cx->lang, .n = (i64)row + 1,
                                           .column = field_label(cx->a, &rules[i], cx->lang));
        }
}
