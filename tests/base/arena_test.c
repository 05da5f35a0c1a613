/* arena_test.c - memory that lives as long as a request: as the sanitizers see it, and as it
 * is in a release, where allocations share chunks. */
#include "base/arena.h"
#include "t.h"

/* The release's own code once more, under other names. */
struct arena *packed_new(void);
void packed_free(struct arena *a);
void packed_reset(struct arena *a);
void packed_reset_keeping(struct arena *a, size_t bytes);
void *packed_alloc(struct arena *a, size_t size, size_t count);
bool packed_extend(struct arena *a, void *p, size_t old, size_t want);
void packed_defer(struct arena *a, void (*close)(void *), void *handle);
[[gnu::noreturn]] void packed_must_failed(const char *cond, const char *file, int line);
void packed_wipe(void *p, size_t n);
void *packed_calloc(size_t n, size_t size);
#undef __SANITIZE_ADDRESS__
#define arena_new packed_new
#define arena_free packed_free
#define arena_reset packed_reset
#define arena_reset_keeping packed_reset_keeping
#define arena_alloc packed_alloc
#define arena_extend packed_extend
#define arena_defer packed_defer
#define must_failed packed_must_failed
#define explicit_bzero packed_wipe
#define calloc packed_calloc
#include "../../src/base/arena.c"
#undef arena_new
#undef arena_free
#undef arena_reset
#undef arena_reset_keeping
#undef arena_alloc
#undef arena_extend
#undef arena_defer
#undef must_failed
#undef explicit_bzero
#undef calloc

static bool is_zero(const void *p, size_t n)
{
    const char *c = p;
    for (size_t i = 0; i < n; i++)
        if (c[i] != 0)
            return false;
    return true;
}

/* What was wiped on freeing, and whether a secret was in it. */
static size_t wiped;
static bool saw_secret;

void packed_wipe(void *p, size_t n)
{
    wiped += n;
    saw_secret = saw_secret || (n > 0 && memmem(p, n, "secret", 6) != NULL);
    memset(p, 0, n);
}

static size_t chunks_made;

void *packed_calloc(size_t n, size_t size)
{
    chunks_made += size > 16384;
    return calloc(n, size);
}

TEST(allocations_are_zeroed_aligned_and_apart)
{
    struct arena *p = packed_new();
    for (size_t round = 0; round < 2; round++) {
        char *last = NULL;
        size_t last_n = 0;
        for (size_t n = 0; n < 3000; n += 1 + n / 7) {
            char *now = round ? arena_alloc(a, 1, n) : packed_alloc(p, 1, n);
            CHECK(now != NULL && (uintptr_t)now % 16 == 0 && is_zero(now, n));
            CHECK(last == NULL || now + n <= last || last + last_n <= now);
            memset(now, 0xAA, n);
            last = now;
            last_n = n;
        }
    }
    packed_free(p);
}

TEST(a_big_allocation_leaves_the_room_of_the_current_chunk_usable)
{
    struct arena *p = packed_new();
    char *first = packed_alloc(p, 1, 16);
    char *big = packed_alloc(p, 1000, 1000);
    char *second = packed_alloc(p, 1, 16);
    CHECK(second == first + 16);
    CHECK(is_zero(big, 1000000));
    packed_free(p);
}

TEST(only_the_newest_allocation_grows_in_place_and_keeps_what_it_holds)
{
    struct arena *p = packed_new();
    char *x = packed_alloc(p, 1, 10);
    memset(x, 'x', 10);
    CHECK(packed_extend(p, x, 10, 100));
    CHECK(memcmp(x, "xxxxxxxxxx", 10) == 0 && is_zero(x + 16, 84));
    char *y = packed_alloc(p, 1, 10);
    CHECK(y >= x + 100);
    CHECK(!packed_extend(p, x, 100, 200));    /* no longer the newest */
    CHECK(packed_extend(p, y, 10, 16));       /* into what rounding left */
    CHECK(!packed_extend(p, y, 16, 1 << 20)); /* no room in its chunk */
    CHECK(!packed_extend(p, NULL, 0, 8));
    char *z = packed_alloc(p, 1, 8);
    CHECK(z == y + 16); /* what failed changed nothing */
    packed_free(p);
}

TEST(buffers_keep_their_bytes_while_they_grow_beside_each_other)
{
    buf b = {.a = a}, c = {.a = a};
    for (int i = 0; i < 5000; i++) {
        buf_i64(&b, i);
        buf_i64(&c, -i);
    }
    size_t at = 0;
    for (int i = 0; i < 5000; i++) {
        str want = str_fmt(a, "%d", i);
        CHECK_STR(want, str_sub(buf_str(&b), at, want.n));
        at += want.n;
    }
    CHECK(at == b.n);
}

static char order[8];
static void note(void *letter)
{
    order[strlen(order)] = *(char *)letter;
}

TEST(what_was_deferred_is_closed_last_first)
{
    static char letters[] = "abc";
    struct arena *b = arena_new();
    memset(order, 0, sizeof order);
    for (int i = 0; i < 3; i++)
        arena_defer(b, note, &letters[i]);
    CHECK_STR(S(""), str_z(order));
    arena_free(b);
    CHECK_STR(S("cba"), str_z(order));
    arena_free(NULL);
}

static void reads_arena(void *p)
{
    note(p); /* the memory of the arena is still there when handles are closed */
}

TEST(closing_comes_before_wiping_and_freeing)
{
    struct arena *p = packed_new();
    char *letter = packed_alloc(p, 1, 1);
    *letter = 'k';
    memset(order, 0, sizeof order);
    packed_defer(p, reads_arena, letter);
    packed_free(p);
    CHECK_STR(S("k"), str_z(order));
}

TEST(memory_is_wiped_before_it_is_given_back)
{
    struct arena *p = packed_new();
    memcpy(packed_alloc(p, 1, 100), "a secret", 8);
    memcpy(packed_alloc(p, 1, 50000), "a secret", 8);
    wiped = 0;
    saw_secret = false;
    packed_free(p);
    CHECK(saw_secret && wiped >= 50100);
}

TEST(an_arena_that_was_reset_is_as_new)
{
    struct arena *p = packed_new();
    memset(order, 0, sizeof order);
    static char letter = 'r';
    packed_defer(p, note, &letter);
    char *first = packed_alloc(p, 1, 100);
    memcpy(first, "a secret", 8);
    memcpy(packed_alloc(p, 1, 100000), "a secret", 8);
    saw_secret = false;
    packed_reset(p);
    CHECK(saw_secret);
    CHECK_STR(S("r"), str_z(order));
    CHECK(is_zero(packed_alloc(p, 1, 16000), 16000));
    packed_reset(p);
    CHECK_STR(S("r"), str_z(order)); /* closed once */
    packed_free(p);
    struct arena *b = arena_new();
    memcpy(arena_alloc(b, 1, 8), "a secret", 8);
    arena_reset(b);
    CHECK(is_zero(arena_alloc(b, 1, 8), 8));
    arena_free(b);
}

TEST(an_arena_keeps_as_much_as_was_asked_for_and_nothing_of_what_was_in_it)
{
    static const struct {
        size_t keep, fresh; /* after so much was kept, so many chunks are new */
    } rounds[] = {{0, 4}, {2 * 16384, 4}, {1 << 20, 2}, {1 << 20, 0}, {16384, 0}, {0, 3}};
    struct arena *p = packed_new();
    for (size_t round = 0; round < COUNT(rounds); round++) {
        size_t before = chunks_made;
        for (int i = 0; i < 4; i++) {
            char *now = packed_alloc(p, 1, 16000);
            CHECK(is_zero(now, 16000));
            memcpy(now, "a secret", 8);
        }
        CHECK_I64((i64)rounds[round].fresh, (i64)(chunks_made - before));
        saw_secret = false;
        packed_reset_keeping(p, rounds[round].keep);
        CHECK(saw_secret);
    }
    packed_free(p);
}
