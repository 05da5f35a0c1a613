/* cve_page_test.c - the page of a CVE record: what it shows to whom, in both languages. */
#include "app/vulns.h"
#include "help/released.h"
#include "help/web.h"
#include "t.h"

static const char *path_of(struct walk *w, const char *lang, const char *tail)
{
    struct ctx *cx = walk_as(w, "coordinator");
    struct vuln *all;
    size_t n;
    CHECK_OK(cx, vuln_list(cx, w->case_id, &all, &n));
    return str_to_z(w->st->a, str_fmt(w->st->a, "/%s/cases/%.*s/vulnerabilities/%.*s/cve%s", lang,
                                      SV(w->case_id), SV(all[0].id), tail));
}

APP_TEST(the_page_shows_record_and_findings)
{
    struct walk *w = released(st);
    struct visitor *v = visit_as(st, "coordinator");
    struct page p = visit(v, path_of(w, "en", ""));
    CHECK_STATUS(200, p);
    CHECK_HAS(p, "At least one affected product has to be named.");
    CHECK_HAS(p, "CVE-2023-5915");
    p = visit(v, path_of(w, "ja", ""));
    CHECK_HAS(p, "影響を受ける製品を、少なくとも一つ示す必要があります。");
    p = visit(visit_as(st, "reiji.poc"), path_of(w, "ja", ""));
    CHECK_STATUS(404, p);
}

APP_TEST(there_is_a_link_to_it_where_there_is_something_to_build)
{
    struct walk *w = undrafted(st);
    struct visitor *v = visit_as(st, "coordinator");
    vulnerability_add(w);
    str list = str_fmt(a, "/en/cases/%.*s/vulnerabilities", SV(w->case_id));
    CHECK(str_find(visit_url(v, list).body, S("/cve\"")) < 0);
    CHECK_STATUS(404, visit(v, path_of(w, "en", "")));
    (void)draft_save(w, 0, draft_ja(a));
    CHECK(str_find(visit_url(v, list).body, S("/cve\"")) > 0);
    CHECK_STATUS(200, visit(v, path_of(w, "en", "")));
}

APP_TEST(what_cannot_be_done_is_said_on_the_page)
{
    struct walk *w = released(st);
    struct visitor *v = visit_as(st, "coordinator");
    struct page p = visit_post(v, str_z(path_of(w, "en", "/number")), NULL);
    CHECK_STATUS(422, p);
    CHECK_HAS(p, "No account at CVE Services is set");
}
