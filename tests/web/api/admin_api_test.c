/* admin_api_test.c - organisations, people, settings and audits through the API. */
#include "help/admin.h"
#include "help/api.h"
#include "help/case_walk.h"
#include "t.h"

#define HAS_AT(want, p, path) CHECK_STR(S(want), json_path(a, p, path))

APP_TEST(an_organisation_is_made_looked_up_and_changed_by_its_revision)
{
    admin_cast(st);
    struct visitor *root = api_as(st, "sysop");
    struct page p = api_post(root, S("/api/v1/organisations"),
                             S("{\"kind\":\"vendor\",\"slug\":\"hane\",\"name_ja\":\"羽根\","
                               "\"name_en\":\"Hane\",\"registration\":\"general\"}"));
    CHECK_STATUS(201, p);
    CHECK_STR(S("/api/v1/organisations/hane"), http_answer_header(&p.rs, S("Location")));
    str tag = page_tag(p);
    CHECK_STATUS(428, api_patch(root, S("/api/v1/organisations/hane"), NO_STR, S("{}")));
    p = api_patch(root, S("/api/v1/organisations/hane"), tag, S("{\"name_en\":\"Hane KK\"}"));
    CHECK_STATUS(200, p);
    HAS_AT("Hane KK", p, "name_en");
    HAS_AT("羽根", p, "name_ja");
    CHECK_STATUS(
        412, api_patch(root, S("/api/v1/organisations/hane"), tag, S("{\"name_en\":\"Hane\"}")));
    p = api_post(root, S("/api/v1/organisations"), S("{\"slug\":\"hane\"}"));
    CHECK_STATUS(422, p);
    CHECK(str_find(page_errors(a, p), S("name_ja required")) >= 0);
    CHECK_STATUS(403, api_post(api_as(st, "reception"), S("/api/v1/organisations"), S("{}")));
    CHECK_STATUS(404, api_get(api_as(st, "kamei.poc"), "/api/v1/organisations/mihon"));
    HAS_AT("1", api_get(api_as(st, "kamei.poc"), "/api/v1/organisations"), "total");
}

APP_TEST(a_department_is_made_and_taken_out_of_use)
{
    admin_cast(st);
    struct visitor *poc = api_as(st, "mihon.poc");
    struct page p = api_post(poc, S("/api/v1/organisations/mihon/departments"),
                             S("{\"name_ja\":\"新課\",\"name_en\":\"New\",\"kinds\":[\"care\"]}"));
    CHECK_STATUS(201, p);
    str path =
        str_fmt(a, "/api/v1/organisations/mihon/departments/%.*s", SV(json_path(a, p, "id")));
    p = api_patch(poc, path, page_tag(p), S("{\"name_en\":\"Newer\"}"));
    CHECK_STATUS(200, p);
    HAS_AT("Newer", p, "name_en");
    p = api_post_if(poc, str_join(a, path, S("/disable")), page_tag(p), S("{}"));
    CHECK_STATUS(200, p);
    HAS_AT("true", p, "disabled");
    CHECK_STATUS(404, api_get_url(api_as(st, "kamei.poc"), path));
}

APP_TEST(a_person_is_made_seated_and_closed)
{
    admin_cast(st);
    struct visitor *root = api_as(st, "sysop");
    struct page p = api_post(root, S("/api/v1/people"),
                             S("{\"login\":\"hana\",\"name_ja\":\"花\",\"name_en\":\"Hana\","
                               "\"email\":\"hana@mihon.example\",\"lang\":\"ja\"}"));
    CHECK_STATUS(201, p);
    CHECK(json_path(a, p, "password").n > 8);
    str seat = str_fmt(a, "{\"person\":\"hana\",\"dept\":\"%.*s\",\"role\":\"member\"}",
                       SV(stage_dept_id(st, "mihon", "care")));
    CHECK_STATUS(204, api_post(root, S("/api/v1/memberships"), seat));
    p = api_get(root, "/api/v1/people/hana");
    CHECK_STATUS(200, p);
    HAS_AT("mihon", p, "memberships.0.organisation");
    CHECK_STATUS(404, api_get(api_as(st, "kamei.poc"), "/api/v1/people/hana"));
    CHECK_STATUS(403, api_post(api_as(st, "kamei.poc"), S("/api/v1/people"), S("{}")));
    str end = str_fmt(a, "{\"person\":\"hana\",\"dept\":\"%.*s\"}",
                      SV(stage_dept_id(st, "mihon", "care")));
    CHECK_STATUS(204, api_post(root, S("/api/v1/memberships/end"), end));
    p = api_post_if(root, S("/api/v1/people/hana/disable"), page_tag(p), S("{}"));
    CHECK_STATUS(200, p);
    CHECK(json_path(a, p, "disabled").n > 10);
    CHECK_STATUS(200, api_get(root, "/api/v1/people?q=hana"));
    CHECK_STATUS(200, api_get(root, "/api/v1/people/hana/tokens"));
}

APP_TEST(ones_own_account_is_changed_and_its_tokens_are_listed)
{
    admin_cast(st);
    struct visitor *v = api_as(st, "mihon.care");
    struct page p = api_get(v, "/api/v1/me/account");
    CHECK_STATUS(200, p);
    p = api_patch(v, S("/api/v1/me/account"), page_tag(p), S("{\"name_en\":\"Care\"}"));
    CHECK_STATUS(200, p);
    HAS_AT("Care", p, "name_en");
    CHECK_STATUS(200, api_get(v, "/api/v1/me/tokens"));
    CHECK_STATUS(200, api_get(v, "/api/v1/me"));
}

APP_TEST(settings_are_the_operators)
{
    admin_cast(st);
    struct visitor *root = api_as(st, "sysop");
    struct page p = api_get(root, "/api/v1/settings/site_name_en");
    CHECK_STATUS(200, p);
    p = api_put(root, S("/api/v1/settings/site_name_en"), page_tag(p), S("{\"value\":\"Bridge\"}"));
    CHECK_STATUS(200, p);
    HAS_AT("Bridge", p, "value");
    CHECK_STATUS(412, api_put(root, S("/api/v1/settings/site_name_en"), S("\"0\""),
                              S("{\"value\":\"Other\"}")));
    CHECK_STATUS(200, api_get(root, "/api/v1/settings"));
    CHECK_STATUS(200, api_get(root, "/api/v1/health"));
    CHECK_STATUS(200, api_get(root, "/api/v1/history"));
    CHECK_STATUS(404, api_get(api_as(st, "coordinator"), "/api/v1/settings"));
    CHECK_STATUS(404, api_get(root, "/api/v1/settings/nothing"));
}

APP_TEST(an_auditor_reads_dates_and_never_a_title)
{
    struct walk *w = walked(st, WALKED_SPREAD);
    (void)stage_person(st, "watcher", stage_dept(st, stage_org_id(st, "coordinator"), ""));
    help_sql(st->url, "UPDATE person SET is_auditor = 1 WHERE login = 'watcher'");
    struct page p = api_get(api_as(st, "watcher"), "/api/v1/audit/cases");
    CHECK_STATUS(200, p);
    HAS_AT("1", p, "total");
    CHECK(str_find(p.body, S("Gateway")) < 0);
    CHECK_STATUS(200, api_get(api_as(st, "watcher"), "/api/v1/audit/entries?limit=5"));
    CHECK_STATUS(403, api_get(api_as(st, "mihon.poc"), "/api/v1/audit/cases"));
    CHECK(w != NULL);
}
