/* api_once.c - see api_once.h. */
#include "web/api_once.h"

#include "app/once.h"
#include "io/files.h"

enum { BODY_MAX = 1 << 20, KEY_MAX = 200 };

static str key_of(const struct request *rq)
{
    bool wanted = rq->api && rq->route->method == POST;
    return wanted ? http_header(rq->http, S("idempotency-key")) : NO_STR;
}

static str body_of(struct ctx *cx, const struct request *rq)
{
    str body = rq->http->body.bytes;
    if (rq->http->body.fd >= 0)
        (void)file_read_fd(cx->a, rq->http->body.fd, BODY_MAX, &cx->fault, &body);
    return body;
}

/* *done: *an is the answer that was given the first time. */
static enum err answer_again(struct ctx *cx, const struct request *rq, struct reply *an, str key,
                             bool *done)
{
    struct once_answer was;
    TRY(once_look(cx, key, rq->http->path, body_of(cx, rq), &was));
    *done = was.found;
    if (was.found) {
        an->status = (int)was.status;
        an->content_type = was.response.n > 0 ? S("application/json") : NO_STR;
        buf_put(&an->raw, was.response);
    }
    return OK;
}

struct whole {
    struct request *rq;
    struct reply *an, fresh;
    size_t headers;
};

/* May run twice, and then begins with the answer as it was. */
static enum err run_whole(struct ctx *cx, void *arg)
{
    const struct whole *w = arg;
    *w->an = w->fresh;
    w->an->rs->headers.n = w->headers;
    TRY(w->rq->route->run(cx, w->rq, w->an));
    str response = buf_str(&w->an->json_buf);
    i64 usual = response.n > 0 ? HTTP_OK : HTTP_NO_CONTENT;
    i64 status = w->an->status ? w->an->status : usual;
    return status < 400 ? api_once_keep(cx, w->rq, status, response) : OK;
}

static enum err run_once(struct ctx *cx, struct request *rq, struct reply *an, str key)
{
    struct whole w = {.rq = rq, .an = an, .fresh = *an, .headers = an->rs->headers.n};
    bool done = false;
    if (rq->route->flags & (ROUTE_SLOW | ROUTE_UPLOAD | ROUTE_APART))
        return rq->route->run(cx, rq, an);
    enum err e = db_write(cx, run_whole, &w);
    if (e != E_CONFLICT)
        return e;
    app_read_end(cx); /* to see what the same request did meanwhile */
    struct reply refused = *an;
    *an = w.fresh;
    TRY(answer_again(cx, rq, an, key, &done));
    if (!done)
        *an = refused;
    return done ? OK : E_CONFLICT;
}

enum err api_once_run(struct ctx *cx, struct request *rq, struct reply *an)
{
    str key = key_of(rq);
    bool done;
    if (key.n == 0)
        return rq->route->run(cx, rq, an);
    if (key.n > KEY_MAX)
        return wrong_limit(cx, S("Idempotency-Key"), S("too_long"), KEY_MAX);
    TRY(answer_again(cx, rq, an, key, &done));
    return done ? OK : run_once(cx, rq, an, key);
}

enum err api_once_keep(struct ctx *cx, const struct request *rq, i64 status, str response)
{
    str key = key_of(rq);
    return key.n > 0 ? once_keep_within(cx, key, body_of(cx, rq), status, response) : OK;
}

void api_once_end(struct ctx *cx, const struct request *rq, const struct reply *an)
{
    str key = key_of(rq);
    i64 status = an->rs->status;
    if (key.n == 0 || status >= 400 || cx->once_kept)
        return;
    /* lost only if this fails: the repeated request then says that it was done */
    (void)once_keep(cx, key, body_of(cx, rq), status, buf_str(&an->rs->out));
}
