/* release_page.c - see release_page.h. */
#include "web/pages/release_own.h"

#include "app/case_view.h"
#include "app/release_kept.h"
#include "web/frame.h"

static url here(struct ctx *cx, const struct request *rq, const char *tail)
{
    return url_seg(cx->a, lang_url(cx, "/cases/").s, rq->seg[0],
                   str_fmt(cx->a, "/release%s", tail));
}

static url of_plan(struct ctx *cx, const struct request *rq, str id, const char *act)
{
    return url_seg(cx->a, here(cx, rq, "/").s, id, str_z(act));
}

/* As they go out. */
static const enum lang in_order[LANG_COUNT] = {LANG_JA, LANG_EN};

/* --- plans that are open ------------------------------------------------------------------------ */

static void fill_lines(struct ctx *cx, const struct release_plan *p, struct rel_plan *out)
{
    out->line_ja = p->order.text[LANG_JA];
    out->line_en = p->order.text[LANG_EN];
    out->line_label =
        word(cx->lang, p->order.kind == RELEASE_WITHDRAWAL ? W_release_reason : W_release_line);
}

static void fill_acts(struct ctx *cx, const struct request *rq, const struct release_plan *p,
                      struct rel_plan *out)
{
    out->own = str_eq(p->planned_by, cx->who.person_id) && p->state != RELEASE_APPROVED;
    out->may_approve = p->may_approve && out->dry.ready;
    out->may_unapprove = p->may_unapprove;
    out->may_cancel = p->may_cancel;
    out->may_run = p->may_run;
    out->approve = of_plan(cx, rq, p->id, "/approve");
    out->unapprove = of_plan(cx, rq, p->id, "/unapprove");
    out->cancel = of_plan(cx, rq, p->id, "/cancel");
    out->run = of_plan(cx, rq, p->id, "/run");
    out->rehearse = of_plan(cx, rq, p->id, "/rehearse");
    buf b = {.a = cx->a};
    buf_put(&b, hidden_number(cx, "rev", p->rev).s);
    buf_put(&b, hidden_field(cx, "built", out->dry.digest).s);
    out->hidden = (html){buf_str(&b)};
    out->cancel_fields = form_fields_of(cx, str_to_z(cx->a, out->id), release_cancel_rules,
                                        COUNT(release_cancel_rules), NULL);
}

static enum err fill_plan(struct ctx *cx, const struct request *rq, const struct release_plan *p,
                          const struct release_offer *offer, struct rel_plan *out)
{
    opt_i64 due = offer->lang[p->order.lang].due;
    *out = (struct rel_plan){
        .id = str_join(cx->a, S("p-"), p->id),
        .what = release_what(cx, &p->order),
        .state = release_word(cx, "release_state_", release_state_name(p->state)),
        .look = release_look(p->state),
        .at = p->order.at,
        .zone_at = release_in_zone(cx, p->order.at, p->zone),
        .other_zone = p->zone != cx->zone,
        .at_once = release_at_once(p),
        .planner = p->planner,
        .planned_at = p->planned_at,
        .approver = p->approved_at.is ? p->approver : S(""),
        .approved_at = p->approved_at.v,
        .is_held = p->held_at.is,
        .is_stale = p->state == RELEASE_STALE,
        .held_at = p->held_at.v,
        .held_why = p->held_at.is ? release_word(cx, "problem_", p->held_why) : S(""),
        .has_due = p->order.lang == LANG_EN && due.is,
        .due = due.v,
        .late = due.is && p->order.at > due.v,
    };
    fill_lines(cx, p, out);
    TRY(release_fill_dry(cx, rq->id, p, &out->dry));
    fill_acts(cx, rq, p, out);
    return OK;
}

static void fill_past(struct ctx *cx, const struct release_plan *p, struct rel_past *out)
{
    bool released = p->state == RELEASE_RELEASED;
    *out = (struct rel_past){
        .what = release_what(cx, &p->order),
        .state = release_word(cx, "release_state_", release_state_name(p->state)),
        .look = release_look(p->state),
        .zone_at = release_in_zone(cx, p->order.at, p->zone),
        .planner = p->planner,
        .approver = p->approved_at.is ? p->approver : S(""),
        .why = released                 ? S("")
               : p->cancelled_why.n > 0 ? p->cancelled_why
                                        : word(cx->lang, W_release_overtaken),
        .has_end = true,
        .end = released ? p->released_at.v : p->cancelled_at.v,
        .has_revision = released,
        .revision = p->revision,
    };
}

/* --- what may be planned ------------------------------------------------------------------------- */

static html new_fields(struct ctx *cx, const char *form, enum release_kind kind, i64 at,
                       const struct input *typed)
{
    /* lang and kind are hidden: the form is for one of each */
    size_t n = kind == RELEASE_FIRST ? 2 : 4;
    struct input in = {0};
    input_put(cx->a, &in, S("zone"), zone_name(cx->zone));
    input_put(cx->a, &in, S("at"), time_rfc3339(cx->a, at, cx->zone));
    struct field_rule *rules = NEWS(cx->a, struct field_rule, n);
    for (size_t i = 0; i < n; i++) {
        rules[i] = release_plan_rules[2 + i];
        rules[i].required =
            true; /* instant and zone are filled in; lines: of what is public already */
    }
    return form_fields_of(cx, form, rules, n, typed ? typed : &in);
}

static void fill_new(struct ctx *cx, const struct release_offer *offer, enum lang lang,
                     enum release_kind kind, const struct request *rq, struct release_view *v)
{
    struct rel_new *out = (struct rel_new *)(uintptr_t)&v->news[v->nnews];
    struct release_order o = {.lang = lang, .kind = kind};
    str code = lang == LANG_JA ? S("ja") : S("en"), name = release_kind_name(kind);
    bool typed = rq->in.n > 0 && str_eq(input_get(&rq->in, S("kind")), name) &&
                 str_eq(input_get(&rq->in, S("lang")), code);
    buf b = {.a = cx->a};
    *out = (struct rel_new){.id = str_fmt(cx->a, "new-%.*s-%.*s", SV(code), SV(name)),
                            .what = release_what(cx, &o),
                            .has_due = kind == RELEASE_FIRST && offer->lang[lang].due.is,
                            .due = offer->lang[lang].due.v};
    out->fields = new_fields(cx, str_to_z(cx->a, out->id), kind, offer->lang[lang].at,
                             typed ? &rq->in : NULL);
    buf_put(&b, hidden_field(cx, "lang", code).s);
    buf_put(&b, hidden_field(cx, "kind", name).s);
    out->hidden = (html){buf_str(&b)};
    v->nnews++;
}

static void fill_news(struct ctx *cx, const struct release_offer *offer, const struct request *rq,
                      struct release_view *v)
{
    v->news = NEWS(cx->a, struct rel_new, LANG_COUNT * RELEASE_KINDS);
    for (size_t i = 0; offer->may && i < LANG_COUNT; i++)
        for (enum release_kind k = 0; k < RELEASE_KINDS; k++)
            if (offer->lang[in_order[i]].is[k])
                fill_new(cx, offer, in_order[i], k, rq, v);
}

/* --- the page ---------------------------------------------------------------------------------- */

static enum err fill_plans(struct ctx *cx, const struct request *rq,
                           const struct release_offer *offer, struct release_view *v)
{
    struct release_plan *all;
    size_t n;
    TRY(release_plans(cx, rq->id, &all, &n));
    struct rel_plan *plans = NEWS(cx->a, struct rel_plan, n + 1);
    struct rel_past *past = NEWS(cx->a, struct rel_past, n + 1);
    for (size_t k = 0; k < LANG_COUNT; k++)
        for (size_t i = 0; i < n; i++)
            if (all[i].order.lang == in_order[k] && all[i].state < RELEASE_RELEASED)
                TRY(fill_plan(cx, rq, &all[i], offer, &plans[v->nplans++]));
    for (size_t i = 0; i < n; i++)
        if (all[i].state >= RELEASE_RELEASED)
            fill_past(cx, &all[i], &past[v->npast++]);
    v->plans = plans;
    v->past = past;
    return OK;
}

static enum err draw(struct ctx *cx, struct request *rq, struct reply *an, bool conflict)
{
    struct release_view *v = NEW(cx->a, struct release_view);
    struct case_ident id;
    struct release_offer offer;
    v->problems = form_problems(cx, release_plan_rules, COUNT(release_plan_rules));
    TRY(case_head(cx, rq->id, rq->acc, &id));
    TRY(release_offered(cx, rq->id, &offer));
    fill_news(cx, &offer, rq, v);
    TRY(fill_plans(cx, rq, &offer, v));
    v->number = id.number;
    v->cases = lang_url(cx, "/cases");
    v->case_href = url_seg(cx->a, lang_url(cx, "/cases/").s, rq->seg[0], S(""));
    v->editor = url_seg(cx->a, lang_url(cx, "/cases/").s, rq->seg[0], S("/advisory"));
    v->plan = here(cx, rq, "");
    v->needed = offer.needed;
    v->conflict = conflict;
    v->csrf = csrf_field(cx, rq);
    an->title = str_fmt(cx->a, "%.*s %.*s", SV(word(cx->lang, W_release_title)), SV(id.number));
    an->nav = S("advisories");
    an->amber = true;
    tpl_release(&an->out, v);
    return OK;
}

static enum err show(struct ctx *cx, struct request *rq, struct reply *an)
{
    return draw(cx, rq, an, false);
}

/* --- acts -------------------------------------------------------------------------------------- */

static enum err after(struct ctx *cx, struct request *rq, struct reply *an, enum err e,
                      const char *done)
{
    if (e == E_INVALID || e == E_CONFLICT) {
        app_read_end(cx);
        an->status = e == E_CONFLICT ? HTTP_CONFLICT : HTTP_UNPROCESSABLE;
        return draw(cx, rq, an, e == E_CONFLICT);
    }
    TRY(e);
    return redirect(cx, an, here(cx, rq, ""), done);
}

static enum err add(struct ctx *cx, struct request *rq, struct reply *an)
{
    str id;
    return after(cx, rq, an, release_plan_add(cx, rq->id, &rq->in, &id), "release_planned");
}

static enum err approve(struct ctx *cx, struct request *rq, struct reply *an)
{
    i64 rev;
    enum err e = input_i64(cx, rq, "rev", &rev);
    if (e == OK)
        e = release_plan_approve(cx, rq->id, rq->seg[1], rev, input_get(&rq->in, S("built")));
    return after(cx, rq, an, e, "release_approved");
}

static enum err unapprove(struct ctx *cx, struct request *rq, struct reply *an)
{
    i64 rev;
    enum err e = input_i64(cx, rq, "rev", &rev);
    if (e == OK)
        e = release_plan_unapprove(cx, rq->id, rq->seg[1], rev);
    return after(cx, rq, an, e, "release_unapproved");
}

static enum err cancel(struct ctx *cx, struct request *rq, struct reply *an)
{
    i64 rev;
    enum err e = input_i64(cx, rq, "rev", &rev);
    if (e == OK)
        e = release_plan_cancel(cx, rq->id, rq->seg[1], rev, &rq->in);
    return after(cx, rq, an, e, "release_cancelled");
}

static enum err rehearse(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct release_plan p;
    struct release_dry *d = NEW(cx->a, struct release_dry);
    struct release_made made;
    enum err e = release_plan_get(cx, rq->id, rq->seg[1], &p);
    if (e == OK)
        e = release_rehearsed(cx, rq->id, &p, true, d, &made);
    return after(cx, rq, an, e, "release_rehearsed");
}

static enum err run(struct ctx *cx, struct request *rq, struct reply *an)
{
    return after(cx, rq, an, release_plan_run(cx, rq->id, rq->seg[1]), "release_released");
}

/* clang-format off */
enum { RIGHT = 1U << AUD_RELEASE };
static const struct route table[] = {
    {GET,  S_INIT("/{lang}/cases/{}/release"),              NEED_PERSON, OF_CASE, RIGHT, show, 0, 0, NULL},
    {POST, S_INIT("/{lang}/cases/{}/release"),              NEED_PERSON, OF_CASE, RIGHT, add, 0, 0, NULL},
    {POST, S_INIT("/{lang}/cases/{}/release/{}/approve"),   NEED_PERSON, OF_CASE, RIGHT, approve, 0, 0, NULL},
    {POST, S_INIT("/{lang}/cases/{}/release/{}/unapprove"), NEED_PERSON, OF_CASE, RIGHT, unapprove, 0, 0, NULL},
    {POST, S_INIT("/{lang}/cases/{}/release/{}/cancel"),    NEED_PERSON, OF_CASE, RIGHT, cancel, 0, 0, NULL},
    {POST, S_INIT("/{lang}/cases/{}/release/{}/rehearse"),  NEED_PERSON, OF_CASE, RIGHT, rehearse, ROUTE_APART, 0, NULL},
    {POST, S_INIT("/{lang}/cases/{}/release/{}/run"),       NEED_PERSON, OF_CASE, RIGHT, run, 0, 0, NULL},
};
/* clang-format on */
const struct routes release_routes = {table, COUNT(table)};
