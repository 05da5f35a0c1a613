/* web.h - the web door: pages and API behind io/http.h. */
#ifndef WEB_WEB_H
#define WEB_WEB_H

#include "app/ctx.h"
#include "io/http.h"

struct web_options {
    str public_host; /* the only Host that is answered, beside loopback names; absent: those */
    bool log_requests;
};

struct kept;

struct web {
    struct app *app;
    struct kept *kept; /* NULL: no page is kept for who is signed in */
    struct web_options o;
    void (*generation_moved)(void *arg, i64 generation); /* after our own commits; may be NULL */
    void *moved_arg;
};

/* The callbacks for httpd_start(); w must outlive them. */
struct http_app web_app(struct web *w);

/* Answer one request in process, without a socket: for tests and fuzzing.  Does what plan(),
 * authorise() and handle() do together. */
void web_serve(struct web *w, struct http_request *rq, struct http_response *rs);

#endif
