/* portal_stats.c - figures from the records, reproducible: none is kept. */
#include "app/portal.h"

#include "app/portal_own.h"
#include "gen/sql.h"

str stats_title(enum stats_figure f, enum lang lang)
{
    static const enum word titles[STATS_FIGURE_COUNT] = {
        W_stats_published, W_stats_by_severity, W_stats_by_origin, W_stats_by_days,
        W_stats_received,  W_stats_states,      W_stats_vendors,   W_stats_quarters};
    return word(lang, titles[f]);
}

str stats_definition(enum stats_figure f, enum lang lang)
{
    static const enum word texts[STATS_FIGURE_COUNT] = {
        W_stats_published_text, W_stats_by_severity_text, W_stats_by_origin_text,
        W_stats_by_days_text,   W_stats_received_text,    W_stats_states_text,
        W_stats_vendors_text,   W_stats_quarters_text};
    return word(lang, texts[f]);
}

static const i64 ever = (i64)1 << 60;

static i64 month_start(int year, int month)
{
    return civil_instant((struct civil){.year = year, .month = month, .day = 1}, zone_tokyo);
}

static enum err count_published(struct ctx *cx, i64 since, i64 until, i64 *out)
{
    struct q_published_between row;
    TRY(q_published_between(cx->db, &row, .since = since, .until = until));
    *out = row.n;
    return OK;
}

static enum err months(struct ctx *cx, struct portal_stats *out)
{
    struct civil now = civil_at(cx->now, zone_tokyo);
    for (int i = 0; i < STATS_MONTHS; i++) {
        int at = now.year * 12 + now.month - 1 - (STATS_MONTHS - 1 - i);
        struct month_count *m = &out->months[i];
        struct q_reports_between reports;
        m->year = at / 12;
        m->month = at % 12 + 1;
        i64 since = month_start(m->year, m->month), until = month_start(m->year, m->month + 1);
        TRY(count_published(cx, since, until, &m->published));
        TRY(q_reports_between(cx->db, &reports, .since = since, .until = until));
        m->received = reports.product + reports.website;
    }
    return count_published(cx, -ever, ever, &out->published);
}

static enum err severities(struct ctx *cx, struct portal_stats *out)
{
    for (enum severity s = 0; s < SEVERITY_COUNT; s++) {
        struct q_published_scores row;
        i64 low, high;
        severity_range(s, &low, &high);
        TRY(q_published_scores(cx->db, &row, .low = low, .high = high));
        out->by_severity[s] = row.n;
    }
    return OK;
}

static enum err origins(struct ctx *cx, struct portal_stats *out)
{
    static const str names[] = {S_INIT("finder"), S_INIT("overseas"), S_INIT("own")};
    struct q_published_origins *rows;
    size_t n;
    TRY(q_published_origins(cx->db, &rows, &n));
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < COUNT(names); k++)
            if (str_eq(rows[i].origin, names[k]))
                out->by_origin[k] = rows[i].n;
    return OK;
}

/* The buckets of the quarterly report: 0–10, 11–20, 21–30, 31–45, 46–50, 51–100, … days. */
int stats_days_from(int bucket)
{
    static const int from[STATS_DAYS] = {0, 11, 21, 31, 46, 51, 101, 201, 301};
    return from[bucket];
}

static enum err days(struct ctx *cx, struct portal_stats *out)
{
    struct q_published_days row;
    for (int i = 0; i < STATS_DAYS; i++) {
        i64 low = i == 0 ? -ever : stats_days_from(i) * DAY;
        i64 high = i + 1 < STATS_DAYS ? stats_days_from(i + 1) * DAY : ever;
        TRY(q_published_days(cx->db, &row, .low = low, .high = high, .since = -ever,
                             .until = ever));
        out->days[i] = row.n;
        out->with_acceptance += row.n;
        if (i + 1 < STATS_DAYS && stats_days_from(i + 1) <= 46)
            out->within_45 += row.n;
    }
    return OK;
}

enum err portal_stats_months(struct ctx *cx, struct portal_stats *out)
{
    *out = (struct portal_stats){.now = cx->now};
    TRY(app_read(cx));
    return months(cx, out);
}

enum err portal_stats(struct ctx *cx, struct portal_stats *out)
{
    struct q_report_states states;
    struct q_reports_between reports;
    struct q_vendors_registered vendors;
    *out = (struct portal_stats){.now = cx->now};
    TRY(app_read(cx));
    TRY(months(cx, out));
    TRY(severities(cx, out));
    TRY(origins(cx, out));
    TRY(days(cx, out));
    TRY(q_report_states(cx->db, &states));
    out->product_states[0] = states.received;
    out->product_states[1] = states.accepted;
    out->product_states[2] = states.refused;
    out->product_states[3] = states.published;
    out->product_states[4] = states.ended;
    TRY(q_reports_between(cx->db, &reports, .since = -ever, .until = ever));
    out->website_total = reports.website;
    TRY(q_vendors_registered(cx->db, &vendors));
    out->vendors = vendors.n;
    return OK;
}

/* --- the quarterly table ---------------------------------------------------------------------- */

/* Mondays to Fridays in [from, to), as Japan's calendar has them; holidays are not left out. */
static i64 weekdays(i64 from, i64 to)
{
    i64 n = 0;
    i64 first = time_day_start(from, zone_tokyo), whole = (to - first) / (7 * DAY);
    n = whole * 5;
    for (i64 at = first + whole * 7 * DAY; at < to; at = time_add_days(at, 1, zone_tokyo)) {
        int day = civil_weekday(civil_at(at, zone_tokyo));
        n += day != 0 && day != 6;
    }
    return n;
}

static enum err read_quarter(struct ctx *cx, i64 first, struct quarter *q)
{
    struct q_reports_between reports;
    struct q_published_of_origin own;
    struct q_published_days soon;
    struct q_website_fixed fixed;
    i64 since = month_start(q->year, q->quarter * 3 - 2);
    i64 until = month_start(q->year, q->quarter * 3 + 1);
    TRY(q_reports_between(cx->db, &reports, .since = since, .until = until));
    q->product = reports.product;
    q->website = reports.website;
    TRY(q_reports_between(cx->db, &reports, .since = -ever, .until = until));
    q->product_sum = reports.product;
    q->website_sum = reports.website;
    TRY(count_published(cx, since, until, &q->published));
    TRY(count_published(cx, -ever, until, &q->published_sum));
    TRY(q_published_of_origin(cx->db, &own, .origin = S("own"), .since = since, .until = until));
    q->own = own.n;
    TRY(q_published_days(cx->db, &soon, .low = -ever, .high = 46 * DAY, .since = since,
                         .until = until));
    q->within_45 = soon.n;
    TRY(q_website_fixed(cx->db, &fixed, .since = since, .until = until, .within = 90 * DAY));
    q->website_fixed = fixed.n;
    q->website_within_90 = fixed.soon;
    TRY(q_website_fixed(cx->db, &fixed, .since = -ever, .until = until, .within = 0));
    q->website_fixed_sum = fixed.n;
    q->working_days = weekdays(first, until < cx->now ? until : cx->now + 1);
    return OK;
}

enum err portal_quarters(struct ctx *cx, size_t most, struct quarter **out, size_t *n)
{
    struct q_report_first first;
    *n = 0;
    *out = NEWS(cx->a, struct quarter, most + 1);
    TRY(app_read(cx));
    TRY(q_report_first(cx->db, &first));
    if (!first.received.is)
        return OK;
    struct civil now = civil_at(cx->now, zone_tokyo);
    struct civil from = civil_at(first.received.v, zone_tokyo);
    int last = now.year * 4 + (now.month - 1) / 3, start = from.year * 4 + (from.month - 1) / 3;
    if (last - start + 1 > (int)most)
        start = last - (int)most + 1;
    for (int at = start; at <= last; at++) {
        struct quarter *q = &(*out)[(*n)++];
        q->year = at / 4;
        q->quarter = at % 4 + 1;
        TRY(read_quarter(cx, first.received.v, q));
    }
    return OK;
}
