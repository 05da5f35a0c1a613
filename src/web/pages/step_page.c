/* step_page.c - see step_page.h. */
#include "web/pages/step_page.h"

#include "app/talk.h"
#include "web/frame.h"
#include "web/once.h"

/* --- showing ------------------------------------------------------------------------------------ */

/* Where the person came from, which is where an act leads back to. */
static str back_of(const struct request *rq)
{
    bool post = rq->route->method == POST;
    str back = post ? input_get(&rq->in, S("back")) : query_get(rq, "back");
    return str_eq(back, S("inbox")) ? back : S("");
}

static str lane_of(const struct request *rq)
{
    str lane = rq->route->method == POST ? input_get(&rq->in, S("lane")) : query_get(rq, "lane");
    return lane.n ? lane : S("");
}

static const struct crumb *crumbs_of(struct ctx *cx, const struct case_ident *ident, str back)
{
    struct crumb *c = NEWS(cx->a, struct crumb, 3);
    c[0] = back.n > 0 ? (struct crumb){word(cx->lang, W_nav_inbox), lang_url(cx, "/inbox")}
                      : (struct crumb){word(cx->lang, W_nav_cases), lang_url(cx, "/cases")};
    c[1] = (struct crumb){ident->number, {case_base(cx, ident->digits)}};
    return c;
}

/* moved: an act came too late; what was typed is kept where it cannot stand in a form. */
static enum err draw(struct ctx *cx, struct request *rq, struct reply *an,
                     const struct step_typed *typed, bool moved)
{
    struct case_ident ident;
    struct step_view v;
    struct step_card card;
    str back = back_of(rq);
    TRY(case_step_view(cx, rq->id, rq->acc, lane_of(rq), rq->seg[1], &ident, &v));
    bool again = typed && (typed->form ? v.may_sign || v.may_note : v.may_perform);
    TRY(step_card_make(cx, rq, &ident, &v, moved && !again ? NULL : typed, back, &card));
    if (moved)
        step_card_moved(cx, ident.flow, &rq->in, &card);
    card.alone = true;
    card.close = back.n > 0 ? lang_url(cx, "/inbox") : (url){case_base(cx, ident.digits)};
    card.close_word = word(cx->lang, back.n > 0 ? W_step_to_inbox : W_step_to_case);
    struct crumb *crumbs = (struct crumb *)(uintptr_t)crumbs_of(cx, &ident, back);
    crumbs[2] = (struct crumb){.label = v.step, .href = {S("")}};
    struct step_page p = {
        .ident = &ident,
        .card = &card,
        .crumbs = crumbs,
        .ncrumbs = 3,
        .heading = str_fmt(cx->a, "%.*s %.*s", SV(v.step), SV(v.title)),
    };
    an->title = str_fmt(cx->a, "%.*s %.*s", SV(p.heading), SV(ident.number));
    an->nav = back.n > 0 ? S("inbox") : S("cases");
    an->amber = true;
    tpl_step_page(&an->out, &p);
    return OK;
}

static enum err show(struct ctx *cx, struct request *rq, struct reply *an)
{
    return draw(cx, rq, an, NULL, false);
}

/* --- acts --------------------------------------------------------------------------------------- */

static struct step_ref ref_of(const struct request *rq)
{
    return (struct step_ref){.case_id = rq->id, .lane = lane_of(rq), .step = rq->seg[1]};
}

/* Back to the inbox, to the board, or to the step itself where more is to be done there. */
static enum err go_on(struct ctx *cx, const struct request *rq, struct reply *an, const char *done,
                      bool stay)
{
    url to = lang_url(cx, "/inbox");
    if (stay)
        to = step_alone(cx->a, case_base(cx, rq->seg[0]), lane_of(rq), rq->seg[1]);
    else if (back_of(rq).n == 0)
        to = (url){str_join(cx->a, case_base(cx, rq->seg[0]), S("#now"))};
    if (stay && back_of(rq).n > 0)
        to = url_query(cx->a, to, S("back"), S("inbox"));
    return redirect(cx, an, to, done);
}

typedef enum err act_fn(struct ctx *cx, struct request *rq, const struct step_ref *ref);

/* form: as in struct step_typed. */
static enum err run_act(struct ctx *cx, struct request *rq, struct reply *an, const char *form,
                        act_fn *act, const char *word_done, bool stay)
{
    struct step_ref ref = ref_of(rq);
    struct step_typed typed = {form, &rq->in};
    bool done;
    TRY(once_begin(cx, rq, &done));
    if (done)
        return go_on(cx, rq, an, word_done, stay);
    enum err e = once_end(cx, rq, act(cx, rq, &ref));
    if (e == OK)
        return go_on(cx, rq, an, word_done, stay);
    if (e != E_INVALID && e != E_CONFLICT)
        return e;
    an->status = e == E_INVALID ? HTTP_UNPROCESSABLE : HTTP_CONFLICT;
    return draw(cx, rq, an, &typed, e == E_CONFLICT);
}

static enum err perform(struct ctx *cx, struct request *rq, const struct step_ref *ref)
{
    i64 round, hop;
    TRY(input_i64(cx, rq, "round", &round));
    TRY(input_i64(cx, rq, "hop", &hop));
    return step_perform(cx, ref, round, hop, &rq->in);
}

static enum err draft(struct ctx *cx, struct request *rq, const struct step_ref *ref)
{
    i64 hop, rev, now;
    TRY(input_i64(cx, rq, "hop", &hop));
    TRY(input_i64(cx, rq, "rev", &rev));
    return step_save_draft(cx, ref, hop, rev, &rq->in, &now);
}

static enum err sign(struct ctx *cx, struct request *rq, const struct step_ref *ref)
{
    i64 round;
    enum actor kind;
    TRY(input_i64(cx, rq, "round", &round));
    if (!actor_find(input_get(&rq->in, S("kind")), &kind))
        return E_NOT_FOUND;
    return step_sign(cx, ref, round, kind, &rq->in);
}

static enum err invite(struct ctx *cx, struct request *rq, const struct step_ref *ref)
{
    return step_invite(cx, ref, &rq->in);
}

static enum err skip(struct ctx *cx, struct request *rq, const struct step_ref *ref)
{
    return step_skip(cx, ref, &rq->in);
}

static enum err due(struct ctx *cx, struct request *rq, const struct step_ref *ref)
{
    return step_set_due(cx, ref, &rq->in);
}

static enum err note(struct ctx *cx, struct request *rq, const struct step_ref *ref)
{
    str id;
    (void)ref;
    return talk_post(cx, rq->id, &rq->in, &id);
}

static enum err do_perform(struct ctx *cx, struct request *rq, struct reply *an)
{
    return run_act(cx, rq, an, NULL, perform, "step", false);
}

static enum err do_draft(struct ctx *cx, struct request *rq, struct reply *an)
{
    return run_act(cx, rq, an, NULL, draft, "draft", true);
}

static enum err do_sign(struct ctx *cx, struct request *rq, struct reply *an)
{
    return run_act(cx, rq, an, "sign", sign, "signed", false);
}

static enum err do_invite(struct ctx *cx, struct request *rq, struct reply *an)
{
    return run_act(cx, rq, an, "invite", invite, "invited", true);
}

static enum err do_skip(struct ctx *cx, struct request *rq, struct reply *an)
{
    return run_act(cx, rq, an, "skip", skip, "skipped", false);
}

static enum err do_due(struct ctx *cx, struct request *rq, struct reply *an)
{
    return run_act(cx, rq, an, "due", due, "due", true);
}

static enum err do_note(struct ctx *cx, struct request *rq, struct reply *an)
{
    return run_act(cx, rq, an, "note", note, "note", true);
}

/* clang-format off */
enum { BODY = 1 << 20 };
static const struct route table[] = {
    {GET,  S_INIT("/{lang}/cases/{}/steps/{}"),        NEED_PERSON, OF_CASE, 0, show,       0, 0, NULL},
    {POST, S_INIT("/{lang}/cases/{}/steps/{}"),        NEED_PERSON, OF_CASE, 0, do_perform, 0, BODY, NULL},
    {POST, S_INIT("/{lang}/cases/{}/steps/{}/draft"),  NEED_PERSON, OF_CASE, 0, do_draft,   0, BODY, NULL},
    {POST, S_INIT("/{lang}/cases/{}/steps/{}/sign"),   NEED_PERSON, OF_CASE, 0, do_sign,    0, 0, NULL},
    {POST, S_INIT("/{lang}/cases/{}/steps/{}/invite"), NEED_PERSON, OF_CASE, 0, do_invite,  0, 0, NULL},
    {POST, S_INIT("/{lang}/cases/{}/steps/{}/skip"),   NEED_PERSON, OF_CASE, 0, do_skip,    0, 0, NULL},
    {POST, S_INIT("/{lang}/cases/{}/steps/{}/due"),    NEED_PERSON, OF_CASE, 0, do_due,     0, 0, NULL},
    {POST, S_INIT("/{lang}/cases/{}/steps/{}/note"),   NEED_PERSON, OF_CASE, 0, do_note,    0, 0, NULL},
};
/* clang-format on */
const struct routes step_routes = {table, COUNT(table)};
