/* pool.h - inside store/: connections that are lent to one at a time, first come first served. */
#ifndef STORE_POOL_H
#define STORE_POOL_H

#include "base/err.h"

#include <pthread.h>

struct conn;
struct pool_wait;

struct pool {
    pthread_mutex_t lock;
    pthread_cond_t quiet; /* nothing is lent and nobody waits */
    struct conn **all, **idle;
    size_t n, nidle;
    struct pool_wait *first, **last; /* who waits, longest first */
    size_t nwait, wait_max;
    int wait_ms; /* 0: for as long as it takes */
    bool closing;
};

/* conns are the caller's; the last one given back is lent first, so that few are in use. */
void pool_init(struct pool *p, struct conn **conns, struct conn **room, size_t n);

/* E_BUSY: none came free in wait_ms, wait_max wait already, or the pool is closing. */
enum err pool_take(struct pool *p, struct fault *f, struct conn **out);
void pool_give(struct pool *p, struct conn *c);

size_t pool_waiting(struct pool *p);

/* Refuses newcomers, serves who waits, and returns when all are given back. */
void pool_close(struct pool *p);

#endif
