/* store.h - for tests: a fresh database on SQLite or PostgreSQL, gone with the test's arena.
 *
 *     #include "t.h"
 *     #include "help/store.h"
 *     STORE_TEST(a_case_is_found_by_its_number) { ... s is a migrated store, a the arena ... }
 *
 * makes two tests, NAME_on_sqlite and NAME_on_postgresql.  The second skips where PostgreSQL
 * 15 is not installed.  The server is that of KAKEHASHI_PG (a URL, as tools/pg-test.sh start
 * prints it), or one for this program alone, started by the first test that wants it. */
#ifndef HELP_STORE_H
#define HELP_STORE_H

#include "store/store.h"

#define HELP_SQLITE "sqlite"
#define HELP_POSTGRESQL "postgresql"

/* False: there is no PostgreSQL here. */
bool help_has(const char *engine);

/* The URL of a new, empty database. */
str help_database(struct arena *a, const char *engine);

/* Likewise with the program's own migrations applied: a copy of one that is made once. */
str help_migrated(struct arena *a, const char *engine);

/* A copy of the database at url, which nobody has open. */
str help_copy(struct arena *a, const char *engine, str url);

/* help_open() with the fields of o that are set, and without fsync; aborts when it cannot. */
struct store *help_open(struct arena *a, str url);
struct store *help_open_with(struct arena *a, struct store_options o);
struct store *help_store(struct arena *a, const char *engine);

/* One statement or several, past the store: sqlite3's or libpq's own call.  Aborts on failure. */
void help_sql(str url, const char *sql);

/* The first column of the first row of it, as text. */
str help_sql_value(struct arena *a, str url, const char *sql);

/* A new folder, removed with all that is in it. */
str help_folder(struct arena *a);

/* A test that is given the engine's name, and makes its databases itself. */
#define ENGINE_TEST(name)                                                                          \
    static void engine_##name(struct arena *a, const char *engine);                                \
    TEST(name##_on_sqlite)                                                                         \
    {                                                                                              \
        engine_##name(a, HELP_SQLITE);                                                             \
    }                                                                                              \
    TEST(name##_on_postgresql)                                                                     \
    {                                                                                              \
        if (!help_has(HELP_POSTGRESQL))                                                            \
            SKIP("PostgreSQL 15 is not installed");                                                \
        engine_##name(a, HELP_POSTGRESQL);                                                         \
    }                                                                                              \
    static void engine_##name([[maybe_unused]] struct arena *a, [[maybe_unused]] const char *engine)

#define STORE_TEST(name)                                                                           \
    static void store_##name(struct arena *a, struct store *s);                                    \
    ENGINE_TEST(name)                                                                              \
    {                                                                                              \
        store_##name(a, help_store(a, engine));                                                    \
    }                                                                                              \
    static void store_##name([[maybe_unused]] struct arena *a, [[maybe_unused]] struct store *s)

#endif
