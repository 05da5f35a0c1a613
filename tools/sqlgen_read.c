/* sqlgen_read.c - reads the statements of a file: headings, fields, parts and sorts. */
#include "sqlgen.h"

/* clang-format off */
static const struct type types[] = {
    {"str",     "str",           "COL_STR",        "text",   false, false, true},
    {"str?",    "str",           "COL_OPT_STR",    "text",   true,  false, false},
    {"i64",     "i64",           "COL_I64",        "bigint", false, false, true},
    {"i64?",    "opt_i64",       "COL_OPT_I64",    "bigint", true,  false, false},
    {"bool",    "bool",          "COL_BOOL",       "bigint", true,  false, false},
    {"blob",    "str",           "COL_BLOB",       "bytea",  false, false, false},
    {"blob?",   "str",           "COL_OPT_BLOB",   "bytea",  true,  false, false},
    {"sealed",  "struct sealed", "COL_SEALED",     "bytea",  false, false, false},
    {"sealed?", "struct sealed", "COL_OPT_SEALED", "bytea",  true,  false, false},
    {"str[]",   "struct strs",   "COL_STRS",       "text",   true,  true,  false},
    {"i64[]",   "struct i64s",   "COL_I64S",       "bigint", true,  true,  false},
};
static const char *const kinds[] = {
    [KIND_ONE] = "one", [KIND_MANY] = "many", [KIND_EXEC] = "exec",
    [KIND_EXEC1] = "exec1", [KIND_LIST] = "list",
};
/* clang-format on */

struct reader {
    const struct source *src;
    struct queries *out;
    str rest;
    buf note;
    bool head;      /* before the first SQL of the statement */
    bool ended;     /* nothing after a ; */
    bool in_text;   /* SQL may stand here; not behind `-- sort` */
    enum dialect d; /* whose text is being read */
};

static struct query *current(const struct reader *r)
{
    return r->out->n > 0 ? &r->out->v[r->out->n - 1] : NULL;
}

ptrdiff_t field_find(const struct fields *f, str name)
{
    for (size_t i = 0; i < f->n; i++)
        if (str_eq(f->v[i].name, name))
            return (ptrdiff_t)i;
    return -1;
}

static str trim_left(str s)
{
    while (s.n > 0 && s.p[0] == ' ')
        s = str_from(s, 1);
    return s;
}

/* "name type", of which each is known. */
static void field_read(const struct source *src, str s, struct fields *out)
{
    str name = gen_word(s), type = str_trim(str_from(s, name.n));
    if (!gen_is_name(name) || type.n == 0)
        gen_die(src, s.p, "want `name type`, not `%.*s`", SV(s));
    if (field_find(out, name) >= 0)
        gen_error(src, s.p, "%.*s is there twice", SV(name));
    for (size_t i = 0; i < COUNT(types); i++) {
        if (!str_eq(type, str_z(types[i].word)))
            continue;
        *PUSH(gen_arena(), out) = (struct field){name, &types[i]};
        return;
    }
    gen_die(src, type.p, "unknown type `%.*s`", SV(type));
}

static void fields_read(const struct source *src, str s, struct fields *out)
{
    do {
        str one = str_trim(str_cut(&s, ','));
        if (one.n == 0)
            gen_die(src, s.p, "a field is missing here");
        field_read(src, one, out);
    } while (s.n > 0);
}

/* What follows `word` and a space in a comment line. */
static bool directive(str line, const char *word, str *out)
{
    str w = str_z(word);
    *out = str_from(line, 3);
    if (!str_has_prefix(line, S("-- ")) || !str_has_prefix(*out, w))
        return false;
    *out = str_from(*out, w.n);
    if (out->n > 0 && out->p[0] != ' ')
        return false;
    *out = str_trim(*out);
    return true;
}

static void end_query(struct reader *r)
{
    const struct query *q = current(r);
    if (q == NULL || r->ended)
        return;
    gen_die(r->src, q->name.p, "%.*s does not end with ;", SV(q->name));
}

/* `-- name :kind` */
static bool heading(struct reader *r, str line)
{
    if (!str_has_prefix(line, S("-- ")))
        return false;
    str name = gen_word(str_from(line, 3)), kind = trim_left(str_from(line, 3 + name.n));
    if (name.n == 0 || !str_has_prefix(kind, S(":")) || str_has_prefix(kind, S(": ")))
        return false;
    end_query(r);
    kind = str_trim(str_from(kind, 1));
    for (size_t i = 0; i < COUNT(kinds); i++) {
        if (!str_eq(kind, str_z(kinds[i])))
            continue;
        if (!gen_is_name(name))
            gen_die(r->src, name.p, "a statement's name is made of a-z, 0-9 and _");
        *PUSH(gen_arena(), r->out) =
            (struct query){.src = r->src, .name = name, .kind = (enum kind)i};
        r->head = true;
        r->ended = false;
        r->note = (buf){.a = gen_arena()};
        return true;
    }
    gen_die(r->src, kind.p, "a statement is :one, :many, :exec, :exec1 or :list");
}

static void head_line(struct reader *r, struct query *q, str line)
{
    str s;
    if (directive(line, "in", &s))
        fields_read(r->src, s, &q->in);
    else if (directive(line, "out", &s))
        fields_read(r->src, s, &q->out);
    else {
        if (str_find(line, S("*/")) >= 0 || str_find(line, S("/*")) >= 0)
            gen_die(r->src, line.p, "/* and */ do not belong into a description");
        s = str_trim(str_from(line, 2));
        q->bounded |= str_eq(gen_word(s), S("bounded"));
        if (r->note.n > 0 && s.n > 0)
            buf_char(&r->note, '\n');
        buf_put(&r->note, s);
        q->note = buf_str(&r->note);
    }
}

static void begin_part(struct reader *r, struct query *q, enum part_kind kind, str name,
                       const char *at)
{
    *PUSH(gen_arena(), &q->parts) = (struct part){.kind = kind, .name = name, .at = at};
    r->d = SQLITE;
    r->in_text = true;
    r->ended = false;
}

/* One `out = expr` of a sort. */
static void sort_key(const struct reader *r, const struct query *q, struct sort *sort, str s)
{
    str name = gen_word(s), rest = trim_left(str_from(s, name.n));
    ptrdiff_t at = field_find(&q->out, name);
    if (!str_has_prefix(rest, S("=")))
        gen_die(r->src, s.p, "a sort's key is `field = expression`");
    if (at < 0)
        gen_die(r->src, s.p, "no field %.*s in `-- out`", SV(name));
    if (!q->out.v[at].type->sortable)
        gen_error(r->src, s.p, "a sort's key is a str or an i64 that is never absent");
    if (sort->nkeys == SORT_KEYS)
        gen_die(r->src, s.p, "a sort has at most %d keys", SORT_KEYS);
    rest = str_trim(str_from(rest, 1));
    if (rest.n == 0)
        gen_die(r->src, s.p, "this key has no expression");
    sort->key[sort->nkeys] = rest;
    sort->out[sort->nkeys++] = (size_t)at;
}

static void sort_keys(const struct reader *r, const struct query *q, struct sort *sort, str s)
{
    struct toks t = {0};
    const char *begin = s.p;
    int depth = 0;
    sql_tokens(r->src, s, &t);
    for (size_t i = 0; i < t.n; i++) {
        const struct tok *k = &t.v[i];
        if (k->kind == TOK_PARAM || k->kind == TOK_COMMENT)
            gen_die(r->src, k->s.p, "a sort's key has no parameters and no comments");
        if (!str_eq(tok_text(k, SQLITE), tok_text(k, POSTGRES)))
            gen_die(r->src, k->s.p, "a sort's key is the same in both dialects");
        sql_check_shared(r->src, k);
        depth += tok_is(k, "(") - tok_is(k, ")");
        if (depth != 0 || !tok_is(k, ","))
            continue;
        sort_key(r, q, sort, str_trim((str){begin, (size_t)(k->s.p - begin)}));
        begin = k->s.p + 1;
    }
    if (depth != 0)
        gen_die(r->src, s.p, "( and ) do not match here");
    sort_key(r, q, sort, str_trim((str){begin, (size_t)(s.p + s.n - begin)}));
}

/* `-- sort name asc|desc  out = expr, …` */
static void sort_read(struct reader *r, struct query *q, str s)
{
    struct sort sort = {.name = gen_word(s)};
    s = trim_left(str_from(s, sort.name.n));
    str way = gen_word(s);
    sort.descending = str_eq(way, S("desc"));
    if (!gen_is_name(sort.name) || (!sort.descending && !str_eq(way, S("asc"))))
        gen_die(r->src, s.p, "want `-- sort name asc|desc  field = expression, …`");
    for (size_t i = 0; i < q->sorts.n; i++)
        if (str_eq(q->sorts.v[i].name, sort.name))
            gen_error(r->src, s.p, "the sort %.*s is there twice", SV(sort.name));
    sort_keys(r, q, &sort, str_trim(str_from(s, way.n)));
    *PUSH(gen_arena(), &q->sorts) = sort;
    r->in_text = false;
}

static void variant_read(struct reader *r, struct query *q, const char *at)
{
    struct part *p = &q->parts.v[q->parts.n - 1];
    if (p->variant || !r->in_text)
        gen_die(r->src, at, "`-- postgres` stands once, behind the text that it replaces");
    p->variant = true;
    r->d = POSTGRES;
    r->ended = false;
}

/* A comment line inside or behind the SQL of a statement. */
static bool body_line(struct reader *r, struct query *q, str line)
{
    str s;
    if (directive(line, "postgres", &s) && s.n == 0)
        variant_read(r, q, line.p);
    else if (directive(line, "filter", &s))
        begin_part(r, q, PART_FILTER, s, line.p);
    else if (directive(line, "tail", &s) && s.n == 0)
        begin_part(r, q, PART_TAIL, s, line.p);
    else if (directive(line, "sort", &s))
        sort_read(r, q, s);
    else if (directive(line, "bounded", &s) || str_has_prefix(line, S("-- bounded:")))
        q->bounded = true;
    else
        return false;
    return true;
}

/* The SQL from here to the next ; or comment line. */
static void text_read(struct reader *r, struct query *q)
{
    struct part *p = &q->parts.v[q->parts.n - 1];
    bool line_begins = true;
    while (r->rest.n > 0) {
        struct tok t = sql_token(r->src, r->rest);
        if (t.kind == TOK_COMMENT && line_begins)
            return;
        r->rest = str_from(r->rest, t.s.n);
        line_begins = t.s.p[t.s.n - 1] == '\n';
        if (t.kind == TOK_COMMENT)
            q->bounded |= str_eq(gen_word(str_trim(str_from(t.s, 2))), S("bounded"));
        if (tok_is(&t, ";")) {
            r->ended = true;
            return;
        }
        if (t.kind != TOK_SPACE && t.kind != TOK_COMMENT && !r->in_text)
            gen_die(r->src, t.s.p,
                    "no SQL may follow `-- sort`: only `-- filter`, `-- tail` and ;");
        *PUSH(gen_arena(), &p->toks[r->d]) = t;
    }
}

static void comment_line(struct reader *r, struct query *q, str line)
{
    if (heading(r, line) || q == NULL)
        return;
    if (r->head)
        head_line(r, q, line);
    else if (!body_line(r, q, line) && !r->ended)
        gen_die(r->src, line.p,
                "not one of `-- postgres`, `-- filter`, `-- tail`, `-- sort`, `-- bounded`: other "
                "comments stand above the SQL or behind it on its line");
}

void queries_read(const struct source *src, struct queries *out)
{
    struct reader r = {.src = src, .out = out, .rest = src->text, .ended = true};
    size_t first = out->n;
    while (r.rest.n > 0) {
        struct query *q = out->n > first ? current(&r) : NULL;
        str ahead = r.rest, line = gen_cut_line(&ahead);
        if (str_trim(line).n == 0) {
            r.rest = ahead;
        } else if (str_has_prefix(str_trim(line), S("--"))) {
            r.rest = ahead;
            comment_line(&r, q, str_trim(line));
        } else if (q == NULL || (r.ended && !r.head)) {
            gen_die(src, line.p, "SQL without a heading `-- name :kind` above it");
        } else {
            if (r.head)
                begin_part(&r, q, PART_BASE, NO_STR, line.p);
            r.head = false;
            text_read(&r, q);
        }
    }
    if (out->n > first)
        end_query(&r);
}
