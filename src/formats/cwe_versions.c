/* cwe_versions.c - weaknesses in every version of the list; see cwe.h. */
#include "formats/cwe.h"

#include "formats/fact.h"

struct span {
    str from, to;
    struct cwe_fact fact;
};

int cwe_version_order(str version)
{
    str cells;
    i64 order = -1;
    if (!fact_find(S("cwe-versions"), version, &cells))
        return -1;
    must(str_i64(str_cut(&cells, '\t'), &order));
    return (int)order;
}

/* The rows of a weakness, one after the other: begin with *rest of span_first. */
static bool span_next(str *rest, str key, struct span *out)
{
    str line = str_cut(rest, '\n');
    if (!str_eq(str_cut(&line, '\t'), key))
        return false;
    out->from = str_cut(&line, '\t');
    out->to = str_cut(&line, '\t');
    out->fact.status = str_cut(&line, '\t');
    out->fact.usage = str_cut(&line, '\t');
    out->fact.name = line;
    return true;
}

static str key_of(i64 id, char *room, size_t cap)
{
    buf b = {.p = room, .cap = cap};
    buf_i64(&b, id);
    return buf_str(&b);
}

bool cwe_in(i64 id, str version, struct cwe_fact *out)
{
    char room[24];
    str key = key_of(id, room, sizeof room), rest = fact_from(S("cwe"), key);
    struct span s;
    int order = cwe_version_order(version);
    while (order >= 0 && span_next(&rest, key, &s)) {
        if (cwe_version_order(s.from) <= order && order <= cwe_version_order(s.to)) {
            *out = s.fact;
            return true;
        }
    }
    return false;
}

static bool is_of(str line, str key)
{
    return line.n > key.n && line.p[key.n] == '\t' && str_has_prefix(line, key);
}

static bool ends_with_cell(str line, str cell)
{
    return line.n > cell.n && line.p[line.n - cell.n - 1] == '\t' && str_has_suffix(line, cell);
}

bool cwe_ever(i64 id, str name)
{
    char room[24];
    str key = key_of(id, room, sizeof room), rest = fact_from(S("cwe"), key);
    for (str line = str_cut(&rest, '\n'); is_of(line, key); line = str_cut(&rest, '\n'))
        if (ends_with_cell(line, name))
            return true;
    return false;
}
