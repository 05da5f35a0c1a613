/* dept_page.h - the departments of an organisation, and which kinds each answers for. */
#ifndef WEB_PAGES_DEPT_PAGE_H
#define WEB_PAGES_DEPT_PAGE_H

#include "web/form.h"

extern const struct routes dept_routes;

struct dept_edit_view {
    html form;
    str title;
    struct act_view disable;
};
void tpl_dept_edit(struct html_out *o, const struct dept_edit_view *v);

#endif
