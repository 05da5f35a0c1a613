/* cve_jobs_list.c - see cve_jobs.h: what was asked, and the numbers that came of it. */
#include "app/cve_own.h"

enum { MOST = 200 };

static enum err may_read(struct ctx *cx, str case_id)
{
    const struct access *acc;
    TRY(access_case(cx, case_id, &acc));
    return access_has(acc, AUD_DETAILS) ? OK : E_NOT_FOUND;
}

enum err cve_jobs_of(struct ctx *cx, str case_id, struct cve_job_line **out, size_t *n)
{
    struct q_cve_jobs_of *rows;
    TRY(may_read(cx, case_id));
    TRY(q_cve_jobs_of(cx->db, &rows, n, .case_id = case_id));
    *out = NEWS(cx->a, struct cve_job_line, *n + 1);
    for (size_t i = 0; i < *n; i++)
        (*out)[i] =
            (struct cve_job_line){rows[i].id,    rows[i].kind,   rows[i].state,   rows[i].vuln_id,
                                  rows[i].cve,   rows[i].amount, rows[i].made,    rows[i].due,
                                  rows[i].tries, rows[i].error,  rows[i].message, rows[i].ended};
    return OK;
}

enum err cve_jobs_all(struct ctx *cx, struct cve_job_line **out, size_t *n)
{
    struct q_cve_jobs_last *rows;
    if (!cx->who.is_operator)
        return E_DENIED;
    TRY(app_read(cx));
    TRY(q_cve_jobs_last(cx->db, &rows, n, .most = MOST));
    *out = NEWS(cx->a, struct cve_job_line, *n + 1);
    for (size_t i = 0; i < *n; i++)
        (*out)[i] =
            (struct cve_job_line){rows[i].id,    rows[i].kind,   rows[i].state,   rows[i].vuln_id,
                                  rows[i].cve,   rows[i].amount, rows[i].made,    rows[i].due,
                                  rows[i].tries, rows[i].error,  rows[i].message, rows[i].ended};
    return OK;
}

enum err cve_job_line(struct ctx *cx, str job, struct cve_job_line *out)
{
    struct q_cve_job_get j;
    TRY(app_read(cx));
    TRY(q_cve_job_get(cx->db, &j, .id = job));
    *out = (struct cve_job_line){j.id,   j.kind, j.state, j.vuln_id, j.cve,     j.amount,
                                 j.made, j.due,  j.tries, j.error,   j.message, j.ended};
    return OK;
}

enum err cve_numbers_of(struct ctx *cx, str case_id, struct cve_number_line **out, size_t *n)
{
    struct q_cve_numbers_of *rows;
    TRY(may_read(cx, case_id));
    TRY(q_cve_numbers_of(cx->db, &rows, n, .case_id = case_id));
    *out = NEWS(cx->a, struct cve_number_line, *n + 1);
    for (size_t i = 0; i < *n; i++)
        (*out)[i] = (struct cve_number_line){rows[i].cve,      rows[i].state,   rows[i].vuln_id,
                                             rows[i].reserved, rows[i].changed, rows[i].sent};
    return OK;
}

enum err cve_numbers_all(struct ctx *cx, struct cve_number_line **out, size_t *n)
{
    struct q_cve_numbers_all *rows;
    if (!cx->who.is_operator)
        return E_DENIED;
    TRY(app_read(cx));
    TRY(q_cve_numbers_all(cx->db, &rows, n, .most = MOST * 10));
    *out = NEWS(cx->a, struct cve_number_line, *n + 1);
    for (size_t i = 0; i < *n; i++)
        (*out)[i] = (struct cve_number_line){rows[i].cve,      rows[i].state,   rows[i].vuln_id,
                                             rows[i].reserved, rows[i].changed, rows[i].sent};
    return OK;
}

/* --- numbers that came ------------------------------------------------------------------------ */

enum err cve_adopt(struct ctx *cx, const struct q_cve_job_get *job, struct strs numbers)
{
    for (size_t i = 0; i < numbers.n; i++) {
        bool first = i == 0 && job->vuln_id.n > 0;
        struct vuln *all;
        size_t n = 0;
        if (first)
            TRY(vulns_load(cx, job->case_id, &all, &n));
        for (size_t k = 0; k < n; k++)
            first &= !str_eq(all[k].id, job->vuln_id) || all[k].cve.n == 0;
        TRY(q_cve_number_add(cx->db, .cve = numbers.v[i], .job_id = job->id,
                             .case_id = job->case_id, .vuln_id = first ? job->vuln_id : NO_STR,
                             .reserved = cx->now));
        if (first)
            TRY(vuln_number(cx, job->case_id, job->vuln_id, numbers.v[i]));
        TRY(cve_note(cx, job->case_id, "cve_number_came", numbers.v[i], 1));
    }
    return OK;
}

struct settling {
    str job;
    struct strs numbers;
};

static enum err settle(struct ctx *cx, void *arg)
{
    const struct settling *s = arg;
    struct q_cve_job_get job;
    TRY(q_cve_job_get(cx->db, &job, .id = s->job));
    if (!str_eq(job.state, S("unclear")))
        return E_CONFLICT;
    TRY(q_cve_job_settle(cx->db, .id = s->job, .ended = cx->now));
    return cve_adopt(cx, &job, s->numbers);
}

enum err cve_settle(struct ctx *cx, str job, struct strs numbers)
{
    struct settling s = {job, numbers};
    if (!cx->who.is_operator)
        return E_DENIED;
    for (size_t i = 0; i < numbers.n; i++)
        if (!cve_is_id(numbers.v[i]))
            return wrong(cx, S("ids"), S("cve"));
    return db_write(cx, settle, &s);
}
