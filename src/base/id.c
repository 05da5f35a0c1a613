/* id.c - see id.h. */
#include "base/id.h"

#include <string.h>

str id_make(struct arena *a, i64 now_ms, const unsigned char random[ID_RANDOM])
{
    static const char hex[] = "0123456789abcdef";
    unsigned char u[16];
    for (size_t i = 0; i < 6; i++)
        u[i] = (unsigned char)((uint64_t)now_ms >> (40 - 8 * i));
    memcpy(u + 6, random, ID_RANDOM);
    u[6] = (unsigned char)(0x70 | (u[6] & 0x0F));
    u[8] = (unsigned char)(0x80 | (u[8] & 0x3F));

    char *p = NEWS(a, char, ID_SIZE + 1);
    size_t n = 0;
    for (size_t i = 0; i < sizeof u; i++) {
        if (i == 4 || i == 6 || i == 8 || i == 10)
            p[n++] = '-';
        p[n++] = hex[u[i] >> 4];
        p[n++] = hex[u[i] & 15];
    }
    return (str){p, n};
}

bool id_is(str s)
{
    if (s.n != ID_SIZE)
        return false;
    for (size_t i = 0; i < ID_SIZE; i++) {
        bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        bool digit = (s.p[i] >= '0' && s.p[i] <= '9') || (s.p[i] >= 'a' && s.p[i] <= 'f');
        if (dash ? s.p[i] != '-' : !digit)
            return false;
    }
    return true;
}
