/* report_view.c - a report as one reader may see it. */
#include "app/case_file.h"
#include "app/disclosure.h"
#include "app/report_clocks.h"
#include "app/reports.h"
#include "base/vec.h"
#include "formats/json.h"

static str shown_bool(struct ctx *cx, str field, bool yes)
{
    static const struct field_choice both[] = {{.value = S_INIT("yes")}, {.value = S_INIT("no")}};
    struct field_rule named = {.name = field, .choices = both, .nchoices = COUNT(both)};
    str label = choice_label(cx->a, &named, yes ? 0 : 1, cx->lang);
    if (!str_eq(label, both[yes ? 0 : 1].value))
        return label;
    return word(cx->lang, yes ? W_yes : W_no);
}

/* A value as people read it: choices and yes or no by their words, instants in the zone. */
static str shown(struct ctx *cx, const struct field_rule *r, const struct json *j)
{
    bool yes;
    i64 at;
    str text = json_text(j);
    if (json_bool(j, &yes))
        return shown_bool(cx, r->name, yes);
    if (r->type == FIELD_INSTANT && time_parse(text, zone_utc, &at))
        return time_minute(cx->a, at, cx->zone);
    for (size_t i = 0; r->type == FIELD_CHOICE && i < r->nchoices; i++)
        if (str_eq(r->choices[i].value, text))
            return choice_label(cx->a, r, i, cx->lang);
    return text;
}

/* The items in the order of the form, those of one side that the reader may see. */
static enum err read_items(struct ctx *cx, const struct access *acc, const struct q_report_get *row,
                           struct report_view *v)
{
    struct {
        VEC(struct report_item)
    } items = {0};
    enum report_kind kind;
    const struct json *side[2] = {NULL, NULL};
    struct json_error bad;
    struct place at = {.audience = AUD_REPORT, .lane = S(""), .step = S(""), .report_id = row->id};
    str content = text_open(acc, &at, row->content);
    at.audience = AUD_IDENTITY;
    str identity = text_open(acc, &at, row->identity);
    v->sees_identity = identity.p != NULL;
    if (content.p)
        TRY(json_read(cx->a, content, &side[0], &bad));
    if (identity.p)
        TRY(json_read(cx->a, identity, &side[1], &bad));
    size_t n = 0;
    const struct field_rule *rules =
        report_kind_find(row->kind, &kind) ? report_rules(kind, &n) : NULL;
    for (size_t i = 0; i < n; i++) {
        const struct json *j = json_get(side[report_is_identity(rules[i].name)], rules[i].name);
        if (j != NULL)
            *PUSH(cx->a, &items) = (struct report_item){rules[i].name, shown(cx, &rules[i], j),
                                                        report_section_of(rules[i].name)};
    }
    v->items = items.v;
    v->nitems = items.n;
    return OK;
}

/* Whose word it is: the finder's, or the body's by name. */
static enum err name_speaker(struct ctx *cx, const struct q_texts_of_report *t,
                             const struct q_report_get *row, const struct report_view *v,
                             struct talk_item *out)
{
    struct q_dept_org dept;
    bool by_source =
        t->dept_id.p == NULL || (row->source_dept_id.p && str_eq(t->dept_id, row->source_dept_id));
    out->from_finder = by_source;
    out->own = by_source == v->is_finder;
    if (by_source)
        return OK;
    TRY(q_dept_org(cx->db, &dept, .id = t->dept_id));
    out->who = pick(cx, dept.org_ja, dept.org_en);
    return OK;
}

static enum err read_talk(struct ctx *cx, const struct access *acc, const struct q_report_get *row,
                          struct report_view *v)
{
    struct q_texts_of_report *rows;
    struct {
        VEC(struct talk_item)
    } talk = {0};
    size_t n;
    TRY(q_texts_of_report(cx->db, &rows, &n, .report_id = v->id));
    for (size_t i = 0; i < n; i++) {
        struct place at = {.audience = (enum audience)rows[i].audience,
                           .lane = rows[i].lane,
                           .step = rows[i].step,
                           .report_id = v->id};
        bool site = v->is_operator && at.audience == AUD_DETAILS;
        str text = at.audience == AUD_FINDER || site || v->is_intake
                       ? text_open(acc, &at, rows[i].body)
                       : NO_STR;
        if (text.p == NULL)
            continue;
        struct talk_item *it = PUSH(cx->a, &talk);
        *it = (struct talk_item){.id = rows[i].id,
                                 .lang = rows[i].lang,
                                 .text = text,
                                 .kind = rows[i].kind,
                                 .at = rows[i].at};
        TRY(name_speaker(cx, &rows[i], row, v, it));
    }
    v->talk = talk.v;
    v->ntalk = talk.n;
    return OK;
}

static enum err read_tasks(struct ctx *cx, const struct q_report_get *row, struct report_view *v)
{
    struct q_tasks_of *rows;
    size_t n;
    struct q_case_get c;
    enum flow flow;
    str principal = row->source_dept_id.p ? row->source_dept_id : v->id;
    struct finder_task *tasks = NULL;
    if (v->case_id.p == NULL || !v->is_finder)
        return OK;
    TRY(q_case_get(cx->db, &c, .id = v->case_id));
    TRY(q_tasks_of(cx->db, &rows, &n, .case_id = v->case_id));
    tasks = NEWS(cx->a, struct finder_task, n + 1);
    for (size_t i = 0; i < n; i++) {
        int step =
            flow_find(c.flow, &flow) ? process_step(cx->app->process, flow, rows[i].step) : -1;
        if (step < 0 || rows[i].hop == 0 || !str_eq(rows[i].principal, principal))
            continue;
        int lang = cx->lang == LANG_JA ? LANG_JA_AT : LANG_EN_AT;
        tasks[v->ntasks++] =
            (struct finder_task){.case_id = v->case_id,
                                 .lane = rows[i].lane,
                                 .step = rows[i].step,
                                 .title = cx->app->process->flow[flow].steps[step].title[lang],
                                 .round = rows[i].round,
                                 .hop = rows[i].hop,
                                 .since = rows[i].since,
                                 .due = rows[i].due};
    }
    v->tasks = tasks;
    v->may_inquire = !v->ended.is;
    return OK;
}

/* --- state and clocks --------------------------------------------------------------------------- */

static void read_state(struct ctx *cx, const struct q_report_get *r, struct report_view *v)
{
    struct report_times t = {.received = r->received,
                             .told = r->told,
                             .accepted = r->accepted,
                             .refused = r->refused,
                             .ended = r->ended,
                             .site_notified = r->site_notified,
                             .site_answered = r->site_answered,
                             .in_case = r->case_id.p != NULL,
                             .direct = v->is_direct,
                             .of_site = v->is_operator && !v->is_intake};
    v->state = report_state(&t);
    report_clocks(cx, &t, &v->clocks);
}

static enum err read_published(struct ctx *cx, struct report_view *v)
{
    struct q_case_published row;
    if (v->case_id.p == NULL)
        return OK;
    enum err e = q_case_published(cx->db, &row, .case_id = v->case_id);
    if (e == OK)
        v->published = row.published;
    return e == E_NOT_FOUND ? OK : e;
}

/* --- what the reader may do --------------------------------------------------------------------- */

static void read_may(const struct q_report_get *r, const struct access *acc, struct report_view *v)
{
    struct place talk = {.audience = AUD_FINDER, .lane = S(""), .step = S(""), .report_id = r->id};
    bool open = !r->ended.is, website = str_eq(r->kind, S("website"));
    v->may_say = access_may(acc, &talk);
    v->may_consent = v->is_finder && open;
    bool undecided = open && !r->accepted.is && !r->refused.is && r->case_id.p == NULL;
    v->may_withdraw = v->is_finder && undecided;
    v->may_decide = v->is_intake && undecided;
    v->may_notify = v->is_intake && website && r->accepted.is && open;
    v->may_end = v->is_intake && r->accepted.is && open && r->case_id.p == NULL;
    v->may_ask = v->is_intake && open;
    v->may_answer = v->is_operator && open;
}

/* --- the intake's file -------------------------------------------------------------------------- */

static enum err read_helpers(struct ctx *cx, struct report_view *v)
{
    struct q_report_helpers *rows;
    size_t n;
    if (!v->is_intake)
        return OK;
    TRY(q_report_helpers(cx->db, &rows, &n, .report_id = v->id));
    str *names = NEWS(cx->a, str, n + 1);
    for (size_t i = 0; i < n; i++)
        names[i] = pick(cx, rows[i].name_ja, rows[i].name_en);
    v->helpers = names;
    v->nhelpers = n;
    return OK;
}

static enum err read_site(struct ctx *cx, const struct q_report_get *r, struct report_view *v)
{
    struct q_org_get org;
    if (r->site_org_id.p == NULL || !(v->is_intake || v->is_operator))
        return OK;
    TRY(q_org_get(cx->db, &org, .id = r->site_org_id));
    v->site = pick(cx, org.name_ja, org.name_en);
    return OK;
}

static enum err read_file(struct ctx *cx, const struct access *acc, const struct q_report_get *r,
                          struct report_view *v)
{
    enum { HISTORY = 200 };
    struct history_line *lines;
    TRY(read_helpers(cx, v));
    TRY(read_site(cx, r, v));
    TRY(read_published(cx, v));
    TRY(attach_of_report(cx, acc, v->id, &v->files));
    TRY(history_of_report(cx, acc, v->id, HISTORY, &lines, &v->nhistory));
    v->history = lines;
    return OK;
}

static void copy_row(const struct q_report_get *r, struct report_view *v)
{
    *v = (struct report_view){.id = r->id,
                              .receipt = r->receipt,
                              .kind = r->kind,
                              .source = r->source,
                              .lang = r->lang,
                              .disposition = r->disposition,
                              .received = r->received,
                              .rev = r->rev,
                              .told = r->told,
                              .accepted = r->accepted,
                              .refused = r->refused,
                              .ended = r->ended,
                              .site_notified = r->site_notified,
                              .site_answered = r->site_answered,
                              .tell_vendor = r->tell_vendor,
                              .direct_contact = r->direct_contact,
                              .publish_name = r->publish_name,
                              .case_id = r->case_id};
}

/* The case's number, for those who may know of the case; a finder has the receipt. */
static enum err read_case_number(struct ctx *cx, struct report_view *v)
{
    const struct access *acc;
    struct q_case_get c;
    if (v->case_id.p == NULL || cx->who.report_id.n > 0)
        return OK;
    enum err e = access_case(cx, v->case_id, &acc);
    if (e == E_NOT_FOUND || (e == OK && !access_has(acc, AUD_CASE)))
        return OK;
    TRY(e);
    TRY(q_case_get(cx->db, &c, .id = v->case_id));
    v->case_number = c.number;
    return OK;
}

enum err report_view(struct ctx *cx, str report_id, struct report_view *v)
{
    const struct access *acc;
    struct q_report_get row;
    struct q_report_rights rights;
    struct q_org_get org;
    TRY(access_report(cx, report_id, &acc));
    TRY(q_report_get(cx->db, &row, .id = report_id));
    TRY(q_report_rights(cx->db, &rights, .id = report_id, .person_id = cx->who.person_id));
    TRY(q_org_get(cx->db, &org, .id = row.recipient_id));
    copy_row(&row, v);
    v->recipient = pick(cx, org.name_ja, org.name_en);
    v->is_finder = str_eq(cx->who.report_id, report_id) ||
                   (row.source_dept_id.p && user_has(&cx->who, row.source_dept_id));
    v->is_intake = rights.intake_dept_id.p && user_has(&cx->who, rights.intake_dept_id);
    v->is_operator =
        rights.site_notified.is && rights.site_dept_id.p && user_has(&cx->who, rights.site_dept_id);
    v->is_helper = rights.helps;
    v->is_direct = str_eq(org.kind, S("vendor"));
    read_state(cx, &row, v);
    read_may(&row, acc, v);
    TRY(read_items(cx, acc, &row, v));
    TRY(read_talk(cx, acc, &row, v));
    TRY(read_case_number(cx, v));
    TRY(read_file(cx, acc, &row, v));
    if (str_eq(cx->who.report_id, report_id))
        TRY(disclosure_right(cx, &row, &v->disclosure));
    return read_tasks(cx, &row, v);
}
