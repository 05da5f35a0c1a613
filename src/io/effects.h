/* effects.h - what goes out of the house, done by a process that never saw the database.
 *
 * Mails, signatures and requests to other servers.  Forked before threads, secrets and sandbox, like
 * the jail; each job runs in a child of its own that may open outgoing connections and read
 * certificates and the resolver's files, and nothing else.  What a kind needs (a server's
 * name, its password) the effects process reads itself, so that the server never holds it.
 * That a remote party refuses, or does not answer, is an answer and not an error. */
#ifndef IO_EFFECTS_H
#define IO_EFFECTS_H

#include "io/fetch.h"
#include "io/sign.h"
#include "io/smtp.h"
#include "io/zygote.h"

struct effects_reach { /* what all kinds together may reach */
    struct landlock_path paths[32];
    size_t npaths;
    int ports[16]; /* TCP; 0: any */
    size_t nports;
};

struct effects_options;

struct effects_kind {
    str name;
    /* In the effects process, once, before its sandbox: reads what it needs, keeps it in that
     * process, adds to reach what its jobs need.  E_INVALID: the options make no sense. */
    enum err (*prepare)(struct arena *a, const struct effects_options *o,
                        struct effects_reach *reach, struct fault *f);
    /* In a child, for one job.  OK: *answer, in the kind's own form, whatever it says. */
    enum err (*run)(struct arena *a, str request, i64 timeout_ms, buf *answer);
    i64 output; /* bytes of an answer at most; 0: 16 MiB */
};
extern const struct effects_kind effects_smtp, effects_sign, effects_fetch;

struct effects_options {
    enum sandbox_mode mode;
    const struct effects_kind *const *kinds; /* static */
    size_t nkinds;
    unsigned at_once;  /* jobs; 0: 4 */
    const char *spool; /* a folder that jobs may use; NULL: none */
    struct smtp_options smtp;
    struct sign_options sign;
    struct fetch_options fetch;
};

struct effects;

/* As zygote_start(); also E_IO when a kind's prepare() fails, with its reason. */
enum err effects_start(struct arena *a, const struct effects_options *o, struct fault *f,
                       struct effects **out);
const struct sandbox_state *effects_state(const struct effects *e);
i64 effects_pid(const struct effects *e);
bool effects_alive(const struct effects *e); /* no: the server should end and be started anew */

/* Any thread; waits up to timeout_ms, and three seconds more for a child that has to be killed.
 * E_BUSY, E_IO: as zygote_run(); whether the effect took place is then not known.  The fault
 * names the kind, never the request. */
enum err effects_run(struct effects *e, struct arena *a, struct fault *f, str kind, str request,
                     i64 timeout_ms, str *answer);

#endif
