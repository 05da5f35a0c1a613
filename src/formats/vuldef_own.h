/* vuldef_own.h - what the writer and the reader of VULDEF both know. */
#ifndef FORMATS_VULDEF_OWN_H
#define FORMATS_VULDEF_OWN_H

#include "formats/vuldef.h"

/* A class of items: <Solution><SolutionItem solutiontype="…">. */
struct vuldef_class {
    str all, item, type; /* type: the attribute; empty: none */
    str url;             /* the element of addresses; empty: none */
    bool named;          /* an item may have a Name */
};
extern const struct vuldef_class vuldef_impact, vuldef_solution, vuldef_exploit, vuldef_credit,
    vuldef_contact;

extern const str vuldef_about[]; /* by enum jvn_about */

str vuldef_source_short(str name);

#endif
