/* route.h - which function answers which request, and what it requires.
 *
 * Each file in web/pages/ and web/api/ exports one table of routes and nothing else.  Before
 * a handler runs, the router has done: the Host and origin checks, sign-in, the need, the
 * right to the case or report that the path names, CSRF, size limits, UTF-8, the body's form.
 * A right that is missing gives the same answer as a thing that does not exist. */
#ifndef WEB_ROUTE_H
#define WEB_ROUTE_H

#include "app/attach.h"
#include "app/text.h"
#include "io/http.h"
#include "web/html.h"

/* clang-format off */
enum need {
    NEED_NOBODY,   /* anybody, signed in or not */
    NEED_FINDER,   /* a receipt key was typed in, or a person that is signed in */
    NEED_PERSON,   /* a person that is signed in */
    NEED_OPERATOR, /* runs the system */
    NEED_COUNT
};

/* What the first {} of the path names; the router finds it and checks the right to it. */
enum of { OF_NOTHING, OF_CASE, OF_REPORT, OF_COUNT };

enum route_flags {
    ROUTE_CACHE = 1,  /* a public page: the same for everybody, kept by generation */
    ROUTE_SLOW = 2,   /* argon2: the slow pool */
    ROUTE_UPLOAD = 4, /* multipart with files: authorised before the body is read */
    ROUTE_REPORTING = 16, /* files are refused before they are read when their address sent too many */
    ROUTE_APART = 32, /* an Idempotency-Key does not make the handler one write: web/api_once.h */
    ROUTE_KEEP = 64, /* a page that only reads, and of the request only the address: web/kept.h */
    ROUTE_JSON = 64, /* the handler reads rq->json itself: the body is not made fields */
    ROUTE_FRESH = 8,  /* never asks for a CSRF token: reads only, or makes its own check */
};
/* clang-format on */

struct request;
struct reply;
typedef enum err route_fn(struct ctx *cx, struct request *rq, struct reply *an);

struct route {
    enum http_method method;
    str path; /* "/{lang}/cases/{}": {lang} is ja or en, {} one segment */
    enum need need;
    enum of of;
    unsigned audiences; /* AUD_BITs, any of which the reader must have; 0: AUD_CASE or any */
    route_fn *run;
    unsigned flags;
    i64 body_max;              /* bytes; 0: 256 kB for what may have a body */
    const struct api_doc *doc; /* of web/api/ routes: see web/api_doc.h */
};

struct routes {
    const struct route *v;
    size_t n;
};

struct request {
    const struct http_request *http;
    const struct route *route;
    bool api;
    str seg[6]; /* what each {} of the path matched, decoded */
    size_t nseg;
    struct fields query; /* of the URL, decoded */
    struct input in;     /* of the body: form fields, or flattened JSON */
    const struct json *json;
    struct upload *files;
    size_t nfiles;
    str session;              /* token of the cookie or bearer; absent: none */
    str csrf;                 /* what a form of this session carries; absent: no session */
    bool bearer;              /* came as Authorization, so no CSRF */
    const struct access *acc; /* OF_CASE, OF_REPORT */
    str id;                   /* id of that case or report */
};

/* Value of a query parameter; absent: not there. */
str query_get(const struct request *rq, const char *name);

/* A form field that must be a number (rev, round, hop); a problem at the field if not. */
enum err input_i64(struct ctx *cx, const struct request *rq, const char *name, i64 *out);

enum frame { FRAME_APP, FRAME_PUBLIC };

/* What stands in <head> for programs; web/public.h makes one. */
struct head_link {
    url href;
    str lang;
};
struct page_head {
    str description;
    url canonical, data;  /* empty: none.  data: the same as JSON-LD */
    url feed[LANG_COUNT]; /* the Atom feed in each language; empty: none */
    str feed_title[LANG_COUNT];
    html script; /* JSON-LD in a script element, which is data and does not run; or empty */
    const struct head_link *links; /* the languages that there are, and x-default */
    size_t nlinks;
    bool own_search; /* the page has a search field of its own */
};

/* What a handler fills.  A page: write its body to out and set title and nav; a JSON answer:
 * write one value to json; anything else: content type and raw. */
struct reply {
    int status; /* 200 unless set */
    enum frame frame;
    str title;
    str nav;    /* which place of the left column is this: "inbox", … */
    bool amber; /* holds unpublished text: shown and printed with its TLP */
    struct html_out out;
    struct json_out json;
    buf json_buf;
    str content_type; /* of raw; absent: a page, or JSON for the API */
    buf raw;
    url location;       /* a redirect: 303 */
    bool no_other_lang; /* no link to the same page in the other language */
    i64 cache_generation;
    const struct page_head *head; /* of a public page; NULL: none */
    struct http_response *rs;     /* for further headers: http_put() */
    const struct http_request *http;
};

/* 303 to a page, which then says word done_WHAT ("": nothing). */
enum err redirect(struct ctx *cx, struct reply *an, url to, const char *what);

/* The route that fits, or NULL; *other_method: the path is known with another method.
 * Fills seg. */
const struct route *route_find(struct arena *a, enum http_method method, str path,
                               struct request *rq, bool *other_method);

/* The methods that a path has: "GET, HEAD, POST". */
str route_methods(struct arena *a, str path);

/* All tables, pages first. */
extern const struct routes *const all_routes[];
extern const size_t all_routes_count;

#endif
