/* diff.h - what changed between two texts, as people read it. */
#ifndef WEB_DIFF_H
#define WEB_DIFF_H

#include "app/ctx.h"
#include "web/html.h"

/* What differs with <del> and <ins>, and some of what stands around it; empty where nothing
 * differs.  One span: from the first difference to the last. */
html text_diff(struct ctx *cx, str before, str after);

#endif
