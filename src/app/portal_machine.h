/* portal_machine.h - released advisories as programs read them beside CSAF and JVN's formats:
 * the Atom feed, and schema.org's vocabulary as JSON-LD. */
#ifndef APP_PORTAL_MACHINE_H
#define APP_PORTAL_MACHINE_H

#include "app/portal.h"

/* "https://…/ja/advisories/41827360" */
str portal_page_url(struct ctx *cx, enum lang lang, str number);

/* "https://…/ja/feed.atom" */
str portal_feed_url(struct ctx *cx, enum lang lang);

/* "KKH#41827360" */
str portal_public_number(const struct ctx *cx, str number);

/* The first words of the overview, for those who list pages. */
str portal_summary(struct ctx *cx, const struct portal_advisory *p);

enum err portal_atom(struct ctx *cx, enum lang lang, const struct portal_entry *entries, size_t n,
                     str *out);
enum err portal_json_ld(struct ctx *cx, enum lang lang, const struct portal_advisory *p, str *out);

#endif
