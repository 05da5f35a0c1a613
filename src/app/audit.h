/* audit.h - what an auditor reads: dates and history of the own organisation's cases, never a
 * title or a text.
 *
 * The own organisation is where the auditor sits in some department; its cases are those that
 * any of its departments may know of, and of their history what these may read.  E_DENIED: the
 * actor audits nothing. */
#ifndef APP_AUDIT_H
#define APP_AUDIT_H

#include "app/lists.h"

struct audit_filter {
    str number;           /* of a case; absent: any */
    str flow;             /* likewise */
    opt_i64 open;         /* 1 or 0 */
    opt_i64 from, before; /* opened within */
    bool overdue, oldest_first;
};
struct audit_case {
    str number;
    enum flow flow;
    i64 opened, updated, waiting; /* waiting: how many tasks */
    int phase;                    /* 0 to 6 */
    opt_i64 due, planned, published;
};
enum err audit_cases(struct ctx *cx, const struct audit_filter *f, struct list_window *w,
                     struct audit_case **out, size_t *n);

struct audit_entry_filter {
    str number, dept_id; /* absent: any */
    opt_i64 from, before;
};
struct audit_entry {
    str id, number;
    i64 at;
    str who, dept, behalf; /* in the reader's language; who absent: the finder, or the program */
    str lane;              /* name of the vendor; absent: the case's own */
    str step, sentence;
};
/* Newest first. */
enum err audit_entries(struct ctx *cx, const struct audit_entry_filter *f, struct list_window *w,
                       struct audit_entry **out, size_t *n);

/* For the filter: the departments of the own organisation, by id. */
struct audit_dept {
    str id, name;
};
enum err audit_depts(struct ctx *cx, struct audit_dept **out, size_t *n);

#endif
