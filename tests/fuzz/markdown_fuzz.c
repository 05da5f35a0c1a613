/* markdown_fuzz.c - any text: markup is well nested and from the closed list, stable, and not
 * beyond its bound; the plain form is text. */
#include "base/utf8.h"
#include "help/markup_check.h"

#include <stdio.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    str text = {(const char *)data, size};
    if (!utf8_valid(text))
        return 0;
    struct arena *a = arena_new();
    str html = markdown_html(a, text), plain = markdown_plain(a, text);
    const char *wrong = markup_check(html);
    if (wrong != NULL) {
        (void)fprintf(stderr, "%s:\n%.*s\n", wrong, SV(html));
        must(!"markup from the closed list");
    }
    must(utf8_valid(html) && utf8_valid(plain));
    must(html.n <= 50 * size + 10000 && plain.n <= 50 * size + 10000);
    must(str_eq(html, markdown_html(a, text)));
    arena_free(a);
    return 0;
}
