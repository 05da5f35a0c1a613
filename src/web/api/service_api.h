/* service_api.h - /api/v1/openapi.json, process, me and tasks. */
#ifndef WEB_API_SERVICE_API_H
#define WEB_API_SERVICE_API_H

#include "web/route.h"

extern const struct routes service_api_routes;

#endif
