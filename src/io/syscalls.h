/* syscalls.h - which system calls a process may still make: seccomp(2), through libseccomp.
 *
 * Three tempers.  A call on the profile's list is made.  One that only an attacker makes
 * (execve, ptrace, mount, bpf, keyctl, userfaultfd, io_uring, …) kills the process.  Any
 * other answers ENOSYS, as an old kernel would, so that libc takes its fallback; in a jail's
 * child it kills, too.  A filter binds the calling thread, all threads there are and all
 * that they start, for good; filters add up, the strictest wins. */
#ifndef IO_SYSCALLS_H
#define IO_SYSCALLS_H

#include "base/err.h"

enum syscall_profile {
    SYSCALLS_SERVER,  /* HTTP, SQLite, libpq, threads; memory is never writable and executable */
    SYSCALLS_JAIL,    /* arithmetic: read, write, memory, exit */
    SYSCALLS_EFFECTS, /* outgoing connections and the spool, threads (the resolver's) */
    SYSCALLS_ZYGOTE,  /* anything but what only an attacker does: it forks and sandboxes others */
    SYSCALLS_TOOL,    /* for another program: no sockets, no processes, no tracing */
    SYSCALLS_COUNT
};

struct syscall_needs { /* of SYSCALLS_SERVER */
    bool listen;       /* may still open listening sockets */
    bool connect;      /* may open TCP connections and ask resolvers */
};

/* E_IO: the kernel refused it; nothing changed. */
enum err syscalls_apply(enum syscall_profile profile, struct syscall_needs needs, struct fault *f);

/* The same as instructions of the kernel's (struct sock_filter), for a child that may not
 * allocate: SECCOMP_SET_MODE_FILTER of seccomp(2) takes them.  Of SYSCALLS_TOOL alone: other
 * profiles name the process that they are made in. */
enum err syscalls_program(struct arena *a, enum syscall_profile profile, struct fault *f, str *out);

#endif
