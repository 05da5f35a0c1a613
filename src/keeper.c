/* keeper.c - the thread of the server that keeps what followers of JVN ask for as new as what is public.
 *
 * That is the index of MyJVN, and the files.  A release is in them before anybody asks, and after a start what was asked for within a day
 * before is made again: a file for each language says when that was. */
#include "app/boot.h"
#include "app/jvn_index.h"
#include "app/jvn_kept.h"
#include "io/memory.h"
#include "serve.h"
#include "web/pages/jvn_files_page.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { LOOK_MS = 2000, NOTED_S = 600, DAY_S = 86400 };

/* what: "myjvn", "jvn-files" */
static const char *note_of(struct server *sv, struct arena *a, const char *what, enum lang lang)
{
    return str_to_z(
        a, str_fmt(a, "%.*s/%s-%s.asked", SV(sv->data_dir), what, lang == LANG_JA ? "ja" : "en"));
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

/* Whether somebody asked within an hour, which is noted now and then for the next start; or,
 * started just now, within a day before. */
static bool is_wanted(const char *path, i64 now, i64 asked, bool started)
{
    bool is = now - asked < HOUR;
    if (is && noted_since(path) > NOTED_S)
        note(path);
    return is || (started && noted_since(path) < DAY_S);
}

/* The files are of what the index has; they are looked at when something was released.
 * *kept: the generation of the last time. */
static void keep(struct server *sv, enum lang lang, bool started, i64 *kept)
{
    struct arena *a = arena_new();
    struct ctx *cx = ctx_new(a, sv->app);
    i64 generation = *kept;
    cx->lang = lang;
    bool files = is_wanted(note_of(sv, a, "jvn-files", lang), cx->now,
                           jvn_kept_asked(sv->app->jvn_kept, lang), started);
    bool index = is_wanted(note_of(sv, a, "myjvn", lang), cx->now,
                           jvn_index_asked(sv->app->jvn, lang), started);
    enum err e = index || files ? jvn_index_keep(cx, lang, true) : OK; /* else with a request */
    if (e == OK && files)
        e = app_generation(cx, &generation);
    if (e == OK && generation != *kept && jvn_files_keep(cx, &sv->keeper.stopping) == OK)
        *kept = generation;
    if (started && files)
        memory_give_back(); /* all of them were written */
    app_read_end(cx);
    arena_free(a);
}

static void run(struct server *sv)
{
    i64 kept[LANG_COUNT] = {-1, -1};
    for (bool started = true; !sv->keeper.stopping; started = false) {
        for (enum lang g = 0; g < LANG_COUNT && !sv->keeper.stopping; g++)
            keep(sv, g, started, &kept[g]);
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
