/* orgs_depts_test.c - departments, the kinds they answer for, and what follows for cases. */
#include "t.h"

#include "app/case_new.h"
#include "app/cases.h"
#include "app/orgs.h"
#include "help/admin.h"

static const struct dept_view *dept_of(struct ctx *cx, const char *slug, const char *kind)
{
    static struct org_view v;
    CHECK_OK(cx, org_view(cx, str_z(slug), &v));
    app_read_end(cx);
    for (size_t i = 0; i < v.ndepts; i++)
        for (size_t k = 0; k < v.depts[i].kinds.n; k++)
            if (str_eq(v.depts[i].kinds.v[k], str_z(kind)))
                return &v.depts[i];
    return NULL;
}

APP_TEST(one_department_may_answer_for_several_kinds)
{
    str id;
    admin_cast(st);
    struct ctx *cx = stage_as(st, "mihon.poc");
    CHECK_OK(cx, dept_create(cx, stage_org_id(st, "mihon"),
                             stage_input(a, "name_ja", "統合部", "name_en", "Merged", "kinds",
                                         "sales", "kinds", "care", NULL),
                             &id));
    CHECK_STR(id, dept_of(cx, "mihon", "sales")->id);
    CHECK_STR(id, dept_of(cx, "mihon", "care")->id);
    CHECK_STR(stage_dept_id(st, "mihon", "design"), dept_of(cx, "mihon", "design")->id);
    CHECK_OK(cx, dept_edit(cx, id, 1, stage_input(a, "kinds", "", NULL)));
    CHECK(dept_of(cx, "mihon", "sales") == NULL);
}

APP_TEST(departments_are_changed_by_operator_own_lead_and_coordinators_lead)
{
    static const struct {
        const char *login;
        enum err make, edit;
    } who[] = {{"sysop", OK, OK},
               {"mihon.poc", OK, OK},
               {"coordinator", OK, OK},
               {"mihon.design", E_DENIED, E_DENIED},
               {"reception", E_DENIED, E_DENIED},
               {"reiji.poc", E_NOT_FOUND, E_NOT_FOUND},
               {"analyst", E_NOT_FOUND, E_NOT_FOUND}};
    admin_cast(st);
    str org = stage_org_id(st, "mihon"), dept = stage_dept_id(st, "mihon", "pr"), id;
    i64 rev = 1;
    for (size_t i = 0; i < COUNT(who); i++) {
        struct ctx *cx = stage_as(st, who[i].login);
        CHECK_ERR(who[i].make,
                  dept_create(cx, org, stage_input(a, "name_ja", "部", "name_en", "D", NULL), &id));
        CHECK_ERR(who[i].edit, dept_edit(cx, dept, rev, stage_input(a, "name_en", "PR", NULL)));
        rev += who[i].edit == OK;
        CHECK_ERR(who[i].edit, dept_disable(cx, dept, rev, true));
        rev += who[i].edit == OK;
    }
    struct ctx *cx = stage_as(st, "coordinator"); /* vendors only */
    CHECK_ERR(E_DENIED, dept_edit(cx, stage_dept_id(st, "reception", "reception"), 1,
                                  stage_input(a, "name_en", "R", NULL)));
}

APP_TEST(every_field_of_a_department_is_checked)
{
    admin_cast(st);
    str org = stage_org_id(st, "mihon"), id;
    struct ctx *cx = stage_as(st, "sysop");
    CHECK_ERR(E_INVALID,
              dept_create(cx, org, stage_input(a, "name_en", "", "kinds", "bank", NULL), &id));
    CHECK(has_problem(cx, "name_ja", "required"));
    CHECK(has_problem(cx, "name_en", "required"));
    CHECK(has_problem(cx, "kinds", "choice"));
    cx = stage_as(st, "sysop"); /* a vendor's department is no reception */
    CHECK_ERR(E_INVALID, dept_create(cx, org,
                                     stage_input(a, "name_ja", "部", "name_en", "D", "kinds",
                                                 "reception", NULL),
                                     &id));
    CHECK(has_problem(cx, "kinds", "choice"));
}

APP_TEST(somebody_must_answer_for_the_contact)
{
    admin_cast(st);
    str poc = stage_dept_id(st, "mihon", "poc"), pr = stage_dept_id(st, "mihon", "pr");
    struct ctx *cx = stage_as(st, "sysop");
    CHECK_ERR(E_INVALID, dept_edit(cx, poc, 1, stage_input(a, "kinds", "", NULL)));
    CHECK(has_problem(cx, "kinds", "kind_needed"));
    CHECK_ERR(E_INVALID, dept_disable(cx, poc, 1, true));
    cx = stage_as(st, "sysop");
    CHECK_OK(cx, dept_edit(cx, pr, 1, stage_input(a, "kinds", "poc", "kinds", "pr", NULL)));
    CHECK_STR(pr, dept_of(cx, "mihon", "poc")->id);
    CHECK_OK(cx, dept_disable(cx, poc, 1, true));
    CHECK_ERR(E_CONFLICT, dept_disable(cx, poc, 1, false));
}

APP_TEST(a_department_changed_meanwhile_is_a_conflict)
{
    admin_cast(st);
    str pr = stage_dept_id(st, "mihon", "pr");
    struct ctx *cx = stage_as(st, "sysop"), *other = stage_as(st, "mihon.poc");
    CHECK_OK(other, dept_edit(other, pr, 1, stage_input(a, "name_en", "Press", NULL)));
    CHECK_ERR(E_CONFLICT, dept_edit(cx, pr, 1, stage_input(a, "name_en", "Media", NULL)));
    CHECK_ERR(E_NOT_FOUND,
              dept_edit(cx, stage_org_id(st, "mihon"), 1, stage_input(a, "x", "", NULL)));
}

/* A case of mihon's, as the tables have it. */
static str make_case(struct stage *st, const char *number)
{
    str id = stage_org(st, "overseas", number); /* any fresh id */
    str sql = str_fmt(st->a,
                      "INSERT INTO cases (id, number, flow, entry, owner_id, opened, tlp, "
                      "vendors_named) VALUES ('%.*s', '%s', 'direct', 'source', '%.*s', 1000, "
                      "'AMBER', 0); INSERT INTO party (id, case_id, org_id, role, level, "
                      "delegated, added) VALUES ('%.*s', '%.*s', '%.*s', 'vendor', '', 0, 1000);"
                      "INSERT INTO case_index (case_id, phase, waiting, due_sort, updated) "
                      "VALUES ('%.*s', 0, 0, 0, 0);",
                      SV(id), number, SV(stage_org_id(st, "mihon")), SV(id), SV(id),
                      SV(stage_org_id(st, "mihon")), SV(id));
    admin_sql(st, str_to_z(st->a, sql));
    return id;
}

static i64 count(struct stage *st, str sql)
{
    i64 n = -1;
    str url = str_has_prefix(st->url, S("sqlite:")) ? str_from(st->url, 7) : st->url;
    (void)str_i64(help_sql_value(st->a, url, str_to_z(st->a, sql)), &n);
    return n;
}

static i64 grants_of(struct stage *st, str principal)
{
    return count(
        st, str_fmt(st->a, "SELECT count(*) FROM grant_ WHERE principal = '%.*s'", SV(principal)));
}

APP_TEST(rights_follow_the_department_that_answers)
{
    admin_cast(st);
    str id = make_case(st, "11111111"), poc = stage_dept_id(st, "mihon", "poc");
    str pr = stage_dept_id(st, "mihon", "pr");
    struct findings found = {0};
    struct ctx *cx = stage_as(st, "sysop");
    CHECK_OK(cx, dept_edit(cx, pr, 1, stage_input(a, "kinds", "poc", NULL)));
    CHECK(grants_of(st, pr) > 0);
    CHECK_I64(0, grants_of(st, poc));
    CHECK_OK(cx, case_verify(cx, id, &found));
    CHECK_I64(0, (i64)found.n);
    app_read_end(cx);
    CHECK_OK(cx, dept_edit(cx, poc, 1, stage_input(a, "kinds", "poc", NULL)));
    CHECK_I64(0, grants_of(st, pr));
    CHECK(grants_of(st, poc) > 0);
}

APP_TEST(more_cases_than_one_transaction_takes_are_settled_all_the_same)
{
    admin_cast(st);
    for (int i = 0; i < 230; i++)
        (void)make_case(st, str_to_z(a, str_fmt(a, "2%07d", i)));
    struct ctx *cx = stage_as(st, "sysop");
    CHECK_OK(cx, dept_edit(cx, stage_dept_id(st, "mihon", "pr"), 1,
                           stage_input(a, "kinds", "poc", NULL)));
    CHECK_I64(230, count(st, S("SELECT count(DISTINCT case_id) FROM grant_")));
    CHECK_I64(0,
              count(st, S("SELECT count(*) FROM outbox WHERE kind = 'settle' AND done IS NULL")));
    CHECK_I64(1, count(st, S("SELECT count(*) FROM outbox WHERE kind = 'settle'")));
}

/* --- all kinds at once ---------------------------------------------------------------------- */

/* As the form shows it: which department answers for which kind. */
static void kinds_shown(struct ctx *cx, const char *slug, str *depts, str *was)
{
    struct strs all = dept_kinds(cx->a, S("vendor"));
    for (size_t i = 0; i < all.n; i++) {
        const struct dept_view *d = dept_of(cx, slug, str_to_z(cx->a, all.v[i]));
        depts[i] = was[i] = d ? d->id : S("");
    }
}

APP_TEST(departments_are_merged_by_one_form_of_all_kinds)
{
    str depts[10], was[10];
    admin_cast(st);
    struct ctx *cx = stage_as(st, "mihon.poc");
    str org = stage_org_id(st, "mihon"), design = stage_dept_id(st, "mihon", "design");
    kinds_shown(cx, "mihon", depts, was);
    CHECK_STR(design, was[1]);
    depts[2] = design; /* R&D is done by design */
    depts[9] = S("");  /* PR by nobody of its own */
    CHECK_OK(cx, org_kinds_put(cx, org, depts, was));
    CHECK_STR(design, dept_of(cx, "mihon", "rnd")->id);
    CHECK(dept_of(cx, "mihon", "pr") == NULL);
    CHECK_STR(was[3], dept_of(cx, "mihon", "quality")->id);
    CHECK_ERR(E_CONFLICT, org_kinds_put(cx, org, depts, was)); /* seen before the first */
    struct list_window w = {.limit = 10};
    struct admin_line *lines;
    size_t n;
    cx = stage_as(st, "mihon.poc");
    CHECK_OK(cx, admin_history(cx, org, &w, &lines, &n));
    CHECK_I64(2, (i64)n);
    CHECK_STR(S("No department answers for PR any more; the contact stands in"), lines[0].sentence);
}

APP_TEST(a_kind_goes_to_a_living_department_of_the_same_organisation)
{
    str depts[10], was[10];
    admin_cast(st);
    str org = stage_org_id(st, "mihon");
    struct {
        size_t at;
        str to;
        const char *kind, *code;
    } bad[] = {{0, S(""), "poc", "kind_needed"},
               {1, stage_dept_id(st, "reiji", "design"), "design", "choice"},
               {1, S("nonsense"), "design", "choice"},
               {2, stage_dept_id(st, "mihon", "pr"), "rnd", "dept_disabled"}};
    struct ctx *cx = stage_as(st, "sysop");
    CHECK_OK(cx, dept_disable(cx, bad[3].to, 1, true));
    for (size_t i = 0; i < COUNT(bad); i++) {
        cx = stage_as(st, "sysop");
        kinds_shown(cx, "mihon", depts, was);
        depts[bad[i].at] = bad[i].to;
        CHECK_ERR(E_INVALID, org_kinds_put(cx, org, depts, was));
        CHECK(has_problem(cx, bad[i].kind, bad[i].code));
    }
    cx = stage_as(st, "reiji.poc");
    CHECK_ERR(E_NOT_FOUND, org_kinds_put(cx, org, depts, was));
    cx = stage_as(st, "mihon.design");
    CHECK_ERR(E_DENIED, org_kinds_put(cx, org, depts, was));
}
