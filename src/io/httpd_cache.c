/* httpd_cache.c - a hash table over a fixed set of nodes, with a list by last use. */
#include "io/httpd_cache.h"

#include <pthread.h>
#include <sodium.h>
#include <string.h>

enum { NONE = 0, NODE_MIN = 64, BYTES_A_NODE = 2048 };

struct node { /* links are indexes; 0 is no node */
    uint64_t hash;
    i64 generation;
    size_t cost;
    void *value;
    uint32_t chain, newer, older;
    uint32_t key_n;
    char key[CACHE_KEY_MAX];
};

struct cache {
    pthread_mutex_t lock;
    size_t max, used;
    void (*drop)(void *value);
    unsigned char seed[CACHE_SEED];
    struct node *nodes;
    uint32_t *buckets;
    uint32_t count, fresh; /* nodes there are; nodes below this were in use once */
    uint32_t newest, oldest, spare;
};
_Static_assert(crypto_shorthash_KEYBYTES == CACHE_SEED, "the seed is siphash's key");

static void cache_end(void *handle)
{
    struct cache *c = handle;
    for (uint32_t i = 1; i < c->fresh; i++)
        if (c->nodes[i].value != NULL)
            c->drop(c->nodes[i].value);
    (void)pthread_mutex_destroy(&c->lock);
}

struct cache *cache_new(struct arena *a, size_t bytes, void (*drop)(void *value),
                        const unsigned char seed[CACHE_SEED])
{
    struct cache *c = NEW(a, struct cache);
    size_t count = bytes / BYTES_A_NODE;
    must(count < UINT32_MAX / 2);
    c->count = (uint32_t)(count > NODE_MIN ? count : NODE_MIN);
    c->max = bytes;
    c->drop = drop;
    c->fresh = 1;
    memcpy(c->seed, seed, CACHE_SEED);
    c->nodes = NEWS(a, struct node, c->count);
    c->buckets = NEWS(a, uint32_t, c->count);
    must(pthread_mutex_init(&c->lock, NULL) == 0);
    arena_defer(a, cache_end, c);
    return c;
}

static uint64_t hash_of(const struct cache *c, str key)
{
    uint64_t h;
    unsigned char out[crypto_shorthash_BYTES];
    _Static_assert(sizeof out == sizeof h, "a hash is 64 bits");
    (void)crypto_shorthash(out, (const unsigned char *)key.p, key.n, c->seed);
    memcpy(&h, out, sizeof h);
    return h;
}

static uint32_t find(const struct cache *c, str key, uint64_t hash)
{
    for (uint32_t i = c->buckets[hash % c->count]; i != NONE; i = c->nodes[i].chain) {
        const struct node *n = &c->nodes[i];
        if (n->hash == hash && str_eq((str){n->key, n->key_n}, key))
            return i;
    }
    return NONE;
}

static void list_remove(struct cache *c, uint32_t i)
{
    struct node *n = &c->nodes[i];
    *(n->newer != NONE ? &c->nodes[n->newer].older : &c->newest) = n->older;
    *(n->older != NONE ? &c->nodes[n->older].newer : &c->oldest) = n->newer;
}

static void list_add(struct cache *c, uint32_t i)
{
    struct node *n = &c->nodes[i];
    n->newer = NONE;
    n->older = c->newest;
    *(n->older != NONE ? &c->nodes[n->older].newer : &c->oldest) = i;
    c->newest = i;
}

static void evict(struct cache *c, uint32_t i)
{
    struct node *n = &c->nodes[i];
    uint32_t *at = &c->buckets[n->hash % c->count];
    while (*at != i)
        at = &c->nodes[*at].chain;
    *at = n->chain;
    list_remove(c, i);
    c->used -= n->cost;
    c->drop(n->value);
    n->value = NULL;
    n->chain = c->spare;
    c->spare = i;
}

static uint32_t node_take(struct cache *c)
{
    if (c->spare == NONE && c->fresh < c->count)
        return c->fresh++;
    if (c->spare == NONE)
        evict(c, c->oldest);
    uint32_t i = c->spare;
    c->spare = c->nodes[i].chain;
    return i;
}

enum cache_found cache_use(struct cache *c, str key, i64 generation,
                           void (*use)(void *arg, void *value, size_t cost), void *arg)
{
    if (key.n > CACHE_KEY_MAX)
        return CACHE_NONE;
    uint64_t hash = hash_of(c, key);
    must(pthread_mutex_lock(&c->lock) == 0);
    uint32_t i = find(c, key, hash);
    enum cache_found found = i == NONE                              ? CACHE_NONE
                             : c->nodes[i].generation != generation ? CACHE_STALE
                                                                    : CACHE_HIT;
    if (found == CACHE_HIT) {
        if (c->newest != i) {
            list_remove(c, i);
            list_add(c, i);
        }
        use(arg, c->nodes[i].value, c->nodes[i].cost);
    }
    must(pthread_mutex_unlock(&c->lock) == 0);
    return found;
}

static void put(struct cache *c, str key, uint64_t hash, struct node fresh)
{
    while (c->used + fresh.cost > c->max)
        evict(c, c->oldest);
    uint32_t i = node_take(c);
    struct node *n = &c->nodes[i];
    *n = fresh;
    n->hash = hash;
    n->key_n = (uint32_t)key.n;
    memcpy(n->key, key.p, key.n);
    n->chain = c->buckets[hash % c->count];
    c->buckets[hash % c->count] = i;
    c->used += n->cost;
    list_add(c, i);
}

void cache_put(struct cache *c, str key, i64 generation, size_t cost, void *value)
{
    if (key.n == 0 || key.n > CACHE_KEY_MAX || cost > c->max / 4) {
        c->drop(value);
        return;
    }
    uint64_t hash = hash_of(c, key);
    must(pthread_mutex_lock(&c->lock) == 0);
    uint32_t i = find(c, key, hash);
    bool newer = i == NONE || c->nodes[i].generation <= generation;
    if (newer && i != NONE)
        evict(c, i);
    if (newer)
        put(c, key, hash, (struct node){.generation = generation, .cost = cost, .value = value});
    must(pthread_mutex_unlock(&c->lock) == 0);
    if (!newer)
        c->drop(value);
}

size_t cache_bytes(struct cache *c)
{
    must(pthread_mutex_lock(&c->lock) == 0);
    size_t used = c->used;
    must(pthread_mutex_unlock(&c->lock) == 0);
    return used;
}
