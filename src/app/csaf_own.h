/* csaf_own.h - between the files that make a CSAF document of an advisory. */
#ifndef APP_CSAF_OWN_H
#define APP_CSAF_OWN_H

#include "app/csaf_build.h"
#include "domain/remedies.h"

void csaf_fill_products(struct ctx *cx, enum lang lang, const struct portal_advisory *p,
                        struct csaf_document *d);

/* What holds of each of them for a vulnerability, by its ordinal. */
const struct csaf_claim *csaf_claims(struct ctx *cx, enum lang lang,
                                     const struct portal_advisory *p, i64 vulnerability,
                                     const struct csaf_document *d);

/* Of the row of a product: what can be done, if that was said. */
bool csaf_remedy_of(const struct csaf_claim *c, enum remedy *out);

/* What to do, and why others are not affected; after the products and claims. */
void csaf_fill_remarks(struct ctx *cx, enum lang lang, const struct portal_advisory *p,
                       const struct csaf_document *d, struct csaf_vulnerability *v);

/* page: of this language; original: of the Japanese. */
void csaf_fill_links(struct ctx *cx, enum lang lang, const struct portal_advisory *p, str page,
                     str original, struct csaf_document *d);

/* Markdown as plain text, without white space at its ends. */
str csaf_plain(struct ctx *cx, str markdown);

/* Whether every vulnerability has a product of one of these statuses (1 << enum csaf_status);
 * false where there is none. */
bool csaf_says(const struct csaf_document *d, unsigned statuses);

#endif
