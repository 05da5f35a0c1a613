/* factgen.c - makes the C file that says where the rows of facts/ begin, as src/formats/fact_own.h
 * says.
 *
 * Usage: factgen FILE...   All files that tools/embed puts into the program, of which it takes
 * those below facts/. */
#include "gen.h"

#include "formats/fact_own.h"

#include <stdlib.h>

struct table {
    const struct source *file;
    struct {
        VEC(size_t)
    } rows;
};

static int by_path(const void *a, const void *b)
{
    return str_cmp(*(const str *)a, *(const str *)b);
}

static str cell_of(const struct table *t, size_t row)
{
    str line = str_sub(t->file->text, t->rows.v[row], t->rows.v[row + 1] - t->rows.v[row] - 1);
    return str_cut(&line, '\t');
}

static void read_rows(struct table *t, const char *path)
{
    t->file = gen_read_bytes(path);
    str text = t->file->text, rest = text;
    if (text.n == 0 || text.p[text.n - 1] != '\n')
        gen_die(t->file, text.p, "the file does not end with a newline");
    while (rest.n > 0 && rest.p[0] == '#')
        (void)gen_cut_line(&rest);
    (void)gen_cut_line(&rest); /* the columns */
    while (rest.n > 0) {
        *PUSH(gen_arena(), &t->rows) = text.n - rest.n;
        (void)gen_cut_line(&rest);
    }
    if (t->rows.n == 0 || t->rows.n >= UINT16_MAX)
        gen_die(t->file, text.p, "too few or too many rows");
    *PUSH(gen_arena(), &t->rows) = text.n;
    for (size_t i = 0; i + 1 < t->rows.n; i++) {
        const char *at = text.p + t->rows.v[i];
        if (cell_of(t, i).n == 0)
            gen_error(t->file, at, "the first cell is empty");
        if (i > 0 && str_cmp(cell_of(t, i - 1), cell_of(t, i)) > 0)
            gen_error(t->file, at, "the rows are not sorted by their first cells");
    }
}

static size_t slots_of(size_t rows)
{
    size_t n = 16;
    while (n < rows * 2)
        n *= 2;
    return n;
}

static void fill_slots(const struct table *t, uint16_t *slot, size_t n)
{
    for (size_t i = 0; i + 1 < t->rows.n; i++) {
        size_t at = fact_hash(cell_of(t, i)) & (n - 1);
        if (i > 0 && str_eq(cell_of(t, i - 1), cell_of(t, i)))
            continue;
        while (slot[at] != 0)
            at = (at + 1) & (n - 1);
        slot[at] = (uint16_t)(i + 1);
    }
}

static void put_numbers(buf *b, const char *type, const char *name, size_t table)
{
    buf_putf(b, "static const %s %s%zu[] = {", type, name, table);
}

static void put_number(buf *b, size_t i, size_t number)
{
    buf_putf(b, "%s%zu,", i % 12 == 0 ? "\n    " : " ", number);
}

static void put_table(buf *b, const struct table *t, size_t number)
{
    size_t n = slots_of(t->rows.n);
    uint16_t *slot = NEWS(gen_arena(), uint16_t, n);
    fill_slots(t, slot, n);
    put_numbers(b, "uint32_t", "rows", number);
    for (size_t i = 0; i < t->rows.n; i++)
        put_number(b, i, t->rows.v[i]);
    buf_put(b, S("\n};\n"));
    put_numbers(b, "uint16_t", "slots", number);
    for (size_t i = 0; i < n; i++)
        put_number(b, i, slot[i]);
    buf_put(b, S("\n};\n"));
}

int main(int argc, char **argv)
{
    buf b = {.a = gen_arena()}, list = {.a = gen_arena()};
    size_t n = (size_t)argc - 1;
    str *paths = NEWS(gen_arena(), str, n + 1);
    for (size_t i = 0; i < n; i++)
        paths[i] = str_z(argv[i + 1]);
    qsort(paths, n, sizeof *paths, by_path);
    buf_put(&b, S("/* facts.c - where the rows of facts/ begin.  Made by tools/factgen. */\n"
                  "#include \"formats/fact_own.h\"\n\n"));
    for (size_t i = 0; i < n; i++) {
        struct table t = {0};
        if (!str_has_prefix(paths[i], S("facts/")) || !str_has_suffix(paths[i], S(".tsv")))
            continue;
        read_rows(&t, str_to_z(gen_arena(), paths[i]));
        put_table(&b, &t, i);
        buf_putf(&list, "    {S_INIT(\"%.*s\"), %zu, %zu, %zu, rows%zu, slots%zu},\n",
                 SV(gen_stem(paths[i])), i, t.rows.n - 1, slots_of(t.rows.n), i, i);
    }
    buf_putf(&b,
             "\nconst struct fact_table fact_tables[] = {\n%.*s};\n"
             "const size_t fact_ntables = sizeof fact_tables / sizeof *fact_tables;\n",
             SV(buf_str(&list)));
    gen_end(&b);
}
