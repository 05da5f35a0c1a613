/* csaf_62.h - what the recommended and informative tests of CSAF share besides csaf_check.h. */
#ifndef FORMATS_CSAF_62_H
#define FORMATS_CSAF_62_H

#include "formats/csaf_check.h"

/* Scores (2.0) or metrics (2.1) of a vulnerability, and what one of them holds. */
const struct json *csaf_metrics(const struct csaf_check *c, const struct json *v);
const struct json *csaf_metric_content(const struct csaf_check *c, const struct json *metric);

/* The reference that says where the document is: category self, https, and the file name that
 * section 5.1 makes from the tracking id.  NULL: there is none. */
const struct json *csaf_canonical_reference(const struct csaf_check *c);

/* /document/lang; absent: none. */
str csaf_lang(const struct csaf_check *c);

/* A title in the language of the document, from facts/csaf-headings.tsv: "license"
 * "product_description" "reasoning_for_supersession" "reasoning_for_withdrawal"
 * "superseding_document"; absent: none is recorded. */
str csaf_heading(const struct csaf_check *c, str which);

/* /document/distribution/tlp/label is CLEAR. */
bool csaf_is_clear(const struct csaf_check *c);

/* A name without dashes, underscores, white space and what cannot be seen. */
str csaf_solid(struct arena *a, str name);

/* The text matches the regular expression. */
bool csaf_fits(struct csaf_check *c, str pattern, str text);

#endif
