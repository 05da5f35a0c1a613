/* release_kill_test.c - kill -9 while a release is made: all of it is public, or nothing.
 *
 * The process that forks opens no database and has no threads; all that does is its children. */
#include "app/provider.h"
#include "formats/openpgp_sign.h"
#include "help/planned.h"
#include "io/shelf.h"
#include "t.h"

#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

enum { KILLS = 12, FILE_KILLS = 3 };

struct world {
    struct arena *a;
    const char *engine;
    str url, root, case_id, plan_id;
    i64 at;
};

static void reap(pid_t pid, int want)
{
    int status;
    while (waitpid(pid, &status, 0) != pid)
        continue;
    if (WIFEXITED(status) ? WEXITSTATUS(status) != want : WTERMSIG(status) != want)
        (void)fprintf(stderr, "a child's end is %#x\n", (unsigned)status);
    CHECK(want == SIGKILL ? WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL
                          : WIFEXITED(status) && WEXITSTATUS(status) == want);
}

/* --- children ----------------------------------------------------------------------------------- */

/* Japanese and English of one instant, approved. */
static void be_planner(const struct world *x)
{
    struct arena *a = arena_new();
    struct stage *st = NEW(a, struct stage);
    *st = (struct stage){.a = a, .url = x->url, .app = stage_boot(a, x->url)};
    struct walk *w = planned_case(st);
    plan_approve(w, plan_add(w, "ja", "first", HOUR));
    plan_approve(w, plan_add(w, "en", "first", HOUR));
    _exit(0);
}

static struct app *open_world(struct arena *a, const struct world *x)
{
    struct app *app = stage_boot(a, x->url);
    clock_set(&app->clock, x->at);
    return app;
}

static enum err die(struct ctx *cx, void *arg)
{
    (void)cx;
    (void)arg;
    (void)raise(SIGKILL);
    return E_IO;
}

/* All is written, nothing is committed. */
static void be_killed_before_commit(const struct world *x)
{
    struct arena *a = arena_new();
    struct stage *st = NEW(a, struct stage);
    *st = (struct stage){.a = a, .url = x->url, .app = open_world(a, x)};
    struct ctx *cx = stage_as(st, "coordinator");
    cx->once_key = hash_of(a, S("key"));
    cx->once_body = hash_of(a, S("body"));
    cx->once_last.fn = die;
    (void)release_plan_run(cx, x->case_id, x->plan_id);
    _exit(3);
}

static size_t release_all(struct arena *a, struct app *app)
{
    struct ctx *cx = ctx_new(a, app);
    size_t n = 0;
    if (releases_due(cx, &n) != OK)
        _exit(4);
    app_read_end(cx);
    return n;
}

/* says when it begins; the parent kills it some time later */
static void be_releaser(const struct world *x, int fd)
{
    struct arena *a = arena_new();
    struct app *app = open_world(a, x);
    if (write(fd, "!", 1) != 1)
        _exit(5);
    (void)release_all(a, app);
    for (;;)
        (void)pause();
}

static void be_killed_after_commit(const struct world *x)
{
    struct arena *a = arena_new();
    (void)release_all(a, open_world(a, x));
    (void)raise(SIGKILL);
}

struct pen {
    struct pgp_signer own;
    size_t left; /* texts that are signed before the end; 0: no end */
};

static enum err sign(void *arg, struct arena *a, struct fault *f, const struct sign_text *texts,
                     size_t n, str *out)
{
    struct pen *pen = arg;
    (void)f;
    for (size_t i = 0; i < n; i++) {
        if (pen->left > 0 && --pen->left == 0)
            (void)raise(SIGKILL);
        out[i] = pgp_sign(a, &pen->own, texts[i].bytes, texts[i].at);
    }
    return OK;
}

static void be_press(const struct world *x, size_t left)
{
    struct arena *a = arena_new();
    struct app *app = open_world(a, x);
    random_seed(&app->random, 100 + left); /* each its own names, as in life */
    struct pen pen = {.own = {.seed = {7}, .user = S("Portal <psirt@example.jp>")}, .left = left};
    struct provider_signer signer = {
        .key = {pgp_signer_fingerprint(a, &pen.own), pgp_signer_public(a, &pen.own), 0},
        .sign = sign,
        .arg = &pen};
    struct provider_done done;
    struct fault f = {0};
    enum err e = provider_publish(app, str_to_z(a, x->root), &signer, &f, &done);
    if (e != OK)
        (void)fprintf(stderr, "public files: %s\n", f.text);
    _exit(e == OK && done.shown ? 0 : 6);
}

/* --- what there is ------------------------------------------------------------------------------ */

/* "publications, plans released, acts of the step" */
static str public_state(const struct world *x)
{
    return help_sql_value(x->a, x->url,
                          "SELECT (SELECT count(*) FROM publication) || ' ' || "
                          "(SELECT count(*) FROM release_plan WHERE released_at IS NOT NULL) || "
                          "' ' || (SELECT count(*) FROM act WHERE step = '5.2.2')");
}

static bool has_files(const struct world *x)
{
    return shelf_current(x->a, str_to_z(x->a, x->root)).p != NULL;
}

static struct world *new_world(struct arena *a, const char *engine)
{
    struct world *x = NEW(a, struct world);
    *x = (struct world){.a = a, .engine = engine, .url = stage_database(a, engine)};
    x->root = help_folder(a);
    pid_t pid = fork();
    if (pid == 0)
        be_planner(x);
    reap(pid, 0);
    x->case_id = help_sql_value(a, x->url, "SELECT case_id FROM release_plan LIMIT 1");
    x->plan_id = help_sql_value(a, x->url, "SELECT id FROM release_plan WHERE lang = 'ja'");
    str at = help_sql_value(a, x->url, "SELECT min(at) FROM release_plan");
    must(str_i64(at, &x->at));
    return x;
}

/* Somewhere between the first statement and long after the commit. */
static void kill_somewhere(const struct world *x, int turn)
{
    int ready[2];
    char c;
    must(pipe(ready) == 0);
    pid_t pid = fork();
    if (pid == 0)
        be_releaser(x, ready[1]);
    (void)close(ready[1]);
    must(read(ready[0], &c, 1) == 1);
    (void)usleep((useconds_t)(turn * turn * 400));
    must(kill(pid, SIGKILL) == 0);
    reap(pid, SIGKILL);
    (void)close(ready[0]);
}

/* --- the test ----------------------------------------------------------------------------------- */

ENGINE_TEST(whoever_kills_the_release_finds_all_of_it_or_nothing)
{
    struct world *x = new_world(a, engine);
    CHECK_STR(S("0 0 0"), public_state(x));
    pid_t pid = fork();
    if (pid == 0)
        be_killed_before_commit(x);
    reap(pid, SIGKILL);
    CHECK_STR(S("0 0 0"), public_state(x));
    for (int turn = 0; turn < KILLS; turn++) {
        kill_somewhere(x, turn);
        str now = public_state(x);
        CHECK(str_eq(now, S("0 0 0")) || str_eq(now, S("2 2 1")));
    }
    if ((pid = fork()) == 0)
        be_killed_after_commit(x);
    reap(pid, SIGKILL);
    CHECK_STR(S("2 2 1"), public_state(x));
    for (size_t left = 1; left <= FILE_KILLS; left++) {
        if ((pid = fork()) == 0)
            be_press(x, left);
        reap(pid, SIGKILL);
        CHECK(!has_files(x)); /* none of the new generation, as there was none before */
    }
    if ((pid = fork()) == 0)
        be_press(x, 0);
    reap(pid, 0);
    CHECK(has_files(x));
    CHECK_STR(S("2"), help_sql_value(a, x->url, "SELECT sum(revision) FROM release_plan"));
    CHECK_STR(S("2 2 1"), public_state(x));
}
