/* arena.h - memory that lives exactly as long as one request, job or command.
 *
 * Nothing is freed by hand.  Whoever starts the request makes the arena and frees it;
 * everyone else just allocates.  Files, statements and keys follow the same rule: hand
 * them to arena_defer() in the line after opening them.  Freed memory is wiped first,
 * because it held other people's unpublished vulnerabilities. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include "base/base.h"

struct arena;

NONNULL struct arena *arena_new(void);

/* Closes what was deferred, last first, then wipes and frees.  NULL is allowed. */
void arena_free(struct arena *a);

/* The same, but for the arena itself and a first stretch of memory: it is as new, and costs
 * less than a new one.  For whoever makes and frees thousands a second. */
void arena_reset(struct arena *a);

/* The same, and keeps up to so many bytes for what comes next: for one arena that serves task
 * after task of the same kind. */
void arena_reset_keeping(struct arena *a, size_t bytes);

/* Zeroed memory for count items, aligned for any type; never NULL: running out of memory
 * ends the process, because no request can do anything sensible about it. */
NONNULL void *arena_alloc(struct arena *a, size_t size, size_t count);

/* Make the newest allocation, which was `old` bytes at p, `want` bytes long in place.
 * False: there is no room, or p is not the newest; nothing changed. */
bool arena_extend(struct arena *a, void *p, size_t old, size_t want);

void arena_defer(struct arena *a, void (*close)(void *), void *handle);

#define NEW(a, T) ((T *)arena_alloc((a), sizeof(T), 1))
#define NEWS(a, T, n) ((T *)arena_alloc((a), sizeof(T), (n)))

#endif
