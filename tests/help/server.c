/* server.c - see server.h. */
#include "help/server.h"

#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

static struct http_plan plan(void *self, const struct http_request *rq)
{
    (void)self;
    struct http_plan p = {0};
    p.cacheable = str_has_prefix(rq->path, S("/cached"));
    p.pool = str_eq(rq->path, S("/slow")) ? POOL_SLOW : POOL_WORK;
    p.authorise = str_eq(rq->path, S("/upload"));
    if (rq->method == POST)
        p.body_max = str_eq(rq->path, S("/echo")) ? 100000 : 4000000;
    return p;
}

static void gate(struct server *s)
{
    must(pthread_mutex_lock(&s->lock) == 0);
    s->entered++;
    must(pthread_cond_broadcast(&s->turn) == 0);
    while (!s->open)
        must(pthread_cond_wait(&s->turn, &s->lock) == 0);
    must(pthread_mutex_unlock(&s->lock) == 0);
}

static bool authorise(void *self, struct http_request *rq, struct http_response *rs)
{
    struct server *s = self;
    must(pthread_mutex_lock(&s->lock) == 0);
    s->authorised++;
    must(pthread_cond_broadcast(&s->turn) == 0);
    must(pthread_mutex_unlock(&s->lock) == 0);
    if (str_eq(http_header(rq, S("x-let")), S("in")))
        return true;
    rs->status = HTTP_FORBIDDEN;
    buf_put(&rs->out, S("not you"));
    return false;
}

static i64 number_of(str s)
{
    i64 n;
    return str_i64(s, &n) ? n : 0;
}

static void say_bytes(struct http_response *rs, i64 n)
{
    for (i64 i = 0; i < n; i++)
        buf_char(&rs->out, (char)('a' + i % 26));
}

static void say_file(struct http_response *rs, i64 n)
{
    say_bytes(rs, n);
    rs->fd = memfd_create("answer", MFD_CLOEXEC);
    must(rs->fd >= 0 && write(rs->fd, rs->out.p, rs->out.n) == (ssize_t)rs->out.n);
    rs->fd_size = n;
}

static void say_cached(struct server *s, struct http_request *rq, struct http_response *rs)
{
    must(pthread_mutex_lock(&s->lock) == 0);
    rs->cache_generation = s->generation;
    buf_putf(&rs->out, "%lld:%d", (long long)s->generation, ++s->calls);
    must(pthread_mutex_unlock(&s->lock) == 0);
    if (str_eq(rq->path, S("/cached-cookie")))
        http_put(rq, rs, S("Set-Cookie"), S("a=b"));
    http_put(rq, rs, S("ETag"), str_fmt(rq->a, "\"%.*s\"", SV(buf_str(&rs->out))));
}

static void say_size(struct http_request *rq, struct http_response *rs)
{
    buf_putf(&rs->out, "%lld %s", (long long)rq->body.size, rq->body.fd >= 0 ? "file" : "memory");
    unsigned sum = 0;
    char piece[4096];
    for (i64 at = 0; rq->body.fd >= 0 && at < rq->body.size; at += (i64)sizeof piece) {
        ssize_t n = pread(rq->body.fd, piece, sizeof piece, at);
        for (ssize_t i = 0; i < n; i++)
            sum = sum * 31 + (unsigned char)piece[i];
    }
    for (size_t i = 0; i < rq->body.bytes.n; i++)
        sum = sum * 31 + (unsigned char)rq->body.bytes.p[i];
    buf_putf(&rs->out, " %u", sum);
}

static void say_who(struct http_request *rq, struct http_response *rs)
{
    buf_putf(&rs->out, "%.*s|%d|%.*s|%d|%d|%.*s", SV(rq->peer), rq->tls, SV(rq->host),
             (int)rq->method, rq->head, SV(rq->id));
}

static void handle(void *self, struct http_request *rq, struct http_response *rs)
{
    struct server *s = self;
    __atomic_add_fetch(&s->handled, 1, __ATOMIC_SEQ_CST);
    __atomic_add_fetch(&s->received, rq->method == POST, __ATOMIC_SEQ_CST);
    __atomic_add_fetch(&s->smuggled, str_eq(rq->path, S("/smuggled")), __ATOMIC_SEQ_CST);
    bool marked = str_eq(http_header(rq, S("x-via")), S("nginx"));
    __atomic_add_fetch(&s->unmarked, !marked, __ATOMIC_SEQ_CST);
    if (str_eq(rq->path, S("/hello"))) {
        buf_put(&rs->out, S("hello"));
    } else if (str_eq(rq->path, S("/page"))) {
        http_put(rq, rs, S("ETag"), S("\"p\""));
        say_bytes(rs, number_of(rq->query));
    } else if (str_eq(rq->path, S("/file"))) {
        say_file(rs, number_of(rq->query));
    } else if (str_eq(rq->path, S("/echo"))) {
        buf_put(&rs->out, rq->body.bytes);
    } else if (str_eq(rq->path, S("/size")) || str_eq(rq->path, S("/upload"))) {
        say_size(rq, rs);
    } else if (str_eq(rq->path, S("/wait")) || str_eq(rq->path, S("/slow"))) {
        gate(s);
        buf_put(&rs->out, S("waited"));
    } else if (str_has_prefix(rq->path, S("/cached"))) {
        say_cached(s, rq, rs);
    } else if (str_eq(rq->path, S("/who"))) {
        say_who(rq, rs);
    } else {
        rs->status = HTTP_NOT_FOUND;
    }
}

static i64 generation(void *self)
{
    struct server *s = self;
    must(pthread_mutex_lock(&s->lock) == 0);
    s->asked++;
    must(pthread_cond_broadcast(&s->turn) == 0);
    while (s->stuck && !s->open)
        must(pthread_cond_wait(&s->turn, &s->lock) == 0);
    i64 g = s->failing ? -1 : s->generation;
    must(pthread_mutex_unlock(&s->lock) == 0);
    return g;
}

static void refuse(void *self, struct http_request *rq, int status, struct http_response *rs)
{
    (void)self;
    (void)rq;
    buf_putf(&rs->out, "refused %d", status);
}

static void copy(char *out, size_t size, str s)
{
    size_t n = s.n < size - 1 ? s.n : size - 1;
    memcpy(out, s.p ? s.p : "", n);
    out[n] = '\0';
}

static void done(void *self, const struct http_request *rq, int status, i64 bytes, i64 us)
{
    struct server *s = self;
    must(us >= 0);
    must(pthread_mutex_lock(&s->lock) == 0);
    s->done++;
    s->last_status = status;
    s->last_bytes = bytes;
    copy(s->last_path, sizeof s->last_path, rq->path);
    copy(s->last_peer, sizeof s->last_peer, rq->peer);
    must(pthread_cond_broadcast(&s->turn) == 0);
    must(pthread_mutex_unlock(&s->lock) == 0);
}

void server_init(struct server *s)
{
    *s = (struct server){.generation = 1, .o.address = S("127.0.0.1")};
    must(pthread_mutex_init(&s->lock, NULL) == 0);
    must(pthread_cond_init(&s->turn, NULL) == 0);
    s->app = (struct http_app){s, plan, authorise, handle, generation, refuse, done};
}

void server_start(struct server *s)
{
    struct fault f = {0};
    must(httpd_start(&s->o, &s->app, &f, &s->h) == OK);
    s->port = httpd_port(s->h);
}

struct server *server_new(struct arena *a)
{
    struct server *s = NEW(a, struct server);
    server_init(s);
    server_start(s);
    return s;
}

bool server_stop(struct server *s, int ms)
{
    bool whole = httpd_stop(s->h, ms);
    s->h = NULL;
    return whole;
}

enum { PATIENCE_S = 60 };

static void await_count(struct server *s, const int *what, int n)
{
    struct timespec until;
    must(clock_gettime(CLOCK_REALTIME, &until) == 0);
    until.tv_sec += PATIENCE_S;
    must(pthread_mutex_lock(&s->lock) == 0);
    while (*what < n)
        must(pthread_cond_timedwait(&s->turn, &s->lock, &until) == 0);
    must(pthread_mutex_unlock(&s->lock) == 0);
}

void server_await_waiting(struct server *s, size_t n)
{
    i64 until = clock_us() + PATIENCE_S * (i64)1000000;
    while (httpd_state(s->h).waiting != n)
        must(clock_us() < until);
}

void server_await_connections(struct server *s, size_t n)
{
    i64 until = clock_us() + PATIENCE_S * (i64)1000000;
    while (httpd_state(s->h).connections != n)
        must(clock_us() < until);
}

void server_await_entered(struct server *s, int n)
{
    await_count(s, &s->entered, n);
}

void server_await_done(struct server *s, int n)
{
    await_count(s, &s->done, n);
}

void server_await_authorised(struct server *s, int n)
{
    await_count(s, &s->authorised, n);
}

void server_await_asked(struct server *s, int n)
{
    await_count(s, &s->asked, n);
}

void server_open_gate(struct server *s)
{
    must(pthread_mutex_lock(&s->lock) == 0);
    s->open = true;
    must(pthread_cond_broadcast(&s->turn) == 0);
    must(pthread_mutex_unlock(&s->lock) == 0);
}

void server_commit_elsewhere(struct server *s, i64 g)
{
    must(pthread_mutex_lock(&s->lock) == 0);
    s->generation = g;
    must(pthread_mutex_unlock(&s->lock) == 0);
}

void server_commit(struct server *s, i64 g)
{
    server_commit_elsewhere(s, g);
    httpd_generation(s->h, g);
}
