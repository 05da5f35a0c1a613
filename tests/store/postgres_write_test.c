/* postgres_write_test.c - what PostgreSQL asks to run again, lost connections, other databases. */
#include "store/things.h"

#include <pthread.h>
#include <unistd.h>

#define PG_TEST(name)                                                                              \
    static void pg_##name(struct arena *a, str url);                                               \
    TEST(name)                                                                                     \
    {                                                                                              \
        if (!help_has(HELP_POSTGRESQL))                                                            \
            SKIP("PostgreSQL 15 is not installed");                                                \
        pg_##name(a, help_database(a, HELP_POSTGRESQL));                                           \
    }                                                                                              \
    static void pg_##name([[maybe_unused]] struct arena *a, str url)

static struct store *open_at(struct arena *a, str url)
{
    return things_open_with(a, (struct store_options){.url = url});
}

struct duty {
    struct store *s;
    str id;
    pthread_barrier_t *both;
    int runs;
    enum err e;
    pthread_t thread;
};

STMT on_duty = {.name = "on_duty",
                BOTH("SELECT count(*) FROM thing WHERE state = 'on duty'"),
                .out = n_cols,
                .nout = 1,
                .row = sizeof(i64)};

/* Goes off duty where another stays: both may think so at once. */
static enum err leave_duty(struct db *db, void *arg)
{
    struct duty *d = arg;
    i64 n;
    TRY(db_one(db, &on_duty, NULL, &n));
    if (d->runs++ == 0)
        (void)pthread_barrier_wait(d->both);
    return n < 2 ? E_DENIED : db_exec1(db, &thing_move, &(struct move){d->id, S("off"), 1});
}

static void *leave(void *arg)
{
    struct duty *d = arg;
    struct arena *a = arena_new();
    struct fault f = {0};
    d->e = store_write(d->s, a, &f, leave_duty, d);
    arena_free(a);
    return NULL;
}

PG_TEST(of_two_that_decide_on_what_the_other_changes_one_is_run_again)
{
    struct store *s = open_at(a, url);
    pthread_barrier_t both;
    struct duty d[2];
    must(pthread_barrier_init(&both, NULL, 2) == 0);
    for (size_t i = 0; i < 2; i++) {
        str id = str_fmt(a, "%zu", i);
        struct thing t = {.id = id, .state = S("on duty"), .rev = 1};
        CHECK_ERR(OK, write_stmt(s, a, &thing_add, &t));
        d[i] = (struct duty){.s = s, .id = id, .both = &both};
    }
    for (size_t i = 0; i < 2; i++)
        must(pthread_create(&d[i].thread, NULL, leave, &d[i]) == 0);
    for (size_t i = 0; i < 2; i++)
        must(pthread_join(d[i].thread, NULL) == 0);
    CHECK_I64(3, d[0].runs + d[1].runs);
    CHECK((d[0].e == OK && d[1].e == E_DENIED) || (d[0].e == E_DENIED && d[1].e == OK));
    CHECK_STR(S("1"), help_sql_value(a, url, "SELECT count(*) FROM thing WHERE state = 'off'"));
    CHECK_I64(1, (i64)store_stats(s).retries);
}

static enum err move_two(struct db *db, void *arg)
{
    struct duty *d = arg;
    bool first = str_eq(d->id, S("0"));
    TRY(db_exec(db, &thing_move, &(struct move){first ? S("0") : S("1"), S("x"), 1}));
    if (d->runs++ == 0)
        (void)pthread_barrier_wait(d->both);
    return db_exec(db, &thing_move, &(struct move){first ? S("1") : S("0"), S("x"), 1});
}

static void *move_crosswise(void *arg)
{
    struct duty *d = arg;
    struct arena *a = arena_new();
    struct fault f = {0};
    d->e = store_write(d->s, a, &f, move_two, d);
    arena_free(a);
    return NULL;
}

PG_TEST(two_that_lock_each_other_out_both_end_well)
{
    struct store *s = open_at(a, url);
    pthread_barrier_t both;
    struct duty d[2];
    must(pthread_barrier_init(&both, NULL, 2) == 0);
    CHECK_ERR(OK, ADD(s, a, .id = S("0")));
    CHECK_ERR(OK, ADD(s, a, .id = S("1")));
    for (size_t i = 0; i < 2; i++) {
        d[i] = (struct duty){.s = s, .id = str_fmt(a, "%zu", i), .both = &both};
        must(pthread_create(&d[i].thread, NULL, move_crosswise, &d[i]) == 0);
    }
    for (size_t i = 0; i < 2; i++) {
        must(pthread_join(d[i].thread, NULL) == 0);
        CHECK_ERR(OK, d[i].e);
    }
    CHECK(store_stats(s).retries >= 1);
}

STMT always_retry = {.name = "always_retry",
                     .postgres = "DO $$ BEGIN RAISE EXCEPTION SQLSTATE '40001'; END $$"};

PG_TEST(running_again_has_an_end)
{
    struct store *s = open_at(a, url);
    struct fault f;
    CHECK_ERR(E_BUSY, write_fault(s, a, &f, &always_retry, NULL));
    CHECK(strstr(f.text, "40001") != NULL);
    CHECK_I64(15, (i64)store_stats(s).retries);
}

/* Connections that are lost */
static void cut_connections(str url)
{
    help_sql(url, "SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity"
                  " WHERE datname = current_database() AND pid <> pg_backend_pid()");
}

PG_TEST(connections_lost_while_idle_are_made_anew)
{
    struct store *s = open_at(a, url);
    CHECK_ERR(OK, ADD(s, a, .id = S("1")));
    CHECK_I64(1, count_things(s));
    cut_connections(url);
    CHECK_I64(1, count_things(s));
    CHECK_ERR(OK, ADD(s, a, .id = S("2")));
    CHECK_I64(2, count_things(s));
}

struct cutter {
    str url;
    int runs;
    bool early;
};

static enum err add_and_be_cut(struct db *db, void *arg)
{
    struct cutter *c = arg;
    struct thing t = {.id = S("1"), .state = S("new")};
    if (c->runs++ == 0 && c->early)
        cut_connections(c->url);
    TRY(db_exec(db, &thing_add, &t));
    if (c->runs == 1 && !c->early)
        cut_connections(c->url);
    t.id = S("2");
    return db_exec(db, &thing_add, &t);
}

PG_TEST(a_write_whose_connection_is_lost_before_its_commit_is_run_again)
{
    struct store *s = open_at(a, url);
    for (int early = 0; early < 2; early++) {
        struct cutter c = {.url = url, .early = early};
        struct fault f = {0};
        CHECK_ERR(OK, store_write(s, a, &f, add_and_be_cut, &c));
        CHECK_I64(2, c.runs);
        CHECK_I64(2, count_things(s));
        help_sql(url, "DELETE FROM thing");
    }
}

static enum err add_and_cut_last(struct db *db, void *arg)
{
    struct cutter *c = arg;
    c->runs++;
    TRY(db_exec(db, &thing_add, &(struct thing){.id = S("1"), .state = S("new")}));
    cut_connections(c->url);
    return OK;
}

PG_TEST(a_write_whose_commit_is_in_doubt_is_not_run_again)
{
    struct store *s = open_at(a, url);
    struct cutter c = {.url = url};
    struct fault f = {0};
    CHECK_ERR(E_IO, store_write(s, a, &f, add_and_cut_last, &c));
    CHECK_I64(1, c.runs);
    CHECK_ERR(OK, ADD(s, a, .id = S("2")));
}

PG_TEST(a_read_whose_connection_is_lost_fails_and_the_next_does_not)
{
    struct store *s = open_at(a, url);
    struct fault f = {0};
    struct db *db;
    i64 n;
    CHECK_ERR(OK, store_read(s, a, &f, &db));
    CHECK_ERR(OK, db_one(db, &thing_count, NULL, &n));
    cut_connections(url);
    CHECK_ERR(E_IO, db_one(db, &thing_count, NULL, &n));
    store_read_end(db);
    CHECK_I64(0, count_things(s));
}

PG_TEST(a_table_that_another_node_changed_is_planned_anew)
{
    struct store *s = open_at(a, url);
    struct thing t;
    CHECK_ERR(OK, ADD(s, a, .id = S("1")));
    CHECK_ERR(OK, get_thing(s, a, S("1"), &t));
    help_sql(url, "ALTER TABLE thing ALTER COLUMN state TYPE varchar(20)");
    CHECK_ERR(E_IO, get_thing(s, a, S("1"), &t));
    CHECK_ERR(OK, get_thing(s, a, S("1"), &t));
    CHECK_STR(S("new"), t.state);
}

PG_TEST(notices_and_values_stay_out_of_faults)
{
    static const struct stmt notice = {
        .name = "notice",
        .postgres = "DO $$ BEGIN RAISE NOTICE 'geheim'; RAISE EXCEPTION 'geheim'; END $$"};
    static const struct stmt cast = {.name = "cast",
                                     .postgres = "UPDATE thing SET n = CAST(state AS BIGINT)"};
    struct store *s = open_at(a, url);
    struct thing secret = {.id = S("1"), .state = S("geheim")};
    struct fault f;
    CHECK_ERR(OK, write_stmt(s, a, &thing_add, &secret));
    FILE *heard = tmpfile();
    int stderr_was = dup(STDERR_FILENO);
    must(heard != NULL && dup2(fileno(heard), STDERR_FILENO) >= 0);
    enum err e = write_fault(s, a, &f, &notice, NULL);
    must(dup2(stderr_was, STDERR_FILENO) >= 0 && close(stderr_was) == 0);
    CHECK_I64(0, lseek(fileno(heard), 0, SEEK_END));
    must(fclose(heard) == 0);
    CHECK_ERR(E_INVALID, e);
    CHECK(strstr(f.text, "geheim") == NULL);
    CHECK_ERR(E_INVALID, write_fault(s, a, &f, &cast, NULL));
    CHECK(strstr(f.text, "geheim") == NULL && strstr(f.text, "22P02") != NULL);
}

/* Databases that would compare or hold text otherwise */
static str with_name(struct arena *a, str url, const char *name)
{
    ptrdiff_t query = str_find_char(url, '?');
    str head = str_sub(url, 0, (size_t)query);
    while (head.p[head.n - 1] != '/')
        head.n--;
    return str_fmt(a, "%.*s%s%.*s", SV(head), name, SV(str_from(url, (size_t)query)));
}

static void check_refused(struct arena *a, str url, const char *options, const char *why)
{
    struct fault f = {0};
    struct store *s = NULL;
    help_sql(url, "DROP DATABASE IF EXISTS odd_one");
    help_sql(url,
             str_to_z(a, str_fmt(a, "CREATE DATABASE odd_one TEMPLATE template0 %s", options)));
    enum err e = store_open(&(struct store_options){.url = with_name(a, url, "odd_one")}, &f, &s);
    help_sql(url, "DROP DATABASE odd_one WITH (FORCE)");
    CHECK_ERR(E_IO, e);
    CHECK(strstr(f.text, why) != NULL);
}

PG_TEST(a_database_that_compares_text_otherwise_is_refused)
{
    check_refused(a, url, "LOCALE_PROVIDER icu ICU_LOCALE 'en-US'", "collation");
    check_refused(a, url, "ENCODING 'LATIN1' LOCALE 'C'", "encoding");
}
