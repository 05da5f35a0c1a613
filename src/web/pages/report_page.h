/* report_page.h - handing in a report: choose, fill in, check, done; needs no account. */
#ifndef WEB_PAGES_REPORT_PAGE_H
#define WEB_PAGES_REPORT_PAGE_H

#include "web/files.h"
#include "web/parts.h"

extern const struct routes report_routes;

/* What kind of report. */
struct report_choice {
    str title, text;
    url href;
};
struct report_choose_view {
    const struct report_choice *kinds, *vendors;
    size_t nkinds, nvendors;
    url track;
    bool record; /* to enter one that came by other ways */
};
void tpl_report_choose(struct html_out *o, const struct report_choose_view *v);

/* One part of the form, and what is still missing in it. */
struct report_part {
    str id, title, hint; /* hint: empty where there is none */
    str state;           /* "3 required" */
    enum look look;
    html fields;
};
struct report_line_view {
    str label, value, section; /* section: its title, on the first line of it; else absent */
};
struct report_key_view {
    bool is;
    str fingerprint;
    const str *users;
    size_t nusers;
    bool encrypts;
};
struct report_form_view {
    str title, intro, sees, button;
    html problems, csrf, hidden;
    url act;
    const struct report_part *parts;
    size_t nparts;
    str words; /* of the script: what is missing, and that nothing is */
    const struct crumb *crumbs;
    size_t ncrumbs;
};
void tpl_report_form(struct html_out *o, const struct report_form_view *v);
void tpl_report_parts(struct html_out *o, const struct report_form_view *v);

struct report_check_view {
    str title, sees, button;
    html problems, csrf, hidden;
    url act;
    const struct report_line_view *lines;
    size_t nlines;
    struct report_key_view key;
    struct file_lines files;
    const struct crumb *crumbs;
    size_t ncrumbs;
};
void tpl_report_check(struct html_out *o, const struct report_check_view *v);
void tpl_report_key(struct html_out *o, const struct report_key_view *v);

struct report_done_view {
    str receipt, key, recipient;
    bool key_gone, again;
    i64 until; /* the finder hears by then */
    url track;
    bool record; /* entered for the finder, who gets number and key from the reader */
    url report;
};
void tpl_report_done(struct html_out *o, const struct report_done_view *v);

#endif
