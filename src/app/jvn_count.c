/* jvn_count.c - the statistics of MyJVN, from the index. */
#include "app/jvn_own.h"

#include "app/jvn.h"
#include "app/jvn_filter.h"
#include "formats/cwe.h"

enum { MONTHS = 12, QUARTER = 3, LEAST_YEAR = 1970, MOST_ROWS = 10000 };

/* Months since the year 0, in Japan. */
static i64 month_of(i64 at)
{
    struct civil c = civil_at(at, zone_tokyo);
    return (i64)c.year * MONTHS + c.month - 1;
}

static i64 step_of(char step)
{
    return step == 'm' ? 1 : step == 'q' ? QUARTER : MONTHS;
}

static str date_of(struct arena *a, i64 month, char step)
{
    int year = (int)(month / MONTHS), m = (int)(month % MONTHS);
    if (step == 'y')
        return str_fmt(a, "%04d", year);
    return step == 'q' ? str_fmt(a, "%04d-%dQ", year, m / QUARTER + 1)
                       : str_fmt(a, "%04d-%02d", year, m + 1);
}

static bool has_cwe(const struct jvn_row *row, i64 cwe)
{
    for (size_t i = 0; i < row->ncwes; i++)
        if (row->cwes[i] == cwe)
            return true;
    return false;
}

/* From the first month asked for, else the first with an advisory, to the last asked for, else now. */
static void span(struct ctx *cx, const struct myjvn_query *q, const struct jvn_set *set, i64 *from,
                 i64 *until)
{
    i64 first = cx->now, least = (i64)LEAST_YEAR * MONTHS;
    for (size_t i = 0; i < set->nrows; i++)
        if (set->first_public[i] < first)
            first = set->first_public[i];
    *from = month_of(q->from[MYJVN_PUBLIC].is ? q->from[MYJVN_PUBLIC].v : first);
    *until = month_of(q->until[MYJVN_PUBLIC].is && q->until[MYJVN_PUBLIC].v <= cx->now
                          ? q->until[MYJVN_PUBLIC].v - 1
                          : cx->now);
    if (*from < least)
        *from = least;
    *from -= *from % step_of(q->step);
}

static void name_weakness(struct ctx *cx, const struct myjvn_query *q, struct myjvn_statistics *s)
{
    struct cwe c;
    if (q->cwe == 0)
        return;
    s->cwe = str_fmt(cx->a, "CWE-%lld", (long long)q->cwe);
    s->cwe_ja = s->cwe_en = s->cwe;
    if (cwe_find(q->cwe, &c)) {
        s->cwe_en = c.name_en;
        s->cwe_ja = c.name_ja.n > 0 ? c.name_ja : c.name_en;
    }
}

static void count_row(const struct myjvn_query *q, const struct jvn_set *set, size_t at,
                      struct myjvn_count *c)
{
    int rating = set->scores[set->scored[at]].rating[q->cvss - 2];
    c->all++;
    if (rating >= 0)
        c->by[rating]++;
    c->cwe += q->cwe > 0 && has_cwe(set->rows[at], q->cwe);
}

static void count_things(const struct jvn_set *set, struct myjvn_statistics *s)
{
    for (size_t i = 0; i < set->nlisted; i++) {
        const struct jvn_thing *t = &set->things[set->listed[i]];
        s->products += t->name.n > 0;
        s->vendors += i == 0 || t->vid != set->things[set->listed[i - 1]].vid;
    }
}

enum err jvn_count(struct ctx *cx, const struct myjvn_query *q, const struct jvn_set *set,
                   struct jvn_answer *out)
{
    struct myjvn_statistics *s = &out->statistics;
    struct jvn_filter f;
    i64 from, until, step = step_of(q->step);
    jvn_filter_make(cx->a, q, set, &f);
    span(cx, q, set, &from, &until);
    size_t n = until < from ? 0 : (size_t)((until - from) / step + 1);
    struct myjvn_count *v = NEWS(cx->a, struct myjvn_count, n + 1);
    for (size_t i = 0; i < n; i++) {
        i64 month = from + (i64)i * step;
        v[i].date = date_of(cx->a, month, q->step);
        v[i].year = (int)(month / MONTHS);
        v[i].month = q->step == 'm' ? (int)(month % MONTHS) + 1 : 0;
    }
    struct jvn_rows_found found = jvn_filter_rows(&f);
    for (size_t i = 0; i < set->nrows; i++) {
        if ((found.bits[i / 64] >> i % 64 & 1) == 0)
            continue;
        i64 at = month_of(set->first_public[i]) - from;
        if (at >= 0 && (size_t)(at / step) < n)
            count_row(q, set, i, &v[at / step]);
    }
    *s = (struct myjvn_statistics){.theme = q->theme,
                                   .vulnerabilities = (i64)set->nrows,
                                   .v = v,
                                   .n = n < MOST_ROWS ? n : MOST_ROWS};
    count_things(set, s);
    name_weakness(cx, q, s);
    if (q->kind == MYJVN_BY_CPE)
        s->product = myjvn_cpe23(cx->a, q->names.v[0]);
    out->total = (i64)s->n;
    return OK;
}
