/* systemd.h - being a service: sockets handed over (sd_listen_fds(3)), states told
 * (sd_notify(3)), by hand, because libsystemd would bring its own libraries along. */
#ifndef IO_SYSTEMD_H
#define IO_SYSTEMD_H

#include "base/err.h"

struct systemd {
    int notify;      /* connected to NOTIFY_SOCKET; -1: nobody listens */
    int listen;      /* the listening socket that was handed over; -1: none */
    i64 watchdog_ms; /* how often to say WATCHDOG=1: half of what is demanded; 0: not at all */
};

/* Reads and forgets the environment's NOTIFY_SOCKET, LISTEN_FDS, LISTEN_PID, WATCHDOG_USEC and
 * WATCHDOG_PID.  Before the sandbox, which has no room for new sockets.  E_INVALID: what was
 * handed over is not exactly one listening stream socket. */
enum err systemd_open(struct systemd *s, struct fault *f);

/* "READY=1", "STOPPING=1", "WATCHDOG=1", "STATUS=…"; lines by '\n'.  What cannot be told is
 * lost.  Any thread. */
void systemd_notify(const struct systemd *s, str state);

#endif
