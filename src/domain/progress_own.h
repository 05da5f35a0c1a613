/* progress_own.h - between the files of progress: rules need states, states need rules. */
#ifndef DOMAIN_PROGRESS_OWN_H
#define DOMAIN_PROGRESS_OWN_H

#include "domain/progress.h"

/* The state of one step, computed when it is first asked for. */
const struct step_state *own_state(struct progress *g, int lane, int step);

static inline size_t own_at(const struct progress *g, int lane, int step)
{
    return (size_t)lane * g->nsteps + (size_t)step;
}

static inline const struct step *own_step(const struct progress *g, int step)
{
    return &g->p->flow[g->in->flow].steps[step];
}

/* The latest act of a hop, or NULL. */
const struct act *own_act(const struct progress *g, int lane, int step, int hop);
str act_answer(const struct act *x, str field);

/* When the step was last acted on; 0: never. */
i64 own_answered_at(const struct progress *g, int lane, int step);

/* When the latest act of that round was; 0: none. */
i64 own_round_at(const struct progress *g, int lane, int step, int round);

/* What any: and all: came to, the same for every lane that asks. */
struct over_lanes {
    bool known;
    enum tri value;
    i64 latest;
};
enum { OVER_KINDS = TERM_ALL_SETTLED - TERM_ANY_FACT + 1 };

/* Where a round stands.  hop: the next one; 0 and not complete: signatures are missing. */
struct standing {
    bool begun, complete, redo;
    int hop;
    enum actor actor;
    unsigned unsigned_;
    i64 first, latest; /* acts of the round */
};

/* Who signs and who is told, as ACTOR_BITs. */
unsigned own_signers(const struct progress *g, int lane, int step);
unsigned own_told(const struct progress *g, int lane, int step);

/* Find the running round, behind those that are complete; fills round, rounds_done, done_at,
 * settled_at of *out and reads its signers. */
struct standing own_rounds(struct progress *g, int lane, int step, struct step_state *out);

/* *latest grows to the latest instant that the value rests on. */
enum tri own_fact(struct progress *g, int lane, int fact, i64 *latest);
enum tri own_fact_view(struct progress *g, const struct rule_view *v, int fact, i64 *latest);
enum tri eval_clause(struct progress *g, const struct clause *c, const struct rule_view *v,
                     i64 *latest);
enum tri eval_rule(struct progress *g, const struct rule *r, const struct rule_view *v,
                   i64 *latest);

#endif
