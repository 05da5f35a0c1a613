/* walk.h - for tests: walk a case through the process, each hop by its own person of the cast
 * (help/app.h), and look after each step who sees what and what the case waits for. */
#ifndef HELP_WALK_H
#define HELP_WALK_H

#include "app/case_file.h"
#include "app/steps.h"
#include "help/app.h"

struct walk {
    struct stage *st;
    str report_id, case_id;
    str why; /* of the last walk_try() */
    size_t npeople;
    struct {
        const char *login;
        str principal;
    } people[40];
};

struct walk *walk_new(struct stage *st);

/* A finder reports a product to reception, or to a vendor that takes reports (slug); an
 * overseas coordinator, if `by` is its login.  Sets report_id, and case_id where one began. */
void walk_report(struct walk *w, const char *by, const char *to);

/* Reception accepts: the second hop of 0.1.1.  Sets case_id. */
void walk_accept(struct walk *w);

/* Perform a hop.  who: a login, or "finder".  lane: a vendor's slug, or "".  Fields that are
 * required and not given are answered: choices with their first, texts with "STEP/HOP/FIELD at
 * LANE", instants with the coming month.  Ends the test where it is not OK. */
[[gnu::sentinel]] void walk_act(struct walk *w, const char *who, const char *lane, const char *step,
                                int hop, ...);

/* The same, but says what came of it. */
enum err walk_try(struct walk *w, const char *who, const char *lane, const char *step, int hop,
                  const struct input *in);

/* Sign as the kind that the login's name ends in: "mihon.care" signs as care. */
void walk_sign(struct walk *w, const char *who, const char *step);

/* Do all that waits, by whom it waits for, with default answers, until nothing waits but what
 * stands in `but` ("5.2.1 5.2.2"), which is left alone.  1.1 is never done. */
void walk_run(struct walk *w, const char *but);

/* A report by a finder, accepted, its overview notified to mihon, and to reiji if `both`. */
void walk_begin(struct walk *w, bool both);

/* What the case waits for, sorted: "coordinator:1.1 mihon.care:3.2.1*"; * is a signature.  The
 * finder is "finder". */
str walk_waits(struct walk *w);
#define WAITS(w, want) CHECK_STR(S(want), walk_waits(w))

/* Who can read the newest text of that kind, in the order of the cast; the finder last.  step
 * and lane "" are the case's own. */
str walk_sees(struct walk *w, const char *lane, const char *step, const char *kind);
#define SEES(w, lane, step, kind, want) CHECK_STR(S(want), walk_sees(w, lane, step, kind))

/* Who may know of the case, likewise. */
str walk_knows(struct walk *w);
#define KNOWS(w, want) CHECK_STR(S(want), walk_knows(w))

/* The state of a step: waiting open done skipped not_applicable. */
str walk_state(struct walk *w, const char *lane, const char *step);
#define STATE(w, lane, step, want) CHECK_STR(S(want), walk_state(w, lane, step))

/* The id of a vendor's lane. */
str walk_lane(struct walk *w, const char *slug);

/* Who acts, as a ctx. */
struct ctx *walk_as(struct walk *w, const char *who);

#endif
