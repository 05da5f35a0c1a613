/* account_page_test.c - one's own account: data, password, sessions, API tokens. */
#include "t.h"

#include "app/people.h"
#include "help/admin.h"
#include "help/web.h"

APP_TEST(everybody_has_an_account_page_in_both_languages)
{
    admin_cast(st);
    struct page p = visit(visit_as(st, "mihon.pr"), "/en/account");
    CHECK_STATUS(200, p);
    CHECK_NESTED(p);
    CHECK_HAS(p, "This session");
    CHECK_HAS(p, "You have no API token.");
    p = visit(visit_as(st, "sysop"), "/ja/account");
    CHECK_NESTED(p);
    CHECK_HAS(p, "このセッション");
    CHECK_HAS(p, "担当する部門はありません");
    CHECK_SIGN_IN(visit(visit_nobody(st), "/ja/account"));
    CHECK_SIGN_IN(visit(visit_nobody(st), "/ja/account/edit"));
    CHECK_SIGN_IN(visit(visit_nobody(st), "/ja/account/tokens/new"));
}

APP_TEST(language_zone_and_notices_are_chosen_by_oneself)
{
    admin_cast(st);
    struct visitor *v = visit_as(st, "mihon.pr");
    struct page p = visit(v, "/en/account/edit");
    CHECK_NESTED(p);
    const char *rev = str_to_z(a, page_input(a, p, "rev"));
    p = visit_post(v, S("/en/account/edit"), "rev", rev, "name_ja", "広", "name_en", "Pr", "email",
                   "pr@mihon.example", "lang", "ja", "zone", "Europe/Berlin", "muted", "yes", NULL);
    CHECK_GOES(p, "/ja/account?done=saved"); /* in the language that was chosen */
    p = visit(v, "/en/account");
    CHECK_HAS(p, "Europe/Berlin");
    CHECK_HAS(p, "pr@mihon.example");
    CHECK_HAS(p, "Notices by mail None");
    p = visit_post(v, S("/en/account/edit"), "rev", rev, "name_ja", "広", "name_en", "Late", "lang",
                   "ja", "zone", "UTC", NULL);
    CHECK_STATUS(409, p);
    CHECK_HAS(p, "Time zone: Europe/Berlin");
    CHECK_STR(S("Late"), page_input(a, p, "name_en"));
    /* a box that is not ticked any more */
    p = visit_post(v, S("/en/account/edit"), "rev", str_to_z(a, page_input(a, p, "rev")), "name_ja",
                   "広", "name_en", "Pr", "email", "pr@mihon.example", "lang", "en", "zone", "UTC",
                   NULL);
    CHECK_GOES(p, "/en/account?done=saved");
    CHECK_HAS(visit(v, "/en/account"), "Sent to the mail address");
}

APP_TEST(what_is_wrong_with_ones_data_stands_at_the_field)
{
    static const struct {
        const char *name, *value, *says;
    } bad[] = {{"name_ja", "", "required"},
               {"name_en", "", "required"},
               {"email", "x@", "mail address"},
               {"lang", "fr", "given values"},
               {"zone", "Nowhere/At", "given values"},
               {"name_en", "two\nlines", "one line"}};
    static const char *const good[][2] = {
        {"name_ja", "広"}, {"name_en", "Pr"}, {"lang", "en"}, {"zone", "UTC"}};
    admin_cast(st);
    struct visitor *v = visit_as(st, "mihon.pr");
    str rev = page_input(a, visit(v, "/en/account/edit"), "rev");
    for (size_t i = 0; i < COUNT(bad); i++) {
        struct input in = {0};
        input_put(a, &in, S("rev"), rev);
        for (size_t k = 0; k < COUNT(good); k++)
            if (!str_eq(str_z(good[k][0]), str_z(bad[i].name)))
                input_put(a, &in, str_z(good[k][0]), str_z(good[k][1]));
        input_put(a, &in, str_z(bad[i].name), str_z(bad[i].value));
        struct page p = visit_send(v, S("/en/account/edit"), &in);
        CHECK_STATUS(422, p);
        CHECK_NESTED(p);
        CHECK(str_find(p.body, str_fmt(a, "href=\"#f-%s\"", bad[i].name)) > 0);
        CHECK_HAS(p, bad[i].says);
    }
    /* nobody makes an operator of oneself */
    CHECK_STATUS(303, visit_post(v, S("/en/account/edit"), "rev", str_to_z(a, rev), "name_ja", "広",
                                 "name_en", "Pr", "lang", "en", "zone", "UTC", "is_operator", "yes",
                                 NULL));
    CHECK_STATUS(404, visit(v, "/en/admin"));
}

/* --- password ------------------------------------------------------------------------------ */

APP_TEST(a_new_password_needs_the_old_one_and_ends_other_sessions)
{
    admin_cast(st);
    struct visitor *v = visit_as(st, "mihon.pr"), *other = visit_as(st, "mihon.pr");
    struct page p = visit(v, "/ja/account/password");
    CHECK_NESTED(p);
    p = visit_post(v, S("/en/account/password"), "old_password", "wrong-one-it-is", "new_password",
                   "nine-bridges-of-stone", NULL);
    CHECK_STATUS(422, p);
    CHECK_HAS(p, "This is not the present password");
    CHECK(str_find(p.body, S("nine-bridges")) < 0); /* a secret is never shown again */
    p = visit_post(v, S("/en/account/password"), "old_password", STAGE_PASSWORD, "new_password",
                   "short", NULL);
    CHECK_STATUS(422, p);
    CHECK_HAS(p, "12");
    p = visit_post(v, S("/en/account/password"), "old_password", "", "new_password", "", NULL);
    CHECK_STATUS(422, p);
    p = visit_post(v, S("/en/account/password"), "old_password", STAGE_PASSWORD, "new_password",
                   STAGE_PASSWORD, NULL);
    CHECK_STATUS(422, p);
    CHECK_STATUS(200, visit(other, "/en/account"));
    p = visit_post(v, S("/en/account/password"), "old_password", STAGE_PASSWORD, "new_password",
                   "nine-bridges-of-stone", NULL);
    CHECK_GOES(p, "/en/account?done=password_changed");
    CHECK_STATUS(200, visit(v, "/en/account"));
    CHECK_SIGN_IN(visit(other, "/en/account"));
}

APP_TEST(wrong_passwords_are_counted_as_at_sign_in)
{
    struct page p = {0};
    admin_cast(st);
    struct visitor *v = visit_as(st, "mihon.pr");
    st->app->rates.sign_in_per_account = 3;
    for (int i = 0; i < 4; i++)
        p = visit_post(v, S("/en/account/password"), "old_password", "wrong-one-it-is",
                       "new_password", "nine-bridges-of-stone", NULL);
    CHECK_STATUS(429, p);
    CHECK_NESTED(p);
    CHECK(http_answer_header(&p.rs, S("Retry-After")).n > 0);
}

APP_TEST(who_signs_in_with_a_start_password_can_do_nothing_but_change_it)
{
    str password;
    admin_cast(st);
    struct ctx *cx = stage_as(st, "sysop");
    CHECK_OK(cx, person_reset(cx, stage_person_id(st, "mihon.pr"), &password));
    struct visitor *v = visit_nobody(st);
    struct page p = visit_post(v, S("/en/sign-in"), "login", "mihon.pr", "password",
                               str_to_z(a, password), NULL);
    CHECK_GOES(p, "/en/account/password");
    str cookie = http_answer_header(&p.rs, S("Set-Cookie"));
    str rest = str_from(cookie, S("kk=").n);
    v->session = str_cut(&rest, ';');
    CHECK_SIGN_IN(visit(v, "/en/account"));
    CHECK_SIGN_IN(visit(v, "/en/organisation"));
    p = visit(v, "/en/account/password");
    CHECK_STATUS(200, p);
    CHECK_NESTED(p);
    CHECK_HAS(p, "Choose a password of your own");
    p = visit_post(v, S("/en/account/password"), "old_password", str_to_z(a, password),
                   "new_password", "nine-bridges-of-stone", NULL);
    CHECK_GOES(p, "/en/inbox?done=password_changed");
    CHECK_STATUS(200, visit(v, "/en/account"));
    /* whoever is nobody is sent to sign in */
    CHECK_GOES(visit(visit_nobody(st), "/en/account/password"), "/en/sign-in");
    CHECK_STATUS(404, visit_post(visit_nobody(st), S("/en/account/password"), "old_password", "x",
                                 "new_password", "nine-bridges-of-stone", NULL));
}

/* --- sessions and tokens --------------------------------------------------------------------- */

APP_TEST(other_sessions_are_ended_one_by_one_or_all_at_once)
{
    admin_cast(st);
    struct visitor *v = visit_as(st, "mihon.pr"), *b = visit_as(st, "mihon.pr");
    struct visitor *c = visit_as(st, "mihon.pr"), *stranger = visit_as(st, "mihon.design");
    struct page p = visit(v, "/en/account");
    const char *ref = str_to_z(a, page_input(a, p, "session"));
    CHECK_GOES(visit_post(stranger, S("/en/account/sessions/end"), "session", ref, NULL),
               "/en/account?done=nothing_changed#sessions");
    CHECK_GOES(visit_post(v, S("/en/account/sessions/end"), "session", ref, NULL),
               "/en/account?done=session_ended#sessions");
    CHECK_GOES(visit_post(v, S("/en/account/sessions/end"), "session", ref, NULL),
               "/en/account?done=nothing_changed#sessions");
    CHECK_I64(1, (visit(b, "/en/account").status == 303) + (visit(c, "/en/account").status == 303));
    CHECK_GOES(visit_post(v, S("/en/account/sessions/end"), "session", "others", NULL),
               "/en/account?done=session_ended#sessions");
    CHECK_SIGN_IN(visit(b, "/en/account"));
    CHECK_SIGN_IN(visit(c, "/en/account"));
    CHECK_STATUS(200, visit(v, "/en/account"));
    CHECK_STATUS(200, visit(stranger, "/en/account"));
}

APP_TEST(a_token_is_shown_once_and_can_be_revoked)
{
    admin_cast(st);
    struct visitor *v = visit_as(st, "mihon.pr");
    CHECK_NESTED(visit(v, "/ja/account/tokens/new"));
    struct page p =
        visit_post(v, S("/en/account/tokens/new"), "token_name", "Nightly <export>", NULL);
    CHECK_STATUS(200, p);
    CHECK_NESTED(p);
    ptrdiff_t at = str_find(p.body, S("kkh_"));
    CHECK(at > 0);
    str rest = str_from(p.body, (size_t)at), secret = str_cut(&rest, '<');
    CHECK_I64(47, (i64)secret.n); /* 256 bits in base64url */
    CHECK(str_find(http_answer_header(&p.rs, S("Cache-Control")), S("no-store")) >= 0);
    p = visit(v, "/en/account");
    CHECK_HAS(p, "Nightly <export>");
    CHECK(str_find(p.body, secret) < 0);
    const char *id = str_to_z(a, page_input(a, p, "token"));
    CHECK_GOES(
        visit_post(visit_as(st, "mihon.design"), S("/en/account/tokens/revoke"), "token", id, NULL),
        "/en/account?done=nothing_changed#tokens");
    CHECK_GOES(visit_post(v, S("/en/account/tokens/revoke"), "token", id, NULL),
               "/en/account?done=token_revoked#tokens");
    CHECK_GOES(visit_post(v, S("/en/account/tokens/revoke"), "token", id, NULL),
               "/en/account?done=nothing_changed#tokens");
}

APP_TEST(what_is_wrong_with_a_token_stands_at_the_field)
{
    static const struct {
        const char *name, *expires, *field, *says;
    } bad[] = {{"", "", "token_name", "required"},
               {"x", "yesterday", "expires", "date"},
               {"x", "2001-01-01T00:00", "expires", "in the future"},
               {"x", "2099-01-01T00:00", "expires", "two years"}};
    admin_cast(st);
    struct visitor *v = visit_as(st, "mihon.pr");
    for (size_t i = 0; i < COUNT(bad); i++) {
        struct page p = visit_post(v, S("/en/account/tokens/new"), "token_name", bad[i].name,
                                   "expires", bad[i].expires, NULL);
        CHECK_STATUS(422, p);
        CHECK_NESTED(p);
        CHECK(str_find(p.body, str_fmt(a, "href=\"#f-%s\"", bad[i].field)) > 0);
        CHECK_HAS(p, bad[i].says);
    }
    CHECK_STR(S("0"), help_sql_value(a, st->url, "SELECT count(*) FROM api_token"));
}
