/* fact.c - see fact.h. */
#include "formats/fact.h"

#include "base/asset.h"
#include "formats/fact_own.h"

static const struct fact_table *table_of(str name)
{
    size_t i = 0;
    while (i < fact_ntables && !str_eq(fact_tables[i].name, name))
        i++;
    must(i < fact_ntables);
    return &fact_tables[i];
}

static str rows_from(const struct fact_table *t, uint32_t row)
{
    return (str){assets[t->asset].bytes.p + t->row[row], t->row[t->n] - t->row[row]};
}

str fact_rows(str name)
{
    return rows_from(table_of(name), 0);
}

str fact_head(str name, str key)
{
    str text = assets[table_of(name)->asset].bytes;
    while (text.n > 0 && text.p[0] == '#') {
        str line = str_from(str_cut(&text, '\n'), 2);
        if (str_eq(str_cut(&line, ':'), key))
            return str_trim(line);
    }
    return NO_STR;
}

/* A row without its newline. */
static str line_of(const struct fact_table *t, uint32_t row)
{
    return (str){assets[t->asset].bytes.p + t->row[row], t->row[row + 1] - t->row[row] - 1};
}

static bool begins_with_cell(str line, str key)
{
    return line.n >= key.n && (line.n == key.n || line.p[key.n] == '\t') &&
           str_same_bytes(line.p, key.p, key.n) && str_find_char(key, '\t') < 0;
}

/* The first row whose first cell is key; t->n: there is none. */
static uint32_t row_of(const struct fact_table *t, str key)
{
    uint32_t at = fact_hash(key) & (t->slots - 1);
    while (t->slot[at] != 0 && !begins_with_cell(line_of(t, t->slot[at] - 1u), key))
        at = (at + 1) & (t->slots - 1);
    return t->slot[at] != 0 ? t->slot[at] - 1u : t->n;
}

/* The first row whose first cell is not less. */
static uint32_t row_from(const struct fact_table *t, str key)
{
    uint32_t low = 0, high = t->n;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        str line = line_of(t, middle);
        if (str_cmp(str_cut(&line, '\t'), key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

str fact_from(str name, str key)
{
    const struct fact_table *t = table_of(name);
    uint32_t row = row_of(t, key);
    return rows_from(t, row < t->n ? row : row_from(t, key));
}

bool fact_find(str name, str key, str *cells)
{
    const struct fact_table *t = table_of(name);
    uint32_t row = row_of(t, key);
    if (row == t->n)
        return false;
    *cells = str_from(line_of(t, row), key.n + 1);
    return true;
}

bool fact_next(size_t *at, str *name)
{
    if (*at >= fact_ntables)
        return false;
    *name = fact_tables[(*at)++].name;
    return true;
}

size_t fact_count(str name)
{
    return table_of(name)->n;
}
