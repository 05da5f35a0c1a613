/* track_page.c - see track_page.h. */
#include "web/pages/track_page.h"

#include "app/auth.h"
#include "app/steps.h"
#include "app/tables.h"
#include "web/field.h"
#include "web/frame.h"
#include "web/once.h"
#include "web/request.h"

/* Which form came back with problems, or was asked for. */
struct drawing {
    const struct own *w;
    const struct report_view *r;
    const struct field_rule *rules; /* of the form with problems; NULL: none */
    size_t n;
    str form; /* "say", "answer", "consents", "withdraw"; empty: none */
};

/* --- words -------------------------------------------------------------------------------------- */

static str outcome(struct ctx *cx, const struct report_view *r)
{
    str why = disposition_word(cx->app->tables, r->disposition, cx->lang);
    return why.n ? why : word(cx->lang, W_report_state_ended);
}

/* How it stands, as one would say it. */
static str says(struct ctx *cx, const struct report_view *r)
{
    bool site = str_eq(r->kind, report_kind_name(REPORT_WEBSITE));
    struct arena *a = cx->a;
    enum lang g = cx->lang;
    if (r->published.is)
        return word(g, W_own_says_published);
    if (str_eq(r->state, S("refused")))
        return words_own_says_refused(a, g, .who = r->recipient, .why = outcome(cx, r));
    if (str_eq(r->disposition, S("end_withdrawn")))
        return word(g, W_own_says_withdrawn);
    if (str_eq(r->state, S("ended")))
        return words_own_says_ended(a, g, .why = outcome(cx, r));
    if (str_eq(r->state, S("answered")))
        return words_own_says_answered(a, g, .who = r->recipient);
    if (str_eq(r->state, S("site")))
        return word(g, W_own_says_site);
    if (str_eq(r->state, S("accepted")) && site)
        return words_own_says_accepted_site(a, g, .who = r->recipient);
    if (str_eq(r->state, S("accepted")))
        return r->is_direct ? words_own_says_direct(a, g, .who = r->recipient)
                            : words_own_says_accepted(a, g, .who = r->recipient);
    if (str_eq(r->state, S("handling")) && !r->is_direct)
        return words_own_says_handling(a, g, .who = r->recipient);
    return words_own_says_received(a, g, .who = r->recipient);
}

static str title_of(struct ctx *cx, const struct report_view *r)
{
    for (size_t i = 0; i < r->nitems; i++)
        if (str_eq(r->items[i].field, S("product")) || str_eq(r->items[i].field, S("url")))
            return r->items[i].value;
    return words_own_title(cx->a, cx->lang, .receipt = r->receipt);
}

/* --- what waits for the sender ------------------------------------------------------------------ */

static struct step_ref ref_of(const struct finder_task *t)
{
    return (struct step_ref){t->case_id, t->lane, t->step};
}

static bool is_named(const struct request *rq, const struct finder_task *t)
{
    bool post = rq->http->method == POST;
    str step = post ? input_get(&rq->in, S("_step")) : query_get(rq, "step");
    str lane = post ? input_get(&rq->in, S("_lane")) : query_get(rq, "lane");
    return str_eq(step, t->step) && str_eq(lane.p ? lane : S(""), t->lane);
}

/* The one that was asked for, else the first: one form at a time. */
static size_t open_task(const struct request *rq, const struct report_view *r)
{
    for (size_t i = 0; i < r->ntasks; i++)
        if (is_named(rq, &r->tasks[i]))
            return i;
    return 0;
}

static enum err fill_form(struct ctx *cx, const struct request *rq, const struct drawing *d,
                          const struct finder_task *t, struct own_task *out)
{
    struct step_ref ref = ref_of(t);
    struct step_form form;
    bool again = str_eq(d->form, S("answer"));
    TRY(step_form_of(cx, &ref, (int)t->hop, &form));
    buf b = {.a = cx->a};
    buf_put(&b, hidden_field(cx, "_step", t->step).s);
    buf_put(&b, hidden_field(cx, "_lane", t->lane).s);
    buf_put(&b, hidden_number(cx, "_round", t->round).s);
    buf_put(&b, hidden_number(cx, "_hop", t->hop).s);
    out->open = true;
    out->hidden = (html){buf_str(&b)};
    out->fields = form_fields(cx, form.rules, form.n, again ? &rq->in : NULL);
    out->act = (url){str_join(cx->a, d->w->base, S("/answer"))};
    return OK;
}

static enum err fill_tasks(struct ctx *cx, const struct request *rq, const struct drawing *d,
                           struct own_view *v)
{
    const struct report_view *r = d->r;
    struct own_task *tasks = NEWS(cx->a, struct own_task, r->ntasks + 1);
    size_t open = open_task(rq, r);
    for (size_t i = 0; i < r->ntasks; i++) {
        const struct finder_task *t = &r->tasks[i];
        tasks[i] = (struct own_task){.title = t->title, .due = t->due};
        url here = url_query(cx->a, (url){d->w->page}, S("step"), t->step);
        tasks[i].href = t->lane.n ? url_query(cx->a, here, S("lane"), t->lane) : here;
        if (i == open && d->form.n == 0)
            TRY(fill_form(cx, rq, d, t, &tasks[i]));
        else if (i == open && str_eq(d->form, S("answer")))
            TRY(fill_form(cx, rq, d, t, &tasks[i]));
    }
    v->tasks = tasks;
    v->ntasks = r->ntasks;
    return OK;
}

/* --- what the sender may ask -------------------------------------------------------------------- */

static void fill_asks(struct ctx *cx, const struct report_view *r, struct own_view *v)
{
    static const struct {
        bool direct;
        str kind;
        enum word label;
    } all[] = {
        {false, S_INIT("finder_asked"), W_own_ask_stand},
        {true, S_INIT("asked_findings"), W_own_ask_findings},
        {true, S_INIT("asked_date"), W_own_ask_date},
    };
    struct own_ask *asks = NEWS(cx->a, struct own_ask, COUNT(all));
    for (size_t i = 0; r->may_inquire && i < COUNT(all); i++)
        if (all[i].direct == r->is_direct)
            asks[v->nasks++] = (struct own_ask){all[i].kind, word(cx->lang, all[i].label)};
    v->asks = asks;
}

static void fill_consents(struct ctx *cx, const struct request *rq, const struct drawing *d,
                          struct own_view *v)
{
    const struct report_view *r = d->r;
    struct input now = {0};
    bool again = str_eq(d->form, S("consents"));
    const struct {
        const char *field;
        bool is;
    } flags[] = {{"tell_vendor", r->tell_vendor},
                 {"direct_contact", r->direct_contact},
                 {"publish_name", r->publish_name}};
    v->consents = report_consents(cx, r);
    v->may_consent = r->may_consent;
    v->consents_open = r->may_consent && (again || str_eq(query_get(rq, "act"), S("consents")));
    if (!v->consents_open)
        return;
    for (size_t i = 0; i < COUNT(flags); i++)
        input_preset(cx, &now, str_z(flags[i].field), flags[i].is ? S("yes") : S("no"));
    for (size_t i = 0; i < r->nitems; i++)
        if (str_has_prefix(r->items[i].field, S("credit_")))
            input_preset(cx, &now, r->items[i].field, r->items[i].value);
    /* a report on one's own product has only the last of the three */
    size_t from = str_eq(r->kind, report_kind_name(REPORT_OWN)) ? 2 : 0;
    v->consent_fields = form_fields(cx, report_consent_rules + from,
                                    COUNT(report_consent_rules) - from, again ? &rq->in : &now);
    for (size_t i = 0; i < from; i++)
        v->consent_fields.s =
            str_join(cx->a, v->consent_fields.s, hidden_field(cx, flags[i].field, S("no")).s);
}

/* Shown when it was asked for: nothing that a slip of the hand does. */
static void fill_withdraw(struct ctx *cx, const struct request *rq, const struct drawing *d,
                          struct own_view *v)
{
    bool again = str_eq(d->form, S("withdraw"));
    v->may_withdraw = d->r->may_withdraw;
    v->withdraw_open = v->may_withdraw && (again || str_eq(query_get(rq, "act"), S("withdraw")));
    v->withdraw_show = (url){str_fmt(cx->a, "%.*s?act=withdraw#withdraw", SV(d->w->page))};
    v->withdraw_act = (url){str_join(cx->a, d->w->base, S("/withdraw"))};
    if (v->withdraw_open)
        v->withdraw_fields = form_fields(cx, report_withdraw_rules, COUNT(report_withdraw_rules),
                                         again ? &rq->in : NULL);
}

/* From when the sender may ask that the request not to disclose be withdrawn; then the form. */
static void fill_disclosure(struct ctx *cx, const struct request *rq, const struct drawing *d,
                            struct own_view *v)
{
    bool again = str_eq(d->form, S("disclosure"));
    v->disclosure = d->r->disclosure;
    v->disclosure_act = (url){str_join(cx->a, d->w->base, S("/disclosure"))};
    if (v->disclosure.may)
        v->disclosure_fields =
            form_fields(cx, disclosure_rules, COUNT(disclosure_rules), again ? &rq->in : NULL);
}

/* --- the page ----------------------------------------------------------------------------------- */

static str sees(struct ctx *cx, const struct report_view *r)
{
    return r->is_direct ? words_own_sees_direct(cx->a, cx->lang, .who = r->recipient)
                        : words_own_sees(cx->a, cx->lang, .who = r->recipient);
}

static html say_fields(struct ctx *cx, const struct request *rq, const struct drawing *d)
{
    bool again = str_eq(d->form, S("say"));
    html text = form_field(cx, &report_say_rules[0], again ? &rq->in : NULL);
    struct request none = {.http = rq->http};
    html files = files_field(cx, again ? rq : &none, "files");
    return (html){str_join(cx->a, text.s, files.s)};
}

static enum err draw(struct ctx *cx, struct request *rq, struct reply *an, struct drawing *d)
{
    const struct own *w = d->w;
    struct report_view *r = NEW(cx->a, struct report_view);
    TRY(report_view(cx, w->id, r));
    if (!r->is_finder)
        return E_NOT_FOUND;
    d->r = r;
    str files = str_join(cx->a, w->base, S("/files/"));
    struct own_view v = {
        .receipt = r->receipt,
        .title = title_of(cx, r),
        .kind = report_kind_word(cx, r->kind),
        .state = report_state_word(cx, r->published.is ? S("published") : r->state),
        .look = r->published.is ? LOOK_DONE : report_look(r->state),
        .text = says(cx, r),
        .stages = report_stages(cx, r),
        .next = report_next(cx, r),
        .problems = form_problems(cx, d->rules, d->n),
        .csrf = csrf_field(cx, rq),
        .once = once_field(cx),
        .rev = hidden_number(cx, "rev", r->rev),
        .talk = report_talk(cx, r, true, files),
        .files = report_files(cx, r, files),
        .sent = report_pairs(cx, r, false),
        .may_say = r->may_say,
        .key = w->key,
        .say_act = {str_join(cx->a, w->base, S("/say"))},
        .ask_act = {str_join(cx->a, w->base, S("/inquire"))},
        .consent_act = {str_join(cx->a, w->base, S("/consents"))},
        .consent_show = {str_fmt(cx->a, "%.*s?act=consents#consents", SV(w->page))},
        .sign_out = lang_url(cx, "/track/sign-out"),
        .portal = lang_url(cx, "/"),
        .sees = sees(cx, r),
        .published = r->published,
    };
    v.has_files = v.files.s.n > 0;
    if (r->may_say)
        v.say = say_fields(cx, rq, d);
    TRY(fill_tasks(cx, rq, d, &v));
    fill_asks(cx, r, &v);
    fill_consents(cx, rq, d, &v);
    fill_withdraw(cx, rq, d, &v);
    fill_disclosure(cx, rq, d, &v);
    an->title = words_own_title(cx->a, cx->lang, .receipt = r->receipt);
    an->nav = S("reports");
    an->amber = true;
    tpl_own_report(&an->out, &v);
    return OK;
}

/* The same page again, with the form that could not be taken. */
static enum err again(struct ctx *cx, struct request *rq, struct reply *an, const struct own *w,
                      const char *form, const struct field_rule *rules, size_t n, enum err e)
{
    struct drawing d = {.w = w, .form = str_z(form), .rules = rules, .n = n};
    if (e != E_INVALID && e != E_CONFLICT)
        return e;
    an->status = e == E_CONFLICT ? HTTP_CONFLICT : HTTP_UNPROCESSABLE;
    if (e == E_CONFLICT)
        (void)wrong(cx, S(""), S("moved_on"));
    return draw(cx, rq, an, &d);
}

static enum err back(struct ctx *cx, struct reply *an, const struct own *w, const char *place,
                     const char *what)
{
    return redirect(cx, an, (url){str_join(cx->a, w->page, str_z(place))}, what);
}

enum err own_show(struct ctx *cx, struct request *rq, struct reply *an, const struct own *w)
{
    struct drawing d = {.w = w};
    return draw(cx, rq, an, &d);
}

enum err own_say(struct ctx *cx, struct request *rq, struct reply *an, const struct own *w)
{
    bool done = false;
    enum err e = files_take(cx, rq, "files");
    if (e == OK)
        e = once_begin(cx, rq, &done);
    if (e == OK && !done)
        e = once_end(cx, rq, report_say(cx, w->id, &rq->in));
    return e == OK ? back(cx, an, w, "#talk", "said")
                   : again(cx, rq, an, w, "say", report_say_rules, 1, e);
}

/* The form that came belongs to a step that waits for this sender now. */
enum err own_answer(struct ctx *cx, struct request *rq, struct reply *an, const struct own *w)
{
    i64 round, hop;
    struct report_view r;
    struct step_form form = {0};
    struct input answers = {0};
    TRY(input_i64(cx, rq, "_round", &round));
    TRY(input_i64(cx, rq, "_hop", &hop));
    TRY(report_view(cx, w->id, &r));
    size_t at = open_task(rq, &r);
    if (!r.is_finder)
        return E_NOT_FOUND;
    if (r.ntasks == 0 || !is_named(rq, &r.tasks[at]))
        return again(cx, rq, an, w, "", NULL, 0, E_CONFLICT);
    struct step_ref ref = ref_of(&r.tasks[at]);
    TRY(step_form_of(cx, &ref, (int)hop, &form));
    for (size_t i = 0; i < rq->in.n; i++)
        if (rq->in.v[i].name.n > 0 && rq->in.v[i].name.p[0] != '_')
            *PUSH(cx->a, &answers) = rq->in.v[i];
    enum err e = step_perform(cx, &ref, round, hop, &answers);
    return e == OK ? back(cx, an, w, "", "answered")
                   : again(cx, rq, an, w, "answer", form.rules, form.n, e);
}

enum err own_inquire(struct ctx *cx, struct request *rq, struct reply *an, const struct own *w)
{
    bool done;
    TRY(once_begin(cx, rq, &done));
    enum err e =
        done ? OK : once_end(cx, rq, report_inquire(cx, w->id, input_get(&rq->in, S("kind"))));
    return e == OK ? back(cx, an, w, "", "inquired") : again(cx, rq, an, w, "", NULL, 0, e);
}

enum err own_consents(struct ctx *cx, struct request *rq, struct reply *an, const struct own *w)
{
    i64 rev;
    TRY(input_i64(cx, rq, "rev", &rev));
    enum err e = report_change_consents(cx, w->id, rev, &rq->in);
    return e == OK ? back(cx, an, w, "#consents", "consents")
                   : again(cx, rq, an, w, "consents", report_consent_rules,
                           COUNT(report_consent_rules), e);
}

enum err own_withdraw(struct ctx *cx, struct request *rq, struct reply *an, const struct own *w)
{
    i64 rev;
    TRY(input_i64(cx, rq, "rev", &rev));
    enum err e = report_withdraw(cx, w->id, rev, &rq->in);
    return e == OK ? back(cx, an, w, "", "withdrawn")
                   : again(cx, rq, an, w, "withdraw", report_withdraw_rules,
                           COUNT(report_withdraw_rules), e);
}

enum err own_disclosure(struct ctx *cx, struct request *rq, struct reply *an, const struct own *w)
{
    bool done;
    TRY(once_begin(cx, rq, &done));
    enum err e = done ? OK : once_end(cx, rq, disclosure_ask(cx, w->id, &rq->in));
    return e == OK
               ? back(cx, an, w, "#disclosure", "withdrawal_asked")
               : again(cx, rq, an, w, "disclosure", disclosure_rules, COUNT(disclosure_rules), e);
}

/* --- by receipt key ----------------------------------------------------------------------------- */

static enum err by_key(struct ctx *cx, struct own *w)
{
    if (cx->who.report_id.n == 0)
        return E_NOT_FOUND;
    *w = (struct own){.id = cx->who.report_id,
                      .page = lang_url(cx, "/track/report").s,
                      .base = lang_url(cx, "/track").s,
                      .key = true};
    return OK;
}

#define BY_KEY(name)                                                                               \
    static enum err key_##name(struct ctx *cx, struct request *rq, struct reply *an)               \
    {                                                                                              \
        struct own w;                                                                              \
        TRY(by_key(cx, &w));                                                                       \
        return own_##name(cx, rq, an, &w);                                                         \
    }
BY_KEY(show)
BY_KEY(say)
BY_KEY(answer)
BY_KEY(inquire)
BY_KEY(consents)
BY_KEY(withdraw)
BY_KEY(disclosure)

static enum err key_file(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct own w;
    TRY(by_key(cx, &w));
    TRY(access_report(cx, w.id, &rq->acc));
    return file_send(cx, rq, an, NO_STR, w.id, rq->seg[0]);
}

static enum err key_sign_out(struct ctx *cx, struct request *rq, struct reply *an)
{
    if (rq->session.n > 0)
        TRY(session_end(cx, rq->session));
    session_clear(cx, an);
    return redirect(cx, an, lang_url(cx, "/track"), "sign_out");
}

/* clang-format off */
static const struct route table[] = {
    {GET,  S_INIT("/{lang}/track/report"),   NEED_FINDER, OF_NOTHING, 0, key_show,     0, 0, NULL},
    {POST, S_INIT("/{lang}/track/say"),      NEED_FINDER, OF_NOTHING, 0, key_say,      ROUTE_UPLOAD, FILES_BODY_MAX, NULL},
    {POST, S_INIT("/{lang}/track/answer"),   NEED_FINDER, OF_NOTHING, 0, key_answer,   0, 0, NULL},
    {POST, S_INIT("/{lang}/track/inquire"),  NEED_FINDER, OF_NOTHING, 0, key_inquire,  0, 8192, NULL},
    {POST, S_INIT("/{lang}/track/consents"), NEED_FINDER, OF_NOTHING, 0, key_consents, 0, 0, NULL},
    {POST, S_INIT("/{lang}/track/withdraw"), NEED_FINDER, OF_NOTHING, 0, key_withdraw, 0, 0, NULL},
    {POST, S_INIT("/{lang}/track/disclosure"), NEED_FINDER, OF_NOTHING, 0, key_disclosure, 0, 0, NULL},
    {GET,  S_INIT("/{lang}/track/files/{}"), NEED_FINDER, OF_NOTHING, 0, key_file,     0, 0, NULL},
    {POST, S_INIT("/{lang}/track/sign-out"), NEED_FINDER, OF_NOTHING, 0, key_sign_out, 0, 8192, NULL},
};
/* clang-format on */
const struct routes track_routes = {table, COUNT(table)};
