/* httpd_body_test.c - bodies: where they go, how long they may be, who may send one. */
#include "help/server.h"
#include "help/wire.h"
#include "t.h"

#include <unistd.h>

static str letters(struct arena *a, size_t n)
{
    char *p = NEWS(a, char, n + 1);
    for (size_t i = 0; i < n; i++)
        p[i] = (char)('a' + i % 23);
    return (str){p, n};
}

static str post(struct arena *a, const char *path, const char *more, str body)
{
    buf b = {.a = a};
    buf_putf(&b, "POST %s HTTP/1.1\r\nHost: h\r\n%sContent-Length: %zu\r\n\r\n", path, more,
             body.n);
    buf_put(&b, body);
    return buf_str(&b);
}

/* The body in chunks of `piece` bytes. */
static str chunked(struct arena *a, const char *path, str body, size_t piece, const char *behind)
{
    buf b = {.a = a};
    buf_putf(&b, "POST %s HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n", path);
    for (; body.n > 0; body = str_from(body, piece)) {
        str part = str_sub(body, 0, piece);
        buf_putf(&b, "%zX%s\r\n", part.n, part.n % 2 ? ";a=\"b\"" : "");
        buf_put(&b, part);
        buf_put(&b, S("\r\n"));
    }
    buf_putf(&b, "0\r\n%s\r\n", behind);
    return buf_str(&b);
}

static str size_line(struct arena *a, str body, const char *where)
{
    unsigned sum = 0;
    for (size_t i = 0; i < body.n; i++)
        sum = sum * 31 + (unsigned char)body.p[i];
    return str_fmt(a, "%zu %s %u", body.n, where, sum);
}

/* Not by CHECK_STR, which would print them. */
static bool echoes(struct arena *a, struct server *s, str request, str body)
{
    return str_eq(body, wire_ask(a, s->port, request).body);
}

TEST(a_body_arrives_as_it_was_sent)
{
    struct server *s = server_new(a);
    str body = letters(a, 99999);
    CHECK(echoes(a, s, post(a, "/echo", "", body), body));
    CHECK(echoes(a, s, chunked(a, "/echo", body, 777, ""), body));
    CHECK(echoes(a, s, chunked(a, "/echo", body, 70000, "X-Sum: 1\r\n"), body));
    CHECK_STR(S(""), wire_ask(a, s->port, post(a, "/echo", "", S(""))).body);
    CHECK_STR(S(""), wire_ask(a, s->port, chunked(a, "/echo", S(""), 1, "")).body);
    CHECK(server_stop(s, 60000));
}

TEST(a_body_that_comes_byte_by_byte_arrives)
{
    struct server *s = server_new(a);
    str request = chunked(a, "/echo", S("ab\0cd\r\nefg"), 3, "X-Sum: 1\r\n");
    int fd = wire_open("127.0.0.1", s->port);
    for (size_t i = 0; i < request.n; i++)
        CHECK(wire_send(fd, str_sub(request, i, 1)));
    CHECK_STR(S("ab\0cd\r\nefg"), wire_read(a, fd, false).body);
    wire_close(fd);
    CHECK(server_stop(s, 60000));
}

TEST(a_long_body_goes_to_a_file)
{
    struct server s;
    server_init(&s);
    s.o.body_memory = 1000;
    server_start(&s);
    str edge = letters(a, 1000), over = letters(a, 1001), big = letters(a, 3999999);
    CHECK_STR(size_line(a, edge, "memory"), wire_ask(a, s.port, post(a, "/size", "", edge)).body);
    CHECK_STR(size_line(a, over, "file"), wire_ask(a, s.port, post(a, "/size", "", over)).body);
    CHECK_STR(size_line(a, big, "file"), wire_ask(a, s.port, post(a, "/size", "", big)).body);
    CHECK_STR(size_line(a, big, "file"),
              wire_ask(a, s.port, chunked(a, "/size", big, 50000, "")).body);
    CHECK(server_stop(&s, 60000));
}

TEST(a_body_that_is_too_long_is_refused_and_the_client_hears_it)
{
    struct server *s = server_new(a);
    int fd = wire_open("127.0.0.1", s->port);
    CHECK(wire_send(fd, post(a, "/echo", "", letters(a, 100000))));
    CHECK_I64(200, wire_read(a, fd, false).status);
    CHECK(wire_send(fd, post(a, "/echo", "", letters(a, 100001))));
    struct wire_answer r = wire_read(a, fd, false);
    CHECK_I64(413, r.status);
    CHECK_STR(S("refused 413"), r.body);
    CHECK(wire_send(fd, chunked(a, "/echo", letters(a, 100001), 4096, "")));
    CHECK_I64(413, wire_read(a, fd, false).status);
    CHECK(wire_send(fd, post(a, "/echo", "", letters(a, 9000000))));
    CHECK_I64(413, wire_read(a, fd, false).status);
    CHECK(wire_send(fd, post(a, "/echo", "", S("still here"))));
    CHECK_STR(S("still here"), wire_read(a, fd, false).body);
    wire_close(fd);
    CHECK(server_stop(s, 60000));
    CHECK_I64(2, s->received);
}

TEST(a_body_beyond_all_measure_is_cut_off)
{
    struct server s;
    server_init(&s);
    s.o.drain_max = 200000;
    server_start(&s);
    int fd = wire_open("127.0.0.1", s.port);
    CHECK(wire_send(fd, S("POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 200001\r\n\r\n")));
    struct wire_answer r = wire_read(a, fd, false);
    CHECK_I64(413, r.status);
    CHECK(wire_is_closed(fd));
    wire_close(fd);
    fd = wire_open("127.0.0.1", s.port);
    (void)wire_send(fd, chunked(a, "/echo", letters(a, 2000000), 4096, ""));
    CHECK_I64(0, wire_read(a, fd, false).status);
    wire_close(fd);
    CHECK(server_stop(&s, 60000));
    CHECK_I64(0, s.received);
}

#define EXPECT "Expect: 100-continue\r\n"

TEST(a_client_that_waits_is_told_to_go_on)
{
    struct server *s = server_new(a);
    str request = post(a, "/echo", EXPECT, S("abc"));
    int fd = wire_open("127.0.0.1", s->port);
    CHECK(wire_send(fd, str_sub(request, 0, request.n - 3)));
    CHECK_I64(100, wire_read(a, fd, false).status);
    CHECK(wire_send(fd, S("abc")));
    CHECK_STR(S("abc"), wire_read(a, fd, false).body);
    wire_close(fd);
    CHECK(server_stop(s, 60000));
}

TEST(a_client_that_waits_is_refused_before_it_sends)
{
    struct server *s = server_new(a);
    int fd = wire_open("127.0.0.1", s->port);
    CHECK(wire_send(
        fd, S("POST /echo HTTP/1.1\r\nHost: h\r\n" EXPECT "Content-Length: 100001\r\n\r\n")));
    CHECK_I64(413, wire_read(a, fd, false).status);
    CHECK(wire_is_closed(fd));
    wire_close(fd);
    fd = wire_open("127.0.0.1", s->port);
    CHECK(wire_send(
        fd, S("POST /upload HTTP/1.1\r\nHost: h\r\n" EXPECT "Content-Length: 1000\r\n\r\n")));
    CHECK_I64(403, wire_read(a, fd, false).status);
    CHECK(wire_is_closed(fd));
    wire_close(fd);
    CHECK(server_stop(s, 60000));
    CHECK_I64(0, s->received);
}

TEST(whether_a_body_may_come_is_asked_before_it_is_read)
{
    struct server *s = server_new(a);
    int fd = wire_open("127.0.0.1", s->port);
    str body = letters(a, 400000);
    str request = post(a, "/upload", "X-Let: in\r\n", body);
    CHECK(wire_send(fd, str_sub(request, 0, request.n - body.n)));
    server_await_authorised(s, 1);
    CHECK_I64(0, s->received);
    CHECK(wire_send(fd, body));
    CHECK_STR(size_line(a, body, "file"), wire_read(a, fd, false).body);
    CHECK(wire_send(fd, post(a, "/upload", EXPECT "X-Let: in\r\n", S(""))));
    CHECK_I64(100, wire_read(a, fd, false).status);
    CHECK_STR(S("0 memory 0"), wire_read(a, fd, false).body);
    wire_close(fd);
    CHECK(server_stop(s, 60000));
}

TEST(a_body_from_someone_who_may_not_is_never_kept)
{
    struct server *s = server_new(a);
    int fd = wire_open("127.0.0.1", s->port);
    CHECK(wire_send(fd, post(a, "/upload", "", letters(a, 3000000))));
    struct wire_answer r = wire_read(a, fd, false);
    CHECK_I64(403, r.status);
    CHECK_STR(S("not you"), r.body);
    CHECK(wire_send(fd, post(a, "/upload", "", S(""))));
    CHECK_I64(403, wire_read(a, fd, false).status);
    CHECK(wire_send(fd, chunked(a, "/upload", letters(a, 3000000), 5000, "")));
    CHECK_I64(403, wire_read(a, fd, false).status);
    wire_close(fd);
    CHECK(server_stop(s, 60000));
    CHECK_I64(3, s->authorised);
    CHECK_I64(0, s->received);
}

TEST(a_body_that_cannot_be_kept_is_refused)
{
    struct server s;
    server_init(&s);
    s.o.spool_dir = "/nowhere";
    s.o.body_memory = 100;
    server_start(&s);
    int fd = wire_open("127.0.0.1", s.port);
    CHECK(wire_send(fd, post(a, "/size", "", letters(a, 50000))));
    CHECK_I64(503, wire_read(a, fd, false).status);
    CHECK(wire_send(fd, post(a, "/size", "", letters(a, 100))));
    CHECK_I64(200, wire_read(a, fd, false).status);
    wire_close(fd);
    CHECK(server_stop(&s, 60000));
}

/* libmicrohttpd does not see an end that came together with the bytes before it: then it is the
 * time for bodies that ends the exchange. */
TEST(a_body_that_breaks_off_reaches_no_handler)
{
    struct server s;
    server_init(&s);
    s.o.slow_ms = 200;
    server_start(&s);
    int fd = wire_open("127.0.0.1", s.port);
    str request = post(a, "/size", "", letters(a, 4000));
    CHECK(wire_send(fd, str_sub(request, 0, request.n - 1)));
    wire_close(fd);
    server_await_done(&s, 1);
    CHECK_I64(0, s.last_status);
    CHECK_I64(0, s.received);
    CHECK(server_stop(&s, 60000));
}
