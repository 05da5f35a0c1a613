/* pages.c - our server with pages of a size, for what it costs without the rest of the program.
 *
 *     pages PORT BYTES
 *
 * GET /cached: BYTES bytes from the finished-response cache; /page: the same, made by a worker
 * each time; /small: 11 bytes, made by a worker. */
#include "io/httpd.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static str page;

static struct http_plan plan(void *self, const struct http_request *rq)
{
    (void)self;
    return (struct http_plan){.cacheable = str_eq(rq->path, S("/cached"))};
}

static void put_headers(struct http_request *rq, struct http_response *rs)
{
    http_put(rq, rs, S("Content-Type"), S("text/html; charset=utf-8"));
    http_put(rq, rs, S("Content-Security-Policy"),
             S("default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
               "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"));
    http_put(rq, rs, S("X-Content-Type-Options"), S("nosniff"));
    http_put(rq, rs, S("Referrer-Policy"), S("no-referrer"));
}

static void handle(void *self, struct http_request *rq, struct http_response *rs)
{
    (void)self;
    put_headers(rq, rs);
    if (str_eq(rq->path, S("/small"))) {
        buf_put(&rs->out, S("{\"ok\":true}"));
        return;
    }
    buf_put(&rs->out, page);
    http_put(rq, rs, S("ETag"), S("\"1\""));
    if (str_eq(rq->path, S("/cached")))
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
    (void)rq;
    (void)status;
    (void)bytes;
    (void)us;
}

int main(int argc, char **argv)
{
    i64 port, bytes;
    if (argc != 3 || !str_i64(str_z(argv[1]), &port) || !str_i64(str_z(argv[2]), &bytes))
        return 2;
    char *p = NEWS(arena_new(), char, (size_t)bytes + 1);
    memset(p, 'a', (size_t)bytes);
    page = (str){p, (size_t)bytes};
    struct http_app app = {NULL, plan, NULL, handle, generation, NULL, done};
    struct httpd_options o = {.address = S("127.0.0.1"), .port = (int)port};
    struct fault f = {0};
    struct httpd *h;
    if (httpd_start(&o, &app, &f, &h) != OK) {
        (void)fprintf(stderr, "pages: %s\n", f.text);
        return 1;
    }
    for (;;)
        (void)pause();
}
