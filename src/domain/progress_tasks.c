/* progress_tasks.c - what the states mean for people: who has a part, what waits for whom. */
#include "domain/progress_own.h"

#include "base/vec.h"

/* From when a department has a part: a step that somebody else begins (the contact, who chooses
 * whom it concerns) is not its own before that. */
static bool has_come(const struct progress *g, int lane, int step, enum actor dept)
{
    const struct step *s = own_step(g, step);
    const struct step_state *st = progress_at(g, lane, step);
    if (g->first_act[own_at(g, lane, step)] > 0)
        return true;
    if (st->status != STEP_OPEN || st->optional)
        return false;
    return s->hops[0].actor == s->lead || s->hops[0].actor == dept;
}

bool progress_takes_part(const struct progress *g, int lane, int step, enum actor dept)
{
    const struct step *s = own_step(g, step);
    if (!progress_has(g, lane, step) || !has_come(g, lane, step, dept))
        return false;
    bool acts = s->lead == dept;
    for (size_t i = 0; i < s->nhops; i++)
        acts |= s->hops[i].actor == dept;
    return acts || (progress_at(g, lane, step)->signers >> dept & 1);
}

bool progress_is_told(const struct progress *g, int lane, int step, enum actor dept)
{
    const struct step_state *st = progress_at(g, lane, step);
    return progress_has(g, lane, step) && st->rounds_done > 0 && (st->told >> dept & 1);
}

static void push_tasks(struct arena *a, const struct progress *g, int lane, int step,
                       struct tasks *out)
{
    const struct step_state *s = progress_at(g, lane, step);
    struct task t = {
        .lane = lane, .step = step, .round = s->round, .since = s->since, .due = s->due};
    if (s->hop > 0) {
        t.hop = s->hop;
        t.actor = s->actor;
        *PUSH(a, out) = t;
    }
    /* participants may sign from the first act on; after the lead's they must */
    t.hop = 0;
    for (int kind = ACTOR_POC; kind < ACTOR_COUNT && s->begun; kind++)
        if (s->unsigned_ >> kind & 1) {
            t.actor = (enum actor)kind;
            *PUSH(a, out) = t;
        }
}

void progress_tasks(struct arena *a, const struct progress *g, struct tasks *out)
{
    for (int lane = 0; lane < (int)g->in->nlanes; lane++)
        for (int step = 0; step < (int)g->nsteps && !g->in->lanes[lane].closed; step++) {
            const struct step_state *s = progress_at(g, lane, step);
            if (s->status == STEP_OPEN && !s->optional)
                push_tasks(a, g, lane, step, out);
        }
}

static int lowest_phase(const struct progress *g, enum step_status status)
{
    int phase = 6;
    for (int lane = 0; lane < (int)g->in->nlanes; lane++)
        for (int step = 0; step < (int)g->nsteps && !g->in->lanes[lane].closed; step++) {
            const struct step_state *s = progress_at(g, lane, step);
            int at = own_step(g, step)->phase;
            if (progress_has(g, lane, step) && s->status == status && !s->optional && at < phase)
                phase = at;
        }
    return phase;
}

int progress_phase(const struct progress *g)
{
    int open = lowest_phase(g, STEP_OPEN);
    return open < 6 ? open : lowest_phase(g, STEP_WAITING);
}
