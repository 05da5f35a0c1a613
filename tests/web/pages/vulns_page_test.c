/* vulns_page_test.c - vulnerabilities of a case at the browser, and the list of advisories. */
#include "app/vulns.h"
#include "help/released.h"
#include "help/web.h"
#include "t.h"

static str at(struct walk *w, const char *path)
{
    return str_fmt(w->st->a, "/en/cases/%.*s/vulnerabilities%s", SV(w->case_id), path);
}

static bool holds(struct page p, const char *markup)
{
    return str_find(p.body, str_z(markup)) >= 0;
}

static struct vuln *only(struct walk *w)
{
    struct ctx *cx = walk_as(w, "coordinator");
    struct vuln *all;
    size_t n;
    CHECK_OK(cx, vuln_list(cx, w->case_id, &all, &n));
    CHECK_I64(1, (i64)n);
    return all;
}

static const char vector[] = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:L";

static struct walk *begun(struct stage *st)
{
    stage_cast(st);
    struct walk *w = walk_new(st);
    walk_begin(w, true);
    return w;
}

APP_TEST(who_may_not_read_the_details_finds_no_page)
{
    struct walk *w = begun(st);
    CHECK_STATUS(200, visit_url(visit_as(st, "coordinator"), at(w, "")));
    CHECK_STATUS(404, visit_url(visit_as(st, "mihon.poc"), at(w, ""))); /* the overview alone */
    CHECK_STATUS(404, visit_url(visit_as(st, "kamei.poc"), at(w, "")));
    struct page p = visit_url(visit_as(st, "reception"), at(w, ""));
    CHECK_STATUS(200, p);
    CHECK(!holds(p, "<textarea"));
    CHECK_STATUS(403,
                 visit_post(visit_as(st, "reception"), at(w, ""), "cve", "CVE-2023-5915", NULL));
}

APP_TEST(a_vulnerability_is_entered_shown_and_changed)
{
    struct walk *w = begun(st);
    struct visitor *v = visit_as(st, "coordinator");
    struct page p =
        visit_post(v, at(w, ""), "cve", "CVE-2023-5915", "cwe", "CWE-400", "title_en",
                   "Resource <exhaustion>", "vectors.0.issuer", "vendor", "vectors.0.vector",
                   vector, "vectors.1.issuer", "coordinator", "vectors.1.vector", "", NULL);
    CHECK_STATUS(303, p); /* the second row has only what its list shows */
    p = visit_url(v, at(w, ""));
    CHECK_NESTED(p);
    CHECK_HAS(p, "Resource <exhaustion>");
    CHECK_HAS(p, "5.3");
    CHECK_HAS(p, "CWE-400 Uncontrolled Resource Consumption");
    struct vuln *one = only(w);
    CHECK_I64(1, (i64)one->nvectors);
    p = visit_url(v, at(w, str_to_z(a, str_fmt(a, "?edit=%.*s", SV(one->id)))));
    CHECK_STR(S("CVE-2023-5915"), page_input(a, p, "cve"));
    CHECK_STR(str_z(vector), page_input(a, p, "vectors.0.vector"));
    str act = at(w, str_to_z(a, str_fmt(a, "/%.*s", SV(one->id)))), rev = page_input(a, p, "rev");
    CHECK_STATUS(303, visit_post(v, act, "rev", str_to_z(a, rev), "cve", "CVE-2023-5916", NULL));
    CHECK_STR(S("CVE-2023-5916"), only(w)->cve);
    p = visit_post(v, act, "rev", str_to_z(a, rev), "cve", "CVE-2023-5917", NULL);
    CHECK_STATUS(409, p);
    CHECK_STR(S("CVE-2023-5917"), page_input(a, p, "cve"));
    CHECK_HAS(p, "Somebody changed this vulnerability");
}

APP_TEST(what_cannot_be_is_said_at_its_field_and_kept)
{
    struct walk *w = begun(st);
    struct visitor *v = visit_as(st, "coordinator");
    struct page p = visit_post(v, at(w, ""), "cve", "CVE-1", "vectors.0.issuer", "vendor",
                               "vectors.0.vector", "CVSS:3.1/AV:Q", NULL);
    CHECK_STATUS(422, p);
    CHECK_NESTED(p);
    CHECK_STR(S("CVE-1"), page_input(a, p, "cve"));
    CHECK_STR(S("CVSS:3.1/AV:Q"), page_input(a, p, "vectors.0.vector"));
    CHECK(holds(p, "id=\"f-vectors-e\""));
    CHECK(holds(p, "id=\"f-cve-e\""));
    CHECK_STATUS(422, visit_post(v, at(w, ""), "note", "no name at all", NULL));
    CHECK_STATUS(404, visit_url(v, at(w, "?edit=0190251a-50c0-7002-a98b-f409fa558d01")));
}

APP_TEST(a_date_of_the_world_is_set_once)
{
    struct walk *w = begun(st);
    struct visitor *v = visit_as(st, "coordinator");
    CHECK_STATUS(303, visit_post(v, at(w, ""), "cve", "CVE-2023-5915", "attacks_at",
                                 "2026-10-01T09:00", NULL));
    struct vuln *one = only(w);
    CHECK(one->since[WORLD_ATTACKS].is);
    struct page p = visit_url(v, at(w, str_to_z(a, str_fmt(a, "?edit=%.*s", SV(one->id)))));
    CHECK(!holds(p, "name=\"attacks_at\""));
    CHECK(holds(p, "name=\"exploit_at\""));
    CHECK_HAS(p, "2026-10-01 09:00 JST");
}

APP_TEST(the_advisories_are_listed_for_those_who_work_on_them)
{
    struct walk *w = released(st);
    struct page p = visit(visit_as(st, "coordinator"), "/en/drafts");
    CHECK_STATUS(200, p);
    CHECK_NESTED(p);
    CHECK_HAS(p, "Published");
    CHECK(str_find(p.body, str_fmt(a, "/en/cases/%.*s/advisory\"", SV(w->case_id))) >= 0);
    CHECK(!holds(visit(visit_as(st, "coordinator"), "/en/drafts?view=open"), "/advisory\""));
    CHECK_STATUS(404, visit(visit_as(st, "coordinator"), "/en/drafts?view=x"));
    p = visit(visit_as(st, "coordinator"), "/ja/drafts.csv");
    CHECK(str_find(p.body, number_of(w)) >= 0);
    p = visit(visit_as(st, "kamei.poc"), "/en/drafts");
    CHECK_STATUS(200, p);
    CHECK(str_find(p.body, number_of(w)) < 0);
    CHECK_STATUS(303, visit(visit_nobody(st), "/en/drafts"));
}
