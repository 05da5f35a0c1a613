/* tour.h - for tests: a request to any route as any actor of rights.h, with what it needs to
 * come as far as the right, and never so much that something is done. */
#ifndef HELP_TOUR_H
#define HELP_TOUR_H

#include "help/rights.h"
#include "web/route.h"

/* What the first place of a path names: nothing, case or report A or D, report W. */
enum target { TARGET_NONE, TARGET_A, TARGET_D, TARGET_W, TARGETS };
extern const char *const target_names[TARGETS];
extern const char *const method_names[METHOD_COUNT];
enum target tour_first(const struct route *route);
enum target tour_last(const struct route *route);

/* Asks in an arena of the caller's, so that thousands fit; *path: what was asked. */
struct page tour_ask(const struct rights_stage *r, struct arena *a, const struct route *route,
                     enum target t, enum who w, str *path);

#endif
