/* help_test.c - the installation that the tests of app/ play on. */
#include "app/auth.h"
#include "help/app.h"
#include "t.h"

APP_TEST(everybody_of_the_cast_signs_in_and_has_a_seat)
{
    stage_cast(st);
    for (const char *const *l = stage_logins; *l != NULL; l++) {
        struct ctx *cx = stage_nobody(st);
        str token;
        i64 retry = 0;
        CHECK_OK(cx, sign_in(cx, str_z(*l), S(STAGE_PASSWORD), S("::1"), &token, &retry));
        cx = stage_nobody(st);
        CHECK_OK(cx, session_open(cx, token));
        CHECK_STR(str_z(*l), cx->who.login);
        CHECK_I64(strcmp(*l, "auditor") != 0, (i64)cx->who.nseats);
    }
}

APP_TEST(the_same_acts_on_two_stages_make_the_same_rows)
{
    struct ctx *cx = stage_nobody(st), *other = stage_nobody(stage_open(a, HELP_SQLITE));
    CHECK_STR(new_id(other), new_id(cx));
    CHECK_STR(new_number(other), new_number(cx));
    CHECK_I64(STAGE_NOW, cx->now);
    CHECK_STR(S("2026-11-02 10:00 JST"), time_minute(a, cx->now, zone_tokyo));
}

APP_TEST(time_goes_by_only_when_the_test_says_so)
{
    CHECK_I64(STAGE_NOW + DAY, stage_later(st, DAY));
    CHECK_I64(STAGE_NOW + DAY, stage_nobody(st)->now);
    CHECK_I64(STAGE_NOW + DAY, ctx_new(a, stage_again(st))->now);
}
