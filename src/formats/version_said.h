/* version_said.h - affected versions as vendors write them, in Japanese and English, as spans
 * that a machine can compare: "6.2.3.0 より前", "1.0 to 2.3", "all versions", ">=1.0|<2.4".
 *
 * What is not understood is not guessed: it stays a text. */
#ifndef FORMATS_VERSION_SAID_H
#define FORMATS_VERSION_SAID_H

#include "base/str.h"

/* With nothing set: every version. */
struct version_span {
    str only;            /* this one alone; then the rest is absent */
    str from, to;        /* absent: open at that side */
    bool from_in, to_in; /* whether the limit itself belongs to it */
};

/* False: not understood.  At least one span otherwise, in the order written. */
bool versions_read(struct arena *a, str text, struct version_span **out, size_t *n);

/* For people: "6.2.3.0 より前", "before 6.2.3.0". */
str version_span_text(struct arena *a, const struct version_span *s, bool japanese);

/* For CSAF's product_version_range: "vers:intdot/>=1.0|<2.4" where versions are numbers between
 * dots, else as a vers-like specifier "<V3.1" (CSAF 2.1, 3.1.3.2.14); not for `only`. */
str version_span_vers(struct arena *a, const struct version_span *s);

#endif
