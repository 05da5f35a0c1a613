/* sqlite_writer_test.c - many writes in one transaction, and what becomes of them when it fails. */
#include "store/things.h"

#include "store/conn.h"

#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

STMT add_or_roll_back = {.name = "add_or_roll_back",
                         .sqlite =
                             "INSERT OR ROLLBACK INTO thing (id, n, state) VALUES (?1, 0, 'new')",
                         IN(key_cols)};

/* A write in a thread of its own. */
struct call {
    struct store *s;
    store_fn *fn;
    void *arg;
    enum err e;
    struct fault f;
    pthread_t thread;
};

static void *run_call(void *arg)
{
    struct call *c = arg;
    struct arena *a = arena_new();
    c->e = store_write(c->s, a, &c->f, c->fn, c->arg);
    arena_free(a);
    return NULL;
}

static void call_begin(struct store *s, struct call *c)
{
    c->s = s;
    must(pthread_create(&c->thread, NULL, run_call, c) == 0);
}

struct gate {
    sem_t entered, go;
    bool open; /* it runs again, when another of its transaction fails */
};

static enum err wait_at_gate(struct db *db, void *arg)
{
    struct gate *g = arg;
    (void)db;
    if (g->open)
        return OK;
    (void)sem_post(&g->entered);
    while (sem_wait(&g->go) != 0)
        continue;
    g->open = true;
    return OK;
}

/* All calls wait together, and so are in one transaction, as far as they fit. */
static void run_together(struct store *s, struct call *c, size_t n)
{
    s->batch_us = 60 * 1000000; /* however slow this machine is */
    struct gate g = {0};
    struct call first = {.fn = wait_at_gate, .arg = &g};
    must(sem_init(&g.entered, 0, 0) == 0 && sem_init(&g.go, 0, 0) == 0);
    call_begin(s, &first);
    must(sem_wait(&g.entered) == 0);
    for (size_t i = 0; i < n; i++) {
        call_begin(s, &c[i]);
        while (store_stats(s).waiting == i)
            (void)sched_yield();
    }
    must(sem_post(&g.go) == 0);
    must(pthread_join(first.thread, NULL) == 0);
    for (size_t i = 0; i < n; i++)
        must(pthread_join(c[i].thread, NULL) == 0);
}

static struct one_stmt *adding(struct arena *a, const struct stmt *q, str id)
{
    struct one_stmt *x = NEW(a, struct one_stmt);
    struct thing *t = NEW(a, struct thing);
    *t = (struct thing){.id = id, .state = S("new"), .rev = 1}; /* its first field is a key's */
    *x = (struct one_stmt){q, t};
    return x;
}

TEST(those_who_wait_together_share_a_commit)
{
    struct store *s = things_open(a, HELP_SQLITE);
    struct call c[100] = {0};
    for (size_t i = 0; i < COUNT(c); i++)
        c[i] = (struct call){.fn = run_one, .arg = adding(a, &thing_add, str_fmt(a, "%zu", i))};
    uint64_t before = store_stats(s).commits;
    run_together(s, c, COUNT(c));
    for (size_t i = 0; i < COUNT(c); i++)
        CHECK_ERR(OK, c[i].e);
    CHECK_I64(100, count_things(s));
    CHECK_I64(2, (i64)(store_stats(s).commits - before)); /* 64 at most in one */
}

static enum err count_to_arg(struct db *db, void *arg)
{
    return db_one(db, &thing_count, NULL, arg);
}

TEST(a_write_sees_those_before_it_but_not_the_failed_ones)
{
    struct store *s = things_open(a, HELP_SQLITE);
    i64 seen = 0;
    struct call c[] = {
        {.fn = run_one, .arg = adding(a, &thing_add, S("1"))},
        {.fn = run_one, .arg = adding(a, &thing_add, S("1"))},
        {.fn = run_one, .arg = adding(a, &thing_add, S(""))},
        {.fn = run_one, .arg = adding(a, &thing_add, S("2"))},
        {.fn = count_to_arg, .arg = &seen},
    };
    run_together(s, c, COUNT(c));
    CHECK_ERR(OK, c[0].e);
    CHECK_ERR(E_CONFLICT, c[1].e);
    CHECK_ERR(E_INVALID, c[2].e);
    CHECK_ERR(OK, c[3].e);
    CHECK_ERR(OK, c[4].e);
    CHECK_I64(2, seen);
    CHECK_I64(2, count_things(s));
}

static enum err add_last(struct db *db, void *arg)
{
    const struct one_stmt *x = arg;
    return db_exec_last(db, x->q, x->in);
}

static enum err add_last_and_fail(struct db *db, void *arg)
{
    enum err e = add_last(db, arg);
    return e == OK ? E_DENIED : e;
}

TEST(what_comes_last_is_done_behind_the_writes_of_others_and_only_for_those_that_are_kept)
{
    struct store *s = things_open(a, HELP_SQLITE);
    i64 seen = -1;
    struct call c[] = {
        {.fn = add_last, .arg = adding(a, &thing_add, S("1"))},
        {.fn = count_to_arg, .arg = &seen},
        {.fn = add_last_and_fail, .arg = adding(a, &thing_add, S("2"))},
    };
    run_together(s, c, COUNT(c));
    CHECK_ERR(OK, c[0].e);
    CHECK_ERR(E_DENIED, c[2].e);
    CHECK_I64(0, seen); /* not done yet */
    CHECK_I64(1, count_things(s));
}

TEST(what_fails_last_fails_all_that_were_in_the_transaction)
{
    struct store *s = things_open(a, HELP_SQLITE);
    struct call c[] = {
        {.fn = run_one, .arg = adding(a, &thing_add, S("1"))},
        {.fn = add_last, .arg = adding(a, &thing_add, S("1"))},
        {.fn = run_one, .arg = adding(a, &thing_add, S("2"))},
    };
    run_together(s, c, COUNT(c));
    for (size_t i = 0; i < COUNT(c); i++)
        CHECK_ERR(E_IO, c[i].e);
    CHECK_I64(0, count_things(s));
    CHECK_ERR(OK, ADD(s, a, .id = S("3"))); /* and the next one works */
    CHECK_I64(1, count_things(s));
}

TEST(a_write_that_loses_the_transaction_in_the_middle_takes_no_other_with_it)
{
    struct store *s = things_open(a, HELP_SQLITE);
    struct call c[] = {
        {.fn = run_one, .arg = adding(a, &thing_add, S("1"))},
        {.fn = run_one, .arg = adding(a, &add_or_roll_back, S("1"))},
        {.fn = run_one, .arg = adding(a, &thing_add, S("2"))},
    };
    run_together(s, c, COUNT(c));
    CHECK_ERR(OK, c[0].e);
    CHECK_ERR(E_CONFLICT, c[1].e);
    CHECK_ERR(OK, c[2].e);
    CHECK_I64(2, count_things(s));
    CHECK_ERR(E_CONFLICT, ADD(s, a, .id = S("1")));
}

TEST(the_log_is_moved_into_the_database_before_it_grows_large)
{
    str url = help_database(a, HELP_SQLITE);
    struct store *s = things_open_with(a, (struct store_options){.url = url});
    char *bytes = NEWS(a, char, 64000);
    struct stat st;
    for (int i = 0; i < 800; i++) {
        struct arena *b = arena_new();
        struct thing t = {.id = str_fmt(b, "%d", i), .state = S("new"), .box = {bytes, 64000}};
        CHECK_ERR(OK, write_stmt(s, b, &thing_add, &t));
        arena_free(b);
    }
    CHECK(stat(str_to_z(a, str_join(a, url, S("-wal"))), &st) == 0);
    CHECK(st.st_size < 20 << 20); /* of 51 MB written */
    CHECK(stat(str_to_z(a, url), &st) == 0);
    CHECK(st.st_size > 30 << 20);
}

/* The disk is full, as far as this process knows. */
static void limit_files(rlim_t bytes)
{
    struct rlimit limit;
    must(getrlimit(RLIMIT_FSIZE, &limit) == 0);
    limit.rlim_cur = bytes;
    must(setrlimit(RLIMIT_FSIZE, &limit) == 0);
}

static void fill_the_disk(str url)
{
    struct arena *a = arena_new();
    struct store *s = things_open_and_leave(a, url);
    struct stat st;
    (void)signal(SIGXFSZ, SIG_IGN);
    if (ADD(s, a, .id = S("before")) != OK)
        _exit(1);
    must(stat(str_to_z(a, str_join(a, url, S("-wal"))), &st) == 0);
    limit_files((rlim_t)st.st_size + 100);
    struct call c[5] = {0};
    for (size_t i = 0; i < COUNT(c); i++)
        c[i] =
            (struct call){.fn = run_one, .arg = adding(a, &thing_add, str_fmt(a, "full %zu", i))};
    run_together(s, c, COUNT(c));
    for (size_t i = 0; i < COUNT(c); i++)
        if (c[i].e != E_IO)
            _exit(2);
    limit_files(RLIM_INFINITY);
    if (ADD(s, a, .id = S("after")) != OK)
        _exit(3);
    store_close(s);
    arena_free(a);
    _exit(0);
}

TEST(a_commit_that_fails_fails_its_whole_batch_and_no_more)
{
    str url = help_database(a, HELP_SQLITE);
    int status;
    pid_t pid = fork();
    if (pid == 0)
        fill_the_disk(url);
    CHECK(waitpid(pid, &status, 0) == pid);
    CHECK(WIFEXITED(status));
    CHECK_I64(0, WEXITSTATUS(status));
    CHECK_STR(S("after,before"), help_sql_value(a, url,
                                                "SELECT group_concat(id) FROM"
                                                " (SELECT id FROM thing ORDER BY id)"));
    CHECK_STR(S("ok"), help_sql_value(a, url, "PRAGMA integrity_check"));
}

TEST(another_process_lock_is_waited_for_and_then_busy)
{
    str url = help_database(a, HELP_SQLITE);
    struct store *s = things_open_with(a, (struct store_options){.url = url, .busy_ms = 30});
    sqlite3 *h;
    must(sqlite3_open(str_to_z(a, url), &h) == SQLITE_OK);
    must(sqlite3_exec(h, "BEGIN IMMEDIATE", NULL, NULL, NULL) == SQLITE_OK);
    enum err locked = ADD(s, a, .id = S("1"));
    must(sqlite3_exec(h, "ROLLBACK", NULL, NULL, NULL) == SQLITE_OK);
    must(sqlite3_close(h) == SQLITE_OK);
    CHECK_ERR(E_BUSY, locked);
    CHECK_ERR(OK, ADD(s, a, .id = S("1")));
    CHECK_I64(1, count_things(s));
}

static enum err write_inside(struct db *db, void *arg)
{
    return ADD(arg, db_arena(db), .id = S("inside"));
}

TEST(a_write_inside_a_write_is_a_bug_and_ends_the_program)
{
    str url = help_database(a, HELP_SQLITE);
    int status;
    pid_t pid = fork();
    if (pid == 0) {
        struct fault f = {0};
        struct store *s = things_open_and_leave(a, url);
        (void)close(STDERR_FILENO);
        _exit(store_write(s, a, &f, write_inside, s) == OK);
    }
    CHECK(waitpid(pid, &status, 0) == pid);
    CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
}
