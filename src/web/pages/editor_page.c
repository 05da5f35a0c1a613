/* editor_page.c - see editor_page.h; what the page shows is in editor_fill.c. */
#include "web/pages/editor_page.h"

#include "app/case_view.h"
#include "app/release_plan.h"
#include "web/field.h"
#include "web/pages/editor_own.h"
#include "web/public.h"

enum { BODY = 4 << 20 }; /* 24 sections of 20,000 characters, percent-encoded */

/* --- the page --------------------------------------------------------------------------------- */

static void fill_ident(struct ctx *cx, const struct request *rq, const struct case_ident *id,
                       struct editor_view *v)
{
    v->number = id->number;
    v->title = id->title.n > 0 ? id->title : word(cx->lang, W_editor_title);
    v->title_lang = id->title.n > 0 ? id->title_lang : cx->lang == LANG_JA ? S("ja") : S("en");
    v->tlp = id->tlp;
    v->score = id->score;
    v->cases = lang_url(cx, "/cases");
    v->case_href = editor_url(cx, rq, "");
    v->page = editor_url(cx, rq, "/advisory");
    v->preview_post = editor_url(cx, rq, "/advisory#preview");
    v->publish = editor_url(cx, rq, "/steps/5.2.2");
}

static void fill_forms(struct ctx *cx, const struct request *rq, const struct editing *e,
                       struct editor_view *v)
{
    size_t n;
    const struct field_rule *rules = editor_rules(cx, &n);
    v->csrf = csrf_field(cx, rq);
    v->rev = hidden_number(cx, "rev", e->adv.rev);
    v->problems = form_problems(cx, rules, n);
    if (v->may_update)
        v->update_fields =
            form_fields(cx, advisory_update_rules, COUNT(advisory_update_rules), e->typed);
    if (v->may_withdraw)
        v->withdraw =
            (struct edit_form){.id = S("withdraw"),
                               .label = word(cx->lang, W_editor_withdraw),
                               .text = word(cx->lang, W_editor_withdraw_sees),
                               .button = word(cx->lang, W_editor_withdraw_do),
                               .problems = {S("")},
                               .fields = form_fields(cx, advisory_withdraw_rules,
                                                     COUNT(advisory_withdraw_rules), e->typed),
                               .act = editor_url(cx, rq, "/advisory/withdraw")};
}

static enum err draw(struct ctx *cx, struct request *rq, struct reply *an, const struct editing *e)
{
    struct editor_view *v = NEW(cx->a, struct editor_view);
    struct case_ident id;
    *v = (struct editor_view){.csrf = {S("")}, .rev = {S("")}, .problems = {S("")}};
    v->update_fields = (html){S("")};
    TRY(case_head(cx, rq->id, rq->acc, &id));
    fill_ident(cx, rq, &id, v);
    v->may_release = access_has(rq->acc, AUD_RELEASE);
    v->release = editor_url(cx, rq, "/release");
    TRY(release_is_needed(cx, &v->needs_plan));
    TRY(editor_fill(cx, rq, e, v));
    TRY(editor_previews(cx, rq->id, &e->adv, e->adv.may_edit ? e->typed : NULL, &v->previews));
    fill_forms(cx, rq, e, v);
    an->title = str_fmt(cx->a, "%.*s %.*s", SV(word(cx->lang, W_editor_title)), SV(id.number));
    an->nav = S("advisories");
    an->amber = true;
    tpl_editor(&an->out, v);
    return OK;
}

static enum err show(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct editing *e = NEW(cx->a, struct editing);
    *e = (struct editing){0};
    TRY(advisory_view(cx, rq->id, &e->adv));
    http_put((struct http_request *)(uintptr_t)rq->http, an->rs, S("ETag"),
             str_fmt(cx->a, "\"%lld\"", (long long)e->adv.rev));
    return draw(cx, rq, an, e);
}

/* The page with what was typed, and what is wrong with it. */
static enum err draw_again(struct ctx *cx, struct request *rq, struct reply *an, enum err why)
{
    struct editing *e = NEW(cx->a, struct editing);
    *e = (struct editing){.typed = &rq->in, .conflict = why == E_CONFLICT};
    app_read_end(cx);
    TRY(advisory_view(cx, rq->id, &e->adv));
    if (why != OK)
        an->status = why == E_CONFLICT ? HTTP_CONFLICT : HTTP_UNPROCESSABLE;
    return draw(cx, rq, an, e);
}

/* --- acts ------------------------------------------------------------------------------------- */

static enum err ask(struct ctx *cx, struct request *rq, i64 rev)
{
    return advisory_ask(cx, rq->id, rev);
}

static enum err update(struct ctx *cx, struct request *rq, i64 rev)
{
    return advisory_update(cx, rq->id, rev, &rq->in);
}

static enum err english(struct ctx *cx, struct request *rq, i64 rev)
{
    return advisory_release_english(cx, rq->id, rev);
}

/* What a button does after the text was saved. */
static const struct {
    str name;
    enum err (*run)(struct ctx *cx, struct request *rq, i64 rev);
    const char *done;
} acts[] = {
    {S_INIT("save"), NULL, "draft_saved"},
    {S_INIT("ask"), ask, "draft_asked"},
    {S_INIT("update"), update, "advisory_updated"},
    {S_INIT("english"), english, "english_released"},
};

static enum err run_act(struct ctx *cx, struct request *rq, size_t act)
{
    i64 rev;
    TRY(input_i64(cx, rq, "rev", &rev));
    TRY(advisory_save(cx, rq->id, rev, &rq->in, &rev));
    return acts[act].run ? acts[act].run(cx, rq, rev) : OK;
}

static enum err act_of(struct ctx *cx, struct request *rq, struct reply *an, size_t act)
{
    enum err e = run_act(cx, rq, act);
    if (e == E_INVALID || e == E_CONFLICT)
        return draw_again(cx, rq, an, e);
    TRY(e);
    return redirect(cx, an, editor_url(cx, rq, "/advisory"), acts[act].done);
}

/* A box without a tick is not sent. */
static void read_box(struct ctx *cx, struct request *rq)
{
    if (input_get(&rq->in, S("with_critical")).p && input_get(&rq->in, S("critical")).p == NULL)
        input_put(cx->a, &rq->in, S("critical"), S("no"));
}

static enum err post(struct ctx *cx, struct request *rq, struct reply *an)
{
    str what = input_get(&rq->in, S("do"));
    struct advisory adv;
    read_box(cx, rq);
    TRY(advisory_view(cx, rq->id, &adv));
    if (!adv.may_edit)
        return E_DENIED;
    if (str_eq(what, S("preview")))
        return draw_again(cx, rq, an, OK);
    for (size_t i = 0; i < COUNT(acts); i++)
        if (str_eq(what, acts[i].name))
            return act_of(cx, rq, an, i);
    return act_of(cx, rq, an, 0); /* the enter key presses no button */
}

static enum err withdraw(struct ctx *cx, struct request *rq, struct reply *an)
{
    i64 rev;
    enum err e = input_i64(cx, rq, "rev", &rev);
    if (e == OK)
        e = advisory_withdraw(cx, rq->id, rev, &rq->in);
    if (e == E_INVALID || e == E_CONFLICT)
        return draw_again(cx, rq, an, e);
    TRY(e);
    return redirect(cx, an, editor_url(cx, rq, "/advisory"), "advisory_withdrawn");
}

/* For the script: the previews alone. */
static enum err preview(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct edit_previews *v = NEW(cx->a, struct edit_previews);
    struct advisory *adv = NEW(cx->a, struct advisory);
    TRY(advisory_view(cx, rq->id, adv));
    if (!adv->may_edit)
        return E_DENIED;
    TRY(editor_previews(cx, rq->id, adv, &rq->in, v));
    tpl_edit_previews(&an->out, v);
    an->content_type = S("text/html; charset=utf-8");
    an->raw = an->out.b;
    return OK;
}

/* clang-format off */
static const struct route table[] = {
    {GET,  S_INIT("/{lang}/cases/{}/advisory"),          NEED_PERSON, OF_CASE, 1U << AUD_DRAFT, show,            0, 0, NULL},
    {POST, S_INIT("/{lang}/cases/{}/advisory"),          NEED_PERSON, OF_CASE, 1U << AUD_DRAFT, post,            0, BODY, NULL},
    {POST, S_INIT("/{lang}/cases/{}/advisory/preview"),  NEED_PERSON, OF_CASE, 1U << AUD_DRAFT, preview,         0, BODY, NULL},
    {POST, S_INIT("/{lang}/cases/{}/advisory/withdraw"), NEED_PERSON, OF_CASE, 1U << AUD_DRAFT, withdraw,        0, 0, NULL},
    {GET,  S_INIT("/{lang}/cases/{}/advisory/{}/{}"),    NEED_PERSON, OF_CASE, 1U << AUD_DRAFT, editor_revision, 0, 0, NULL},
};
/* clang-format on */
const struct routes editor_routes = {table, COUNT(table)};
