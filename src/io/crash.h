/* crash.h - the last line of the log: which signal, and where the program was.
 *
 *   {"at":"…","level":"error","event":"crash","process":"server","version":"0.1.0",
 *    "signal":"SIGSEGV","trace":["kakehashi+0x1f3a0","libc.so.6+0x3c050","?"]}
 *
 * Offsets into the files that were loaded when it was installed, for addr2line -e; whatever
 * else lies on the stack is "?", so that no memory content reaches the log.  Then the process
 * ends by the same signal, without a core file. */
#ifndef IO_CRASH_H
#define IO_CRASH_H

#include "base/str.h"

/* Once, before the sandbox, because it loads libgcc's unwinder.  process lives for good; fd is
 * where the line goes.  The main thread gets a stack of its own for it, so that its stack's
 * overflow is reported, too.  Under ASan the signals of bad memory stay with ASan. */
void crash_install(const char *process, int fd);

/* Called before that line is written, in the handler; at most one. */
void crash_before(void (*fn)(void *arg), void *arg);

#endif
