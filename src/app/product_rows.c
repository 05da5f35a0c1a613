/* product_rows.c - see product_rows.h. */
#include "app/product_rows.h"

#include "app/tables.h"

enum { MOST_PRODUCTS = 200 };

/* clang-format off */
static const struct field_choice statuses[] = {
    {.value = S_INIT("affected")}, {.value = S_INIT("fixed")}, {.value = S_INIT("not_affected")},
    {.value = S_INIT("under_investigation")}};
static const struct {
    struct field_rule rule;
    enum word label;
} columns[PRODUCT_COLUMNS] = {
    [PRODUCT_NAME]     = {{.name = S_INIT("name"), .type = FIELD_LINE, .required = true}, W_col_product},
    [PRODUCT_VERSIONS] = {{.name = S_INIT("versions"), .type = FIELD_LINE, .max = 300}, W_col_versions},
    [PRODUCT_STATUS]   = {{.name = S_INIT("status"), .type = FIELD_CHOICE, .choices = statuses,
                           .nchoices = COUNT(statuses)}, W_col_status},
    [PRODUCT_CPE]      = {{.name = S_INIT("cpe"), .type = FIELD_CPE}, W_product_cpe},
    [PRODUCT_PURL]     = {{.name = S_INIT("purl"), .type = FIELD_PURL}, W_product_purl},
    [PRODUCT_REMEDY]      = {{.name = S_INIT("remedy"), .type = FIELD_CHOICE}, W_product_remedy},
    [PRODUCT_REMEDY_URL]  = {{.name = S_INIT("remedy_url"), .type = FIELD_URL}, W_product_remedy_url},
    [PRODUCT_REMEDY_DATE] = {{.name = S_INIT("remedy_date"), .type = FIELD_DATE}, W_product_remedy_date},
};
/* clang-format on */

static void offer_remedies(struct ctx *cx, struct field_rule *r)
{
    struct field_choice *c = NEWS(cx->a, struct field_choice, REMEDY_COUNT);
    for (enum remedy i = 0; i < REMEDY_COUNT; i++) {
        c[i].value = remedy_name(i);
        c[i].label[LANG_JA] = cx->app->tables->remedies.v[i].word[LANG_JA_AT];
        c[i].label[LANG_EN] = cx->app->tables->remedies.v[i].word[LANG_EN_AT];
    }
    r->choices = c;
    r->nchoices = REMEDY_COUNT;
}

const struct field_rule *product_rules(struct ctx *cx)
{
    struct field_rule *r = NEWS(cx->a, struct field_rule, PRODUCT_COLUMNS);
    for (size_t i = 0; i < PRODUCT_COLUMNS; i++) {
        r[i] = columns[i].rule;
        for (enum lang g = 0; g < LANG_COUNT; g++)
            r[i].label[g] = word(g, columns[i].label);
    }
    offer_remedies(cx, &r[PRODUCT_REMEDY]);
    return r;
}

/* What helps affected products is nothing for those that are not, and the other way round; what is
 * fixed needs nothing (CSAF 2.1, 3.2.4.14.1). */
static enum err check_remedy(struct ctx *cx, str field, size_t row, const struct value *v)
{
    enum remedy r;
    str status = v[PRODUCT_STATUS].is ? v[PRODUCT_STATUS].text : S("affected");
    bool clear = str_eq(status, S("not_affected")), fixed = str_eq(status, S("fixed"));
    if (!v[PRODUCT_REMEDY].is || !remedy_find(v[PRODUCT_REMEDY].text, &r))
        return OK;
    if (!fixed && cx->app->tables->remedies.v[r].clear == clear)
        return OK;
    return wrong(cx, str_fmt(cx->a, "%.*s.%zu.remedy", SV(field), row), S("remedy_status"));
}

static void put_row(struct json_out *o, const struct value *v)
{
    json_put_object(o);
    json_put_member(o, S("name"), v[PRODUCT_NAME].text);
    json_put_member(o, S("versions"), v[PRODUCT_VERSIONS].is ? v[PRODUCT_VERSIONS].text : S(""));
    json_put_member(o, S("status"), v[PRODUCT_STATUS].is ? v[PRODUCT_STATUS].text : S("affected"));
    for (size_t i = PRODUCT_FIRST; i < PRODUCT_COLUMNS; i++)
        if (v[i].is)
            json_put_member(o, columns[i].rule.name, v[i].text);
    json_put_end(o);
}

enum err products_read(struct ctx *cx, str field, const struct input *in, str *json)
{
    const struct field_rule *rules = product_rules(cx);
    buf b = {.a = cx->a};
    struct json_out o = {.b = &b};
    size_t rows, kept = 0;
    enum err e = OK;
    *json = NO_STR;
    TRY(form_row_count(cx, field, MOST_PRODUCTS, in, &rows));
    json_put_array(&o);
    for (size_t i = 0; i < rows; i++) {
        struct value v[PRODUCT_COLUMNS];
        bool there;
        enum err one = form_row(cx, field, i, rules, COUNT(v), in, v, &there);
        if (one == OK)
            one = check_remedy(cx, field, i, v);
        if (one != OK)
            e = one;
        if (one != OK || !(v[PRODUCT_NAME].is || v[PRODUCT_VERSIONS].is))
            continue;
        put_row(&o, v);
        kept++;
    }
    json_put_end(&o);
    if (e == OK && kept > 0)
        *json = buf_str(&b);
    return e;
}

static void preset(struct ctx *cx, str field, size_t row, str column, str value, struct input *in)
{
    str name = str_fmt(cx->a, "%.*s.%zu.%.*s", SV(field), row, SV(column));
    if (value.n > 0 && input_get(in, name).p == NULL)
        input_put(cx->a, in, name, value);
}

void products_preset(struct ctx *cx, str field, const struct json *rows, str said, struct input *in)
{
    enum remedy r;
    bool guessed = said.n > 0 && remedy_guess(cx->a, said, &r);
    for (size_t i = 0; i < json_count(rows); i++) {
        const struct json *row = json_at(rows, i);
        for (size_t k = 0; k < PRODUCT_COLUMNS; k++)
            preset(cx, field, i, columns[k].rule.name, json_get_text(row, columns[k].rule.name),
                   in);
        if (guessed && str_eq(json_get_text(row, S("status")), S("affected")))
            preset(cx, field, i, S("remedy"), remedy_name(r), in);
    }
}

static void view_remedy(struct ctx *cx, const struct json *row, struct product_view *v)
{
    enum remedy r;
    v->remedy = json_get_text(row, S("remedy"));
    v->remedy_url = json_get_text(row, S("remedy_url"));
    v->remedy_date = json_get_text(row, S("remedy_date"));
    if (remedy_find(v->remedy, &r))
        v->remedy_word =
            cx->app->tables->remedies.v[r].word[cx->lang == LANG_JA ? LANG_JA_AT : LANG_EN_AT];
}

const struct product_view *products_view(struct ctx *cx, const struct json *rows, size_t *n)
{
    *n = json_count(rows);
    struct product_view *v = NEWS(cx->a, struct product_view, *n + 1);
    for (size_t i = 0; i < *n; i++) {
        const struct json *row = json_at(rows, i);
        v[i] = (struct product_view){.name = json_get_text(row, S("name")),
                                     .versions = json_get_text(row, S("versions")),
                                     .status = json_get_text(row, S("status")),
                                     .cpe = json_get_text(row, S("cpe")),
                                     .purl = json_get_text(row, S("purl"))};
        view_remedy(cx, row, &v[i]);
    }
    return v;
}
