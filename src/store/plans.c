/* plans.c - see plans.h. */
#include "store/plans.h"

static bool same(const struct shape *x, const struct shape *y)
{
    return x->q == y->q && x->filters == y->filters && x->sort == y->sort && x->form == y->form;
}

struct plan *plans_find(struct plans *c, const struct shape *s)
{
    for (size_t i = 0; i < PLANS_MAX; i++)
        if (same(&c->v[i].shape, s)) {
            c->v[i].used = ++c->clock;
            return &c->v[i];
        }
    return NULL;
}

struct plan *plans_place(struct plans *c)
{
    struct plan *oldest = &c->v[0];
    for (size_t i = 1; i < PLANS_MAX; i++)
        if (c->v[i].used < oldest->used)
            oldest = &c->v[i];
    return oldest;
}

void plans_put(struct plans *c, struct plan *place, const struct shape *s, void *handle)
{
    *place = (struct plan){*s, ++c->clock, handle};
}
