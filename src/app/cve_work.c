/* cve_work.c - see cve_work.h: taking up a job, and putting it down. */
#include "app/cve_own.h"

/* Longer than all calls of a job together may take. */
#define LEASE (5 * MINUTE)

/* --- taking it up ----------------------------------------------------------------------------- */

/* One reservation at a time, and one act on a number: the oldest. */
static enum err is_next(struct ctx *cx, const struct q_cve_job_get *job, bool *out)
{
    struct q_cve_jobs_open *rows;
    size_t n;
    bool reserve = str_eq(job->kind, S("reserve"));
    TRY(q_cve_jobs_open(cx->db, &rows, &n, .kind = reserve ? job->kind : S(""),
                        .cve = reserve ? S("") : job->cve));
    *out = n > 0 && str_eq(rows[0].id, job->id);
    return OK;
}

static enum err claim(struct ctx *cx, void *arg)
{
    struct cve_hand *h = arg;
    bool next;
    TRY(q_cve_job_get(cx->db, &h->job, .id = h->job.id));
    TRY(is_next(cx, &h->job, &next));
    if (!next || h->job.ended.is)
        return E_CONFLICT;
    h->claim = new_id(cx);
    return q_cve_job_claim(cx->db, .id = h->job.id, .claim = h->claim, .now = cx->now,
                           .until = cx->now + LEASE);
}

/* --- putting it down -------------------------------------------------------------------------- */

/* 2, 4, 8 … 60 minutes: never sooner than the service can have ended what it began. */
static i64 pause(const struct cve_hand *h)
{
    i64 wait = 2 * MINUTE;
    for (i64 i = 0; i < h->job.tries && wait < HOUR; i++)
        wait *= 2;
    wait = wait < HOUR ? wait : HOUR;
    return h->retry_after * SECOND > wait ? h->retry_after * SECOND : wait;
}

static enum err put_later(struct ctx *cx, void *arg)
{
    const struct cve_hand *h = arg;
    return q_cve_job_later(cx->db, .id = h->job.id, .claim = h->claim, .due = cx->now + pause(h),
                           .error = h->error.n ? h->error : S("NO_ANSWER"), .message = h->message);
}

static enum err put_end(struct ctx *cx, void *arg)
{
    const struct cve_hand *h = arg;
    TRY(q_cve_job_end(cx->db, .id = h->job.id, .claim = h->claim, .state = h->end,
                      .kind = h->job.kind, .ended = cx->now, .error = h->error,
                      .message = h->message));
    if (!str_eq(h->end, S("refused")))
        return OK;
    return cve_note(cx, h->job.case_id, "cve_refused", h->job.cve.n ? h->job.cve : h->error, 1);
}

static enum err do_it(struct cve_hand *h)
{
    TRY(cve_account_load(h->cx, &h->acc));
    if (!h->acc.is) {
        h->error = S("NO_ACCOUNT");
        return OK;
    }
    return str_eq(h->job.kind, S("reserve")) ? cve_do_reserve(h) : cve_do_record(h);
}

/* What ended with `done` was written by the kind itself, together with what it brought. */
static enum err work_one(struct ctx *cx, const struct cve_wire *wire, str job, struct cve_hand *h)
{
    *h = (struct cve_hand){
        .cx = cx, .wire = wire, .job.id = job, .retry_after = -1, .message = S("")};
    TRY(db_write(cx, claim, h));
    TRY(do_it(h));
    if (h->end.p == NULL)
        return db_write(cx, put_later, h);
    return str_eq(h->end, S("done")) ? OK : db_write(cx, put_end, h);
}

enum err cve_work_one(struct ctx *cx, const struct cve_wire *wire, str job)
{
    struct cve_hand h;
    return work_one(cx, wire, job, &h);
}

static void count_end(str end, struct cve_count *count)
{
    if (end.p == NULL)
        count->later++;
    else if (str_eq(end, S("done")))
        count->done++;
    else if (str_eq(end, S("refused")))
        count->refused++;
    else
        count->unclear++;
}

/* Each job has an arena of its own, which is wiped. */
static enum err work_alone(struct app *app, const struct cve_wire *wire, str job, struct fault *f,
                           struct cve_count *count)
{
    struct arena *a = arena_new();
    struct ctx *cx = ctx_new(a, app);
    struct cve_hand h = {0};
    enum err err = work_one(cx, wire, str_copy(a, job), &h);
    app_read_end(cx);
    if (err == OK)
        count_end(h.end, count);
    if (err != OK && err != E_CONFLICT)
        *f = cx->fault;
    arena_free(a);
    return err == E_CONFLICT ? OK : err; /* somebody else is at it, or an older one comes first */
}

enum err cve_work(struct app *app, const struct cve_wire *wire, size_t most,
                  const _Atomic bool *stop, struct fault *f, struct cve_count *count)
{
    struct arena *a = arena_new();
    struct ctx *cx = ctx_new(a, app);
    struct q_cve_jobs_due *rows;
    size_t n = 0;
    enum err err = app_read(cx);
    if (err == OK)
        err = q_cve_jobs_due(cx->db, &rows, &n, .now = cx->now, .most = (i64)most);
    app_read_end(cx);
    if (err != OK)
        *f = cx->fault;
    for (size_t i = 0; err == OK && i < n && (stop == NULL || !*stop); i++)
        err = work_alone(app, wire, rows[i].id, f, count);
    arena_free(a);
    return err;
}
