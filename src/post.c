/* post.c - the thread of the server that does what acts left to be done: notices above all. */
#include "app/outbox.h"
#include "base/log.h"
#include "serve.h"

#include <errno.h>

/* Where notices come one after the other, many become mails in one write. */
enum { ROUND = 100, BUSY_MS = 100, IDLE_MS = 5000 };

/* How long to rest then. */
static int work(struct server *sv)
{
    struct outbox_mailer mailer = outbox_smtp(sv->effects);
    struct outbox_count count = {0};
    struct fault f = {0};
    bool more = false;
    enum err e = outbox_work(sv->app, sv->has_smtp ? &mailer : NULL, ROUND, &sv->post.stopping, &f,
                             &count, &more);
    if (e == OK && more)
        return 0;
    if (e == OK)
        return count.others > 0 ? BUSY_MS : IDLE_MS; /* a notice may have become mails */
    struct arena *a = arena_new();
    struct log_line l =
        log_begin(a, clock_now(&sv->app->clock), LOG_LEVEL_ERROR, S("outbox_failed"));
    log_str(&l, S("why"), str_z(f.text));
    sv->app->log(sv->app, log_end(&l));
    arena_free(a);
    return IDLE_MS; /* what could not be done is tried again after a while */
}

static void rest(struct post *p, int ms)
{
    struct timespec until;
    (void)clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_nsec += (long)(ms % 1000) * 1000000;
    until.tv_sec += ms / 1000 + until.tv_nsec / 1000000000;
    until.tv_nsec %= 1000000000;
    (void)pthread_mutex_lock(&p->lock);
    while (!p->stopping && pthread_cond_timedwait(&p->wake, &p->lock, &until) != ETIMEDOUT)
        ;
    (void)pthread_mutex_unlock(&p->lock);
}

static void *run(void *arg)
{
    struct server *sv = arg;
    while (!sv->post.stopping) {
        int ms = work(sv);
        if (ms > 0)
            rest(&sv->post, ms);
    }
    return NULL;
}

void serve_post_start(struct server *sv)
{
    struct post *p = &sv->post;
    pthread_condattr_t attr;
    must(pthread_mutex_init(&p->lock, NULL) == 0 && pthread_condattr_init(&attr) == 0);
    must(pthread_condattr_setclock(&attr, CLOCK_MONOTONIC) == 0);
    must(pthread_cond_init(&p->wake, &attr) == 0);
    (void)pthread_condattr_destroy(&attr);
    must(pthread_create(&p->thread, NULL, run, sv) == 0);
}

bool serve_post_stop(struct server *sv, int seconds)
{
    struct timespec until;
    (void)pthread_mutex_lock(&sv->post.lock);
    sv->post.stopping = true;
    (void)pthread_cond_signal(&sv->post.wake);
    (void)pthread_mutex_unlock(&sv->post.lock);
    (void)clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += seconds;
    return pthread_timedjoin_np(sv->post.thread, NULL, &until) == 0;
}
