/* rights.h - who may read what of a case: rights.tsv over the records.
 *
 * The one function that decides.  What it returns is written to the table `grant_` in the
 * same act that changed the records; every list, search, count, feed and notice joins it,
 * and `kakehashi check` computes it anew and compares. */
#ifndef DOMAIN_RIGHTS_H
#define DOMAIN_RIGHTS_H

#include "domain/progress.h"

/* A principal (a department's, person's or report's id) and how it stands to the case.  One
 * principal may stand in several relations: a small vendor's one department in many. */
struct holder {
    str principal;
    enum relation relation;
    int lane;        /* of a vendor relation, from 1; 0 of the others */
    enum actor dept; /* REL_VENDOR_DEPT: of which kind it is asked */
    unsigned known;  /* 1 << enum known that hold for this one: shared, delegated, named */
};

enum { LANE_EVERY = -1, STEP_EVERY = -1 };

struct grant {
    str principal;
    int lane; /* 0: texts of the case as a whole; LANE_EVERY: of all lanes */
    int step; /* STEP_EVERY, or the texts of that step alone */
    unsigned audiences;
};
struct grants {
    struct grant *v;
    size_t n, cap;
};

/* Sorted by principal, lane, step; one entry each.  Whoever may read anything also has
 * AUD_CASE on lane 0. */
void rights_compute(struct arena *a, struct progress *g, const struct holder *holders, size_t n,
                    struct grants *out);

/* The same for some audiences alone (AUD_BITs), at their cost: who reads a text of one of these.
 * What it says of other audiences may be incomplete. */
void rights_of(struct arena *a, struct progress *g, const struct holder *holders, size_t n,
               unsigned audiences, struct grants *out);

#endif
