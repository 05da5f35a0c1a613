/* httpd_fresh_test.c - cached answers, and how long they are good. */
#include "help/server.h"
#include "help/wire.h"
#include "t.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#define GET_CACHED "GET /cached HTTP/1.1\r\nHost: h\r\n\r\n"

static str get(struct arena *a, int fd, const char *path)
{
    CHECK(wire_send(fd, str_fmt(a, "GET %s HTTP/1.1\r\nHost: h\r\n\r\n", path)));
    struct wire_answer r = wire_read(a, fd, false);
    CHECK_I64(200, r.status);
    return r.body;
}

TEST(a_page_is_made_once_for_each_generation_and_query)
{
    struct server *s = server_new(a);
    int fd = wire_open("127.0.0.1", s->port);
    for (int i = 0; i < 20; i++)
        CHECK_STR(S("1:1"), get(a, fd, "/cached"));
    CHECK_STR(S("1:2"), get(a, fd, "/cached?q=a"));
    CHECK_STR(S("1:2"), get(a, fd, "/cached?q=a"));
    CHECK_STR(S("1:3"), get(a, fd, "/cached/b"));
    CHECK_STR(S("1:1"), get(a, fd, "/cached"));
    CHECK_I64(21, httpd_state(s->h).cache_hits);
    CHECK(httpd_state(s->h).cache_bytes > 0);
    wire_close(fd);
    CHECK(server_stop(s, 60000));
    CHECK_I64(24, s->done);
    CHECK_I64(3, s->last_bytes);
}

TEST(a_cached_page_answers_head_and_what_is_known)
{
    struct server *s = server_new(a);
    int fd = wire_open("127.0.0.1", s->port);
    CHECK_STR(S("1:1"), get(a, fd, "/cached"));
    CHECK(wire_send(fd, S("HEAD /cached HTTP/1.1\r\nHost: h\r\n\r\n")));
    struct wire_answer r = wire_read(a, fd, true);
    CHECK_I64(200, r.status);
    CHECK_STR(S("3"), wire_header(r, S("content-length")));
    CHECK(wire_send(fd,
                    S("GET /cached HTTP/1.1\r\nHost: h\r\nIf-None-Match: \"x\", \"1:1\"\r\n\r\n")));
    r = wire_read(a, fd, true);
    CHECK_I64(304, r.status);
    CHECK_STR(S("\"1:1\""), wire_header(r, S("etag")));
    CHECK_STR(S("1:1"), get(a, fd, "/cached"));
    CHECK_I64(3, httpd_state(s->h).cache_hits);
    wire_close(fd);
    CHECK(server_stop(s, 60000));
}

TEST(our_own_commit_is_seen_by_the_very_next_request)
{
    struct server *s = server_new(a);
    int fd = wire_open("127.0.0.1", s->port);
    for (int g = 2; g < 200; g++) {
        server_commit(s, g);
        str page = get(a, fd, "/cached");
        CHECK(str_has_prefix(page, str_fmt(a, "%d:", g)));
        CHECK_STR(page, get(a, fd, "/cached"));
    }
    wire_close(fd);
    CHECK(server_stop(s, 60000));
}

/* Holds however slow the machine is: a request sent 100 ms after the commit never gets the old
 * page; and sooner or later one comes soon enough after another to be answered from the cache. */
TEST(anothers_commit_is_seen_within_100_ms)
{
    struct server *s = server_new(a);
    int fd = wire_open("127.0.0.1", s->port);
    (void)get(a, fd, "/cached");
    for (int g = 2; g < 6; g++) {
        server_commit_elsewhere(s, g);
        i64 committed = clock_us();
        for (bool seen = false; !seen;) {
            i64 sent = clock_us();
            seen = str_has_prefix(get(a, fd, "/cached"), str_fmt(a, "%d:", g));
            CHECK(seen || sent < committed + 100000);
        }
    }
    i64 hits = httpd_state(s->h).cache_hits;
    for (int i = 0; i < 5000 && httpd_state(s->h).cache_hits == hits; i++)
        (void)get(a, fd, "/cached");
    CHECK(httpd_state(s->h).cache_hits > hits);
    wire_close(fd);
    CHECK(server_stop(s, 60000));
}

/* Under load the generation is read now and then, not for each request. */
TEST(the_generation_is_read_once_for_many)
{
    struct server *s = server_new(a);
    int fd = wire_open("127.0.0.1", s->port);
    i64 began = clock_us();
    for (int i = 0; i < 500; i++)
        (void)get(a, fd, "/cached");
    i64 us = clock_us() - began;
    CHECK(s->asked >= 1 && s->asked <= 2 + us / 50000);
    wire_close(fd);
    CHECK(server_stop(s, 60000));
}

TEST(who_waits_for_the_generation_holds_up_nobody)
{
    struct server *s = server_new(a);
    int fds[20];
    int fd = wire_open("127.0.0.1", s->port);
    s->stuck = true;
    CHECK_STR(S("1:1"), get(a, fd, "/cached"));
    for (size_t i = 0; i < COUNT(fds); i++) {
        fds[i] = wire_open("127.0.0.1", s->port);
        CHECK(wire_send(fds[i], S(GET_CACHED)));
    }
    server_await_asked(s, 1);
    CHECK_STR(S("hello"), get(a, fd, "/hello"));
    CHECK_STR(S("1:2"), get(a, fd, "/cached/other"));
    server_commit_elsewhere(s, 2);
    server_open_gate(s);
    for (size_t i = 0; i < COUNT(fds); i++) {
        CHECK(str_has_prefix(wire_read(a, fds[i], false).body, S("2:")));
        wire_close(fds[i]);
    }
    wire_close(fd);
    CHECK(server_stop(s, 60000));
}

TEST(without_a_generation_nothing_comes_from_the_cache)
{
    struct server *s = server_new(a);
    int fd = wire_open("127.0.0.1", s->port);
    s->failing = true;
    for (int i = 1; i < 5; i++)
        CHECK_STR(str_fmt(a, "1:%d", i), get(a, fd, "/cached"));
    CHECK_I64(0, httpd_state(s->h).cache_hits);
    wire_close(fd);
    CHECK(server_stop(s, 60000));
}

TEST(an_app_without_generations_has_no_cache)
{
    struct server s;
    server_init(&s);
    s.app.generation = NULL;
    server_start(&s);
    int fd = wire_open("127.0.0.1", s.port);
    CHECK_STR(S("1:1"), get(a, fd, "/cached"));
    CHECK_STR(S("1:2"), get(a, fd, "/cached"));
    wire_close(fd);
    CHECK(server_stop(&s, 60000));
}

/* In a process of its own, because it has to end there. */
TEST(keeping_a_private_answer_is_a_bug_that_ends_the_process)
{
    pid_t pid = fork();
    CHECK(pid >= 0);
    if (pid == 0) {
        (void)close(STDERR_FILENO);
        struct server *s = server_new(a);
        (void)wire_ask(a, s->port, S("GET /cached-cookie HTTP/1.1\r\nHost: h\r\n\r\n"));
        _exit(0);
    }
    int status = 0;
    CHECK(waitpid(pid, &status, 0) == pid);
    CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
}
