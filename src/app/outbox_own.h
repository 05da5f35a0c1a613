/* outbox_own.h - between the files of the outbox. */
#ifndef APP_OUTBOX_OWN_H
#define APP_OUTBOX_OWN_H

#include "app/outbox.h"
#include "gen/sql.h"

/* A mail to one reader, as the row of kind "mail" says it. */
struct notice_mail {
    str person; /* a person's id; absent: */
    str report; /* the finder of this report */
    str number; /* of the case; absent: a report without one */
};

/* A row's content, and back.  E_INVALID: it is not one. */
str notice_write(struct arena *a, const struct notice_mail *m);
enum err notice_read(struct arena *a, struct sealed content, struct notice_mail *out);

/* Within db_write(): a notice becomes mails, one a reader, but where one that says the same
 * has not been tried yet.  E_INVALID: the row says nothing; E_CONFLICT: somebody else had it. */
enum err notice_expand(struct ctx *cx, const struct q_outbox_due *row);

/* The bytes and the envelope.  E_NOT_FOUND: nobody to write to any more, or not by mail;
 * E_INVALID: an address that no mail reaches.  row_id makes the Message-ID, the same at every
 * try. */
enum err notice_compose(struct ctx *cx, str row_id, const struct notice_mail *m,
                        struct smtp_mail *out);

#endif
