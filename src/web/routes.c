/* routes.c - every table of routes there is. */
#include "web/api/advisory_api.h"
#include "web/api/cases_api.h"
#include "web/api/cve_api.h"
#include "web/api/library_api.h"
#include "web/api/operator_api.h"
#include "web/api/orgs_api.h"
#include "web/api/people_api.h"
#include "web/api/portal_api.h"
#include "web/api/record_api.h"
#include "web/api/release_api.h"
#include "web/api/reports_api.h"
#include "web/api/service_api.h"
#include "web/api/steps_api.h"
#include "web/api/talk_api.h"
#include "web/api/validate_api.h"
#include "web/pages/account_page.h"
#include "web/pages/admin_page.h"
#include "web/pages/advisory_page.h"
#include "web/pages/audit_page.h"
#include "web/pages/case_page.h"
#include "web/pages/cases_page.h"
#include "web/pages/content_page.h"
#include "web/pages/cve_page.h"
#include "web/pages/dept_page.h"
#include "web/pages/drafts_page.h"
#include "web/pages/editor_page.h"
#include "web/pages/feed_page.h"
#include "web/pages/files_page.h"
#include "web/pages/jvn_files_page.h"
#include "web/pages/letters_page.h"
#include "web/pages/library_page.h"
#include "web/pages/member_page.h"
#include "web/pages/myjvn_page.h"
#include "web/pages/org_edit_page.h"
#include "web/pages/org_page.h"
#include "web/pages/people_page.h"
#include "web/pages/portal_page.h"
#include "web/pages/provider_page.h"
#include "web/pages/release_page.h"
#include "web/pages/report_page.h"
#include "web/pages/reports_page.h"
#include "web/pages/sign_in_page.h"
#include "web/pages/statistics_page.h"
#include "web/pages/step_page.h"
#include "web/pages/track_page.h"
#include "web/pages/vendors_page.h"
#include "web/pages/vulns_page.h"

/* clang-format off */
const struct routes *const all_routes[] = {
    &files_routes,
    &sign_in_routes,
    &report_routes,
    &reports_routes,
    &track_routes,
    &cases_routes,
    &inbox_routes,
    &clocks_routes,
    &case_routes,
    &case_talk_routes,
    &case_manage_routes,
    &step_routes,
    &portal_routes,
    &advisory_routes,
    &editor_routes,
    &release_routes,
    &drafts_routes,
    &vulns_routes,
    &cve_routes,
    &library_routes,
    &feed_routes,
    &provider_routes,
    &myjvn_routes,
    &jvn_files_routes,
    &content_routes,
    &statistics_routes,
    &account_routes,
    &admin_routes, &letters_routes,
    &audit_routes,
    &vendors_routes,
    &org_edit_routes,
    &dept_routes,
    &member_routes,
    &org_routes,
    &person_edit_routes,
    &people_routes,
    &service_api_routes,
    &reports_api_routes,
    &cases_api_routes,
    &steps_api_routes,
    &talk_api_routes,
    &record_api_routes,
    &cve_api_routes,
    &library_api_routes,
    &advisory_api_routes,
    &release_api_routes,
    &portal_api_routes,
    &validate_api_routes,
    &orgs_api_routes,
    &people_api_routes,
    &operator_api_routes,
};
/* clang-format on */
const size_t all_routes_count = COUNT(all_routes);
