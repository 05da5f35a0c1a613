/* housekeeping.c - what time alone brings about, while the server runs. */
#include "app/attach.h"
#include "app/auth.h"
#include "app/cases.h"
#include "app/health.h"
#include "app/jvn_index.h"
#include "app/jvn_kept.h"
#include "app/outbox.h"
#include "app/release_plan.h"
#include "io/memory.h"
#include "serve.h"
#include "web/kept.h"

#include <string.h>

/* A planned date that has passed opens steps: their cases are settled anew. */
static void settle_due_cases(struct server *sv, i64 now)
{
    struct arena *a = arena_new();
    struct ctx *cx = ctx_new(a, sv->app);
    cx->now = now;
    (void)cases_settle_due(cx); /* what could not be done is done in ten seconds */
    app_read_end(cx);
    arena_free(a);
}

/* What was approved for an instant that has come becomes public. */
static void release_due(struct server *sv, i64 now)
{
    struct arena *a = arena_new();
    struct ctx *cx = ctx_new(a, sv->app);
    size_t released = 0;
    cx->now = now;
    (void)releases_due(cx, &released); /* what could not be done is done in a second */
    app_read_end(cx);
    if (cx->generation > 0)
        serve_generation_moved(sv, cx->generation);
    arena_free(a);
}

/* Every change may be one of a record that was approved: the version of the store tells. */
static void look_at_plans(struct server *sv, i64 now)
{
    struct arena *a = arena_new();
    struct ctx *cx = ctx_new(a, sv->app);
    str version;
    cx->now = now;
    bool same = app_version(cx, &version) == OK && str_eq(version, str_z(sv->looked));
    if (!same && releases_look(cx) == OK && version.n < sizeof sv->looked) {
        memcpy(sv->looked, version.p, version.n);
        sv->looked[version.n] = '\0';
    }
    app_read_end(cx);
    arena_free(a);
}

static void sweep(struct server *sv, i64 now)
{
    struct arena *a = arena_new();
    struct ctx *cx = ctx_new(a, sv->app);
    (void)auth_sweep(cx); /* what could not be removed is removed next time */
    (void)attach_sweep(cx);
    (void)health_pulse(cx);
    (void)outbox_sweep(cx, sv->has_smtp);
    app_read_end(cx);
    arena_free(a);
    bool index = jvn_index_sweep(sv->app->jvn, now), files = jvn_kept_sweep(sv->app->jvn_kept, now);
    if (index || files)
        memory_give_back(); /* a few hundred bytes of each advisory; megabytes a file */
}

void serve_housekeeping(struct server *sv)
{
    i64 now = clock_now(&sv->app->clock);
    kept_sweep(sv->web.kept, now);
    release_due(sv, now);
    look_at_plans(sv, now);
    if (now - sv->settled >= 10 * SECOND || now < sv->settled) {
        sv->settled = now;
        settle_due_cases(sv, now);
    }
    if (now - sv->swept >= 10 * MINUTE || now < sv->swept) {
        sv->swept = now;
        sweep(sv, now);
    }
}
