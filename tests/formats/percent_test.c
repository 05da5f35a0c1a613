/* percent_test.c - segments of a path as a router may take them. */
#include "formats/percent.h"
#include "t.h"

TEST(segments_are_decoded_once)
{
    str out;
    CHECK(percent_decode(a, S("KKH%2341827360"), &out));
    CHECK_STR(S("KKH#41827360"), out);
    CHECK(percent_decode(a, S("%E6%a9%8b%2525"), &out));
    CHECK_STR(S("\xE6\xA9\x8B%25"), out);
    str plain = S("cases.json");
    CHECK(percent_decode(a, plain, &out) && out.p == plain.p);
    CHECK(percent_decode(a, S("..."), &out) && percent_decode(a, S("a%20b"), &out));
}

TEST(segments_that_could_be_taken_for_something_else_are_refused)
{
    static const str bad[] = {
        S_INIT(""),          S_INIT("."),     S_INIT(".."),     S_INIT("%2e"),  S_INIT("%2E."),
        S_INIT("a%2Fb"),     S_INIT("a%5cb"), S_INIT("a\\b"),   S_INIT("a/b"),  S_INIT("a%00"),
        S_INIT("a%0a"),      S_INIT("%7f"),   S_INIT("a\nb"),   S_INIT("%"),    S_INIT("%4"),
        S_INIT("%g1"),       S_INIT("%C3"),   S_INIT("%c0%af"), S_INIT("\xFF"), S_INIT("%C2%85"),
        S_INIT("%E2%80%AE"),
    };
    str out;
    for (size_t i = 0; i < COUNT(bad); i++)
        CHECK(!percent_decode(a, bad[i], &out));
}

TEST(every_byte_survives_the_way_there_and_back)
{
    for (int c = 1; c < 0x80; c++) {
        char one[2] = {'x', (char)c};
        buf b = {.a = a};
        percent_put(&b, (str){one, 2});
        for (size_t i = 0; i < b.n; i++)
            CHECK(strchr("%-._~", b.p[i]) != NULL || (b.p[i] >= '0' && b.p[i] <= '9') ||
                  (b.p[i] >= 'A' && b.p[i] <= 'Z') || (b.p[i] >= 'a' && b.p[i] <= 'z'));
        str out;
        bool refused = c < 0x20 || c == 0x7F || c == '/' || c == '\\';
        CHECK(percent_decode(a, buf_str(&b), &out) == !refused);
        if (!refused)
            CHECK_STR(((str){one, 2}), out);
    }
}
