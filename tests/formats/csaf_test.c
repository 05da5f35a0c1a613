/* csaf_test.c - findings in documents that no official case is like. */
#include "formats/csaf.h"
#include "t.h"

static struct csaf_report check(struct arena *a, str text)
{
    const struct json *j;
    struct json_error e;
    struct csaf_choice all = {0};
    struct csaf_report r;
    CHECK(csaf_choose(&all, S("mandatory")));
    CHECK(json_read(a, text, &j, &e) == OK);
    csaf_validate(a, j, &all, &r);
    return r;
}

/* Paths of what the test found, one a line, in the order of their discovery. */
static str found_by(struct arena *a, const struct csaf_report *r, str test)
{
    buf b = {.a = a};
    for (size_t i = 0; i < r->findings.n; i++)
        if (str_eq(r->findings.v[i].test, test))
            buf_putf(&b, "%.*s\n", SV(r->findings.v[i].path));
    return buf_str(&b);
}

static void put_metric(buf *b, int source, const char *products)
{
    buf_putf(b,
             "{\"products\":[%s],\"source\":\"https://example.org/%d\","
             "\"content\":{\"cvss_v3\":{\"version\":\"3.1\"}}},",
             products, source);
}

/* 2.1, section 6.1.7: one score a product, version and source. */
TEST(a_score_given_twice_is_found_however_many_sources_there_are)
{
    buf b = {.a = a};
    buf_put(&b, S("{\"document\":{\"csaf_version\":\"2.1\"},\"vulnerabilities\":[{\"metrics\":["));
    for (int source = 0; source < 40; source++)
        put_metric(&b, source, "\"A\",\"B\"");
    put_metric(&b, 3, "\"C\",\"B\"");
    put_metric(&b, 39, "\"A\",\"C\"");
    put_metric(&b, 39, "\"D\",7,\"D\"");
    b.n--;
    buf_put(&b, S("]},{\"metrics\":["));
    put_metric(&b, 3, "\"B\"");
    b.n--;
    buf_put(&b, S("]}]}"));
    struct csaf_report r = check(a, buf_str(&b));
    CHECK_STR(S("/vulnerabilities/0/metrics/40/products/1\n"
                "/vulnerabilities/0/metrics/41/products/0\n"
                "/vulnerabilities/0/metrics/42/products/2\n"),
              found_by(a, &r, S("6.1.7")));
}

TEST(what_is_no_text_in_a_list_of_products_hides_no_other)
{
    struct csaf_report r = check(
        a, S("{\"document\":{\"csaf_version\":\"2.0\"},\"product_tree\":{"
             "\"full_product_names\":[{\"product_id\":\"A\"}],"
             "\"product_groups\":[{\"group_id\":\"G\",\"product_ids\":[1,\"X\",null,\"A\",{}]},"
             "{\"group_id\":\"H\",\"product_ids\":[]}]},"
             "\"vulnerabilities\":[{\"product_status\":{\"fixed\":[[],\"A\",2,\"Y\"],"
             "\"known_affected\":[\"A\",\"A\"]},"
             "\"flags\":[{\"label\":\"component_not_present\",\"group_ids\":[5,\"G\",\"K\"]},"
             "{\"label\":\"vulnerable_code_not_present\",\"product_ids\":[0,\"A\"]}]}]}"));
    CHECK_STR(S("/product_tree/product_groups/0/product_ids/1\n"
                "/vulnerabilities/0/product_status/fixed/3\n"),
              found_by(a, &r, S("6.1.1")));
    CHECK_STR(S("/vulnerabilities/0/flags/0/group_ids/2\n"), found_by(a, &r, S("6.1.4")));
    CHECK_STR(S("/vulnerabilities/0/product_status/known_affected/0\n"
                "/vulnerabilities/0/product_status/known_affected/1\n"),
              found_by(a, &r, S("6.1.6")));
    CHECK_STR(S("/vulnerabilities/0/flags/1/product_ids/1\n"), found_by(a, &r, S("6.1.33")));
}

/* The schema of the whole document finds it as well; 6.1.8 tells it in any case. */
TEST(a_wrong_cvss_object_is_found_with_and_without_the_schema)
{
    const struct json *j;
    struct json_error e;
    str text = S("{\"document\":{\"csaf_version\":\"2.0\"},\"vulnerabilities\":[{\"scores\":[{"
                 "\"products\":[\"A\"],\"cvss_v3\":{\"version\":\"3.1\",\"vectorString\":"
                 "\"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H\",\"baseScore\":9.8}}]}]}");
    CHECK(json_read(a, text, &j, &e) == OK);
    static const str presets[] = {S_INIT("mandatory"), S_INIT("basic"), S_INIT("full")};
    for (size_t i = 0; i < COUNT(presets); i++) {
        struct csaf_choice choice = {0};
        struct csaf_report r;
        CHECK(csaf_choose(&choice, presets[i]));
        csaf_validate(a, j, &choice, &r);
        CHECK_STR(S("/vulnerabilities/0/scores/0/cvss_v3\n"), found_by(a, &r, S("6.1.8")));
    }
}
