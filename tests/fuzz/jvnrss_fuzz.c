/* jvnrss_fuzz.c - any bytes as JVNRSS: refused with a place, or read; what is read is written in
 * both dialects, and read again it is the same. */
#include "base/utf8.h"
#include "formats/jvnrss.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void same_again(struct arena *a, struct jvnrss *f)
{
    struct jvnrss again;
    struct xml_error e;
    str text = jvnrss_write(a, f);
    must(utf8_valid(text));
    must(jvnrss_read(a, text, &again, &e) == OK);
    must(again.entries.n == f->entries.n);
    for (size_t i = 0; i < f->entries.n; i++) {
        must(str_eq(str_trim(again.entries.v[i].title), str_trim(f->entries.v[i].title)));
        must(again.entries.v[i].nreferences == f->entries.v[i].nreferences);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_new();
    struct jvnrss f;
    struct xml_error e = {0};
    if (jvnrss_read(a, (str){(const char *)data, size}, &f, &e) != OK) {
        must(e.code.n > 0 && e.line > 0 && e.byte <= size);
        arena_free(a);
        return 0;
    }
    f.bare = false;
    f.is_file = true;
    same_again(a, &f);
    f.is_file = false;
    same_again(a, &f);
    arena_free(a);
    return 0;
}
