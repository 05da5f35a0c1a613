/* sqltok.h - SQL as tokens, well enough to tell a parameter from a colon in a text. */
#ifndef TOOLS_SQLTOK_H
#define TOOLS_SQLTOK_H

#include "gen.h"

/* clang-format off */
enum tok_kind {
    TOK_SPACE, TOK_COMMENT, TOK_STRING, /* '…' and $$…$$ */
    TOK_QUOTED,                         /* "…" */
    TOK_NUMBER, TOK_WORD, TOK_PARAM,    /* :name */
    TOK_OP,                             /* one character, or :: */
};
/* clang-format on */
struct tok {
    enum tok_kind kind;
    str s;
};
struct toks {
    VEC(struct tok)
};

/* The token that s, which lies in src and is not empty, begins with. */
struct tok sql_token(const struct source *src, str s);

/* All of text, which lies in src; what cannot be told apart for certain ends the program. */
void sql_tokens(const struct source *src, str text, struct toks *out);

bool tok_is(const struct tok *t, const char *want); /* a word in any case, or an operator */

/* Index of the next token at or behind i that is no space or comment; t->n: none. */
size_t tok_next(const struct toks *t, size_t i);
bool tok_next_is(const struct toks *t, size_t i, const char *want);

/* The index of the ) that closes the ( at `open`. */
size_t tok_closing(const struct source *src, const struct toks *t, size_t open);

/* What a type word is called in each dialect: INT64 and BLOB are translated, no others. */
enum dialect { SQLITE, POSTGRES };
str tok_text(const struct tok *t, enum dialect d);

/* Types in CAST(… AS type) must be TEXT, INT64 or BLOB. */
void sql_check_casts(const struct source *src, const struct toks *t);

/* Complains of words that mean different things in the two dialects. */
void sql_check_shared(const struct source *src, const struct tok *t);

#endif
