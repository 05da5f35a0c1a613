/* letters_page.h - for who runs the system: mails that were given up, to be sent again. */
#ifndef WEB_PAGES_LETTERS_PAGE_H
#define WEB_PAGES_LETTERS_PAGE_H

#include "web/parts.h"

extern const struct routes letters_routes;

struct letter_line {
    str kind, whom, why;
    i64 at, tries;
    url again;
};
struct letters_view {
    const struct letter_line *lines;
    size_t n;
    html csrf;
    url admin;
};
void tpl_letters(struct html_out *o, const struct letters_view *v);

#endif
