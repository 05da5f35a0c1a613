/* publish.h - what was agreed becomes public. */
#ifndef APP_PUBLISH_H
#define APP_PUBLISH_H

#include "app/cases.h"
#include "app/portal.h"

/* Whether the portal texts are ready to be released: problems say what is missing. */
enum err publication_check(struct ctx *cx, const struct case_file *cf);

/* Release the Japanese text, and the English one where it is complete and follows the same
 * revision; within db_write().  Brings the generation up. */
enum err publication_release(struct ctx *cx, const struct case_file *cf);

/* What the public would read in that language if the newest words were released now.  Nothing
 * is written.  Asks nothing about rights: whoever shows it has.  E_NOT_FOUND: nothing was
 * written in that language yet. */
enum err publication_preview(struct ctx *cx, const struct case_file *cf, enum lang lang,
                             struct portal_advisory *out);

/* After a vendor said something new (status_change): its row on the public page, where there
 * is one, with a line in the update history; within db_write(). */
enum err publication_vendor_said(struct ctx *cx, const struct case_file *cf, int lane);

#endif
