/* step_view.h - one step as its reader may see it: the question, the texts it
 * rests on, the form, who signs, who is told, who will read the answer. */
#ifndef APP_STEP_VIEW_H
#define APP_STEP_VIEW_H

#include "app/answer_view.h"
#include "app/board.h"
#include "app/steps.h"

/* A hop that was performed. */
struct step_act {
    i64 round, hop, at;
    str who;    /* department or body */
    str person; /* by name, where the reader may know it; else absent */
    struct answer_views answers;
};

/* Something to read for the step: the case's text, the hop before, results of its inputs. */
struct step_source {
    str head; /* what it is */
    i64 at;
    bool folded; /* of interest, but not at once */
    struct answer_views answers;
};

struct step_signer {
    str who, dept; /* kind of department, its own name */
    str person;
    bool required, signed_, own;
    enum actor kind;
    i64 at;
};

/* Who acts in which order: "design → contact → coordinator". */
struct step_way {
    str who;
    bool done, here;
};

/* A remark beside the answers: a signature's comment, a note, why it was skipped. */
struct step_remark {
    str kind, who, person, body, lang;
    i64 at;
};

struct step_view {
    int at_lane, at_step, phase;
    str lane, lane_name; /* lane_name: empty where it goes without saying */
    str step, title;
    enum step_kind kind;
    enum chip_is is;
    str word;       /* its state */
    i64 round, hop; /* to be performed or signed; hop 0: only signatures are missing */
    opt_i64 due;
    i64 since, done_at;                 /* 0: not */
    struct phrases missing, conditions; /* what it waits for; why it does not apply */
    const struct step_way *way;
    size_t nway;
    const struct step_act *acts; /* oldest first */
    size_t nacts;
    const struct step_source *sources;
    size_t nsources;
    const struct step_signer *signers;
    size_t nsigners;
    const struct step_remark *remarks;
    size_t nremarks;
    struct phrases told; /* who is told of the result */

    /* What this reader may do. */
    bool may_perform, again; /* again: it begins a further round */
    enum actor as;           /* the hop's */
    struct step_form form;
    struct input preset;     /* the draft, or what is passed on from before */
    i64 draft_rev, draft_at; /* 0: no draft */
    str draft_by;
    bool may_draft;
    struct phrases sees; /* who will read it */
    bool may_sign;
    enum actor sign_as;
    bool may_invite, may_skip, may_due, may_note;
    bool may_plan;           /* it publishes, and the reader has the right to its release plans */
    bool needs_plan;         /* and it is not done but by one */
    struct step_form invite; /* fields of step_invite() */
};

#endif
