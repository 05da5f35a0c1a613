/* csaf_diff_fuzz.c - two CSAF documents in an array: a document does not differ from itself, and
 * what both have differently is different the other way round, too. */
#include "formats/csaf_diff.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static size_t count(struct arena *a, const struct json *x, const struct json *y)
{
    struct csaf_differences d;
    int wrong;
    return csaf_diff(a, x, y, &d, &wrong) == OK ? d.n : 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_new();
    const struct json *both;
    struct json_error error;
    if (json_read(a, (str){(const char *)data, size}, &both, &error) == OK) {
        const struct json *x = json_at(both, 0), *y = json_at(both, 1);
        if (x != NULL && count(a, x, x) > 0)
            abort();
        if (x != NULL && y != NULL && (count(a, x, y) > 0) != (count(a, y, x) > 0))
            abort();
    }
    arena_free(a);
    return 0;
}
