/* store_test.c - opening, lending readers, snapshots, writing from many threads, closing. */
#include "store/things.h"

#include "store/conn.h"

#include <fcntl.h>
#include <sched.h>
#include <semaphore.h>
#include <sys/stat.h>
#include <unistd.h>

static enum err open_url(str url, struct fault *f)
{
    struct store *s;
    *f = (struct fault){0};
    enum err e = store_open(&(struct store_options){.url = url}, f, &s);
    if (e == OK)
        store_close(s);
    return e;
}

TEST(a_path_and_its_url_open_the_same_file)
{
    str path = help_database(a, HELP_SQLITE);
    struct store *s = help_open(a, str_join(a, S("sqlite:"), path));
    CHECK(!store_is_postgres(s));
    CHECK(access(str_to_z(a, path), F_OK) == 0);
}

TEST(a_new_database_is_its_owner_s_alone)
{
    str path = help_database(a, HELP_SQLITE);
    struct store *s = things_open_with(a, (struct store_options){.url = path});
    static const char *const suffix[] = {"", "-wal", "-shm"};
    CHECK_ERR(OK, ADD(s, a, .id = S("1")));
    for (size_t i = 0; i < COUNT(suffix); i++) {
        struct stat st;
        CHECK(stat(str_to_z(a, str_join(a, path, str_z(suffix[i]))), &st) == 0);
        CHECK_I64(0600, st.st_mode & 0777);
    }
}

TEST(a_url_of_another_kind_is_refused)
{
    struct fault f;
    CHECK_ERR(E_IO, open_url(S("mysql://u:geheim@h/d"), &f));
    CHECK(strstr(f.text, "geheim") == NULL);
    CHECK_ERR(E_IO, open_url(S(""), &f));
    CHECK_ERR(E_IO, open_url(S("sqlite:"), &f));
    CHECK_ERR(E_IO, open_url(S("a\0b"), &f));
}

TEST(a_file_that_cannot_be_a_database_is_refused)
{
    str folder = help_folder(a), file = str_join(a, folder, S("/file"));
    struct fault f;
    FILE *out = fopen(str_to_z(a, file), "w");
    must(out != NULL);
    for (int i = 0; i < 200; i++)
        must(fputs("not a database, but long enough", out) >= 0);
    must(fclose(out) == 0);
    CHECK_ERR(E_IO, open_url(file, &f));
    CHECK(f.text[0] != '\0');
    CHECK_ERR(E_IO, open_url(folder, &f));
    CHECK_ERR(E_IO, open_url(str_join(a, folder, S("/none/x.db")), &f));
}

TEST(a_password_in_a_url_stays_out_of_the_fault)
{
    static const str urls[] = {
        S_INIT("postgresql://u:geheim@[bad"),
        S_INIT("postgresql://u:geheim@/d?host=/nonexistent"),
        S_INIT("postgresql://u:geheim@/d?nonsense=1"),
        S_INIT("postgres://u:geheim@/d?host=/nonexistent"),
    };
    for (size_t i = 0; i < COUNT(urls); i++) {
        struct fault f;
        CHECK_ERR(E_IO, open_url(urls[i], &f));
        CHECK(f.text[0] != '\0' && strstr(f.text, "geheim") == NULL);
    }
}

ENGINE_TEST(one_read_sees_one_snapshot)
{
    struct store *s = things_open(a, engine);
    struct fault f = {0};
    struct db *db;
    i64 n;
    CHECK_ERR(OK, ADD(s, a, .id = S("1")));
    CHECK_ERR(OK, store_read(s, a, &f, &db));
    CHECK_ERR(OK, db_one(db, &thing_count, NULL, &n));
    CHECK_I64(1, n);
    CHECK_ERR(OK, ADD(s, a, .id = S("2")));
    CHECK_ERR(OK, db_one(db, &thing_count, NULL, &n));
    CHECK_I64(1, n);
    store_read_end(db);
    CHECK_I64(2, count_things(s));
}

ENGINE_TEST(a_reader_comes_back_with_its_arena_or_before)
{
    str url = help_database(a, engine);
    struct store *s =
        things_open_with(a, (struct store_options){.url = url, .readers = 1, .busy_ms = 500});
    for (int i = 0; i < 3; i++) {
        struct arena *b = arena_new();
        struct fault f = {0};
        struct db *db;
        CHECK_ERR(OK, store_read(s, b, &f, &db));
        CHECK(db_arena(db) == b && db_fault(db) == &f);
        CHECK(db_into(db, a) == b && db_arena(db) == a && db_into(db, b) == a);
        if (i == 1) {
            store_read_end(db);
            store_read_end(db);
        }
        arena_free(b);
    }
    CHECK_I64(0, count_things(s));
}

ENGINE_TEST(a_reader_that_failed_is_as_good_as_new)
{
    str url = help_database(a, engine);
    struct store *s = things_open_with(a, (struct store_options){.url = url, .readers = 1});
    struct fault f = {0};
    struct db *db;
    static const struct stmt broken = {.name = "broken", BOTH("SELECT * FROM nowhere")};
    CHECK_ERR(OK, store_read(s, a, &f, &db));
    CHECK_ERR(E_IO, db_exec(db, &broken, NULL));
    store_read_end(db);
    CHECK_I64(0, count_things(s));
}

ENGINE_TEST(when_all_readers_are_lent_it_is_busy)
{
    str url = help_database(a, engine);
    struct store *s =
        things_open_with(a, (struct store_options){.url = url, .readers = 2, .busy_ms = 20});
    struct fault f = {0};
    struct db *one, *two, *three;
    CHECK_ERR(OK, store_read(s, a, &f, &one));
    CHECK_ERR(OK, store_read(s, a, &f, &two));
    CHECK_ERR(E_BUSY, store_read(s, a, &f, &three));
    store_read_end(one);
    CHECK_ERR(OK, store_read(s, a, &f, &three));
}

ENGINE_TEST(readers_are_opened_when_they_are_needed)
{
    struct store *s = things_open(a, engine);
    for (int i = 0; i < 5; i++)
        CHECK_I64(0, count_things(s));
    CHECK_I64(2, (i64)store_stats(s).connects);
}

/* Many threads */
struct writer_thread {
    struct store *s;
    size_t who, n, failed;
    pthread_t thread;
};

static void *write_n(void *arg)
{
    struct writer_thread *w = arg;
    for (size_t i = 0; i < w->n; i++) {
        struct arena *a = arena_new();
        w->failed += ADD(w->s, a, .id = str_fmt(a, "%zu-%zu", w->who, i)) != OK;
        arena_free(a);
    }
    return NULL;
}

static size_t write_from_threads(struct store *s, struct arena *a, size_t threads, size_t each)
{
    struct writer_thread *w = NEWS(a, struct writer_thread, threads);
    size_t failed = 0;
    for (size_t i = 0; i < threads; i++) {
        w[i] = (struct writer_thread){.s = s, .who = i, .n = each};
        must(pthread_create(&w[i].thread, NULL, write_n, &w[i]) == 0);
    }
    for (size_t i = 0; i < threads; i++) {
        must(pthread_join(w[i].thread, NULL) == 0);
        failed += w[i].failed;
    }
    return failed;
}

ENGINE_TEST(what_many_threads_write_is_all_there)
{
    str url = help_database(a, engine);
    struct store *s = things_open_with(a, (struct store_options){.url = url});
    CHECK_I64(0, (i64)write_from_threads(s, a, 16, 20));
    CHECK_I64(320, count_things(s));
    CHECK_I64(320, (i64)store_stats(s).writes);
    CHECK(store_stats(s).commits <= 320);
    CHECK_STR(S("320"), help_sql_value(a, url, "SELECT count(*) FROM thing"));
}

static enum err increment(struct db *db, void *arg)
{
    struct thing t;
    (void)arg;
    TRY(db_one(db, &thing_get, &(struct key){S("hot")}, &t));
    struct move m = {t.id, str_fmt(db_arena(db), "%d", atoi(str_to_z(db_arena(db), t.state)) + 1),
                     t.rev};
    return db_exec1(db, &thing_move, &m);
}

static void *increment_n(void *arg)
{
    struct writer_thread *w = arg;
    for (size_t i = 0; i < w->n; i++) {
        struct arena *a = arena_new();
        struct fault f = {0};
        w->failed += store_write(w->s, a, &f, increment, NULL) != OK || f.text[0] != '\0';
        arena_free(a);
    }
    return NULL;
}

ENGINE_TEST(a_row_that_all_change_loses_no_change)
{
    struct store *s = things_open(a, engine);
    struct writer_thread w[8];
    struct thing t;
    struct thing hot = {.id = S("hot"), .state = S("0"), .rev = 1};
    CHECK_ERR(OK, write_stmt(s, a, &thing_add, &hot));
    for (size_t i = 0; i < COUNT(w); i++) {
        w[i] = (struct writer_thread){.s = s, .n = 20};
        must(pthread_create(&w[i].thread, NULL, increment_n, &w[i]) == 0);
    }
    for (size_t i = 0; i < COUNT(w); i++) {
        must(pthread_join(w[i].thread, NULL) == 0);
        CHECK_I64(0, (i64)w[i].failed);
    }
    CHECK_ERR(OK, get_thing(s, a, S("hot"), &t));
    CHECK_STR(S("160"), t.state);
}

/* A write that holds the writers up until it is let go. */
struct gate {
    struct store *s;
    sem_t entered, go;
};

static enum err wait_at_gate(struct db *db, void *arg)
{
    struct gate *g = arg;
    (void)db;
    (void)sem_post(&g->entered);
    while (sem_wait(&g->go) != 0)
        continue;
    return OK;
}

static void *write_gate(void *arg)
{
    struct gate *g = arg;
    struct arena *a = arena_new();
    struct fault f = {0};
    must(store_write(g->s, a, &f, wait_at_gate, g) == OK);
    arena_free(a);
    return NULL;
}

/* All that can write are at the gate: one thread on SQLite, all connections on PostgreSQL. */
static size_t close_gate(struct gate *g, struct store *s, pthread_t *threads)
{
    size_t n = store_is_postgres(s) ? s->writers.n : 1;
    g->s = s;
    must(sem_init(&g->entered, 0, 0) == 0 && sem_init(&g->go, 0, 0) == 0);
    for (size_t i = 0; i < n; i++) {
        must(pthread_create(&threads[i], NULL, write_gate, g) == 0);
        must(sem_wait(&g->entered) == 0);
    }
    return n;
}

static void open_gate(struct gate *g, size_t n, const pthread_t *threads)
{
    for (size_t i = 0; i < n; i++)
        must(sem_post(&g->go) == 0);
    for (size_t i = 0; i < n; i++)
        must(pthread_join(threads[i], NULL) == 0);
}

static void queue_writers(struct store *s, struct writer_thread *w, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        size_t before = store_stats(s).waiting;
        w[i] = (struct writer_thread){.s = s, .who = i, .n = 1};
        must(pthread_create(&w[i].thread, NULL, write_n, &w[i]) == 0);
        while (store_stats(s).waiting == before)
            (void)sched_yield();
    }
}

ENGINE_TEST(a_full_queue_is_busy_and_keeps_those_in_it)
{
    struct store *s = things_open(a, engine);
    struct writer_thread w[4];
    struct gate g;
    pthread_t threads[16];
    size_t gates = close_gate(&g, s, threads);
    s->queue_max = s->writers.wait_max = COUNT(w);
    queue_writers(s, w, COUNT(w));
    enum err e = ADD(s, a, .id = S("one too many"));
    open_gate(&g, gates, threads);
    for (size_t i = 0; i < COUNT(w); i++)
        must(pthread_join(w[i].thread, NULL) == 0);
    CHECK_ERR(E_BUSY, e);
    CHECK_I64((i64)COUNT(w), count_things(s));
}

static void *close_store(void *arg)
{
    store_close(arg);
    return NULL;
}

ENGINE_TEST(closing_finishes_what_is_queued)
{
    str url = help_database(a, engine);
    struct fault f = {0};
    struct store *s;
    struct writer_thread w[10];
    struct gate g;
    pthread_t threads[16], closer;
    things_open_with(a, (struct store_options){.url = url});
    CHECK_ERR(OK, store_open(&(struct store_options){.url = url, .unsafe = true}, &f, &s));
    size_t gates = close_gate(&g, s, threads);
    queue_writers(s, w, COUNT(w));
    must(pthread_create(&closer, NULL, close_store, s) == 0);
    open_gate(&g, gates, threads);
    must(pthread_join(closer, NULL) == 0);
    for (size_t i = 0; i < COUNT(w); i++) {
        must(pthread_join(w[i].thread, NULL) == 0);
        CHECK_I64(0, (i64)w[i].failed);
    }
    CHECK_STR(S("10"), help_sql_value(a, url, "SELECT count(*) FROM thing"));
}

ENGINE_TEST(closing_waits_for_a_lent_reader)
{
    str url = help_database(a, engine);
    struct fault f = {0};
    struct arena *b = arena_new();
    struct store *s;
    struct db *db;
    pthread_t closer;
    i64 n;
    things_open_with(a, (struct store_options){.url = url});
    CHECK_ERR(OK, store_open(&(struct store_options){.url = url, .unsafe = true}, &f, &s));
    CHECK_ERR(OK, store_read(s, b, &f, &db));
    must(pthread_create(&closer, NULL, close_store, s) == 0);
    enum err e = db_one(db, &thing_count, NULL, &n);
    arena_free(b);
    must(pthread_join(closer, NULL) == 0);
    CHECK_ERR(OK, e);
}

/* --- what was committed so far ------------------------------------------------------------------ */

static str version_of(struct arena *a, struct store *s)
{
    struct fault f = {0};
    struct db *db;
    str version;
    CHECK_ERR(OK, store_read(s, a, &f, &db));
    CHECK_ERR(OK, store_version(db, &version));
    store_read_end(db);
    CHECK(version.n > 0);
    return version;
}

/* PostgreSQL counts the transactions of all its databases: other tests may use some. */
static bool stays(struct arena *a, struct store *s)
{
    for (int tries = store_is_postgres(s) ? 1000 : 1; tries > 0; tries--)
        if (str_eq(version_of(a, s), version_of(a, s)))
            return true;
    return false;
}

static bool has(struct db *db, struct key key)
{
    struct thing row;
    return db_one(db, &thing_get, &key, &row) == OK;
}

ENGINE_TEST(the_version_stays_until_somebody_commits)
{
    str url = help_database(a, engine);
    struct store *s = things_open_with(a, (struct store_options){.url = url});
    struct store *other = help_open(a, url);
    CHECK(stays(a, s));
    str was = version_of(a, s), now;
    CHECK_ERR(OK, ADD(s, a, .id = S("ours")));
    now = version_of(a, s);
    CHECK(!str_eq(was, now));
    CHECK_ERR(OK, ADD(other, a, .id = S("another store's")));
    was = version_of(a, s);
    CHECK(!str_eq(was, now));
    help_sql(url, "DELETE FROM thing WHERE id = 'ours'");
    now = version_of(a, s);
    CHECK(!str_eq(was, now));
    CHECK(stays(a, s));
}

/* Between the version and the first statement somebody writes: what is read may be newer. */
ENGINE_TEST(what_is_read_is_as_new_as_its_version)
{
    str url = help_database(a, engine), version;
    struct store *s = things_open_with(a, (struct store_options){.url = url});
    struct fault f = {0};
    struct db *db;
    CHECK_ERR(OK, ADD(s, a, .id = S("one")));
    CHECK_ERR(OK, store_read(s, a, &f, &db));
    CHECK_ERR(OK, store_version(db, &version));
    CHECK(has(db, (struct key){S("one")}));
    CHECK_ERR(OK, ADD(s, a, .id = S("two")));
    CHECK(!has(db, (struct key){S("two")}));
    store_read_end(db);
    CHECK(!str_eq(version, version_of(a, s)));
}

ENGINE_TEST(a_version_never_comes_again)
{
    str url = help_database(a, engine);
    struct store *s = things_open_with(a, (struct store_options){.url = url});
    str seen[20];
    for (size_t i = 0; i < COUNT(seen); i++) {
        seen[i] = version_of(a, s);
        for (size_t k = 0; k < i; k++)
            CHECK(!str_eq(seen[i], seen[k]));
        CHECK_ERR(OK, ADD(s, a, .id = str_fmt(a, "%zu", i)));
    }
}
