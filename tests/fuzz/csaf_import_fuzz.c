/* csaf_import_fuzz.c - any bytes into the library: refused with a reason, or entries within
 * their limits, which come out of the jail as they went in. */
#include "base/utf8.h"
#include "formats/library.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static str written(struct arena *a, const struct library_entry *e)
{
    buf b = {.a = a};
    struct json_out o = {.b = &b};
    library_put(&o, e);
    return buf_str(&b);
}

static void check_entry(struct arena *a, const struct library_entry *e,
                        const struct library_entry *again)
{
    must(e->id.n > 0 && e->publisher.n > 0 && e->title.n > 0);
    must(e->cves.n <= LIBRARY_CVES && e->nproducts <= LIBRARY_PRODUCTS);
    must(e->nproducts <= e->allproducts && e->score <= 100);
    must(utf8_valid(library_text(a, e)));
    must(str_eq(written(a, e), written(a, again)));
    must(library_compare(e, again) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const i64 now = 1793581200000;
    struct arena *a = arena_new();
    struct library_read read, again;
    struct library_refusal why, why_again = {0};
    buf out = {.a = a};
    str bytes = {(const char *)data, size};
    enum err e = library_read(a, bytes, now, &read, &why);
    must(e == OK || (e == E_INVALID && why.code.n > 0));
    must(library_job(a, library_job_input(a, bytes, now), &out) == e);
    must(library_job_take(a, buf_str(&out), e, &again, &why_again));
    must(e == OK || str_eq(why.code, why_again.code));
    must(e != OK || (read.entries.n > 0 && read.entries.n == again.entries.n));
    for (size_t i = 0; e == OK && i < read.entries.n; i++)
        check_entry(a, &read.entries.v[i], &again.entries.v[i]);
    arena_free(a);
    return 0;
}
