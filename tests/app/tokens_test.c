/* tokens_test.c - API tokens: made once, checked by hash, ended by date and by hand. */
#include "t.h"

#include "app/auth.h"
#include "app/people.h"
#include "app/tokens.h"
#include "help/admin.h"

static enum err opens(struct stage *st, str secret)
{
    struct ctx *cx = stage_nobody(st);
    enum err e = token_open(cx, secret);
    app_read_end(cx);
    return e;
}

APP_TEST(a_token_opens_until_it_expires)
{
    struct token_made made, other;
    admin_cast(st);
    struct ctx *own = stage_as(st, "mihon.pr");
    str id = own->who.person_id;
    CHECK_OK(own, token_make(own, id,
                             stage_input(a, "token_name", "CI", "expires",
                                         "2026-11-03T10:00:00+09:00", NULL),
                             &made));
    CHECK(str_has_prefix(made.secret, S("kkh_")));
    CHECK_I64(4 + 43, (i64)made.secret.n); /* 256 bits in base64url */
    CHECK_OK(own, token_make(own, id, stage_input(a, "token_name", "long", NULL), &other));
    CHECK_I64(time_add_months(own->now, 12, zone_tokyo), other.expires);
    CHECK(!str_eq(made.secret, other.secret));
    CHECK_ERR(OK, opens(st, made.secret));
    CHECK_ERR(E_NOT_FOUND, opens(st, str_sub(made.secret, 0, made.secret.n - 1)));
    (void)stage_later(st, DAY);
    CHECK_ERR(E_NOT_FOUND, opens(st, made.secret));
    CHECK_ERR(OK, opens(st, other.secret));
}

APP_TEST(a_revoked_token_opens_nothing)
{
    struct token_made made;
    struct token_line *rows;
    size_t n;
    admin_cast(st);
    struct ctx *own = stage_as(st, "mihon.pr");
    str id = own->who.person_id;
    CHECK_OK(own, token_make(own, id, stage_input(a, "token_name", "CI", NULL), &made));
    CHECK_OK(own, token_revoke(own, id, made.id));
    CHECK_ERR(E_NOT_FOUND, opens(st, made.secret));
    CHECK_ERR(E_NOT_FOUND, token_revoke(own, id, made.id));
    CHECK_OK(own, token_list(own, id, &rows, &n));
    CHECK_I64(1, (i64)n);
    CHECK(rows[0].revoked.is);
}

APP_TEST(tokens_belong_to_their_person)
{
    struct token_made made;
    struct token_line *rows;
    size_t n;
    admin_cast(st);
    struct ctx *own = stage_as(st, "mihon.pr"), *lead = stage_as(st, "mihon.poc");
    str id = own->who.person_id;
    struct input *in = stage_input(a, "token_name", "CI", NULL);
    CHECK_OK(own, token_make(own, id, in, &made));
    CHECK_ERR(E_NOT_FOUND, token_make(lead, id, in, &made));
    CHECK_ERR(E_NOT_FOUND, token_list(lead, id, &rows, &n));
    CHECK_ERR(E_NOT_FOUND, token_revoke(lead, id, made.id));
    CHECK_ERR(E_NOT_FOUND, token_revoke(lead, lead->who.person_id, made.id));
    struct ctx *root = stage_as(st, "sysop"), *nobody = stage_nobody(st);
    CHECK_ERR(E_NOT_FOUND, token_make(nobody, NO_STR, in, &made));
    CHECK_OK(root, token_list(root, id, &rows, &n));
    CHECK_I64(1, (i64)n);
    CHECK_OK(root, token_revoke(root, id, rows[0].id));
}

APP_TEST(a_token_cannot_make_another)
{
    struct token_made made, more;
    admin_cast(st);
    struct ctx *own = stage_as(st, "mihon.pr");
    struct input *in = stage_input(a, "token_name", "CI", NULL);
    CHECK_OK(own, token_make(own, own->who.person_id, in, &made));
    struct ctx *api = stage_nobody(st);
    api->door = DOOR_API;
    CHECK_OK(api, token_open(api, made.secret));
    CHECK_ERR(E_DENIED, token_make(api, api->who.person_id, in, &more));
    CHECK_ERR(E_DENIED, token_revoke(api, api->who.person_id, made.id));
}

APP_TEST(every_field_of_a_token_is_checked)
{
    static const struct {
        const char *name, *expires, *field, *code;
    } bad[] = {{"", "", "token_name", "required"},
               {"x", "2026-11-01T00:00:00Z", "expires", "token_expires"},
               {"x", "2028-11-03T00:00:00Z", "expires", "token_expires"},
               {"x", "soon", "expires", "instant"},
               {"a\nb", "", "token_name", "one_line"}};
    struct token_made made;
    admin_cast(st);
    for (size_t i = 0; i < COUNT(bad); i++) {
        struct ctx *own = stage_as(st, "mihon.pr");
        CHECK_ERR(E_INVALID, token_make(own, own->who.person_id,
                                        stage_input(a, "token_name", bad[i].name, "expires",
                                                    bad[i].expires, NULL),
                                        &made));
        CHECK(has_problem(own, bad[i].field, bad[i].code));
    }
}

APP_TEST(disabling_an_account_revokes_its_tokens_for_good)
{
    struct token_made made;
    admin_cast(st);
    struct ctx *own = stage_as(st, "mihon.pr"), *root = stage_as(st, "sysop");
    str id = own->who.person_id;
    CHECK_OK(own, token_make(own, id, stage_input(a, "token_name", "CI", NULL), &made));
    CHECK_OK(root, person_disable(root, id, 1, true));
    CHECK_ERR(E_NOT_FOUND, opens(st, made.secret));
    CHECK_OK(root, person_disable(root, id, 2, false));
    CHECK_ERR(E_NOT_FOUND, opens(st, made.secret));
    CHECK_ERR(OK, person_disable(root, id, 3, true));
    CHECK_ERR(E_INVALID, token_make(root, id, stage_input(a, "token_name", "CI", NULL), &made));
}

APP_TEST(a_start_password_stops_tokens_too)
{
    struct token_made made;
    str password;
    admin_cast(st);
    struct ctx *own = stage_as(st, "mihon.pr"), *root = stage_as(st, "sysop");
    CHECK_OK(own,
             token_make(own, own->who.person_id, stage_input(a, "token_name", "CI", NULL), &made));
    CHECK_OK(root, person_reset(root, own->who.person_id, &password));
    CHECK_ERR(E_NOT_FOUND, opens(st, made.secret));
}
