/* openpgp_sheet.c - a key as lines of text, and back; see openpgp_key.h.
 *
 *   key  4  FINGERPRINT  ALGORITHM  CREATED  EXPIRES  USE  REVOKED      (tabs between)
 *   user TEXT  REVOKED  PRIMARY
 *   sub  FINGERPRINT  ALGORITHM  CREATED  EXPIRES  USE  REVOKED
 *
 * EXPIRES may be "-".  The reader trusts nothing: a child that was taken over wrote this. */
#include "base/utf8.h"
#include "formats/openpgp_key.h"

static void put_part(buf *b, const struct openpgp_part *p)
{
    buf_putf(b, "\t%.*s\t%.*s\t%lld\t", SV(p->fingerprint), SV(p->algorithm),
             (long long)p->created);
    if (p->expires.is)
        buf_i64(b, p->expires.v);
    else
        buf_char(b, '-');
    buf_putf(b, "\t%u\t%d\n", p->use, p->revoked);
}

str openpgp_key_put(struct arena *a, const struct openpgp_key *k)
{
    buf b = {.a = a};
    buf_putf(&b, "key\t%u", k->version);
    put_part(&b, &k->self);
    for (size_t i = 0; i < k->users.n; i++) {
        const struct openpgp_user *u = &k->users.v[i];
        buf_putf(&b, "user\t%.*s\t%d\t%d\n", SV(u->text), u->revoked, u->primary);
    }
    for (size_t i = 0; i < k->subkeys.n; i++) {
        buf_put(&b, S("sub"));
        put_part(&b, &k->subkeys.v[i]);
    }
    return buf_str(&b);
}

static bool take_bool(str *line, bool *out)
{
    str word = str_cut(line, '\t');
    *out = str_eq(word, S("1"));
    return *out || str_eq(word, S("0"));
}

static bool is_fingerprint(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (str_find_char(S("0123456789ABCDEF"), s.p[i]) < 0)
            return false;
    return s.n == 40 || s.n == 64;
}

/* Letters, digits and spaces; never long. */
static bool is_algorithm(str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (c != ' ' && (c < '0' || c > '9') && (c < 'a' || c > 'z') && (c < 'A' || c > 'Z'))
            return false;
    }
    return s.n > 0 && s.n <= 40;
}

static bool take_part(str *line, struct openpgp_part *p)
{
    i64 use;
    p->fingerprint = str_cut(line, '\t');
    p->algorithm = str_cut(line, '\t');
    if (!is_fingerprint(p->fingerprint) || !is_algorithm(p->algorithm) ||
        !str_i64(str_cut(line, '\t'), &p->created))
        return false;
    str expires = str_cut(line, '\t');
    p->expires.is = !str_eq(expires, S("-"));
    if (p->expires.is && !str_i64(expires, &p->expires.v))
        return false;
    if (!str_i64(str_cut(line, '\t'), &use) || use > 15)
        return false;
    p->use = (unsigned)use;
    return take_bool(line, &p->revoked);
}

static bool take_line(struct arena *a, str line, struct openpgp_key *k)
{
    str kind = str_cut(&line, '\t');
    struct openpgp_part part;
    if (str_eq(kind, S("user"))) {
        struct openpgp_user *u = PUSH(a, &k->users);
        u->text = str_cut(&line, '\t');
        return take_bool(&line, &u->revoked) && take_bool(&line, &u->primary) &&
               utf8_valid(u->text) && !utf8_has_control(u->text);
    }
    if (!str_eq(kind, S("sub")) || !take_part(&line, &part))
        return false;
    *PUSH(a, &k->subkeys) = part;
    return true;
}

bool openpgp_key_take(struct arena *a, str lines, struct openpgp_key *out)
{
    i64 version;
    *out = (struct openpgp_key){0};
    str line = str_cut(&lines, '\n');
    if (!str_eq(str_cut(&line, '\t'), S("key")) || !str_i64(str_cut(&line, '\t'), &version) ||
        (version != 4 && version != 6) || !take_part(&line, &out->self))
        return false;
    out->version = (unsigned)version;
    while (lines.n > 0)
        if (out->users.n + out->subkeys.n >= OPENPGP_PARTS_MAX ||
            !take_line(a, str_cut(&lines, '\n'), out))
            return false;
    return true;
}

enum err openpgp_key_job(struct arena *a, str in, buf *out)
{
    struct openpgp_key key;
    str problem;
    enum err e = openpgp_key_read(a, in, &key, &problem);
    buf_put(out, e == OK ? openpgp_key_put(a, &key) : problem);
    return e;
}
