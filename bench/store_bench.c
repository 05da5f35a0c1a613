/* store_bench.c - durable writes and reads a second of the store, beside bare one-row commits.
 *
 * Usage: store_bench {FOLDER | postgresql://…/EMPTY_DATABASE} [SECONDS]
 * Prints one JSON object a line; `ratio` is to the bare commits that took turns with it,
 * times are milliseconds, cpu_us of all threads for one, memory is VmRSS in MB. */
#include "store/migrate.h"

#include <libpq-fe.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define TABLE(int64, strict)                                                                       \
    "CREATE TABLE report (id TEXT PRIMARY KEY, number TEXT NOT NULL, at " int64 " NOT NULL,"       \
    " body TEXT NOT NULL)" strict ";"                                                              \
    "CREATE UNIQUE INDEX report_number ON report (number);"
static const struct migration schema[] = {
    {1, "report", TABLE("INTEGER", " STRICT"), TABLE("BIGINT", "")},
};

struct report {
    str id, number;
    i64 at;
    str body;
};
static const struct col report_cols[] = {
    {COL_STR, offsetof(struct report, id)},
    {COL_STR, offsetof(struct report, number)},
    {COL_I64, offsetof(struct report, at)},
    {COL_STR, offsetof(struct report, body)},
};
static const struct stmt report_add = {
    .name = "report_add",
    .sqlite = "INSERT INTO report (id, number, at, body) VALUES (?1, ?2, ?3, ?4)",
    .postgres = "INSERT INTO report (id, number, at, body) VALUES ($1, $2, $3, $4)",
    .in = report_cols,
    .nin = 4,
};
static const struct stmt report_get = {
    .name = "report_get",
    .sqlite = "SELECT id, number, at, body FROM report WHERE id = ?1",
    .postgres = "SELECT id, number, at, body FROM report WHERE id = $1",
    .in = report_cols,
    .nin = 1,
    .out = report_cols,
    .nout = 4,
    .row = sizeof(struct report),
};
static const struct stmt report_page = {
    .name = "report_page",
    .sqlite = "SELECT id, number, at, body FROM report ORDER BY id LIMIT 200",
    .postgres = "SELECT id, number, at, body FROM report ORDER BY id LIMIT 200",
    .out = report_cols,
    .nout = 4,
    .row = sizeof(struct report),
};
static const char body[] =
    "A report of some three hundred bytes. 架け橋 carries a vulnerability from the first report to"
    " the public advisory, without leaking it on the way and without losing it in an inbox. This"
    " line only makes the row as long as rows of this kind are wont to be, index entry included.";

static double seconds = 2;
static _Atomic bool stop;
static _Atomic unsigned next_id;
static unsigned written; /* ids below are there */

static double now(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Processor time of all threads: the figure that other programs on the machine disturb least. */
static double cpu(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double memory(void)
{
    char line[256];
    double kb = 0;
    FILE *f = fopen("/proc/self/status", "r");
    while (f != NULL && fgets(line, sizeof line, f) != NULL)
        if (strncmp(line, "VmRSS:", 6) == 0)
            kb = strtod(line + 6, NULL);
    (void)fclose(f);
    return kb / 1000;
}

static struct store *open_store(str url)
{
    struct fault f = {0};
    struct store *s;
    if (store_open(&(struct store_options){.url = url}, &f, &s) == OK)
        return s;
    (void)fprintf(stderr, "%s\n", f.text);
    exit(1);
}

/* Ids in the order of time, and a number that is in none, as in the program. */
static str id_of(struct arena *a, unsigned n)
{
    return str_fmt(a, "019aa7c4-5f5e-7%027u", n);
}

static struct report new_report(struct arena *a)
{
    unsigned n = next_id++;
    return (struct report){id_of(a, n),
                           str_fmt(a, "%08u-%u", n * 2654435761u % 100000000, n),
                           1795298020510,
                           {body, sizeof body - 1}};
}

/* The yardstick: what the database itself does, a row and a commit at a time.  It takes turns
 * with the store, because the disk may be someone else's for seconds. */
struct bare {
    sqlite3 *lite;
    sqlite3_stmt *st;
    PGconn *pg;
    size_t n;
    double took;
};

static void bare_open(struct bare *b, const char *url, bool postgres)
{
    if (postgres) {
        b->pg = PQconnectdb(url);
        PQclear(PQprepare(b->pg, "add", report_add.postgres, 4, NULL));
        return;
    }
    must(sqlite3_open(url, &b->lite) == SQLITE_OK);
    must(sqlite3_exec(b->lite, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL", NULL, NULL,
                      NULL) == SQLITE_OK);
    must(sqlite3_prepare_v2(b->lite, report_add.sqlite, -1, &b->st, NULL) == SQLITE_OK);
}

static void bare_close(struct bare *b)
{
    (void)sqlite3_finalize(b->st);
    (void)sqlite3_close(b->lite);
    PQfinish(b->pg);
}

static void bare_once(struct bare *b, struct arena *a)
{
    struct report r = new_report(a);
    if (b->pg != NULL) {
        const char *values[] = {r.id.p, r.number.p, "1795298020510", body};
        PGresult *res = PQexecPrepared(b->pg, "add", 4, values, NULL, NULL, 0);
        must(PQresultStatus(res) == PGRES_COMMAND_OK);
        PQclear(res);
        return;
    }
    must(sqlite3_bind_text(b->st, 1, r.id.p, (int)r.id.n, SQLITE_STATIC) == SQLITE_OK);
    must(sqlite3_bind_text(b->st, 2, r.number.p, (int)r.number.n, SQLITE_STATIC) == SQLITE_OK);
    must(sqlite3_bind_int64(b->st, 3, r.at) == SQLITE_OK);
    must(sqlite3_bind_text(b->st, 4, body, -1, SQLITE_STATIC) == SQLITE_OK);
    must(sqlite3_step(b->st) == SQLITE_DONE && sqlite3_reset(b->st) == SQLITE_OK);
}

static void bare_slice(struct bare *b, double slice)
{
    double begin = now();
    do {
        struct arena *a = arena_new();
        bare_once(b, a);
        arena_free(a);
        b->n++;
    } while (now() - begin < slice);
    b->took += now() - begin;
}

enum { TIMES_MAX = 1 << 18 };
struct worker {
    struct store *s;
    void (*once)(struct store *s, struct arena *a);
    pthread_t thread;
    float *ms;
    size_t n;
};

static enum err add_report(struct db *db, void *arg)
{
    return db_exec(db, &report_add, arg);
}

static void write_once(struct store *s, struct arena *a)
{
    struct fault f = {0};
    struct report r = new_report(a);
    must(store_write(s, a, &f, add_report, &r) == OK);
}

/* Any that is there, all over the table. */
static void get_any(struct db *db, struct arena *a)
{
    static _Atomic unsigned turn;
    struct report r;
    str id = id_of(a, turn++ * 2654435761u % written);
    must(db_one(db, &report_get, &id, &r) == OK);
}

static void read_once(struct store *s, struct arena *a)
{
    struct fault f = {0};
    struct db *db;
    must(store_read(s, a, &f, &db) == OK);
    get_any(db, a);
}

static void read_ten(struct store *s, struct arena *a)
{
    struct fault f = {0};
    struct db *db;
    must(store_read(s, a, &f, &db) == OK);
    for (int i = 0; i < 10; i++)
        get_any(db, a);
}

static void read_page(struct store *s, struct arena *a)
{
    struct fault f = {0};
    struct report *rows;
    struct db *db;
    size_t n;
    must(store_read(s, a, &f, &db) == OK);
    must(db_many(db, &report_page, NULL, (void **)&rows, &n) == OK && n == 200);
}

static void *work(void *arg)
{
    struct worker *w = arg;
    while (!stop) {
        struct arena *a = arena_new();
        double begin = now();
        w->once(w->s, a);
        if (w->n < TIMES_MAX)
            w->ms[w->n] = (float)((now() - begin) * 1000);
        w->n++;
        arena_free(a);
    }
    return NULL;
}

static int by_time(const void *x, const void *y)
{
    float a = *(const float *)x, b = *(const float *)y;
    return (a > b) - (a < b);
}

struct tally {
    struct worker *w;
    size_t threads, n;
    double took, worked;
};

static void store_slice(struct tally *t, double slice)
{
    double begin = now(), worked = cpu();
    stop = false;
    for (size_t i = 0; i < t->threads; i++)
        must(pthread_create(&t->w[i].thread, NULL, work, &t->w[i]) == 0);
    (void)usleep((useconds_t)(slice * 1e6));
    stop = true;
    for (size_t i = 0; i < t->threads; i++)
        must(pthread_join(t->w[i].thread, NULL) == 0);
    t->took += now() - begin;
    t->worked += cpu() - worked;
}

static void print_times(const struct tally *t, struct arena *a)
{
    float *all = NEWS(a, float, t->n + 1);
    size_t kept = 0;
    for (size_t i = 0; i < t->threads; i++)
        for (size_t k = 0; k < t->w[i].n && k < TIMES_MAX; k++)
            all[kept++] = t->w[i].ms[k];
    qsort(all, kept, sizeof *all, by_time);
    (void)printf(",\"cpu_us\":%.1f,\"p50\":%.3f,\"p99\":%.3f,\"max\":%.1f}\n",
                 t->worked * 1e6 / (double)t->n, (double)all[kept / 2],
                 (double)all[kept * 99 / 100], (double)all[kept - 1]);
}

static void run(struct store *s, const char *what, void (*once)(struct store *, struct arena *),
                size_t threads, struct bare *bare)
{
    enum { SLICES = 8 };
    struct arena *a = arena_new();
    struct tally t = {.w = NEWS(a, struct worker, threads), .threads = threads};
    struct store_stats before = store_stats(s);
    for (size_t i = 0; i < threads; i++)
        t.w[i] = (struct worker){.s = s, .once = once, .ms = NEWS(a, float, TIMES_MAX)};
    if (bare != NULL)
        bare->n = 0, bare->took = 0;
    for (int i = 0; i < SLICES; i++) {
        store_slice(&t, seconds / SLICES);
        if (bare != NULL)
            bare_slice(bare, seconds / SLICES);
    }
    for (size_t i = 0; i < threads; i++)
        t.n += t.w[i].n;
    (void)printf("{\"bench\":\"store %s\",\"threads\":%zu,\"per_second\":%.0f", what, threads,
                 (double)t.n / t.took);
    if (bare != NULL) {
        double rate = (double)bare->n / bare->took;
        (void)printf(",\"bare_per_second\":%.0f,\"ratio\":%.2f,\"commits_per_second\":%.0f,"
                     "\"retries\":%.0f",
                     rate, (double)t.n / t.took / rate,
                     (double)(store_stats(s).commits - before.commits) / t.took,
                     (double)(store_stats(s).retries - before.retries));
    }
    print_times(&t, a);
    arena_free(a);
}

static void time_open(str url, const char *what)
{
    double begin = now();
    struct store *s = open_store(url);
    struct arena *a = arena_new();
    read_once(s, a);
    (void)printf("{\"bench\":\"store open %s\",\"ms\":%.2f,\"memory\":%.1f}\n", what,
                 (now() - begin) * 1000, memory());
    arena_free(a);
    store_close(s);
}

int main(int argc, char **argv)
{
    struct arena *a = arena_new();
    struct fault f = {0};
    int applied;
    if (argc < 2) {
        (void)fputs("usage: store_bench {FOLDER | postgresql://…} [SECONDS]\n", stderr);
        return 2;
    }
    if (argc > 2)
        seconds = strtod(argv[2], NULL);
    str url = str_z(argv[1]);
    bool postgres = str_has_prefix(url, S("postgresql://"));
    if (!postgres)
        url = str_fmt(a, "%s/store_bench.%d.db", argv[1], (int)getpid());
    struct store *s = open_store(url);
    must(migrate_apply(s, a, &f, schema, 1, &applied) == OK);

    /* The first 4 MB of a new log file cost its file system more than all that follow. */
    for (int i = 0; i < 2000; i++)
        write_once(s, a);
    struct bare bare = {0};
    bare_open(&bare, str_to_z(a, url), postgres);
    static const size_t writers[] = {1, 2, 4, 16, 64}, readers[] = {1, 2, 4, 16};
    for (size_t i = 0; i < COUNT(writers); i++)
        run(s, "writes", write_once, writers[i], &bare);
    bare_close(&bare);
    written = next_id;
    for (size_t i = 0; i < COUNT(readers); i++)
        run(s, "reads", read_once, readers[i], NULL);
    run(s, "reads of ten", read_ten, 1, NULL);
    run(s, "reads of ten", read_ten, 4, NULL);
    run(s, "reads of 200 rows", read_page, 1, NULL);
    (void)printf("{\"bench\":\"store memory\",\"memory\":%.1f}\n", memory());
    store_close(s);
    time_open(url, "first");
    time_open(url, "again");
    arena_free(a);
    return postgres ? 0 : unlink(str_to_z(a = arena_new(), url));
}
