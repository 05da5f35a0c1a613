/* tsv_fuzz.c - any bytes as a table: rows have their cells and lines count upwards, or the
 * fault has a code. */
#include "base/utf8.h"
#include "formats/tsv.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const str columns[] = {S_INIT("id"), S_INIT("to"), S_INIT("who")};
    struct arena *a = arena_new();
    struct tsv t;
    struct tsv_fault f;
    int line = 0;
    if (tsv_read(a, (str){(const char *)data, size}, columns, COUNT(columns), &t, &f) != OK) {
        must(f.code.n > 0 && f.line >= 0);
        t.n = 0;
    }
    for (size_t i = 0; i < t.n; i++) {
        must(t.rows[i].line > line);
        line = t.rows[i].line;
        for (size_t k = 0; k < COUNT(columns); k++)
            must(utf8_valid(t.rows[i].cells[k]) && str_find_char(t.rows[i].cells[k], '\t') < 0);
    }
    arena_free(a);
    return 0;
}
