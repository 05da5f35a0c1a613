/* fetch_wire.h - a request to the effects process and back, as bytes. */
#ifndef IO_FETCH_WIRE_H
#define IO_FETCH_WIRE_H

#include "io/fetch.h"

str fetch_request_write(struct arena *a, const struct fetch_request *rq);
bool fetch_request_read(struct arena *a, str bytes, struct fetch_request *out);
void fetch_answer_put(buf *b, const struct fetch_answer *an);
bool fetch_answer_read(str bytes, struct fetch_answer *out);

#endif
