/* urlform_test.c - forms and queries, read and written. */
#include "formats/urlform.h"
#include "t.h"

static const struct urlform_limits wide = {.fields = 100, .name = 100, .value = 1000};

TEST(fields_come_in_order_with_duplicates_and_empty_values)
{
    struct fields f;
    struct problems ps = {0};
    CHECK_ERR(OK, urlform_read(a, S("a=1&b=x+y&a=2&c=&d&&=e&f=a=b"), wide, &f, &ps));
    static const struct {
        str name, value;
    } want[] = {{S_INIT("a"), S_INIT("1")},  {S_INIT("b"), S_INIT("x y")},
                {S_INIT("a"), S_INIT("2")},  {S_INIT("c"), S_INIT("")},
                {S_INIT("d"), S_INIT("")},   {S_INIT(""), S_INIT("e")},
                {S_INIT("f"), S_INIT("a=b")}};
    CHECK_I64((i64)COUNT(want), (i64)f.n);
    for (size_t i = 0; i < COUNT(want); i++) {
        CHECK_STR(want[i].name, f.v[i].name);
        CHECK_STR(want[i].value, f.v[i].value);
    }
    CHECK_STR(S("1"), fields_get(&f, S("a")));
    CHECK_STR(NO_STR, fields_get(&f, S("x")));
}

TEST(percent_escapes_are_decoded_once_in_names_and_values)
{
    struct fields f;
    struct problems ps = {0};
    CHECK_ERR(OK, urlform_read(a, S("%e6%A9%8B=%2525%26%3D%2B&z=%00"), wide, &f, &ps));
    CHECK_STR(S("%25&=+"), fields_get(&f, S("\xE6\xA9\x8B")));
    CHECK_STR(S("\0"), fields_get(&f, S("z")));
}

TEST(a_broken_value_is_a_problem_at_its_field_and_the_rest_is_kept)
{
    struct fields f;
    struct problems ps = {0};
    CHECK_ERR(E_INVALID, urlform_read(a, S("a=1&b=%zz&c=%C3%28x&d=%f&e=\xFF&g=ok"), wide, &f, &ps));
    CHECK_I64(4, (i64)ps.n);
    static const str fields[] = {S_INIT("b"), S_INIT("c"), S_INIT("d"), S_INIT("e")};
    for (size_t i = 0; i < ps.n; i++) {
        CHECK_STR(fields[i], ps.v[i].field);
        CHECK_STR(S("encoding"), ps.v[i].code);
    }
    CHECK_STR(S("1"), fields_get(&f, S("a")));
    CHECK_STR(S("%zz"), fields_get(&f, S("b")));
    CHECK_STR(S("\xEF\xBF\xBD(x"), fields_get(&f, S("c")));
    CHECK_STR(S("%f"), fields_get(&f, S("d")));
    CHECK_STR(S("\xEF\xBF\xBD"), fields_get(&f, S("e")));
    CHECK_STR(S("ok"), fields_get(&f, S("g")));
}

static void one_problem(struct arena *a, str text, struct urlform_limits max, str field, str code,
                        i64 limit)
{
    struct fields f;
    struct problems ps = {0};
    CHECK_ERR(E_INVALID, urlform_read(a, text, max, &f, &ps));
    CHECK_I64(1, (i64)ps.n);
    CHECK_STR(field, ps.v[0].field);
    CHECK_STR(code, ps.v[0].code);
    CHECK_I64(limit, ps.v[0].limit);
}

TEST(limits_on_number_and_sizes_hold_to_the_byte)
{
    struct urlform_limits max = {.fields = 2, .name = 3, .value = 5};
    struct fields f;
    struct problems ps = {0};
    CHECK_ERR(OK, urlform_read(a, S("abc=12345&b=%31%32%33%34%35"), max, &f, &ps));
    one_problem(a, S("a=1&b=2&c=3"), max, S(""), S("too_many"), 2);
    one_problem(a, S("abcd=1"), max, S(""), S("too_long"), 3);
    one_problem(a, S("a=123456"), max, S("a"), S("too_long"), 5);
    CHECK_ERR(E_INVALID, urlform_read(a, S("a=123%E6%A9%8B"), max, &f, &ps));
    CHECK_STR(S("123"), fields_get(&f, S("a"))); /* not cut inside a character */
}

TEST(what_is_written_is_read_back)
{
    buf b = {.a = a};
    urlform_put(&b, S("q"), S("a b+c&d=e%/\xE6\xA9\x8B~*"));
    urlform_put(&b, S("\xE6 \n"), S(""));
    CHECK_STR(S("q=a+b%2Bc%26d%3De%25%2F%E6%A9%8B~%2A&%E6+%0A="), buf_str(&b));
    struct fields f;
    struct problems ps = {0};
    CHECK_ERR(E_INVALID, urlform_read(a, buf_str(&b), wide, &f, &ps));
    CHECK_STR(S("a b+c&d=e%/\xE6\xA9\x8B~*"), fields_get(&f, S("q")));

    buf link = {.a = a};
    buf_put(&link, S("/ja/?"));
    urlform_put(&link, S("x"), S("1"));
    urlform_put(&link, S("y"), S(" "));
    CHECK_STR(S("/ja/?x=1&y=+"), buf_str(&link));
}
