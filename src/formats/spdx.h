/* spdx.h - licence expressions: SPDX 3.0.1, annex B, with the SPDX License List (facts/spdx.tsv)
 * and ScanCode LicenseDB (facts/scancode.tsv). */
#ifndef FORMATS_SPDX_H
#define FORMATS_SPDX_H

#include "base/str.h"

enum spdx_kind { SPDX_LICENSE, SPDX_EXCEPTION };

/* One identifier of an expression. */
struct spdx_id {
    str text;            /* as written, without '+' */
    enum spdx_kind kind; /* by its place: an exception stands behind WITH */
    bool reference;      /* LicenseRef- or AdditionRef- */
    bool document;       /* with DocumentRef- in front, which text then begins with */
    bool later;          /* '+' */
};

struct spdx {
    const struct spdx_id *ids;
    size_t n;
};

/* False: no licence expression; *at is the byte where it breaks.  An identifier without
 * reference need not be one of the list. */
bool spdx_read(struct arena *a, str text, struct spdx *out, size_t *at);

enum spdx_known {
    SPDX_UNKNOWN,    /* of another inventory: nothing is known of it */
    SPDX_MISSING,    /* the inventory that it names does not have it */
    SPDX_DEPRECATED, /* has it, but one should not use it any more */
    SPDX_LISTED,
};
enum spdx_known spdx_known(const struct spdx_id *id);

#endif
