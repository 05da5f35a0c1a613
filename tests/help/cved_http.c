/* cved_http.c - see cved.h: on loopback, one connection after the other. */
#include "help/cved_own.h"

#include <arpa/inet.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

struct heard { /* one request */
    char *bytes;
    size_t n, head;
};

static size_t head_end(const struct heard *h)
{
    char *end = memmem(h->bytes, h->n, "\r\n\r\n", 4);
    return end != NULL ? (size_t)(end - h->bytes) + 4 : 0;
}

static str header(const struct heard *h, const char *name)
{
    str rest = {h->bytes, h->head};
    (void)str_cut(&rest, '\n');
    while (rest.n > 0) {
        str line = str_cut(&rest, '\n'), key = str_cut(&line, ':');
        if (str_eq_nocase(key, str_z(name)))
            return str_trim(line);
    }
    return NO_STR;
}

/* False: the customer is gone, or it is no request. */
static bool hear(int fd, struct heard *h)
{
    i64 body = 0;
    for (;;) {
        h->head = head_end(h);
        if (h->head > 0) {
            body = 0;
            (void)str_i64(header(h, "Content-Length"), &body);
            if (h->n >= h->head + (size_t)body)
                return true;
        }
        if (h->n == CVED_MOST)
            return false;
        ssize_t n = recv(fd, h->bytes + h->n, CVED_MOST - h->n, 0);
        if (n <= 0)
            return false;
        h->n += (size_t)n;
    }
}

static void say(int fd, const struct cved_answer *an)
{
    char head[256];
    int n = snprintf(head, sizeof head,
                     "HTTP/1.1 %d X\r\nContent-Type: application/json\r\nContent-Length: %zu\r\n"
                     "%sConnection: close\r\n\r\n",
                     an->status, an->body.n,
                     an->status == 302 ? "Location: http://127.0.0.1:1/\r\n" : "");
    (void)!send(fd, head, (size_t)n, MSG_NOSIGNAL);
    for (size_t at = 0; at < an->body.n;) {
        ssize_t sent = send(fd, an->body.p + at, an->body.n - at, MSG_NOSIGNAL);
        if (sent <= 0)
            return;
        at += (size_t)sent;
    }
}

static void converse(struct cved *d, int fd)
{
    struct heard h = {.bytes = d->bytes};
    if (!hear(fd, &h))
        return;
    str first = {h.bytes, h.head};
    first = str_cut(&first, '\r');
    str method = str_cut(&first, ' '), path = str_cut(&first, ' ');
    i64 body = 0;
    (void)str_i64(header(&h, "Content-Length"), &body);
    must(str_has_prefix(path, S("/api/")));
    struct cved_ask ask = {method,
                           str_from(path, 4),
                           header(&h, "CVE-API-ORG"),
                           header(&h, "CVE-API-USER"),
                           header(&h, "CVE-API-KEY"),
                           {h.bytes + h.head, (size_t)body}};
    struct cved_answer an = cved_answer(d, &ask);
    if (an.kill)
        must(d->customer > 1 && kill(d->customer, SIGKILL) == 0);
    else if (!an.lost)
        say(fd, &an);
}

/* Idle in accept() whenever no customer is there: tests fork meanwhile, and what a thread has
 * locked then (a sanitizer's allocator too) stays locked in the child. */
static void *serve(void *arg)
{
    struct cved *d = arg;
    must(sem_post(&d->idle) == 0);
    for (;;) {
        int fd = accept(d->listener, NULL, NULL);
        if (fd < 0)
            return NULL;
        converse(d, fd);
        (void)close(fd);
    }
}

static void end(void *arg)
{
    struct cved *d = arg;
    (void)shutdown(d->listener, SHUT_RDWR);
    (void)pthread_join(d->thread, NULL);
    (void)close(d->listener);
}

void cved_listen(struct cved *d)
{
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t n = sizeof at;
    d->listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    must(d->listener >= 0 && bind(d->listener, (struct sockaddr *)&at, n) == 0);
    must(listen(d->listener, 8) == 0);
    must(getsockname(d->listener, (struct sockaddr *)&at, &n) == 0);
    d->port = ntohs(at.sin_port);
}

void cved_start(struct cved *d)
{
    d->bytes = NEWS(d->a, char, CVED_MOST);
    must(sem_init(&d->idle, 0, 0) == 0);
    must(pthread_create(&d->thread, NULL, serve, d) == 0);
    while (sem_wait(&d->idle) != 0)
        must(errno == EINTR);
    arena_defer(d->a, end, d);
}
