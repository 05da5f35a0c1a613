/* myjvn_dates.c - spans of days that a request to MyJVN asks for, in Japan's zone. */
#include "formats/myjvn_query.h"

#include "formats/myjvn_dates.h"

enum { YEAR_LEAST = 1, YEAR_MOST = 9999, DAYS_OF_WEEK = 7 };

struct reader {
    struct arena *a;
    const struct fields *in;
    i64 now;
    struct myjvn_query *q;
};

static str get(const struct reader *r, str name)
{
    str v = fields_get(r->in, name);
    return v.n > 0 ? v : NO_STR;
}

static i64 instant(int year, int month, int day)
{
    struct civil c = {.year = year, .month = month, .day = day};
    return civil_instant(c, zone_tokyo);
}

static bool exists(int year, int month, int day)
{
    struct civil back = civil_at(instant(year, month, day), zone_tokyo);
    return back.year == year && back.month == month && back.day == day;
}

/* The last days that a range of past days begins with. */
static i64 days_ago(const struct reader *r, int days)
{
    return time_day_start(time_add_days(r->now, -days, zone_tokyo), zone_tokyo);
}

static i64 month_ago(const struct reader *r)
{
    return time_day_start(time_add_months(r->now, -1, zone_tokyo), zone_tokyo);
}

/* --- hnd: years, months and days apart ---------------------------------------------------------- */

static int part(struct reader *r, str group, const char *what, i64 most)
{
    str name = str_fmt(r->a, "%.*s%s", SV(group), what), is = get(r, name);
    i64 n;
    if (is.p == NULL)
        return 0;
    if (str_i64(is, &n) && n >= 1 && n <= most)
        return (int)n;
    myjvn_refuse(r->a, r->q, MYJVN_DATE, name, 0);
    return 0;
}

/* The instant that a group of three begins with, or (end) that is behind its last day. */
static opt_i64 group(struct reader *r, str name, bool end)
{
    enum { MONTHS = 12, DAYS = 31 };
    int year = part(r, name, "Y", YEAR_MOST), month = part(r, name, "M", MONTHS),
        day = part(r, name, "D", DAYS);
    if (year == 0 && month == 0 && day == 0)
        return (opt_i64){0};
    if (year == 0 || (day > 0 && month == 0) || !exists(year, month ? month : 1, day ? day : 1)) {
        myjvn_refuse(r->a, r->q, MYJVN_DATE, name, 0);
        return (opt_i64){0};
    }
    if (!end)
        return SOME(instant(year, month ? month : 1, day ? day : 1));
    if (day > 0)
        return SOME(instant(year, month, day + 1));
    return SOME(month > 0 ? instant(year, month + 1, 1) : instant(year + 1, 1, 1));
}

static void check_order(struct reader *r, enum myjvn_date d, str name)
{
    const struct myjvn_query *q = r->q;
    if (q->from[d].is && q->until[d].is && q->from[d].v >= q->until[d].v)
        myjvn_refuse(r->a, r->q, MYJVN_DATE, name, 0);
}

static void take_groups(struct reader *r, enum myjvn_date d, str name)
{
    r->q->from[d] = group(r, str_join(r->a, name, S("Start")), false);
    r->q->until[d] = group(r, str_join(r->a, name, S("End")), true);
    check_order(r, d, name);
}

/* The last week, unless a range or days are given. */
static void take_range(struct reader *r, enum myjvn_date d, str range, str name)
{
    str is = get(r, range);
    if (is.p != NULL && !str_eq(is, S("n")) && !str_eq(is, S("w")) && !str_eq(is, S("m")))
        myjvn_refuse(r->a, r->q, MYJVN_WORD, range, 0);
    take_groups(r, d, name);
    bool given = r->q->from[d].is || r->q->until[d].is;
    if (str_eq(is, S("n")) || (is.p == NULL && given))
        return;
    r->q->from[d] = SOME(str_eq(is, S("m")) ? month_ago(r) : days_ago(r, DAYS_OF_WEEK));
    r->q->until[d] = (opt_i64){0};
}

/* --- oka: days as eight digits ------------------------------------------------------------------- */

static opt_i64 eight(struct reader *r, str name, bool end)
{
    enum { DIGITS = 8, MONTH = 100, YEAR = 10000 };
    str is = get(r, name);
    i64 n;
    if (is.p == NULL)
        return (opt_i64){0};
    if (is.n != DIGITS || !str_i64(is, &n) ||
        !exists((int)(n / YEAR), (int)(n / MONTH % MONTH), (int)(n % MONTH))) {
        myjvn_refuse(r->a, r->q, MYJVN_DATE, name, 0);
        return (opt_i64){0};
    }
    return SOME(instant((int)(n / YEAR), (int)(n / MONTH % MONTH), (int)(n % MONTH) + end));
}

/* Names of one date: those of the examples, and those of an earlier description. */
struct names {
    enum myjvn_date date;
    str range, from, until;
};
static const struct names names[] = {
    {MYJVN_UPDATED, S_INIT("modifiedRangeDate"), S_INIT("modifiedStartDate"),
     S_INIT("modifiedEndDate")},
    {MYJVN_UPDATED, S_INIT("rangelastModDate"), S_INIT("lastModStartDate"),
     S_INIT("lastModEndDate")},
    {MYJVN_ISSUED, S_INIT("createdRangeDate"), S_INIT("createdStartDate"),
     S_INIT("createdEndDate")},
    {MYJVN_ISSUED, S_INIT("rangePubDate"), S_INIT("pubStartDate"), S_INIT("pubEndDate")},
    {MYJVN_PUBLIC, S_INIT("publicRangeDate"), S_INIT("publicStartDate"), S_INIT("publicEndDate")}};

static void take_oka(struct reader *r, const struct names *n)
{
    enum myjvn_date d = n->date;
    str is = get(r, n->range);
    opt_i64 from = eight(r, n->from, false), until = eight(r, n->until, true);
    if (str_eq(is, S("DAY")))
        from = SOME(days_ago(r, 1));
    else if (str_eq(is, S("WEEK")))
        from = SOME(days_ago(r, DAYS_OF_WEEK));
    else if (str_eq(is, S("MONTH")))
        from = SOME(month_ago(r));
    else if (is.p != NULL && !str_eq(is, S("NONE")))
        myjvn_refuse(r->a, r->q, MYJVN_WORD, n->range, 0);
    if (from.is)
        r->q->from[d] = from;
    if (until.is)
        r->q->until[d] = until;
    check_order(r, d, n->from);
}

/* --- years alone --------------------------------------------------------------------------------- */

static int year_of(struct reader *r, str name)
{
    str is = get(r, name);
    i64 n = 0;
    if (is.p != NULL && (!str_i64(is, &n) || n < YEAR_LEAST || n > YEAR_MOST))
        myjvn_refuse(r->a, r->q, MYJVN_YEAR, name, 0);
    return n >= YEAR_LEAST && n <= YEAR_MOST ? (int)n : 0;
}

static void take_year(struct reader *r, enum myjvn_date d, str name)
{
    int year = year_of(r, name);
    if (year == 0)
        return;
    r->q->from[d] = SOME(instant(year, 1, 1));
    r->q->until[d] = SOME(instant(year + 1, 1, 1));
}

static void take_years_oka(struct reader *r)
{
    int from = year_of(r, S("datePublicStart")), until = year_of(r, S("datePublicEnd"));
    if (from > 0)
        r->q->from[MYJVN_PUBLIC] = SOME(instant(from, 1, 1));
    if (until > 0)
        r->q->until[MYJVN_PUBLIC] = SOME(instant(until + 1, 1, 1));
    check_order(r, MYJVN_PUBLIC, S("datePublicStart"));
}

void myjvn_read_dates(struct arena *a, const struct fields *in, i64 now, struct myjvn_query *q)
{
    struct reader r = {a, in, now, q};
    if (q->method == MYJVN_STATISTICS && q->is_oka)
        take_years_oka(&r);
    else if (q->method == MYJVN_STATISTICS)
        take_groups(&r, MYJVN_PUBLIC, S("datePublic"));
    else if (q->method != MYJVN_OVERVIEW && q->method != MYJVN_ALERTS)
        return;
    else if (q->is_oka)
        for (size_t i = 0; i < COUNT(names); i++)
            take_oka(&r, &names[i]);
    else if (q->method == MYJVN_ALERTS) {
        take_year(&r, MYJVN_UPDATED, S("datePublished"));
        take_year(&r, MYJVN_ISSUED, S("dateFirstPublished"));
    } else {
        take_range(&r, MYJVN_PUBLIC, S("rangeDatePublic"), S("datePublic"));
        take_range(&r, MYJVN_UPDATED, S("rangeDatePublished"), S("datePublished"));
        take_range(&r, MYJVN_ISSUED, S("rangeDateFirstPublished"), S("dateFirstPublished"));
    }
}
