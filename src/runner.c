/* runner.c - a thread of the server beside its workers, that rests and can be woken and ended. */
#include "serve.h"

#include <errno.h>

static void *run(void *arg)
{
    struct runner *r = arg;
    r->run(r->sv);
    return NULL;
}

void runner_start(struct runner *r, struct server *sv, void (*fn)(struct server *sv))
{
    pthread_condattr_t attr;
    r->sv = sv;
    r->run = fn;
    must(pthread_mutex_init(&r->lock, NULL) == 0 && pthread_condattr_init(&attr) == 0);
    must(pthread_condattr_setclock(&attr, CLOCK_MONOTONIC) == 0);
    must(pthread_cond_init(&r->wake, &attr) == 0);
    (void)pthread_condattr_destroy(&attr);
    must(pthread_create(&r->thread, NULL, run, r) == 0);
    r->started = true;
}

void runner_rest(struct runner *r, int ms)
{
    struct timespec until;
    (void)clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_nsec += (long)(ms % 1000) * 1000000;
    until.tv_sec += ms / 1000 + until.tv_nsec / 1000000000;
    until.tv_nsec %= 1000000000;
    (void)pthread_mutex_lock(&r->lock);
    while (!r->stopping && !r->woken &&
           pthread_cond_timedwait(&r->wake, &r->lock, &until) != ETIMEDOUT)
        ;
    r->woken = false;
    (void)pthread_mutex_unlock(&r->lock);
}

static void signal_it(struct runner *r, bool stop)
{
    (void)pthread_mutex_lock(&r->lock);
    r->woken = true;
    if (stop)
        r->stopping = true;
    (void)pthread_cond_signal(&r->wake);
    (void)pthread_mutex_unlock(&r->lock);
}

void runner_wake(struct runner *r)
{
    if (r->started)
        signal_it(r, false);
}

bool runner_stop(struct runner *r, int seconds)
{
    struct timespec until;
    if (!r->started)
        return true;
    signal_it(r, true);
    (void)clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += seconds;
    return pthread_timedjoin_np(r->thread, NULL, &until) == 0;
}
