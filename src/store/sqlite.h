/* sqlite.h - inside store/: what the parts of the SQLite engine share. */
#ifndef STORE_SQLITE_H
#define STORE_SQLITE_H

#include "store/conn.h"

#include <sqlite3.h>

/* Statements that every transaction needs, prepared once. */
enum fixed {
    SQL_BEGIN,
    SQL_BEGIN_WRITE,
    SQL_COMMIT,
    SQL_SAVEPOINT,
    SQL_RELEASE,
    SQL_VERSION,
    FIXED_COUNT
};

struct lite {
    struct conn base;
    sqlite3 *h;
    sqlite3_stmt *fixed[FIXED_COUNT];
    i64 patience_ms; /* how long to wait for another process' lock */
    i64 waited_from; /* when the waiting for this lock began */
    unsigned naps;
    i64 deadline;  /* of the running statement; 0: none */
    int log_pages; /* in the write-ahead log, after the last COMMIT of this connection */
};

static inline struct lite *lite_of(struct conn *c)
{
    return (struct lite *)c;
}

/* What a failing code means, and a fault that names `what`; rc is extended. */
enum err sqlite_failed(sqlite3 *h, int rc, struct fault *f, const char *what);

/* Run text without parameters or rows. */
enum err sqlite_text(struct lite *c, struct fault *f, const char *sql);

/* Reset it after use. */
enum err sqlite_prepared(struct lite *c, struct fault *f, enum fixed which, sqlite3_stmt **out);
enum err sqlite_fixed(struct lite *c, struct fault *f, enum fixed which);

struct conn *sqlite_make(struct arena *a);
enum err sqlite_connect(struct conn *c, struct fault *f);
void sqlite_disconnect(struct conn *c);
enum err sqlite_run(struct db *db, struct run *r);
enum err sqlite_version(struct db *db, str *out);
void sqlite_watch_start(struct store *s);
void sqlite_watch_stop(struct store *s);

enum err sqlite_start(struct store *s, struct fault *f);
void sqlite_stop(struct store *s);
size_t sqlite_waiting(struct store *s);
enum err sqlite_write(struct store *s, struct arena *a, struct fault *f, store_fn *fn, void *arg,
                      bool alone);

#endif
