/* pdf_text.h - the words of a PDF, read back from its bytes: of such as cairo writes, no others.
 *
 * ISO 32000-1, sections 7.3 (objects), 9.4 (text) and 9.10 (ToUnicode).  What made the bytes is a
 * process that may be wrong or worse (pdf_press.h): any bytes are harmless, in time and memory
 * that their length bounds. */
#ifndef IO_PDF_TEXT_H
#define IO_PDF_TEXT_H

#include "base/err.h"

enum { PDF_TEXT_MAX = 32 << 20 }; /* bytes of the PDF, and of the words but for ends of lines */

/* Valid UTF-8.  A line ends where the pen is moved, in a line feed; a page in a form feed.
 * E_INVALID: no page of it can be read. */
enum err pdf_text(struct arena *a, str pdf, str *out);

#endif
