/* fact.c - see fact.h. */
#include "formats/fact.h"

#include "base/asset.h"

#include <string.h>

static const char folder[] = "facts/", suffix[] = ".tsv";

static str text_of(str name)
{
    char path[64];
    buf b = {.p = path, .cap = sizeof path};
    buf_put(&b, (str){folder, sizeof folder - 1});
    buf_put(&b, name);
    buf_put(&b, (str){suffix, sizeof suffix - 1});
    const struct asset *a = asset_find(buf_str(&b));
    must(a != NULL);
    return a->bytes;
}

str fact_rows(str name)
{
    str text = text_of(name);
    while (text.n > 0 && text.p[0] == '#')
        (void)str_cut(&text, '\n');
    (void)str_cut(&text, '\n'); /* the columns */
    return text;
}

str fact_head(str name, str key)
{
    str text = text_of(name);
    while (text.n > 0 && text.p[0] == '#') {
        str line = str_from(str_cut(&text, '\n'), 2);
        if (str_eq(str_cut(&line, ':'), key))
            return str_trim(line);
    }
    return NO_STR;
}

/* Where the line that holds the byte begins. */
static size_t line_start(str rows, size_t at)
{
    const char *newline = at == 0 ? NULL : memrchr(rows.p, '\n', at);
    return newline == NULL ? 0 : (size_t)(newline - rows.p) + 1;
}

/* The first cell of a row beside a key: by bytes, like str_cmp(), but no further than need be. */
static int cell_cmp(str row, str key)
{
    size_t i = 0;
    while (i < row.n && i < key.n && row.p[i] == key.p[i] && row.p[i] != '\t')
        i++;
    bool cell_more = i < row.n && row.p[i] != '\t', key_more = i < key.n;
    if (cell_more && key_more)
        return (unsigned char)row.p[i] - (unsigned char)key.p[i];
    return cell_more - key_more;
}

str fact_from(str rows, str key)
{
    size_t low = 0, high = rows.n;
    while (low < high) {
        size_t start = line_start(rows, low + (high - low) / 2);
        if (start < low)
            start = low;
        str row = str_from(rows, start);
        if (cell_cmp(row, key) < 0) {
            (void)str_cut(&row, '\n');
            low = rows.n - row.n;
        } else {
            high = start;
        }
    }
    return str_from(rows, low);
}

bool fact_find(str rows, str key, str *cells)
{
    str rest = fact_from(rows, key), line = str_cut(&rest, '\n');
    if (key.n == 0 || !str_eq(str_cut(&line, '\t'), key))
        return false;
    *cells = line;
    return true;
}

bool fact_next(size_t *at, str *name)
{
    str before = {folder, sizeof folder - 1}, behind = {suffix, sizeof suffix - 1};
    const struct asset *one = asset_next(before, at);
    while (one != NULL && !str_has_suffix(one->path, behind))
        one = asset_next(before, at);
    if (one != NULL)
        *name = str_sub(one->path, before.n, one->path.n - before.n - behind.n);
    return one != NULL;
}

size_t fact_count(str rows)
{
    size_t n = 0;
    for (; rows.n > 0; n++)
        (void)str_cut(&rows, '\n');
    return n;
}
