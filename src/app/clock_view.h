/* clock_view.h - what is due when, as its reader may know it: clocks of laws and guidelines,
 * derived from the records (domain/clocks.h). */
#ifndef APP_CLOCK_VIEW_H
#define APP_CLOCK_VIEW_H

#include "base/vec.h"
#include "domain/clocks.h"

struct clock_line {
    str word, source; /* what it is, and where it comes from */
    str lane_name;    /* of which vendor; empty: the case, or one's own */
    enum clock_kind kind;
    enum clock_is is;
    bool moved; /* due is the agreed date */
    i64 start, due, met_at;
};
struct clock_lines {
    struct clock_line *v;
    size_t n, cap;
};

#endif
