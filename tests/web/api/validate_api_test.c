/* validate_api_test.c - the protocol of csaf-validator-service. */
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
