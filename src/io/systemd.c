/* systemd.c - see systemd.h. */
#include "io/systemd.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum { LISTEN_FD = 3 };

/* A number in the environment; -1: none. */
static i64 env_number(const char *name)
{
    i64 v;
    return str_i64(str_z(getenv(name)), &v) ? v : -1;
}

/* LISTEN_PID and WATCHDOG_PID say whom it is meant for. */
static bool for_us(const char *name, bool otherwise)
{
    i64 pid = env_number(name);
    return pid < 0 ? otherwise : pid == getpid();
}

static enum err take_listener(struct systemd *s, struct fault *f)
{
    i64 n = env_number("LISTEN_FDS");
    if (n <= 0 || !for_us("LISTEN_PID", false))
        return OK;
    if (n != 1)
        return fault_set(f, E_INVALID, "the service manager handed over %d sockets, not 1", (int)n);
    int listening = 0, type = 0;
    socklen_t size = sizeof listening;
    if (getsockopt(LISTEN_FD, SOL_SOCKET, SO_ACCEPTCONN, &listening, &size) != 0 || !listening ||
        getsockopt(LISTEN_FD, SOL_SOCKET, SO_TYPE, &type, &size) != 0 || type != SOCK_STREAM)
        return fault_set(f, E_INVALID, "what the service manager handed over does not listen");
    (void)fcntl(LISTEN_FD, F_SETFD, FD_CLOEXEC);
    s->listen = LISTEN_FD;
    return OK;
}

static void open_notify(struct systemd *s)
{
    str path = str_z(getenv("NOTIFY_SOCKET"));
    struct sockaddr_un at = {.sun_family = AF_UNIX};
    if (path.n < 2 || path.n >= sizeof at.sun_path || (path.p[0] != '/' && path.p[0] != '@'))
        return;
    memcpy(at.sun_path, path.p, path.n);
    if (at.sun_path[0] == '@')
        at.sun_path[0] = '\0'; /* an abstract name */
    int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    socklen_t size = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + path.n);
    if (fd >= 0 && connect(fd, (struct sockaddr *)&at, size) == 0)
        s->notify = fd;
    else if (fd >= 0)
        (void)close(fd);
}

enum err systemd_open(struct systemd *s, struct fault *f)
{
    static const char *const names[] = {"NOTIFY_SOCKET", "LISTEN_FDS",    "LISTEN_FDNAMES",
                                        "LISTEN_PID",    "WATCHDOG_USEC", "WATCHDOG_PID"};
    *s = (struct systemd){.notify = -1, .listen = -1};
    enum err e = take_listener(s, f);
    open_notify(s);
    i64 us = env_number("WATCHDOG_USEC");
    if (us > 0 && for_us("WATCHDOG_PID", true))
        s->watchdog_ms = us / 2000 > 0 ? us / 2000 : 1;
    for (size_t i = 0; i < COUNT(names); i++)
        (void)unsetenv(names[i]);
    return e;
}

void systemd_notify(const struct systemd *s, str state)
{
    if (s->notify >= 0)
        (void)send(s->notify, state.p, state.n, MSG_NOSIGNAL | MSG_DONTWAIT);
}
