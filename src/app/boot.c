/* boot.c - see boot.h. */
#include "app/boot.h"

#include "app/jvn_index.h"
#include "app/jvn_kept.h"
#include "app/release_kept.h"
#include "app/settings_cache.h"
#include "app/tables.h"
#include "base/asset.h"
#include "gen/sql.h"
#include "io/files.h"

#include <errno.h>
#include <sodium.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { TABLE_MAX = 1 << 20 };

/* One table: from the folder, or the one inside the program. */
static enum err table_read(struct arena *a, str dir, const char *name, struct fault *f, str *out)
{
    if (dir.n > 0) {
        str path = str_fmt(a, "%.*s/%s.tsv", SV(dir), name);
        enum err e = file_read(a, str_to_z(a, path), TABLE_MAX, f, out);
        return e == E_NOT_FOUND ? fault_set(f, E_INVALID, "%.*s is not there", SV(path)) : e;
    }
    const struct asset *asset = asset_find(str_fmt(a, "process/%s.tsv", name));
    must(asset != NULL);
    *out = asset->bytes;
    return OK;
}

/* A table that folders made before it was there may lack: then the one inside the program. */
static enum err table_read_newer(struct arena *a, str dir, const char *name, struct fault *f,
                                 str *out)
{
    str path = str_fmt(a, "%.*s/%s.tsv", SV(dir), name);
    bool there = dir.n > 0 && access(str_to_z(a, path), F_OK) == 0;
    return table_read(a, there ? dir : NO_STR, name, f, out);
}

static enum err bad_table(struct fault *f, const struct process_fault *bad)
{
    return fault_set(f, E_INVALID, "%.*s.tsv:%d: %.*s", SV(bad->table), bad->line, SV(bad->what));
}

enum err process_boot(struct arena *a, str dir, struct process *out, struct fault *f)
{
    struct process_text t;
    struct process_fault bad;
    TRY(table_read(a, dir, "coordinated", f, &t.coordinated));
    TRY(table_read(a, dir, "direct", f, &t.direct));
    TRY(table_read(a, dir, "questions", f, &t.questions));
    TRY(table_read(a, dir, "facts", f, &t.facts));
    TRY(table_read(a, dir, "rights", f, &t.rights));
    if (process_load(a, &t, out, &bad) == OK)
        return OK;
    return bad_table(f, &bad);
}

/* The small tables beside the process, and whether they fit it. */
static enum err tables_boot(struct arena *a, str dir, const struct process *p, struct tables *t,
                            struct fault *f)
{
    struct process_fault bad;
    struct findings found = {0};
    str statuses, dispositions, audiences, clocks, remedies, flags;
    TRY(table_read(a, dir, "statuses", f, &statuses));
    TRY(table_read(a, dir, "dispositions", f, &dispositions));
    TRY(table_read(a, dir, "audiences", f, &audiences));
    TRY(table_read(a, dir, "clocks", f, &clocks));
    TRY(table_read_newer(a, dir, "remedies", f, &remedies));
    TRY(table_read_newer(a, dir, "flags", f, &flags));
    if (statuses_load(a, statuses, &t->statuses, &bad) != OK ||
        dispositions_load(a, dispositions, &t->dispositions, &bad) != OK ||
        audiences_load(a, audiences, &t->audiences, &bad) != OK ||
        clocks_load(a, clocks, &t->clocks, &bad) != OK ||
        remedies_load(a, remedies, &t->remedies, &bad) != OK ||
        flags_load(a, flags, &t->flags, &bad) != OK)
        return bad_table(f, &bad);
    statuses_check(a, p, &t->statuses, &t->audiences, &found);
    clocks_check(a, &t->clocks, &found);
    return found.n ? fault_set(f, E_INVALID, "%.*s", SV(found.v[0])) : OK;
}

static enum err make_data_dir(struct arena *a, str dir, struct fault *f)
{
    if (mkdir(str_to_z(a, dir), 0700) == 0 || errno == EEXIST)
        return OK;
    return fault_set(f, E_IO, "cannot make the folder %.*s: %s", SV(dir), strerror(errno));
}

static enum err bring_schema(struct app *app, struct arena *a, bool migrate, struct fault *f)
{
    struct migration_state st;
    int applied;
    TRY(store_migration_state(app->store, a, f, &st));
    if (migrate && (st.foreign || st.have != st.want)) {
        enum err e = store_migrate(app->store, a, f, &applied);
        if (e == E_CONFLICT)
            return fault_set(f, e, "the database was made by another version of Kakehashi");
        return e;
    }
    if (st.foreign || st.have != st.want)
        return fault_set(f, E_CONFLICT,
                         "the database has schema %d, this program wants %d: run kakehashi migrate",
                         st.have, st.want);
    return OK;
}

static enum err make_secret(struct ctx *cx, void *arg)
{
    str *key = arg;
    struct q_secret_get row;
    enum err e = q_secret_get(cx->db, &row, .name = S("search"));
    if (e == E_NOT_FOUND) {
        *key = random_str(&cx->app->random, cx->a, sizeof cx->app->search_key);
        return q_secret_add(cx->db, .name = S("search"), .value = *key);
    }
    *key = row.value;
    return e;
}

static enum err load_secrets(struct ctx *cx)
{
    struct q_secret_get row;
    str key = S("");
    TRY(app_read(cx));
    enum err e = q_secret_get(cx->db, &row, .name = S("search"));
    if (e == OK)
        key = row.value;
    else if (e == E_NOT_FOUND)
        TRY(db_write(cx, make_secret, &key));
    else
        return e;
    if (key.n != sizeof cx->app->search_key)
        return fail(cx, E_IO, "the search key has the wrong length");
    memcpy(cx->app->search_key, key.p, key.n);
    return OK;
}

enum err app_generation(struct ctx *cx, i64 *out)
{
    struct q_generation_get row;
    TRY(app_read(cx));
    TRY(q_generation_get(cx->db, &row));
    *out = row.n;
    return OK;
}

static const struct rates usual = {10, 50, 30, 6000},
                          no_limits = {1 << 30, 1 << 30, 1 << 30, 1 << 30};

static void close_store(void *s)
{
    store_close(s);
}

static enum err open_store(struct arena *a, const struct boot *b, struct fault *f, struct app *app)
{
    str url = b->database.n ? b->database : str_fmt(a, "sqlite:%.*s/kakehashi.db", SV(b->data_dir));
    struct store_options o = {.url = url, .readers = b->readers, .unsafe = b->unsafe};
    TRY(make_data_dir(a, b->data_dir, f));
    TRY(store_open(&o, f, &app->store));
    arena_defer(a, close_store, app->store);
    return bring_schema(app, a, b->migrate, f);
}

enum err app_boot(struct arena *a, const struct boot *b, struct fault *f, struct app **out)
{
    struct app *app = NEW(a, struct app);
    struct process *p = NEW(a, struct process);
    struct tables *tables = NEW(a, struct tables);
    struct arena *own = arena_new();
    const struct settings *settings = NULL;
    i64 generation = 0;
    must(sodium_init() >= 0);
    arena_defer(a, (void (*)(void *))arena_free, own);
    app->process = p;
    app->tables = tables;
    app->public_url = b->public_url.n ? b->public_url : S("http://127.0.0.1:8080");
    app->demo = b->demo;
    app->reach_loopback = b->reach_loopback;
    app->spool_dir = b->data_dir;
    app->rates = b->no_limits ? no_limits : usual;
    TRY(process_boot(a, b->process_dir, p, f));
    TRY(tables_boot(a, b->process_dir, p, tables, f));
    if (b->clock_file.n > 0)
        TRY(clock_follow(&app->clock, str_to_z(a, b->clock_file), f));
    TRY(open_store(a, b, f, app));
    app->settings = settings_cache_new(a);
    app->rehearsals = release_kept_new(a);
    app->jvn = jvn_index_new(a);
    app->jvn_kept = jvn_kept_new(a);
    struct ctx *cx = ctx_new(own, app);
    enum err e = load_secrets(cx);
    if (e == OK)
        e = app_generation(cx, &generation);
    if (e == OK)
        e = settings_open(cx, &settings);
    app_read_end(cx);
    if (e != OK) {
        *f = cx->fault;
        return e;
    }
    app->number_prefix = str_copy(a, settings->v[SET_NUMBER_PREFIX]);
    atomic_store(&app->generation, generation);
    *out = app;
    return OK;
}
