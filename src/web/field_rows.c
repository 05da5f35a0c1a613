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
                             .max = field_max(r),
                             .options = options,
                             .noptions = r->nchoices};
    for (size_t i = 0; i < r->nchoices; i++)
        options[i] = (struct field_option){.value = r->choices[i].value,
                                           .label = choice_label(cx->a, r, i, cx->lang),
                                           .chosen = str_eq(r->choices[i].value, c->value)};
}

static void fill_row(struct ctx *cx, str form, str at, const struct input *in, bool quiet,
                     struct field_row *row)
{
    const struct field_rule *rules = product_rules(cx);
    struct field_cell *cells = NEWS(cx->a, struct field_cell, PRODUCT_COLUMNS);
    *row = (struct field_row){cells, cells + PRODUCT_FIRST, PRODUCT_FIRST,
                              PRODUCT_COLUMNS - PRODUCT_FIRST, false};
    for (size_t i = 0; i < PRODUCT_COLUMNS; i++) {
        fill_cell(cx, form, &rules[i], at, in, &cells[i]);
        if (!quiet)
            cells[i].error = problem_at(cx, cells[i].name);
        cells[i].invalid = cells[i].error.n > 0 ? S("true") : S("false");
        row->open |= i >= PRODUCT_FIRST && (cells[i].value.n > 0 || cells[i].error.n > 0);
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
    struct field_row *rows = NEWS(cx->a, struct field_row, n + SPARE);
    for (size_t i = 0; i < n + SPARE; i++)
        fill_row(cx, form, str_fmt(cx->a, "%.*s.%zu", SV(r->name), i), in, quiet, &rows[i]);
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
    const struct field_rule *rules = product_rules(cx);
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
