/* jvn.c - see jvn.h. */
#include "app/jvn.h"

#include "app/jvn_filter.h"
#include "app/jvn_own.h"
#include "formats/cwe.h"
#include "gen/sql.h"

#include <stdlib.h>

static enum lang lang_of(const struct myjvn_query *q)
{
    return q->is_en ? LANG_EN : LANG_JA;
}

/* --- whole advisories ---------------------------------------------------------------------------------- */

static int by_number(const void *x, const void *y)
{
    return str_cmp(((const struct q_publication_whole *)x)->number,
                   ((const struct q_publication_whole *)y)->number);
}

enum err jvn_entries_of(struct ctx *cx, enum lang lang, const struct jvn_row *const *rows, size_t n,
                        enum jvn_depth depth, struct jvn_entries *out, i64 *generations)
{
    str *numbers = NEWS(cx->a, str, n + 1);
    struct jvn_entry *v = NEWS(cx->a, struct jvn_entry, n + 1);
    struct q_publication_whole *found;
    size_t nfound;
    for (size_t i = 0; i < n; i++)
        numbers[i] = rows[i]->number;
    TRY(app_read(cx));
    TRY(q_publication_whole(cx->db, &found, &nfound, .numbers = {numbers, n},
                            .lang = lang == LANG_JA ? S("ja") : S("en")));
    *out = (struct jvn_entries){.v = v};
    if (nfound > 0)
        qsort(found, nfound, sizeof found[0], by_number);
    for (size_t i = 0; i < n; i++) {
        const struct q_publication_whole key = {.number = rows[i]->number},
                                         *w = nfound > 0 ? bsearch(&key, found, nfound, sizeof key,
                                                                   by_number)
                                                         : NULL;
        struct portal_advisory p;
        if (generations != NULL)
            generations[i] = w != NULL ? w->generation : -1;
        if (w == NULL)
            continue;
        if (jvn_index_is_ending(cx->app->jvn))
            return fail(cx, E_BUSY, "the server ends");
        TRY(jvn_whole(cx, lang, w, &p));
        TRY(jvn_entry_of(cx, lang, &p, rows[i]->place, depth, &v[out->n++]));
    }
    return OK;
}

/* --- overviews and details ------------------------------------------------------------------------------ */

/* The query's window of all that fit; how many. */
static size_t find_rows(struct ctx *cx, const struct myjvn_query *q, const struct jvn_set *set,
                        const struct jvn_row **out, i64 *total)
{
    struct jvn_filter f;
    jvn_filter_make(cx->a, q, set, &f);
    struct jvn_rows_found found = jvn_filter_rows(&f);
    *total = found.total;
    return jvn_found_window(&found, set, q->start, q->count, out);
}

static enum err overview(struct ctx *cx, const struct myjvn_query *q, const struct jvn_set *set,
                         struct jvn_answer *out)
{
    const struct jvn_row **rows = NEWS(cx->a, const struct jvn_row *, (size_t)q->count + 1);
    size_t n = find_rows(cx, q, set, rows, &out->total);
    return jvn_entries_of(cx, lang_of(q), rows, n, JVN_LISTED, &out->entries, NULL);
}

/* Of "KKHDB-2026-000001"; the prefix was looked at. */
static bool place_of(str id, struct jvn_place *out)
{
    str rest = id;
    i64 year;
    (void)str_cut(&rest, '-');
    if (!str_i64(str_cut(&rest, '-'), &year) || !str_i64(rest, &out->serial) || year > 9999)
        return false;
    out->year = (int)year;
    return true;
}

static enum err details(struct ctx *cx, const struct myjvn_query *q, const struct jvn_set *set,
                        struct jvn_answer *out)
{
    const struct jvn_row **rows = NEWS(cx->a, const struct jvn_row *, q->ids.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < q->ids.n; i++) {
        struct jvn_place place;
        const struct jvn_row *row = place_of(q->ids.v[i], &place) ? jvn_row_of(set, place) : NULL;
        if (row == NULL)
            continue;
        out->total++;
        if (out->total >= q->start && (i64)n < q->count)
            rows[n++] = row;
    }
    return jvn_entries_of(cx, lang_of(q), rows, n, q->is_oka ? JVN_NAMED : JVN_WHOLE, &out->entries,
                          NULL);
}

/* --- vendors and products --------------------------------------------------------------------------------- */

/* The things of one vendor stand together; a window over vendors, or over products. */
static void list_things(struct arena *a, const struct jvn_set *set, const struct jvn_filter *f,
                        bool products, i64 start, i64 count, struct jvn_answer *out)
{
    struct {
        VEC(struct myjvn_vendor)
    } vendors = {0};
    struct myjvn_product *p = NEWS(a, struct myjvn_product, set->nlisted + 1);
    static const struct jvn_thing nothing;
    const struct jvn_thing *before = &nothing;
    i64 shown = 0;
    for (size_t i = 0; i < set->nlisted; i++) {
        const struct jvn_thing *t = &set->things[set->listed[i]];
        bool same = str_eq(t->vendor_cpe, before->vendor_cpe) && str_eq(t->vendor, before->vendor);
        if ((f != NULL && !jvn_wants_thing(f, set->listed[i])) || (products && t->name.n == 0) ||
            (same && !products))
            continue;
        before = t;
        out->total++;
        if (out->total < start || shown >= count)
            continue;
        shown++;
        if (!same || vendors.n == 0)
            *PUSH(a, &vendors) = (struct myjvn_vendor){
                .vid = t->vid, .name = t->vendor, .cpe = t->vendor_cpe, .products = p};
        if (products) {
            *p++ = (struct myjvn_product){t->pid, t->name, t->cpe};
            vendors.v[vendors.n - 1].nproducts++;
        }
    }
    out->vendors = (struct myjvn_vendors){vendors.v, vendors.n};
}

static void vendors(struct ctx *cx, const struct myjvn_query *q, const struct jvn_set *set,
                    struct jvn_answer *out)
{
    struct jvn_filter f;
    jvn_filter_make(cx->a, q, set, &f);
    list_things(cx->a, set, &f, q->method == MYJVN_PRODUCTS, q->start, q->count, out);
}

enum err jvn_dictionary(struct ctx *cx, enum lang lang, bool products, struct myjvn_vendors *out)
{
    const struct jvn_set *set;
    struct jvn_answer all = {0};
    TRY(jvn_index_open(cx, lang, &set));
    list_things(cx->a, set, NULL, products, 1, INT64_MAX, &all);
    *out = all.vendors;
    return OK;
}

/* --- alerts ------------------------------------------------------------------------------------------------- */

static void fill_alert(struct ctx *cx, const struct jvn_entry *e, const struct jvn_set *set,
                       const struct jvn_row *row, struct myjvn_alert *out)
{
    static const str terms[] = {S_INIT("Info"), S_INIT("Low"), S_INIT("Medium"), S_INIT("High"),
                                S_INIT("Critical")};
    static const enum word labels[] = {W_jvn_alert_info, W_severity_low, W_severity_medium,
                                       W_severity_high, W_severity_critical};
    struct myjvn_alert_item *items = NEWS(cx->a, struct myjvn_alert_item, e->nproducts + 1);
    const short *ratings = set->scores[row->scores].rating;
    int rating = ratings[1] > ratings[2] ? ratings[1] : ratings[2];
    rating = rating > 0 ? rating : 0;
    *out = (struct myjvn_alert){
        .title = e->title,
        .id = str_fmt(cx->a, "%.*s-ALT-%d-%06lld", SV(cx->app->number_prefix), row->place.year,
                      (long long)row->place.serial),
        .summary = e->overview,
        .link = e->link,
        .term = terms[rating],
        .label = word(str_eq(e->lang, S("ja")) ? LANG_JA : LANG_EN, labels[rating]),
        .published = e->issued,
        .updated = e->modified,
        .items = items};
    for (size_t i = 0; i < e->nproducts; i++) {
        const struct jvn_product *p = &e->products[i];
        if (p->cpes.n == 0 || !jvn_is_affected(p))
            continue;
        items[out->nitems] = (struct myjvn_alert_item){
            .title = p->product,
            .id = str_fmt(cx->a, "%.*s-%04zu", SV(out->id), out->nitems + 1),
            .link = e->link,
            .author = p->vendor,
            .vendor = p->vendor,
            .cpes = p->cpes,
            .published = e->issued,
            .updated = e->modified};
        out->nitems++;
    }
}

/* Advisories that are urgent. */
static enum err alerts(struct ctx *cx, const struct myjvn_query *q, const struct jvn_set *set,
                       struct jvn_answer *out)
{
    const struct jvn_row **rows = NEWS(cx->a, const struct jvn_row *, (size_t)q->count + 1);
    struct myjvn_alert *v = NEWS(cx->a, struct myjvn_alert, (size_t)q->count + 1);
    size_t n = find_rows(cx, q, set, rows, &out->total);
    TRY(jvn_entries_of(cx, lang_of(q), rows, n, JVN_LISTED, &out->entries, NULL));
    for (size_t i = 0; i < out->entries.n; i++)
        fill_alert(cx, &out->entries.v[i], set, rows[i], &v[i]);
    out->alerts = (struct myjvn_alerts){v, out->entries.n};
    return OK;
}

/* --- of one CVE ---------------------------------------------------------------------------------------------- */

enum err jvn_of_cve(struct ctx *cx, str cve, struct strs *numbers)
{
    struct q_publication_of_id *rows;
    size_t n;
    TRY(app_read(cx));
    TRY(q_publication_of_id(cx->db, &rows, &n, .id = cve));
    str *v = NEWS(cx->a, str, n + 1);
    for (size_t i = 0; i < n; i++)
        v[i] = rows[i].number;
    *numbers = (struct strs){v, n};
    return OK;
}

/* --- every method ---------------------------------------------------------------------------------------------- */

enum err jvn_answer(struct ctx *cx, const struct myjvn_query *q, struct jvn_answer *out)
{
    const struct jvn_set *set;
    *out = (struct jvn_answer){0};
    TRY(jvn_index_open(cx, lang_of(q), &set));
    switch (q->method) {
    case MYJVN_OVERVIEW: return overview(cx, q, set, out);
    case MYJVN_DETAIL: return details(cx, q, set, out);
    case MYJVN_ALERTS: return alerts(cx, q, set, out);
    case MYJVN_STATISTICS: return jvn_count(cx, q, set, out);
    case MYJVN_VENDORS:
    case MYJVN_PRODUCTS: vendors(cx, q, set, out); return OK;
    case MYJVN_NONE: break;
    }
    return OK;
}
