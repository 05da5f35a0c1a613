/* csaf_own.h - between the files that make a CSAF document of an advisory. */
#ifndef APP_CSAF_OWN_H
#define APP_CSAF_OWN_H

#include "app/csaf_build.h"
#include "domain/remedies.h"

void csaf_fill_products(struct ctx *cx, enum lang lang, const struct portal_advisory *p,
                        struct csaf_document *d);

/* Of the row of a product: what can be done, if that was said. */
bool csaf_remedy_of(const struct csaf_product *p, enum remedy *out);

/* What to do, and why others are not affected; after the products. */
void csaf_fill_remarks(struct ctx *cx, enum lang lang, const struct portal_advisory *p,
                       struct csaf_document *d);

/* page: of this language; original: of the Japanese. */
void csaf_fill_links(struct ctx *cx, enum lang lang, const struct portal_advisory *p, str page,
                     str original, struct csaf_document *d);

/* Markdown as plain text, without white space at its ends. */
str csaf_plain(struct ctx *cx, str markdown);

/* Whether any product has a status that this version of CSAF can say. */
bool csaf_has_status(const struct csaf_document *d);

#endif
