/* httpd_answer.c - answers as libmicrohttpd wants them; the cache; refusals. */
#include "io/gzip.h"
#include "io/httpd_int.h"

#include <string.h>
#include <unistd.h>

static struct MHD_Response *make_body(const struct http_response *rs, enum MHD_ResponseMemoryMode m)
{
    if (rs->fd >= 0)
        return MHD_create_response_from_fd_at_offset64((uint64_t)rs->fd_size, rs->fd, 0);
    /* libmicrohttpd takes a pointer to what it may not change, but does not say so. */
    void *p = rs->out.p;
    char none[] = "";
    return MHD_create_response_from_buffer(rs->out.n, p ? p : none,
                                           rs->out.n ? m : MHD_RESPMEM_MUST_COPY);
}

static struct MHD_Response *make(struct arena *a, const struct http_response *rs,
                                 enum MHD_ResponseMemoryMode m)
{
    must(rs->status >= 200 && rs->status <= 599);
    struct MHD_Response *r = make_body(rs, m);
    must(r != NULL);
    for (size_t i = 0; i < rs->headers.n; i++) {
        const struct http_header *header = &rs->headers.v[i];
        must(MHD_add_response_header(r, str_to_z(a, header->name), str_to_z(a, header->value)) ==
             MHD_YES);
    }
    return r;
}

static i64 body_size(const struct http_response *rs)
{
    return rs->fd >= 0 ? rs->fd_size : (i64)rs->out.n;
}

/* Whether the client has what it asked for already. */
static bool is_known(const struct http_request *rq, str etag)
{
    return rq->method == GET && etag.n > 0 &&
           http_not_modified(http_header(rq, S("if-none-match")), etag);
}

struct answer answer_make(const struct http_request *rq, struct http_response *rs)
{
    struct answer answer = {.r = make(rq->a, rs, MHD_RESPMEM_PERSISTENT), .status = rs->status};
    rs->fd = -1;
    if (rs->status == HTTP_OK && is_known(rq, http_answer_header(rs, S("etag"))))
        answer.status = HTTP_NOT_MODIFIED;
    bool bare = rq->head || answer.status == HTTP_NOT_MODIFIED;
    answer.bytes = bare ? 0 : body_size(rs);
    return answer;
}

static str cache_key(struct exchange *x)
{
    buf key = {.a = x->rq.a};
    buf_char(&key, gzip_is_taken(http_header(&x->rq, S("accept-encoding"))) ? 'z' : '-');
    buf_put(&key, x->rq.path);
    buf_char(&key, '?');
    buf_put(&key, x->rq.query);
    return buf_str(&key);
}

static bool is_public(const struct http_response *rs)
{
    str control = http_answer_header(rs, S("cache-control"));
    return http_answer_header(rs, S("set-cookie")).p == NULL && rs->fd < 0 &&
           str_find(control, S("private")) < 0 && str_find(control, S("no-store")) < 0;
}

enum { ENTRY_OVERHEAD = 1024 };

void answer_keep(struct exchange *x, const struct http_response *rs)
{
    must(is_public(rs));
    fresh_raise(x->h, rs->cache_generation);
    if (!x->plan.cacheable || x->h->cache == NULL || rs->status != HTTP_OK)
        return;
    cache_put(x->h->cache, cache_key(x), rs->cache_generation, rs->out.n + ENTRY_OVERHEAD,
              make(x->rq.a, rs, MHD_RESPMEM_MUST_COPY));
}

static void set_deadline(struct exchange *x)
{
    const struct httpd_options *o = &x->h->o;
    x->conn->deadline =
        clock_us() + (i64)o->slow_ms * 1000 + x->answer.bytes / o->answer_rate * 1000000;
}

static void nothing(void *arg, void *value, size_t cost)
{
    (void)arg;
    (void)value;
    (void)cost;
}

static void share(void *arg, void *value, size_t cost)
{
    struct exchange *x = arg;
    struct MHD_Response *r = value;
    bool known = http_header(&x->rq, S("if-none-match")).n > 0 &&
                 is_known(&x->rq, str_z(MHD_get_response_header(r, "ETag")));
    x->answer.status = known ? HTTP_NOT_MODIFIED : HTTP_OK;
    x->answer.bytes = known || x->rq.head ? 0 : (i64)cost - ENTRY_OVERHEAD;
    (void)MHD_queue_response(x->c, (unsigned)x->answer.status, r);
}

bool answer_is_cached(struct exchange *x)
{
    if (!x->plan.cacheable || x->no_cache || !(x->current || fresh_is(x->h)))
        return false;
    i64 known = x->h->fresh.generation;
    return cache_use(x->h->cache, cache_key(x), known, nothing, NULL) == CACHE_HIT;
}

enum cache_found answer_from_cache(struct exchange *x)
{
    if (!x->plan.cacheable || x->h->cache == NULL || x->no_cache)
        return CACHE_NONE;
    bool fresh = x->current || fresh_is(x->h);
    i64 known = x->h->fresh.generation;
    enum cache_found found =
        cache_use(x->h->cache, cache_key(x), known, fresh ? share : nothing, x);
    if (!fresh)
        return found == CACHE_NONE ? CACHE_NONE : CACHE_STALE;
    if (found != CACHE_HIT)
        return CACHE_NONE;
    atomic_fetch_add(&x->h->cache_hits, 1);
    set_deadline(x);
    x->stage = AT_END;
    return CACHE_HIT;
}

static void put_if_absent(struct http_request *rq, struct http_response *rs, str name, str value)
{
    if (http_answer_header(rs, name).p == NULL)
        http_put(rq, rs, name, value);
}

void answer_refuse(struct exchange *x, struct http_request *rq, int status)
{
    const struct http_app *app = x->h->app;
    struct http_response rs = http_response_new(rq->a);
    rs.status = status;
    if (app->refuse != NULL)
        app->refuse(app->self, rq, status, &rs);
    put_if_absent(rq, &rs, S("Content-Type"), S("text/plain; charset=utf-8"));
    put_if_absent(rq, &rs, S("Content-Security-Policy"), S("default-src 'none'"));
    put_if_absent(rq, &rs, S("X-Content-Type-Options"), S("nosniff"));
    put_if_absent(rq, &rs, S("Cache-Control"), S("no-store"));
    if (status == HTTP_METHOD_NOT_ALLOWED)
        put_if_absent(rq, &rs, S("Allow"), S("GET, HEAD, POST, PUT, PATCH, DELETE"));
    if (status == HTTP_UNAVAILABLE)
        put_if_absent(rq, &rs, S("Retry-After"), S("1"));
    atomic_fetch_add(&x->h->refusals, 1);
    if (x->answer.r != NULL)
        MHD_destroy_response(x->answer.r);
    x->answer = answer_make(rq, &rs);
}

enum MHD_Result answer_send(struct exchange *x)
{
    must(x->answer.r != NULL);
    set_deadline(x);
    enum MHD_Result ok = MHD_queue_response(x->c, (unsigned)x->answer.status, x->answer.r);
    MHD_destroy_response(x->answer.r);
    x->answer.r = NULL;
    x->stage = AT_END;
    return ok;
}
