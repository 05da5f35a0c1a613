/* disclosure.c - see disclosure.h. */
#include "app/disclosure.h"

#include "app/history.h"
#include "app/notice.h"
#include "app/texts.h"

const struct field_rule disclosure_rules[1] = {
    {.name = S_INIT("disclosure_reason"), .type = FIELD_TEXT}};

enum err disclosure_right(struct ctx *cx, const struct q_report_get *report, struct disclosure *out)
{
    struct q_inquiry_of_report asked;
    struct case_file cf;
    struct clock_state c;
    bool found;
    *out = (struct disclosure){0};
    if (report->case_id.p == NULL || report->ended.is || !str_eq(report->source, S("finder")))
        return OK;
    TRY(app_read(cx));
    TRY(q_inquiry_of_report(cx->db, &asked, .report_id = report->id,
                            .kind = instant_name(AT_WITHDRAWAL_ASKED)));
    TRY(case_load(cx, report->case_id, &cf));
    cf.withdrawal_asked = 0;
    TRY(case_clock(cx, &cf, S("withdraw_nondisclosure"), &c, &found));
    if (!found || c.is == CLOCK_MET)
        return OK;
    *out = (struct disclosure){.is = true,
                               .may = c.is == CLOCK_REACHED && !asked.at.is,
                               .from = {true, c.due},
                               .asked = asked.at};
    return OK;
}

struct ask {
    str report_id;
    const struct input *in;
};

/* Who takes it from here: each is told, with a number and no word of it. */
static enum err tell(struct ctx *cx, const struct case_file *cf, enum actor actor)
{
    str who[4];
    size_t n = case_principals(cf, 0, actor, who, COUNT(who));
    for (size_t i = 0; i < n; i++)
        TRY(notice_task(cx, who[i], cf->row.number));
    return OK;
}

static enum err say_why(struct ctx *cx, const struct q_report_get *r, const struct value *why)
{
    struct text_new said = {.case_id = r->case_id,
                            .place = {.audience = AUD_FINDER, .report_id = r->id},
                            .kind = S("message"),
                            .body = why->text};
    return why->is ? text_put(cx, &said, NULL) : OK;
}

static enum err ask(struct ctx *cx, void *arg)
{
    const struct ask *k = arg;
    const struct access *acc;
    struct q_report_get r;
    struct value v[COUNT(disclosure_rules)];
    struct disclosure right;
    struct case_file cf;
    TRY(access_report(cx, k->report_id, &acc));
    if (!str_eq(cx->who.report_id, k->report_id))
        return E_DENIED;
    TRY(form_read(cx, disclosure_rules, COUNT(v), k->in, v));
    TRY(q_report_get(cx->db, &r, .id = k->report_id));
    TRY(disclosure_right(cx, &r, &right));
    if (!right.may)
        return fail(cx, E_CONFLICT, "no right to ask that non-disclosure end, now");
    TRY(q_inquiry_add(cx->db, .id = new_id(cx), .case_id = r.case_id, .report_id = r.id,
                      .kind = instant_name(AT_WITHDRAWAL_ASKED), .at = cx->now));
    TRY(say_why(cx, &r, &v[0]));
    struct history_note note = {.case_id = r.case_id,
                                .report_id = r.id,
                                .act = instant_name(AT_WITHDRAWAL_ASKED),
                                .place = {.audience = AUD_RECEPTION}};
    TRY(history_add(cx, &note));
    TRY(case_load(cx, r.case_id, &cf));
    TRY(tell(cx, &cf, ACTOR_RECEPTION));
    return tell(cx, &cf, ACTOR_COORDINATOR);
}

enum err disclosure_ask(struct ctx *cx, str report_id, const struct input *in)
{
    struct ask k = {.report_id = report_id, .in = in};
    return db_write(cx, ask, &k);
}
