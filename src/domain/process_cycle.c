/* process_cycle.c - find steps and facts that rest on themselves. */
#include "domain/process_check.h"

/* Nodes: the steps of the flow, then the facts. */
enum colour { NEW_NODE, ON_PATH, PROVED };
struct graph {
    struct arena *a;
    const struct process *p;
    enum flow flow;
    size_t nsteps;
    unsigned char *colour;
    int *path;
    size_t depth;
    struct findings *out;
};

static str node_name(const struct graph *g, int node)
{
    return (size_t)node < g->nsteps ? g->p->flow[g->flow].steps[node].id
                                    : g->p->facts[(size_t)node - g->nsteps].id;
}

static void report(struct graph *g, int back_to)
{
    buf way = {.a = g->a};
    size_t i = g->depth;
    while (i > 0 && g->path[i - 1] != back_to)
        i--;
    for (i = i - 1; i < g->depth; i++) {
        buf_put(&way, node_name(g, g->path[i]));
        buf_put(&way, S(" → "));
    }
    check_found(g->a, g->out, "%.*s %.*s: it needs itself: %.*s%.*s", SV(flow_name(g->flow)),
                SV(node_name(g, back_to)), SV(buf_str(&way)), SV(node_name(g, back_to)));
}

static void visit(struct graph *g, int node);

static void visit_rule(struct graph *g, const struct rule *r)
{
    for (size_t i = 0; i < r->n; i++)
        for (size_t k = 0; k < r->clauses[i].n; k++) {
            const struct term *t = &r->clauses[i].terms[k];
            bool fact =
                t->kind == TERM_FACT || t->kind == TERM_ANY_FACT || t->kind == TERM_ALL_FACT;
            if (fact)
                visit(g, (int)g->nsteps + t->at);
            else if (t->kind != TERM_KNOWN)
                visit(g, t->at);
        }
}

static void visit_step(struct graph *g, const struct step *s)
{
    visit_rule(g, &s->needs);
    visit_rule(g, &s->when);
    visit_rule(g, &s->until);
    if (s->follows >= 0)
        visit(g, s->follows);
    for (size_t i = 0; i < s->nhops; i++)
        if (s->hops[i].only_if >= 0)
            visit(g, (int)g->nsteps + s->hops[i].only_if);
}

static void visit(struct graph *g, int node)
{
    if (g->colour[node] == ON_PATH)
        report(g, node);
    if (g->colour[node] != NEW_NODE)
        return;
    g->colour[node] = ON_PATH;
    g->path[g->depth++] = node;
    if ((size_t)node < g->nsteps)
        visit_step(g, &g->p->flow[g->flow].steps[node]);
    else
        visit_rule(g, &g->p->facts[(size_t)node - g->nsteps].rule[g->flow]);
    g->depth--;
    g->colour[node] = PROVED;
}

void check_cycles(struct arena *a, const struct process *p, enum flow flow, struct findings *out)
{
    size_t nodes = p->flow[flow].n + p->nfacts;
    struct graph g = {.a = a,
                      .p = p,
                      .flow = flow,
                      .nsteps = p->flow[flow].n,
                      .colour = NEWS(a, unsigned char, nodes + 1),
                      .path = NEWS(a, int, nodes + 1),
                      .out = out};
    for (size_t i = 0; i < nodes; i++)
        visit(&g, (int)i);
}
