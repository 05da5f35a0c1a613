/* orgs_api.h - organisations and their departments. */
#ifndef WEB_API_ORGS_API_H
#define WEB_API_ORGS_API_H

#include "web/route.h"

extern const struct routes orgs_api_routes;

#endif
