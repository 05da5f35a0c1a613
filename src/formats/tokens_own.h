/* tokens_own.h - kinds of characters; for formats/tokens*.c alone. */
#ifndef FORMATS_TOKENS_OWN_H
#define FORMATS_TOKENS_OWN_H

#include "base/utf8.h"
#include "formats/tokens.h"

enum token_kind {
    TOKEN_NONE, /* punctuation, symbols, spaces */
    TOKEN_WORD, /* letters, digits, marks: one token a run */
    TOKEN_CJK,  /* each character and each pair of neighbours */
};

enum token_kind token_kind(uint32_t code_point);

/* utf8_next, quick for ASCII. */
static inline uint32_t token_next(str s, size_t *at)
{
    unsigned char c = (unsigned char)s.p[*at];
    if (c >= 0x80)
        return utf8_next(s, at);
    ++*at;
    return c;
}

#endif
