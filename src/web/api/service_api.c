/* service_api.c - what the API says of itself, of the process and of who asks. */
#include "web/api/service_api.h"

#include "app/lists.h"
#include "web/api_doc.h"

static enum err show_openapi(struct ctx *cx, struct request *rq, struct reply *an)
{
    (void)rq;
    an->content_type = S("application/json");
    buf_put(&an->raw, openapi_json(cx->a, cx->app->public_url));
    return OK;
}

static enum err show_process(struct ctx *cx, struct request *rq, struct reply *an)
{
    (void)rq;
    an->content_type = S("application/json");
    buf_put(&an->raw, process_json(cx->a, cx->app->process));
    return OK;
}

/* --- who asks ----------------------------------------------------------------------------------- */

struct me_out {
    str id, login, name_ja, name_en, email;
    bool is_operator, is_auditor;
    const struct seat_out *seats;
    size_t nseats;
    i64 tasks, late, cases;
};
struct seat_out {
    str dept_id, org_id, org_kind, dept_ja, dept_en, org_ja, org_en;
    bool lead;
    struct strs kinds;
};
static const struct out_field seat_fields[] = {
    OUT(struct seat_out, dept_id, OUT_STR),  OUT(struct seat_out, org_id, OUT_STR),
    OUT(struct seat_out, org_kind, OUT_STR), OUT(struct seat_out, dept_ja, OUT_STR),
    OUT(struct seat_out, dept_en, OUT_STR),  OUT(struct seat_out, org_ja, OUT_STR),
    OUT(struct seat_out, org_en, OUT_STR),   OUT(struct seat_out, lead, OUT_BOOL),
    OUT(struct seat_out, kinds, OUT_STRS)};
static const struct out_schema seat_schema = {"Seat", seat_fields, COUNT(seat_fields),
                                              sizeof(struct seat_out)};
static const struct out_field me_fields[] = {
    OUT(struct me_out, id, OUT_STR),          OUT(struct me_out, login, OUT_STR),
    OUT(struct me_out, name_ja, OUT_STR),     OUT(struct me_out, name_en, OUT_STR),
    OUT(struct me_out, email, OUT_STR),       OUT(struct me_out, is_operator, OUT_BOOL),
    OUT(struct me_out, is_auditor, OUT_BOOL), OUT_ITEMS(struct me_out, seats, nseats, &seat_schema),
    OUT(struct me_out, tasks, OUT_I64),       OUT(struct me_out, late, OUT_I64),
    OUT(struct me_out, cases, OUT_I64)};
static const struct out_schema me_schema = {"Me", me_fields, COUNT(me_fields),
                                            sizeof(struct me_out)};

static enum err show_me(struct ctx *cx, struct request *rq, struct reply *an)
{
    const struct user *w = &cx->who;
    struct counts n;
    struct seat_out *seats = NEWS(cx->a, struct seat_out, w->nseats + 1);
    (void)rq;
    TRY(count_own(cx, COUNT_MAX, &n));
    for (size_t i = 0; i < w->nseats; i++)
        seats[i] = (struct seat_out){.dept_id = w->seats[i].dept_id,
                                     .org_id = w->seats[i].org_id,
                                     .org_kind = w->seats[i].org_kind,
                                     .dept_ja = w->seats[i].dept_name[LANG_JA],
                                     .dept_en = w->seats[i].dept_name[LANG_EN],
                                     .org_ja = w->seats[i].org_name[LANG_JA],
                                     .org_en = w->seats[i].org_name[LANG_EN],
                                     .lead = w->seats[i].lead,
                                     .kinds = w->seats[i].kinds};
    struct me_out out = {.id = w->person_id,
                         .login = w->login,
                         .name_ja = w->name[LANG_JA],
                         .name_en = w->name[LANG_EN],
                         .email = w->email,
                         .is_operator = w->is_operator,
                         .is_auditor = w->is_auditor,
                         .seats = seats,
                         .nseats = w->nseats,
                         .tasks = n.tasks,
                         .late = n.late,
                         .cases = n.cases};
    return api_send(cx, an, &me_schema, &out);
}

/* --- the inbox ------------------------------------------------------------------------------------ */

struct task_out {
    str id, case_id, number, title, lane, step, step_title, department, actor, flow;
    i64 round, hop, since;
    opt_i64 due;
};
static const struct out_field task_fields[] = {
    OUT(struct task_out, id, OUT_STR),         OUT(struct task_out, case_id, OUT_STR),
    OUT(struct task_out, number, OUT_STR),     OUT(struct task_out, title, OUT_STR),
    OUT(struct task_out, lane, OUT_STR),       OUT(struct task_out, step, OUT_STR),
    OUT(struct task_out, step_title, OUT_STR), OUT(struct task_out, department, OUT_STR),
    OUT(struct task_out, actor, OUT_STR),      OUT(struct task_out, flow, OUT_STR),
    OUT(struct task_out, round, OUT_I64),      OUT(struct task_out, hop, OUT_I64),
    OUT(struct task_out, since, OUT_INSTANT),  OUT(struct task_out, due, OUT_OPT_INSTANT)};
static const struct out_schema task_schema = {"Task", task_fields, COUNT(task_fields),
                                              sizeof(struct task_out)};

static enum err list_tasks(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct list_window w = {0};
    struct task_filter f = {.step = query_get(rq, "step"),
                            .case_id = query_get(rq, "case"),
                            .overdue = query_get(rq, "overdue").n > 0};
    struct task_line *rows;
    size_t n;
    TRY(api_window(cx, rq, &w.limit, &w.after));
    TRY(task_list(cx, &f, &w, &rows, &n));
    struct task_out *out = NEWS(cx->a, struct task_out, n + 1);
    for (size_t i = 0; i < n; i++)
        out[i] = (struct task_out){.id = rows[i].id,
                                   .case_id = rows[i].case_id,
                                   .number = rows[i].number,
                                   .title = rows[i].title,
                                   .lane = rows[i].lane,
                                   .step = rows[i].step,
                                   .step_title = rows[i].step_title,
                                   .department = rows[i].dept,
                                   .actor = actor_name(rows[i].actor),
                                   .flow = flow_name(rows[i].flow),
                                   .round = rows[i].round,
                                   .hop = rows[i].hop,
                                   .since = rows[i].since,
                                   .due = rows[i].due};
    return api_send_list(cx, an, &task_schema, out, n, w.next, w.total);
}

/* clang-format off */
static const struct api_param task_params[] = {
    {"step", "Only this step"}, {"case", "Only this case"}, {"overdue", "1: only what is overdue"}};
static const struct api_doc doc_openapi = {"service", "This description", .flags = API_JSON};
static const struct api_doc doc_process = {"service", "All steps of the handling process", .flags = API_JSON};
static const struct api_doc doc_me = {"service", "Who asks, with seats and counts", .out = &me_schema};
static const struct api_doc doc_tasks = {"cases", "What waits for you, the nearest deadline first", .out = &task_schema, .flags = API_LIST, .query = task_params, .nquery = COUNT(task_params)};

static const struct route table[] = {
    {GET, S_INIT("/api/v1/openapi.json"), NEED_NOBODY, OF_NOTHING, 0, show_openapi, 0, 0, &doc_openapi},
    {GET, S_INIT("/api/v1/process"),      NEED_NOBODY, OF_NOTHING, 0, show_process, 0, 0, &doc_process},
    {GET, S_INIT("/api/v1/me"),           NEED_PERSON, OF_NOTHING, 0, show_me, 0, 0, &doc_me},
    {GET, S_INIT("/api/v1/inbox"),        NEED_PERSON, OF_NOTHING, 0, list_tasks, 0, 0, &doc_tasks},
    {GET, S_INIT("/api/v1/tasks"),        NEED_PERSON, OF_NOTHING, 0, list_tasks, 0, 0, &doc_tasks},
};
/* clang-format on */
const struct routes service_api_routes = {table, COUNT(table)};
