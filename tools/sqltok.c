/* sqltok.c - see sqltok.h. */
#include "sqltok.h"

#include <string.h>

/* Bytes of the quoted thing at s, which begins with `quote`; doubled quotes stand inside. */
static size_t quoted(const struct source *src, str s, char quote)
{
    for (size_t i = 1; i < s.n; i++) {
        if (s.p[i] != quote)
            continue;
        if (i + 1 == s.n || s.p[i + 1] != quote)
            return i + 1;
        i++;
    }
    gen_die(src, s.p, "this %c is never closed", quote);
}

static size_t block_comment(const struct source *src, str s)
{
    ptrdiff_t end = str_find(str_from(s, 2), S("*/"));
    if (end < 0)
        gen_die(src, s.p, "this comment is never closed");
    if (str_find(str_sub(s, 2, (size_t)end), S("/*")) >= 0)
        gen_die(src, s.p, "a comment inside a comment: the dialects differ here");
    return (size_t)end + 4;
}

/* $$…$$ or $tag$…$tag$ */
static size_t dollar_quoted(const struct source *src, str s)
{
    size_t tag = gen_word(str_from(s, 1)).n + 2;
    if (gen_is_digit(s.p[1]) || tag > s.n || s.p[tag - 1] != '$')
        gen_die(src, s.p, "parameters are written :name");
    ptrdiff_t end = str_find(str_from(s, tag), str_sub(s, 0, tag));
    if (end < 0)
        gen_die(src, s.p, "this %.*s is never closed", (int)tag, s.p);
    return (size_t)end + 2 * tag;
}

static size_t spaces(str s)
{
    size_t n = 0;
    while (n < s.n && gen_is_space(s.p[n]))
        n++;
    return n;
}

static size_t number(str s)
{
    size_t n = 0;
    while (n < s.n && (gen_is_digit(s.p[n]) || gen_is_letter(s.p[n]) || s.p[n] == '.'))
        n++;
    return n;
}

static size_t word(const struct source *src, str s)
{
    size_t n = gen_word(s).n;
    if (n < s.n && s.p[n] == '\'')
        gen_die(src, s.p, "a text with a prefix (%.*s'…'): the dialects differ here", (int)n, s.p);
    return n;
}

static struct tok operator_or_param(const struct source *src, str s)
{
    if (str_has_prefix(s, S("::")))
        return (struct tok){TOK_OP, str_sub(s, 0, 2)};
    if (s.p[0] == ':' && s.n > 1 && gen_is_letter(s.p[1]))
        return (struct tok){TOK_PARAM, str_sub(s, 0, 1 + gen_word(str_from(s, 1)).n)};
    if ((unsigned char)s.p[0] >= 0x80 || s.p[0] == '`' || s.p[0] == '\\')
        gen_die(src, s.p, "this character stands only inside texts and comments");
    return (struct tok){TOK_OP, str_sub(s, 0, 1)};
}

struct tok sql_token(const struct source *src, str s)
{
    char c = s.p[0], d = s.n > 1 ? s.p[1] : '\0';
    if (gen_is_space(c))
        return (struct tok){TOK_SPACE, str_sub(s, 0, spaces(s))};
    if (c == '-' && d == '-')
        return (struct tok){TOK_COMMENT, str_cut(&s, '\n')};
    if (c == '/' && d == '*')
        return (struct tok){TOK_COMMENT, str_sub(s, 0, block_comment(src, s))};
    if (c == '\'')
        return (struct tok){TOK_STRING, str_sub(s, 0, quoted(src, s, c))};
    if (c == '$')
        return (struct tok){TOK_STRING, str_sub(s, 0, dollar_quoted(src, s))};
    if (c == '"')
        return (struct tok){TOK_QUOTED, str_sub(s, 0, quoted(src, s, c))};
    if (gen_is_digit(c))
        return (struct tok){TOK_NUMBER, str_sub(s, 0, number(s))};
    if (gen_is_letter(c))
        return (struct tok){TOK_WORD, str_sub(s, 0, word(src, s))};
    return operator_or_param(src, s);
}

void sql_tokens(const struct source *src, str text, struct toks *out)
{
    while (text.n > 0) {
        struct tok t = sql_token(src, text);
        *PUSH(gen_arena(), out) = t;
        text = str_from(text, t.s.n);
    }
}

bool tok_is(const struct tok *t, const char *want)
{
    return (t->kind == TOK_WORD || t->kind == TOK_OP) && str_eq_nocase(t->s, str_z(want));
}

size_t tok_next(const struct toks *t, size_t i)
{
    while (i < t->n && (t->v[i].kind == TOK_SPACE || t->v[i].kind == TOK_COMMENT))
        i++;
    return i;
}

bool tok_next_is(const struct toks *t, size_t i, const char *want)
{
    i = tok_next(t, i);
    return i < t->n && tok_is(&t->v[i], want);
}

size_t tok_closing(const struct source *src, const struct toks *t, size_t open)
{
    int depth = 0;
    for (size_t i = open; i < t->n; i++) {
        depth += tok_is(&t->v[i], "(");
        depth -= tok_is(&t->v[i], ")");
        if (depth == 0)
            return i;
    }
    gen_die(src, t->v[open].s.p, "this ( is never closed");
}

str tok_text(const struct tok *t, enum dialect d)
{
    if (t->kind == TOK_WORD && str_eq(t->s, S("INT64")))
        return d == SQLITE ? S("INTEGER") : S("BIGINT");
    if (t->kind == TOK_WORD && str_eq(t->s, S("BLOB")))
        return d == SQLITE ? S("BLOB") : S("BYTEA");
    return t->s;
}

void sql_check_casts(const struct source *src, const struct toks *t)
{
    for (size_t i = 0; i < t->n; i++) {
        if (!tok_is(&t->v[i], "CAST") || !tok_next_is(t, i + 1, "("))
            continue;
        size_t close = tok_closing(src, t, tok_next(t, i + 1));
        size_t type = close - 1;
        while (t->v[type].kind == TOK_SPACE || t->v[type].kind == TOK_COMMENT)
            type--;
        str s = t->v[type].s;
        if (!str_eq(s, S("TEXT")) && !str_eq(s, S("INT64")) && !str_eq(s, S("BLOB")))
            gen_error(src, s.p, "CAST takes AS TEXT, AS INT64 or AS BLOB, in capitals");
    }
}

void sql_check_shared(const struct source *src, const struct tok *t)
{
    static const struct {
        const char *word, *why;
    } bad[] = {
        {"LIKE", "LIKE: the dialects fold case differently"},
        {"ILIKE", "ILIKE is PostgreSQL's alone"},
        {"GLOB", "GLOB is SQLite's alone"},
        {"AUTOINCREMENT", "AUTOINCREMENT: ids are made by us"},
        {"::", ":: is PostgreSQL's alone: write CAST(… AS …)"},
        {"?", "parameters are written :name"},
        {"@", "@ is PostgreSQL's alone, and a parameter to SQLite"},
        {"[", "[ is an array in one dialect and a name in the other"},
    };
    for (size_t i = 0; i < COUNT(bad); i++)
        if (tok_is(t, bad[i].word))
            gen_error(src, t->s.p, "%s", bad[i].why);
    if (t->kind == TOK_STRING && t->s.p[0] == '$')
        gen_error(src, t->s.p, "$$ is PostgreSQL's alone");
}
