/* audit_page_test.c - an auditor's lists at the browser: dates and history, no word of a case. */
#include "t.h"

#include "help/admin.h"
#include "help/walk.h"
#include "help/web.h"

static void add_auditor(struct stage *st, const char *slug, const char *login)
{
    (void)stage_person(st, login, stage_dept(st, stage_org_id(st, slug), ""));
    admin_sql(st,
              str_to_z(st->a, str_fmt(st->a, "UPDATE person SET is_auditor = 1 WHERE login = '%s';",
                                      login)));
}

APP_TEST(only_auditors_find_the_audit)
{
    static const char *const pages[] = {"/en/audit",         "/en/audit.csv",
                                        "/en/audit.json",    "/en/audit/history",
                                        "/ja/audit/history", "/en/audit/history.csv"};
    static const char *const others[] = {"sysop", "mihon.poc", "coordinator", "reception"};
    admin_cast(st);
    add_auditor(st, "mihon", "mihon.audit");
    struct visitor *auditor = visit_as(st, "mihon.audit");
    for (size_t i = 0; i < COUNT(pages); i++) {
        CHECK_STATUS(200, visit(auditor, pages[i]));
        CHECK_SIGN_IN(visit(visit_nobody(st), pages[i]));
        for (size_t k = 0; k < COUNT(others); k++)
            CHECK_STATUS(404, visit(visit_as(st, others[k]), pages[i]));
    }
}

APP_TEST(an_auditor_reads_dates_and_history_of_the_own_cases_alone)
{
    admin_cast(st);
    add_auditor(st, "mihon", "mihon.audit");
    add_auditor(st, "reiji", "reiji.audit");
    struct walk *w = walk_new(st);
    walk_begin(w, false); /* mihon alone */
    struct visitor *v = visit_as(st, "mihon.audit"), *reiji = visit_as(st, "reiji.audit");
    str number = help_sql_value(a, st->url, "SELECT number FROM cases");
    const char *shown = str_to_z(a, str_fmt(a, "KKH#%.*s", SV(number)));
    struct page p = visit(v, "/en/audit");
    CHECK_NESTED(p);
    CHECK_HAS(p, shown);
    CHECK_HAS(p, "1 in all");
    CHECK_HAS(p, "Coordinated");
    CHECK_NESTED(visit(v, "/ja/audit"));
    CHECK_HAS(visit(reiji, "/en/audit"), "Nothing fits.");
    CHECK_LACKS(visit(reiji, "/en/audit"), shown);
    p = visit(v, "/en/audit/history");
    CHECK_NESTED(p);
    CHECK_HAS(p, shown);
    CHECK_NESTED(visit(v, "/ja/audit/history"));
    CHECK_HAS(visit(reiji, "/en/audit/history"), "Nothing fits.");
    /* and the case itself stays closed */
    CHECK_STATUS(404, visit_url(v, str_fmt(a, "/en/cases/%.*s", SV(number))));
}

APP_TEST(the_lists_are_filtered_by_number_day_flow_and_state)
{
    static const struct {
        const char *query;
        bool found;
    } all[] = {{"flow=coordinated", true}, {"flow=direct", false},       {"state=open", true},
               {"state=closed", false},    {"state=overdue", false},     {"from=2026-11-02", true},
               {"to=2026-11-02", true},    {"from=2026-11-03", false},   {"to=2026-11-01", false},
               {"number=00000000", false}, {"from=nonsense&to=x", true}, {"sort=oldest", true}};
    admin_cast(st);
    add_auditor(st, "mihon", "mihon.audit");
    struct walk *w = walk_new(st);
    walk_begin(w, false);
    struct visitor *v = visit_as(st, "mihon.audit");
    str number = help_sql_value(a, st->url, "SELECT number FROM cases");
    for (size_t i = 0; i < COUNT(all); i++) {
        str csv = visit_url(v, str_fmt(a, "/en/audit.csv?%s", all[i].query)).body;
        CHECK((str_find(csv, number) > 0) == all[i].found);
    }
    struct page p = visit_url(v, str_fmt(a, "/en/audit/history?number=KKH%%23%.*s", SV(number)));
    CHECK_LACKS(p, "Nothing fits.");
    CHECK_HAS(visit(v, "/en/audit/history?from=2099-01-01"), "Nothing fits.");
    p = visit(v, "/en/audit/history.json?from=2026-11-02");
    CHECK(str_find(p.body, str_fmt(a, "\"number\":\"%.*s\"", SV(number))) > 0);
    CHECK_STATUS(200, visit(v, "/en/audit/history?dept=nothing"));
}
