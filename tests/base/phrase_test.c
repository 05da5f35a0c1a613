/* phrase_test.c - filling the {places} of a text. */
#include "base/phrase.h"

#include "t.h"

static const struct phrase_arg args[] = {
    {S_INIT("n"), true, -42, S_INIT("not this")},
    {S_INIT("who"), false, 7, S_INIT("{n} & Co")},
    {S_INIT("none"), false, 0, {NULL, 0}},
};

static str fill(struct arena *a, const char *text)
{
    return phrase_fill(a, str_z(text), args, COUNT(args));
}

TEST(each_place_is_filled_wherever_it_stands)
{
    CHECK_STR(S("-42 of {n} & Co, -42"), fill(a, "{n} of {who}, {n}"));
    CHECK_STR(S("-42"), fill(a, "{n}"));
}

TEST(what_is_filled_in_is_not_filled_again)
{
    CHECK_STR(S("{n} & Co"), fill(a, "{who}"));
}

TEST(a_place_without_its_argument_stays_empty)
{
    CHECK_STR(S("a  b"), fill(a, "a {none} b"));
    CHECK_STR(S("a b"), fill(a, "a{other} b"));
}

TEST(a_text_without_places_comes_back_as_it_is)
{
    CHECK_STR(S("橋 100%"), fill(a, "橋 100%"));
    CHECK_STR(S(""), fill(a, ""));
}
