/* random.c - see random.h. */
#include "io/random.h"

#include <sodium.h>
#include <string.h>

void random_bytes(struct random *r, void *out, size_t n)
{
    if (!r->seeded) {
        must(sodium_init() >= 0);
        randombytes_buf(out, n);
        return;
    }
    unsigned char nonce[crypto_stream_chacha20_NONCEBYTES] = {0};
    uint64_t turn = atomic_fetch_add(&r->drawn, 1);
    _Static_assert(sizeof nonce >= sizeof turn, "each call has a stream of its own");
    memcpy(nonce, &turn, sizeof turn);
    (void)crypto_stream_chacha20(out, n, nonce, r->seed);
}

void random_seed(struct random *r, uint64_t seed)
{
    _Static_assert(sizeof r->seed == crypto_stream_chacha20_KEYBYTES, "the seed is the key");
    memset(r->seed, 0, sizeof r->seed);
    memcpy(r->seed, &seed, sizeof seed);
    r->drawn = 0;
    r->seeded = true;
}

str random_str(struct random *r, struct arena *a, size_t n)
{
    char *p = NEWS(a, char, n + 1);
    random_bytes(r, p, n);
    return (str){p, n};
}
