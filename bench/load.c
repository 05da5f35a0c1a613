/* load.c - a load generator: keep-alive connections, one request at a time on each, and a
 * histogram of how long they took.
 *
 *     load [-c CONNECTIONS] [-d SECONDS] [-n REQUESTS] [-m METHOD] [-H "Name: value"]...
 *          [-b BODY] [-s STATUS] [-1] HOST:PORT PATH
 *
 * HOST is numeric.  -1: a connection for each request.  -b @FILE reads the body from a file.
 * A PATH of @FILE: its lines, one after the other.  "{n}" in the path, in headers and in the
 * body is the number of the request, from 1.  Prints one JSON object; "wrong" counts answers of
 * another status than -s (200), "failed" connections that ended before an answer.  Exit code 1
 * where either is not 0. */
#include "base/str.h"

#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* Microseconds: 32 steps for each power of two, so that a figure is right to 3 %. */
enum { STEPS = 32, SLOTS = 40 * STEPS, READ_SIZE = 64 * 1024, HEAD_MAX = 16 * 1024 };

struct client {
    int fd;
    buf out;
    size_t sent;
    i64 began;
    char head[HEAD_MAX]; /* of the answer, as far as it came */
    size_t head_n;
    i64 body_left; /* -1: the head is not complete */
};

struct load {
    struct arena *a;
    size_t clients;
    i64 us, requests;
    str method, host, path, body, headers;
    str paths, left; /* of a file; those still to come */
    int status;
    bool once;
    struct addrinfo *to;
    int epoll;
    i64 started, done, wrong, failed, bytes;
    i64 slots[SLOTS], slowest;
    char *in;
};

static i64 now_us(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (i64)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

[[gnu::noreturn]] static void die(const char *what)
{
    (void)fprintf(stderr, "load: %s: %s\n", what, strerror(errno));
    exit(2);
}

static size_t slot_of(i64 us)
{
    if (us < STEPS)
        return (size_t)(us < 0 ? 0 : us);
    unsigned high = 63 - (unsigned)__builtin_clzll((unsigned long long)us);
    size_t slot = (high - 4) * STEPS + (size_t)(us >> (high - 5)) - STEPS;
    return slot < SLOTS ? slot : SLOTS - 1;
}

static i64 slot_us(size_t slot)
{
    if (slot < STEPS)
        return (i64)slot;
    size_t high = slot / STEPS + 4;
    return (i64)((slot % STEPS + STEPS) << (high - 5));
}

static i64 percentile(const struct load *l, double part)
{
    i64 want = (i64)(part * (double)l->done), seen = 0;
    for (size_t i = 0; i < SLOTS; i++)
        if ((seen += l->slots[i]) > want)
            return slot_us(i);
    return l->slowest;
}

/* text with the number of the request for each {n}. */
static void put_numbered(buf *b, str text, i64 n)
{
    for (ptrdiff_t at; (at = str_find(text, S("{n}"))) >= 0;) {
        buf_put(b, str_sub(text, 0, (size_t)at));
        buf_i64(b, n);
        text = str_from(text, (size_t)at + 3);
    }
    buf_put(b, text);
}

static str next_path(struct load *l)
{
    if (l->paths.n == 0)
        return l->path;
    if (l->left.n == 0)
        l->left = l->paths;
    return str_cut(&l->left, '\n');
}

static void make_request(struct load *l, struct client *k)
{
    i64 n = ++l->started;
    k->out.n = 0;
    k->sent = 0;
    buf_put(&k->out, l->method);
    buf_char(&k->out, ' ');
    put_numbered(&k->out, next_path(l), n);
    buf_putf(&k->out, " HTTP/1.1\r\nHost: %.*s\r\n", SV(l->host));
    if (l->once)
        buf_put(&k->out, S("Connection: close\r\n"));
    put_numbered(&k->out, l->headers, n);
    if (l->body.n > 0) {
        buf body = {.a = l->a};
        if (str_find(l->body, S("{n}")) >= 0)
            put_numbered(&body, l->body, n);
        str text = body.n > 0 ? buf_str(&body) : l->body;
        buf_putf(&k->out, "Content-Length: %zu\r\n\r\n", text.n);
        buf_put(&k->out, text);
    } else {
        buf_put(&k->out, S("\r\n"));
    }
    k->head_n = 0;
    k->body_left = -1;
    k->began = now_us();
}

static void send_some(struct client *k)
{
    ssize_t n = send(k->fd, k->out.p + k->sent, k->out.n - k->sent, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (n > 0)
        k->sent += (size_t)n;
}

static void connect_to(struct load *l, struct client *k)
{
    int on = 1;
    k->fd = socket(l->to->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (k->fd < 0 || connect(k->fd, l->to->ai_addr, l->to->ai_addrlen) != 0)
        die("connect");
    (void)setsockopt(k->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    struct epoll_event e = {.events = EPOLLIN | EPOLLOUT | EPOLLET, .data.ptr = k};
    if (epoll_ctl(l->epoll, EPOLL_CTL_ADD, k->fd, &e) != 0)
        die("epoll");
}

static void next_request(struct load *l, struct client *k)
{
    make_request(l, k);
    send_some(k);
}

static void again(struct load *l, struct client *k)
{
    (void)close(k->fd);
    connect_to(l, k);
    next_request(l, k);
}

static i64 length_of(str head)
{
    i64 n = 0;
    while (head.n > 0) {
        str value = str_cut(&head, '\n');
        if (str_eq_nocase(str_cut(&value, ':'), S("content-length")))
            return str_i64(str_trim(value), &n) ? n : 0;
    }
    return 0;
}

/* Takes the head's part of what came; bytes that are the body's are returned. */
static str take_head(struct load *l, struct client *k, str in)
{
    size_t n = in.n < HEAD_MAX - k->head_n ? in.n : HEAD_MAX - k->head_n;
    memcpy(k->head + k->head_n, in.p, n);
    str all = {k->head, k->head_n + n};
    ptrdiff_t end = str_find(all, S("\r\n\r\n"));
    if (end < 0) {
        k->head_n += n;
        return NO_STR;
    }
    str head = str_sub(all, 0, (size_t)end);
    i64 status;
    if (!str_i64(str_sub(head, 9, 3), &status) || status != l->status)
        l->wrong++;
    k->body_left = length_of(head);
    return str_from(in, (size_t)end + 4 - k->head_n);
}

static void answered(struct load *l, struct client *k)
{
    i64 us = now_us() - k->began;
    l->slots[slot_of(us)]++;
    if (us > l->slowest)
        l->slowest = us;
    l->done++;
    if (l->once)
        again(l, k);
    else
        next_request(l, k);
}

static void take(struct load *l, struct client *k, str in)
{
    l->bytes += (i64)in.n;
    if (k->body_left < 0)
        in = take_head(l, k, in);
    if (k->body_left < 0)
        return;
    k->body_left -= (i64)in.n;
    if (k->body_left <= 0)
        answered(l, k);
}

/* False: nothing more for now. */
static bool receive(struct load *l, struct client *k)
{
    ssize_t n = recv(k->fd, l->in, READ_SIZE, MSG_DONTWAIT);
    if (n < 0 && errno == EAGAIN)
        return false;
    if (n <= 0) {
        l->failed++;
        again(l, k);
        return true;
    }
    take(l, k, (str){l->in, (size_t)n});
    return n == READ_SIZE;
}

static void run(struct load *l)
{
    struct epoll_event events[256];
    i64 end = now_us() + l->us;
    while (now_us() < end && (l->requests == 0 || l->done < l->requests)) {
        int n = epoll_wait(l->epoll, events, 256, 100);
        for (int i = 0; i < n; i++) {
            struct client *k = events[i].data.ptr;
            if (k->sent < k->out.n)
                send_some(k);
            while (receive(l, k))
                continue;
        }
    }
}

static str read_body(struct arena *a, const char *arg)
{
    if (arg[0] != '@')
        return str_z(arg);
    int fd = open(arg + 1, O_RDONLY | O_CLOEXEC);
    struct stat st;
    if (fd < 0 || fstat(fd, &st) != 0)
        die(arg + 1);
    char *p = NEWS(a, char, (size_t)st.st_size + 1);
    ssize_t n = read(fd, p, (size_t)st.st_size);
    (void)close(fd);
    return (str){p, n > 0 ? (size_t)n : 0};
}

static i64 number(const char *arg)
{
    i64 n;
    if (!str_i64(str_z(arg), &n))
        die(arg);
    return n;
}

static void find_target(struct load *l, const char *arg)
{
    str port = str_z(arg);
    l->host = port;
    ptrdiff_t colon = -1;
    for (size_t i = 0; i < port.n; i++)
        if (port.p[i] == ':')
            colon = (ptrdiff_t)i;
    if (colon < 0)
        die("HOST:PORT is missing");
    struct addrinfo hints = {.ai_flags = AI_NUMERICHOST, .ai_socktype = SOCK_STREAM};
    const char *host = str_to_z(l->a, str_sub(port, 0, (size_t)colon));
    if (getaddrinfo(host, arg + colon + 1, &hints, &l->to) != 0)
        die(arg);
}

static void read_options(struct load *l, int argc, char **argv)
{
    buf headers = {.a = l->a};
    for (int c; (c = getopt(argc, argv, "c:d:n:m:H:b:s:1")) != -1;)
        switch (c) {
        case 'c': l->clients = (size_t)number(optarg); break;
        case 'd': l->us = number(optarg) * 1000000; break;
        case 'n': l->requests = number(optarg); break;
        case 'm': l->method = str_z(optarg); break;
        case 'H': buf_putf(&headers, "%s\r\n", optarg); break;
        case 'b': l->body = read_body(l->a, optarg); break;
        case 's': l->status = (int)number(optarg); break;
        case '1': l->once = true; break;
        default: exit(2);
        }
    if (argc - optind != 2)
        die("HOST:PORT and PATH are wanted");
    l->headers = buf_str(&headers);
    l->path = str_z(argv[optind + 1]);
    if (l->path.n > 0 && l->path.p[0] == '@')
        l->paths = str_trim(read_body(l->a, l->path.p));
    find_target(l, argv[optind]);
}

static void print(const struct load *l, i64 took)
{
    (void)printf(
        "{\"requests\":%lld,\"per_second\":%.0f,\"bytes\":%lld,\"p50_us\":%lld,"
        "\"p90_us\":%lld,\"p99_us\":%lld,\"max_us\":%lld,\"wrong\":%lld,\"failed\":%lld}\n",
        (long long)l->done, (double)l->done * 1e6 / (double)took, (long long)l->bytes,
        (long long)percentile(l, 0.5), (long long)percentile(l, 0.9),
        (long long)percentile(l, 0.99), (long long)l->slowest, (long long)l->wrong,
        (long long)l->failed);
}

int main(int argc, char **argv)
{
    struct arena *a = arena_new();
    struct load *l = NEW(a, struct load);
    *l = (struct load){.a = a, .clients = 64, .us = 5000000, .method = S("GET"), .status = 200};
    read_options(l, argc, argv);
    l->in = NEWS(a, char, READ_SIZE);
    l->epoll = epoll_create1(EPOLL_CLOEXEC);
    struct client *clients = NEWS(a, struct client, l->clients);
    i64 began = now_us();
    for (size_t i = 0; i < l->clients; i++) {
        clients[i].out.a = a;
        connect_to(l, &clients[i]);
        next_request(l, &clients[i]);
    }
    run(l);
    print(l, now_us() - began);
    return l->wrong > 0 || l->failed > 0;
}
