/* report_clocks.h - inside app/: how a report stands and what is due, from its instants. */
#ifndef APP_REPORT_CLOCKS_H
#define APP_REPORT_CLOCKS_H

#include "app/ctx.h"
#include "domain/clocks.h"

struct report_times {
    i64 received;
    opt_i64 told, accepted, refused, ended, site_notified, site_answered;
    bool in_case, direct;
    bool of_site; /* for the website's operator: the talk with the finder is not its own */
};

/* received handling accepted site answered refused ended */
str report_state(const struct report_times *t);

/* The clocks of the report itself, nearest due first, then those met. */
void report_clocks(const struct ctx *cx, const struct report_times *t, struct clock_states *out);

/* The first that runs or is overdue and tells somebody to act; NULL: none. */
const struct clock_state *clock_nearest(const struct clock_states *all);

/* A report received before then, without a word to its finder, is overdue. */
i64 report_late_before(const struct ctx *cx);

#endif
