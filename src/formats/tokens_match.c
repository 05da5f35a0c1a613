/* tokens_match.c - the exact comparison behind every hit of the index. */
#include "formats/tokens_own.h"

static bool is_word_at(str s, size_t at)
{
    return token_kind(token_next(s, &at)) == TOKEN_WORD;
}

/* The place of the character before `at`, which is not 0. */
static size_t before(str s, size_t at)
{
    do
        at--;
    while (at > 0 && ((unsigned char)s.p[at] & 0xC0) == 0x80);
    return at;
}

static bool cuts_word(str s, size_t at)
{
    return at > 0 && at < s.n && is_word_at(s, at) && is_word_at(s, before(s, at));
}

static bool has(str s, str needle)
{
    for (size_t from = 0;;) {
        ptrdiff_t hit = str_find(str_from(s, from), needle);
        if (hit < 0)
            return false;
        size_t at = from + (size_t)hit;
        if (!cuts_word(s, at) && !cuts_word(s, at + needle.n))
            return true;
        from = at + 1;
    }
}

bool tokens_match(str normal, const struct tokens_query *q)
{
    for (size_t i = 0; i < q->needles.n; i++)
        if (!has(normal, q->needles.v[i]))
            return false;
    return true;
}
