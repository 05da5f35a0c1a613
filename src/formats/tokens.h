/* tokens.h - what search compares: Japanese and English text as sets of short words.
 *
 * Text is normalised (NFKC and case folding, Unicode TR 31 NFKC_Casefold): full and half
 * width, upper and lower case are one; hiragana and katakana stay two.  Runs of Chinese,
 * Japanese and Korean characters give each character and each pair of neighbours; runs of
 * other letters and digits give words.  What stands between is not searched by, but compared.
 *
 * A token is a keyed 64-bit hash of that, written as 13 letters and digits: the index of
 * confidential text can be read by nobody without the key, and one tokenizer of ASCII words
 * serves every database.  Equal hashes of unequal words do not matter: every hit is compared
 * with tokens_match() before it counts.  Then
 *   a document has all tokens of a query  ⇐  tokens_match() says that it matches. */
#ifndef FORMATS_TOKENS_H
#define FORMATS_TOKENS_H

#include "base/str.h"

enum { TOKEN_KEY = 32, TOKEN_SIZE = 13 };

/* As it is searched; valid UTF-8 again.  More than 30 combining marks on one character are
 * dropped. */
str tokens_normal(struct arena *a, str text);

/* The set of a document's tokens, sorted, so that their order says nothing about the text.
 * key: TOKEN_KEY secret bytes; NULL for public text. */
struct strs tokens_of(struct arena *a, str normal, const unsigned char *key);

/* What a person typed: terms between spaces, all of which must be found. */
struct tokens_query {
    struct strs tokens;  /* a document must have them all; no two are equal */
    struct strs needles; /* normalised; for tokens_match */
};

/* False: there is nothing in it to search by (punctuation only). */
bool tokens_query(struct arena *a, str typed, const unsigned char *key, struct tokens_query *out);

/* Whether every needle stands in a normalised text.  One that begins or ends with a letter
 * or digit of a word must not be a part of a longer word there; Chinese, Japanese and Korean
 * ones are found anywhere. */
bool tokens_match(str normal, const struct tokens_query *q);

/* All with a space between: as an FTS5 document, or as the text of a tsvector. */
str tokens_join(struct arena *a, struct strs tokens);

#endif
