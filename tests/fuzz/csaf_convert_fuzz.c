/* csaf_convert_fuzz.c - any JSON as a CSAF document that is to be converted: what comes out is
 * JSON of 2.1, and its own verdict holds. */
#include "formats/csaf_convert.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(struct arena *a, const struct csaf_conversion *made)
{
    const struct json *j;
    struct json_error error;
    struct csaf_choice basic = {.now = 1780000000000};
    struct csaf_report r;
    enum csaf_version version;
    if (json_read(a, made->bytes, &j, &error) != OK || !csaf_version_of(j, &version) ||
        version != CSAF_2_1 || !csaf_choose(&basic, S("basic")))
        abort();
    csaf_validate(a, j, &basic, &r);
    if (r.valid != made->valid)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_new();
    const struct json *source;
    struct json_error error;
    struct csaf_convert_options options = {.now = 1780000000000};
    struct csaf_conversion made;
    if (json_read(a, (str){(const char *)data, size}, &source, &error) == OK &&
        csaf_convert(a, source, &options, &made) == OK)
        check(a, &made);
    arena_free(a);
    return 0;
}
