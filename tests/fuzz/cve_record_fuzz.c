/* cve_record_fuzz.c - any bytes as a CVE record: refused with a place, or written, read again
 * and written the same; the rules take whatever stands in it. */
#include "formats/cve_check.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static str written(struct arena *a, const struct cve_record *r)
{
    buf b = {.a = a};
    struct json_out o = {.b = &b};
    cve_write(&o, r);
    must(json_put_done(&o));
    return buf_str(&b);
}

static void look(struct arena *a, const struct cve_record *r)
{
    struct cve_findings found = {0};
    cve_check(a, r, 0, &found);
    for (size_t i = 0; i < found.n; i++)
        must(found.v[i].rule.n > 0 && found.v[i].code.n > 0 && found.v[i].path.n > 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct cve_record r, again;
    struct cve_error e;
    struct arena *a = arena_new();
    if (cve_read(a, (str){(const char *)data, size}, &r, &e) != OK) {
        must(e.code.n > 0 && e.path.p != NULL);
    } else {
        str first = written(a, &r);
        look(a, &r);
        if (first.n <= CVE_BODY_MAX) {
            must(cve_read(a, first, &again, &e) == OK || str_eq(e.code, S("cve_missing")));
            must(e.code.n > 0 || str_eq(first, written(a, &again)));
        }
    }
    arena_free(a);
    return 0;
}
