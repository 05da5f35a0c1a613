/* jvn_index.c - see jvn_index.h. */
#include "app/jvn_own.h"

#include "app/boot.h"
#include "gen/sql.h"

#include <pthread.h>
#include <stdatomic.h>

struct snapshot {
    struct arena *a;
    i64 generation;
    _Atomic int readers;
    struct jvn_set sets[LANG_COUNT];
};

struct jvn_index {
    pthread_mutex_t lock;   /* of `now` */
    pthread_mutex_t making; /* one makes the next, the others wait for it */
    struct snapshot *now;   /* NULL: none yet */
};

/* --- who reads which ----------------------------------------------------------------------------- */

static void let_go(void *handle)
{
    struct snapshot *s = handle;
    if (s != NULL && atomic_fetch_sub(&s->readers, 1) == 1)
        arena_free(s->a); /* it lies in there, too */
}

static void close_index(void *handle)
{
    struct jvn_index *x = handle;
    let_go(x->now);
    must(pthread_mutex_destroy(&x->lock) == 0);
    must(pthread_mutex_destroy(&x->making) == 0);
}

struct jvn_index *jvn_index_new(struct arena *a)
{
    struct jvn_index *x = NEW(a, struct jvn_index);
    must(pthread_mutex_init(&x->lock, NULL) == 0);
    must(pthread_mutex_init(&x->making, NULL) == 0);
    arena_defer(a, close_index, x);
    return x;
}

/* The present one, if it is of that generation or a later one; NULL: none is. */
static struct snapshot *take(struct jvn_index *x, i64 generation)
{
    must(pthread_mutex_lock(&x->lock) == 0);
    struct snapshot *s = x->now;
    if (s != NULL && s->generation < generation)
        s = NULL;
    if (s != NULL)
        atomic_fetch_add(&s->readers, 1);
    must(pthread_mutex_unlock(&x->lock) == 0);
    return s;
}

static void put(struct jvn_index *x, struct snapshot *s)
{
    must(pthread_mutex_lock(&x->lock) == 0);
    struct snapshot *old = x->now;
    x->now = s;
    must(pthread_mutex_unlock(&x->lock) == 0);
    let_go(old);
}

/* --- making the next ------------------------------------------------------------------------------- */

/* Some rows behind a place in the order of changes; false in *more: these were the last.  Each
 * time in an arena of its own: the contents are a thousand times what is kept of them. */
static enum err read_some(struct app *app, struct jvn_making *m, bool *more, struct fault *why)
{
    enum { MOST = 500 };
    struct arena *a = arena_new();
    struct ctx *cx = ctx_new(a, app);
    struct q_publication_changed *rows;
    size_t n = 0;
    enum err e = app_read(cx);
    if (e == OK)
        e = q_publication_changed(cx->db, &rows, &n, .generation = m->generation,
                                  .number = m->number, .lang = m->lang, .most = MOST);
    for (size_t i = 0; i < n && e == OK; i++)
        e = jvn_making_add(cx, m, &rows[i]);
    if (e == OK && n > 0) {
        m->generation = rows[n - 1].generation;
        m->number = str_copy(m->a, rows[n - 1].number);
        m->lang = str_copy(m->a, rows[n - 1].lang);
    }
    *more = n == MOST;
    *why = cx->fault;
    app_read_end(cx);
    arena_free(a);
    return e;
}

/* Within the lock `making`.  What it reads is as new as the generation at least. */
static enum err make(struct ctx *cx, struct jvn_index *x, i64 generation)
{
    struct arena *a = arena_new();
    struct snapshot *s = NEW(a, struct snapshot), *old = take(x, INT64_MIN);
    struct jvn_making *m = NEW(a, struct jvn_making);
    enum err e = OK;
    s->a = a;
    atomic_store(&s->readers, 1);
    *m = (struct jvn_making){.a = a, .number = S(""), .lang = S("")};
    m->generation = old ? old->generation + 1 : 0;
    for (bool more = true; more && e == OK;)
        e = read_some(cx->app, m, &more, &cx->fault);
    if (e == OK)
        for (enum lang g = 0; g < LANG_COUNT; g++)
            s->sets[g] = jvn_making_end(m, g, old ? &old->sets[g] : NULL);
    s->generation = m->generation > generation ? m->generation : generation;
    let_go(old);
    if (e != OK) {
        arena_free(a);
        return e;
    }
    put(x, s);
    return OK;
}

enum err jvn_index_open(struct ctx *cx, enum lang lang, const struct jvn_set **out)
{
    struct jvn_index *x = cx->app->jvn;
    struct snapshot *s;
    i64 generation;
    TRY(app_generation(cx, &generation));
    s = take(x, generation);
    if (s == NULL) {
        app_read_end(cx); /* whoever makes it needs a reader, too */
        must(pthread_mutex_lock(&x->making) == 0);
        s = take(x, generation);
        enum err e = s == NULL ? make(cx, x, generation) : OK;
        must(pthread_mutex_unlock(&x->making) == 0);
        TRY(e);
        if (s == NULL)
            s = take(x, INT64_MIN);
    }
    arena_defer(cx->a, let_go, s);
    *out = &s->sets[lang];
    return OK;
}
