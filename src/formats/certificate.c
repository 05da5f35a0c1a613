/* certificate.c - see certificate.h. */
#include "formats/certificate.h"

#include "base/encode.h"
#include "formats/digest.h"
#include "formats/percent.h"

static const str head = S_INIT("-----BEGIN CERTIFICATE-----"),
                 tail = S_INIT("-----END CERTIFICATE-----");

static bool unescape(struct arena *a, str text, str *out)
{
    buf b = {.a = a};
    for (size_t i = 0; i < text.n; i++) {
        int c = text.p[i] == '%' ? percent_byte(text, i) : (unsigned char)text.p[i];
        if (c <= 0)
            return false;
        buf_char(&b, (char)c);
        i += text.p[i] == '%' ? 2 : 0;
    }
    *out = b.n > 0 ? buf_str(&b) : S("");
    return b.n > 0;
}

static bool is_space(char c)
{
    return c == '\n' || c == '\r' || c == '\t' || c == ' ';
}

/* Digits of base64 as RFC 4648 section 5 has them; '\0': none. */
static char other_alphabet(char c)
{
    return c == '+' ? '-' : c == '/' ? '_' : c == '-' || c == '_' ? '\0' : c;
}

/* By its decoder, which refuses whatever is not whole. */
static bool decode_lines(struct arena *a, str lines, str *der)
{
    buf b = {.a = a};
    for (size_t i = 0; i < lines.n; i++)
        if (!is_space(lines.p[i]))
            buf_char(&b, other_alphabet(lines.p[i]));
    for (int i = 0; i < 2 && b.n > 0 && b.p[b.n - 1] == '='; i++)
        b.n--;
    return b.n > 0 && base64url_decode(a, buf_str(&b), der);
}

/* DER of exactly one SEQUENCE. */
static bool is_sequence(str der)
{
    if (der.n < 4 || (unsigned char)der.p[0] != 0x30)
        return false;
    size_t first = (unsigned char)der.p[1], at = 2, size = first;
    if (first >= 0x80) {
        size_t n = first & 0x7f;
        if (n == 0 || n > 3 || der.n < 2 + n)
            return false;
        for (size = 0; at < 2 + n; at++)
            size = size << 8 | (unsigned char)der.p[at];
    }
    return der.n - at == size;
}

static bool from_pem(struct arena *a, str text, str *out)
{
    str plain, der;
    struct digest d = digest_begin(DIGEST_SHA256);
    if (!unescape(a, text, &plain))
        return false;
    plain = str_trim(plain);
    if (!str_has_prefix(plain, head) || !str_has_suffix(plain, tail) ||
        plain.n < head.n + tail.n + 1)
        return false;
    str lines = str_sub(plain, head.n, plain.n - head.n - tail.n);
    if (!decode_lines(a, lines, &der) || !is_sequence(der))
        return false;
    digest_put(&d, der);
    *out = hex_encode(a, digest_end(&d, a));
    return true;
}

static bool from_hex(struct arena *a, str text, str *out)
{
    buf b = {.a = a};
    for (size_t i = 0; i < text.n; i++)
        if (text.p[i] != ':')
            buf_char(&b, text.p[i]);
    str bytes, hex = b.n > 0 ? str_lower(a, buf_str(&b)) : S("");
    *out = hex;
    return hex.n == CERTIFICATE_DIGITS && hex_decode(a, hex, &bytes);
}

bool certificate_fingerprint(struct arena *a, str text, str *out)
{
    text = str_trim(text);
    if (text.n == 0 || text.n > CERTIFICATE_MOST)
        return false;
    return text.p[0] == '-' ? from_pem(a, text, out) : from_hex(a, text, out);
}
