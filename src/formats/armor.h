/* armor.h - OpenPGP's ASCII armor (RFC 9580, section 6): bytes as lines that survive mail. */
#ifndef FORMATS_ARMOR_H
#define FORMATS_ARMOR_H

#include "base/err.h"

struct armor {
    str label; /* "PUBLIC KEY BLOCK" */
    str bytes;
    str rest; /* of the text, behind the block */
};

/* Whether a line of the text begins such a block. */
bool armor_is(str text);

/* The first block; text before it is skipped, its header lines and its checksum are ignored
 * (section 6.1: a wrong one is no reason to refuse).  False: it is cut off or damaged. */
bool armor_read(struct arena *a, str text, struct armor *out);

#endif
