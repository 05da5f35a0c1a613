/* text.h - the one place where confidential bytes are sealed and opened.
 *
 * A text opens only to who holds the right: struct access is what one actor may read of one
 * case or report, made by access_case() or access_report() and nobody else.  Encryption at
 * rest will change this file alone. */
#ifndef APP_TEXT_H
#define APP_TEXT_H

#include "app/ctx.h"

struct access; /* opaque: what the actor may read */

/* Where a confidential text belongs. */
struct place {
    enum audience audience;
    str lane, step; /* empty: the case's own; no step */
    str report_id;  /* absent: not of one report */
};

/* E_NOT_FOUND: no such case, or none that the actor may know of: the same answer. */
enum err access_case(struct ctx *cx, str case_id, const struct access **out);

/* The same for a report: its finder, the intake that received it, those with the right on its
 * case, the notified operator of its site, a named analyst. */
enum err access_report(struct ctx *cx, str report_id, const struct access **out);

bool access_may(const struct access *acc, const struct place *p);

/* Any right of that audience, in whatever lane. */
bool access_has(const struct access *acc, enum audience audience);
bool access_lane(const struct access *acc, enum audience audience, str lane);

struct sealed text_seal(struct ctx *cx, str plain);

/* The plain text; absent where the actor has no right to it. */
str text_open(const struct access *acc, const struct place *p, struct sealed s);

/* A document of the library (app/library.h): absent where it is not open, and the actor may not
 * read those. */
str text_open_document(const struct ctx *cx, bool is_open, struct sealed s);

/* For the program's own arithmetic (facts, indexes, search, publication of what was agreed):
 * the result must not be shown to anybody. */
str text_open_inside(struct sealed s);

/* Whether two hold the same, without showing either. */
bool text_same(struct sealed x, struct sealed y);

#endif
