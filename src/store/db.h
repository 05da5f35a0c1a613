/* db.h - run a statement inside one unit of work; nothing else in the program speaks SQL.
 *
 * Statements live in sql/query/ and reach C as typed q_NAME() macros (gen/sql.h): call
 * those.  The functions below are what they expand to.  A struct db is borrowed: from
 * store_read() for one request's reads (one read transaction), or handed to the function
 * that store_write() runs.  Rows live in the arena of that unit of work.
 *
 * Failures: E_NOT_FOUND no row for :one; E_CONFLICT a UNIQUE or PRIMARY KEY was there first,
 * or :exec1 did not change exactly one row; E_INVALID another constraint, or a value that the
 * column or the database cannot hold (a bug or bad input: the fault names the constraint);
 * E_BUSY the database stayed locked; E_IO all else.  Faults carry SQLSTATE, statement and
 * constraint names, never values or PostgreSQL's DETAIL.
 *
 * On both engines alike: "no row", and an :exec1 that changed nothing, leave the unit of work
 * usable; any other failure ends it: what follows fails with the same code, and a write keeps
 * nothing, whatever its function returns.  Text with a NUL byte or that is not UTF-8 is
 * refused with E_INVALID before it reaches the database. */
#ifndef STORE_DB_H
#define STORE_DB_H

#include "base/err.h"

/* Bytes of a confidential column.  Only app/text.c looks inside. */
struct sealed {
    str box;
};

/* What a field of a row or parameter struct is, in sqlgen's words:
 *   str        str, never absent             str?     str, absent is NULL
 *   i64        i64                           i64?     opt_i64
 *   bool       bool, stored 0/1
 *   blob       str, any bytes                blob?    absent is NULL
 *   sealed     struct sealed                 sealed?  absent box is NULL
 *   str[]      struct strs, only IN (:name)  i64[]    struct i64s, likewise
 * The empty string and NULL are different and survive the round trip.  A list reaches SQLite
 * as one JSON array (IN (SELECT value FROM json_each(?1))), PostgreSQL as text[] or bigint[]
 * (= ANY ($1)); an empty one finds nothing.  All numbers and bools are bigint. */
enum col_type {
    COL_STR,
    COL_OPT_STR,
    COL_I64,
    COL_OPT_I64,
    COL_BOOL,
    COL_BLOB,
    COL_OPT_BLOB,
    COL_SEALED,
    COL_OPT_SEALED,
    COL_STRS,
    COL_I64S,
};

struct i64s {
    const i64 *v;
    size_t n;
};

struct col {
    enum col_type type;
    size_t at; /* offset in the row or parameter struct */
};

/* A part of a :list statement that stands only where its parameter is given: a str or blob
 * that is not absent, a number that is, a list that is not NULL, a bool that is true. */
struct list_filter {
    const char *sqlite, *postgres; /* a condition, without AND; it need not name the parameter */
    size_t in;                     /* index into stmt.in */
};

/* One order of a :list statement: all columns in the same direction, the last one unique.
 * The columns are str or i64, so never NULL: a row whose key is NULL is an E_IO. */
struct list_sort {
    const char *name;
    bool descending;
    size_t nkeys;
    const char *key[4]; /* SQL expression of each, the same in both dialects */
    size_t out[4];      /* index into stmt.out of each */
};

/* A statement lives as long as the program: connections remember it by its address.
 * Parameters are ?1 and $1 upwards in the order of `in`.  A :list is run as
 *
 *   sqlite { AND (filter) } [ AND (key, …) > (?, …) ] tail ORDER BY key, … LIMIT ?
 *   SELECT count(*) FROM (sqlite_count { AND (filter) } tail LIMIT ?)
 *
 * so the text before the filters ends in a WHERE with at least one condition, without an OR
 * outside parentheses. */
struct stmt {
    const char *name;
    const char *sqlite, *postgres; /* :list: all before the filters, with WHERE */
    const struct col *in, *out;
    size_t nin, nout, row;
    /* :list only */
    const char *sqlite_count, *postgres_count; /* SELECT 1 FROM … WHERE …: what is counted */
    const char *sqlite_tail, *postgres_tail;   /* what follows the filters, often empty */
    const struct list_filter *filters;
    size_t nfilters; /* at most 64 */
    const struct list_sort *sorts;
    size_t nsorts;
};

enum { DB_MANY_MAX = 10000, DB_LIST_MAX = 1000, DB_COUNT_MAX = 1000 };

/* gen/sql.c: every statement there is, for the test that prepares them all. */
extern const struct stmt *const all_stmts[];
extern const size_t all_stmt_count;

struct db;

NONNULL struct arena *db_arena(struct db *db);

/* The arena that rows go to from now on, so that what is read of one snapshot in a long turn can
 * be given back on the way; returns the one before, which is to be set again. */
NONNULL struct arena *db_into(struct db *db, struct arena *a);
NONNULL struct fault *db_fault(struct db *db);

/* E_NOT_FOUND leaves no fault: to find nothing is an answer.  A second row is E_IO. */
enum err db_one(struct db *db, const struct stmt *q, const void *in, void *row);

/* Up to DB_MANY_MAX rows; more is E_IO: such a statement wants to be a :list. */
enum err db_many(struct db *db, const struct stmt *q, const void *in, void **rows, size_t *n);
enum err db_exec(struct db *db, const struct stmt *q, const void *in);
enum err db_exec1(struct db *db, const struct stmt *q, const void *in);

/* Run it just before the COMMIT, behind all else of every write that shares the transaction:
 * for what costs less once for many than once a write, and cannot fail for what the data says.
 * When it fails, all of those writes do.  Nothing of this write sees what it does.  `in` and
 * what it points to live in db_arena(db). */
enum err db_exec_last(struct db *db, const struct stmt *q, const void *in);

struct list_page {
    size_t sort;  /* which of the statement's sorts, SORT_NAME_… of gen/sql.h */
    size_t limit; /* 1 to DB_LIST_MAX */
    str after;    /* `next` of the page before; absent: from the start.  A cursor that was not
                   * made by this statement and sort gives E_INVALID. */
    str next;     /* out: absent on the last page.  Opaque, of [A-Za-z0-9_-] */
};
enum err db_list(struct db *db, const struct stmt *q, const void *in, struct list_page *page,
                 void **rows, size_t *n);

/* How many rows the list has with these filters; DB_COUNT_MAX + 1 stands for more. */
enum err db_list_count(struct db *db, const struct stmt *q, const void *in, i64 *out);

#endif
