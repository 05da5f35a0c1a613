/* commits.c - the yardstick for durable writes: one row a commit on bare SQLite or PostgreSQL.
 *
 *     commits {FILE | postgresql://…} SECONDS [ROW_BYTES]
 *
 * A table of two columns, WAL and synchronous=FULL, one prepared INSERT at a time from one
 * connection.  Prints one JSON object. */
#include "base/str.h"

#include <libpq-fe.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static char row[4096];

static double now(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void print(long n, double took)
{
    (void)printf("{\"commits\":%ld,\"per_second\":%.0f}\n", n, (double)n / took);
}

static int lite(const char *path, double seconds)
{
    sqlite3 *h;
    sqlite3_stmt *st;
    long n = 0;
    must(sqlite3_open(path, &h) == SQLITE_OK);
    must(sqlite3_exec(h,
                      "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
                      "CREATE TABLE IF NOT EXISTS one (id INTEGER PRIMARY KEY, body TEXT NOT NULL)",
                      NULL, NULL, NULL) == SQLITE_OK);
    must(sqlite3_prepare_v2(h, "INSERT INTO one (body) VALUES (?1)", -1, &st, NULL) == SQLITE_OK);
    double begin = now();
    for (; now() - begin < seconds; n++) {
        must(sqlite3_bind_text(st, 1, row, -1, SQLITE_STATIC) == SQLITE_OK);
        must(sqlite3_step(st) == SQLITE_DONE && sqlite3_reset(st) == SQLITE_OK);
    }
    print(n, now() - begin);
    (void)sqlite3_finalize(st);
    return sqlite3_close(h);
}

static int postgres(const char *url, double seconds)
{
    PGconn *pg = PQconnectdb(url);
    const char *values[] = {row};
    long n = 0;
    PQclear(PQexec(pg, "CREATE TABLE IF NOT EXISTS bench_one (id BIGINT GENERATED ALWAYS AS "
                       "IDENTITY PRIMARY KEY, body TEXT NOT NULL)"));
    PQclear(PQprepare(pg, "add", "INSERT INTO bench_one (body) VALUES ($1)", 1, NULL));
    double begin = now();
    for (; now() - begin < seconds; n++) {
        PGresult *r = PQexecPrepared(pg, "add", 1, values, NULL, NULL, 0);
        must(PQresultStatus(r) == PGRES_COMMAND_OK);
        PQclear(r);
    }
    print(n, now() - begin);
    PQclear(PQexec(pg, "DROP TABLE bench_one"));
    PQfinish(pg);
    return 0;
}

int main(int argc, char **argv)
{
    if (argc < 3) {
        (void)fputs("usage: commits {FILE | postgresql://...} SECONDS [ROW_BYTES]\n", stderr);
        return 2;
    }
    size_t bytes = argc > 3 ? strtoul(argv[3], NULL, 10) : 300;
    memset(row, 'k', bytes < sizeof row ? bytes : sizeof row - 1);
    double seconds = strtod(argv[2], NULL);
    return strncmp(argv[1], "postgresql://", 13) == 0 ? postgres(argv[1], seconds)
                                                      : lite(argv[1], seconds);
}
