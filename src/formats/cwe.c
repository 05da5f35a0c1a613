/* cwe.c - see cwe.h.  The table is read where it lies, line by line: it is small. */
#include "formats/cwe.h"

#include "base/asset.h"

static const char header[] = "\nid\tname_en\tname_ja\tmapping\n";

static str table(void)
{
    const struct asset *a = asset_find(S("content/cwe.tsv"));
    must(a != NULL);
    return a->bytes;
}

/* Behind the header. */
static str rows(void)
{
    str all = table();
    ptrdiff_t at = str_find(all, (str){header, sizeof header - 1});
    must(at >= 0);
    return str_from(all, (size_t)at + sizeof header - 1);
}

static void read_row(str line, struct cwe *out)
{
    must(str_i64(str_cut(&line, '\t'), &out->id));
    out->name_en = str_cut(&line, '\t');
    out->name_ja = str_cut(&line, '\t');
    out->mapping = line;
    must(out->mapping.n > 0);
}

bool cwe_next(size_t *at, struct cwe *out)
{
    str all = rows(), rest = str_from(all, *at);
    if (rest.n == 0)
        return false;
    str line = str_cut(&rest, '\n');
    read_row(line, out);
    *at = all.n - rest.n;
    return true;
}

bool cwe_find(i64 id, struct cwe *out)
{
    char key[24] = "\n";
    buf b = {.p = key, .n = 1, .cap = sizeof key};
    str all = table();
    if (id <= 0)
        return false;
    buf_i64(&b, id);
    buf_char(&b, '\t');
    ptrdiff_t at = str_find(all, buf_str(&b));
    if (at < 0)
        return false;
    str rest = str_from(all, (size_t)at + 1);
    read_row(str_cut(&rest, '\n'), out);
    return true;
}

bool cwe_parse(str text, i64 *id)
{
    if (str_eq_nocase(str_sub(text, 0, 4), S("CWE-")))
        text = str_from(text, 4);
    return text.n > 0 && text.n < 8 && text.p[0] != '0' && str_i64(text, id);
}

str cwe_version(void)
{
    str first = table(), name = S("# Common Weakness Enumeration ");
    must(str_has_prefix(first, name));
    first = str_from(first, name.n);
    return str_cut(&first, ' ');
}
