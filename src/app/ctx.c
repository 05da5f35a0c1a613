/* ctx.c - see ctx.h. */
#include "app/ctx.h"

#include "app/once.h"
#include "base/id.h"

#include <sodium.h>
#include <stdatomic.h>

struct ctx *ctx_new(struct arena *a, struct app *app)
{
    struct ctx *cx = NEW(a, struct ctx);
    *cx = (struct ctx){.a = a, .app = app, .lang = LANG_JA, .zone = zone_tokyo};
    cx->now = clock_now(&app->clock);
    return cx;
}

enum err app_read(struct ctx *cx)
{
    return cx->db ? OK : store_read(cx->app->store, cx->a, &cx->fault, &cx->db);
}

enum err app_version(struct ctx *cx, str *out)
{
    must(cx->db == NULL);
    *out = NO_STR;
    TRY(app_read(cx));
    return store_version(cx->db, out);
}

void app_read_end(struct ctx *cx)
{
    if (cx->writing)
        return;
    if (cx->db)
        store_read_end(cx->db);
    cx->db = NULL;
}

struct write_call {
    struct ctx *cx;
    enum err (*fn)(struct ctx *cx, void *arg);
    void *arg;
    size_t problems;
};

static enum err run_write(struct db *db, void *arg)
{
    struct write_call *w = arg;
    w->cx->db = db;
    w->cx->writing = true;
    w->cx->problems.n = w->problems; /* a second run starts where the first did */
    w->cx->generation = 0;
    enum err e = once_reserve(w->cx);
    if (e == OK)
        e = w->fn(w->cx, w->arg);
    if (e == OK && w->cx->once_key.n > 0 && !w->cx->once_used && w->cx->once_last.fn != NULL)
        e = w->cx->once_last.fn(w->cx, w->cx->once_last.arg);
    w->cx->writing = false;
    w->cx->db = NULL;
    return e;
}

/* Never back: another thread's commit may be ahead of ours. */
static void public_moved(struct app *app, i64 generation)
{
    i64 seen = atomic_load(&app->generation);
    while (seen < generation && !atomic_compare_exchange_weak(&app->generation, &seen, generation))
        ;
}

enum err db_write(struct ctx *cx, enum err (*fn)(struct ctx *cx, void *arg), void *arg)
{
    struct write_call w = {cx, fn, arg, cx->problems.n};
    if (cx->writing)
        return fn(cx, arg);
    app_read_end(cx);
    enum err e = store_write(cx->app->store, cx->a, &cx->fault, run_write, &w);
    if (e == OK && cx->generation > 0)
        public_moved(cx->app, cx->generation);
    if (e == OK && cx->once_key.n > 0)
        cx->once_used = true;
    return e;
}

str new_id(struct ctx *cx)
{
    unsigned char r[ID_RANDOM];
    random_bytes(&cx->app->random, r, sizeof r);
    r[0] = (unsigned char)(cx->ids >> 8 & 0x0F); /* 12 bits behind the time: a counter */
    r[1] = (unsigned char)cx->ids;
    cx->ids++;
    return id_make(cx->a, cx->now, r);
}

str new_number(struct ctx *cx)
{
    uint64_t r;
    random_bytes(&cx->app->random, &r, sizeof r);
    return str_fmt(cx->a, "%08u", (unsigned)(10000000 + r % 90000000));
}

str hash_of(struct arena *a, str token)
{
    unsigned char *out = NEWS(a, unsigned char, 32);
    must(crypto_generichash(out, 32, (const unsigned char *)token.p, token.n, NULL, 0) == 0);
    return (str){(char *)out, 32};
}

bool user_has(const struct user *who, str principal)
{
    for (size_t i = 0; i < who->principals.n; i++)
        if (str_eq(who->principals.v[i], principal))
            return true;
    return false;
}

static bool answers_for(const struct seat *s, str kind)
{
    for (size_t i = 0; i < s->kinds.n; i++)
        if (str_eq(s->kinds.v[i], kind))
            return true;
    return false;
}

const struct seat *user_seat(const struct user *who, str kind)
{
    for (size_t i = 0; i < who->nseats; i++)
        if (answers_for(&who->seats[i], kind))
            return &who->seats[i];
    return NULL;
}

const struct seat *user_seat_in(const struct user *who, str dept_id)
{
    for (size_t i = 0; i < who->nseats; i++)
        if (str_eq(who->seats[i].dept_id, dept_id))
            return &who->seats[i];
    return NULL;
}

enum err wrong(struct ctx *cx, str field, str code)
{
    return problem(cx->a, &cx->problems, field, code);
}

enum err wrong_limit(struct ctx *cx, str field, str code, i64 limit)
{
    return problem_limit(cx->a, &cx->problems, field, code, limit);
}
