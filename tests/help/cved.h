/* cved.h - CVE Services as its documents and recorded answers say, small: in process as a wire,
 * or on loopback for whole programs.  One organisation, "window_1", its user and key. */
#ifndef HELP_CVED_H
#define HELP_CVED_H

#include "app/cve_work.h"

#include <pthread.h>
#include <semaphore.h>
#include <sys/types.h>

#define CVED_ORG "window_1"
#define CVED_USER "ashleyruiz@window_1.com"
#define CVED_KEY "TCF25YM-39C4H6D-KA32EGF-V5XSHN3"
#define CVED_UUID "a047cd38-6c9f-4535-99e8-4df91ad2f728"

/* What goes wrong with one request. */
enum cved_trouble {
    CVED_NONE,
    CVED_LOST_BEFORE, /* the connection breaks; nothing was done */
    CVED_LOST_AFTER,  /* it was done, but no answer comes */
    CVED_GARBAGE,     /* done; the answer is no JSON */
    CVED_500,         /* done; the answer is 500 SERVICE_NOT_AVAILABLE */
    CVED_502,         /* not done; a gateway's page */
    CVED_429,
    CVED_IN_PROGRESS, /* 403 RESERVATION_IN_PROGRESS */
    CVED_REDIRECT,
    CVED_OTHERS,      /* somebody else reserves one by the same user first */
    CVED_KILL_BEFORE, /* the customer is killed with SIGKILL; nothing was done */
    CVED_KILL_AFTER,  /* the same, done */
};

enum { CVED_MOST = 4 << 20 };

struct cved_id {
    char cve[32], state[16], user[64];
    str record; /* container as it was sent; absent: none */
};
struct cved {
    struct arena *a;
    struct cved_id ids[64];
    size_t nids;
    i64 quota;
    int requests; /* so far */
    int at;       /* the request, from 1, that `trouble` meets; 0: none */
    enum cved_trouble trouble;
    buf log; /* "GET /cve-id 200\n" */
    /* on loopback */
    int listener, port;
    pthread_t thread;
    sem_t idle;
    char *bytes; /* CVED_MOST: a request */
    _Atomic pid_t customer;
};

struct cved *cved_new(struct arena *a);

/* In process: keys are opened with the key file at path. */
struct cve_wire cved_wire(struct cved *d, const char *key_file);

/* On a free port of 127.0.0.1.  cved_start() returns when its thread is idle: from then on forking
 * is safe whenever nobody is being served.  Ends with the arena. */
void cved_listen(struct cved *d);
void cved_start(struct cved *d);

/* How many are in that state. */
size_t cved_count(const struct cved *d, const char *state);

#endif
