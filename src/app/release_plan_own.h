/* release_plan_own.h - between the files of the release plan. */
#ifndef APP_RELEASE_PLAN_OWN_H
#define APP_RELEASE_PLAN_OWN_H

#include "app/case_file.h"
#include "app/history.h"
#include "app/release_plan.h"

/* Open the case for who has the right to its plans.  act: and plans or releases, not only
 * approves; E_DENIED. */
enum err plan_case(struct ctx *cx, str case_id, bool act, struct case_file *cf);

/* All plans of the case, newest first; without asking who reads. */
enum err plans_load(struct ctx *cx, const struct case_file *cf, struct release_plan **out,
                    size_t *n);
enum err plan_load(struct ctx *cx, const struct case_file *cf, str id, struct release_plan *out);

/* Whether it is neither released nor cancelled. */
bool plan_is_open(const struct release_plan *p);

/* Within db_write(). */
enum err plan_note(struct ctx *cx, const struct case_file *cf, const char *act,
                   const struct release_plan *p);

/* releases_look(), so many plans read at once. */
enum err plans_look(struct ctx *cx, i64 at_once);

/* Something waits for those who may approve, the planner's department among them. */
enum err plan_tell(struct ctx *cx, const struct case_file *cf);

#endif
