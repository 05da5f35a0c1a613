/* reply.c - headers, and what a handler filled becomes an answer; errors are in error.c. */
#include "web/reply.h"

#include "web/frame.h"

static void put(const struct request *rq, struct reply *an, const char *name, str value)
{
    http_put((struct http_request *)(uintptr_t)rq->http, an->rs, str_z(name), value);
}

static bool is_public(const struct request *rq)
{
    return rq->route != NULL && (rq->route->flags & ROUTE_CACHE);
}

void reply_headers(struct ctx *cx, const struct request *rq, struct reply *an)
{
    put(rq, an, "Content-Security-Policy",
        S("default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
          "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"));
    put(rq, an, "X-Content-Type-Options", S("nosniff"));
    put(rq, an, "X-Frame-Options", S("DENY"));
    put(rq, an, "Referrer-Policy", S("same-origin"));
    put(rq, an, "Cross-Origin-Opener-Policy", S("same-origin"));
    if (http_answer_header(an->rs, S("Cross-Origin-Resource-Policy")).p == NULL)
        put(rq, an, "Cross-Origin-Resource-Policy", S("same-origin"));
    put(rq, an, "Permissions-Policy", S("camera=(), geolocation=(), microphone=()"));
    if (rq->http->tls)
        put(rq, an, "Strict-Transport-Security", S("max-age=63072000; includeSubDomains"));
    if (http_answer_header(an->rs, S("Cache-Control")).p == NULL)
        put(rq, an, "Cache-Control",
            is_public(rq) && an->rs->status == HTTP_OK ? S("public, max-age=0, must-revalidate")
                                                       : S("no-store"));
    put(rq, an, "X-Request-Id", cx->request_id.n ? cx->request_id : S("-"));
}

enum err redirect(struct ctx *cx, struct reply *an, url to, const char *what)
{
    an->status = HTTP_SEE_OTHER;
    an->location = what[0] ? url_query(cx->a, to, S("done"), str_z(what)) : to;
    return OK;
}

static void page_headers(struct ctx *cx, const struct request *rq, struct reply *an)
{
    put(rq, an, "Content-Type", S("text/html; charset=utf-8"));
    put(rq, an, "Content-Language", cx->lang == LANG_JA ? S("ja") : S("en"));
}

static void finish_page(struct ctx *cx, struct request *rq, struct reply *an)
{
    frame_write(cx, rq, an);
    page_headers(cx, rq, an);
}

void reply_page(struct ctx *cx, const struct request *rq, struct reply *an, buf page)
{
    an->rs->status = HTTP_OK;
    an->rs->out = page;
    page_headers(cx, rq, an);
    reply_headers(cx, rq, an);
}

bool reply_is_plain_page(const struct reply *an)
{
    return an->status == 0 && an->location.s.n == 0 && an->content_type.n == 0 &&
           an->json_buf.n == 0 && an->rs->fd < 0 && an->rs->headers.n == 0;
}

void reply_finish(struct ctx *cx, struct web *w, struct request *rq, struct reply *an)
{
    (void)w;
    an->rs->status = an->status ? an->status : HTTP_OK;
    if (an->location.s.n > 0) {
        put(rq, an, "Location", an->location.s);
    } else if (an->content_type.n > 0) {
        put(rq, an, "Content-Type", an->content_type);
        if (an->rs->fd < 0)
            an->rs->out = an->raw;
    } else if (an->json_buf.n > 0) {
        must(json_put_done(&an->json));
        put(rq, an, "Content-Type", S("application/json"));
        an->rs->out = an->json_buf;
    } else if (!rq->api) {
        finish_page(cx, rq, an);
    } else if (an->status == 0) {
        an->rs->status = HTTP_NO_CONTENT;
    }
    if (is_public(rq) && an->rs->status == HTTP_OK)
        an->rs->cache_generation = an->cache_generation;
    reply_headers(cx, rq, an);
}
