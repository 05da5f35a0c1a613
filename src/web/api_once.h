/* api_once.h - a POST of the API with an Idempotency-Key is done once (app/once.h). */
#ifndef WEB_API_ONCE_H
#define WEB_API_ONCE_H

#include "web/route.h"

/* The handler, or the answer that was given the first time.  With a key the handler and its
 * answer are one write, so that both are there or neither; but for the routes that wait on
 * something else than SQL (ROUTE_SLOW, ROUTE_UPLOAD, ROUTE_APART), whose answer is kept by
 * themselves or behind the act. */
enum err api_once_run(struct ctx *cx, struct request *rq, struct reply *an);

/* Within the write of the act (as ctx.once_last): what the same request is to be answered. */
enum err api_once_keep(struct ctx *cx, const struct request *rq, i64 status, str response);

/* After a handler that ended well and whose answer is not kept yet. */
void api_once_end(struct ctx *cx, const struct request *rq, const struct reply *an);

#endif
