/* jvn_index.c - see jvn_index.h. */
#include "app/jvn_own.h"

#include "app/boot.h"
#include "gen/sql.h"
#include "io/memory.h"

#include <pthread.h>

enum {
    MANY = 10000, /* rows that were read through memory which is not needed again */
    WAITING = 4   /* requests that may wait while everything is read: others need threads, too */
};

struct snapshot {
    struct arena *a;
    struct jvn_heap *heap;
    i64 generation;
    _Atomic int readers;
    struct jvn_set set;
};

struct jvn_index {
    pthread_mutex_t lock; /* of `now` and `asked` */
    struct language {
        pthread_mutex_t making; /* one makes the next, the others wait for it */
        struct snapshot *now;   /* NULL: none yet */
        i64 asked;              /* last */
        _Atomic bool reading;   /* everything */
        _Atomic int waiting;
    } languages[LANG_COUNT];
    _Atomic bool ending;
};

/* --- who reads which ----------------------------------------------------------------------------- */

static void drop_heap(struct jvn_heap *h)
{
    if (h != NULL && atomic_fetch_sub(&h->users, 1) == 1)
        arena_free(h->a); /* it lies in there, too */
}

static void let_go(void *handle)
{
    struct snapshot *s = handle;
    if (s == NULL || atomic_fetch_sub(&s->readers, 1) != 1)
        return;
    drop_heap(s->heap);
    arena_free(s->a);
}

static void close_index(void *handle)
{
    struct jvn_index *x = handle;
    for (enum lang g = 0; g < LANG_COUNT; g++) {
        let_go(x->languages[g].now);
        must(pthread_mutex_destroy(&x->languages[g].making) == 0);
    }
    must(pthread_mutex_destroy(&x->lock) == 0);
}

struct jvn_index *jvn_index_new(struct arena *a)
{
    struct jvn_index *x = NEW(a, struct jvn_index);
    must(pthread_mutex_init(&x->lock, NULL) == 0);
    for (enum lang g = 0; g < LANG_COUNT; g++)
        must(pthread_mutex_init(&x->languages[g].making, NULL) == 0);
    arena_defer(a, close_index, x);
    return x;
}

/* The present one, if it is of that generation or a later one; NULL: none is. */
static struct snapshot *take(struct jvn_index *x, enum lang lang, i64 generation)
{
    must(pthread_mutex_lock(&x->lock) == 0);
    struct snapshot *s = x->languages[lang].now;
    if (s != NULL && s->generation < generation)
        s = NULL;
    if (s != NULL)
        atomic_fetch_add(&s->readers, 1);
    must(pthread_mutex_unlock(&x->lock) == 0);
    return s;
}

static void put(struct jvn_index *x, enum lang lang, struct snapshot *s)
{
    must(pthread_mutex_lock(&x->lock) == 0);
    struct snapshot *old = x->languages[lang].now;
    x->languages[lang].now = s;
    must(pthread_mutex_unlock(&x->lock) == 0);
    let_go(old);
}

static void note_asked(struct jvn_index *x, enum lang lang, i64 now)
{
    must(pthread_mutex_lock(&x->lock) == 0);
    if (x->languages[lang].asked < now)
        x->languages[lang].asked = now;
    must(pthread_mutex_unlock(&x->lock) == 0);
}

i64 jvn_index_asked(struct jvn_index *x, enum lang lang)
{
    must(pthread_mutex_lock(&x->lock) == 0);
    i64 asked = x->languages[lang].asked;
    must(pthread_mutex_unlock(&x->lock) == 0);
    return asked;
}

void jvn_index_end(struct jvn_index *x)
{
    atomic_store(&x->ending, true);
}

bool jvn_index_is_ending(struct jvn_index *x)
{
    return atomic_load(&x->ending);
}

bool jvn_index_sweep(struct jvn_index *x, i64 now)
{
    struct snapshot *old[LANG_COUNT] = {0};
    bool any = false;
    must(pthread_mutex_lock(&x->lock) == 0);
    for (enum lang g = 0; g < LANG_COUNT; g++) {
        if (now - x->languages[g].asked < HOUR)
            continue;
        old[g] = x->languages[g].now;
        x->languages[g].now = NULL;
        any |= old[g] != NULL;
    }
    must(pthread_mutex_unlock(&x->lock) == 0);
    for (enum lang g = 0; g < LANG_COUNT; g++)
        let_go(old[g]);
    return any;
}

/* --- making the next ------------------------------------------------------------------------------- */

/* Some rows behind a place in the order of changes; false in *more: these were the last.  a: for
 * that alone: the contents are many times what is kept of them. */
static enum err read_some(struct app *app, struct arena *a, struct jvn_making *m, bool *more,
                          struct fault *why)
{
    enum { MOST = 100 }; /* a few hundred kilobytes: they stay in the processor's memory */
    struct ctx *cx = ctx_new(a, app);
    struct q_publication_changed *rows;
    size_t n = 0;
    enum err e = app_read(cx);
    if (e == OK)
        e = q_publication_changed(cx->db, &rows, &n, .generation = m->generation,
                                  .number = m->number,
                                  .lang = m->lang == LANG_JA ? S("ja") : S("en"), .most = MOST);
    for (size_t i = 0; i < n && e == OK; i++)
        e = jvn_making_add(cx, m, &rows[i]);
    if (e == OK && n > 0) {
        m->generation = rows[n - 1].generation;
        m->number = str_copy(m->a, rows[n - 1].number);
    }
    *more = n == MOST;
    *why = cx->fault;
    app_read_end(cx);
    return e;
}

static struct jvn_heap *heap_new(void)
{
    struct arena *a = arena_new();
    struct jvn_heap *h = NEW(a, struct jvn_heap);
    h->a = a;
    atomic_store(&h->users, 1);
    return h;
}

/* Rows that were replaced stay in the heap: when there are too many, all is read anew, beside
 * the requests. */
static bool is_stale(const struct snapshot *s)
{
    return s->heap->gone > 1000 + s->set.nrows / 2;
}

static enum err read_all(struct ctx *cx, struct jvn_making *m, const struct snapshot *old)
{
    enum { KEPT = 4 << 20 };
    struct arena *a = arena_new();
    enum err e = OK;
    m->number = S("");
    m->generation = old ? old->generation + 1 : 0;
    for (bool more = true; more && e == OK; arena_reset_keeping(a, KEPT)) {
        e = read_some(cx->app, a, m, &more, &cx->fault);
        if (e == OK && more && atomic_load(&cx->app->jvn->ending))
            e = fail(cx, E_BUSY, "the server ends");
    }
    arena_free(a);
    return e;
}

/* Within the lock `making`.  What it reads is as new as the generation at least. */
static enum err make_of(struct ctx *cx, enum lang lang, i64 generation, struct snapshot *old)
{
    struct jvn_index *x = cx->app->jvn;
    struct arena *a = arena_new();
    struct snapshot *s = NEW(a, struct snapshot);
    struct jvn_making m = {.a = arena_new(), .lang = lang};
    *s = (struct snapshot){.a = a, .heap = old ? old->heap : heap_new()};
    if (old != NULL)
        atomic_fetch_add(&s->heap->users, 1);
    atomic_store(&s->readers, 1);
    m.heap = s->heap;
    atomic_store(&x->languages[lang].reading, old == NULL);
    enum err e = read_all(cx, &m, old);
    if (e == OK)
        s->set = jvn_making_end(a, &m, old ? &old->set : NULL);
    s->generation = m.generation > generation ? m.generation : generation;
    size_t made = m.rows.n;
    arena_free(m.a);
    if (e == OK)
        put(x, lang, s);
    else
        let_go(s);
    atomic_store(&x->languages[lang].reading, false);
    if (made > MANY)
        memory_give_back();
    return e;
}

/* anew: too much that nobody needs any more stays with the present one. */
static enum err make(struct ctx *cx, enum lang lang, i64 generation, bool anew)
{
    struct snapshot *old = take(cx->app->jvn, lang, INT64_MIN);
    enum err e = make_of(cx, lang, generation, anew ? NULL : old);
    let_go(old);
    return e;
}

/* Waits for whoever makes it, or makes it. */
static enum err wait_for(struct ctx *cx, enum lang lang, i64 generation, struct snapshot **out)
{
    struct jvn_index *x = cx->app->jvn;
    struct language *l = &x->languages[lang];
    enum err e = OK;
    if (atomic_fetch_add(&l->waiting, 1) >= WAITING && atomic_load(&l->reading)) {
        atomic_fetch_sub(&l->waiting, 1);
        return fail(cx, E_BUSY, "the index of MyJVN is being made");
    }
    must(pthread_mutex_lock(&l->making) == 0);
    *out = take(x, lang, generation);
    if (*out == NULL)
        e = make(cx, lang, generation, false);
    must(pthread_mutex_unlock(&l->making) == 0);
    atomic_fetch_sub(&l->waiting, 1);
    if (e == OK && *out == NULL)
        *out = take(x, lang, INT64_MIN);
    return e;
}

enum err jvn_index_open(struct ctx *cx, enum lang lang, const struct jvn_set **out)
{
    struct jvn_index *x = cx->app->jvn;
    i64 generation;
    TRY(app_generation(cx, &generation));
    note_asked(x, lang, cx->now);
    struct snapshot *s = take(x, lang, generation);
    while (s == NULL) {   /* again: a sweep might take it away */
        app_read_end(cx); /* whoever makes it needs a reader, too */
        TRY(wait_for(cx, lang, generation, &s));
    }
    arena_defer(cx->a, let_go, s);
    *out = &s->set;
    return OK;
}

enum err jvn_index_keep(struct ctx *cx, enum lang lang, bool anyway)
{
    struct jvn_index *x = cx->app->jvn;
    i64 generation;
    enum err e = OK;
    if (!anyway && cx->now - jvn_index_asked(x, lang) >= HOUR)
        return OK;
    TRY(app_generation(cx, &generation));
    app_read_end(cx);
    must(pthread_mutex_lock(&x->languages[lang].making) == 0);
    struct snapshot *s = take(x, lang, generation);
    bool anew = s != NULL && is_stale(s);
    if (s == NULL || anew)
        e = make(cx, lang, generation, anew);
    must(pthread_mutex_unlock(&x->languages[lang].making) == 0);
    let_go(s);
    return e;
}
