/* provided.c - see provided.h. */
#include "help/provided.h"

#include "formats/openpgp_sign.h"

#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static const struct pgp_signer signer = {
    .seed = {7}, .created = 1600000000000, .user = S_INIT("Provided <psirt@provided.example>")};

struct provided *provided_new(struct arena *a)
{
    struct provided *p = NEW(a, struct provided);
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t n = sizeof at;
    p->a = a;
    p->listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    must(p->listener >= 0 && bind(p->listener, (struct sockaddr *)&at, n) == 0);
    must(listen(p->listener, 16) == 0);
    must(getsockname(p->listener, (struct sockaddr *)&at, &n) == 0);
    p->root = str_fmt(a, "http://127.0.0.1:%d", ntohs(at.sin_port));
    return p;
}

static struct provided_file *find(struct provided *p, str path)
{
    for (size_t i = 0; i < p->files.n; i++)
        if (str_eq(p->files.v[i].path, path))
            return &p->files.v[i];
    return NULL;
}

void provided_trouble(struct provided *p, str path, enum provided_trouble t, str body)
{
    struct provided_file *f = find(p, path);
    if (f == NULL)
        f = PUSH(p->a, &p->files);
    *f = (struct provided_file){str_copy(p->a, path), body, t};
}

void provided_put(struct provided *p, str path, str body)
{
    provided_trouble(p, path, PROVIDED_FINE, body);
}

/* --- what it provides ------------------------------------------------------------------------- */

str provided_csaf(struct arena *a, const char *id, int revision, const char *publisher)
{
    return str_fmt(
        a,
        "{\"document\":{\"category\":\"csaf_vex\",\"csaf_version\":\"2.0\",\"title\":"
        "\"Advisory %s\",\"distribution\":{\"tlp\":{\"label\":\"WHITE\"}},\"publisher\":{"
        "\"category\":\"vendor\",\"name\":\"Provided\",\"namespace\":\"%s\"},"
        "\"tracking\":{\"id\":\"%s\",\"version\":\"%d\",\"status\":\"final\","
        "\"initial_release_date\":\"2026-01-01T00:00:00Z\",\"current_release_date\":"
        "\"2026-01-0%dT00:00:00Z\"}},\"vulnerabilities\":[{\"cve\":\"CVE-2026-4242\"}]}",
        id, publisher, id, revision, revision);
}

static str sha256_line(struct arena *a, str bytes)
{
    unsigned char h[crypto_hash_sha256_BYTES];
    char hex[2 * sizeof h + 1];
    (void)crypto_hash_sha256(h, (const unsigned char *)bytes.p, bytes.n);
    (void)sodium_bin2hex(hex, sizeof hex, h, sizeof h);
    return str_fmt(a, "%s  name.json\n", hex);
}

void provided_signed(struct provided *p, str path, str bytes)
{
    provided_put(p, path, bytes);
    provided_put(p, str_join(p->a, path, S(".sha256")), sha256_line(p->a, bytes));
    provided_put(p, str_join(p->a, path, S(".asc")), pgp_sign(p->a, &signer, bytes, 1600000001000));
}

void provided_document(struct provided *p, str path, const char *id, int revision)
{
    provided_signed(p, path, provided_csaf(p->a, id, revision, "https://provided.example"));
}

void provided_metadata(struct provided *p, const char *role, str distributions)
{
    provided_put(p, S("/.well-known/csaf/provider-metadata.json"),
                 str_fmt(p->a,
                         "{\"canonical_url\":\"%.*s/.well-known/csaf/provider-metadata.json\","
                         "\"role\":\"%s\",\"publisher\":{\"name\":\"Provided\",\"namespace\":"
                         "\"https://provided.example\"},\"public_openpgp_keys\":[{\"fingerprint\":"
                         "\"%.*s\",\"url\":\"%.*s/key.asc\"}],\"distributions\":%.*s}",
                         SV(p->root), role, SV(pgp_signer_fingerprint(p->a, &signer)), SV(p->root),
                         SV(distributions)));
    provided_put(p, S("/key.asc"), pgp_signer_public(p->a, &signer));
}

void provided_whole(struct provided *p)
{
    provided_metadata(p, "csaf_trusted_provider",
                      str_fmt(p->a, "[{\"directory_url\":\"%.*s/white/\"}]", SV(p->root)));
    provided_put(p, S("/white/changes.csv"),
                 S("\"2026/a.json\",\"2026-01-02T00:00:00Z\"\n\"2026/b.json\",\"2026-01-01T00:00:"
                   "00Z\"\n"));
    provided_document(p, S("/white/2026/a.json"), "A", 1);
    provided_document(p, S("/white/2026/b.json"), "B", 1);
}

/* --- in process ------------------------------------------------------------------------------- */

static enum err ask(void *arg, struct arena *a, [[maybe_unused]] struct fault *f,
                    const struct fetch_request *rq, i64 timeout_ms, struct fetch_answer *out)
{
    struct provided *p = arg;
    bool ours = str_has_prefix(rq->url, p->root);
    const struct provided_file *file = ours ? find(p, str_from(rq->url, p->root.n)) : NULL;
    must(timeout_ms > 0);
    p->requests++;
    *out = (struct fetch_answer){.outcome = FETCH_ANSWERED,
                                 .status = file ? 200 : 404,
                                 .retry_after = -1,
                                 .body = file ? str_copy(a, file->body) : S("")};
    if (!ours)
        *out = (struct fetch_answer){.outcome = FETCH_NOT_SENT, .why = S("address")};
    if (out->status == 200 && out->body.n > rq->most)
        *out = (struct fetch_answer){.outcome = FETCH_LOST, .why = S("large")};
    if (file == NULL || file->trouble == PROVIDED_FINE)
        return OK;
    out->status = file->trouble == PROVIDED_MOVED ? 302 : 403;
    out->location = file->body;
    if (file->trouble < PROVIDED_MOVED)
        *out = (struct fetch_answer){.outcome = FETCH_LOST,
                                     .why = file->trouble == PROVIDED_SLOW   ? S("timeout")
                                            : file->trouble == PROVIDED_HUGE ? S("large")
                                                                             : S("broken")};
    return OK;
}

struct library_wire provided_wire(struct provided *p)
{
    return (struct library_wire){ask, p};
}

/* --- on loopback ------------------------------------------------------------------------------ */

static bool put(int fd, const char *bytes, size_t n)
{
    for (size_t at = 0; at < n;) {
        ssize_t sent = send(fd, bytes + at, n - at, MSG_NOSIGNAL);
        if (sent <= 0)
            return false;
        at += (size_t)sent;
    }
    return true;
}

enum { HUGE_BODY = 65 << 20 };

static int status_of(const struct provided_file *f)
{
    if (f == NULL)
        return 404;
    return f->trouble == PROVIDED_MOVED ? 302 : f->trouble == PROVIDED_DENIED ? 403 : 200;
}

/* Until nobody listens any more. */
static void put_blanks(int fd)
{
    static const char blanks[65536];
    while (put(fd, blanks, sizeof blanks))
        continue;
}

static void answer(int fd, const struct provided_file *f)
{
    char head[2400];
    int status = status_of(f);
    str body = status == 200 ? f->body : S(""), to = status == 302 ? f->body : S("/");
    bool huge = status == 200 && f->trouble == PROVIDED_HUGE;
    bool endless = status == 200 && f->trouble == PROVIDED_ENDLESS;
    size_t told = body.n + (status == 200 && f->trouble == PROVIDED_CUT ? 100 : 0);
    int n = snprintf(
        head, sizeof head,
        "HTTP/1.1 %d X\r\n%s: %zu\r\nConnection: close\r\n"
        "%sLocation: %.*s\r\n\r\n",
        status, endless ? "X-Length" : "Content-Length", huge ? (size_t)HUGE_BODY : told,
        f != NULL && f->trouble == PROVIDED_PACKED ? "Content-Encoding: gzip\r\n" : "", SV(to));
    if (put(fd, head, (size_t)n) && put(fd, body.p, body.n) && (huge || endless))
        put_blanks(fd);
}

/* Until the customer hangs up; what is slow says nothing. */
static void converse(struct provided *p, int fd)
{
    char bytes[8192];
    size_t n = 0;
    while (memmem(bytes, n, "\r\n\r\n", 4) == NULL) {
        ssize_t got = n < sizeof bytes ? recv(fd, bytes + n, sizeof bytes - n, 0) : 0;
        if (got <= 0)
            return;
        n += (size_t)got;
    }
    str first = {bytes, n};
    (void)str_cut(&first, ' ');
    const struct provided_file *f = find(p, str_cut(&first, ' '));
    p->requests++;
    if (f != NULL && f->trouble == PROVIDED_SLOW)
        (void)recv(fd, bytes, sizeof bytes, 0);
    else
        answer(fd, f);
}

/* Idle in accept() before anybody is forked: see cved_http.c. */
static void *serve(void *arg)
{
    struct provided *p = arg;
    must(sem_post(&p->idle) == 0);
    for (;;) {
        int fd = accept(p->listener, NULL, NULL);
        if (fd < 0)
            return NULL;
        converse(p, fd);
        (void)close(fd);
    }
}

static void end(void *arg)
{
    struct provided *p = arg;
    (void)shutdown(p->listener, SHUT_RDWR);
    (void)pthread_join(p->thread, NULL);
    (void)close(p->listener);
}

void provided_start(struct provided *p)
{
    must(sem_init(&p->idle, 0, 0) == 0);
    must(pthread_create(&p->thread, NULL, serve, p) == 0);
    while (sem_wait(&p->idle) != 0)
        must(errno == EINTR);
    arena_defer(p->a, end, p);
}
