/* desk.h - what each case of a list waits for, and on whom, as far as the reader may know.
 *
 * By one query for all: a vendor's people see what waits in their own lane, its contact all of
 * it by department, a department its own; bodies outside see that a vendor works, not on what.
 */
#ifndef APP_DESK_H
#define APP_DESK_H

#include "app/lists.h"
#include "app/phrases.h"

struct case_waits {
    struct phrases own;    /* steps that wait for the reader: "1.1 Vendors" */
    struct phrases others; /* who else is awaited, each once */
    opt_i64 due;           /* the nearest of those that the reader may know */
    opt_i64 phase;         /* the lowest that the reader may know of */
};

/* waits[i] belongs to lines[i]. */
enum err case_waits_for(struct ctx *cx, const struct case_line *lines, size_t n,
                        struct case_waits *waits);

#endif
