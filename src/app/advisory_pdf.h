/* advisory_pdf.h - a released advisory as PDF. */
#ifndef APP_ADVISORY_PDF_H
#define APP_ADVISORY_PDF_H

#include "app/portal.h"

/* Whether this server offers PDF: what makes it is installed, and runs beside it. */
bool advisory_pdf_can(const struct ctx *cx);

/* number: with or without the prefix.  E_NOT_FOUND: not published in that language, or what
 * makes PDF is not installed; then the fault says so.  E_INVALID: no font has all characters.
 * E_BUSY: the server makes as many as it may at once. */
enum err advisory_pdf(struct ctx *cx, enum lang lang, str number, str *out);

/* Likewise of an advisory as it would be: nothing is read but settings. */
enum err advisory_pdf_of(struct ctx *cx, enum lang lang, const struct portal_advisory *p, str *out);

#endif
