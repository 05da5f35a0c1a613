/* api_once.h - a POST of the API with an Idempotency-Key is done once (app/once.h). */
#ifndef WEB_API_ONCE_H
#define WEB_API_ONCE_H

#include "web/route.h"

/* Before the handler.  True: *an is the answer that was given the first time, or the refusal
 * (*e is then what to say). */
bool api_once_begin(struct ctx *cx, struct request *rq, struct reply *an, enum err *e);

/* After a handler that ended well and wrote something. */
void api_once_end(struct ctx *cx, const struct request *rq, const struct reply *an);

#endif
