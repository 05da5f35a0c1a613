/* dept_page_test.c - departments at the browser, what each answers for, and who acts for it. */
#include "t.h"

#include "help/admin.h"
#include "help/web.h"

static const char *dept_path(struct stage *st, const char *kind, const char *more)
{
    return str_to_z(st->a, str_fmt(st->a, "/en/organisations/mihon/departments/%.*s%s",
                                   SV(stage_dept_id(st, "mihon", kind)), more));
}

APP_TEST(a_department_is_added_by_the_lead_of_the_contact)
{
    admin_cast(st);
    struct visitor *poc = visit_as(st, "mihon.poc");
    struct page p = visit(poc, "/ja/organisations/mihon/departments/new");
    CHECK_NESTED(p);
    CHECK_HAS(p, "設計・製品主管");
    p = visit_post(poc, S("/en/organisations/mihon/departments/new"), "name_ja", "第二広報",
                   "name_en", "Second PR", "kinds", "pr", NULL);
    CHECK_GOES(p, "/en/organisations/mihon?done=dept_made#depts");
    CHECK_HAS(visit(poc, "/en/organisations/mihon"), "Second PR");
    CHECK_HAS(visit(poc, "/en/organisations/mihon/history"),
              "The department Second PR was added; it answers for: PR");
    p = visit_post(poc, S("/en/organisations/mihon/departments/new"), "name_ja", "", "name_en", "x",
                   "kinds", "cooks", NULL);
    CHECK_STATUS(422, p);
    CHECK_NESTED(p);
    CHECK(str_find(p.body, S("href=\"#f-name_ja\"")) > 0);
    CHECK(str_find(p.body, S("href=\"#f-kinds\"")) > 0);
    CHECK_STR(S("x"), page_input(a, p, "name_en"));
    p = visit_post(visit_as(st, "kamei.poc"), S("/en/organisations/mihon/departments/new"),
                   "name_ja", "n", "name_en", "n", NULL);
    CHECK_STATUS(404, p);
}

APP_TEST(a_department_is_edited_and_what_moved_meanwhile_is_said)
{
    admin_cast(st);
    struct visitor *poc = visit_as(st, "mihon.poc");
    const char *path = dept_path(st, "pr", "");
    struct page p = visit(poc, path);
    CHECK_NESTED(p);
    str rev = page_input(a, p, "rev");
    p = visit_post(poc, str_z(path), "rev", str_to_z(a, rev), "name_ja", "広報", "name_en", "Press",
                   "kinds", "pr", "kinds", "sales", NULL);
    CHECK_GOES(p, "/en/organisations/mihon?done=saved#depts");
    p = visit_post(poc, str_z(path), "rev", str_to_z(a, rev), "name_ja", "広報", "name_en", "Media",
                   "kinds", "pr", NULL);
    CHECK_STATUS(409, p);
    CHECK_HAS(p, "Name in English: Press");
    CHECK_HAS(p, "Sales"); /* the kinds, too, are others by now */
    CHECK_STR(S("Media"), page_input(a, p, "name_en"));
    CHECK_STATUS(404, visit(visit_as(st, "mihon.pr"), path));
    CHECK_STATUS(404, visit(visit_as(st, "sysop"), "/en/organisations/mihon/departments/nothing"));
    CHECK_STATUS(404, visit(poc, str_to_z(a, str_fmt(a, "/en/organisations/kamei/departments/%.*s",
                                                     SV(stage_dept_id(st, "kamei", "poc"))))));
}

APP_TEST(the_contact_cannot_be_left_unanswered)
{
    admin_cast(st);
    struct visitor *poc = visit_as(st, "mihon.poc");
    const char *path = dept_path(st, "poc", "");
    str rev = page_input(a, visit(poc, path), "rev");
    struct page p = visit_post(poc, str_z(path), "rev", str_to_z(a, rev), "name_ja", "窓口",
                               "name_en", "POC", NULL);
    CHECK_STATUS(422, p);
    CHECK_HAS(p, "Some department must answer for this");
    p = visit_post(poc, str_z(dept_path(st, "poc", "/disable")), "rev", str_to_z(a, rev),
                   "disabled", "yes", NULL);
    CHECK_STATUS(422, p);
    CHECK_HAS(p, "Some department must answer for this");
}

APP_TEST(a_department_is_disabled_by_one_click_and_its_role_falls_to_the_contact)
{
    admin_cast(st);
    struct visitor *poc = visit_as(st, "mihon.poc");
    str rev = page_input(a, visit(poc, dept_path(st, "pr", "")), "rev");
    str path = str_z(dept_path(st, "pr", "/disable"));
    struct page p = visit_post(poc, path, "rev", str_to_z(a, rev), "disabled", "yes", NULL);
    CHECK_GOES(p, "/en/organisations/mihon?done=dept_disabled#depts");
    p = visit_post(poc, path, "rev", str_to_z(a, rev), "disabled", "yes", NULL);
    CHECK_GOES(p, "/en/organisations/mihon?done=nothing_changed#depts");
    CHECK_HAS(visit(poc, "/en/organisations/mihon"), "The contact stands in for: PR");
}

APP_TEST(all_roles_are_given_at_once)
{
    admin_cast(st);
    struct visitor *poc = visit_as(st, "mihon.poc");
    struct page shown = visit(poc, "/en/organisations/mihon/kinds");
    CHECK_NESTED(shown);
    str design = stage_dept_id(st, "mihon", "design");
    struct input in = {0};
    static const char *const kinds[] = {"poc",    "design", "rnd",   "quality",    "si_mfg",
                                        "si_sys", "care",   "sales", "risk_legal", "pr"};
    for (size_t i = 0; i < COUNT(kinds); i++) {
        str was = stage_dept_id(st, "mihon", kinds[i]);
        input_put(a, &in, str_fmt(a, "was.%s", kinds[i]), was);
        bool moved = str_eq(str_z(kinds[i]), S("rnd")), left = str_eq(str_z(kinds[i]), S("pr"));
        input_put(a, &in, str_z(kinds[i]), moved ? design : left ? S("") : was);
    }
    struct page p = visit_send(poc, S("/en/organisations/mihon/kinds"), &in);
    CHECK_GOES(p, "/en/organisations/mihon?done=saved#depts");
    CHECK_STR(design, stage_dept_id(st, "mihon", "rnd"));
    CHECK_HAS(visit(poc, "/en/organisations/mihon"), "The contact stands in for: PR");
    /* a second click sends what is not so any more */
    p = visit_send(poc, S("/en/organisations/mihon/kinds"), &in);
    CHECK_STATUS(409, p);
    CHECK_NESTED(p);
}

/* --- members ------------------------------------------------------------------------------- */

APP_TEST(a_person_is_added_to_a_department_and_leaves_it)
{
    admin_cast(st);
    struct visitor *poc = visit_as(st, "mihon.poc");
    const char *pr = str_to_z(a, stage_dept_id(st, "mihon", "pr"));
    CHECK_NESTED(visit(poc, "/ja/organisations/mihon/members/new"));
    struct page p =
        visit_post(poc, S("/en/organisations/mihon/members/new"), "person", "mihon.design", "dept",
                   pr, "role", "substitute", "until", "2027-01-01T00:00", NULL);
    CHECK_GOES(p, "/en/organisations/mihon?done=member_put#people");
    p = visit(poc, "/en/organisations/mihon/history");
    CHECK_HAS(p, "mihon.design acts for");
    CHECK_HAS(p, "Substitute");
    p = visit(poc, str_to_z(a, str_fmt(a,
                                       "/en/organisations/mihon/members/new?person=mihon.design"
                                       "&dept=%s",
                                       pr)));
    CHECK_STR(S("2027-01-01T00:00"), page_input(a, p, "until")); /* as it stands */
    p = visit_post(poc, S("/en/organisations/mihon/members/end"), "person", "mihon.design", "dept",
                   pr, NULL);
    CHECK_GOES(p, "/en/organisations/mihon?done=member_ended#people");
    CHECK_HAS(visit(poc, "/en/organisations/mihon"), "Ended");
    p = visit_post(poc, S("/en/organisations/mihon/members/end"), "person", "mihon.design", "dept",
                   pr, NULL);
    CHECK_GOES(p, "/en/organisations/mihon?done=nothing_changed#people");
}

APP_TEST(what_is_wrong_with_a_member_stands_at_the_field)
{
    admin_cast(st);
    struct visitor *poc = visit_as(st, "mihon.poc");
    const char *pr = str_to_z(a, stage_dept_id(st, "mihon", "pr"));
    const char *kamei = str_to_z(a, stage_dept_id(st, "kamei", "poc"));
    const struct {
        const char *person, *dept, *role, *until, *field, *says;
    } bad[] = {
        {"", pr, "member", "", "person", "required"},
        {"No Login", pr, "member", "", "person", "a–z, 0–9"},
        {"kamei.poc", pr, "member", "", "person", "no such person in your organisation"},
        {"nobody.here", pr, "member", "", "person", "no such person in your organisation"},
        {"mihon.pr", "", "member", "", "dept", "required"},
        {"mihon.pr", kamei, "member", "", "dept", "given values"},
        {"mihon.pr", "x", "member", "", "dept", "given values"},
        {"mihon.pr", pr, "boss", "", "role", "given values"},
        {"mihon.pr", pr, "member", "2001-01-01T00:00", "until", "must come after"},
        {"mihon.pr", pr, "member", "soon", "until", "date"},
    };
    for (size_t i = 0; i < COUNT(bad); i++) {
        struct page p =
            visit_post(poc, S("/en/organisations/mihon/members/new"), "person", bad[i].person,
                       "dept", bad[i].dept, "role", bad[i].role, "until", bad[i].until, NULL);
        CHECK_STATUS(422, p);
        CHECK(str_find(p.body, str_fmt(a, "href=\"#f-%s\"", bad[i].field)) > 0);
        CHECK_HAS(p, bad[i].says);
    }
    CHECK_STATUS(404, visit_post(visit_as(st, "mihon.pr"), S("/en/organisations/mihon/members/new"),
                                 "person", "mihon.pr", "dept", pr, "role", "lead", NULL));
    CHECK_STATUS(404, visit_post(poc, S("/en/organisations/mihon/members/end"), "person",
                                 "kamei.poc", "dept", kamei, NULL));
    CHECK_STATUS(404,
                 visit_post(visit_as(st, "coordinator"), S("/en/organisations/mihon/members/end"),
                            "person", "mihon.pr", "dept", pr, NULL));
}
