/* preview.h - a draft as its public page would be, if it were released now. */
#ifndef APP_PREVIEW_H
#define APP_PREVIEW_H

#include "app/portal.h"

/* adv: as advisory_view() gave it; typed: "ja.title" …, what is being written, NULL: nothing.
 * Only vendors that the reader may know of stand there, and vulnerabilities only for who may
 * read the details. */
enum err advisory_preview(struct ctx *cx, str case_id, const struct advisory *adv, enum lang lang,
                          const struct input *typed, struct portal_advisory *out);

#endif
