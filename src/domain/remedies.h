/* remedies.h - what can be done about a product, as the table process/remedies.tsv has it. */
#ifndef DOMAIN_REMEDIES_H
#define DOMAIN_REMEDIES_H

#include "domain/process.h"

/* The categories of CSAF 2.1, section 3.2.4.14.1. */
enum remedy {
    REMEDY_VENDOR_FIX,
    REMEDY_WORKAROUND,
    REMEDY_MITIGATION,
    REMEDY_FIX_PLANNED,
    REMEDY_NO_FIX_PLANNED,
    REMEDY_NONE_AVAILABLE,
    REMEDY_OPTIONAL_PATCH,
    REMEDY_COUNT
};
str remedy_name(enum remedy r); /* "vendor_fix" */
bool remedy_find(str name, enum remedy *out);
bool remedy_solves(enum remedy r); /* there is something to do */

struct remedies {
    struct {
        str csaf20, vuldef; /* category of CSAF 2.0, absent: none; solutiontype of VULDEF 3.2 */
        bool clear;         /* of a product that is not affected; else of one that is, or may be */
        str word[LANGS], says[LANGS];
    } v[REMEDY_COUNT];
};
enum err remedies_load(struct arena *a, str text, struct remedies *out,
                       struct process_fault *fault);

/* What a text seems to speak of, by the words that advisories of this portal use: VENDOR_FIX or
 * WORKAROUND; false: neither. */
bool remedy_guess(struct arena *a, str text, enum remedy *out);

#endif
