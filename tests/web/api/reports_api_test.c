/* reports_api_test.c - a report by the API: what of JSON is of no field's type, and what is said. */
#include "t.h"

#include "help/api.h"
#include "help/case_walk.h"

#define GOOD                                                                                       \
    "\"kind\":\"product\",\"name\":\"Hanako\",\"email\":\"h@finder.example\",\"product\":\"X\","   \
    "\"environment\":\"Linux\",\"steps\":\"1.\",\"result\":\"It "                                  \
    "stops.\",\"direct_contact\":false,"                                                           \
    "\"publish_name\":false,\"told_others\":false,\"personal_data\":true"

static str errors_of(struct visitor *v, const char *more)
{
    str body = str_fmt(v->st->a, "{" GOOD ",%s}", more);
    struct page p = visit_json(v, POST, S("/api/v1/reports"), str_to_z(v->st->a, body));
    return p.status == 201 ? S("taken") : page_errors(v->st->a, p);
}

APP_TEST(a_list_or_an_object_is_no_text_and_no_answer)
{
    stage_cast(st);
    struct visitor *v = visit_nobody(st);
    static const char *const values[] = {"[]", "{}", "[\"yes\"]", "[[\"yes\"]]", "[null]"};
    CHECK_STR(S("taken"), errors_of(v, "\"tell_vendor\":true,\"maker\":null"));
    for (size_t i = 0; i < COUNT(values); i++) {
        str text = str_fmt(a, "\"tell_vendor\":true,\"maker\":%s", values[i]);
        CHECK_STR(S("maker wrong_type"), errors_of(v, str_to_z(a, text)));
        text = str_fmt(a, "\"tell_vendor\":%s", values[i]);
        CHECK_STR(S("tell_vendor wrong_type"), errors_of(v, str_to_z(a, text)));
    }
    CHECK_STR(S("maker.of unknown_field"),
              errors_of(v, "\"tell_vendor\":true,\"maker\":{\"of\":1}"));
}

APP_TEST(a_receiver_that_is_none_is_said_at_its_field)
{
    stage_cast(st);
    struct visitor *v = visit_nobody(st);
    CHECK_STR(S("recipient choice"), errors_of(v, "\"tell_vendor\":true,\"recipient\":\"nobody\""));
    CHECK_STR(S("taken"), errors_of(v, "\"tell_vendor\":true,\"recipient\":\"mihon\""));
}

APP_TEST(a_language_that_is_none_is_refused_in_the_language_that_was_asked_for)
{
    stage_cast(st);
    struct page p = visit_json(visit_nobody(st), POST, S("/api/v1/reports"),
                               "{" GOOD ",\"tell_vendor\":true,\"lang\":\"fr\"}");
    CHECK_STATUS(422, p);
    CHECK_STR(S("Choose one of the given values."), json_path(a, p, "errors.0.message"));
}

/* --- what the sender does with it, and who enters one for a sender -------------------------------- */

APP_TEST(a_report_is_withdrawn_with_the_revision_that_was_seen)
{
    stage_cast(st);
    struct page taken =
        visit_json(visit_nobody(st), POST, S("/api/v1/reports"), "{" GOOD ",\"tell_vendor\":true}");
    CHECK_STATUS(201, taken);
    str id = help_sql_value(a, st->url, "SELECT id FROM report");
    struct visitor *v = api_finder(st, id);
    str path = S("/api/v1/track/withdraw");
    str sure = S("{\"withdraw_sure\":true,\"withdraw_reason\":\"It was my error.\"}");
    str tag = page_tag(api_get(v, "/api/v1/track"));
    CHECK_STATUS(428, api_post(v, path, sure));
    CHECK_STATUS(412, api_post_if(v, path, S("\"99\""), sure));
    CHECK_STATUS(422, api_post_if(v, path, tag, S("{}")));
    struct page p = api_post_if(v, path, tag, sure);
    CHECK_STATUS(200, p);
    CHECK_STR(S("end_withdrawn"), json_path(a, p, "disposition"));
    CHECK_STATUS(404, api_post_if(api_as(st, "reception"), path, tag, sure));
}

APP_TEST(disclosure_may_be_asked_for_when_its_time_has_come_and_once)
{
    struct walk *w = walked(st, WALKED_SPREAD);
    str path = S("/api/v1/track/disclosure");
    struct visitor *v = api_finder(st, w->report_id);
    struct page p = api_get(v, "/api/v1/track");
    CHECK_STR(S("false"), json_path(a, p, "may_ask_disclosure"));
    CHECK_STR(S("null"), json_path(a, p, "disclosure_asked"));
    CHECK_STATUS(409, api_post(v, path, S("{}")));
    (void)stage_later(st, (i64)366 * 24 * 60 * 60 * 1000);
    v = api_finder(st, w->report_id);
    CHECK_STR(S("true"), json_path(a, api_get(v, "/api/v1/track"), "may_ask_disclosure"));
    CHECK_STATUS(200, api_post(v, path, S("{\"disclosure_reason\":\"Users wait.\"}")));
    CHECK_STATUS(409, api_post(v, path, S("{}")));
    p = api_get(v, "/api/v1/track");
    CHECK_STR(S("false"), json_path(a, p, "may_ask_disclosure"));
    CHECK(str_has_prefix(json_path(a, p, "disclosure_asked"), S("2027-")));
}

APP_TEST(reception_enters_a_report_for_its_sender_once_a_key)
{
    stage_cast(st);
    struct visitor *v = api_as(st, "reception");
    str path = S("/api/v1/reports/record"), json = S("application/json");
    str body = S("{" GOOD ",\"tell_vendor\":true,\"came\":\"2026-10-30T09:00:00+09:00\"}");
    struct page first = visit_raw(v, POST, path, json, body, "idempotency-key", "e-1", NULL);
    struct page again = visit_raw(v, POST, path, json, body, "idempotency-key", "e-1", NULL);
    CHECK_STATUS(201, first);
    CHECK_STATUS(201, again);
    CHECK(json_path(a, first, "key").n > 0);
    CHECK_STR(json_path(a, first, "key"), json_path(a, again, "key"));
    CHECK_STR(S("1"), help_sql_value(a, st->url, "SELECT count(*) FROM report"));
    CHECK_STR(S("came required"),
              page_errors(a, api_post(v, path, S("{" GOOD ",\"tell_vendor\":true}"))));
    CHECK_STATUS(404, api_post(api_as(st, "mihon.design"), path, body));
}
