/* audit.c - see audit.h. */
#include "app/audit.h"

#include "app/admin_own.h"
#include "app/history.h"
#include "base/id.h"

static enum err own_depts(struct ctx *cx, struct q_audit_depts **rows, size_t *n)
{
    str *orgs = NEWS(cx->a, str, cx->who.nseats + 1);
    for (size_t i = 0; i < cx->who.nseats; i++)
        orgs[i] = cx->who.seats[i].org_id;
    if (!cx->who.is_auditor || cx->who.nseats == 0)
        return E_DENIED;
    TRY(app_read(cx));
    return q_audit_depts(cx->db, rows, n, .org_ids = {orgs, cx->who.nseats});
}

static enum err own_principals(struct ctx *cx, struct strs *out)
{
    struct q_audit_depts *rows;
    size_t n;
    TRY(own_depts(cx, &rows, &n));
    str *ids = NEWS(cx->a, str, n + 1);
    for (size_t i = 0; i < n; i++)
        ids[i] = rows[i].id;
    *out = (struct strs){ids, n};
    return OK;
}

enum err audit_depts(struct ctx *cx, struct audit_dept **out, size_t *n)
{
    struct q_audit_depts *rows;
    TRY(own_depts(cx, &rows, n));
    *out = NEWS(cx->a, struct audit_dept, *n + 1);
    for (size_t i = 0; i < *n; i++)
        (*out)[i] = (struct audit_dept){rows[i].id, pick(cx, rows[i].name_ja, rows[i].name_en)};
    return OK;
}

/* --- cases -------------------------------------------------------------------------------- */

static const i64 far_away = 9000000000000000; /* as app/case_settle.c writes it */

static void to_case(const struct q_audit_cases *r, struct audit_case *out)
{
    *out = (struct audit_case){.number = r->number,
                               .opened = r->opened,
                               .updated = r->updated,
                               .waiting = r->waiting,
                               .phase = (int)r->phase,
                               .due = {r->due_sort < far_away, r->due_sort},
                               .planned = r->planned,
                               .published = r->published};
    (void)flow_find(r->flow, &out->flow);
}

enum err audit_cases(struct ctx *cx, const struct audit_filter *f, struct list_window *w,
                     struct audit_case **out, size_t *n)
{
    struct list_page page =
        window_page(w, f->oldest_first ? SORT_audit_cases_oldest : SORT_audit_cases_newest);
    struct q_audit_cases *rows;
    struct strs own;
    opt_i64 overdue = {f->overdue, cx->now};
    TRY(own_principals(cx, &own));
    TRY(q_audit_cases_count(cx->db, &w->total, .principals = own, .number = f->number,
                            .flow = f->flow, .open = f->open, .overdue = overdue,
                            .opened_from = f->from, .opened_before = f->before));
    TRY(q_audit_cases(cx->db, &page, &rows, n, .principals = own, .number = f->number,
                      .flow = f->flow, .open = f->open, .overdue = overdue, .opened_from = f->from,
                      .opened_before = f->before));
    w->next = page.next;
    *out = NEWS(cx->a, struct audit_case, *n + 1);
    for (size_t i = 0; i < *n; i++)
        to_case(&rows[i], &(*out)[i]);
    return OK;
}

/* --- history ------------------------------------------------------------------------------ */

/* The least id of an instant: ids begin with it. */
static str id_from(struct ctx *cx, i64 at)
{
    static const unsigned char zero[ID_RANDOM];
    return id_make(cx->a, at < 0 ? 0 : at, zero);
}

static enum err to_entry(struct ctx *cx, const struct q_audit_entries *r, struct audit_entry *out)
{
    const struct json *content = NULL;
    struct json_error bad;
    enum flow flow = FLOW_COORDINATED;
    if (json_read(cx->a, text_open_inside(r->content), &content, &bad) != OK)
        return fail(cx, E_IO, "a history entry is not JSON");
    (void)flow_find(r->flow, &flow);
    *out = (struct audit_entry){
        .id = r->id,
        .number = r->number,
        .at = r->at,
        .who = pick(cx, r->person_ja, r->person_en),
        .dept = pick(cx, r->dept_ja, r->dept_en),
        .behalf = pick(cx, r->behalf_ja, r->behalf_en),
        .lane = pick(cx, r->lane_ja, r->lane_en),
        .step = r->step,
        .sentence = history_sentence(cx, r->act, flow, r->step, content),
    };
    return OK;
}

enum err audit_entries(struct ctx *cx, const struct audit_entry_filter *f, struct list_window *w,
                       struct audit_entry **out, size_t *n)
{
    struct list_page page = window_page(w, 0);
    struct q_audit_entries *rows;
    struct strs own;
    str from = id_from(cx, f->from.is ? f->from.v : 0);
    str before = f->before.is ? id_from(cx, f->before.v) : S("g"); /* behind every id */
    TRY(own_principals(cx, &own));
    TRY(q_audit_entries_count(cx->db, &w->total, .principals = own, .from_id = from,
                              .before_id = before, .number = f->number, .dept_id = f->dept_id));
    TRY(q_audit_entries(cx->db, &page, &rows, n, .principals = own, .from_id = from,
                        .before_id = before, .number = f->number, .dept_id = f->dept_id));
    w->next = page.next;
    *out = NEWS(cx->a, struct audit_entry, *n + 1);
    for (size_t i = 0; i < *n; i++)
        TRY(to_entry(cx, &rows[i], &(*out)[i]));
    return OK;
}
