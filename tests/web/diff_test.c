/* diff_test.c - what changed between two texts. */
#include "help/app.h"
#include "t.h"
#include "web/diff.h"

APP_TEST(the_difference_is_marked_between_whole_characters)
{
    struct ctx *cx = stage_nobody(st);
    static const struct {
        const char *before, *after, *want;
    } all[] = {
        {"同じ", "同じ", ""},
        {"", "新しい", "<ins>新しい</ins>"},
        {"消える", "", "<del>消える</del>"},
        {"版 1.7.2 以前", "版 1.8.0 以前", "版 1.<del>7.2</del><ins>8.0</ins> 以前"},
        {"あい", "あう", "あ<del>い</del><ins>う</ins>"}, /* the two share their first bytes */
        {"<a>", "<b>", "&lt;<del>a</del><ins>b</ins>&gt;"},
        {"aa", "aaa", "aa<ins>a</ins>"},
    };
    for (size_t i = 0; i < COUNT(all); i++)
        CHECK_STR(str_z(all[i].want), text_diff(cx, str_z(all[i].before), str_z(all[i].after)).s);
}

APP_TEST(only_some_of_what_is_the_same_stands_around_a_difference)
{
    struct ctx *cx = stage_nobody(st);
    buf b = {.a = a};
    for (int i = 0; i < 100; i++)
        buf_put(&b, S("あ"));
    str same = buf_str(&b);
    str got = text_diff(cx, str_fmt(a, "%.*s1%.*s", SV(same), SV(same)),
                        str_fmt(a, "%.*s2%.*s", SV(same), SV(same)))
                  .s;
    CHECK(str_has_prefix(got, S("…あ")));
    CHECK(str_has_suffix(got, S("あ…")));
    CHECK(got.n < 250);
}
