/* clock.h - what time it is: the system's clock, or one that tests move. */
#ifndef IO_CLOCK_H
#define IO_CLOCK_H

#include "base/err.h"

#include <stdatomic.h>

/* All zero is the system's clock.  Any thread may read it while another sets it. */
struct clock {
    _Atomic bool fixed;
    _Atomic i64 at;      /* where fixed: the time */
    const char *path;    /* where set: a file that says it; see clock_follow() */
    _Atomic i64 last_ok; /* what a file that cannot be read means: what it said last */
};

/* Milliseconds since 1970-01-01T00:00:00Z. */
i64 clock_now(struct clock *c);

/* From now on c stands still at this time. */
void clock_set(struct clock *c, i64 ms);

/* For tests of the whole program (--clock FILE): the time is what the file says at each
 * reading: digits alone are milliseconds since 1970, with a sign in front they are an offset
 * to the system's clock.  path must outlive c.  E_INVALID: the file does not say a time now. */
enum err clock_follow(struct clock *c, const char *path, struct fault *f);

/* Microseconds of a clock that never jumps, for how long something took. */
i64 clock_us(void);

#endif
