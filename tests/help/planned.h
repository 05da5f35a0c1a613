/* planned.h - for tests: a case that is agreed and waits for its release, and plans of it. */
#ifndef HELP_PLANNED_H
#define HELP_PLANNED_H

#include "app/release_plan.h"
#include "help/released.h"

/* Both languages, all agreed, the date reached, nothing public; the setting is as it comes, asking for plans, and
 * there is a second coordinator, "second". */
struct walk *planned_case(struct stage *st);
i64 planned_draft_rev(struct walk *w);

/* Fields of a plan, `in` ms from now; with lines where the kind has them. */
struct input *plan_wish(struct stage *st, const char *lang, const char *kind, i64 in);

/* By the coordinator; the plan's id. */
str plan_add(struct walk *w, const char *lang, const char *kind, i64 in);

/* As "second" sees it. */
struct release_plan plan_look(struct walk *w, str id);

/* The digest of its dry run. */
str plan_built(struct walk *w, const struct release_plan *p);

enum err plan_approve_as(struct walk *w, const char *who, str id, str *why);

/* By "second"; ends the test where it cannot be. */
void plan_approve(struct walk *w, str id);

#endif
