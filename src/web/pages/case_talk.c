/* case_talk.c - the conversation of a case: reading, writing, passing on, files. */
#include "web/pages/case_page.h"

#include "app/talk.h"
#include "web/field.h"
#include "web/frame.h"
#include "web/once.h"

void case_talk_make(struct ctx *cx, const struct request *rq, str base, const struct input *typed,
                    struct case_talk_form *out)
{
    *out = (struct case_talk_form){
        .csrf = csrf_field(cx, rq),
        .once = once_field(cx),
        .problems = typed ? form_problems_of(cx, "reply", talk_rules, 1) : (html){S("")},
        .fields = form_fields_of(cx, "reply", talk_rules, 1, typed),
        .files = files_field(cx, rq, "files"),
        .send = {str_join(cx->a, base, S("/messages"))},
        .seen = {str_join(cx->a, base, S("/messages/seen"))},
    };
}

static enum err draw(struct ctx *cx, struct request *rq, struct reply *an, str thread,
                     const struct input *typed)
{
    struct case_view c;
    struct case_ask ask = {.acc = rq->acc, .thread = thread, .whole_talk = true};
    TRY(case_view(cx, rq->id, &ask, &c));
    struct case_page p = {.c = &c,
                          .base = case_base(cx, c.ident.digits),
                          .cases = lang_url(cx, "/cases"),
                          .heading = word(cx->lang, W_case_talk)};
    case_talk_make(cx, rq, p.base, typed, &p.talk);
    an->title = str_fmt(cx->a, "%.*s %.*s", SV(p.heading), SV(c.ident.number));
    an->nav = S("cases");
    an->amber = true;
    tpl_case_messages(&an->out, &p);
    return OK;
}

static enum err show_talk(struct ctx *cx, struct request *rq, struct reply *an)
{
    return draw(cx, rq, an, query_get(rq, "thread"), NULL);
}

/* Back to the thread where the message stands. */
static enum err to_thread(struct ctx *cx, const struct request *rq, struct reply *an, str key,
                          const char *done)
{
    url u = {case_base(cx, rq->seg[0])};
    if (key.n > 0)
        u = url_query(cx->a, u, S("thread"), key);
    return redirect(cx, an, (url){str_join(cx->a, u.s, S("#talk"))}, done);
}

static enum err say(struct ctx *cx, struct request *rq, struct reply *an)
{
    str id, to = input_get(&rq->in, S("to"));
    bool done;
    TRY(once_begin(cx, rq, &done));
    if (done)
        return to_thread(cx, rq, an, to, "message");
    enum err e = files_take(cx, rq, "files");
    if (e == OK)
        e = once_end(cx, rq, talk_post(cx, rq->id, &rq->in, &id));
    if (e == OK)
        return to_thread(cx, rq, an, to, "message");
    if (e != E_INVALID)
        return e;
    an->status = HTTP_UNPROCESSABLE;
    return draw(cx, rq, an, to, &rq->in);
}

static enum err seen(struct ctx *cx, struct request *rq, struct reply *an)
{
    TRY(talk_seen(cx, rq->id, input_get(&rq->in, S("text_id"))));
    return to_thread(cx, rq, an, input_get(&rq->in, S("to")), "");
}

/* --- passing on --------------------------------------------------------------------------------- */

static enum err draw_relay(struct ctx *cx, struct request *rq, struct reply *an, str text_id,
                           const struct input *typed)
{
    struct relay_view v;
    struct input preset = {0};
    TRY(case_relay_view(cx, rq->id, rq->acc, text_id, &v));
    input_preset(cx, &preset, S("text"), v.body);
    struct case_relay_to *to = NEWS(cx->a, struct case_relay_to, v.nthreads + 1);
    str chosen = typed ? input_get(typed, S("to")) : S("");
    for (size_t i = 0; i < v.nthreads; i++)
        to[i] = (struct case_relay_to){.key = v.threads[i].key,
                                       .name = v.threads[i].name,
                                       .id = str_fmt(cx->a, "to-%zu", i),
                                       .sees = &v.sees[i],
                                       .chosen = str_eq(v.threads[i].key, chosen)};
    struct case_relay_page p = {
        .v = &v,
        .crumbs = case_crumbs(cx, &v.ident, W_relay_title),
        .ncrumbs = 3,
        .to = to,
        .nto = v.nthreads,
        .csrf = csrf_field(cx, rq),
        .once = once_field(cx),
        .problems = form_problems(cx, talk_rules, 3),
        .fields = form_fields(cx, talk_rules, 1, typed ? typed : &preset),
        .act = {str_join(cx->a, case_base(cx, v.ident.digits), S("/relay"))},
    };
    an->title = word(cx->lang, W_relay_title);
    an->nav = S("cases");
    an->amber = true;
    tpl_case_relay(&an->out, &p);
    return OK;
}

static enum err show_relay(struct ctx *cx, struct request *rq, struct reply *an)
{
    return draw_relay(cx, rq, an, query_get(rq, "text"), NULL);
}

static enum err relay(struct ctx *cx, struct request *rq, struct reply *an)
{
    str id, to = input_get(&rq->in, S("to"));
    bool done;
    TRY(once_begin(cx, rq, &done));
    if (done)
        return to_thread(cx, rq, an, to, "relayed");
    enum err e = once_end(cx, rq, talk_relay(cx, rq->id, &rq->in, &id));
    if (e == OK)
        return to_thread(cx, rq, an, to, "relayed");
    if (e != E_INVALID)
        return e;
    an->status = HTTP_UNPROCESSABLE;
    return draw_relay(cx, rq, an, input_get(&rq->in, S("from")), &rq->in);
}

static enum err send_file(struct ctx *cx, struct request *rq, struct reply *an)
{
    return file_send(cx, rq, an, rq->id, NO_STR, rq->seg[1]);
}

/* clang-format off */
static const struct route table[] = {
    {GET,  S_INIT("/{lang}/cases/{}/messages"),      NEED_PERSON, OF_CASE, 0, show_talk,  0, 0, NULL},
    {POST, S_INIT("/{lang}/cases/{}/messages"),      NEED_PERSON, OF_CASE, 0, say,        ROUTE_UPLOAD, FILES_BODY_MAX, NULL},
    {POST, S_INIT("/{lang}/cases/{}/messages/seen"), NEED_PERSON, OF_CASE, 0, seen,       0, 8192, NULL},
    {GET,  S_INIT("/{lang}/cases/{}/relay"),         NEED_PERSON, OF_CASE, 0, show_relay, 0, 0, NULL},
    {POST, S_INIT("/{lang}/cases/{}/relay"),         NEED_PERSON, OF_CASE, 0, relay,      0, 0, NULL},
    {GET,  S_INIT("/{lang}/cases/{}/files/{}"),      NEED_PERSON, OF_CASE, 0, send_file,  0, 0, NULL},
};
/* clang-format on */
const struct routes case_talk_routes = {table, COUNT(table)};
