/* tool.h - another program, run apart: it reads what it is given, prints, and ends.
 *
 * It has no network, starts no process, writes no file, and sees of the disk what programs need
 * (/usr, /lib, /etc).  All of that is prepared beforehand, and the program is started as by
 * vfork(2): the memory of this process is never copied, however large it is, and no lock of
 * another thread is in the way.  For the command line and for processes without a sandbox of
 * their own. */
#ifndef IO_TOOL_H
#define IO_TOOL_H

#include "base/err.h"

enum { TOOL_INPUTS = 3, TOOL_FIRST = 5 };

struct tool {
    const char *const *argv; /* argv[0] is a whole path; NULL at the end */
    str inputs[TOOL_INPUTS]; /* its descriptors 5, 6 and 7; each is read from its beginning */
    size_t most;             /* bytes that it may print */
    i64 timeout_ms;
};

/* OK: it ended by itself, and *said is what it printed to descriptor 1.  E_NOT_FOUND: there is no
 * such program.  E_IO: it did not come to an end, printed too much, or could not be started. */
enum err tool_run(struct arena *a, struct fault *f, const struct tool *t, str *said);

#endif
