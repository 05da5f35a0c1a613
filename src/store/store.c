/* store.c - store.h: which engine a URL means; lending readers; handing writes over. */
#include "store/conn.h"
#include "store/postgres.h"

enum { READERS = 4, BUSY_MS = 5000, STATEMENT_MS = 30000, QUEUE_MAX = 1024, BATCH_US = 2000 };

void store_pool(struct store *s, struct pool *p, size_t n, bool writes)
{
    struct conn **all = NEWS(s->a, struct conn *, n), **idle = NEWS(s->a, struct conn *, n);
    for (size_t i = 0; i < n; i++) {
        all[i] = s->engine->make(s->a);
        all[i]->s = s;
        all[i]->writes = writes;
    }
    pool_init(p, all, idle, n);
}

static bool is_postgres(str url)
{
    return str_has_prefix(url, S("postgresql://")) || str_has_prefix(url, S("postgres://"));
}

void store_load(str url)
{
    if (is_postgres(url))
        postgres_load();
}

/* Only what stands before "://" is looked at: the rest may hold a password. */
static enum err read_url(struct store *s, str url, struct fault *f)
{
    bool postgres = is_postgres(url);
    if (!postgres && str_has_prefix(url, S("sqlite:")))
        url = str_from(url, 7);
    else if (!postgres && str_find(url, S("://")) >= 0)
        return fault_set(f, E_IO, "the database URL is neither sqlite: nor postgresql://");
    if (url.n == 0 || str_find_char(url, '\0') >= 0)
        return fault_set(f, E_IO, "the database URL names no file");
    s->engine = postgres ? &postgres_engine : &sqlite_engine;
    s->url = str_to_z(s->a, url);
    return OK;
}

static enum err start(struct store *s, const struct store_options *o, struct fault *f)
{
    TRY(read_url(s, o->url, f));
    s->unsafe = o->unsafe;
    s->busy_ms = o->busy_ms > 0 ? o->busy_ms : BUSY_MS;
    s->statement_ms = o->statement_ms > 0 ? o->statement_ms : STATEMENT_MS;
    store_pool(s, &s->readers, o->readers > 0 ? o->readers : READERS, false);
    s->readers.wait_ms = s->busy_ms;
    s->queue_max = QUEUE_MAX;
    s->batch_us = BATCH_US;
    return s->engine->start(s, f);
}

enum err store_open(const struct store_options *o, struct fault *f, struct store **out)
{
    struct arena *a = arena_new();
    struct store *s = NEW(a, struct store);
    s->a = a;
    enum err e = start(s, o, f);
    if (e != OK)
        store_close(s);
    else
        *out = s;
    return e;
}

void store_close(struct store *s)
{
    if (s == NULL)
        return;
    if (s->engine != NULL) {
        pool_close(&s->readers);
        s->engine->stop(s);
        for (size_t i = 0; i < s->readers.n; i++)
            s->engine->disconnect(s->readers.all[i]);
    }
    arena_free(s->a);
}

bool store_is_postgres(const struct store *s)
{
    return s->engine == &postgres_engine;
}

static void give_back(void *handle)
{
    store_read_end(handle);
}

enum err store_read(struct store *s, struct arena *a, struct fault *f, struct db **out)
{
    struct conn *c;
    TRY(pool_take(&s->readers, f, &c));
    enum err e = s->engine->connect(c, f);
    if (e == OK)
        e = s->engine->begin(c, f, UNIT_READ);
    if (e != OK) {
        pool_give(&s->readers, c);
        return e;
    }
    *out = NEW(a, struct db);
    arena_defer(a, give_back, *out);
    **out = (struct db){.a = a, .f = f, .c = c};
    return OK;
}

void store_read_end(struct db *db)
{
    struct conn *c = db->c;
    if (c == NULL)
        return;
    must(!c->writes);
    db->c = NULL;
    c->s->engine->rollback(c);
    pool_give(&c->s->readers, c);
}

enum err store_version(struct db *db, str *out)
{
    *out = NO_STR;
    return db->c->s->engine->version(db, out);
}

enum err store_write(struct store *s, struct arena *a, struct fault *f, store_fn *fn, void *arg)
{
    return s->engine->write(s, a, f, fn, arg, false);
}

struct store_stats store_stats(struct store *s)
{
    return (struct store_stats){
        .writes = s->count.writes,
        .commits = s->count.commits,
        .retries = s->count.retries,
        .prepares = s->count.prepares,
        .connects = s->count.connects,
        .waiting = s->engine->waiting(s),
    };
}
