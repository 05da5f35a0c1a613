/* step_effects.h - between the files of steps: a hop as it is performed, and what it does
 * beside its own record. */
#ifndef APP_STEP_EFFECTS_H
#define APP_STEP_EFFECTS_H

#include "app/steps.h"

/* A hop as it is being performed. */
struct hop_call {
    struct case_file *cf;
    int lane, step, round, hop;
    const struct step *s;
    const struct step_form *form;
    const struct value *values; /* as read by form->rules */
    const struct input *in;
    str act_id;
    str dept_id;   /* acting; absent: the finder */
    str report_id; /* whose talk a word to the finder belongs to; absent: none */
};

/* The value of a field; all zero where the hop does not ask it. */
const struct value *hop_value(const struct hop_call *h, const char *field);

/* Where texts of that audience are kept: in the lane, or with the case. */
struct place place_for(const struct case_file *cf, int lane, enum audience audience);

/* Where an answer of that audience is kept. */
struct place hop_place(const struct hop_call *h, enum audience audience);

/* Find lane and step of a reference, and that the actor may know of the case. */
enum err step_find(struct ctx *cx, const struct step_ref *ref, struct case_file *cf, int *lane,
                   int *step);

/* Whether the user may act as that in the lane.  A vendor's people see their own lane alone:
 * another's does not exist for them (E_NOT_FOUND); else E_DENIED. */
enum err step_may(const struct ctx *cx, const struct case_file *cf, int lane, enum actor actor);

/* Perform a hop that is known to be next and allowed; within db_write(). */
enum err hop_run(struct ctx *cx, struct hop_call *h);

/* The fields of a draft, as draft_answer keeps them. */
enum err draft_read(struct ctx *cx, str content, struct input *out);

/* Mark department kinds as "asked" or "told"; once is enough. */
enum err step_mark(struct ctx *cx, const struct case_file *cf, int lane, int step,
                   const struct strs *kinds, str mark);

/* Before anything is written: what this hop must refuse. */
enum err hop_check(struct ctx *cx, const struct hop_call *h);

/* After the act is recorded, in its transaction. */
enum err hop_effects(struct ctx *cx, const struct hop_call *h);

#endif
