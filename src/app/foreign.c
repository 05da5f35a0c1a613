/* foreign.c - see foreign.h. */
#include "app/foreign.h"

#include "formats/csaf_listing_job.h"
#include "formats/openpgp_key.h"

const struct jail_job foreign_jobs[] = {{S_INIT("openpgp_key"), openpgp_key_job},
                                        {S_INIT("library"), library_job},
                                        {S_INIT("listing"), listed_job}};
const size_t foreign_njobs = COUNT(foreign_jobs);

/* "jail: library: ended by SIGSEGV" without who says it. */
static str tail_of(struct arena *a, str fault)
{
    for (ptrdiff_t at; (at = str_find(fault, S(": "))) >= 0;)
        fault = str_from(fault, (size_t)at + 2);
    return str_copy(a, fault);
}

enum err foreign_read(struct ctx *cx, str job, str input, enum err *verdict, str *out,
                      struct library_refusal *why)
{
    /* a large document with many findings: more than the default */
    const struct jail_limits limits = {
        .cpu_seconds = 10, .memory = 1 << 30, .output = 64 << 20, .wall_ms = 30000};
    struct fault f = {0};
    if (cx->app->jail == NULL)
        return fail(cx, E_IO, "no document of others is read without a jail");
    *verdict = jail_run(cx->app->jail, cx->a, &f, job, input, &limits, out);
    if (*verdict == OK || *verdict == E_INVALID)
        return OK;
    if (*verdict == E_IO && jail_alive(cx->app->jail)) {
        *why = (struct library_refusal){S("library_unread"), tail_of(cx->a, str_z(f.text))};
        return E_INVALID;
    }
    cx->fault = f;
    return *verdict;
}

enum err foreign_document(struct ctx *cx, str bytes, struct library_read *read,
                          struct library_refusal *why)
{
    enum err verdict = E_IO;
    str out = S("");
    *why = (struct library_refusal){S(""), S("")};
    if (bytes.n > LIBRARY_BYTES) {
        *why = (struct library_refusal){S("library_large"), S("")};
        return E_INVALID;
    }
    TRY(foreign_read(cx, S("library"), library_job_input(cx->a, bytes, cx->now), &verdict, &out,
                     why));
    if (library_job_take(cx->a, out, verdict, read, why))
        return verdict;
    *why = (struct library_refusal){S("library_unread"), S("its answer makes no sense")};
    return E_INVALID;
}
