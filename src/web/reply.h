/* reply.h - from what a handler filled to an HTTP answer. */
#ifndef WEB_REPLY_H
#define WEB_REPLY_H

#include "web/request.h"

/* What every answer carries: CSP, nosniff, frame, referrer, caching, HSTS behind TLS. */
void reply_headers(struct ctx *cx, const struct request *rq, struct reply *an);

/* Lay the frame around a page, or end the JSON; sets status, type and body of an->rs. */
void reply_finish(struct ctx *cx, struct web *w, struct request *rq, struct reply *an);

/* Whether a handler filled a page and nothing else; asked before reply_finish(). */
bool reply_is_plain_page(const struct reply *an);

/* The answer with such a page, as reply_finish() left it in an->rs->out. */
void reply_page(struct ctx *cx, const struct request *rq, struct reply *an, buf page);

/* An error as a page in the reader's language, or as a problem document (RFC 9457). */
void reply_error(struct ctx *cx, struct web *w, struct request *rq, struct reply *an, int status,
                 enum err e);

/* For what never reached the router, or had no route, and no reader: a page in both languages,
 * a problem document in the language that the request wants. */
void reply_bare(struct arena *a, const struct http_request *http, int status, bool api,
                struct http_response *rs);

#endif
