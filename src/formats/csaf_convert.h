/* csaf_convert.h - a CSAF 2.0 document as one of 2.1.
 *
 * Source: CSAF 2.1, conformance clause 18 (CSAF 2.0 to CSAF 2.1 converter), rule by rule; and
 * what the schema of 2.1 asks beside that.  Whatever changes its meaning, is left out or is
 * guessed is said. */
#ifndef FORMATS_CSAF_CONVERT_H
#define FORMATS_CSAF_CONVERT_H

#include "base/vec.h"
#include "formats/csaf.h"

struct csaf_convert_options {
    i64 now;          /* ms since 1970: which dates of remediations have passed */
    bool tlp_by_text; /* take the TLP label that the distribution text names */
    bool multiplier;  /* publisher "other" becomes "multiplier" */
    bool other_known; /* do not say that "other" may now be "multiplier" */
    bool latest_cwe;  /* the latest version of CWE that fits, not the one of the document's day */
};

/* One thing that the reader must know.  An error means that the result is not valid, or that
 * something had to be left as it does not fit 2.1. */
struct csaf_carried {
    bool error;
    bool result; /* `place` is in the result, not in the source */
    str place;   /* JSON Pointer */
    str what;    /* the value of the source */
    str test;    /* of csaf.h, when a test of the result found it; else absent */
    str word;    /* csafconv_WORD in po/ (with a test: csaf_WORD) */
    str arg[CSAF_ARGS];
};

struct csaf_conversion {
    str bytes;  /* pretty JSON with a line feed at its end */
    bool valid; /* the result passes schema and mandatory tests */
    struct {
        VEC(struct csaf_carried)
    } carried;
};

/* E_INVALID: not a document of CSAF 2.0; carried says so. */
enum err csaf_convert(struct arena *a, const struct json *source,
                      const struct csaf_convert_options *options, struct csaf_conversion *out);

#endif
