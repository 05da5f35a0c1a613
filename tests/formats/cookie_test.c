/* cookie_test.c - cookies in and out. */
#include "formats/cookie.h"
#include "t.h"

TEST(a_cookie_is_found_among_others)
{
    str h = S("theme=dark; __Host-s=abc.DEF-123; x=\"quoted\";empty=; lang=ja");
    CHECK_STR(S("abc.DEF-123"), cookie_get(h, S("__Host-s")));
    CHECK_STR(S("dark"), cookie_get(h, S("theme")));
    CHECK_STR(S("quoted"), cookie_get(h, S("x")));
    CHECK_STR(S(""), cookie_get(h, S("empty")));
    CHECK_STR(S("ja"), cookie_get(h, S("lang")));
    CHECK_STR(NO_STR, cookie_get(h, S("s")));
    CHECK_STR(NO_STR, cookie_get(h, S("__host-s")));
    CHECK_STR(NO_STR, cookie_get(NO_STR, S("s")));
    CHECK_STR(S("b=c"), cookie_get(S("a=b=c"), S("a")));
}

TEST(a_cookie_planted_beside_the_real_one_counts_as_none)
{
    CHECK_STR(NO_STR, cookie_get(S("s=1; s=2"), S("s")));
    CHECK_STR(S("1"), cookie_get(S("s=1; s=1"), S("s")));
}

TEST(values_that_are_no_cookie_octets_count_as_none)
{
    CHECK_STR(NO_STR, cookie_get(S("s=a b"), S("s")));
    CHECK_STR(NO_STR, cookie_get(S("s=a,b"), S("s")));
    CHECK_STR(NO_STR, cookie_get(S("s=\xE6\xA9\x8B"), S("s")));
    CHECK_STR(NO_STR, cookie_get(S("s=\"a"), S("s")));
    CHECK_STR(NO_STR, cookie_get(S("s=a\\b"), S("s")));
}

TEST(a_cookie_is_set_for_the_whole_host_and_no_script)
{
    CHECK_STR(S("__Host-s=abc; Path=/; HttpOnly; SameSite=Lax; Secure"),
              cookie_set(a, (struct cookie){S("__Host-s"), S("abc"), .secure = true}));
    CHECK_STR(S("s=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0"),
              cookie_set(a, (struct cookie){S("s"), S(""), .max_age = -1, .strict = true}));
    CHECK_STR(S("lang=en; Path=/; HttpOnly; SameSite=Lax; Max-Age=31536000"),
              cookie_set(a, (struct cookie){S("lang"), S("en"), .max_age = 31536000}));
}
