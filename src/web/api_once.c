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

bool api_once_begin(struct ctx *cx, struct request *rq, struct reply *an, enum err *e)
{
    struct once_answer was;
    str key = key_of(rq);
    *e = OK;
    if (key.n == 0)
        return false;
    if (key.n > KEY_MAX) {
        *e = wrong_limit(cx, S("Idempotency-Key"), S("too_long"), KEY_MAX);
        return true;
    }
    *e = once_look(cx, key, rq->http->path, body_of(cx, rq), &was);
    if (*e != OK)
        return true;
    if (was.found) {
        an->status = (int)was.status;
        an->content_type = S("application/json");
        buf_put(&an->raw, was.response);
    }
    return was.found;
}

void api_once_end(struct ctx *cx, const struct request *rq, const struct reply *an)
{
    str key = key_of(rq);
    i64 status = an->rs->status;
    if (key.n == 0 || status >= 400)
        return;
    /* lost only if this fails: the repeated request then says that it was done */
    (void)once_keep(cx, key, body_of(cx, rq), status, buf_str(&an->rs->out));
}
