/* dispatch.c - the stations of a request between io/http.h and a handler. */
#include "web/api_once.h"
#include "web/kept.h"
#include "web/public.h"
#include "web/reply.h"

#include "app/boot.h"
#include "base/log.h"

#include <stdatomic.h>

enum { BODY_USUAL = 256 * 1024, BODY_NOWHERE = 16 * 1024 };

static bool is_api(str path)
{
    return str_has_prefix(path, S("/api/"));
}

static struct http_plan plan(void *self, const struct http_request *http)
{
    struct request rq = {.http = http};
    struct arena *a = http->a;
    bool other;
    (void)self;
    const struct route *r = route_find(a, http->method, http->path, &rq, &other);
    if (r == NULL) /* a small body is read, so that 404 or 405 can be said */
        return (struct http_plan){.body_max = BODY_NOWHERE};
    bool body = r->method != GET && r->method != DELETE;
    return (struct http_plan){
        .body_max = r->body_max ? r->body_max
                    : body      ? BODY_USUAL
                                : 0,
        .authorise = r->flags & ROUTE_UPLOAD,
        .cacheable = r->flags & ROUTE_CACHE,
        .pool = r->flags & ROUTE_SLOW ? POOL_SLOW : POOL_WORK,
        .route = r,
    };
}

static bool is_loopback(str host)
{
    str name = host;
    if (str_has_prefix(host, S("[::1]")))
        return true;
    name = str_cut(&name, ':');
    return str_eq(name, S("localhost")) || str_eq(name, S("127.0.0.1"));
}

/* DNS rebinding: only names that are ours are answered. */
static bool host_is_ours(const struct web *w, const struct http_request *http)
{
    return http->host.n == 0 || is_loopback(http->host) ||
           (w->o.public_host.n > 0 && str_eq_nocase(http->host, w->o.public_host));
}

struct exchange {
    struct ctx *cx;
    struct request rq;
    struct reply an;
};

static struct exchange exchange_new(struct web *w, struct http_request *http,
                                    struct http_response *rs)
{
    struct exchange x = {.cx = ctx_new(http->a, w->app)};
    x.cx->now = http->now ? http->now : x.cx->now;
    x.cx->request_id = http->id;
    x.rq.http = http;
    x.rq.api = is_api(http->path);
    x.cx->door = x.rq.api ? DOOR_API : DOOR_PAGE;
    x.an = (struct reply){.rs = rs, .http = http};
    return x;
}

static void prepare(struct exchange *x)
{
    x->an.out = (struct html_out){
        .b = {.a = x->cx->a}, .lang = x->cx->lang, .zone = x->cx->zone, .now = x->cx->now};
    x->an.json_buf = (buf){.a = x->cx->a};
    x->an.json = (struct json_out){.b = &x->an.json_buf};
    x->an.raw = (buf){.a = x->cx->a};
}

/* An address that says its language is answered in it, by a page like all others. */
static void no_route(struct exchange *x, struct web *w, int status)
{
    str path = x->rq.http->path;
    bool ja = str_has_prefix(path, S("/ja/"));
    if (x->rq.api || (!ja && !str_has_prefix(path, S("/en/")))) {
        reply_bare(x->cx->a, x->rq.http, status, x->rq.api, x->an.rs);
        return;
    }
    x->cx->lang = ja ? LANG_JA : LANG_EN;
    prepare(x);
    reply_error(x->cx, w, &x->rq, &x->an, status, OK);
    app_read_end(x->cx);
}

static bool find_route(struct exchange *x, struct web *w)
{
    bool other;
    if (!host_is_ours(w, x->rq.http)) {
        reply_bare(x->cx->a, x->rq.http, HTTP_MISDIRECTED, x->rq.api, x->an.rs);
        return false;
    }
    x->rq.route = route_find(x->cx->a, x->rq.http->method, x->rq.http->path, &x->rq, &other);
    if (x->rq.route == NULL)
        no_route(x, w, other ? HTTP_METHOD_NOT_ALLOWED : HTTP_NOT_FOUND);
    if (x->rq.route == NULL && other)
        http_put((struct http_request *)(uintptr_t)x->rq.http, x->an.rs, S("Allow"),
                 route_methods(x->cx->a, x->rq.http->path));
    return x->rq.route != NULL;
}

static void log_failure(struct web *w, struct ctx *cx, const struct request *rq, enum err e)
{
    if (w->app->log == NULL || cx->fault.text[0] == '\0' || e == OK)
        return;
    struct log_line l =
        log_begin(cx->a, cx->now, e == E_IO ? LOG_LEVEL_ERROR : LOG_LEVEL_INFO, S("failed"));
    log_str(&l, S("request"), cx->request_id);
    log_str(&l, S("route"), rq->route->path);
    log_str(&l, S("code"), err_info[e].code);
    log_str(&l, S("why"), str_z(cx->fault.text));
    w->app->log(w->app, log_end(&l));
}

static bool authorise(void *self, struct http_request *http, struct http_response *rs)
{
    struct web *w = self;
    struct exchange x = exchange_new(w, http, rs);
    if (!find_route(&x, w))
        return false;
    int status = request_authorise(x.cx, w, &x.rq);
    app_read_end(x.cx);
    if (status == 0)
        return true;
    prepare(&x);
    reply_error(x.cx, w, &x.rq, &x.an, status, OK);
    return false;
}

static void run(struct exchange *x, struct web *w, const struct kept_at *at)
{
    i64 before = atomic_load(&w->app->generation);
    enum err e = api_once_run(x->cx, &x->rq, &x->an);
    i64 after = atomic_load(&w->app->generation);
    if (after != before && w->generation_moved)
        w->generation_moved(w->moved_arg, public_generation(after, x->cx->now));
    log_failure(w, x->cx, &x->rq, e);
    if (e != OK) {
        reply_error(x->cx, w, &x->rq, &x->an, 0, e);
        return;
    }
    bool keep = at->is && reply_is_plain_page(&x->an);
    reply_finish(x->cx, w, &x->rq, &x->an);
    if (keep)
        kept_put(w->kept, x->cx, at, buf_str(&x->an.rs->out));
    api_once_end(x->cx, &x->rq, &x->an);
}

static void handle(void *self, struct http_request *http, struct http_response *rs)
{
    struct web *w = self;
    struct exchange x = exchange_new(w, http, rs);
    buf page;
    if (!find_route(&x, w))
        return;
    struct kept_at at = kept_begin(w->kept, x.cx, &x.rq);
    int status = request_open(x.cx, w, &x.rq);
    prepare(&x);
    if (status != 0)
        reply_error(x.cx, w, &x.rq, &x.an, status, OK);
    else if (at.is && kept_find(w->kept, x.cx, &x.rq, &at, &page))
        reply_page(x.cx, &x.rq, &x.an, page);
    else
        run(&x, w, &at);
    app_read_end(x.cx);
}

static i64 generation(void *self)
{
    struct web *w = self;
    struct arena *a = arena_new();
    struct ctx *cx = ctx_new(a, w->app);
    i64 n = -1;
    n = app_generation(cx, &n) == OK ? public_generation(n, cx->now) : -1;
    app_read_end(cx);
    arena_free(a);
    return n;
}

static void refuse(void *self, struct http_request *http, int status, struct http_response *rs)
{
    (void)self;
    reply_bare(http->a, http, status, http->path.n > 0 && is_api(http->path), rs);
}

/* The access log: the route's path, never the request's, which may name a case. */
static void done(void *self, const struct http_request *http, int status, i64 bytes, i64 us)
{
    struct web *w = self;
    const struct route *r = http->route;
    if (!w->o.log_requests || w->app->log_soon == NULL)
        return;
    struct log_line l = log_begin(http->a, http->now, LOG_LEVEL_INFO, S("request"));
    log_str(&l, S("id"), http->id);
    log_str(&l, S("route"), r ? r->path : NO_STR);
    log_i64(&l, S("status"), status);
    log_i64(&l, S("bytes"), bytes);
    log_i64(&l, S("us"), us);
    w->app->log_soon(w->app, log_end(&l));
}

struct http_app web_app(struct web *w)
{
    return (struct http_app){.self = w,
                             .plan = plan,
                             .authorise = authorise,
                             .handle = handle,
                             .generation = generation,
                             .refuse = refuse,
                             .done = done};
}

void web_serve(struct web *w, struct http_request *rq, struct http_response *rs)
{
    struct http_plan p = plan(w, rq);
    if (rq->body.size > p.body_max)
        refuse(w, rq, HTTP_TOO_LARGE, rs);
    else if (!p.authorise || authorise(w, rq, rs))
        handle(w, rq, rs);
}
