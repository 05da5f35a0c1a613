/* cvss_fuzz.c - any bytes as a vector: refused with a place, or written in order, read again,
 * and scored the same, between 0 and 10. */
#include "formats/cvss.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void in_range(int tenths, int least)
{
    must(tenths >= least && tenths <= 100);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct cvss c, again;
    struct cvss_error e;
    if (cvss_parse((str){(const char *)data, size}, &c, &e) != OK) {
        must(e.code.n > 0 && e.byte <= size);
        return 0;
    }
    struct arena *a = arena_new();
    must(cvss_parse(cvss_vector(a, &c), &again, &e) == OK);
    struct cvss_scores s = cvss_scores(&c), t = cvss_scores(&again);
    in_range(s.base, 0);
    in_range(s.overall, 0);
    in_range(s.temporal, -1);
    in_range(s.environmental, -1);
    must(s.base == t.base && s.overall == t.overall && again.ordered);
    arena_free(a);
    return 0;
}
