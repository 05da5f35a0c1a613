/* smtpd.c - see smtpd.h. */
#include "help/smtpd.h"

#include <arpa/inet.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#if __has_include(<openssl/ssl.h>)
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#define HAS_TLS 1
#else
#define HAS_TLS 0
typedef struct ssl_st SSL;
#endif

struct line_io { /* one connection */
    struct smtpd *s;
    int fd;
    SSL *ssl;
    char held[8192];
    size_t n;
};

static ssize_t get(struct line_io *io, char *p, size_t n)
{
#if HAS_TLS
    if (io->ssl != NULL)
        return SSL_read(io->ssl, p, (int)n);
#endif
    return recv(io->fd, p, n, 0);
}

static void say(struct line_io *io, const char *text)
{
    char line[600];
    int n = snprintf(line, sizeof line, "%s\r\n", text);
#if HAS_TLS
    if (io->ssl != NULL) {
        (void)SSL_write(io->ssl, line, n);
        return;
    }
#endif
    ssize_t sent = send(io->fd, line, (size_t)n, MSG_NOSIGNAL);
    (void)sent;
}

/* A line with its end; absent: the customer is gone. */
static str hear(struct line_io *io)
{
    for (;;) {
        char *end = memmem(io->held, io->n, "\r\n", 2);
        if (end != NULL) {
            str line = str_copy(io->s->a, (str){io->held, (size_t)(end - io->held) + 2});
            io->n -= line.n;
            memmove(io->held, end + 2, io->n);
            return line;
        }
        ssize_t n = get(io, io->held + io->n, sizeof io->held - io->n);
        if (n <= 0)
            return NO_STR;
        io->n += (size_t)n;
    }
}

/* False: the conversation ends here. */
static bool answer(struct line_io *io, const char *told, const char *usual)
{
    const char *text = told != NULL ? told : usual;
    if (strcmp(text, SMTPD_CLOSE) == 0)
        return false;
    if (strcmp(text, SMTPD_HANG) != 0) {
        say(io, text);
        return true;
    }
    while (hear(io).p != NULL)
        continue;
    return false;
}

static bool secure(struct line_io *io)
{
#if HAS_TLS
    io->ssl = SSL_new(io->s->tls);
    io->n = 0;
    (void)SSL_set_fd(io->ssl, io->fd);
    io->s->encrypted = SSL_accept(io->ssl) == 1;
    return io->s->encrypted;
#else
    return false;
#endif
}

static bool take_mail(struct line_io *io)
{
    if (!answer(io, io->s->script.data, "354 go ahead"))
        return false;
    if (io->s->script.data != NULL)
        return true;
    for (;;) {
        str line = hear(io);
        if (line.p == NULL)
            return false;
        if (str_eq(line, S(".\r\n")))
            return answer(io, io->s->script.end, "250 2.0.0 taken");
        buf_put(&io->s->mail, str_has_prefix(line, S(".")) ? str_from(line, 1) : line);
    }
}

static bool hello(struct line_io *io)
{
    if (io->s->script.hello != NULL)
        return answer(io, io->s->script.hello, "");
    say(io, "250-test greets you");
    if (io->s->script.starttls && io->ssl == NULL)
        say(io, "250-STARTTLS");
    if (io->s->script.auth != NULL)
        say(io, "250-AUTH PLAIN");
    say(io, "250 SIZE 100000000");
    return true;
}

static bool obey(struct line_io *io, str line)
{
    const struct smtpd_script *t = &io->s->script;
    if (str_has_prefix(line, S("EHLO")) || str_has_prefix(line, S("HELO")))
        return hello(io);
    if (str_has_prefix(line, S("STARTTLS")) && t->starttls) {
        say(io, "220 go ahead");
        return secure(io);
    }
    if (str_has_prefix(line, S("AUTH")))
        return answer(io, t->auth, "235 2.7.0 come in");
    if (str_has_prefix(line, S("MAIL")))
        return answer(io, t->sender, "250 2.1.0 well");
    if (str_has_prefix(line, S("RCPT")))
        return answer(io, t->recipient, "250 2.1.5 well");
    if (str_has_prefix(line, S("DATA")))
        return take_mail(io);
    if (str_has_prefix(line, S("QUIT")))
        return answer(io, t->quit, "221 2.0.0 bye") && false;
    return answer(io, NULL, "502 5.5.2 unknown");
}

static void converse(struct line_io *io)
{
    if (io->s->script.smtps && !secure(io))
        return;
    bool on = answer(io, io->s->script.greeting, "220 test ESMTP");
    while (on) {
        str line = hear(io);
        if (line.p == NULL)
            return;
        buf_put(&io->s->commands, str_sub(line, 0, line.n - 2));
        buf_char(&io->s->commands, '\n');
        on = obey(io, line);
    }
}

static void *serve(void *arg)
{
    struct line_io io = {.s = arg, .fd = accept(((struct smtpd *)arg)->listener, NULL, NULL)};
    if (io.fd >= 0)
        converse(&io);
#if HAS_TLS
    SSL_free(io.ssl);
#endif
    (void)close(io.fd);
    return NULL;
}

static void forget(void *arg)
{
    struct smtpd *s = arg;
#if HAS_TLS
    SSL_CTX_free(s->tls);
#endif
    (void)close(s->listener);
}

struct smtpd *smtpd_listen(struct arena *a, struct smtpd_script script)
{
    struct smtpd *s = NEW(a, struct smtpd);
    s->script = script;
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t n = sizeof at;
    s->a = a;
    s->commands.a = s->mail.a = a;
    s->listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    must(s->listener >= 0 && bind(s->listener, (struct sockaddr *)&at, n) == 0);
    must(listen(s->listener, 1) == 0);
    must(getsockname(s->listener, (struct sockaddr *)&at, &n) == 0);
    s->port = ntohs(at.sin_port);
    arena_defer(a, forget, s);
    return s;
}

void smtpd_start(struct smtpd *s)
{
    (void)signal(SIGPIPE, SIG_IGN); /* as serve and its helpers do; libcurl leaves it to them */
    must(pthread_create(&s->thread, NULL, serve, s) == 0);
}

void smtpd_join(struct smtpd *s)
{
    (void)shutdown(s->listener, SHUT_RDWR); /* nobody may have come */
    (void)pthread_join(s->thread, NULL);
}

bool smtpd_has_tls(void)
{
    return HAS_TLS != 0;
}

#if HAS_TLS
static void remove_file(void *path)
{
    (void)unlink(path);
}

static void extend(X509 *x, int nid, const char *value)
{
    X509_EXTENSION *e = X509V3_EXT_conf_nid(NULL, NULL, nid, value);
    must(e != NULL && X509_add_ext(x, e, -1) == 1);
    X509_EXTENSION_free(e);
}

const char *smtpd_certificate(struct smtpd *s)
{
    static char path[64];
    EVP_PKEY *key = EVP_EC_gen("P-256");
    X509 *x = X509_new();
    must(key != NULL && x != NULL);
    (void)X509_set_version(x, X509_VERSION_3);
    (void)ASN1_INTEGER_set(X509_get_serialNumber(x), 1);
    (void)X509_gmtime_adj(X509_getm_notBefore(x), -3600);
    (void)X509_gmtime_adj(X509_getm_notAfter(x), 3600);
    (void)X509_NAME_add_entry_by_txt(X509_get_subject_name(x), "CN", MBSTRING_ASC,
                                     (const unsigned char *)"localhost", -1, -1, 0);
    (void)X509_set_issuer_name(x, X509_get_subject_name(x));
    (void)X509_set_pubkey(x, key);
    extend(x, NID_subject_alt_name, "DNS:localhost");
    must(X509_sign(x, key, EVP_sha256()) > 0);
    s->tls = SSL_CTX_new(TLS_server_method());
    must(s->tls != NULL && SSL_CTX_use_certificate(s->tls, x) == 1 &&
         SSL_CTX_use_PrivateKey(s->tls, key) == 1);
    (void)snprintf(path, sizeof path, "/tmp/kakehashi-ca-XXXXXX");
    int fd = mkstemp(path);
    FILE *f = fdopen(fd, "w");
    must(f != NULL && PEM_write_X509(f, x) == 1 && fclose(f) == 0);
    arena_defer(s->a, remove_file, path);
    X509_free(x);
    EVP_PKEY_free(key);
    return path;
}
#else
const char *smtpd_certificate(struct smtpd *s)
{
    (void)s;
    return NULL;
}
#endif
