/* mark.h - what was searched for, marked where it stands in a text. */
#ifndef WEB_MARK_H
#define WEB_MARK_H

#include "app/ctx.h"
#include "web/html.h"

/* typed: as a person typed it; each of its terms gets a <mark>, in whatever width and case it
 * stands there. */
html marked(struct ctx *cx, str text, str typed);

/* About `most` bytes of a text around the first term, marked; empty where none stands in it. */
html marked_excerpt(struct ctx *cx, str text, str typed, size_t most);

#endif
