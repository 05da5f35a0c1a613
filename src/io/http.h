/* http.h - HTTP without a server in sight: what comes in, what goes out, who answers.
 *
 * web/ is written against this page alone, so that its pages are tested in process without
 * a socket; io/httpd.c puts libmicrohttpd behind it.  A request passes these stations:
 *   event thread  framing guard (http_head.h), limits, plan(): what kind of request is this
 *   worker        authorise(): only where plan() says so, before the body is read
 *   event thread  the body, to memory or to an unlinked file, up to plan.body_max
 *   event thread  cacheable ones: the finished-response cache; never blocks
 *   worker        handle(): the answer
 * Statuses that only HTTP knows stand here and not in enum err. */
#ifndef IO_HTTP_H
#define IO_HTTP_H

#include "base/err.h"
#include "base/vec.h"

/* clang-format off */
enum http_status {
    HTTP_OK = 200, HTTP_CREATED = 201, HTTP_NO_CONTENT = 204,
    HTTP_MOVED = 301, HTTP_SEE_OTHER = 303, HTTP_NOT_MODIFIED = 304, HTTP_PERMANENT = 308,
    HTTP_BAD_REQUEST = 400, HTTP_UNAUTHORIZED = 401, HTTP_FORBIDDEN = 403, HTTP_NOT_FOUND = 404,
    HTTP_METHOD_NOT_ALLOWED = 405, HTTP_NOT_ACCEPTABLE = 406, HTTP_REQUEST_TIMEOUT = 408,
    HTTP_CONFLICT = 409, HTTP_PRECONDITION_FAILED = 412, HTTP_TOO_LARGE = 413,
    HTTP_URI_TOO_LONG = 414, HTTP_UNSUPPORTED_TYPE = 415, HTTP_EXPECTATION_FAILED = 417,
    HTTP_MISDIRECTED = 421, HTTP_UNPROCESSABLE = 422, HTTP_PRECONDITION_REQUIRED = 428,
    HTTP_TOO_MANY = 429, HTTP_HEADERS_TOO_LARGE = 431, HTTP_ERROR = 500,
    HTTP_NOT_IMPLEMENTED = 501, HTTP_UNAVAILABLE = 503, HTTP_VERSION_UNSUPPORTED = 505,
};
enum http_method { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS, METHOD_COUNT };
/* clang-format on */

struct http_header {
    str name, value; /* requests: name in lower case, value trimmed */
};

/* A request body: in memory, or in an unlinked file when it was longer than that. */
struct http_body {
    str bytes;
    int fd;   /* -1: in memory.  Otherwise read with pread(); closed with the request */
    i64 size; /* bytes, wherever they are */
};

struct http_request {
    struct arena *a; /* lives until the response was sent */
    enum http_method method;
    bool head; /* it was HEAD: method says GET, and the engine sends no body */
    str path;  /* starts with '/', as it came: valid ASCII, no query, whole %XX, none of them a
                  control, '/' or '\\'; decoded it is UTF-8 without "//", "." or ".." segments.
                  Absent: refused before it was understood */
    str query; /* behind '?', as it came, %XX whole; empty: none */
    const struct http_header *headers;
    size_t nheaders;
    struct http_body body;
    str peer; /* the client's address as text, by trusted proxies' X-Forwarded-For where set */
    str host; /* Host header, lower case, with the port if one was sent; empty: HTTP/1.0 */
    bool tls; /* the client's side is https, by a trusted proxy's X-Forwarded-Proto */
    str certificate; /* SHA-256 (hex) of the client's, which a trusted proxy verified; absent: none */
    str id;          /* request id, for the log and the answer */
    i64 now;         /* ms since 1970, fixed for the whole request */
    const void *route; /* what plan() found; NULL: nothing, or it was refused before */
};

struct http_response {
    int status;
    struct {
        VEC(struct http_header)
    } headers; /* Date, Content-Length, Connection and Transfer-Encoding are the engine's */
    buf out;   /* the body, unless fd is set */
    int fd;    /* a file to send instead, from its start; closed by the engine.  -1: none */
    i64 fd_size;
    /* May be kept and served to every anonymous GET of the same path and query, as long as
     * the generation is this one: read it in the same transaction as the content.  Never with
     * Set-Cookie or a private or no-store Cache-Control, nor with a file.  0: not kept. */
    i64 cache_generation;
};

enum http_pool { POOL_WORK, POOL_SLOW }; /* slow: two slots, for argon2 and the like */

/* What the app says of a request before its body is read. */
struct http_plan {
    i64 body_max;   /* bytes; more is 413.  0: a body is refused */
    bool authorise; /* ask authorise() before reading the body */
    bool cacheable; /* an anonymous GET that the response cache may answer */
    enum http_pool pool;
    const void *route; /* the app's own, for http_request.route */
};

struct http_app {
    void *self;
    /* Event thread; pure; headers are complete, the body is not there. */
    struct http_plan (*plan)(void *self, const struct http_request *rq);
    /* Worker; false: *rs is the refusal, the body is not kept. */
    bool (*authorise)(void *self, struct http_request *rq, struct http_response *rs);
    /* Worker; always leaves an answer in *rs. */
    void (*handle)(void *self, struct http_request *rq, struct http_response *rs);
    /* Worker; the content generation as the database has it now, > 0 and never less than
     * before; < 0: not to be had.  NULL: nothing is cached. */
    i64 (*generation)(void *self);
    /* Event thread; an answer for what never reached handle(): malformed, too large, full
     * queue.  Small; rs->status is set.  rq is what was understood so far, path or not. */
    void (*refuse)(void *self, struct http_request *rq, int status, struct http_response *rs);
    /* Any thread; one finished exchange, for the access log.  status 0: the client left before
     * an answer.  bytes: of the body.  us: microseconds from the request line to the end. */
    void (*done)(void *self, const struct http_request *rq, int status, i64 bytes, i64 us);
};

/* The value of a request header by its lower-case name; absent: not sent.  The headers that
 * decide something are never there twice: the guard refuses that. */
str http_header(const struct http_request *rq, str name);

/* Add a header to an answer; the name must be a token that is not the engine's, the value must
 * hold no control characters (checked: must()). */
void http_put(struct http_request *rq, struct http_response *rs, str name, str value);

/* The value of an answer's header, by name in any case; absent: not there. */
str http_answer_header(const struct http_response *rs, str name);

/* An empty answer, 200, whose body is built in a. */
struct http_response http_response_new(struct arena *a);

/* Whether the client has this answer already: a GET with an If-None-Match that names its ETag,
 * by weak comparison, RFC 9110 section 13.1.2.  The engine then answers 304 by itself. */
bool http_not_modified(str if_none_match, str etag);

#endif
