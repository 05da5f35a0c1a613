/* httpd_fuzz.c - any bytes as what a client sends: the server neither dies nor hangs nor forgets.
 *
 * One server for all inputs, listening on a Unix socket without a name in the file system. */
#include "io/httpd.h"

#include <errno.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct http_plan plan(void *self, const struct http_request *rq)
{
    (void)self;
    must(rq->path.n > 0 && rq->peer.n > 0);
    struct http_plan p = {.cacheable = str_has_prefix(rq->path, S("/c"))};
    p.authorise = str_has_prefix(rq->path, S("/a"));
    p.pool = str_has_prefix(rq->path, S("/s")) ? POOL_SLOW : POOL_WORK;
    p.body_max = rq->method == GET ? 0 : 2000;
    return p;
}

static bool authorise(void *self, struct http_request *rq, struct http_response *rs)
{
    (void)self;
    rs->status = HTTP_FORBIDDEN;
    return http_header(rq, S("x-let")).n > 0;
}

static void handle(void *self, struct http_request *rq, struct http_response *rs)
{
    (void)self;
    must(rq->body.size <= 2000);
    http_put(rq, rs, S("ETag"), S("\"e\""));
    buf_putf(&rs->out, "%zu %lld", rq->nheaders, (long long)rq->body.size);
    if (str_has_prefix(rq->path, S("/c")))
        rs->cache_generation = 1;
}

static i64 generation(void *self)
{
    (void)self;
    return 1;
}

static void done(void *self, const struct http_request *rq, int status, i64 bytes, i64 us)
{
    (void)self;
    must(rq->id.n > 0 && status >= 0 && bytes >= 0 && us >= 0);
}

static struct httpd *h;
static struct sockaddr_un name = {.sun_family = AF_UNIX};

static void start(void)
{
    static const struct http_app app = {NULL, plan, authorise, handle, generation, NULL, done};
    struct fault f = {0};
    struct httpd_options o = {.idle_ms = 40, .slow_ms = 40, .workers = 2, .body_memory = 500};
    (void)snprintf(name.sun_path + 1, sizeof name.sun_path - 1, "httpd-fuzz-%d", (int)getpid());
    o.listen_fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    must(bind(o.listen_fd, (struct sockaddr *)&name, sizeof name) == 0);
    must(listen(o.listen_fd, 10) == 0 && httpd_start(&o, &app, &f, &h) == OK);
}

/* Sends all and reads to the end, which comes at the latest when the time is over. */
static void exchange(const uint8_t *data, size_t size)
{
    char in[4096];
    struct timeval limit = {.tv_sec = 5};
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    must(fd >= 0 && connect(fd, (struct sockaddr *)&name, sizeof name) == 0);
    must(setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit) == 0);
    (void)send(fd, data, size, MSG_NOSIGNAL);
    (void)shutdown(fd, SHUT_WR);
    ssize_t n;
    while ((n = recv(fd, in, sizeof in, 0)) > 0 || (n < 0 && errno == EINTR))
        continue; /* libFuzzer's own alarm interrupts, too */
    must(n == 0 || errno == ECONNRESET);
    (void)close(fd);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (h == NULL)
        start();
    exchange(data, size < 60000 ? size : 60000);
    return 0;
}
