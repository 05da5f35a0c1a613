/* pdf_text_own.h - between the files that read PDF back. */
#ifndef IO_PDF_TEXT_OWN_H
#define IO_PDF_TEXT_OWN_H

#include "base/str.h"

enum { PDF_FONTS = 64, PDF_CODES = 1 << 16 };

/* What the codes of a font mean. */
struct pdf_font {
    str name;   /* by which a page calls it */
    int width;  /* bytes of a code */
    str *codes; /* PDF_CODES of them, in UTF-8; absent: not told.  NULL: as Latin-1 */
};

/* From a ToUnicode stream.  left: bytes that may still be told, of all fonts, and one a code: a
 * range is cheap to write. */
void pdf_font_read(struct arena *a, str cmap, size_t *left, struct pdf_font *out);

/* Adds UTF-16, big-endian, as UTF-8; what is none of it is U+FFFD. */
void pdf_utf16(buf *b, str bytes);

/* The words that a content stream shows. */
void pdf_content(struct arena *a, str content, const struct pdf_font *fonts, size_t n, buf *out);

/* --- tokens ------------------------------------------------------------------------------------ */

/* clang-format off */
enum pdf_kind { PDF_END, PDF_STRING, PDF_NAME, PDF_WORD, PDF_MARK };
/* clang-format on */
struct pdf_token {
    enum pdf_kind kind;
    str text; /* of a string: its bytes; of a name: without its slash */
};

/* The token at the start of *rest, which moves behind it.  The bytes of a string stand in
 * `string`, until the next one comes there: a stream may have millions. */
struct pdf_token pdf_token(buf *string, str *rest);

#endif
