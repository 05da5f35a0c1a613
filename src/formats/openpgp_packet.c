/* openpgp_packet.c - see openpgp_packet.h. */
#include "formats/openpgp_packet.h"

#include "base/encode.h"
#include "formats/digest.h"

bool pgp_take(str *s, size_t n, str *out)
{
    if (n > s->n)
        return false;
    *out = str_sub(*s, 0, n);
    *s = str_from(*s, n);
    return true;
}

bool pgp_number(str *s, size_t bytes, uint32_t *out)
{
    str at;
    if (!pgp_take(s, bytes, &at))
        return false;
    *out = 0;
    for (size_t i = 0; i < bytes; i++)
        *out = *out << 8 | (unsigned char)at.p[i];
    return true;
}

/* One, two or five octets, as section 4.2.1 and the subpackets of 5.2.3.7 have them; octets
 * 224 to 254 begin a partial length in packets and two octets in subpackets. */
static bool take_length(str *s, bool partial, uint32_t *out)
{
    uint32_t first, second;
    if (!pgp_number(s, 1, &first))
        return false;
    *out = first;
    if (first < 192)
        return true;
    if (first == 255)
        return pgp_number(s, 4, out);
    if ((partial && first >= 224) || !pgp_number(s, 1, &second))
        return false;
    *out = ((first - 192) << 8) + second + 192;
    return true;
}

bool pgp_packet(str *rest, struct pgp_packet *out)
{
    uint32_t head, n;
    str at = *rest;
    if (!pgp_number(&at, 1, &head) || (head & 0x80) == 0)
        return false;
    if ((head & 0x40) != 0) {
        out->tag = head & 0x3f;
        if (!take_length(&at, true, &n))
            return false;
    } else {
        out->tag = head >> 2 & 0x0f;
        size_t octets = (size_t)1 << (head & 3); /* 8: indeterminate */
        if (octets > 4 || !pgp_number(&at, octets, &n))
            return false;
    }
    if (!pgp_take(&at, n, &out->body))
        return false;
    *rest = at;
    return true;
}

/* keys */

/* clang-format off */
static const struct curve {
    str oid, name; /* the object identifier in DER, without tag and length */
} curves[] = {
    {S_INIT("\x2a\x86\x48\xce\x3d\x03\x01\x07"),         S_INIT("nistp256")},
    {S_INIT("\x2b\x81\x04\x00\x22"),                     S_INIT("nistp384")},
    {S_INIT("\x2b\x81\x04\x00\x23"),                     S_INIT("nistp521")},
    {S_INIT("\x2b\x24\x03\x03\x02\x08\x01\x01\x07"),     S_INIT("brainpoolP256r1")},
    {S_INIT("\x2b\x24\x03\x03\x02\x08\x01\x01\x0b"),     S_INIT("brainpoolP384r1")},
    {S_INIT("\x2b\x24\x03\x03\x02\x08\x01\x01\x0d"),     S_INIT("brainpoolP512r1")},
    {S_INIT("\x2b\x06\x01\x04\x01\xda\x47\x0f\x01"),     S_INIT("ed25519")},
    {S_INIT("\x2b\x06\x01\x04\x01\x97\x55\x01\x05\x01"), S_INIT("cv25519")},
    {S_INIT("\x2b\x81\x04\x00\x0a"),                     S_INIT("secp256k1")},
};

enum material { OTHER, BITS, CURVE, FIXED }; /* how the name of the algorithm is completed */
static const struct algorithm {
    unsigned id;
    enum material kind;
    bool sign, encrypt;
    str name;
} algorithms[] = { /* RFC 9580, section 9.1 */
    {1,  BITS,  true,  true,  S_INIT("rsa")},     {2,  BITS,  false, true,  S_INIT("rsa")},
    {3,  BITS,  true,  false, S_INIT("rsa")},     {16, BITS,  false, true,  S_INIT("elg")},
    {17, BITS,  true,  false, S_INIT("dsa")},     {18, CURVE, false, true,  S_INIT("ecdh")},
    {19, CURVE, true,  false, S_INIT("ecdsa")},   {22, CURVE, true,  false, S_INIT("eddsa")},
    {25, FIXED, false, true,  S_INIT("x25519")},  {26, FIXED, false, true,  S_INIT("x448")},
    {27, FIXED, true,  false, S_INIT("ed25519")}, {28, FIXED, true,  false, S_INIT("ed448")},
};
/* clang-format on */

static str curve_name(str oid)
{
    for (size_t i = 0; i < COUNT(curves); i++)
        if (str_eq(curves[i].oid, oid))
            return curves[i].name;
    return NO_STR;
}

/* The name with what the key material says: bits of the first number, or the curve. */
static bool name_algorithm(struct arena *a, const struct algorithm *g, str material, str *out)
{
    uint32_t n = 0;
    str oid;
    *out = g->name;
    switch (g->kind) {
    case BITS:
        if (!pgp_number(&material, 2, &n) || material.n < (n + 7) / 8)
            return false;
        *out = str_fmt(a, "%.*s%u", SV(g->name), n);
        return true;
    case CURVE:
        if (!pgp_number(&material, 1, &n) || !pgp_take(&material, n, &oid))
            return false;
        if (curve_name(oid).p != NULL)
            *out = curve_name(oid);
        return true;
    case FIXED:
    case OTHER: break;
    }
    return true;
}

/* RFC 9580, section 5.5.4 */
static str fingerprint(struct arena *a, unsigned version, str body)
{
    uint32_t n = (uint32_t)body.n;
    const char four[] = {(char)0x99, (char)(n >> 8), (char)n};
    const char six[] = {(char)0x9b, (char)(n >> 24), (char)(n >> 16), (char)(n >> 8), (char)n};
    struct digest d = digest_begin(version == 4 ? DIGEST_SHA1 : DIGEST_SHA256);
    digest_put(&d, version == 4 ? (str){four, sizeof four} : (str){six, sizeof six});
    digest_put(&d, body);
    return hex_encode_upper(a, digest_end(&d, a));
}

enum err pgp_public(struct arena *a, str body, struct pgp_public *out)
{
    *out = (struct pgp_public){0};
    str at = body;
    uint32_t version, created, id, length;
    if (!pgp_number(&at, 1, &version))
        return E_INVALID;
    out->version = version;
    if (version != 4 && version != 6)
        return E_NOT_FOUND;
    if (!pgp_number(&at, 4, &created) || !pgp_number(&at, 1, &id) ||
        (version == 4 && body.n > UINT16_MAX))
        return E_INVALID;
    if (version == 6 && (!pgp_number(&at, 4, &length) || length != at.n))
        return E_INVALID;
    out->created = (i64)created * 1000;
    out->fingerprint = fingerprint(a, version, body);
    out->algorithm = str_fmt(a, "algorithm %u", id);
    for (size_t i = 0; i < COUNT(algorithms); i++) {
        const struct algorithm *g = &algorithms[i];
        if (g->id != id)
            continue;
        out->can_sign = g->sign;
        out->can_encrypt = g->encrypt;
        return name_algorithm(a, g, at, &out->algorithm) ? OK : E_INVALID;
    }
    return OK;
}

/* signatures */

static void take_subpacket(struct arena *a, unsigned type, str body, bool hashed,
                           struct pgp_signature *s)
{
    enum { MADE = 2, VALID = 9, ISSUER = 16, PRIMARY = 25, FLAGS = 27, ISSUER_FINGERPRINT = 33 };
    uint32_t n = 0;
    /* Who signed may stand outside of what is signed; all else has to be inside. */
    if (type == ISSUER && body.n == 8 && s->issuer.p == NULL)
        s->issuer = hex_encode_upper(a, body);
    else if (type == ISSUER_FINGERPRINT && body.n > 1)
        s->issuer = hex_encode_upper(a, str_from(body, 1));
    else if (!hashed)
        return;
    else if (type == MADE && pgp_number(&body, 4, &n))
        s->made = (i64)n * 1000;
    else if (type == VALID && pgp_number(&body, 4, &n)) {
        s->valid_ms = (i64)n * 1000;
        s->has_valid = true;
    } else if (type == PRIMARY && pgp_number(&body, 1, &n))
        s->primary = n != 0;
    else if (type == FLAGS && pgp_number(&body, 1, &n)) {
        s->flags = n;
        s->has_flags = true;
    }
}

static bool take_area(struct arena *a, str *at, size_t octets, bool hashed, struct pgp_signature *s)
{
    enum { CRITICAL = 0x80 };
    uint32_t n, type;
    str area, sub;
    if (!pgp_number(at, octets, &n) || !pgp_take(at, n, &area))
        return false;
    while (area.n > 0) {
        if (!take_length(&area, false, &n) || n == 0 || !pgp_take(&area, n, &sub) ||
            !pgp_number(&sub, 1, &type))
            return false;
        take_subpacket(a, type & ~(uint32_t)CRITICAL, sub, hashed, s);
    }
    return true;
}

bool pgp_signature(struct arena *a, str body, struct pgp_signature *out)
{
    *out = (struct pgp_signature){0};
    uint32_t version, type, algorithms_used;
    if (!pgp_number(&body, 1, &version) || (version != 4 && version != 6) ||
        !pgp_number(&body, 1, &type) || !pgp_number(&body, 2, &algorithms_used))
        return false;
    out->type = type;
    size_t octets = version == 4 ? 2 : 4;
    return take_area(a, &body, octets, true, out) && take_area(a, &body, octets, false, out);
}
