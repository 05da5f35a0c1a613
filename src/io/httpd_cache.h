/* httpd_cache.h - finished answers by path and query, each good for one content generation. */
#ifndef IO_HTTPD_CACHE_H
#define IO_HTTPD_CACHE_H

#include "base/str.h"

struct cache;

enum { CACHE_KEY_MAX = 240, CACHE_SEED = 16 };

/* Holds values of at most `bytes` together, dropping what was used least recently; lives in a.
 * drop: frees a value.  seed: random, against keys made to collide. */
struct cache *cache_new(struct arena *a, size_t bytes, void (*drop)(void *value),
                        const unsigned char seed[CACHE_SEED]);

enum cache_found { CACHE_NONE, CACHE_STALE, CACHE_HIT };

/* Calls use() with the value under the cache's lock, so that it can take a share of it, where
 * there is one of that generation.  STALE: there is one, but of another. */
enum cache_found cache_use(struct cache *c, str key, i64 generation,
                           void (*use)(void *arg, void *value, size_t cost), void *arg);

/* The cache now owns the value; what does not fit, or is older than what is there, is dropped
 * at once.  cost: bytes it holds. */
void cache_put(struct cache *c, str key, i64 generation, size_t cost, void *value);

size_t cache_bytes(struct cache *c);

#endif
