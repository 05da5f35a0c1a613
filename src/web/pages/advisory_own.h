/* advisory_own.h - between the files of the public advisory. */
#ifndef WEB_PAGES_ADVISORY_OWN_H
#define WEB_PAGES_ADVISORY_OWN_H

#include "web/pages/advisory_page.h"
#include "web/public.h"

/* The record as the page shows it. */
void adv_fill(struct ctx *cx, const struct portal_advisory *p, const struct bodies *b,
              struct adv_view *v);

#endif
