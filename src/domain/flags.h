/* flags.h - why a product is not affected, as the table process/flags.tsv has it. */
#ifndef DOMAIN_FLAGS_H
#define DOMAIN_FLAGS_H

#include "domain/process.h"

/* The labels of CSAF's flags (2.0, section 3.2.3.5; the same in 2.1), which are the
 * justifications of VEX. */
enum flag {
    FLAG_NO_COMPONENT,
    FLAG_NO_CODE,
    FLAG_NOT_EXECUTED,
    FLAG_NOT_CONTROLLED,
    FLAG_MITIGATED,
    FLAG_COUNT
};
str flag_name(enum flag f); /* "component_not_present" */
bool flag_find(str name, enum flag *out);

struct flags {
    struct {
        str word[LANGS];
    } v[FLAG_COUNT];
};
enum err flags_load(struct arena *a, str text, struct flags *out, struct process_fault *fault);

#endif
