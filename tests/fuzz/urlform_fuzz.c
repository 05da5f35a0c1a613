/* urlform_fuzz.c - any bytes as a form: valid UTF-8 comes out, and what was right survives
 * being written and read again. */
#include "base/utf8.h"
#include "formats/cookie.h"
#include "formats/percent.h"
#include "formats/urlform.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void written_and_read_again(struct arena *a, const struct fields *f)
{
    buf b = {.a = a};
    struct fields again;
    struct problems none = {0};
    for (size_t i = 0; i < f->n; i++)
        urlform_put(&b, f->v[i].name, f->v[i].value);
    struct urlform_limits wide = {.fields = 1000, .name = 1000000, .value = 1000000};
    must(urlform_read(a, buf_str(&b), wide, &again, &none) == OK);
    must(again.n == f->n);
    for (size_t i = 0; i < f->n; i++)
        must(str_eq(again.v[i].name, f->v[i].name) && str_eq(again.v[i].value, f->v[i].value));
}

static void one_segment(struct arena *a, str text)
{
    str out;
    buf b = {.a = a};
    if (!percent_decode(a, text, &out))
        return;
    must(utf8_valid(out) && out.n > 0 && str_find_char(out, '/') < 0);
    percent_put(&b, out);
    str again;
    must(percent_decode(a, buf_str(&b), &again) && str_eq(out, again));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_new();
    str text = {(const char *)data, size};
    struct urlform_limits max = {.fields = 8, .name = 16, .value = 64};
    struct fields f;
    struct problems ps = {0};
    bool ok = urlform_read(a, text, max, &f, &ps) == OK;
    must(ok == (ps.n == 0) && f.n <= max.fields);
    for (size_t i = 0; i < f.n; i++)
        must(utf8_valid(f.v[i].name) && utf8_valid(f.v[i].value) && f.v[i].value.n <= max.value);
    written_and_read_again(a, &f);
    one_segment(a, text);
    str c = cookie_get(text, S("s"));
    must(c.n <= size);
    arena_free(a);
    return 0;
}
