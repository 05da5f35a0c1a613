/* validate_api.h - POST /api/v1/validate: the protocol of csaf-validator-service. */
#ifndef WEB_API_VALIDATE_API_H
#define WEB_API_VALIDATE_API_H

#include "web/route.h"

extern const struct routes validate_api_routes;

#endif
