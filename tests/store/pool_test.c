/* pool_test.c - lending: in turn, with a limit, and until the last is given back. */
#include "t.h"

#include "store/conn.h"

#include <sched.h>

static struct conn conns[2];
static struct conn *all[2] = {&conns[0], &conns[1]}, *room[2];

struct taker {
    struct pool *p;
    struct conn *got;
    enum err e;
    int turn; /* 1: was served first */
    pthread_t thread;
};
static _Atomic int turns;

static void *take(void *arg)
{
    struct taker *t = arg;
    struct fault f = {0};
    t->e = pool_take(t->p, &f, &t->got);
    t->turn = ++turns;
    return NULL;
}

/* Returns when it waits, so that takers queue in the order of these calls. */
static void begin_to_take(struct pool *p, struct taker *t)
{
    size_t before = pool_waiting(p);
    t->p = p;
    must(pthread_create(&t->thread, NULL, take, t) == 0);
    while (pool_waiting(p) == before)
        (void)sched_yield();
}

TEST(the_last_given_back_is_lent_first)
{
    struct pool p;
    struct fault f = {0};
    struct conn *x, *y, *again;
    pool_init(&p, all, room, 2);
    CHECK_ERR(OK, pool_take(&p, &f, &x));
    CHECK_ERR(OK, pool_take(&p, &f, &y));
    CHECK(x != y);
    pool_give(&p, x);
    pool_give(&p, y);
    CHECK_ERR(OK, pool_take(&p, &f, &again));
    CHECK(again == y);
    pool_give(&p, again);
    pool_close(&p);
}

TEST(who_waits_longest_is_served_first)
{
    struct pool p;
    struct fault f = {0};
    struct conn *c;
    struct taker t[5] = {0};
    pool_init(&p, all, room, 1);
    turns = 0;
    CHECK_ERR(OK, pool_take(&p, &f, &c));
    for (size_t i = 0; i < COUNT(t); i++)
        begin_to_take(&p, &t[i]);
    for (size_t i = 0; i < COUNT(t); i++) {
        pool_give(&p, c);
        must(pthread_join(t[i].thread, NULL) == 0);
        CHECK_ERR(OK, t[i].e);
        CHECK_I64((i64)i + 1, t[i].turn);
    }
    pool_give(&p, c);
    pool_close(&p);
}

TEST(waiting_ends_with_busy)
{
    struct pool p;
    struct fault f = {0};
    struct conn *c, *none;
    pool_init(&p, all, room, 1);
    p.wait_ms = 5;
    CHECK_ERR(OK, pool_take(&p, &f, &c));
    CHECK_ERR(E_BUSY, pool_take(&p, &f, &none));
    CHECK_I64(0, (i64)pool_waiting(&p));
    pool_give(&p, c);
    CHECK_ERR(OK, pool_take(&p, &f, &none));
    pool_give(&p, none);
    pool_close(&p);
}

TEST(one_that_gives_up_does_not_break_the_line)
{
    struct pool p;
    struct fault f = {0};
    struct conn *c, *none;
    struct taker t[2] = {0};
    pool_init(&p, all, room, 1);
    CHECK_ERR(OK, pool_take(&p, &f, &c));
    begin_to_take(&p, &t[0]);
    p.wait_ms = 5; /* for those who come now */
    CHECK_ERR(E_BUSY, pool_take(&p, &f, &none));
    p.wait_ms = 0;
    begin_to_take(&p, &t[1]);
    for (size_t i = 0; i < COUNT(t); i++) {
        pool_give(&p, c);
        must(pthread_join(t[i].thread, NULL) == 0);
        CHECK_ERR(OK, t[i].e);
    }
    pool_give(&p, c);
    pool_close(&p);
}

TEST(only_so_many_may_wait)
{
    struct pool p;
    struct fault f = {0};
    struct conn *c, *none;
    struct taker t = {0};
    pool_init(&p, all, room, 1);
    p.wait_max = 1;
    CHECK_ERR(OK, pool_take(&p, &f, &c));
    begin_to_take(&p, &t);
    CHECK_ERR(E_BUSY, pool_take(&p, &f, &none));
    pool_give(&p, c);
    must(pthread_join(t.thread, NULL) == 0);
    pool_give(&p, t.got);
    pool_close(&p);
}

static _Atomic bool closed;

static void *close_it(void *arg)
{
    pool_close(arg);
    closed = true;
    return NULL;
}

TEST(closing_serves_who_waits_and_refuses_who_comes)
{
    struct pool p;
    struct fault f = {0};
    struct conn *c, *none;
    struct taker t = {0};
    pthread_t closer;
    bool closing = false;
    pool_init(&p, all, room, 1);
    CHECK_ERR(OK, pool_take(&p, &f, &c));
    begin_to_take(&p, &t);
    must(pthread_create(&closer, NULL, close_it, &p) == 0);
    while (!closing) {
        must(pthread_mutex_lock(&p.lock) == 0);
        closing = p.closing;
        must(pthread_mutex_unlock(&p.lock) == 0);
    }
    CHECK_ERR(E_BUSY, pool_take(&p, &f, &none));
    pool_give(&p, c);
    must(pthread_join(t.thread, NULL) == 0);
    CHECK_ERR(OK, t.e);
    for (int i = 0; i < 100; i++)
        (void)sched_yield();
    CHECK(!closed);
    pool_give(&p, t.got);
    must(pthread_join(closer, NULL) == 0);
}
