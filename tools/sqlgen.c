/* sqlgen.c - makes gen/sql.h and gen/sql.c from sql/query/: C that cannot bind the wrong thing.
 *
 * Usage: sqlgen {-h|-c} FILE...   A statement is written so:
 *     -- name :one|:many|:exec|:exec1|:list
 *     -- What it is for.
 *     -- in   id str, state str?           (types as in src/store/db.h)
 *     -- out  id str, title str
 *     SELECT id, title FROM cases WHERE id = :id …;
 *     -- postgres                          (optional: another text for PostgreSQL)
 *     SELECT …;
 * :many has a LIMIT or a comment `-- bounded: why`.  Behind a :list's base (SELECT … FROM … WHERE
 * …) follow `-- filter NAME` with a text AND … that stands where the parameter NAME is given, or true,
 * `-- tail` with GROUP BY …, and `-- sort NAME asc|desc  field = expression, …`, the last key
 * unique and the first sort the default. */
#include "sqlgen.h"

#include <stdio.h>
#include <string.h>

static const char *const runs[] = {
    [KIND_ONE] = "db_one",     [KIND_MANY] = "db_many", [KIND_EXEC] = "db_exec",
    [KIND_EXEC1] = "db_exec1", [KIND_LIST] = "db_list",
};

static void put_struct(buf *b, const struct query *q, const char *suffix, const struct fields *f)
{
    buf_putf(b, "struct q_%.*s%s {\n", SV(q->name), suffix);
    for (size_t i = 0; i < f->n; i++)
        buf_putf(b, "    %s %.*s;\n", f->v[i].type->c, SV(f->v[i].name));
    buf_putf(b, "}%s;\n", suffix[0] ? " BY_NAME" : "");
}

/* ISO C 17 has no empty braces: where all parameters may be left out, the first gets a value. */
static void put_default(buf *b, const struct query *q)
{
    for (size_t i = 0; i < q->in.n; i++)
        if (!q->in.v[i].type->optional)
            return;
    bool is_bool = str_eq(str_z(q->in.v[0].type->word), S("bool"));
    buf_putf(b, ".%.*s = %s, ", SV(q->in.v[0].name), is_bool ? "false" : "{0}");
}

/* #define q_NAME(db, …): `before` are the macro's parameters, `args` what they become. */
static void put_macro(buf *b, const struct query *q, const char *suffix, const char *before,
                      const char *run, str args)
{
    buf_putf(b, "#define q_%.*s%s(db%s%s) \\\n    %s((db), &stmt_%.*s, ", SV(q->name), suffix,
             before, q->in.n > 0 ? ", ..." : "", run, SV(q->name));
    if (q->in.n > 0) {
        buf_putf(b, "&(struct q_%.*s_in){", SV(q->name));
        put_default(b, q);
        buf_put(b, S("__VA_ARGS__}"));
    } else {
        buf_put(b, S("NULL"));
    }
    buf_putf(b, "%.*s)\n", SV(args));
}

static void put_macros(buf *b, const struct query *q)
{
    struct arena *a = gen_arena();
    const char *name = str_to_z(a, q->name), *run = runs[q->kind];
    str row = str_fmt(a, ", _Generic((out), struct q_%s *: (out))", name);
    str rows = str_fmt(a, ", (void **)_Generic((rows), struct q_%s **: (rows)), (n)", name);
    switch (q->kind) {
    case KIND_ONE: put_macro(b, q, "", ", out", run, row); break;
    case KIND_MANY: put_macro(b, q, "", ", rows, n", run, rows); break;
    case KIND_EXEC:
    case KIND_EXEC1: put_macro(b, q, "", "", run, S("")); break;
    case KIND_LIST:
        put_macro(b, q, "", ", page, rows, n", run, str_join(a, S(", (page)"), rows));
        put_macro(b, q, "_count", ", out", "db_list_count", S(", (out)"));
        break;
    }
}

static void put_query_header(buf *b, const struct query *q)
{
    buf_put(b, S("\n/* "));
    for (str rest = q->note.n > 0 ? q->note : q->name; rest.n > 0;) {
        buf_put(b, gen_cut_line(&rest));
        buf_put(b, rest.n > 0 ? S("\n * ") : S(""));
    }
    buf_put(b, S(" */\n"));
    if (q->in.n > 0)
        put_struct(b, q, "_in", &q->in);
    if (q->out.n > 0)
        put_struct(b, q, "", &q->out);
    buf_putf(b, "extern const struct stmt stmt_%.*s;\n", SV(q->name));
    if (q->sorts.n > 0) {
        buf_put(b, S("enum {"));
        for (size_t i = 0; i < q->sorts.n; i++)
            buf_putf(b, " SORT_%.*s_%.*s,", SV(q->name), SV(q->sorts.v[i].name));
        buf_put(b, S(" };\n"));
    }
    put_macros(b, q);
}

static void put_cols(buf *b, const struct query *q, const char *what, const char *tag,
                     const struct fields *f)
{
    if (f->n == 0)
        return;
    buf_putf(b, "static const struct col %.*s_%s[] = {\n", SV(q->name), what);
    for (size_t i = 0; i < f->n; i++)
        buf_putf(b, "    {%s, offsetof(struct q_%.*s%s, %.*s)},\n", f->v[i].type->col, SV(q->name),
                 tag, SV(f->v[i].name));
    buf_put(b, S("};\n"));
}

static void put_text(buf *b, const char *member, str sql)
{
    buf_putf(b, "    .%s =\n        ", member);
    gen_c_string(b, sql, 8);
    buf_put(b, S(",\n"));
}

static void put_filters(buf *b, const struct query *q, bool *used[2])
{
    size_t n = 0;
    for (size_t i = 0; i < q->parts.n; i++) {
        const struct part *p = &q->parts.v[i];
        if (p->kind != PART_FILTER)
            continue;
        if (n++ == 0)
            buf_putf(b, "static const struct list_filter %.*s_filters[] = {\n", SV(q->name));
        size_t at = (size_t)field_find(&q->in, p->name);
        buf_put(b, S("    {"));
        for (int d = SQLITE; d <= POSTGRES; d++) {
            used[d][at] = true;
            gen_c_string(b, query_sql(q, p, (enum dialect)d, used[d]), 5);
            buf_put(b, S(",\n     "));
        }
        buf_putf(b, "%zu},\n", at);
    }
    if (n > 0)
        buf_put(b, S("};\n"));
}

static void put_sorts(buf *b, const struct query *q)
{
    if (q->sorts.n == 0)
        return;
    buf_putf(b, "static const struct list_sort %.*s_sorts[] = {\n", SV(q->name));
    for (size_t i = 0; i < q->sorts.n; i++) {
        const struct sort *s = &q->sorts.v[i];
        buf_putf(b, "    {\"%.*s\", %s, %zu, {", SV(s->name), s->descending ? "true" : "false",
                 s->nkeys);
        for (size_t k = 0; k < s->nkeys; k++) {
            gen_c_string(b, s->key[k], 8);
            buf_put(b, k + 1 < s->nkeys ? S(", ") : S("}, {"));
        }
        for (size_t k = 0; k < s->nkeys; k++)
            buf_putf(b, k + 1 < s->nkeys ? "%zu, " : "%zu}},\n", s->out[k]);
    }
    buf_put(b, S("};\n"));
}

/* The texts of the statement; of a :list also how it counts and ends. */
static void put_texts(buf *b, const struct query *q, bool *used[2])
{
    static const char *const base[] = {"sqlite", "postgres"};
    static const char *const count[] = {"sqlite_count", "postgres_count"};
    static const char *const tail[] = {"sqlite_tail", "postgres_tail"};
    for (int d = SQLITE; d <= POSTGRES; d++) {
        str end = S("");
        put_text(b, base[d], query_sql(q, &q->parts.v[0], (enum dialect)d, used[d]));
        if (q->kind != KIND_LIST)
            continue;
        for (size_t i = 0; i < q->parts.n; i++)
            if (q->parts.v[i].kind == PART_TAIL)
                end = query_sql(q, &q->parts.v[i], (enum dialect)d, used[d]);
        put_text(b, count[d], query_count_sql(q, (enum dialect)d));
        put_text(b, tail[d], end);
    }
}

static void check_used(const struct query *q, bool *used[2])
{
    for (size_t i = 0; i < q->in.n; i++)
        for (int d = SQLITE; d <= POSTGRES; d++)
            if (!used[d][i])
                gen_error(q->src, q->in.v[i].name.p, "the parameter %.*s is not used%s",
                          SV(q->in.v[i].name), d == SQLITE ? "" : " in the text for PostgreSQL");
}

static void put_array(buf *b, const struct query *q, const char *member, const char *what, size_t n)
{
    if (n > 0)
        buf_putf(b, "    .%s = %.*s_%s,\n    .n%s = %zu,\n", member, SV(q->name), what, member, n);
}

static void put_query_code(buf *b, const struct query *q)
{
    bool *used[2] = {NEWS(gen_arena(), bool, q->in.n + 1), NEWS(gen_arena(), bool, q->in.n + 1)};
    size_t nfilters = 0;
    buf_char(b, '\n');
    put_cols(b, q, "in", "_in", &q->in);
    put_cols(b, q, "out", "", &q->out);
    put_filters(b, q, used);
    put_sorts(b, q);
    buf_putf(b, "const struct stmt stmt_%.*s = {\n    .name = \"%.*s\",\n", SV(q->name),
             SV(q->name));
    put_texts(b, q, used);
    put_array(b, q, "in", "in", q->in.n);
    put_array(b, q, "out", "out", q->out.n);
    for (size_t i = 0; i < q->parts.n; i++)
        nfilters += q->parts.v[i].kind == PART_FILTER;
    put_array(b, q, "filters", "filters", nfilters);
    put_array(b, q, "sorts", "sorts", q->sorts.n);
    if (q->out.n > 0)
        buf_putf(b, "    .row = sizeof(struct q_%.*s),\n", SV(q->name));
    buf_put(b, S("};\n"));
    check_used(q, used);
}

static void put_all(buf *b, const struct queries *all)
{
    buf_putf(b, "\nconst size_t all_stmt_count = %zu;\nconst struct stmt *const all_stmts[] = {\n",
             all->n);
    for (size_t i = 0; i < all->n; i++)
        buf_putf(b, "    &stmt_%.*s,\n", SV(all->v[i].name));
    buf_put(b, S("    NULL,\n};\n"));
}

/* q_X_in is the struct of X's parameters, q_X_count() counts the list X. */
static bool names_meet(const struct query *x, const struct query *other)
{
    struct arena *a = gen_arena();
    return str_eq(other->name, str_join(a, x->name, S("_in"))) ||
           (x->kind == KIND_LIST && str_eq(other->name, str_join(a, x->name, S("_count"))));
}

static void check_names(const struct queries *all)
{
    for (size_t i = 0; i < all->n; i++) {
        const struct query *q = &all->v[i];
        for (size_t k = 0; k < all->n; k++) {
            if (k < i && str_eq(q->name, all->v[k].name))
                gen_error(q->src, q->name.p, "%.*s was there before, in %.*s:%d", SV(q->name),
                          SV(all->v[k].src->path), gen_line(all->v[k].src, all->v[k].name.p));
            if (names_meet(&all->v[k], q))
                gen_error(q->src, q->name.p, "%.*s is also what %.*s would make: rename it",
                          SV(q->name), SV(all->v[k].name));
        }
    }
}

int main(int argc, char **argv)
{
    struct queries all = {0};
    buf h = {.a = gen_arena()}, c = {.a = gen_arena()};
    if (argc < 2 || (strcmp(argv[1], "-h") != 0 && strcmp(argv[1], "-c") != 0)) {
        (void)fputs("usage: sqlgen {-h|-c} FILE...\n", stderr);
        return 2;
    }
    for (int i = 2; i < argc; i++)
        queries_read(gen_read(argv[i]), &all);
    check_names(&all);
    for (size_t i = 0; i < all.n; i++)
        query_check(&all.v[i]);
    buf_put(&h,
            S("/* sql.h - every SQL statement, typed.  Made by tools/sqlgen from sql/query/. */\n"
              "#ifndef GEN_SQL_H\n#define GEN_SQL_H\n\n#include \"store/db.h\"\n"));
    buf_put(&c, S("/* sql.c - see sql.h.  Made by tools/sqlgen from sql/query/. */\n"
                  "#pragma GCC diagnostic ignored \"-Woverlength-strings\"\n"
                  "#include \"gen/sql.h\"\n"));
    for (size_t i = 0; i < all.n; i++) {
        put_query_header(&h, &all.v[i]);
        put_query_code(&c, &all.v[i]);
    }
    put_all(&c, &all);
    buf_put(&h, S("\n#endif\n"));
    gen_end(strcmp(argv[1], "-h") == 0 ? &h : &c);
}
