/* cve_versions.h - what a vendor writes of its versions, as the ranges of a CVE record. */
#ifndef FORMATS_CVE_VERSIONS_H
#define FORMATS_CVE_VERSIONS_H

#include "formats/cve_record.h"

struct cve_version_list {
    VEC(struct cve_version)
};

/* "1.2", "1.2 から 1.4", "1.0 以上 1.5 未満", "prior to 2.0", ">= 1.0, < 1.5", "all versions",
 * several with commas between them.  Ranges have the type "custom": how the vendor counts is
 * not known.  What is not understood as a whole becomes one version, as it was written; nothing
 * is guessed.  Empty text: no version. */
void cve_versions(struct arena *a, str text, str status, struct cve_version_list *out);

#endif
