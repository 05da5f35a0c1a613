/* multipart.h - multipart/form-data (RFC 7578), fed in pieces of any size.
 *
 * Stricter than RFC 2046 where readers differ: no preamble, no epilogue, no padding behind a
 * boundary, CRLF alone ends a line, and the boundary with anything behind it is an error
 * rather than data.  Names and file names are as the HTML standard writes them: in quotes, %22
 * %0D %0A for what cannot stand there, a backslash for itself. */
#ifndef FORMATS_MULTIPART_H
#define FORMATS_MULTIPART_H

#include "base/str.h"

struct multipart_part {
    str name;
    str filename; /* absent: not a file.  As sent: any path or control character may be in it */
    str type;     /* Content-Type; absent: not sent */
};

/* What is told, in this order for each part: begin, data (0 … n times), end.  What one of them
 * returns other than OK stops the reading and is what multipart_feed returns. */
struct multipart_sink {
    void *self;
    enum err (*begin)(void *self, const struct multipart_part *part); /* lives in the arena */
    enum err (*data)(void *self, str bytes);                          /* gone after the call */
    enum err (*end)(void *self);
};

struct multipart_limits {
    size_t parts;
    size_t head; /* bytes of one part's header fields */
};

/* Codes: boundary (not where it must be), head (malformed header fields), disposition (none, or
 * not form-data with a name), encoding (not UTF-8, or a transfer encoding), too_long (a head),
 * too_many (parts), cut (ended before the closing boundary), trailing (something behind it). */
struct multipart_fault {
    str code;
    i64 byte; /* from 0: as far as was read; a head counts as read at its end */
};

struct multipart;

/* The boundary of a Content-Type header.  False: it is not multipart/form-data, or has no
 * boundary, or not one of RFC 2046 section 5.1.1. */
bool multipart_boundary(str content_type, str *out);

NONNULL struct multipart *multipart_new(struct arena *a, str boundary, struct multipart_limits max,
                                        struct multipart_sink sink);

/* E_INVALID: see multipart_fault(); feed no more. */
enum err multipart_feed(struct multipart *m, str bytes);

/* Nothing more comes. */
enum err multipart_end(struct multipart *m);
struct multipart_fault multipart_fault(const struct multipart *m);

#endif
