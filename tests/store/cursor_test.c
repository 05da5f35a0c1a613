/* cursor_test.c - a cursor comes back whole for its own list, and not at all for another. */
#include "t.h"

#include "store/cursor.h"

struct row {
    str name;
    i64 n;
};
/* clang-format off */
static const struct col cols[] = {
    {COL_STR, offsetof(struct row, name)}, {COL_I64, offsetof(struct row, n)}};
static const struct list_sort sorts[] = {
    {"name", false, 2, {"name", "n"}, {0, 1}},
    {"name2", false, 2, {"name", "n"}, {0, 1}},
    {"name", true, 2, {"name", "n"}, {0, 1}},
    {"name", false, 2, {"n", "name"}, {1, 0}},
    {"name", false, 1, {"name"}, {0}},
};
/* clang-format on */
static const struct stmt q = {.name = "some_list", .out = cols, .nout = 2, .sorts = sorts};
static const struct stmt other = {.name = "other_list", .out = cols, .nout = 2, .sorts = sorts};

static str write_it(struct arena *a, str name, i64 n)
{
    return cursor_write(a, &q, 0, &(struct row){name, n});
}

TEST(keys_come_back_as_they_were)
{
    static const i64 ns[] = {0, -1, INT64_MAX, INT64_MIN, 1795298020510};
    static const str names[] = {S_INIT(""), S_INIT("架け橋"), S_INIT("a,b\"c")};
    for (size_t i = 0; i < COUNT(ns); i++)
        for (size_t k = 0; k < COUNT(names); k++) {
            union cursor_key key[4];
            CHECK(cursor_read(a, write_it(a, names[k], ns[i]), &q, 0, key));
            CHECK_STR(names[k], key[0].s);
            CHECK_I64(ns[i], key[1].n);
        }
}

TEST(it_is_made_of_what_a_url_may_hold)
{
    str c = write_it(a, S("架け橋?&/+ "), -1);
    for (size_t i = 0; i < c.n; i++)
        CHECK(strchr("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", c.p[i]));
}

TEST(another_statement_or_order_does_not_read_it)
{
    str c = write_it(a, S("x"), 1);
    union cursor_key key[4];
    CHECK(!cursor_read(a, c, &other, 0, key));
    for (size_t i = 1; i < COUNT(sorts); i++)
        CHECK(!cursor_read(a, c, &q, i, key));
}

TEST(a_cut_or_longer_one_is_refused)
{
    str c = write_it(a, S("name"), 1);
    union cursor_key key[4];
    for (size_t i = 0; i < c.n; i++)
        CHECK(!cursor_read(a, str_sub(c, 0, i), &q, 0, key));
    CHECK(!cursor_read(a, str_join(a, c, S("AA")), &q, 0, key));
    CHECK(!cursor_read(a, str_join(a, c, S("!")), &q, 0, key));
    CHECK(!cursor_read(a, NO_STR, &q, 0, key));
}

TEST(a_key_that_is_not_text_is_refused)
{
    union cursor_key key[4];
    CHECK(!cursor_read(a, write_it(a, S("\xff"), 1), &q, 0, key));
    CHECK(!cursor_read(a, write_it(a, S("a\0b"), 1), &q, 0, key));
}

TEST(keys_that_are_too_long_give_none)
{
    str longest = {NEWS(a, char, 4000), 3072 - 1 - 8 - 2 - 8};
    memset((char *)(uintptr_t)longest.p, 'x', 4000);
    union cursor_key key[4];
    CHECK(cursor_read(a, write_it(a, longest, 1), &q, 0, key));
    CHECK_STR(longest, key[0].s);
    longest.n++;
    CHECK_STR(NO_STR, write_it(a, longest, 1));
    longest.n = 4000;
    CHECK_STR(NO_STR, write_it(a, longest, 1));
}
