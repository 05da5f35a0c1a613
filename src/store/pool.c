/* pool.c - see pool.h. */
#include "store/pool.h"

#include <errno.h>
#include <time.h>

struct pool_wait {
    struct pool_wait *next;
    struct conn *got;
    pthread_cond_t come;
};

static void cond_init(pthread_cond_t *c)
{
    pthread_condattr_t attr;
    must(pthread_condattr_init(&attr) == 0);
    must(pthread_condattr_setclock(&attr, CLOCK_MONOTONIC) == 0);
    must(pthread_cond_init(c, &attr) == 0);
    (void)pthread_condattr_destroy(&attr);
}

void pool_init(struct pool *p, struct conn **conns, struct conn **room, size_t n)
{
    *p = (struct pool){.all = conns, .idle = room, .n = n, .nidle = n, .wait_max = SIZE_MAX};
    must(pthread_mutex_init(&p->lock, NULL) == 0);
    cond_init(&p->quiet);
    p->last = &p->first;
    for (size_t i = 0; i < n; i++)
        p->idle[i] = conns[n - 1 - i];
}

static struct timespec in_ms(int ms)
{
    struct timespec t;
    must(clock_gettime(CLOCK_MONOTONIC, &t) == 0);
    t.tv_sec += ms / 1000;
    t.tv_nsec += ms % 1000 * 1000000L;
    if (t.tv_nsec >= 1000000000L) {
        t.tv_nsec -= 1000000000L;
        t.tv_sec++;
    }
    return t;
}

static void leave(struct pool *p, const struct pool_wait *w)
{
    struct pool_wait **at = &p->first;
    while (*at != w)
        at = &(*at)->next;
    *at = w->next;
    if (p->last == &w->next)
        p->last = at;
    p->nwait--;
}

/* With p->lock held. */
static struct conn *wait_turn(struct pool *p)
{
    struct pool_wait w = {0};
    struct timespec until = in_ms(p->wait_ms);
    int rc = 0;

    cond_init(&w.come);
    *p->last = &w;
    p->last = &w.next;
    p->nwait++;
    while (w.got == NULL && rc != ETIMEDOUT)
        rc = p->wait_ms > 0 ? pthread_cond_timedwait(&w.come, &p->lock, &until)
                            : pthread_cond_wait(&w.come, &p->lock);
    if (w.got == NULL)
        leave(p, &w);
    (void)pthread_cond_destroy(&w.come);
    return w.got;
}

/* With p->lock held. */
static enum err take(struct pool *p, struct fault *f, struct conn **out)
{
    if (p->closing)
        return fault_set(f, E_BUSY, "the store is closing");
    if (p->nidle > 0) {
        *out = p->idle[--p->nidle];
        return OK;
    }
    if (p->nwait >= p->wait_max)
        return fault_set(f, E_BUSY, "%zu wait for a connection already", p->nwait);
    *out = wait_turn(p);
    if (*out == NULL)
        return fault_set(f, E_BUSY, "no connection came free in %d ms", p->wait_ms);
    return OK;
}

enum err pool_take(struct pool *p, struct fault *f, struct conn **out)
{
    must(pthread_mutex_lock(&p->lock) == 0);
    enum err e = take(p, f, out);
    must(pthread_mutex_unlock(&p->lock) == 0);
    return e;
}

void pool_give(struct pool *p, struct conn *c)
{
    must(pthread_mutex_lock(&p->lock) == 0);
    struct pool_wait *w = p->first;
    if (w != NULL) {
        leave(p, w);
        w->got = c;
        (void)pthread_cond_signal(&w->come);
    } else {
        p->idle[p->nidle++] = c;
    }
    (void)pthread_cond_broadcast(&p->quiet);
    must(pthread_mutex_unlock(&p->lock) == 0);
}

size_t pool_waiting(struct pool *p)
{
    must(pthread_mutex_lock(&p->lock) == 0);
    size_t n = p->nwait;
    must(pthread_mutex_unlock(&p->lock) == 0);
    return n;
}

void pool_close(struct pool *p)
{
    must(pthread_mutex_lock(&p->lock) == 0);
    p->closing = true;
    while (p->nidle < p->n || p->first != NULL)
        (void)pthread_cond_wait(&p->quiet, &p->lock);
    must(pthread_mutex_unlock(&p->lock) == 0);
    (void)pthread_cond_destroy(&p->quiet);
    (void)pthread_mutex_destroy(&p->lock);
}
