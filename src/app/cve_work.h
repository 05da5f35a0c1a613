/* cve_work.h - does what is planned at CVE Services.
 *
 * Each job belongs to one worker for five minutes; one that was stopped is taken up by the next,
 * which first asks the service what became of it.  A reservation is sent only when no number
 * appeared at the service since it was planned; reservations are made one after the other. */
#ifndef APP_CVE_WORK_H
#define APP_CVE_WORK_H

#include "app/cve_jobs.h"
#include "formats/cve_services.h"
#include "io/fetch.h"

/* How a request goes out; tests play the service. */
struct cve_wire {
    enum err (*ask)(void *arg, struct arena *a, struct fault *f, const struct fetch_request *rq,
                    i64 timeout_ms, struct fetch_answer *out); /* as fetch() */
    void *arg;
};
struct cve_wire cve_wire_fetch(struct effects *e);

struct cve_count {
    size_t done, refused, unclear, later;
};

/* Up to `most` jobs that are due.  stop: NULL, or ends between two.  Faults are of our own
 * database: what the service says is in the jobs. */
enum err cve_work(struct app *app, const struct cve_wire *wire, size_t most,
                  const _Atomic bool *stop, struct fault *f, struct cve_count *count);

/* One, now; E_CONFLICT: somebody is at it, it is over, or an older one comes first. */
enum err cve_work_one(struct ctx *cx, const struct cve_wire *wire, str job);

/* Questions that change nothing, by the operator.  E_IO: the fault says why. */
enum err cve_ask_quota(struct ctx *cx, const struct cve_wire *wire, struct cve_quota *out);
enum err cve_ask_list(struct ctx *cx, const struct cve_wire *wire, str state, i64 year,
                      struct cve_lines *out);

/* Who we are there: checks the account and keeps the organisation's UUID. */
enum err cve_ask_org(struct ctx *cx, const struct cve_wire *wire, str *uuid);

#endif
