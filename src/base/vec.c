/* vec.c - see vec.h. */
#include "base/vec.h"

#include <string.h>

void *vec_grow(struct arena *a, const void *v, size_t n, size_t *cap, size_t size)
{
    *cap = *cap ? *cap * 2 : 8;
    void *more = arena_alloc(a, size, *cap);
    if (n > 0)
        memcpy(more, v, n * size);
    return more;
}
