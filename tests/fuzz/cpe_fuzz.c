/* cpe_fuzz.c - any bytes as a name of a platform: refused with a reason, or written as a
 * formatted string, which reads as the same name. */
#include "formats/cpe.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_new();
    struct cpe c, again;
    str why = NO_STR, bad;
    if (cpe_read(a, (str){(const char *)data, size}, &c, &why, &bad) == OK) {
        str text = cpe_write(a, &c);
        must(cpe_read(a, text, &again, &why, &bad) == OK);
        must(str_eq(text, cpe_write(a, &again)));
        must(cpe_read(a, cpe_write_uri(a, &c), &again, &why, &bad) == OK);
        must(str_eq(text, cpe_write(a, &again)));
        (void)cpe_compare(&c, &again);
    } else {
        must(why.n > 0);
    }
    arena_free(a);
    return 0;
}
