/* request.h - from an HTTP request to what a handler gets. */
#ifndef WEB_REQUEST_H
#define WEB_REQUEST_H

#include "web/route.h"
#include "web/web.h"

/* Query, body, session, right: all that stands before a handler.  A status other than 0 is
 * what to answer instead; where it is 422 or 403, cx->problems say why. */
int request_open(struct ctx *cx, struct web *w, struct request *rq);

/* The same for an upload before its body is read: session, right, CSRF by query or header. */
int request_authorise(struct ctx *cx, struct web *w, struct request *rq);

/* Read the body into rq->in, rq->json and rq->files by its content type. */
int request_body(struct ctx *cx, struct request *rq);

/* The session cookie's name: __Host-kk behind TLS. */
str session_cookie(const struct http_request *http);
void session_set(struct ctx *cx, struct reply *an, str token);
void session_clear(struct ctx *cx, struct reply *an);

/* Whether Origin, or Sec-Fetch-Site, says that a form came from our own pages. */
bool same_origin(const struct http_request *http);

#endif
