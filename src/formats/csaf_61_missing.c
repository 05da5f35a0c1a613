/* csaf_61_missing.c - mandatory test 6.1.21: no version is left out of the revision history. */
#include "formats/csaf_check.h"

enum { NAMED_EACH = 64 }; /* of a gap; what is wider is named by its ends */

struct gap {
    struct csaf_check *c;
    const struct csaf_revision *at; /* the item in front of which versions are missing */
    const struct dict *majors;      /* that stand in the history at all */
};

static str digits(str s)
{
    while (s.n > 1 && s.p[0] == '0')
        s = str_from(s, 1);
    return s;
}

static const struct json *history_of(const struct csaf_check *c)
{
    return json_get(c->index->tracking, S("revision_history"));
}

static void one_missing(const struct gap *g, i64 version)
{
    size_t at;
    str number = str_fmt(g->c->a, "%lld", (long long)version);
    bool later = dict_find(g->majors, number, &at);
    str date = json_get_text(g->at->item, S("date"));
    csaf_found(g->c, history_of(g->c), later ? S("history_gap_late") : S("history_gap"), number,
               later ? date : NO_STR, NO_STR);
}

/* Versions `from` … `to` - 1 do not stand before the item. */
static void missing(const struct gap *g, i64 from, i64 to)
{
    i64 end = to - from > NAMED_EACH ? from + NAMED_EACH : to;
    for (i64 v = from; v < end; v++)
        one_missing(g, v);
    if (end < to)
        csaf_found(g->c, history_of(g->c), S("history_gap_wide"),
                   str_fmt(g->c->a, "%lld", (long long)end),
                   str_fmt(g->c->a, "%lld", (long long)(to - 1)), NO_STR);
}

/* 6.1.21 */
void csaf_history_gap(struct csaf_check *c)
{
    const struct csaf_index *x = c->index;
    struct dict majors = {0};
    for (size_t i = 0; i < x->revisions.n; i++)
        if (x->revisions.v[i].numbered)
            (void)dict_add(c->a, &majors, digits(x->revisions.v[i].number.major), NULL);
    i64 highest = 0;
    for (size_t i = 0; i < x->nby_date; i++) {
        const struct csaf_revision *r = x->by_date[i];
        i64 major;
        struct gap g = {c, r, &majors};
        if (!str_i64(digits(r->number.major), &major))
            major = INT64_MAX;
        if (i == 0 && major > 1)
            csaf_found(c, history_of(c), S("history_start"), json_get_text(r->item, S("number")),
                       NO_STR, NO_STR);
        if (major > highest + 1)
            missing(&g, highest + 1, major);
        highest = major > highest ? major : highest;
        if (highest == INT64_MAX)
            break;
    }
}
