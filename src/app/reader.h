/* reader.h - inside app/: how the one who asks stands to a case, and what of the process that
 * one may know.
 *
 * Texts are guarded by struct access.  This is about the rest: which steps there are for a
 * reader, in what state, and by which name others are called.  The rule is domain.md's: a
 * vendor's people see their own lane; bodies outside see of a lane what is sent to them. */
#ifndef APP_READER_H
#define APP_READER_H

#include "app/case_file.h"

enum sight {
    SIGHT_NONE,   /* the step does not exist for this reader */
    SIGHT_COMING, /* done, or to come, and no more */
    SIGHT_STATE,  /* its state, and what it waits for */
};

struct reader {
    struct ctx *cx;
    const struct case_file *cf;
    const struct access *acc;
    unsigned *kinds;     /* by lane: ACTOR_BITs that the reader acts as; [0]: outside a vendor */
    int own_lane;        /* 0: of no vendor in this case */
    bool coordinates;    /* sees of a lane what is sent to the coordinator */
    bool told_what;      /* may know what the case is about */
    bool sees_vendors;   /* may know of the other vendors by name */
    unsigned char *sees; /* by lane and step: enum sight */
};

void reader_make(struct ctx *cx, const struct case_file *cf, const struct access *acc,
                 struct reader *out);

enum sight reader_sight(const struct reader *r, int lane, int step);

/* The state as this reader may know it: what is only to come is STEP_WAITING, and a step whose
 * rest is done inside the vendor is STEP_DONE. */
enum step_status reader_status(const struct reader *r, int lane, int step);

/* Whether the reader may know why a step does not apply or what exactly it waits for. */
bool reader_knows_why(const struct reader *r, int lane, int step);

/* Whether any step of the lane is there for the reader. */
bool reader_sees_lane(const struct reader *r, int lane);

bool reader_acts_as(const struct reader *r, int lane, enum actor actor);

/* The vendor of a lane, in the reader's language: by name where the reader may know it, else
 * "Vendor 1" by the order of the lanes that it sees. */
str reader_lane_name(const struct reader *r, int lane);

/* Who acts as that in the lane: a department by kind for its own people; a body by its name;
 * a vendor as a whole for those outside. */
str reader_actor_name(const struct reader *r, int lane, enum actor actor);

/* The same for a department's id, as texts and acts carry it; absent: the finder. */
str reader_dept_name(const struct reader *r, str dept_id);

/* The reader's name for a principal of a grant; absent: one that it may not know of. */
str reader_principal_name(const struct reader *r, str principal);

#endif
