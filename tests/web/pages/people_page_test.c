/* people_page_test.c - accounts at the browser: looked up, made, edited, disabled. */
#include "t.h"

#include "app/tokens.h"
#include "help/admin.h"
#include "help/web.h"

APP_TEST(the_operator_sees_all_people_and_a_lead_the_own)
{
    admin_cast(st);
    struct visitor *root = visit_as(st, "sysop"), *poc = visit_as(st, "mihon.poc");
    struct page p = visit(root, "/en/people");
    CHECK_NESTED(p);
    CHECK_HAS(p, "kamei.poc");
    CHECK_HAS(p, "System operator");
    p = visit(poc, "/ja/people");
    CHECK_NESTED(p);
    CHECK_HAS(p, "mihon.design");
    CHECK_LACKS(p, "kamei.poc");
    CHECK_STATUS(404, visit(poc, "/en/people?org=kamei"));
    CHECK_STATUS(404, visit(visit_as(st, "mihon.design"), "/en/people"));
    CHECK_STATUS(404, visit(visit_as(st, "coordinator"), "/en/people?org=mihon"));
    CHECK_STATUS(404, visit(visit_as(st, "mihon.design"), "/en/people.csv"));
    p = visit(poc, "/en/people.csv?q=design");
    CHECK(str_find(p.body, S("login,name,email,is_operator,is_auditor,must_change,disabled\r\n"
                             "mihon.design,")) >= 0);
    p = visit(root, "/en/people?show=operators");
    CHECK_HAS(p, "1 in all");
    CHECK_HAS(visit(root, "/en/people?q=no-one-of-that-name"), "No account fits");
}

APP_TEST(an_account_is_looked_at_by_who_may_edit_it)
{
    admin_cast(st);
    struct visitor *poc = visit_as(st, "mihon.poc");
    struct page p = visit(poc, "/en/people/mihon.pr");
    CHECK_NESTED(p);
    CHECK_HAS(p, "Make a new start password");
    CHECK_LACKS(p, "id=\"tokens\""); /* the operator's to see */
    CHECK_STATUS(404, visit(poc, "/en/people/kamei.poc"));
    CHECK_STATUS(404, visit(poc, "/en/people/sysop"));
    CHECK_STATUS(404, visit(poc, "/en/people/no.such"));
    CHECK_STATUS(404, visit(visit_as(st, "mihon.pr"), "/en/people/mihon.design"));
    CHECK_GOES(visit(visit_as(st, "mihon.pr"), "/en/people/mihon.pr"), "/en/account");
}

APP_TEST(an_account_is_made_with_a_password_that_is_shown_once)
{
    admin_cast(st);
    struct visitor *poc = visit_as(st, "mihon.poc");
    const char *pr = str_to_z(a, stage_dept_id(st, "mihon", "pr"));
    CHECK_STATUS(404, visit(poc, "/en/people/new")); /* without an organisation */
    CHECK_STATUS(404, visit(poc, "/en/people/new?org=kamei"));
    struct page p = visit(poc, "/en/people/new?org=mihon");
    CHECK_NESTED(p);
    CHECK_LACKS(p, "is_operator");
    p = visit_post(poc, S("/en/people/new"), "org", "mihon", "login", "new.one", "name_ja", "新",
                   "name_en", "New One", "lang", "en", "zone", "Asia/Tokyo", "dept", pr, "role",
                   "member", NULL);
    CHECK_STATUS(200, p);
    CHECK_NESTED(p);
    CHECK_HAS(p, "Start password");
    str cache = http_answer_header(&p.rs, S("Cache-Control"));
    CHECK(str_find(cache, S("no-store")) >= 0);
    p = visit_post(poc, S("/en/people/new"), "org", "mihon", "login", "new.one", "name_ja", "新",
                   "name_en", "New One", "lang", "en", "zone", "Asia/Tokyo", "dept", pr, "role",
                   "member", NULL);
    CHECK_STATUS(422, p); /* a second click */
    CHECK_HAS(p, "already in use");
    CHECK_STR(S("New One"), page_input(a, p, "name_en"));
    p = visit(poc, "/en/people/new.one");
    CHECK_HAS(p, "Start password");
    CHECK_STR(S("1"),
              help_sql_value(a, st->url, "SELECT count(*) FROM person WHERE login = 'new.one'"));
}

APP_TEST(what_is_wrong_with_a_new_account_stands_at_the_field)
{
    admin_cast(st);
    struct visitor *poc = visit_as(st, "mihon.poc");
    const char *pr = str_to_z(a, stage_dept_id(st, "mihon", "pr"));
    const char *kamei = str_to_z(a, stage_dept_id(st, "kamei", "poc"));
    const struct {
        const char *name, *value, *says;
    } bad[] = {
        {"login", "", "required"},
        {"login", "Big One", "a–z, 0–9"},
        {"name_ja", "", "required"},
        {"name_en", "", "required"},
        {"email", "nobody", "mail address"},
        {"lang", "fr", "given values"},
        {"zone", "Mars/Olympus", "given values"},
        {"dept", "", "required"},
        {"dept", kamei, "given values"},
        {"role", "boss", "given values"},
    };
    const char *const good[][2] = {{"org", "mihon"}, {"login", "new.one"},  {"name_ja", "新"},
                                   {"name_en", "N"}, {"lang", "en"},        {"dept", pr},
                                   {"role", "lead"}, {"zone", "Asia/Tokyo"}};
    for (size_t i = 0; i < COUNT(bad); i++) {
        struct input in = {0};
        for (size_t k = 0; k < COUNT(good); k++)
            if (!str_eq(str_z(good[k][0]), str_z(bad[i].name)))
                input_put(a, &in, str_z(good[k][0]), str_z(good[k][1]));
        input_put(a, &in, str_z(bad[i].name), str_z(bad[i].value));
        struct page p = visit_send(poc, S("/en/people/new"), &in);
        CHECK_STATUS(422, p);
        CHECK_NESTED(p);
        CHECK(str_find(p.body, str_fmt(a, "href=\"#f-%s\"", bad[i].name)) > 0);
        CHECK_HAS(p, bad[i].says);
    }
    /* what its form does not show is not taken: nobody makes an operator of oneself */
    struct page p = visit_post(poc, S("/en/people/new"), "org", "mihon", "login", "new.one",
                               "name_ja", "新", "name_en", "N", "lang", "en", "dept", pr, "role",
                               "lead", "is_operator", "yes", NULL);
    CHECK_STATUS(200, p);
    CHECK_STR(S("0"),
              help_sql_value(a, st->url, "SELECT is_operator FROM person WHERE login = 'new.one'"));
}

APP_TEST(an_account_is_edited_and_what_moved_meanwhile_is_said)
{
    admin_cast(st);
    struct visitor *poc = visit_as(st, "mihon.poc");
    struct page p = visit(poc, "/ja/people/mihon.pr/edit");
    CHECK_NESTED(p);
    const char *rev = str_to_z(a, page_input(a, p, "rev"));
    p = visit_post(poc, S("/en/people/mihon.pr/edit"), "rev", rev, "name_ja", "一", "name_en",
                   "One", "email", "one@mihon.example", "lang", "en", "zone", "UTC", NULL);
    CHECK_GOES(p, "/en/people/mihon.pr?done=saved");
    CHECK_HAS(visit(poc, "/en/people/mihon.pr"), "one@mihon.example");
    p = visit_post(poc, S("/en/people/mihon.pr/edit"), "rev", rev, "name_ja", "一", "name_en",
                   "Two", "lang", "en", "zone", "UTC", NULL);
    CHECK_STATUS(409, p);
    CHECK_HAS(p, "Name in English: One");
    CHECK_STR(S("Two"), page_input(a, p, "name_en"));
    p = visit_post(poc, S("/en/people/mihon.pr/edit"), "rev", rev, "name_ja", "", "name_en", "Two",
                   "email", "x", "lang", "", "zone", "", NULL);
    CHECK(p.status == 409 || p.status == 422);
    CHECK_STATUS(404, visit(poc, "/en/people/kamei.poc/edit"));
    CHECK_STATUS(404,
                 visit_post(poc, S("/en/people/kamei.poc/edit"), "rev", "1", "name_en", "x", NULL));
}

APP_TEST(the_last_operator_stays)
{
    admin_cast(st);
    struct visitor *root = visit_as(st, "sysop");
    struct page p = visit(root, "/en/people/sysop/edit");
    const char *rev = str_to_z(a, page_input(a, p, "rev"));
    p = visit_post(root, S("/en/people/sysop/edit"), "rev", rev, "name_ja", "r", "name_en", "r",
                   "lang", "en", "zone", "UTC", NULL);
    CHECK_STATUS(422, p);
    CHECK_HAS(p, "This is the last operator");
    p = visit_post(root, S("/en/people/sysop/disable"), "rev", rev, "disabled", "yes", NULL);
    CHECK_STATUS(422, p);
    CHECK_HAS(p, "This is the last operator");
}

APP_TEST(a_disabled_account_is_out_at_once_and_may_come_back)
{
    admin_cast(st);
    struct visitor *poc = visit_as(st, "mihon.poc"), *pr = visit_as(st, "mihon.pr");
    const char *rev = str_to_z(a, page_input(a, visit(poc, "/en/people/mihon.pr"), "rev"));
    CHECK_STATUS(200, visit(pr, "/en/account"));
    struct page p =
        visit_post(poc, S("/en/people/mihon.pr/disable"), "rev", rev, "disabled", "yes", NULL);
    CHECK_GOES(p, "/en/people/mihon.pr?done=person_disabled");
    CHECK_SIGN_IN(visit(pr, "/en/account"));
    p = visit_post(poc, S("/en/people/mihon.pr/disable"), "rev", rev, "disabled", "yes", NULL);
    CHECK_GOES(p, "/en/people/mihon.pr?done=nothing_changed");
    p = visit(poc, "/en/people/mihon.pr");
    CHECK_HAS(p, "Enable this account again");
    p = visit_post(poc, S("/en/people/mihon.pr/disable"), "rev",
                   str_to_z(a, page_input(a, p, "rev")), "disabled", "no", NULL);
    CHECK_GOES(p, "/en/people/mihon.pr?done=person_enabled");
    CHECK_STATUS(404, visit_post(poc, S("/en/people/kamei.poc/disable"), "rev", "1", "disabled",
                                 "yes", NULL));
}

APP_TEST(a_new_start_password_ends_the_sessions)
{
    admin_cast(st);
    struct visitor *poc = visit_as(st, "mihon.poc"), *pr = visit_as(st, "mihon.pr");
    CHECK_STATUS(200, visit(pr, "/en/account"));
    struct page p = visit_post(poc, S("/ja/people/mihon.pr/reset"), "", "", NULL);
    CHECK_STATUS(200, p);
    CHECK_NESTED(p);
    CHECK_HAS(p, "初回パスワード");
    CHECK_SIGN_IN(visit(pr, "/en/account"));
    CHECK_STATUS(404, visit_post(poc, S("/en/people/kamei.poc/reset"), "", "", NULL));
    CHECK_STATUS(404, visit_post(poc, S("/en/people/sysop/reset"), "", "", NULL));
}

APP_TEST(the_operator_revokes_a_token_of_anybody_and_nobody_else_does)
{
    struct token_made made;
    admin_cast(st);
    struct ctx *cx = stage_as(st, "mihon.pr");
    CHECK_OK(cx,
             token_make(cx, cx->who.person_id, stage_input(a, "token_name", "robot", NULL), &made));
    struct visitor *root = visit_as(st, "sysop");
    CHECK_HAS(visit(root, "/en/people/mihon.pr"), "robot");
    CHECK_LACKS(visit(visit_as(st, "mihon.poc"), "/en/people/mihon.pr"), "robot");
    CHECK_STATUS(404, visit_post(visit_as(st, "mihon.poc"), S("/en/people/mihon.pr/tokens/revoke"),
                                 "token", str_to_z(a, made.id), NULL));
    for (int click = 0; click < 2; click++)
        CHECK_GOES(visit_post(root, S("/en/people/mihon.pr/tokens/revoke"), "token",
                              str_to_z(a, made.id), NULL),
                   click == 0 ? "/en/people/mihon.pr?done=token_revoked#tokens"
                              : "/en/people/mihon.pr?done=nothing_changed#tokens");
    CHECK_HAS(visit(root, "/en/people/mihon.pr"), "Revoked");
}
