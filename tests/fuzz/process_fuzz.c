/* process_fuzz.c - the tables of the process, as somebody may have edited them.
 *
 * The input is coordinated, direct, questions, facts, rights and clocks, one behind the other
 * with a form feed between them.  What loads is also written, drawn and computed on. */
#include "base/err.h"
#include "domain/clocks.h"
#include "domain/progress.h"
#include "domain/rights.h"

#include <stdint.h>

/* Acts wherever the bytes say, possible or not: states must come out all the same. */
static size_t acts_from(str bytes, const struct flow_table *flow, struct act *acts, size_t most)
{
    static const struct answer answers[] = {{S_INIT("agree"), S_INIT("no")},
                                            {S_INIT("want"), S_INIT("yes")},
                                            {S_INIT("spread"), S_INIT("design,rnd")},
                                            {S_INIT("tell"), S_INIT("quality")}};
    size_t n = 0;
    for (size_t i = 0; i < bytes.n && n < most && flow->n > 0; i++) {
        unsigned char c = (unsigned char)bytes.p[i];
        acts[n] = (struct act){.step = c % (int)flow->n,
                               .lane = c >> 6 & 1,
                               .round = 1 + (c >> 5 & 1),
                               .hop = 1 + (c >> 3 & 3),
                               .at = (i64)n + 2,
                               .answers = answers,
                               .nanswers = COUNT(answers)};
        n++;
    }
    return n;
}

static void compute(struct arena *a, const struct process *p, enum flow f, str bytes)
{
    struct lane_in lanes[2] = {{.opened = 1}, {.opened = 1}};
    struct act acts[32];
    for (int i = ACTOR_POC; i < ACTOR_COUNT; i++)
        lanes[1].dept[i] = i / 2;
    struct case_in in = {.flow = f, .opened = 1, .known = 1, .lanes = lanes, .nlanes = 2};
    in.acts = acts;
    in.nacts = acts_from(bytes, &p->flow[f], acts, COUNT(acts));
    struct progress g;
    struct tasks tasks = {0};
    struct grants grants;
    const struct holder holders[] = {
        {.principal = S("c"), .relation = REL_COORDINATOR},
        {.principal = S("d"), .relation = REL_VENDOR_DEPT, .lane = 1, .dept = ACTOR_DESIGN},
        {.principal = S("p"), .relation = REL_VENDOR_POC, .lane = 1},
    };
    progress_compute(a, p, &in, &g);
    progress_tasks(a, &g, &tasks);
    (void)progress_phase(&g);
    rights_compute(a, &g, holders, COUNT(holders), &grants);
}

static void load(struct arena *a, const struct process_text *text, str bytes)
{
    struct process p;
    struct process_fault fault;
    struct findings found;
    if (process_load(a, text, &p, &fault) != OK) {
        must(fault.what.n > 0 && fault.table.n > 0);
        return;
    }
    must(process_json(a, &p).n > 0);
    for (enum flow f = 0; f < FLOW_COUNT; f++) {
        must(process_svg(a, &p, f, LANG_JA_AT).n > 0);
        compute(a, &p, f, bytes);
    }
    if (p.flow[FLOW_COORDINATED].n + p.flow[FLOW_DIRECT].n <= 5)
        process_check(a, &p, &found);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_new();
    str rest = {(const char *)data, size}, part[6];
    struct clocks clocks;
    struct process_fault fault;
    struct findings found;
    for (size_t i = 0; i < COUNT(part); i++)
        part[i] = str_cut(&rest, '\f');
    struct process_text text = {.coordinated = part[0],
                                .direct = part[1],
                                .questions = part[2],
                                .facts = part[3],
                                .rights = part[4]};
    load(a, &text, part[0]);
    if (clocks_load(a, part[5], &clocks, &fault) == OK)
        clocks_check(a, &clocks, &found);
    arena_free(a);
    return 0;
}
