/* validate_api.h - POST /api/v1/validate and GET /api/v1/tests: the protocol of
 * csaf-validator-service, for the tools that ask it. */
#ifndef WEB_API_VALIDATE_API_H
#define WEB_API_VALIDATE_API_H

#include "web/route.h"

extern const struct routes validate_api_routes;

#endif
