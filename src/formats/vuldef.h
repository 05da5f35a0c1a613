/* vuldef.h - VULDEF 3.2: whole advisories, written and read. */
#ifndef FORMATS_VULDEF_H
#define FORMATS_VULDEF_H

#include "formats/jvn.h"

struct vuldef {
    str lang;
    struct jvn_entries entries;
    const struct jvn_status *status; /* NULL: none */
};

/* Without entries the document has its Status alone, as JVN answers when nothing was found. */
str vuldef_write(struct arena *a, const struct vuldef *document);

/* E_INVALID: not well-formed (*error says), or no VULDEF-Document (then the code is xml_root).
 * Of related items, CVE and NVD get their short names. */
enum err vuldef_read(struct arena *a, str text, struct vuldef *out, struct xml_error *error);

/* The name that JVN gives a source in VULDEF: "National Vulnerability Database (NVD)" of "NVD". */
str vuldef_source(str source);

#endif
