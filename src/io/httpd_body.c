/* httpd_body.c - a body as it comes in: to memory, to an unlinked file, or nowhere. */
#include "io/httpd_int.h"

#include "io/files.h"

static void set_deadline(struct exchange *x)
{
    const struct httpd_options *o = &x->h->o;
    x->conn->deadline = x->body_began + (i64)o->slow_ms * 1000 + x->got / o->body_rate * 1000000;
}

static enum err to_file(struct exchange *x, str data, struct fault *f)
{
    if (x->spool < 0) {
        TRY(file_temp(x->rq.a, x->h->o.spool_dir, f, &x->spool));
        arena_defer(x->rq.a, file_close, file_handle(x->spool));
        TRY(file_put(x->spool, buf_str(&x->memory), f));
    }
    return file_put(x->spool, data, f);
}

static enum err keep(struct exchange *x, str data, struct fault *f)
{
    if (x->spool >= 0 || x->memory.n + data.n > x->h->o.body_memory)
        return to_file(x, data, f);
    buf_put(&x->memory, data);
    return OK;
}

static void drop(struct exchange *x, int status)
{
    answer_refuse(x, &x->rq, status);
    x->stage = AT_DRAIN;
}

enum MHD_Result body_take(struct exchange *x, str data)
{
    struct fault f = {0};
    x->got += (i64)data.n;
    set_deadline(x);
    if (x->stage == AT_DRAIN)
        return x->got <= x->h->o.drain_max ? MHD_YES : MHD_NO;
    if (x->got > x->plan.body_max)
        drop(x, HTTP_TOO_LARGE);
    else if (keep(x, data, &f) != OK)
        drop(x, HTTP_UNAVAILABLE);
    return MHD_YES;
}

void body_begin(struct exchange *x)
{
    x->stage = AT_BODY;
    x->memory = (buf){.a = x->rq.a};
    x->body_began = clock_us();
    set_deadline(x);
}

void body_done(struct exchange *x)
{
    str bytes = x->spool < 0 ? buf_str(&x->memory) : S("");
    x->rq.body = (struct http_body){bytes, x->spool, x->got};
}

enum MHD_Result body_refuse(struct exchange *x)
{
    bool waits = x->framing.expects || x->framing.length > x->h->o.drain_max;
    if (waits && x->framing.length != 0)
        return answer_send(x);
    x->stage = AT_DRAIN;
    return MHD_YES;
}
