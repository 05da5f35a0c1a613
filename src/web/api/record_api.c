/* record_api.c - see record_api.h. */
#include "web/api/record_api.h"

#include "app/advisory.h"
#include "app/statuses.h"
#include "app/vulns.h"
#include "web/api/case_out.h"

/* --- vulnerabilities ------------------------------------------------------------------------------ */

static const struct out_field vector_fields[] = {OUT(struct vuln_vector, issuer, OUT_STR),
                                                 OUT(struct vuln_vector, vector, OUT_STR),
                                                 OUT(struct vuln_vector, score, OUT_SCORE)};
OUT_SCHEMA(vector_schema, "Vector", struct vuln_vector, vector_fields);

static const struct out_field vuln_fields[] = {
    OUT(struct vuln, id, OUT_STR),
    OUT(struct vuln, ordinal, OUT_I64),
    OUT(struct vuln, rev, OUT_I64),
    OUT(struct vuln, cve, OUT_STR),
    OUT(struct vuln, cwe, OUT_STR),
    OUT_AS(struct vuln, title[LANG_JA], "title_ja", OUT_STR),
    OUT_AS(struct vuln, title[LANG_EN], "title_en", OUT_STR),
    OUT(struct vuln, note, OUT_STR),
    OUT(struct vuln, score, OUT_SCORE),
    OUT_ITEMS(struct vuln, vectors, nvectors, &vector_schema),
    OUT_AS(struct vuln, since[WORLD_PUBLIC], "public_at", OUT_OPT_INSTANT),
    OUT_AS(struct vuln, since[WORLD_EXPLOIT], "exploit_at", OUT_OPT_INSTANT),
    OUT_AS(struct vuln, since[WORLD_ATTACKS], "attacks_at", OUT_OPT_INSTANT),
};
OUT_SCHEMA(vuln_schema, "Vulnerability", struct vuln, vuln_fields);

static enum err list_vulns(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct vuln *all;
    size_t n;
    TRY(vuln_list(cx, rq->id, &all, &n));
    return api_send_list(cx, an, &vuln_schema, all, n, NO_STR, (i64)n);
}

static enum err find_vuln(struct ctx *cx, str case_id, str id, const struct vuln **out)
{
    struct vuln *all;
    size_t n;
    TRY(vuln_list(cx, case_id, &all, &n));
    for (size_t i = 0; i < n; i++)
        if (str_eq(all[i].id, id)) {
            *out = &all[i];
            return OK;
        }
    return E_NOT_FOUND;
}

static enum err show_vuln(struct ctx *cx, struct request *rq, struct reply *an)
{
    const struct vuln *v;
    TRY(find_vuln(cx, rq->id, rq->seg[1], &v));
    api_etag(cx, rq, an, v->rev);
    return api_send(cx, an, &vuln_schema, v);
}

static enum err add_vuln(struct ctx *cx, struct request *rq, struct reply *an)
{
    const struct vuln *v;
    str id;
    TRY(vuln_add(cx, rq->id, &rq->in, &id));
    TRY(find_vuln(cx, rq->id, id, &v));
    api_etag(cx, rq, an, v->rev);
    str place = str_fmt(cx->a, "/api/v1/cases/%.*s/vulnerabilities/%.*s", SV(rq->id), SV(id));
    return api_created(cx, an, &vuln_schema, v, place);
}

static enum err edit_vuln(struct ctx *cx, struct request *rq, struct reply *an)
{
    const struct vuln *v;
    i64 rev;
    TRY(find_vuln(cx, rq->id, rq->seg[1], &v));
    TRY(api_if_match(cx, rq, an, &rev));
    TRY(api_edited(an, vuln_edit(cx, rq->id, rq->seg[1], rev, &rq->in)));
    return show_vuln(cx, rq, an);
}

/* --- what vendors say ----------------------------------------------------------------------------- */

struct said_out {
    i64 at;
    str status, statement_ja, statement_en, url, products;
};
static const struct out_field said_fields[] = {
    OUT(struct said_out, at, OUT_INSTANT),       OUT(struct said_out, status, OUT_STR),
    OUT(struct said_out, statement_ja, OUT_STR), OUT(struct said_out, statement_en, OUT_STR),
    OUT(struct said_out, url, OUT_STR),          OUT(struct said_out, products, OUT_JSON)};
OUT_SCHEMA(said_schema, "VendorStatus", struct said_out, said_fields);

static str json_words(struct ctx *cx, const struct json *j)
{
    buf b = {.a = cx->a};
    struct json_out o = {.b = &b};
    if (j == NULL)
        return NO_STR;
    json_put_json(&o, j);
    return buf_str(&b);
}

static enum err list_statuses(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct vendor_said *rows;
    size_t n;
    TRY(status_history(cx, rq->id, rq->seg[1], &rows, &n));
    struct said_out *out = NEWS(cx->a, struct said_out, n + 1);
    for (size_t i = 0; i < n; i++)
        out[i] = (struct said_out){rows[i].at,
                                   rows[i].status,
                                   rows[i].statement[LANG_JA],
                                   rows[i].statement[LANG_EN],
                                   rows[i].url,
                                   json_words(cx, rows[i].products)};
    return api_send_list(cx, an, &said_schema, out, n, NO_STR, (i64)n);
}

static enum err put_status(struct ctx *cx, struct request *rq, struct reply *an)
{
    TRY(status_change(cx, rq->id, rq->seg[1], &rq->in));
    return list_statuses(cx, rq, an);
}

static enum err list_vendors(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct case_ask ask = {.acc = rq->acc};
    struct case_view v;
    TRY(case_view(cx, rq->id, &ask, &v));
    return api_send_list(cx, an, &vendor_schema, v.vendors, v.nvendors, NO_STR, (i64)v.nvendors);
}

/* clang-format off */
#define RECORD_DOC(name, what, ...) static const struct api_doc name = {.tag = "records", .summary = what, __VA_ARGS__}
RECORD_DOC(doc_vulns, "The vulnerabilities of a case, for who may read the details", .out = &vuln_schema, .flags = API_ALL);
RECORD_DOC(doc_vuln, "One vulnerability", .out = &vuln_schema, .flags = API_ETAG);
RECORD_DOC(doc_add, "Add a vulnerability; vectors: [{issuer, vector}]", .in = vuln_rules, .nin = COUNT(vuln_rules), .out = &vuln_schema, .status = HTTP_CREATED);
RECORD_DOC(doc_edit, "Change a vulnerability", .in = vuln_rules, .nin = COUNT(vuln_rules), .out = &vuln_schema, .flags = API_ETAG);
RECORD_DOC(doc_vendors, "The vendors that you may know of, and what they said", .out = &vendor_schema, .flags = API_ALL);
RECORD_DOC(doc_statuses, "What a vendor said of its products, newest first", .out = &said_schema, .flags = API_ALL);
RECORD_DOC(doc_say, "Say it anew; products: [{name, versions, status, vulnerability, flag, name_en, versions_en, cpe, purl, remedy, remedy_url, remedy_date}]; vulnerability: its ordinal in the case or its CVE number, absent for all; flag: why it is not affected, a label of CSAF; name_en, versions_en: the same in English", .in = status_rules, .nin = COUNT(status_rules), .out = &said_schema, .flags = API_ALL);

static const struct route table[] = {
    {GET,  S_INIT("/api/v1/cases/{}/vulnerabilities"),     NEED_PERSON, OF_CASE, 0, list_vulns, 0, 0, &doc_vulns},
    {POST, S_INIT("/api/v1/cases/{}/vulnerabilities"),     NEED_PERSON, OF_CASE, 0, add_vuln, 0, 0, &doc_add},
    {GET,  S_INIT("/api/v1/cases/{}/vulnerabilities/{}"),  NEED_PERSON, OF_CASE, 0, show_vuln, 0, 0, &doc_vuln},
    {PUT,  S_INIT("/api/v1/cases/{}/vulnerabilities/{}"),  NEED_PERSON, OF_CASE, 0, edit_vuln, 0, 0, &doc_edit},
    {GET,  S_INIT("/api/v1/cases/{}/vendors"),             NEED_PERSON, OF_CASE, 0, list_vendors, 0, 0, &doc_vendors},
    {GET,  S_INIT("/api/v1/cases/{}/vendors/{}/statuses"), NEED_PERSON, OF_CASE, 0, list_statuses, 0, 0, &doc_statuses},
    {POST, S_INIT("/api/v1/cases/{}/vendors/{}/statuses"), NEED_PERSON, OF_CASE, 0, put_status, 0, 0, &doc_say},
};
/* clang-format on */
const struct routes record_api_routes = {table, COUNT(table)};
