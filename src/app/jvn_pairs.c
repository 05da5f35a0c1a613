/* jvn_pairs.c - see jvn_pairs.h. */
#include "app/jvn_pairs.h"

#include "base/utf8.h"

enum { BITS = 64 };

void jvn_pairs_of(str text, uint64_t out[JVN_PAIRS / 64])
{
    uint32_t before = 0;
    for (size_t i = 0; i < JVN_PAIRS / BITS; i++)
        out[i] = 0;
    for (size_t at = 0; at < text.n;) {
        uint32_t c = utf8_next(text, &at), h = (before * 0x9E3779B1U) ^ (c * 0x85EBCA6BU);
        if (before != 0)
            out[h >> 28] |= (uint64_t)1 << (h >> 22 & 63);
        before = c;
    }
}

size_t jvn_words64(size_t rows)
{
    return (rows + BITS - 1) / BITS;
}

uint64_t *jvn_pairs_table(struct arena *a, size_t rows)
{
    return NEWS(a, uint64_t, (jvn_words64(rows) + 1) * JVN_PAIRS);
}

void jvn_pairs_put(uint64_t *table, size_t row, const uint64_t pairs[JVN_PAIRS / 64])
{
    uint64_t *of = table + row / BITS * JVN_PAIRS, bit = (uint64_t)1 << row % BITS;
    for (size_t i = 0; i < JVN_PAIRS / BITS; i++)
        for (uint64_t rest = pairs[i]; rest != 0; rest &= rest - 1)
            of[i * BITS + (size_t)__builtin_ctzll(rest)] |= bit;
}

/* At most 64 rows, of one word of the table. */
static void move_word(uint64_t *to, size_t bit, const uint64_t *from, size_t at, size_t n)
{
    const uint64_t *low = from + at / BITS * JVN_PAIRS, *high = low + JVN_PAIRS;
    uint64_t mask = n == BITS ? UINT64_MAX : ((uint64_t)1 << n) - 1;
    size_t shift = at % BITS;
    if (shift + n <= BITS) {
        for (size_t i = 0; i < JVN_PAIRS; i++)
            to[i] |= (low[i] >> shift & mask) << bit;
        return;
    }
    for (size_t i = 0; i < JVN_PAIRS; i++)
        to[i] |= ((low[i] >> shift | high[i] << (BITS - shift)) & mask) << bit;
}

void jvn_pairs_move(uint64_t *table, size_t row, const uint64_t *from, size_t at, size_t n)
{
    while (n > 0) {
        size_t bit = row % BITS, some = BITS - bit < n ? BITS - bit : n;
        move_word(table + row / BITS * JVN_PAIRS, bit, from, at, some);
        row += some;
        at += some;
        n -= some;
    }
}

/* Those of 64 rows that have the pairs. */
static uint64_t have(const uint64_t *of, const uint64_t pairs[JVN_PAIRS / 64], uint64_t rows)
{
    for (size_t i = 0; i < JVN_PAIRS / BITS; i++)
        for (uint64_t rest = pairs[i]; rest != 0 && rows != 0; rest &= rest - 1)
            rows &= of[i * BITS + (size_t)__builtin_ctzll(rest)];
    return rows;
}

void jvn_pairs_keep(const uint64_t *table, const uint64_t pairs[JVN_PAIRS / 64], uint64_t *rows,
                    size_t nwords)
{
    for (size_t i = 0; i < nwords; i++)
        if (rows[i] != 0)
            rows[i] = have(table + i * JVN_PAIRS, pairs, rows[i]);
}
