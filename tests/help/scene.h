/* scene.h - the shipped process for tests, and cases that are played act by act.
 *
 * A scene plays only what the process allows: an act on a step that is not open is a bug of
 * the test.  Each act, signature and skip is one hour after the one before. */
#ifndef HELP_SCENE_H
#define HELP_SCENE_H

#include "base/vec.h"
#include "domain/progress.h"
#include "domain/rights.h"

/* The five tables that the program carries. */
struct process_text scene_tables(void);
const struct process *scene_process(struct arena *a);

struct scene {
    struct arena *a;
    const struct process *p;
    struct case_in in;
    struct lane_in *lanes; /* what in.lanes is */
    i64 now;
    struct progress g; /* of the latest scene_now */
    const char *usual; /* "field=value …": answers where an act says nothing */
    struct {
        VEC(struct act)
    } acts;
    struct {
        VEC(struct mark)
    } marks;
    struct {
        VEC(struct skip)
    } skips;
    struct {
        VEC(struct due)
    } dues;
};

/* Opened at hour 1000, by the finder in the coordinated flow; every vendor has a department of
 * its own for each kind. */
struct scene *scene_new(struct arena *a, enum flow flow, int vendors);

struct progress *scene_now(struct scene *s);
const struct step_state *scene_at(struct scene *s, int lane, const char *step);
int scene_step(const struct scene *s, const char *step);

/* The next hop, or the first one of a further round.  answers: "details=yes spread=design,rnd". */
void scene_hop(struct scene *s, int lane, const char *step, const char *answers);

/* All hops and signatures that are left of the running round. */
void scene_do(struct scene *s, int lane, const char *step, const char *answers);

/* What is open in this lane and in the case, by the usual answers, until the step is open. */
void scene_until(struct scene *s, int lane, const char *step);

void scene_sign(struct scene *s, int lane, const char *step, enum actor dept);
void scene_mark(struct scene *s, enum mark_kind kind, int lane, const char *step, enum actor dept);
void scene_skip(struct scene *s, int lane, const char *step);
void scene_due(struct scene *s, int lane, const char *step, i64 at);
void scene_ask(struct scene *s, enum known what);

/* One act, or "sign DEPT", and what then waits for whom. */
struct beat {
    int lane;
    const char *step, *answers, *waits;
};

/* False: something else waited after one of them; it is printed. */
bool scene_play(struct scene *s, const struct beat *beats, size_t n);

/* What waits: "0:1.1.1 coordinator, 1:1.3.1 rnd signs". */
str scene_waits(struct scene *s);

/* The ids of the steps of a lane in that state, one space between. */
str scene_in(struct scene *s, int lane, enum step_status status);

/* What a waiting step misses, or why one is not applicable: "2.4.1 affected !1:…". */
str scene_missing(struct scene *s, int lane, const char *step);

#endif
