/* advisory_api.h - /api/v1/cases/{}/advisory: the portal's text of a case. */
#ifndef WEB_API_ADVISORY_API_H
#define WEB_API_ADVISORY_API_H

#include "web/route.h"

extern const struct routes advisory_api_routes;

#endif
