/* progress_bench.c - how long the state of a case takes, by how many vendors walk in it.
 *
 * Usage: progress_bench [VENDORS]     Prints one JSON object a line.  All vendors are walked to
 * the end, so that every record there can be is there. */
#include "base/asset.h"
#include "base/err.h"
#include "base/vec.h"
#include "domain/progress.h"
#include "domain/rights.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

struct records {
    struct {
        VEC(struct act)
    } acts;
    struct {
        VEC(struct mark)
    } marks;
};

static double now(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static str table(str path)
{
    const struct asset *x = asset_find(path);
    must(x != NULL);
    return x->bytes;
}

static void load(struct arena *a, struct process *p)
{
    struct process_text text = {.coordinated = table(S("process/coordinated.tsv")),
                                .direct = table(S("process/direct.tsv")),
                                .questions = table(S("process/questions.tsv")),
                                .facts = table(S("process/facts.tsv")),
                                .rights = table(S("process/rights.tsv"))};
    struct process_fault fault;
    must(process_load(a, &text, p, &fault) == OK);
}

static const struct answer yes[] = {
    {S_INIT("details"), S_INIT("yes")},      {S_INIT("reproduced"), S_INIT("yes")},
    {S_INIT("affected"), S_INIT("yes")},     {S_INIT("customers"), S_INIT("unspecified")},
    {S_INIT("publish"), S_INIT("yes")},      {S_INIT("agree"), S_INIT("yes")},
    {S_INIT("spread"), S_INIT("design,rnd")}};

static bool take(struct arena *a, const struct progress *g, struct records *r, int lane, int step)
{
    const struct step_state *s = progress_at(g, lane, step);
    i64 at = (i64)r->acts.n + 2;
    if (s->status != STEP_OPEN || s->optional)
        return false;
    if (s->hop > 0)
        *PUSH(a, &r->acts) = (struct act){step, lane, s->round, s->hop, at, yes, COUNT(yes)};
    for (int kind = ACTOR_POC; kind < ACTOR_COUNT && s->hop == 0; kind++)
        if (s->unsigned_ >> kind & 1)
            *PUSH(a, &r->marks) =
                (struct mark){MARK_SIGNED, step, lane, s->round, (enum actor)kind, at};
    return true;
}

static void walk(struct arena *a, const struct process *p, struct case_in *in, struct records *r)
{
    for (bool took = true; took;) {
        struct arena *once = arena_new();
        struct progress g;
        progress_compute(once, p, in, &g);
        took = false;
        for (int lane = 0; lane < (int)in->nlanes; lane++)
            for (int step = 0; step < (int)g.nsteps; step++)
                took |= take(a, &g, r, lane, step);
        in->acts = r->acts.v;
        in->nacts = r->acts.n;
        in->marks = r->marks.v;
        in->nmarks = r->marks.n;
        arena_free(once);
    }
}

/* Every vendor with its contact and nine departments. */
static size_t people(struct arena *a, struct holder *out, size_t vendors)
{
    size_t n = 0;
    out[n++] = (struct holder){.principal = S("coordinator"), .relation = REL_COORDINATOR};
    for (int lane = 1; lane <= (int)vendors; lane++)
        for (int kind = ACTOR_POC; kind < ACTOR_COUNT; kind++)
            out[n++] =
                (struct holder){.principal = str_fmt(a, "%d-%d", lane, kind),
                                .relation = kind == ACTOR_POC ? REL_VENDOR_POC : REL_VENDOR_DEPT,
                                .lane = lane,
                                .dept = (enum actor)kind};
    return n;
}

static void measure(struct arena *a, const struct process *p, size_t vendors)
{
    struct lane_in *lanes = NEWS(a, struct lane_in, vendors + 1);
    struct case_in in = {.flow = FLOW_COORDINATED,
                         .opened = 1,
                         .known = 1u << KNOW_FROM_FINDER | 1u << KNOW_DRAFT_ASKED,
                         .lanes = lanes,
                         .nlanes = vendors + 1};
    struct records r = {0};
    for (size_t lane = 1; lane <= vendors; lane++)
        for (int kind = ACTOR_POC + 1; kind < ACTOR_COUNT; kind++)
            lanes[lane].dept[kind] = kind;
    walk(a, p, &in, &r);

    struct holder *holders = NEWS(a, struct holder, vendors * 10 + 1);
    size_t nholders = people(a, holders, vendors);
    double best = 1e9, best_rights = 1e9;
    for (int i = 0; i < 50; i++) {
        struct arena *once = arena_new();
        struct progress g;
        struct grants grants;
        double from = now();
        progress_compute(once, p, &in, &g);
        double mid = now();
        rights_compute(once, &g, holders, nholders, &grants);
        double to = now();
        best = mid - from < best ? mid - from : best;
        best_rights = to - mid < best_rights ? to - mid : best_rights;
        arena_free(once);
    }
    (void)printf("{\"bench\":\"progress\",\"vendors\":%zu,\"acts\":%zu,\"marks\":%zu,"
                 "\"states_ms\":%.3f,\"rights_ms\":%.3f}\n",
                 vendors, in.nacts, in.nmarks, best * 1e3, best_rights * 1e3);
}

static void measure_check(struct arena *a, const struct process *p)
{
    struct findings found;
    double from = now();
    process_check(a, p, &found);
    (void)printf("{\"bench\":\"process_check\",\"findings\":%zu,\"ms\":%.0f}\n", found.n,
                 (now() - from) * 1e3);
}

int main(int argc, char **argv)
{
    struct arena *a = arena_new();
    struct process *p = NEW(a, struct process);
    load(a, p);
    if (argc > 1)
        measure(a, p, (size_t)strtoul(argv[1], NULL, 10));
    else
        for (size_t vendors = 1; vendors <= 1000; vendors *= 10)
            measure(a, p, vendors);
    measure_check(a, p);
    arena_free(a);
    return 0;
}
