/* record_api.h - vulnerabilities and what vendors say of their products. */
#ifndef WEB_API_RECORD_API_H
#define WEB_API_RECORD_API_H

#include "web/route.h"

extern const struct routes record_api_routes;

#endif
