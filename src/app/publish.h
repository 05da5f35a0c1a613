/* publish.h - what was agreed becomes public. */
#ifndef APP_PUBLISH_H
#define APP_PUBLISH_H

#include "app/cases.h"
#include "app/release_dry.h"

/* Whether the portal texts are ready to be released: problems say what is missing. */
enum err publication_check(struct ctx *cx, const struct case_file *cf);

/* Release the Japanese text, and the English one where it is complete and follows the same
 * revision; within db_write().  Brings the generation up. */
enum err publication_release(struct ctx *cx, const struct case_file *cf);

/* One language becomes public; a withdrawal is that of all languages that are. */
struct release_order {
    enum lang lang; /* of a withdrawal: Japanese */
    enum release_kind kind;
    i64 at;               /* the instant that its record will carry */
    str text[LANG_COUNT]; /* for the update history, or why it is withdrawn */
    bool ja_before;       /* English: a Japanese of the newest words is released before it */
};

/* Whether that language stands so that this can be done to it: not whether its text is ready. */
enum err order_stands(struct ctx *cx, const struct case_file *cf, const struct release_order *o);

/* Whether it may be released as the records are now; problems say what is missing. */
enum err order_check(struct ctx *cx, const struct case_file *cf, const struct release_order *o);

/* BLAKE2b-256 in hex over all that the order would make public as the records are now, its
 * instant and the agreed date: another word, score, vendor or date is another digest.  Reads
 * and computes only.  E_NOT_FOUND: nothing was written yet. */
enum err order_digest(struct ctx *cx, const struct case_file *cf, const struct release_order *o,
                      str *out);

/* Release it, at cx->now; within db_write().  Brings the generation up.  *revision: of the
 * publication. */
enum err order_release(struct ctx *cx, const struct case_file *cf, const struct release_order *o,
                       i64 *revision);

/* What the public would read in that language if the newest words were released now.  Nothing
 * is written.  Asks nothing about rights: whoever shows it has.  E_NOT_FOUND: nothing was
 * written in that language yet. */
enum err publication_preview(struct ctx *cx, const struct case_file *cf, enum lang lang,
                             struct portal_advisory *out);

/* After a vendor said something new (status_change): its row on the public page, where there
 * is one, with a line in the update history; within db_write(). */
enum err publication_vendor_said(struct ctx *cx, const struct case_file *cf, int lane);

#endif
