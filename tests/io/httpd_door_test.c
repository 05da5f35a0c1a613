/* httpd_door_test.c - who gets in, how many, and for how long. */
#include "help/server.h"
#include "help/wire.h"
#include "t.h"

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define HELLO "GET /hello HTTP/1.1\r\nHost: h\r\n\r\n"

static int hello(struct arena *a, int fd)
{
    CHECK(wire_send(fd, S(HELLO)));
    return wire_read(a, fd, false).status;
}

TEST(a_taken_address_is_a_conflict)
{
    struct server *s = server_new(a), other;
    struct fault f = {0};
    server_init(&other);
    other.o.port = s->port;
    CHECK_ERR(E_CONFLICT, httpd_start(&other.o, &other.app, &f, &other.h));
    CHECK(f.text[0] != '\0');
    CHECK(server_stop(s, 60000));
}

TEST(what_is_no_address_is_said)
{
    static const char *const bad[] = {"example.org", "300.1.1.1", "", "127.0.0.1:80"};
    struct server s;
    server_init(&s);
    for (size_t i = 0; i < COUNT(bad); i++) {
        struct fault f = {0};
        s.o.address = str_z(bad[i]);
        CHECK_ERR(E_INVALID, httpd_start(&s.o, &s.app, &f, &s.h));
    }
    str proxy[] = {S("proxy.example")};
    struct fault f = {0};
    s.o.address = S("127.0.0.1");
    s.o.trusted_proxies = (struct strs){proxy, 1};
    CHECK_ERR(E_INVALID, httpd_start(&s.o, &s.app, &f, &s.h));
}

TEST(connections_beyond_the_limit_wait_their_turn)
{
    struct server s;
    server_init(&s);
    s.o.connections_max = 2;
    server_start(&s);
    int one = wire_open("127.0.0.1", s.port), two = wire_open("127.0.0.1", s.port);
    CHECK_I64(200, hello(a, one));
    CHECK_I64(200, hello(a, two));
    int three = wire_open("127.0.0.1", s.port);
    CHECK(wire_send(three, S(HELLO)));
    for (int i = 0; i < 50; i++)
        CHECK_I64(200, hello(a, one));
    CHECK_I64(2, (i64)httpd_state(s.h).connections);
    wire_close(one);
    CHECK_I64(200, wire_read(a, three, false).status);
    wire_close(two);
    wire_close(three);
    CHECK(server_stop(&s, 60000));
}

TEST(one_address_has_only_so_many_connections)
{
    struct server s;
    server_init(&s);
    s.o.per_address_max = 2;
    server_start(&s);
    int fds[2];
    for (int i = 0; i < 2; i++) {
        fds[i] = wire_open("127.0.0.1", s.port);
        CHECK_I64(200, hello(a, fds[i]));
    }
    int third = wire_open("127.0.0.1", s.port);
    (void)wire_send(third, S(HELLO));
    CHECK_I64(0, wire_read(a, third, false).status);
    wire_close(third);
    int other = wire_open("127.0.0.1", s.port);
    CHECK(wire_is_closed(other));
    wire_close(other);
    wire_close(fds[0]);
    server_await_connections(&s, 1);
    fds[0] = wire_open("127.0.0.1", s.port);
    CHECK_I64(200, hello(a, fds[0]));
    wire_close(fds[0]);
    wire_close(fds[1]);
    CHECK(server_stop(&s, 60000));
}

TEST(a_trusted_proxy_has_as_many_as_it_likes)
{
    struct server s;
    str trusted[] = {S("127.0.0.1")};
    int fds[5];
    server_init(&s);
    s.o.per_address_max = 2;
    s.o.trusted_proxies = (struct strs){trusted, 1};
    server_start(&s);
    for (size_t i = 0; i < COUNT(fds); i++) {
        fds[i] = wire_open("127.0.0.1", s.port);
        CHECK_I64(200, hello(a, fds[i]));
    }
    for (size_t i = 0; i < COUNT(fds); i++)
        wire_close(fds[i]);
    CHECK(server_stop(&s, 60000));
}

enum { WATCHDOG_US = 120000000 };

/* Goes on sending, a byte every few milliseconds, and never gets to the end of anything: whether
 * the server had enough of it.  Only a server that never has is caught by the watchdog. */
static bool is_cut_off_in_the_middle(int fd, str first, char again)
{
    i64 began = clock_us();
    struct pollfd p = {.fd = fd, .events = POLLIN};
    (void)wire_send(fd, first);
    while (poll(&p, 1, 5) == 0 && clock_us() - began < WATCHDOG_US)
        (void)wire_send(fd, (str){&again, 1});
    return wire_is_closed(fd);
}

/* A connection that had its answer in time and is kept open, however slow the machine is. */
static int answered(struct arena *a, const struct server *s)
{
    for (int i = 0; i < 1000; i++) {
        int fd = wire_open("127.0.0.1", s->port);
        if (wire_send(fd, S(HELLO)) && wire_read(a, fd, false).status == 200)
            return fd;
        wire_close(fd);
    }
    CHECK(!"one request of a thousand is answered in time");
    return -1;
}

TEST(a_head_must_be_there_in_time_however_busy_its_client)
{
    struct server s;
    server_init(&s);
    s.o.idle_ms = 150;
    server_start(&s);
    i64 began = clock_us(); /* so that it is not too early, nothing has an upper bound */
    int slow = wire_open("127.0.0.1", s.port);
    CHECK(is_cut_off_in_the_middle(slow, S("GET /hello HTTP/1.1\r\nHost: h\r\nX: "), 'y'));
    CHECK(clock_us() - began >= 150000);
    int silent = wire_open("127.0.0.1", s.port), blank = wire_open("127.0.0.1", s.port);
    CHECK(is_cut_off_in_the_middle(blank, S("\r\n"), '\n'));
    CHECK(wire_is_closed(silent));
    int again = answered(a, &s);
    CHECK(wire_is_closed(again));
    wire_close(silent);
    wire_close(slow);
    wire_close(again);
    wire_close(blank);
    CHECK(server_stop(&s, 60000));
}

TEST(a_body_must_come_at_a_pace)
{
    struct server s;
    server_init(&s);
    s.o.slow_ms = 150;
    server_start(&s);
    i64 began = clock_us();
    int fd = wire_open("127.0.0.1", s.port);
    CHECK(is_cut_off_in_the_middle(
        fd, S("POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 90000\r\n\r\n"), 'y'));
    CHECK(clock_us() - began >= 150000);
    wire_close(fd);
    CHECK(server_stop(&s, 60000));
    CHECK_I64(0, s.received);
}

TEST(an_answer_must_be_read_at_a_pace)
{
    struct server s;
    server_init(&s);
    s.o.slow_ms = 150;
    s.o.answer_rate = 1 << 30;
    server_start(&s);
    int small = 4096, fd = wire_open("127.0.0.1", s.port);
    CHECK(setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &small, sizeof small) == 0);
    CHECK(wire_send(fd, S("GET /page?30000000 HTTP/1.1\r\nHost: h\r\n\r\n")));
    server_await_done(&s, 1); /* 30 MB are in no buffer of the system's, and nobody reads */
    server_await_connections(&s, 0);
    wire_close(fd);
    CHECK(server_stop(&s, 60000));
}

TEST(work_may_take_its_time)
{
    struct server s;
    server_init(&s);
    s.o.idle_ms = s.o.slow_ms = 50;
    server_start(&s);
    int fd = wire_open("127.0.0.1", s.port);
    int idle = wire_open("127.0.0.1", s.port);
    CHECK(wire_send(fd, S("GET /wait HTTP/1.1\r\nHost: h\r\n\r\n")));
    server_await_entered(&s, 1);
    CHECK(wire_is_closed(idle)); /* so much time has passed */
    server_open_gate(&s);
    CHECK_STR(S("waited"), wire_read(a, fd, false).body);
    wire_close(idle);
    wire_close(fd);
    CHECK(server_stop(&s, 60000));
}

TEST(a_socket_that_was_handed_over_is_served)
{
    struct server s;
    struct sockaddr_un name = {.sun_family = AF_UNIX};
    str trusted[] = {S("unix")};
    char dir[] = "/tmp/door-XXXXXX";
    CHECK(mkdtemp(dir) != NULL);
    (void)snprintf(name.sun_path, sizeof name.sun_path, "%s/s", dir);
    server_init(&s);
    s.o.listen_fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    CHECK(bind(s.o.listen_fd, (struct sockaddr *)&name, sizeof name) == 0);
    CHECK(listen(s.o.listen_fd, 10) == 0);
    s.o.trusted_proxies = (struct strs){trusted, 1};
    server_start(&s);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    CHECK(connect(fd, (struct sockaddr *)&name, sizeof name) == 0);
    CHECK(wire_send(fd, S("GET /who HTTP/1.1\r\nHost: h\r\nX-Forwarded-For: 192.0.2.1\r\n\r\n")));
    str who = wire_read(a, fd, false).body;
    CHECK_STR(S("192.0.2.1"), str_cut(&who, '|'));
    CHECK(wire_send(fd, S("GET /who HTTP/1.1\r\nHost: h\r\n\r\n")));
    who = wire_read(a, fd, false).body;
    CHECK_STR(S("unix"), str_cut(&who, '|'));
    wire_close(fd);
    CHECK(server_stop(&s, 60000));
    CHECK(unlink(name.sun_path) == 0 && rmdir(dir) == 0);
}
