/* cases_api_test.c - cases at the API: lists, one, what is done with it. */
#include "help/api.h"
#include "help/case_walk.h"
#include "help/released.h"
#include "t.h"

#define HAS_AT(want, p, path) CHECK_STR(S(want), json_path(a, p, path))

static str case_path(struct walk *w, const char *rest)
{
    return str_fmt(w->st->a, "/api/v1/cases/%.*s%s", SV(w->case_id), rest);
}

APP_TEST(each_lists_the_cases_that_it_may_know_of)
{
    struct walk *w = walked(st, WALKED_SPREAD);
    struct page p = api_get(api_as(st, "coordinator"), "/api/v1/cases");
    CHECK_STATUS(200, p);
    HAS_AT("1", p, "total");
    CHECK_STR(w->case_id, json_path(a, p, "items.0.id"));
    HAS_AT("coordinated", p, "items.0.flow");
    HAS_AT("1", api_get(api_as(st, "mihon.poc"), "/api/v1/cases"), "total");
    HAS_AT("0", api_get(api_as(st, "kamei.poc"), "/api/v1/cases"), "total");
    CHECK_STATUS(401, visit(visit_nobody(st), "/api/v1/cases"));
}

APP_TEST(filters_that_make_no_sense_are_refused_at_their_name)
{
    stage_cast(st);
    struct visitor *v = api_as(st, "coordinator");
    struct page p = api_get(v, "/api/v1/cases?phase=9&flow=sideways&open=yes&order=up");
    CHECK_STATUS(422, p);
    CHECK_STR(S("open choice; phase choice; flow choice; order choice"), page_errors(a, p));
    CHECK_STATUS(422, api_get(v, "/api/v1/cases?limit=0"));
    CHECK_STATUS(422, api_get(v, "/api/v1/cases?after=bm90LW9uZQ"));
    CHECK_STATUS(200, api_get(v, "/api/v1/cases?flow=direct&open=1&phase=2&order=oldest"));
}

APP_TEST(a_vendor_cannot_ask_which_cases_stand_where_for_all_vendors)
{
    stage_cast(st);
    struct visitor *v = api_as(st, "mihon.poc");
    struct page p = api_get(v, "/api/v1/cases?phase=1");
    CHECK_STATUS(422, p);
    CHECK_STR(S("phase choice"), page_errors(a, p));
    CHECK_STATUS(200, api_get(api_as(st, "coordinator"), "/api/v1/cases?phase=1"));
}

APP_TEST(a_cursor_that_no_list_gave_is_refused_by_its_name)
{
    stage_cast(st);
    struct page p = api_get(api_as(st, "coordinator"), "/api/v1/cases?after=nonsense");
    CHECK_STATUS(422, p);
    CHECK_STR(S("after cursor"), page_errors(a, p));
}

APP_TEST(a_case_says_what_it_waits_for_and_on_whom)
{
    struct walk *w = walked(st, WALKED_SPREAD);
    struct page p = api_get_url(api_as(st, "mihon.design"), case_path(w, ""));
    CHECK_STATUS(200, p);
    HAS_AT("true", p, "waits_for.0.own");
    HAS_AT("1.3.1", p, "waits_for.0.step");
    p = api_get_url(api_as(st, "coordinator"), case_path(w, ""));
    HAS_AT("TLP:AMBER", p, "label");
    CHECK(page_tag(p).n > 4);
    CHECK_STATUS(404, api_get_url(api_as(st, "kamei.poc"), case_path(w, "")));
    CHECK_STATUS(404, api_get_url(api_as(st, "mihon.sales"), case_path(w, "")));
}

APP_TEST(a_title_is_set_by_who_saw_the_case_as_it_is)
{
    struct walk *w = walked(st, WALKED_SPREAD);
    struct visitor *v = api_as(st, "coordinator");
    str path = case_path(w, "/title"), tag = page_tag(api_get_url(v, case_path(w, "")));
    str body = S("{\"title_en\":\"Gateway takeover\",\"title_ja\":\"乗っ取り\"}");
    CHECK_STATUS(428, api_put(v, path, NO_STR, body));
    struct page p = api_put(v, path, S("\"xyz\""), body);
    CHECK_STATUS(412, p);
    p = api_put(v, path, tag, body);
    CHECK_STATUS(200, p);
    HAS_AT("Gateway takeover", p, "title");
    HAS_AT("乗っ取り", p, "other_title");
    CHECK_STATUS(412, api_put(v, path, tag, body));
    CHECK_STATUS(403,
                 api_put(api_as(st, "mihon.poc"), path,
                         page_tag(api_get_url(api_as(st, "mihon.poc"), case_path(w, ""))), body));
}

APP_TEST(steps_come_in_their_state_with_what_is_missing)
{
    struct walk *w = walked(st, WALKED_SPREAD);
    str lane = walk_lane(w, "mihon");
    struct page p = api_get(api_as(st, "mihon.poc"), "/api/v1/cases/%.*s/steps?lane=%.*s",
                            SV(w->case_id), SV(lane));
    CHECK_STATUS(200, p);
    CHECK(json_count(json_get(page_json(a, p), S("items"))) > 20);
    p = api_get(api_as(st, "mihon.design"), "/api/v1/cases/%.*s/steps?mine=1", SV(w->case_id));
    HAS_AT("1.3.1", p, "items.0.step");
    HAS_AT("open", p, "items.0.state");
    HAS_AT("2", p, "items.0.hop");
}

APP_TEST(a_hop_is_performed_signed_and_refused_at_its_fields)
{
    struct walk *w = walked(st, WALKED_SPREAD);
    str lane = walk_lane(w, "mihon"), path = case_path(w, "/steps/1.3.1");
    struct visitor *rnd = api_as(st, "mihon.rnd"), *design = api_as(st, "mihon.design");
    struct page p = api_get(design, "%.*s?lane=%.*s", SV(path), SV(lane));
    CHECK_STATUS(200, p);
    HAS_AT("true", p, "may_perform");
    HAS_AT("details", p, "questions.0.name");
    str sign =
        str_fmt(a, "{\"lane\":\"%.*s\",\"round\":1,\"hop\":0,\"answers\":{\"comment\":\"Seen\"}}",
                SV(lane));
    CHECK_STATUS(200, api_post(rnd, path, sign));
    str none = str_fmt(a, "{\"lane\":\"%.*s\",\"round\":1,\"hop\":2}", SV(lane));
    p = api_post(design, path, none);
    CHECK_STATUS(422, p);
    CHECK_STR(S("answers.details required; answers.reason required"), page_errors(a, p));
    str full = str_fmt(a,
                       "{\"lane\":\"%.*s\",\"round\":1,\"hop\":2,\"answers\":{\"details\":\"yes\","
                       "\"reason\":\"ours\"}}",
                       SV(lane));
    p = api_post(design, path, full);
    CHECK_STATUS(200, p);
    HAS_AT("done", p, "state");
    CHECK_STATUS(409, api_post(design, path, full));
    CHECK_STATUS(404, api_post(api_as(st, "kamei.poc"), path, full));
}

APP_TEST(a_finder_answers_what_was_asked_with_the_key_alone)
{
    struct walk *w = walked(st, WALKED_ASKED);
    struct visitor *f = api_finder(st, w->report_id);
    struct page p = api_get(f, "/api/v1/track");
    HAS_AT("2.3.2", p, "tasks.0.step");
    p = api_get(f, "/api/v1/track/steps/2.3.2");
    CHECK_STATUS(200, p);
    HAS_AT("answer", p, "questions.0.name");
    p = api_post(f, S("/api/v1/track/steps/2.3.2"),
                 S("{\"round\":1,\"hop\":1,\"answers\":{\"answer\":\"Version 2.4.3\"}}"));
    CHECK_STATUS(204, p);
    CHECK_STATUS(404, api_get(f, "/api/v1/track/steps/2.3.2"));
}

APP_TEST(a_message_goes_to_a_thread_and_is_read_there)
{
    struct walk *w = walked(st, WALKED_SPREAD);
    str to = str_fmt(a, "coordination:%.*s", SV(walk_lane(w, "mihon")));
    struct visitor *v = api_as(st, "mihon.poc");
    struct page p = api_post(v, case_path(w, "/messages"),
                             str_fmt(a, "{\"to\":\"%.*s\",\"text\":\"On Monday\"}", SV(to)));
    CHECK_STATUS(201, p);
    p = api_get(api_as(st, "coordinator"), "/api/v1/cases/%.*s/messages?thread=%.*s",
                SV(w->case_id), SV(to));
    CHECK_STATUS(200, p);
    size_t n = json_count(json_get(page_json(a, p), S("messages")));
    str last = str_fmt(a, "messages.%zu.texts.0.text", n - 1);
    HAS_AT("On Monday", p, str_to_z(a, last));
    CHECK_STATUS(404, api_get(api_as(st, "reiji.poc"), "/api/v1/cases/%.*s/messages?thread=%.*s",
                              SV(w->case_id), SV(to)));
    CHECK_STATUS(422,
                 api_post(v, case_path(w, "/messages"), str_fmt(a, "{\"to\":\"%.*s\"}", SV(to))));
}

APP_TEST(a_vulnerability_is_added_and_changed_by_its_revision)
{
    struct walk *w = walked(st, WALKED_SPREAD);
    struct visitor *v = api_as(st, "coordinator");
    struct page p = api_post(
        v, case_path(w, "/vulnerabilities"),
        S("{\"cve\":\"CVE-2023-5915\",\"cwe\":\"CWE-400\",\"vectors\":[{\"issuer\":\"coordinator\","
          "\"vector\":\"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H\"}]}"));
    CHECK_STATUS(201, p);
    HAS_AT("7.5", p, "score");
    CHECK_STATUS(428,
                 api_put(v, p.location.n ? p.location : http_answer_header(&p.rs, S("Location")),
                         NO_STR, S("{}")));
    struct page q = api_put(v, http_answer_header(&p.rs, S("Location")), page_tag(p),
                            S("{\"cve\":\"CVE-2023-5915\",\"cwe\":\"CWE-770\"}"));
    CHECK_STATUS(200, q);
    HAS_AT("CWE-770", q, "cwe");
    CHECK_STATUS(412, api_put(v, http_answer_header(&p.rs, S("Location")), page_tag(p),
                              S("{\"cve\":\"CVE-2023-5915\",\"cwe\":\"CWE-79\"}")));
    CHECK_STATUS(403, api_post(api_as(st, "reception"), case_path(w, "/vulnerabilities"), S("{}")));
}

APP_TEST(the_advisory_is_written_in_both_languages)
{
    struct walk *w = walked(st, WALKED_SPREAD);
    struct visitor *v = api_as(st, "coordinator");
    str path = case_path(w, "/advisory");
    struct page p = api_get_url(v, path);
    CHECK_STATUS(200, p);
    HAS_AT("none", p, "state");
    p = api_put(
        v, path, page_tag(p),
        S("{\"ja\":{\"title\":\"題\",\"overview\":\"概要\"},\"en\":{\"title\":\"A title\"}}"));
    CHECK_STATUS(200, p);
    HAS_AT("題", p, "ja.title");
    HAS_AT("A title", p, "en.title");
    HAS_AT("missing", p, "translation.1.state");
    HAS_AT("概要", api_get_url(v, str_join(a, path, S("/revisions/ja/1"))), "overview");
    CHECK_STATUS(412, api_put(v, path, S("\"0\""), S("{\"en\":{\"overview\":\"x\"}}")));
    CHECK_STATUS(404, api_get_url(api_as(st, "mihon.poc"), path));
}

APP_TEST(history_comes_page_by_page)
{
    struct walk *w = walked(st, WALKED_SPREAD);
    struct visitor *v = api_as(st, "coordinator");
    struct page p = api_get_url(v, case_path(w, "/history?limit=2"));
    CHECK_STATUS(200, p);
    str first = json_path(a, p, "items.0.id"), next = json_path(a, p, "next");
    p = api_get_url(v,
                    str_fmt(a, "%.*s&after=%.*s", SV(case_path(w, "/history?limit=2")), SV(next)));
    CHECK_STATUS(200, p);
    CHECK(!str_eq(first, json_path(a, p, "items.0.id")));
    CHECK_STATUS(422, api_get_url(v, case_path(w, "/history?after=xx")));
}

APP_TEST(a_product_says_its_cpe_name_and_package_url)
{
    struct walk *w = walked(st, WALKED_REPORTED);
    struct visitor *v = api_as(st, "mihon.poc");
    str path = case_path(w, "/vendors/");
    path = str_fmt(a, "%.*s%.*s/statuses", SV(path), SV(walk_lane(w, "mihon")));
    struct page p = api_post(v, path,
                             S("{\"status\":\"affected\",\"products\":[{\"name\":\"X\","
                               "\"cpe\":\"cpe:2.3:a:mihon:*:*:*:*:*:*:*:*:*\"}]}"));
    CHECK_STATUS(422, p);
    HAS_AT("products.0.cpe", p, "errors.0.field");
    HAS_AT("cpe_wide", p, "errors.0.code");
    p = api_post(v, path,
                 S("{\"status\":\"affected\",\"products\":[{\"name\":\"X\","
                   "\"cep\":\"cpe:/a:mihon:x\"}]}"));
    CHECK_STATUS(422, p);
    HAS_AT("unknown_field", p, "errors.0.code");
    p = api_post(v, path,
                 S("{\"status\":\"affected\",\"products\":[{\"name\":\"X\","
                   "\"cpe\":\"cpe:/a:mihon:x\",\"purl\":\"pkg:NPM/x@1\"}]}"));
    CHECK_STATUS(200, p);
    p = api_get_url(v, path);
    HAS_AT("pkg:npm/x@1", p, "items.0.products.0.purl");
    p = api_get_url(v, case_path(w, ""));
    CHECK(str_find(p.body, S("cpe:2.3:a:mihon:x:*:*:*:*:*:*:*:*")) > 0);
}

APP_TEST(the_same_product_has_one_english_name)
{
    struct walk *w = released(st);
    struct visitor *v = api_as(st, "mihon.poc");
    str path =
        str_fmt(a, "%.*s%.*s/statuses", SV(case_path(w, "/vendors/")), SV(walk_lane(w, "mihon")));
    static const struct {
        const char *second, *field;
    } of[] = {
        {"\"name\":\"X\",\"name_en\":\"Y\"", "products.1.name_en"},
        {"\"name\":\"Y\",\"versions\":\"全て\",\"versions_en\":\"any\"", "products.1.versions_en"},
        {"\"name\":\"X\",\"versions\":\"2\",\"name_en\":\"Gate\"", NULL},
        {"\"name\":\"Y\",\"versions\":\"全て\",\"name_en\":\"Y\"", NULL}};
    for (size_t i = 0; i < COUNT(of); i++) {
        struct page p = api_post(v, path,
                                 str_fmt(a,
                                         "{\"status\":\"affected\",\"products\":[{\"name\":\"X\","
                                         "\"name_en\":\"Gate\",\"versions\":\"全て\","
                                         "\"versions_en\":\"all\"},{%s}]}",
                                         of[i].second));
        CHECK_STATUS(of[i].field ? 422 : 200, p);
        if (of[i].field == NULL)
            continue;
        CHECK_STR(str_z(of[i].field), json_path(a, p, "errors.0.field"));
        HAS_AT("product_english", p, "errors.0.code");
    }
}

APP_TEST(a_product_says_of_which_vulnerability_it_speaks_and_why_it_is_clear)
{
    struct walk *w = released_two(st);
    struct visitor *v = api_as(st, "mihon.poc");
    str path =
        str_fmt(a, "%.*s%.*s/statuses", SV(case_path(w, "/vendors/")), SV(walk_lane(w, "mihon")));
    static const struct {
        const char *more, *field, *code;
    } bad[] = {{"\"vulnerability\":\"3\"", "products.0.vulnerability", "vulnerability_unknown"},
               {"\"flag\":\"component_not_present\"", "products.0.flag", "flag_status"},
               {"\"status\":\"not_affected\"", "products.0.flag", "flag_or_statement"},
               {"\"status\":\"not_affected\",\"flag\":\"because\"", "products.0.flag", "choice"}};
    for (size_t i = 0; i < COUNT(bad); i++) {
        struct page p = api_post(v, path,
                                 str_fmt(a,
                                         "{\"status\":\"affected\",\"products\":["
                                         "{\"name\":\"X\",%s}]}",
                                         bad[i].more));
        CHECK_STATUS(422, p);
        CHECK_STR(str_z(bad[i].field), json_path(a, p, "errors.0.field"));
        CHECK_STR(str_z(bad[i].code), json_path(a, p, "errors.0.code"));
    }
    struct page p = api_post(v, path,
                             S("{\"status\":\"affected\",\"products\":[{\"name\":\"X\"},"
                               "{\"name\":\"X\",\"vulnerability\":\"CVE-2026-10002\","
                               "\"status\":\"not_affected\",\"flag\":"
                               "\"vulnerable_code_not_in_execute_path\"}]}"));
    CHECK_STATUS(200, p);
    p = api_get_url(v, path);
    HAS_AT("2", p, "items.0.products.1.vulnerability");
    HAS_AT("vulnerable_code_not_in_execute_path", p, "items.0.products.1.flag");
}
