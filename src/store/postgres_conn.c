/* postgres_conn.c - connect and check the database; begin, commit, roll back; what fails how. */
#include "store/postgres.h"

#include <stdio.h>
#include <string.h>

/* Any number that nothing else locks: "kakehash" as bytes. */
#define MIGRATE_LOCK "7737588129432580968"

static enum err meaning(const char *state)
{
    if (strcmp(state, "23505") == 0)
        return E_CONFLICT;
    if (strncmp(state, "23", 2) == 0 || strncmp(state, "22", 2) == 0 || strcmp(state, "P0001") == 0)
        return E_INVALID;
    if (strcmp(state, "40001") == 0 || strcmp(state, "40P01") == 0 || strcmp(state, "55P03") == 0)
        return E_BUSY;
    return E_IO;
}

static const char *field(const PGresult *res, int which)
{
    const char *z = PQresultErrorField(res, which);
    return z != NULL ? z : "";
}

enum err postgres_failed(struct pg *c, PGresult *res, struct fault *f, const char *what)
{
    const char *state = field(res, PG_DIAG_SQLSTATE);
    enum err e = meaning(state);
    c->again = strncmp(state, "40", 2) == 0 || PQstatus(c->h) == CONNECTION_BAD;
    if (state[0] == '\0')
        (void)fault_set(f, e, "%s: lost the connection to PostgreSQL", what);
    else if (strncmp(state, "42", 2) == 0) /* the compiler's words: names, no values */
        (void)fault_set(f, e, "%s: %s: %s", what, state, field(res, PG_DIAG_MESSAGE_PRIMARY));
    else
        (void)fault_set(f, e, "%s: %s %s %s %s", what, state, field(res, PG_DIAG_TABLE_NAME),
                        field(res, PG_DIAG_COLUMN_NAME), field(res, PG_DIAG_CONSTRAINT_NAME));
    PQclear(res);
    return e;
}

enum err postgres_text(struct pg *c, struct fault *f, const char *what, const char *sql)
{
    PGresult *res = PQexec(c->h, sql);
    ExecStatusType status = PQresultStatus(res);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
        return postgres_failed(c, res, f, what);
    PQclear(res);
    return OK;
}

struct conn *postgres_make(struct arena *a)
{
    return &NEW(a, struct pg)->base;
}

static void no_notice(void *arg, const PGresult *res)
{
    (void)arg, (void)res; /* libpq would print it, values and all */
}

/* Room for what the URL says and what we add. */
struct options {
    const char *key[64], *value[64];
    size_t n;
};

/* What the URL says wins. */
static void option(struct options *o, const char *key, const char *value)
{
    for (size_t i = 0; i < o->n; i++)
        if (strcmp(o->key[i], key) == 0)
            return;
    must(o->n + 1 < COUNT(o->key));
    o->key[o->n] = key;
    o->value[o->n++] = value;
}

/* libpq's words on a bad URL quote it, password and all: so it is parsed apart. */
static enum err open_socket(struct pg *c, struct fault *f)
{
    struct options o = {0};
    PQconninfoOption *said = PQconninfoParse(c->base.s->url, NULL);
    if (said == NULL)
        return fault_set(f, E_IO, "the database URL is not one that libpq reads");
    option(&o, "client_encoding", "UTF8");
    for (const PQconninfoOption *x = said; x->keyword != NULL; x++)
        if (x->val != NULL)
            option(&o, x->keyword, x->val);
    option(&o, "fallback_application_name", "kakehashi");
    option(&o, "connect_timeout", "5");
    if (c->base.writes)
        option(&o, "target_session_attrs", "read-write");
    c->h = PQconnectdbParams(o.key, o.value, 0);
    PQconninfoFree(said);
    if (PQstatus(c->h) == CONNECTION_OK)
        return OK;
    const char *why = PQerrorMessage(c->h);
    return fault_set(f, E_IO, "PostgreSQL: %.*s", (int)strcspn(why, "\n"), why);
}

/* Both engines compare text by its bytes, or cursors and tests would differ. */
static enum err check(const PGresult *res, const struct pg *c, struct fault *f)
{
    static const char *const bytewise[] = {"C", "POSIX", "C.UTF-8", "C.utf8"};
    const char *encoding = PQgetvalue(res, 0, 0), *collation = PQgetvalue(res, 0, 1);
    if (PQserverVersion(c->h) < 150000)
        return fault_set(f, E_IO, "PostgreSQL is older than 15: %d", PQserverVersion(c->h));
    if (strcmp(encoding, "UTF8") != 0)
        return fault_set(f, E_IO, "the database's encoding is not UTF8: %s", encoding);
    for (size_t i = 0; i < COUNT(bytewise); i++)
        if (strcmp(collation, bytewise[i]) == 0)
            return OK;
    return fault_set(f, E_IO,
                     "the database's collation is %s: create it with TEMPLATE template0"
                     " ENCODING 'UTF8' LOCALE 'C'",
                     collation);
}

/* PostgreSQL's own synchronous_commit may be stronger than `on`: only `off` is not kept.  Lists and
 * counts end after so many rows, whatever there is: a join that reads a whole table first does not. */
static enum err configure(struct pg *c, struct fault *f)
{
    const struct store *s = c->base.s;
    char sql[1024];
    (void)snprintf(sql, sizeof sql,
                   "SET statement_timeout=%d; SET lock_timeout=%d;"
                   "SET idle_in_transaction_session_timeout='5min'; SET TimeZone='UTC';"
                   "SET jit=off; SET standard_conforming_strings=on;"
                   "SET enable_hashjoin=off; SET enable_mergejoin=off;"
                   "SET max_parallel_workers_per_gather=0; SET random_page_cost=1.1;"
                   "SELECT set_config('synchronous_commit', '%s', false)"
                   " WHERE %d = 1 OR current_setting('synchronous_commit') = 'off';"
                   "SELECT pg_encoding_to_char(encoding),"
                   " CASE datlocprovider WHEN 'c' THEN datcollate ELSE 'not of libc' END"
                   " FROM pg_database"
                   " WHERE datname = current_database()",
                   s->statement_ms, s->busy_ms, s->unsafe ? "off" : "on", s->unsafe);
    PGresult *res = PQexec(c->h, sql);
    if (PQresultStatus(res) != PGRES_TUPLES_OK || PQntuples(res) != 1)
        return postgres_failed(c, res, f, "connect");
    enum err e = check(res, c, f);
    PQclear(res);
    return e;
}

enum err postgres_connect(struct conn *base, struct fault *f)
{
    struct pg *c = pg_of(base);
    if (c->h != NULL && PQstatus(c->h) == CONNECTION_OK)
        return OK;
    postgres_disconnect(base);
    enum err e = open_socket(c, f);
    if (e == OK) {
        (void)PQsetNoticeReceiver(c->h, no_notice, NULL);
        e = configure(c, f);
    }
    if (e != OK)
        postgres_disconnect(base);
    else
        base->s->count.connects++;
    return e;
}

void postgres_disconnect(struct conn *base)
{
    struct pg *c = pg_of(base);
    PQfinish(c->h);
    c->h = NULL;
    base->plans = (struct plans){0};
}

/* A connection that died while it was idle shows here first, and nothing is lost yet. */
static enum err begin(struct conn *base, struct fault *f, enum unit unit)
{
    static const char *const text[] = {
        [UNIT_READ] = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        [UNIT_WRITE] = "BEGIN ISOLATION LEVEL SERIALIZABLE READ WRITE",
        [UNIT_MIGRATE] = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE;"
                         "SET LOCAL statement_timeout=0; SET LOCAL lock_timeout='10min';"
                         "SELECT pg_advisory_xact_lock(" MIGRATE_LOCK ")",
    };
    struct fault first = {0};
    TRY(postgres_connect(base, f));
    if (postgres_text(pg_of(base), &first, "BEGIN", text[unit]) == OK)
        return OK;
    postgres_disconnect(base);
    TRY(postgres_connect(base, f));
    return postgres_text(pg_of(base), f, "BEGIN", text[unit]);
}

static void rollback(struct conn *base)
{
    struct pg *c = pg_of(base);
    struct fault unheard = {0};
    bool again = c->again;
    if (c->h == NULL)
        return;
    if (postgres_text(c, &unheard, "ROLLBACK", "ROLLBACK") != OK)
        postgres_disconnect(base);
    c->again = again;
}

/* A connection lost here may have committed: that is not run again. */
static enum err commit(struct conn *base, struct fault *f)
{
    struct pg *c = pg_of(base);
    PGresult *res = PQexec(c->h, "COMMIT");
    if (PQresultStatus(res) != PGRES_COMMAND_OK) {
        enum err e = postgres_failed(c, res, f, "COMMIT");
        c->again = c->again && PQstatus(c->h) == CONNECTION_OK;
        return e;
    }
    bool done = strcmp(PQcmdStatus(res), "COMMIT") == 0;
    PQclear(res);
    return done ? OK : fault_set(f, E_IO, "COMMIT: PostgreSQL rolled back");
}

static enum err script(struct db *db, const char *what, const char *sql)
{
    struct pg *c = pg_of(db->c);
    TRY(postgres_text(c, db->f, what, sql));
    if (PQtransactionStatus(c->h) != PQTRANS_INTRANS)
        return fault_set(db->f, E_IO, "%s: ended the transaction", what);
    return OK;
}

const struct engine postgres_engine = {
    .make = postgres_make,
    .connect = postgres_connect,
    .disconnect = postgres_disconnect,
    .begin = begin,
    .commit = commit,
    .rollback = rollback,
    .run = postgres_run,
    .version = postgres_version,
    .script = script,
    .start = postgres_start,
    .stop = postgres_stop,
    .waiting = postgres_waiting,
    .write = postgres_write,
};
