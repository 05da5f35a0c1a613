/* cases.h - cases as a whole, for every door; what is inside is struct case_file. */
#ifndef APP_CASES_H
#define APP_CASES_H

#include "app/ctx.h"

struct case_file; /* app/case_file.h: a case with its rows, for app/ alone */

/* The id of a case by the number that people see, with or without its prefix, or by the id
 * itself.  Asks nothing about rights: access_case() comes next.  E_NOT_FOUND: no such number. */
enum err case_id_of(struct ctx *cx, str number_or_id, str *out);

/* After a change: recompute from the records and bring grants, tasks and the index of the
 * case up to date.  Within db_write(). */
enum err case_settle(struct ctx *cx, str case_id);

/* Settle the cases whose planned date has come since they were last settled. */
enum err cases_settle_due(struct ctx *cx);

/* Recompute and compare only; each difference is one English sentence without content. */
enum err case_verify(struct ctx *cx, str case_id, struct findings *out);

/* Cases in the order of their ids, `most` at a time, from behind `after`, for work on all. */
enum err case_ids(struct ctx *cx, str after, size_t most, str **out, size_t *n);

#endif
