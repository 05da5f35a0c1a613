/* sandbox.h - what the server gives up before it talks to anyone, and what of that holds.
 *
 * landlock for files and TCP ports, seccomp for system calls, no new privileges, no core
 * file, no debugger.  None of it needs root, none can be taken back.  sandbox_server() comes
 * after all that it forbids and before the first thread; in this order:
 *   systemd_open()                the notify socket, the listening sockets handed over
 *   jail_start(), effects_start() forking and their own folders
 *   httpd_load(), store_load()    open libraries
 *   crash_install()               loads libgcc's unwinder, a shared object
 *   sodium_init()                 may open a device
 *   logs to a file, if any        opened; write-only places outside the data folder are closed
 *   the listening socket          unless options.listen_port says otherwise
 *   sandbox_server()
 *   the database, httpd_start(), workers
 * SQLite has to keep its temporary files in memory (PRAGMA temp_store) or in the data folder. */
#ifndef IO_SANDBOX_H
#define IO_SANDBOX_H

#include "io/landlock.h"
#include "io/syscalls.h"

enum sandbox_mode {
    SANDBOX_AUTO,    /* what the kernel has; says what does not hold */
    SANDBOX_REQUIRE, /* all of it, or E_IO */
    SANDBOX_OFF,     /* core files stay off, nothing else is done */
};

/* "require", "auto" or "off". */
bool sandbox_mode_of(str word, enum sandbox_mode *out);

struct sandbox_state {
    enum sandbox_mode mode;
    int landlock;      /* the ABI in force; 0: not in force */
    bool tcp_ports;    /* landlock limits TCP, too (ABI 4) */
    bool seccomp;      /* the system call filter */
    bool no_new_privs; /* a set-uid program gives nothing */
    bool no_debugger;  /* PR_SET_DUMPABLE 0 */
    bool no_core;      /* RLIMIT_CORE 0 */
    bool whole;        /* everything above holds that was asked for */
    char why[160];     /* auto: what does not hold; empty: nothing to say */
};

/* "landlock 7 (files, TCP ports), seccomp, no-new-privileges, …"; for /readyz and the log. */
str sandbox_say(struct arena *a, const struct sandbox_state *s);

struct sandbox_options {
    enum sandbox_mode mode;
    const char *data_dir;          /* read and written; must exist */
    const char *const *read_paths; /* the process folder and the like; absent ones are left out */
    size_t nread;
    /* PostgreSQL: what libpq reads of /etc, and outgoing TCP: to these ports, or to any where
     * nports is 0.  Keep PGSSLROOTCERT and the like under data_dir or read_paths. */
    bool postgres;
    const int *ports;
    size_t nports;
    /* < 0: all listening sockets are open already.  Otherwise this TCP port (0: any free one)
     * may still be listened on; before landlock ABI 4 that permits outgoing TCP as well. */
    int listen_port;
};

/* E_IO: the mode is require and something does not hold; or threads run already, which would
 * stay outside.  *out is filled in either way. */
enum err sandbox_server(const struct sandbox_options *o, struct sandbox_state *out,
                        struct fault *f);

/* The parts, for the helper processes.  NULL rules: leave files alone. */
struct sandbox_plan {
    const struct landlock_rules *rules;
    enum syscall_profile profile;
    struct syscall_needs needs;
};
enum err sandbox_enter(enum sandbox_mode mode, const struct sandbox_plan *plan,
                       struct sandbox_state *out, struct fault *f);

#endif
