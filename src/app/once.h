/* once.h - a request that is sent twice is done once (Idempotency-Key).
 *
 * The token is reserved in the transaction of the first write; the answer is kept for 24
 * hours, sealed under a key made from the token and the body, so that only who knows both
 * can read it again. */
#ifndef APP_ONCE_H
#define APP_ONCE_H

#include "app/ctx.h"

/* Called by db_write: writes the reservation once.  E_CONFLICT: it was there. */
enum err once_reserve(struct ctx *cx);

/* Before the act.  *found: the answer that was given then.  E_CONFLICT: the same key came
 * with another body, or its act was done but its answer was never kept. */
struct once_answer {
    bool found;
    i64 status;
    str response;
};
enum err once_look(struct ctx *cx, str key, str route, str body, struct once_answer *out);

/* After the act: keep the answer. */
enum err once_keep(struct ctx *cx, str key, str body, i64 status, str response);

/* The same within the act's db_write(), so that act and answer become durable together: of two
 * requests at one time the later fails with E_CONFLICT, and then finds the answer. */
enum err once_keep_within(struct ctx *cx, str key, str body, i64 status, str response);

#endif
