/* wire.c - see wire.h. */
#include "help/wire.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

int wire_patience = 60;

int wire_open(const char *address, int port)
{
    struct addrinfo hints = {.ai_flags = AI_NUMERICHOST, .ai_socktype = SOCK_STREAM}, *info;
    struct arena *a = arena_new();
    const char *service = str_to_z(a, str_fmt(a, "%d", port));
    int fd = -1, on = 1;
    if (getaddrinfo(address, service, &hints, &info) == 0) {
        fd = socket(info->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
        if (fd >= 0 && connect(fd, info->ai_addr, info->ai_addrlen) != 0) {
            (void)close(fd);
            fd = -1;
        }
        freeaddrinfo(info);
    }
    struct timeval limit = {.tv_sec = wire_patience};
    if (fd >= 0) {
        (void)setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
        (void)setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
        (void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    }
    arena_free(a);
    return fd;
}

void wire_close(int fd)
{
    if (fd >= 0)
        (void)close(fd);
}

bool wire_send(int fd, str bytes)
{
    while (bytes.n > 0) {
        ssize_t n = send(fd, bytes.p, bytes.n, MSG_NOSIGNAL);
        if (n <= 0)
            return false;
        bytes = str_from(bytes, (size_t)n);
    }
    return true;
}

/* At most n more bytes to b; false: the end. */
static bool more(int fd, buf *b, size_t n)
{
    ssize_t got = recv(fd, buf_room(b, n), n, 0);
    if (got <= 0)
        return false;
    b->n += (size_t)got;
    return true;
}

static bool read_head(int fd, buf *b)
{
    while (!str_has_suffix(buf_str(b), S("\r\n\r\n")))
        if (b->n > 100000 || !more(fd, b, 1))
            return false;
    return true;
}

str wire_header(struct wire_answer answer, str name)
{
    str rest = answer.head;
    (void)str_cut(&rest, '\n');
    while (rest.n > 0) {
        str value = str_cut(&rest, '\n');
        if (str_eq_nocase(str_cut(&value, ':'), name))
            return str_trim(value);
    }
    return NO_STR;
}

struct wire_answer wire_read(struct arena *a, int fd, bool bare)
{
    struct wire_answer r = {0};
    buf head = {.a = a}, body = {.a = a};
    i64 status, length = -1;
    if (!read_head(fd, &head))
        return r;
    r.head = str_sub(buf_str(&head), 0, head.n - 4);
    if (str_has_prefix(r.head, S("HTTP/1.1 ")) && str_i64(str_sub(r.head, 9, 3), &status))
        r.status = (int)status;
    bool none = bare || r.status < 200 || r.status == 204 || r.status == 304;
    (void)str_i64(wire_header(r, S("content-length")), &length);
    while (!none && (length < 0 || body.n < (size_t)length))
        if (!more(fd, &body, length < 0 ? 4096 : (size_t)length - body.n))
            break;
    r.body = buf_str(&body);
    r.whole = none || length < 0 || body.n == (size_t)length;
    return r;
}

str wire_rest(struct arena *a, int fd, size_t max)
{
    buf b = {.a = a};
    while (b.n < max && more(fd, &b, max - b.n < 65536 ? max - b.n : 65536))
        continue;
    return buf_str(&b);
}

bool wire_is_closed(int fd)
{
    char c;
    ssize_t n = recv(fd, &c, 1, 0);
    return n == 0 || (n < 0 && errno == ECONNRESET);
}

struct wire_answer wire_ask(struct arena *a, int port, str request)
{
    int fd = wire_open("127.0.0.1", port);
    (void)wire_send(fd, request);
    struct wire_answer r = wire_read(a, fd, str_has_prefix(request, S("HEAD ")));
    wire_close(fd);
    return r;
}

int wire_free_port(void)
{
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t n = sizeof to;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    must(bind(fd, (struct sockaddr *)&to, n) == 0);
    must(getsockname(fd, (struct sockaddr *)&to, &n) == 0);
    (void)close(fd);
    return ntohs(to.sin_port);
}
