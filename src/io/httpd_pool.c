/* httpd_pool.c - workers, and the queue before them. */
#include "io/gzip.h"
#include "io/httpd_int.h"

#include <time.h>

void resuming_wait(_Atomic size_t *resuming)
{
    struct timespec nap = {.tv_nsec = 100000};
    while (*resuming > 0)
        (void)nanosleep(&nap, NULL);
}

void lock_on(pthread_mutex_t *lock)
{
    must(pthread_mutex_lock(lock) == 0);
}

void lock_off(pthread_mutex_t *lock)
{
    must(pthread_mutex_unlock(lock) == 0);
}

bool pool_push(struct pool *p, struct exchange *x)
{
    x->next = NULL;
    lock_on(&p->lock);
    bool room = !p->closed && p->waiting < p->max;
    if (room) {
        *(p->tail != NULL ? &p->tail->next : &p->head) = x;
        p->tail = x;
        p->waiting++;
        must(pthread_cond_signal(&p->some) == 0);
    }
    lock_off(&p->lock);
    return room;
}

/* The next one, now worker i's; NULL: the pool is closed. */
static struct exchange *take(struct pool *p, size_t i)
{
    lock_on(&p->lock);
    while (p->head == NULL && !p->closed)
        must(pthread_cond_wait(&p->some, &p->lock) == 0);
    struct exchange *x = p->head;
    if (x != NULL) {
        p->head = x->next;
        if (p->head == NULL)
            p->tail = NULL;
        p->waiting--;
        p->working++;
        p->at[i] = x;
    }
    lock_off(&p->lock);
    return x;
}

/* Whether it was still ours to answer, and not cut off meanwhile. */
static bool give_back(struct pool *p, size_t i)
{
    lock_on(&p->lock);
    bool ours = p->at[i] != NULL;
    p->at[i] = NULL;
    p->working--;
    p->resuming += ours;
    lock_off(&p->lock);
    return ours;
}

/* Nothing of x may be written before it is known to be ours, nor touched after the resume. */
static void finish(struct pool *p, size_t i, struct exchange *x, enum verdict verdict,
                   struct answer answer)
{
    if (!give_back(p, i)) {
        if (answer.r != NULL)
            MHD_destroy_response(answer.r);
        exchange_release(x);
        return;
    }
    x->answer = answer;
    x->verdict = verdict;
    MHD_resume_connection(x->c);
    p->resuming--;
}

static void work(struct pool *p, size_t i, struct exchange *x)
{
    const struct http_app *app = x->h->app;
    bool asked = x->stage == AT_ASKED;
    if (!asked && answer_is_cached(x)) {
        finish(p, i, x, LOOK_AGAIN, (struct answer){0});
        return;
    }
    struct http_response rs = http_response_new(x->rq.a);
    if (asked && app->authorise(app->self, &x->rq, &rs)) {
        finish(p, i, x, GO_ON, (struct answer){0});
        return;
    }
    if (!asked)
        app->handle(app->self, &x->rq, &rs);
    if (rs.cache_generation > 0) {
        gzip_answer(&x->rq, &rs, gzip_is_taken(http_header(&x->rq, S("accept-encoding"))));
        answer_keep(x, &rs);
    }
    finish(p, i, x, SEND, answer_make(&x->rq, &rs));
}

struct worker {
    struct pool *p;
    size_t i;
};

static void *worker_main(void *arg)
{
    struct worker *w = arg;
    struct exchange *x;
    while ((x = take(w->p, w->i)) != NULL)
        work(w->p, w->i, x);
    return NULL;
}

void pool_start(struct httpd *h, enum http_pool which, size_t threads, size_t max)
{
    struct pool *p = &h->pools[which];
    struct worker *workers = NEWS(h->a, struct worker, threads);
    *p = (struct pool){.h = h, .max = max, .nthreads = threads};
    p->at = NEWS(h->a, struct exchange *, threads);
    p->threads = NEWS(h->a, pthread_t, threads);
    must(pthread_mutex_init(&p->lock, NULL) == 0);
    must(pthread_cond_init(&p->some, NULL) == 0);
    for (size_t i = 0; i < threads; i++) {
        workers[i] = (struct worker){p, i};
        must(pthread_create(&p->threads[i], NULL, worker_main, &workers[i]) == 0);
    }
}

static void cut(struct exchange *x)
{
    x->verdict = CUT;
    MHD_resume_connection(x->c);
}

void pool_cut(struct pool *p)
{
    if (p->threads == NULL)
        return;
    lock_on(&p->lock);
    p->closed = true;
    while (p->head != NULL) {
        struct exchange *x = p->head;
        p->head = x->next;
        cut(x);
    }
    p->tail = NULL;
    p->waiting = 0;
    for (size_t i = 0; i < p->nthreads; i++) {
        struct exchange *x = p->at[i];
        p->at[i] = NULL;
        if (x != NULL) {
            atomic_fetch_add(&x->refs, 1); /* the worker's */
            cut(x);
        }
    }
    must(pthread_cond_broadcast(&p->some) == 0);
    lock_off(&p->lock);
    resuming_wait(&p->resuming);
}

bool pool_is_idle(struct pool *p)
{
    if (p->threads == NULL)
        return true;
    lock_on(&p->lock);
    bool idle = p->waiting == 0 && p->working == 0;
    lock_off(&p->lock);
    return idle;
}

void pool_end(struct pool *p)
{
    if (p->threads == NULL)
        return;
    for (size_t i = 0; i < p->nthreads; i++)
        must(pthread_join(p->threads[i], NULL) == 0);
    (void)pthread_cond_destroy(&p->some);
    (void)pthread_mutex_destroy(&p->lock);
}
