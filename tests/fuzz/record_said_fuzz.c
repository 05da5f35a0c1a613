/* record_said_fuzz.c - any bytes as any form of an advisory: refused, or read; what is read has
 * values in every field, and can be held against itself. */
#include "base/utf8.h"
#include "formats/record_compare.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct said_hints hints = {.prefix = S_INIT("KKH"),
                                        .public_url = S_INIT("https://portal.example"),
                                        .lang = S_INIT("en"),
                                        .unnamed = S_INIT("Products (not named)")};

/* The first byte says which format. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_new();
    struct record_said said = {0};
    const struct record_said *all[SAID_FORMATS] = {0};
    struct said_row rows[SAID_FIELDS];
    enum said_format f = size > 0 ? (enum said_format)(data[0] % SAID_FORMATS) : SAID_PAGE;
    str bytes = {(const char *)data + (size > 0), size > 0 ? size - 1 : 0};
    if (said_read(a, f, bytes, &hints, &said) == OK) {
        all[SAID_PAGE] = all[f] = &said;
        said_compare(a, all, &hints, rows);
        for (enum said_field r = 0; r < SAID_FIELDS; r++) {
            struct strs v = said_values(a, &said, r);
            for (size_t i = 0; i < v.n; i++)
                must(v.v[i].n > 0 && utf8_valid(v.v[i]));
            for (size_t i = 1; i < v.n; i++)
                must(str_cmp(v.v[i - 1], v.v[i]) < 0);
        }
    }
    arena_free(a);
    return 0;
}
