/* httpd_cache_test.c - what the cache holds, and what it lets go. */
#include "io/httpd_cache.h"
#include "t.h"

static const unsigned char seed[CACHE_SEED] = {1};
static int dropped;

static void drop(void *value)
{
    dropped += value != NULL;
}

static void note(void *arg, void *value, size_t cost)
{
    *(size_t *)arg = (size_t)(uintptr_t)value + cost;
}

static void *value(uintptr_t n)
{
    return (void *)n;
}

/* Value plus cost of what is there for the generation, 0: nothing. */
static size_t look(struct cache *c, str key, i64 generation)
{
    size_t got = 0;
    (void)cache_use(c, key, generation, note, &got);
    return got;
}

TEST(what_was_put_is_found_for_its_generation)
{
    struct cache *c = cache_new(a, 1000, drop, seed);
    size_t got = 0;
    CHECK(cache_use(c, S("/?"), 1, note, &got) == CACHE_NONE);
    cache_put(c, S("/?"), 1, 100, value(7));
    CHECK(cache_use(c, S("/?"), 1, note, &got) == CACHE_HIT);
    CHECK_I64(107, (i64)got);
    CHECK(cache_use(c, S("/?"), 2, note, &got) == CACHE_STALE);
    CHECK(cache_use(c, S("/?a"), 1, note, &got) == CACHE_NONE);
    CHECK_I64(100, (i64)cache_bytes(c));
}

TEST(a_newer_generation_takes_the_place_of_an_older)
{
    struct cache *c = cache_new(a, 1000, drop, seed);
    dropped = 0;
    cache_put(c, S("k"), 2, 10, value(1));
    cache_put(c, S("k"), 3, 20, value(2));
    CHECK_I64(1, dropped);
    CHECK_I64(22, (i64)look(c, S("k"), 3));
    cache_put(c, S("k"), 2, 10, value(3));
    CHECK_I64(2, dropped);
    CHECK_I64(22, (i64)look(c, S("k"), 3));
    CHECK_I64(20, (i64)cache_bytes(c));
}

TEST(what_was_used_least_recently_goes_first)
{
    struct cache *c = cache_new(a, 1000, drop, seed);
    cache_put(c, S("a"), 1, 250, value(1));
    cache_put(c, S("b"), 1, 250, value(2));
    cache_put(c, S("c"), 1, 250, value(3));
    cache_put(c, S("d"), 1, 250, value(4));
    CHECK(look(c, S("a"), 1) != 0);
    cache_put(c, S("e"), 1, 250, value(5));
    CHECK(look(c, S("a"), 1) != 0);
    CHECK(look(c, S("b"), 1) == 0);
    CHECK_I64(1000, (i64)cache_bytes(c));
}

TEST(it_never_holds_more_than_its_limit)
{
    struct cache *c = cache_new(a, 10000, drop, seed);
    dropped = 0;
    for (int i = 0; i < 5000; i++) {
        cache_put(c, str_fmt(a, "/%d?", i % 700), 1, (size_t)(i % 40) * 50, value(1));
        CHECK(cache_bytes(c) <= 10000);
    }
    CHECK(look(c, str_fmt(a, "/%d?", 4999 % 700), 1) != 0);
    CHECK(dropped > 4000);
}

TEST(what_is_too_big_is_dropped_at_once)
{
    struct cache *c = cache_new(a, 1000, drop, seed);
    char key[CACHE_KEY_MAX + 1];
    memset(key, 'k', sizeof key);
    dropped = 0;
    cache_put(c, S("k"), 1, 251, value(1));
    cache_put(c, (str){key, CACHE_KEY_MAX + 1}, 1, 1, value(2));
    CHECK_I64(2, dropped);
    cache_put(c, (str){key, CACHE_KEY_MAX}, 1, 250, value(3));
    CHECK_I64(253, (i64)look(c, (str){key, CACHE_KEY_MAX}, 1));
    CHECK_I64(0, (i64)look(c, (str){key, CACHE_KEY_MAX + 1}, 1));
}

TEST(the_end_drops_everything)
{
    struct arena *own = arena_new();
    struct cache *c = cache_new(own, 1000, drop, seed);
    dropped = 0;
    cache_put(c, S("a"), 1, 10, value(1));
    cache_put(c, S("b"), 1, 10, value(2));
    arena_free(own);
    CHECK_I64(2, dropped);
}
