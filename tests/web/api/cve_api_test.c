/* cve_api_test.c - the CVE record and the acts at CVE Services by the API. */
#include "help/api.h"
#include "help/released.h"
#include "t.h"

#include "app/vulns.h"

static str vuln_path(struct walk *w, const char *tail)
{
    struct ctx *cx = walk_as(w, "coordinator");
    struct vuln *all;
    size_t n;
    CHECK_OK(cx, vuln_list(cx, w->case_id, &all, &n));
    return str_fmt(w->st->a, "/api/v1/cases/%.*s/vulnerabilities/%.*s/cve%s", SV(w->case_id),
                   SV(all[0].id), tail);
}

APP_TEST(the_record_comes_with_its_findings)
{
    struct walk *w = released(st);
    struct visitor *v = api_as(st, "coordinator");
    struct page p = api_get_url(v, vuln_path(w, ""));
    CHECK_STATUS(200, p);
    CHECK_STR(S("true"), json_path(a, p, "public"));
    CHECK_STR(S("CVE-2023-5915"), json_path(a, p, "record.cveMetadata.cveId"));
    CHECK_STR(S("4.2.19"), json_path(a, p, "findings.0.rule"));
    CHECK_STR(S("true"), json_path(a, p, "fails"));
    p = api_get_url(v, vuln_path(w, "?format=5.2"));
    CHECK_STR(S("5.2"), json_path(a, p, "record.dataVersion"));
}

APP_TEST(acts_without_an_account_say_what_is_missing)
{
    struct walk *w = released(st);
    struct visitor *v = api_as(st, "coordinator");
    struct page p = api_post(v, vuln_path(w, "/number"), S("{}"));
    CHECK_STATUS(422, p);
    CHECK_STR(S(" cve_no_account"), page_errors(a, p));
    p = api_get_url(v, str_fmt(a, "/api/v1/cases/%.*s/cve", SV(w->case_id)));
    CHECK_STR(S("0"), json_path(a, p, "total"));
    p = api_post(v, str_fmt(a, "/api/v1/cases/%.*s/cve/CVE-2026-1234/reject", SV(w->case_id)),
                 S("{}"));
    CHECK_STR(S("reason_en required"), page_errors(a, p));
}
