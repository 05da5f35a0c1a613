/* openpgp_key.c - from packets to a key; see openpgp_key.h. */
#include "formats/openpgp_key.h"

#include "base/utf8.h"
#include "formats/armor.h"
#include "formats/openpgp_packet.h"

/* What the self-signatures seen so far say of one key, subkey or user id. */
struct claims {
    bool bound;     /* there is a certification or binding */
    i64 at;         /* when the newest of them was made */
    i64 revoked_at; /* when the newest revocation was made; -1: none */
    bool has_valid, has_flags, primary;
    i64 valid_ms;
    unsigned flags;
};

enum part_kind { PART_KEY, PART_USER, PART_SUBKEY, PART_IGNORED };

struct reader {
    struct arena *a;
    struct openpgp_key *key;
    struct pgp_public self;
    enum part_kind part; /* what the next signatures are about */
    struct claims own;   /* directly of the key */
    struct {
        VEC(struct claims)
    } users, subkeys;
    struct {
        VEC(struct pgp_public)
    } publics; /* of the subkeys */
};

static enum err refuse(str *problem, str code)
{
    *problem = code;
    return E_INVALID;
}

/* user ids */

static str clean(struct arena *a, str bytes)
{
    buf b = {.a = a};
    buf_put(&b, S(""));
    while (bytes.n > 0) {
        size_t good = utf8_valid_prefix(bytes), at = 0;
        str run = str_sub(bytes, 0, good);
        while (at < run.n) {
            size_t from = at;
            uint32_t c = utf8_next(run, &at);
            bool shown = c >= ' ' && !utf8_has_control(str_sub(run, from, at - from));
            utf8_put(&b, shown ? c : 0xfffd);
        }
        if (good < bytes.n)
            utf8_put(&b, 0xfffd);
        bytes = str_from(bytes, good + (good < bytes.n));
    }
    return b.n > 0 ? buf_str(&b) : S("");
}

/* signatures */

static bool by_key(const struct reader *r, const struct pgp_signature *s)
{
    str print = r->self.fingerprint;
    if (s->issuer.p == NULL)
        return false;
    if (s->issuer.n == print.n)
        return str_eq(s->issuer, print);
    return r->self.version == 4 ? str_has_suffix(print, s->issuer)
                                : str_has_prefix(print, s->issuer);
}

static void certify(struct claims *c, const struct pgp_signature *s)
{
    if (c->bound && s->made < c->at)
        return;
    *c = (struct claims){
        .bound = true,
        .at = s->made,
        .revoked_at = c->revoked_at,
        .has_valid = s->has_valid,
        .has_flags = s->has_flags,
        .primary = s->primary,
        .valid_ms = s->valid_ms,
        .flags = s->flags,
    };
}

static void revoke(struct claims *c, const struct pgp_signature *s)
{
    if (s->made > c->revoked_at)
        c->revoked_at = s->made;
}

static struct claims *claims_of(struct reader *r)
{
    switch (r->part) {
    case PART_KEY: return &r->own;
    case PART_USER: return &r->users.v[r->users.n - 1];
    case PART_SUBKEY: return &r->subkeys.v[r->subkeys.n - 1];
    case PART_IGNORED: break;
    }
    return NULL;
}

static void add_signature(struct reader *r, str body)
{
    /* RFC 9580, section 5.2.1 */
    enum { CERT_FIRST = 0x10, CERT_LAST = 0x13, BINDING = 0x18, DIRECT = 0x1f };
    enum { REVOKE_KEY = 0x20, REVOKE_SUBKEY = 0x28, REVOKE_USER = 0x30 };
    struct pgp_signature s;
    struct claims *c = claims_of(r);
    if (c == NULL || !pgp_signature(r->a, body, &s) || !by_key(r, &s))
        return;
    bool certifies[] = {
        [PART_KEY] = s.type == DIRECT,
        [PART_USER] = s.type >= CERT_FIRST && s.type <= CERT_LAST,
        [PART_SUBKEY] = s.type == BINDING,
    };
    static const unsigned revokes[] = {
        [PART_KEY] = REVOKE_KEY, [PART_USER] = REVOKE_USER, [PART_SUBKEY] = REVOKE_SUBKEY};
    if (certifies[r->part])
        certify(c, &s);
    else if (s.type == revokes[r->part])
        revoke(c, &s);
}

/* packets */

static enum err add_subkey(struct reader *r, str body, str *problem)
{
    struct pgp_public p;
    r->part = PART_IGNORED;
    enum err e = pgp_public(r->a, body, &p);
    if (e == E_NOT_FOUND) /* of another time; the rest of the key is of use without it */
        return OK;
    if (e != OK)
        return refuse(problem, S("pgp_damaged"));
    r->part = PART_SUBKEY;
    *PUSH(r->a, &r->publics) = p;
    *PUSH(r->a, &r->subkeys) = (struct claims){.revoked_at = -1};
    return OK;
}

static enum err add_packet(struct reader *r, const struct pgp_packet *p, str *problem)
{
    switch (p->tag) {
    case PGP_SIGNATURE: add_signature(r, p->body); return OK;
    case PGP_USER_ID:
        r->part = PART_USER;
        *PUSH(r->a, &r->users) = (struct claims){.revoked_at = -1};
        *PUSH(r->a, &r->key->users) = (struct openpgp_user){.text = clean(r->a, p->body)};
        return OK;
    case PGP_PUBLIC_SUBKEY: return add_subkey(r, p->body, problem);
    case PGP_PUBLIC_KEY: return refuse(problem, S("pgp_several"));
    case PGP_SECRET_KEY:
    case PGP_SECRET_SUBKEY: return refuse(problem, S("pgp_secret"));
    case PGP_MARKER:
    case PGP_TRUST:
    case PGP_PADDING: return OK;
    default: r->part = PART_IGNORED; return OK; /* a user attribute, or what is not known yet */
    }
}

static enum err first_packet(struct reader *r, str *rest, str *problem)
{
    struct pgp_packet p;
    if (!pgp_packet(rest, &p))
        return refuse(problem, S("pgp_not_a_key"));
    if (p.tag == PGP_SECRET_KEY || p.tag == PGP_SECRET_SUBKEY)
        return refuse(problem, S("pgp_secret"));
    if (p.tag != PGP_PUBLIC_KEY)
        return refuse(problem, S("pgp_not_a_key"));
    enum err e = pgp_public(r->a, p.body, &r->self);
    if (e != OK)
        return refuse(problem, e == E_NOT_FOUND ? S("pgp_version") : S("pgp_damaged"));
    r->part = PART_KEY;
    r->own.revoked_at = -1;
    return OK;
}

/* the whole; a revoked key takes all its parts along */

static unsigned use_of(const struct claims *c, const struct pgp_public *p, bool main_key)
{
    unsigned can = (p->can_encrypt ? USE_ENCRYPT : 0) |
                   (p->can_sign ? USE_SIGN | USE_CERTIFY | USE_AUTHENTICATE : 0);
    if (!c->has_flags) /* all that the algorithm can do, as gpg has it */
        return main_key ? can : can & ~(unsigned)USE_CERTIFY;
    return can & (((c->flags & PGP_CERTIFY) != 0 ? USE_CERTIFY : 0) |
                  ((c->flags & PGP_SIGN) != 0 ? USE_SIGN : 0) |
                  ((c->flags & PGP_ENCRYPT) != 0 ? USE_ENCRYPT : 0) |
                  ((c->flags & PGP_AUTHENTICATE) != 0 ? USE_AUTHENTICATE : 0));
}

static struct openpgp_part part_of(const struct claims *c, const struct pgp_public *p,
                                   bool main_key)
{
    return (struct openpgp_part){
        .fingerprint = p->fingerprint,
        .algorithm = p->algorithm,
        .created = p->created,
        .expires =
            c->has_valid && c->valid_ms > 0 ? SOME(p->created + c->valid_ms) : (opt_i64){false, 0},
        .revoked = c->revoked_at >= 0,
        .use = use_of(c, p, main_key),
    };
}

static bool user_revoked(const struct claims *c)
{
    return c->revoked_at >= 0 && c->revoked_at >= c->at;
}

/* The user id whose certification speaks for the key: marked as primary, then the newest. */
static const struct claims *main_user(const struct reader *r)
{
    const struct claims *best = NULL;
    for (size_t i = 0; i < r->users.n; i++) {
        const struct claims *c = &r->users.v[i];
        if (!c->bound || user_revoked(c))
            continue;
        if (best == NULL || c->primary > best->primary ||
            (c->primary == best->primary && c->at > best->at))
            best = c;
    }
    return best;
}

static void finish(struct reader *r)
{
    struct claims own = r->own;
    const struct claims *user = main_user(r);
    size_t kept = 0;
    if (user != NULL && !own.has_valid) {
        own.has_valid = user->has_valid;
        own.valid_ms = user->valid_ms;
    }
    if (user != NULL && !own.has_flags) {
        own.has_flags = user->has_flags;
        own.flags = user->flags;
    }
    r->key->version = r->self.version;
    r->key->self = part_of(&own, &r->self, true);
    for (size_t i = 0; i < r->users.n; i++) {
        const struct claims *c = &r->users.v[i];
        struct openpgp_user *u = &r->key->users.v[i];
        u->revoked = user_revoked(c) || own.revoked_at >= 0;
        u->primary = c == user;
        if (c->bound)
            r->key->users.v[kept++] = *u;
    }
    r->key->users.n = kept;
    for (size_t i = 0; i < r->subkeys.n; i++) {
        if (!r->subkeys.v[i].bound)
            continue;
        struct openpgp_part *p = PUSH(r->a, &r->key->subkeys);
        *p = part_of(&r->subkeys.v[i], &r->publics.v[i], false);
        p->revoked |= own.revoked_at >= 0;
    }
}

static enum err read_packets(struct arena *a, str bytes, struct openpgp_key *out, str *problem)
{
    struct reader r = {.a = a, .key = out};
    struct pgp_packet p;
    TRY(first_packet(&r, &bytes, problem));
    while (bytes.n > 0) {
        if (!pgp_packet(&bytes, &p))
            return refuse(problem, S("pgp_damaged"));
        TRY(add_packet(&r, &p, problem));
        if (r.users.n + r.subkeys.n > OPENPGP_PARTS_MAX)
            return refuse(problem, S("pgp_too_long"));
    }
    finish(&r);
    return OK;
}

enum err openpgp_key_read(struct arena *a, str bytes, struct openpgp_key *out, str *problem)
{
    *out = (struct openpgp_key){0};
    if (bytes.n > OPENPGP_KEY_MAX)
        return refuse(problem, S("pgp_too_long"));
    if (!armor_is(bytes))
        return read_packets(a, bytes, out, problem);
    struct armor m;
    bool whole = armor_read(a, bytes, &m);
    if (str_has_prefix(m.label, S("PRIVATE KEY")))
        return refuse(problem, S("pgp_secret"));
    if (!str_eq(m.label, S("PUBLIC KEY BLOCK")))
        return refuse(problem, S("pgp_not_a_key"));
    if (!whole)
        return refuse(problem, S("pgp_damaged"));
    if (armor_is(m.rest))
        return refuse(problem, S("pgp_several"));
    return read_packets(a, m.bytes, out, problem);
}

static bool part_encrypts(const struct openpgp_part *p, i64 now)
{
    return (p->use & USE_ENCRYPT) != 0 && !p->revoked && (!p->expires.is || now < p->expires.v);
}

bool openpgp_key_encrypts(const struct openpgp_key *k, i64 now)
{
    if (k->self.revoked || (k->self.expires.is && now >= k->self.expires.v))
        return false;
    bool any = part_encrypts(&k->self, now);
    for (size_t i = 0; i < k->subkeys.n; i++)
        any |= part_encrypts(&k->subkeys.v[i], now);
    return any;
}
