/* provider_closed.h - advisories before their publication, as a CSAF provider's folders and
 * feeds of TLP:GREEN, AMBER, AMBER+STRICT and RED.
 *
 * They are never files: each is made for who asks, of what that one may read of the draft (its
 * own part alone, where it is a vendor's), under the case's TLP label.  A case of TLP:CLEAR has
 * none: before publication there is nobody that it is for.  After publication the advisory is
 * CLEAR, and among the public files (provider.h). */
#ifndef APP_PROVIDER_CLOSED_H
#define APP_PROVIDER_CLOSED_H

#include "app/ctx.h"

struct closed_file {
    str bytes, type;
    bool folder;
    struct strs names; /* of a folder; folders end with a slash */
};

/* path: below "v2.0/" or "v2.1/": "amber/2026/kkh_41827360.json".  E_NOT_FOUND: no such file
 * for who asks. */
enum err provider_closed_find(struct ctx *cx, bool v21, str path, struct closed_file *out);

/* provider-metadata.json or service.json as everybody has it, with the feeds and folders of who
 * asks besides.  E_NOT_FOUND: there are none. */
enum err provider_closed_metadata(struct ctx *cx, bool v21, bool service, str bytes, str *out);

/* Labels that such folders have; CLEAR, WHITE are public. */
bool provider_is_closed(str folder);

#endif
