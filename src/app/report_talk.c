/* report_talk.c - the two-way conversation between the finder and the intake. */
#include "app/attach.h"
#include "app/case_file.h"
#include "app/history.h"
#include "app/notice.h"
#include "app/reports.h"
#include "app/texts.h"
#include "formats/json.h"

/* clang-format off */
const struct field_rule report_say_rules[1] = {
    {.name = S_INIT("text"), .type = FIELD_TEXT, .required = true}};
const struct field_rule report_consent_rules[5] = {
    {.name = S_INIT("tell_vendor"), .type = FIELD_BOOL, .required = true},
    {.name = S_INIT("direct_contact"), .type = FIELD_BOOL, .required = true},
    {.name = S_INIT("publish_name"), .type = FIELD_BOOL, .required = true},
    {.name = S_INIT("credit_ja"), .type = FIELD_LINE},
    {.name = S_INIT("credit_en"), .type = FIELD_LINE}};
const struct field_rule report_withdraw_rules[2] = {
    {.name = S_INIT("withdraw_reason"), .type = FIELD_TEXT},
    {.name = S_INIT("withdraw_sure"), .type = FIELD_BOOL, .required = true, .confirm = true}};
/* clang-format on */

struct talk {
    str report_id, kind;
    i64 rev;
    const struct input *in;
    struct q_report_get r;
    struct q_report_rights rights;
    bool is_finder, is_intake;
    str dept_id;
};

static enum err talk_open(struct ctx *cx, struct talk *t)
{
    const struct access *acc;
    TRY(access_report(cx, t->report_id, &acc));
    TRY(q_report_rights(cx->db, &t->rights, .id = t->report_id, .person_id = cx->who.person_id));
    TRY(q_report_get(cx->db, &t->r, .id = t->report_id));
    t->is_finder = str_eq(cx->who.report_id, t->report_id);
    if (t->r.source_dept_id.p && user_has(&cx->who, t->r.source_dept_id)) {
        t->is_finder = true;
        t->dept_id = t->r.source_dept_id;
    }
    if (t->rights.intake_dept_id.p && user_has(&cx->who, t->rights.intake_dept_id)) {
        t->is_intake = true;
        t->dept_id = t->rights.intake_dept_id;
    }
    /* a coordinator whose mediation was accepted speaks with the source, too */
    struct place place = {
        .audience = AUD_FINDER, .lane = S(""), .step = S(""), .report_id = t->report_id};
    const struct seat *seat = user_seat(&cx->who, actor_name(ACTOR_COORDINATOR));
    if (!t->is_finder && !t->is_intake && seat != NULL && access_may(acc, &place)) {
        t->is_intake = true;
        t->dept_id = seat->dept_id;
    }
    return OK;
}

static enum err say(struct ctx *cx, void *arg)
{
    struct talk *t = arg;
    struct value v[1];
    str text_id;
    TRY(talk_open(cx, t));
    if (!t->is_finder && !t->is_intake)
        return E_DENIED;
    TRY(form_read(cx, report_say_rules, 1, t->in, v));
    struct text_new said = {.case_id = t->r.case_id,
                            .place = {.audience = AUD_FINDER, .report_id = t->report_id},
                            .kind = S("message"),
                            .dept_id = t->dept_id,
                            .body = v[0].text};
    TRY(text_put(cx, &said, &text_id));
    TRY(attach_place(cx, t->in, t->r.case_id, &said.place, text_id));
    if (t->is_finder && !t->is_intake)
        return t->rights.intake_dept_id.p ? notice_task(cx, t->rights.intake_dept_id, NO_STR) : OK;
    TRY(q_report_told(cx->db, .id = t->report_id, .at = cx->now));
    return notice_finder(cx, t->report_id);
}

enum err report_say(struct ctx *cx, str report_id, const struct input *in)
{
    struct talk t = {.report_id = report_id, .in = in};
    return db_write(cx, say, &t);
}

static enum err inquire(struct ctx *cx, void *arg)
{
    struct talk *t = arg;
    struct q_case_get c;
    TRY(talk_open(cx, t));
    if (!t->is_finder)
        return E_DENIED;
    if (t->r.case_id.p == NULL || t->r.ended.is)
        return fail(cx, E_CONFLICT, "no case that is being handled");
    TRY(q_case_get(cx->db, &c, .id = t->r.case_id));
    bool coordinated = str_eq(c.flow, S("coordinated"));
    if (coordinated != str_eq(t->kind, S("finder_asked")))
        return wrong(cx, S("kind"), S("choice"));
    TRY(q_inquiry_add(cx->db, .id = new_id(cx), .case_id = t->r.case_id, .report_id = t->report_id,
                      .kind = t->kind, .at = cx->now));
    struct history_note note = {.case_id = t->r.case_id,
                                .report_id = t->report_id,
                                .act = S("inquired"),
                                .dept_id = t->dept_id,
                                .place = {.audience = coordinated ? AUD_RECEPTION : AUD_FINDER}};
    TRY(history_add(cx, &note));
    return case_settle(cx, t->r.case_id);
}

enum err report_inquire(struct ctx *cx, str report_id, str kind)
{
    static const str kinds[] = {S_INIT("finder_asked"), S_INIT("asked_findings"),
                                S_INIT("asked_date")};
    struct talk t = {.report_id = report_id, .kind = kind};
    for (size_t i = 0; i < COUNT(kinds); i++)
        if (str_eq(kind, kinds[i]))
            return db_write(cx, inquire, &t);
    return wrong(cx, S("kind"), S("choice"));
}

/* The identity with another credit. */
static enum err with_credit(struct ctx *cx, const struct talk *t, const struct value *v, str *out)
{
    const struct json *id;
    struct json_error bad;
    buf b = {.a = cx->a};
    struct json_out o = {.b = &b};
    TRY(json_read(cx->a, text_open_inside(t->r.identity), &id, &bad));
    json_put_object(&o);
    for (size_t i = 0; i < json_count(id); i++)
        if (!str_has_prefix(json_key(id, i), S("credit_")))
            json_put_member(&o, json_key(id, i), json_text(json_value(id, i)));
    for (size_t i = 3; i < COUNT(report_consent_rules); i++)
        if (v[i].is)
            json_put_member(&o, report_consent_rules[i].name, v[i].text);
    json_put_end(&o);
    *out = buf_str(&b);
    return OK;
}

static enum err change_consents(struct ctx *cx, void *arg)
{
    struct talk *t = arg;
    struct value v[COUNT(report_consent_rules)];
    str identity;
    TRY(talk_open(cx, t));
    if (!t->is_finder)
        return E_DENIED;
    TRY(form_read(cx, report_consent_rules, COUNT(v), t->in, v));
    TRY(with_credit(cx, t, v, &identity));
    TRY(q_report_consent(cx->db, .id = t->report_id, .tell_vendor = v[0].n != 0,
                         .direct_contact = v[1].n != 0, .publish_name = v[2].n != 0,
                         .identity = text_seal(cx, identity), .rev = t->rev));
    struct history_note note = {.case_id = t->r.case_id,
                                .report_id = t->report_id,
                                .act = S("consents"),
                                .place = {.audience = AUD_REPORT}};
    TRY(history_add(cx, &note));
    return t->r.case_id.p ? case_settle(cx, t->r.case_id) : OK;
}

enum err report_change_consents(struct ctx *cx, str report_id, i64 rev, const struct input *in)
{
    struct talk t = {.report_id = report_id, .rev = rev, .in = in};
    return db_write(cx, change_consents, &t);
}

/* What was told to the intake alone can be taken back; later others act on it. */
static enum err withdraw(struct ctx *cx, void *arg)
{
    struct talk *t = arg;
    struct value v[COUNT(report_withdraw_rules)];
    TRY(talk_open(cx, t));
    if (!t->is_finder)
        return E_DENIED;
    TRY(form_read(cx, report_withdraw_rules, COUNT(v), t->in, v));
    TRY(q_report_withdraw(cx->db, .id = t->report_id, .at = cx->now,
                          .disposition = S("end_withdrawn"), .rev = t->rev));
    struct text_new said = {.place = {.audience = AUD_FINDER, .report_id = t->report_id},
                            .kind = S("message"),
                            .dept_id = t->dept_id,
                            .body = v[0].text};
    if (v[0].is)
        TRY(text_put(cx, &said, NULL));
    struct history_note note = {.report_id = t->report_id,
                                .act = S("withdrawn"),
                                .dept_id = t->dept_id,
                                .place = {.audience = AUD_REPORT}};
    TRY(history_add(cx, &note));
    return t->rights.intake_dept_id.p ? notice_task(cx, t->rights.intake_dept_id, NO_STR) : OK;
}

enum err report_withdraw(struct ctx *cx, str report_id, i64 rev, const struct input *in)
{
    struct talk t = {.report_id = report_id, .rev = rev, .in = in};
    return db_write(cx, withdraw, &t);
}
