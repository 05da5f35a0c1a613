/* progress.h - how far a case is: a pure function of its records.
 *
 * Nothing here is stored; the state of every step of every lane, what it waits for and on
 * whom, follow from the acts, signatures and answers.  Lane 0 is the case's own (steps of
 * scope "case"); lanes 1… are the vendors' walks, one each. */
#ifndef DOMAIN_PROGRESS_H
#define DOMAIN_PROGRESS_H

#include "domain/process.h"

enum tri { NO, YES, UNDECIDED };

/* The choices and instants that were answered, for the facts; never prose. */
struct answer {
    str field, value;
};

/* One hop that was performed. */
struct act {
    int step, lane, round, hop; /* round and hop from 1 */
    i64 at;
    const struct answer *answers;
    size_t nanswers;
};

/* A department's signature, its invitation to take part, or that it was told. */
enum mark_kind { MARK_SIGNED, MARK_ASKED, MARK_TOLD };
struct mark {
    enum mark_kind kind;
    int step, lane, round; /* round 0: for all rounds (asked, told) */
    enum actor dept;
    i64 at;
};

/* Of a step that follows another one, each skip stands for one round. */
struct skip {
    int step, lane;
    i64 at;
};

/* A deadline that somebody set in place of the table's days. */
struct due {
    int step, lane;
    i64 at;
};

struct lane_in {
    i64 opened;
    bool closed; /* nothing waits in it any more; its steps stay as they are */
    /* Which department answers for each kind: equal numbers are one department; 0 is the
     * POC's own, which stands in where the vendor has none. */
    int dept[ACTOR_COUNT];
};

struct case_in {
    enum flow flow;
    i64 opened;
    unsigned known; /* 1 << enum known, of the case */
    /* The latest inquiry (KNOW_FINDER_ASKED, …) or draft sent out (KNOW_DRAFT_ASKED); 0: none.
     * A step takes it as true until it has acted on it, and once more when it comes anew. */
    i64 asked_at[KNOWN_COUNT];
    const struct lane_in *lanes; /* nlanes ≥ 1; [0] is the case's own */
    size_t nlanes;
    const struct act *acts; /* in the order of `at` */
    size_t nacts;
    const struct mark *marks;
    size_t nmarks;
    const struct skip *skips;
    size_t nskips;
    const struct due *dues;
    size_t ndues;
};

enum step_status { STEP_WAITING, STEP_OPEN, STEP_DONE, STEP_SKIPPED, STEP_NOT_APPLICABLE };

/* What a waiting step still needs, or which condition made it not applicable. */
struct missing {
    const struct term *term;
    bool negated;
    int lane; /* in whose lane the term was looked at */
};

struct step_state {
    enum step_status status;
    int round;          /* the running one, or the last; from 1 */
    int hop;            /* open: the hop that is next, from 1; 0: only signatures are missing */
    enum actor actor;   /* of that hop */
    unsigned signers;   /* ACTOR_BITs that take part and sign; one kind for each department */
    unsigned unsigned_; /* of these, who has not signed in this round */
    unsigned told;      /* who is told of the result */
    int rounds_done;
    i64 done_at;    /* when the latest of these ended */
    bool optional;  /* open or waiting, but taken only where needed, or resting on such a step */
    bool begun;     /* an act of the running round is there */
    bool again;     /* done, and its first hop may be taken once more, as round + 1 */
    i64 since, due; /* open: from when it is this hop's turn, until when all; due 0: none */
    i64 settled_at; /* done, skipped or not applicable: since when */
    const struct missing *missing;
    size_t nmissing;
};

struct progress {
    const struct process *p;
    const struct case_in *in;
    size_t nsteps;
    struct step_state *states;   /* [lane * nsteps + step], like the next three */
    unsigned char *known;        /* which states are computed */
    int *first_act, *first_mark; /* 1 + index; 0: none */
    int *next_act, *next_mark;   /* by act or mark, likewise */
    struct over_lanes *over;     /* terms over all lanes that were computed before */
    size_t nover;
    struct arena *a;
};

void progress_compute(struct arena *a, const struct process *p, const struct case_in *in,
                      struct progress *out);

const struct step_state *progress_at(const struct progress *g, int lane, int step);

/* Whether the step has a copy in that lane: scope lane in 1…, scope case in 0. */
bool progress_has(const struct progress *g, int lane, int step);

/* A fact as seen from a lane (0: from the case). */
enum tri progress_fact(struct progress *g, int lane, int fact);

/* A rule as seen from a lane and, for rights, from a department of it. */
struct rule_view {
    int lane;
    enum actor dept; /* for spread, told, participant, own */
    unsigned known;  /* further 1 << enum known of this view */
    int step;        /* whose `when` this is, -1: none; for @…_asked */
};
enum tri progress_rule(struct progress *g, const struct rule *r, const struct rule_view *v);

/* The latest answer of a hop's field, absent where there is none. */
str progress_answer(const struct progress *g, int lane, int step, int hop, str field);

/* Whether a department kind leads, acts or signs in a step that is open to it or was acted on;
 * whether it was told of a round that is done. */
bool progress_takes_part(const struct progress *g, int lane, int step, enum actor dept);
bool progress_is_told(const struct progress *g, int lane, int step, enum actor dept);

/* The phase, 0 to 5, that the case is in: the lowest that has an open step that is not
 * optional; where none is open, the lowest that has a waiting one; 6: nothing is left. */
int progress_phase(const struct progress *g);

/* One thing that waits for somebody. */
struct task {
    int lane, step, round, hop; /* hop 0: a signature */
    enum actor actor;
    i64 since, due;
};
struct tasks {
    struct task *v;
    size_t n, cap;
};
void progress_tasks(struct arena *a, const struct progress *g, struct tasks *out);

/* The active hops of a step: those whose condition holds now.  Returns how many; out may hold
 * up to step->nhops.  A round that has passed such a hop by does not come back to it. */
size_t progress_hops(struct progress *g, int lane, int step, enum actor *out);

#endif
