/* http_head.h - the guard: is this head of a request one that we answer, and what does it say?
 *
 * Pure, so that it can be fuzzed without a server.  Whatever two readers of the same bytes
 * could understand differently is refused (RFC 9112 sections 3.2, 5, 6.3 and 11.2): a proxy
 * in front of us must never see another request than we do. */
#ifndef IO_HTTP_HEAD_H
#define IO_HTTP_HEAD_H

#include "io/http.h"

enum {
    HTTP_TARGET_MAX = 8000, /* bytes; RFC 9112 section 3 asks for at least this */
    HTTP_FIELDS_MAX = 100,
    HTTP_FIELD_MAX = 8192, /* bytes of one value */
};

/* A head as it came, cut at its spaces, colons and line ends but not yet believed. */
struct http_head {
    str method, target, version;
    const struct http_header *fields; /* names as sent; values without blanks in front */
    size_t nfields;
};

struct http_framing {
    i64 length;   /* of the body; -1: chunked */
    bool expects; /* 100-continue */
};

/* 0, or the status to refuse it with.  Sets method, head, path, query, headers and host of
 * *rq, in rq->a, as far as it got; *out is set where 0 is returned. */
int http_head_read(const struct http_head *head, struct http_request *rq, struct http_framing *out);

/* Whether these trailer fields may be dropped in silence: well-formed, and none that frames,
 * routes or authorises (RFC 9110 section 6.5.1). */
bool http_trailer_is_harmless(struct arena *a, const struct http_header *fields, size_t n);

/* Whether the target is origin-form, as struct http_request promises its path and query. */
bool http_target_read(struct arena *a, str target, str *path, str *query);

/* host or host:port; RFC 3986 section 3.2 without userinfo and percent-encoding. */
bool http_is_host(str s);

bool http_is_token(str s);       /* RFC 9110 section 5.6.2 */
bool http_is_field_value(str s); /* UTF-8 without controls other than the tab */

#endif
