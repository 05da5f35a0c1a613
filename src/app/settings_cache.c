/* settings_cache.c - see settings_cache.h. */
#include "app/settings_cache.h"

#include <pthread.h>

struct settings_cache {
    pthread_mutex_t lock;
    struct arena *a; /* of the texts; NULL: empty */
    i64 generation;
    struct settings s;
};

static void close_cache(void *handle)
{
    struct settings_cache *c = handle;
    arena_free(c->a);
    must(pthread_mutex_destroy(&c->lock) == 0);
}

struct settings_cache *settings_cache_new(struct arena *a)
{
    struct settings_cache *c = NEW(a, struct settings_cache);
    must(pthread_mutex_init(&c->lock, NULL) == 0);
    arena_defer(a, close_cache, c);
    return c;
}

static void copy(struct arena *a, const struct settings *from, struct settings *to)
{
    for (enum setting i = 0; i < SETTING_COUNT; i++)
        to->v[i] = str_copy(a, from->v[i]);
}

bool settings_cached(struct settings_cache *c, struct arena *a, i64 generation,
                     struct settings *out)
{
    if (c == NULL)
        return false;
    must(pthread_mutex_lock(&c->lock) == 0);
    bool is = c->a != NULL && c->generation == generation;
    if (is)
        copy(a, &c->s, out);
    must(pthread_mutex_unlock(&c->lock) == 0);
    return is;
}

void settings_keep(struct settings_cache *c, i64 generation, const struct settings *s)
{
    if (c == NULL)
        return;
    must(pthread_mutex_lock(&c->lock) == 0);
    if (c->a == NULL || c->generation < generation) {
        arena_free(c->a);
        c->a = arena_new();
        c->generation = generation;
        copy(c->a, s, &c->s);
    }
    must(pthread_mutex_unlock(&c->lock) == 0);
}
