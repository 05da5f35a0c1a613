/* operator_api.c - see operator_api.h. */
#include "web/api/operator_api.h"

#include "app/audit.h"
#include "app/health.h"
#include "app/orgs.h"
#include "app/settings.h"
#include "web/api/case_out.h"

/* --- settings ------------------------------------------------------------------------------------- */

struct setting_out {
    str key, label, value, fallback;
    i64 rev;
};
static const struct out_field setting_fields[] = {
    OUT(struct setting_out, key, OUT_STR), OUT(struct setting_out, label, OUT_STR),
    OUT(struct setting_out, value, OUT_STR),
    OUT_AS(struct setting_out, fallback, "default", OUT_STR),
    OUT(struct setting_out, rev, OUT_I64)};
OUT_SCHEMA(setting_schema, "Setting", struct setting_out, setting_fields);

static struct setting_out setting_of(struct ctx *cx, const struct setting_line *l)
{
    return (struct setting_out){.key = l->rule->name,
                                .label = field_label(cx->a, l->rule, cx->lang),
                                .value = l->value,
                                .fallback = l->fallback,
                                .rev = l->rev};
}

static enum err list_settings(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct setting_line lines[SETTING_COUNT];
    struct setting_out out[SETTING_COUNT];
    (void)rq;
    TRY(setting_list(cx, lines));
    for (size_t i = 0; i < SETTING_COUNT; i++)
        out[i] = setting_of(cx, &lines[i]);
    return api_send_list(cx, an, &setting_schema, out, SETTING_COUNT, NO_STR, SETTING_COUNT);
}

static enum err show_setting(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct setting_line lines[SETTING_COUNT];
    enum setting which;
    if (!setting_find(rq->seg[0], &which))
        return E_NOT_FOUND;
    TRY(setting_list(cx, lines));
    struct setting_out out = setting_of(cx, &lines[which]);
    api_etag(cx, rq, an, out.rev);
    return api_send(cx, an, &setting_schema, &out);
}

/* clang-format off */
static const struct field_rule put_rules[] = {{.name = S_INIT("value"), .type = FIELD_TEXT}};
/* clang-format on */

static enum err put_setting(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct value v[COUNT(put_rules)];
    struct setting_change change;
    if (!setting_find(rq->seg[0], &change.which))
        return E_NOT_FOUND;
    TRY(api_if_match(cx, rq, an, &change.rev));
    TRY(form_read(cx, put_rules, COUNT(put_rules), &rq->in, v));
    change.value = v[0].text.p ? v[0].text : S("");
    TRY(api_edited(an, setting_put(cx, &change, 1)));
    return show_setting(cx, rq, an);
}

/* --- history -------------------------------------------------------------------------------------- */

static const struct out_field admin_fields[] = {
    OUT(struct admin_line, id, OUT_STR), OUT(struct admin_line, at, OUT_INSTANT),
    OUT(struct admin_line, who, OUT_STR), OUT(struct admin_line, sentence, OUT_STR)};
OUT_SCHEMA(admin_schema, "AdministrationLine", struct admin_line, admin_fields);

static enum err send_history(struct ctx *cx, struct request *rq, struct reply *an, str org_id)
{
    struct list_window w = {0};
    struct admin_line *rows;
    size_t n;
    TRY(api_window(cx, rq, &w.limit, &w.after));
    TRY(admin_history(cx, org_id, &w, &rows, &n));
    return api_send_list(cx, an, &admin_schema, rows, n, w.next, w.total);
}

static enum err list_history(struct ctx *cx, struct request *rq, struct reply *an)
{
    return send_history(cx, rq, an, NO_STR);
}

static enum err list_org_history(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct org_view v;
    TRY(org_view(cx, rq->seg[0], &v));
    return send_history(cx, rq, an, v.id);
}

/* --- audits --------------------------------------------------------------------------------------- */

static const struct out_field audit_fields[] = {
    OUT(struct audit_case, number, OUT_STR),
    OUT_ENUM(struct audit_case, flow, "flow", flow_word),
    OUT(struct audit_case, phase, OUT_INT),
    OUT(struct audit_case, waiting, OUT_I64),
    OUT(struct audit_case, opened, OUT_INSTANT),
    OUT(struct audit_case, updated, OUT_INSTANT),
    OUT(struct audit_case, due, OUT_OPT_INSTANT),
    OUT(struct audit_case, planned, OUT_OPT_INSTANT),
    OUT(struct audit_case, published, OUT_OPT_INSTANT),
};
OUT_SCHEMA(audit_schema, "AuditCase", struct audit_case, audit_fields);

/* clang-format off */
enum { A_NUMBER, A_DEPT, A_FROM, A_BEFORE };
static const struct field_rule audit_rules[] = {
    {.name = S_INIT("number"), .type = FIELD_LINE, .max = 40},
    {.name = S_INIT("department"), .type = FIELD_ID},
    {.name = S_INIT("from"), .type = FIELD_INSTANT},
    {.name = S_INIT("before"), .type = FIELD_INSTANT},
    {.name = S_INIT("limit"), .type = FIELD_NUMBER, .max = 200},
    {.name = S_INIT("after"), .type = FIELD_LINE, .max = 5000}};
/* clang-format on */

static enum err read_audit(struct ctx *cx, const struct request *rq, struct value *v,
                           struct list_window *w)
{
    struct input in = {0};
    *w = (struct list_window){0};
    input_from_fields(cx->a, &rq->query, &in);
    TRY(form_read(cx, audit_rules, COUNT(audit_rules), &in, v));
    return api_window(cx, rq, &w->limit, &w->after);
}

static enum err list_audit_cases(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct value v[COUNT(audit_rules)];
    struct list_window w;
    struct audit_case *rows;
    size_t n;
    TRY(read_audit(cx, rq, v, &w));
    struct audit_filter f = {.number = v[A_NUMBER].text,
                             .from = {v[A_FROM].is, v[A_FROM].n},
                             .before = {v[A_BEFORE].is, v[A_BEFORE].n}};
    TRY(audit_cases(cx, &f, &w, &rows, &n));
    return api_send_list(cx, an, &audit_schema, rows, n, w.next, w.total);
}

static const struct out_field entry_fields[] = {
    OUT(struct audit_entry, id, OUT_STR),
    OUT(struct audit_entry, number, OUT_STR),
    OUT(struct audit_entry, at, OUT_INSTANT),
    OUT(struct audit_entry, who, OUT_STR),
    OUT_AS(struct audit_entry, dept, "department", OUT_STR),
    OUT_AS(struct audit_entry, behalf, "on_behalf_of", OUT_STR),
    OUT_AS(struct audit_entry, lane, "vendor", OUT_STR),
    OUT(struct audit_entry, step, OUT_STR),
    OUT(struct audit_entry, sentence, OUT_STR),
};
OUT_SCHEMA(entry_schema, "AuditEntry", struct audit_entry, entry_fields);

static enum err list_audit_entries(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct value v[COUNT(audit_rules)];
    struct list_window w;
    struct audit_entry *rows;
    size_t n;
    TRY(read_audit(cx, rq, v, &w));
    struct audit_entry_filter f = {.number = v[A_NUMBER].text,
                                   .dept_id = v[A_DEPT].text,
                                   .from = {v[A_FROM].is, v[A_FROM].n},
                                   .before = {v[A_BEFORE].is, v[A_BEFORE].n}};
    TRY(audit_entries(cx, &f, &w, &rows, &n));
    return api_send_list(cx, an, &entry_schema, rows, n, w.next, w.total);
}

/* --- health --------------------------------------------------------------------------------------- */

static const struct out_field part_fields[] = {OUT(struct health_part, name, OUT_STR),
                                               OUT(struct health_part, state, OUT_STR)};
OUT_SCHEMA(part_schema, "HealthPart", struct health_part, part_fields);

static const struct out_field health_fields[] = {
    OUT(struct health, postgres, OUT_BOOL),
    OUT(struct health, bytes, OUT_I64),
    OUT(struct health, schema, OUT_INT),
    OUT(struct health, schema_wanted, OUT_INT),
    OUT(struct health, generation, OUT_I64),
    OUT(struct health, waiting, OUT_I64),
    OUT(struct health, due, OUT_I64),
    OUT(struct health, failed, OUT_I64),
    OUT(struct health, oldest, OUT_OPT_INSTANT),
    OUT(struct health, housekeeping, OUT_OPT_INSTANT),
    OUT_ITEMS(struct health, parts, nparts, &part_schema),
};
OUT_SCHEMA(health_schema, "Health", struct health, health_fields);

static enum err show_health(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct health h;
    (void)rq;
    TRY(health_view(cx, &h));
    return api_send(cx, an, &health_schema, &h);
}

/* clang-format off */
static const struct api_param case_params[] = {
    {"number", "Only that case"}, {"from", "Opened from"}, {"before", "Opened before"}};
static const struct api_param entry_params[] = {
    {"number", "Only that case"}, {"department", "Only what was done for it"}, {"from", "From"}, {"before", "Before"}};

#define ADMIN_DOC(name, what, ...) static const struct api_doc name = {.tag = "administration", .summary = what, __VA_ARGS__}
ADMIN_DOC(doc_settings, "What the operator decided, with the defaults", .out = &setting_schema, .flags = API_ALL);
ADMIN_DOC(doc_setting, "One setting", .out = &setting_schema, .flags = API_ETAG);
ADMIN_DOC(doc_put, "Set it; an empty value is the default", .in = put_rules, .nin = COUNT(put_rules), .out = &setting_schema, .flags = API_ETAG);
ADMIN_DOC(doc_history, "What was administered, newest first", .out = &admin_schema, .flags = API_LIST);
ADMIN_DOC(doc_org_history, "What was administered of an organisation", .out = &admin_schema, .flags = API_LIST);
ADMIN_DOC(doc_cases, "An auditor's list of the own organisation's cases: dates, no titles", .out = &audit_schema, .flags = API_LIST, .query = case_params, .nquery = COUNT(case_params));
ADMIN_DOC(doc_entries, "An auditor's history of the own organisation's cases", .out = &entry_schema, .flags = API_LIST, .query = entry_params, .nquery = COUNT(entry_params));
ADMIN_DOC(doc_health, "How the installation fares", .out = &health_schema);

static const struct route table[] = {
    {GET, S_INIT("/api/v1/settings"),                  NEED_OPERATOR, OF_NOTHING, 0, list_settings, 0, 0, &doc_settings},
    {GET, S_INIT("/api/v1/settings/{}"),               NEED_OPERATOR, OF_NOTHING, 0, show_setting, 0, 0, &doc_setting},
    {PUT, S_INIT("/api/v1/settings/{}"),               NEED_OPERATOR, OF_NOTHING, 0, put_setting, 0, 0, &doc_put},
    {GET, S_INIT("/api/v1/history"),                   NEED_OPERATOR, OF_NOTHING, 0, list_history, 0, 0, &doc_history},
    {GET, S_INIT("/api/v1/organisations/{}/history"),  NEED_PERSON, OF_NOTHING, 0, list_org_history, 0, 0, &doc_org_history},
    {GET, S_INIT("/api/v1/audit/cases"),               NEED_PERSON, OF_NOTHING, 0, list_audit_cases, 0, 0, &doc_cases},
    {GET, S_INIT("/api/v1/audit/entries"),             NEED_PERSON, OF_NOTHING, 0, list_audit_entries, 0, 0, &doc_entries},
    {GET, S_INIT("/api/v1/health"),                    NEED_OPERATOR, OF_NOTHING, 0, show_health, 0, 0, &doc_health},
};
/* clang-format on */
const struct routes operator_api_routes = {table, COUNT(table)};
