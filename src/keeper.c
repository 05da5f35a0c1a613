/* keeper.c - the thread of the server that keeps the index of MyJVN as new as what is public.
 *
 * A release is in it before anybody asks, and after a start what was asked for within a day
 * before is made again: a file for each language says when that was. */
#include "app/boot.h"
#include "app/jvn_index.h"
#include "serve.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { LOOK_MS = 2000, NOTED_S = 600, DAY_S = 86400 };

static const char *note_of(struct server *sv, struct arena *a, enum lang lang)
{
    return str_to_z(
        a, str_fmt(a, "%.*s/myjvn-%s.asked", SV(sv->data_dir), lang == LANG_JA ? "ja" : "en"));
}

/* Seconds since it was noted; many: never. */
static i64 noted_since(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 ? (i64)(time(NULL) - st.st_mtim.tv_sec) : INT64_MAX;
}

static void note(const char *path)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0)
        return; /* then the next start makes nothing before it is asked */
    (void)!write(fd, "\n", 1);
    (void)close(fd);
}

static void keep(struct server *sv, enum lang lang, bool started)
{
    struct arena *a = arena_new();
    struct ctx *cx = ctx_new(a, sv->app);
    const char *path = note_of(sv, a, lang);
    cx->now = clock_now(&sv->app->clock);
    (void)jvn_index_keep(cx, lang, started && noted_since(path) < DAY_S); /* else with a request */
    if (cx->now - jvn_index_asked(sv->app->jvn, lang) < HOUR && noted_since(path) > NOTED_S)
        note(path);
    app_read_end(cx);
    arena_free(a);
}

static void run(struct server *sv)
{
    for (bool started = true; !sv->keeper.stopping; started = false) {
        for (enum lang g = 0; g < LANG_COUNT && !sv->keeper.stopping; g++)
            keep(sv, g, started);
        runner_rest(&sv->keeper, LOOK_MS);
    }
}

void serve_keeper_start(struct server *sv)
{
    runner_start(&sv->keeper, sv, run);
}

bool serve_keeper_stop(struct server *sv)
{
    jvn_index_end(sv->app->jvn);
    return runner_stop(&sv->keeper, 2);
}
