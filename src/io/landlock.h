/* landlock.h - the kernel's list of the files and ports that this process may still reach.
 *
 * landlock(7), Linux 5.13 and later, by raw system calls because no library has them.  It
 * binds the calling thread and whatever it starts from then on, for good: call it before
 * there are threads.  Open descriptors stay as they are.  What the running kernel's ABI does
 * not know is left out:
 *   1 files   2 renames between folders   3 truncation   4 TCP ports   5 ioctl on devices
 *   6 signals and abstract sockets reach only what started under the same rules
 * Nothing but files, folders and symbolic links is made. */
#ifndef IO_LANDLOCK_H
#define IO_LANDLOCK_H

#include "base/err.h"

/* write: read, make, rename and remove, too; run: read and execute */
enum reach { REACH_READ, REACH_WRITE, REACH_RUN };

struct landlock_path {
    const char *path; /* a file, or a folder with all below; one that does not exist is left out */
    enum reach reach;
};

struct landlock_rules {
    const struct landlock_path *paths;
    size_t npaths;
    bool tcp; /* leave TCP alone; otherwise only these ports (0 to bind: any free one) */
    const int *bind, *connect;
    size_t nbind, nconnect;
};

/* The kernel's ABI; 0: it has none, or it is switched off. */
int landlock_abi(void);

/* E_IO: refused by the kernel; the rules then do not hold. */
enum err landlock_apply(const struct landlock_rules *r, struct fault *f);

/* The same in two steps, for a child that may not allocate: *set is a descriptor for the caller
 * to close, and landlock_restrict_self(2) with it, after PR_SET_NO_NEW_PRIVS, enters. */
enum err landlock_prepare(const struct landlock_rules *r, struct fault *f, int *set);

#endif
