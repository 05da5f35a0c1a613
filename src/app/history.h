/* history.h - who did what, when, on whose behalf: written in the transaction of the act. */
#ifndef APP_HISTORY_H
#define APP_HISTORY_H

#include "app/text.h"

struct history_note {
    str case_id, report_id, org_id; /* what it belongs to; absent: not */
    str act;                        /* a word history_ACT of po/ */
    struct place place;             /* who may read it */
    str dept_id;                    /* for which department the person acted */
    str behalf_id;                  /* and for whom that one stood in */
    str content;                    /* JSON object of what the sentence names; absent: {} */
};

/* Within db_write(). */
enum err history_add(struct ctx *cx, const struct history_note *note);

struct json;

/* What an act's word says, with {step}, its {title} and what the content names filled in. */
str history_sentence(struct ctx *cx, str act, enum flow flow, str step, const struct json *content);

/* One line as a person reads it. */
struct history_line {
    str id;
    i64 at;
    str who, dept, behalf; /* in the reader's language; absent: the finder, or the program */
    str sentence;
    str lane_name; /* of the vendor; absent: the case's own */
};

/* Newest first; next: cursor of the next page, absent on the last.  The actor must have the
 * right to the case: only what it may read comes. */
enum err history_of_case(struct ctx *cx, str case_id, size_t limit, str after,
                         struct history_line **out, size_t *n, str *next);

/* What happened to a report, newest first, at most `limit`; what the reader may know of it. */
enum err history_of_report(struct ctx *cx, const struct access *acc, str report_id, size_t limit,
                           struct history_line **out, size_t *n);

#endif
