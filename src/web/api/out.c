/* out.c - answers by their tables. */
#include "web/api_doc.h"

#include "app/phrases.h"
#include "base/encode.h"

static void put_value(struct ctx *cx, struct json_out *o, const struct out_field *f,
                      const char *object);

static void put_object(struct ctx *cx, struct json_out *o, const struct out_schema *s,
                       const char *object)
{
    json_put_object(o);
    for (size_t i = 0; i < s->n; i++) {
        json_put_key(o, str_z(s->v[i].name));
        put_value(cx, o, &s->v[i], object);
    }
    json_put_end(o);
}

static void put_list(struct ctx *cx, struct json_out *o, const struct out_schema *s,
                     const char *items, size_t n)
{
    json_put_array(o);
    for (size_t i = 0; i < n; i++)
        put_object(cx, o, s, items + i * s->size);
    json_put_end(o);
}

static void put_instant(struct ctx *cx, struct json_out *o, i64 at)
{
    json_put_str(o, time_rfc3339(cx->a, at, cx->zone));
}

static void put_optional(struct ctx *cx, struct json_out *o, const struct out_field *f,
                         const char *at)
{
    const opt_i64 *v = (const opt_i64 *)(const void *)at;
    if (!v->is)
        json_put_null(o);
    else if (f->type == OUT_OPT_INSTANT)
        put_instant(cx, o, v->v);
    else
        json_put_i64(o, v->v);
}

static void put_if_known(struct ctx *cx, struct json_out *o, enum out_type type, i64 v)
{
    if (type == OUT_SCORE ? v < 0 : v == 0)
        json_put_null(o);
    else if (type == OUT_SCORE)
        json_put_decimal(o, v, 1);
    else
        put_instant(cx, o, v);
}

static void put_strs(struct json_out *o, const str *v, size_t n)
{
    json_put_array(o);
    for (size_t i = 0; i < n; i++)
        json_put_str(o, v[i]);
    json_put_end(o);
}

static void put_json(struct json_out *o, str value)
{
    if (value.p == NULL)
        json_put_null(o);
    else
        json_put_raw(o, value);
}

static void put_value(struct ctx *cx, struct json_out *o, const struct out_field *f,
                      const char *object)
{
    const void *at = object + f->at;
    switch (f->type) {
    case OUT_STR: json_put_str(o, *(const str *)at); break;
    case OUT_I64: json_put_i64(o, *(const i64 *)at); break;
    case OUT_INT: json_put_i64(o, *(const int *)at); break;
    case OUT_SIZE: json_put_i64(o, (i64) * (const size_t *)at); break;
    case OUT_BOOL: json_put_bool(o, *(const bool *)at); break;
    case OUT_INSTANT: put_instant(cx, o, *(const i64 *)at); break;
    case OUT_OPT_INSTANT:
    case OUT_OPT_I64: put_optional(cx, o, f, at); break;
    case OUT_INSTANT_0:
    case OUT_SCORE: put_if_known(cx, o, f->type, *(const i64 *)at); break;
    case OUT_NAME: json_put_str(o, f->name_of(*(const unsigned *)at)); break;
    case OUT_STRS: put_strs(o, ((const struct strs *)at)->v, ((const struct strs *)at)->n); break;
    case OUT_PHRASES:
        put_strs(o, ((const struct phrases *)at)->v, ((const struct phrases *)at)->n);
        break;
    case OUT_OBJECT: put_object(cx, o, f->of, at); break;
    case OUT_LIST:
        put_list(cx, o, f->of, *(const char *const *)at,
                 *(const size_t *)(const void *)(object + f->count_at));
        break;
    case OUT_JSON: put_json(o, *(const str *)at); break;
    }
}

enum err api_send(struct ctx *cx, struct reply *an, const struct out_schema *s, const void *object)
{
    put_object(cx, &an->json, s, object);
    return OK;
}

str api_json(struct ctx *cx, const struct out_schema *s, const void *object)
{
    buf b = {.a = cx->a};
    struct json_out o = {.b = &b};
    put_object(cx, &o, s, object);
    return buf_str(&b);
}

str api_tag(struct ctx *cx, str json)
{
    enum { BYTES = 12 };
    return str_fmt(cx->a, "\"%.*s\"",
                   SV(base64url_encode(cx->a, str_sub(hash_of(cx->a, json), 0, BYTES))));
}

enum err api_send_list(struct ctx *cx, struct reply *an, const struct out_schema *s,
                       const void *items, size_t n, str next, i64 total)
{
    json_put_object(&an->json);
    json_put_key(&an->json, S("items"));
    put_list(cx, &an->json, s, items, n);
    json_put_key(&an->json, S("next"));
    json_put_str(&an->json, next);
    json_put_key(&an->json, S("total"));
    if (total < 0)
        json_put_null(&an->json);
    else
        json_put_i64(&an->json, total);
    json_put_end(&an->json);
    return OK;
}

enum err api_created(struct ctx *cx, struct reply *an, const struct out_schema *s,
                     const void *object, str location)
{
    an->status = HTTP_CREATED;
    http_put((struct http_request *)(uintptr_t)an->http, an->rs, S("Location"), location);
    return api_send(cx, an, s, object);
}

enum err api_window(struct ctx *cx, const struct request *rq, size_t *limit, str *after)
{
    enum { USUAL = 50, MOST = 200 };
    str text = query_get(rq, "limit");
    i64 n = USUAL;
    if (text.n > 0 && (!str_i64(text, &n) || n < 1 || n > MOST))
        return wrong_limit(cx, S("limit"), S("too_large"), MOST);
    *limit = (size_t)n;
    *after = query_get(rq, "after");
    return OK;
}

void api_etag(struct ctx *cx, const struct request *rq, struct reply *an, i64 rev)
{
    http_put((struct http_request *)(uintptr_t)rq->http, an->rs, S("ETag"),
             str_fmt(cx->a, "\"%lld\"", (long long)rev));
}

enum err api_if_match_tag(struct ctx *cx, const struct request *rq, struct reply *an, str *tag)
{
    *tag = http_header(rq->http, S("if-match"));
    if (tag->n == 0) {
        an->status = HTTP_PRECONDITION_REQUIRED;
        return wrong(cx, S("If-Match"), S("required"));
    }
    if (tag->n < 3 || tag->p[0] != '"' || tag->p[tag->n - 1] != '"') {
        an->status = HTTP_PRECONDITION_FAILED;
        return wrong(cx, S("If-Match"), S("etag"));
    }
    return OK;
}

enum err api_if_match(struct ctx *cx, struct request *rq, struct reply *an, i64 *rev)
{
    str tag;
    TRY(api_if_match_tag(cx, rq, an, &tag));
    if (!str_i64(str_sub(tag, 1, tag.n - 2), rev)) {
        an->status = HTTP_PRECONDITION_FAILED;
        return wrong(cx, S("If-Match"), S("etag"));
    }
    return OK;
}

void api_etag_tag(const struct request *rq, struct reply *an, str tag)
{
    http_put((struct http_request *)(uintptr_t)rq->http, an->rs, S("ETag"), tag);
}

enum err api_edited(struct reply *an, enum err e)
{
    if (e == E_CONFLICT)
        an->status = HTTP_PRECONDITION_FAILED;
    return e;
}

enum err api_inner(struct ctx *cx, const struct request *rq, const char *member,
                   struct input *inner, struct input *rest)
{
    const struct json *in = rq->json ? json_get(rq->json, str_z(member)) : NULL;
    str dotted = str_fmt(cx->a, "%s.", member);
    *inner = *rest = (struct input){0};
    for (size_t i = 0; i < rq->in.n; i++)
        if (!str_has_prefix(rq->in.v[i].name, dotted) &&
            !(in != NULL && str_eq(rq->in.v[i].name, str_z(member))))
            *PUSH(cx->a, rest) = rq->in.v[i];
    if (in == NULL)
        return OK;
    return json_is(in, JSON_IS_OBJECT) ? input_from_json(cx, in, inner)
                                       : wrong(cx, str_z(member), S("not_object"));
}

void api_under(struct ctx *cx, const char *member, size_t from)
{
    for (size_t i = from; i < cx->problems.n; i++)
        cx->problems.v[i].field = str_fmt(cx->a, "%s.%.*s", member, SV(cx->problems.v[i].field));
}
