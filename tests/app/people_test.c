/* people_test.c - accounts, memberships, and one's own account. */
#include "t.h"

#include "app/auth.h"
#include "app/people.h"
#include "help/admin.h"

static struct input *newcomer(struct arena *a, const char *login)
{
    return stage_input(a, "login", login, "name_ja", "新人", "name_en", "New Comer", "email",
                       "new@mihon.example", "lang", "en", "zone", "Europe/Helsinki", NULL);
}

/* Sign in as a browser does; the token. */
static enum err try_sign_in(struct stage *st, const char *login, str password, str *token)
{
    i64 retry;
    struct ctx *cx = stage_nobody(st);
    return sign_in(cx, str_z(login), password, S("192.0.2.1"), token, &retry);
}

static struct ctx *as_session(struct stage *st, str token)
{
    struct ctx *cx = stage_nobody(st);
    CHECK_OK(cx, session_open(cx, token));
    return cx;
}

static i64 rev_of(struct ctx *cx, const char *login)
{
    struct person_view v;
    CHECK_OK(cx, person_view(cx, str_z(login), &v));
    app_read_end(cx);
    return v.rev;
}

/* --- making ------------------------------------------------------------------------------- */

APP_TEST(a_start_password_gives_no_rights_until_it_is_changed)
{
    struct person_made made;
    str token;
    i64 retry;
    admin_cast(st);
    struct ctx *cx = stage_as(st, "sysop");
    struct input *in = newcomer(a, "shinjin");
    input_put(a, in, S("is_operator"), S("yes"));
    input_put(a, in, S("dept"), stage_dept_id(st, "mihon", "design"));
    input_put(a, in, S("role"), S("member"));
    CHECK_OK(cx, person_create(cx, in, NO_STR, &made));
    CHECK_I64(19, (i64)made.password.n);

    CHECK_ERR(OK, try_sign_in(st, "shinjin", made.password, &token));
    struct ctx *own = stage_nobody(st);
    CHECK_OK(own, session_open(own, token));
    CHECK_STR(made.id, own->who.pending_id);
    CHECK(own->who.person_id.p == NULL);
    CHECK(!own->who.is_operator);
    CHECK_I64(0, (i64)own->who.principals.n);
    CHECK_ERR(E_DENIED, own_edit(own, 1, stage_input(a, "name_en", "X", NULL)));

    in = stage_input(a, "old_password", str_to_z(a, made.password), "new_password",
                     "eight-white-horses", NULL);
    CHECK_OK(own, own_password(own, in, token, &retry));
    own = stage_nobody(st);
    CHECK_OK(own, session_open(own, token)); /* this session stays */
    CHECK_STR(made.id, own->who.person_id);
    CHECK(own->who.is_operator);
    CHECK_I64(1, (i64)own->who.nseats);
    CHECK_ERR(E_DENIED, try_sign_in(st, "shinjin", made.password, &token));
    CHECK_ERR(OK, try_sign_in(st, "shinjin", S("eight-white-horses"), &token));
}

APP_TEST(the_operator_and_a_contacts_lead_make_accounts)
{
    static const char *const others[] = {"mihon.design", "reiji.poc", "coordinator",
                                         "reception",    "auditor",   "analyst"};
    struct person_made made;
    admin_cast(st);
    for (size_t i = 0; i < COUNT(others); i++) {
        struct ctx *cx = stage_as(st, others[i]);
        CHECK_ERR(E_DENIED, person_create(cx, newcomer(a, "n1"), NO_STR, &made));
    }
    struct ctx *cx = stage_nobody(st);
    CHECK_ERR(E_DENIED, person_create(cx, newcomer(a, "n1"), NO_STR, &made));

    cx = stage_as(st, "mihon.poc"); /* with a department of its own */
    CHECK_ERR(E_INVALID, person_create(cx, newcomer(a, "n1"), NO_STR, &made));
    CHECK(has_problem(cx, "dept", "required"));
    struct input *in = newcomer(a, "n1");
    input_put(a, in, S("dept"), stage_dept_id(st, "reiji", "pr"));
    input_put(a, in, S("role"), S("member"));
    cx = stage_as(st, "mihon.poc");
    CHECK_ERR(E_INVALID, person_create(cx, in, NO_STR, &made));
    CHECK(has_problem(cx, "dept", "choice"));
    in = newcomer(a, "n1");
    input_put(a, in, S("dept"), stage_dept_id(st, "mihon", "pr"));
    input_put(a, in, S("role"), S("substitute"));
    cx = stage_as(st, "mihon.poc");
    CHECK_OK(cx, person_create(cx, in, NO_STR, &made));
    input_put(a, in, S("is_operator"), S("yes"));
    CHECK_ERR(E_INVALID, person_create(cx, in, NO_STR, &made));
    CHECK(has_problem(cx, "is_operator", "operator_only"));
}

APP_TEST(every_field_of_an_account_is_checked)
{
    static const struct {
        const char *field, *value, *code;
    } bad[] = {
        {"login", "", "required"},       {"login", "Big", "login"},    {"login", "sysop", "taken"},
        {"login", "x", "login"},         {"name_ja", "", "required"},  {"name_en", "", "required"},
        {"name_en", "a\tb", "one_line"}, {"email", "nobody", "email"}, {"lang", "fr", "choice"},
        {"zone", "Mars/Base", "choice"}, {"is_auditor", "si", "bool"}, {"dept", "pr", "id"},
        {"role", "king", "choice"},
    };
    struct person_made made;
    admin_cast(st);
    for (size_t i = 0; i < COUNT(bad); i++) {
        struct ctx *cx = stage_as(st, "sysop");
        struct input one = {0};
        input_put(a, &one, str_z(bad[i].field), str_z(bad[i].value));
        struct input all = admin_over(cx, &one, newcomer(a, "fine"));
        CHECK_ERR(E_INVALID, person_create(cx, &all, NO_STR, &made));
        CHECK(has_problem(cx, bad[i].field, bad[i].code));
    }
    struct ctx *cx = stage_as(st, "sysop");
    CHECK_ERR(E_INVALID, person_create(cx, newcomer(a, "fine"), S("short"), &made));
    CHECK(has_problem(cx, "password", "too_short"));
    cx = stage_as(st, "sysop");
    CHECK_ERR(E_INVALID,
              person_create(cx, newcomer(a, "quite-a-long-login"), S("quite-a-long-login"), &made));
    CHECK(has_problem(cx, "password", "password_is_login"));
    CHECK_ERR(E_NOT_FOUND, person_id_of(cx, S("fine"), &made.id));
}

/* --- editing and disabling ------------------------------------------------------------------ */

APP_TEST(an_account_is_edited_by_the_operator_or_its_contacts_lead)
{
    static const struct {
        const char *actor, *whom;
        enum err want;
    } table[] = {
        {"sysop", "mihon.design", OK},
        {"mihon.poc", "mihon.design", OK},
        {"mihon.poc", "reiji.design", E_NOT_FOUND},
        {"mihon.poc", "sysop", E_NOT_FOUND},
        {"mihon.design", "mihon.rnd", E_NOT_FOUND},
        {"mihon.design", "mihon.design", E_NOT_FOUND},
        {"coordinator", "mihon.design", E_NOT_FOUND},
        {"reiji.poc", "reiji.design", E_NOT_FOUND},
        {"reception", "analyst", E_NOT_FOUND},
    };
    admin_cast(st);
    for (size_t i = 0; i < COUNT(table); i++) {
        struct ctx *root = stage_as(st, "sysop"), *cx = stage_as(st, table[i].actor);
        str id = stage_person_id(st, table[i].whom), password;
        i64 rev = rev_of(root, table[i].whom);
        CHECK_ERR(table[i].want, person_edit(cx, id, rev, stage_input(a, "name_en", "N", NULL)));
        rev += table[i].want == OK;
        CHECK_ERR(table[i].want, person_disable(cx, id, rev, true));
        if (table[i].want == OK)
            CHECK_OK(cx, person_disable(cx, id, rev + 1, false));
        CHECK_ERR(table[i].want, person_reset(cx, id, &password));
        CHECK_ERR(E_DENIED, person_set_password(cx, id, S("nine-green-lanterns")));
        app_read_end(cx);
        admin_sql(st, "UPDATE person SET must_change = 0;");
    }
}

APP_TEST(a_lead_has_no_power_over_people_who_also_belong_elsewhere)
{
    str password;
    admin_cast(st);
    struct ctx *root = stage_as(st, "sysop"), *cx = stage_as(st, "mihon.poc");
    str id = stage_person_id(st, "mihon.design");
    CHECK_OK(root, member_put(
                       root, stage_input(a, "person", "mihon.design", "role", "member", "dept",
                                         str_to_z(a, stage_dept_id(st, "reiji", "design")), NULL)));
    CHECK_ERR(E_DENIED, person_reset(cx, id, &password)); /* would open the other's cases */
    CHECK_ERR(E_DENIED, person_edit(cx, id, 1, stage_input(a, "email", "x@x.example", NULL)));
    CHECK_OK(root, member_end(root, id, stage_dept_id(st, "reiji", "design")));
    CHECK_OK(cx, person_edit(cx, id, 1, stage_input(a, "email", "x@x.example", NULL)));
    admin_sql(st, "UPDATE person SET is_operator = 1 WHERE login = 'mihon.design';");
    CHECK_ERR(E_DENIED, person_reset(cx, id, &password));
}

APP_TEST(an_account_changed_meanwhile_is_a_conflict)
{
    admin_cast(st);
    str id = stage_person_id(st, "mihon.pr");
    struct ctx *cx = stage_as(st, "sysop"), *other = stage_as(st, "mihon.poc");
    CHECK_OK(other, person_edit(other, id, 1, stage_input(a, "lang", "ja", NULL)));
    CHECK_ERR(E_CONFLICT, person_edit(cx, id, 1, stage_input(a, "lang", "en", NULL)));
    CHECK_ERR(E_CONFLICT, person_disable(cx, id, 1, true));
    struct ctx *own = stage_as(st, "mihon.pr");
    CHECK_ERR(E_CONFLICT, own_edit(own, 1, stage_input(a, "lang", "en", NULL)));
    CHECK_ERR(E_INVALID, person_edit(cx, id, 2, stage_input(a, "zone", "", NULL)));
    CHECK(has_problem(cx, "zone", "required"));
}

APP_TEST(a_disabled_account_is_out_at_once_and_can_come_back)
{
    str token, again;
    admin_cast(st);
    str id = stage_person_id(st, "mihon.pr");
    struct ctx *root = stage_as(st, "sysop"), *cx = stage_nobody(st);
    CHECK_ERR(OK, try_sign_in(st, "mihon.pr", S(STAGE_PASSWORD), &token));
    CHECK_OK(cx, session_open(cx, token));
    CHECK_OK(root, person_disable(root, id, 1, true));
    cx = stage_nobody(st);
    CHECK_ERR(E_NOT_FOUND, session_open(cx, token));
    CHECK_ERR(E_DENIED, try_sign_in(st, "mihon.pr", S(STAGE_PASSWORD), &again));
    CHECK_OK(root, person_disable(root, id, 2, false));
    cx = stage_nobody(st);
    CHECK_ERR(E_NOT_FOUND, session_open(cx, token)); /* the session is gone for good */
    CHECK_ERR(OK, try_sign_in(st, "mihon.pr", S(STAGE_PASSWORD), &again));
}

APP_TEST(the_last_operator_stays)
{
    admin_cast(st);
    str root_id = stage_person_id(st, "sysop"), pr = stage_person_id(st, "mihon.pr");
    struct ctx *cx = stage_as(st, "sysop");
    CHECK_ERR(E_INVALID, person_disable(cx, root_id, 1, true));
    CHECK(has_problem(cx, "", "last_operator"));
    CHECK_ERR(E_INVALID, person_edit(cx, root_id, 1, stage_input(a, "is_operator", "no", NULL)));
    CHECK(has_problem(cx, "is_operator", "last_operator"));
    cx = stage_as(st, "sysop");
    CHECK_OK(cx, person_edit(cx, pr, 1, stage_input(a, "is_operator", "yes", NULL)));
    CHECK_OK(cx, person_disable(cx, root_id, 1, true));
    struct ctx *other = stage_as(st, "mihon.pr");
    CHECK_ERR(E_INVALID, person_disable(other, pr, 2, true));
}

APP_TEST(a_reset_password_ends_sessions_and_must_be_changed)
{
    str token, password;
    admin_cast(st);
    struct ctx *cx = stage_as(st, "mihon.poc");
    CHECK_ERR(OK, try_sign_in(st, "mihon.pr", S(STAGE_PASSWORD), &token));
    CHECK_OK(cx, person_reset(cx, stage_person_id(st, "mihon.pr"), &password));
    struct ctx *own = stage_nobody(st);
    CHECK_ERR(E_NOT_FOUND, session_open(own, token));
    CHECK_ERR(E_DENIED, try_sign_in(st, "mihon.pr", S(STAGE_PASSWORD), &token));
    CHECK_ERR(OK, try_sign_in(st, "mihon.pr", password, &token));
    CHECK_OK(own, session_open(own, token));
    CHECK(own->who.pending_id.n > 0);
}

APP_TEST(the_command_line_sets_a_password_that_holds)
{
    str token;
    admin_cast(st);
    struct ctx *cx = stage_nobody(st);
    admin_at_command_line(cx);
    str id = stage_person_id(st, "mihon.pr");
    CHECK_ERR(E_INVALID, person_set_password(cx, id, S("short")));
    CHECK_OK(cx, person_set_password(cx, id, S("nine-green-lanterns")));
    CHECK_ERR(OK, try_sign_in(st, "mihon.pr", S("nine-green-lanterns"), &token));
    struct ctx *own = stage_nobody(st);
    CHECK_OK(own, session_open(own, token));
    CHECK(own->who.person_id.n > 0);
}

/* --- one's own account ------------------------------------------------------------------------ */

APP_TEST(people_edit_their_own_account_but_not_their_power)
{
    struct person_view v;
    admin_cast(st);
    struct ctx *own = stage_as(st, "mihon.pr");
    CHECK_OK(own, own_edit(own, 1,
                           stage_input(a, "zone", "Asia/Seoul", "lang", "ja", "muted", "yes",
                                       "is_operator", "yes", NULL)));
    CHECK_OK(own, person_view(own, S("mihon.pr"), &v));
    CHECK_STR(S("Asia/Seoul"), v.zone);
    CHECK_STR(S("mihon.pr@mail.example"), v.email);
    CHECK(v.muted && !v.is_operator && !v.may_edit);
    CHECK_ERR(E_INVALID, own_edit(own, 2, stage_input(a, "email", "@", NULL)));
    CHECK_ERR(E_NOT_FOUND, person_view(own, S("mihon.poc"), &v));
    struct ctx *finder = stage_nobody(st);
    CHECK_ERR(E_DENIED, own_edit(finder, 1, stage_input(a, "lang", "ja", NULL)));
}

APP_TEST(the_old_password_is_asked_and_other_sessions_end)
{
    str here, there;
    i64 retry;
    admin_cast(st);
    CHECK_ERR(OK, try_sign_in(st, "mihon.pr", S(STAGE_PASSWORD), &here));
    CHECK_ERR(OK, try_sign_in(st, "mihon.pr", S(STAGE_PASSWORD), &there));
    struct ctx *own = as_session(st, here);
    CHECK_ERR(E_INVALID, own_password(own,
                                      stage_input(a, "old_password", "wrong-wrong-wrong",
                                                  "new_password", "nine-green-lanterns", NULL),
                                      here, &retry));
    CHECK(has_problem(own, "old_password", "old_password"));
    own = as_session(st, here);
    CHECK_ERR(E_INVALID, own_password(own,
                                      stage_input(a, "old_password", STAGE_PASSWORD, "new_password",
                                                  STAGE_PASSWORD, NULL),
                                      here, &retry));
    CHECK(has_problem(own, "new_password", "password_same"));
    own = as_session(st, here);
    CHECK_ERR(E_INVALID, own_password(own,
                                      stage_input(a, "old_password", STAGE_PASSWORD, "new_password",
                                                  "short", NULL),
                                      here, &retry));
    CHECK(has_problem(own, "new_password", "too_short"));
    own = as_session(st, here);
    CHECK_OK(own, own_password(own,
                               stage_input(a, "old_password", STAGE_PASSWORD, "new_password",
                                           "nine-green-lanterns", NULL),
                               here, &retry));
    CHECK_OK(own, session_open(own, here));
    own = stage_nobody(st);
    CHECK_ERR(E_NOT_FOUND, session_open(own, there));
}

APP_TEST(guessing_the_old_password_is_stopped_like_guessing_at_sign_in)
{
    i64 retry = 0;
    admin_cast(st);
    st->app->rates.sign_in_per_account = 3;
    struct input *in = stage_input(a, "old_password", "wrong-wrong-wrong", "new_password",
                                   "nine-green-lanterns", NULL);
    for (int i = 0; i < 3; i++) {
        struct ctx *own = stage_as(st, "mihon.pr");
        CHECK_ERR(E_INVALID, own_password(own, in, NO_STR, &retry));
    }
    struct ctx *own = stage_as(st, "mihon.pr");
    CHECK_ERR(E_BUSY, own_password(own, in, NO_STR, &retry));
    CHECK(retry > 0 && retry <= 900);
}

APP_TEST(a_password_is_not_changed_through_the_api)
{
    i64 retry;
    admin_cast(st);
    struct ctx *own = stage_as(st, "mihon.pr");
    own->door = DOOR_API;
    CHECK_ERR(E_DENIED, own_password(own,
                                     stage_input(a, "old_password", STAGE_PASSWORD, "new_password",
                                                 "nine-green-lanterns", NULL),
                                     NO_STR, &retry));
}
