/* cvss_fuzz.c - any bytes as a vector: refused with a place, or written in order, read again,
 * and scored the same, between 0 and 10.
 *
 * A group of which all that is written is "not defined" is not written again.  In 3.1 its
 * environmental score can differ from the base score nevertheless, where the scope changes. */
#include "formats/cvss_own.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void in_range(int tenths, int least)
{
    must(tenths >= least && tenths <= 100);
}

static bool same_groups(const struct cvss *c, const struct cvss *d)
{
    return cvss_has_group(c, CVSS_TEMPORAL) == cvss_has_group(d, CVSS_TEMPORAL) &&
           cvss_has_group(c, CVSS_ENVIRONMENTAL) == cvss_has_group(d, CVSS_ENVIRONMENTAL);
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
    must(s.base == t.base && again.ordered);
    must(s.overall == t.overall || !same_groups(&c, &again));
    arena_free(a);
    return 0;
}
