/* json_write_test.c - the writer's exact bytes, and how it meets misuse. */
#include "formats/json.h"
#include "t.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

TEST(a_document_is_written_without_any_space)
{
    buf b = {.a = a};
    struct json_out o = {.b = &b};
    json_put_object(&o);
    json_put_member(&o, S("id"), S("KKH#41827360"));
    json_put_member(&o, S("left out"), NO_STR);
    json_put_member(&o, S("empty"), S(""));
    json_put_member_i64(&o, S("n"), INT64_MIN);
    json_put_member_bool(&o, S("yes"), true);
    json_put_key(&o, S("list"));
    json_put_array(&o);
    json_put_decimal(&o, 98, 1);
    json_put_null(&o);
    json_put_array(&o);
    json_put_end(&o);
    json_put_object(&o);
    json_put_end(&o);
    json_put_raw(&o, S("{\"as\":\"it is\"}"));
    json_put_str(&o, NO_STR);
    CHECK(!json_put_done(&o));
    json_put_end(&o);
    json_put_end(&o);
    CHECK(json_put_done(&o));
    CHECK_STR(S("{\"id\":\"KKH#41827360\",\"empty\":\"\",\"n\":-9223372036854775808,\"yes\":true,"
                "\"list\":[9.8,null,[],{},{\"as\":\"it is\"},null]}"),
              buf_str(&b));
}

TEST(the_pretty_form_has_a_line_for_each_member_and_two_spaces_a_level)
{
    const struct json *j;
    struct json_error e;
    buf b = {.a = a};
    struct json_out o = {.b = &b, .pretty = true};
    CHECK_ERR(OK, json_read(a, S("{\"a\":[1,{\"b\":[]}],\"c\":{}}"), &j, &e));
    json_put_json(&o, j);
    CHECK_STR(S("{\n  \"a\": [\n    1,\n    {\n      \"b\": []\n    }\n  ],\n  \"c\": {}\n}"),
              buf_str(&b));
}

static str decimal(struct arena *a, i64 value, unsigned decimals)
{
    buf b = {.a = a};
    json_put_decimal(&(struct json_out){.b = &b}, value, decimals);
    return buf_str(&b);
}

TEST(decimals_show_as_many_places_as_asked)
{
    CHECK_STR(S("9.8"), decimal(a, 98, 1));
    CHECK_STR(S("10.0"), decimal(a, 100, 1));
    CHECK_STR(S("0.0"), decimal(a, 0, 1));
    CHECK_STR(S("0.05"), decimal(a, 5, 2));
    CHECK_STR(S("-0.5"), decimal(a, -5, 1));
    CHECK_STR(S("7"), decimal(a, 7, 0));
    CHECK_STR(S("-9223372036854775.808"), decimal(a, INT64_MIN, 3));
    CHECK_STR(S("0.000000000000000001"), decimal(a, 1, 18));
}

static str quoted(struct arena *a, str s, bool html)
{
    buf b = {.a = a};
    json_put_str(&(struct json_out){.b = &b, .html = html}, s);
    return buf_str(&b);
}

TEST(strings_escape_what_must_be_escaped_and_nothing_else)
{
    CHECK_STR(S("\"\\\"\\\\\\b\\f\\n\\r\\t\\u0000\\u001f/\x7F<>&'\""),
              quoted(a, S("\"\\\b\f\n\r\t\0\x1F/\x7F<>&'"), false));
    CHECK_STR(S("\"\xE6\xA9\x8B\xE2\x80\xA8\xF0\x9F\x98\x80\""),
              quoted(a, S("\xE6\xA9\x8B\xE2\x80\xA8\xF0\x9F\x98\x80"), false));
    CHECK_STR(S("\"far behind the first block of bytes\\n\\\"and one more\""),
              quoted(a, S("far behind the first block of bytes\n\"and one more"), false));
}

TEST(the_form_for_html_cannot_end_a_script_element_or_a_line)
{
    CHECK_STR(S("\"\\u003c/script\\u003e\\u0026\\u2028\\u2029\xE2\x80\xA7\xE2\x80\""),
              quoted(a, S("</script>&\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xA7\xE2\x80"), true));
}

/* Whether `misuse` ends the process, tried in a child. */
static bool aborts(void (*misuse)(struct json_out *o))
{
    (void)fflush(stdout);
    pid_t pid = fork();
    if (pid == 0) {
        struct arena *a = arena_new();
        buf b = {.a = a};
        (void)freopen("/dev/null", "w", stderr);
        (void)signal(SIGABRT, SIG_DFL);
        misuse(&(struct json_out){.b = &b});
        _exit(0);
    }
    int status = 0;
    CHECK(waitpid(pid, &status, 0) == pid);
    return WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT;
}

static void value_without_key(struct json_out *o)
{
    json_put_object(o);
    json_put_i64(o, 1);
}

static void key_without_value(struct json_out *o)
{
    json_put_object(o);
    json_put_key(o, S("a"));
    json_put_end(o);
}

static void key_in_array(struct json_out *o)
{
    json_put_array(o);
    json_put_key(o, S("a"));
}

static void key_after_key(struct json_out *o)
{
    json_put_object(o);
    json_put_key(o, S("a"));
    json_put_key(o, S("b"));
}

static void end_without_begin(struct json_out *o)
{
    json_put_array(o);
    json_put_end(o);
    json_put_end(o);
}

static void two_documents(struct json_out *o)
{
    json_put_null(o);
    json_put_null(o);
}

static void too_deep(struct json_out *o)
{
    for (int i = 0; i <= JSON_DEPTH; i++)
        json_put_array(o);
}

static void right_use(struct json_out *o)
{
    json_put_object(o);
    json_put_key(o, S("a"));
    json_put_i64(o, 1);
    json_put_end(o);
}

TEST(misuse_of_the_writer_ends_the_process)
{
    CHECK(!aborts(right_use));
    CHECK(aborts(value_without_key));
    CHECK(aborts(key_without_value));
    CHECK(aborts(key_in_array));
    CHECK(aborts(key_after_key));
    CHECK(aborts(end_without_begin));
    CHECK(aborts(two_documents));
    CHECK(aborts(too_deep));
}
