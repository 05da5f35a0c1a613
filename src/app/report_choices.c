/* report_choices.c - see report_choices.h. */
#include "app/report_choices.h"

#include "app/case_file.h"
#include "app/tables.h"

/* A copy of a table whose first rule becomes a choice. */
static const struct field_rule *choose(struct ctx *cx, const struct field_rule *from, size_t n,
                                       const struct field_choice *choices, size_t nchoices)
{
    struct field_rule *rules = NEWS(cx->a, struct field_rule, n);
    for (size_t i = 0; i < n; i++)
        rules[i] = from[i];
    rules[0].type = FIELD_CHOICE;
    rules[0].max = 0;
    rules[0].choices = choices;
    rules[0].nchoices = nchoices;
    return rules;
}

static const struct field_rule *choose_disposition(struct ctx *cx, str kind, bool refuse)
{
    const struct tables *t = cx->app->tables;
    const struct dispositions *all = &t->dispositions;
    struct field_choice *c = NEWS(cx->a, struct field_choice, all->n + 1);
    size_t n = 0;
    for (size_t i = 0; i < all->n; i++) {
        str id = all->v[i].id;
        if (refuse ? !disposition_is(t, id, kind, S("refuse")) : !disposition_ends(t, id, kind))
            continue;
        c[n].value = id;
        c[n].label[LANG_JA] = all->v[i].word[LANG_JA_AT];
        c[n++].label[LANG_EN] = all->v[i].word[LANG_EN_AT];
    }
    return choose(cx, report_refuse_rules, COUNT(report_refuse_rules), c, n);
}

enum err report_refuse_form(struct ctx *cx, str kind, const struct field_rule **out)
{
    *out = choose_disposition(cx, kind, true);
    return OK;
}

enum err report_close_form(struct ctx *cx, str kind, const struct field_rule **out)
{
    *out = choose_disposition(cx, kind, false);
    return OK;
}

enum err report_site_form(struct ctx *cx, const struct field_rule **out)
{
    struct q_orgs_of_kind *rows;
    size_t n;
    TRY(app_read(cx));
    TRY(q_orgs_of_kind(cx->db, &rows, &n, .kind = S("operator")));
    struct field_choice *c = NEWS(cx->a, struct field_choice, n + 1);
    for (size_t i = 0; i < n; i++)
        c[i] = (struct field_choice){rows[i].id,
                                     {[LANG_JA] = rows[i].name_ja, [LANG_EN] = rows[i].name_en}};
    *out = choose(cx, report_site_rules, COUNT(report_site_rules), c, n);
    return OK;
}

enum err report_analyst_form(struct ctx *cx, const struct field_rule **out)
{
    struct q_people_of_org_kind *rows;
    size_t n;
    TRY(app_read(cx));
    TRY(q_people_of_org_kind(cx->db, &rows, &n, .kind = S("analysis"), .now = cx->now));
    struct field_choice *c = NEWS(cx->a, struct field_choice, n + 1);
    for (size_t i = 0; i < n; i++) {
        c[i].value = rows[i].id;
        c[i].label[LANG_JA] =
            str_fmt(cx->a, "%.*s（%.*s）", SV(rows[i].name_ja), SV(rows[i].org_ja));
        c[i].label[LANG_EN] =
            str_fmt(cx->a, "%.*s (%.*s)", SV(rows[i].name_en), SV(rows[i].org_en));
    }
    *out = choose(cx, report_analyst_rules, COUNT(report_analyst_rules), c, n);
    return OK;
}

/* --- what may be the same ----------------------------------------------------------------------- */

/* The first word of the product's name, or the host of the site: enough to find its like. */
static str gist(const struct report_view *r)
{
    for (size_t i = 0; i < r->nitems; i++) {
        str value = r->items[i].value;
        if (str_eq(r->items[i].field, S("product")))
            return str_cut(&value, ' ');
        ptrdiff_t host = str_find(value, S("://"));
        if (str_eq(r->items[i].field, S("url")) && host > 0) {
            value = str_from(value, (size_t)host + 3);
            return str_cut(&value, '/');
        }
    }
    return NO_STR;
}

enum err report_similar(struct ctx *cx, const struct report_view *r, struct found *out)
{
    struct list_window w = {.limit = 10};
    struct found all = {0};
    size_t problems = cx->problems.n, n = 0;
    str q = gist(r);
    *out = (struct found){0};
    if (q.n < 2)
        return OK;
    enum err e = search_cases(cx, q, &w, &all);
    if (e == E_INVALID) { /* nothing in it to search by */
        cx->problems.n = problems;
        return OK;
    }
    TRY(e);
    for (size_t i = 0; i < all.n; i++)
        if (!str_eq(all.v[i].report_id, r->id) &&
            (r->case_id.p == NULL || !str_eq(all.v[i].case_id, r->case_id)))
            all.v[n++] = all.v[i];
    out->v = all.v;
    out->n = n;
    return OK;
}
