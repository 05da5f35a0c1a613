/* report_record.h - inside app/: what is known of a report that is entered for its sender. */
#ifndef APP_REPORT_RECORD_H
#define APP_REPORT_RECORD_H

#include "app/reports.h"

struct record {
    str recipient_id, recipient_kind; /* the body that received it: the actor's own */
    str dept_id;                      /* of the person who enters it */
    str source, source_dept_id;       /* source_dept_id: of an overseas coordinator; else absent */
    i64 came;
};

/* E_NOT_FOUND: the actor enters no such reports; E_INVALID: "came" or "overseas_from" is wrong. */
enum err record_read(struct ctx *cx, enum report_kind k, const struct input *in,
                     struct record *out);

/* What is asked of the entering and what of the report, each by itself: the API refuses fields
 * that are not asked. */
void record_split(struct ctx *cx, const struct input *in, struct input *record,
                  struct input *report);

#endif
