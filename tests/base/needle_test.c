/* needle_test.c - one text looked for in many others. */
#include "base/needle.h"
#include "help/edge.h"
#include "t.h"

#include <string.h>

/* In a text that ends where its memory does; so does the needle. */
static void check_place(char *const ends[2], bool wide, size_t length, size_t n, size_t at)
{
    char *text = ends[0] - length, *what = ends[1] - n;
    memset(text, 'e', length);
    memset(what, 'e', n);
    what[n / 2] = text[at + n / 2] = 'x';
    struct needle needle = needle_of((str){what, n});
    needle.is_wide &= wide;
    CHECK_I64((i64)at, needle_find(&needle, (str){text, length}));
    text[at + n / 2] = 'y';
    CHECK_I64(-1, needle_find(&needle, (str){text, length}));
}

/* All of the first ones, then some. */
static size_t next(size_t v, size_t all, size_t step)
{
    return v < all ? v + 1 : v + step;
}

static void check_places(struct arena *a, bool wide)
{
    char *const ends[] = {help_edge(a, 200), help_edge(a, 200)};
    for (size_t length = 1; length < 150; length = next(length, 70, 13))
        for (size_t n = 1; n <= length && n < 70; n = next(n, 4, 21))
            for (size_t at = 0; at + n <= length; at = next(at, 20, 17))
                check_place(ends, wide, length, n, at);
}

TEST(a_needle_is_found_at_each_place_of_texts_of_each_length)
{
    check_places(a, true);
    check_places(a, false);
}

TEST(of_several_places_the_first_is_found)
{
    str text = S("脆弱な脆弱性、脆弱性");
    for (int wide = 0; wide < 2; wide++) {
        struct needle n = needle_of(S("脆弱性")), none = needle_of(S("弱脆"));
        n.is_wide &= wide != 0;
        none.is_wide &= wide != 0;
        CHECK_I64(9, needle_find(&n, text));
        CHECK_I64(-1, needle_find(&none, text));
        CHECK_I64(-1, needle_find(&n, S("脆弱")));
    }
}

TEST(of_many_texts_those_are_told_that_were_asked_about_and_hold_it)
{
    str texts[64];
    uint64_t even = 0x5555555555555555;
    for (size_t i = 0; i < COUNT(texts); i++)
        texts[i] = i % 3 == 0 ? S("x脆弱性") : S("脆弱");
    for (int wide = 0; wide < 2; wide++) {
        struct needle n = needle_of(S("弱性"));
        n.is_wide &= wide != 0;
        uint64_t in = needle_in_each(&n, texts, even);
        for (size_t i = 0; i < COUNT(texts); i++)
            CHECK((in >> i & 1) == (i % 6 == 0));
    }
}
