/* product_rows.c - see product_rows.h. */
#include "app/product_rows.h"

#include "app/tables.h"
#include "formats/product_row.h"

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
    [PRODUCT_ABOUT]    = {{.name = S_INIT("vulnerability"), .type = FIELD_LINE, .max = 40}, W_product_vulnerability},
    [PRODUCT_FLAG]     = {{.name = S_INIT("flag"), .type = FIELD_CHOICE}, W_product_flag},
    [PRODUCT_NAME_EN]     = {{.name = S_INIT("name_en"), .type = FIELD_LINE}, W_product_name_en},
    [PRODUCT_VERSIONS_EN] = {{.name = S_INIT("versions_en"), .type = FIELD_LINE, .max = 300}, W_product_versions_en},
    [PRODUCT_CPE]      = {{.name = S_INIT("cpe"), .type = FIELD_CPE}, W_product_cpe},
    [PRODUCT_PURL]     = {{.name = S_INIT("purl"), .type = FIELD_PURL}, W_product_purl},
    [PRODUCT_REMEDY]      = {{.name = S_INIT("remedy"), .type = FIELD_CHOICE}, W_product_remedy},
    [PRODUCT_REMEDY_URL]  = {{.name = S_INIT("remedy_url"), .type = FIELD_URL}, W_product_remedy_url},
    [PRODUCT_REMEDY_DATE] = {{.name = S_INIT("remedy_date"), .type = FIELD_DATE}, W_product_remedy_date},
};
/* clang-format on */

static struct field_choice choice(str value, const str *words)
{
    struct field_choice c = {.value = value};
    c.label[LANG_JA] = words[LANG_JA_AT];
    c.label[LANG_EN] = words[LANG_EN_AT];
    return c;
}

static void offer_remedies(struct ctx *cx, struct field_rule *r)
{
    struct field_choice *c = NEWS(cx->a, struct field_choice, REMEDY_COUNT);
    for (enum remedy i = 0; i < REMEDY_COUNT; i++)
        c[i] = choice(remedy_name(i), cx->app->tables->remedies.v[i].word);
    r->choices = c;
    r->nchoices = REMEDY_COUNT;
}

static void offer_flags(struct ctx *cx, struct field_rule *r)
{
    struct field_choice *c = NEWS(cx->a, struct field_choice, FLAG_COUNT);
    for (enum flag i = 0; i < FLAG_COUNT; i++)
        c[i] = choice(flag_name(i), cx->app->tables->flags.v[i].word);
    r->choices = c;
    r->nchoices = FLAG_COUNT;
}

const struct field_rule *product_rules(struct ctx *cx, const struct field_rule *of)
{
    struct field_rule *r = NEWS(cx->a, struct field_rule, PRODUCT_COLUMNS);
    for (size_t i = 0; i < PRODUCT_COLUMNS; i++) {
        r[i] = columns[i].rule;
        for (enum lang g = 0; g < LANG_COUNT; g++)
            r[i].label[g] = word(g, columns[i].label);
    }
    offer_remedies(cx, &r[PRODUCT_REMEDY]);
    offer_flags(cx, &r[PRODUCT_FLAG]);
    for (enum lang g = 0; g < LANG_COUNT; g++)
        r[PRODUCT_FLAG].hint[g] = word(g, W_product_flag_hint);
    if (of != NULL) {
        r[PRODUCT_ABOUT].choices = of->choices;
        r[PRODUCT_ABOUT].nchoices = of->nchoices;
    }
    return r;
}

/* --- vulnerabilities --------------------------------------------------------------------------- */

static str name_of(struct ctx *cx, const struct vuln *v, enum lang lang)
{
    enum lang in = v->title[lang].n > 0 ? lang : !lang;
    if (v->cve.n > 0)
        return v->cve;
    return v->title[in].n > 0 ? v->title[in] : str_fmt(cx->a, "#%lld", (long long)v->ordinal);
}

struct strs vuln_names_of(struct ctx *cx, const struct vuln *all, size_t n)
{
    str *names = NEWS(cx->a, str, n + 1);
    for (size_t i = 0; i < n; i++)
        names[i] = name_of(cx, &all[i], cx->lang);
    return (struct strs){names, n};
}

enum err vuln_names(struct ctx *cx, str case_id, struct strs *out)
{
    struct vuln *all;
    size_t n;
    TRY(vuln_list(cx, case_id, &all, &n));
    *out = vuln_names_of(cx, all, n);
    return OK;
}

enum err products_offer(struct ctx *cx, str case_id, struct field_rule *field)
{
    struct vuln *all;
    size_t n;
    enum err e = vuln_list(cx, case_id, &all, &n);
    if (e == E_NOT_FOUND) /* not for this reader */
        return OK;
    TRY(e);
    struct field_choice *c = NEWS(cx->a, struct field_choice, n + 1);
    for (size_t i = 0; i < n; i++) {
        c[i].value = str_fmt(cx->a, "%lld", (long long)all[i].ordinal);
        for (enum lang g = 0; g < LANG_COUNT; g++)
            c[i].label[g] = name_of(cx, &all[i], g);
    }
    field->choices = c;
    field->nchoices = n;
    return OK;
}

/* --- reading ----------------------------------------------------------------------------------- */

static enum err wrong_at(struct ctx *cx, str field, size_t row, const char *column, const char *why)
{
    return wrong(cx, str_fmt(cx->a, "%.*s.%zu.%s", SV(field), row, column), str_z(why));
}

static enum err check_about(struct ctx *cx, const struct field_rule *field, size_t row,
                            struct value *v)
{
    if (!v[PRODUCT_ABOUT].is)
        return OK;
    for (size_t i = 0; i < field->nchoices; i++) {
        const struct field_choice *c = &field->choices[i];
        if (str_eq(v[PRODUCT_ABOUT].text, c->value) ||
            str_eq_nocase(v[PRODUCT_ABOUT].text, c->label[LANG_EN])) {
            v[PRODUCT_ABOUT].text = c->value;
            return OK;
        }
    }
    return wrong_at(cx, field->name, row, "vulnerability", "vulnerability_unknown");
}

/* A flag says why a product is not affected; VEX wants it, or the vendor's words (CSAF 2.0 and
 * 2.1, test 6.1.27.9). */
static enum err check_flag(struct ctx *cx, str field, bool silent, size_t row,
                           const struct value *v)
{
    bool clear = str_eq(v[PRODUCT_STATUS].text, S("not_affected"));
    if (v[PRODUCT_FLAG].is && !clear)
        return wrong_at(cx, field, row, "flag", "flag_status");
    if (!v[PRODUCT_FLAG].is && clear && silent)
        return wrong_at(cx, field, row, "flag", "flag_or_statement");
    return OK;
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
    return wrong_at(cx, field, row, "remedy", "remedy_status");
}

/* The same of the same, said otherwise before. */
static enum err check_twice(struct ctx *cx, str field, struct value (*rows)[PRODUCT_COLUMNS],
                            size_t row)
{
    static const enum product_column key[] = {PRODUCT_NAME, PRODUCT_VERSIONS, PRODUCT_ABOUT};
    for (size_t i = 0; i < row; i++) {
        bool same = true;
        for (size_t k = 0; k < COUNT(key); k++)
            same &= str_eq(rows[i][key[k]].text, rows[row][key[k]].text);
        if (same && (!str_eq(rows[i][PRODUCT_STATUS].text, rows[row][PRODUCT_STATUS].text) ||
                     !str_eq(rows[i][PRODUCT_FLAG].text, rows[row][PRODUCT_FLAG].text)))
            return wrong_at(cx, field, row, "status", "product_twice");
    }
    return OK;
}

/* The same in other English words before: one of the two would be told of both (product_row.h). */
static enum err check_english(struct ctx *cx, str field, struct value (*rows)[PRODUCT_COLUMNS],
                              size_t row)
{
    static const enum product_column pairs[][2] = {{PRODUCT_NAME, PRODUCT_NAME_EN},
                                                   {PRODUCT_VERSIONS, PRODUCT_VERSIONS_EN}};
    enum err e = OK;
    for (size_t k = 0; k < COUNT(pairs); k++) {
        str written = rows[row][pairs[k][0]].text, english = rows[row][pairs[k][1]].text;
        bool other = false;
        for (size_t i = 0; i < row && english.n > 0; i++)
            other |= rows[i][pairs[k][1]].is && str_eq(rows[i][pairs[k][0]].text, written) &&
                     !str_eq(rows[i][pairs[k][1]].text, english);
        if (other)
            e = wrong_at(cx, field, row, str_to_z(cx->a, columns[pairs[k][1]].rule.name),
                         "product_english");
    }
    return e;
}

static enum err check_row(struct ctx *cx, const struct field_rule *field, bool silent,
                          struct value (*rows)[PRODUCT_COLUMNS], size_t row)
{
    enum err e = check_about(cx, field, row, rows[row]), one;
    if ((one = check_remedy(cx, field->name, row, rows[row])) != OK)
        e = one;
    if ((one = check_flag(cx, field->name, silent, row, rows[row])) != OK)
        e = one;
    if ((one = check_english(cx, field->name, rows, row)) != OK)
        e = one;
    return e != OK ? e : check_twice(cx, field->name, rows, row);
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

enum err products_read(struct ctx *cx, const struct field_rule *field, bool silent,
                       const struct input *in, str *json)
{
    const struct field_rule *rules = product_rules(cx, field);
    buf b = {.a = cx->a};
    struct json_out o = {.b = &b};
    size_t rows, kept = 0;
    enum err e = OK;
    *json = NO_STR;
    TRY(form_row_count(cx, field->name, MOST_PRODUCTS, in, &rows));
    struct value(*v)[PRODUCT_COLUMNS] = arena_alloc(cx->a, sizeof *v, rows + 1);
    json_put_array(&o);
    for (size_t i = 0; i < rows; i++) {
        bool there;
        enum err one = form_row(cx, field->name, i, rules, PRODUCT_COLUMNS, in, v[i], &there);
        if (one == OK && there)
            one = check_row(cx, field, silent, v, i);
        if (one != OK)
            e = one;
        if (one != OK || !(v[i][PRODUCT_NAME].is || v[i][PRODUCT_VERSIONS].is))
            continue;
        put_row(&o, v[i]);
        kept++;
    }
    json_put_end(&o);
    if (e == OK && kept > 0)
        *json = buf_str(&b);
    return e;
}

bool products_flagged(const struct json *rows)
{
    for (size_t i = 0; i < json_count(rows); i++) {
        const struct json *row = json_at(rows, i);
        if (str_eq(json_get_text(row, S("status")), S("not_affected")) &&
            json_get_text(row, S("flag")).n == 0)
            return false;
    }
    return true;
}

/* --- showing ----------------------------------------------------------------------------------- */

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

static void view_flag(struct ctx *cx, const struct json *row, struct product_view *v)
{
    enum flag f;
    v->flag = json_get_text(row, S("flag"));
    if (flag_find(v->flag, &f))
        v->flag_word =
            cx->app->tables->flags.v[f].word[cx->lang == LANG_JA ? LANG_JA_AT : LANG_EN_AT];
}

/* Of one whose names the reader may not know: by its ordinal. */
static str about_of(struct ctx *cx, const struct json *rows, size_t at, struct strs names)
{
    buf b = {.a = cx->a};
    i64 own = product_row_about(json_at(rows, at));
    if (names.n == 0)
        return own > 0 ? str_fmt(cx->a, "#%lld", (long long)own) : S("");
    if (!product_row_is_apart(rows, at, names.n))
        return S("");
    for (size_t i = 0; i < names.n; i++)
        if (product_row_holds(rows, at, (i64)i + 1))
            buf_putf(&b, "%s%.*s", b.n > 0 ? ", " : "", SV(names.v[i]));
    return buf_str(&b);
}

const struct product_view *products_view(struct ctx *cx, const struct json *rows, struct strs names,
                                         size_t *n)
{
    struct product_view *v = NEWS(cx->a, struct product_view, json_count(rows) + 1);
    *n = 0;
    for (size_t i = 0; i < json_count(rows); i++) {
        const struct json *row = json_at(rows, i);
        if (names.n > 0 && !product_row_is_told(rows, i, names.n))
            continue;
        struct product_view *to = &v[(*n)++];
        *to = (struct product_view){.name = json_get_text(row, S("name")),
                                    .versions = json_get_text(row, S("versions")),
                                    .status = json_get_text(row, S("status")),
                                    .vulnerability = json_get_text(row, S("vulnerability")),
                                    .about = about_of(cx, rows, i, names),
                                    .cpe = json_get_text(row, S("cpe")),
                                    .purl = json_get_text(row, S("purl"))};
        view_remedy(cx, row, to);
        view_flag(cx, row, to);
    }
    return v;
}
