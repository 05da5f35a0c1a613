/* csaf_convert_own.h - what the parts of the converter share; for formats/csaf_convert*.c. */
#ifndef FORMATS_CSAF_CONVERT_OWN_H
#define FORMATS_CSAF_CONVERT_OWN_H

#include "formats/csaf_check.h"
#include "formats/csaf_convert.h"
#include "formats/json_edit.h"

struct convert {
    struct arena *a;
    const struct csaf_convert_options *options;
    struct edit *root;
    struct csaf_check check; /* of the source */
    struct csaf_conversion *out;
    struct dict fixed_ids; /* products that were added as fixed */
};

/* Say something of a value of the source; as a warning. */
struct csaf_carried *carry(struct convert *c, const struct edit *at, str word);

/* `what` is the text of the value, unless given. */
struct csaf_carried *carry_text(struct convert *c, const struct edit *at, str word, str what,
                                str arg_a);
str carry_places(struct arena *a, const struct edit *const *nodes, size_t n);

static inline struct edit *edit_in(struct edit *e, const char *x, const char *y)
{
    e = edit_get(e, str_z(x));
    return y != NULL ? edit_get(e, str_z(y)) : e;
}

/* Take out values that stand in the list twice. */
void convert_unique(struct convert *c, struct edit *list);

/* The parts, in the order they are done. */
void convert_unknown(struct convert *c);         /* members that 2.0 does not have */
void convert_dates(struct convert *c);           /* leap seconds, small letters */
void convert_document(struct convert *c);        /* /document and /$schema */
void convert_tree(struct convert *c);            /* /product_tree */
void convert_helpers(struct convert *c);         /* product identification helpers */
void convert_vulnerabilities(struct convert *c); /* /vulnerabilities but for remediations */
void convert_remediations(struct convert *c);
void convert_fixed(struct convert *c); /* security advisories: what a range "<x" is fixed by */
void convert_notes(struct convert *c); /* notes on single products */
void convert_licence(struct convert *c);

/* A range of versions of a branch. */
void convert_range(struct convert *c, struct edit *branch);
void convert_ids(struct convert *c, struct edit *vulnerability);
void convert_cvss4(struct convert *c, struct edit *vulnerability);
void convert_ssvc(struct convert *c, struct edit *vulnerability);

/* metrics of a vulnerability, made when there are none. */
struct edit *convert_metrics(struct convert *c, struct edit *vulnerability);

#endif
