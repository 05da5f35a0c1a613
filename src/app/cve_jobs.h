/* cve_jobs.h - what is wanted of CVE Services: written down before the service is asked, so
 * that nothing is asked twice and nothing is lost, whatever stops the program in between.
 *
 *   planned ──► asking ──► done
 *      │           ├─────► refused   the service said no, and why
 *      └──► …      └─────► unclear   a person has to say which numbers are ours
 *
 * cve_work.h does what is planned. */
#ifndef APP_CVE_JOBS_H
#define APP_CVE_JOBS_H

#include "app/cases.h"
#include "app/cve_account.h"

struct cve_job_line {
    str id, kind, state, vuln_id, cve; /* kind: reserve publish update reject */
    i64 amount, made, due, tries;      /* due: tried again from then on, while it is open */
    str error, message;                /* of the last try; absent: none */
    opt_i64 ended;
};
struct cve_number_line {
    str cve, state, vuln_id; /* state: reserved published rejected */
    i64 reserved, changed;
    str sent; /* mark of the container that the service has; absent: none */
};

/* The acts of a case, for its coordinator.  Problems: cve_no_account, cve_has_number,
 * cve_open (it is being done), cve_not_public, cve_rules, cve_no_number, cve_same (the service
 * has it so), cve_rejected. */
enum err cve_plan_number(struct ctx *cx, str case_id, str vuln_id, str *job);
enum err cve_plan_publish(struct ctx *cx, str case_id, str vuln_id, str *job);

/* "reason_en", "reason_ja", "replaced_by" (a number, or nothing).  vuln_id or cve: one of them. */
enum err cve_plan_reject(struct ctx *cx, str case_id, str cve, const struct input *in, str *job);
extern const struct field_rule cve_reject_rules[3];

/* For the pool, by the operator: "amount", "year" (absent: this one), "batch". */
enum err cve_plan_pool(struct ctx *cx, const struct input *in, str *job);
extern const struct field_rule cve_pool_rules[3];

/* A number of the pool to a vulnerability that has none. */
enum err cve_give(struct ctx *cx, str case_id, str vuln_id, str cve);

/* A reservation that is unclear: these are its numbers; none: it brought none.  Operator. */
enum err cve_settle(struct ctx *cx, str job, struct strs numbers);

/* Newest first.  Of a case: for who may read its details; of all: the operator. */
enum err cve_jobs_of(struct ctx *cx, str case_id, struct cve_job_line **out, size_t *n);
enum err cve_jobs_all(struct ctx *cx, struct cve_job_line **out, size_t *n);
enum err cve_numbers_of(struct ctx *cx, str case_id, struct cve_number_line **out, size_t *n);
enum err cve_numbers_all(struct ctx *cx, struct cve_number_line **out, size_t *n);
enum err cve_job_line(struct ctx *cx, str job, struct cve_job_line *out);

/* Whether the actor may do these in that case. */
enum err cve_may(struct ctx *cx, str case_id, bool *out);

/* What stands for a container's content: to see whether it changed since it was sent. */
str cve_mark(struct ctx *cx, str request);

#endif
