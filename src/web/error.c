/* error.c - what went wrong, as a page or as a problem document (RFC 9457). */
#include "web/reply.h"

#include "base/vec.h"
#include "web/error_view.h"
#include "web/frame.h"

/* clang-format off */
static const struct {
    int status;
    str code;
} http_codes[] = {
    {HTTP_BAD_REQUEST, S_INIT("bad_request")}, {HTTP_UNAUTHORIZED, S_INIT("sign_in")},
    {HTTP_FORBIDDEN, S_INIT("denied")}, {HTTP_NOT_FOUND, S_INIT("not_found")},
    {HTTP_METHOD_NOT_ALLOWED, S_INIT("method")}, {HTTP_CONFLICT, S_INIT("conflict")},
    {HTTP_PRECONDITION_FAILED, S_INIT("conflict")}, {HTTP_TOO_LARGE, S_INIT("too_large")},
    {HTTP_UNSUPPORTED_TYPE, S_INIT("media_type")}, {HTTP_MISDIRECTED, S_INIT("host")},
    {HTTP_UNPROCESSABLE, S_INIT("invalid")}, {HTTP_PRECONDITION_REQUIRED, S_INIT("confirm")},
    {HTTP_TOO_MANY, S_INIT("too_often")}, {HTTP_HEADERS_TOO_LARGE, S_INIT("bad_request")},
    {HTTP_REQUEST_TIMEOUT, S_INIT("bad_request")}, {HTTP_NOT_IMPLEMENTED, S_INIT("method")},
};
/* clang-format on */

static str code_of(int status)
{
    for (size_t i = 0; i < COUNT(http_codes); i++)
        if (http_codes[i].status == status)
            return http_codes[i].code;
    return status == HTTP_UNAVAILABLE ? S("busy") : S("io");
}

static str err_word(struct arena *a, str code, const char *suffix, enum lang lang)
{
    enum word w;
    if (word_find(str_fmt(a, "err_%.*s%s", SV(code), suffix), &w))
        return word(lang, w);
    return word(lang, suffix[0] ? W_err_io_text : W_err_io);
}

/* --- problem documents ------------------------------------------------------------------------ */

static void write_problem(struct ctx *cx, struct reply *an, int status, str code)
{
    struct json_out *o = &an->json;
    an->json_buf.n = 0; /* whatever was begun is dropped */
    *o = (struct json_out){.b = &an->json_buf};
    json_put_object(o);
    json_put_member(o, S("type"), str_fmt(cx->a, "urn:kakehashi:problem:%.*s", SV(code)));
    json_put_member(o, S("title"), err_word(cx->a, code, "", cx->lang));
    json_put_member_i64(o, S("status"), status);
    json_put_member(o, S("detail"), err_word(cx->a, code, "_text", cx->lang));
    json_put_key(o, S("errors"));
    json_put_array(o);
    for (size_t i = 0; i < cx->problems.n; i++) {
        const struct problem *p = &cx->problems.v[i];
        json_put_object(o);
        json_put_member(o, S("field"), p->field);
        json_put_member(o, S("code"), p->code);
        json_put_member(o, S("message"), problem_sentence(cx->a, p, cx->lang));
        json_put_end(o);
    }
    json_put_end(o);
    json_put_member(o, S("request_id"), cx->request_id);
    json_put_end(o);
    an->content_type = S("application/problem+json");
    an->raw = an->json_buf;
}

/* --- pages ------------------------------------------------------------------------------------ */

static str label_of(struct ctx *cx, str field)
{
    struct field_rule r = {.name = field};
    return field.n ? field_label(cx->a, &r, cx->lang) : S("");
}

static void fill_lines(struct ctx *cx, struct error_view *v)
{
    struct error_line *lines = NEWS(cx->a, struct error_line, cx->problems.n + 1);
    for (size_t i = 0; i < cx->problems.n; i++)
        lines[i] = (struct error_line){label_of(cx, cx->problems.v[i].field),
                                       problem_sentence(cx->a, &cx->problems.v[i], cx->lang)};
    v->lines = lines;
    v->nlines = cx->problems.n;
}

static bool is_secret(str name)
{
    return str_find(name, S("password")) >= 0 || str_eq(name, S("key")) || str_eq(name, S("_csrf"));
}

/* What was typed, so that nothing is lost; passwords and keys are not kept. */
static void fill_kept(struct ctx *cx, const struct request *rq, struct error_view *v)
{
    struct {
        VEC(struct kept_field)
    } kept = {0};
    for (size_t i = 0; i < rq->in.n; i++) {
        const struct input_item *it = &rq->in.v[i];
        if (is_secret(it->name) || it->value.p == NULL)
            continue;
        *PUSH(cx->a, &kept) =
            (struct kept_field){it->name, label_of(cx, it->name), it->value, it->value.n > 20};
    }
    v->kept = kept.v;
    v->nkept = kept.n;
}

static void write_page(struct ctx *cx, const struct request *rq, struct reply *an, int status,
                       str code)
{
    struct error_view v = {
        .heading = err_word(cx->a, code, "", cx->lang),
        .text = err_word(cx->a, code, "_text", cx->lang),
        .home = cx->who.person_id.n ? lang_url(cx, "/inbox") : lang_url(cx, "/"),
        .sign_in = lang_url(cx, "/sign-in"),
        .want_sign_in = status == HTTP_UNAUTHORIZED,
        .request_id = cx->request_id,
    };
    fill_lines(cx, &v);
    if (rq->http->method == POST) {
        fill_kept(cx, rq, &v);
        v.may_resend = status == HTTP_UNAUTHORIZED || status == HTTP_PRECONDITION_REQUIRED ||
                       status == HTTP_UNAVAILABLE;
        v.resend = (url){rq->http->path};
        v.csrf = csrf_field(cx, rq);
    }
    an->out.b.n = 0;
    an->out.lang = cx->lang;
    an->title = v.heading;
    an->frame = cx->who.person_id.n ? FRAME_APP : FRAME_PUBLIC;
    an->no_other_lang = rq->http->method != GET;
    an->location = (url){0};
    an->content_type = NO_STR;
    tpl_error(&an->out, &v);
}

/* "/ja/sign-in?to=/ja/cases/…": a page that wants a reader sends it to sign in first. */
static void send_to_sign_in(struct ctx *cx, const struct request *rq, struct reply *an)
{
    bool finder = rq->route && rq->route->need == NEED_FINDER;
    url to = lang_url(cx, finder ? "/track" : "/sign-in");
    an->status = HTTP_SEE_OTHER;
    an->location = finder ? to : url_query(cx->a, to, S("to"), rq->http->path);
}

/* Who shows a token would not know what to do with a page to sign in. */
static bool is_program(const struct request *rq)
{
    return http_header(rq->http, S("authorization")).n > 0;
}

void reply_error(struct ctx *cx, struct web *w, struct request *rq, struct reply *an, int status,
                 enum err e)
{
    if (status == 0)
        status = an->status >= 400 ? an->status : err_info[e].http;
    an->status = status;
    if (e == E_INVALID && cx->problems.n == 0 && query_get(rq, "after").n > 0)
        (void)wrong(cx, S("after"), S("cursor")); /* what the store makes of a list's place */
    if (rq->api || (status == HTTP_UNAUTHORIZED && is_program(rq))) {
        write_problem(cx, an, status, code_of(status));
        if (status == HTTP_UNAUTHORIZED)
            http_put((struct http_request *)(uintptr_t)rq->http, an->rs, S("WWW-Authenticate"),
                     S("Bearer realm=\"kakehashi\""));
    } else if (status == HTTP_UNAUTHORIZED && rq->http->method == GET) {
        send_to_sign_in(cx, rq, an);
    } else {
        write_page(cx, rq, an, status, code_of(status));
    }
    reply_finish(cx, w, rq, an);
}

/* --- without a reader --------------------------------------------------------------------------- */

static void bare_words(buf *b, struct arena *a, str code, enum lang lang)
{
    bool ja = lang == LANG_JA;
    buf_put(b, ja ? S("<h1>") : S("<h2>"));
    buf_put(b, err_word(a, code, "", lang));
    buf_put(b, ja ? S("</h1><p>") : S("</h2><p>"));
    buf_put(b, err_word(a, code, "_text", lang));
    buf_put(b, ja ? S("</p><p><a href=\"/ja/\">") : S("</p><p><a href=\"/en/\">"));
    buf_put(b, word(lang, W_error_home));
    buf_put(b, S("</a></p>"));
}

static void bare_page(buf *b, struct arena *a, str code)
{
    buf_put(b,
            S("<!doctype html>\n<html lang=\"ja\"><head><meta charset=\"utf-8\">"
              "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>"));
    buf_put(b, err_word(a, code, "", LANG_JA));
    buf_put(b, S("</title><link rel=\"stylesheet\" href=\""));
    buf_put(b, static_url(a, "kakehashi.css").s);
    buf_put(b, S("\"></head><body><main class=\"wide\"><div class=\"stack narrow\">"));
    bare_words(b, a, code, LANG_JA);
    buf_put(b, S("<div class=\"stack\" lang=\"en\">"));
    bare_words(b, a, code, LANG_EN);
    buf_put(b, S("</div></div></main></body></html>\n"));
}

static void bare_problem(buf *b, struct arena *a, const struct http_request *http, str code,
                         int status)
{
    enum lang lang =
        str_has_prefix(http_header(http, S("accept-language")), S("ja")) ? LANG_JA : LANG_EN;
    struct json_out o = {.b = b};
    json_put_object(&o);
    json_put_member(&o, S("type"), str_fmt(a, "urn:kakehashi:problem:%.*s", SV(code)));
    json_put_member(&o, S("title"), err_word(a, code, "", lang));
    json_put_member_i64(&o, S("status"), status);
    json_put_member(&o, S("detail"), err_word(a, code, "_text", lang));
    json_put_key(&o, S("errors"));
    json_put_raw(&o, S("[]"));
    json_put_end(&o);
}

void reply_bare(struct arena *a, const struct http_request *http, int status, bool api,
                struct http_response *rs)
{
    struct http_request *rq = (struct http_request *)(uintptr_t)http;
    str code = code_of(status);
    buf b = {.a = a};
    rs->status = status;
    if (api) {
        bare_problem(&b, a, http, code, status);
        http_put(rq, rs, S("Content-Type"), S("application/problem+json"));
    } else {
        bare_page(&b, a, code);
        http_put(rq, rs, S("Content-Type"), S("text/html; charset=utf-8"));
    }
    http_put(rq, rs, S("Content-Security-Policy"),
             S("default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'"));
    http_put(rq, rs, S("X-Content-Type-Options"), S("nosniff"));
    http_put(rq, rs, S("Cache-Control"), S("no-store"));
    rs->out = b;
}
