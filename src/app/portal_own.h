/* portal_own.h - between the files of the portal. */
#ifndef APP_PORTAL_OWN_H
#define APP_PORTAL_OWN_H

#include "app/portal.h"

/* Ten times the lowest and highest base score of a class; CVSS 3.1, section 5. */
void severity_range(enum severity s, i64 *low, i64 *high);

#endif
