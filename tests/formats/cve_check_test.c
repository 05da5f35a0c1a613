/* cve_check_test.c - each rule of the numbering authorities is found broken where it is. */
#include "formats/cve_check.h"
#include "help/cve.h"
#include "t.h"

#include "base/time.h"

#define NOW ((i64)1793581200000) /* 2026-11-02T01:00:00Z */

/* "5.1.10 /containers/cna/references!; …": the mark is a MUST. */
static str found(struct arena *a, const struct cve_record *r)
{
    struct cve_findings f = {0};
    buf b = {.a = a};
    cve_check(a, r, NOW, &f);
    for (size_t i = 0; i < f.n; i++)
        buf_putf(&b, "%s%.*s %.*s%s", i ? "; " : "", SV(f.v[i].rule), SV(f.v[i].path),
                 f.v[i].must ? "!" : "");
    return b.n ? buf_str(&b) : S("");
}

#define CNA "/containers/cna"

TEST(a_good_record_has_no_findings)
{
    struct cve_record r = cve_sample(a), gone = cve_rejected_sample(a);
    CHECK_STR(S(""), found(a, &r));
    CHECK_STR(S(""), found(a, &gone));
}

TEST(an_empty_record_lacks_all_that_must_be_there)
{
    struct cve_record r = {.id = S("CVE-2026-20002")};
    struct cve_findings f = {0};
    CHECK_STR(S("5.1.9 " CNA "/descriptions!; 5.1.3 " CNA "/affected!; 5.1.7 " CNA
                "/problemTypes!; 5.1.10 " CNA "/references!"),
              found(a, &r));
    cve_check(a, &r, NOW, &f);
    CHECK(cve_check_fails(&f));
}

TEST(products_must_be_affected_or_unknown)
{
    struct cve_record r = cve_sample(a);
    struct cve_product *p = &r.products.v[0];
    p->versions.n = 0;
    CHECK_STR(S("5.1.4 " CNA "/affected!"), found(a, &r));
    p->default_status = S("unknown");
    CHECK_STR(S("5.1.6 " CNA "/affected"), found(a, &r));
    p->default_status = S("affected");
    CHECK_STR(S("5.1.5 " CNA "/affected"), found(a, &r));
    p->default_status = NO_STR;
    CHECK_STR(S("5.1.12 " CNA "/affected/0!; 5.1.4 " CNA "/affected!"), found(a, &r));
    p->vendor = NO_STR;
    p->package_url = NO_STR;
    CHECK_STR(S("5.1.3 " CNA "/affected/0!; 5.1.12 " CNA "/affected/0!; 5.1.3 " CNA "/affected!"),
              found(a, &r));
}

TEST(a_range_has_one_end_and_a_type)
{
    struct cve_record r = cve_sample(a);
    struct cve_version *v = &r.products.v[0].versions.v[0];
    v->type = NO_STR;
    CHECK_STR(S("5.1.12 " CNA "/affected/0/versions/0!"), found(a, &r));
    v->type = S("custom");
    v->up_to = S("1.4");
    CHECK_STR(S("5.1.12 " CNA "/affected/0/versions/0!"), found(a, &r));
    v->less_than = v->up_to = NO_STR;
    CHECK_STR(S("5.1.12 " CNA "/affected/0/versions/0!"), found(a, &r));
}

TEST(the_weakness_should_be_one_that_may_be_named)
{
    struct cve_record r = cve_sample(a);
    struct cve_weakness *w = &r.weaknesses.v[0];
    w->texts.v[0].cwe = w->texts.v[1].cwe = S("CWE-20"); /* mapping discouraged, since 4.10 */
    CHECK_STR(S("5.1.7 " CNA "/problemTypes/0"), found(a, &r));
    w->texts.v[0].cwe = w->texts.v[1].cwe = S("CWE-99999");
    CHECK_STR(S("5.1.7 " CNA "/problemTypes/0"), found(a, &r));
    w->texts.v[0].cwe = w->texts.v[1].cwe = NO_STR;
    CHECK_STR(S("5.1.7 " CNA "/problemTypes"), found(a, &r));
}

TEST(one_description_is_english)
{
    struct cve_record r = cve_sample(a);
    r.descriptions.v[1].lang = S("en-US");
    CHECK_STR(S("5.2.5 " CNA "/descriptions!"), found(a, &r));
    r.descriptions.v[0].lang = r.descriptions.v[1].lang = S("ja");
    CHECK_STR(S("5.2.5 " CNA "/descriptions!"), found(a, &r));
}

TEST(descriptions_credit_nobody_and_name_cves_alone)
{
    struct cve_record r = cve_sample(a);
    r.descriptions.v[1].value = S("架橋 花子氏が発見しました。JVN#12345678 も参照してください。");
    CHECK_STR(S("5.2.11 " CNA "/descriptions/1; 5.2.4 " CNA "/descriptions/1!"), found(a, &r));
}

/* The schema of 5.2 says of packageURL that it must not include a version. */
TEST(a_package_url_with_a_version_is_no_product)
{
    struct cve_record r = cve_sample(a);
    static const char *const urls[] = {"pkg:npm/mihon-router@1.0",
                                       "pkg:npm/mihon-router?vers=vers:npm%2F%3E%3D1.0"};
    for (size_t i = 0; i < COUNT(urls); i++) {
        r.products.v[0].package_url = str_z(urls[i]);
        CHECK_STR(S("5.2 " CNA "/affected/0!"), found(a, &r));
    }
}

TEST(a_reference_is_public_and_not_the_record)
{
    struct cve_record r = cve_sample(a);
    r.references.v[0].url = S("https://www.cve.org/CVERecord?id=CVE-2026-20002");
    CHECK_STR(S("5.1.10 " CNA "/references/0!; 5.1.10 " CNA "/references!"), found(a, &r));
    r.references.v[0].url = S("https://example.jp/members");
    r.references.v[0].tags.v[0] = S("permissions-required");
    CHECK_STR(S("5.3.3.1 " CNA "/references"), found(a, &r));
}

TEST(scores_are_those_of_their_vectors)
{
    struct cve_record r = cve_sample(a);
    r.metrics.v[0].score = 97;
    CHECK_STR(S("5.2.3 " CNA "/metrics/0"), found(a, &r));
    r.metrics.v[0].vector = S("CVSS:3.1/AV:N");
    CHECK_STR(S("5.1.12 " CNA "/metrics/0!"), found(a, &r));
}

TEST(the_number_fits_its_year_and_is_no_example)
{
    struct cve_record r = cve_sample(a);
    r.id = S("CVE-2024-20002");
    CHECK_STR(S("4.2.19 /cveMetadata/cveId"), found(a, &r));
    r.id = S("CVE-1900-20002");
    CHECK_STR(S("5.4.2 /cveMetadata/cveId!"), found(a, &r));
}

TEST(disclosure_does_not_lie_ahead)
{
    struct cve_record r = cve_sample(a);
    r.made_public = time_utc_ms(a, NOW + 24 * HOUR);
    CHECK_STR(S(""), found(a, &r));
    r.made_public = time_utc_ms(a, NOW + 24 * HOUR + 1);
    CHECK_STR(S("services " CNA "/datePublic!"), found(a, &r));
}

TEST(what_is_disputed_says_why)
{
    struct cve_record r = cve_sample(a);
    r.tags.v[0] = S("disputed");
    CHECK_STR(S("4.5.3.10 " CNA "/tags!"), found(a, &r));
    r.descriptions.v[0].value = S("… The vendor disputes this: the input is trusted.");
    CHECK_STR(S(""), found(a, &r));
}

TEST(a_rejection_says_why_in_english)
{
    struct cve_record r = cve_rejected_sample(a);
    r.replaced_by.v[0] = r.id;
    CHECK_STR(S("4.5.3.8 " CNA "/replacedBy/0!"), found(a, &r));
    r.replaced_by.n = 0;
    r.reasons.v[0].lang = S("ja");
    CHECK_STR(S("5.1.12 " CNA "/rejectedReasons!"), found(a, &r));
    r.reasons.n = 0;
    CHECK_STR(S("4.5.3.7 " CNA "/rejectedReasons!"), found(a, &r));
}
