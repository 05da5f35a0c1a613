/* steps_api.c - see steps_api.h. */
#include "web/api/steps_api.h"

#include "app/reports.h"
#include "web/api/case_out.h"

/* --- reading -------------------------------------------------------------------------------------- */

static bool wanted(const struct request *rq, const struct step_view *v)
{
    str lane = query_get(rq, "lane"), state = query_get(rq, "state"), mine = query_get(rq, "mine");
    if (lane.p != NULL && !str_eq(lane, v->lane))
        return false;
    if (state.n > 0 && !str_eq(state, chip_name(v->is)))
        return false;
    return mine.n == 0 || v->may_perform || v->may_sign;
}

static enum err list_steps(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct step_view *all;
    size_t n, kept = 0;
    TRY(case_steps_view(cx, rq->id, rq->acc, &all, &n));
    for (size_t i = 0; i < n; i++)
        if (wanted(rq, &all[i]))
            all[kept++] = all[i];
    return api_send_list(cx, an, &step_line_schema, all, kept, NO_STR, (i64)kept);
}

static enum err send_step(struct ctx *cx, struct reply *an, const struct step_ref *ref,
                          const struct access *acc)
{
    struct step_out out = {0};
    TRY(case_step_view(cx, ref->case_id, acc, ref->lane, ref->step, &out.ident, &out.v));
    out.questions = fields_out(cx, out.v.form.rules, out.v.form.n, out.v.form.questions);
    out.nquestions = out.v.form.n;
    out.invite = fields_out(cx, out.v.invite.rules, out.v.invite.n, NULL);
    out.ninvite = out.v.invite.n;
    return api_send(cx, an, &step_schema, &out);
}

static enum err show_step(struct ctx *cx, struct request *rq, struct reply *an)
{
    str lane = query_get(rq, "lane");
    struct step_ref ref = {rq->id, lane.n ? lane : S(""), rq->seg[1]};
    return send_step(cx, an, &ref, rq->acc);
}

/* --- doing ---------------------------------------------------------------------------------------- */

/* clang-format off */
enum { AT_LANE, AT_ROUND, AT_HOP, AT_AS, AT_REV };
static const struct field_rule perform_rules[] = {
    {.name = S_INIT("lane"), .type = FIELD_ID},
    {.name = S_INIT("round"), .type = FIELD_NUMBER, .required = true, .max = 1000000},
    {.name = S_INIT("hop"), .type = FIELD_NUMBER, .required = true, .max = 100},
    {.name = S_INIT("as"), .type = FIELD_LINE, .max = 40}};
static const struct field_rule lane_rules[] = {
    {.name = S_INIT("lane"), .type = FIELD_ID}};
static const struct field_rule draft_rules[] = {
    {.name = S_INIT("lane"), .type = FIELD_ID},
    {.name = S_INIT("hop"), .type = FIELD_NUMBER, .required = true, .max = 100},
    {.name = S_INIT("rev"), .type = FIELD_NUMBER, .max = 1000000000}};
/* clang-format on */

/* What comes after an act: the step as it is now, or nothing where it is no more to be seen. */
static enum err send_after(struct ctx *cx, struct reply *an, const struct step_ref *ref)
{
    enum err e = send_step(cx, an, ref, NULL);
    return e == E_NOT_FOUND ? OK : e;
}

static struct step_ref ref_of(const struct request *rq, const struct value *lane)
{
    return (struct step_ref){rq->id, lane->text.n ? lane->text : S(""), rq->seg[1]};
}

/* As which department to sign: the one that was named, or the one that is awaited. */
static enum err signs_as(struct ctx *cx, const struct step_ref *ref, str named, enum actor *as)
{
    struct case_ident ident;
    struct step_view v;
    if (named.n > 0)
        return actor_find(named, as) ? OK : wrong(cx, S("as"), S("choice"));
    TRY(case_step_view(cx, ref->case_id, NULL, ref->lane, ref->step, &ident, &v));
    *as = v.sign_as;
    return v.may_sign ? OK : E_DENIED;
}

static enum err perform(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct value v[COUNT(perform_rules)];
    struct input answers, rest;
    enum actor as;
    TRY(api_inner(cx, rq, "answers", &answers, &rest));
    TRY(form_read(cx, perform_rules, COUNT(perform_rules), &rest, v));
    struct step_ref ref = ref_of(rq, &v[AT_LANE]);
    enum err e;
    if (v[AT_HOP].n > 0) {
        e = step_perform(cx, &ref, v[AT_ROUND].n, v[AT_HOP].n, &answers);
    } else {
        TRY(signs_as(cx, &ref, v[AT_AS].text, &as));
        e = step_sign(cx, &ref, v[AT_ROUND].n, as, &answers);
    }
    api_under(cx, "answers", 0);
    TRY(e);
    return send_after(cx, an, &ref);
}

typedef enum err step_act_fn(struct ctx *cx, const struct step_ref *ref, const struct input *in);

static enum err act(struct ctx *cx, struct request *rq, struct reply *an, step_act_fn *fn)
{
    struct value v[COUNT(lane_rules)];
    struct input answers, rest;
    TRY(api_inner(cx, rq, "answers", &answers, &rest));
    TRY(form_read(cx, lane_rules, COUNT(lane_rules), &rest, v));
    struct step_ref ref = ref_of(rq, &v[AT_LANE]);
    enum err e = fn(cx, &ref, &answers);
    api_under(cx, "answers", 0);
    TRY(e);
    return send_after(cx, an, &ref);
}

static enum err invite(struct ctx *cx, struct request *rq, struct reply *an)
{
    return act(cx, rq, an, step_invite);
}

static enum err skip(struct ctx *cx, struct request *rq, struct reply *an)
{
    return act(cx, rq, an, step_skip);
}

static enum err set_due(struct ctx *cx, struct request *rq, struct reply *an)
{
    return act(cx, rq, an, step_set_due);
}

struct draft_out {
    i64 rev;
};
static const struct out_field draft_fields[] = {OUT(struct draft_out, rev, OUT_I64)};
OUT_SCHEMA(draft_schema, "Draft", struct draft_out, draft_fields);

static enum err save_draft(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct value v[COUNT(draft_rules)];
    struct input answers, rest;
    struct draft_out out;
    TRY(api_inner(cx, rq, "answers", &answers, &rest));
    TRY(form_read(cx, draft_rules, COUNT(draft_rules), &rest, v));
    struct step_ref ref = ref_of(rq, &v[0]);
    TRY(step_save_draft(cx, &ref, v[1].n, v[2].n, &answers, &out.rev));
    return api_send(cx, an, &draft_schema, &out);
}

/* --- the finder ----------------------------------------------------------------------------------- */

/* The step that waits for the finder, as its report says. */
static enum err own_task(struct ctx *cx, str step, struct finder_task *out)
{
    struct report_view v;
    if (cx->who.report_id.n == 0)
        return E_NOT_FOUND;
    TRY(report_view(cx, cx->who.report_id, &v));
    for (size_t i = 0; i < v.ntasks; i++)
        if (str_eq(v.tasks[i].step, step)) {
            *out = v.tasks[i];
            return OK;
        }
    return E_NOT_FOUND;
}

struct own_step_out {
    struct finder_task task;
    const struct field_out *questions;
    size_t nquestions;
};
static const struct out_field own_step_fields[] = {
    OUT_AS(struct own_step_out, task.step, "step", OUT_STR),
    OUT_AS(struct own_step_out, task.title, "title", OUT_STR),
    OUT_AS(struct own_step_out, task.round, "round", OUT_I64),
    OUT_AS(struct own_step_out, task.hop, "hop", OUT_I64),
    OUT_AS(struct own_step_out, task.since, "since", OUT_INSTANT),
    OUT_AS(struct own_step_out, task.due, "due", OUT_OPT_INSTANT),
    OUT_ITEMS(struct own_step_out, questions, nquestions, &field_schema),
};
OUT_SCHEMA(own_step_schema, "FinderStep", struct own_step_out, own_step_fields);

static enum err show_own(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct own_step_out out;
    struct step_form form;
    TRY(own_task(cx, rq->seg[0], &out.task));
    struct step_ref ref = {out.task.case_id, out.task.lane, out.task.step};
    TRY(step_form_of(cx, &ref, (int)out.task.hop, &form));
    out.questions = fields_out(cx, form.rules, form.n, form.questions);
    out.nquestions = form.n;
    return api_send(cx, an, &own_step_schema, &out);
}

static enum err perform_own(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct value v[COUNT(perform_rules)];
    struct input answers, rest;
    struct finder_task task;
    (void)an;
    TRY(own_task(cx, rq->seg[0], &task));
    TRY(api_inner(cx, rq, "answers", &answers, &rest));
    TRY(form_read(cx, perform_rules, COUNT(perform_rules), &rest, v));
    struct step_ref ref = {task.case_id, task.lane, task.step};
    enum err e = step_perform(cx, &ref, v[AT_ROUND].n, v[AT_HOP].n, &answers);
    api_under(cx, "answers", 0);
    return e;
}

/* clang-format off */
static const struct api_param steps_params[] = {
    {"lane", "Only this lane; empty: the case's own"}, {"state", "Only what stands so: open, overdue, waiting, …"},
    {"mine", "1: only what waits for you"}};
static const struct api_param step_params[] = {{"lane", "Which lane; absent: the case's own"}};

#define STEPS_DOC(name, what, ...) static const struct api_doc name = {.tag = "steps", .summary = what, __VA_ARGS__}
STEPS_DOC(doc_list, "Every step that you may know of, in its state; what does not apply with its condition", .out = &step_line_schema, .flags = API_ALL, .query = steps_params, .nquery = COUNT(steps_params));
STEPS_DOC(doc_step, "One step: its questions, what rests on it, who signs and who will read the answer", .out = &step_schema, .query = step_params, .nquery = COUNT(step_params));
STEPS_DOC(doc_perform, "Perform the hop that is next (answers by the names of its questions), or sign: hop 0", .in = perform_rules, .nin = COUNT(perform_rules), .out = &step_schema, .flags = API_ANSWERS);
STEPS_DOC(doc_invite, "Ask departments to take part, or mark them to be told: answers take_part, inform", .in = lane_rules, .nin = COUNT(lane_rules), .out = &step_schema, .flags = API_ANSWERS);
STEPS_DOC(doc_skip, "Skip, with a reason: answers reason", .in = lane_rules, .nin = COUNT(lane_rules), .out = &step_schema, .flags = API_ANSWERS);
STEPS_DOC(doc_due, "Set another deadline: answers due, reason", .in = lane_rules, .nin = COUNT(lane_rules), .out = &step_schema, .flags = API_ANSWERS);
STEPS_DOC(doc_draft, "Keep what was begun", .in = draft_rules, .nin = COUNT(draft_rules), .out = &draft_schema, .flags = API_ANSWERS);
STEPS_DOC(doc_own, "What waits for the finder, with its questions", .out = &own_step_schema);
STEPS_DOC(doc_perform_own, "The finder's answer", .in = perform_rules, .nin = COUNT(perform_rules), .flags = API_ANSWERS);

static const struct route table[] = {
    {GET,  S_INIT("/api/v1/cases/{}/steps"),           NEED_PERSON, OF_CASE, 0, list_steps, 0, 0, &doc_list},
    {GET,  S_INIT("/api/v1/cases/{}/steps/{}"),        NEED_PERSON, OF_CASE, 0, show_step, 0, 0, &doc_step},
    {POST, S_INIT("/api/v1/cases/{}/steps/{}"),        NEED_PERSON, OF_CASE, 0, perform, 0, 1 << 20, &doc_perform},
    {POST, S_INIT("/api/v1/cases/{}/steps/{}/invite"), NEED_PERSON, OF_CASE, 0, invite, 0, 0, &doc_invite},
    {POST, S_INIT("/api/v1/cases/{}/steps/{}/skip"),   NEED_PERSON, OF_CASE, 0, skip, 0, 0, &doc_skip},
    {POST, S_INIT("/api/v1/cases/{}/steps/{}/due"),    NEED_PERSON, OF_CASE, 0, set_due, 0, 0, &doc_due},
    {PUT,  S_INIT("/api/v1/cases/{}/steps/{}/draft"),  NEED_PERSON, OF_CASE, 0, save_draft, 0, 1 << 20, &doc_draft},
    {GET,  S_INIT("/api/v1/track/steps/{}"),           NEED_FINDER, OF_NOTHING, 0, show_own, 0, 0, &doc_own},
    {POST, S_INIT("/api/v1/track/steps/{}"),           NEED_FINDER, OF_NOTHING, 0, perform_own, 0, 1 << 20, &doc_perform_own},
};
/* clang-format on */
const struct routes steps_api_routes = {table, COUNT(table)};
