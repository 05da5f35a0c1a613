/* search_walk.c - down the numbers of documents, block after block. */
#include "app/search_own.h"

#include <stdlib.h>

struct strs search_words_in(struct arena *a, enum lang lang, const struct strs *words)
{
    str *out = NEWS(a, str, words->n + 1);
    for (size_t i = 0; i < words->n; i++)
        out[i] = str_join(a, lang == LANG_JA ? S("j") : S("e"), words->v[i]);
    return (struct strs){out, words->n};
}

int search_bits(int level)
{
    return 10 + 4 * level;
}

str search_block(struct ctx *cx, int level, i64 doc)
{
    return str_fmt(cx->a, "o%do%lld", level, (long long)(doc >> search_bits(level)));
}

static void put_strings(buf *b, const struct json *j)
{
    if (json_is(j, JSON_IS_STRING)) {
        buf_put(b, json_text(j));
        buf_char(b, '\n');
    }
    for (size_t i = 0; i < json_count(j); i++)
        put_strings(b, json_is(j, JSON_IS_OBJECT) ? json_value(j, i) : json_at(j, i));
}

str search_plain(struct arena *a, const struct json *j)
{
    buf b = {.a = a};
    put_strings(&b, j);
    return b.n > 0 ? buf_str(&b) : S("");
}

static void put_words(buf *b, const struct strs *words, const char *between)
{
    for (size_t i = 0; i < words->n; i++)
        buf_putf(b, "%s%.*s", i > 0 ? between : "", SV(words->v[i]));
}

struct search_walk search_from(struct ctx *cx, const struct strs *all, i64 before)
{
    bool postgres = store_is_postgres(cx->app->store);
    struct search_walk w = {.before = before, .floor = before, .postgres = postgres};
    buf b = {.a = cx->a};
    put_words(&b, all, postgres ? " & " : " AND ");
    w.all = buf_str(&b);
    w.level = postgres ? 0 : -1;
    return w;
}

bool search_next(struct ctx *cx, struct search_walk *w, str *query)
{
    if (w->before <= 1)
        return false;
    *query = w->all;
    if (w->level < 0) {
        w->floor = 1;
        return true;
    }
    i64 top = w->before - 1;
    w->floor = top >> search_bits(w->level) << search_bits(w->level);
    *query = str_fmt(cx->a, "%.*s & %.*s", SV(w->all), SV(search_block(cx, w->level, top)));
    return true;
}

void search_took(struct search_walk *w, size_t got, size_t most, i64 last)
{
    if (got == most) {
        w->before = last; /* there may be more in this block */
        return;
    }
    w->before = w->floor;
    /* a block that gave much is followed by one of its size: a larger one has all its documents
     * looked up before the newest are taken */
    if (w->level >= 0 && w->level < SEARCH_LEVELS - 1 && got < most / 4)
        w->level++;
}

bool search_cursor(str after, i64 *before)
{
    return after.n == 0 || (str_i64(after, before) && *before > 0);
}

/* --- sets ------------------------------------------------------------------------------------- */

/* FNV-1a: tokens are hashes themselves; equal bits of unequal ones cost a look, no more. */
static uint32_t word_bits(str word)
{
    uint32_t h = 2166136261u;
    for (size_t i = 0; i < word.n; i++)
        h = (h ^ (unsigned char)word.p[i]) * 16777619u;
    return h;
}

static int by_bits(const void *x, const void *y)
{
    uint32_t p = *(const uint32_t *)x, q = *(const uint32_t *)y;
    return (p > q) - (p < q);
}

str search_set(struct arena *a, const struct strs *words)
{
    uint32_t *bits = NEWS(a, uint32_t, words->n + 1);
    unsigned char *out = NEWS(a, unsigned char, words->n * 4 + 1);
    for (size_t i = 0; i < words->n; i++)
        bits[i] = word_bits(words->v[i]);
    if (words->n > 1)
        qsort(bits, words->n, sizeof *bits, by_bits);
    for (size_t i = 0; i < words->n; i++)
        for (int k = 0; k < 4; k++)
            out[i * 4 + (size_t)k] = (unsigned char)(bits[i] >> (8 * k));
    return (str){(char *)out, words->n * 4};
}

static uint32_t bits_at(str set, size_t i)
{
    uint32_t bits = 0;
    for (size_t k = 4; k-- > 0;)
        bits = bits << 8 | (unsigned char)set.p[i * 4 + k];
    return bits;
}

static bool has_word(str set, uint32_t want)
{
    size_t low = 0, high = set.n / 4;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        uint32_t bits = bits_at(set, middle);
        if (bits == want)
            return true;
        if (bits < want)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

bool search_set_has(str set, const struct strs *words)
{
    for (size_t i = 0; i < words->n; i++)
        if (!has_word(set, word_bits(words->v[i])))
            return false;
    return true;
}
