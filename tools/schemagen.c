/* schemagen.c - makes gen/schema.h and gen/schema.c from sql/schema/NNNN_name.sql.
 *
 * Usage: schemagen {-h|-c} FILE...   One text becomes two: INT64 is INTEGER or BIGINT, BLOB is
 * BLOB or BYTEA, tables are STRICT on SQLite.  What stands between a line `-- only sqlite` or
 * `-- only postgres` and a line `-- end` goes to that dialect alone. */
#include "sqltok.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct migration {
    int number;
    str name;
    const struct source *src;
    str text[2]; /* by dialect */
};

/* One dialect's view of a file: the other's lines are spaces, so that places stay. */
struct view {
    enum dialect dialect;
    struct source src, other;
    struct toks toks;
    const char **after; /* of each token: what to write behind it */
    bool *skip;
};

/* Which dialect a line `-- only …` names. */
static bool only(const struct source *src, str line, enum dialect *out)
{
    if (!str_has_prefix(line, S("-- only")))
        return false;
    if (str_eq(line, S("-- only sqlite")))
        *out = SQLITE;
    else if (str_eq(line, S("-- only postgres")))
        *out = POSTGRES;
    else
        gen_die(src, line.p, "want `-- only sqlite` or `-- only postgres`");
    return true;
}

/* Which block a line stands in, on the way down a file. */
struct blocks {
    const char *open; /* its first line; NULL: in none */
    enum dialect dialect;
};

/* Whether the line begins or ends a block. */
static bool block_line(const struct source *src, str line, struct blocks *b)
{
    enum dialect d;
    if (only(src, line, &d)) {
        if (b->open != NULL)
            gen_die(src, line.p, "a block inside a block: close the one above with `-- end`");
        *b = (struct blocks){line.p, d};
        return true;
    }
    if (!str_eq(line, S("-- end")))
        return false;
    if (b->open == NULL)
        gen_die(src, line.p, "`-- end` without a block");
    b->open = NULL;
    return true;
}

static void split(const struct source *src, struct source out[2])
{
    struct blocks b = {0};
    str rest = src->text;
    char *text[2];
    for (int d = SQLITE; d <= POSTGRES; d++) {
        text[d] = NEWS(gen_arena(), char, src->text.n + 1);
        memcpy(text[d], src->text.p, src->text.n);
        out[d] = (struct source){src->path, {text[d], src->text.n}};
    }
    while (rest.n > 0) {
        str line = gen_cut_line(&rest);
        if (!block_line(src, line, &b) && b.open != NULL)
            memset(text[1 - b.dialect] + (line.p - src->text.p), ' ', line.n);
    }
    if (b.open != NULL)
        gen_die(src, b.open, "this block has no `-- end`");
}

/* Whether a token stands in a block for this dialect alone. */
static bool is_alone(const struct view *v, const struct tok *t)
{
    return v->other.text.p[t->s.p - v->src.text.p] == ' ' && t->s.p[0] != ' ';
}

static void check_type(const struct view *v, size_t i)
{
    const struct tok *t = &v->toks.v[i < v->toks.n ? i : v->toks.n - 1];
    if (v->dialect == POSTGRES && is_alone(v, t))
        return;
    if (!str_eq(t->s, S("TEXT")) && !str_eq(t->s, S("INT64")) && !str_eq(t->s, S("BLOB")))
        gen_error(&v->src, t->s.p, "a column is TEXT, INT64 or BLOB, in capitals: not %.*s",
                  SV(t->s));
    else if (tok_next_is(&v->toks, i + 1, "("))
        gen_error(&v->src, t->s.p, "a type has no length: use CHECK");
}

static bool is_constraint(const struct tok *t)
{
    static const char *const words[] = {"PRIMARY", "UNIQUE",     "CHECK",
                                        "FOREIGN", "CONSTRAINT", "EXCLUDE"};
    for (size_t i = 0; i < COUNT(words); i++)
        if (tok_is(t, words[i]))
            return true;
    return false;
}

/* The columns between ( at `open` and ) at `close`. */
static void columns(const struct view *v, size_t open, size_t close)
{
    int depth = 0;
    bool begins = true;
    for (size_t i = tok_next(&v->toks, open + 1); i < close; i = tok_next(&v->toks, i + 1)) {
        const struct tok *t = &v->toks.v[i];
        if (begins && t->kind == TOK_WORD && !is_constraint(t))
            check_type(v, tok_next(&v->toks, i + 1));
        depth += tok_is(t, "(");
        depth -= tok_is(t, ")");
        begins = depth == 0 && tok_is(t, ",");
    }
}

static void create_table(struct view *v, size_t i)
{
    const struct toks *t = &v->toks;
    size_t name = tok_next(t, i), open = tok_next(t, name + 1);
    if (open >= t->n || t->v[name].kind != TOK_WORD || !tok_is(&t->v[open], "("))
        gen_die(&v->src, t->v[i].s.p, "want CREATE TABLE name ( …, without IF NOT EXISTS or AS");
    size_t close = tok_closing(&v->src, t, open);
    columns(v, open, close);
    size_t end = tok_next(t, close + 1);
    if (v->dialect == SQLITE)
        v->after[close] = " STRICT";
    if (tok_next_is(t, end, "WITHOUT") && tok_next_is(t, end + 1, "ROWID")) {
        size_t rowid = tok_next(t, end + 1);
        if (v->dialect == SQLITE)
            v->after[close] = " STRICT,";
        v->skip[end] = v->skip[rowid] = v->dialect == POSTGRES;
        end = tok_next(t, rowid + 1);
    }
    if (!tok_next_is(t, end, ";"))
        gen_die(&v->src, t->v[close].s.p, "want ; behind the table (or WITHOUT ROWID;)");
}

static void add_column(struct view *v, size_t i)
{
    const struct toks *t = &v->toks;
    for (size_t k = i; k < t->n && !tok_is(&t->v[k], ";"); k++) {
        if (!tok_is(&t->v[k], "ADD"))
            continue;
        if (!tok_next_is(t, k + 1, "COLUMN") && !tok_next_is(t, k + 1, "CONSTRAINT"))
            gen_error(&v->src, t->v[k].s.p, "write ADD COLUMN name TYPE");
        else if (tok_next_is(t, k + 1, "COLUMN"))
            check_type(v, tok_next(t, tok_next(t, tok_next(t, k + 1) + 1) + 1));
    }
}

static void statement(struct view *v, size_t i)
{
    static const char *const bad[] = {"BEGIN",  "COMMIT", "ROLLBACK", "SAVEPOINT",
                                      "PRAGMA", "VACUUM", "ATTACH",   "SET"};
    const struct toks *t = &v->toks;
    for (size_t k = 0; k < COUNT(bad); k++)
        if (tok_is(&t->v[i], bad[k]))
            gen_error(&v->src, t->v[i].s.p, "no %s here: each file is one transaction", bad[k]);
    if (tok_is(&t->v[i], "CREATE") && tok_next_is(t, i + 1, "TABLE"))
        create_table(v, tok_next(t, i + 1) + 1);
    if (tok_is(&t->v[i], "CREATE") &&
        (tok_next_is(t, i + 1, "TEMP") || tok_next_is(t, i + 1, "TEMPORARY")))
        gen_error(&v->src, t->v[i].s.p, "a temporary table does not belong into a schema");
    if (tok_is(&t->v[i], "ALTER") && tok_next_is(t, i + 1, "TABLE"))
        add_column(v, i);
}

static void check_token(const struct view *v, const struct tok *t)
{
    if (!is_alone(v, t))
        sql_check_shared(&v->src, t);
    if (t->kind == TOK_QUOTED)
        gen_error(&v->src, t->s.p, "double quotes: '…' for a text, and names need none");
    if (t->kind == TOK_PARAM)
        gen_error(&v->src, t->s.p, "a schema has no parameters");
}

/* The text without comments and empty lines. */
static str write_text(const struct view *v)
{
    buf b = {.a = gen_arena()};
    bool broken = false, spaced = false;
    for (size_t i = 0; i < v->toks.n; i++) {
        const struct tok *t = &v->toks.v[i];
        if (t->kind == TOK_SPACE || t->kind == TOK_COMMENT || v->skip[i]) {
            spaced = true;
            broken |= str_find_char(t->s, '\n') >= 0;
            continue;
        }
        if (b.n > 0 && (broken || spaced))
            buf_char(&b, broken ? '\n' : ' ');
        broken = spaced = false;
        buf_put(&b, tok_text(t, v->dialect));
        if (v->after[i] != NULL)
            buf_put(&b, str_z(v->after[i]));
    }
    buf_char(&b, '\n');
    return buf_str(&b);
}

static str translate(struct view *v)
{
    bool begins = true;
    const struct tok *last = NULL;
    sql_tokens(&v->src, v->src.text, &v->toks);
    v->after = NEWS(gen_arena(), const char *, v->toks.n + 1);
    v->skip = NEWS(gen_arena(), bool, v->toks.n + 1);
    for (size_t i = tok_next(&v->toks, 0); i < v->toks.n; i = tok_next(&v->toks, i + 1)) {
        last = &v->toks.v[i];
        check_token(v, last);
        if (begins)
            statement(v, i);
        begins = tok_is(last, ";");
    }
    sql_check_casts(&v->src, &v->toks);
    if (last != NULL && !tok_is(last, ";"))
        gen_error(&v->src, last->s.p, "the last statement does not end with ;");
    return write_text(v);
}

static struct migration read_migration(const char *path)
{
    struct migration m = {.src = gen_read(path)};
    struct source sources[2];
    str stem = gen_stem(m.src->path);
    i64 number = 0;
    if (stem.n < 6 || !str_i64(str_sub(stem, 0, 4), &number) || stem.p[4] != '_' ||
        !gen_is_name(str_from(stem, 5)))
        gen_die(m.src, m.src->text.p, "the file's name must be NNNN_name.sql");
    m.number = (int)number;
    m.name = str_from(stem, 5);
    split(m.src, sources);
    for (int d = SQLITE; d <= POSTGRES; d++) {
        struct view v = {.dialect = (enum dialect)d, .src = sources[d], .other = sources[1 - d]};
        m.text[d] = translate(&v);
    }
    return m;
}

static int by_number(const void *a, const void *b)
{
    return ((const struct migration *)a)->number - ((const struct migration *)b)->number;
}

static void put_code(buf *b, const struct migration *m, size_t n)
{
    buf_put(b, S("/* schema.c - see schema.h.  Made by tools/schemagen from sql/schema/. */\n"
                 "#pragma GCC diagnostic ignored \"-Woverlength-strings\"\n"
                 "#include \"gen/schema.h\"\n\n"));
    buf_putf(b, "const size_t migration_count = %zu;\nconst struct migration migrations[] = {\n",
             n);
    for (size_t i = 0; i < n; i++) {
        buf_putf(b, "    {%d, \"%.*s\",\n     ", m[i].number, SV(m[i].name));
        gen_c_string(b, m[i].text[SQLITE], 5);
        buf_put(b, S(",\n     "));
        gen_c_string(b, m[i].text[POSTGRES], 5);
        buf_put(b, S("},\n"));
    }
    buf_put(b, n == 0 ? S("    {0},\n};\n") : S("};\n"));
}

int main(int argc, char **argv)
{
    buf b = {.a = gen_arena()};
    if (argc < 2 || (strcmp(argv[1], "-h") != 0 && strcmp(argv[1], "-c") != 0)) {
        (void)fputs("usage: schemagen {-h|-c} FILE...\n", stderr);
        return 2;
    }
    size_t n = (size_t)argc - 2;
    struct migration *m = NEWS(gen_arena(), struct migration, n + 1);
    for (size_t i = 0; i < n; i++)
        m[i] = read_migration(argv[i + 2]);
    qsort(m, n, sizeof *m, by_number);
    for (size_t i = 0; i < n; i++)
        if (m[i].number != (int)i + 1)
            gen_error(
                m[i].src, m[i].src->text.p, "the number %04d is %s: want %04zu here", m[i].number,
                i > 0 && m[i].number == m[i - 1].number ? "there twice" : "out of order", i + 1);
    if (strcmp(argv[1], "-c") == 0)
        put_code(&b, m, n);
    else
        buf_put(&b, S("/* schema.h - the migrations, oldest first.  Made by tools/schemagen from "
                      "sql/schema/. */\n"
                      "#ifndef GEN_SCHEMA_H\n#define GEN_SCHEMA_H\n\n#include <stddef.h>\n\n"
                      "struct migration {\n    int number; /* from 1, without gaps */\n"
                      "    const char *name, *sqlite, *postgres;\n};\n"
                      "extern const struct migration migrations[];\n"
                      "extern const size_t migration_count;\n\n#endif\n"));
    gen_end(&b);
}
