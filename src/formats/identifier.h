/* identifier.h - a CPE name and a package URL of a product whose versions are told beside them.
 *
 * What is given comes from cpe_write() and purl_write(); absent and empty give absent. */
#ifndef FORMATS_IDENTIFIER_H
#define FORMATS_IDENTIFIER_H

#include "base/str.h"

/* The same version, however it is written: case and a "v" in front do not count. */
bool version_same(str x, str y);

/* As it identifies one version, or (absent) a range: a name without a version gets that version;
 * absent: it is that of another version, or of one alone where there are several. */
str cpe_of_version(struct arena *a, str cpe, str version);
str purl_of_version(struct arena *a, str purl, str version);

/* Of all versions: "cpe:/a:vendor:product"; the package URL without its version
 * and without a range of versions in its qualifiers. */
str cpe_of_product(struct arena *a, str cpe);
str purl_of_product(struct arena *a, str purl);

#endif
