/* dict_test.c - texts numbered in the order of their first appearance. */
#include "base/dict.h"
#include "t.h"

TEST(keys_are_numbered_in_the_order_of_their_first_appearance)
{
    struct dict d = {0};
    bool fresh = false;
    CHECK_I64(0, (i64)dict_add(a, &d, S("b"), &fresh));
    CHECK(fresh);
    CHECK_I64(1, (i64)dict_add(a, &d, S("a"), &fresh));
    CHECK(fresh);
    CHECK_I64(0, (i64)dict_add(a, &d, S("b"), &fresh));
    CHECK(!fresh);
    CHECK_I64(2, (i64)dict_add(a, &d, S("c"), NULL));
    CHECK_STR(S("a"), d.keys.v[1]);
}

TEST(ends_and_zero_bytes_make_keys_differ)
{
    static const str keys[] = {S_INIT(""),       S_INIT("\0"),  S_INIT("\0\0"),  S_INIT("a"),
                               S_INIT("a\0"),    S_INIT("aa"),  S_INIT("a\xff"), S_INIT("\xff"),
                               S_INIT("a\0a\0"), S_INIT("a\0a")};
    struct dict d = {0};
    size_t at;
    CHECK(!dict_find(&d, S(""), &at));
    for (size_t i = 0; i < COUNT(keys); i++)
        CHECK_I64((i64)i, (i64)dict_add(a, &d, keys[i], NULL));
    for (size_t i = 0; i < COUNT(keys); i++)
        CHECK(dict_find(&d, keys[i], &at) && at == i);
    CHECK(!dict_find(&d, S("b"), &at) && !dict_find(&d, S("aaa"), &at));
}

TEST(many_keys_are_all_found_again)
{
    enum { MANY = 5000 };
    struct dict d = {0};
    for (i64 i = 0; i < MANY; i++)
        CHECK_I64(i, (i64)dict_add(a, &d, str_fmt(a, "id-%d", (int)(i * 7919 % 100003)), NULL));
    size_t at;
    for (i64 i = 0; i < MANY; i++)
        CHECK(dict_find(&d, str_fmt(a, "id-%d", (int)(i * 7919 % 100003)), &at) && at == (size_t)i);
    CHECK_I64(MANY, (i64)d.keys.n);
}
