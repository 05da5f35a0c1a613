/* tokens.c - from text to tokens: cut, hash, sort. */
#include "formats/tokens.h"

#include "base/vec.h"
#include "formats/tokens_own.h"

#include <sodium.h>
#include <string.h>

enum {
    WORD_MAX = 64, /* bytes of a word that count */
    BUCKET_BITS = 10,
};

struct tokens {
    struct arena *a;
    unsigned char key[crypto_shorthash_KEYBYTES];
    bool pairs_only; /* a query: a character alone only where it has no neighbour */
    VEC(uint64_t)
};

/* SipHash-2-4 is a keyed function for short inputs, with as many bits as we keep; a key of its
 * own is derived, so that the long one may serve elsewhere, too. */
static void set_key(struct tokens *t, const unsigned char *key)
{
    static const unsigned char purpose[] = "kakehashi search tokens";
    if (key == NULL)
        return;
    must(crypto_generichash(t->key, sizeof t->key, purpose, sizeof purpose - 1, key, TOKEN_KEY) ==
         0);
}

static void put(struct tokens *t, str word)
{
    unsigned char out[crypto_shorthash_BYTES];
    uint64_t v = 0;
    must(crypto_shorthash(out, (const unsigned char *)word.p, word.n, t->key) == 0);
    for (size_t i = 0; i < sizeof out; i++)
        v = v << 8 | out[i];
    *PUSH(t->a, t) = v;
}

/* A run of characters [from, to): each one, and each with the next. */
static void put_cjk(struct tokens *t, str s, size_t from, size_t to)
{
    size_t before = from, at = from;
    (void)token_next(s, &at);
    bool alone = at == to;
    if (!t->pairs_only || alone)
        put(t, str_sub(s, from, at - from));
    while (at < to) {
        size_t next = at;
        (void)token_next(s, &next);
        put(t, str_sub(s, before, next - before));
        if (!t->pairs_only)
            put(t, str_sub(s, at, next - at));
        before = at;
        at = next;
    }
}

static void put_word(struct tokens *t, str word)
{
    size_t n = word.n < WORD_MAX ? word.n : WORD_MAX;
    while (n < word.n && n > 0 && ((unsigned char)word.p[n] & 0xC0) == 0x80)
        n--;
    put(t, str_sub(word, 0, n));
}

static void cut(struct tokens *t, str s)
{
    enum token_kind kind = TOKEN_NONE;
    for (size_t from = 0, at = 0; from < s.n;) {
        size_t here = at;
        enum token_kind next = TOKEN_NONE;
        if (at < s.n)
            next = token_kind(token_next(s, &at));
        if (next == kind && here < s.n)
            continue;
        if (kind == TOKEN_CJK)
            put_cjk(t, s, from, here);
        else if (kind == TOKEN_WORD)
            put_word(t, str_sub(s, from, here - from));
        kind = next;
        from = here;
    }
}

/* One pass of a radix sort: from `from` to `to`, by the bits [shift, shift + bits). */
static void distribute(const uint64_t *from, uint64_t *to, size_t n, unsigned shift, unsigned bits)
{
    size_t at[(1u << BUCKET_BITS) + 1] = {0};
    uint64_t mask = ((uint64_t)1 << bits) - 1;
    for (size_t i = 0; i < n; i++)
        at[(from[i] >> shift & mask) + 1]++;
    for (size_t k = 0; k < mask; k++)
        at[k + 1] += at[k];
    for (size_t i = 0; i < n; i++)
        to[at[from[i] >> shift & mask]++] = from[i];
}

/* False: given up, it is not nearly sorted. */
static bool sort_nearly(uint64_t *v, size_t n)
{
    size_t moves = 16 * n;
    for (size_t i = 1; i < n; i++) {
        uint64_t x = v[i];
        size_t at = i;
        for (; at > 0 && v[at - 1] > x && moves > 0; at--, moves--)
            v[at] = v[at - 1];
        v[at] = x;
    }
    return moves > 0;
}

/* Hashes are spread evenly, so one pass nearly sorts them; values that someone chose to be
 * uneven take all passes, and linear time, too. */
static void sort(struct arena *a, uint64_t *v, size_t n)
{
    uint64_t *other = NEWS(a, uint64_t, n + 1);
    distribute(v, other, n, 64 - BUCKET_BITS, BUCKET_BITS);
    memcpy(v, other, n * sizeof *v);
    if (sort_nearly(v, n))
        return;
    for (unsigned shift = 0; shift < 64; shift += 16) {
        distribute(v, other, n, shift, 8);
        distribute(other, v, n, shift + 8, 8);
    }
}

static struct strs written(struct tokens *t)
{
    static const char letters[] = "234567abcdefghijklmnopqrstuvwxyz";
    str *out = NEWS(t->a, str, t->n + 1);
    char *p = NEWS(t->a, char, t->n *TOKEN_SIZE + 1);
    size_t n = 0;
    if (t->n > 0)
        sort(t->a, t->v, t->n);
    for (size_t i = 0; i < t->n; i++) {
        if (i > 0 && t->v[i] == t->v[i - 1])
            continue;
        for (unsigned k = 0; k < TOKEN_SIZE; k++)
            p[k] = letters[k < 12 ? t->v[i] >> (59 - 5 * k) & 31 : (t->v[i] & 15) << 1];
        out[n++] = (str){p, TOKEN_SIZE};
        p += TOKEN_SIZE;
    }
    return (struct strs){out, n};
}

struct strs tokens_of(struct arena *a, str normal, const unsigned char *key)
{
    struct tokens t = {.a = a, .cap = normal.n / 2 + 8};
    t.v = NEWS(a, uint64_t, t.cap);
    set_key(&t, key);
    cut(&t, normal);
    return written(&t);
}

bool tokens_query(struct arena *a, str typed, const unsigned char *key, struct tokens_query *out)
{
    struct tokens t = {.a = a, .pairs_only = true};
    struct {
        VEC(str)
    } needles = {0};
    str normal = tokens_normal(a, typed);
    set_key(&t, key);
    while (normal.n > 0) {
        size_t end = 0, before = t.n;
        while (end < normal.n && (unsigned char)normal.p[end] > ' ')
            end++;
        str term = str_sub(normal, 0, end);
        cut(&t, term);
        if (t.n > before)
            *PUSH(a, &needles) = term;
        normal = str_from(normal, end + 1);
    }
    *out = (struct tokens_query){written(&t), {needles.v, needles.n}};
    return t.n > 0;
}

str tokens_join(struct arena *a, struct strs tokens)
{
    buf b = {.a = a};
    (void)buf_room(&b, tokens.n * (TOKEN_SIZE + 1) + 1);
    for (size_t i = 0; i < tokens.n; i++) {
        if (i > 0)
            buf_char(&b, ' ');
        buf_put(&b, tokens.v[i]);
    }
    return buf_str(&b);
}
