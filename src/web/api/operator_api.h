/* operator_api.h - settings, history and audits. */
#ifndef WEB_API_OPERATOR_API_H
#define WEB_API_OPERATOR_API_H

#include "web/route.h"

extern const struct routes operator_api_routes;

#endif
