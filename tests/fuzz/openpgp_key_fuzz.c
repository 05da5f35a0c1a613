/* openpgp_key_fuzz.c - whatever is read must survive the way out of the jail unchanged. */
#include "formats/openpgp_key.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_new();
    struct openpgp_key key, back;
    str problem = NO_STR, in = {(const char *)data, size};
    if (openpgp_key_read(a, in, &key, &problem) == OK) {
        str sheet = openpgp_key_put(a, &key);
        must(openpgp_key_take(a, sheet, &back));
        must(str_eq(sheet, openpgp_key_put(a, &back)));
        must(openpgp_key_encrypts(&key, 0) == openpgp_key_encrypts(&back, 0));
    } else
        must(problem.n > 0);
    (void)openpgp_key_take(a, in, &back);
    arena_free(a);
    return 0;
}
