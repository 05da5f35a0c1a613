/* outbox.h - what acts left to be done: notices by mail, rights still to be settled.
 *
 * A notice names a department, a person or a report; it becomes a mail for each person who
 * wants mail, and those are sent and retried each by itself, for five days.  A mail holds a
 * number and an address of the site, and nothing of what happened.
 *
 * A row is taken before its work is begun and finished after it, each in a transaction: a
 * crash in between loses nothing, and may send a mail a second time ten minutes later, with
 * the same Message-ID (RFC 5321 section 6.1 prefers that to a loss). */
#ifndef APP_OUTBOX_H
#define APP_OUTBOX_H

#include "app/ctx.h"
#include "io/smtp.h"

/* How a mail leaves; as smtp_send().  The outcome SMTP_LATER, E_BUSY and E_IO are retried. */
struct outbox_mailer {
    enum err (*send)(void *arg, struct arena *a, struct fault *f, const struct smtp_mail *m,
                     struct smtp_answer *out);
    void *arg;
};

/* By the mail server that the effects process was given. */
struct outbox_mailer outbox_smtp(struct effects *effects);

struct outbox_count {
    size_t sent, later, given_up; /* mails; given up: refused, nobody to write to, too often */
    size_t others;                /* notices that became mails, rights that were settled */
    bool down;                    /* the mail server is not there: the other mails stay due */
};

/* Do what is due, at most `most` rows; *count is added to, *more: there was as much.  mailer
 * NULL: mails stay where they are.  Several processes may work at once: a row belongs to one of them for ten minutes.  *stop,
 * where it is not NULL, is looked at before each row. */
enum err outbox_work(struct app *app, const struct outbox_mailer *mailer, size_t most,
                     const _Atomic bool *stop, struct fault *f, struct outbox_count *count,
                     bool *more);

/* Forget what was done long ago.  Without a mail server also mails that have waited for a week:
 * they are no news any more. */
enum err outbox_sweep(struct ctx *cx, bool has_mailer);

/* How many rows wait, due or not. */
enum err outbox_waiting(struct ctx *cx, i64 *out);

/* --- what was given up, for the operator (others: E_DENIED) ------------------------------- */

struct outbox_letter {
    str id, kind;
    str login;          /* of whom the mail was for; absent: a finder's, or no mail */
    str org_ja, org_en; /* of that person; absent: of none */
    str why;            /* "recipient 550": stage and the server's code, never its words */
    i64 at, tries;
};

/* The newest 200; *n. */
enum err outbox_letters(struct ctx *cx, struct outbox_letter **out, size_t *n);

/* Try it again.  E_NOT_FOUND: no such letter. */
enum err outbox_again(struct ctx *cx, str id);

#endif
