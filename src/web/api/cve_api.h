/* cve_api.h - the CVE record of a vulnerability, and what is asked of CVE Services. */
#ifndef WEB_API_CVE_API_H
#define WEB_API_CVE_API_H

#include "web/route.h"

extern const struct routes cve_api_routes;

#endif
