/* vec.c - see vec.h. */
#include "base/vec.h"

#include <string.h>

static void *move(struct arena *a, const void *v, size_t n, const size_t *cap, size_t size)
{
    void *more = arena_alloc(a, size, *cap);
    if (n > 0)
        memcpy(more, v, n * size);
    return more;
}

void *vec_grow(struct arena *a, const void *v, size_t n, size_t *cap, size_t size)
{
    *cap = *cap ? *cap * 2 : 8;
    return move(a, v, n, cap, size);
}

void *vec_reserve(struct arena *a, void *v, size_t n, size_t *cap, size_t size, size_t more)
{
    if (more <= *cap - n)
        return v;
    must(more <= PTRDIFF_MAX - n);
    *cap = more > *cap ? n + more : n + *cap;
    return move(a, v, n, cap, size);
}
