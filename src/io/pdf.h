/* pdf.h - texts as PDF pages (A4), by cairo and pango where they are installed.
 *
 * The libraries are opened when they are needed, so that nothing of them is wanted to build or
 * run the program (docs/adr/0034).  Fonts are embedded; the same text, libraries and fonts give
 * the same bytes. */
#ifndef IO_PDF_H
#define IO_PDF_H

#include "base/err.h"

enum pdf_style { PDF_TITLE, PDF_HEADING, PDF_TEXT, PDF_SMALL, PDF_STYLES };

struct pdf_block {
    enum pdf_style style;
    str text; /* lines end in line feeds */
};

struct pdf {
    str title, lang; /* lang: "ja" */
    str made;        /* "2026-11-21T09:00:00+09:00", as the date of the file */
    str footer;      /* on each page, with its number behind it */
    const struct pdf_block *blocks;
    size_t nblocks;
    const char *cairo; /* another library in place of libcairo.so.2; or NULL */
};

/* E_NOT_FOUND: a library is not installed; E_INVALID: no font has all characters of the text;
 * the fault says which package helps. */
enum err pdf_write(struct arena *a, const struct pdf *p, struct fault *f, str *out);

#endif
