/* vers_fuzz.c - any bytes as a version range: refused with a reason, or a range that overlaps
 * with itself where it holds one of its own versions; orders are orders. */
#include "formats/vers.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Of every two of the first versions, under every order. */
static void try_orders(const struct vers *r)
{
    static const str types[] = {
        S_INIT("semver"), S_INIT("intdot"),  S_INIT("datetime"), S_INIT("generic"),
        S_INIT("nuget"),  S_INIT("openssl"), S_INIT("conan"),    S_INIT("cpan"),
        S_INIT("deb"),    S_INIT("rpm"),     S_INIT("alpm"),     S_INIT("apk"),
        S_INIT("maven"),  S_INIT("pypi"),    S_INIT("gem"),      S_INIT("composer"),
    };
    for (size_t t = 0; t < COUNT(types); t++) {
        vers_cmp *cmp = vers_order(types[t]);
        for (size_t i = 0; i < r->n && i < 6; i++) {
            must(cmp(r->v[i].version, r->v[i].version) == 0);
            for (size_t j = 0; j < i; j++)
                must(cmp(r->v[i].version, r->v[j].version) ==
                     -cmp(r->v[j].version, r->v[i].version));
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_new();
    str text = {(const char *)data, size}, why = NO_STR;
    struct vers r;
    enum err e = vers_read(a, text, &r, &why);
    if (e != OK)
        e = vls_read(a, text, &r, &why);
    if (e == OK) {
        (void)vers_is_open(&r);
        for (size_t i = 0; i < r.n && i < 6; i++) {
            if (r.type.p != NULL && vers_contains(&r, r.v[i].version))
                must(vers_overlap(&r, &r));
        }
        try_orders(&r);
    } else {
        must(why.n > 0);
    }
    arena_free(a);
    return 0;
}
