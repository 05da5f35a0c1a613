/* report_intake.c - what the intake does with a report: accept, refuse, hand on, end. */
#include "app/case_file.h"
#include "app/case_new.h"
#include "app/history.h"
#include "app/notice.h"
#include "app/step_effects.h"

#include "app/reports.h"
#include "app/tables.h"
#include "app/texts.h"
#include "formats/json.h"

struct intake {
    str report_id;
    i64 rev;
    const struct input *in;
    str *case_id;
    /* found on the way */
    struct q_report_get r;
    str dept_id;
};

/* Only the intake that received a report decides about it. */
static enum err intake_open(struct ctx *cx, struct intake *t)
{
    const struct access *acc;
    struct q_report_rights rights;
    TRY(access_report(cx, t->report_id, &acc));
    TRY(q_report_rights(cx->db, &rights, .id = t->report_id, .person_id = cx->who.person_id));
    TRY(q_report_get(cx->db, &t->r, .id = t->report_id));
    if (rights.intake_dept_id.n == 0 || !user_has(&cx->who, rights.intake_dept_id))
        return E_DENIED;
    t->dept_id = rights.intake_dept_id;
    return OK;
}

static enum err add_note(struct ctx *cx, const struct intake *t, const char *act)
{
    struct history_note note = {.report_id = t->report_id,
                                .case_id = t->r.case_id,
                                .act = str_z(act),
                                .dept_id = t->dept_id,
                                .place = {.audience = AUD_RECEPTION}};
    return history_add(cx, &note);
}

static enum err keep_text(struct ctx *cx, const struct intake *t, enum audience audience,
                          const char *kind, str body)
{
    struct text_new text = {.case_id = t->r.case_id,
                            .place = {.audience = audience, .report_id = t->report_id},
                            .kind = str_z(kind),
                            .dept_id = t->dept_id,
                            .body = body};
    return text_put(cx, &text, NULL);
}

/* A word in the talk with the finder; the finder is told that it is there. */
static enum err tell_finder(struct ctx *cx, const struct intake *t, str text)
{
    TRY(keep_text(cx, t, AUD_FINDER, "message", text));
    return notice_finder(cx, t->report_id);
}

/* --- accept ------------------------------------------------------------------------------- */

static const struct step *acceptance_step(const struct ctx *cx)
{
    int at = process_step(cx->app->process, FLOW_COORDINATED, S("0.1.1"));
    return at < 0 ? NULL : &cx->app->process->flow[FLOW_COORDINATED].steps[at];
}

const struct field_rule *report_accept_rules(struct ctx *cx, enum report_kind k, size_t *n)
{
    const struct step *s = acceptance_step(cx);
    struct field_rule *rules = NEWS(cx->a, struct field_rule, (s ? s->nquestions : 0) + 1);
    *n = 0;
    for (size_t i = 0; s != NULL && i < s->nquestions; i++) {
        const struct question *q = &s->questions[i];
        struct field_rule *r = &rules[*n];
        if (q->hop != 2)
            continue;
        *r = (struct field_rule){.name = q->field,
                                 .type = q->type == ASK_CONFIRM ? FIELD_BOOL : FIELD_TEXT,
                                 .required = q->required,
                                 .confirm = q->type == ASK_CONFIRM && q->required};
        r->label[LANG_JA] = q->label[LANG_JA_AT];
        r->label[LANG_EN] = q->label[LANG_EN_AT];
        r->hint[LANG_JA] = q->hint[LANG_JA_AT];
        r->hint[LANG_EN] = q->hint[LANG_EN_AT];
        (*n)++;
    }
    if (k != REPORT_WEBSITE)
        rules[(*n)++] = (struct field_rule){.name = S("case"), .type = FIELD_LINE, .max = 40};
    return rules;
}

/* The answers without what only acceptance asks. */
static struct input without(struct ctx *cx, const struct input *in, const char *name)
{
    struct input out = {0};
    for (size_t i = 0; i < in->n; i++)
        if (!str_eq(in->v[i].name, str_z(name)))
            *PUSH(cx->a, &out) = in->v[i];
    return out;
}

static enum err open_case(struct ctx *cx, const struct intake *t, str *case_id)
{
    const struct json *content;
    struct json_error bad;
    TRY(json_read(cx->a, text_open_inside(t->r.content), &content, &bad));
    str threat = json_get_text(content, S("threat")), result = json_get_text(content, S("result"));
    struct case_begin b = {
        .flow = FLOW_COORDINATED,
        .entry = S("finder"),
        .owner_id = t->r.recipient_id,
        .report_id = t->report_id,
        .received = t->r.received,
        .dept_id = t->r.source_dept_id,
        .opener_id = t->dept_id,
        .lang = t->r.lang,
        .title = json_get_text(content, S("product")),
        .overview = threat.n ? threat : result,
        .details = report_details(cx->a, content, str_eq(t->r.lang, S("ja"))),
    };
    return case_new(cx, &b, case_id);
}

/* The second hop of 0.1.1: reception has confirmed, and notifies the coordinator. */
static enum err confirm(struct ctx *cx, const struct intake *t, str case_id)
{
    struct case_file cf;
    struct input answers = without(cx, t->in, "case");
    TRY(case_load(cx, case_id, &cf));
    struct hop_call h = {.cf = &cf, .round = 1, .hop = 2, .in = &answers};
    h.step = process_step(cx->app->process, FLOW_COORDINATED, S("0.1.1"));
    return hop_run(cx, &h);
}

/* One more report of what is already handled: it joins, and its finder is told. */
static enum err join_case(struct ctx *cx, struct intake *t, str number, const struct value *v,
                          size_t n, const struct field_rule *rules, str *case_id)
{
    const struct access *acc;
    enum err e = case_id_of(cx, number, case_id);
    if (e == OK)
        e = access_case(cx, *case_id, &acc);
    if (e == E_NOT_FOUND)
        return wrong(cx, S("case"), S("no_case"));
    TRY(e);
    TRY(q_case_report_join(cx->db, .report_id = t->report_id, .case_id = *case_id));
    TRY(q_report_get(cx->db, &t->r, .id = t->report_id));
    TRY(q_report_accept(cx->db, .id = t->report_id, .at = cx->now, .rev = t->r.rev));
    for (size_t i = 0; i < n; i++)
        if (str_eq(rules[i].name, S("to_finder")))
            TRY(tell_finder(cx, t, v[i].text));
    TRY(add_note(cx, t, "joined"));
    return case_settle(cx, *case_id);
}

static enum err read_acceptance(struct ctx *cx, const struct intake *t, enum report_kind kind,
                                const struct field_rule **rules, size_t *n, struct value **v)
{
    *rules = report_accept_rules(cx, kind, n);
    *v = NEWS(cx->a, struct value, *n + 1);
    return form_read(cx, *rules, *n, t->in, *v);
}

static enum err accept(struct ctx *cx, void *arg)
{
    struct intake *t = arg;
    enum report_kind kind;
    const struct field_rule *rules;
    struct value *v;
    size_t n;
    str number = input_get(t->in, S("case"));

    TRY(intake_open(cx, t));
    if (t->r.rev != t->rev || t->r.accepted.is || t->r.refused.is)
        return fail(cx, E_CONFLICT, "the report moved on");
    if (!report_kind_find(t->r.kind, &kind))
        return fail(cx, E_IO, "a report has an unknown kind");
    TRY(read_acceptance(cx, t, kind, &rules, &n, &v));
    *t->case_id = NO_STR;
    if (kind == REPORT_WEBSITE) {
        TRY(q_report_accept(cx->db, .id = t->report_id, .at = cx->now, .rev = t->rev));
        for (size_t i = 0; i < n; i++)
            if (str_eq(rules[i].name, S("to_finder")))
                TRY(tell_finder(cx, t, v[i].text));
        return add_note(cx, t, "accepted");
    }
    if (str_trim(number).n > 0)
        return join_case(cx, t, str_trim(number), v, n, rules, t->case_id);
    TRY(open_case(cx, t, t->case_id));
    TRY(confirm(cx, t, *t->case_id));
    return add_note(cx, t, "accepted");
}

enum err report_accept(struct ctx *cx, str report_id, i64 rev, const struct input *in, str *case_id)
{
    struct intake t = {.report_id = report_id, .rev = rev, .in = in, .case_id = case_id};
    return db_write(cx, accept, &t);
}

/* --- refuse, hand on, end ------------------------------------------------------------------- */

/* clang-format off */
const struct field_rule report_refuse_rules[2] = {
    {.name = S_INIT("disposition"), .type = FIELD_LINE, .required = true, .max = 40},
    {.name = S_INIT("to_finder"), .type = FIELD_TEXT, .required = true}};
const struct field_rule report_site_rules[2] = {
    {.name = S_INIT("site"), .type = FIELD_ID, .required = true},
    {.name = S_INIT("details"), .type = FIELD_TEXT, .required = true}};
const struct field_rule report_analyst_rules[1] = {
    {.name = S_INIT("person"), .type = FIELD_ID, .required = true}};
static const struct field_choice triage_choices[] = {
    {.value = S_INIT("vulnerability")}, {.value = S_INIT("incident")}, {.value = S_INIT("unclear")}};
const struct field_rule report_triage_rules[3] = {
    {.name = S_INIT("triage"), .type = FIELD_CHOICE, .required = true, .choices = triage_choices,
     .nchoices = COUNT(triage_choices)},
    {.name = S_INIT("reason"), .type = FIELD_TEXT, .required = true},
    {.name = S_INIT("passed_to"), .type = FIELD_LINE}};
static const struct field_choice done_choices[] = {
    {.value = S_INIT("modified")}, {.value = S_INIT("deleted")}, {.value = S_INIT("operation")},
    {.value = S_INIT("not_done")}};
const struct field_rule report_answer_rules[2] = {
    {.name = S_INIT("done"), .type = FIELD_CHOICE, .required = true, .choices = done_choices,
     .nchoices = COUNT(done_choices)},
    {.name = S_INIT("answer"), .type = FIELD_TEXT, .required = true}};
/* clang-format on */

static enum err refuse(struct ctx *cx, void *arg)
{
    struct intake *t = arg;
    struct value v[2];
    TRY(intake_open(cx, t));
    if (t->r.rev != t->rev)
        return fail(cx, E_CONFLICT, "the report moved on");
    TRY(form_read(cx, report_refuse_rules, 2, t->in, v));
    if (!disposition_is(cx->app->tables, v[0].text, t->r.kind, S("refuse")))
        return wrong(cx, S("disposition"), S("choice"));
    TRY(q_report_refuse(cx->db, .id = t->report_id, .at = cx->now, .disposition = v[0].text,
                        .rev = t->rev));
    TRY(tell_finder(cx, t, v[1].text));
    return add_note(cx, t, "refused");
}

enum err report_refuse(struct ctx *cx, str report_id, i64 rev, const struct input *in)
{
    struct intake t = {.report_id = report_id, .rev = rev, .in = in};
    return db_write(cx, refuse, &t);
}

static enum err notify_site(struct ctx *cx, void *arg)
{
    struct intake *t = arg;
    struct value v[2];
    struct q_org_get org;
    struct q_org_dept dept;
    TRY(intake_open(cx, t));
    if (!str_eq(t->r.kind, S("website")) || !t->r.accepted.is || t->r.ended.is)
        return fail(cx, E_CONFLICT, "not an accepted website report");
    TRY(form_read(cx, report_site_rules, 2, t->in, v));
    enum err e = q_org_get(cx->db, &org, .id = v[0].text);
    if (e == E_NOT_FOUND || (e == OK && !str_eq(org.kind, S("operator"))))
        return wrong(cx, S("site"), S("choice"));
    TRY(e);
    TRY(q_report_site(cx->db, .id = t->report_id, .site_org_id = org.id, .at = cx->now,
                      .rev = t->rev));
    TRY(keep_text(cx, t, AUD_DETAILS, "details", v[1].text));
    e = q_org_dept(cx->db, &dept, .org_id = org.id, .kind = S("operator"));
    if (e == OK)
        e = notice_task(cx, dept.dept_id, NO_STR);
    TRY(e == E_NOT_FOUND ? OK : e);
    return add_note(cx, t, "site_notified");
}

enum err report_notify_site(struct ctx *cx, str report_id, i64 rev, const struct input *in)
{
    struct intake t = {.report_id = report_id, .rev = rev, .in = in};
    return db_write(cx, notify_site, &t);
}

static enum err ask_analyst(struct ctx *cx, void *arg)
{
    struct intake *t = arg;
    struct value v[1];
    struct q_person_seat_kind seat;
    TRY(intake_open(cx, t));
    TRY(form_read(cx, report_analyst_rules, 1, t->in, v));
    enum err e = q_person_seat_kind(cx->db, &seat, .person_id = v[0].text,
                                    .org_kind = S("analysis"), .now = cx->now);
    if (e == E_NOT_FOUND)
        return wrong(cx, S("person"), S("choice"));
    TRY(e);
    TRY(q_report_helper_add(cx->db, .report_id = t->report_id, .person_id = v[0].text,
                            .since = cx->now));
    TRY(notice_task(cx, v[0].text, NO_STR));
    return add_note(cx, t, "analyst_asked");
}

enum err report_ask_analyst(struct ctx *cx, str report_id, const struct input *in)
{
    struct intake t = {.report_id = report_id, .in = in};
    return db_write(cx, ask_analyst, &t);
}

/* What it is, why, and who got it, each in a line of its own: kept with the intake's file. */
static enum err triage(struct ctx *cx, void *arg)
{
    struct intake *t = arg;
    struct value v[COUNT(report_triage_rules)];
    TRY(intake_open(cx, t));
    TRY(form_read(cx, report_triage_rules, COUNT(v), t->in, v));
    str text = str_fmt(cx->a, "%.*s\n%.*s\n%.*s", SV(v[0].text), SV(v[2].text), SV(v[1].text));
    TRY(keep_text(cx, t, AUD_RECEPTION, "triage", text));
    return add_note(cx, t, "triaged");
}

enum err report_triage(struct ctx *cx, str report_id, const struct input *in)
{
    struct intake t = {.report_id = report_id, .in = in};
    return db_write(cx, triage, &t);
}

static enum err site_answer(struct ctx *cx, void *arg)
{
    struct intake *t = arg;
    struct value v[2];
    const struct access *acc;
    struct q_report_rights rights;
    TRY(access_report(cx, t->report_id, &acc));
    TRY(q_report_rights(cx->db, &rights, .id = t->report_id, .person_id = cx->who.person_id));
    TRY(q_report_get(cx->db, &t->r, .id = t->report_id));
    if (!rights.site_notified.is || rights.site_dept_id.n == 0 ||
        !user_has(&cx->who, rights.site_dept_id))
        return E_DENIED;
    if (t->r.ended.is)
        return fail(cx, E_CONFLICT, "the report has ended");
    TRY(form_read(cx, report_answer_rules, 2, t->in, v));
    str text = str_fmt(cx->a, "%.*s\n%.*s", SV(v[0].text), SV(v[1].text));
    t->dept_id = rights.site_dept_id;
    TRY(keep_text(cx, t, AUD_DETAILS, "site_answer", text));
    TRY(q_report_site_answered(cx->db, .id = t->report_id, .at = cx->now));
    TRY(notice_task(cx, rights.intake_dept_id, NO_STR));
    return add_note(cx, t, "site_answered");
}

enum err report_site_answer(struct ctx *cx, str report_id, const struct input *in)
{
    struct intake t = {.report_id = report_id, .in = in};
    return db_write(cx, site_answer, &t);
}

static enum err close_report(struct ctx *cx, void *arg)
{
    struct intake *t = arg;
    struct value v[2];
    TRY(intake_open(cx, t));
    if (!t->r.accepted.is || t->r.ended.is || t->r.case_id.p)
        return fail(cx, E_CONFLICT, "not an open website report");
    TRY(form_read(cx, report_refuse_rules, 2, t->in, v));
    if (!disposition_ends(cx->app->tables, v[0].text, t->r.kind))
        return wrong(cx, S("disposition"), S("choice"));
    TRY(q_report_end(cx->db, .id = t->report_id, .at = cx->now, .disposition = v[0].text));
    TRY(q_report_told(cx->db, .id = t->report_id, .at = cx->now));
    TRY(tell_finder(cx, t, v[1].text));
    return add_note(cx, t, "ended");
}

enum err report_close(struct ctx *cx, str report_id, const struct input *in)
{
    struct intake t = {.report_id = report_id, .in = in};
    return db_write(cx, close_report, &t);
}
