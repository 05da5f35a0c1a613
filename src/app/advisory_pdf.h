/* advisory_pdf.h - a released advisory as PDF. */
#ifndef APP_ADVISORY_PDF_H
#define APP_ADVISORY_PDF_H

#include "app/portal.h"

/* number: with or without the prefix.  E_NOT_FOUND: not published in that language, or what
 * makes PDF is not installed; then the fault says so. */
enum err advisory_pdf(struct ctx *cx, enum lang lang, str number, str *out);

#endif
