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

/* Rows are in the order of their numbers. */
bool cwe_find(i64 id, struct cwe *out)
{
    str all = rows();
    size_t low = 0, high = all.n;
    while (low < high) {
        size_t at = low + (high - low) / 2;
        while (at > low && all.p[at - 1] != '\n')
            at--;
        str rest = str_from(all, at);
        read_row(str_cut(&rest, '\n'), out);
        if (out->id == id)
            return true;
        if (out->id < id)
            low = all.n - rest.n;
        else
            high = at;
    }
    return false;
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
