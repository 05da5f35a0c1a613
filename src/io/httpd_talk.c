/* httpd_talk.c - libmicrohttpd's callbacks: an exchange from its request line to its end.
 *
 * The handler is called once when the head is there (an answer then ends the connection: the
 * body is not read), again for each piece of the body, and once more when all is there; each
 * time also after a resume, in the state where it was suspended. */
#include "io/httpd_int.h"

#include <string.h>

static struct arena *shelf_take(struct shelf *s)
{
    lock_on(&s->lock);
    struct arena *a = s->n > 0 ? s->v[--s->n] : NULL;
    lock_off(&s->lock);
    return a != NULL ? a : arena_new();
}

static void shelf_give(struct shelf *s, struct arena *a)
{
    arena_reset(a);
    lock_on(&s->lock);
    bool room = s->n < SHELF;
    if (room)
        s->v[s->n++] = a;
    lock_off(&s->lock);
    if (!room)
        arena_free(a);
}

void shelf_end(struct shelf *s)
{
    while (s->n > 0)
        arena_free(s->v[--s->n]);
    (void)pthread_mutex_destroy(&s->lock);
}

static str make_id(struct httpd *h, struct arena *a)
{
    static const char digits[] = "0123456789abcdef";
    /* An odd factor: every turn gives another number. */
    uint64_t n = h->id_base + atomic_fetch_add(&h->turn, 1) * 0x9e3779b97f4a7c15u;
    char *p = NEWS(a, char, 17);
    for (size_t i = 0; i < 16; i++, n >>= 4)
        p[i] = digits[n & 15];
    return (str){p, 16};
}

static struct conn *conn_of(struct MHD_Connection *c)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(c, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    must(info != NULL && info->socket_context != NULL);
    return info->socket_context;
}

/* libmicrohttpd is about to cut the query into fields and to note each.  Where it runs out of
 * memory at that, 0.9.75 makes an answer but then waits for the rest of the head, and never
 * sends it.  Nobody looks at those fields: with an empty query it notes none. */
static void hide_query(const char *uri)
{
    char *query = strchr(uri, '?');
    if (query != NULL && query[1] != '\0')
        query[1] = '\0';
}

void *talk_begin(void *cls, const char *uri, struct MHD_Connection *c)
{
    struct httpd *h = cls;
    struct arena *a = shelf_take(&h->shelf);
    struct exchange *x = NEW(a, struct exchange);
    *x = (struct exchange){.h = h, .c = c, .conn = conn_of(c), .uri = uri, .spool = -1, .refs = 1};
    x->began = clock_us();
    x->conn->current = x;
    x->target = str_copy(a, str_z(uri));
    hide_query(uri);
    x->rq = (struct http_request){.a = a, .body.fd = -1};
    x->rq.id = make_id(h, a);
    x->rq.now = clock_now(h->o.clock);
    x->rq.peer = x->conn->peer;
    return x;
}

/* An exchange whose answer is owed is counted, so that a stop can wait for it. */
static void count(struct exchange *x)
{
    if (!x->counted)
        atomic_fetch_add(&x->h->busy, 1);
    x->counted = true;
}

static void uncount(struct exchange *x)
{
    if (x->counted)
        atomic_fetch_sub(&x->h->busy, 1);
    x->counted = false;
}

static enum MHD_Result refuse_now(struct exchange *x, int status)
{
    answer_refuse(x, &x->rq, status);
    return answer_send(x);
}

static enum MHD_Result refuse_body(struct exchange *x, int status)
{
    answer_refuse(x, &x->rq, status);
    body_begin(x);
    return body_refuse(x);
}

/* The worker may still be at it: nothing of its arena is touched. */
static enum MHD_Result cut_off(struct exchange *x)
{
    x->late = arena_new();
    struct http_request rq = x->rq;
    rq.a = x->late;
    answer_refuse(x, &rq, HTTP_UNAVAILABLE);
    return answer_send(x);
}

/* Suspended first: whom it is handed to may resume it at once. */
static enum MHD_Result hand_over(struct exchange *x, enum stage stage, enum http_pool which)
{
    count(x);
    x->stage = stage;
    x->verdict = NO_VERDICT;
    x->conn->deadline = I64_NEVER;
    MHD_suspend_connection(x->c);
    if (!pool_push(&x->h->pools[which], x)) {
        x->verdict = CUT;
        MHD_resume_connection(x->c);
    }
    return MHD_YES;
}

static enum MHD_Result park(struct exchange *x)
{
    count(x);
    x->stage = AT_WORK;
    x->verdict = NO_VERDICT;
    x->conn->deadline = I64_NEVER;
    MHD_suspend_connection(x->c);
    if (!fresh_park(x->h, x)) {
        x->verdict = CUT;
        MHD_resume_connection(x->c);
    }
    return MHD_YES;
}

static bool is_too_long(const struct exchange *x)
{
    return x->framing.length > x->plan.body_max || (x->framing.length < 0 && x->plan.body_max == 0);
}

static enum MHD_Result on_head(struct exchange *x, const char *method, const char *version)
{
    int status = head_take(x, method, version);
    if (x->conn->trusted && x->rq.headers != NULL)
        http_peer_forwarded(&x->rq, x->h->o.trusted_proxies);
    if (x->h->o.certificate_header.n > 0 && x->rq.headers != NULL)
        http_peer_certificate(&x->rq, x->conn->trusted, x->h->o.certificate_header);
    if (status != 0)
        return refuse_now(x, status);
    if (x->h->phase != RUNNING)
        return refuse_now(x, HTTP_UNAVAILABLE);
    x->plan = x->h->app->plan(x->h->app->self, &x->rq);
    x->rq.route = x->plan.route;
    x->plan.cacheable = x->plan.cacheable && x->rq.method == GET && x->h->cache != NULL;
    if (is_too_long(x))
        return refuse_body(x, HTTP_TOO_LARGE);
    if (x->plan.authorise)
        return hand_over(x, AT_ASKED, POOL_WORK);
    body_begin(x);
    return MHD_YES;
}

static enum MHD_Result on_asked(struct exchange *x)
{
    if (x->verdict == CUT || x->h->phase != RUNNING)
        return x->verdict == CUT ? cut_off(x) : refuse_now(x, HTTP_UNAVAILABLE);
    must(x->verdict == GO_ON || x->verdict == SEND);
    uncount(x); /* it is the client's turn again, and may take long */
    body_begin(x);
    return x->verdict == GO_ON ? MHD_YES : body_refuse(x);
}

static enum MHD_Result look(struct exchange *x)
{
    enum cache_found found = answer_from_cache(x);
    if (found == CACHE_HIT)
        return MHD_YES;
    return found == CACHE_STALE ? park(x) : hand_over(x, AT_WORK, x->plan.pool);
}

static enum MHD_Result on_whole(struct exchange *x)
{
    count(x);
    if (!head_trailers_ok(x))
        answer_refuse(x, &x->rq, HTTP_BAD_REQUEST);
    if (x->answer.r != NULL)
        return answer_send(x);
    body_done(x);
    return look(x);
}

static enum MHD_Result on_work(struct exchange *x)
{
    switch (x->verdict) {
    case LOOK_AGAIN: return look(x);
    case SEND: return answer_send(x);
    case CUT: return cut_off(x);
    case NO_VERDICT:
    case GO_ON: break;
    }
    must(!"a worker has said what to do");
}

enum MHD_Result talk(void *cls, struct MHD_Connection *c, const char *url, const char *method,
                     const char *version, const char *data, size_t *size, void **context)
{
    (void)cls;
    (void)c;
    (void)url;
    struct exchange *x = *context;
    if (*size > 0) {
        str piece = {data, *size};
        *size = 0;
        return body_take(x, piece);
    }
    switch (x->stage) {
    case AT_HEAD: return on_head(x, method, version);
    case AT_ASKED: return on_asked(x);
    case AT_BODY:
    case AT_DRAIN: return on_whole(x);
    case AT_WORK: return on_work(x);
    case AT_END: break;
    }
    return MHD_YES;
}

void exchange_release(struct exchange *x)
{
    if (atomic_fetch_sub(&x->refs, 1) != 1)
        return;
    struct httpd *h = x->h;
    arena_free(x->late);
    shelf_give(&h->shelf, x->rq.a);
}

/* libmicrohttpd answers some by itself: heads and chunks that it cannot read. */
static int status_of(const struct exchange *x)
{
    if (x->stage == AT_END)
        return x->answer.status;
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(x->c, MHD_CONNECTION_INFO_HTTP_STATUS);
    return info != NULL ? (int)info->http_status : 0;
}

void exchange_end(struct exchange *x)
{
    struct httpd *h = x->h;
    i64 now = clock_us();
    h->app->done(h->app->self, &x->rq, status_of(x), x->answer.bytes, now - x->began);
    x->conn->current = NULL;
    x->conn->deadline = now + (i64)h->o.idle_ms * 1000;
    if (x->answer.r != NULL)
        MHD_destroy_response(x->answer.r);
    atomic_fetch_add(&h->answers, 1);
    uncount(x);
    exchange_release(x);
}

void talk_end(void *cls, struct MHD_Connection *c, void **context,
              enum MHD_RequestTerminationCode code)
{
    (void)cls;
    (void)c;
    (void)code;
    struct exchange *x = *context;
    *context = NULL;
    if (x != NULL)
        exchange_end(x);
}
