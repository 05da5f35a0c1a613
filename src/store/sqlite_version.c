/* sqlite_version.c - what was committed so far, as a connection that does nothing else sees it.
 *
 * PRAGMA data_version tells a connection whether another one committed since it asked last: of
 * this process or of any other.  This connection never writes, so it hears of every commit. */
#include "store/sqlite.h"

#include <pthread.h>

struct watch {
    pthread_mutex_t lock;
    struct conn *c;
    uint64_t opened; /* how often: each connection counts on its own */
};

void sqlite_watch_start(struct store *s)
{
    struct watch *w = NEW(s->a, struct watch);
    must(pthread_mutex_init(&w->lock, NULL) == 0);
    w->c = sqlite_make(s->a);
    w->c->s = s;
    s->watch = w;
}

void sqlite_watch_stop(struct store *s)
{
    if (s->watch == NULL)
        return;
    sqlite_disconnect(s->watch->c);
    (void)pthread_mutex_destroy(&s->watch->lock);
}

static enum err connect(struct watch *w, struct fault *f)
{
    w->opened += lite_of(w->c)->h == NULL;
    return sqlite_connect(w->c, f);
}

static enum err ask(struct lite *c, struct fault *f, i64 *out)
{
    sqlite3_stmt *st;
    TRY(sqlite_prepared(c, f, SQL_VERSION, &st));
    int rc = sqlite3_step(st);
    *out = rc == SQLITE_ROW ? sqlite3_column_int64(st, 0) : 0;
    (void)sqlite3_reset(st);
    return rc == SQLITE_ROW ? OK : sqlite_failed(c->h, rc, f, "data_version");
}

enum err sqlite_version(struct db *db, str *out)
{
    struct watch *w = db->c->s->watch;
    struct fault unheard = {0}; /* whoever cannot be told does without */
    i64 version;
    must(pthread_mutex_lock(&w->lock) == 0);
    enum err e = connect(w, &unheard);
    if (e == OK)
        e = ask(lite_of(w->c), &unheard, &version);
    uint64_t opened = w->opened;
    must(pthread_mutex_unlock(&w->lock) == 0);
    if (e == OK)
        *out = str_fmt(db->a, "%llu.%lld", (unsigned long long)opened, (long long)version);
    return OK;
}
