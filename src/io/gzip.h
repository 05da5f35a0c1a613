/* gzip.h - bodies of public answers, packed for clients that take gzip (RFC 1952). */
#ifndef IO_GZIP_H
#define IO_GZIP_H

#include "io/http.h"

/* Whether the client takes gzip: Accept-Encoding names gzip or *, not with q=0
 * (RFC 9110 section 12.5.3). */
bool gzip_is_taken(str accept_encoding);

/* Marks an answer that is the same for everybody as one that varies by Accept-Encoding, and packs
 * its body where taken and worth it: text of more than one packet.  Its ETag is made another.
 * Never for answers to somebody signed in: their length would tell of their secrets. */
void gzip_answer(struct http_request *rq, struct http_response *rs, bool taken);

#endif
