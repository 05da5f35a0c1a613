/* kept.h - pages of somebody signed in, kept for a second for the session that they were made for.
 *
 * A kept page is answered only when all of this is as it was when the page was made: the session
 * and its person, the address, and what was committed to the database, by this or any other
 * process (store_version()).  Session and rights are looked up before, each time.  What the clock
 * alone changes in a page shows after KEPT_MS at the latest.  docs/adr/0025 says why. */
#ifndef WEB_KEPT_H
#define WEB_KEPT_H

#include "app/ctx.h"

enum { KEPT_MS = 1000 };

struct kept;
struct request;

/* bytes: of all pages together.  Wiped and freed with the arena. */
struct kept *kept_new(struct arena *a, size_t bytes);

/* What a page depends on, as it is now.  Asked before the first read of the request, whose
 * transaction it begins; `is` is false where nothing may be kept or found. */
struct kept_at {
    bool is;
    str version;
    unsigned char of[32]; /* hash of session, person and address */
};
struct kept_at kept_begin(struct kept *k, struct ctx *cx, const struct request *rq);

/* After the request was let in.  False: none.  The page is the caller's copy, with once-tokens of
 * its own. */
bool kept_find(struct kept *k, struct ctx *cx, const struct request *rq, struct kept_at *at,
               buf *out);

/* Only a whole page with nothing but the usual headers. */
void kept_put(struct kept *k, struct ctx *cx, const struct kept_at *at, str page);

/* Wipe what is older than KEPT_MS. */
void kept_sweep(struct kept *k, i64 now);

struct kept_state {
    size_t pages, bytes;  /* now */
    i64 found, not_found; /* since the start */
};
struct kept_state kept_state(struct kept *k);

#endif
