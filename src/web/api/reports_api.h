/* reports_api.h - /api/v1/reports and /api/v1/track. */
#ifndef WEB_API_REPORTS_API_H
#define WEB_API_REPORTS_API_H

#include "web/route.h"

extern const struct routes reports_api_routes;

#endif
