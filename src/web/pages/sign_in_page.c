/* sign_in_page.c - see sign_in_page.h. */
#include "web/pages/sign_in_page.h"

#include "app/auth.h"
#include "web/field.h"
#include "web/frame.h"
#include "web/request.h"

/* clang-format off */
static const struct field_rule person_rules[] = {
    {.name = S_INIT("login"), .type = FIELD_LINE, .required = true, .max = 64},
    {.name = S_INIT("password"), .type = FIELD_SECRET, .required = true},
};
static const struct field_rule finder_rules[] = {
    {.name = S_INIT("receipt"), .type = FIELD_LINE, .required = true, .max = 40},
    {.name = S_INIT("key"), .type = FIELD_SECRET, .required = true},
};
/* clang-format on */

/* Only a place of ours: "/ja/…" or "/en/…". */
static str safe_to(str to)
{
    bool ours = (str_has_prefix(to, S("/ja/")) || str_has_prefix(to, S("/en/"))) && to.n < 500;
    for (size_t i = 0; i < to.n && ours; i++)
        ours = to.p[i] > ' ' && to.p[i] < 0x7F && to.p[i] != '\\' && to.p[i] != '"';
    return ours ? to : NO_STR;
}

static html hidden_to(struct ctx *cx, str to)
{
    struct html_out o = {.b = {.a = cx->a}};
    if (to.n == 0)
        return (html){S("")};
    html_raw(&o, S("<input type=\"hidden\" name=\"to\" value=\""));
    html_text(&o, to);
    html_raw(&o, S("\">"));
    return (html){buf_str(&o.b)};
}

static void draw(struct ctx *cx, struct request *rq, struct reply *an, bool finder, str to)
{
    const struct field_rule *rules = finder ? finder_rules : person_rules;
    struct sign_in_view v = {
        .problems = form_problems(cx, rules, 2),
        .fields = form_fields(cx, rules, 2, &rq->in),
        .hidden = hidden_to(cx, safe_to(to)),
        .csrf = csrf_field(cx, rq),
        .act = lang_url(cx, finder ? "/track" : "/sign-in"),
        .demo = cx->app->demo,
    };
    an->title = word(cx->lang, finder ? W_track_title : W_sign_in_title);
    an->frame = FRAME_PUBLIC;
    if (finder)
        tpl_track(&an->out, &v);
    else
        tpl_sign_in(&an->out, &v);
}

static enum err show_sign_in(struct ctx *cx, struct request *rq, struct reply *an)
{
    draw(cx, rq, an, false, query_get(rq, "to"));
    return OK;
}

static enum err show_track(struct ctx *cx, struct request *rq, struct reply *an)
{
    str receipt = query_get(rq, "receipt");
    if (cx->who.report_id.n > 0)
        return redirect(cx, an, lang_url(cx, "/track/report"), "");
    input_preset(cx, &rq->in, S("receipt"), receipt);
    draw(cx, rq, an, true, NO_STR);
    return OK;
}

/* Wrong, or too often: the same form again, saying so. */
static enum err again(struct ctx *cx, struct request *rq, struct reply *an, bool finder, enum err e,
                      i64 retry_s)
{
    if (e == E_DENIED)
        (void)wrong(cx, S(""), finder ? S("key_failed") : S("sign_in_failed"));
    else if (e == E_BUSY && retry_s > 0)
        (void)wrong_limit(cx, S(""), S("too_often"), (retry_s + 59) / 60);
    else if (e != E_INVALID)
        return e;
    an->status = e == E_BUSY ? HTTP_TOO_MANY : e == E_DENIED ? HTTP_FORBIDDEN : HTTP_UNPROCESSABLE;
    if (e == E_BUSY)
        http_put((struct http_request *)(uintptr_t)rq->http, an->rs, S("Retry-After"),
                 str_fmt(cx->a, "%lld", (long long)retry_s));
    draw(cx, rq, an, finder, input_get(&rq->in, S("to")));
    return OK;
}

static enum err do_sign_in(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct input known = {0};
    struct value v[2];
    str token, to = safe_to(input_get(&rq->in, S("to")));
    i64 retry_s = 0;
    input_preset(cx, &known, S("login"), input_get(&rq->in, S("login")));
    input_preset(cx, &known, S("password"), input_get(&rq->in, S("password")));
    enum err e = form_read(cx, person_rules, 2, &known, v);
    if (e == OK)
        e = sign_in(cx, v[0].text, v[1].text, rq->http->peer, &token, &retry_s);
    if (e != OK)
        return again(cx, rq, an, false, e, retry_s);
    if (rq->session.n > 0)
        TRY(session_end(cx, rq->session)); /* the old one is not carried on */
    session_set(cx, an, token);
    if (cx->who.pending_id.n > 0) /* a start password opens nothing but its change */
        return redirect(cx, an, lang_url(cx, "/account/password"), "");
    return redirect(cx, an, to.n ? (url){to} : lang_url(cx, "/inbox"), "");
}

static enum err do_track(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct input known = {0};
    struct value v[2];
    str token;
    i64 retry_s = 0;
    input_preset(cx, &known, S("receipt"), input_get(&rq->in, S("receipt")));
    input_preset(cx, &known, S("key"), input_get(&rq->in, S("key")));
    enum err e = form_read(cx, finder_rules, 2, &known, v);
    if (e == OK)
        e = sign_in_finder(cx, v[0].text, v[1].text, rq->http->peer, &token, &retry_s);
    if (e != OK)
        return again(cx, rq, an, true, e, retry_s);
    session_set(cx, an, token);
    return redirect(cx, an, lang_url(cx, "/track/report"), "");
}

static enum err do_sign_out(struct ctx *cx, struct request *rq, struct reply *an)
{
    if (rq->session.n > 0)
        TRY(session_end(cx, rq->session));
    session_clear(cx, an);
    return redirect(cx, an, lang_url(cx, "/sign-in"), "sign_out");
}

/* clang-format off */
static const struct route table[] = {
    {GET,  S_INIT("/{lang}/sign-in"),  NEED_NOBODY, OF_NOTHING, 0, show_sign_in, 0, 0, NULL},
    {POST, S_INIT("/{lang}/sign-in"),  NEED_NOBODY, OF_NOTHING, 0, do_sign_in,   ROUTE_SLOW | ROUTE_FRESH, 8192, NULL},
    {POST, S_INIT("/{lang}/sign-out"), NEED_NOBODY, OF_NOTHING, 0, do_sign_out,  0, 8192, NULL},
    {GET,  S_INIT("/{lang}/track"),    NEED_NOBODY, OF_NOTHING, 0, show_track,   0, 0, NULL},
    {POST, S_INIT("/{lang}/track"),    NEED_NOBODY, OF_NOTHING, 0, do_track,     ROUTE_FRESH, 8192, NULL},
};
/* clang-format on */
const struct routes sign_in_routes = {table, COUNT(table)};
