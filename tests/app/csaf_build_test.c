/* csaf_build_test.c - an advisory as CSAF documents, from its draft and from the portal. */
#include "app/csaf_build.h"
#include "app/statuses.h"
#include "formats/csaf.h"
#include "help/released.h"
#include "t.h"

static const struct json *built(struct walk *w, const char *who, enum lang lang, bool v21,
                                enum csaf_profile profile)
{
    struct ctx *cx = who ? walk_as(w, who) : stage_nobody(w->st);
    str text;
    const struct json *j;
    struct json_error bad;
    CHECK_OK(cx, csaf_of_case(cx, w->case_id, lang, (struct csaf_wish){v21, profile}, &text));
    CHECK(json_read(cx->a, text, &j, &bad) == OK);
    return j;
}

static str at(const struct json *j, const char *pointer)
{
    return json_text(json_find(j, str_z(pointer)));
}

static void check_valid(struct arena *a, const struct json *j)
{
    struct csaf_choice all = {0};
    struct csaf_report r = {0};
    CHECK(csaf_choose(&all, S("extended")));
    csaf_validate(a, j, &all, &r);
    for (size_t i = 0; i < r.findings.n; i++)
        if (r.findings.v[i].group == CSAF_SCHEMA || r.findings.v[i].group == CSAF_MANDATORY ||
            str_eq(r.findings.v[i].test, S("6.2.13"))) /* members in the order of the alphabet */
            (void)printf("%.*s %.*s %.*s\n", SV(r.findings.v[i].test), SV(r.findings.v[i].path),
                         SV(r.findings.v[i].word));
    for (size_t i = 0; i < r.findings.n; i++)
        CHECK(!str_eq(r.findings.v[i].test, S("6.2.13")));
    CHECK(r.valid);
}

static void say_products(struct walk *w)
{
    struct ctx *cx = walk_as(w, "mihon.poc");
    struct input *in = stage_input(
        cx->a, "status", "affected", "url", "https://mihon.example/psirt/1", "products.0.name",
        "Gateway X", "products.0.versions", "2.4 より前", "products.0.status", "affected",
        "products.1.name", "Gateway X", "products.1.versions", "2.4", "products.1.status", "fixed",
        "products.2.name", "Gateway Y", "products.2.versions", "すべて", "products.2.status",
        "not_affected", "products.2.flag", "component_not_present", NULL);
    str lane = walk_lane(w, "mihon");
    CHECK_OK(cx, status_change(cx, w->case_id, lane, in));
    (void)stage_later(w->st, MINUTE);
}

APP_TEST(a_released_advisory_is_a_document_in_both_languages_and_versions)
{
    struct walk *w = released(st);
    say_products(w);
    const struct json *ja = built(w, NULL, LANG_JA, false, CSAF_PROFILES);
    CHECK_STR(S("csaf_security_advisory"), at(ja, "/document/category"));
    CHECK_STR(S("ja"), at(ja, "/document/lang"));
    CHECK_STR(S("coordinator"), at(ja, "/document/publisher/category"));
    CHECK_STR(S("CVE-2023-5915"), at(ja, "/vulnerabilities/0/cve"));
    CHECK_STR(S("Uncontrolled Resource Consumption"), at(ja, "/vulnerabilities/0/cwe/name"));
    CHECK_STR(S("vers:intdot/<2.4"), at(ja, "/product_tree/branches/0/branches/0/branches/0/name"));
    CHECK_STR(S("CSAFPID-0001"), at(ja, "/vulnerabilities/0/product_status/known_affected/0"));
    CHECK_STR(S("CSAFPID-0002"), at(ja, "/vulnerabilities/0/product_status/fixed/0"));
    CHECK_STR(S("CSAFPID-0003"), at(ja, "/vulnerabilities/0/product_status/known_not_affected/0"));
    CHECK_STR(S("component_not_present"), at(ja, "/vulnerabilities/0/flags/0/label"));
    CHECK_STR(S("CSAFPID-0003"), at(ja, "/vulnerabilities/0/flags/0/product_ids/0"));
    CHECK(json_find(ja, S("/vulnerabilities/0/threats")) == NULL); /* the flag says it */
    CHECK_STR(S("MEDIUM"), at(ja, "/vulnerabilities/0/scores/0/cvss_v3/baseSeverity"));
    CHECK_STR(S("2"), at(ja, "/document/tracking/version"));

    const struct json *en = built(w, NULL, LANG_EN, true, CSAF_PROFILES);
    str id = at(ja, "/document/tracking/id");
    CHECK_STR(str_join(a, id, S("-en")), at(en, "/document/tracking/id"));
    CHECK_STR(S("translator"), at(en, "/document/publisher/category"));
    CHECK_STR(S("ja"), at(en, "/document/source_lang"));
    CHECK_STR(S("external"), at(en, "/document/references/0/category"));
    CHECK(str_find(at(en, "/document/references/0/url"), S("/ja/advisories/")) > 0);
    CHECK_STR(S("4.20"), at(en, "/vulnerabilities/0/cwes/0/version"));
    for (int v21 = 0; v21 < 2; v21++)
        for (enum lang g = 0; g < LANG_COUNT; g++) {
            check_valid(a, built(w, NULL, g, v21, CSAF_PROFILES));
            check_valid(a, built(w, NULL, g, v21, CSAF_VEX));
        }
}

/* What the contact says, by names and values of the form. */
#define SAYS(w, ...)                                                                               \
    do {                                                                                           \
        struct ctx *says = walk_as(w, "mihon.poc");                                                \
        CHECK_OK(says,                                                                             \
                 status_change(says, (w)->case_id, walk_lane(w, "mihon"),                          \
                               stage_input(says->a, "status", "affected", __VA_ARGS__, NULL)));    \
        (void)stage_later((w)->st, MINUTE);                                                        \
    } while (0)

/* Nothing of those recommended tests, beside being valid in the whole. */
static void check_quiet(struct arena *a, const struct json *j, const char *tests)
{
    struct csaf_choice all = {0};
    struct csaf_report r = {0};
    CHECK(csaf_choose(&all, S("full")));
    csaf_validate(a, j, &all, &r);
    CHECK(r.valid);
    for (size_t i = 0; i < r.findings.n; i++)
        if (str_find(str_z(tests), r.findings.v[i].test) >= 0)
            CHECK_STR(S("nothing"),
                      str_fmt(a, "%.*s %.*s", SV(r.findings.v[i].test), SV(r.findings.v[i].path)));
}

#define BRANCH "/product_tree/branches/0/branches/0/branches/"
#define HELPER "/product/product_identification_helper"

APP_TEST(a_product_is_recognised_by_the_names_that_the_vendor_gave)
{
    struct walk *w = released(st);
    SAYS(w, "products.0.name", "Gateway X", "products.0.versions", "2.4 より前", "products.0.cpe",
         "cpe:/o:Mihon:gateway_x_firmware", "products.0.purl", "pkg:GitHub/Mihon/gateway-x",
         "products.1.name", "Gateway X", "products.1.versions", "2.4", "products.1.status", "fixed",
         "products.1.cpe", "cpe:2.3:o:mihon:gateway_x_firmware:*:*:*:*:*:*:*:*", "products.1.purl",
         "pkg:github/mihon/gateway-x", "products.2.name", "Gateway X", "products.2.versions",
         "2.6 以降", "products.2.status", "fixed", "products.2.cpe",
         "cpe:2.3:o:mihon:gateway_x_firmware:*:*:*:*:*:*:*:*");
    const struct json *old = built(w, NULL, LANG_JA, false, CSAF_PROFILES);
    CHECK_STR(S("cpe:2.3:o:mihon:gateway_x_firmware:*:*:*:*:*:*:*:*"),
              at(old, BRANCH "0" HELPER "/cpe"));
    CHECK_STR(S("pkg:github/mihon/gateway-x"), at(old, BRANCH "0" HELPER "/purl"));
    CHECK_STR(S("cpe:2.3:o:mihon:gateway_x_firmware:2.4:*:*:*:*:*:*:*"),
              at(old, BRANCH "1" HELPER "/cpe"));
    CHECK_STR(S("pkg:github/mihon/gateway-x@2.4"), at(old, BRANCH "1" HELPER "/purl"));
    CHECK(json_find(old, S(BRANCH "2/product/product_id")) != NULL);
    CHECK(json_find(old, S(BRANCH "2" HELPER)) == NULL); /* the first range has that name */
    const struct json *new = built(w, NULL, LANG_EN, true, CSAF_PROFILES);
    CHECK_STR(S("pkg:github/mihon/gateway-x@2.4"), at(new, BRANCH "1" HELPER "/purls/0"));
    check_quiet(a, old, "6.2.32 6.2.42");
    check_quiet(a, new, "6.2.32 6.2.42");
}

/* "vendor_fix of CSAFPID-0001, at a page" in a line each. */
static bool is_plain(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] > 0x7e)
            return false;
    return true;
}

static str tree(struct arena *a, const struct json *document)
{
    buf b = {.a = a};
    struct json_out o = {.b = &b};
    json_put_json(&o, json_get(document, S("product_tree")));
    return buf_str(&b);
}

/* The English document has no Japanese name: the vendor's English words, and versions that it wrote
 * in Japanese alone in English where they are understood; the Japanese one keeps the vendor's. */
APP_TEST(products_are_named_in_the_language_of_the_document)
{
    struct walk *w = released(st);
    SAYS(w, "products.0.name", "ゲートウェイ X", "products.0.name_en", "Gateway X",
         "products.0.versions", "2.4 より前", "products.1.name", "ゲートウェイ X",
         "products.1.versions", "現行の出荷分", "products.1.versions_en", "those shipped now",
         "products.1.status", "fixed");
    str en = tree(a, built(w, NULL, LANG_EN, true, CSAF_PROFILES)),
        ja = tree(a, built(w, NULL, LANG_JA, true, CSAF_PROFILES));
    CHECK(is_plain(en));
    CHECK(str_find(en, S("mihon Inc. Gateway X before 2.4")) > 0);
    CHECK(str_find(en, S("Gateway X those shipped now")) > 0);
    CHECK(str_find(ja, S("ゲートウェイ X 2.4 より前")) > 0);
    CHECK(str_find(ja, S("ゲートウェイ X 現行の出荷分")) > 0);
    CHECK(str_find(ja, S("Gateway")) < 0);
}

static str remedies(struct arena *a, const struct json *j)
{
    const struct json *all = json_find(j, S("/vulnerabilities/0/remediations"));
    buf b = {.a = a};
    for (size_t i = 0; i < json_count(all); i++) {
        const struct json *r = json_at(all, i), *ids = json_get(r, S("product_ids"));
        str date = json_get_text(r, S("date")), url = json_get_text(r, S("url"));
        buf_putf(&b, "%.*s", SV(json_get_text(r, S("category"))));
        for (size_t k = 0; k < json_count(ids); k++)
            buf_putf(&b, " %.*s", SV(str_from(json_text(json_at(ids, k)), 11)));
        buf_putf(&b, "%s%.*s%s%.*s\n", date.n ? " " : "", SV(date), url.n ? " " : "", SV(url));
    }
    return buf_str(&b);
}

APP_TEST(what_can_be_done_about_a_product_is_what_its_vendor_said)
{
    struct walk *w = released(st);
    SAYS(w, "url", "https://mihon.example/1", "products.0.name", "A", "products.0.remedy",
         "fix_planned", "products.0.remedy_date", "2026-12-05", "products.1.name", "B",
         "products.1.remedy", "workaround", "products.1.remedy_url", "https://mihon.example/b",
         "products.2.name", "C", "products.3.name", "D", "products.3.status", "not_affected",
         "products.3.remedy", "optional_patch", "products.3.flag",
         "vulnerable_code_not_in_execute_path", "products.4.name", "E", "products.4.remedy",
         "workaround");
    static const char around[] = "workaround 2 5\n",
                      pages[] = "workaround 2 https://mihon.example/b\n";
    const struct json *j = built(w, NULL, LANG_EN, true, CSAF_PROFILES);
    CHECK_STR(str_fmt(a,
                      "vendor_fix 3\nvendor_fix 3 https://mihon.example/1\n"
                      "fix_planned 1 2026-12-04T15:00:00.000Z\n%soptional_patch 4\n%s"
                      "optional_patch 4 https://mihon.example/1\n"
                      "workaround 5 https://mihon.example/1\n",
                      around, pages),
              remedies(a, j));
    check_quiet(a, j, "6.1.35 6.1.36 6.2.2 6.2.27");
    j = built(w, NULL, LANG_JA, false, CSAF_PROFILES);
    CHECK_STR(str_fmt(a,
                      "mitigation 3\nmitigation 3 https://mihon.example/1\n"
                      "none_available 1 2026-12-04T15:00:00.000Z\n%s%s"
                      "workaround 5 https://mihon.example/1\n",
                      around, pages),
              remedies(a, j));
    CHECK_STR(S("開発者は修正を予定しています。"),
              at(j, "/vulnerabilities/0/remediations/2/details"));
    check_quiet(a, j, "6.2.2");
}

/* "affected 1 3, fixed 2" of one vulnerability, by the ends of product ids. */
static str statuses(struct arena *a, const struct json *j, int vulnerability)
{
    static const char *const names[] = {"fixed", "known_affected", "known_not_affected",
                                        "under_investigation"};
    const struct json *all =
        json_find(j, str_fmt(a, "/vulnerabilities/%d/product_status", vulnerability));
    buf b = {.a = a};
    for (size_t i = 0; i < COUNT(names); i++) {
        const struct json *ids = json_get(all, str_z(names[i]));
        if (ids != NULL)
            buf_putf(&b, "%s%s", b.n > 0 ? ", " : "", names[i]);
        for (size_t k = 0; k < json_count(ids); k++)
            buf_putf(&b, " %.*s", SV(str_from(json_text(json_at(ids, k)), 11)));
    }
    return buf_str(&b);
}

/* CSAF 2.0, 3.2.3.5 (flags) and 3.2.3.9 (product status), which are of one vulnerability each. */
APP_TEST(each_vulnerability_has_its_own_statuses_and_reasons)
{
    struct walk *w = released_two(st);
    SAYS(w, "products.0.name", "X", "products.0.versions", "2.4 より前", "products.1.name", "X",
         "products.1.versions", "2.4 より前", "products.1.vulnerability", "cve-2026-10002",
         "products.1.status", "not_affected", "products.1.flag", "vulnerable_code_not_present",
         "products.2.name", "X", "products.2.versions", "2.4", "products.2.status", "fixed",
         "products.2.vulnerability", "1", "products.3.name", "Y", "products.3.status",
         "under_investigation", "products.4.name", "Y", "products.4.vulnerability", "2",
         "products.4.remedy", "workaround");
    for (int v21 = 0; v21 < 2; v21++) {
        const struct json *j = built(w, NULL, LANG_EN, v21, CSAF_PROFILES);
        CHECK_STR(S("csaf_security_advisory"), at(j, "/document/category"));
        CHECK_STR(S("fixed 2, known_affected 1, under_investigation 3"), statuses(a, j, 0));
        CHECK_STR(S("known_affected 3, known_not_affected 1"), statuses(a, j, 1));
        CHECK(json_find(j, S("/vulnerabilities/0/flags")) == NULL);
        CHECK_I64(1, (i64)json_count(json_find(j, S("/vulnerabilities/1/flags"))));
        CHECK_STR(S("vulnerable_code_not_present"), at(j, "/vulnerabilities/1/flags/0/label"));
        CHECK_STR(S("CSAFPID-0001"), at(j, "/vulnerabilities/1/flags/0/product_ids/0"));
        CHECK_STR(S("vendor_fix"), at(j, "/vulnerabilities/0/remediations/0/category"));
        CHECK_STR(S("workaround"), at(j, "/vulnerabilities/1/remediations/0/category"));
        CHECK_STR(S("CSAFPID-0003"), at(j, "/vulnerabilities/1/remediations/0/product_ids/0"));
        CHECK_STR(S("CSAFPID-0001"), at(j, v21 ? "/vulnerabilities/0/metrics/0/products/0"
                                               : "/vulnerabilities/0/scores/0/products/0"));
        CHECK_STR(S("CSAFPID-0003"), at(j, v21 ? "/vulnerabilities/1/metrics/0/products/0"
                                               : "/vulnerabilities/1/scores/0/products/0"));
        check_quiet(a, j, "6.2.1 6.2.32");
        for (enum lang g = 0; g < LANG_COUNT; g++)
            check_valid(a, built(w, NULL, g, v21, CSAF_VEX));
    }
}

static void check_vex_in_2_1(struct arena *a, struct walk *w)
{
    const struct json *old = built(w, NULL, LANG_JA, false, CSAF_PROFILES),
                      *new = built(w, NULL, LANG_JA, true, CSAF_PROFILES);
    CHECK_STR(S("csaf_security_advisory"), at(old, "/document/category"));
    CHECK_STR(S("csaf_vex"), at(new, "/document/category"));
    check_valid(a, old);
    check_valid(a, new);
}

/* CSAF 2.1: a security advisory has an affected product for each vulnerability (6.1.27.12), and
 * one of the same name beside what is fixed (6.1.27.13). */
APP_TEST(what_is_not_affected_or_only_fixed_is_a_vex_document_in_2_1)
{
    struct walk *w = released_two(st);
    SAYS(w, "products.0.name", "X", "products.1.name", "X", "products.1.vulnerability", "2",
         "products.1.status", "not_affected", "products.1.flag", "component_not_present");
    check_vex_in_2_1(a, w);
    SAYS(w, "products.0.name", "X", "products.0.versions", "2.4 より前", "products.1.name", "X",
         "products.1.versions", "2.4 より前", "products.1.vulnerability", "2", "products.1.status",
         "not_affected", "products.1.flag", "component_not_present", "products.2.name", "X",
         "products.2.versions", "2.4", "products.2.status", "fixed", "products.3.name", "Y");
    check_vex_in_2_1(a, w);
}

APP_TEST(a_draft_is_built_for_who_writes_it_and_for_nobody_else)
{
    struct walk *w = undrafted(st);
    vulnerability_add(w);
    (void)draft_save(w, draft_save(w, 0, draft_ja(a)), draft_en(a));
    struct csaf_wish wish = {false, CSAF_PROFILES};
    struct ctx *cx = stage_nobody(w->st);
    str text;
    CHECK_ERR(E_NOT_FOUND, csaf_of_case(cx, w->case_id, LANG_JA, wish, &text));
    cx = walk_as(w, "reiji.design");
    CHECK_ERR(E_NOT_FOUND, csaf_of_case(cx, w->case_id, LANG_JA, wish, &text));
    cx = walk_as(w, "coordinator");
    struct advisory adv;
    CHECK_OK(cx, advisory_view(cx, w->case_id, &adv));
    CHECK_OK(cx, advisory_ask(cx, w->case_id, adv.rev));
    (void)stage_later(w->st, MINUTE);
    cx = walk_as(w, "mihon.poc"); /* asked to agree: to its own part, not to the others' */
    CHECK_OK(cx, advisory_view(cx, w->case_id, &adv));
    CHECK_ERR(E_DENIED, csaf_of_case(cx, w->case_id, LANG_JA, wish, &text));
    const struct json *j = built(w, "coordinator", LANG_JA, false, CSAF_PROFILES);
    CHECK_STR(S("Gateway X における脆弱性"), at(j, "/document/title"));
    check_valid(a, j);
}

/* Sections whose heading names the body that writes them. */
APP_TEST(notes_are_headed_as_the_page_is)
{
    struct walk *w = undrafted(st);
    vulnerability_add(w);
    i64 rev = draft_save(w, 0, draft_ja(a));
    (void)draft_save(w, rev, stage_input(a, "ja.addendum", "補足です", NULL));
    const struct json *j = built(w, "coordinator", LANG_JA, true, CSAF_PROFILES);
    CHECK_STR(S("補足です"), at(j, "/document/notes/4/text"));
    CHECK_STR(S("架け橋からの補足情報"), at(j, "/document/notes/4/title"));
}

APP_TEST(a_withdrawn_advisory_says_why_and_names_no_product)
{
    struct walk *w = released(st);
    struct ctx *cx = walk_as(w, "coordinator");
    struct advisory adv;
    CHECK_OK(cx, advisory_view(cx, w->case_id, &adv));
    CHECK_OK(cx, advisory_withdraw(cx, w->case_id, adv.rev,
                                   stage_input(a, "reason_ja", "再現しませんでした", "reason_en",
                                               "It could not be reproduced", NULL)));
    const struct json *en = built(w, NULL, LANG_EN, true, CSAF_SECURITY_ADVISORY);
    CHECK_STR(S("csaf_withdrawn"), at(en, "/document/category"));
    CHECK_STR(S("Reasoning for Withdrawal"), at(en, "/document/notes/0/title"));
    CHECK_STR(S("It could not be reproduced"), at(en, "/document/notes/0/text"));
    CHECK(json_find(en, S("/product_tree")) == NULL);
    CHECK_STR(S("2"), at(en, "/document/tracking/version"));
    check_valid(a, en);
    check_valid(a, built(w, NULL, LANG_JA, false, CSAF_PROFILES));
}

APP_TEST(the_same_record_gives_the_same_bytes)
{
    struct walk *w = released(st);
    struct csaf_wish wish = {true, CSAF_PROFILES};
    struct ctx *cx = stage_nobody(w->st);
    str first, again;
    CHECK_OK(cx, csaf_of_case(cx, w->case_id, LANG_JA, wish, &first));
    (void)stage_later(w->st, DAY);
    cx = stage_nobody(w->st);
    CHECK_OK(cx, csaf_of_case(cx, w->case_id, LANG_JA, wish, &again));
    CHECK_STR(first, again);
}
