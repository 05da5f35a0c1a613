/* httpd_talk_test.c - exchanges, from their request line to their end. */
#include "help/server.h"
#include "help/wire.h"
#include "t.h"

#include <dirent.h>

#define HELLO "GET /hello HTTP/1.1\r\nHost: h\r\n\r\n"

static struct wire_answer ask_on(struct arena *a, int fd, str request)
{
    CHECK(wire_send(fd, request));
    return wire_read(a, fd, str_has_prefix(request, S("HEAD ")));
}

TEST(a_connection_serves_one_request_after_another)
{
    struct server *s = server_new(a);
    int fd = wire_open("127.0.0.1", s->port);
    for (int i = 0; i < 5; i++) {
        struct wire_answer r = ask_on(a, fd, S(HELLO));
        CHECK_I64(200, r.status);
        CHECK_STR(S("hello"), r.body);
    }
    CHECK_I64(1, (i64)httpd_state(s->h).connections);
    wire_close(fd);
    CHECK(server_stop(s, 60000));
    CHECK_I64(5, s->done);
}

TEST(requests_sent_at_once_are_answered_in_order)
{
    struct server *s = server_new(a);
    int fd = wire_open("127.0.0.1", s->port);
    CHECK(wire_send(fd, S("GET /wait HTTP/1.1\r\nHost: h\r\n\r\n"
                          "POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc"
                          "HEAD /hello HTTP/1.1\r\nHost: h\r\n\r\n" HELLO)));
    server_await_entered(s, 1);
    server_open_gate(s);
    CHECK_STR(S("waited"), wire_read(a, fd, false).body);
    CHECK_STR(S("abc"), wire_read(a, fd, false).body);
    CHECK_STR(S("5"), wire_header(wire_read(a, fd, true), S("content-length")));
    CHECK_STR(S("hello"), wire_read(a, fd, false).body);
    wire_close(fd);
    CHECK(server_stop(s, 60000));
}

TEST(an_old_client_gets_one_answer_unless_it_asks_for_more)
{
    struct server *s = server_new(a);
    int fd = wire_open("127.0.0.1", s->port);
    struct wire_answer r = ask_on(a, fd, S("GET /hello HTTP/1.0\r\n\r\n"));
    CHECK_STR(S("hello"), r.body);
    CHECK(wire_is_closed(fd));
    wire_close(fd);

    fd = wire_open("127.0.0.1", s->port);
    r = ask_on(a, fd, S("GET /hello HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"));
    CHECK_STR(S("hello"), r.body);
    CHECK_STR(S("hello"), ask_on(a, fd, S("GET /hello HTTP/1.0\r\n\r\n")).body);
    CHECK(wire_is_closed(fd));
    wire_close(fd);
    CHECK(server_stop(s, 60000));
}

TEST(a_client_that_says_close_is_closed)
{
    struct server *s = server_new(a);
    int fd = wire_open("127.0.0.1", s->port);
    struct wire_answer r =
        ask_on(a, fd, S("GET /hello HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"));
    CHECK_STR(S("close"), wire_header(r, S("connection")));
    CHECK(wire_is_closed(fd));
    wire_close(fd);
    CHECK(server_stop(s, 60000));
}

TEST(what_the_client_has_is_not_sent_again)
{
    struct server *s = server_new(a);
    int fd = wire_open("127.0.0.1", s->port);
    struct wire_answer r = ask_on(
        a, fd, S("GET /page?500 HTTP/1.1\r\nHost: h\r\nIf-None-Match: \"o\", W/\"p\"\r\n\r\n"));
    CHECK_I64(304, r.status);
    CHECK_STR(S("\"p\""), wire_header(r, S("etag")));
    r = ask_on(a, fd, S("GET /page?500 HTTP/1.1\r\nHost: h\r\nIf-None-Match: \"o\"\r\n\r\n"));
    CHECK_I64(200, r.status);
    CHECK_I64(500, (i64)r.body.n);
    wire_close(fd);
    CHECK(server_stop(s, 60000));
}

static void check_letters(str s, size_t n)
{
    CHECK_I64((i64)n, (i64)s.n);
    for (size_t i = 0; i < n; i++)
        CHECK(s.p[i] == (char)('a' + i % 26));
}

TEST(long_answers_arrive_whole)
{
    struct server *s = server_new(a);
    int fd = wire_open("127.0.0.1", s->port);
    check_letters(ask_on(a, fd, S("GET /page?3000000 HTTP/1.1\r\nHost: h\r\n\r\n")).body, 3000000);
    check_letters(ask_on(a, fd, S("GET /file?3000000 HTTP/1.1\r\nHost: h\r\n\r\n")).body, 3000000);
    CHECK_STR(S("3000000"),
              wire_header(ask_on(a, fd, S("HEAD /file?3000000 HTTP/1.1\r\nHost: h\r\n\r\n")),
                          S("content-length")));
    CHECK_I64(0, (i64)ask_on(a, fd, S("GET /file?0 HTTP/1.1\r\nHost: h\r\n\r\n")).body.n);
    check_letters(ask_on(a, fd, S("GET /page?1 HTTP/1.1\r\nHost: h\r\n\r\n")).body, 1);
    wire_close(fd);
    CHECK(server_stop(s, 60000));
}

static int count_fds(void)
{
    int n = 0;
    DIR *d = opendir("/proc/self/fd");
    CHECK(d != NULL);
    while (readdir(d) != NULL)
        n++;
    (void)closedir(d);
    return n;
}

TEST(files_are_closed_when_they_were_sent_or_not)
{
    struct server *s = server_new(a);
    int before = count_fds();
    for (int i = 0; i < 4; i++) {
        int fd = wire_open("127.0.0.1", s->port);
        CHECK(wire_send(fd, S("GET /file?9000000 HTTP/1.1\r\nHost: h\r\n\r\n")));
        (void)wire_rest(a, fd, i % 2 ? 9000000 : 100);
        wire_close(fd);
        server_await_done(s, i + 1);
    }
    for (int i = 0; i < 1000 && count_fds() != before; i++)
        (void)wire_ask(a, s->port, S(HELLO)); /* the event thread closes soon after done() */
    CHECK_I64(before, count_fds());
    CHECK(server_stop(s, 60000));
}

TEST(a_refusal_is_the_apps_with_safe_headers)
{
    struct server *s = server_new(a);
    struct wire_answer r = wire_ask(a, s->port, S("TRACE / HTTP/1.1\r\nHost: h\r\n\r\n"));
    CHECK_I64(405, r.status);
    CHECK_STR(S("refused 405"), r.body);
    CHECK_STR(S("close"), wire_header(r, S("connection")));
    CHECK_STR(S("nosniff"), wire_header(r, S("x-content-type-options")));
    CHECK_STR(S("no-store"), wire_header(r, S("cache-control")));
    CHECK_STR(S("default-src 'none'"), wire_header(r, S("content-security-policy")));
    CHECK_STR(S("text/plain; charset=utf-8"), wire_header(r, S("content-type")));
    CHECK(str_find(wire_header(r, S("allow")), S("PATCH")) > 0);
    CHECK_I64(1, httpd_state(s->h).refusals);
    CHECK(server_stop(s, 60000));
}

TEST(a_full_queue_is_said_at_once)
{
    struct server s;
    int fds[3];
    server_init(&s);
    s.o.workers = 1;
    s.o.queue_max = 1;
    server_start(&s);
    for (int i = 0; i < 3; i++) {
        fds[i] = wire_open("127.0.0.1", s.port);
        CHECK(wire_send(fds[i], S("GET /wait HTTP/1.1\r\nHost: h\r\n\r\n")));
        if (i == 0)
            server_await_entered(&s, 1);
        if (i == 1)
            server_await_waiting(&s, 1);
    }
    struct wire_answer r = wire_read(a, fds[2], false);
    CHECK_I64(503, r.status);
    CHECK_STR(S("1"), wire_header(r, S("retry-after")));
    CHECK_STR(S("refused 503"), r.body);
    server_open_gate(&s);
    CHECK_I64(200, wire_read(a, fds[0], false).status);
    CHECK_I64(200, wire_read(a, fds[1], false).status);
    CHECK_I64(200, ask_on(a, fds[2], S(HELLO)).status);
    for (int i = 0; i < 3; i++)
        wire_close(fds[i]);
    CHECK(server_stop(&s, 60000));
}

TEST(slow_work_never_holds_up_the_rest)
{
    struct server *s = server_new(a);
    int fds[3];
    for (int i = 0; i < 3; i++) {
        fds[i] = wire_open("127.0.0.1", s->port);
        CHECK(wire_send(fds[i], S("GET /slow HTTP/1.1\r\nHost: h\r\n\r\n")));
    }
    server_await_entered(s, 2);
    for (int i = 0; i < 40; i++)
        CHECK_I64(200, wire_ask(a, s->port, S(HELLO)).status);
    server_await_waiting(s, 1); /* the third, until one of the two is through */
    server_open_gate(s);
    for (int i = 0; i < 3; i++) {
        CHECK_STR(S("waited"), wire_read(a, fds[i], false).body);
        wire_close(fds[i]);
    }
    CHECK(server_stop(s, 60000));
}

static str field(str line, int n)
{
    str part = NO_STR;
    for (int i = 0; i <= n; i++)
        part = str_cut(&line, '|');
    return part;
}

TEST(a_handler_sees_who_asks)
{
    struct server *s = server_new(a);
    str r = wire_ask(a, s->port,
                     S("GET /who HTTP/1.1\r\nHost: Example:81\r\nX-Forwarded-For: 203.0.113.5\r\n"
                       "X-Forwarded-Proto: https\r\nX-Request-Id: 0123abcd\r\n\r\n"))
                .body;
    CHECK_STR(S("127.0.0.1"), field(r, 0));
    CHECK_STR(S("0"), field(r, 1));
    CHECK_STR(S("example:81"), field(r, 2));
    CHECK(!str_eq(S("0123abcd"), field(r, 5)) && field(r, 5).n == 16);
    str again = wire_ask(a, s->port, S("GET /who HTTP/1.0\r\n\r\n")).body;
    CHECK(!str_eq(field(r, 5), field(again, 5)));
    CHECK_STR(S(""), field(again, 2));
    CHECK(server_stop(s, 60000));
}

TEST(a_trusted_proxy_is_believed)
{
    struct server s;
    str trusted[] = {S("127.0.0.0/8")};
    server_init(&s);
    s.o.trusted_proxies = (struct strs){trusted, 1};
    server_start(&s);
    str r = wire_ask(a, s.port,
                     S("GET /who HTTP/1.1\r\nHost: h\r\nX-Forwarded-For: 203.0.113.5\r\n"
                       "X-Forwarded-Proto: https\r\nX-Request-Id: 0123abcd\r\n\r\n"))
                .body;
    CHECK_STR(S("203.0.113.5"), field(r, 0));
    CHECK_STR(S("1"), field(r, 1));
    CHECK_STR(S("0123abcd"), field(r, 5));
    CHECK(server_stop(&s, 60000));
    CHECK_STR(S("203.0.113.5"), str_z(s.last_peer));
}

TEST(the_end_of_an_exchange_is_told_without_the_query)
{
    struct server *s = server_new(a);
    CHECK_I64(200, wire_ask(a, s->port, S("GET /page?321 HTTP/1.1\r\nHost: h\r\n\r\n")).status);
    server_await_done(s, 1);
    CHECK_STR(S("/page"), str_z(s->last_path));
    CHECK_I64(200, s->last_status);
    CHECK_I64(321, s->last_bytes);
    CHECK_I64(400, wire_ask(a, s->port, S("GET /a//b HTTP/1.1\r\nHost: h\r\n\r\n")).status);
    server_await_done(s, 2);
    CHECK_I64(400, s->last_status);
    CHECK_STR(S(""), str_z(s->last_path));
    CHECK_I64(400, wire_ask(a, s->port, S("GET / HTTP/1.1\r\nHost\r\n\r\n")).status);
    server_await_done(s, 3);
    CHECK_I64(400, s->last_status);
    CHECK(server_stop(s, 60000));
}

TEST(a_client_that_leaves_early_harms_nobody)
{
    struct server *s = server_new(a);
    int fd = wire_open("127.0.0.1", s->port);
    CHECK(wire_send(fd, S("GET /wait HTTP/1.1\r\nHost: h\r\n\r\n")));
    server_await_entered(s, 1);
    wire_close(fd);
    server_open_gate(s);
    server_await_done(s, 1);
    CHECK_I64(200, wire_ask(a, s->port, S(HELLO)).status);
    CHECK(server_stop(s, 60000));
}

TEST(it_listens_on_ipv6)
{
    struct server s;
    struct fault f = {0};
    server_init(&s);
    s.o.address = S("::1");
    if (httpd_start(&s.o, &s.app, &f, &s.h) != OK)
        SKIP("no IPv6 here");
    int fd = wire_open("::1", httpd_port(s.h));
    struct wire_answer r = ask_on(a, fd, S("GET /who HTTP/1.1\r\nHost: [::1]:80\r\n\r\n"));
    CHECK_STR(S("::1"), field(r.body, 0));
    CHECK_STR(S("[::1]:80"), field(r.body, 2));
    wire_close(fd);
    CHECK(server_stop(&s, 60000));
}

TEST(a_query_may_have_any_number_of_fields)
{
    struct server *s = server_new(a);
    buf b = {.a = a};
    buf_put(&b, S("GET /hello?"));
    for (int i = 0; i < 3900; i++)
        buf_put(&b, S("a&"));
    buf_put(&b, S(" HTTP/1.1\r\nHost: h\r\n\r\n"));
    CHECK_STR(S("hello"), wire_ask(a, s->port, buf_str(&b)).body);
    CHECK(server_stop(s, 60000));
}

/* The longest head that is let through: what it asks libmicrohttpd to remember must leave room
 * for the head of the answer. */
TEST(a_head_at_all_its_limits_is_answered)
{
    struct server *s = server_new(a);
    buf b = {.a = a};
    buf_put(&b, S("GET /hello?"));
    for (int i = 0; i < 7900; i++)
        buf_char(&b, 'q');
    buf_put(&b, S(" HTTP/1.1\r\nHost: h\r\nCookie: "));
    for (int i = 0; i < 4096; i++)
        buf_char(&b, 'c');
    for (int i = 0; i < 98; i++)
        buf_putf(&b, "\r\nX-%d: yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy", i);
    buf_put(&b, S("\r\n\r\n"));
    int fd = wire_open("127.0.0.1", s->port);
    for (size_t at = 0; at < b.n; at += 700) /* in pieces, so that the buffer has to grow */
        CHECK(wire_send(fd, str_sub(buf_str(&b), at, 700)));
    CHECK_STR(S("hello"), wire_read(a, fd, false).body);
    CHECK_STR(S("hello"), ask_on(a, fd, S(HELLO)).body);
    wire_close(fd);
    CHECK(server_stop(s, 60000));
}
