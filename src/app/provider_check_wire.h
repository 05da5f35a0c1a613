/* provider_check_wire.h - what passes between the check of a provider in the jail and whoever
 * asks for it, as base/fields.h writes it. */
#ifndef APP_PROVIDER_CHECK_WIRE_H
#define APP_PROVIDER_CHECK_WIRE_H

#include "app/provider_check_reach.h"

void wire_put_got(buf *b, const struct provider_got *got);
bool wire_take_got(str *rest, struct provider_got *out);

/* What of it is text has no control characters then, and is cut. */
void wire_put_reports(buf *b, const struct provider_reports *all);
bool wire_take_reports(struct arena *a, str *rest, struct provider_reports *out);

/* What is asked of the world, without its functions. */
void wire_put_reach(buf *b, const struct provider_reach *r);
bool wire_take_reach(str *rest, struct provider_reach *out);

#endif
