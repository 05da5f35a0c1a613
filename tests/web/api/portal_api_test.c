/* portal_api_test.c - what everybody reads through the API. */
#include "help/api.h"
#include "help/case_walk.h"
#include "t.h"

#define HAS_AT(want, p, path) CHECK_STR(S(want), json_path(a, p, path))

/* A case whose advisory is public in both languages; its number. */
static str published(struct stage *st)
{
    struct walk *w = walked(st, WALKED_AFFECTED);
    struct visitor *v = api_as(st, "coordinator");
    str path = str_fmt(st->a, "/api/v1/cases/%.*s/advisory", SV(w->case_id));
    str text = S("{\"ja\":{\"title\":\"乗っ取りの脆弱性\",\"overview\":\"概要\",\"affected\":"
                 "\"影響\",\"description\":\"説明\","
                 "\"impact\":\"影響\",\"solution\":\"対策\"},\"en\":{\"title\":\"Gateway "
                 "takeover\",\"overview\":\"Overview\","
                 "\"affected\":\"Affected\",\"description\":\"Text\",\"impact\":\"Impact\","
                 "\"solution\":\"Update\"}}");
    struct page p = api_put(v, path, S("\"0\""), text);
    CHECK_STATUS(200, p);
    walk_run(w, "5.1.1 5.2");
    (void)stage_later(st, 40 * DAY);
    CHECK_ERR(OK, cases_settle_due(stage_nobody(st)));
    v = api_as(st, "coordinator"); /* time went by */
    p = api_post_if(v, str_join(st->a, path, S("/ask")), page_tag(p), S("{}"));
    CHECK_STATUS(200, p);
    walk_run(w, "5.1.1 5.2.2 5.2.3");
    v = api_as(st, "coordinator");
    struct page done = api_post(v, str_fmt(st->a, "/api/v1/cases/%.*s/steps/5.2.2", SV(w->case_id)),
                                S("{\"round\":1,\"hop\":1,\"answers\":{\"checked\":true}}"));
    CHECK_STATUS(200, done);
    return json_path(st->a, p, "number");
}

APP_TEST(what_is_published_is_listed_found_and_shown_in_each_language)
{
    str number = published(st);
    struct visitor *v = visit_nobody(st);
    struct page p = api_get(v, "/api/v1/advisories?lang=en");
    CHECK_STATUS(200, p);
    HAS_AT("1", p, "total");
    HAS_AT("Gateway takeover", p, "items.0.title");
    p = api_get(v, "/api/v1/advisories/%.*s?lang=ja", SV(number));
    CHECK_STATUS(200, p);
    HAS_AT("乗っ取りの脆弱性", p, "title");
    HAS_AT("true", p, "other_language");
    HAS_AT("1", api_get(v, "/api/v1/search?lang=en&q=takeover"), "total");
    HAS_AT("0", api_get(v, "/api/v1/search?lang=en&q=nowhere"), "total");
    CHECK_STATUS(422, api_get(v, "/api/v1/search?lang=en&q="));
    CHECK_STATUS(404, api_get(v, "/api/v1/advisories/12345678"));
    p = api_get(v, "/api/v1/statistics");
    CHECK_STATUS(200, p);
    HAS_AT("1", p, "published");
    CHECK_STATUS(200, api_get(v, "/api/v1/statistics/quarters"));
}

APP_TEST(filters_of_the_public_list_are_checked_at_their_names)
{
    stage_cast(st);
    struct visitor *v = visit_nobody(st);
    struct page p = api_get(v, "/api/v1/advisories?severity=huge&cve=17&from=soon&sort=colour&x=1");
    CHECK_STATUS(422, p);
    CHECK_STR(S("x unknown_field; from instant; severity choice; cve cve; sort choice"),
              page_errors(a, p));
    CHECK_STATUS(422, api_get(v, "/api/v1/advisories?after=bm90LW9uZQ"));
    CHECK_STATUS(200, api_get(v, "/api/v1/advisories?severity=high&cve=CVE-2023-5915&from="
                                 "2026-01-01&vendor=mihon&critical=yes&sort=severity&limit=5"));
}

APP_TEST(only_vendors_that_agreed_stand_in_the_public_list)
{
    stage_cast(st);
    struct visitor *v = visit_nobody(st);
    HAS_AT("0", api_get(v, "/api/v1/vendors"), "total");
    help_sql(st->url, "UPDATE org SET listed = 1 WHERE slug = 'mihon'");
    struct page p = api_get(v, "/api/v1/vendors");
    HAS_AT("1", p, "total");
    HAS_AT("mihon", p, "items.0.slug");
    CHECK_STATUS(200, api_get(v, "/api/v1/vendors/mihon"));
    CHECK_STATUS(404, api_get(v, "/api/v1/vendors/reception"));
    HAS_AT("reiji", api_get(v, "/api/v1/vendors?takes_reports=1"), "items.2.slug");
}
