/* csaf_feed_before.c - see csaf_feed_before.h. */
#include "formats/csaf_feed_before.h"

/* An entry is a line. */
static const str entry_begins = S_INIT("{\"id\":\""), feed_ends = S_INIT("]}}");

const str *csaf_entries_before(struct arena *a, const struct csaf_folder *f)
{
    str *v = NEWS(a, str, f->nbefore + 1), rest = f->before;
    (void)str_cut(&rest, '\n');
    for (size_t i = 0; i < f->nbefore; i++) {
        str end = i + 1 < f->nbefore ? S(",") : feed_ends;
        v[i] = str_cut(&rest, '\n');
        if (!str_has_suffix(v[i], end))
            return NULL;
        v[i].n -= end.n;
    }
    return rest.n == 0 && f->nbefore > 0 ? v : NULL;
}

/* Its line of before; absent: there is none with its id. */
static str line_before(const struct csaf_folder *f, const str *lines, size_t i)
{
    const struct csaf_listed *d = &f->v[i];
    if (lines == NULL || d->was == 0 || d->was > f->nbefore)
        return NO_STR;
    str line = lines[d->was - 1], id = str_from(line, entry_begins.n);
    bool is = str_has_prefix(line, entry_begins) && str_has_prefix(id, d->id) &&
              str_has_prefix(str_from(id, d->id.n), S("\",\"title\":"));
    return is ? line : NO_STR;
}

size_t csaf_run_before(const struct csaf_folder *f, const str *lines, size_t i, str *out)
{
    size_t n = 0;
    for (; i + n < f->n; n++) {
        str line = line_before(f, lines, i + n);
        if (line.p == NULL || (n > 0 && f->v[i + n].was != f->v[i].was + n))
            break;
        *out = n == 0 ? line : (str){out->p, (size_t)(line.p - out->p) + line.n};
    }
    return n;
}
