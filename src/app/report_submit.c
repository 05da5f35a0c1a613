/* report_submit.c - a report comes in; a finder comes back with its key. */
#include "app/attach.h"
#include "app/auth.h"
#include "app/case_file.h"
#include "app/case_new.h"
#include "app/history.h"
#include "app/notice.h"
#include "app/once.h"
#include "app/report_key.h"
#include "app/report_record.h"
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
    const struct input *rec_in; /* of the entering; NULL: in has them, too */
    str key_hash;
    str intake_dept_id; /* absent: nobody answers */
    str content, identity;
    struct search_words words[2]; /* of both */
    str token, body;              /* of a form that may come twice; absent: none */
    bool record;                  /* entered for its sender: rec */
    struct record rec;
    i64 received;
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
    TRY(json_read(cx->a, s->content, &content, &bad));
    bool direct = str_eq(s->recipient_kind, S("vendor"));
    str threat = value_of(s, "threat")->text, case_id;
    struct case_begin b = {
        .flow = direct ? FLOW_DIRECT : FLOW_COORDINATED,
        .entry = direct ? S("source") : S("overseas"),
        .owner_id = s->recipient_id,
        .report_id = s->out->id,
        .received = s->received,
        .dept_id = s->source_dept_id,
        .opener_id = s->record ? s->rec.dept_id : s->source_dept_id,
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
        doc.words = &s->words[identity];
        doc.fresh = true;
        if (identity) {
            doc.id = str_join(cx->a, s->out->id, S(".identity"));
            doc.source = S("identity");
            doc.place.audience = AUD_IDENTITY;
        }
        TRY(search_index(cx, &doc));
    }
    return OK;
}

/* What the sender of the same form again is told. */
static enum err keep_receipt(struct ctx *cx, const struct submit *s)
{
    buf b = {.a = cx->a};
    struct json_out o = {.b = &b};
    if (s->token.n == 0)
        return OK;
    json_put_object(&o);
    json_put_member(&o, S("id"), s->out->id);
    json_put_member(&o, S("receipt"), s->out->receipt);
    json_put_member(&o, S("key"), s->out->key);
    json_put_member_i64(&o, S("at"), cx->now);
    json_put_end(&o);
    return once_keep_within(cx, s->token, s->body, 201, buf_str(&b));
}

static enum err add_report(struct ctx *cx, struct submit *s)
{
    TRY(number_free(cx, &s->out->receipt));
    s->out->id = new_id(cx);
    TRY(q_report_add(
        cx->db, .id = s->out->id, .receipt = s->out->receipt, .kind = report_kind_name(s->kind),
        .recipient_id = s->recipient_id, .source = s->source, .source_dept_id = s->source_dept_id,
        .key_hash = s->key_hash, .lang = cx->lang == LANG_JA ? S("ja") : S("en"),
        .received = s->received, .content = text_seal(cx, s->content),
        .identity = text_seal(cx, s->identity), .tell_vendor = value_of(s, "tell_vendor")->n != 0,
        .direct_contact = value_of(s, "direct_contact")->n != 0,
        .publish_name = value_of(s, "publish_name")->n != 0));
    return index_report(cx, s);
}

static enum err write_report(struct ctx *cx, void *arg)
{
    struct submit *s = arg;
    TRY(add_report(cx, s));
    TRY(keep_receipt(cx, s));
    struct place place = {.audience = AUD_REPORT, .report_id = s->out->id};
    TRY(attach_place(cx, s->in, NO_STR, &place, NO_STR));
    struct history_note note = {.report_id = s->out->id,
                                .act = s->record ? S("recorded") : S("received"),
                                .place = {.audience = AUD_REPORT},
                                .dept_id = s->record ? s->rec.dept_id : s->source_dept_id};
    TRY(history_add(cx, &note));
    bool to_reception = str_eq(s->recipient_kind, S("reception"));
    if (to_reception && s->intake_dept_id.p != NULL)
        TRY(notice_task(cx, s->intake_dept_id, NO_STR));
    return to_reception ? OK : begin_case(cx, s);
}

/* Who receives it: a vendor by its slug; for an overseas coordinator's report the coordinator;
 * else reception. */
static enum err find_recipient(struct ctx *cx, struct submit *s, str slug)
{
    struct q_org_first first;
    TRY(app_read(cx));
    if (slug.n > 0 && s->kind != REPORT_PRODUCT)
        return E_NOT_FOUND; /* a vendor takes reports on its products */
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

enum err report_recipients(struct ctx *cx, struct report_recipient **out, size_t *n)
{
    struct q_org_reported_to *rows;
    TRY(app_read(cx));
    TRY(q_org_reported_to(cx->db, &rows, n));
    *out = NEWS(cx->a, struct report_recipient, *n + 1);
    for (size_t i = 0; i < *n; i++)
        (*out)[i] =
            (struct report_recipient){rows[i].slug, pick(cx, rows[i].name_ja, rows[i].name_en)};
    return OK;
}

enum err report_recipient(struct ctx *cx, str slug, struct report_recipient *out)
{
    struct report_recipient *all;
    size_t n;
    TRY(report_recipients(cx, &all, &n));
    for (size_t i = 0; i < n; i++)
        if (str_eq(all[i].slug, slug)) {
            *out = all[i];
            return OK;
        }
    return E_NOT_FOUND;
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

/* What one field alone does not show. */
static enum err check_values(struct ctx *cx, const struct submit *s, struct openpgp_key *key)
{
    const struct value *told = value_of(s, "told_others"), *pgp = value_of(s, "pgp_key");
    enum err e = OK;
    if (told->is && told->n != 0 && !value_of(s, "other_reports")->is)
        e = wrong(cx, S("other_reports"), S("required"));
    if (pgp->is) {
        enum err bad = report_key_read(cx, S("pgp_key"), pgp->text, key);
        e = bad != OK ? bad : e;
    }
    return e;
}

static enum err read_values(struct ctx *cx, struct submit *s, struct openpgp_key *key)
{
    s->rules = report_rules(s->kind, &s->n);
    struct value *v = NEWS(cx->a, struct value, s->n);
    s->v = v;
    *key = (struct openpgp_key){0};
    enum err e = form_read(cx, s->rules, s->n, s->in, v);
    enum err more = check_values(cx, s, key);
    return e != OK ? e : more;
}

enum err report_check(struct ctx *cx, enum report_kind kind, const struct input *in,
                      struct openpgp_key *key)
{
    struct submit s = {.kind = kind, .in = in};
    return read_values(cx, &s, key);
}

enum err report_record_check(struct ctx *cx, enum report_kind kind, const struct input *in,
                             struct openpgp_key *key)
{
    struct submit s = {.kind = kind, .in = in};
    enum err e = read_values(cx, &s, key);
    enum err more = record_read(cx, kind, in, &s.rec);
    return e == OK || more == E_NOT_FOUND ? more : e;
}

/* From whom it comes, and to whom. */
static enum err find_ends(struct ctx *cx, struct submit *s, str recipient)
{
    s->received = cx->now;
    if (!s->record) {
        find_source(cx, s);
        return find_recipient(cx, s, recipient);
    }
    TRY(record_read(cx, s->kind, s->rec_in ? s->rec_in : s->in, &s->rec));
    s->source = s->rec.source;
    s->source_dept_id = s->rec.source_dept_id;
    s->recipient_id = s->rec.recipient_id;
    s->recipient_kind = s->rec.recipient_kind;
    s->received = s->rec.came;
    return OK;
}

/* All that needs no writing: the others wait meanwhile who write. */
static enum err make_ready(struct ctx *cx, struct submit *s)
{
    struct q_org_dept intake;
    s->content = as_json(cx, s, false);
    s->identity = as_json(cx, s, true);
    TRY(search_words(cx, S("report"), s->content, &s->words[0]));
    TRY(search_words(cx, S("identity"), s->identity, &s->words[1]));
    TRY(app_read(cx));
    enum err e = q_org_dept(cx->db, &intake, .org_id = s->recipient_id, .kind = s->recipient_kind);
    s->intake_dept_id = e == OK ? intake.dept_id : NO_STR;
    return e == E_NOT_FOUND ? OK : e;
}

static enum err submit(struct ctx *cx, struct submit *s, str recipient)
{
    struct openpgp_key key;
    *s->out = (struct report_receipt){0};
    TRY(read_values(cx, s, &key));
    TRY(find_ends(cx, s, recipient));
    TRY(make_ready(cx, s));
    if (s->source_dept_id.n == 0) {
        str secret = random_str(&cx->app->random, cx->a, KEY_BYTES);
        s->out->key = grouped(cx->a, base32_encode(cx->a, secret));
        s->key_hash = hash_of(cx->a, secret);
    }
    return db_write(cx, write_report, s);
}

enum err report_submit(struct ctx *cx, enum report_kind kind, str recipient, const struct input *in,
                       struct report_receipt *out)
{
    struct submit s = {.kind = kind, .in = in, .out = out};
    return submit(cx, &s, recipient);
}

/* --- a form that may come twice --------------------------------------------------------------- */

/* All that the form says, in one text. */
static str whole_input(struct arena *a, const struct input *in)
{
    buf b = {.a = a};
    for (size_t i = 0; i < in->n; i++)
        buf_putf(&b, "%zu:%.*s%zu:%.*s", in->v[i].name.n, SV(in->v[i].name), in->v[i].value.n,
                 SV(in->v[i].value));
    return buf_str(&b);
}

static enum err receipt_again(struct ctx *cx, str response, struct report_receipt *out)
{
    const struct json *j;
    struct json_error bad;
    i64 at = 0;
    if (json_read(cx->a, response, &j, &bad) != OK || !json_i64(json_get(j, S("at")), &at))
        return fail(cx, E_IO, "a kept receipt cannot be read");
    *out = (struct report_receipt){.id = json_get_text(j, S("id")),
                                   .receipt = json_get_text(j, S("receipt")),
                                   .key = json_get_text(j, S("key")),
                                   .again = true};
    out->key_gone = out->key.n > 0 && cx->now - at > REPORT_KEY_SHOWN;
    if (out->key_gone || out->key.n == 0)
        out->key = NO_STR;
    return OK;
}

static enum err send_once(struct ctx *cx, struct submit *s, str recipient)
{
    enum { LEAST = 16, MOST = 100 };
    struct once_answer before = {0};
    struct report_receipt *out = s->out;
    str token = s->token;
    *out = (struct report_receipt){0};
    if (token.n < LEAST || token.n > MOST)
        return wrong(cx, S(""), S("form_old"));
    s->body = whole_input(cx->a, s->in);
    TRY(once_look(cx, token, S("report"), s->body, &before));
    if (before.found)
        return receipt_again(cx, before.response, out);
    enum err e = submit(cx, s, recipient);
    if (e == E_CONFLICT) { /* the same form came at the same time */
        TRY(once_look(cx, token, S("report"), s->body, &before));
        e = before.found ? receipt_again(cx, before.response, out) : e;
    }
    if (e != OK)
        cx->once_key = NO_STR; /* what else this request writes is not this report */
    return e;
}

enum err report_send(struct ctx *cx, enum report_kind kind, str recipient, const struct input *in,
                     str token, struct report_receipt *out)
{
    struct submit s = {.kind = kind, .in = in, .token = token, .out = out};
    return send_once(cx, &s, recipient);
}

enum err report_record(struct ctx *cx, enum report_kind kind, const struct input *in, str token,
                       struct report_receipt *out)
{
    struct submit s = {.kind = kind, .in = in, .token = token, .out = out, .record = true};
    return send_once(cx, &s, NO_STR);
}

enum err report_take(struct ctx *cx, enum report_kind kind, const struct input *in,
                     struct report_receipt *out)
{
    struct input of_record, of_report;
    record_split(cx, in, &of_record, &of_report);
    struct submit s = {
        .kind = kind, .in = &of_report, .rec_in = &of_record, .out = out, .record = true};
    return submit(cx, &s, NO_STR);
}

/* --- how often -------------------------------------------------------------------------------- */

enum err report_may_send(struct ctx *cx, str address, i64 *retry_s)
{
    return throttle_check(cx, S("reports"), address, cx->app->rates.reports_per_address, HOUR,
                          retry_s);
}

enum err report_was_sent(struct ctx *cx, str address)
{
    const i64 none = 1000000; /* as good as no limit: a bench need not count */
    return cx->app->rates.reports_per_address < none
               ? throttle_count(cx, S("reports"), address, HOUR)
               : OK;
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
