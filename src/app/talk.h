/* talk.h - the conversation in a case: messages to an audience, and passing on.
 *
 * A thread is an audience with its place, named by a key: "coordination:LANE", "all",
 * "reception", "office", "finder:REPORT", "internal:LANE:STEP" (STEP may be empty: the
 * contact's own notes).  Who may write where is the table in talk.c; nobody writes where they
 * do not read.  A text that is passed on is a new text: only what was chosen goes further. */
#ifndef APP_TALK_H
#define APP_TALK_H

#include "app/cases.h"
#include "app/form.h"

/* Write to a thread ("to", "text", and tickets of attached files).  E_DENIED: may know of the
 * thread, not write to it; E_NOT_FOUND: no such thread for this reader. */
enum err talk_post(struct ctx *cx, str case_id, const struct input *in, str *text_id);

/* The same, made from a text that the reader may read ("from", "to", "text"). */
enum err talk_relay(struct ctx *cx, str case_id, const struct input *in, str *text_id);

/* All texts up to this one were seen by the person. */
enum err talk_seen(struct ctx *cx, str case_id, str text_id);

/* text, to, and (of talk_relay) from. */
extern const struct field_rule talk_rules[3];

#endif
