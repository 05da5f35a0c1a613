/* statistics_page.c - see statistics_page.h. */
#include "web/pages/statistics_page.h"

#include "web/list_out.h"
#include "web/pages/portal_own.h"
#include "web/public.h"

enum { QUARTERS = 12, QUARTERS_CSV = 400, CHARTS = 6, DRAWN = 12 };

static str number(struct ctx *cx, i64 n)
{
    return str_fmt(cx->a, "%lld", (long long)n);
}

static str percent(struct ctx *cx, i64 part, i64 whole)
{
    i64 tenths = whole > 0 ? (part * 1000 + whole / 2) / whole : 0;
    return whole > 0 ? str_fmt(cx->a, "%lld.%lld%%", (long long)tenths / 10, (long long)tenths % 10)
                     : S("–");
}

/* --- charts ----------------------------------------------------------------------------------- */

struct bars {
    const char *id;
    enum stats_figure figure;
    enum word column;
    const struct stat_row *rows;
    size_t n;
    const struct svg_point *points; /* months: standing, the last year; NULL: words, lying */
    bool shares;
};

/* "Severity: Critical 3, High 10, …" for whoever cannot see it. */
static str spoken(struct ctx *cx, const struct bars *b)
{
    buf s = {.a = cx->a};
    buf_put(&s, stats_title(b->figure, cx->lang));
    for (size_t i = 0; i < b->n; i++)
        buf_putf(&s, "%s%.*s %lld", i == 0 ? ": " : ", ", SV(b->rows[i].label),
                 (long long)b->rows[i].n);
    return buf_str(&s);
}

static struct stat_chart chart(struct ctx *cx, const struct bars *b)
{
    size_t skip = b->points ? b->n - DRAWN : 0;
    i64 *values = NEWS(cx->a, i64, b->n + 1);
    struct svg_point *words = NEWS(cx->a, struct svg_point, b->n + 1);
    struct svg_chart svg = {.id = str_fmt(cx->a, "c-%s", b->id), .n = b->n - skip};
    svg.points = b->points ? b->points : words;
    for (size_t i = 0; i < b->n; i++)
        words[i] = (struct svg_point){b->rows[i].label, NO_STR};
    for (size_t i = 0; i < svg.n; i++)
        values[i] = b->rows[skip + i].n;
    svg.title = spoken(cx, b);
    return (struct stat_chart){
        .id = str_z(b->id),
        .title = stats_title(b->figure, cx->lang),
        .text = stats_definition(b->figure, cx->lang),
        .note = S(""),
        .svg = {b->points ? svg_bars(cx->a, &svg, values) : svg_rows(cx->a, &svg, values)},
        .column = word(cx->lang, b->column),
        .shares = b->shares,
        .rows = b->rows,
        .nrows = b->n,
        .csv = lang_url(cx, str_to_z(cx->a, str_fmt(cx->a, "/statistics/%s.csv", b->id))),
    };
}

static const struct stat_row *rows(struct ctx *cx, const str *labels, const i64 *values, size_t n)
{
    struct stat_row *r = NEWS(cx->a, struct stat_row, n + 1);
    i64 sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += values[i];
    for (size_t i = 0; i < n; i++)
        r[i] = (struct stat_row){labels[i], values[i], percent(cx, values[i], sum)};
    return r;
}

static const struct stat_row *word_rows(struct ctx *cx, const enum word *labels, const i64 *values,
                                        size_t n)
{
    str *s = NEWS(cx->a, str, n);
    for (size_t i = 0; i < n; i++)
        s[i] = word(cx->lang, labels[i]);
    return rows(cx, s, values, n);
}

static struct stat_chart by_month(struct ctx *cx, const struct portal_stats *s, bool received)
{
    struct months m = portal_months(cx, s, STATS_MONTHS), drawn = portal_months(cx, s, DRAWN);
    i64 values[STATS_MONTHS];
    for (size_t i = 0; i < m.n; i++)
        values[i] = received ? m.v[i].received : m.v[i].published;
    struct bars b = {.id = received ? "received" : "published",
                     .figure = received ? STATS_RECEIVED : STATS_PUBLISHED,
                     .column = W_col_month,
                     .rows = rows(cx, m.labels, values, m.n),
                     .n = m.n,
                     .points = drawn.points};
    return chart(cx, &b);
}

static struct stat_chart by_severity(struct ctx *cx, const struct portal_stats *s)
{
    static const enum word names[] = {W_severity_critical, W_severity_high, W_severity_medium,
                                      W_severity_low, W_stats_unscored};
    i64 values[SEVERITY_COUNT];
    for (int i = 0; i < SEVERITY_COUNT; i++)
        values[i] = s->by_severity[SEVERITY_COUNT - 1 - i];
    struct bars b = {.id = "severity",
                     .figure = STATS_BY_SEVERITY,
                     .column = W_portal_severity,
                     .rows = word_rows(cx, names, values, SEVERITY_COUNT),
                     .n = SEVERITY_COUNT,
                     .shares = true};
    return chart(cx, &b);
}

static struct stat_chart by_origin(struct ctx *cx, const struct portal_stats *s)
{
    static const enum word names[] = {W_stats_from_finder, W_stats_from_overseas, W_stats_from_own};
    struct bars b = {.id = "origin",
                     .figure = STATS_BY_ORIGIN,
                     .column = W_stats_origin,
                     .rows = word_rows(cx, names, s->by_origin, 3),
                     .n = 3,
                     .shares = true};
    return chart(cx, &b);
}

static struct stat_chart by_days(struct ctx *cx, const struct portal_stats *s)
{
    str labels[STATS_DAYS];
    for (int i = 0; i < STATS_DAYS; i++)
        labels[i] = i + 1 < STATS_DAYS
                        ? words_stats_days(cx->a, cx->lang, .n_from = stats_days_from(i),
                                           .n_to = stats_days_from(i + 1) - 1)
                        : words_stats_days_more(cx->a, cx->lang, .n_from = stats_days_from(i));
    struct bars b = {.id = "days",
                     .figure = STATS_BY_DAYS,
                     .column = W_col_days,
                     .rows = rows(cx, labels, s->days, STATS_DAYS),
                     .n = STATS_DAYS,
                     .shares = true};
    struct stat_chart c = chart(cx, &b);
    c.note =
        words_stats_within_45(cx->a, cx->lang, .n_all = s->with_acceptance, .n_soon = s->within_45,
                              .share = percent(cx, s->within_45, s->with_acceptance));
    return c;
}

static struct stat_chart by_state(struct ctx *cx, const struct portal_stats *s)
{
    static const enum word names[] = {W_report_received, W_report_accepted, W_report_refused,
                                      W_report_published, W_report_ended};
    struct bars b = {.id = "states",
                     .figure = STATS_STATES,
                     .column = W_stats_state,
                     .rows = word_rows(cx, names, s->product_states, 5),
                     .n = 5,
                     .shares = true};
    return chart(cx, &b);
}

static size_t all_charts(struct ctx *cx, const struct portal_stats *s, struct stat_chart *out)
{
    out[0] = by_month(cx, s, false);
    out[1] = by_month(cx, s, true);
    out[2] = by_severity(cx, s);
    out[3] = by_origin(cx, s);
    out[4] = by_days(cx, s);
    out[5] = by_state(cx, s);
    return CHARTS;
}

/* --- quarters --------------------------------------------------------------------------------- */

static str quarter_label(struct ctx *cx, const struct quarter *q)
{
    return words_quarter_of_year(cx->a, cx->lang, .n_year = q->year, .n_quarter = q->quarter);
}

/* Reports a working day since the first one. */
static str per_day(struct ctx *cx, const struct quarter *q)
{
    i64 sum = q->product_sum + q->website_sum, days = q->working_days > 0 ? q->working_days : 1;
    i64 hundredths = (sum * 100 + days / 2) / days;
    return str_fmt(cx->a, "%lld.%02lld", (long long)hundredths / 100, (long long)hundredths % 100);
}

static str with_share(struct ctx *cx, i64 part, i64 whole)
{
    if (whole == 0)
        return number(cx, part);
    return str_fmt(cx->a, cx->lang == LANG_JA ? "%lld（%.*s）" : "%lld (%.*s)", (long long)part,
                   SV(percent(cx, part, whole)));
}

static html quarter_lines(struct ctx *cx, const struct quarter *q, size_t n)
{
    struct svg_point *points = NEWS(cx->a, struct svg_point, n + 1);
    i64 *product = NEWS(cx->a, i64, n + 1), *website = NEWS(cx->a, i64, n + 1);
    for (size_t i = 0; i < n; i++) {
        points[i].label = str_fmt(cx->a, "Q%d", q[i].quarter);
        if (i == 0 || q[i].quarter == 1)
            points[i].group = words_year(cx->a, cx->lang, .n_year = q[i].year);
        product[i] = q[i].product;
        website[i] = q[i].website;
    }
    struct svg_series series[] = {{word(cx->lang, W_col_product_reports), product},
                                  {word(cx->lang, W_col_website_reports), website}};
    struct svg_chart c = {.id = S("c-quarters"),
                          .title = stats_title(STATS_QUARTERS, cx->lang),
                          .points = points,
                          .n = n};
    return (html){svg_lines(cx->a, &c, series, COUNT(series))};
}

static enum err fill_quarters(struct ctx *cx, struct statistics_view *v)
{
    struct quarter *q;
    size_t n;
    TRY(portal_quarters(cx, QUARTERS, &q, &n));
    struct stat_quarter *all = NEWS(cx->a, struct stat_quarter, n + 1);
    for (size_t i = 0; i < n; i++)
        all[n - 1 - i] =
            (struct stat_quarter){quarter_label(cx, &q[i]), q[i], per_day(cx, &q[i]),
                                  with_share(cx, q[i].within_45, q[i].published),
                                  with_share(cx, q[i].website_within_90, q[i].website_fixed)};
    v->quarters = all;
    v->nquarters = n;
    if (n > 0)
        v->lines = quarter_lines(cx, q, n);
    v->csv = lang_url(cx, "/statistics/quarters.csv");
    return OK;
}

/* --- pages ------------------------------------------------------------------------------------ */

static void fill_figures(struct ctx *cx, const struct portal_stats *s, struct statistics_view *v)
{
    struct stat_figure *f = NEWS(cx->a, struct stat_figure, 4);
    f[0] = (struct stat_figure){word(cx->lang, W_stats_sum), number(cx, s->published),
                                word(cx->lang, W_stats_sum_text)};
    f[1] = (struct stat_figure){word(cx->lang, W_stats_soon),
                                percent(cx, s->within_45, s->with_acceptance),
                                word(cx->lang, W_stats_soon_text)};
    f[2] = (struct stat_figure){word(cx->lang, W_stats_websites), number(cx, s->website_total),
                                word(cx->lang, W_stats_websites_text)};
    f[3] = (struct stat_figure){stats_title(STATS_VENDORS, cx->lang), number(cx, s->vendors),
                                stats_definition(STATS_VENDORS, cx->lang)};
    v->figures = f;
    v->nfigures = 4;
}

static enum err show_statistics(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct portal_stats *s = NEW(cx->a, struct portal_stats);
    struct stat_chart *charts = NEWS(cx->a, struct stat_chart, CHARTS);
    struct statistics_view v = {.now = cx->now, .charts = charts, .lines = {S("")}};
    (void)rq;
    TRY(public_keep(cx, an));
    TRY(portal_stats(cx, s));
    TRY(fill_quarters(cx, &v));
    v.ncharts = all_charts(cx, s, charts);
    fill_figures(cx, s, &v);
    an->title = word(cx->lang, W_stats_title);
    an->head = public_head(cx, S("/statistics"), true, true);
    tpl_statistics(&an->out, &v);
    return OK;
}

/* --- for programs ----------------------------------------------------------------------------- */

static enum err quarter_rows(struct ctx *cx, struct request *rq, struct reply *an)
{
    static const char *const columns[] = {"year",
                                          "quarter",
                                          "product",
                                          "website",
                                          "product_sum",
                                          "website_sum",
                                          "working_days",
                                          "published",
                                          "own",
                                          "within_45",
                                          "published_sum",
                                          "website_fixed",
                                          "website_fixed_sum",
                                          "website_within_90",
                                          NULL};
    struct quarter *q;
    struct list_out l;
    size_t n;
    TRY(portal_quarters(cx, QUARTERS_CSV, &q, &n));
    list_begin(&l, cx, an, list_format_of(rq), "quarters", columns);
    for (size_t i = 0; i < n; i++) {
        const i64 cells[] = {q[i].year,
                             q[i].quarter,
                             q[i].product,
                             q[i].website,
                             q[i].product_sum,
                             q[i].website_sum,
                             q[i].working_days,
                             q[i].published,
                             q[i].own,
                             q[i].within_45,
                             q[i].published_sum,
                             q[i].website_fixed,
                             q[i].website_fixed_sum,
                             q[i].website_within_90};
        for (size_t k = 0; k < COUNT(cells); k++)
            list_number(&l, cells[k]);
    }
    list_end(&l, NO_STR, (i64)n);
    return OK;
}

static enum err chart_rows(struct ctx *cx, struct request *rq, struct reply *an, str id)
{
    static const char *const columns[] = {"label", "count", NULL};
    struct portal_stats *s = NEW(cx->a, struct portal_stats);
    struct stat_chart *charts = NEWS(cx->a, struct stat_chart, CHARTS);
    struct list_out l;
    TRY(portal_stats(cx, s));
    size_t n = all_charts(cx, s, charts);
    for (size_t i = 0; i < n; i++) {
        if (!str_eq(charts[i].id, id))
            continue;
        list_begin(&l, cx, an, list_format_of(rq), str_to_z(cx->a, id), columns);
        for (size_t k = 0; k < charts[i].nrows; k++) {
            list_text(&l, charts[i].rows[k].label);
            list_number(&l, charts[i].rows[k].n);
        }
        list_end(&l, NO_STR, (i64)charts[i].nrows);
        return OK;
    }
    return E_NOT_FOUND;
}

static enum err show_rows(struct ctx *cx, struct request *rq, struct reply *an)
{
    str rest = rq->seg[0];
    str id = str_cut(&rest, '.');
    if (!str_eq(rest, S("csv")) && !str_eq(rest, S("json")))
        return E_NOT_FOUND;
    TRY(public_keep(cx, an));
    return str_eq(id, S("quarters")) ? quarter_rows(cx, rq, an) : chart_rows(cx, rq, an, id);
}

/* clang-format off */
static const struct route table[] = {
    {GET, S_INIT("/{lang}/statistics"),    NEED_NOBODY, OF_NOTHING, 0, show_statistics, ROUTE_CACHE, 0, NULL},
    {GET, S_INIT("/{lang}/statistics/{}"), NEED_NOBODY, OF_NOTHING, 0, show_rows,       ROUTE_CACHE, 0, NULL},
};
/* clang-format on */
const struct routes statistics_routes = {table, COUNT(table)};
