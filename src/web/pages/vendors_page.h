/* vendors_page.h - the registered vendors that agreed to be listed, and what each says. */
#ifndef WEB_PAGES_VENDORS_PAGE_H
#define WEB_PAGES_VENDORS_PAGE_H

#include "app/orgs.h"
#include "web/form.h"

extern const struct routes vendors_routes;

struct vendors_line {
    url href;
    str name, registration;
    bool takes_reports;
};
struct vendors_view {
    const struct vendors_line *lines;
    size_t n;
    struct pager_view pager;
    url csv, json, how;
};
void tpl_vendors(struct html_out *o, const struct vendors_view *v);

struct vendor_view {
    const struct vendor_page *vendor;
    str registration, policy_lang; /* policy_lang: where it is the other language */
    bool has_contact_page, has_other_page;
    url contact_page, other_page;
    html policy;
    url list, report;
};
void tpl_vendor(struct html_out *o, const struct vendor_view *v);
void tpl_vendor_contact(struct html_out *o, str text, bool page, url href);

#endif
