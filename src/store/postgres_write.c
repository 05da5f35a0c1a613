/* postgres_write.c - one SERIALIZABLE transaction a write, run again when PostgreSQL says so. */
#include "store/postgres.h"

#include <time.h>

enum { WRITERS = 8, ATTEMPTS = 16, PAUSE_US = 500, PAUSE_DOUBLINGS = 6 };

/* Longer and longer, and never the same for two: the counter stands in for chance. */
static void pause_before(struct store *s, int attempt)
{
    uint64_t n = s->count.retries++;
    int doublings = attempt < PAUSE_DOUBLINGS ? attempt : PAUSE_DOUBLINGS;
    i64 us = (i64)PAUSE_US << doublings;
    us = us / 2 + (i64)((n * 0x9e3779b97f4a7c15 >> 33) % (uint64_t)us);
    struct timespec t = {.tv_sec = 0, .tv_nsec = (long)us * 1000};
    (void)nanosleep(&t, NULL);
}

static enum err attempt(struct pg *c, struct db *db, store_fn *fn, void *arg)
{
    c->again = false;
    TRY(postgres_engine.begin(&c->base, db->f, UNIT_WRITE));
    c->again = false;
    enum err e = fn(db, arg);
    if (db->failed != OK)
        e = db->failed;
    if (e == OK)
        return postgres_engine.commit(&c->base, db->f);
    postgres_engine.rollback(&c->base);
    return e;
}

static enum err write_on(struct conn *c, struct arena *a, struct fault *f, store_fn *fn, void *arg)
{
    struct fault before = *f;
    enum err e;
    for (int n = 0;; n++) {
        struct db db = {.a = a, .f = f, .c = c};
        e = attempt(pg_of(c), &db, fn, arg);
        if (e == OK || !pg_of(c)->again || n + 1 == ATTEMPTS)
            break;
        *f = before;
        pause_before(c->s, n);
    }
    if (e == OK) {
        c->s->count.writes++;
        c->s->count.commits++;
    }
    return e;
}

static enum err alone_on(struct conn *c, struct arena *a, struct fault *f, store_fn *fn, void *arg)
{
    struct db db = {.a = a, .f = f, .c = c};
    TRY(postgres_connect(c, f));
    return fn(&db, arg);
}

enum err postgres_write(struct store *s, struct arena *a, struct fault *f, store_fn *fn, void *arg,
                        bool alone)
{
    struct conn *c;
    TRY(pool_take(&s->writers, f, &c));
    enum err e = alone ? alone_on(c, a, f, fn, arg) : write_on(c, a, f, fn, arg);
    pool_give(&s->writers, c);
    return e;
}

enum err postgres_start(struct store *s, struct fault *f)
{
    store_pool(s, &s->writers, WRITERS, true);
    s->writers.wait_max = s->queue_max;
    struct conn *c;
    TRY(pool_take(&s->writers, f, &c));
    enum err e = postgres_connect(c, f);
    pool_give(&s->writers, c);
    return e;
}

void postgres_stop(struct store *s)
{
    pool_close(&s->writers);
    for (size_t i = 0; i < s->writers.n; i++)
        postgres_disconnect(s->writers.all[i]);
}

size_t postgres_waiting(struct store *s)
{
    return pool_waiting(&s->writers);
}
