/* postgres.h - inside store/: what the parts of the PostgreSQL engine share. */
#ifndef STORE_POSTGRES_H
#define STORE_POSTGRES_H

#include "store/conn.h"

#include <libpq-fe.h>

struct pg {
    struct conn base;
    PGconn *h;
    uint64_t serial; /* in the names of prepared statements */
    bool again;      /* the failure says: run the transaction again */
};

static inline struct pg *pg_of(struct conn *c)
{
    return (struct pg *)c;
}

/* Opens libpq, if it is not yet. */
void postgres_load(void);

struct conn *postgres_make(struct arena *a);
enum err postgres_connect(struct conn *c, struct fault *f);
void postgres_disconnect(struct conn *c);
enum err postgres_run(struct db *db, struct run *r);
enum err postgres_version(struct db *db, str *out);

/* What a failed result means (res NULL or without SQLSTATE: the connection is lost), with a
 * fault that names `what`.  Sets again.  Clears res. */
enum err postgres_failed(struct pg *c, PGresult *res, struct fault *f, const char *what);

/* Run text without parameters; rows are dropped. */
enum err postgres_text(struct pg *c, struct fault *f, const char *what, const char *sql);

/* Parameters and columns in PostgreSQL's binary format. */
struct wire {
    Oid *types;
    const char **values;
    int *lengths, *formats;
};
struct wire wire_args(struct arena *a, const struct run *r);

/* False: the column is of another type than the statement says, or NULL and may not be. */
bool wire_field(struct arena *a, const PGresult *res, int row, int i, enum col_type type,
                void *field);

enum err postgres_start(struct store *s, struct fault *f);
void postgres_stop(struct store *s);
size_t postgres_waiting(struct store *s);
enum err postgres_write(struct store *s, struct arena *a, struct fault *f, store_fn *fn, void *arg,
                        bool alone);

#endif
