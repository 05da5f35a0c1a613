/* portal_own.h - between the files of the portal. */
#ifndef APP_PORTAL_OWN_H
#define APP_PORTAL_OWN_H

#include "app/portal.h"

/* Ten times the lowest and highest base score of a class; CVSS 3.1, section 5. */
void severity_range(enum severity s, i64 *low, i64 *high);

/* A record as it stands, or would stand, in the table. */
struct q_publication_get;
enum err portal_read(struct ctx *cx, enum lang lang, const struct q_publication_get *row,
                     struct portal_advisory *out);

/* Without the prefix: "KKH#41827360", "KKH41827360" and "41827360" are one. */
str portal_number(const struct ctx *cx, str number);

#endif
