/* csaf_convert_test.c - CSAF 2.0 to 2.1, rule by rule of conformance clause 18 of the standard;
 * and the official documents and real advisories as a whole. */
#include "formats/csaf_convert.h"
#include "t.h"

#include <dirent.h>

/* Half a document: what the rule is about is put into the three places. */
struct parts {
    const char *document, *tree, *vulnerability, *category, *title, *label;
};

static const char plain_tree[] =
    "\"full_product_names\":[{\"product_id\":\"A\",\"name\":\"Alpha 1\"},"
    "{\"product_id\":\"B\",\"name\":\"Beta 1\"}]";

static str source_of(struct arena *a, struct parts p)
{
    const char *tlp = p.label ? p.label : "\"distribution\":{\"tlp\":{\"label\":\"GREEN\"}},";
    return str_fmt(
        a,
        "{\"document\":{%s%s\"category\":\"%s\",\"csaf_version\":\"2.0\",\"publisher\":{"
        "\"category\":\"vendor\",\"name\":\"V\",\"namespace\":\"https://example.com\"},"
        "\"title\":\"%s\",\"tracking\":{\"current_release_date\":\"2022-02-01T00:00:00Z\","
        "\"id\":\"V-1\",\"initial_release_date\":\"2022-02-01T00:00:00Z\","
        "\"revision_history\":[{\"date\":\"2022-02-01T00:00:00Z\",\"number\":\"1\",\"summary\":"
        "\"First.\"}],\"status\":\"final\",\"version\":\"1\"}},\"product_tree\":{%s},"
        "\"vulnerabilities\":[{\"notes\":[{\"category\":\"other\",\"text\":\"n\"}]%s}]}",
        tlp, p.document ? p.document : "", p.category ? p.category : "csaf_base",
        p.title ? p.title : "T", p.tree ? p.tree : plain_tree,
        p.vulnerability ? p.vulnerability : "");
}

static const i64 now = 1704067200000; /* 2024-01-01 */

struct made {
    struct csaf_conversion r;
    const struct json *j;
};

static struct made convert_with(struct arena *a, struct parts p, struct csaf_convert_options o)
{
    struct made m;
    const struct json *source = NULL;
    struct json_error error;
    o.now = now;
    CHECK_ERR(OK, json_read(a, source_of(a, p), &source, &error));
    CHECK_ERR(OK, csaf_convert(a, source, &o, &m.r));
    CHECK_ERR(OK, json_read(a, m.r.bytes, &m.j, &error));
    return m;
}

static struct made convert(struct arena *a, struct parts p)
{
    return convert_with(a, p, (struct csaf_convert_options){0});
}

static str at(const struct made *m, const char *pointer)
{
    return json_text(json_find(m->j, str_z(pointer)));
}

/* The note of that word; its place must be this one. */
static const struct csaf_carried *note(const struct made *m, const char *word, const char *place)
{
    for (size_t i = 0; i < m->r.carried.n; i++)
        if (str_eq(m->r.carried.v[i].word, str_z(word)) &&
            str_eq(m->r.carried.v[i].place, str_z(place)))
            return &m->r.carried.v[i];
    for (size_t i = 0; i < m->r.carried.n; i++)
        (void)printf("has %.*s at %.*s\n", SV(m->r.carried.v[i].word), SV(m->r.carried.v[i].place));
    (void)printf("lacks %s at %s\n", word, place);
    CHECK(false);
    return NULL;
}

TEST(version_schema_and_tlp_are_those_of_2_1)
{
    struct made m = convert(a, (struct parts){.label = "\"distribution\":{\"tlp\":{\"label\":"
                                                       "\"WHITE\"}},"});
    CHECK(m.r.valid);
    CHECK_I64(0, (i64)m.r.carried.n);
    CHECK_STR(S("https://docs.oasis-open.org/csaf/csaf/v2.1/schema/csaf.json"), at(&m, "/$schema"));
    CHECK_STR(S("2.1"), at(&m, "/document/csaf_version"));
    CHECK_STR(S("CLEAR"), at(&m, "/document/distribution/tlp/label"));
    m = convert(a, (struct parts){.label = ""});
    CHECK_STR(S("CLEAR"), at(&m, "/document/distribution/tlp/label"));
    (void)note(&m, "tlp_default", "/document");
}

TEST(the_label_of_the_text_is_told_and_taken_when_asked)
{
    struct parts p = {.label = "\"distribution\":{\"text\":\"Shared as TLP v2.0: TLP:AMBER+STRICT"
                               ".\",\"tlp\":{\"label\":\"RED\"}},"};
    struct made m = convert(a, p);
    CHECK_STR(S("RED"), at(&m, "/document/distribution/tlp/label"));
    CHECK_STR(S("AMBER+STRICT"), note(&m, "tlp_differs", "/document/distribution/text")->what);
    m = convert_with(a, p, (struct csaf_convert_options){.tlp_by_text = true});
    CHECK_STR(S("AMBER+STRICT"), at(&m, "/document/distribution/tlp/label"));
    CHECK_STR(S("RED"), note(&m, "tlp_taken", "/document/distribution/text")->arg[0]);
}

TEST(a_document_of_another_version_is_refused)
{
    const struct json *j;
    struct json_error error;
    struct csaf_conversion r;
    struct csaf_convert_options o = {0};
    CHECK_ERR(OK, json_read(a, S("{\"document\":{\"csaf_version\":\"2.1\"}}"), &j, &error));
    CHECK_ERR(E_INVALID, csaf_convert(a, j, &o, &r));
    CHECK_STR(S("not_2_0"), r.carried.v[0].word);
    CHECK(r.carried.v[0].error);
}

TEST(members_that_2_0_does_not_have_are_left_out_aloud)
{
    struct made m = convert(a, (struct parts){.document = "\"x_own\":{\"y\":1},"});
    CHECK(json_find(m.j, S("/document/x_own")) == NULL);
    CHECK_STR(S("x_own"), note(&m, "unknown", "/document/x_own")->what);
    CHECK(m.r.valid);
}

TEST(leap_seconds_become_the_instant_before_their_end)
{
    struct made m = convert(
        a, (struct parts){.vulnerability = ",\"release_date\":\"2016-12-31T23:59:60.5Z\","
                                           "\"discovery_date\":\"2017-01-02T23:59:60+00:00\""});
    CHECK_STR(S("2016-12-31T23:59:59.999999Z"), at(&m, "/vulnerabilities/0/disclosure_date"));
    CHECK_STR(S("2017-01-02T23:59:59.999999+00:00"), at(&m, "/vulnerabilities/0/discovery_date"));
    (void)note(&m, "leap", "/vulnerabilities/0/release_date");
    (void)note(&m, "leap_never", "/vulnerabilities/0/discovery_date");
}

TEST(the_tracking_id_leaves_the_title_with_what_separates_it)
{
    struct made m = convert(a, (struct parts){.title = "V-1: Overflow in Alpha"});
    CHECK_STR(S("Overflow in Alpha"), at(&m, "/document/title"));
    m = convert(a, (struct parts){.title = "Overflow in Alpha (V-1)"});
    CHECK_STR(S("Overflow in Alpha"), at(&m, "/document/title"));
    m = convert(a, (struct parts){.title = "【V-1】Alpha の問題"});
    CHECK_STR(S("Alpha の問題"), at(&m, "/document/title"));
    (void)note(&m, "title_id", "/document/title");
}

TEST(a_licence_in_a_disclaimer_is_that_of_the_document_if_it_is_the_only_one)
{
    struct made m =
        convert(a, (struct parts){.document = "\"notes\":[{\"category\":\"legal_disclaimer\","
                                              "\"text\":\"License: CC-BY-4.0\"},{\"category\":"
                                              "\"legal_disclaimer\",\"text\":\"No warranty\"}],"});
    CHECK_STR(S("CC-BY-4.0"), at(&m, "/document/license_expression"));
    (void)note(&m, "licence", "/document/notes/0/text");
    m = convert(a, (struct parts){.document = "\"notes\":[{\"category\":\"legal_disclaimer\","
                                              "\"text\":\"MIT\"},{\"category\":"
                                              "\"legal_disclaimer\",\"text\":\"CC0-1.0\"}],"});
    CHECK(json_find(m.j, S("/document/license_expression")) == NULL);
    CHECK_STR(S("MIT, CC0-1.0"), note(&m, "licences", "/document/notes/0/text")->what);
}

TEST(relationships_become_product_paths)
{
    struct made m = convert(
        a,
        (struct parts){
            .tree = "\"full_product_names\":[{\"product_id\":\"A\",\"name\":\"Alpha 1\"},"
                    "{\"product_id\":\"B\",\"name\":\"Beta 1\"}],\"relationships\":[{\"category\":"
                    "\"installed_on\",\"product_reference\":\"A\",\"relates_to_product_reference\":"
                    "\"B\",\"full_product_name\":{\"product_id\":\"C\",\"name\":\"A on B\"}}]"});
    CHECK(m.r.valid);
    CHECK(json_find(m.j, S("/product_tree/relationships")) == NULL);
    CHECK_STR(S("A"), at(&m, "/product_tree/product_paths/0/beginning_product_reference"));
    CHECK_STR(S("installed_on"), at(&m, "/product_tree/product_paths/0/subpaths/0/category"));
    CHECK_STR(S("B"), at(&m, "/product_tree/product_paths/0/subpaths/0/next_product_reference"));
    CHECK_STR(S("C"), at(&m, "/product_tree/product_paths/0/full_product_name/product_id"));
}

TEST(what_identifies_products_is_written_as_2_1_wants_it)
{
    struct made m = convert(
        a,
        (struct parts){
            .tree = "\"full_product_names\":[{\"product_id\":\"A\",\"name\":\"Alpha 1\","
                    "\"product_identification_helper\":{\"cpe\":\"nonsense\",\"purl\":"
                    "\"pkg:NPM/a@1\",\"model_numbers\":[\"M1\",\"M2*\",\"a*b*c\",\"x\\\\y*\"],"
                    "\"hashes\":[{\"filename\":\"f\",\"file_hashes\":[{\"algorithm\":\"SHA-256\","
                    "\"value\":\"ABCDEF0123456789ABCDEF0123456789\"},{\"algorithm\":\"Own\","
                    "\"value\":\"00000000000000000000000000000000\"}]}]}}]"});
    static const char h[] = "/product_tree/full_product_names/0/product_identification_helper";
    const struct json *helper = json_find(m.j, str_z(h));
    CHECK(json_get(helper, S("cpe")) == NULL && json_get(helper, S("purl")) == NULL);
    CHECK_STR(S("pkg:npm/a@1"), json_text(json_find(helper, S("/purls/0"))));
    CHECK_STR(S("M1*"), json_text(json_find(helper, S("/model_numbers/0"))));
    CHECK_STR(S("M2*"), json_text(json_find(helper, S("/model_numbers/1"))));
    CHECK_STR(S("x\\\\y*"), json_text(json_find(helper, S("/model_numbers/2"))));
    CHECK_I64(3, (i64)json_count(json_get(helper, S("model_numbers"))));
    CHECK_STR(S("sha256"), json_text(json_find(helper, S("/hashes/0/file_hashes/0/algorithm"))));
    CHECK_STR(S("own"), json_text(json_find(helper, S("/hashes/0/file_hashes/1/algorithm"))));
    CHECK_STR(S("abcdef0123456789abcdef0123456789"),
              json_text(json_find(helper, S("/hashes/0/file_hashes/0/value"))));
    (void)note(&m, "cpe", str_to_z(a, str_fmt(a, "%s/cpe", h)));
    (void)note(&m, "number_part", str_to_z(a, str_fmt(a, "%s/model_numbers/0", h)));
    (void)note(&m, "number_stars", str_to_z(a, str_fmt(a, "%s/model_numbers/2", h)));
    (void)note(&m, "hash_unknown",
               str_to_z(a, str_fmt(a, "%s/hashes/0/file_hashes/1/algorithm", h)));
    CHECK(m.r.valid);
}

TEST(weaknesses_name_the_version_that_was_latest_before_the_document)
{
    /* CWE 4.6 came on 2021-10-28, 4.7 on 2022-04-28; the document is of 2022-02-01. */
    struct parts p = {.vulnerability = ",\"cwe\":{\"id\":\"CWE-79\",\"name\":\"Improper "
                                       "Neutralization of Input During Web Page Generation "
                                       "('Cross-site Scripting')\"}"};
    struct made m = convert(a, p);
    CHECK_STR(S("4.6"), at(&m, "/vulnerabilities/0/cwes/0/version"));
    CHECK(json_find(m.j, S("/vulnerabilities/0/cwe")) == NULL && m.r.valid);
    m = convert_with(a, p, (struct csaf_convert_options){.latest_cwe = true});
    CHECK(!str_eq(S("4.6"), at(&m, "/vulnerabilities/0/cwes/0/version")) && m.r.valid);
}

#define SCORE                                                                                      \
    "\"baseScore\":9.8,\"baseSeverity\":\"CRITICAL\",\"vectorString\":"                            \
    "\"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H\",\"version\":\"3.1\""

TEST(scores_become_metrics_and_a_link_to_the_calculator_one_more)
{
    struct made m = convert(
        a, (struct parts){
               .vulnerability =
                   ",\"product_status\":{\"known_affected\":[\"A\"]},\"scores\":[{\"products\":"
                   "[\"A\"],\"cvss_v3\":{" SCORE "}}],\"references\":[{\"summary\":\"4.0\",\"url\":"
                   "\"https://www.first.org/cvss/calculator/4.0#CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/"
                   "VC:H/VI:H/VA:H/SC:N/SI:N/SA:N\"}]"});
    CHECK(m.r.valid);
    CHECK_STR(S("9.8"), json_number(json_find(
                            m.j, S("/vulnerabilities/0/metrics/0/content/cvss_v3/baseScore"))));
    CHECK_STR(S("A"), at(&m, "/vulnerabilities/0/metrics/0/products/0"));
    /* FIRST's calculator: 9.3, critical. */
    CHECK_STR(S("9.3"), json_number(json_find(
                            m.j, S("/vulnerabilities/0/metrics/1/content/cvss_v4/baseScore"))));
    CHECK_STR(S("CRITICAL"), at(&m, "/vulnerabilities/0/metrics/1/content/cvss_v4/baseSeverity"));
    m = convert(a, (struct parts){.vulnerability = ",\"references\":[{\"summary\":\"x\",\"url\":"
                                                   "\"https://www.first.org/cvss/calculator/4.0#"
                                                   "CVSS:4.0/AV:N\"}]"});
    (void)note(&m, "cvss4_vector", "/vulnerabilities/0/references/0/url");
}

TEST(an_issue_of_the_csaf_tc_gets_the_name_that_is_registered)
{
    struct made m =
        convert(a, (struct parts){.vulnerability = ",\"ids\":[{\"system_name\":\"OASIS Open CSAF "
                                                   "TC GitHub Issues\",\"text\":\"Issue #0012\"},"
                                                   "{\"system_name\":\"Own\",\"text\":\"1\"}]"});
    CHECK_STR(S("https://github.com/oasis-tcs/csaf"),
              at(&m, "/vulnerabilities/0/ids/0/system_name"));
    CHECK_STR(S("#12"), at(&m, "/vulnerabilities/0/ids/0/text"));
    (void)note(&m, "id", "/vulnerabilities/0/ids/0");
    (void)note(&m, "id_unknown", "/vulnerabilities/0/ids/1");
}

TEST(a_fix_for_what_is_not_affected_is_an_optional_patch)
{
    struct made m = convert(
        a, (struct parts){.vulnerability =
                              ",\"product_status\":{\"known_affected\":[\"A\"],\"fixed\":[\"B\"]},"
                              "\"remediations\":[{\"category\":\"vendor_fix\",\"details\":\"d\","
                              "\"product_ids\":[\"A\",\"B\"]}]"});
    CHECK(m.r.valid);
    CHECK_STR(S("vendor_fix"), at(&m, "/vulnerabilities/0/remediations/0/category"));
    CHECK_STR(S("A"), at(&m, "/vulnerabilities/0/remediations/0/product_ids/0"));
    CHECK_STR(S("optional_patch"), at(&m, "/vulnerabilities/0/remediations/1/category"));
    CHECK_STR(S("B"), at(&m, "/vulnerabilities/0/remediations/1/product_ids/0"));
    CHECK_STR(S("B"), note(&m, "remedy_split", "/vulnerabilities/0/remediations/0")->arg[0]);
}

TEST(no_fix_and_a_fix_of_later_are_a_planned_fix)
{
    static const char both[] =
        ",\"product_status\":{\"known_affected\":[\"A\"]},\"remediations\":[{\"category\":"
        "\"none_available\",\"details\":\"n\",\"product_ids\":[\"A\"]},{\"category\":"
        "\"vendor_fix\",\"details\":\"v\",\"product_ids\":[\"A\"]%s}]";
    str later = str_fmt(a, both, ",\"date\":\"2025-01-01T00:00:00Z\"");
    struct made m = convert(a, (struct parts){.vulnerability = str_to_z(a, later)});
    CHECK(m.r.valid);
    CHECK_I64(1, (i64)json_count(json_find(m.j, S("/vulnerabilities/0/remediations"))));
    CHECK_STR(S("fix_planned"), at(&m, "/vulnerabilities/0/remediations/0/category"));
    CHECK_STR(S("n"), at(&m, "/vulnerabilities/0/remediations/0/details"));
    (void)note(&m, "remedy_left", "/vulnerabilities/0/remediations/1");
    str past = str_fmt(a, both, ",\"date\":\"2023-01-01T00:00:00Z\"");
    m = convert(a, (struct parts){.vulnerability = str_to_z(a, past)});
    CHECK(m.r.valid);
    CHECK_I64(1, (i64)json_count(json_find(m.j, S("/vulnerabilities/0/remediations"))));
    CHECK_STR(S("vendor_fix"), at(&m, "/vulnerabilities/0/remediations/0/category"));
}

#define LEAF(category, name, id)                                                                   \
    "{\"category\":\"" category "\",\"name\":\"" name "\",\"product\":{\"name\":\"Full " name      \
    "\",\"product_id\":\"" id "\"}}"
#define BRANCH(category, name, children)                                                           \
    "{\"category\":\"" category "\",\"name\":\"" name "\",\"branches\":[" children "]}"

TEST(ranges_without_upper_end_or_with_one_version_are_versions)
{
    struct made m = convert(
        a, (struct parts){
               .tree = "\"branches\":[" BRANCH(
                   "product_name", "Alpha",
                   LEAF("product_version_range", "vers:generic/>=1.0", "A") "," LEAF(
                       "product_version_range", "vers:generic/2.0",
                       "B") "," LEAF("product_version_range", ">=1.0|<2.0|>=3.0",
                                     "C") "," LEAF("product_version_range", "< 4.0", "D")) "]"});
    static const char b[] = "/product_tree/branches/0/branches";
    CHECK_STR(S("product_version"), at(&m, "/product_tree/branches/0/branches/0/category"));
    CHECK_STR(S("1.0"), at(&m, "/product_tree/branches/0/branches/0/name"));
    CHECK_STR(S("product_version"), at(&m, "/product_tree/branches/0/branches/1/category"));
    CHECK_STR(S("2.0"), at(&m, "/product_tree/branches/0/branches/1/name"));
    CHECK_STR(S(">=1.0|<2.0|3.0"), at(&m, "/product_tree/branches/0/branches/2/name"));
    CHECK_STR(S("<4.0"), at(&m, "/product_tree/branches/0/branches/3/name"));
    (void)note(&m, "range_open", str_to_z(a, str_fmt(a, "%s/0/name", b)));
    (void)note(&m, "range_single", str_to_z(a, str_fmt(a, "%s/1/name", b)));
    (void)note(&m, "range_space", str_to_z(a, str_fmt(a, "%s/3/name", b)));
    CHECK(m.r.valid);
}

TEST(stacked_categories_are_taken_apart)
{
    struct made m = convert(
        a, (struct parts){.tree = "\"branches\":[" BRANCH(
                              "vendor", "Open-Source",
                              BRANCH("vendor", "Acme", LEAF("product_name", "Alpha", "A")) "," LEAF(
                                  "product_name", "Lone", "L")) "]"});
    CHECK(m.r.valid);
    CHECK_STR(S("Open-Source"), at(&m, "/product_tree/branches/0/name"));
    CHECK_STR(S("L"), at(&m, "/product_tree/branches/0/branches/0/product/product_id"));
    CHECK_STR(S("Acme"), at(&m, "/product_tree/branches/1/name"));
    (void)note(&m, "stacked", "/product_tree/branches/0/branches/0/branches/0");
    m = convert(a, (struct parts){.tree = "\"branches\":[" BRANCH(
                                      "product_name", "Alpha",
                                      BRANCH("product_version", "1",
                                             LEAF("product_version_range", "<1.5", "A"))) "]"});
    CHECK(m.r.valid);
    CHECK_STR(S("product_family"), at(&m, "/product_tree/branches/0/category"));
    CHECK_STR(S("product_name"), at(&m, "/product_tree/branches/0/branches/0/category"));
    CHECK_STR(S("Alpha 1"), at(&m, "/product_tree/branches/0/branches/0/name"));
    m = convert(
        a, (struct parts){.tree = "\"branches\":[" BRANCH("architecture", "x86",
                                                          LEAF("architecture", "x64", "A")) "]"});
    CHECK(!m.r.valid);
    CHECK(note(&m, "stacked_stays", "/product_tree/branches/0/branches/0")->error);
}

TEST(the_end_of_an_affected_range_is_a_fixed_version_of_a_security_advisory)
{
    struct made m = convert(
        a, (struct parts){
               .category = "csaf_security_advisory",
               .tree = "\"branches\":[" BRANCH(
                   "vendor", "Acme",
                   BRANCH("product_name", "Alpha", LEAF("product_version_range", "<2.0", "A"))) "]",
               .vulnerability = ",\"product_status\":{\"known_affected\":[\"A\"]}",
               .document = "\"notes\":[{\"category\":\"summary\",\"text\":\"s\"}],"
                           "\"references\":[{\"category\":\"self\",\"summary\":\"s\",\"url\":"
                           "\"https://example.com/v-1.json\"}],"});
    CHECK(m.r.valid);
    CHECK_STR(S("csaf_security_advisory"), at(&m, "/document/category"));
    CHECK_STR(S("2.0"), at(&m, "/product_tree/branches/0/branches/0/branches/1/name"));
    CHECK_STR(S("Acme Alpha 2.0"),
              at(&m, "/product_tree/branches/0/branches/0/branches/1/product/name"));
    CHECK_STR(S("A-fixed"), at(&m, "/vulnerabilities/0/product_status/fixed/0"));
    CHECK_STR(S("/vulnerabilities/0"),
              note(&m, "fixed", "/product_tree/branches/0/branches/0/branches/0")->arg[1]);
}

TEST(an_advisory_that_names_no_affected_product_is_a_deprecated_one)
{
    struct made m =
        convert(a, (struct parts){.category = "csaf_security_advisory",
                                  .vulnerability =
                                      ",\"product_status\":{\"under_investigation\":[\"A\"]}"});
    CHECK(m.r.valid);
    CHECK_STR(S("csaf_deprecated_security_advisory"), at(&m, "/document/category"));
    (void)note(&m, "profile_deprecated", "/document/category");
}

TEST(a_withdrawn_document_keeps_its_category_where_the_profile_does_not_fit)
{
    struct made m = convert(a, (struct parts){.title = "Withdrawn: Alpha"});
    CHECK_STR(S("csaf_base"), at(&m, "/document/category"));
    (void)note(&m, "profile_not", "/document/category");
}

TEST(a_note_on_one_product_is_tied_to_it)
{
    struct made m =
        convert(a, (struct parts){.document = "\"notes\":[{\"category\":\"description\",\"title\":"
                                              "\"Product Description for Alpha 1\",\"text\":\"t\"}"
                                              ",{\"category\":\"description\",\"title\":\"Product "
                                              "Description - Gamma\",\"text\":\"t\"}"
                                              ",{\"category\":\"summary\",\"title\":\"Summary "
                                              "(Beta 1)\",\"text\":\"t\"}"
                                              ",{\"category\":\"legal_disclaimer\",\"title\":"
                                              "\"License of Beta 1\",\"text\":\"t\"}],"});
    CHECK(m.r.valid);
    CHECK_STR(S("A"), at(&m, "/document/notes/0/product_ids/0"));
    CHECK(json_find(m.j, S("/document/notes/1/product_ids")) == NULL);
    CHECK_STR(S("B"), at(&m, "/document/notes/2/product_ids/0"));
    CHECK_STR(S("B"), at(&m, "/document/notes/3/product_ids/0"));
    (void)note(&m, "note_tied", "/document/notes/0/title");
    (void)note(&m, "note_loose", "/document/notes/1/title");
}

/* 300 notes on a family of 300 products: what comes out is not 300 times as large. */
TEST(notes_on_a_large_family_are_tied_up_to_a_bound)
{
    buf tree = {.a = a}, notes = {.a = a};
    buf_put(&tree,
            S("\"branches\":[{\"category\":\"product_name\",\"name\":\"Fam\",\"branches\":["));
    buf_put(&notes, S("\"notes\":["));
    for (int i = 0; i < 300; i++) {
        buf_putf(&tree,
                 "%s{\"category\":\"product_version\",\"name\":\"%d\",\"product\":{\"product_id\":"
                 "\"P%d\",\"name\":\"Fam %d\"}}",
                 i ? "," : "", i, i, i);
        buf_putf(&notes,
                 "%s{\"category\":\"summary\",\"title\":\"Summary for Fam\",\"text\":\"%d\"}",
                 i ? "," : "", i);
    }
    buf_put(&tree, S("]}]"));
    buf_put(&notes, S("],"));
    struct made m = convert(a, (struct parts){.document = str_to_z(a, buf_str(&notes)),
                                              .tree = str_to_z(a, buf_str(&tree))});
    CHECK_STR(S("P299"), at(&m, "/document/notes/0/product_ids/299"));
    CHECK(json_find(m.j, S("/document/notes/165/product_ids")) != NULL); /* 166 * 300 */
    CHECK(json_find(m.j, S("/document/notes/166/product_ids")) == NULL);
    (void)note(&m, "note_loose", "/document/notes/166/title");
}

TEST(ssvc_in_a_note_becomes_a_metric_when_nothing_is_lost)
{
    struct made m = convert(
        a, (struct parts){.vulnerability =
                              ",\"product_status\":{\"known_affected\":[\"A\"]},\"threats\":[{"
                              "\"category\":\"impact\",\"details\":\"d\"}]"});
    CHECK(m.r.valid);
    static const char noted[] =
        "{\"document\":{\"csaf_version\":\"2.0\"},\"vulnerabilities\":[{\"product_status\":{"
        "\"known_affected\":[\"A\"]},\"notes\":[{\"category\":\"other\",\"title\":\"SSVC\","
        "\"text\":\"%s\"}]}]}";
    static const struct {
        const char *text;
        bool taken;
    } cases[] = {
        {"{\\\"timestamp\\\":\\\"2024-01-24T10:00:00Z\\\",\\\"schemaVersion\\\":\\\"2.0.0\\\","
         "\\\"selections\\\":[{\\\"namespace\\\":\\\"ssvc\\\",\\\"key\\\":\\\"E\\\","
         "\\\"version\\\":"
         "\\\"1.1.0\\\",\\\"values\\\":[{\\\"key\\\":\\\"A\\\"}]}]}",
         true},
        {"SSVCv2/E:A/2024-01-24T10:00:00Z/", false}, /* E is there in 1.0.0 and 1.1.0 */
        {"urgent", false},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        const struct json *source = NULL;
        struct json_error error;
        struct csaf_convert_options o = {.now = now};
        struct made x;
        CHECK_ERR(OK, json_read(a, str_fmt(a, noted, cases[i].text), &source, &error));
        CHECK_ERR(OK, csaf_convert(a, source, &o, &x.r));
        CHECK_ERR(OK, json_read(a, x.r.bytes, &x.j, &error));
        bool has = json_find(x.j, S("/vulnerabilities/0/metrics/0/content/ssvc_v2")) != NULL;
        bool noted_still = json_find(x.j, S("/vulnerabilities/0/notes")) != NULL;
        CHECK(has == cases[i].taken && noted_still == !cases[i].taken);
    }
}

/* ---- whole documents ---- */

struct counts {
    size_t sources, converted, told;
};

static str read_whole(struct arena *a, const char *path)
{
    FILE *f = fopen(path, "rb");
    buf b = {.a = a};
    char some[16384];
    for (size_t n = f ? 1 : 0; n > 0;) {
        n = fread(some, 1, sizeof some, f);
        buf_put(&b, (str){some, n});
    }
    if (f != NULL)
        (void)fclose(f);
    return buf_str(&b);
}

static bool is_valid(struct arena *a, const struct json *j)
{
    struct csaf_choice choice = {.now = now};
    struct csaf_report r;
    CHECK(csaf_choose(&choice, S("basic")));
    csaf_validate(a, j, &choice, &r);
    return r.valid;
}

static bool told(const struct csaf_conversion *r)
{
    for (size_t i = 0; i < r->carried.n; i++)
        if (r->carried.v[i].error && r->carried.v[i].place.n > 0)
            return true;
    return false;
}

static void count_document(struct arena *a, const char *path, struct counts *n)
{
    const struct json *source, *result;
    struct json_error error;
    struct csaf_convert_options o = {.now = now};
    struct csaf_conversion r;
    if (json_read(a, read_whole(a, path), &source, &error) != OK ||
        csaf_convert(a, source, &o, &r) != OK)
        return;
    CHECK_ERR(OK, json_read(a, r.bytes, &result, &error));
    bool valid = is_valid(a, result);
    CHECK(valid == r.valid);
    if (!is_valid(a, source))
        return;
    n->sources++;
    n->converted += valid;
    n->told += !valid && told(&r);
    if (!valid)
        (void)printf("%s: not valid, told: %d\n", path, told(&r));
}

static struct counts count_folder(struct arena *a, str folder)
{
    struct counts n = {0};
    DIR *d = opendir(str_to_z(a, folder));
    if (d == NULL)
        return n;
    for (const struct dirent *e = readdir(d); e != NULL; e = readdir(d)) {
        struct arena *own = arena_new();
        if (str_has_suffix(str_z(e->d_name), S(".json")))
            count_document(own, str_to_z(own, str_fmt(own, "%.*s/%s", SV(folder), e->d_name)), &n);
        arena_free(own);
    }
    (void)closedir(d);
    return n;
}

TEST(every_valid_official_document_becomes_a_valid_one)
{
    const char *data = TESTDATA();
    static const char *const folders[] = {"mandatory", "optional", "informative"};
    struct counts all = {0};
    for (size_t i = 0; i < COUNT(folders); i++) {
        struct counts n =
            count_folder(a, str_fmt(a, "%s/csaf/2.0/validator-tests/data/%s", data, folders[i]));
        all.sources += n.sources;
        all.converted += n.converted;
    }
    (void)printf("%zu of %zu valid official documents of 2.0 are valid as 2.1\n", all.converted,
                 all.sources);
    CHECK(all.sources > 0 && all.converted == all.sources);
}

TEST(a_real_advisory_becomes_valid_or_is_told_of)
{
    const char *data = TESTDATA();
    struct counts n = count_folder(a, str_fmt(a, "%s/real-advisories", data));
    (void)printf("%zu of %zu real advisories are valid as 2.1\n", n.converted, n.sources);
    CHECK(n.sources > 0 && n.converted + n.told == n.sources && n.converted * 5 >= n.sources * 4);
}
