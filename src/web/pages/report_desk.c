/* report_desk.c - see report_desk.h. */
#include "web/pages/report_desk.h"

#include "app/tables.h"
#include "web/field.h"
#include "web/frame.h"
#include "web/once.h"

/* What can be done here, in the order of the buttons: the main one first. */
static const struct act {
    const char *name, *place, *done;
    enum word title, text, send;
    bool guarded; /* by the report's revision as it was seen */
} acts[DESK_ACTS] = {
    [DESK_ACCEPT] = {"accept", "", "accepted", W_desk_accept, W_desk_accept_sees,
                     W_desk_accept_send, true},
    [DESK_REFUSE] = {"refuse", "", "refused", W_desk_refuse, W_desk_refuse_sees, W_desk_refuse_send,
                     true},
    [DESK_TRIAGE] = {"triage", "#notes", "triaged", W_desk_triage, W_desk_triage_sees,
                     W_desk_triage_send, false},
    [DESK_SITE] = {"site", "#notes", "site_notified", W_desk_notify, W_desk_notify_sees,
                   W_desk_notify_send, true},
    [DESK_ANALYST] = {"analyst", "", "analyst_asked", W_desk_analyst, W_desk_analyst_sees,
                      W_desk_analyst_send, false},
    [DESK_CLOSE] = {"close", "", "closed", W_desk_close, W_desk_close_sees, W_desk_close_send,
                    false},
    [DESK_ANSWER] = {"site-answer", "#notes", "site_answered", W_desk_answer, W_desk_answer_sees,
                     W_desk_answer_send, false},
    [DESK_SAY] = {"say", "#talk", "said", W_desk_talk, W_desk_say_sees, W_desk_say, false},
};

static bool may(const struct report_view *r, enum desk_act act)
{
    switch (act) {
    case DESK_ACCEPT:
    case DESK_REFUSE: return r->may_decide;
    case DESK_TRIAGE: return r->is_intake && !r->ended.is;
    case DESK_SITE: return r->may_notify;
    case DESK_ANALYST: return r->may_ask;
    case DESK_CLOSE: return r->may_end;
    case DESK_ANSWER: return r->may_answer;
    case DESK_SAY: return r->may_say;
    case DESK_ACTS: break;
    }
    return false;
}

/* The fields of an act. */
static enum err rules_of(struct ctx *cx, const struct report_view *r, enum desk_act act,
                         const struct field_rule **rules, size_t *n)
{
    enum report_kind kind = REPORT_PRODUCT;
    (void)report_kind_find(r->kind, &kind);
    *n = COUNT(report_refuse_rules);
    switch (act) {
    case DESK_ACCEPT: *rules = report_accept_rules(cx, kind, n); return OK;
    case DESK_REFUSE: return report_refuse_form(cx, r->kind, rules);
    case DESK_CLOSE: return report_close_form(cx, r->kind, rules);
    case DESK_SITE: return report_site_form(cx, rules);
    case DESK_ANALYST: *n = COUNT(report_analyst_rules); return report_analyst_form(cx, rules);
    case DESK_TRIAGE:
        *rules = report_triage_rules;
        *n = COUNT(report_triage_rules);
        return OK;
    case DESK_ANSWER:
        *rules = report_answer_rules;
        *n = COUNT(report_answer_rules);
        return OK;
    case DESK_SAY:
    case DESK_ACTS: break;
    }
    *rules = report_say_rules;
    *n = COUNT(report_say_rules);
    return OK;
}

static url act_url(struct ctx *cx, const struct report_view *r, const char *name)
{
    return url_seg(cx->a, lang_url(cx, "/reports/").s, r->id, str_fmt(cx->a, "/%s", name));
}

static url report_url(struct ctx *cx, str id)
{
    return url_seg(cx->a, lang_url(cx, "/reports/").s, id, S(""));
}

/* --- parts of the page -------------------------------------------------------------------------- */

static void fill_buttons(struct ctx *cx, const struct report_view *r, struct desk_view *v)
{
    struct desk_button *b = NEWS(cx->a, struct desk_button, DESK_ACTS);
    str here = report_url(cx, r->id).s;
    for (enum desk_act a = 0; a < DESK_SAY; a++) {
        bool first = v->nbuttons == 0 && a != DESK_TRIAGE;
        if (may(r, a))
            b[v->nbuttons++] = (struct desk_button){
                .label = word(cx->lang, acts[a].title),
                .css = first ? S("btn") : S("btn sec"),
                .href = {str_fmt(cx->a, "%.*s?act=%s#act", SV(here), acts[a].name)}};
    }
    v->buttons = b;
}

/* What a form begins with: the details for an operator are what was reported, to be cut. */
static struct input begin_with(struct ctx *cx, const struct report_view *r, enum desk_act act)
{
    static const str told[] = {S_INIT("url"), S_INIT("steps"), S_INIT("result"), S_INIT("threat")};
    struct input in = {0};
    buf b = {.a = cx->a};
    for (size_t i = 0; act == DESK_SITE && i < r->nitems; i++)
        for (size_t k = 0; k < COUNT(told); k++)
            if (str_eq(r->items[i].field, told[k])) {
                struct field_rule rule = {.name = told[k]};
                buf_putf(&b, "%s%.*s\n%.*s\n", b.n ? "\n" : "",
                         SV(field_label(cx->a, &rule, cx->lang)), SV(r->items[i].value));
            }
    input_preset(cx, &in, S("details"), buf_str(&b));
    return in;
}

static enum err fill_act(struct ctx *cx, const struct request *rq, const struct report_view *r,
                         enum desk_act act, bool again, struct desk_view *v)
{
    const struct field_rule *rules;
    size_t n;
    struct input begin = {0};
    TRY(rules_of(cx, r, act, &rules, &n));
    if (!again)
        begin = begin_with(cx, r, act);
    v->open = true;
    v->act_title = word(cx->lang, acts[act].title);
    v->act_text = word(cx->lang, acts[act].text);
    v->act_send = word(cx->lang, acts[act].send);
    v->problems = form_problems(cx, rules, n);
    v->act_fields = form_fields(cx, rules, n, again ? &rq->in : &begin);
    v->act_hidden = acts[act].guarded ? hidden_number(cx, "rev", r->rev) : (html){S("")};
    v->act = act_url(cx, r, acts[act].name);
    return OK;
}

static enum err fill_similar(struct ctx *cx, const struct report_view *r, struct desk_view *v)
{
    struct found found;
    if (!r->may_decide)
        return OK;
    TRY(report_similar(cx, r, &found));
    struct desk_similar *s = NEWS(cx->a, struct desk_similar, found.n + 1);
    for (size_t i = 0; i < found.n; i++) {
        const struct found_case *f = &found.v[i];
        bool of_case = f->case_id.p != NULL;
        s[i] = (struct desk_similar){
            .title = f->title,
            .lang = other_lang(cx, f->title_lang),
            .number = of_case ? f->number : f->receipt,
            .excerpt = f->ntexts ? f->texts[0].excerpt : S(""),
            .href = of_case ? url_seg(cx->a, lang_url(cx, "/cases/").s, f->number, S(""))
                            : report_url(cx, f->report_id)};
    }
    v->similar = s;
    v->nsimilar = found.n;
    return OK;
}

static html say_fields(struct ctx *cx, const struct request *rq, bool again)
{
    html text = form_field(cx, &report_say_rules[0], again ? &rq->in : NULL);
    struct request none = {.http = rq->http};
    html files = files_field(cx, again ? rq : &none, "files");
    return (html){str_join(cx->a, text.s, files.s)};
}

static void fill_identity(struct ctx *cx, const struct report_view *r, struct desk_view *v)
{
    v->title = words_own_title(cx->a, cx->lang, .receipt = r->receipt);
    for (size_t i = 0; i < r->nitems; i++)
        if (str_eq(r->items[i].field, S("product")) || str_eq(r->items[i].field, S("url"))) {
            v->title = r->items[i].value;
            v->title_lang = other_lang(cx, r->lang);
            break;
        }
    v->receipt = r->receipt;
    v->kind = report_kind_word(cx, r->kind);
    v->source = report_source_word(cx, r->source);
    v->state = report_state_word(cx, r->state);
    v->look = report_look(r->state);
    v->outcome = disposition_word(cx->app->tables, r->disposition, cx->lang);
    v->recipient = r->recipient;
    v->lang_name = word(str_eq(r->lang, S("en")) ? LANG_EN : LANG_JA, W_this_language);
    v->stages = report_stages(cx, r);
    v->next = report_next(cx, r);
    if (r->case_number.n > 0) {
        v->number = str_fmt(cx->a, "%.*s#%.*s", SV(cx->app->number_prefix), SV(r->case_number));
        v->case_href = url_seg(cx->a, lang_url(cx, "/cases/").s, r->case_number, S(""));
    }
}

/* open: the form that is shown; again: with what came and its problems. */
static enum err draw(struct ctx *cx, struct request *rq, struct reply *an,
                     const struct report_view *r, enum desk_act open, bool again)
{
    str files = str_join(cx->a, report_url(cx, r->id).s, S("/files/"));
    bool content = r->nitems > 0;
    struct desk_view v = {
        .csrf = csrf_field(cx, rq),
        .once = once_field(cx),
        .self = lang_url(cx, "/reports"),
        .sees_content = content,
        .sees_identity = r->sees_identity,
        .sent = report_pairs(cx, r, false),
        .consents = report_consents(cx, r),
        .files = report_files(cx, r, files),
        .sees_talk = r->may_say,
        .may_say = r->may_say,
        .talk = report_talk(cx, r, true, files),
        .beside = report_talk(cx, r, false, files),
        .say_act = act_url(cx, r, "say"),
        .site = r->site,
        .helpers = r->helpers,
        .nhelpers = r->nhelpers,
        .history = {r->history, r->nhistory},
    };
    fill_identity(cx, r, &v);
    fill_buttons(cx, r, &v);
    v.has_files = v.files.s.n > 0;
    if (open < DESK_SAY)
        TRY(fill_act(cx, rq, r, open, again, &v));
    else if (again && open == DESK_SAY)
        v.problems = form_problems(cx, report_say_rules, COUNT(report_say_rules));
    if (r->may_say)
        v.say = say_fields(cx, rq, again && open == DESK_SAY);
    TRY(fill_similar(cx, r, &v));
    an->title = words_own_title(cx->a, cx->lang, .receipt = r->receipt);
    an->nav = S("reports");
    an->amber = true;
    tpl_report_desk(&an->out, &v);
    return OK;
}

enum err desk_show(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct report_view *r = NEW(cx->a, struct report_view);
    str name = query_get(rq, "act");
    enum desk_act open = DESK_ACTS;
    TRY(report_view(cx, rq->id, r));
    for (enum desk_act a = 0; a < DESK_SAY; a++)
        if (str_eq(name, str_z(acts[a].name)) && may(r, a))
            open = a;
    return draw(cx, rq, an, r, open, false);
}

/* --- doing -------------------------------------------------------------------------------------- */

static enum err run(struct ctx *cx, struct request *rq, enum desk_act act, i64 rev)
{
    const struct input *in = &rq->in;
    str case_id;
    switch (act) {
    case DESK_ACCEPT: return report_accept(cx, rq->id, rev, in, &case_id);
    case DESK_REFUSE: return report_refuse(cx, rq->id, rev, in);
    case DESK_TRIAGE: return report_triage(cx, rq->id, in);
    case DESK_SITE: return report_notify_site(cx, rq->id, rev, in);
    case DESK_ANALYST: return report_ask_analyst(cx, rq->id, in);
    case DESK_CLOSE: return report_close(cx, rq->id, in);
    case DESK_ANSWER: return report_site_answer(cx, rq->id, in);
    case DESK_SAY: return report_say(cx, rq->id, in);
    case DESK_ACTS: break;
    }
    return E_NOT_FOUND;
}

/* It could not be done: the page as it is now, with what was typed. */
static enum err again(struct ctx *cx, struct request *rq, struct reply *an, enum desk_act act,
                      enum err e)
{
    struct report_view *r = NEW(cx->a, struct report_view);
    if (e != E_INVALID && e != E_CONFLICT)
        return e;
    TRY(report_view(cx, rq->id, r));
    an->status = e == E_CONFLICT ? HTTP_CONFLICT : HTTP_UNPROCESSABLE;
    if (e == E_CONFLICT)
        (void)wrong(cx, S(""), S("moved_on"));
    return draw(cx, rq, an, r, act, true);
}

enum err desk_do(struct ctx *cx, struct request *rq, struct reply *an, enum desk_act act)
{
    i64 rev = 0;
    bool done = false;
    enum err e = OK;
    if (acts[act].guarded)
        TRY(input_i64(cx, rq, "rev", &rev));
    if (act == DESK_SAY)
        e = files_take(cx, rq, "files");
    if (e == OK)
        e = once_begin(cx, rq, &done);
    if (e == OK && !done)
        e = once_end(cx, rq, run(cx, rq, act, rev));
    if (e != OK)
        return again(cx, rq, an, act, e);
    str to = str_join(cx->a, report_url(cx, rq->id).s, str_z(acts[act].place));
    return redirect(cx, an, (url){to}, acts[act].done);
}
