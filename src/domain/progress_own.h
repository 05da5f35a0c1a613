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

/* The latest act of a hop, or NULL. */
const struct act *own_act(const struct progress *g, int lane, int step, int hop);
str act_answer(const struct act *x, str field);

/* When the step was last acted on; 0: never. */
i64 own_answered_at(const struct progress *g, int lane, int step);

/* *latest grows to the latest instant that the value rests on. */
enum tri own_fact(struct progress *g, int lane, int fact, i64 *latest);
enum tri own_fact_view(struct progress *g, const struct rule_view *v, int fact, i64 *latest);
enum tri eval_clause(struct progress *g, const struct clause *c, const struct rule_view *v,
                     i64 *latest);
enum tri eval_rule(struct progress *g, const struct rule *r, const struct rule_view *v,
                   i64 *latest);

#endif
