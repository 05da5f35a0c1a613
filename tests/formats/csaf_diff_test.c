/* csaf_diff_test.c - what two CSAF documents say differently, and what makes no difference. */
#include "formats/csaf_diff.h"
#include "t.h"

static const char first[] =
    "{\"document\":{\"category\":\"csaf_base\",\"csaf_version\":\"2.0\",\"title\":\"Old\","
    "\"distribution\":{\"tlp\":{\"label\":\"WHITE\"}},\"publisher\":{\"category\":\"vendor\","
    "\"name\":\"V\",\"namespace\":\"https://example.com\"},\"tracking\":{\"id\":\"V-1\","
    "\"current_release_date\":\"2026-01-02T00:00:00Z\",\"status\":\"final\",\"version\":\"1\","
    "\"revision_history\":[{\"number\":\"1\",\"date\":\"2026-01-02T00:00:00Z\",\"summary\":\"a\"}]"
    "}},\"product_tree\":{\"branches\":[{\"category\":\"vendor\",\"name\":\"Acme\",\"branches\":["
    "{\"category\":\"product_version\",\"name\":\"1\",\"product\":{\"name\":\"Acme 1\","
    "\"product_id\":\"P1\"}},{\"category\":\"product_version\",\"name\":\"2\",\"product\":{"
    "\"name\":\"Acme 2\",\"product_id\":\"P2\",\"product_identification_helper\":{\"purl\":"
    "\"pkg:generic/acme@2\"}}}]}],\"product_groups\":[{\"group_id\":\"G\",\"product_ids\":"
    "[\"P1\",\"P2\"]}]},\"vulnerabilities\":[{\"cve\":\"CVE-2026-0001\",\"product_status\":{"
    "\"known_affected\":[\"P1\",\"P2\"]},\"scores\":[{\"products\":[\"P1\",\"P2\"],\"cvss_v3\":{"
    "\"version\":\"3.1\",\"baseScore\":9.8,\"vectorString\":\"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/"
    "C:H/I:H/A:H\"}}],\"remediations\":[{\"category\":\"vendor_fix\",\"details\":\"Update.\","
    "\"group_ids\":[\"G\"]}]},{\"cve\":\"CVE-2026-0002\",\"notes\":[{\"category\":\"summary\","
    "\"text\":\"s\"}]}]}";

static const struct json *read(struct arena *a, str text)
{
    const struct json *j = NULL;
    struct json_error error;
    CHECK_ERR(OK, json_read(a, text, &j, &error));
    return j;
}

static struct csaf_differences diff(struct arena *a, str x, str y)
{
    struct csaf_differences d;
    int wrong;
    CHECK_ERR(OK, csaf_diff(a, read(a, x), read(a, y), &d, &wrong));
    return d;
}

/* The text with each `from` replaced. */
static str with(struct arena *a, str text, const char *from, const char *to)
{
    buf b = {.a = a};
    size_t times = 0;
    for (ptrdiff_t at; (at = str_find(text, str_z(from))) >= 0; times++) {
        buf_put(&b, str_sub(text, 0, (size_t)at));
        buf_put(&b, str_z(to));
        text = str_from(text, (size_t)at + strlen(from));
    }
    buf_put(&b, text);
    CHECK(times > 0);
    return buf_str(&b);
}

/* There is one difference, and it is this. */
static void is_one(struct csaf_differences d, enum csaf_diff_kind kind, const char *what,
                   const char *old, const char *now)
{
    for (size_t i = 0; i < d.n && d.n != 1; i++)
        (void)printf("%.*s: %.*s\n", SV(csaf_diff_kind_name(d.v[i].kind)), SV(d.v[i].what));
    CHECK_I64(1, (i64)d.n);
    CHECK_STR(csaf_diff_kind_name(kind), csaf_diff_kind_name(d.v[0].kind));
    CHECK_STR(str_z(what), d.v[0].what);
    CHECK_STR(str_z(old), d.v[0].old);
    CHECK_STR(str_z(now), d.v[0].now);
}

TEST(ids_order_spaces_and_zones_mean_nothing)
{
    str x = str_z(first), y = with(a, x, "\"P1\"", "\"other\"");
    y = with(a, y, "[\"other\",\"P2\"]", " [ \"P2\" , \"other\" ] ");
    y = with(a, y, "2026-01-02T00:00:00Z", "2026-01-02T09:00:00.000+09:00");
    y = with(a, y, "\"group_ids\":[\"G\"]", "\"product_ids\":[\"P2\",\"other\"]");
    y = with(a, y, "\"title\":\"Old\",", "");
    y = with(a, y, "\"csaf_version\":\"2.0\",", "\"title\":\"Old\",\"csaf_version\":\"2.0\",");
    y = with(a, y,
             ",\"product_groups\":[{\"group_id\":\"G\",\"product_ids\": [ \"P2\" , \"other\" ] }]",
             "");
    CHECK_I64(0, (i64)diff(a, x, y).n);
}

TEST(the_same_in_another_version_differs_in_the_version_alone)
{
    str y = with(a, str_z(first), "\"csaf_version\":\"2.0\"", "\"csaf_version\":\"2.1\"");
    y = with(a, y, "WHITE", "CLEAR");
    y = with(a, y, "\"purl\":\"pkg:generic/acme@2\"", "\"purls\":[\"pkg:generic/acme@2\"]");
    y = with(a, y, "\"scores\":[{\"products\":[\"P1\",\"P2\"],\"cvss_v3\":{",
             "\"metrics\":[{\"products\":[\"P1\",\"P2\"],\"content\":{\"cvss_v3\":{");
    y = with(a, y, "C:H/I:H/A:H\"}}]", "C:H/I:H/A:H\"}}}]");
    is_one(diff(a, str_z(first), y), CSAF_DIFF_DOCUMENT, "csaf_version", "2.0", "2.1");
}

TEST(a_change_has_its_places_in_both_documents)
{
    str y = with(a, str_z(first), "\"title\":\"Old\"", "\"title\":\"New\"");
    struct csaf_differences d = diff(a, str_z(first), y);
    is_one(d, CSAF_DIFF_DOCUMENT, "title", "Old", "New");
    CHECK_STR(S("/document/title"), d.v[0].path_a);
    CHECK_STR(S("/document/title"), d.v[0].path_b);
    y = with(a, str_z(first), "WHITE", "AMBER");
    is_one(diff(a, str_z(first), y), CSAF_DIFF_TLP, "tlp", "CLEAR", "AMBER");
}

TEST(a_product_that_moved_in_the_tree_is_known_by_what_identifies_it)
{
    str y = with(a, str_z(first), "\"name\":\"2\"", "\"name\":\"2.0\"");
    y = with(a, y, "Acme 2", "Acme Two");
    is_one(diff(a, str_z(first), y), CSAF_DIFF_PRODUCT, "Acme 2", "Acme 2", "Acme Two");
}

TEST(the_status_of_a_product_is_told_with_both_names)
{
    str y = with(a, str_z(first), "\"known_affected\":[\"P1\",\"P2\"]",
                 "\"fixed\":[\"P2\"],\"known_affected\":[\"P1\"]");
    struct csaf_differences d = diff(a, str_z(first), y);
    is_one(d, CSAF_DIFF_STATUS, "CVE-2026-0001, Acme 2", "known_affected", "fixed");
    CHECK_STR(S("/vulnerabilities/0/product_status/known_affected/1"), d.v[0].path_a);
    CHECK_STR(S("/vulnerabilities/0/product_status/fixed/0"), d.v[0].path_b);
}

TEST(scores_and_remediations_that_changed_are_one_change)
{
    str y = with(a, with(a, str_z(first), "A:H\"", "A:N\""), "9.8", "9.1");
    is_one(diff(a, str_z(first), y), CSAF_DIFF_SCORE, "CVE-2026-0001, cvss_v3 3.1",
           "9.8 CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
           "9.1 CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:N");
    y = with(a, str_z(first), "Update.", "Update now.");
    is_one(diff(a, str_z(first), y), CSAF_DIFF_REMEDIATION, "CVE-2026-0001, vendor_fix", "Update.",
           "Update now.");
    y = with(a, str_z(first), "\"group_ids\":[\"G\"]", "\"product_ids\":[\"P1\"]");
    is_one(diff(a, str_z(first), y), CSAF_DIFF_REMEDIATION, "CVE-2026-0001, vendor_fix", "Acme 2",
           "");
}

TEST(what_a_new_vulnerability_holds_is_not_told_once_more)
{
    str y = with(a, str_z(first),
                 ",{\"cve\":\"CVE-2026-0002\",\"notes\":[{\"category\":\"summary\","
                 "\"text\":\"s\"}]}",
                 "");
    struct csaf_differences d = diff(a, y, str_z(first));
    CHECK_I64(1, (i64)d.n);
    CHECK_STR(S("vulnerability"), csaf_diff_kind_name(d.v[0].kind));
    CHECK_STR(S("CVE-2026-0002"), d.v[0].what);
    CHECK(d.v[0].path_a.p == NULL && d.v[0].old.p == NULL);
    CHECK_STR(S("/vulnerabilities/1"), d.v[0].path_b);
}

/* 10,000 products, twice over the same note, from the last to the first. */
static str many(struct arena *a, size_t n, bool backwards, size_t without)
{
    buf tree = {.a = a}, status = {.a = a};
    for (size_t i = 0; i < n; i++) {
        size_t k = backwards ? n - 1 - i : i;
        buf_putf(&tree, "%s{\"product_id\":\"%s%zu\",\"name\":\"N%zu\"}", i > 0 ? "," : "",
                 backwards ? "x" : "y", k, k);
        if (k != without)
            buf_putf(&status, "%s\"%s%zu\"", status.n > 0 ? "," : "", backwards ? "x" : "y", k);
    }
    return str_fmt(a,
                   "{\"document\":{\"csaf_version\":\"2.1\"},\"product_tree\":{"
                   "\"full_product_names\":[%.*s]},\"vulnerabilities\":[{\"cve\":\"CVE-2026-0001\","
                   "\"product_status\":{\"known_affected\":[%.*s]}}]}",
                   SV(buf_str(&tree)), SV(buf_str(&status)));
}

TEST(ten_thousand_products_are_matched)
{
    enum { MANY = 10000 };
    struct csaf_differences d = diff(a, many(a, MANY, false, MANY), many(a, MANY, true, MANY / 2));
    CHECK_I64(1, (i64)d.n);
    CHECK_STR(S("CVE-2026-0001, N5000"), d.v[0].what);
    CHECK_STR(S("known_affected"), d.v[0].old);
    CHECK(d.v[0].now.p == NULL);
}

TEST(a_document_of_no_version_is_refused)
{
    struct csaf_differences d;
    int wrong;
    CHECK_ERR(E_INVALID, csaf_diff(a, read(a, str_z(first)), read(a, S("{}")), &d, &wrong));
    CHECK_I64(1, wrong);
}
