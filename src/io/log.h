/* log.h - where log lines go: standard error or a file, one write(2) a line.
 *
 * A line that cannot be written is counted; the next that can be is followed by one that says
 * how many were lost.  base/log.h builds the lines. */
#ifndef IO_LOG_H
#define IO_LOG_H

#include "base/err.h"
#include "base/log.h"
#include "io/clock.h"

#include <pthread.h>

struct log {
    const char *path; /* NULL: standard error */
    struct clock *clock;
    int fd;
    i64 lost;
    pthread_mutex_t lock;
};

/* path and clock must outlive l.  E_IO: the file cannot be opened for appending. */
enum err log_open(struct log *l, const char *path, struct clock *clock, struct fault *f);

/* Any thread. */
void log_write(struct log *l, str line);

/* A line with nothing but an event and, where it is not absent, a text under "why". */
void log_event(struct log *l, enum log_level level, str event, str why);

/* Open the file again under its name, after something moved it away.  Stays with the old one
 * where that fails. */
enum err log_reopen(struct log *l, struct fault *f);
void log_close(struct log *l);

#endif
