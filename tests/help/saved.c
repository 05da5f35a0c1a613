/* saved.c - see saved.h. */
#include "help/saved.h"

#include "base/vec.h"
#include "help/saved_rows.h"

#include <string.h>

/* What of a stage is not in its database. */
struct state {
    struct random random;
    i64 now, generation;
    unsigned n;
    str public_url, number_prefix;
    bool public_dir, demo, jail, effects, paper;
};

struct saved {
    struct walk *(*make)(struct stage *st, int how);
    int how;
    struct state before, after;
    str digest, digest_after;
    bool is_proved; /* that what is put back is the same */
    struct saved_rows *rows;
    struct walk walk;
};

static struct {
    struct arena *a;
    VEC(struct saved *)
} all;

static struct state state_of(struct arena *a, struct stage *st)
{
    struct app *app = st->app;
    return (struct state){
        .random = app->random,
        .now = clock_now(&app->clock),
        .generation = atomic_load(&app->generation),
        .n = st->n,
        .public_url = str_copy(a, app->public_url),
        .number_prefix = str_copy(a, app->number_prefix),
        .public_dir = app->public_dir != NULL,
        .demo = app->demo,
        .jail = app->jail != NULL,
        .effects = app->effects != NULL,
        .paper = app->paper != NULL,
    };
}

static bool is_same(const struct state *x, const struct state *y)
{
    return x->random.seeded && y->random.seeded && x->random.drawn == y->random.drawn &&
           memcmp(x->random.seed, y->random.seed, sizeof x->random.seed) == 0 && x->now == y->now &&
           x->generation == y->generation && x->n == y->n && str_eq(x->public_url, y->public_url) &&
           str_eq(x->number_prefix, y->number_prefix) && x->public_dir == y->public_dir &&
           x->demo == y->demo && x->jail == y->jail && x->effects == y->effects &&
           x->paper == y->paper;
}

static void walk_copy(struct arena *a, struct walk *to, const struct walk *from)
{
    *to = *from;
    to->report_id = str_copy(a, from->report_id);
    to->case_id = str_copy(a, from->case_id);
    to->why = str_copy(a, from->why);
    for (size_t i = 0; i < from->npeople; i++)
        to->people[i].principal = str_copy(a, from->people[i].principal);
}

static struct walk *walk_again(struct stage *st, struct saved *s)
{
    struct walk *w = NEW(st->a, struct walk);
    saved_rows_put(s->rows, st->url);
    must(s->is_proved || str_eq(saved_rows_digest(st->a, st->url), s->digest_after));
    s->is_proved = true;
    atomic_store(&st->app->random.drawn, s->after.random.drawn);
    atomic_store(&st->app->generation, s->after.generation);
    clock_set(&st->app->clock, s->after.now);
    st->n = s->after.n;
    walk_copy(st->a, w, &s->walk);
    w->st = st;
    return w;
}

static struct walk *walk_first(struct stage *st, struct walk *(*make)(struct stage *st, int how),
                               int how, str digest)
{
    struct saved *s = NEW(all.a, struct saved);
    s->make = make;
    s->how = how;
    s->before = state_of(all.a, st);
    s->digest = str_copy(all.a, digest);
    s->rows = saved_rows_begin(all.a, st->url);
    struct walk *w = make(st, how);
    (void)stage_nobody(st); /* which ends what is being read */
    saved_rows_end(s->rows, st->url);
    s->digest_after = saved_rows_digest(all.a, st->url);
    s->after = state_of(all.a, st);
    walk_copy(all.a, &s->walk, w);
    *PUSH(all.a, &all) = s;
    return w;
}

struct walk *saved_walk(struct stage *st, struct walk *(*make)(struct stage *st, int how), int how)
{
    if (all.a == NULL)
        all.a = arena_new();
    (void)stage_nobody(st);
    struct state now = state_of(st->a, st);
    str digest = saved_rows_digest(st->a, st->url);
    for (size_t i = 0; i < all.n; i++)
        if (all.v[i]->make == make && all.v[i]->how == how && is_same(&all.v[i]->before, &now) &&
            str_eq(all.v[i]->digest, digest))
            return walk_again(st, all.v[i]);
    return walk_first(st, make, how, digest);
}
