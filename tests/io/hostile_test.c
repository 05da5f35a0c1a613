/* hostile_test.c - malformed HTTP: every file of tests/http/hostile/ gets what hostile.tsv says.
 *
 * With HOSTILE_PORT set, the same files go to whatever listens on that port of HOSTILE_ADDRESS
 * (127.0.0.1) instead: tests/http/hostile.sh runs that against the real program, whose routes
 * are others, so that any refusal will do.  Where nginx is installed, they also go to our
 * server through it. */
#include "help/nginx.h"
#include "help/server.h"
#include "help/wire.h"
#include "io/files.h"
#include "t.h"

struct row {
    str name, want, what;
    str bytes;
    int fd;
};
struct rows {
    VEC(struct row)
};

static struct rows read_rows(struct arena *a)
{
    struct fault f = {0};
    struct rows rows = {0};
    str rest;
    CHECK_ERR(OK, file_read(a, "tests/http/hostile.tsv", 1 << 20, &f, &rest));
    while (rest.n > 0) {
        str line = str_cut(&rest, '\n');
        if (line.n == 0 || line.p[0] == '#')
            continue;
        struct row row = {.fd = -1};
        row.name = str_cut(&line, '\t');
        row.want = str_cut(&line, '\t');
        row.what = line;
        str path = str_fmt(a, "tests/http/hostile/%.*s.http", SV(row.name));
        CHECK_ERR(OK, file_read(a, str_to_z(a, path), 1 << 20, &f, &row.bytes));
        *PUSH(a, &rows) = row;
    }
    return rows;
}

/* Whether the server may simply close: then time may be all that ends it. */
static bool ends_by_time(const struct row *row)
{
    return str_find(row->want, S("close")) >= 0;
}

static bool at_once(const struct row *row)
{
    return !ends_by_time(row);
}

static struct rows only(struct arena *a, const struct rows *all, bool (*which)(const struct row *))
{
    struct rows some = {0};
    for (size_t i = 0; i < all->n; i++)
        if (which(&all->v[i]))
            *PUSH(a, &some) = all->v[i];
    return some;
}

/* All first, so that those that only time ends wait together. */
static void send_all(struct rows *rows, const char *address, int port)
{
    for (size_t i = 0; i < rows->n; i++) {
        rows->v[i].fd = wire_open(address, port);
        CHECK(rows->v[i].fd >= 0);
        (void)wire_send(rows->v[i].fd, rows->v[i].bytes);
    }
}

static bool is_elsewhere(void)
{
    return getenv("HOSTILE_PORT") != NULL;
}

static bool wants(const struct row *row, str got)
{
    bool refused = str_eq(got, S("close")) || str_cmp(got, S("400")) >= 0;
    if (is_elsewhere() && refused && !str_eq(got, S("nothing")))
        return true;
    for (str rest = row->want; rest.n > 0;)
        if (str_eq(str_cut(&rest, ' '), got))
            return true;
    return false;
}

static str got_from(struct arena *a, const struct row *row)
{
    struct wire_answer r = wire_read(a, row->fd, str_has_prefix(row->bytes, S("HEAD ")));
    if (r.status != 0)
        return str_fmt(a, "%d", r.status);
    return r.head.n == 0 && wire_is_closed(row->fd) ? S("close") : S("nothing");
}

/* How many got something else. */
static int check_all(struct arena *a, struct rows *rows, int *accepted)
{
    int wrong = 0;
    for (size_t i = 0; i < rows->n; i++) {
        str got = got_from(a, &rows->v[i]);
        wire_close(rows->v[i].fd);
        *accepted += str_eq(got, S("200"));
        if (wants(&rows->v[i], got))
            continue;
        wrong++;
        (void)printf("%.*s: want %.*s, got %.*s (%.*s)\n", SV(rows->v[i].name), SV(rows->v[i].want),
                     SV(got), SV(rows->v[i].what));
    }
    return wrong;
}

static void check_refused(struct arena *a, struct rows rows, int idle_ms)
{
    struct server s;
    int accepted = 0;
    server_init(&s);
    s.o.idle_ms = s.o.slow_ms = idle_ms;
    server_start(&s);
    CHECK(rows.n > 0);
    send_all(&rows, "127.0.0.1", s.port);
    CHECK_I64(0, check_all(a, &rows, &accepted));
    CHECK_I64(0, s.smuggled);
    CHECK_I64(accepted, s.handled);
    CHECK(server_stop(&s, 60000));
}

/* Who is sent quickly may still come late: only those that time may end are given little of it. */
TEST(every_malformed_request_is_refused)
{
    struct rows rows = read_rows(a);
    const char *port = getenv("HOSTILE_PORT"), *address = getenv("HOSTILE_ADDRESS");
    int accepted = 0;
    i64 n = 0;
    CHECK(rows.n >= 60);
    if (port != NULL) {
        CHECK(str_i64(str_z(port), &n));
        wire_patience = 60;
        send_all(&rows, address ? address : "127.0.0.1", (int)n);
        CHECK_I64(0, check_all(a, &rows, &accepted));
        return;
    }
    check_refused(a, only(a, &rows, at_once), 600000);
    check_refused(a, only(a, &rows, ends_by_time), 400);
}

/* A request that nginx did not see has no mark of nginx: it was smuggled in another's body. */
TEST(nothing_is_smuggled_past_nginx)
{
    struct rows rows = read_rows(a);
    struct server s;
    struct nginx n;
    if (is_elsewhere())
        SKIP("the server is elsewhere");
    if (!nginx_is_installed())
        SKIP("nginx is not installed");
    server_init(&s);
    s.o.slow_ms = 2000;
    server_start(&s);
    CHECK(nginx_start(&n, a, s.port));
    send_all(&rows, "127.0.0.1", n.port);
    for (size_t i = 0; i < rows.n; i++) {
        str got = got_from(a, &rows.v[i]);
        wire_close(rows.v[i].fd);
        CHECK(!str_eq(got, S("nothing")));
        if (str_has_prefix(rows.v[i].name, S("nul-in-value")))
            CHECK_STR(S("400"), got);
    }
    CHECK_I64(200, wire_ask(a, n.port, S("GET /hello HTTP/1.1\r\nHost: h\r\n\r\n")).status);
    CHECK_I64(0, s.unmarked);
    CHECK(s.handled > 0);
    nginx_stop(&n);
    CHECK(server_stop(&s, 60000));
}
