/* httpd_fresh.c - how old the known content generation is; who waits for a newer one.
 *
 * A cached answer may be sent while the generation that it was made in is the known one, and
 * that was read (from its beginning) at most TRUST ago.  From half that age on the next request
 * has it read again, so that under load it never gets that old; the first after a pause waits
 * for the reading.  What waits may use what was read after it came, however long it took. */
#include "io/httpd_int.h"

enum { TRUST_US = 100000, RENEW_US = 50000 };

void fresh_raise(struct httpd *h, i64 generation)
{
    i64 known = h->fresh.generation;
    while (known < generation &&
           !atomic_compare_exchange_weak(&h->fresh.generation, &known, generation))
        continue;
}

bool fresh_is(struct httpd *h)
{
    struct fresh *f = &h->fresh;
    i64 read_at = f->read_at;
    i64 age = clock_us() - read_at;
    if (read_at == 0 || age > TRUST_US)
        return false;
    if (age > RENEW_US && !atomic_exchange(&f->wanted, true)) {
        lock_on(&f->lock);
        must(pthread_cond_signal(&f->some) == 0);
        lock_off(&f->lock);
    }
    return true;
}

bool fresh_park(struct httpd *h, struct exchange *x)
{
    struct fresh *f = &h->fresh;
    lock_on(&f->lock);
    bool open = !f->closed;
    if (open) {
        x->next = f->parked;
        f->parked = x;
        must(pthread_cond_signal(&f->some) == 0);
    }
    lock_off(&f->lock);
    return open;
}

static void resume_all(struct exchange *x, enum verdict verdict, bool current)
{
    while (x != NULL) {
        struct exchange *next = x->next;
        x->verdict = verdict;
        x->current = current;
        x->no_cache = !current;
        MHD_resume_connection(x->c);
        x = next;
    }
}

/* False: closed. */
static bool wait_for_want(struct fresh *f)
{
    lock_on(&f->lock);
    while (!f->closed && f->parked == NULL && !f->wanted)
        must(pthread_cond_wait(&f->some, &f->lock) == 0);
    bool open = !f->closed;
    f->asking = open ? f->parked : NULL;
    f->parked = open ? NULL : f->parked;
    f->working = open;
    lock_off(&f->lock);
    return open;
}

static void answered(struct fresh *f, bool current)
{
    lock_on(&f->lock);
    struct exchange *asking = f->asking;
    f->asking = NULL;
    f->working = false;
    f->wanted = false;
    f->resuming++;
    lock_off(&f->lock);
    resume_all(asking, LOOK_AGAIN, current);
    f->resuming--;
}

static void *fresh_main(void *arg)
{
    struct httpd *h = arg;
    struct fresh *f = &h->fresh;
    while (wait_for_want(f)) {
        i64 began = clock_us();
        i64 now = h->app->generation(h->app->self);
        if (now > 0) {
            fresh_raise(h, now);
            f->read_at = began;
        }
        answered(f, now > 0);
    }
    return NULL;
}

void fresh_cut(struct httpd *h)
{
    struct fresh *f = &h->fresh;
    if (!f->running)
        return;
    lock_on(&f->lock);
    f->closed = true;
    struct exchange *parked = f->parked, *asking = f->asking;
    f->parked = f->asking = NULL;
    must(pthread_cond_signal(&f->some) == 0);
    lock_off(&f->lock);
    resume_all(parked, CUT, false);
    resume_all(asking, CUT, false);
    resuming_wait(&f->resuming);
}

bool fresh_is_idle(struct httpd *h)
{
    struct fresh *f = &h->fresh;
    if (!f->running)
        return true;
    lock_on(&f->lock);
    bool idle = !f->working;
    lock_off(&f->lock);
    return idle;
}

void fresh_start(struct httpd *h)
{
    struct fresh *f = &h->fresh;
    must(pthread_mutex_init(&f->lock, NULL) == 0);
    must(pthread_cond_init(&f->some, NULL) == 0);
    must(pthread_create(&f->thread, NULL, fresh_main, h) == 0);
    f->running = true;
}

void fresh_end(struct httpd *h)
{
    struct fresh *f = &h->fresh;
    if (!f->running)
        return;
    must(pthread_join(f->thread, NULL) == 0);
    (void)pthread_cond_destroy(&f->some);
    (void)pthread_mutex_destroy(&f->lock);
}
