/* once.c - see once.h. */
#include "web/once.h"

#include "app/once.h"
#include "base/encode.h"
#include "web/parts.h"

str once_token(struct ctx *cx)
{
    enum { BYTES = 16 };
    str token = base64url_encode(cx->a, random_str(&cx->app->random, cx->a, BYTES));
    must(token.n == ONCE_SIZE);
    return token;
}

html once_field(struct ctx *cx)
{
    return hidden_field(cx, "_once", once_token(cx));
}

/* All that was typed: a token that comes with other content is another act.  Tickets of files
 * are made anew each time, and the session may be another. */
static str content_of(struct ctx *cx, const struct request *rq)
{
    buf b = {.a = cx->a};
    for (size_t i = 0; i < rq->in.n; i++)
        if (!str_eq(rq->in.v[i].name, ATTACHED) && !str_eq(rq->in.v[i].name, S("_csrf")))
            buf_putf(&b, "%zu:%.*s=%zu:%.*s;", rq->in.v[i].name.n, SV(rq->in.v[i].name),
                     rq->in.v[i].value.n, SV(rq->in.v[i].value));
    return buf_str(&b);
}

enum err once_begin(struct ctx *cx, const struct request *rq, bool *done)
{
    struct once_answer was;
    str token = input_get(&rq->in, S("_once"));
    *done = false;
    if (token.n == 0)
        return OK;
    size_t problems = cx->problems.n;
    str key = str_fmt(cx->a, "%.*s:%.*s", SV(token), SV(content_of(cx, rq)));
    enum err e = once_look(cx, key, rq->http->path, S(""), &was);
    if (e != E_CONFLICT)
        return e;
    cx->problems.n = problems; /* that no answer was kept is as it should be */
    *done = true;
    return OK;
}

enum err once_end(struct ctx *cx, const struct request *rq, enum err e)
{
    bool done = false;
    if (e != E_CONFLICT)
        return e;
    cx->once_used = false;
    app_read_end(cx); /* to see what the other one did */
    TRY(once_begin(cx, rq, &done));
    return done ? OK : E_CONFLICT;
}
