/* httpd_test.c - stopping, with connections in every state. */
#include "io/httpd.h"

#include "help/server.h"
#include "help/wire.h"
#include "t.h"

#define HELLO "GET /hello HTTP/1.1\r\nHost: h\r\n\r\n"
#define WAIT "GET /wait HTTP/1.1\r\nHost: h\r\n\r\n"

/* More than any test waits: what takes the half of it waited for all of it.  No other bound. */
enum { LONG_MS = 600000 };
#define AT_ONCE(began) CHECK(clock_us() - (began) < (i64)LONG_MS * 500)

struct stop {
    struct server *s;
    int ms;
    bool whole;
    pthread_t thread;
};

static void *stop_main(void *arg)
{
    struct stop *stop = arg;
    stop->whole = server_stop(stop->s, stop->ms);
    return NULL;
}

static void stop_begin(struct stop *stop, struct server *s, int ms)
{
    *stop = (struct stop){.s = s, .ms = ms};
    CHECK(pthread_create(&stop->thread, NULL, stop_main, stop) == 0);
}

static void stop_end(struct stop *stop)
{
    CHECK(pthread_join(stop->thread, NULL) == 0);
}

static int open_and_send(struct server *s, const char *request)
{
    int fd = wire_open("127.0.0.1", s->port);
    CHECK(fd >= 0);
    CHECK(wire_send(fd, str_z(request)));
    return fd;
}

/* New connections are refused from the beginning of a stop. */
static void await_stopping(struct server *s)
{
    for (int fd; (fd = wire_open("127.0.0.1", s->port)) >= 0;)
        wire_close(fd);
}

TEST(it_stops_at_once_when_nothing_is_owed)
{
    struct server *s = server_new(a);
    int idle = open_and_send(s, HELLO);
    CHECK_I64(200, wire_read(a, idle, false).status);
    int silent = wire_open("127.0.0.1", s->port);
    int half_head = open_and_send(s, "GET /hello HT");
    int half_body =
        open_and_send(s, "POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\nhalf");
    i64 began = clock_us();
    CHECK(server_stop(s, LONG_MS));
    AT_ONCE(began);
    CHECK(wire_is_closed(idle));
    CHECK(wire_is_closed(silent));
    CHECK_I64(0, wire_read(a, half_head, false).status);
    int status = wire_read(a, half_body, false).status;
    CHECK(status == 0 || status == 503); /* whether its head was read before or while stopping */
    wire_close(idle);
    wire_close(silent);
    wire_close(half_head);
    wire_close(half_body);
}

TEST(what_was_begun_is_finished)
{
    struct server s;
    struct stop stop;
    int fds[8];
    server_init(&s);
    s.o.workers = 3; /* the other five wait in the queue */
    server_start(&s);
    for (size_t i = 0; i < COUNT(fds); i++)
        fds[i] = open_and_send(&s, WAIT);
    server_await_entered(&s, 3);
    server_await_waiting(&s, 5);
    i64 began = clock_us();
    stop_begin(&stop, &s, LONG_MS);
    await_stopping(&s);
    server_open_gate(&s);
    for (size_t i = 0; i < COUNT(fds); i++) {
        CHECK_STR(S("waited"), wire_read(a, fds[i], false).body);
        wire_close(fds[i]);
    }
    stop_end(&stop);
    CHECK(stop.whole);
    AT_ONCE(began);
}

TEST(a_request_that_comes_while_stopping_is_told_to_come_again)
{
    struct server *s = server_new(a);
    struct stop stop;
    int fd = open_and_send(s, HELLO), waits = open_and_send(s, WAIT);
    CHECK_I64(200, wire_read(a, fd, false).status);
    server_await_entered(s, 1);
    stop_begin(&stop, s, LONG_MS);
    await_stopping(s);
    struct wire_answer r = {.status = 200};
    while (r.status == 200) { /* until the event threads know, too */
        CHECK(wire_send(fd, S(HELLO)));
        r = wire_read(a, fd, false);
    }
    CHECK_I64(503, r.status);
    CHECK_STR(S("close"), wire_header(r, S("connection")));
    CHECK(wire_is_closed(fd));
    server_open_gate(s);
    CHECK_I64(200, wire_read(a, waits, false).status);
    stop_end(&stop);
    CHECK(stop.whole);
    wire_close(fd);
    wire_close(waits);
}

TEST(who_never_finishes_is_answered_503_in_time)
{
    struct server s;
    struct stop stop;
    int fds[4];
    server_init(&s);
    s.o.workers = 1; /* one works, one waits, one more in the slow pool, one for the generation */
    s.o.cut_ms = LONG_MS - 200;
    server_start(&s);
    fds[0] = open_and_send(&s, "GET /cached HTTP/1.1\r\nHost: h\r\n\r\n");
    CHECK_I64(200, wire_read(a, fds[0], false).status);
    s.stuck = true;
    CHECK(wire_send(fds[0], S("GET /cached HTTP/1.1\r\nHost: h\r\n\r\n")));
    server_await_asked(&s, 1);
    fds[1] = open_and_send(&s, WAIT);
    fds[2] = open_and_send(&s, "GET /slow HTTP/1.1\r\nHost: h\r\n\r\n");
    server_await_entered(&s, 2);
    fds[3] = open_and_send(&s, WAIT);
    server_await_waiting(&s, 1);
    stop_begin(&stop, &s, LONG_MS);
    for (size_t i = 0; i < COUNT(fds); i++) {
        struct wire_answer r = wire_read(a, fds[i], false);
        CHECK_I64(503, r.status);
        CHECK_STR(S("refused 503"), r.body);
    }
    server_open_gate(&s);
    stop_end(&stop);
    CHECK(stop.whole);
    for (size_t i = 0; i < COUNT(fds); i++)
        wire_close(fds[i]);
}

TEST(a_stop_ends_in_its_time_although_one_never_finishes)
{
    struct server *s = server_new(a);
    struct httpd *h = s->h;
    int fd = open_and_send(s, WAIT);
    server_await_entered(s, 1);
    CHECK(!server_stop(s, 300));
    wire_close(fd);
    server_open_gate(s);
    CHECK(httpd_stop(h, LONG_MS));
}

TEST(an_answer_that_nobody_reads_does_not_hold_up_the_stop)
{
    struct server *s = server_new(a);
    int fd = open_and_send(s, "GET /page?20000000 HTTP/1.1\r\nHost: h\r\n\r\n");
    CHECK_I64(1000, (i64)wire_rest(a, fd, 1000).n);
    CHECK(server_stop(s, 300));
    wire_close(fd);
}

TEST(an_upload_that_waits_for_its_permission_is_let_go)
{
    i64 began = clock_us();
    for (int i = 0; i < 20; i++) {
        struct server *s = server_new(a);
        int fd = open_and_send(s, "POST /upload HTTP/1.1\r\nHost: h\r\nX-Let: in\r\n"
                                  "Content-Length: 4\r\n\r\n");
        if (i % 2)
            server_await_authorised(s, 1);
        CHECK(server_stop(s, LONG_MS));
        wire_close(fd);
    }
    AT_ONCE(began);
}

struct hammer {
    int port;
    pthread_t thread;
    int answers;
};

static void *hammer_main(void *arg)
{
    static const char *const requests[] = {HELLO, "GET /cached HTTP/1.1\r\nHost: h\r\n\r\n",
                                           "GET /page?100000 HTTP/1.1\r\nHost: h\r\n\r\n",
                                           "POST /upload HTTP/1.1\r\nHost: h\r\nX-Let: in\r\n"
                                           "Content-Length: 4\r\n\r\nbody"};
    struct hammer *hammer = arg;
    struct arena *a = arena_new();
    for (int fd; (fd = wire_open("127.0.0.1", hammer->port)) >= 0; wire_close(fd))
        for (int i = 0; i < 9 && wire_send(fd, str_z(requests[i % 4])); i++)
            hammer->answers += wire_read(a, fd, false).status == 200;
    arena_free(a);
    return NULL;
}

TEST(it_stops_under_load_again_and_again)
{
    for (int round = 0; round < 15; round++) {
        struct server *s = server_new(a);
        struct hammer hammers[4];
        for (size_t i = 0; i < COUNT(hammers); i++) {
            hammers[i] = (struct hammer){.port = s->port};
            CHECK(pthread_create(&hammers[i].thread, NULL, hammer_main, &hammers[i]) == 0);
        }
        server_await_done(s, 100 + round);
        CHECK(server_stop(s, 60000));
        for (size_t i = 0; i < COUNT(hammers); i++)
            CHECK(pthread_join(hammers[i].thread, NULL) == 0);
        CHECK(hammers[0].answers + hammers[1].answers + hammers[2].answers > 0);
    }
}

TEST(one_event_thread_is_enough)
{
    struct server s;
    server_init(&s);
    s.o.event_threads = 1;
    server_start(&s);
    CHECK_STR(S("hello"), wire_ask(a, s.port, S(HELLO)).body);
    CHECK(server_stop(&s, 60000));
}
