/* smtpd.h - a mail server with one customer, that answers as the test tells it to. */
#ifndef HELP_SMTPD_H
#define HELP_SMTPD_H

#include "base/str.h"

#include <pthread.h>
#include <stdbool.h>

/* What it says at each point; NULL: the usual; SMTPD_HANG: nothing, until the customer goes;
 * SMTPD_CLOSE: it hangs up. */
#define SMTPD_HANG "hang"
#define SMTPD_CLOSE "close"
struct smtpd_script {
    const char *greeting, *hello, *auth, *sender, *recipient, *data, *end, *quit;
    bool starttls; /* offered, and done */
    bool smtps;    /* TLS from the start */
};

struct smtpd {
    struct smtpd_script script;
    struct arena *a;
    int listener, port;
    pthread_t thread;
    void *tls;    /* SSL_CTX */
    buf commands; /* every line it heard, with \n */
    buf mail;     /* the text, without the dots that SMTP adds */
    bool encrypted;
};

/* Listens, on a free port of 127.0.0.1: before the effects process is forked. */
struct smtpd *smtpd_listen(struct arena *a, struct smtpd_script script);

/* Begins to answer, in a thread: after that. */
void smtpd_start(struct smtpd *s);

/* Waits until its one conversation is over. */
void smtpd_join(struct smtpd *s);

/* Whether TLS can be tested here, and a file with its self-signed certificate, for
 * "localhost".  The file is removed with the arena. */
bool smtpd_has_tls(void);
const char *smtpd_certificate(struct smtpd *s);

#endif
