/* http_head_test.c - the guard over request heads. */
#include "io/http_head.h"
#include "t.h"

static struct http_header f(const char *name, const char *value)
{
    return (struct http_header){str_z(name), str_z(value)};
}

static const struct http_header host = {S_INIT("Host"), S_INIT("h")};

static struct http_head head_of(const char *method, const char *target)
{
    return (struct http_head){str_z(method), str_z(target), S("HTTP/1.1"), &host, 1};
}

static int status_of(struct arena *a, struct http_head head)
{
    struct http_request rq = {.a = a};
    struct http_framing framing;
    return http_head_read(&head, &rq, &framing);
}

static int with_fields(struct arena *a, const struct http_header *fields, size_t n)
{
    return status_of(a, (struct http_head){S("POST"), S("/"), S("HTTP/1.1"), fields, n});
}

TEST(a_plain_head_is_understood)
{
    struct http_header fields[] = {f("HOST", "Example:8080"), f("X-Two", " a b\t")};
    struct http_head head = {S("GET"), S("/a%20b/?q=1&r=%E6%97%A5"), S("HTTP/1.1"), fields, 2};
    struct http_request rq = {.a = a};
    struct http_framing framing;
    CHECK_I64(0, http_head_read(&head, &rq, &framing));
    CHECK(rq.method == GET && !rq.head);
    CHECK_STR(S("/a%20b/"), rq.path);
    CHECK_STR(S("q=1&r=%E6%97%A5"), rq.query);
    CHECK_STR(S("example:8080"), rq.host);
    CHECK_STR(S("a b"), http_header(&rq, S("x-two")));
    CHECK(http_header(&rq, S("x-three")).p == NULL);
    CHECK_I64(0, framing.length);
    CHECK(!framing.expects);
}

TEST(head_is_a_get_without_a_body)
{
    struct http_head head = head_of("HEAD", "/");
    struct http_request rq = {.a = a};
    struct http_framing framing;
    CHECK_I64(0, http_head_read(&head, &rq, &framing));
    CHECK(rq.method == GET && rq.head);
}

/* Fetch standard, section 4.8: a CORS preflight has both fields. */
TEST(options_is_answered_to_a_browser_that_asks_for_another_origin)
{
    static const struct http_header fields[] = {
        {S_INIT("Host"), S_INIT("kakehashi.example")},
        {S_INIT("Origin"), S_INIT("https://editor.example")},
        {S_INIT("Access-Control-Request-Method"), S_INIT("POST")}};
    struct http_head head = {S("OPTIONS"), S("/api/v1/validate"), S("HTTP/1.1"), fields, 3};
    struct http_request rq = {.a = a};
    struct http_framing f;
    CHECK_I64(0, http_head_read(&head, &rq, &f));
    CHECK(rq.method == OPTIONS && !rq.head);
    head.nfields = 2;
    CHECK_I64(405, http_head_read(&head, &rq, &f));
    head.nfields = 3;
    head.target = S("*");
    CHECK_I64(400, http_head_read(&head, &rq, &f));
}

TEST(methods_are_told_apart_by_case)
{
    CHECK_I64(0, status_of(a, head_of("DELETE", "/")));
    CHECK_I64(HTTP_METHOD_NOT_ALLOWED, status_of(a, head_of("TRACE", "/")));
    CHECK_I64(HTTP_NOT_IMPLEMENTED, status_of(a, head_of("delete", "/")));
    CHECK_I64(HTTP_BAD_REQUEST, status_of(a, head_of("DEL ETE", "/")));
    CHECK_I64(HTTP_BAD_REQUEST, status_of(a, head_of("", "/")));
}

TEST(a_body_is_announced_in_one_way)
{
    struct http_request rq = {.a = a};
    struct http_framing framing;
    struct http_header length[] = {host, f("Content-Length", "17")};
    struct http_header chunks[] = {host, f("Transfer-Encoding", "Chunked")};
    struct http_header both[] = {host, f("Content-Length", "17"),
                                 f("Transfer-Encoding", "chunked")};
    struct http_head head = {S("POST"), S("/"), S("HTTP/1.1"), length, 2};
    CHECK_I64(0, http_head_read(&head, &rq, &framing));
    CHECK_I64(17, framing.length);
    head.fields = chunks;
    CHECK_I64(0, http_head_read(&head, &rq, &framing));
    CHECK_I64(-1, framing.length);
    CHECK_I64(HTTP_BAD_REQUEST, with_fields(a, both, 3));
}

TEST(a_length_is_digits_alone)
{
    static const char *const bad[] = {"", "+5", "-5", "5,5", "0x5", "5.0", "1000000000000000000"};
    for (size_t i = 0; i < COUNT(bad); i++) {
        struct http_header fields[] = {host, f("Content-Length", bad[i])};
        CHECK_I64(HTTP_BAD_REQUEST, with_fields(a, fields, 2));
    }
    struct http_header most[] = {host, f("Content-Length", "999999999999999999")};
    CHECK_I64(0, with_fields(a, most, 2));
}

TEST(a_field_that_decides_stands_once)
{
    struct http_header two[] = {host, f("Authorization", "a"), f("authorization", "a")};
    struct http_header list[] = {host, f("Accept", "a/b"), f("Accept", "c/d")};
    CHECK_I64(HTTP_BAD_REQUEST, with_fields(a, two, 3));
    CHECK_I64(0, with_fields(a, list, 3));
}

/* The characters as RFC 9110 section 5.6.2 lists them. */
TEST(a_token_has_these_characters_and_no_others)
{
    static const char tchar[] = "!#$%&'*+-.^_`|~0123456789"
                                "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    for (int c = 0; c < 256; c++) {
        char one = (char)c;
        CHECK_I64(c != 0 && strchr(tchar, c) != NULL, http_is_token((str){&one, 1}));
    }
    CHECK(!http_is_token(S("")));
}

TEST(the_limits_hold_on_each_side)
{
    char target[HTTP_TARGET_MAX + 2], value[HTTP_FIELD_MAX + 2];
    memset(target, 'a', sizeof target);
    target[0] = '/';
    memset(value, 'a', sizeof value);
    struct http_head head = head_of("GET", "/");
    head.target = (str){target, HTTP_TARGET_MAX};
    CHECK_I64(0, status_of(a, head));
    head.target.n++;
    CHECK_I64(HTTP_URI_TOO_LONG, status_of(a, head));

    struct http_header fields[HTTP_FIELDS_MAX + 1] = {host, {S("X"), {value, HTTP_FIELD_MAX}}};
    CHECK_I64(0, with_fields(a, fields, 2));
    fields[1].value.n++;
    CHECK_I64(HTTP_HEADERS_TOO_LARGE, with_fields(a, fields, 2));
    for (size_t i = 1; i <= HTTP_FIELDS_MAX; i++)
        fields[i] = f("X", "y");
    CHECK_I64(0, with_fields(a, fields, HTTP_FIELDS_MAX));
    CHECK_I64(HTTP_HEADERS_TOO_LARGE, with_fields(a, fields, HTTP_FIELDS_MAX + 1));
}

TEST(values_are_utf8_without_controls)
{
    struct http_header fields[] = {host, f("X", "日本語\tok")};
    CHECK_I64(0, with_fields(a, fields, 2));
    fields[1] = f("X", "caf\xe9");
    CHECK_I64(HTTP_BAD_REQUEST, with_fields(a, fields, 2));
    fields[1] = f("X", "a\x7f");
    CHECK_I64(HTTP_BAD_REQUEST, with_fields(a, fields, 2));
    fields[1] = (struct http_header){S("X"), S("a\0b")};
    CHECK_I64(HTTP_BAD_REQUEST, with_fields(a, fields, 2));
}

TEST(old_clients_need_no_host_and_may_not_send_chunks)
{
    struct http_header chunks[] = {f("Transfer-Encoding", "chunked")};
    struct http_head head = {S("GET"), S("/"), S("HTTP/1.0"), NULL, 0};
    struct http_request rq = {.a = a};
    struct http_framing framing;
    CHECK_I64(0, http_head_read(&head, &rq, &framing));
    CHECK_STR(S(""), rq.host);
    head.version = S("HTTP/1.1");
    CHECK_I64(HTTP_BAD_REQUEST, status_of(a, head));
    head = (struct http_head){S("POST"), S("/"), S("HTTP/1.0"), chunks, 1};
    CHECK_I64(HTTP_BAD_REQUEST, status_of(a, head));
}

TEST(only_one_expectation_is_known)
{
    struct http_header fields[] = {host, f("Expect", "100-Continue")};
    struct http_head head = {S("POST"), S("/"), S("HTTP/1.1"), fields, 2};
    struct http_request rq = {.a = a};
    struct http_framing framing;
    CHECK_I64(0, http_head_read(&head, &rq, &framing));
    CHECK(framing.expects);
    fields[1] = f("Expect", "payment");
    CHECK_I64(HTTP_EXPECTATION_FAILED, with_fields(a, fields, 2));
}

static void check_passes(bool want, bool got, const char *what)
{
    if (want != got)
        (void)printf("%s is %s\n", what, got ? "let through" : "refused");
    CHECK(want == got);
}

TEST(a_path_has_one_reading)
{
    static const char *const good[] = {"/",          "/ja/",           "/a/b.c",       "/a:b@c;d=e",
                                       "/%E8%84%86", "/%7euser",       "/a?b=/../c",   "/?",
                                       "/...",       "/.well-known/x", "/a?[]{}|^`\\'"};
    static const char *const bad[] = {
        "",       "a",       "//",   "/a//b", "/..",      "/a/./b", "/%2e%2E",
        "/a%2Fb", "/a%5cb",  "/%00", "/%0a",  "/%7f",     "/%",     "/%4",
        "/%4g",   "/%c0%af", "/%ff", "/a b",  "/\xe3",    "/<a>",   "/a#b",
        "/a?%4",  "/a?b c",  "*",    "/a?\"", "http://h", "/{",     "/a\\b"};
    str path, query;
    for (size_t i = 0; i < COUNT(good); i++)
        check_passes(true, http_target_read(a, str_z(good[i]), &path, &query), good[i]);
    for (size_t i = 0; i < COUNT(bad); i++)
        check_passes(false, http_target_read(a, str_z(bad[i]), &path, &query), bad[i]);
}

TEST(a_host_is_a_name_or_an_address_and_perhaps_a_port)
{
    static const char *const good[] = {"h",   "a.example",  "192.0.2.1:80", "[2001:db8::1]:65535",
                                       "a_b", "xn--w6q.jp", "[::1]"};
    static const char *const bad[] = {"",      ":80",   "h:",   "h:0",  "h:65536", "h:8x",
                                      "u@h",   "h/",    "h h",  "[::1", "[::1]x",  "[]",
                                      "[h:x]", "h:1:1", "h%2e", "日本"};
    for (size_t i = 0; i < COUNT(good); i++)
        check_passes(true, http_is_host(str_z(good[i])), good[i]);
    for (size_t i = 0; i < COUNT(bad); i++)
        check_passes(false, http_is_host(str_z(bad[i])), bad[i]);
}

TEST(trailers_may_not_frame_or_authorise)
{
    struct http_header fields[] = {f("X-Sum", "1"), f("Digest", "a")};
    CHECK(http_trailer_is_harmless(a, fields, 2));
    fields[1] = f("content-LENGTH", "5");
    CHECK(!http_trailer_is_harmless(a, fields, 2));
    fields[1] = f("Authorization", "5");
    CHECK(!http_trailer_is_harmless(a, fields, 2));
    fields[1] = f("X ", "5");
    CHECK(!http_trailer_is_harmless(a, fields, 2));
}
