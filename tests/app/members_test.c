/* members_test.c - who acts for which department, and who may look at people. */
#include "t.h"

#include "app/people.h"
#include "help/admin.h"

static struct input *member(struct stage *st, const char *login, const char *org, const char *kind,
                            const char *role)
{
    return stage_input(st->a, "person", login, "dept",
                       str_to_z(st->a, stage_dept_id(st, org, kind)), "role", role, NULL);
}

APP_TEST(a_membership_gives_a_seat_and_its_end_takes_it)
{
    admin_cast(st);
    struct ctx *cx = stage_as(st, "mihon.poc");
    CHECK_OK(cx, member_put(cx, member(st, "mihon.pr", "mihon", "design", "lead")));
    struct ctx *pr = stage_as(st, "mihon.pr");
    CHECK_I64(2, (i64)pr->who.nseats);
    CHECK(user_seat(&pr->who, S("design"))->lead);
    CHECK_OK(cx, member_put(cx, member(st, "mihon.pr", "mihon", "design", "member")));
    CHECK(!user_seat(&stage_as(st, "mihon.pr")->who, S("design"))->lead);
    CHECK_OK(cx,
             member_end(cx, stage_person_id(st, "mihon.pr"), stage_dept_id(st, "mihon", "design")));
    CHECK_I64(1, (i64)stage_as(st, "mihon.pr")->who.nseats);
    CHECK_ERR(E_CONFLICT, member_end(cx, stage_person_id(st, "mihon.pr"),
                                     stage_dept_id(st, "mihon", "design")));
}

APP_TEST(a_membership_holds_between_its_dates)
{
    admin_cast(st);
    struct ctx *cx = stage_as(st, "sysop");
    struct input *in = member(st, "mihon.pr", "mihon", "sales", "substitute");
    input_put(a, in, S("since"), S("2026-11-03T09:00:00+09:00"));
    input_put(a, in, S("until"), S("2026-11-05T09:00:00+09:00"));
    CHECK_OK(cx, member_put(cx, in));
    CHECK_I64(1, (i64)stage_as(st, "mihon.pr")->who.nseats);
    (void)stage_later(st, DAY);
    CHECK_I64(2, (i64)stage_as(st, "mihon.pr")->who.nseats);
    (void)stage_later(st, 2 * DAY);
    CHECK_I64(1, (i64)stage_as(st, "mihon.pr")->who.nseats);
}

APP_TEST(members_are_chosen_by_the_operator_and_the_own_contacts_lead)
{
    static const struct {
        const char *actor, *person, *org;
        enum err put;
    } table[] = {
        {"sysop", "mihon.pr", "reiji", OK},
        {"mihon.poc", "mihon.rnd", "mihon", OK},
        {"mihon.poc", "mihon.rnd", "reiji", E_INVALID}, /* not its department */
        {"mihon.poc", "reiji.rnd", "mihon", E_INVALID}, /* not its person */
        {"mihon.poc", "nobody", "mihon", E_INVALID},
        {"coordinator", "mihon.rnd", "mihon", E_DENIED},
        {"reiji.poc", "reiji.rnd", "reiji", E_DENIED},
        {"mihon.design", "mihon.rnd", "mihon", E_DENIED},
        {"reception", "reception", "reception", E_DENIED},
    };
    admin_cast(st);
    for (size_t i = 0; i < COUNT(table); i++) {
        struct ctx *cx = stage_as(st, table[i].actor);
        const char *kind = strcmp(table[i].org, "reception") == 0 ? "reception" : "si_sys";
        CHECK_ERR(table[i].put,
                  member_put(cx, member(st, table[i].person, table[i].org, kind, "member")));
    }
    struct ctx *stranger = stage_as(st, "mihon.poc"), *none = stage_as(st, "mihon.poc");
    CHECK_ERR(E_INVALID, member_put(stranger, member(st, "reiji.rnd", "mihon", "pr", "member")));
    CHECK_ERR(E_INVALID, member_put(none, member(st, "nobody", "mihon", "pr", "member")));
    CHECK_STR(stage_why(none), stage_why(stranger)); /* no way to learn who has an account */
}

APP_TEST(memberships_are_ended_by_those_who_may_make_them)
{
    static const struct {
        const char *actor;
        enum err want;
    } table[] = {{"reiji.poc", E_NOT_FOUND},
                 {"mihon.design", E_DENIED},
                 {"coordinator", E_DENIED},
                 {"reception", E_DENIED},
                 {"mihon.poc", OK}};
    admin_cast(st);
    for (size_t i = 0; i < COUNT(table); i++) {
        struct ctx *cx = stage_as(st, table[i].actor);
        CHECK_ERR(table[i].want, member_end(cx, stage_person_id(st, "mihon.pr"),
                                            stage_dept_id(st, "mihon", "pr")));
    }
    struct ctx *cx = stage_as(st, "sysop");
    CHECK_ERR(E_NOT_FOUND,
              member_end(cx, stage_person_id(st, "mihon.pr"), stage_dept_id(st, "reiji", "pr")));
}

APP_TEST(every_field_of_a_membership_is_checked)
{
    admin_cast(st);
    struct ctx *cx = stage_as(st, "sysop");
    CHECK_ERR(E_INVALID,
              member_put(cx, stage_input(a, "since", "yesterday", "until", "2026-13-01", NULL)));
    CHECK(has_problem(cx, "person", "required"));
    CHECK(has_problem(cx, "dept", "required"));
    CHECK(has_problem(cx, "role", "required"));
    CHECK(has_problem(cx, "since", "instant"));
    CHECK(has_problem(cx, "until", "instant"));
    cx = stage_as(st, "sysop");
    struct input *in = member(st, "mihon.pr", "mihon", "pr", "member");
    input_put(a, in, S("until"), S("2020-01-01T00:00:00Z"));
    CHECK_ERR(E_INVALID, member_put(cx, in));
    CHECK(has_problem(cx, "until", "until_before"));
    cx = stage_as(st, "sysop");
    admin_sql(st, "UPDATE person SET disabled = 1 WHERE login = 'mihon.pr';");
    CHECK_ERR(E_INVALID, member_put(cx, member(st, "mihon.pr", "mihon", "pr", "member")));
    CHECK(has_problem(cx, "person", "person_disabled"));
    cx = stage_as(st, "sysop");
    admin_sql(st, "UPDATE dept SET disabled = 1;");
    CHECK_ERR(E_INVALID, member_put(cx, member(st, "mihon.rnd", "mihon", "pr", "member")));
    CHECK(has_problem(cx, "dept", "choice"));
}

APP_TEST(people_are_listed_for_who_may_edit_them)
{
    struct person_filter f = {0};
    struct person_line *rows;
    size_t n;
    admin_cast(st);
    struct list_window w = {.limit = 100};
    struct ctx *cx = stage_as(st, "sysop");
    CHECK_OK(cx, person_list(cx, &f, &w, &rows, &n));
    CHECK_I64(28, (i64)n);
    f.part = S("MIHON.P");
    CHECK_OK(cx, person_list(cx, &f, &w, &rows, &n));
    CHECK_I64(2, (i64)n);
    CHECK_STR(S("mihon.poc"), rows[0].login);
    CHECK_STR(S("P. mihon.poc"), rows[0].name);
    f = (struct person_filter){.operators = true};
    CHECK_OK(cx, person_list(cx, &f, &w, &rows, &n));
    CHECK_I64(1, (i64)n);
    cx = stage_as(st, "mihon.poc");
    f = (struct person_filter){0};
    CHECK_ERR(E_DENIED, person_list(cx, &f, &w, &rows, &n));
    f.org_id = stage_org_id(st, "mihon");
    CHECK_OK(cx, person_list(cx, &f, &w, &rows, &n));
    CHECK_I64(10, (i64)n);
    f.org_id = stage_org_id(st, "reiji");
    CHECK_ERR(E_DENIED, person_list(cx, &f, &w, &rows, &n));
    cx = stage_as(st, "coordinator");
    CHECK_ERR(E_DENIED, person_list(cx, &f, &w, &rows, &n));
}

APP_TEST(members_of_an_organisation_are_for_its_own_people)
{
    struct member_line *rows;
    size_t n;
    admin_cast(st);
    str mihon = stage_org_id(st, "mihon");
    struct ctx *cx = stage_as(st, "mihon.design");
    CHECK_OK(cx, org_members(cx, mihon, &rows, &n));
    CHECK_I64(10, (i64)n);
    cx = stage_as(st, "sysop");
    CHECK_OK(cx, org_members(cx, mihon, &rows, &n));
    cx = stage_as(st, "coordinator");
    CHECK_ERR(E_DENIED, org_members(cx, mihon, &rows, &n));
    cx = stage_as(st, "reiji.poc");
    CHECK_ERR(E_NOT_FOUND, org_members(cx, mihon, &rows, &n));
}

APP_TEST(reception_finds_the_analysts_it_may_ask)
{
    struct member_line *rows;
    size_t n;
    admin_cast(st);
    struct ctx *cx = stage_as(st, "reception");
    CHECK_OK(cx, analyst_list(cx, &rows, &n));
    CHECK_I64(1, (i64)n);
    CHECK_STR(stage_person_id(st, "analyst"), rows[0].person_id);
    cx = stage_as(st, "mihon.poc");
    CHECK_ERR(E_DENIED, analyst_list(cx, &rows, &n));
}
