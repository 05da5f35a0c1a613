/* csaf_62_dates.c - recommended tests of dates and revisions. */
#include "formats/csaf_62.h"

#include <stdlib.h>

/* 6.2.4 */
void csaf_revision_build(struct csaf_check *c)
{
    EACH (item, json_get(c->index->tracking, S("revision_history"))) {
        const struct json *number = json_get(item, S("number"));
        if (str_find_char(json_text(number), '+') >= 0)
            csaf_found(c, number, S("revision_build"), json_text(number), NO_STR, NO_STR);
    }
}

/* The oldest or newest dated revision; NULL: none has a date. */
static const struct csaf_revision *extreme(const struct csaf_check *c, bool newest)
{
    const struct csaf_revision *best = NULL;
    for (size_t i = 0; i < c->index->revisions.n; i++) {
        const struct csaf_revision *r = &c->index->revisions.v[i];
        if (!r->dated)
            continue;
        int order = best == NULL ? 0 : instant_cmp(&r->when, &best->when);
        if (best == NULL || (newest ? order > 0 : order < 0))
            best = r;
    }
    return best;
}

static void older(struct csaf_check *c, str member, bool newest, str word)
{
    const struct csaf_revision *r = extreme(c, newest);
    const struct json *node = json_get(c->index->tracking, member);
    struct instant t;
    if (r != NULL && instant_read(json_text(node), &t) && instant_cmp(&t, &r->when) < 0)
        csaf_found(c, node, word, json_text(node), json_get_text(r->item, S("date")), NO_STR);
}

/* 6.2.5 */
void csaf_initial_older(struct csaf_check *c)
{
    older(c, S("initial_release_date"), false, S("initial_older"));
}

/* 6.2.6 */
void csaf_current_older(struct csaf_check *c)
{
    older(c, S("current_release_date"), true, S("current_older"));
}

/* 6.2.7 */
void csaf_involvement_undated(struct csaf_check *c)
{
    EACH (v, c->index->vulnerabilities)
        EACH (involvement, json_get(v, S("involvements")))
            if (json_get(involvement, S("date")) == NULL)
                csaf_lacks(c, involvement, S("date"), S("involvement_undated"));
}

static int by_instant(const void *p, const void *q)
{
    const struct csaf_revision *x = *(const struct csaf_revision *const *)p;
    const struct csaf_revision *y = *(const struct csaf_revision *const *)q;
    int order = instant_cmp(&x->when, &y->when);
    if (order == 0) /* as in the document */
        order = (uintptr_t)x->item < (uintptr_t)y->item ? -1 : x->item != y->item;
    return order;
}

/* 6.2.21 */
void csaf_revision_same_date(struct csaf_check *c)
{
    const struct csaf_index *x = c->index;
    const struct csaf_revision **dated =
        NEWS(c->a, const struct csaf_revision *, x->revisions.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < x->revisions.n; i++)
        if (x->revisions.v[i].dated)
            dated[n++] = &x->revisions.v[i];
    if (n > 1)
        qsort(dated, n, sizeof *dated, by_instant);
    for (size_t i = 1; i < n; i++) {
        const struct json *date = json_get(dated[i]->item, S("date"));
        if (instant_cmp(&dated[i - 1]->when, &dated[i]->when) == 0)
            csaf_found(c, date, S("revision_same_date"), json_text(date),
                       json_get_text(dated[i - 1]->item, S("number")), NO_STR);
    }
}

/* 6.2.33 */
void csaf_disclosed_unrevised(struct csaf_check *c)
{
    const struct csaf_revision *last = extreme(c, true);
    struct instant t;
    EACH (v, last == NULL ? NULL : c->index->vulnerabilities) {
        const struct json *node = json_get(v, S("disclosure_date"));
        if (instant_read(json_text(node), &t) && instant_ms(&t) <= c->choice->now &&
            instant_cmp(&t, &last->when) > 0)
            csaf_found(c, node, S("disclosed_unrevised"), json_text(node),
                       json_get_text(last->item, S("date")), NO_STR);
    }
}

enum { EPSS_DAYS = 15 };

/* 6.2.41: of the youngest of each vulnerability. */
void csaf_epss_old(struct csaf_check *c)
{
    const struct csaf_revision *last = csaf_is_released(c->index) ? extreme(c, true) : NULL;
    EACH (v, last == NULL ? NULL : c->index->vulnerabilities) {
        const struct json *youngest = NULL;
        struct instant t, best = {0};
        EACH (metric, json_get(v, S("metrics"))) {
            const struct json *node = csaf_at(metric, "content", "epss", "timestamp", NULL);
            if (!instant_read(json_text(node), &t))
                continue;
            if (youngest == NULL || instant_cmp(&t, &best) > 0) {
                youngest = node;
                best = t;
            }
        }
        best.seconds += (i64)EPSS_DAYS * 24 * 3600;
        if (youngest != NULL && instant_cmp(&best, &last->when) < 0)
            csaf_found(c, youngest, S("epss_old"), json_text(youngest),
                       json_get_text(last->item, S("date")), NO_STR);
    }
}
