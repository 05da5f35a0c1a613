/* certificate_fuzz.c - any bytes as a certificate: refused, or a fingerprint that names itself. */
#include "formats/certificate.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_new();
    str out, again;
    if (certificate_fingerprint(a, (str){(const char *)data, size}, &out)) {
        must(out.n == CERTIFICATE_DIGITS);
        must(certificate_fingerprint(a, out, &again) && str_eq(out, again));
    }
    arena_free(a);
    return 0;
}
