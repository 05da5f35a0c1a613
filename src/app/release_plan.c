/* release_plan.c - see release_plan.h: plans as they are stored, and how they stand. */
#include "app/release_plan_own.h"

#include "app/advisory_own.h"
#include "app/notice.h"
#include "formats/json.h"

#include <string.h>

str release_state_name(enum release_state s)
{
    static const str names[RELEASE_STATES] = {S_INIT("planned"), S_INIT("approved"),
                                              S_INIT("stale"), S_INIT("released"),
                                              S_INIT("cancelled")};
    return names[s];
}

struct release_wish release_wish_of(const struct release_plan *p)
{
    const struct release_order *o = &p->order;
    return (struct release_wish){
        .lang = o->lang,
        .kind = o->kind,
        .text = {[LANG_JA] = o->text[LANG_JA], [LANG_EN] = o->text[LANG_EN]},
        .at = {true, o->at},
        .ja_before = o->ja_before};
}

enum err plan_case(struct ctx *cx, str case_id, bool act, struct case_file *cf)
{
    const struct access *acc;
    TRY(case_open(cx, case_id, cf, &acc));
    if (!access_has(acc, AUD_RELEASE) || cf->flow != FLOW_COORDINATED)
        return E_NOT_FOUND;
    return !act || case_may_act(cx, cf, 0, ACTOR_COORDINATOR) ? OK : E_DENIED;
}

bool plan_is_open(const struct release_plan *p)
{
    return !p->released_at.is && !p->cancelled_at.is;
}

/* --- reading ---------------------------------------------------------------------------------- */

static enum err read_row(struct ctx *cx, const struct q_release_plans_of *row,
                         struct release_plan *p)
{
    const struct json *j;
    struct json_error bad;
    const struct zone *z = zone_find(row->zone);
    *p = (struct release_plan){
        .id = row->id,
        .rev = row->rev,
        .order = {.lang = str_eq(row->lang, S("ja")) ? LANG_JA : LANG_EN, .at = row->at},
        .zone = z ? z : zone_tokyo,
        .planner = pick(cx, row->planner_ja, row->planner_en),
        .planned_by = row->planned_by,
        .planned_at = row->planned_at,
        .approver = pick(cx, row->approver_ja, row->approver_en),
        .approved_by = row->approved_by,
        .approved_at = row->approved_at,
        .released_at = row->released_at,
        .cancelled_at = row->cancelled_at,
        .cancelled_why = text_open_inside(row->cancelled_why),
        .held_at = row->held_at,
        .held_why = row->held_why,
        .digest = row->digest,
        .built = row->built,
        .revision = row->revision.v,
    };
    if (!release_kind_find(row->kind, &p->order.kind))
        return fail(cx, E_IO, "a release plan has an unknown kind");
    TRY(json_read(cx->a, text_open_inside(row->line), &j, &bad));
    p->order.text[LANG_JA] = json_get_text(j, S("ja"));
    p->order.text[LANG_EN] = json_get_text(j, S("en"));
    return OK;
}

/* English that goes out with a Japanese, or after it. */
static bool follows_one(const struct release_plan *all, size_t n, const struct release_plan *p)
{
    for (size_t i = 0; i < n && p->order.lang == LANG_EN; i++)
        if (all[i].order.lang == LANG_JA && all[i].order.kind != RELEASE_WITHDRAWAL &&
            plan_is_open(&all[i]) && all[i].order.at <= p->order.at)
            return true;
    return false;
}

static enum err set_state(struct ctx *cx, const struct case_file *cf, struct release_plan *p)
{
    str now;
    p->state = p->released_at.is    ? RELEASE_RELEASED
               : p->cancelled_at.is ? RELEASE_CANCELLED
                                    : RELEASE_PLANNED;
    if (p->state != RELEASE_PLANNED || !p->approved_at.is)
        return OK;
    TRY(order_digest(cx, cf, &p->order, &now));
    p->state = str_eq(now, p->digest) ? RELEASE_APPROVED : RELEASE_STALE;
    return OK;
}

static void set_rights(const struct ctx *cx, const struct case_file *cf, struct release_plan *p)
{
    bool acts = case_may_act(cx, cf, 0, ACTOR_COORDINATOR), open = plan_is_open(p);
    p->may_approve =
        open && p->state != RELEASE_APPROVED && !str_eq(p->planned_by, cx->who.person_id);
    p->may_unapprove = open && p->approved_at.is;
    p->may_cancel = open && acts;
    p->may_run = acts && p->state == RELEASE_APPROVED && p->order.at <= cx->now &&
                 !p->order.ja_before; /* that one takes it along */
}

enum err plans_load(struct ctx *cx, const struct case_file *cf, struct release_plan **out,
                    size_t *n)
{
    struct q_release_plans_of *rows;
    TRY(app_read(cx));
    TRY(q_release_plans_of(cx->db, &rows, n, .case_id = cf->row.id));
    *out = NEWS(cx->a, struct release_plan, *n + 1);
    for (size_t i = 0; i < *n; i++)
        TRY(read_row(cx, &rows[i], &(*out)[i]));
    for (size_t i = 0; i < *n; i++) {
        struct release_plan *p = &(*out)[i];
        p->order.ja_before = follows_one(*out, *n, p);
        TRY(set_state(cx, cf, p));
        set_rights(cx, cf, p);
    }
    return OK;
}

enum err plan_load(struct ctx *cx, const struct case_file *cf, str id, struct release_plan *out)
{
    struct release_plan *all;
    size_t n;
    TRY(plans_load(cx, cf, &all, &n));
    for (size_t i = 0; i < n; i++)
        if (str_eq(all[i].id, id)) {
            *out = all[i];
            return OK;
        }
    return E_NOT_FOUND;
}

enum err release_plans(struct ctx *cx, str case_id, struct release_plan **out, size_t *n)
{
    struct case_file cf;
    TRY(plan_case(cx, case_id, false, &cf));
    return plans_load(cx, &cf, out, n);
}

enum err release_plan_get(struct ctx *cx, str case_id, str id, struct release_plan *out)
{
    struct case_file cf;
    TRY(plan_case(cx, case_id, false, &cf));
    return plan_load(cx, &cf, id, out);
}

/* --- what is said of it ------------------------------------------------------------------------- */

enum err plan_note(struct ctx *cx, const struct case_file *cf, const char *act,
                   const struct release_plan *p)
{
    buf b = {.a = cx->a};
    struct json_out o = {.b = &b};
    json_put_object(&o);
    json_put_member(&o, S("lang"), lang_code(p->order.lang));
    json_put_member(&o, S("at"), time_minute(cx->a, p->order.at, p->zone));
    json_put_end(&o);
    struct history_note note = {.case_id = cf->row.id,
                                .act = str_z(act),
                                .dept_id = case_acting_dept(cx, cf, 0, ACTOR_COORDINATOR),
                                .place = {.audience = AUD_RELEASE},
                                .content = buf_str(&b)};
    return history_add(cx, &note);
}

enum err plan_tell(struct ctx *cx, const struct case_file *cf)
{
    struct q_grants_of *rows;
    size_t n;
    TRY(q_grants_of(cx->db, &rows, &n, .case_id = cf->row.id));
    for (size_t i = 0; i < n; i++)
        if ((unsigned)rows[i].audiences & AUD_BIT(AUD_RELEASE))
            TRY(notice_task(cx, rows[i].principal, cf->row.number));
    return OK;
}

/* --- what may be planned ------------------------------------------------------------------------ */

static bool has_open(const struct release_plan *all, size_t n, enum lang lang, i64 *at)
{
    for (size_t i = 0; i < n; i++)
        if (all[i].order.lang == lang && plan_is_open(&all[i])) {
            *at = all[i].order.at;
            return true;
        }
    return false;
}

static void offer_kinds(struct ctx *cx, const struct case_file *cf, struct release_offer *out)
{
    size_t said = cx->problems.n;
    for (enum lang g = 0; g < LANG_COUNT; g++)
        for (enum release_kind k = 0; k < RELEASE_KINDS; k++) {
            struct release_order o = {.lang = g, .kind = k};
            bool both = k == RELEASE_WITHDRAWAL && g != LANG_JA;
            out->lang[g].is[k] = !both && order_stands(cx, cf, &o) == OK;
            cx->problems.n = said; /* to ask is not to be refused */
        }
}

static i64 later_of(i64 x, i64 y)
{
    return x > y ? x : y;
}

static enum err english_due(struct ctx *cx, const struct case_file *cf, i64 ja_at, opt_i64 *due)
{
    struct clock_state c;
    bool found;
    TRY(case_clock(cx, cf, S("english_version"), &c, &found));
    if (!found)
        TRY(case_clock_if(cx, cf, S("english_version"), AT_PUBLISHED_JA, ja_at, &c, &found));
    *due = (opt_i64){found && c.is != CLOCK_MET, c.due};
    return OK;
}

enum err release_offered(struct ctx *cx, str case_id, struct release_offer *out)
{
    struct case_file cf;
    struct release_plan *all;
    size_t n;
    i64 ja_at;
    *out = (struct release_offer){0};
    TRY(plan_case(cx, case_id, false, &cf));
    TRY(plans_load(cx, &cf, &all, &n));
    TRY(release_is_needed(cx, &out->needed));
    out->may = case_may_act(cx, &cf, 0, ACTOR_COORDINATOR);
    offer_kinds(cx, &cf, out);
    ja_at = out->lang[LANG_JA].is[RELEASE_FIRST] && cf.planned.is ? later_of(cf.planned.v, cx->now)
                                                                  : cx->now;
    bool ja_open = has_open(all, n, LANG_JA, &ja_at);
    bool ja_first = out->lang[LANG_JA].is[RELEASE_FIRST];
    out->lang[LANG_JA].at = ja_at;
    out->lang[LANG_EN].at = later_of(ja_at, cx->now);
    if (out->lang[LANG_EN].is[RELEASE_FIRST])
        TRY(english_due(cx, &cf, ja_at, &out->lang[LANG_EN].due));
    out->lang[LANG_EN].is[RELEASE_FIRST] &= ja_open || !ja_first;
    for (enum lang g = 0; g < LANG_COUNT; g++) {
        i64 at;
        if (has_open(all, n, g, &at))
            memset(out->lang[g].is, 0, sizeof out->lang[g].is);
    }
    return OK;
}
