/* wire.h - a client that puts bytes on a connection and reads what comes back, and no more. */
#ifndef HELP_WIRE_H
#define HELP_WIRE_H

#include "base/str.h"

/* Seconds after which reading gives up; 60 unless a test says otherwise. */
extern int wire_patience;

/* A connection to a numeric address, -1 where that fails. */
int wire_open(const char *address, int port);
void wire_close(int fd);

/* A port of 127.0.0.1 that nobody listened on a moment ago. */
int wire_free_port(void);

/* False: the other side does not take it any more. */
bool wire_send(int fd, str bytes);

/* One answer.  status 0: closed, or given up, before there was one. */
struct wire_answer {
    int status;
    str head; /* from the status line to before the empty line */
    str body;
    bool whole; /* as much of a body came as the head said */
};

/* Reads one answer and not a byte more; bare: without a body, whatever the head says. */
struct wire_answer wire_read(struct arena *a, int fd, bool bare);

/* The value of a header of the answer, by name in any case; absent: not there. */
str wire_header(struct wire_answer answer, str name);

/* Everything up to the end of the connection, at most max bytes. */
str wire_rest(struct arena *a, int fd, size_t max);

/* Whether the other side closed the connection with nothing more to read. */
bool wire_is_closed(int fd);

/* Send, read, close: for one request on a connection of its own. */
struct wire_answer wire_ask(struct arena *a, int port, str request);

#endif
