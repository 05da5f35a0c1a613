/* log.h - where log lines go: standard error or a file, one write(2) a line, or one for many.
 *
 * A line that cannot be written is counted; the next that can be is followed by one that says
 * how many were lost.  base/log.h builds the lines. */
#ifndef IO_LOG_H
#define IO_LOG_H

#include "base/err.h"
#include "base/log.h"
#include "io/clock.h"

#include <pthread.h>

enum { LOG_LATER = 32 * 1024, LOG_LATE_MS = 50 };

struct log {
    const char *path; /* NULL: standard error */
    struct clock *clock;
    int fd;
    i64 lost;
    pthread_mutex_t lock;
    pthread_cond_t some;
    pthread_t thread; /* writes what may come later */
    bool running, closing;
    _Atomic size_t n; /* bytes of whole lines in later */
    char later[LOG_LATER];
};

/* path and clock must outlive l.  E_IO: the file cannot be opened for appending. */
enum err log_open(struct log *l, const char *path, struct clock *clock, struct fault *f);

/* From now on log_write_soon() is late; before, it is log_write(). */
void log_start(struct log *l);

/* Any thread.  It is written when this returns, and all that came before it, too. */
void log_write(struct log *l, str line);

/* The same for what there are thousands of a second: together with others, at most 50 ms later.
 * A crash writes them, too (log_crashed()); what ends the process without a word, as SIGKILL
 * does, loses those of the last 50 ms. */
void log_write_soon(struct log *l, str line);

/* For a signal handler: what is still to be written.  A thread that is writing may be in the
 * middle of the same lines: then they stand there twice. */
void log_crashed(void *log);

/* A line with nothing but an event and, where it is not absent, a text under "why". */
void log_event(struct log *l, enum log_level level, str event, str why);

/* Open the file again under its name, after something moved it away.  Stays with the old one
 * where that fails. */
enum err log_reopen(struct log *l, struct fault *f);
void log_close(struct log *l);

#endif
