/* conn.h - inside store/: a connection, one run of a statement, and what an engine can do. */
#ifndef STORE_CONN_H
#define STORE_CONN_H

#include "store/plans.h"
#include "store/pool.h"
#include "store/store.h"

#include <stdatomic.h>

enum unit {
    UNIT_READ,
    UNIT_WRITE,
    UNIT_MIGRATE, /* sees what others committed while it waited for them */
};

/* One connection; each engine's own begins with this. */
struct conn {
    struct store *s;
    bool writes;
    struct plans plans;
};

struct arg {
    enum col_type type;
    const void *field;
};

/* A statement with its arguments, and where its rows go. */
struct run {
    struct shape shape;
    const struct arg *args;
    size_t nargs;
    const struct col *out;
    size_t nout, row;
    void *rows;
    size_t n, cap, most; /* a row more than `most` is E_IO */
    i64 changed;
};

/* Statements for the end of the transaction. */
struct later {
    struct later *next;
    const struct stmt *q;
    const void *in;
};

struct db {
    struct arena *a;
    struct fault *f;
    struct conn *c;              /* NULL: given back */
    enum err failed;             /* what ended the unit of work early */
    bool shared;                 /* with other writes: what comes last waits for them */
    struct later *later, **last; /* last: NULL while there is none */
};

struct engine {
    struct conn *(*make)(struct arena *a);
    enum err (*connect)(struct conn *c, struct fault *f); /* nothing to do: OK */
    void (*disconnect)(struct conn *c);
    enum err (*begin)(struct conn *c, struct fault *f, enum unit unit);
    enum err (*commit)(struct conn *c, struct fault *f);
    void (*rollback)(struct conn *c);
    enum err (*run)(struct db *db, struct run *r);
    enum err (*version)(struct db *db, str *out);
    /* Several statements, which may not end the transaction. */
    enum err (*script)(struct db *db, const char *what, const char *sql);

    enum err (*start)(struct store *s, struct fault *f);
    void (*stop)(struct store *s); /* finishes what is queued; allowed after a failed start */
    size_t (*waiting)(struct store *s);
    /* alone: fn begins and ends its transactions itself, with engine->begin and so on. */
    enum err (*write)(struct store *s, struct arena *a, struct fault *f, store_fn *fn, void *arg,
                      bool alone);
};
extern const struct engine sqlite_engine, postgres_engine;

struct counters {
    _Atomic uint64_t writes, commits, retries, prepares, connects;
};

struct store {
    struct arena *a;
    const struct engine *engine;
    const char *url; /* a path, or what libpq reads */
    bool unsafe;
    int busy_ms, statement_ms;
    size_t queue_max; /* writes that may wait */
    i64 batch_us;     /* SQLite: how long a transaction takes further writes in */
    struct pool readers;
    struct pool writers;   /* PostgreSQL */
    struct writer *writer; /* SQLite */
    struct watch *watch;   /* SQLite */
    struct counters count;
};

/* n connections, none of them opened yet. */
void store_pool(struct store *s, struct pool *p, size_t n, bool writes);

/* Room for one more row, or NULL: there are `most` already. */
void *run_row(struct arena *a, struct run *r);

/* Every statement goes through here: refused text, and the end of the unit of work. */
enum err db_run(struct db *db, struct run *r);

/* Those of `in`, with room for some more behind them. */
[[gnu::returns_nonnull]] struct arg *db_args(struct db *db, const struct stmt *q, const void *in,
                                             size_t more);

/* Milliseconds and microseconds of a clock that only goes forward. */
i64 steady_ms(void);
i64 steady_us(void);

#endif
