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
enum { UNIT = CHUNK > 0 ? CHUNK : 1 };

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
    struct chunk *spare; /* wiped, of CHUNK bytes each: kept by a reset */
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

static struct chunk *chunk_new(struct arena *a, size_t room)
{
    struct chunk *c = a->spare;
    if (room == CHUNK && c != NULL) {
        a->spare = c->next;
        return c;
    }
    c = calloc(1, sizeof *c + room);
    must(c != NULL);
    c->size = room;
    return c;
}

/* A chunk that one big allocation fills goes behind the current one, whose room stays usable. */
static struct chunk *chunk_add(struct arena *a, size_t want)
{
    size_t room = want > CHUNK ? want : CHUNK;
    struct chunk *c = chunk_new(a, room);
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

static void free_chunks(struct chunk *c)
{
    for (struct chunk *next; c != NULL; c = next) {
        next = c->next;
        explicit_bzero(c->bytes, c->used);
        free(c);
    }
}

/* Wipes and shortens a list of chunks to those of the usual size, at most n; frees the others. */
static struct chunk *keep_chunks(struct chunk *c, size_t n)
{
    struct chunk *kept = NULL, *rest = NULL;
    for (struct chunk *next; c != NULL; c = next) {
        bool keep = n > 0 && CHUNK > 0 && c->size == CHUNK;
        next = c->next;
        c->next = keep ? kept : rest;
        *(keep ? &kept : &rest) = c;
        if (!keep)
            continue;
        explicit_bzero(c->bytes, c->used);
        c->used = 0;
        n--;
    }
    free_chunks(rest);
    return kept;
}

void arena_reset_keeping(struct arena *a, size_t bytes)
{
    close_all(a);
    struct chunk **end = &a->chunks;
    while (*end != NULL)
        end = &(*end)->next;
    *end = a->spare;
    a->spare = keep_chunks(a->chunks, bytes / UNIT);
    a->chunks = NULL;
}

void arena_reset(struct arena *a)
{
    arena_reset_keeping(a, CHUNK);
}

void arena_free(struct arena *a)
{
    if (a == NULL)
        return;
    close_all(a);
    free_chunks(a->chunks);
    free_chunks(a->spare);
    free(a);
}
