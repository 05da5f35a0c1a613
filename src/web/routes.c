/* routes.c - every table of routes there is. */
#include "web/api/reports_api.h"
#include "web/api/service_api.h"
#include "web/pages/case_page.h"
#include "web/pages/files_page.h"
#include "web/pages/report_page.h"
#include "web/pages/sign_in_page.h"
#include "web/pages/step_page.h"

const struct routes *const all_routes[] = {
    &files_routes, &sign_in_routes,     &report_routes,
    &case_routes,  &case_talk_routes,   &case_manage_routes,
    &step_routes,  &service_api_routes, &reports_api_routes,
};
const size_t all_routes_count = COUNT(all_routes);
