/* case_walk.h - for tests: cases that are walked up to a place, and their views as one line. */
#ifndef HELP_CASE_WALK_H
#define HELP_CASE_WALK_H

#include "app/case_view.h"
#include "help/walk.h"

/* A finder's report, accepted, two vendors chosen and given the overview; mihon's contact has
 * spread it to design, rnd (asked) and told quality.  To: how far mihon then goes. */
enum walked { WALKED_SPREAD, WALKED_DETAILS, WALKED_ASKED, WALKED_AFFECTED, WALKED_REPORTED };
struct walk *walked(struct stage *st, enum walked to);

/* The case as somebody sees it; step absent: nothing opened in place. */
struct case_view *view_as(struct walk *w, const char *who, const char *lane, const char *step);

/* One step alone; E_NOT_FOUND is NULL. */
struct step_view *step_as(struct walk *w, const char *who, const char *lane, const char *step);

/* A row of the board: "1.2.1 done, 1.3.1 open (Design)"; parts of others in brackets. */
str board_row(struct arena *a, const struct case_view *v, const char *name);

/* The names of all rows. */
str board_rows(struct arena *a, const struct case_view *v);

/* "own: 2.1.1 design; 2.3.1 …; Reiji Inc.: The vendor is working on it". */
str now_line(struct arena *a, const struct case_view *v);

#endif
