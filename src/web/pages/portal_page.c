/* portal_page.c - see portal_page.h. */
#include "web/pages/portal_page.h"

#include "formats/svg.h"
#include "web/list_out.h"
#include "web/pages/portal_own.h"
#include "web/public.h"

enum { ROWS_FRONT = 20, ROWS = 50, ROWS_FOR_PROGRAMS = 1000, CHART_MONTHS = 12 };

/* --- rows ----------------------------------------------------------------------------------- */

static html escaped(struct ctx *cx, str s)
{
    struct html_out o = {.b = {.a = cx->a}};
    html_text(&o, s);
    return (html){o.b.n > 0 ? buf_str(&o.b) : S("")};
}

static i64 words_in(str s)
{
    i64 n = s.n > 0;
    for (size_t i = 0; i < s.n; i++)
        n += s.p[i] == ' ';
    return n;
}

struct portal_row portal_row(struct ctx *cx, const struct portal_line *l)
{
    str cves = l->cves;
    return (struct portal_row){
        .href = advisory_url(cx, cx->lang, l->number),
        .number = public_number(cx, l->number),
        .title = escaped(cx, l->title),
        .vendors = escaped(cx, l->vendors),
        .excerpt = {S("")},
        .more_cves = words_in(l->cves) - 1,
        .cve = escaped(cx, str_cut(&cves, ' ')),
        .score = l->score,
        .published = l->published,
        .updated = l->updated,
        .urgent = l->critical && !l->withdrawn.is,
        .withdrawn = l->withdrawn.is,
    };
}

str month_name(int month, enum lang lang)
{
    static const enum word names[] = {W_month_1, W_month_2,  W_month_3,  W_month_4,
                                      W_month_5, W_month_6,  W_month_7,  W_month_8,
                                      W_month_9, W_month_10, W_month_11, W_month_12};
    return word(lang, names[month - 1]);
}

/* --- the chart ------------------------------------------------------------------------------ */

static str month_label(struct ctx *cx, const struct month_count *m)
{
    return words_month_of_year(cx->a, cx->lang, .n_year = m->year,
                               .name = month_name(m->month, cx->lang));
}

struct months portal_months(struct ctx *cx, const struct portal_stats *s, size_t n)
{
    struct months out = {.v = &s->months[STATS_MONTHS - n], .n = n};
    struct svg_point *p = NEWS(cx->a, struct svg_point, n);
    str *labels = NEWS(cx->a, str, n);
    for (size_t i = 0; i < n; i++) {
        const struct month_count *m = &out.v[i];
        labels[i] = month_label(cx, m);
        p[i].label = str_fmt(cx->a, "%d", m->month);
        if (m->month == 1 || (i == 0 && m->month < 11)) /* wide enough for a year */
            p[i].group = words_year(cx->a, cx->lang, .n_year = m->year);
    }
    out.points = p;
    out.labels = labels;
    return out;
}

/* Said aloud: from least to most. */
static str chart_title(struct ctx *cx, const struct months *m, const i64 *values)
{
    size_t least = 0, most = 0;
    for (size_t i = 1; i < m->n; i++) {
        least = values[i] < values[least] ? i : least;
        most = values[i] > values[most] ? i : most;
    }
    return words_chart_months(cx->a, cx->lang, .first = m->labels[0], .last = m->labels[m->n - 1],
                              .n_least = values[least], .n_most = values[most],
                              .most = m->labels[most]);
}

static enum err fill_chart(struct ctx *cx, struct portal_chart *v)
{
    struct portal_stats *s = NEW(cx->a, struct portal_stats);
    i64 values[CHART_MONTHS], sum = 0;
    TRY(portal_stats_months(cx, s));
    struct months m = portal_months(cx, s, CHART_MONTHS);
    struct portal_month *rows = NEWS(cx->a, struct portal_month, m.n);
    for (size_t i = 0; i < m.n; i++) {
        values[i] = m.v[i].published;
        sum += values[i];
        rows[i] = (struct portal_month){m.labels[i], values[i]};
    }
    struct svg_chart chart = {.id = S("chart-months"), .points = m.points, .n = m.n};
    chart.title = chart_title(cx, &m, values);
    *v = (struct portal_chart){
        .svg = {svg_bars(cx->a, &chart, values)},
        .span = words_chart_span(cx->a, cx->lang, .first = m.labels[0], .last = m.labels[m.n - 1],
                                 .n_sum = sum),
        .months = rows,
        .nmonths = m.n,
    };
    return OK;
}

/* --- the list ------------------------------------------------------------------------------- */

static struct sort_head head(struct ctx *cx, const struct request *rq, enum word label,
                             enum portal_sort sort, enum portal_sort now)
{
    static const char *const names[] = {"published", "updated", "severity", "title"};
    struct sort_head h = sort_head(cx, rq, label, names[sort], names[now], sort != PORTAL_TITLE);
    h.href = url_query(cx->a, portal_url(cx, "/advisories", rq), S("sort"), str_z(names[sort]));
    return h;
}

/* A later sort takes the place of the one in the query: the first of a name counts. */
static void fill_heads(struct ctx *cx, const struct request *rq, enum portal_sort now,
                       struct portal_view *v)
{
    struct request plain = *rq;
    struct fields kept = {0};
    for (size_t i = 0; i < rq->query.n; i++)
        if (!str_eq(rq->query.v[i].name, S("sort")))
            *PUSH(cx->a, &kept) = rq->query.v[i];
    plain.query = kept;
    v->title = head(cx, &plain, W_col_title, PORTAL_TITLE, now);
    v->score = head(cx, &plain, W_col_cvss, PORTAL_SEVERITY, now);
    v->published = head(cx, &plain, W_col_published, PORTAL_PUBLISHED, now);
    v->updated = head(cx, &plain, W_col_updated, PORTAL_UPDATED, now);
}

static void fill_views(struct ctx *cx, const struct request *rq, const struct portal_asked *asked,
                       struct portal_view *v)
{
    static const struct {
        const char *name, *value;
        enum word label;
        enum portal_field field;
    } saved[] = {{"", "", W_view_newest, PF_COUNT},
                 {"urgent", "yes", W_view_urgent, PF_URGENT},
                 {"updated", "week", W_view_updated, PF_UPDATED},
                 {"severity", "critical", W_view_critical, PF_SEVERITY}};
    struct portal_saved *views = NEWS(cx->a, struct portal_saved, COUNT(saved));
    size_t used = 0;
    for (size_t i = 0; i < PF_COUNT; i++)
        used += asked->typed[i].n > 0;
    for (size_t i = 0; i < COUNT(saved); i++) {
        struct portal_saved *one = &views[i];
        url list = lang_url(cx, "/advisories");
        bool here = i == 0
                        ? used == 0
                        : used == 1 && str_eq(asked->typed[saved[i].field], str_z(saved[i].value));
        *one = (struct portal_saved){list, word(cx->lang, saved[i].label),
                                     here ? S("true") : S("false")};
        if (i > 0)
            one->href = url_query(cx->a, list, str_z(saved[i].name), str_z(saved[i].value));
    }
    v->views = views;
    v->nviews = COUNT(saved);
    (void)rq;
}

static enum err fill_list(struct ctx *cx, const struct request *rq,
                          const struct portal_asked *asked, struct portal_view *v)
{
    struct list_window w = {.limit = v->front ? ROWS_FRONT : ROWS, .after = query_get(rq, "after")};
    struct portal_line *lines;
    size_t n;
    TRY(portal_list(cx, cx->lang, &asked->f, &w, &lines, &n));
    struct portal_row *rows = NEWS(cx->a, struct portal_row, n + 1);
    for (size_t i = 0; i < n; i++)
        rows[i] = portal_row(cx, &lines[i]);
    v->rows = rows;
    v->nrows = n;
    v->pager = pager_for(cx, rq, w.total, w.next);
    if (w.next.n > 0)
        v->pager.next = url_query(cx->a, portal_url(cx, "/advisories", rq), S("after"), w.next);
    v->count = v->pager.count;
    return OK;
}

static enum err draw_list(struct ctx *cx, struct request *rq, struct reply *an, bool front)
{
    struct portal_asked asked;
    struct page_head *h = public_head(cx, front ? S("") : S("/advisories"), true, true);
    struct portal_view v = {.front = front,
                            .search = lang_url(cx, "/advisories"),
                            .report = lang_url(cx, "/report"),
                            .track = lang_url(cx, "/track"),
                            .atom = lang_url(cx, "/feed.atom"),
                            .q = S(""),
                            .count = S("")};
    TRY(public_keep(cx, an));
    enum err e = portal_ask(cx, rq, &asked);
    if (e == OK)
        e = fill_list(cx, rq, &asked, &v);
    if (e == OK && front)
        e = fill_chart(cx, &v.chart);
    if (e != OK && e != E_INVALID)
        return e;
    if (e == E_INVALID)
        an->status = HTTP_UNPROCESSABLE;
    v.form = portal_form(cx, &asked);
    fill_views(cx, rq, &asked, &v);
    fill_heads(cx, rq, asked.f.sort, &v);
    v.csv = portal_url(cx, "/advisories.csv", rq);
    v.json = portal_url(cx, "/advisories.json", rq);
    an->title = word(cx->lang, W_portal_title);
    h->description = word(cx->lang, W_portal_intro);
    public_head_feeds(cx, h);
    h->own_search = front;
    an->head = h;
    tpl_portal(&an->out, &v);
    return OK;
}

static enum err show_front(struct ctx *cx, struct request *rq, struct reply *an)
{
    return draw_list(cx, rq, an, true);
}

static enum err show_list(struct ctx *cx, struct request *rq, struct reply *an)
{
    if (str_trim(query_get(rq, "q")).n > 0)
        return portal_search(cx, rq, an);
    return draw_list(cx, rq, an, false);
}

/* --- the same rows for programs ------------------------------------------------------------- */

static const char *const columns[] = {"number",    "title",   "cve",    "cwe",       "cvss",
                                      "severity",  "vendors", "urgent", "published", "updated",
                                      "withdrawn", "url",     NULL};

static void put_line(struct ctx *cx, struct list_out *l, const struct portal_line *p)
{
    str score = p->score < 0 ? NO_STR
                             : str_fmt(cx->a, "%lld.%lld", (long long)p->score / 10,
                                       (long long)p->score % 10);
    list_text(l, public_number(cx, p->number));
    list_text(l, p->title);
    list_text(l, p->cves);
    list_text(l, p->cwes);
    list_text(l, score);
    list_text(l, p->score < 0 ? NO_STR : severity_name(severity_of(p->score)));
    list_text(l, p->vendors);
    list_bool(l, p->critical);
    list_instant(l, SOME(p->published));
    list_instant(l, SOME(p->updated));
    list_instant(l, p->withdrawn);
    list_text(l, absolute_url(cx, advisory_url(cx, cx->lang, p->number).s).s);
}

static enum err show_rows(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct portal_asked asked;
    struct list_window w = {.limit = ROWS_FOR_PROGRAMS, .after = query_get(rq, "after")};
    struct portal_line *lines;
    struct list_out l;
    size_t n;
    TRY(public_keep(cx, an));
    TRY(portal_ask(cx, rq, &asked));
    TRY(portal_list(cx, cx->lang, &asked.f, &w, &lines, &n));
    list_begin(&l, cx, an, list_format_of(rq), "advisories", columns);
    for (size_t i = 0; i < n; i++)
        put_line(cx, &l, &lines[i]);
    list_end(&l, w.next, w.total);
    return OK;
}

/* clang-format off */
static const struct route table[] = {
    {GET, S_INIT("/{lang}"),                 NEED_NOBODY, OF_NOTHING, 0, show_front, ROUTE_CACHE, 0, NULL},
    {GET, S_INIT("/{lang}/advisories"),      NEED_NOBODY, OF_NOTHING, 0, show_list,  ROUTE_CACHE, 0, NULL},
    {GET, S_INIT("/{lang}/advisories.csv"),  NEED_NOBODY, OF_NOTHING, 0, show_rows,  ROUTE_CACHE, 0, NULL},
    {GET, S_INIT("/{lang}/advisories.json"), NEED_NOBODY, OF_NOTHING, 0, show_rows,  ROUTE_CACHE, 0, NULL},
};
/* clang-format on */
const struct routes portal_routes = {table, COUNT(table)};
