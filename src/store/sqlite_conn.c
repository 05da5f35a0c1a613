/* sqlite_conn.c - open a database file the safe way; begin, commit and roll back. */
#include "store/sqlite.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { MIGRATE_PATIENCE_MS = 600 * 1000, DEADLINE_STEPS = 10000 };

static enum err meaning(int rc)
{
    switch (rc) {
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_ROWID: return E_CONFLICT;
    default: break;
    }
    switch (rc & 0xff) {
    case SQLITE_CONSTRAINT:
    case SQLITE_MISMATCH:
    case SQLITE_TOOBIG: return E_INVALID;
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return E_BUSY;
    default: return E_IO;
    }
}

/* The messages of constraints and of the SQL compiler name columns; others may quote values. */
enum err sqlite_failed(sqlite3 *h, int rc, struct fault *f, const char *what)
{
    bool names = (rc & 0xff) == SQLITE_CONSTRAINT && rc != SQLITE_CONSTRAINT_VTAB;
    return fault_set(f, meaning(rc), "%s: %s (%d)", what,
                     names ? sqlite3_errmsg(h) : sqlite3_errstr(rc), rc);
}

enum err sqlite_text(struct lite *c, struct fault *f, const char *sql)
{
    int rc = sqlite3_exec(c->h, sql, NULL, NULL, NULL);
    return rc == SQLITE_OK ? OK : sqlite_failed(c->h, rc, f, sql);
}

static const char *const fixed_sql[FIXED_COUNT] = {
    [SQL_BEGIN] = "BEGIN",         [SQL_BEGIN_WRITE] = "BEGIN IMMEDIATE",
    [SQL_COMMIT] = "COMMIT",       [SQL_SAVEPOINT] = "SAVEPOINT job",
    [SQL_RELEASE] = "RELEASE job", [SQL_VERSION] = "PRAGMA data_version",
};

enum err sqlite_prepared(struct lite *c, struct fault *f, enum fixed which, sqlite3_stmt **out)
{
    int rc = SQLITE_OK;
    if (c->fixed[which] == NULL)
        rc = sqlite3_prepare_v3(c->h, fixed_sql[which], -1, SQLITE_PREPARE_PERSISTENT,
                                &c->fixed[which], NULL);
    *out = c->fixed[which];
    return rc == SQLITE_OK ? OK : sqlite_failed(c->h, rc, f, fixed_sql[which]);
}

enum err sqlite_fixed(struct lite *c, struct fault *f, enum fixed which)
{
    sqlite3_stmt *st;
    TRY(sqlite_prepared(c, f, which, &st));
    int rc = sqlite3_step(st);
    enum err e = rc == SQLITE_DONE ? OK : sqlite_failed(c->h, rc, f, fixed_sql[which]);
    (void)sqlite3_reset(st);
    return e;
}

/* SQLite's own handler sleeps longer and longer, so that a second writer starves beside a busy
 * first one.  Short naps of uneven length find the gap between two of its transactions. */
static int on_busy(void *arg, int times)
{
    struct lite *c = arg;
    if (times == 0)
        c->waited_from = steady_ms();
    if (steady_ms() - c->waited_from >= c->patience_ms)
        return 0;
    struct timespec nap = {.tv_nsec = 300000L + (c->naps++ * 2654435761u >> 22) * 1000L};
    (void)nanosleep(&nap, NULL);
    return 1;
}

static int on_commit(void *arg, sqlite3 *h, const char *name, int pages)
{
    (void)h, (void)name;
    ((struct lite *)arg)->log_pages = pages;
    return SQLITE_OK;
}

static int on_progress(void *arg)
{
    const struct lite *c = arg;
    return c->deadline != 0 && steady_ms() > c->deadline;
}

/* SQLite would make the file readable for all that umask lets; -wal and -shm follow it.  One
 * that is there is not opened here: closing it would drop the locks of this process. */
static enum err make_private(const char *path, struct fault *f)
{
    int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd >= 0)
        return close(fd) == 0 ? OK : fault_set(f, E_IO, "%s: %s", path, strerror(errno));
    return errno == EEXIST ? OK : fault_set(f, E_IO, "%s: %s", path, strerror(errno));
}

static void configure(struct lite *c)
{
    static const struct {
        int what, on;
    } options[] = {
        {SQLITE_DBCONFIG_DQS_DML, 0},        {SQLITE_DBCONFIG_DQS_DDL, 0},
        {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0}, {SQLITE_DBCONFIG_DEFENSIVE, 1},
        {SQLITE_DBCONFIG_ENABLE_FKEY, 1},    {SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0},
    };
    for (size_t i = 0; i < COUNT(options); i++)
        must(sqlite3_db_config(c->h, options[i].what, options[i].on, NULL) == SQLITE_OK);
    (void)sqlite3_extended_result_codes(c->h, 1);
    (void)sqlite3_busy_handler(c->h, on_busy, c);
    if (c->base.writes)
        (void)sqlite3_wal_hook(c->h, on_commit, c); /* instead of a checkpoint inside COMMIT */
    else
        sqlite3_progress_handler(c->h, DEADLINE_STEPS, on_progress, c);
}

/* Two processes that make a database at once meet here, and SQLite does not call the busy
 * handler for every lock of this switch. */
static enum err to_wal(struct lite *c, struct fault *f)
{
    int rc;
    c->waited_from = steady_ms();
    do
        rc = sqlite3_exec(c->h, "PRAGMA journal_mode=WAL", NULL, NULL, NULL);
    while ((rc & 0xff) == SQLITE_BUSY && on_busy(c, 1));
    return rc == SQLITE_OK ? OK : sqlite_failed(c->h, rc, f, "journal_mode=WAL");
}

/* 5 MB of pages: a list of thirty cases out of a million reads 1,200 pages of 4 kB. */
static enum err prepare_connection(struct lite *c, struct fault *f)
{
    TRY(sqlite_text(c, f,
                    "PRAGMA cell_size_check=ON; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-5000;"
                    "PRAGMA journal_size_limit=16777216"));
    TRY(to_wal(c, f));
    TRY(sqlite_text(c, f,
                    c->base.s->unsafe ? "PRAGMA synchronous=OFF" : "PRAGMA synchronous=FULL"));
    return c->base.writes ? OK : sqlite_text(c, f, "PRAGMA query_only=ON");
}

struct conn *sqlite_make(struct arena *a)
{
    return &NEW(a, struct lite)->base;
}

enum err sqlite_connect(struct conn *base, struct fault *f)
{
    struct lite *c = lite_of(base);
    const char *path = base->s->url;
    if (c->h != NULL)
        return OK;
    TRY(make_private(path, f));
    int rc = sqlite3_open_v2(path, &c->h, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
    if (rc != SQLITE_OK) {
        (void)fault_set(f, E_IO, "%s: %s", path, sqlite3_errstr(rc));
        sqlite_disconnect(base);
        return E_IO;
    }
    c->patience_ms = base->s->busy_ms;
    configure(c);
    enum err e = prepare_connection(c, f);
    if (e != OK)
        sqlite_disconnect(base);
    else
        base->s->count.connects++;
    return e;
}

void sqlite_disconnect(struct conn *base)
{
    struct lite *c = lite_of(base);
    for (size_t i = 0; i < PLANS_MAX; i++)
        (void)sqlite3_finalize(base->plans.v[i].handle);
    for (size_t i = 0; i < FIXED_COUNT; i++) {
        (void)sqlite3_finalize(c->fixed[i]);
        c->fixed[i] = NULL;
    }
    base->plans = (struct plans){0};
    must(sqlite3_close(c->h) == SQLITE_OK);
    c->h = NULL;
}

static void guard_keys(struct lite *c)
{
    must(sqlite3_db_config(c->h, SQLITE_DBCONFIG_ENABLE_FKEY, 1, NULL) == SQLITE_OK);
}

static enum err begin(struct conn *base, struct fault *f, enum unit unit)
{
    struct lite *c = lite_of(base);
    if (unit == UNIT_READ)
        return sqlite_fixed(c, f, SQL_BEGIN);
    if (unit == UNIT_WRITE)
        return sqlite_fixed(c, f, SQL_BEGIN_WRITE);
    /* Rebuilding a table needs this off; foreign_key_check before COMMIT makes up for it. */
    TRY(sqlite_text(c, f, "PRAGMA foreign_keys=OFF"));
    c->patience_ms = MIGRATE_PATIENCE_MS;
    enum err e = sqlite_fixed(c, f, SQL_BEGIN_WRITE);
    c->patience_ms = base->s->busy_ms;
    if (e != OK)
        guard_keys(c);
    return e;
}

static void rollback(struct conn *base)
{
    struct lite *c = lite_of(base);
    if (!sqlite3_get_autocommit(c->h) && !base->writes) { /* nothing to undo: only the end */
        struct fault unheard = {0};
        (void)!sqlite_fixed(c, &unheard, SQL_COMMIT);
    }
    if (!sqlite3_get_autocommit(c->h))
        (void)sqlite3_exec(c->h, "ROLLBACK", NULL, NULL, NULL);
    guard_keys(c);
    if (!sqlite3_get_autocommit(c->h))
        sqlite_disconnect(base); /* the next to use it opens it anew */
}

static enum err commit(struct conn *base, struct fault *f)
{
    enum err e = sqlite_fixed(lite_of(base), f, SQL_COMMIT);
    rollback(base); /* where COMMIT failed */
    return e;
}

static int on_orphan(void *arg, int n, char **value, char **name)
{
    (void)n, (void)name;
    (void)fault_set(arg, E_INVALID, "foreign_key_check: %s", value[0]);
    return 1;
}

static enum err script(struct db *db, const char *what, const char *sql)
{
    struct lite *c = lite_of(db->c);
    int rc = sqlite3_exec(c->h, sql, NULL, NULL, NULL);
    if (rc == SQLITE_ERROR) /* the compiler's words */
        return fault_set(db->f, E_IO, "%s: %s", what, sqlite3_errmsg(c->h));
    if (rc != SQLITE_OK)
        return sqlite_failed(c->h, rc, db->f, what);
    if (sqlite3_get_autocommit(c->h))
        return fault_set(db->f, E_IO, "%s: ended the transaction", what);
    rc = sqlite3_exec(c->h, "PRAGMA foreign_key_check", on_orphan, db->f, NULL);
    return rc == SQLITE_OK      ? OK
           : rc == SQLITE_ABORT ? E_INVALID
                                : sqlite_failed(c->h, rc, db->f, what);
}

const struct engine sqlite_engine = {
    .make = sqlite_make,
    .connect = sqlite_connect,
    .disconnect = sqlite_disconnect,
    .begin = begin,
    .commit = commit,
    .rollback = rollback,
    .run = sqlite_run,
    .version = sqlite_version,
    .script = script,
    .start = sqlite_start,
    .stop = sqlite_stop,
    .waiting = sqlite_waiting,
    .write = sqlite_write,
};
