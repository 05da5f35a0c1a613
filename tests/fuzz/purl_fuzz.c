/* purl_fuzz.c - any bytes as a package URL: refused with a reason, or written in the canonical
 * form, which reads as the same package and is written the same. */
#include "formats/purl.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_new();
    struct purl p, again;
    str why = NO_STR;
    if (purl_read(a, (str){(const char *)data, size}, &p, &why) == OK) {
        str text = purl_write(a, &p);
        must(purl_read(a, text, &again, &why) == OK);
        must(purl_same_package(&p, &again) && p.nqualifiers == again.nqualifiers);
        must(str_eq(text, purl_write(a, &again)));
    } else {
        must(why.n > 0);
    }
    arena_free(a);
    return 0;
}
