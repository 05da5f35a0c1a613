/* portal.c - the list of what is public, and one of it. */
#include "app/portal_own.h"

#include "app/vulns.h"
#include "formats/json.h"
#include "formats/product_row.h"
#include "formats/tokens.h"
#include "gen/sql.h"

enum severity severity_of(i64 score)
{
    return score < 1    ? SEVERITY_NONE
           : score < 40 ? SEVERITY_LOW
           : score < 70 ? SEVERITY_MEDIUM
           : score < 90 ? SEVERITY_HIGH
                        : SEVERITY_CRITICAL;
}

static const struct {
    str name;
    i64 low, high;
} severities[SEVERITY_COUNT] = {{S_INIT("none"), -1, 0},
                                {S_INIT("low"), 1, 39},
                                {S_INIT("medium"), 40, 69},
                                {S_INIT("high"), 70, 89},
                                {S_INIT("critical"), 90, 100}};

str severity_name(enum severity s)
{
    return severities[s].name;
}

void severity_range(enum severity s, i64 *low, i64 *high)
{
    *low = severities[s].low;
    *high = severities[s].high;
}

static str code(enum lang lang)
{
    return lang == LANG_JA ? S("ja") : S("en");
}

/* --- list --------------------------------------------------------------------------------- */

static void line_of(const struct q_publication_list *r, struct portal_line *l)
{
    *l = (struct portal_line){.number = r->number,
                              .title = r->title,
                              .vendors = r->vendors,
                              .cves = r->cves,
                              .cwes = r->cwes,
                              .published = r->published,
                              .updated = r->updated,
                              .withdrawn = r->withdrawn,
                              .score = r->severity,
                              .critical = r->critical};
}

static str normal_or_absent(struct ctx *cx, str s)
{
    str normal = tokens_normal(cx->a, str_trim(s));
    return normal.n > 0 ? normal : NO_STR;
}

static struct q_publication_list_in list_in(struct ctx *cx, enum lang lang,
                                            const struct portal_filter *f)
{
    i64 low, high;
    bool by_severity = f->severity >= 0 && f->severity < SEVERITY_COUNT;
    struct q_publication_list_in in = {.lang = code(lang),
                                       .since = f->from,
                                       .until = f->until,
                                       .updated_since = f->updated_since,
                                       .critical = f->critical,
                                       .vendor = normal_or_absent(cx, f->vendor),
                                       .of_status = S(""),
                                       .ident = f->cwe.n > 0 ? f->cwe : NO_STR,
                                       .cve = f->cve.n > 0 ? f->cve : NO_STR};
    if (by_severity) {
        severity_range((enum severity)f->severity, &low, &high);
        in.score_from = SOME(low);
        in.score_to = SOME(high);
    }
    if (f->status.n > 0 && in.vendor.p != NULL)
        in.of_status = f->status;
    else if (f->status.n > 0)
        in.status = f->status;
    return in;
}

static enum err read_list(struct ctx *cx, enum lang lang, const struct portal_filter *f,
                          struct list_window *w, struct q_publication_list **rows, size_t *n)
{
    static const size_t sorts[] = {
        [PORTAL_PUBLISHED] = SORT_publication_list_published,
        [PORTAL_UPDATED] = SORT_publication_list_updated,
        [PORTAL_SEVERITY] = SORT_publication_list_severity,
        [PORTAL_TITLE] = SORT_publication_list_title,
    };
    struct list_page page = {.sort = sorts[f->sort], .limit = w->limit, .after = w->after};
    struct q_publication_list_in in = list_in(cx, lang, f);
    void *got;
    TRY(app_read(cx));
    TRY(db_list(cx->db, &stmt_publication_list, &in, &page, &got, n));
    TRY(db_list_count(cx->db, &stmt_publication_list, &in, &w->total));
    *rows = got;
    w->next = page.next;
    return OK;
}

enum err portal_list(struct ctx *cx, enum lang lang, const struct portal_filter *f,
                     struct list_window *w, struct portal_line **out, size_t *n)
{
    struct q_publication_list *rows;
    TRY(read_list(cx, lang, f, w, &rows, n));
    *out = NEWS(cx->a, struct portal_line, *n + 1);
    for (size_t i = 0; i < *n; i++)
        line_of(&rows[i], &(*out)[i]);
    return OK;
}

enum err portal_entries(struct ctx *cx, enum lang lang, size_t limit, struct portal_entry **out,
                        size_t *n)
{
    struct q_publication_list *rows;
    struct portal_filter newest = {.severity = -1, .sort = PORTAL_UPDATED};
    struct list_window w = {.limit = limit};
    TRY(read_list(cx, lang, &newest, &w, &rows, n));
    *out = NEWS(cx->a, struct portal_entry, *n + 1);
    for (size_t i = 0; i < *n; i++) {
        struct q_publication_get one;
        const struct json *j;
        struct json_error bad;
        line_of(&rows[i], &(*out)[i].line);
        TRY(q_publication_get(cx->db, &one, .number = rows[i].number, .lang = code(lang)));
        TRY(json_read(cx->a, one.content, &j, &bad));
        (*out)[i].overview = json_get_text(json_get(j, S("sections")), S("overview"));
    }
    return OK;
}

enum err portal_places(struct ctx *cx, struct portal_place **out, size_t *n)
{
    struct q_publication_places *rows;
    TRY(app_read(cx));
    TRY(q_publication_places(cx->db, &rows, n, .most = DB_MANY_MAX));
    *out = NEWS(cx->a, struct portal_place, *n + 1);
    for (size_t i = 0; i < *n; i++)
        (*out)[i] = (struct portal_place){
            rows[i].number, str_eq(rows[i].lang, S("ja")) ? LANG_JA : LANG_EN, rows[i].updated};
    return OK;
}

/* --- one ---------------------------------------------------------------------------------- */

static opt_i64 instant_in(const struct json *j, str key)
{
    opt_i64 at = {0};
    at.is = json_i64(json_get(j, key), &at.v);
    return at;
}

static i64 number_in(const struct json *j, str key, i64 none)
{
    opt_i64 n = instant_in(j, key);
    return n.is ? n.v : none;
}

static void read_vulns(struct ctx *cx, const struct json *all, struct portal_advisory *out)
{
    struct portal_vuln *v = NEWS(cx->a, struct portal_vuln, json_count(all) + 1);
    for (size_t i = 0; i < json_count(all); i++) {
        const struct json *j = json_at(all, i), *vectors = json_get(j, S("vectors"));
        struct vuln_vector *x = NEWS(cx->a, struct vuln_vector, json_count(vectors) + 1);
        for (size_t k = 0; k < json_count(vectors); k++)
            x[k] = (struct vuln_vector){json_get_text(json_at(vectors, k), S("issuer")),
                                        json_get_text(json_at(vectors, k), S("vector")),
                                        number_in(json_at(vectors, k), S("score"), -1)};
        v[i] = (struct portal_vuln){.cve = json_get_text(j, S("cve")),
                                    .cwe = json_get_text(j, S("cwe")),
                                    .title = json_get_text(j, S("title")),
                                    .vectors = x,
                                    .nvectors = json_count(vectors),
                                    .score = number_in(j, S("score"), -1),
                                    .exploit = instant_in(j, S("exploit")),
                                    .attacks = instant_in(j, S("attacks"))};
    }
    out->vulns = v;
    out->nvulns = json_count(all);
}

static void read_vendors(struct ctx *cx, const struct json *all, struct portal_advisory *out)
{
    struct portal_vendor *v = NEWS(cx->a, struct portal_vendor, json_count(all) + 1);
    for (size_t i = 0; i < json_count(all); i++) {
        const struct json *j = json_at(all, i), *history = json_get(j, S("history"));
        struct portal_change *h = NEWS(cx->a, struct portal_change, json_count(history) + 1);
        for (size_t k = 0; k < json_count(history); k++)
            h[k] = (struct portal_change){number_in(json_at(history, k), S("at"), 0),
                                          json_get_text(json_at(history, k), S("status"))};
        v[i] = (struct portal_vendor){.slug = json_get_text(j, S("slug")),
                                      .name = json_get_text(j, S("name")),
                                      .status = json_get_text(j, S("status")),
                                      .statement = json_get_text(j, S("statement")),
                                      .statement_lang = json_get_text(j, S("statement_lang")),
                                      .url = json_get_text(j, S("url")),
                                      .updated = number_in(j, S("updated"), 0),
                                      .history = h,
                                      .nhistory = json_count(history),
                                      .products = json_get(j, S("products"))};
    }
    out->vendors = v;
    out->nvendors = json_count(all);
}

/* A line of the update history as a sentence. */
static str change_text(struct ctx *cx, enum lang lang, const struct json *j)
{
    str kind = json_get_text(j, S("kind"));
    if (str_eq(kind, S("update")))
        return json_get_text(j, code(lang));
    if (str_eq(kind, S("vendor")))
        return words_change_vendor(cx->a, lang, .vendor = json_get_text(j, S("vendor")));
    return word(lang, str_eq(kind, S("withdrawn")) ? W_change_withdrawn : W_change_released);
}

static void read_history(struct ctx *cx, enum lang lang, const struct json *all,
                         struct portal_advisory *out)
{
    size_t n = json_count(all);
    struct portal_change *h = NEWS(cx->a, struct portal_change, n + 1);
    for (size_t i = 0; i < n; i++) {
        const struct json *j = json_at(all, n - 1 - i);
        h[i] = (struct portal_change){number_in(j, S("at"), 0), change_text(cx, lang, j)};
    }
    out->history = h;
    out->nhistory = n;
}

static enum err read_content(struct ctx *cx, enum lang lang, const struct q_publication_get *row,
                             struct portal_advisory *out)
{
    struct json_error bad;
    TRY(json_read(cx->a, row->content, &out->content, &bad));
    const struct json *sections = json_get(out->content, S("sections"));
    for (enum section s = 0; s < SECTION_COUNT; s++) {
        str text = json_get_text(sections, section_name(s));
        out->section[s] = text.p ? text : S("");
    }
    out->section[SECTION_TITLE] = row->title;
    str reason = json_get_text(out->content, S("reason"));
    out->reason = reason.p ? reason : S("");
    read_vulns(cx, json_get(out->content, S("vulnerabilities")), out);
    read_vendors(cx, json_get(out->content, S("vendors")), out);
    read_history(cx, lang, json_get(out->content, S("history")), out);
    return OK;
}

enum err portal_read(struct ctx *cx, enum lang lang, const struct q_publication_get *row,
                     struct portal_advisory *out)
{
    *out = (struct portal_advisory){.revision = row->revision};
    out->line = (struct portal_line){.number = row->number,
                                     .title = row->title,
                                     .vendors = row->vendors,
                                     .cves = row->cves,
                                     .cwes = row->cwes,
                                     .published = row->published,
                                     .updated = row->updated,
                                     .withdrawn = row->withdrawn,
                                     .score = row->severity,
                                     .critical = row->critical};
    return read_content(cx, lang, row, out);
}

str portal_number(const struct ctx *cx, str number)
{
    str prefix = cx->app->number_prefix;
    if (number.n > prefix.n && str_eq_nocase(str_sub(number, 0, prefix.n), prefix))
        number = str_from(number, prefix.n);
    if (number.n > 0 && number.p[0] == '#')
        number = str_from(number, 1);
    return number;
}

str portal_vuln_name(struct arena *a, const struct portal_advisory *p, size_t ordinal)
{
    const struct portal_vuln *v = &p->vulns[ordinal - 1];
    if (v->cve.n > 0)
        return v->cve;
    return v->title.n > 0 ? v->title : str_fmt(a, "#%zu", ordinal);
}

str portal_row_about(struct arena *a, const struct portal_advisory *p,
                     const struct portal_vendor *v, size_t row)
{
    buf b = {.a = a};
    if (!product_row_is_apart(v->products, row, p->nvulns))
        return NO_STR;
    for (size_t i = 1; i <= p->nvulns; i++)
        if (product_row_holds(v->products, row, (i64)i))
            buf_putf(&b, "%s%.*s", b.n > 0 ? ", " : "", SV(portal_vuln_name(a, p, i)));
    return buf_str(&b);
}

enum err portal_get(struct ctx *cx, enum lang lang, str number, struct portal_advisory *out,
                    bool *other)
{
    struct q_publication_get row;
    struct q_publication_dates dates;
    *out = (struct portal_advisory){0};
    number = portal_number(cx, str_trim(number));
    TRY(app_read(cx));
    enum err e = q_publication_dates(cx->db, &dates, .number = number, .lang = code(!lang));
    *other = e == OK;
    TRY(e == E_NOT_FOUND ? OK : e);
    TRY(q_publication_get(cx->db, &row, .number = number, .lang = code(lang)));
    TRY(portal_read(cx, lang, &row, out));
    out->other = *other;
    out->other_published = (opt_i64){*other, *other ? dates.published : 0};
    out->other_updated = (opt_i64){*other, *other ? dates.updated : 0};
    return OK;
}
