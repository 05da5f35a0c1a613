/* tsv.c - see tsv.h. */
#include "formats/tsv.h"

#include "base/utf8.h"
#include "base/vec.h"

struct header {
    const str *columns;
    size_t n;
    size_t *at; /* where each cell of a row belongs */
    size_t ncells;
};

static enum err bad(struct tsv_fault *f, int line, str column, str code, str got)
{
    *f = (struct tsv_fault){line, column, code, got};
    return E_INVALID;
}

static size_t count_cells(str line)
{
    size_t n = 1;
    for (size_t i = 0; i < line.n; i++)
        n += line.p[i] == '\t';
    return n;
}

static enum err read_header(struct arena *a, str line, int no, struct header *h,
                            struct tsv_fault *f)
{
    bool *seen = NEWS(a, bool, h->n + 1);
    h->ncells = count_cells(line);
    h->at = NEWS(a, size_t, h->ncells);
    for (size_t i = 0; i < h->ncells; i++) {
        str name = str_cut(&line, '\t');
        size_t at = 0;
        while (at < h->n && !str_eq(name, h->columns[at]))
            at++;
        if (at == h->n)
            return bad(f, no, name, S("unknown_column"), name);
        if (seen[at])
            return bad(f, no, name, S("duplicate_column"), name);
        seen[at] = true;
        h->at[i] = at;
    }
    for (size_t i = 0; i < h->n; i++)
        if (!seen[i])
            return bad(f, no, h->columns[i], S("missing_column"), NO_STR);
    return OK;
}

static enum err read_row(struct arena *a, str line, int no, const struct header *h,
                         struct tsv_row *out, struct tsv_fault *f)
{
    str *cells = NEWS(a, str, h->n);
    if (count_cells(line) != h->ncells)
        return bad(f, no, NO_STR, S("cells"), str_fmt(a, "%zu", count_cells(line)));
    for (size_t i = 0; i < h->ncells; i++) {
        str cell = str_cut(&line, '\t');
        if (utf8_has_control(cell) || str_find_char(cell, '\r') >= 0)
            return bad(f, no, h->columns[h->at[i]], S("control"), NO_STR);
        cells[h->at[i]] = cell;
    }
    *out = (struct tsv_row){no, cells};
    return OK;
}

enum err tsv_read(struct arena *a, str text, const str *columns, size_t ncolumns, struct tsv *out,
                  struct tsv_fault *fault)
{
    struct header h = {.columns = columns, .n = ncolumns};
    struct {
        VEC(struct tsv_row)
    } rows = {0};
    *fault = (struct tsv_fault){0};
    for (int no = 1; text.n > 0; no++) {
        str line = str_cut(&text, '\n');
        if (!utf8_valid(line))
            return bad(fault, no, NO_STR, S("bad_utf8"), NO_STR);
        if (line.n == 0 || line.p[0] == '#')
            continue;
        if (h.at == NULL) {
            TRY(read_header(a, line, no, &h, fault));
            continue;
        }
        struct tsv_row row;
        TRY(read_row(a, line, no, &h, &row, fault));
        *PUSH(a, &rows) = row;
    }
    if (h.at == NULL)
        return bad(fault, 0, NO_STR, S("no_header"), NO_STR);
    *out = (struct tsv){rows.v, rows.n};
    return OK;
}
