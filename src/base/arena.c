/* arena.c - chunks in a list, newest first; a list of things to close. */
#include "base/arena.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if defined(__SANITIZE_ADDRESS__)
#define ALONE 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ALONE 1
#endif
#endif

#ifdef ALONE
enum { CHUNK = 0, ALIGN = 1 }; /* each allocation alone, so that ASan sees its edges */
#else
enum { CHUNK = 16 * 1024, ALIGN = 16 };
#endif

struct chunk {
    struct chunk *next;
    size_t used, size;
    _Alignas(16) char bytes[];
};

struct defer {
    struct defer *next;
    void (*close)(void *);
    void *handle;
};

struct arena {
    struct chunk *chunks;
    struct defer *defers;
};

void must_failed(const char *cond, const char *file, int line)
{
    (void)fprintf(stderr, "%s:%d: this must hold: %s\n", file, line, cond);
    abort();
}

struct arena *arena_new(void)
{
    struct arena *a = calloc(1, sizeof *a);
    must(a != NULL);
    return a;
}

/* A chunk that one big allocation fills goes behind the current one, whose room stays usable. */
static struct chunk *chunk_add(struct arena *a, size_t want)
{
    size_t room = want > CHUNK ? want : CHUNK;
    struct chunk *c = calloc(1, sizeof *c + room);
    must(c != NULL);
    c->size = room;
    if (want > CHUNK / 4 && a->chunks != NULL) {
        c->next = a->chunks->next;
        a->chunks->next = c;
    } else {
        c->next = a->chunks;
        a->chunks = c;
    }
    return c;
}

void *arena_alloc(struct arena *a, size_t size, size_t count)
{
    size_t want;
    must(!__builtin_mul_overflow(size, count, &want));
    must(want <= PTRDIFF_MAX - CHUNK - ALIGN);
    want = (want + ALIGN - 1) & ~(size_t)(ALIGN - 1);

    struct chunk *c = a->chunks;
    if (c == NULL || c->size - c->used < want)
        c = chunk_add(a, want);
    void *p = c->bytes + c->used;
    c->used += want;
    return p;
}

bool arena_extend(struct arena *a, void *p, size_t old, size_t want)
{
    struct chunk *c = a->chunks;
    if (ALIGN == 1 || c == NULL || p == NULL)
        return false;
    size_t had = (old + ALIGN - 1) & ~(size_t)(ALIGN - 1);
    char *end = c->bytes + c->used;
    if ((char *)p < c->bytes || (char *)p + had != end || want > c->size)
        return false;
    want = (want + ALIGN - 1) & ~(size_t)(ALIGN - 1);
    if (want < had || c->size - c->used < want - had)
        return false;
    c->used += want - had;
    return true;
}

void arena_defer(struct arena *a, void (*close)(void *), void *handle)
{
    struct defer *d = NEW(a, struct defer);
    *d = (struct defer){a->defers, close, handle};
    a->defers = d;
}

static void close_all(struct arena *a)
{
    for (struct defer *d = a->defers; d != NULL; d = d->next)
        d->close(d->handle);
    a->defers = NULL;
}

void arena_reset(struct arena *a)
{
    struct chunk *kept = NULL;
    close_all(a);
    for (struct chunk *c = a->chunks, *next; c != NULL; c = next) {
        next = c->next;
        explicit_bzero(c->bytes, c->used);
        c->used = 0;
        if (kept == NULL && c->size == CHUNK && CHUNK > 0)
            kept = c;
        else
            free(c);
    }
    if (kept != NULL)
        kept->next = NULL;
    a->chunks = kept;
}

void arena_free(struct arena *a)
{
    if (a == NULL)
        return;
    close_all(a);
    for (struct chunk *c = a->chunks, *next; c != NULL; c = next) {
        next = c->next;
        explicit_bzero(c->bytes, c->used);
        free(c);
    }
    free(a);
}
