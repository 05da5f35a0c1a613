/* json_test.c - reading: what is taken, what is refused and where, and looking it up. */
#include "formats/json.h"
#include "t.h"

#include "help/json_oracle.h"

#include <dirent.h>

static const struct json *read_ok(struct arena *a, str text)
{
    const struct json *j = NULL;
    struct json_error e = {0};
    if (json_read(a, text, &j, &e) != OK)
        (void)printf("\"%.*s\": %.*s at %" PRId64 ":%" PRId64 "\n", SV(text), SV(e.code), e.line,
                     e.column);
    CHECK(j != NULL);
    return j;
}

static void refused(struct arena *a, str text, str code, i64 line, i64 column, size_t byte)
{
    const struct json *j;
    struct json_error e = {0};
    CHECK_ERR(E_INVALID, json_read(a, text, &j, &e));
    CHECK_STR(code, e.code);
    CHECK_I64(line, e.line);
    CHECK_I64(column, e.column);
    CHECK_I64((i64)byte, (i64)e.byte);
}

TEST(members_keep_their_order_and_are_found_by_key)
{
    const struct json *j =
        read_ok(a, S(" {\"b\" : [1, -2, true ], \"a\":{\"x\":\"y\"},\n\t\"\":null}\r\n "));
    CHECK_I64(3, (i64)json_count(j));
    CHECK_STR(S("b"), json_key(j, 0));
    CHECK_STR(S("a"), json_key(j, 1));
    CHECK_STR(S(""), json_key(j, 2));
    i64 v = 0;
    CHECK(json_i64(json_at(json_get(j, S("b")), 1), &v));
    CHECK_I64(-2, v);
    CHECK_STR(S("y"), json_get_text(json_get(j, S("a")), S("x")));
    CHECK(json_is(json_get(j, S("")), JSON_IS_NULL));
    CHECK(json_get(j, S("c")) == NULL);
    CHECK(json_at(json_get(j, S("b")), 3) == NULL);
}

TEST(lookups_in_what_is_not_there_give_nothing)
{
    i64 i;
    double d;
    bool b;
    CHECK(json_get(NULL, S("a")) == NULL && json_at(NULL, 0) == NULL && json_count(NULL) == 0);
    CHECK_STR(NO_STR, json_text(json_get(json_at(NULL, 0), S("a"))));
    CHECK(!json_i64(NULL, &i) && !json_double(NULL, &d) && !json_bool(NULL, &b));
    const struct json *text = read_ok(a, S("\"5\""));
    CHECK(!json_i64(text, &i) && !json_double(text, &d) && json_count(text) == 0);
    CHECK_STR(NO_STR, json_number(text));
}

TEST(strings_without_escapes_are_slices_of_the_text)
{
    str text = S("[\"plain\",\"\xE6\xA9\x8B\",\"a\\nb\"]");
    const struct json *j = read_ok(a, text);
    CHECK(json_text(json_at(j, 0)).p == text.p + 2);
    CHECK(json_text(json_at(j, 1)).p == text.p + 10);
    CHECK_STR(S("a\nb"), json_text(json_at(j, 2)));
}

TEST(every_escape_gives_its_character)
{
    const struct json *j = read_ok(
        a, S("[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\",\"\\u0041\\u00e9\\u6A4b\",\"x\\ud83D\\uDe00y\"]"));
    CHECK_STR(S("\"\\/\b\f\n\r\t"), json_text(json_at(j, 0)));
    CHECK_STR(S("A\xC3\xA9\xE6\xA9\x8B"), json_text(json_at(j, 1)));
    CHECK_STR(S("x\xF0\x9F\x98\x80y"), json_text(json_at(j, 2)));
}

TEST(numbers_keep_their_text_and_integers_reach_the_ends_of_i64)
{
    i64 v;
    double d;
    const struct json *j =
        read_ok(a, S("[9223372036854775807,-9223372036854775808,-0,9.80,1E2,4e-400]"));
    CHECK(json_i64(json_at(j, 0), &v) && v == INT64_MAX);
    CHECK(json_i64(json_at(j, 1), &v) && v == INT64_MIN);
    CHECK(json_i64(json_at(j, 2), &v) && v == 0);
    CHECK_STR(S("9.80"), json_number(json_at(j, 3)));
    CHECK(json_double(json_at(j, 3), &d) && d == 9.8);
    CHECK(!json_i64(json_at(j, 4), &v));
    CHECK(json_double(json_at(j, 4), &d) && d == 100);
    CHECK(json_double(json_at(j, 5), &d) && d == 0);
    CHECK(json_double(json_at(j, 0), &d) && d == 9223372036854775808.0);
}

TEST(errors_say_why_and_where)
{
    refused(a, S(""), S("json_end"), 1, 1, 0);
    refused(a, S(" \n "), S("json_end"), 2, 2, 3);
    refused(a, S("{\"a\":1,\n \"\xE6\xA9\x8B\" 2}"), S("json_syntax"), 2, 6, 15);
    refused(a, S("[1,]"), S("json_syntax"), 1, 4, 3);
    refused(a, S("{,}"), S("json_syntax"), 1, 2, 1);
    refused(a, S("{\"a\":1,}"), S("json_syntax"), 1, 8, 7);
    refused(a, S("[1}"), S("json_syntax"), 1, 3, 2);
    refused(a, S("[01]"), S("json_syntax"), 1, 3, 2);
    refused(a, S("[+1]"), S("json_syntax"), 1, 2, 1);
    refused(a, S("[1.]"), S("json_syntax"), 1, 4, 3);
    refused(a, S("[1e]"), S("json_syntax"), 1, 4, 3);
    refused(a, S("[-]"), S("json_syntax"), 1, 3, 2);
    refused(a, S("[NaN]"), S("json_syntax"), 1, 2, 1);
    refused(a, S("nul"), S("json_end"), 1, 4, 3);
    refused(a, S("trux"), S("json_syntax"), 1, 4, 3);
    refused(a, S("[\"a"), S("json_end"), 1, 4, 3);
    refused(a, S("[\"a\\"), S("json_end"), 1, 5, 4);
    refused(a, S("\"a\tb\""), S("json_control"), 1, 3, 2);
    refused(a, S("\"\\n\x01\""), S("json_control"), 1, 4, 3);
    refused(a, S("[\f1]"), S("json_control"), 1, 2, 1);
    refused(a, S("\"a\\x\""), S("json_escape"), 1, 3, 2);
    refused(a, S("\"\\u12g4\""), S("json_escape"), 1, 2, 1);
    refused(a, S("\"\\u0000\""), S("json_nul"), 1, 2, 1);
    refused(a, S("\"\\ud800x\""), S("json_surrogate"), 1, 2, 1);
    refused(a, S("\"\\ud800\\ud800\""), S("json_surrogate"), 1, 2, 1);
    refused(a, S("\"\\udc00\""), S("json_surrogate"), 1, 2, 1);
    refused(a, S("\"ab\xC0\xAF\""), S("json_utf8"), 1, 4, 3);
    refused(a, S("\"\\n\xED\xA0\x80\""), S("json_utf8"), 1, 4, 3);
    refused(a, S("[9223372036854775808]"), S("json_integer"), 1, 2, 1);
    refused(a, S("[-9223372036854775809]"), S("json_integer"), 1, 2, 1);
    refused(a, S("[1e400]"), S("json_real"), 1, 2, 1);
    refused(a, S("1 2"), S("json_trailing"), 1, 3, 2);
    refused(a, S("{\"a\":1,\"b\":2,\"a\":3}"), S("json_duplicate"), 1, 14, 13);
    refused(a, S("[{},{\"k\":[{\"x\":\"},{\"}],\n\"\\u006b\":3}]"), S("json_duplicate"), 2, 1, 24);
    refused(a, S("\xEF\xBB\xBF{}"), S("json_syntax"), 1, 1, 0);
}

static str nested(struct arena *a, size_t arrays, str inner)
{
    buf b = {.a = a};
    for (size_t i = 0; i < arrays; i++)
        buf_char(&b, '[');
    buf_put(&b, inner);
    for (size_t i = 0; i < arrays; i++)
        buf_char(&b, ']');
    return buf_str(&b);
}

TEST(depth_ends_where_jansson_ends_it)
{
    (void)read_ok(a, nested(a, 2048, S("")));
    (void)read_ok(a, nested(a, 2047, S("1")));
    refused(a, nested(a, 2049, S("")), S("json_depth"), 1, 2049, 2048);
    refused(a, nested(a, 2048, S("1")), S("json_depth"), 1, 2049, 2048);
    refused(a, nested(a, 100000, S("")), S("json_depth"), 1, 2049, 2048);
    for (size_t n = 2046; n < 2050; n++) {
        CHECK(oracle_differs(nested(a, n, S(""))) == NULL);
        CHECK(oracle_differs(nested(a, n, S("{\"a\":1}"))) == NULL);
    }
}

/* {"k0":0,"k1":1, … } with the member `twice` once more at the end, where it is not negative. */
static str many_members(struct arena *a, int n, int twice)
{
    buf b = {.a = a};
    buf_char(&b, '{');
    for (int i = 0; i < n; i++)
        buf_putf(&b, "%s\"long common beginning k%d\":%d", i ? "," : "", i, i);
    if (twice >= 0)
        buf_putf(&b, ",\"long common beginning k%d\":0", twice);
    buf_char(&b, '}');
    return buf_str(&b);
}

TEST(objects_of_any_size_find_each_key_and_refuse_a_second_one)
{
    for (int n = 1; n < 3000; n = n < 40 ? n + 1 : n * 3) {
        const struct json *j = read_ok(a, many_members(a, n, -1));
        for (int i = 0; i < n; i++) {
            i64 v = -1;
            CHECK(json_i64(json_get(j, str_fmt(a, "long common beginning k%d", i)), &v));
            CHECK_I64(i, v);
            CHECK_STR(str_fmt(a, "long common beginning k%d", i), json_key(j, (size_t)i));
        }
        CHECK(json_get(j, S("long common beginning k")) == NULL);
        CHECK(json_get(j, S("zzz")) == NULL && json_get(j, S("")) == NULL);
        str two = many_members(a, n, n / 2);
        size_t at = two.n - str_fmt(a, "\"long common beginning k%d\":0}", n / 2).n;
        refused(a, two, S("json_duplicate"), 1, (i64)at + 1, at);
    }
}

TEST(a_hundred_thousand_keys_or_levels_take_no_quadratic_time)
{
    const struct json *j = read_ok(a, many_members(a, 100000, -1));
    CHECK_I64(100000, (i64)json_count(j));
    refused(a, nested(a, 100000, S("")), S("json_depth"), 1, 2049, 2048);
}

static const str hostile[] = {
    S_INIT("{\"a\":1,\"a\":2}"),
    S_INIT("\"\xFF\""),
    S_INIT("[\"\\uD800\"]"),
    S_INIT("[\"\\u0000\"]"),
    S_INIT("{\"\\u0000\":1}"),
    S_INIT("[9223372036854775808]"),
    S_INIT("[-9223372036854775808]"),
    S_INIT("[123456789012345678901234567890]"),
    S_INIT("[1e400]"),
    S_INIT("[-1e400]"),
    S_INIT("[1e-400]"),
    S_INIT("[NaN]"),
    S_INIT("[Infinity]"),
    S_INIT("[-Infinity]"),
    S_INIT("[\"\t\"]"),
    S_INIT("[\"\x1F\"]"),
    S_INIT("[\"\x7F\"]"),
    S_INIT("[1] 2"),
    S_INIT("[1]]"),
    S_INIT("{} x"),
    S_INIT("[1] // c"),
    S_INIT("[1,]"),
    S_INIT("{\"a\":1,}"),
    S_INIT("['a']"),
    S_INIT("{a:1}"),
    S_INIT("[00]"),
    S_INIT("[-01]"),
    S_INIT("[.5]"),
    S_INIT("[5.]"),
    S_INIT("[1e5]"),
    S_INIT("[1E+5]"),
    S_INIT("[1e]"),
    S_INIT("[0x1]"),
    S_INIT("\"\\v\""),
    S_INIT("\"\\'\""),
    S_INIT("\"\\u00G0\""),
    S_INIT("\"\\ud83d\\ude00\""),
    S_INIT("\"\\ude00\\ud83d\""),
    S_INIT("\"\\ud83d\\u0041\""),
    S_INIT("\xEF\xBB\xBF[]"),
    S_INIT(""),
    S_INIT(" "),
    S_INIT("null"),
    S_INIT("true"),
    S_INIT("tru"),
    S_INIT("truefalse"),
    S_INIT("nullnull"),
    S_INIT("-"),
    S_INIT("-0"),
    S_INIT("-0.0"),
    S_INIT("\"abc"),
    S_INIT("[\"a\\"),
    S_INIT("[1e308]"),
    S_INIT("[1.8e308]"),
    S_INIT("[1.7976931348623157e308]"),
    S_INIT("[1.7976931348623158e308]"),
    S_INIT("[1.7976931348623159e308]"),
    S_INIT("[179769313486231580793728971405303.4e276]"),
    S_INIT("[0.000e999999999999999999999]"),
    S_INIT("[0e999]"),
    S_INIT("[1\0]"),
    S_INIT("[]\0"),
    S_INIT("[\"\0\"]"),
    S_INIT("[1,\v2]"),
    S_INIT("[\xC2\xA0 1]"),
    S_INIT("{\"a\" \"b\"}"),
    S_INIT("{\"a\":}"),
    S_INIT("{:1}"),
    S_INIT("{1:1}"),
    S_INIT("[,1]"),
    S_INIT("[1 2]"),
    S_INIT("\"\xF4\x90\x80\x80\""),
    S_INIT("\"\xE0\x80\xAF\""),
    S_INIT("\"\xED\xBF\xBF\""),
    S_INIT("\"\xF4\x8F\xBF\xBF\""),
    S_INIT("[2.2250738585072012e-308, 4.9e-324, 2.4e-324]"),
};

TEST(hostile_documents_get_the_verdict_that_jansson_gives)
{
    for (size_t i = 0; i < COUNT(hostile); i++) {
        const char *differs = oracle_differs(hostile[i]);
        if (differs != NULL)
            (void)printf("%.*s: %s\n", SV(hostile[i]), differs);
        CHECK(differs == NULL);
    }
}

TEST(every_cut_and_every_changed_byte_gets_the_verdict_that_jansson_gives)
{
    str whole = S("{\"id\": [1, -2.5e3, true, null],\n  \"t\\u00e9\": "
                  "\"\xE6\xA9\x8B \\ud83d\\ude00 and more than sixteen bytes\", \"x\": {}}");
    static const char other[] = "\"\\{}[],:0-e\x01\x80u ";
    for (size_t i = 0; i < whole.n; i++) {
        CHECK(oracle_differs(str_sub(whole, 0, i)) == NULL);
        char *p = NEWS(a, char, whole.n);
        memcpy(p, whole.p, whole.n);
        for (size_t k = 0; k < sizeof other; k++) {
            p[i] = other[k];
            CHECK(oracle_differs((str){p, whole.n}) == NULL);
        }
    }
}

static str slurp(struct arena *a, const char *dir, const char *name)
{
    FILE *f = fopen(str_to_z(a, str_fmt(a, "%s/%s", dir, name)), "rb");
    CHECK(f != NULL);
    buf b = {.a = a};
    for (size_t n = 1; n > 0; b.n += n)
        n = fread(buf_room(&b, 65536), 1, 65536, f);
    (void)fclose(f);
    return buf_str(&b);
}

TEST(real_advisories_are_read_as_jansson_reads_them)
{
    str dir = str_fmt(a, "%s/real-advisories", TESTDATA());
    DIR *d = opendir(str_to_z(a, dir));
    CHECK(d != NULL);
    size_t seen = 0;
    for (struct dirent *e; (e = readdir(d)) != NULL;) {
        if (!str_has_suffix(str_z(e->d_name), S(".json")))
            continue;
        CHECK(oracle_differs(slurp(a, str_to_z(a, dir), e->d_name)) == NULL);
        seen++;
    }
    (void)closedir(d);
    CHECK(seen > 50);
}
