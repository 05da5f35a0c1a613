/* case_new.h - a case begins; all within db_write(). */
#ifndef APP_CASE_NEW_H
#define APP_CASE_NEW_H

#include "app/cases.h"

/* An eight-digit number that no case, report or advisory has. */
enum err number_free(struct ctx *cx, str *out);

/* A case with its first report.  entry: finder, overseas, source.  The flow's first step is
 * recorded as performed by the source at `received`; title and details are texts of their
 * own, without the finder's name. */
struct case_begin {
    enum flow flow;
    str entry, owner_id;
    str report_id;
    i64 received;
    str dept_id;                  /* of a source that signs in; absent: a finder */
    str opener_id;                /* of whoever opens it: that source, or who took its report */
    str lang;                     /* of title and details: ja, en */
    str title, overview, details; /* overview may be absent */
};
enum err case_new(struct ctx *cx, const struct case_begin *b, str *case_id);

/* Another party; a vendor gets a lane.  E_CONFLICT: it is there in that role. */
enum err case_add_party(struct ctx *cx, str case_id, str org_id, str role);

/* A text of the case as a whole. */
enum err case_add_text(struct ctx *cx, str case_id, enum audience audience, str kind, str lang,
                       str body);

#endif
