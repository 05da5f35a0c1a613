/* encode.c - see encode.h. */
#include "base/encode.h"

#include <string.h>

static const char hex_digits[] = "0123456789abcdef";
static const char base32_digits[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
static const char base64_digits[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/* `bits` of each digit, most significant first. */
static str encode(struct arena *a, str bytes, const char *digits, unsigned bits)
{
    buf b = {.a = a};
    unsigned held = 0, have = 0;
    (void)buf_room(&b, bytes.n * 8 / bits + 2);
    for (size_t i = 0; i < bytes.n; i++) {
        held = held << 8 | (unsigned char)bytes.p[i];
        for (have += 8; have >= bits; have -= bits)
            buf_char(&b, digits[held >> (have - bits) & ((1u << bits) - 1)]);
        held &= (1u << have) - 1;
    }
    if (have > 0)
        buf_char(&b, digits[held << (bits - have) & ((1u << bits) - 1)]);
    return buf_str(&b);
}

static bool decode(struct arena *a, str text, int (*value)(char), unsigned bits, str *out)
{
    buf b = {.a = a};
    unsigned held = 0, have = 0;
    for (size_t i = 0; i < text.n; i++) {
        int v = value(text.p[i]);
        if (v == -2)
            continue;
        if (v < 0)
            return false;
        held = held << bits | (unsigned)v;
        have += bits;
        if (have >= 8) {
            have -= 8;
            buf_char(&b, (char)(held >> have));
            held &= (1u << have) - 1;
        }
    }
    *out = buf_str(&b);
    return held == 0 && have < bits;
}

static int digit_of(const char *digits, char c)
{
    const char *at = c ? strchr(digits, c) : NULL;
    return at ? (int)(at - digits) : -1;
}

static int hex_value(char c)
{
    return digit_of(hex_digits, c >= 'A' && c <= 'F' ? (char)(c + 32) : c);
}

static int base32_value(char c)
{
    if (c == '-' || c == ' ')
        return -2;
    if (c >= 'a' && c <= 'z')
        c = (char)(c - 32);
    if (c == 'O')
        c = '0';
    if (c == 'I' || c == 'L')
        c = '1';
    return digit_of(base32_digits, c);
}

static int base64_value(char c)
{
    return digit_of(base64_digits, c);
}

str hex_encode(struct arena *a, str bytes)
{
    return encode(a, bytes, hex_digits, 4);
}

str hex_encode_upper(struct arena *a, str bytes)
{
    return encode(a, bytes, "0123456789ABCDEF", 4);
}

bool hex_decode(struct arena *a, str text, str *out)
{
    return text.n % 2 == 0 && decode(a, text, hex_value, 4, out);
}

str base32_encode(struct arena *a, str bytes)
{
    return encode(a, bytes, base32_digits, 5);
}

bool base32_decode(struct arena *a, str text, str *out)
{
    return decode(a, text, base32_value, 5, out);
}

str base64url_encode(struct arena *a, str bytes)
{
    return encode(a, bytes, base64_digits, 6);
}

str base64_encode(struct arena *a, str bytes)
{
    str s = base64url_encode(a, bytes);
    buf b = {.a = a};
    for (size_t i = 0; i < s.n; i++)
        buf_char(&b, s.p[i] == '-' ? '+' : s.p[i] == '_' ? '/' : s.p[i]);
    while (b.n % 4 != 0)
        buf_char(&b, '=');
    return buf_str(&b);
}

bool base64url_decode(struct arena *a, str text, str *out)
{
    return decode(a, text, base64_value, 6, out);
}
