/* field_rows.h - rows of products in a form. */
#ifndef WEB_FIELD_ROWS_H
#define WEB_FIELD_ROWS_H

#include "web/field.h"

/* The id of a field in the page: its name, with what an id cannot hold replaced. */
str field_id(struct ctx *cx, str form, str name);

/* The rows that were filled, and three empty ones.  quiet: problems are another form's. */
void field_rows(struct ctx *cx, str form, const struct field_rule *r, const struct input *in,
                bool quiet, struct field_view *v);

/* A problem of one column of a row of products leads there, and is called so; others stay. */
void field_rows_problem(struct ctx *cx, str form, const struct problem *p,
                        struct problem_line *line);

#endif
