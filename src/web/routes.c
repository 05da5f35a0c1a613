/* routes.c - every table of routes there is. */
#include "web/pages/files_page.h"
#include "web/pages/sign_in_page.h"

const struct routes *const all_routes[] = {
    &files_routes,
    &sign_in_routes,
};
const size_t all_routes_count = COUNT(all_routes);
