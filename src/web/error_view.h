/* error_view.h - an error is a page, too: what went wrong, and nothing of what was typed lost. */
#ifndef WEB_ERROR_VIEW_H
#define WEB_ERROR_VIEW_H

#include "web/html.h"

struct error_line {
    str field, sentence; /* field: its label; empty: the whole */
};
struct kept_field {
    str name, label, value;
    bool shown; /* worth a person's eyes: text, not a number of ours */
};
struct error_view {
    str heading, text;
    const struct error_line *lines;
    size_t nlines;
    const struct kept_field *kept; /* what was typed */
    size_t nkept;
    bool may_resend; /* a form that sends it again */
    url resend;
    html csrf;
    bool want_sign_in;
    url sign_in, home;
    str request_id;
};
void tpl_error(struct html_out *o, const struct error_view *v);
void tpl_kept_fields(struct html_out *o, const struct error_view *v);

#endif
