/* csaf_61_circle.c - mandatory test 6.1.3: no product is defined through itself. */
#include "formats/csaf_check.h"

enum colour { WHITE, GREY, BLACK };

struct graph {
    const struct csaf_index *x;
    uint32_t *first; /* by product: its edges in `to`, up to the next one's first */
    uint32_t *to;    /* what it is defined through */
    uint32_t *next;  /* by product: the edge to follow next */
    uint32_t *stack; /* products on the way */
    size_t depth;
    unsigned char *colour;
    bool *circles; /* by product: its definition leads into a circle */
};

/* Edges side by side for each product. */
static void sort_edges(struct arena *a, struct graph *g)
{
    size_t n = g->x->product_ids.keys.n, edges = g->x->edges.n;
    g->first = NEWS(a, uint32_t, n + 2);
    g->next = NEWS(a, uint32_t, n + 1);
    g->to = NEWS(a, uint32_t, edges + 1);
    for (size_t i = 0; i < edges; i++)
        g->first[g->x->edges.v[i].from + 1]++;
    for (size_t i = 0; i < n; i++)
        g->first[i + 1] += g->first[i];
    for (size_t i = 0; i < n; i++)
        g->next[i] = g->first[i];
    for (size_t i = 0; i < edges; i++)
        g->to[g->next[g->x->edges.v[i].from]++] = g->x->edges.v[i].to;
    for (size_t i = 0; i < n; i++)
        g->next[i] = g->first[i];
}

static void push(struct graph *g, uint32_t product)
{
    g->colour[product] = GREY;
    g->stack[g->depth++] = product;
}

/* One step from the product on top of the stack. */
static void step(struct graph *g)
{
    uint32_t top = g->stack[g->depth - 1];
    if (g->next[top] == g->first[top + 1]) {
        g->colour[top] = BLACK;
        g->depth--;
        if (g->depth > 0 && g->circles[top])
            g->circles[g->stack[g->depth - 1]] = true;
        return;
    }
    uint32_t to = g->to[g->next[top]++];
    if (g->colour[to] == WHITE)
        push(g, to);
    else if (g->colour[to] == GREY || g->circles[to])
        g->circles[top] = true;
}

/* 6.1.3 */
void csaf_product_circular(struct csaf_check *c)
{
    const struct csaf_index *x = c->index;
    size_t n = x->product_ids.keys.n;
    struct graph g = {.x = x};
    if (x->edges.n == 0)
        return;
    sort_edges(c->a, &g);
    g.stack = NEWS(c->a, uint32_t, n);
    g.colour = NEWS(c->a, unsigned char, n);
    g.circles = NEWS(c->a, bool, n);
    for (uint32_t i = 0; i < n; i++) {
        if (g.colour[i] == WHITE)
            push(&g, i);
        while (g.depth > 0)
            step(&g);
    }
    for (size_t i = 0; i < x->products.n; i++) {
        const struct csaf_product *p = &x->products.v[i];
        if (p->by == CSAF_BY_PATH && p->number != CSAF_NO_NUMBER && g.circles[p->number])
            csaf_found(c, p->node, S("product_circular"), json_text(p->node), NO_STR, NO_STR);
    }
}
