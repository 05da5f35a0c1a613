/* report_submit.c - a report comes in; a finder comes back with its key. */
#include "app/attach.h"
#include "app/case_file.h"
#include "app/case_new.h"
#include "app/history.h"
#include "app/notice.h"
#include "app/reports.h"
#include "app/search_index.h"
#include "base/encode.h"
#include "formats/json.h"

enum { KEY_BYTES = 20 }; /* 160 random bits: 32 characters */

struct submit {
    enum report_kind kind;
    str source, recipient_id, recipient_kind, source_dept_id;
    const struct field_rule *rules;
    size_t n;
    const struct value *v;
    const struct input *in;
    str key, key_hash;
    struct report_receipt *out;
};

static const struct value *value_of(const struct submit *s, const char *name)
{
    static const struct value none;
    for (size_t i = 0; i < s->n; i++)
        if (str_eq(s->rules[i].name, str_z(name)))
            return &s->v[i];
    return &none;
}

/* The fields of one side, identity or content, as a JSON object. */
static str as_json(struct ctx *cx, const struct submit *s, bool identity)
{
    buf b = {.a = cx->a};
    struct json_out o = {.b = &b};
    json_put_object(&o);
    for (size_t i = 0; i < s->n; i++) {
        const struct field_rule *r = &s->rules[i];
        if (!s->v[i].is || report_is_identity(r->name) != identity)
            continue;
        if (r->type == FIELD_INSTANT)
            json_put_member(&o, r->name, time_rfc3339(cx->a, s->v[i].n, zone_utc));
        else if (r->type == FIELD_BOOL)
            json_put_member_bool(&o, r->name, s->v[i].n != 0);
        else
            json_put_member(&o, r->name, s->v[i].text);
    }
    json_put_end(&o);
    return buf_str(&b);
}

/* "4K2M-…": groups of four, as it is shown. */
static str grouped(struct arena *a, str text)
{
    buf b = {.a = a};
    for (size_t i = 0; i < text.n; i++) {
        if (i > 0 && i % 4 == 0)
            buf_char(&b, '-');
        buf_char(&b, text.p[i]);
    }
    return buf_str(&b);
}

static enum err begin_case(struct ctx *cx, const struct submit *s)
{
    const struct json *content;
    struct json_error bad;
    TRY(json_read(cx->a, as_json(cx, s, false), &content, &bad));
    bool direct = str_eq(s->recipient_kind, S("vendor"));
    str threat = value_of(s, "threat")->text, case_id;
    struct case_begin b = {
        .flow = direct ? FLOW_DIRECT : FLOW_COORDINATED,
        .entry = direct ? S("source") : S("overseas"),
        .owner_id = s->recipient_id,
        .report_id = s->out->id,
        .received = cx->now,
        .dept_id = s->source_dept_id,
        .lang = cx->lang == LANG_JA ? S("ja") : S("en"),
        .title = value_of(s, "product")->text,
        .overview = threat.n ? threat : value_of(s, "result")->text,
        .details = report_details(cx->a, content, cx->lang == LANG_JA),
    };
    TRY(case_new(cx, &b, &case_id));
    return case_settle(cx, case_id);
}

static enum err index_report(struct ctx *cx, const struct submit *s)
{
    for (int identity = 0; identity < 2; identity++) {
        struct search_doc doc = {.id = s->out->id, .source = S("report")};
        doc.place = (struct place){.audience = AUD_REPORT, .report_id = s->out->id};
        doc.body = as_json(cx, s, identity);
        if (identity) {
            doc.id = str_join(cx->a, s->out->id, S(".identity"));
            doc.source = S("identity");
            doc.place.audience = AUD_IDENTITY;
        }
        TRY(search_index(cx, &doc));
    }
    return OK;
}

static enum err write_report(struct ctx *cx, void *arg)
{
    struct submit *s = arg;
    struct q_org_dept intake;
    TRY(number_free(cx, &s->out->receipt));
    s->out->id = new_id(cx);
    TRY(q_report_add(cx->db, .id = s->out->id, .receipt = s->out->receipt,
                     .kind = report_kind_name(s->kind), .recipient_id = s->recipient_id,
                     .source = s->source, .source_dept_id = s->source_dept_id,
                     .key_hash = s->key_hash, .lang = cx->lang == LANG_JA ? S("ja") : S("en"),
                     .received = cx->now, .content = text_seal(cx, as_json(cx, s, false)),
                     .identity = text_seal(cx, as_json(cx, s, true)),
                     .tell_vendor = value_of(s, "tell_vendor")->n != 0,
                     .direct_contact = value_of(s, "direct_contact")->n != 0,
                     .publish_name = value_of(s, "publish_name")->n != 0));
    TRY(index_report(cx, s));
    struct place place = {.audience = AUD_REPORT, .report_id = s->out->id};
    TRY(attach_place(cx, s->in, NO_STR, &place, NO_STR));
    struct history_note note = {.report_id = s->out->id,
                                .act = S("received"),
                                .place = {.audience = AUD_REPORT},
                                .dept_id = s->source_dept_id};
    TRY(history_add(cx, &note));
    bool to_reception = str_eq(s->recipient_kind, S("reception"));
    enum err e = q_org_dept(cx->db, &intake, .org_id = s->recipient_id, .kind = s->recipient_kind);
    if (e == OK && to_reception)
        e = notice_task(cx, intake.dept_id, NO_STR);
    if (e != OK && e != E_NOT_FOUND)
        return e;
    return to_reception ? OK : begin_case(cx, s);
}

/* Who receives it: a vendor by its slug; for an overseas coordinator's report the coordinator;
 * else reception. */
static enum err find_recipient(struct ctx *cx, struct submit *s, str slug)
{
    struct q_org_first first;
    TRY(app_read(cx));
    if (slug.n > 0) {
        struct q_org_by_slug org;
        TRY(q_org_by_slug(cx->db, &org, .slug = slug));
        if (org.disabled.is || !org.takes_reports || !str_eq(org.kind, S("vendor")))
            return E_NOT_FOUND;
        s->recipient_id = org.id;
        s->recipient_kind = org.kind;
        return OK;
    }
    s->recipient_kind = str_eq(s->source, S("overseas")) ? S("coordinator") : S("reception");
    enum err e = q_org_first(cx->db, &first, .kind = s->recipient_kind);
    if (e == E_NOT_FOUND)
        return wrong(cx, S(""), S("no_reception"));
    s->recipient_id = first.id;
    return e;
}

/* An overseas coordinator or a vendor's contact that is signed in needs no key. */
static void find_source(struct ctx *cx, struct submit *s)
{
    const struct seat *overseas = user_seat(&cx->who, actor_name(ACTOR_OVERSEAS));
    const struct seat *poc = user_seat(&cx->who, actor_name(ACTOR_POC));
    s->source = S("finder");
    if (overseas != NULL) {
        s->source = S("overseas");
        s->source_dept_id = overseas->dept_id;
    } else if (poc != NULL && s->kind == REPORT_OWN) {
        s->source = S("vendor");
        s->source_dept_id = poc->dept_id;
    }
}

static enum err check_values(struct ctx *cx, const struct submit *s)
{
    const struct value *told = value_of(s, "told_others");
    if (told->is && told->n != 0 && !value_of(s, "other_reports")->is)
        return wrong(cx, S("other_reports"), S("required"));
    return OK;
}

enum err report_submit(struct ctx *cx, enum report_kind kind, str recipient, const struct input *in,
                       struct report_receipt *out)
{
    struct submit s = {.kind = kind, .in = in, .out = out};
    *out = (struct report_receipt){0};
    s.rules = report_rules(kind, &s.n);
    struct value *v = NEWS(cx->a, struct value, s.n);
    s.v = v;
    enum err e = form_read(cx, s.rules, s.n, in, v);
    enum err more = check_values(cx, &s);
    TRY(e);
    TRY(more);
    find_source(cx, &s);
    TRY(find_recipient(cx, &s, recipient));
    if (s.source_dept_id.n == 0) {
        str secret = random_str(&cx->app->random, cx->a, KEY_BYTES);
        out->key = grouped(cx->a, base32_encode(cx->a, secret));
        s.key_hash = hash_of(cx->a, secret);
    }
    return db_write(cx, write_report, &s);
}

enum err report_enter(struct ctx *cx, str receipt, str key, str *report_id)
{
    struct q_report_by_receipt row = {0};
    str secret = S(""), none = hash_of(cx->a, S("no such receipt"));
    if (key.n > 200 || !base32_decode(cx->a, key, &secret))
        secret = S("");
    TRY(app_read(cx));
    enum err e = q_report_by_receipt(cx->db, &row, .receipt = str_trim(receipt));
    if (e != OK && e != E_NOT_FOUND)
        return e;
    str want = e == OK && row.key_hash.p ? row.key_hash : none;
    if (!str_eq_secret(hash_of(cx->a, secret), want) || e != OK)
        return E_DENIED;
    *report_id = row.id;
    return OK;
}
