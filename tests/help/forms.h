/* forms.h - for tests: forms as a browser sends them, with files, and what a page's form holds. */
#ifndef HELP_FORMS_H
#define HELP_FORMS_H

#include "help/web.h"

struct form_file {
    const char *field, *filename, *type; /* type "": none is sent */
    str bytes;
};

/* multipart/form-data; the session's token goes along unless the input has one. */
struct page visit_form(struct visitor *v, str path, const struct input *in,
                       const struct form_file *files, size_t nfiles);

/* What the forms of a page would send as they stand: inputs (boxes and radio buttons where
 * they are ticked), textareas and selects; no buttons. */
struct input page_inputs(struct arena *a, struct page p);

#endif
