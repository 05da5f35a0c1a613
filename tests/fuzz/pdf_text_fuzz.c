/* pdf_text_fuzz.c - any bytes as a PDF: refused, or text that is valid UTF-8. */
#include "base/utf8.h"
#include "io/pdf_text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_new();
    str text;
    if (pdf_text(a, (str){(const char *)data, size}, &text) == OK)
        must(utf8_valid(text));
    arena_free(a);
    return 0;
}
