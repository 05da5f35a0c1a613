/* provider_check_wire.h - what passes between the check of a provider in the jail and whoever
 * asks for it: fields, each a number of bytes, a colon and the bytes. */
#ifndef APP_PROVIDER_CHECK_WIRE_H
#define APP_PROVIDER_CHECK_WIRE_H

#include "app/provider_check_reach.h"

/* "-" in place of the number: absent. */
void wire_put(buf *b, str s);
void wire_put_i64(buf *b, i64 n);

/* The first field, which is taken off.  False: these are no fields, or no number in its range. */
bool wire_take(str *rest, str *out);
bool wire_take_i64(str *rest, i64 least, i64 most, i64 *out);

void wire_put_got(buf *b, const struct provider_got *got);
bool wire_take_got(str *rest, struct provider_got *out);

/* What of it is text has no control characters then, and is cut. */
void wire_put_reports(buf *b, const struct provider_reports *all);
bool wire_take_reports(struct arena *a, str *rest, struct provider_reports *out);

/* What is asked of the world, without its functions. */
void wire_put_reach(buf *b, const struct provider_reach *r);
bool wire_take_reach(str *rest, struct provider_reach *out);

#endif
