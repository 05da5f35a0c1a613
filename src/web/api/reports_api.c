/* reports_api.c - /api/v1/reports and /api/v1/track: handing in, following, deciding. */
#include "web/api/reports_api.h"

#include "app/auth.h"
#include "app/report_list.h"
#include "web/api/case_out.h"
#include "web/api_once.h"

/* --- handing in --------------------------------------------------------------------------------- */

struct receipt_out {
    str receipt, key, track_url;
};
static const struct out_field receipt_fields[] = {
    OUT(struct receipt_out, receipt, OUT_STR),
    OUT(struct receipt_out, key, OUT_STR),
    OUT(struct receipt_out, track_url, OUT_STR),
};
static const struct out_schema receipt_schema = {"Receipt", receipt_fields, COUNT(receipt_fields),
                                                 sizeof(struct receipt_out)};

/* Which kind, and to whom; the rest are the fields of that kind. */
static enum err take_routing(struct ctx *cx, const struct request *rq, enum report_kind *kind,
                             str *recipient, struct input *rest)
{
    str name = input_get(&rq->in, S("kind")), lang = input_get(&rq->in, S("lang"));
    *recipient = input_get(&rq->in, S("recipient"));
    enum lang known = cx->lang;
    *rest = (struct input){0};
    for (size_t i = 0; i < rq->in.n; i++) {
        str field = rq->in.v[i].name;
        if (!str_eq(field, S("kind")) && !str_eq(field, S("recipient")) &&
            !str_eq(field, S("lang")))
            *PUSH(cx->a, rest) = rq->in.v[i];
    }
    if (lang.n > 0 && !lang_find(lang, &known))
        return wrong(cx, S("lang"), S("choice"));
    cx->lang = known;
    if (name.n == 0)
        return wrong(cx, S("kind"), S("required"));
    return report_kind_find(name, kind) ? OK : wrong(cx, S("kind"), S("choice"));
}

static enum err throttled(struct ctx *cx, struct request *rq, struct reply *an)
{
    i64 retry_s;
    enum err e = report_may_send(cx, rq->http->peer, &retry_s);
    if (e == E_BUSY && retry_s > 0) {
        an->status = HTTP_TOO_MANY;
        http_put((struct http_request *)(uintptr_t)rq->http, an->rs, S("Retry-After"),
                 str_fmt(cx->a, "%lld", (long long)retry_s));
    }
    return e;
}

static struct receipt_out receipt_of(const struct ctx *cx, const struct report_receipt *r)
{
    return (struct receipt_out){r->receipt, r->key,
                                str_fmt(cx->a, "%.*s/%.*s/track?receipt=%.*s",
                                        SV(cx->app->public_url), SV(lang_tag(cx->lang)),
                                        SV(r->receipt))};
}

struct handing_in {
    const struct request *rq;
    struct report_receipt r;
};

/* In the write of the report: whoever asks again gets the same key. */
static enum err keep_receipt(struct ctx *cx, void *arg)
{
    const struct handing_in *h = arg;
    struct receipt_out out = receipt_of(cx, &h->r);
    return api_once_keep(cx, h->rq, HTTP_CREATED, api_json(cx, &receipt_schema, &out));
}

static enum err submit(struct ctx *cx, struct request *rq, struct reply *an)
{
    enum report_kind kind = 0;
    struct input rest = {0};
    struct handing_in h = {.rq = rq};
    str recipient = NO_STR;
    TRY(throttled(cx, rq, an));
    TRY(take_routing(cx, rq, &kind, &recipient, &rest));
    if (cx->problems.n > 0)
        return E_INVALID;
    cx->once_last.fn = keep_receipt;
    cx->once_last.arg = &h;
    enum err e = report_submit(cx, kind, recipient, &rest, &h.r);
    cx->once_last.fn = NULL;
    if (e == E_NOT_FOUND && recipient.n > 0)
        return wrong(cx, S("recipient"), S("choice"));
    TRY(e);
    TRY(report_was_sent(cx, rq->http->peer));
    struct receipt_out out = receipt_of(cx, &h.r);
    return api_created(cx, an, &receipt_schema, &out, out.track_url);
}

/* For a sender who wrote, mailed or called; the address is that of the staff, and not counted. */
static enum err record(struct ctx *cx, struct request *rq, struct reply *an)
{
    enum report_kind kind = 0;
    struct input rest = {0};
    struct handing_in h = {.rq = rq};
    str recipient = NO_STR;
    if (!report_records(cx, REPORT_PRODUCT)) /* what each recorder enters, others more */
        return E_NOT_FOUND;
    TRY(take_routing(cx, rq, &kind, &recipient, &rest));
    if (recipient.n > 0)
        (void)wrong(cx, S("recipient"), S("unknown_field"));
    if (cx->problems.n > 0)
        return E_INVALID;
    cx->once_last.fn = keep_receipt;
    cx->once_last.arg = &h;
    enum err e = report_take(cx, kind, &rest, &h.r);
    cx->once_last.fn = NULL;
    TRY(e);
    struct receipt_out out = receipt_of(cx, &h.r);
    return api_created(cx, an, &receipt_schema, &out, out.track_url);
}

static enum err list_fields(struct ctx *cx, struct request *rq, struct reply *an)
{
    enum report_kind kind;
    size_t n;
    if (!report_kind_find(rq->seg[0], &kind))
        return E_NOT_FOUND;
    const struct field_rule *rules = report_rules(kind, &n);
    return api_send_list(cx, an, &field_schema, fields_out(cx, rules, n, NULL), n, NO_STR, (i64)n);
}

/* --- the finder --------------------------------------------------------------------------------- */

struct token_out {
    str token;
};
static const struct out_field token_fields[] = {OUT(struct token_out, token, OUT_STR)};
static const struct out_schema token_schema = {"TrackToken", token_fields, 1,
                                               sizeof(struct token_out)};
/* clang-format off */
static const struct field_rule track_rules[] = {
    {.name = S_INIT("receipt"), .type = FIELD_LINE, .required = true, .max = 40},
    {.name = S_INIT("key"), .type = FIELD_SECRET, .required = true}};
/* clang-format on */

static enum err enter(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct value v[COUNT(track_rules)];
    struct token_out out;
    i64 retry_s = 0;
    TRY(form_read(cx, track_rules, COUNT(track_rules), &rq->in, v));
    enum err e = sign_in_finder(cx, v[0].text, v[1].text, rq->http->peer, &out.token, &retry_s);
    if (e == E_DENIED)
        (void)wrong(cx, S("key"), S("key_failed"));
    if (e == E_BUSY && retry_s > 0)
        an->status = HTTP_TOO_MANY;
    TRY(e);
    return api_send(cx, an, &token_schema, &out);
}

static const struct out_field item_fields[] = {OUT(struct report_item, field, OUT_STR),
                                               OUT(struct report_item, value, OUT_STR)};
static const struct out_schema item_schema = {"ReportItem", item_fields, COUNT(item_fields),
                                              sizeof(struct report_item)};
static const struct out_field talk_fields[] = {
    OUT(struct talk_item, id, OUT_STR),           OUT(struct talk_item, lang, OUT_STR),
    OUT(struct talk_item, text, OUT_STR),         OUT(struct talk_item, at, OUT_INSTANT),
    OUT(struct talk_item, from_finder, OUT_BOOL), OUT(struct talk_item, who, OUT_STR)};
static const struct out_schema talk_schema = {"TalkItem", talk_fields, COUNT(talk_fields),
                                              sizeof(struct talk_item)};
static const struct out_field task_fields[] = {
    OUT(struct finder_task, case_id, OUT_STR),   OUT(struct finder_task, lane, OUT_STR),
    OUT(struct finder_task, step, OUT_STR),      OUT(struct finder_task, title, OUT_STR),
    OUT(struct finder_task, round, OUT_I64),     OUT(struct finder_task, hop, OUT_I64),
    OUT(struct finder_task, since, OUT_INSTANT), OUT(struct finder_task, due, OUT_OPT_INSTANT)};
static const struct out_schema finder_task_schema = {"FinderTask", task_fields, COUNT(task_fields),
                                                     sizeof(struct finder_task)};
static const struct out_field report_fields[] = {
    OUT(struct report_view, id, OUT_STR),
    OUT(struct report_view, receipt, OUT_STR),
    OUT(struct report_view, kind, OUT_STR),
    OUT(struct report_view, source, OUT_STR),
    OUT(struct report_view, lang, OUT_STR),
    OUT(struct report_view, state, OUT_STR),
    OUT(struct report_view, disposition, OUT_STR),
    OUT(struct report_view, recipient, OUT_STR),
    OUT(struct report_view, received, OUT_INSTANT),
    OUT(struct report_view, accepted, OUT_OPT_INSTANT),
    OUT(struct report_view, refused, OUT_OPT_INSTANT),
    OUT(struct report_view, ended, OUT_OPT_INSTANT),
    OUT(struct report_view, told, OUT_OPT_INSTANT),
    OUT(struct report_view, site_notified, OUT_OPT_INSTANT),
    OUT(struct report_view, site_answered, OUT_OPT_INSTANT),
    OUT(struct report_view, tell_vendor, OUT_BOOL),
    OUT(struct report_view, direct_contact, OUT_BOOL),
    OUT(struct report_view, publish_name, OUT_BOOL),
    OUT(struct report_view, case_number, OUT_STR),
    OUT_AS(struct report_view, disclosure.may, "may_ask_disclosure", OUT_BOOL),
    OUT_AS(struct report_view, disclosure.from, "disclosure_from", OUT_OPT_INSTANT),
    OUT_AS(struct report_view, disclosure.asked, "disclosure_asked", OUT_OPT_INSTANT),
    OUT(struct report_view, rev, OUT_I64),
    OUT_ITEMS(struct report_view, items, nitems, &item_schema),
    OUT_ITEMS(struct report_view, talk, ntalk, &talk_schema),
    OUT_ITEMS(struct report_view, tasks, ntasks, &finder_task_schema),
};
static const struct out_schema report_schema = {"Report", report_fields, COUNT(report_fields),
                                                sizeof(struct report_view)};

static enum err send_report(struct ctx *cx, struct request *rq, struct reply *an, str id)
{
    struct report_view v;
    TRY(report_view(cx, id, &v));
    api_etag(cx, rq, an, v.rev);
    return api_send(cx, an, &report_schema, &v);
}

static enum err own_report(struct ctx *cx, str *id)
{
    *id = cx->who.report_id;
    return id->n > 0 ? OK : E_NOT_FOUND;
}

static enum err show_own(struct ctx *cx, struct request *rq, struct reply *an)
{
    str id;
    TRY(own_report(cx, &id));
    return send_report(cx, rq, an, id);
}

static enum err say_own(struct ctx *cx, struct request *rq, struct reply *an)
{
    str id;
    TRY(own_report(cx, &id));
    TRY(report_say(cx, id, &rq->in));
    return send_report(cx, rq, an, id);
}

/* clang-format off */
static const struct field_rule inquire_rules[] = {
    {.name = S_INIT("kind"), .type = FIELD_LINE, .required = true, .max = 40}};
/* clang-format on */

static enum err inquire_own(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct value v[1];
    str id;
    TRY(own_report(cx, &id));
    TRY(form_read(cx, inquire_rules, 1, &rq->in, v));
    TRY(report_inquire(cx, id, v[0].text));
    return send_report(cx, rq, an, id);
}

static enum err consents_own(struct ctx *cx, struct request *rq, struct reply *an)
{
    str id;
    i64 rev;
    TRY(own_report(cx, &id));
    TRY(api_if_match(cx, rq, an, &rev));
    TRY(api_edited(an, report_change_consents(cx, id, rev, &rq->in)));
    return send_report(cx, rq, an, id);
}

static enum err withdraw_own(struct ctx *cx, struct request *rq, struct reply *an)
{
    str id;
    i64 rev;
    TRY(own_report(cx, &id));
    TRY(api_if_match(cx, rq, an, &rev));
    TRY(api_edited(an, report_withdraw(cx, id, rev, &rq->in)));
    return send_report(cx, rq, an, id);
}

static enum err ask_disclosure(struct ctx *cx, struct request *rq, struct reply *an)
{
    str id;
    TRY(own_report(cx, &id));
    TRY(disclosure_ask(cx, id, &rq->in));
    return send_report(cx, rq, an, id);
}

/* --- reception ---------------------------------------------------------------------------------- */

static const struct out_field line_fields[] = {
    OUT(struct report_line, id, OUT_STR),
    OUT(struct report_line, receipt, OUT_STR),
    OUT(struct report_line, kind, OUT_STR),
    OUT(struct report_line, source, OUT_STR),
    OUT(struct report_line, lang, OUT_STR),
    OUT(struct report_line, title, OUT_STR),
    OUT(struct report_line, state, OUT_STR),
    OUT(struct report_line, disposition, OUT_STR),
    OUT(struct report_line, case_number, OUT_STR),
    OUT(struct report_line, received, OUT_INSTANT),
    OUT(struct report_line, since, OUT_OPT_INSTANT),
    OUT(struct report_line, told, OUT_OPT_INSTANT),
    OUT(struct report_line, accepted, OUT_OPT_INSTANT),
    OUT(struct report_line, ended, OUT_OPT_INSTANT),
    OUT(struct report_line, clock, OUT_STR),
    OUT(struct report_line, due, OUT_OPT_INSTANT),
};
OUT_SCHEMA(line_schema, "ReportLine", struct report_line, line_fields);

/* The queue that was named, or the first that the reader has. */
static enum err find_queue(struct ctx *cx, const struct request *rq, enum report_queue *q)
{
    str name = query_get(rq, "queue");
    if (name.n > 0 && !report_queue_find(name, q))
        return wrong(cx, S("queue"), S("choice"));
    for (*q = name.n > 0 ? *q : QUEUE_INTAKE; *q < QUEUE_COUNT; (*q)++)
        if (report_queue_has(cx, *q))
            return OK;
        else if (name.n > 0)
            break;
    return E_NOT_FOUND;
}

static enum err list_reports(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct list_window w = {0};
    struct report_filter f = {.kind = query_get(rq, "kind"),
                              .source = query_get(rq, "source"),
                              .oldest_first = str_eq(query_get(rq, "order"), S("oldest"))};
    struct report_line *rows;
    enum report_queue q;
    enum report_kind kind;
    size_t n;
    str stand = query_get(rq, "stand");
    TRY(find_queue(cx, rq, &q));
    if (stand.n > 0 && !report_stand_find(stand, &f.stand))
        (void)wrong(cx, S("stand"), S("choice"));
    if (f.kind.n > 0 && !report_kind_find(f.kind, &kind))
        (void)wrong(cx, S("kind"), S("choice"));
    TRY(api_window(cx, rq, &w.limit, &w.after));
    if (cx->problems.n > 0)
        return E_INVALID;
    TRY(report_list(cx, q, &f, &w, &rows, &n));
    return api_send_list(cx, an, &line_schema, rows, n, w.next, w.total);
}

static enum err show_report(struct ctx *cx, struct request *rq, struct reply *an)
{
    return send_report(cx, rq, an, rq->id);
}

struct accepted_out {
    str case_id;
};
static const struct out_field accepted_fields[] = {OUT(struct accepted_out, case_id, OUT_STR)};
static const struct out_schema accepted_schema = {"Accepted", accepted_fields, 1,
                                                  sizeof(struct accepted_out)};

static enum err accept(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct accepted_out out;
    i64 rev;
    TRY(api_if_match(cx, rq, an, &rev));
    TRY(api_edited(an, report_accept(cx, rq->id, rev, &rq->in, &out.case_id)));
    return api_send(cx, an, &accepted_schema, &out);
}

static enum err refuse(struct ctx *cx, struct request *rq, struct reply *an)
{
    i64 rev;
    TRY(api_if_match(cx, rq, an, &rev));
    TRY(api_edited(an, report_refuse(cx, rq->id, rev, &rq->in)));
    return send_report(cx, rq, an, rq->id);
}

static enum err notify_site(struct ctx *cx, struct request *rq, struct reply *an)
{
    i64 rev;
    TRY(api_if_match(cx, rq, an, &rev));
    TRY(api_edited(an, report_notify_site(cx, rq->id, rev, &rq->in)));
    return send_report(cx, rq, an, rq->id);
}

static enum err triage(struct ctx *cx, struct request *rq, struct reply *an)
{
    TRY(report_triage(cx, rq->id, &rq->in));
    return send_report(cx, rq, an, rq->id);
}

static enum err ask_analyst(struct ctx *cx, struct request *rq, struct reply *an)
{
    TRY(report_ask_analyst(cx, rq->id, &rq->in));
    return send_report(cx, rq, an, rq->id);
}

static enum err site_answer(struct ctx *cx, struct request *rq, struct reply *an)
{
    TRY(report_site_answer(cx, rq->id, &rq->in));
    return send_report(cx, rq, an, rq->id);
}

static enum err close_report(struct ctx *cx, struct request *rq, struct reply *an)
{
    TRY(report_close(cx, rq->id, &rq->in));
    return send_report(cx, rq, an, rq->id);
}

static enum err say(struct ctx *cx, struct request *rq, struct reply *an)
{
    TRY(report_say(cx, rq->id, &rq->in));
    return send_report(cx, rq, an, rq->id);
}

/* clang-format off */
/* The routing of a report, and what the three kinds ask together. */
static const struct field_choice kind_choices[] = {
    {.value = S_INIT("product")}, {.value = S_INIT("website")}, {.value = S_INIT("own")}};
static const struct field_choice rep_choices[] = {
    {.value = S_INIT("always")}, {.value = S_INIT("sometimes")}, {.value = S_INIT("rarely")}};
static const struct field_rule submit_rules[] = {
    {.name = S_INIT("kind"), .type = FIELD_CHOICE, .required = true, .choices = kind_choices, .nchoices = COUNT(kind_choices)},
    {.name = S_INIT("recipient"), .type = FIELD_LINE, .max = 64},
    {.name = S_INIT("lang"), .type = FIELD_LANG},
    {.name = S_INIT("name"), .type = FIELD_LINE, .required = true},
    {.name = S_INIT("email"), .type = FIELD_EMAIL, .required = true},
    {.name = S_INIT("pgp_key"), .type = FIELD_TEXT},
    {.name = S_INIT("product"), .type = FIELD_LINE},
    {.name = S_INIT("maker"), .type = FIELD_LINE},
    {.name = S_INIT("url"), .type = FIELD_URL},
    {.name = S_INIT("found_on"), .type = FIELD_INSTANT},
    {.name = S_INIT("weakness"), .type = FIELD_LINE},
    {.name = S_INIT("environment"), .type = FIELD_TEXT},
    {.name = S_INIT("circumstances"), .type = FIELD_TEXT},
    {.name = S_INIT("grounds"), .type = FIELD_TEXT},
    {.name = S_INIT("affected_versions"), .type = FIELD_TEXT},
    {.name = S_INIT("steps"), .type = FIELD_TEXT},
    {.name = S_INIT("result"), .type = FIELD_TEXT, .required = true},
    {.name = S_INIT("reproducibility"), .type = FIELD_CHOICE, .choices = rep_choices, .nchoices = COUNT(rep_choices)},
    {.name = S_INIT("threat"), .type = FIELD_TEXT},
    {.name = S_INIT("workaround"), .type = FIELD_TEXT},
    {.name = S_INIT("countermeasure"), .type = FIELD_TEXT},
    {.name = S_INIT("wished_date"), .type = FIELD_INSTANT},
    {.name = S_INIT("exploit_public"), .type = FIELD_BOOL},
    {.name = S_INIT("attacks_seen"), .type = FIELD_BOOL},
    {.name = S_INIT("site_contact"), .type = FIELD_LINE},
    {.name = S_INIT("tell_vendor"), .type = FIELD_BOOL},
    {.name = S_INIT("direct_contact"), .type = FIELD_BOOL},
    {.name = S_INIT("publish_name"), .type = FIELD_BOOL, .required = true},
    {.name = S_INIT("credit_ja"), .type = FIELD_LINE},
    {.name = S_INIT("credit_en"), .type = FIELD_LINE},
    {.name = S_INIT("told_others"), .type = FIELD_BOOL},
    {.name = S_INIT("other_reports"), .type = FIELD_TEXT},
    {.name = S_INIT("personal_data"), .type = FIELD_BOOL, .required = true},
};

#define REPORTS_DOC(name, what, ...) static const struct api_doc name = {.tag = "reports", .summary = what, __VA_ARGS__}
REPORTS_DOC(doc_submit, "Hand in a report; needs no account. Which fields a kind demands: GET /api/v1/reports/fields/{kind}", .in = submit_rules, .nin = COUNT(submit_rules), .out = &receipt_schema, .status = HTTP_CREATED, .flags = API_FILES);
REPORTS_DOC(doc_fields, "The fields of a kind: product, website or own", .out = &field_schema, .flags = API_ALL);
REPORTS_DOC(doc_enter, "Exchange receipt number and key for a token", .in = track_rules, .nin = COUNT(track_rules), .out = &token_schema);
REPORTS_DOC(doc_own, "The finder's own report, its talk and what waits for the finder", .out = &report_schema, .flags = API_ETAG);
REPORTS_DOC(doc_say, "A word in the talk", .in = report_say_rules, .nin = COUNT(report_say_rules), .out = &report_schema, .flags = API_FILES);
REPORTS_DOC(doc_inquire, "Ask how it stands: finder_asked, asked_findings or asked_date", .in = inquire_rules, .nin = COUNT(inquire_rules), .out = &report_schema);
REPORTS_DOC(doc_withdraw, "Withdraw the report before anything was decided on it", .in = report_withdraw_rules, .nin = COUNT(report_withdraw_rules), .out = &report_schema, .flags = API_ETAG);
REPORTS_DOC(doc_disclosure, "Ask that the request not to disclose be withdrawn; possible where may_ask_disclosure is true", .in = disclosure_rules, .nin = COUNT(disclosure_rules), .out = &report_schema);
REPORTS_DOC(doc_record, "Enter a report for its sender; the fields of its kind, and \"came\" (when it was received) and \"overseas_from\" (by the coordinator)", .out = &receipt_schema, .status = HTTP_CREATED, .flags = API_FILES | API_BODY_FREE);
REPORTS_DOC(doc_consents, "Change consents and credit", .in = report_consent_rules, .nin = COUNT(report_consent_rules), .out = &report_schema, .flags = API_ETAG);
static const struct api_param list_params[] = {
    {"queue", "intake, sent, site or help; absent: the first that you have"}, {"stand", "waiting, handling, accepted, refused, ended, late, open"},
    {"kind", "product, website or own"}, {"source", "Only from there"}, {"order", "oldest: the oldest first"}};
REPORTS_DOC(doc_list, "The reports that you have", .out = &line_schema, .flags = API_LIST, .query = list_params, .nquery = COUNT(list_params));
REPORTS_DOC(doc_triage, "Write down whether it is a vulnerability or an incident", .in = report_triage_rules, .nin = COUNT(report_triage_rules), .out = &report_schema);
REPORTS_DOC(doc_show, "One report", .out = &report_schema, .flags = API_ETAG);
REPORTS_DOC(doc_accept, "Accept: the answers of step 0.1.1, second hop, and \"case\" to join one", .out = &accepted_schema, .flags = API_ETAG | API_BODY_FREE);
REPORTS_DOC(doc_refuse, "Refuse with a reason", .in = report_refuse_rules, .nin = COUNT(report_refuse_rules), .out = &report_schema, .flags = API_ETAG);
REPORTS_DOC(doc_site, "Hand a website report to the site's operator", .in = report_site_rules, .nin = COUNT(report_site_rules), .out = &report_schema, .flags = API_ETAG);
REPORTS_DOC(doc_analyst, "Ask an analyst to help", .in = report_analyst_rules, .nin = COUNT(report_analyst_rules), .out = &report_schema);
REPORTS_DOC(doc_answer, "The operator's answer", .in = report_answer_rules, .nin = COUNT(report_answer_rules), .out = &report_schema);
REPORTS_DOC(doc_close, "End a website report", .in = report_refuse_rules, .nin = COUNT(report_refuse_rules), .out = &report_schema);

static const struct route table[] = {
    {POST, S_INIT("/api/v1/reports"),                  NEED_NOBODY, OF_NOTHING, 0, submit, ROUTE_APART, 1 << 20, &doc_submit},
    {GET,  S_INIT("/api/v1/reports"),                  NEED_PERSON, OF_NOTHING, 0, list_reports, 0, 0, &doc_list},
    {GET,  S_INIT("/api/v1/reports/fields/{}"),        NEED_NOBODY, OF_NOTHING, 0, list_fields, 0, 0, &doc_fields},
    {POST, S_INIT("/api/v1/track"),                    NEED_NOBODY, OF_NOTHING, 0, enter, ROUTE_APART, 8192, &doc_enter},
    {GET,  S_INIT("/api/v1/track"),                    NEED_FINDER, OF_NOTHING, 0, show_own, 0, 0, &doc_own},
    {POST, S_INIT("/api/v1/track/messages"),           NEED_FINDER, OF_NOTHING, 0, say_own, 0, 0, &doc_say},
    {POST, S_INIT("/api/v1/track/inquiries"),          NEED_FINDER, OF_NOTHING, 0, inquire_own, 0, 0, &doc_inquire},
    {PUT,  S_INIT("/api/v1/track/consents"),           NEED_FINDER, OF_NOTHING, 0, consents_own, 0, 0, &doc_consents},
    {POST, S_INIT("/api/v1/track/withdraw"),           NEED_FINDER, OF_NOTHING, 0, withdraw_own, 0, 0, &doc_withdraw},
    {POST, S_INIT("/api/v1/track/disclosure"),         NEED_FINDER, OF_NOTHING, 0, ask_disclosure, 0, 0, &doc_disclosure},
    {POST, S_INIT("/api/v1/reports/record"),           NEED_PERSON, OF_NOTHING, 0, record, ROUTE_APART, 1 << 20, &doc_record},
    {GET,  S_INIT("/api/v1/reports/{}"),               NEED_PERSON, OF_REPORT, 0, show_report, 0, 0, &doc_show},
    {POST, S_INIT("/api/v1/reports/{}/accept"),        NEED_PERSON, OF_REPORT, 0, accept, 0, 0, &doc_accept},
    {POST, S_INIT("/api/v1/reports/{}/refuse"),        NEED_PERSON, OF_REPORT, 0, refuse, 0, 0, &doc_refuse},
    {POST, S_INIT("/api/v1/reports/{}/triage"),        NEED_PERSON, OF_REPORT, 0, triage, 0, 0, &doc_triage},
    {POST, S_INIT("/api/v1/reports/{}/site"),          NEED_PERSON, OF_REPORT, 0, notify_site, 0, 0, &doc_site},
    {POST, S_INIT("/api/v1/reports/{}/analysts"),      NEED_PERSON, OF_REPORT, 0, ask_analyst, 0, 0, &doc_analyst},
    {POST, S_INIT("/api/v1/reports/{}/site-answer"),   NEED_PERSON, OF_REPORT, 0, site_answer, 0, 0, &doc_answer},
    {POST, S_INIT("/api/v1/reports/{}/close"),         NEED_PERSON, OF_REPORT, 0, close_report, 0, 0, &doc_close},
    {POST, S_INIT("/api/v1/reports/{}/messages"),      NEED_PERSON, OF_REPORT, 0, say, 0, 0, &doc_say},
};
/* clang-format on */
const struct routes reports_api_routes = {table, COUNT(table)};
