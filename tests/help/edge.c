/* edge.c - see edge.h. */
#include "help/edge.h"

#include <sys/mman.h>
#include <unistd.h>

struct edge {
    char *p;
    size_t n;
};

static void edge_free(void *handle)
{
    struct edge *e = handle;
    must(munmap(e->p, e->n) == 0);
}

char *help_edge(struct arena *a, size_t bytes)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE), room = (bytes / page + 1) * page;
    struct edge *e = NEW(a, struct edge);
    e->n = room + page;
    e->p = mmap(NULL, e->n, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    must(e->p != MAP_FAILED);
    arena_defer(a, edge_free, e);
    must(mprotect(e->p + room, page, PROT_NONE) == 0);
    return e->p + room;
}
