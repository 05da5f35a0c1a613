/* vuldef_fuzz.c - any bytes as VULDEF: refused with a place, or read; what is read is written,
 * and read again it is written the same. */
#include "base/utf8.h"
#include "formats/vuldef.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_new();
    struct vuldef d, again;
    struct xml_error e = {0};
    if (vuldef_read(a, (str){(const char *)data, size}, &d, &e) != OK) {
        must(e.code.n > 0 && e.line > 0 && e.byte <= size);
        arena_free(a);
        return 0;
    }
    str once = vuldef_write(a, &d);
    must(utf8_valid(once));
    must(vuldef_read(a, once, &again, &e) == OK);
    must(again.entries.n == d.entries.n);
    arena_free(a);
    return 0;
}
