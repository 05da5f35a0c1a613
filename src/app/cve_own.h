/* cve_own.h - between the files that plan and do what is wanted of CVE Services. */
#ifndef APP_CVE_OWN_H
#define APP_CVE_OWN_H

#include "app/case_file.h"
#include "app/cve_work.h"
#include "app/vulns.h"

/* The coordinated case for whom its numbers are to be asked for: E_NOT_FOUND, E_DENIED. */
enum err cve_case_open(struct ctx *cx, str case_id, struct case_file *cf);

/* Within db_write(): history of a case, or of the installation. */
enum err cve_note(struct ctx *cx, str case_id, const char *act, str cve, i64 amount);

/* Within db_write(): numbers that a reservation brought; the first is the vulnerability's, where
 * the reservation was for one and it has none yet. */
enum err cve_adopt(struct ctx *cx, const struct q_cve_job_get *job, struct strs numbers);

/* --- one job in hand ------------------------------------------------------------------------ */

struct cve_hand {
    struct ctx *cx;
    const struct cve_wire *wire;
    struct cve_account acc;
    struct q_cve_job_get job;
    str claim;
    str end;            /* how it ended; absent: it is open */
    str error, message; /* of this try */
    i64 retry_after;    /* seconds, as the service asked; -1: not */
};

/* What one call brought. */
struct cve_said {
    enum { SAID_YES, SAID_NO, SAID_LATER, SAID_EXISTS, SAID_ABSENT, SAID_UNSURE } what;
    str body;
};

/* keyed: with the account's key; body: absent for none. */
enum err cve_call(struct cve_hand *h, const char *method, str url, bool keyed, str body,
                  struct cve_said *out);

/* All pages of our own numbers in a state; SAID_YES: complete. */
enum err cve_list(struct cve_hand *h, str state, i64 year, struct cve_lines *out,
                  struct cve_said *said);

/* By kind; each sets h->end or leaves the job open. */
enum err cve_do_reserve(struct cve_hand *h);
enum err cve_do_record(struct cve_hand *h);

#endif
