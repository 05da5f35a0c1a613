/* smtp.h - hand one mail to the mail server that the operator named, through effects.h. */
#ifndef IO_SMTP_H
#define IO_SMTP_H

#include "base/err.h"

struct effects;

/* TLS is demanded: smtps:// from the start, smtp:// by STARTTLS, the certificate checked for
 * the host's name; a server on this machine's loopback may do without. */
struct smtp_options {
    str url; /* "smtps://mail.example.jp", "smtp://localhost:2525/name-for-EHLO"; absent: none */
    const char *credentials; /* file of two lines, name and password, that nobody else may read;
                              * NULL: none */
    const char *ca_file;     /* instead of the system's certificates; NULL: those */
    bool tls;                /* demand TLS on loopback, too */
};

struct smtp_mail {
    str from;       /* envelope; empty: no notices of failure, as for automatic answers */
    struct strs to; /* envelope; one failing fails all */
    str bytes;      /* as mail_write() made them */
};

enum smtp_outcome {
    SMTP_SENT,    /* the server has it */
    SMTP_LATER,   /* not now: no connection, 4xx, no TLS, wrong password; try again */
    SMTP_REFUSED, /* 5xx for this sender, recipient or mail: again would be the same */
};

struct smtp_answer {
    enum smtp_outcome outcome;
    i64 code;  /* of the server's last reply; 0: there was none that says why */
    str stage; /* where it ended: resolve connect greeting tls auth sender recipient data */
    str text;  /* the server's last words, or the client's: printable ASCII, at most 200 */
};

/* Any thread.  E_INVALID: an address that cannot be one, or no mail server is configured.
 * E_BUSY, E_IO: as effects_run(); a mail may then go out twice, which its Message-ID tells. */
enum err smtp_send(struct effects *e, struct arena *a, struct fault *f, const struct smtp_mail *m,
                   i64 timeout_ms, struct smtp_answer *out);

/* Whether the URL's host is this machine by name or number, whatever a resolver says. */
bool smtp_is_loopback(str host);

#endif
