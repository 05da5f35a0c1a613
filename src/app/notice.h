/* notice.h - "there is something for you", written with the act, sent by `kakehashi work`.
 *
 * A notice says only a number and where to sign in: never a title, a name or a word of what
 * happened.  Within db_write(). */
#ifndef APP_NOTICE_H
#define APP_NOTICE_H

#include "app/cases.h"

/* Something waits for a principal (a department or person). */
enum err notice_task(struct ctx *cx, str principal, str case_number);

/* The finder has a new text to read. */
enum err notice_finder(struct ctx *cx, str report_id);

/* The date of publication changed: reception and every contacted vendor are told. */
enum err notice_date(struct ctx *cx, const struct case_file *cf, i64 planned);

#endif
