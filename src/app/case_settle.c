/* case_settle.c - what follows from a case's records, kept in tables for lists. */
#include "app/case_file.h"

#include "app/notice.h"
#include "base/vec.h"

struct holders {
    VEC(struct holder)
};

static void hold(struct ctx *cx, struct holders *out, str principal, enum relation relation,
                 int lane, enum actor dept, unsigned known)
{
    if (principal.n > 0)
        *PUSH(cx->a, out) = (struct holder){principal, relation, lane, dept, known};
}

static unsigned shared_of(const struct q_case_parties *p)
{
    unsigned known = p->delegated ? 1u << KNOW_DELEGATED : 0;
    if (str_eq(p->level, S("details")))
        known |= 1u << KNOW_SHARED_DETAILS | 1u << KNOW_SHARED_OVERVIEW;
    if (str_eq(p->level, S("overview")))
        known |= 1u << KNOW_SHARED_OVERVIEW;
    return known | 1u << KNOW_NAMED;
}

/* The department of a body that is not a vendor; its kind is the role's word. */
static str body_dept(const struct case_file *cf, const struct q_case_parties *p, str kind)
{
    for (size_t i = 0; i < cf->ndepts; i++)
        if (str_eq(cf->depts[i].org_id, p->org_id) && str_eq(cf->depts[i].kind, kind))
            return cf->depts[i].dept_id;
    return NO_STR;
}

static void hold_party(struct ctx *cx, const struct case_file *cf, const struct q_case_parties *p,
                       struct holders *out)
{
    static const struct {
        str role, kind;
        enum relation relation;
    } bodies[] = {
        {S_INIT("reception"), S_INIT("reception"), REL_RECEPTION},
        {S_INIT("coordinator"), S_INIT("coordinator"), REL_COORDINATOR},
        {S_INIT("peer"), S_INIT("overseas_coordinator"), REL_PEER},
        {S_INIT("priority"), S_INIT("priority"), REL_PRIORITY},
    };
    int lane = case_lane(cf, p->id);
    if (p->closed.is && lane <= 0)
        return;
    if (str_eq(p->role, S("analyst")))
        hold(cx, out, p->person_id, REL_ANALYST, 0, ACTOR_POC, 1u << KNOW_NAMED);
    for (size_t i = 0; i < COUNT(bodies); i++)
        if (str_eq(p->role, bodies[i].role))
            hold(cx, out, body_dept(cf, p, bodies[i].kind), bodies[i].relation,
                 cf->flow == FLOW_DIRECT ? 1 : 0, ACTOR_POC, shared_of(p));
    if (lane <= 0)
        return;
    hold(cx, out, cf->lanes[lane].dept[ACTOR_POC], REL_VENDOR_POC, lane, ACTOR_POC, 0);
    for (int k = ACTOR_POC + 1; k < ACTOR_COUNT; k++)
        hold(cx, out, cf->lanes[lane].dept[k], REL_VENDOR_DEPT, lane, (enum actor)k, 0);
}

void case_readers(struct ctx *cx, struct case_file *cf, unsigned audiences, struct grants *out)
{
    struct holders holders = {0};
    for (size_t i = 0; i < cf->nreports; i++)
        hold(cx, &holders,
             cf->reports[i].source_dept_id.p ? cf->reports[i].source_dept_id : cf->reports[i].id,
             REL_FINDER, 0, ACTOR_POC, 0);
    for (size_t i = 0; i < cf->nparties; i++)
        hold_party(cx, cf, &cf->parties[i], &holders);
    rights_of(cx->a, &cf->g, holders.v, holders.n, audiences, out);
}

void case_grants(struct ctx *cx, struct case_file *cf, struct grants *out)
{
    case_readers(cx, cf, ~0u, out);
}

static str lane_text(const struct case_file *cf, int lane)
{
    return lane == LANE_EVERY ? S("*") : cf->lanes[lane].id;
}

static str step_text(const struct case_file *cf, int step)
{
    return step == STEP_EVERY ? S("") : case_step(cf, step)->id;
}

static bool same_grant(const struct case_file *cf, const struct grant *g,
                       const struct q_grants_of *row)
{
    return str_eq(g->principal, row->principal) && str_eq(lane_text(cf, g->lane), row->lane) &&
           str_eq(step_text(cf, g->step), row->step);
}

static enum err put_grants(struct ctx *cx, const struct case_file *cf, const struct grants *want,
                           const struct q_grants_of *have, size_t n)
{
    bool *kept = NEWS(cx->a, bool, n + 1);
    for (size_t i = 0; i < want->n; i++) {
        const struct grant *g = &want->v[i];
        size_t k = 0;
        while (k < n && (kept[k] || !same_grant(cf, g, &have[k])))
            k++;
        if (k < n)
            kept[k] = true;
        if (k < n && (unsigned)have[k].audiences == g->audiences)
            continue;
        TRY(q_grant_put(cx->db, .principal = g->principal, .case_id = cf->row.id,
                        .lane = lane_text(cf, g->lane), .step = step_text(cf, g->step),
                        .audiences = g->audiences, .since = cx->now));
    }
    for (size_t k = 0; k < n; k++)
        if (!kept[k])
            TRY(q_grant_drop(cx->db, .principal = have[k].principal, .case_id = cf->row.id,
                             .lane = have[k].lane, .step = have[k].step));
    return OK;
}

/* --- tasks ------------------------------------------------------------------------------ */

struct wanted {
    str principal;
    struct task t;
};
struct wanted_list {
    VEC(struct wanted)
};

static void compute_tasks(struct ctx *cx, const struct case_file *cf, struct wanted_list *out)
{
    struct tasks tasks = {0};
    str who[100];
    progress_tasks(cx->a, &cf->g, &tasks);
    for (size_t i = 0; i < tasks.n; i++) {
        size_t n = case_principals(cf, tasks.v[i].lane, tasks.v[i].actor, who, COUNT(who));
        for (size_t k = 0; k < n; k++)
            *PUSH(cx->a, out) = (struct wanted){who[k], tasks.v[i]};
    }
}

static bool same_task(const struct case_file *cf, const struct wanted *w,
                      const struct q_tasks_of *row)
{
    return str_eq(w->principal, row->principal) && str_eq(cf->lanes[w->t.lane].id, row->lane) &&
           str_eq(case_step(cf, w->t.step)->id, row->step) && w->t.round == row->round &&
           w->t.hop == row->hop && str_eq(actor_name(w->t.actor), row->actor) &&
           w->t.since == row->since && (w->t.due != 0) == row->due.is && w->t.due == row->due.v;
}

static const i64 far_away = 9000000000000000;

static enum err put_tasks(struct ctx *cx, const struct case_file *cf,
                          const struct wanted_list *want, const struct q_tasks_of *have, size_t n)
{
    bool *kept = NEWS(cx->a, bool, n + 1);
    for (size_t i = 0; i < want->n; i++) {
        const struct wanted *w = &want->v[i];
        size_t k = 0;
        while (k < n && (kept[k] || !same_task(cf, w, &have[k])))
            k++;
        if (k < n) {
            kept[k] = true;
            continue;
        }
        TRY(q_task_add(cx->db, .id = new_id(cx), .principal = w->principal, .case_id = cf->row.id,
                       .lane = cf->lanes[w->t.lane].id, .step = case_step(cf, w->t.step)->id,
                       .round = w->t.round, .hop = w->t.hop, .actor = actor_name(w->t.actor),
                       .since = w->t.since, .due = (opt_i64){w->t.due != 0, w->t.due},
                       .due_sort = w->t.due ? w->t.due : far_away));
        TRY(notice_task(cx, w->principal, cf->row.number));
    }
    for (size_t k = 0; k < n; k++)
        if (!kept[k])
            TRY(q_task_drop(cx->db, .id = have[k].id));
    return OK;
}

static i64 nearest_due(const struct wanted_list *want)
{
    i64 due = far_away;
    for (size_t i = 0; i < want->n; i++)
        if (want->v[i].t.due != 0 && want->v[i].t.due < due)
            due = want->v[i].t.due;
    return due;
}

static enum err published_at(struct ctx *cx, str case_id, opt_i64 *out)
{
    struct q_case_published row;
    enum err e = q_case_published(cx->db, &row, .case_id = case_id);
    *out = e == OK ? row.published : (opt_i64){0};
    return e == E_NOT_FOUND ? OK : e;
}

enum err case_settle(struct ctx *cx, str case_id)
{
    struct case_file cf;
    struct grants grants = {0};
    struct wanted_list tasks = {0};
    struct q_grants_of *had_grants;
    struct q_tasks_of *had_tasks;
    size_t ngrants, ntasks;
    opt_i64 published;

    TRY(case_load(cx, case_id, &cf));
    case_grants(cx, &cf, &grants);
    compute_tasks(cx, &cf, &tasks);
    TRY(q_grants_of(cx->db, &had_grants, &ngrants, .case_id = case_id));
    TRY(put_grants(cx, &cf, &grants, had_grants, ngrants));
    TRY(q_tasks_of(cx->db, &had_tasks, &ntasks, .case_id = case_id));
    TRY(put_tasks(cx, &cf, &tasks, had_tasks, ntasks));
    TRY(published_at(cx, case_id, &published));
    return q_case_index_put(cx->db, .case_id = case_id, .phase = progress_phase(&cf.g),
                            .waiting = (i64)tasks.n, .due_sort = nearest_due(&tasks),
                            .updated = cx->now, .planned = cf.planned, .published = published);
}

/* --- compare ---------------------------------------------------------------------------- */

static void differ(struct ctx *cx, const struct case_file *cf, struct findings *out,
                   const char *what, size_t want, size_t have)
{
    *PUSH(cx->a, out) = str_fmt(cx->a, "case %.*s: %s: the records give %zu, the table has %zu",
                                SV(cf->row.id), what, want, have);
}

enum err case_verify(struct ctx *cx, str case_id, struct findings *out)
{
    struct case_file cf;
    struct grants grants = {0};
    struct wanted_list tasks = {0};
    struct q_grants_of *had_grants;
    struct q_tasks_of *had_tasks;
    size_t ngrants, ntasks, same = 0;

    TRY(case_load(cx, case_id, &cf));
    case_grants(cx, &cf, &grants);
    compute_tasks(cx, &cf, &tasks);
    TRY(q_grants_of(cx->db, &had_grants, &ngrants, .case_id = case_id));
    TRY(q_tasks_of(cx->db, &had_tasks, &ntasks, .case_id = case_id));
    for (size_t i = 0; i < grants.n; i++)
        for (size_t k = 0; k < ngrants; k++)
            same += same_grant(&cf, &grants.v[i], &had_grants[k]) &&
                    (unsigned)had_grants[k].audiences == grants.v[i].audiences;
    if (same != grants.n || same != ngrants)
        differ(cx, &cf, out, "grants", grants.n, ngrants);
    same = 0;
    for (size_t i = 0; i < tasks.n; i++)
        for (size_t k = 0; k < ntasks; k++)
            same += same_task(&cf, &tasks.v[i], &had_tasks[k]);
    if (same != tasks.n || same != ntasks)
        differ(cx, &cf, out, "tasks", tasks.n, ntasks);
    return OK;
}

enum err case_ids(struct ctx *cx, str after, size_t most, str **out, size_t *n)
{
    struct q_case_ids_after *rows;
    TRY(app_read(cx));
    TRY(q_case_ids_after(cx->db, &rows, n, .after = after, .most = (i64)most));
    *out = NEWS(cx->a, str, *n + 1);
    for (size_t i = 0; i < *n; i++)
        (*out)[i] = rows[i].id;
    return OK;
}

static enum err settle_one(struct ctx *cx, void *arg)
{
    return case_settle(cx, *(str *)arg);
}

enum err cases_settle_due(struct ctx *cx)
{
    struct q_cases_due *rows;
    size_t n;
    TRY(app_read(cx));
    TRY(q_cases_due(cx->db, &rows, &n, .now = cx->now));
    for (size_t i = 0; i < n; i++)
        TRY(db_write(cx, settle_one, &rows[i].case_id));
    return OK;
}
