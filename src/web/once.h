/* once.h - a form that is sent twice is done once.
 *
 * Each form carries a token; the same token with the same content is the same act.  What was
 * done already is answered as if it had been done now. */
#ifndef WEB_ONCE_H
#define WEB_ONCE_H

#include "web/route.h"

enum { ONCE_SIZE = 22 };

/* A new token, ONCE_SIZE letters, digits, - and _. */
str once_token(struct ctx *cx);

/* The hidden field, with a new one. */
html once_field(struct ctx *cx);

/* Before the act.  *done: it was done before, so that only the answer is left to give. */
enum err once_begin(struct ctx *cx, const struct request *rq, bool *done);

/* After the act ended with e: OK where a second click was overtaken by the first. */
enum err once_end(struct ctx *cx, const struct request *rq, enum err e);

#endif
