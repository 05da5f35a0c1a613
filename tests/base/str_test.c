/* str_test.c - text as pointer and length, and buffers. */
#include "base/str.h"
#include "t.h"

TEST(texts_that_differ_in_one_byte_are_not_equal)
{
    char x[40], y[40];
    memset(x, 'x', sizeof x);
    for (size_t n = 0; n <= sizeof x; n++) {
        memcpy(y, x, sizeof x);
        CHECK(str_eq((str){x, n}, (str){y, n}));
        for (size_t at = 0; at < sizeof y; at++) {
            y[at] = 'y';
            CHECK(str_eq((str){x, n}, (str){y, n}) == (at >= n));
            y[at] = 'x';
        }
    }
}

TEST(equality_is_by_bytes_and_absent_equals_empty_only_in_content)
{
    CHECK(str_eq(S("a\0b"), S("a\0b")) && !str_eq(S("a\0b"), S("a\0c")));
    CHECK(!str_eq(S("a"), S("ab")) && str_eq(NO_STR, S("")));
    CHECK(str_eq_nocase(S("Content-Type"), S("content-TYPE")));
    CHECK(!str_eq_nocase(S("[a"), S("{a")) && !str_eq_nocase(S("É"), S("é")));
    CHECK(str_eq_secret(S("key"), S("key")) && !str_eq_secret(S("key"), S("kez")));
    CHECK(!str_eq_secret(S("key"), S("ke")));
}

TEST(order_is_by_unsigned_bytes_and_a_prefix_comes_first)
{
    CHECK(str_cmp(S("a"), S("b")) < 0 && str_cmp(S("b"), S("a")) > 0);
    CHECK(str_cmp(S("a"), S("ab")) < 0 && str_cmp(S("ab"), S("a")) > 0);
    CHECK(str_cmp(S("z"), S("é")) < 0 && str_cmp(S("x"), S("x")) == 0);
    CHECK(str_cmp(NO_STR, S("a")) < 0 && str_cmp(NO_STR, S("")) == 0);
}

TEST(parts_outside_a_text_are_left_out)
{
    CHECK_STR(S("bc"), str_sub(S("abcd"), 1, 2));
    CHECK_STR(S("cd"), str_sub(S("abcd"), 2, 99));
    CHECK_STR(S(""), str_sub(S("abcd"), 4, 1));
    CHECK_STR(S(""), str_sub(S("abcd"), 99, 1));
    CHECK_STR(S("d"), str_from(S("abcd"), 3));
    CHECK_STR(NO_STR, str_sub(NO_STR, 1, 2));
}

TEST(finding_starts_at_the_front_and_an_empty_needle_is_there)
{
    CHECK_I64(2, str_find(S("ababc"), S("abc")));
    CHECK_I64(0, str_find(S("abc"), S("")));
    CHECK_I64(-1, str_find(S("abc"), S("abcd")));
    CHECK_I64(-1, str_find(NO_STR, S("a")));
    CHECK_I64(0, str_find(NO_STR, S("")));
    CHECK_I64(1, str_find_char(S("a\0b"), '\0'));
    CHECK(str_has_prefix(S("abc"), S("ab")) && !str_has_prefix(S("a"), S("ab")));
    CHECK(str_has_suffix(S("abc"), S("bc")) && !str_has_suffix(S("c"), S("bc")));
    CHECK(str_has_suffix(S("abc"), S("")) && str_has_prefix(S(""), S("")));
}

TEST(cutting_takes_the_head_and_its_separator)
{
    str rest = S("a,,b");
    CHECK_STR(S("a"), str_cut(&rest, ','));
    CHECK_STR(S(""), str_cut(&rest, ','));
    CHECK_STR(S("b"), rest);
    CHECK_STR(S("b"), str_cut(&rest, ','));
    CHECK_I64(0, (i64)rest.n);
    CHECK_STR(S("x"), str_trim(S(" \t\r\n x\v\f ")));
    CHECK_STR(S(""), str_trim(S("  ")));
}

TEST(numbers_are_digits_and_nothing_else)
{
    i64 v = 7;
    CHECK(str_i64(S("0"), &v) && v == 0);
    CHECK(str_i64(S("007"), &v) && v == 7);
    CHECK(str_i64(S("999999999999999999"), &v) && v == 999999999999999999);
    CHECK(!str_i64(S("1000000000000000000"), &v) && !str_i64(S(""), &v));
    CHECK(!str_i64(S("-1"), &v) && !str_i64(S("+1"), &v) && !str_i64(S("1 "), &v));
    CHECK(!str_i64(S("1\0"), &v) && !str_i64(S("１"), &v));
}

TEST(copies_end_in_zero_and_keep_absent_absent)
{
    CHECK(strcmp(str_to_z(a, S("abc")), "abc") == 0 && strcmp(str_to_z(a, NO_STR), "") == 0);
    str original = S("abc"), copy = str_copy(a, original);
    CHECK(copy.p != original.p && str_eq(copy, original));
    CHECK_STR(NO_STR, str_copy(a, NO_STR));
    CHECK_STR(S(""), str_copy(a, S("")));
    CHECK_STR(S("abcd"), str_join(a, S("ab"), S("cd")));
    CHECK_STR(S("abÉ[1"), str_lower(a, S("AbÉ[1")));
    CHECK_STR(S("x=07 y"), str_fmt(a, "x=%02d %.*s", 7, SV(S("y"))));
    CHECK_STR(NO_STR, str_z(NULL));
}

TEST(buffers_take_text_numbers_and_formats)
{
    buf b = {.a = a};
    CHECK_STR(S(""), buf_str(&b));
    buf_i64(&b, INT64_MIN);
    buf_char(&b, ' ');
    buf_i64(&b, INT64_MAX);
    buf_put(&b, NO_STR);
    buf_put(&b, S(" "));
    buf_i64(&b, 0);
    buf_putf(&b, "%s%300d", "|", 5);
    CHECK(str_has_prefix(buf_str(&b), S("-9223372036854775808 9223372036854775807 0|   ")));
    CHECK_I64((i64)(sizeof "-9223372036854775808 9223372036854775807 0|" - 1 + 300), (i64)b.n);
    char *room = buf_room(&b, 3);
    memcpy(room, "end", 3);
    b.n += 3;
    CHECK(str_has_suffix(buf_str(&b), S("5end")));
}
