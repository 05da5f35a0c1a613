/* store.c - see store.h. */
#include "help/store.h"

#include "gen/schema.h"
#include "help/postgres.h"

#include <ftw.h>
#include <libpq-fe.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool is_postgres(const char *engine)
{
    return strcmp(engine, HELP_POSTGRESQL) == 0;
}

bool help_has(const char *engine)
{
    return !is_postgres(engine) || help_server() != NULL;
}

static int remove_one(const char *path, const struct stat *st, int what, struct FTW *at)
{
    (void)st, (void)what, (void)at;
    return remove(path);
}

static void remove_folder(void *path)
{
    (void)nftw(path, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

str help_folder(struct arena *a)
{
    const char *temp = getenv("TMPDIR");
    str path = str_fmt(a, "%s/kakehashi-test.XXXXXX", temp ? temp : "/tmp");
    char *z = (char *)(uintptr_t)str_to_z(a, path);
    must(mkdtemp(z) != NULL);
    arena_defer(a, remove_folder, z);
    return str_z(z);
}

str help_database(struct arena *a, const char *engine)
{
    if (is_postgres(engine))
        return help_postgres_database(a, "template0");
    return str_join(a, help_folder(a), S("/test.db"));
}

struct store *help_open_with(struct arena *a, struct store_options o)
{
    struct fault f = {0};
    struct store *s;
    o.unsafe = true;
    if (store_open(&o, &f, &s) != OK) {
        (void)fprintf(stderr, "help_open: %s\n", f.text);
        abort();
    }
    arena_defer(a, (void (*)(void *))store_close, s);
    return s;
}

struct store *help_open(struct arena *a, str url)
{
    return help_open_with(a, (struct store_options){.url = url});
}

static void migrate(str url)
{
    struct arena *a = arena_new();
    struct fault f = {0};
    int applied;
    if (store_migrate(help_open(a, url), a, &f, &applied) != OK) {
        (void)fprintf(stderr, "help_migrated: %s\n", f.text);
        abort();
    }
    arena_free(a);
}

/* Of a database file that nobody has open: all of it, then. */
static str file_bytes(struct arena *keep, str path)
{
    FILE *file = fopen(str_to_z(keep, path), "rb");
    must(access(str_to_z(keep, str_join(keep, path, S("-wal"))), F_OK) != 0);
    must(file != NULL && fseek(file, 0, SEEK_END) == 0);
    size_t n = (size_t)ftell(file);
    rewind(file);
    char *p = NEWS(keep, char, n + 1);
    must(fread(p, 1, n, file) == n && fclose(file) == 0);
    return (str){p, n};
}

static str sqlite_with(struct arena *a, str bytes)
{
    str url = help_database(a, HELP_SQLITE);
    FILE *file = fopen(str_to_z(a, url), "wb");
    must(file != NULL && fwrite(bytes.p, 1, bytes.n, file) == bytes.n && fclose(file) == 0);
    return url;
}

/* The bytes of a migrated database file, made by the first test that wants it. */
static str sqlite_template(void)
{
    static struct arena *keep;
    static str bytes;
    if (keep != NULL)
        return bytes;
    struct arena *a = arena_new();
    str url = help_database(a, HELP_SQLITE);
    migrate(url);
    keep = arena_new();
    bytes = file_bytes(keep, url);
    arena_free(a);
    return bytes;
}

str help_migrated(struct arena *a, const char *engine)
{
    if (is_postgres(engine))
        return help_postgres_database(a, help_postgres_template(migrate));
    return sqlite_with(a, sqlite_template());
}

str help_copy(struct arena *a, const char *engine, str url)
{
    if (!is_postgres(engine))
        return sqlite_with(a, file_bytes(a, url));
    str name = str_sub(url, 0, (size_t)str_find_char(url, '?'));
    for (ptrdiff_t at; (at = str_find_char(name, '/')) >= 0;)
        name = str_from(name, (size_t)at + 1);
    return help_postgres_database(a, str_to_z(a, name));
}

struct store *help_store(struct arena *a, const char *engine)
{
    return help_open(a, help_migrated(a, engine));
}

static str sqlite_value(struct arena *a, str path, const char *sql)
{
    sqlite3 *h;
    sqlite3_stmt *st;
    str out = NO_STR;
    must(sqlite3_open_v2(str_to_z(a, path), &h, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK);
    must(sqlite3_busy_timeout(h, 5000) == SQLITE_OK);
    for (const char *rest = sql; rest[strspn(rest, " \n;")] != '\0';) {
        if (sqlite3_prepare_v2(h, rest, -1, &st, &rest) != SQLITE_OK) {
            (void)fprintf(stderr, "help_sql: %s\n", sqlite3_errmsg(h));
            abort();
        }
        int rc = sqlite3_step(st);
        if (rc == SQLITE_ROW)
            out = str_copy(a, str_z((const char *)sqlite3_column_text(st, 0)));
        must(rc == SQLITE_ROW || rc == SQLITE_DONE);
        must(sqlite3_finalize(st) == SQLITE_OK);
    }
    must(sqlite3_close(h) == SQLITE_OK);
    return out;
}

static str postgres_value(struct arena *a, str url, const char *sql)
{
    PGconn *h = PQconnectdb(str_to_z(a, url));
    PGresult *res = PQexec(h, sql);
    str out = NO_STR;
    if (PQresultStatus(res) == PGRES_TUPLES_OK && PQntuples(res) > 0) {
        out = str_copy(a, str_z(PQgetvalue(res, 0, 0)));
    } else if (PQresultStatus(res) != PGRES_COMMAND_OK && PQresultStatus(res) != PGRES_TUPLES_OK) {
        (void)fprintf(stderr, "help_sql: %s\n", PQerrorMessage(h));
        abort();
    }
    PQclear(res);
    PQfinish(h);
    return out;
}

str help_sql_value(struct arena *a, str url, const char *sql)
{
    bool postgres = str_has_prefix(url, S("postgresql:"));
    return postgres ? postgres_value(a, url, sql) : sqlite_value(a, url, sql);
}

void help_sql(str url, const char *sql)
{
    struct arena *a = arena_new();
    (void)help_sql_value(a, url, sql);
    arena_free(a);
}
