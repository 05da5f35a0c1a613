/* release_plan_acts.c - plan, approve, take the approval back, cancel. */
#include "app/release_plan_own.h"

#include "app/advisory_own.h"
#include "app/release_dry.h"
#include "formats/json.h"

/* clang-format off */
static const struct field_choice langs[] = {{.value = S_INIT("ja")}, {.value = S_INIT("en")}};
static const struct field_choice kinds[] = {
    {.value = S_INIT("first")}, {.value = S_INIT("update")}, {.value = S_INIT("withdrawal")}};
enum { LANG, KIND, AT, ZONE, LINE_JA, LINE_EN };
const struct field_rule release_plan_rules[6] = {
    [LANG] = {.name = S_INIT("lang"), .type = FIELD_CHOICE, .required = true, .choices = langs, .nchoices = COUNT(langs)},
    [KIND] = {.name = S_INIT("kind"), .type = FIELD_CHOICE, .required = true, .choices = kinds, .nchoices = COUNT(kinds)},
    [AT] = {.name = S_INIT("at"), .type = FIELD_INSTANT},
    [ZONE] = {.name = S_INIT("zone"), .type = FIELD_ZONE},
    [LINE_JA] = {.name = S_INIT("line_ja"), .type = FIELD_TEXT, .max = 2000},
    [LINE_EN] = {.name = S_INIT("line_en"), .type = FIELD_TEXT, .max = 2000}};
const struct field_rule release_cancel_rules[1] = {
    {.name = S_INIT("reason"), .type = FIELD_LINE, .required = true, .max = 300}};
/* clang-format on */

struct plan_act {
    str case_id, id;
    i64 rev;
    const struct input *in;
    str digest, built;
    /* on the way */
    struct case_file cf;
    struct release_plan p;
};

/* --- plan ------------------------------------------------------------------------------------- */

/* A time without an offset is one of the zone that comes with it. */
static enum err read_fields(struct ctx *cx, const struct input *in, struct value *v,
                            struct release_plan *p)
{
    const struct zone *own = cx->zone, *z = zone_find(input_get(in, S("zone")));
    cx->zone = z ? z : own;
    enum err e = form_read(cx, release_plan_rules, COUNT(release_plan_rules), in, v);
    p->zone = cx->zone;
    cx->zone = own;
    if (v[LANG].is)
        p->order.lang = str_eq(v[LANG].text, S("ja")) ? LANG_JA : LANG_EN;
    (void)release_kind_find(v[KIND].text, &p->order.kind);
    p->order.text[LANG_JA] = v[LINE_JA].is ? v[LINE_JA].text : S("");
    p->order.text[LANG_EN] = v[LINE_EN].is ? v[LINE_EN].text : S("");
    for (int i = LINE_JA; i <= LINE_EN && v[KIND].is && p->order.kind != RELEASE_FIRST; i++)
        if (!v[i].is)
            e = wrong(cx, release_plan_rules[i].name, S("required"));
    if (p->order.kind == RELEASE_WITHDRAWAL && p->order.lang != LANG_JA)
        e = wrong(cx, S("lang"), S("choice"));
    return e;
}

static enum err check_none_open(struct ctx *cx, const struct plan_act *t)
{
    struct release_plan *all;
    size_t n;
    TRY(plans_load(cx, &t->cf, &all, &n));
    for (size_t i = 0; i < n; i++)
        if (all[i].order.lang == t->p.order.lang && plan_is_open(&all[i]))
            return wrong(cx, S("lang"), S("release_open"));
    return OK;
}

/* Not before the Japanese, which is public or has a plan. */
static enum err check_after_ja(struct ctx *cx, const struct plan_act *t)
{
    struct release_plan *all;
    struct release_order ja = {.lang = LANG_JA, .kind = RELEASE_UPDATE};
    size_t n, said = cx->problems.n;
    TRY(plans_load(cx, &t->cf, &all, &n));
    bool is_public = order_stands(cx, &t->cf, &ja) == OK;
    cx->problems.n = said;
    for (size_t i = 0; i < n; i++)
        if (all[i].order.lang == LANG_JA && plan_is_open(&all[i]) &&
            all[i].order.at <= t->p.order.at)
            return OK;
    return is_public ? OK : wrong(cx, S("at"), S("release_before_ja"));
}

static enum err check_instant(struct ctx *cx, const struct plan_act *t)
{
    const struct release_order *o = &t->p.order;
    if (o->at < cx->now - DAY)
        return wrong(cx, S("at"), S("date_past"));
    if (o->kind == RELEASE_FIRST && o->lang == LANG_JA && t->cf.planned.is &&
        o->at < t->cf.planned.v)
        return wrong(cx, S("at"), S("release_before_date"));
    return o->lang == LANG_EN ? check_after_ja(cx, t) : OK;
}

static str line_json(struct ctx *cx, const struct release_order *o)
{
    buf b = {.a = cx->a};
    struct json_out out = {.b = &b};
    json_put_object(&out);
    json_put_member(&out, S("ja"), o->text[LANG_JA]);
    json_put_member(&out, S("en"), o->text[LANG_EN]);
    json_put_end(&out);
    return buf_str(&b);
}

static enum err store(struct ctx *cx, struct plan_act *t)
{
    const struct release_order *o = &t->p.order;
    t->id = new_id(cx);
    return q_release_plan_add(
        cx->db, .id = t->id, .case_id = t->case_id, .lang = lang_code(o->lang),
        .kind = release_kind_name(o->kind), .at = o->at, .zone = zone_name(t->p.zone),
        .line = text_seal(cx, line_json(cx, o)), .planned_by = cx->who.person_id,
        .planned_for = case_acting_dept(cx, &t->cf, 0, ACTOR_COORDINATOR), .planned_at = cx->now);
}

static enum err plan(struct ctx *cx, void *arg)
{
    struct plan_act *t = arg;
    struct value v[COUNT(release_plan_rules)];
    struct release_offer offer;
    TRY(plan_case(cx, t->case_id, true, &t->cf));
    TRY(read_fields(cx, t->in, v, &t->p));
    TRY(order_stands(cx, &t->cf, &t->p.order));
    TRY(check_none_open(cx, t));
    TRY(release_offered(cx, t->case_id, &offer));
    t->p.order.at = v[AT].is ? v[AT].n : offer.lang[t->p.order.lang].at;
    TRY(check_instant(cx, t));
    TRY(store(cx, t));
    TRY(plan_note(cx, &t->cf, "release_planned", &t->p));
    return plan_tell(cx, &t->cf);
}

enum err release_plan_add(struct ctx *cx, str case_id, const struct input *in, str *id)
{
    struct plan_act *t = NEW(cx->a, struct plan_act);
    *t = (struct plan_act){.case_id = case_id, .in = in};
    TRY(db_write(cx, plan, t));
    *id = t->id;
    return OK;
}

/* --- approve ---------------------------------------------------------------------------------- */

static enum err open_plan(struct ctx *cx, struct plan_act *t, bool act)
{
    TRY(plan_case(cx, t->case_id, act, &t->cf));
    TRY(plan_load(cx, &t->cf, t->id, &t->p));
    if (!plan_is_open(&t->p) || t->p.rev != t->rev)
        return fail(cx, E_CONFLICT, "the plan moved on");
    return OK;
}

static enum err check_eyes(struct ctx *cx, const struct plan_act *t)
{
    if (str_eq(t->p.planned_by, cx->who.person_id))
        return wrong(cx, S(""), S("approver_is_planner"));
    return OK;
}

/* What the approver saw is what would be built now, and it is without an error. */
static enum err rehearse(struct ctx *cx, const struct plan_act *t)
{
    struct release_dry dry;
    struct release_wish wish = release_wish_of(&t->p);
    TRY(release_dry_run(cx, t->case_id, &wish, &dry));
    if (!dry.ready)
        return wrong(cx, S(""), S("release_not_ready"));
    if (!str_eq(dry.digest, t->built))
        return fail(cx, E_CONFLICT, "it is not what was looked at");
    return OK;
}

static enum err approve(struct ctx *cx, void *arg)
{
    struct plan_act *t = arg;
    str digest;
    TRY(open_plan(cx, t, false));
    TRY(check_eyes(cx, t));
    TRY(order_digest(cx, &t->cf, &t->p.order, &digest));
    if (!str_eq(digest, t->digest)) /* since the rehearsal */
        return fail(cx, E_CONFLICT, "it changed meanwhile");
    TRY(q_release_plan_approve(cx->db, .id = t->id, .rev = t->rev, .digest = digest,
                               .built = t->built, .approved_by = cx->who.person_id,
                               .approved_at = cx->now));
    return plan_note(cx, &t->cf, "release_approved", &t->p);
}

enum err release_plan_approve(struct ctx *cx, str case_id, str id, i64 rev, str built)
{
    struct plan_act *t = NEW(cx->a, struct plan_act);
    *t = (struct plan_act){.case_id = case_id, .id = id, .rev = rev, .built = built};
    TRY(open_plan(cx, t, false));
    TRY(check_eyes(cx, t));
    TRY(order_check(cx, &t->cf, &t->p.order));
    TRY(order_digest(cx, &t->cf, &t->p.order, &t->digest));
    TRY(rehearse(cx, t));
    return db_write(cx, approve, t);
}

static enum err unapprove(struct ctx *cx, void *arg)
{
    struct plan_act *t = arg;
    TRY(open_plan(cx, t, false));
    if (!t->p.approved_at.is)
        return fail(cx, E_CONFLICT, "it is not approved");
    TRY(q_release_plan_unapprove(cx->db, .id = t->id, .rev = t->rev));
    return plan_note(cx, &t->cf, "release_unapproved", &t->p);
}

enum err release_plan_unapprove(struct ctx *cx, str case_id, str id, i64 rev)
{
    struct plan_act *t = NEW(cx->a, struct plan_act);
    *t = (struct plan_act){.case_id = case_id, .id = id, .rev = rev};
    return db_write(cx, unapprove, t);
}

/* --- cancel ----------------------------------------------------------------------------------- */

static enum err cancel(struct ctx *cx, void *arg)
{
    struct plan_act *t = arg;
    struct value v[1];
    TRY(open_plan(cx, t, true));
    TRY(form_read(cx, release_cancel_rules, COUNT(v), t->in, v));
    TRY(q_release_plan_cancel(cx->db, .id = t->id, .rev = t->rev, .cancelled_at = cx->now,
                              .cancelled_by = cx->who.person_id,
                              .cancelled_why = text_seal(cx, v[0].text)));
    return plan_note(cx, &t->cf, "release_cancelled", &t->p);
}

enum err release_plan_cancel(struct ctx *cx, str case_id, str id, i64 rev, const struct input *in)
{
    struct plan_act *t = NEW(cx->a, struct plan_act);
    *t = (struct plan_act){.case_id = case_id, .id = id, .rev = rev, .in = in};
    return db_write(cx, cancel, t);
}
