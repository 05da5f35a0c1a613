/* texts.h - write confidential prose: the one way, so that what is written is also found.
 *
 * A text is never altered.  All within db_write(). */
#ifndef APP_TEXTS_H
#define APP_TEXTS_H

#include "app/text.h"

struct text_new {
    str case_id;        /* absent: not of a case (yet); report_id is then given */
    struct place place; /* lane and step may be absent: the case's own, no answer */
    str act_id;         /* the hop it was written in; absent: none */
    str kind;           /* message, title, overview, details, or a question's field */
    str lang;           /* ja, en; absent: the writer's */
    str dept_id;        /* for which the writer acts; absent: the finder, or the program */
    str from_id;        /* made from this one: relayed or amended; absent: not */
    str body;
};

/* *id: the new text's; may be NULL. */
enum err text_put(struct ctx *cx, const struct text_new *t, str *id);

#endif
