/* case_manage.c - what may be done with a case beside its steps, each act a small form. */
#include "web/pages/case_page.h"

#include "app/product_rows.h"
#include "web/field.h"
#include "web/frame.h"
#include "web/once.h"
#include "web/pages/choices.h"

/* --- the acts ------------------------------------------------------------------------------------ */

typedef enum err run_fn(struct ctx *cx, str case_id, const struct input *in);
typedef enum err lane_fn(struct ctx *cx, str case_id, str lane, const struct input *in);

struct act {
    const char *name;
    enum word heading, text, button;
    const struct field_rule *rules;
    size_t nrules;
    run_fn *run;
    lane_fn *run_lane; /* instead, for acts on one vendor */
};
/* clang-format off */
enum act_at { ACT_TITLE, ACT_DATE, ACT_TLP, ACT_VENDORS, ACT_NAMED, ACT_SHARE, ACT_ANALYST,
              ACT_CLOSE, ACT_REOPEN, ACT_STATUS, ACT_COUNT };
#define RULES(r) (r), COUNT(r)
static const struct act acts[ACT_COUNT] = {
    [ACT_TITLE]   = {"title",   W_act_title,   W_act_title_text,   W_act_title_do,   RULES(title_rules),   case_set_title,    NULL},
    [ACT_DATE]    = {"date",    W_act_date,    W_act_date_text,    W_act_date_do,    RULES(date_rules),    case_set_date,     NULL},
    [ACT_TLP]     = {"tlp",     W_act_tlp,     W_act_tlp_text,     W_act_tlp_do,     RULES(tlp_rules),     case_set_tlp,      NULL},
    [ACT_VENDORS] = {"vendors", W_act_vendors, W_act_vendors_text, W_act_vendors_do, RULES(vendors_rules), case_add_vendors,  NULL},
    [ACT_NAMED]   = {"named",   W_act_named,   W_act_named_text,   W_act_named_do,   RULES(named_rules),   case_name_vendors, NULL},
    [ACT_SHARE]   = {"share",   W_act_share,   W_act_share_text,   W_act_share_do,   RULES(share_rules),   case_share,        NULL},
    [ACT_ANALYST] = {"analyst", W_act_analyst, W_act_analyst_text, W_act_analyst_do, RULES(analyst_rules), case_name_analyst, NULL},
    [ACT_CLOSE]   = {"close",   W_act_close,   W_act_close_text,   W_act_close_do,   RULES(reason_rules),  NULL, case_close_lane},
    [ACT_REOPEN]  = {"reopen",  W_act_reopen,  W_act_reopen_text,  W_act_reopen_do,  RULES(reason_rules),  NULL, case_reopen_lane},
    [ACT_STATUS]  = {"status",  W_act_status,  W_act_status_text,  W_act_status_do,  RULES(status_rules),  NULL, status_change},
};
/* clang-format on */

/* --- as forms ------------------------------------------------------------------------------------ */

/* Fields that name somebody offer who there is. */
static enum err offer(struct ctx *cx, const struct case_view *c, enum act_at at,
                      const struct field_rule **out)
{
    const struct act *act = &acts[at];
    struct field_rule *rules = NEWS(cx->a, struct field_rule, act->nrules);
    for (size_t i = 0; i < act->nrules; i++)
        rules[i] = act->rules[i];
    *out = rules;
    switch ((unsigned)at) {
    case ACT_VENDORS: return vendor_choices(cx, &rules[0]);
    case ACT_SHARE: return sharer_choices(cx, &rules[0]);
    case ACT_ANALYST: return analyst_choices(cx, &rules[0]);
    case ACT_STATUS: return status_form(cx, c->ident.id, out);
    default: return OK;
    }
}

static str lane_name(const struct case_view *c, str lane)
{
    for (size_t i = 0; i < c->nvendors; i++)
        if (str_eq(c->vendors[i].lane, lane))
            return c->vendors[i].name;
    return S("");
}

/* What the contact said last, so that only what changes is typed. */
static void present_status(struct ctx *cx, const struct case_view *c, struct input *in)
{
    for (size_t i = 0; i < c->nvendors; i++) {
        const struct vendor_line *l = &c->vendors[i];
        if (l->said == NULL)
            continue;
        input_preset(cx, in, S("status"), l->said->status);
        input_preset(cx, in, S("statement_ja"), l->said->statement[LANG_JA]);
        input_preset(cx, in, S("statement_en"), l->said->statement[LANG_EN]);
        input_preset(cx, in, S("url"), l->said->url);
        products_preset(cx, S("products"), l->said->products, l->statement, in);
    }
}

static struct input present(struct ctx *cx, const struct case_view *c, enum act_at at)
{
    struct input in = {0};
    const struct case_ident *id = &c->ident;
    if (at == ACT_STATUS)
        present_status(cx, c, &in);
    if (at == ACT_TITLE && id->title.n > 0)
        input_preset(cx, &in, str_join(cx->a, S("title_"), id->title_lang), id->title);
    if (at == ACT_TITLE && id->other.n > 0)
        input_preset(cx, &in, str_join(cx->a, S("title_"), id->other_lang), id->other);
    if (at == ACT_TLP)
        input_preset(cx, &in, S("tlp"), str_from(id->tlp, 4));
    if (at == ACT_DATE && id->planned.is)
        input_preset(cx, &in, S("date"), time_rfc3339(cx->a, id->planned.v, cx->zone));
    if (at == ACT_NAMED)
        input_preset(cx, &in, S("named"), id->names_vendors ? S("yes") : S("no"));
    return in;
}

/* What it is called and where it is done; of a vendor: with the vendor's name. */
static void name_act(struct ctx *cx, const struct case_view *c, enum act_at at, str lane,
                     struct case_act *out)
{
    const struct act *act = &acts[at];
    str base = case_base(cx, c->ident.digits);
    *out = (struct case_act){.heading = word(cx->lang, act->heading),
                             .act = {str_fmt(cx->a, "%.*s/%s", SV(base), act->name)}};
    if (lane.n == 0)
        return;
    str in = url_seg(cx->a, str_join(cx->a, base, S("/lanes/")), lane, S("/")).s;
    out->act.s = str_join(cx->a, in, str_z(act->name));
    out->heading = str_fmt(cx->a, cx->lang == LANG_JA ? "%.*s：%.*s" : "%.*s: %.*s",
                           SV(lane_name(c, lane)), SV(out->heading));
}

/* typed: what came back with problems; NULL: the form as things stand. */
static enum err act_form(struct ctx *cx, const struct case_view *c, enum act_at at, str lane,
                         const struct input *typed, struct case_act *out)
{
    const struct act *act = &acts[at];
    const struct field_rule *rules;
    TRY(offer(cx, c, at, &rules));
    struct input now = present(cx, c, at);
    name_act(cx, c, at, lane, out);
    out->text = word(cx->lang, act->text);
    out->button = word(cx->lang, act->button);
    out->problems = typed ? form_problems(cx, rules, act->nrules) : (html){S("")};
    out->fields = form_fields(cx, rules, act->nrules, typed ? typed : &now);
    return OK;
}

static bool may(const struct case_may *m, enum act_at at)
{
    switch (at) {
    case ACT_TITLE: return m->title;
    case ACT_DATE: return m->date;
    case ACT_TLP: return m->tlp;
    case ACT_VENDORS:
    case ACT_SHARE: return m->share;
    case ACT_NAMED: return m->name_vendors;
    case ACT_ANALYST: return m->analyst;
    case ACT_CLOSE:
    case ACT_REOPEN:
    case ACT_STATUS:
    case ACT_COUNT: break;
    }
    return false;
}

static void add_link(struct ctx *cx, const struct case_view *c, enum act_at at, str lane,
                     struct case_manage *out)
{
    struct case_act *v = (struct case_act *)(uintptr_t)&out->v[out->n++];
    name_act(cx, c, at, lane, v);
}

void case_manage_make(struct ctx *cx, const struct case_view *c, struct case_manage *out)
{
    *out = (struct case_manage){.v = NEWS(cx->a, struct case_act, ACT_COUNT + c->nvendors)};
    for (enum act_at at = 0; at < ACT_CLOSE; at++)
        if (may(&c->may, at))
            add_link(cx, c, at, S(""), out);
    for (size_t i = 0; i < c->nvendors; i++) {
        const struct vendor_line *l = &c->vendors[i];
        if (c->may.close_lane)
            add_link(cx, c, l->closed ? ACT_REOPEN : ACT_CLOSE, l->lane, out);
        else if (l->may_say)
            add_link(cx, c, ACT_STATUS, l->lane, out);
    }
}

/* --- showing and doing --------------------------------------------------------------------------------------- */

/* By the last segment of the path. */
static enum act_at act_of(struct ctx *cx, const struct request *rq)
{
    enum act_at at = 0;
    while (!str_has_suffix(rq->route->path, str_fmt(cx->a, "/%s", acts[at].name)))
        at++;
    return at;
}

static bool is_offered(const struct case_view *c, enum act_at at, str lane)
{
    for (size_t i = 0; i < c->nvendors; i++)
        if (str_eq(c->vendors[i].lane, lane))
            return at == ACT_STATUS ? c->vendors[i].may_say : c->may.close_lane;
    return lane.n == 0 && may(&c->may, at);
}

/* The form alone; typed: what came back with problems. */
static enum err draw(struct ctx *cx, struct request *rq, struct reply *an,
                     const struct input *typed)
{
    struct case_view c;
    struct case_ask ask = {.acc = rq->acc};
    struct case_act form;
    enum act_at at = act_of(cx, rq);
    str lane = rq->nseg > 1 ? rq->seg[1] : S("");
    TRY(case_view(cx, rq->id, &ask, &c));
    if (!is_offered(&c, at, lane))
        return E_NOT_FOUND;
    TRY(act_form(cx, &c, at, lane, typed, &form));
    struct case_manage m = {&form, 1, csrf_field(cx, rq), once_field(cx)};
    struct case_act_page p = {
        .manage = &m, .crumbs = case_crumbs(cx, &c.ident, acts[at].heading), .ncrumbs = 3};
    an->status = typed ? HTTP_UNPROCESSABLE : HTTP_OK;
    an->title = str_fmt(cx->a, "%.*s %.*s", SV(form.heading), SV(c.ident.number));
    an->nav = S("cases");
    an->amber = true;
    tpl_case_act_page(&an->out, &p);
    return OK;
}

static enum err show_act(struct ctx *cx, struct request *rq, struct reply *an)
{
    return draw(cx, rq, an, NULL);
}

static enum err run(struct ctx *cx, struct request *rq, const struct act *act, str lane)
{
    return act->run ? act->run(cx, rq->id, &rq->in) : act->run_lane(cx, rq->id, lane, &rq->in);
}

static enum err do_act(struct ctx *cx, struct request *rq, struct reply *an)
{
    str lane = rq->nseg > 1 ? rq->seg[1] : S("");
    const struct act *act = &acts[act_of(cx, rq)];
    bool done;
    TRY(once_begin(cx, rq, &done));
    enum err e = done ? OK : once_end(cx, rq, run(cx, rq, act, lane));
    if (e == E_INVALID)
        return draw(cx, rq, an, &rq->in);
    TRY(e);
    str back = str_join(cx->a, case_base(cx, rq->seg[0]), lane.n ? S("#vendors") : S("#manage"));
    return redirect(cx, an, (url){back}, act->name);
}

/* clang-format off */
static const struct route table[] = {
    {GET,  S_INIT("/{lang}/cases/{}/title"),           NEED_PERSON, OF_CASE, 0, show_act, 0, 0, NULL},
    {GET,  S_INIT("/{lang}/cases/{}/date"),            NEED_PERSON, OF_CASE, 0, show_act, 0, 0, NULL},
    {GET,  S_INIT("/{lang}/cases/{}/tlp"),             NEED_PERSON, OF_CASE, 0, show_act, 0, 0, NULL},
    {GET,  S_INIT("/{lang}/cases/{}/vendors"),         NEED_PERSON, OF_CASE, 0, show_act, 0, 0, NULL},
    {GET,  S_INIT("/{lang}/cases/{}/named"),           NEED_PERSON, OF_CASE, 0, show_act, 0, 0, NULL},
    {GET,  S_INIT("/{lang}/cases/{}/share"),           NEED_PERSON, OF_CASE, 0, show_act, 0, 0, NULL},
    {GET,  S_INIT("/{lang}/cases/{}/analyst"),         NEED_PERSON, OF_CASE, 0, show_act, 0, 0, NULL},
    {GET,  S_INIT("/{lang}/cases/{}/lanes/{}/close"),  NEED_PERSON, OF_CASE, 0, show_act, 0, 0, NULL},
    {GET,  S_INIT("/{lang}/cases/{}/lanes/{}/reopen"), NEED_PERSON, OF_CASE, 0, show_act, 0, 0, NULL},
    {GET,  S_INIT("/{lang}/cases/{}/lanes/{}/status"), NEED_PERSON, OF_CASE, 0, show_act, 0, 0, NULL},
    {POST, S_INIT("/{lang}/cases/{}/title"),           NEED_PERSON, OF_CASE, 0, do_act, 0, 0, NULL},
    {POST, S_INIT("/{lang}/cases/{}/date"),            NEED_PERSON, OF_CASE, 0, do_act, 0, 0, NULL},
    {POST, S_INIT("/{lang}/cases/{}/tlp"),             NEED_PERSON, OF_CASE, 0, do_act, 0, 0, NULL},
    {POST, S_INIT("/{lang}/cases/{}/vendors"),         NEED_PERSON, OF_CASE, 0, do_act, 0, 0, NULL},
    {POST, S_INIT("/{lang}/cases/{}/named"),           NEED_PERSON, OF_CASE, 0, do_act, 0, 0, NULL},
    {POST, S_INIT("/{lang}/cases/{}/share"),           NEED_PERSON, OF_CASE, 0, do_act, 0, 0, NULL},
    {POST, S_INIT("/{lang}/cases/{}/analyst"),         NEED_PERSON, OF_CASE, 0, do_act, 0, 0, NULL},
    {POST, S_INIT("/{lang}/cases/{}/lanes/{}/close"),  NEED_PERSON, OF_CASE, 0, do_act, 0, 0, NULL},
    {POST, S_INIT("/{lang}/cases/{}/lanes/{}/reopen"), NEED_PERSON, OF_CASE, 0, do_act, 0, 0, NULL},
    {POST, S_INIT("/{lang}/cases/{}/lanes/{}/status"), NEED_PERSON, OF_CASE, 0, do_act, 0, 0, NULL},
};
/* clang-format on */
const struct routes case_manage_routes = {table, COUNT(table)};
