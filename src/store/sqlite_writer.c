/* sqlite_writer.c - the one thread that writes: many callers' writes in one transaction.
 *
 * A write begins at once when the thread is idle; those that queue while its COMMIT waits for
 * the disk are the next batch.  Nobody is answered before the COMMIT of his batch. */
#include "store/sqlite.h"

#include <pthread.h>
#include <semaphore.h>

enum { BATCH_MAX = 64, LOG_PAGES = 1000, LOG_PAGES_MAX = 4000 };

struct job {
    struct job *next;
    struct arena *a;
    struct fault *f;
    store_fn *fn;
    void *arg;
    bool alone;
    i64 since; /* ms, when it was queued */
    enum err result;
    struct later *later; /* what is to be done before the COMMIT */
    sem_t answered;
};

struct jobs {
    struct job *first, **last;
    size_t n;
};

struct writer {
    struct store *s;
    struct conn *c;
    pthread_t thread;
    bool running;
    pthread_mutex_t lock;
    pthread_cond_t work;
    struct jobs queue;
    bool closing;
};

static void jobs_add(struct jobs *js, struct job *j)
{
    j->next = NULL;
    *js->last = j;
    js->last = &j->next;
    js->n++;
}

static struct job *jobs_take(struct jobs *js)
{
    struct job *j = js->first;
    if (j == NULL)
        return NULL;
    js->first = j->next;
    if (j->next == NULL)
        js->last = &js->first;
    js->n--;
    return j;
}

/* The next that may join the batch; one that runs alone waits until there is none. */
static struct job *next_of_batch(struct writer *w)
{
    must(pthread_mutex_lock(&w->lock) == 0);
    struct job *j = w->queue.first;
    j = j == NULL || j->alone ? NULL : jobs_take(&w->queue);
    must(pthread_mutex_unlock(&w->lock) == 0);
    return j;
}

static void answer(struct jobs *batch, enum err lost)
{
    struct job *j;
    while ((j = jobs_take(batch)) != NULL) {
        if (lost != OK)
            j->result = fault_set(j->f, lost, "the transaction of this write was lost");
        (void)sem_post(&j->answered); /* *j is the caller's again, and may be gone */
    }
}

/* Deferred foreign keys would fail the COMMIT of all: look now, while it can be undone. */
static enum err check_keys(struct lite *c, struct db *db)
{
    int open = 0, most;
    (void)sqlite3_db_status(c->h, SQLITE_DBSTATUS_DEFERRED_FKS, &open, &most, 0);
    return open == 0 ? OK : fault_set(db->f, E_INVALID, "FOREIGN KEY constraint failed (deferred)");
}

/* What cannot be undone alone takes the batch with it. */
static enum err undo(struct lite *c, struct fault *f)
{
    if (sqlite_text(c, f, "ROLLBACK TO job") != OK || sqlite_text(c, f, "RELEASE job") != OK)
        sqlite_engine.rollback(&c->base);
    return sqlite3_get_autocommit(c->h) ? E_IO : OK;
}

/* Autocommit afterwards: the whole transaction is gone. */
static enum err job_run(struct lite *c, struct job *j)
{
    struct db db = {.a = j->a, .f = j->f, .c = &c->base, .shared = true};
    enum err e = j->fn(&db, j->arg);
    if (db.failed != OK)
        e = db.failed;
    if (e == OK)
        e = check_keys(c, &db);
    j->later = db.later;
    return e;
}

static enum err job_in_savepoint(struct lite *c, struct job *j)
{
    TRY(sqlite_fixed(c, j->f, SQL_SAVEPOINT));
    enum err e = job_run(c, j);
    if (e == OK && !sqlite3_get_autocommit(c->h))
        e = sqlite_fixed(c, j->f, SQL_RELEASE);
    if (e != OK && !sqlite3_get_autocommit(c->h))
        TRY(undo(c, j->f));
    return e;
}

/* FTS5 writes out all it has at every SAVEPOINT and RELEASE, and at every look into it: one segment
 * for the batch, made here, costs a quarter of one for each write. */
static enum err batch_last(struct lite *c, const struct jobs *batch, struct fault *f)
{
    for (struct job *j = batch->first; j != NULL; j = j->next) {
        struct db db = {.a = j->a, .f = f, .c = &c->base};
        for (const struct later *l = j->later; j->result == OK && l != NULL; l = l->next)
            TRY(db_exec(&db, l->q, l->in));
    }
    return OK;
}

/* A batch that could not begin fails for those alone who have waited long enough. */
static void refuse(struct writer *w, const struct fault *f, enum err e)
{
    struct jobs refused = {.last = &refused.first};
    i64 now = steady_ms();

    must(pthread_mutex_lock(&w->lock) == 0);
    for (size_t n = w->queue.n; n > 0; n--) {
        struct job *j = jobs_take(&w->queue);
        bool patient = e == E_BUSY && now - j->since < w->s->busy_ms;
        j->result = patient ? OK : fault_set(j->f, e, "%s", f->text);
        jobs_add(patient ? &w->queue : &refused, j);
    }
    must(pthread_mutex_unlock(&w->lock) == 0);
    answer(&refused, OK);
}

static enum err batch_begin(struct writer *w, struct fault *f)
{
    TRY(sqlite_connect(w->c, f));
    return sqlite_engine.begin(w->c, f, UNIT_WRITE);
}

/* Until there is no more, or one fails: false. */
static bool batch_fill(struct writer *w, struct jobs *batch)
{
    struct lite *c = lite_of(w->c);
    i64 until = steady_us() + w->s->batch_us;
    struct job *j;
    while (batch->n < BATCH_MAX && !sqlite3_get_autocommit(c->h) &&
           (batch->n == 0 || steady_us() < until) && (j = next_of_batch(w)) != NULL) {
        j->result = job_run(c, j);
        jobs_add(batch, j);
        if (j->result != OK)
            return false;
    }
    return true;
}

static size_t batch_kept(const struct jobs *batch)
{
    size_t kept = 0;
    for (const struct job *j = batch->first; j != NULL; j = j->next)
        kept += j->result == OK;
    return kept;
}

/* Most writes succeed, so none has a savepoint, into which each page that it changes would be
 * copied.  One that failed takes with it what was done before it: that is done again. */
static enum err batch_again(struct writer *w, struct jobs *batch, struct fault *f)
{
    struct lite *c = lite_of(w->c);
    sqlite_engine.rollback(w->c);
    TRY(batch_begin(w, f));
    for (struct job *j = batch->first; j != NULL && !sqlite3_get_autocommit(c->h); j = j->next)
        if (j->result == OK)
            j->result = job_in_savepoint(c, j);
    return OK;
}

/* Move the log into the database file: when nobody waits for it, or when it must be. */
static void checkpoint(struct writer *w)
{
    struct lite *c = lite_of(w->c);
    if (c->log_pages >= (sqlite_waiting(w->s) == 0 ? LOG_PAGES : LOG_PAGES_MAX) &&
        sqlite3_wal_checkpoint_v2(c->h, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL) == SQLITE_OK)
        c->log_pages = 0;
}

static enum err batch_end(struct writer *w, const struct jobs *batch, struct fault *f)
{
    struct lite *c = lite_of(w->c);
    if (sqlite3_get_autocommit(c->h))
        return E_IO; /* it is gone already */
    TRY(batch_last(c, batch, f));
    return sqlite_engine.commit(w->c, f);
}

/* What is to be kept is committed. */
static enum err batch_close(struct writer *w, struct jobs *batch, bool whole, struct fault *f)
{
    if (!whole && batch_kept(batch) > 0)
        TRY(batch_again(w, batch, f));
    return batch_kept(batch) > 0 ? batch_end(w, batch, f) : OK;
}

static void batch_run(struct writer *w)
{
    struct jobs batch = {.last = &batch.first};
    struct fault f = {0};
    enum err e = batch_begin(w, &f);
    if (e != OK) {
        refuse(w, &f, e);
        return;
    }
    bool whole = batch_fill(w, &batch);
    e = batch_close(w, &batch, whole, &f);
    sqlite_engine.rollback(w->c); /* where nothing was kept, or could be */
    size_t kept = e == OK ? batch_kept(&batch) : 0;
    w->s->count.writes += kept;
    w->s->count.commits += kept > 0;
    answer(&batch, e == OK ? OK : E_IO);
    checkpoint(w);
}

static void alone_run(struct writer *w, struct job *j)
{
    struct jobs batch = {.last = &batch.first};
    struct db db = {.a = j->a, .f = j->f, .c = w->c};
    j->result = sqlite_connect(w->c, j->f);
    if (j->result == OK)
        j->result = j->fn(&db, j->arg);
    jobs_add(&batch, j);
    answer(&batch, OK);
}

/* Sleeps until there is work; false: there will be none any more. */
static bool await(struct writer *w, struct job **alone)
{
    must(pthread_mutex_lock(&w->lock) == 0);
    while (w->queue.n == 0 && !w->closing)
        (void)pthread_cond_wait(&w->work, &w->lock);
    bool more = w->queue.n > 0;
    *alone = more && w->queue.first->alone ? jobs_take(&w->queue) : NULL;
    must(pthread_mutex_unlock(&w->lock) == 0);
    return more;
}

static void *writer_main(void *arg)
{
    struct writer *w = arg;
    struct job *alone;
    while (await(w, &alone)) {
        if (alone != NULL)
            alone_run(w, alone);
        else
            batch_run(w);
    }
    return NULL;
}

static enum err queue_add(struct writer *w, struct job *j)
{
    must(pthread_mutex_lock(&w->lock) == 0);
    bool room = !w->closing && w->queue.n < w->s->queue_max;
    if (room) {
        jobs_add(&w->queue, j);
        (void)pthread_cond_signal(&w->work);
    }
    bool closing = w->closing;
    must(pthread_mutex_unlock(&w->lock) == 0);
    return room ? OK
                : fault_set(j->f, E_BUSY,
                            closing ? "the store is closing" : "the queue of writes is full");
}

enum err sqlite_write(struct store *s, struct arena *a, struct fault *f, store_fn *fn, void *arg,
                      bool alone)
{
    struct job j = {.a = a, .f = f, .fn = fn, .arg = arg, .alone = alone, .since = steady_ms()};
    must(!pthread_equal(pthread_self(), s->writer->thread)); /* a write inside a write */
    must(sem_init(&j.answered, 0, 0) == 0);
    enum err e = queue_add(s->writer, &j);
    if (e == OK) {
        while (sem_wait(&j.answered) != 0)
            continue; /* a signal */
        e = j.result;
    }
    (void)sem_destroy(&j.answered);
    return e;
}

/* SQLite counts its memory under one lock for all threads, for statistics that nobody reads.  It
 * refuses, and goes on counting, where something else in the process has used it already. */
static void configure_library(void)
{
    (void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

enum err sqlite_start(struct store *s, struct fault *f)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    must(pthread_once(&once, configure_library) == 0);
    struct writer *w = NEW(s->a, struct writer);
    s->writer = w;
    sqlite_watch_start(s);
    *w = (struct writer){.s = s, .c = sqlite_make(s->a), .queue = {.last = &w->queue.first}};
    w->c->s = s;
    w->c->writes = true;
    must(pthread_mutex_init(&w->lock, NULL) == 0);
    must(pthread_cond_init(&w->work, NULL) == 0);
    TRY(sqlite_connect(w->c, f));
    w->running = pthread_create(&w->thread, NULL, writer_main, w) == 0;
    return w->running ? OK : fault_set(f, E_IO, "no thread for the writer");
}

void sqlite_stop(struct store *s)
{
    struct writer *w = s->writer;
    must(pthread_mutex_lock(&w->lock) == 0);
    w->closing = true;
    (void)pthread_cond_signal(&w->work);
    must(pthread_mutex_unlock(&w->lock) == 0);
    if (w->running)
        (void)pthread_join(w->thread, NULL);
    sqlite_disconnect(w->c);
    sqlite_watch_stop(s);
    (void)pthread_cond_destroy(&w->work);
    (void)pthread_mutex_destroy(&w->lock);
}

size_t sqlite_waiting(struct store *s)
{
    must(pthread_mutex_lock(&s->writer->lock) == 0);
    size_t n = s->writer->queue.n;
    must(pthread_mutex_unlock(&s->writer->lock) == 0);
    return n;
}
