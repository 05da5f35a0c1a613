/* vec.h - an array that grows in an arena.
 *
 *     struct { VEC(struct step) } steps = {0};
 *     *PUSH(a, &steps) = (struct step){...};
 *     for (size_t i = 0; i < steps.n; i++) use(&steps.v[i]);
 *
 * Growing moves the items: keep no pointer to one across a PUSH. */
#ifndef BASE_VEC_H
#define BASE_VEC_H

#include "base/arena.h"

/* clang-format off */
#define VEC(T) T *v; size_t n, cap;
/* clang-format on */

/* A pointer to one more, zeroed item. */
#define PUSH(a, vec)                                                                               \
    ((vec)->v = vec_room((a), (vec)->v, (vec)->n, &(vec)->cap, sizeof *(vec)->v),                  \
     &(vec)->v[(vec)->n++])

/* Room for so many more: they may be written behind vec->n, which the caller moves. */
#define RESERVE(a, vec, more)                                                                      \
    ((vec)->v = vec_reserve((a), (vec)->v, (vec)->n, &(vec)->cap, sizeof *(vec)->v, (more)))

[[gnu::returns_nonnull]] void *vec_grow(struct arena *a, const void *v, size_t n, size_t *cap,
                                        size_t size);

void *vec_reserve(struct arena *a, void *v, size_t n, size_t *cap, size_t size, size_t more);

static inline void *vec_room(struct arena *a, void *v, size_t n, size_t *cap, size_t size)
{
    return n < *cap ? v : vec_grow(a, v, n, cap, size);
}

#endif
