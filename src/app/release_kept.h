/* release_kept.h - the last rehearsal of each release plan, as long as what it was made of holds.
 *
 * A rehearsal builds and checks every form: it is made when a plan is first looked at, again when
 * the record, the settings, what is public, the signing key or the program is another, and when
 * somebody asks for it.  It is kept in this process, in memory: to look at a page writes nothing. */
#ifndef APP_RELEASE_KEPT_H
#define APP_RELEASE_KEPT_H

#include "app/release_plan.h"

struct release_kept;

/* Lives in a; empty. */
NONNULL struct release_kept *release_kept_new(struct arena *a);

/* When it was made, and of what. */
struct release_made {
    i64 at;
    str record;  /* the first hex digits of the record's digest (publish.h) */
    str key;     /* of the signing key's fingerprint; empty: none */
    str version; /* of the program */
};

/* As release_dry_run() of the plan, which the actor may read: the kept one where it holds, or
 * (anew) one that is made now.  Of a kept one the bytes of the forms are absent. */
enum err release_rehearsed(struct ctx *cx, str case_id, const struct release_plan *p, bool anew,
                           struct release_dry *out, struct release_made *made);

#endif
