/* jail.h - foreign bytes are parsed where a mistake of the parser harms nobody.
 *
 * MIME, OpenPGP, XML, whatever is fetched or imported: a pure function of a table reads them
 * in a child of the zygote (zygote.h) that can read its input, compute and write its answer,
 * and nothing else: no file, socket, process or thread, limited memory and time, and death
 * for any other system call.  The table is fixed when the jail starts. */
#ifndef IO_JAIL_H
#define IO_JAIL_H

#include "io/zygote.h"

struct jail_caller;
bool jail_ask(const struct jail_caller *caller, struct arena *a, str question, str *answer);

struct jail_job {
    str name;
    /* Pure.  OK: *out is the answer.  E_INVALID: *out is the problem, in a form that caller
     * and job agree on.  Any other outcome reaches the caller as E_IO. */
    enum err (*run)(struct arena *a, str in, buf *out);
    /* In its place: it may ask the caller by jail_ask(), and ends when nobody answers. */
    enum err (*talk)(struct arena *a, str in, const struct jail_caller *caller, buf *out);
};

/* A field that is 0 gets the default: 5 s, 256 MB, 4 MB, 10 s. */
#define jail_limits zygote_limits

struct jail_options {
    const struct jail_job *jobs; /* lives as long as the jail */
    size_t njobs;
    unsigned at_once; /* 0: 16 */
    enum sandbox_mode mode;
    struct jail_limits most; /* no job gets more, whatever a call says; 0: what it says */
};

struct jail;

/* As zygote_start().  E_IO also when mode is require and the sandbox does not hold. */
enum err jail_start(struct arena *a, const struct jail_options *o, struct fault *f,
                    struct jail **out);
const struct sandbox_state *jail_state(const struct jail *j);
i64 jail_pid(const struct jail *j);
bool jail_alive(const struct jail *j); /* no: the server should end and be started anew */

/* Any thread.  OK or E_INVALID: the job's verdict, and *out is what it wrote.  E_BUSY: too
 * many at once.  E_IO: the child was killed, ran out of time, crashed or wrote too much, or
 * the jail is gone; the fault says which.  limits may be NULL.  *out was written by a child
 * that hostile input may have taken over: check it as you would check that input. */
enum err jail_run(struct jail *j, struct arena *a, struct fault *f, str job, str input,
                  const struct jail_limits *limits, str *out);

/* The same of a job that asks: see zygote.h.  A child that no longer asks is left to its limits;
 * it ends with the jail. */
#define jail_talk zygote_talk
enum err jail_run_talk(struct jail *j, struct arena *a, struct fault *f, str job, str input,
                       const struct jail_limits *limits, const struct jail_talk *talk, str *out);

#endif
