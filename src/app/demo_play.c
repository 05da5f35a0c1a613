/* demo_play.c - one demo case: what its file says happened, in the order of time. */
#include "app/demo_own.h"

#include "base/vec.h"

/* clang-format off */
enum event_kind {
    EVENT_ACT, EVENT_MESSAGE, EVENT_OUTCOME, EVENT_SETUP, EVENT_DRAFT, EVENT_STATUS, EVENT_UPDATE,
    EVENT_ENGLISH
};
/* clang-format on */
struct event {
    i64 at;
    enum event_kind kind;
    const struct json *j;
    str what; /* of an outcome; the status that is said */
};
struct events {
    VEC(struct event)
};

static void add(const struct demo_case *c, struct events *e, enum event_kind kind, i64 at,
                const struct json *j, str what)
{
    *PUSH(c->cx->a, e) = (struct event){at, kind, j, what};
    for (size_t i = e->n - 1; i > 0 && e->v[i - 1].at > e->v[i].at; i--) {
        struct event later = e->v[i - 1];
        e->v[i - 1] = e->v[i];
        e->v[i] = later;
    }
}

static bool is_act(const struct json *act, const char *step, i64 hop)
{
    i64 n = 0;
    (void)json_i64(json_get(act, S("hop")), &n);
    return n == hop && str_eq(json_get_text(act, S("step")), str_z(step));
}

/* From here on the coordinator, or the vendor, handles the case. */
static bool is_acceptance(const struct json *act)
{
    return is_act(act, "0.1.1", 2) || is_act(act, "0.2.1", 1) || is_act(act, "1.1.1", 2);
}

static const struct json *act_of(const struct json *acts, const char *step, str vendor)
{
    for (size_t i = 0; i < json_count(acts); i++)
        if (is_act(json_at(acts, i), step, 1) &&
            str_eq(json_get_text(json_at(acts, i), S("vendor")), vendor))
            return json_at(acts, i);
    return NULL;
}

static i64 at_of(const struct demo_case *c, const struct json *j)
{
    return demo_at(c, json_get_text(j, S("at")));
}

static void add_acts(const struct demo_case *c, const struct json *acts, struct events *e)
{
    for (size_t i = 0; i < json_count(acts); i++) {
        const struct json *act = json_at(acts, i);
        if (!(c->handed_over && i == 0)) /* the direct case did that */
            add(c, e, EVENT_ACT, at_of(c, act), act, NO_STR);
        if (is_acceptance(act))
            add(c, e, EVENT_SETUP, at_of(c, act) + MINUTE, NULL, NO_STR);
    }
}

static void add_report_side(const struct demo_case *c, struct events *e)
{
    static const char *const outcomes[] = {"analyst", "accepted", "operator_notice",
                                           "operator_answer", "refused"};
    const struct json *messages = json_get(c->j, S("messages"));
    if (json_count(json_get(c->j, S("acts"))) == 0)
        add(c, e, EVENT_ACT, demo_at(c, json_get_text(c->j, S("reported"))), NULL, NO_STR);
    for (size_t i = 0; i < json_count(messages); i++)
        add(c, e, EVENT_MESSAGE, at_of(c, json_at(messages, i)), json_at(messages, i), NO_STR);
    for (size_t i = 0; i < COUNT(outcomes); i++) {
        const struct json *j = json_get(c->j, str_z(outcomes[i]));
        if (j != NULL)
            add(c, e, EVENT_OUTCOME, at_of(c, j), j, str_z(outcomes[i]));
    }
}

/* Statements in both languages follow the agreement; later statuses come on their day. */
static void add_statuses(const struct demo_case *c, const struct json *acts, struct events *e)
{
    const struct json *vendors = json_get(c->j, S("vendors"));
    str published = json_get_text(json_get(c->j, S("published")), S("ja"));
    for (size_t i = 0; i < json_count(vendors) && published.n > 0; i++) {
        const struct json *v = json_at(vendors, i), *history = json_get(v, S("history"));
        const struct json *agreed = act_of(acts, "5.2.1", json_get_text(v, S("org")));
        if (agreed != NULL && json_get(v, S("statement")) != NULL &&
            json_get_text(v, S("advisory_url")).n > 0)
            add(c, e, EVENT_STATUS, at_of(c, agreed) + 10 * MINUTE, v,
                json_get_text(v, S("status")));
        for (size_t k = 0; k < json_count(history); k++) {
            const struct json *h = json_at(history, k);
            str date = json_get_text(h, S("date"));
            bool update = str_eq(date, json_get_text(json_get(c->j, S("updated")), S("ja")));
            if (str_cmp(date, published) > 0 && !update)
                add(c, e, EVENT_STATUS, demo_at(c, date), v, json_get_text(h, S("status")));
        }
    }
}

static void add_portal(const struct demo_case *c, const struct json *acts, struct events *e)
{
    const struct json *published = json_get(c->j, S("published"));
    str ja = json_get_text(published, S("ja")), en = json_get_text(published, S("en"));
    i64 asked = 0, last = 0;
    if (json_get(c->j, S("advisory")) == NULL)
        return;
    for (size_t i = 0; i < json_count(acts); i++) {
        const struct json *act = json_at(acts, i);
        bool ask = str_eq(json_get_text(act, S("fact")), S("draft_asked"));
        last = at_of(c, act);
        if (ask && asked == 0)
            asked = last;
    }
    add(c, e, EVENT_DRAFT, asked ? asked - 2 * HOUR : last + MINUTE, NULL, NO_STR);
    if (json_get(c->j, S("updated")) != NULL)
        add(c, e, EVENT_UPDATE, demo_at(c, json_get_text(json_get(c->j, S("updated")), S("ja"))),
            NULL, NO_STR);
    if (str_cmp(ja, en) < 0 && ja.n > 0)
        add(c, e, EVENT_ENGLISH, demo_at(c, en), NULL, NO_STR);
}

/* --- playing ---------------------------------------------------------------------------------- */

static enum err play_act(struct demo_case *c, const struct json *act)
{
    if (c->report_id.n == 0)
        return demo_report(c);
    return is_act(act, "0.1.1", 2) ? demo_accept(c, act) : demo_step(c, act);
}

static enum err play_event(struct demo_case *c, const struct event *e)
{
    switch (e->kind) {
    case EVENT_ACT: return play_act(c, e->j);
    case EVENT_MESSAGE: return demo_message(c, e->j);
    case EVENT_OUTCOME: return demo_outcome(c, e->what, e->j);
    case EVENT_SETUP: return demo_setup(c, e->at);
    case EVENT_DRAFT: return demo_draft(c, e->at);
    case EVENT_STATUS: return demo_status(c, e->at, e->j, e->what);
    case EVENT_UPDATE: return demo_update(c, e->at);
    case EVENT_ENGLISH: return demo_english(c, e->at);
    }
    return OK;
}

static enum err play(struct demo_case *c, const struct events *e)
{
    for (size_t i = 0; i < e->n; i++)
        TRY(play_event(c, &e->v[i]));
    return OK;
}

/* The coordinated case behind a direct one: its report is there. */
static enum err play_handover(const struct demo_case *before)
{
    const struct json *handover = json_get(before->j, S("handover"));
    struct demo_case c = {.cx = before->cx, .j = before->j, .shift = before->shift};
    struct events e = {0};
    struct q_org_by_slug org;
    struct q_org_dept dept;
    struct q_demo_report_of report;
    str slug = json_get_text(json_get(before->j, S("report")), S("to"));
    if (handover == NULL)
        return OK;
    c.handed_over = true;
    TRY(q_org_by_slug(c.cx->db, &org, .slug = slug));
    TRY(q_org_dept(c.cx->db, &dept, .org_id = org.id, .kind = actor_name(ACTOR_POC)));
    TRY(q_demo_report_of(c.cx->db, &report, .dept_id = dept.dept_id));
    c.report_id = report.id;
    add_acts(&c, json_get(handover, S("acts")), &e);
    TRY(play(&c, &e));
    return case_settle(c.cx, c.case_id);
}

enum err demo_play(struct ctx *cx, const struct json *file, i64 now)
{
    struct demo_case c = {.cx = cx, .j = file, .shift = demo_shift(file, now)};
    const struct json *acts = json_get(file, S("acts"));
    struct events e = {0};
    add_report_side(&c, &e);
    add_acts(&c, acts, &e);
    add_portal(&c, acts, &e);
    add_statuses(&c, acts, &e);
    TRY(play(&c, &e));
    if (c.case_id.n > 0)
        TRY(case_settle(cx, c.case_id));
    return play_handover(&c);
}
