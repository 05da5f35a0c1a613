/* cve_api.c - see cve_api.h. */
#include "web/api/cve_api.h"

#include "app/cve_jobs.h"
#include "web/api_doc.h"

struct finding_out {
    str rule, path, code, message;
    bool must;
};
static const struct out_field finding_fields[] = {
    OUT(struct finding_out, rule, OUT_STR), OUT(struct finding_out, path, OUT_STR),
    OUT(struct finding_out, code, OUT_STR), OUT(struct finding_out, message, OUT_STR),
    OUT(struct finding_out, must, OUT_BOOL)};
OUT_SCHEMA(finding_schema, "CveFinding", struct finding_out, finding_fields);

struct record_out {
    bool is_public, fails;
    const struct finding_out *findings;
    size_t nfindings;
    str record;
};
static const struct out_field record_fields[] = {
    OUT_AS(struct record_out, is_public, "public", OUT_BOOL),
    OUT(struct record_out, fails, OUT_BOOL),
    OUT_ITEMS(struct record_out, findings, nfindings, &finding_schema),
    OUT(struct record_out, record, OUT_JSON)};
OUT_SCHEMA(record_schema, "CveRecord", struct record_out, record_fields);

static enum err show_record(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct cve_draft d;
    TRY(cve_build(cx, rq->id, rq->seg[1], str_eq(query_get(rq, "format"), S("5.2")), &d));
    struct finding_out *all = NEWS(cx->a, struct finding_out, d.findings.n + 1);
    for (size_t i = 0; i < d.findings.n; i++) {
        const struct cve_finding *f = &d.findings.v[i];
        all[i] = (struct finding_out){f->rule, f->path, f->code,
                                      cve_finding_words(cx->a, f, cx->lang), f->must};
    }
    struct record_out out = {d.is_public, d.fails, all, d.findings.n, d.json};
    return api_send(cx, an, &record_schema, &out);
}

/* --- what is asked of the service ----------------------------------------------------------------- */

static const struct out_field job_fields[] = {OUT(struct cve_job_line, id, OUT_STR),
                                              OUT(struct cve_job_line, kind, OUT_STR),
                                              OUT(struct cve_job_line, state, OUT_STR),
                                              OUT(struct cve_job_line, vuln_id, OUT_STR),
                                              OUT(struct cve_job_line, cve, OUT_STR),
                                              OUT(struct cve_job_line, tries, OUT_I64),
                                              OUT(struct cve_job_line, made, OUT_INSTANT),
                                              OUT(struct cve_job_line, due, OUT_INSTANT),
                                              OUT(struct cve_job_line, ended, OUT_OPT_INSTANT),
                                              OUT(struct cve_job_line, error, OUT_STR),
                                              OUT(struct cve_job_line, message, OUT_STR)};
OUT_SCHEMA(job_schema, "CveJob", struct cve_job_line, job_fields);

static enum err list_jobs(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct cve_job_line *all;
    size_t n;
    TRY(cve_jobs_of(cx, rq->id, &all, &n));
    return api_send_list(cx, an, &job_schema, all, n, NO_STR, (i64)n);
}

/* It stands in the list until the server did it. */
static enum err planned(struct ctx *cx, struct reply *an, str job)
{
    struct cve_job_line line;
    TRY(cve_job_line(cx, job, &line));
    return api_send(cx, an, &job_schema, &line);
}

static enum err ask_number(struct ctx *cx, struct request *rq, struct reply *an)
{
    str job;
    TRY(cve_plan_number(cx, rq->id, rq->seg[1], &job));
    return planned(cx, an, job);
}

static enum err publish_record(struct ctx *cx, struct request *rq, struct reply *an)
{
    str job;
    TRY(cve_plan_publish(cx, rq->id, rq->seg[1], &job));
    return planned(cx, an, job);
}

static enum err reject_number(struct ctx *cx, struct request *rq, struct reply *an)
{
    str job;
    TRY(cve_plan_reject(cx, rq->id, rq->seg[1], &rq->in, &job));
    return planned(cx, an, job);
}

/* clang-format off */
static const struct api_param record_params[] = {{"format", "5.1 (default) or 5.2"}};
#define CVE_DOC(name, what, ...) static const struct api_doc name = {.tag = "records", .summary = what, __VA_ARGS__}
CVE_DOC(doc_record, "The CVE record that would be published now, and which rules it breaks", .out = &record_schema, .query = record_params, .nquery = COUNT(record_params));
CVE_DOC(doc_jobs, "What was asked of CVE Services for a case, newest first", .out = &job_schema, .flags = API_ALL);
CVE_DOC(doc_number, "Ask CVE Services for a number", .out = &job_schema);
CVE_DOC(doc_publish, "Publish the CVE record, or bring it up to date", .out = &job_schema);
CVE_DOC(doc_reject, "Reject a number", .in = cve_reject_rules, .nin = COUNT(cve_reject_rules), .out = &job_schema);

static const struct route table[] = {
    {GET, S_INIT("/api/v1/cases/{}/vulnerabilities/{}/cve"), NEED_PERSON, OF_CASE, 0, show_record, 0, 0, &doc_record},
    {POST, S_INIT("/api/v1/cases/{}/vulnerabilities/{}/cve/number"), NEED_PERSON, OF_CASE, 0, ask_number, 0, 0, &doc_number},
    {POST, S_INIT("/api/v1/cases/{}/vulnerabilities/{}/cve/publish"), NEED_PERSON, OF_CASE, 0, publish_record, 0, 0, &doc_publish},
    {GET, S_INIT("/api/v1/cases/{}/cve"), NEED_PERSON, OF_CASE, 0, list_jobs, 0, 0, &doc_jobs},
    {POST, S_INIT("/api/v1/cases/{}/cve/{}/reject"), NEED_PERSON, OF_CASE, 0, reject_number, 0, 0, &doc_reject},
};
/* clang-format on */
const struct routes cve_api_routes = {table, COUNT(table)};
