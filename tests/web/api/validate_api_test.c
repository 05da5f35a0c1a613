/* validate_api_test.c - the protocol of csaf-validator-service.
 *
 * Each client's request is as its source makes it, and the answer is read by that source's rules:
 * gocsaf (csaf/remotevalidation.go, and with it ISDuBA), Secvisogram (validationService.js) and
 * its CMS (ValidatorServiceClient.java). */
#include "help/api.h"
#include "t.h"

#define HAS_AT(want, p, path) CHECK_STR(S(want), json_path(a, p, path))

/* A document that is right but for a product that is used and not defined. */
static str document(struct arena *a, const char *version)
{
    return str_fmt(
        a,
        "{\"document\":{\"category\":\"csaf_base\",\"csaf_version\":\"%s\",\"distribution\":{"
        "\"tlp\":{\"label\":\"%s\"}},\"publisher\":{\"category\":\"vendor\",\"name\":\"V\","
        "\"namespace\":\"https://example.com\"},\"title\":\"T\",\"tracking\":{"
        "\"current_release_date\":\"2026-01-01T00:00:00Z\",\"id\":\"V-1\","
        "\"initial_release_date\":\"2026-01-01T00:00:00Z\",\"revision_history\":[{\"date\":"
        "\"2026-01-01T00:00:00Z\",\"number\":\"1\",\"summary\":\"First.\"}],\"status\":\"final\","
        "\"version\":\"1\"}},\"product_tree\":{\"product_groups\":[{\"group_id\":\"G\","
        "\"product_ids\":[\"P1\",\"P2\"]}],\"full_product_names\":[{\"product_id\":\"P1\","
        "\"name\":\"N\"}]}}",
        version, version[2] == '0' ? "WHITE" : "CLEAR");
}

static struct page ask(struct arena *a, struct visitor *v, const char *tests, str document)
{
    return api_post(v, S("/api/v1/validate"),
                    str_fmt(a, "{\"tests\":[%s],\"document\":%.*s}", tests, SV(document)));
}

APP_TEST(a_preset_answers_for_each_of_its_tests)
{
    struct page p = ask(a, visit_nobody(st), "{\"type\":\"preset\",\"name\":\"mandatory\"}",
                        document(a, "2.0"));
    CHECK_STATUS(200, p);
    HAS_AT("false", p, "isValid");
    HAS_AT("mandatoryTest_6_1_1", p, "tests.0.name");
    HAS_AT("false", p, "tests.0.isValid");
    HAS_AT("/product_tree/product_groups/0/product_ids/1", p, "tests.0.errors.0.instancePath");
    HAS_AT("mandatoryTest_6_1_2", p, "tests.1.name");
    HAS_AT("true", p, "tests.1.isValid");
    HAS_AT("mandatoryTest_6_1_33", p, "tests.42.name");
    CHECK(json_path(a, p, "tests.43.name").p == NULL);
}

APP_TEST(single_tests_and_the_schema_go_by_their_names)
{
    struct page p = ask(a, visit_nobody(st),
                        "{\"type\":\"test\",\"name\":\"csaf_2_0_strict\"},"
                        "{\"type\":\"test\",\"name\":\"mandatoryTest_6_1_2\"}",
                        document(a, "2.0"));
    CHECK_STATUS(200, p);
    HAS_AT("true", p, "isValid");
    HAS_AT("csaf_2_0_strict", p, "tests.0.name");
    HAS_AT("mandatoryTest_6_1_2", p, "tests.1.name");
    p = ask(a, visit_nobody(st), "{\"type\":\"test\",\"name\":\"recommendedTest_6_2_1\"}",
            document(a, "2.1"));
    CHECK_STATUS(200, p);
    HAS_AT("recommendedTest_6_2_1", p, "tests.0.name");
    HAS_AT("true", p, "isValid");
}

APP_TEST(what_there_is_not_is_refused)
{
    struct visitor *v = visit_nobody(st);
    CHECK_STATUS(422, ask(a, v, "{\"type\":\"preset\",\"name\":\"all\"}", document(a, "2.0")));
    CHECK_STATUS(422, ask(a, v, "{\"type\":\"test\",\"name\":\"mandatoryTest_6_1_99\"}",
                          document(a, "2.0")));
    CHECK_STATUS(422, ask(a, v, "{\"type\":\"preset\",\"name\":\"full\"}", S("[]")));
    CHECK_STATUS(422, api_post(v, S("/api/v1/validate"), S("{}")));
}

/* --- the clients ------------------------------------------------------------------------------ */

#define OURS S("/api/v1/validate")

static bool has_only(const struct json *o, const char *const *names, size_t n)
{
    size_t found = 0;
    for (size_t i = 0; i < n; i++)
        found += json_get(o, str_z(names[i])) != NULL;
    return json_is(o, JSON_IS_OBJECT) && found == n && json_count(o) == n;
}

static void check_entries(const struct json *list)
{
    static const char *const entry[] = {"message", "instancePath"};
    CHECK(json_is(list, JSON_IS_ARRAY));
    for (size_t i = 0; i < json_count(list); i++) {
        CHECK(has_only(json_at(list, i), entry, COUNT(entry)));
        CHECK(json_get_text(json_at(list, i), S("message")).n > 0);
        CHECK(json_get_text(json_at(list, i), S("instancePath")).p != NULL);
    }
}

/* gocsaf and the CMS refuse members that they do not know; Secvisogram and the CMS want every
 * list to be there. */
static void check_answer(struct arena *a, struct page p)
{
    static const char *const whole[] = {"isValid", "tests"};
    static const char *const one[] = {"name", "isValid", "errors", "warnings", "infos"};
    const struct json *o = page_json(a, p), *tests = json_get(o, S("tests"));
    bool valid = true;
    CHECK_STATUS(200, p);
    CHECK_STR(S("application/json"), p.type);
    CHECK(has_only(o, whole, COUNT(whole)));
    for (size_t i = 0; i < json_count(tests); i++) {
        const struct json *t = json_at(tests, i);
        CHECK(has_only(t, one, COUNT(one)));
        CHECK(json_get_text(t, S("name")).n > 0);
        check_entries(json_get(t, S("errors")));
        check_entries(json_get(t, S("warnings")));
        check_entries(json_get(t, S("infos")));
        bool good = json_is(json_get(t, S("isValid")), JSON_IS_TRUE);
        CHECK(good == (json_count(json_get(t, S("errors"))) == 0));
        valid = valid && good;
    }
    CHECK(valid == json_is(json_get(o, S("isValid")), JSON_IS_TRUE));
}

APP_TEST(gocsaf_and_isduba_read_the_answer)
{
    str body =
        str_fmt(a, "{\"tests\":[{\"type\":\"preset\",\"name\":\"mandatory\"}],\"document\":%.*s}\n",
                SV(document(a, "2.0")));
    struct page p = visit_raw(visit_nobody(st), POST, OURS, S("application/json"), body,
                              "user-agent", "Go-http-client/1.1", "accept-encoding", "gzip", NULL);
    check_answer(a, p);
    HAS_AT("false", p, "isValid");
    HAS_AT("mandatoryTest_6_1_1", p, "tests.0.name");
}

APP_TEST(the_cms_reads_the_answer_though_it_sends_if_none_match)
{
    str body = str_fmt(a,
                       "{\n  \"csaf\" : null,\n  \"document\" : %.*s,\n  \"tests\" : [ {\n    "
                       "\"type\" : \"test\",\n    \"name\" : \"csaf_2_0\"\n  }, {\n    \"type\" : "
                       "\"preset\",\n    \"name\" : \"mandatory\"\n  } ]\n}",
                       SV(document(a, "2.0")));
    struct page p =
        visit_raw(visit_nobody(st), POST, OURS, S("application/json"), body, "accept",
                  "application/json", "accept-charset", "UTF-8", "if-none-match", "*", NULL);
    check_answer(a, p);
    HAS_AT("csaf_2_0", p, "tests.0.name");
    HAS_AT("mandatoryTest_6_1_1", p, "tests.1.name");
}

static struct page from_secvisogram(struct arena *a, struct visitor *v, str doc)
{
    str body = str_fmt(a,
                       "{\"tests\":[{\"type\":\"test\",\"name\":\"csaf_2_0\"},"
                       "{\"type\":\"preset\",\"name\":\"mandatory\"},"
                       "{\"type\":\"preset\",\"name\":\"optional\"},"
                       "{\"type\":\"preset\",\"name\":\"informative\"}],\"document\":%.*s}",
                       SV(doc));
    return visit_raw(v, POST, OURS, S("application/json"), body, "accept", "application/json",
                     "origin", "https://editor.example", "sec-fetch-site", "cross-site",
                     "sec-fetch-mode", "cors", NULL);
}

APP_TEST(secvisogram_reads_the_answer_also_for_2_1)
{
    struct page p = from_secvisogram(a, visit_nobody(st), document(a, "2.0"));
    check_answer(a, p);
    HAS_AT("csaf_2_0", p, "tests.0.name");
    HAS_AT("optionalTest_6_2_1", p, "tests.44.name");
    p = from_secvisogram(a, visit_nobody(st), document(a, "2.1"));
    check_answer(a, p);
    HAS_AT("csaf_2_1", p, "tests.0.name");
}

static struct page preflight(struct visitor *v, const char *path, const char *method)
{
    return visit_raw(v, OPTIONS, str_z(path), NO_STR, NO_STR, "origin", "https://editor.example",
                     "access-control-request-method", method, "access-control-request-headers",
                     "content-type", NULL);
}

static str allowed(struct page p)
{
    return http_answer_header(&p.rs, S("Access-Control-Allow-Origin"));
}

APP_TEST(pages_of_other_origins_may_ask_where_the_operator_lets_them)
{
    struct visitor *v = visit_nobody(st);
    struct page p = preflight(v, "/api/v1/validate", "POST");
    CHECK_STATUS(204, p);
    CHECK(allowed(p).p == NULL);
    CHECK(allowed(from_secvisogram(a, v, document(a, "2.0"))).p == NULL);
    help_sql(st->url, "INSERT INTO setting (key, value, rev) VALUES ('validator_origins', "
                      "'http://localhost:3000 https://editor.example', 1)");
    help_sql(st->url, "UPDATE generation SET n = n + 1"); /* as a change of a setting does */
    p = preflight(v, "/api/v1/validate", "POST");
    CHECK_STATUS(204, p);
    CHECK_STR(S("https://editor.example"), allowed(p));
    CHECK_STR(S("Origin"), http_answer_header(&p.rs, S("Vary")));
    CHECK(str_find(http_answer_header(&p.rs, S("Access-Control-Allow-Methods")), S("POST")) >= 0);
    CHECK_STR(S("Content-Type"), http_answer_header(&p.rs, S("Access-Control-Allow-Headers")));
    CHECK_STR(S("https://editor.example"), allowed(preflight(v, "/api/v1/tests", "GET")));
    CHECK_STR(S("https://editor.example"), allowed(from_secvisogram(a, v, document(a, "2.0"))));
    p = from_secvisogram(a, v, S("[]")); /* the editor shows the status */
    CHECK_STATUS(422, p);
    CHECK_STR(S("https://editor.example"), allowed(p));
    CHECK(allowed(visit_raw(v, OPTIONS, OURS, NO_STR, NO_STR, "origin", "https://other.example",
                            "access-control-request-method", "POST", NULL))
              .p == NULL);
    CHECK_STATUS(405, preflight(v, "/api/v1/reports", "POST"));
}

/* --- what the service's own tests demand ------------------------------------------------------ */

APP_TEST(an_empty_document_is_answered_for_every_preset_of_the_service)
{
    static const char *const presets[] = {"schema", "mandatory", "optional", "informative",
                                          "basic",  "extended",  "full"};
    for (size_t i = 0; i < COUNT(presets); i++)
        check_answer(
            a, ask(a, visit_nobody(st),
                   str_to_z(a, str_fmt(a, "{\"type\":\"preset\",\"name\":\"%s\"}", presets[i])),
                   S("{}")));
}

APP_TEST(a_test_that_is_named_twice_is_made_once)
{
    struct page p = ask(a, visit_nobody(st),
                        "{\"type\":\"test\",\"name\":\"mandatoryTest_6_1_1\"},"
                        "{\"type\":\"test\",\"name\":\"mandatoryTest_6_1_1\"}",
                        document(a, "2.0"));
    check_answer(a, p);
    CHECK_I64(1, (i64)json_count(json_get(page_json(a, p), S("tests"))));
    p = ask(a, visit_nobody(st), "{\"type\":\"preset\",\"name\":\"schema\"}", document(a, "2.0"));
    HAS_AT("csaf_2_0", p, "tests.0.name");
    HAS_AT("csaf_2_0_strict", p, "tests.1.name");
    CHECK_I64(2, (i64)json_count(json_get(page_json(a, p), S("tests"))));
}

static str preset_of(const struct json *list, const char *name)
{
    for (size_t i = 0; i < json_count(list); i++)
        if (str_eq(json_get_text(json_at(list, i), S("name")), str_z(name)))
            return json_get_text(json_at(list, i), S("preset"));
    return NO_STR;
}

/* 2.0 has 76 by name, two schemas among them; of 2.1 all that 2.0 has no name for. */
APP_TEST(the_tests_are_listed_with_their_presets)
{
    struct page p = visit_url(visit_nobody(st), S("/api/v1/tests")); /* described by its protocol */
    const struct json *list = page_json(a, p);
    CHECK_STATUS(200, p);
    CHECK_STR(S("informativeTest_6_3_11"), json_get_text(json_at(list, 75), S("name")));
    CHECK_STR(S("csaf_2_1_strict"), json_get_text(json_at(list, 76), S("name")));
    CHECK_STR(S("schema"), preset_of(list, "csaf_2_0"));
    CHECK_STR(S("schema"), preset_of(list, "csaf_2_1_strict"));
    CHECK_STR(S("mandatory"), preset_of(list, "mandatoryTest_6_1_27_11"));
    CHECK_STR(S("optional"), preset_of(list, "optionalTest_6_2_20"));
    CHECK_STR(S("recommended"), preset_of(list, "recommendedTest_6_2_1"));
    CHECK_STR(S("informative"), preset_of(list, "informativeTest_6_3_11"));
    for (size_t i = 0; i < json_count(list); i++) {
        str name = json_get_text(json_at(list, i), S("name"));
        for (size_t k = i + 1; k < json_count(list); k++)
            CHECK(!str_eq(name, json_get_text(json_at(list, k), S("name"))));
    }
}

APP_TEST(who_asks_too_often_is_told_to_wait_and_large_documents_count_for_more)
{
    struct visitor *v = visit_nobody(st);
    str doc = document(a, "2.0");
    buf large = {.a = a};
    for (int i = 0; i < (1 << 20); i++)
        buf_char(&large, ' ');
    buf_put(&large, doc);
    st->app->rates.validations_per_address = 20;
    for (int i = 0; i < 2; i++)
        CHECK_STATUS(200, ask(a, v, "", buf_str(&large)));
    CHECK_STATUS(429, ask(a, v, "", buf_str(&large)));
    CHECK_STATUS(200, ask(a, v, "", doc));
    CHECK_STATUS(429, ask(a, v, "", buf_str(&large)));
}
