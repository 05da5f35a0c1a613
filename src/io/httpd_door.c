/* httpd_door.c - the door thread: accepts, limits, cuts off what is too slow.
 *
 * We accept by ourselves and hand sockets to libmicrohttpd, because its own accepting threads
 * leave most connections to one of them, and because MHD_quiesce_daemon() 0.9.75 can abort the
 * process when a connection arrives in the same instant.  Every limit is ours, too: its own,
 * when met by a connection handed in, leaves a lock taken for good. */
#include "io/httpd_int.h"

#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

enum { BACKLOG = 1024, BUCKETS = 1024, OTHER_FILES = 4096 };

static enum err listen_failed(struct fault *f, const char *what)
{
    int e = errno;
    enum err err = e == EADDRINUSE             ? E_CONFLICT
                   : e == EACCES || e == EPERM ? E_DENIED
                   : e == EADDRNOTAVAIL        ? E_INVALID
                                               : E_IO;
    return fault_set(f, err, "%s: %s", what, strerror(e));
}

static enum err listen_on(const struct addrinfo *info, struct fault *f, int *out)
{
    int on = 1, off = 0;
    int fd = socket(info->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return listen_failed(f, "socket");
    (void)setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (info->ai_family == AF_INET6)
        (void)setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off);
    if (bind(fd, info->ai_addr, info->ai_addrlen) != 0 || listen(fd, BACKLOG) != 0) {
        enum err e = listen_failed(f, "bind");
        (void)close(fd);
        return e;
    }
    *out = fd;
    return OK;
}

static enum err make_listener(struct httpd *h, struct fault *f, int *out)
{
    struct addrinfo hints = {.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE,
                             .ai_socktype = SOCK_STREAM};
    struct addrinfo *info = NULL;
    const char *host = str_to_z(h->a, h->o.address);
    const char *port = str_to_z(h->a, str_fmt(h->a, "%d", h->o.port));
    if (h->o.port < 0 || h->o.port > 65535 || getaddrinfo(host, port, &hints, &info) != 0)
        return fault_set(f, E_INVALID, "not an address and a port: %s %s", host, port);
    enum err e = listen_on(info, f, out);
    freeaddrinfo(info);
    return e;
}

static int port_of(int fd)
{
    union {
        struct sockaddr any;
        struct sockaddr_in in;
        struct sockaddr_in6 in6;
        struct sockaddr_storage all;
    } addr = {0};
    socklen_t n = sizeof addr;
    if (getsockname(fd, &addr.any, &n) != 0)
        return 0;
    if (addr.any.sa_family == AF_INET)
        return ntohs(addr.in.sin_port);
    return addr.any.sa_family == AF_INET6 ? ntohs(addr.in6.sin6_port) : 0;
}

enum err door_open(struct httpd *h, struct fault *f)
{
    struct door *d = &h->door;
    int on = 1;
    d->wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    d->listen_fd = h->o.listen_fd > 0 ? h->o.listen_fd : -1;
    if (d->wake_fd < 0)
        return listen_failed(f, "eventfd");
    if (d->listen_fd < 0)
        TRY(make_listener(h, f, &d->listen_fd));
    int flags = fcntl(d->listen_fd, F_GETFL);
    if (flags < 0 || fcntl(d->listen_fd, F_SETFL, flags | O_NONBLOCK) != 0)
        return listen_failed(f, "the listening socket");
    (void)setsockopt(d->listen_fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on); /* inherited */
    d->port = port_of(d->listen_fd);
    d->nconns = h->o.connections_max + OTHER_FILES;
    d->conns = NEWS(h->a, struct conn, d->nconns);
    d->buckets = NEWS(h->a, int, BUCKETS);
    for (size_t i = 0; i < BUCKETS; i++)
        d->buckets[i] = -1;
    must(pthread_mutex_init(&d->lock, NULL) == 0);
    return OK;
}

static uint32_t bucket_of(str peer)
{
    uint32_t n = 2166136261u; /* FNV-1a: an address is not worth more, chains are short */
    for (size_t i = 0; i < peer.n; i++)
        n = (n ^ (unsigned char)peer.p[i]) * 16777619u;
    return n % BUCKETS;
}

/* Under the lock: how many connections this peer has. */
static size_t count_peer(const struct door *d, str peer, uint32_t bucket)
{
    size_t n = 0;
    for (int i = d->buckets[bucket]; i >= 0; i = d->conns[i].next)
        n += str_eq(d->conns[i].peer, peer);
    return n;
}

/* False: too many from there. */
static bool enter(struct httpd *h, int fd, const struct sockaddr *addr)
{
    struct door *d = &h->door;
    struct conn *k = &d->conns[fd];
    http_peer_text(addr, k->text);
    k->peer = str_z(k->text);
    k->trusted = http_peer_in(k->peer, h->o.trusted_proxies);
    k->bucket = bucket_of(k->peer);
    lock_on(&d->lock);
    size_t max = k->trusted ? 0 : h->o.per_address_max;
    bool room = max == 0 || count_peer(d, k->peer, k->bucket) < max;
    if (room) {
        k->next = d->buckets[k->bucket];
        d->buckets[k->bucket] = fd;
        k->deadline = clock_us() + (i64)h->o.idle_ms * 1000;
        d->open++;
        if (d->high <= (size_t)fd)
            d->high = (size_t)fd + 1;
    }
    lock_off(&d->lock);
    return room;
}

static void leave(struct door *d, int fd)
{
    struct conn *k = &d->conns[fd];
    lock_on(&d->lock);
    k->deadline = 0;
    int *at = &d->buckets[k->bucket];
    while (*at != fd)
        at = &d->conns[*at].next;
    *at = k->next;
    d->open--;
    lock_off(&d->lock);
}

/* What came and was not read would turn the close into a reset, and a reset can overtake the
 * answer that says why.  Enough for what a client sends in one go. */
static void drop_unread(int fd)
{
    char piece[4096];
    for (int i = 0; i < 256; i++)
        if (recv(fd, piece, sizeof piece, MSG_DONTWAIT) <= 0)
            return;
}

void door_event(void *cls, struct MHD_Connection *c, void **context,
                enum MHD_ConnectionNotificationCode what)
{
    struct httpd *h = cls;
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(c, MHD_CONNECTION_INFO_CONNECTION_FD);
    must(info != NULL);
    int fd = info->connect_fd;
    if (what == MHD_CONNECTION_NOTIFY_STARTED) {
        *context = &h->door.conns[fd];
    } else {
        /* Where it fails twice over one head, libmicrohttpd forgets to say that it ended. */
        if (h->door.conns[fd].current != NULL)
            exchange_end(h->door.conns[fd].current);
        drop_unread(fd);
        leave(&h->door, fd);
    }
}

static void take_in(struct httpd *h, int fd, const struct sockaddr *addr, socklen_t n)
{
    if ((size_t)fd >= h->door.nconns || !enter(h, fd, addr)) {
        atomic_fetch_add(&h->refusals, 1);
        (void)close(fd);
        return;
    }
    if (MHD_add_connection(h->mhd, fd, addr, n) != MHD_YES)
        leave(&h->door, fd); /* it closed fd */
}

/* False: the system is out of something; it should have a pause. */
static bool accept_some(struct httpd *h)
{
    for (int i = 0; i < 64 && h->door.open < h->o.connections_max; i++) {
        struct sockaddr_storage addr = {0};
        socklen_t n = sizeof addr;
        struct sockaddr *any = (struct sockaddr *)&addr;
        int fd = accept4(h->door.listen_fd, any, &n, SOCK_CLOEXEC | SOCK_NONBLOCK);
        if (fd >= 0)
            take_in(h, fd, any, n);
        else if (errno == EAGAIN)
            return true;
        else if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM)
            return false;
    }
    return true;
}

/* A descriptor is closed only after leave(), so under the lock it is still the one we mean. */
static void cut_off_late(struct door *d)
{
    i64 now = clock_us();
    size_t high = d->high;
    for (size_t i = 0; i < high; i++) {
        struct conn *k = &d->conns[i];
        if (k->deadline == 0 || k->deadline > now)
            continue;
        lock_on(&d->lock);
        if (k->deadline != 0 && k->deadline <= now)
            (void)shutdown((int)i, SHUT_RDWR);
        lock_off(&d->lock);
    }
}

static void *door_main(void *arg)
{
    struct httpd *h = arg;
    struct door *d = &h->door;
    int idle = h->o.idle_ms < h->o.slow_ms ? h->o.idle_ms : h->o.slow_ms;
    int turn_ms = idle / 4 > 1000 ? 1000 : idle / 4 < 10 ? 10 : idle / 4;
    i64 looked = 0;
    bool well = true;
    while (!d->closing) {
        bool full = d->open >= h->o.connections_max || !well;
        struct pollfd fds[2] = {{.fd = full ? -1 : d->listen_fd, .events = POLLIN},
                                {.fd = d->wake_fd, .events = POLLIN}};
        int n = poll(fds, 2, full ? 10 : turn_ms);
        well = n <= 0 || (fds[0].revents & POLLIN) == 0 || accept_some(h);
        if (clock_us() - looked >= (i64)turn_ms * 1000) {
            cut_off_late(d);
            looked = clock_us();
        }
    }
    return NULL;
}

enum err door_start(struct httpd *h, struct fault *f)
{
    if (pthread_create(&h->door.thread, NULL, door_main, h) != 0)
        return fault_set(f, E_IO, "no thread for the door");
    h->door.running = true;
    return OK;
}

void door_close(struct httpd *h)
{
    struct door *d = &h->door;
    uint64_t one = 1;
    if (!d->running)
        return;
    d->closing = true;
    must(write(d->wake_fd, &one, sizeof one) == (ssize_t)sizeof one);
    must(pthread_join(d->thread, NULL) == 0);
    d->running = false;
    (void)close(d->listen_fd);
    d->listen_fd = -1;
}

void door_end(struct httpd *h)
{
    struct door *d = &h->door;
    if (d->listen_fd >= 0)
        (void)close(d->listen_fd);
    if (d->wake_fd >= 0)
        (void)close(d->wake_fd);
    if (d->buckets != NULL)
        (void)pthread_mutex_destroy(&d->lock);
}
