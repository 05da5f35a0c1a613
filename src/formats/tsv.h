/* tsv.h - tables with a header line: tab between cells, one row a line, UTF-8.
 *
 * Lines that start with '#' are comments, empty lines are skipped.  The first other line
 * names the columns, in any order; all wanted ones and no others must be there, once.  A row
 * has exactly as many cells.  A cell holds no tab and no newline; there is no quoting. */
#ifndef FORMATS_TSV_H
#define FORMATS_TSV_H

#include "base/base.h"
#include "base/str.h"

struct tsv_row {
    int line;         /* of the text, from 1 */
    const str *cells; /* in the order of the wanted columns; slices of the text */
};

struct tsv {
    const struct tsv_row *rows;
    size_t n;
};

struct tsv_fault {
    int line;   /* 0: the whole */
    str column; /* absent: the whole line */
    str code; /* bad_utf8 no_header unknown_column missing_column duplicate_column cells control */
    str got;
};

/* E_INVALID: *fault says where and why.  The cells point into text. */
enum err tsv_read(struct arena *a, str text, const str *columns, size_t ncolumns, struct tsv *out,
                  struct tsv_fault *fault);

#endif
