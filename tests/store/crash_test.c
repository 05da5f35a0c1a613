/* crash_test.c - several processes on one database, and one that is killed while it writes. */
#include "store/things.h"

#include <pthread.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

enum { THREADS = 16, ACKNOWLEDGED = 400, ID = 12 };

static void reap(pid_t pid, int want)
{
    int status;
    while (waitpid(pid, &status, 0) != pid)
        continue;
    CHECK(want == SIGKILL ? WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL
                          : WIFEXITED(status) && WEXITSTATUS(status) == want);
}

static struct store *open_or_exit(str url, bool unsafe)
{
    struct fault f = {0};
    struct store *s;
    if (store_open(&(struct store_options){.url = url, .unsafe = unsafe}, &f, &s) == OK)
        return s;
    (void)fprintf(stderr, "%s\n", f.text);
    _exit(9);
}

struct reporter {
    struct store *s;
    int fd;
    unsigned who;
};

/* Writes for ever, and reports each id when its write was answered. */
static void *write_and_report(void *arg)
{
    const struct reporter *r = arg;
    for (unsigned i = 0;; i++) {
        struct arena *a = arena_new();
        str id = str_fmt(a, "%03u-%08u", r->who, i);
        must(id.n == ID);
        if (ADD(r->s, a, .id = id) != OK || write(r->fd, id.p, id.n) != (ssize_t)id.n)
            _exit(8);
        arena_free(a);
    }
}

static void be_writer(str url, int fd)
{
    struct store *s = open_or_exit(url, false);
    struct reporter r[THREADS];
    pthread_t thread;
    for (unsigned i = 0; i < THREADS; i++) {
        r[i] = (struct reporter){s, fd, i};
        must(pthread_create(&thread, NULL, write_and_report, &r[i]) == 0);
    }
    must(pthread_join(thread, NULL) == 0);
    _exit(7);
}

static bool read_id(int fd, char *id)
{
    for (size_t n = 0; n < ID;) {
        ssize_t got = read(fd, id + n, ID - n);
        if (got <= 0)
            return false;
        n += (size_t)got;
    }
    return true;
}

ENGINE_TEST(what_was_answered_survives_a_kill)
{
    str url = help_database(a, engine);
    int pipes[2];
    store_close(things_open_and_leave(a, url));
    must(pipe(pipes) == 0);
    pid_t pid = fork();
    if (pid == 0)
        be_writer(url, pipes[1]);
    (void)close(pipes[1]);
    struct key *ids = NEWS(a, struct key, ACKNOWLEDGED + 100000 / ID);
    size_t n = 0;
    char id[ID];
    while (n < ACKNOWLEDGED && read_id(pipes[0], id))
        ids[n++].id = str_copy(a, (str){id, ID});
    must(kill(pid, SIGKILL) == 0);
    while (n < ACKNOWLEDGED + 100000 / ID && read_id(pipes[0], id))
        ids[n++].id = str_copy(a, (str){id, ID});
    reap(pid, SIGKILL);
    (void)close(pipes[0]);

    struct store *s = help_open(a, url);
    struct fault f = {0};
    struct thing t;
    struct db *db;
    CHECK(n >= ACKNOWLEDGED);
    CHECK_ERR(OK, store_read(s, a, &f, &db));
    for (size_t i = 0; i < n; i++)
        CHECK_ERR(OK, db_one(db, &thing_get, &ids[i], &t));
    store_read_end(db);
    CHECK_ERR(OK, ADD(s, a, .id = S("and it goes on")));
    if (!store_is_postgres(s))
        CHECK_STR(S("ok"), help_sql_value(a, url, "PRAGMA integrity_check"));
}

/* What a CLI command does beside a running server. */
static void be_command(str url, unsigned who, unsigned n)
{
    struct store *s = open_or_exit(url, true);
    struct arena *a = arena_new();
    int status = 0;
    for (unsigned i = 0; i < n; i++)
        if (ADD(s, a, .id = str_fmt(a, "cli%u-%u", who, i)) != OK)
            status = 6;
    store_close(s);
    arena_free(a);
    _exit(status);
}

struct server_thread {
    struct store *s;
    unsigned who, n, failed;
    _Atomic bool *stop;
    pthread_t thread;
};

static void *serve(void *arg)
{
    struct server_thread *t = arg;
    while (!*t->stop) {
        struct arena *a = arena_new();
        str id = str_fmt(a, "server%u-%u", t->who, t->n++);
        t->failed += ADD(t->s, a, .id = id) != OK;
        arena_free(a);
    }
    return NULL;
}

ENGINE_TEST(commands_write_beside_a_busy_server)
{
    str url = help_database(a, engine);
    struct server_thread t[4];
    _Atomic bool stop = false;
    pid_t pid[3];
    store_close(things_open_and_leave(a, url));
    for (unsigned i = 0; i < COUNT(pid); i++)
        if ((pid[i] = fork()) == 0)
            be_command(url, i, 20);
    struct store *s = help_open(a, url);
    for (unsigned i = 0; i < COUNT(t); i++) {
        t[i] = (struct server_thread){.s = s, .who = i, .stop = &stop};
        must(pthread_create(&t[i].thread, NULL, serve, &t[i]) == 0);
    }
    for (unsigned i = 0; i < COUNT(pid); i++)
        reap(pid[i], 0);
    stop = true;
    i64 total = 20 * COUNT(pid);
    for (unsigned i = 0; i < COUNT(t); i++) {
        must(pthread_join(t[i].thread, NULL) == 0);
        CHECK_I64(0, t[i].failed);
        total += t[i].n;
    }
    CHECK_I64(total, count_things(s));
}

static void be_migrator(str url)
{
    struct store *s = open_or_exit(url, true);
    struct arena *a = arena_new();
    struct fault f = {0};
    int applied;
    enum err e = migrate_apply(s, a, &f, things, COUNT(things), &applied);
    if (e != OK)
        (void)fprintf(stderr, "%s\n", f.text);
    store_close(s);
    arena_free(a);
    _exit(e == OK ? applied : 5);
}

ENGINE_TEST(processes_that_start_at_once_make_one_schema)
{
    for (int turn = 0; turn < 5; turn++) {
        str url = help_database(a, engine);
        pid_t pid[4];
        int applied = 0;
        for (size_t i = 0; i < COUNT(pid); i++)
            if ((pid[i] = fork()) == 0)
                be_migrator(url);
        for (size_t i = 0; i < COUNT(pid); i++) {
            int status;
            CHECK(waitpid(pid[i], &status, 0) == pid[i]);
            CHECK(WIFEXITED(status) && WEXITSTATUS(status) <= 1);
            applied += WEXITSTATUS(status);
        }
        CHECK_I64(1, applied);
        CHECK_STR(S("1"), help_sql_value(a, url, "SELECT count(*) FROM migration"));
    }
}

/* SQLite does not wait by itself for all of the locks that a new file needs. */
TEST(processes_that_make_a_file_at_once_all_open_it)
{
    for (int turn = 0; turn < 20; turn++) {
        struct arena *b = arena_new();
        str url = help_database(b, HELP_SQLITE);
        pid_t pid[8];
        int go[2], failed = 0;
        char c;
        must(pipe(go) == 0);
        for (size_t i = 0; i < COUNT(pid); i++)
            if ((pid[i] = fork()) == 0) {
                (void)close(go[1]);
                (void)!read(go[0], &c, 1); /* until all are there */
                store_close(open_or_exit(url, true));
                _exit(0);
            }
        (void)close(go[0]);
        (void)close(go[1]);
        for (size_t i = 0; i < COUNT(pid); i++) {
            int status;
            must(waitpid(pid[i], &status, 0) == pid[i]);
            failed += status != 0;
        }
        arena_free(b);
        CHECK_I64(0, failed);
    }
}
