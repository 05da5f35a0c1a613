/* view.h - what the templates beside it show. */
#ifndef VIEW_H
#define VIEW_H

#include "web/html.h"

struct row {
    str name;
    bool on;
};
struct view {
    str title;
    url link;
    html body;
    enum word word;
    const char *z;
    const struct row *rows;
    i64 n;
};

void tpl_good(struct html_out *o, const struct view *v);
void tpl_part(struct html_out *o, str text, size_t at);
void tpl_nothing(struct html_out *o);
void tpl_bad(struct html_out *o, const struct view *v);
void tpl_assigns(struct html_out *o, int w);

#endif
