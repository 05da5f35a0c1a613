/* store.h - the opened database: who reads, who writes, and what its schema is.
 *
 * SQLite: WAL, synchronous=FULL, reader connections of their own, and one writer thread
 * that runs up to 64 writes (or 2 ms of them) in one transaction; the callers are answered only
 * after COMMIT.  Where one of them fails, the others of its transaction run again, each in a
 * SAVEPOINT.  PostgreSQL: a pool of connections; a write is one SERIALIZABLE transaction on one
 * of them, run again on 40001 and 40P01.
 * All functions may be called from any thread, but a struct db belongs to one at a time. */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include "store/db.h"

struct store;

struct store_options {
    str url;          /* a file's path or sqlite:PATH, or postgresql://… as libpq reads it */
    size_t readers;   /* reader connections; 0: 4 */
    bool unsafe;      /* tests: no fsync */
    int busy_ms;      /* how long to wait for another process' lock or a free reader; 0: 5000 */
    int statement_ms; /* how long one statement may take (SQLite: reading); 0: 30000 */
};

/* Opens the library that such a database needs, if it is not yet: before a sandbox closes the
 * folder where it is. */
void store_load(str url);

/* The schema is not looked at: see store_migrate().  E_IO: cannot open; the fault says why. */
enum err store_open(const struct store_options *o, struct fault *f, struct store **out);

/* Waits for what is queued and lent.  NULL is allowed. */
void store_close(struct store *s);
bool store_is_postgres(const struct store *s);

/* What happened since store_open(). */
struct store_stats {
    uint64_t writes;   /* that were kept */
    uint64_t commits;  /* that made them durable: on SQLite one for many */
    uint64_t retries;  /* PostgreSQL: transactions run again */
    uint64_t prepares; /* statements compiled */
    uint64_t connects; /* connections opened: they open when first needed, and when lost */
    uint64_t waiting;  /* writes that nobody works on yet, now */
};
struct store_stats store_stats(struct store *s);

/* A reader connection with a read transaction begun, given back by store_read_end() or with
 * the arena, whichever comes first.  All of it sees one snapshot, as of its first statement.
 * Waits while all readers are lent, first come first served; E_BUSY after busy_ms. */
enum err store_read(struct store *s, struct arena *a, struct fault *f, struct db **out);
void store_read_end(struct db *db);

/* A text that stands for all that was committed so far, by this or any other process, and is
 * never the same again: as long as it is, no row of the database is another.  Asked of a db of
 * store_read() before its first statement, what that reads is as new, or newer.  Absent: this
 * database cannot say. */
enum err store_version(struct db *db, str *out);

/* Run fn in a transaction and wait until it is durable.  What fn returns is returned; other
 * than OK, nothing of it is kept.  fn does SQL and domain arithmetic only, and may run twice
 * (so it sets its results, and adds to nothing it did not make).  E_BUSY: the queue is full
 * (1,024 waiting) or the store is closing. */
typedef enum err store_fn(struct db *db, void *arg);
enum err store_write(struct store *s, struct arena *a, struct fault *f, store_fn *fn, void *arg);

/* The migrations of sql/schema/ that this binary carries, in order, each in a transaction of
 * its own, recorded with a hash of its text in the table `migration`. */
struct migration_state {
    int have, want; /* newest applied, newest carried */
    bool foreign;   /* the database holds one that this binary does not carry, or another text */
};
enum err store_migration_state(struct store *s, struct arena *a, struct fault *f,
                               struct migration_state *out);
/* E_CONFLICT: state.foreign; nothing is touched. */
enum err store_migrate(struct store *s, struct arena *a, struct fault *f, int *applied);

#endif
