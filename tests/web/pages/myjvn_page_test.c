/* myjvn_page_test.c - the MyJVN API and JVN's files, as programs fetch them. */
#include "app/jvn_kept.h"
#include "formats/digest.h"
#include "formats/jvnrss.h"
#include "formats/vuldef.h"
#include "help/released.h"
#include "help/same_xml.h"
#include "help/web.h"
#include "t.h"
#include "web/pages/jvn_files_page.h"

#include "base/encode.h"

#define LIST "/myjvn?method=getVulnOverviewList&feed=hnd"

static const struct json *parsed(struct arena *a, str text)
{
    const struct json *j;
    struct json_error e;
    CHECK_ERR(OK, json_read(a, text, &j, &e));
    return j;
}

static struct jvn_status status_of(struct arena *a, struct page p)
{
    const struct xml_node *root;
    struct xml_error e;
    struct jvn_status s;
    CHECK_STATUS(200, p);
    CHECK_STR(S("application/xml; charset=utf-8"), p.type);
    CHECK_ERR(OK, xml_read(a, p.body, &root, &e));
    CHECK(jvn_read_status(a, root, &s));
    return s;
}

APP_TEST(a_released_advisory_is_found_by_all_six_methods)
{
    struct walk *w = released(st);
    struct visitor *v = visit_nobody(st);
    struct jvnrss rss;
    struct vuldef d;
    struct xml_error e;
    struct jvn_status s = status_of(st->a, visit(v, LIST));
    CHECK(!s.failed && s.total.v == 1 && s.returned.v == 1 && s.first.v == 1 && s.max.v == 50);
    CHECK_ERR(OK, jvnrss_read(st->a, visit(v, LIST).body, &rss, &e));
    CHECK_STR(S("KKHDB-2026-000001"), rss.entries.v[0].id);
    CHECK(str_find(rss.entries.v[0].link, number_of(w)) > 0);
    CHECK_STR(S("CVE-2023-5915"), rss.entries.v[0].references[0].id);
    struct page p =
        visit(v, "/myjvn?method=getVulnDetailInfo&feed=hnd&vulnId=KKHDB-2026-000001&lang=en");
    CHECK_ERR(OK, vuldef_read(st->a, p.body, &d, &e));
    CHECK(d.entries.n == 1 && d.entries.v[0].details.n == 1);
    CHECK_STR(S("en"), d.lang);
    CHECK(status_of(st->a, visit(v, "/myjvn?method=getVendorList&feed=hnd")).total.v >= 1);
    CHECK(!status_of(st->a, visit(v, "/myjvn?method=getProductList&feed=hnd")).failed);
    CHECK(!status_of(st->a, visit(v, "/myjvn?method=getAlertList&feed=hnd")).failed);
    s = status_of(st->a,
                  visit(v, "/myjvn?method=getStatistics&feed=hnd&theme=sumAll&cweId=CWE-400"));
    CHECK(!s.failed && s.max_count.v == 1 && s.max.v == 10000);
}

APP_TEST(every_answer_is_valid_by_the_schemas)
{
    static const struct {
        const char *xsd, *query;
    } all[] = {{"all.xsd", LIST},
               {"all.xsd", "/myjvn?method=getVulnDetailInfo&feed=hnd&vulnId=KKHDB-2026-000001"},
               {"results_3.3.xsd", "/myjvn?method=getVendorList&feed=hnd"},
               {"results_3.3.xsd", "/myjvn?method=getProductList&feed=hnd&lang=en"},
               {"results_3.3.xsd",
                "/myjvn?method=getStatistics&feed=hnd&theme=sumAll&cweId=CWE-400&type=q"},
               {"results_3.3.xsd", "/myjvn?method=getStatistics&feed=hnd&theme=sumCvss&type=m"},
               {"atom.xsd", "/myjvn?method=getAlertList&feed=hnd&ft=xml"},
               {"all.xsd", "/ja/feed/detail/jvndb_detail_2026.rdf"}};
    (void)TESTDATA();
    (void)released(st);
    struct visitor *v = visit_nobody(st);
    for (size_t i = 0; i < COUNT(all); i++) {
        struct page p = visit(v, all[i].query);
        CHECK_STATUS(200, p);
        CHECK(valid_by(st->a, all[i].xsd, p.body));
    }
}

APP_TEST(version_4_answers_json_with_the_same_advisory)
{
    (void)released(st);
    struct visitor *v = visit_nobody(st);
    struct page p = visit(v, "/myjvn?method=getVulnOverviewList&feed=oka");
    CHECK_STR(S("application/json; charset=utf-8"), p.type);
    const struct json *j = parsed(st->a, p.body);
    CHECK_STR(S("KKHDB-2026-000001"), json_text(json_find(j, S("/feed/entry/0/id"))));
    CHECK_STR(S("4.0.0"), json_text(json_find(j, S("/status/version"))));
    CHECK_STR(S("1"), json_number(json_find(j, S("/status/totalRes"))));
    p = visit(v, "/myjvn?method=getVulnDetailInfo&feed=oka&vulnId=KKHDB-2026-000001");
    j = parsed(st->a, p.body);
    CHECK_STR(S("KKHDB-2026-000001"), json_text(json_find(j, S("/document/tracking/id"))));
    CHECK_STR(S("CVE-2023-5915"), json_text(json_find(j, S("/vulnerabilities/0/cve"))));
    p = visit(v, "/myjvn?method=getVulnDetailInfo&feed=oka&vulnId=KKHDB-2026-000001&ft=jvnstix");
    CHECK_STR(S("bundle"), json_text(json_find(parsed(st->a, p.body), S("/type"))));
    p = visit(v, "/myjvn?method=getStatistics&feed=oka");
    j = parsed(st->a, p.body);
    CHECK_STR(S("1"), json_number(json_find(j, S("/dataTotal/vulninfo"))));
    p = visit(v, "/myjvn?method=getAlertList&feed=hnd&ft=json");
    CHECK(json_find(parsed(st->a, p.body), S("/feed/status:Status/retCd")) != NULL);
    p = visit(v, "/myjvn?method=getVulnOverviewList&feed=oka&cvssV3Severity=x");
    j = parsed(st->a, p.body);
    CHECK_STR(S("VL90000005"), json_text(json_find(j, S("/status/errCd"))));
}

APP_TEST(an_error_is_an_answer_of_200_with_its_code_in_the_language_asked_for)
{
    struct visitor *v = visit_nobody(st);
    struct jvn_status s = status_of(st->a, visit(v, LIST "&startItem=0"));
    CHECK(s.failed && !s.total.is && !s.max.is);
    CHECK_STR(S("VL01020003"), s.code);
    CHECK_STR(S("startItemは正の整数値のみ指定可能です。"), s.message);
    CHECK_STR(S("0"), s.parameters[0].value);
    s = status_of(st->a, visit(v, LIST "&startItem=0&lang=en"));
    CHECK_STR(S("startItem must be a positive whole number."), s.message);
    CHECK_STR(S("XX00000001"), status_of(st->a, visit(v, "/myjvn")).code);
    CHECK_STR(S("VD01030602"),
              status_of(st->a, visit(v, "/myjvn?method=getVulnDetailInfo&feed=hnd&vulnId=x")).code);
    s = status_of(st->a, visit(v, LIST));
    CHECK(!s.failed && s.total.v == 0 && s.returned.v == 0);
    CHECK(str_find(visit(v, LIST).body, S("<channel")) < 0);
}

APP_TEST(a_form_may_be_sent_as_well)
{
    (void)released(st);
    struct page p =
        visit_raw(visit_nobody(st), POST, S("/myjvn"), S("application/x-www-form-urlencoded"),
                  S("method=getVulnOverviewList&feed=hnd&maxCountItem=1"), NULL);
    struct jvn_status s = status_of(st->a, p);
    CHECK(s.total.v == 1);
    CHECK_STR(S("maxCountItem"), s.parameters[0].name);
}

APP_TEST(a_cve_leads_to_its_page)
{
    struct walk *w = released(st);
    struct visitor *v = visit_nobody(st);
    struct page p = visit(v, "/cvesearch?cveId=CVE-2023-5915");
    CHECK_I64(303, p.status);
    CHECK(str_has_suffix(p.location, str_join(st->a, S("/ja/advisories/"), number_of(w))));
    p = visit(v, "/cvesearch?cveId=CVE-2023-9999");
    CHECK(str_find(p.location, S("/ja/advisories?cve=CVE-2023-9999")) >= 0);
    CHECK_STATUS(404, visit(v, "/cvesearch"));
}

/* --- files --- */

APP_TEST(checksums_are_those_of_the_files_and_stay_while_nothing_is_released)
{
    (void)released(st);
    struct visitor *v = visit_nobody(st);
    for (int lang = 0; lang < 2; lang++) {
        str first = visit(v, lang ? "/en/feed/checksum.txt" : "/ja/feed/checksum.txt").body;
        const struct json *all = parsed(st->a, first);
        CHECK_I64(7, (i64)json_count(all));
        for (size_t i = 0; i < json_count(all); i++) {
            const struct json *f = json_at(all, i);
            str of = json_get_text(f, S("url"));
            ptrdiff_t at = str_find(of, lang ? S("/en/") : S("/ja/"));
            CHECK(at > 0);
            struct page p = visit_url(v, str_from(of, (size_t)at));
            CHECK_STATUS(200, p);
            struct digest d = digest_begin(DIGEST_SHA256);
            digest_put(&d, p.body);
            CHECK_STR(json_get_text(f, S("sha256")), hex_encode(st->a, digest_end(&d, st->a)));
            i64 size = 0;
            CHECK(json_i64(json_get(f, S("size")), &size) && size == (i64)p.body.n);
            CHECK(str_has_suffix(of, json_get_text(f, S("filename"))));
            CHECK_STR(S("2026/12/12"), str_sub(json_get_text(f, S("lastModified")), 0, 10));
        }
        const _Atomic bool stop = false;
        struct ctx *beside = stage_nobody(st);
        beside->lang = lang ? LANG_EN : LANG_JA;
        st->app->jvn_kept = jvn_kept_new(st->a); /* a server that just started */
        CHECK_OK(beside, jvn_files_keep(beside, &stop));
        (void)stage_later(st, 40 * MINUTE);
        CHECK_STR(first, visit(v, lang ? "/en/feed/checksum.txt" : "/ja/feed/checksum.txt").body);
    }
    CHECK_STATUS(404, visit(v, "/ja/rss/years/jvndb_2025.rdf"));
    CHECK_STATUS(404, visit(v, "/ja/rss/other.rdf"));
}

APP_TEST(our_own_feed_names_advisories_as_their_pages_do)
{
    struct walk *w = released(st);
    struct jvnrss f;
    struct xml_error e;
    struct page p = visit(visit_nobody(st), "/en/rss/jvn.rdf");
    CHECK_ERR(OK, jvnrss_read(st->a, p.body, &f, &e));
    CHECK_STR(str_join(st->a, S("KKH#"), number_of(w)), f.entries.v[0].number);
    CHECK_STR(S("en"), f.lang);
    CHECK(f.entries.v[0].id.p == NULL);
}

/* The rules by which go-cve-dictionary reads the files (fetcher/jvn). */
APP_TEST(go_cve_dictionary_could_read_the_files)
{
    struct jvnrss f;
    struct xml_error e;
    (void)released(st);
    struct page p = visit(visit_nobody(st), "/ja/rss/years/jvndb_2026.rdf");
    CHECK_ERR(OK, jvnrss_read(st->a, p.body, &f, &e));
    CHECK(f.is_file && f.entries.n == 1);
    const struct jvn_entry *one = &f.entries.v[0];
    str rest = one->id;
    (void)str_cut(&rest, '-');
    CHECK_STR(S("2026"), str_cut(&rest, '-')); /* the year between the dashes */
    bool cve = false;
    for (size_t i = 0; i < one->nreferences; i++) {
        const struct jvn_reference *r = &one->references[i];
        cve = cve || ((str_eq(r->source, S("NVD")) || str_eq(r->source, S("CVE"))) &&
                      str_has_prefix(r->id, S("CVE-")));
        CHECK(!str_eq(r->source, S("JPCERT-AT"))); /* it would fetch that page */
    }
    CHECK(cve);
    for (size_t i = 0; i < one->ncvss; i++) {
        str v = one->cvss[i].vector;
        bool two = str_eq(one->cvss[i].version, S("2.0"));
        CHECK(two || str_has_prefix(v, S("CVSS:3.0/AV:")));
        i64 metrics = 1;
        for (size_t k = 0; k < v.n; k++)
            metrics += v.p[k] == '/';
        CHECK_I64(two ? 6 : 9, metrics); /* it takes them by their place */
    }
    CHECK(one->ncvss > 0 && str_find(one->overview, S("** 削除 **")) < 0);
    const struct xml_node *root, *n;
    CHECK_ERR(OK, xml_read(st->a, p.body, &root, &e));
    n = xml_find(root, S(JVN_RSS), S("item"));
    CHECK_I64(22, (i64)xml_child_text(n, S(JVN_DC), S("date")).n); /* 2006-01-02T15:04-07:00 */
    CHECK_I64(22, (i64)xml_child_text(n, S(JVN_DCTERMS), S("issued")).n);
    CHECK_I64(22, (i64)xml_child_text(n, S(JVN_DCTERMS), S("modified")).n);
}

APP_TEST(what_is_not_released_is_nowhere)
{
    static const char *const paths[] = {"/myjvn?method=getVulnOverviewList&feed=hnd",
                                        "/myjvn?method=getVulnOverviewList&feed=oka",
                                        "/myjvn?method=getVendorList&feed=hnd",
                                        "/myjvn?method=getProductList&feed=hnd",
                                        "/ja/rss/jvndb_new.rdf",
                                        "/ja/rss/jvn.rdf",
                                        "/ja/feed/checksum.txt"};
    struct walk *w = undrafted(st);
    (void)draft_save(w, 0, draft_ja(st->a));
    struct visitor *v = visit_nobody(st);
    for (size_t i = 0; i < COUNT(paths); i++) {
        struct page p = visit(v, paths[i]);
        CHECK_STATUS(200, p);
        CHECK(str_find(p.body, S("Gateway")) < 0 && str_find(p.body, S("mihon")) < 0);
    }
    CHECK_STATUS(404, visit(v, "/ja/rss/years/jvndb_2026.rdf"));
}
