/* myjvn_page.c - see myjvn_page.h. */
#include "web/pages/myjvn_page.h"

#include "app/jvn.h"
#include "base/id.h"
#include "formats/jvnrss.h"
#include "formats/vuldef.h"
#include "web/public.h"

static enum lang lang_of(const struct myjvn_query *q)
{
    return q->is_en ? LANG_EN : LANG_JA;
}

/* --- why not ------------------------------------------------------------------------------------- */

static str why(struct ctx *cx, const struct myjvn_query *q)
{
    enum lang g = lang_of(q);
    switch (q->wrong) {
    case MYJVN_RIGHT: return S("");
    case MYJVN_NO_METHOD: return word(g, W_myjvn_no_method);
    case MYJVN_NO_FEED: return word(g, W_myjvn_no_feed);
    case MYJVN_NUMBER: return words_myjvn_number(cx->a, g, .name = q->parameter);
    case MYJVN_RANGE: return words_myjvn_range(cx->a, g, .name = q->parameter, .n_most = q->limit);
    case MYJVN_WORD: return words_myjvn_word(cx->a, g, .name = q->parameter);
    case MYJVN_ONE_OF: return words_myjvn_one_of(cx->a, g, .name = q->parameter);
    case MYJVN_MISSING: return words_myjvn_missing(cx->a, g, .name = q->parameter);
    case MYJVN_DATE: return word(g, W_myjvn_date);
    case MYJVN_ID: return words_myjvn_id(cx->a, g, .prefix = jvn_database(cx));
    case MYJVN_YEAR: return words_myjvn_year(cx->a, g, .name = q->parameter);
    case MYJVN_VECTOR: return words_myjvn_vector(cx->a, g, .name = q->parameter);
    case MYJVN_TOO_MANY:
        return words_myjvn_too_many(cx->a, g, .name = q->parameter, .n_most = q->limit);
    case MYJVN_SERVER: break;
    }
    return word(g, W_myjvn_server);
}

/* --- the window ------------------------------------------------------------------------------------ */

static i64 returned(const struct myjvn_query *q, const struct jvn_answer *r)
{
    i64 n = 0;
    if (q->method == MYJVN_STATISTICS)
        return (i64)r->statistics.n;
    if (q->method == MYJVN_VENDORS)
        return (i64)r->vendors.n;
    for (size_t i = 0; i < r->vendors.n; i++)
        n += (i64)r->vendors.v[i].nproducts;
    return q->method == MYJVN_PRODUCTS ? n : (i64)r->entries.n;
}

static void tell(struct ctx *cx, struct myjvn_query *q, const struct jvn_answer *r)
{
    struct jvn_status *s = &q->status;
    i64 most = 0;
    s->message = why(cx, q);
    if (s->failed)
        return;
    s->total = SOME(r->total);
    s->returned = SOME(returned(q, r));
    s->first = SOME(q->start);
    if (q->method != MYJVN_STATISTICS)
        return;
    s->max = SOME(10000);
    for (size_t i = 0; i < r->statistics.n; i++)
        if (r->statistics.v[i].all > most)
            most = r->statistics.v[i].all;
    s->first = q->is_oka ? SOME(1) : (opt_i64){0};
    if (!q->is_oka)
        s->max_count = SOME(most);
}

/* --- the answer -------------------------------------------------------------------------------------- */

static enum err fill_head(struct ctx *cx, const struct myjvn_query *q, struct myjvn_head *h)
{
    static const enum word titles[] = {
        [MYJVN_NONE] = W_myjvn_overview,        [MYJVN_OVERVIEW] = W_myjvn_overview,
        [MYJVN_DETAIL] = W_myjvn_detail,        [MYJVN_VENDORS] = W_myjvn_vendors,
        [MYJVN_PRODUCTS] = W_myjvn_products,    [MYJVN_ALERTS] = W_myjvn_alerts,
        [MYJVN_STATISTICS] = W_myjvn_statistics};
    struct bodies b;
    cx->lang = lang_of(q);
    TRY(public_bodies(cx, &b));
    *h = (struct myjvn_head){.lang = q->is_en ? S("en") : S("ja"),
                             .title = str_fmt(cx->a, "%.*s %.*s", SV(jvn_database(cx)),
                                              SV(word(cx->lang, titles[q->method]))),
                             .link = absolute_url(cx, S("/myjvn")).s,
                             .author = b.coordinator.n > 0 ? b.coordinator : b.site,
                             .author_uri = absolute_url(cx, S("/")).s,
                             .id = absolute_url(cx, S("/myjvn?method=getAlertList&feed=hnd")).s,
                             .now = cx->now,
                             .status = &q->status};
    return OK;
}

static str as_xml(struct ctx *cx, const struct myjvn_query *q, const struct myjvn_head *h,
                  const struct jvn_answer *r)
{
    struct jvnrss rss = {.lang = h->lang,
                         .about = h->link,
                         .title = h->title,
                         .link = h->link,
                         .description = h->title,
                         .date = SOME(h->now),
                         .entries = r->entries,
                         .status = &q->status,
                         .bare = r->entries.n == 0};
    struct vuldef details = {h->lang, r->entries, &q->status};
    switch (q->method) {
    case MYJVN_OVERVIEW: return jvnrss_write(cx->a, &rss);
    case MYJVN_DETAIL: return vuldef_write(cx->a, &details);
    case MYJVN_VENDORS:
    case MYJVN_PRODUCTS: return myjvn_vendors_xml(cx->a, h, &r->vendors);
    case MYJVN_ALERTS: return myjvn_alerts_xml(cx->a, h, &r->alerts);
    case MYJVN_STATISTICS: return myjvn_statistics_xml(cx->a, h, &r->statistics);
    case MYJVN_NONE: break;
    }
    return myjvn_nothing_xml(cx->a, &q->status);
}

static str as_json(struct ctx *cx, const struct myjvn_query *q, const struct myjvn_head *h,
                   const struct jvn_answer *r)
{
    switch (q->method) {
    case MYJVN_OVERVIEW: return myjvn_overview_json(cx->a, h, &r->entries);
    case MYJVN_DETAIL:
        if (q->ft == MYJVN_FT_STIX)
            return myjvn_stix_json(cx->a, h, &r->entries, new_id(cx));
        return myjvn_csaf_json(cx->a, h, r->entries.n > 0 ? &r->entries.v[0] : NULL);
    case MYJVN_VENDORS:
    case MYJVN_PRODUCTS: return myjvn_vendors_json(cx->a, h, &r->vendors);
    case MYJVN_ALERTS: return myjvn_alerts_json(cx->a, h, &r->alerts);
    case MYJVN_STATISTICS: return myjvn_statistics_json(cx->a, h, &r->statistics);
    case MYJVN_NONE: break;
    }
    return myjvn_csaf_json(cx->a, h, NULL);
}

static enum err answer(struct ctx *cx, const struct fields *in, struct reply *an)
{
    struct myjvn_query q;
    struct myjvn_head h;
    struct jvn_answer r = {0};
    str text;
    myjvn_query_read(cx->a, in, jvn_database(cx), cx->now, &q);
    enum err e = q.status.failed ? OK : jvn_answer(cx, &q, &r);
    if (e == E_BUSY)
        return e;
    if (e != OK) {
        r = (struct jvn_answer){0};
        myjvn_refuse(cx->a, &q, MYJVN_SERVER, S(""), 0);
        q.status.max = (opt_i64){0};
    }
    tell(cx, &q, &r);
    TRY(fill_head(cx, &q, &h));
    bool hnd_json = q.method == MYJVN_ALERTS && !q.is_oka && q.ft == MYJVN_FT_JSON;
    if (hnd_json)
        text = myjvn_alerts_hnd_json(cx->a, &h, &r.alerts);
    else
        text = q.is_oka ? as_json(cx, &q, &h, &r) : as_xml(cx, &q, &h, &r);
    an->content_type = q.is_oka || hnd_json ? S("application/json; charset=utf-8")
                                            : S("application/xml; charset=utf-8");
    buf_put(&an->raw, text);
    return OK;
}

static enum err get_myjvn(struct ctx *cx, struct request *rq, struct reply *an)
{
    return answer(cx, &rq->query, an);
}

static enum err post_myjvn(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct fields all = {0};
    for (size_t i = 0; i < rq->in.n; i++)
        *PUSH(cx->a, &all) = (struct field){rq->in.v[i].name, rq->in.v[i].value};
    for (size_t i = 0; i < rq->query.n; i++)
        *PUSH(cx->a, &all) = rq->query.v[i];
    return answer(cx, &all, an);
}

/* --- by CVE -------------------------------------------------------------------------------------------- */

/* One: its page.  Several, or none: the list filtered by it, which says so. */
static enum err cve_search(struct ctx *cx, struct request *rq, struct reply *an)
{
    str cve = query_get(rq, "cveId");
    struct strs numbers;
    if (cve.n == 0)
        return E_NOT_FOUND;
    TRY(jvn_of_cve(cx, cve, &numbers));
    enum lang g = str_eq(query_get(rq, "lang"), S("en")) ? LANG_EN : LANG_JA;
    if (numbers.n == 1)
        return redirect(cx, an, advisory_url(cx, g, numbers.v[0]), "");
    url list = {str_fmt(cx->a, "/%s/advisories", g == LANG_JA ? "ja" : "en")};
    return redirect(cx, an, url_query(cx->a, list, S("cve"), cve), "");
}

/* clang-format off */
static const struct route table[] = {
    {GET,  S_INIT("/myjvn"),     NEED_NOBODY, OF_NOTHING, 0, get_myjvn,  0, 0, NULL},
    {POST, S_INIT("/myjvn"),     NEED_NOBODY, OF_NOTHING, 0, post_myjvn, ROUTE_FRESH, 16384, NULL},
    {GET,  S_INIT("/cvesearch"), NEED_NOBODY, OF_NOTHING, 0, cve_search, 0, 0, NULL},
};
/* clang-format on */
const struct routes myjvn_routes = {table, COUNT(table)};
