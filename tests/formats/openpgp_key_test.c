/* openpgp_key_test.c - keys that gpg made, RFC 9580's example, damaged ones; gpg as oracle. */
#include "t.h"

#include "base/encode.h"
#include "base/time.h"
#include "formats/armor.h"
#include "formats/openpgp_key.h"

#include <fcntl.h>
#include <unistd.h>

static str slurp(struct arena *a, FILE *f)
{
    buf b = {.a = a};
    size_t n;
    while ((n = fread(buf_room(&b, 4096), 1, 4096, f)) > 0)
        b.n += n;
    return buf_str(&b);
}

static str read_key(struct arena *a, const char *name)
{
    FILE *f = fopen(str_to_z(a, str_fmt(a, "tests/formats/pgp/%s", name)), "re");
    must(f != NULL);
    str s = slurp(a, f);
    (void)fclose(f);
    return s;
}

static struct openpgp_key good(struct arena *a, str bytes)
{
    struct openpgp_key k;
    str problem = NO_STR;
    enum err e = openpgp_key_read(a, bytes, &k, &problem);
    if (e != OK)
        (void)printf("problem: %.*s\n", SV(problem));
    CHECK_ERR(OK, e);
    return k;
}

static void bad(struct arena *a, str want, str bytes)
{
    struct openpgp_key k;
    str problem = NO_STR;
    CHECK_ERR(E_INVALID, openpgp_key_read(a, bytes, &k, &problem));
    CHECK_STR(want, problem);
}

static i64 day(const char *date)
{
    i64 at = 0;
    must(time_parse(str_z(date), zone_utc, &at));
    return at;
}

TEST(a_key_tells_its_fingerprint_names_and_times)
{
    struct openpgp_key k = good(a, read_key(a, "ed25519.asc"));
    CHECK_I64(4, k.version);
    CHECK_STR(S("ed25519"), k.self.algorithm);
    CHECK_I64(40, (i64)k.self.fingerprint.n);
    CHECK_I64(day("2025-01-10T09:00:00Z"), k.self.created);
    CHECK(k.self.expires.is && k.self.expires.v / DAY == day("2030-01-01") / DAY);
    CHECK_I64(USE_CERTIFY | USE_SIGN, k.self.use);
    CHECK(!k.self.revoked);
    CHECK_I64(3, (i64)k.users.n);
    size_t old = 0, japanese = 0, main_one = 0;
    for (size_t i = 0; i < k.users.n; i++) {
        const struct openpgp_user *u = &k.users.v[i];
        old += str_eq(u->text, S("Old Name <old@example.jp>")) && u->revoked;
        japanese += str_eq(u->text, S("見本 脆弱性窓口 <madoguchi@example.jp>")) && !u->revoked;
        main_one += u->primary;
    }
    CHECK(old == 1 && japanese == 1 && main_one == 1);
    CHECK_I64(1, (i64)k.subkeys.n);
    CHECK_STR(S("cv25519"), k.subkeys.v[0].algorithm);
    CHECK_I64(USE_ENCRYPT, k.subkeys.v[0].use);
}

TEST(binary_and_armored_are_the_same_key)
{
    struct openpgp_key x = good(a, read_key(a, "ed25519.asc"));
    struct openpgp_key y = good(a, read_key(a, "ed25519.pgp"));
    CHECK_STR(openpgp_key_put(a, &x), openpgp_key_put(a, &y));
}

TEST(the_standard_s_version_6_key_is_read)
{
    struct openpgp_key k = good(a, read_key(a, "v6.asc"));
    CHECK_I64(6, k.version);
    CHECK_STR(S("CB186C4F0609A697E4D52DFA6C722B0C1F1E27C18A56708F6525EC27BAD9ACC9"),
              k.self.fingerprint); /* RFC 9580, A.3 */
    CHECK_STR(S("ed25519"), k.self.algorithm);
    CHECK_I64(day("2022-11-30T16:08:03Z"), k.self.created);
    CHECK_I64(USE_CERTIFY | USE_SIGN, k.self.use);
    CHECK_I64(1, (i64)k.subkeys.n);
    CHECK_STR(S("12C83F1E706F6308FE151A417743A1F033790E93E9978488D1DB378DA9930885"),
              k.subkeys.v[0].fingerprint);
    CHECK_STR(S("x25519"), k.subkeys.v[0].algorithm);
    CHECK(openpgp_key_encrypts(&k, day("2026-01-01")));
}

TEST(encryption_ends_with_the_subkey_the_key_or_its_revocation)
{
    struct openpgp_key k = good(a, read_key(a, "ed25519.asc")); /* subkey 2028, key 2030 */
    CHECK(openpgp_key_encrypts(&k, day("2027-12-30")));
    CHECK(!openpgp_key_encrypts(&k, day("2028-01-02")));
    k.subkeys.v[0].expires.is = false;
    CHECK(openpgp_key_encrypts(&k, day("2029-12-30")));
    CHECK(!openpgp_key_encrypts(&k, day("2030-01-02")));
    k = good(a, read_key(a, "revoked.asc"));
    CHECK(k.self.revoked);
    CHECK(!openpgp_key_encrypts(&k, day("2024-06-01")));
    k = good(a, read_key(a, "signonly.asc"));
    CHECK(!openpgp_key_encrypts(&k, day("2020-06-01")));
    k = good(a, read_key(a, "several-uids.asc")); /* its encryption subkey is revoked */
    CHECK(!openpgp_key_encrypts(&k, day("2024-06-01")));
}

/* One line a part, from our reader and from gpg's colons (doc/DETAILS), to compare. */

static void put_part(buf *b, const char *kind, const struct openpgp_part *p)
{
    buf_putf(b, "%s %.*s %.*s %lld %lld %s%s%s%s %s\n", kind, SV(p->fingerprint), SV(p->algorithm),
             (long long)p->created / 1000, p->expires.is ? (long long)p->expires.v / 1000 : 0LL,
             p->use & USE_ENCRYPT ? "e" : "", p->use & USE_SIGN ? "s" : "",
             p->use & USE_CERTIFY ? "c" : "", p->use & USE_AUTHENTICATE ? "a" : "",
             p->revoked ? "revoked" : "-");
}

static int by_text(const void *x, const void *y)
{
    return str_cmp(((const struct openpgp_user *)x)->text, ((const struct openpgp_user *)y)->text);
}

static void put_users(buf *b, struct openpgp_user *v, size_t n)
{
    qsort(v, n, sizeof *v, by_text); /* gpg shows the main one first */
    for (size_t i = 0; i < n; i++)
        buf_putf(b, "uid %.*s %s\n", SV(v[i].text), v[i].revoked ? "revoked" : "-");
}

static str ours(struct arena *a, struct openpgp_key *k)
{
    buf b = {.a = a};
    put_part(&b, "pub", &k->self);
    for (size_t i = 0; i < k->subkeys.n; i++)
        put_part(&b, "sub", &k->subkeys.v[i]);
    put_users(&b, k->users.v, k->users.n);
    return buf_str(&b);
}

static str field(str line, int n)
{
    str f = str_cut(&line, ':');
    while (n-- > 1)
        f = str_cut(&line, ':');
    return f;
}

static str algorithm(struct arena *a, str line)
{
    static const struct {
        str id, name;
    } names[] = {
        {S_INIT("1"), S_INIT("rsa")}, {S_INIT("16"), S_INIT("elg")}, {S_INIT("17"), S_INIT("dsa")}};
    for (size_t i = 0; i < COUNT(names); i++)
        if (str_eq(names[i].id, field(line, 4)))
            return str_join(a, names[i].name, field(line, 3));
    return field(line, 17);
}

static void put_caps(buf *b, str caps)
{
    for (const char *c = "esca"; *c != '\0'; c++)
        if (str_find_char(caps, *c) >= 0)
            buf_char(b, *c);
}

static str theirs(struct arena *a, str colons)
{
    buf b = {.a = a};
    struct {
        VEC(struct openpgp_user)
    } users = {0};
    while (colons.n > 0) {
        str line = str_cut(&colons, '\n'), kind = field(line, 1), next = colons;
        bool revoked = str_eq(field(line, 2), S("r"));
        if (str_eq(kind, S("pub")) || str_eq(kind, S("sub"))) {
            str print = field(str_cut(&next, '\n'), 10), ends = field(line, 7);
            buf_putf(&b, "%.*s %.*s %.*s %.*s %.*s ", SV(kind), SV(print), SV(algorithm(a, line)),
                     SV(field(line, 6)), SV(ends.n > 0 ? ends : S("0")));
            put_caps(&b, field(line, 12));
            buf_putf(&b, " %s\n", revoked ? "revoked" : "-");
        } else if (str_eq(kind, S("uid")))
            *PUSH(a, &users) = (struct openpgp_user){field(line, 10), revoked, false};
    }
    put_users(&b, users.v, users.n);
    return buf_str(&b);
}

TEST(gpg_reads_the_same_in_every_key)
{
    static const char *const names[] = {"ed25519.asc",  "ed25519.pgp",     "rsa.asc",
                                        "dsa.asc",      "curves.asc",      "revoked.asc",
                                        "signonly.asc", "several-uids.asc"};
    if (system("gpg --version >/dev/null 2>&1") != 0)
        SKIP("gpg is not installed");
    char home[] = "/tmp/kakehashi-gpg-XXXXXX";
    must(mkdtemp(home) != NULL);
    for (size_t i = 0; i < COUNT(names); i++) {
        FILE *f = popen(str_to_z(a, str_fmt(a,
                                            "gpg --homedir %s --batch --with-colons --show-keys "
                                            "tests/formats/pgp/%s 2>/dev/null",
                                            home, names[i])),
                        "re");
        must(f != NULL);
        str colons = slurp(a, f);
        CHECK_I64(0, pclose(f));
        struct openpgp_key k = good(a, read_key(a, names[i]));
        CHECK_STR(theirs(a, colons), ours(a, &k));
    }
    must(system(str_to_z(a, str_fmt(a, "rm -rf %s", home))) == 0);
}

TEST(a_secret_key_is_refused_as_such)
{
    str pgp = read_key(a, "ed25519.pgp");
    char *secret = NEWS(a, char, pgp.n);
    memcpy(secret, pgp.p, pgp.n);
    secret[0] = (char)((secret[0] & ~0x3c) | 5 << 2); /* old format: the tag in bits 2 to 5 */
    bad(a, S("pgp_secret"), (str){secret, pgp.n});
    bad(a, S("pgp_secret"),
        S("-----BEGIN PGP PRIVATE KEY BLOCK-----\n\nlQ==\n-----END PGP PRIVATE KEY BLOCK-----\n"));
    bad(a, S("pgp_secret"), S("-----BEGIN PGP PRIVATE KEY BLOCK-----\ncut"));
}

TEST(what_is_no_single_public_key_is_refused)
{
    bad(a, S("pgp_not_a_key"), S(""));
    bad(a, S("pgp_not_a_key"), S("hello"));
    bad(a, S("pgp_not_a_key"), S("\x89PNG\r\n\x1a\n"));
    bad(a, S("pgp_not_a_key"), read_key(a, "message.asc"));
    bad(a, S("pgp_several"), read_key(a, "two-keys.asc"));
    str one = read_key(a, "ed25519.asc");
    bad(a, S("pgp_several"), str_join(a, one, read_key(a, "rsa.asc")));
    bad(a, S("pgp_too_long"), (str){NEWS(a, char, OPENPGP_KEY_MAX + 1), OPENPGP_KEY_MAX + 1});
}

TEST(a_key_cut_anywhere_is_damaged_or_shorter_and_never_different)
{
    str pgp = read_key(a, "several-uids.asc");
    struct armor m;
    CHECK(armor_read(a, pgp, &m));
    struct openpgp_key whole = good(a, m.bytes);
    size_t refused = 0;
    for (size_t n = 0; n < m.bytes.n; n++) {
        struct openpgp_key k;
        str problem;
        if (openpgp_key_read(a, str_sub(m.bytes, 0, n), &k, &problem) == OK)
            CHECK_STR(whole.self.fingerprint, k.self.fingerprint);
        else
            refused++;
    }
    CHECK(refused + 12 > m.bytes.n); /* a cut between two packets is a key with fewer parts */
    for (size_t n = 0; n + 30 < pgp.n; n += 7) {
        struct openpgp_key k;
        str problem;
        CHECK_ERR(E_INVALID, openpgp_key_read(a, str_sub(pgp, 0, n), &k, &problem));
    }
}

TEST(pasted_armor_with_text_around_it_and_other_line_ends_is_read)
{
    str asc = read_key(a, "ed25519.asc");
    buf b = {.a = a};
    buf_put(&b, S("Dear desk,\r\nhere is my key.\r\n\r\n"));
    str rest = asc;
    while (rest.n > 0) {
        str line = str_cut(&rest, '\n');
        buf_put(&b, line);
        buf_put(&b, S(" \r\n"));
        if (str_has_prefix(line, S("-----BEGIN")))
            buf_put(&b, S("Comment: made by hand\r\nVersion:\r\n"));
    }
    buf_put(&b, S("-- \r\nThe finder\r\n"));
    struct openpgp_key x = good(a, asc), y = good(a, buf_str(&b));
    CHECK_STR(openpgp_key_put(a, &x), openpgp_key_put(a, &y));
}

TEST(an_altered_armor_is_damaged)
{
    str asc = read_key(a, "ed25519.asc");
    ptrdiff_t at = str_find(asc, S("\n\n")) + 40;
    bad(a, S("pgp_damaged"),
        str_join(a, str_join(a, str_sub(asc, 0, (size_t)at), S("*")),
                 str_from(asc, (size_t)at + 1)));
    bad(a, S("pgp_damaged"),
        str_join(a, str_sub(asc, 0, (size_t)at), str_from(asc, (size_t)at + 8)));
}

/* A version 4 key packet and a user id, in the new format. */
static str packet(struct arena *a, unsigned tag, str body)
{
    must(body.n < 192);
    return str_join(a, str_fmt(a, "%c%c", 0xc0 | (int)tag, (int)body.n), body);
}

TEST(what_no_self_signature_speaks_for_is_left_out)
{
    str key =
        str_join(a, (str){"\x04\x67\x80\x00\x00\x1b", 6}, S("01234567890123456789012345678901"));
    str bytes = str_join(a, packet(a, 6, key), packet(a, 13, S("Someone else <x@example.org>")));
    bytes = str_join(a, bytes, packet(a, 14, key));
    struct openpgp_key k = good(a, bytes);
    CHECK_I64(0, (i64)k.users.n);
    CHECK_I64(0, (i64)k.subkeys.n);
}

static str four(struct arena *a, uint32_t n)
{
    return str_fmt(a, "%c%c%c%c", (int)(n >> 24 & 255), (int)(n >> 16 & 255), (int)(n >> 8 & 255),
                   (int)(n & 255));
}

/* A positive certification (0x13) as RFC 9580, 5.2.3 has it, down to the hash's two octets:
 * made, and for how long the key is valid, in seconds; by the key with this id. */
static str certification(struct arena *a, uint32_t made, uint32_t valid, str id)
{
    buf b = {.a = a};
    buf_put(&b, (str){"\x04\x13\x1b\x08\x00\x0c\x05\x02", 8});
    buf_put(&b, four(a, made));
    buf_put(&b, (str){"\x05\x09", 2});
    buf_put(&b, four(a, valid));
    buf_put(&b, (str){"\x00\x0a\x09\x10", 4});
    buf_put(&b, id);
    buf_put(&b, (str){"\x12\x34", 2});
    return packet(a, 2, buf_str(&b));
}

TEST(the_newest_certification_counts_wherever_it_stands)
{
    enum { CREATED = 0x67800000, DAY_S = 86400 };
    str key = packet(
        a, 6,
        str_join(a, (str){"\x04\x67\x80\x00\x00\x1b", 6}, S("01234567890123456789012345678901")));
    str user = packet(a, 13, S("A <a@example.org>")), print, id;
    struct openpgp_key k = good(a, key);
    must(hex_decode(a, str_lower(a, k.self.fingerprint), &print));
    id = str_from(print, 12);
    str old = certification(a, CREATED + 10, 100 * DAY_S, id);
    str newer = certification(a, CREATED + 20, 200 * DAY_S, id);
    str other = certification(a, CREATED + 30, 300 * DAY_S, S("\1\2\3\4\5\6\7\10"));
    key = str_join(a, key, user);
    k = good(a, str_join(a, key, str_join(a, old, str_join(a, newer, other))));
    CHECK_I64(k.self.created + 200 * DAY, k.self.expires.v);
    k = good(a, str_join(a, key, str_join(a, other, str_join(a, newer, old))));
    CHECK_I64(k.self.created + 200 * DAY, k.self.expires.v);
    CHECK_I64(1, (i64)k.users.n);
}

TEST(an_old_version_is_said_to_be_one)
{
    bad(a, S("pgp_version"), packet(a, 6, (str){"\x03\x67\x80\x00\x00\x00\x00\x01", 8}));
    bad(a, S("pgp_damaged"), packet(a, 6, (str){"\x04\x67", 2}));
}

/* The first user id of ed25519.pgp, overwritten in place: its signature no longer fits, which
 * gpg will see; here it has to come out as text that can be shown. */
static str with_user(struct arena *a, str text)
{
    str pgp = read_key(a, "ed25519.pgp"), name = S("PSIRT Example <psirt@example.jp>");
    char *p = NEWS(a, char, pgp.n);
    memcpy(p, pgp.p, pgp.n);
    memcpy(p + str_find(pgp, name), text.p, text.n);
    struct openpgp_key k = good(a, (str){p, pgp.n});
    for (size_t i = 0; i < k.users.n; i++)
        if (str_has_suffix(k.users.v[i].text, S("<psirt@example.jp>")))
            return k.users.v[i].text;
    return NO_STR;
}

TEST(a_name_cannot_hold_what_cannot_be_shown)
{
    CHECK_STR(S("PS\xef\xbf\xbdRT Example <psirt@example.jp>"), with_user(a, S("PS\xffRT")));
    CHECK_STR(S("PS\xef\xbf\xbdRT Example <psirt@example.jp>"), with_user(a, S("PS\nRT")));
    CHECK_STR(S("PS\xef\xbf\xbdT Example <psirt@example.jp>"), with_user(a, S("PS\xc2\x85T")));
    CHECK_STR(S("P\xef\xbf\xbdT Example <psirt@example.jp>"), with_user(a, S("P\xe2\x80\xaeT")));
}

TEST(the_sheet_brings_back_every_key)
{
    static const char *const names[] = {"ed25519.asc", "dsa.asc", "several-uids.asc", "v6.asc"};
    for (size_t i = 0; i < COUNT(names); i++) {
        struct openpgp_key k = good(a, read_key(a, names[i])), back;
        str sheet = openpgp_key_put(a, &k);
        CHECK(openpgp_key_take(a, sheet, &back));
        CHECK_STR(sheet, openpgp_key_put(a, &back));
    }
}

TEST(a_sheet_from_a_child_gone_bad_is_refused)
{
    struct openpgp_key k;
    str line = S("key\t4\t0123456789ABCDEF0123456789ABCDEF01234567\ted25519\t1\t-\t3\t0\n");
    CHECK(openpgp_key_take(a, line, &k));
    CHECK(!openpgp_key_take(a, S(""), &k));
    CHECK(!openpgp_key_take(a, S("key\t4\n"), &k));
    CHECK(!openpgp_key_take(a, S("key\t5\t0123456789ABCDEF0123456789ABCDEF01234567\tx\t1\t-\t3\t0"),
                            &k));
    CHECK(!openpgp_key_take(a, S("key\t4\t<script>alert(1)</script>\ted25519\t1\t-\t3\t0\n"), &k));
    CHECK(!openpgp_key_take(a, str_join(a, line, S("user\t\xff\t0\t0\n")), &k));
    CHECK(!openpgp_key_take(a, str_join(a, line, S("user\tA\t2\t0\n")), &k));
    CHECK(!openpgp_key_take(a, str_join(a, line, S("other\tA\n")), &k));
    buf many = {.a = a};
    buf_put(&many, line);
    for (size_t i = 0; i <= OPENPGP_PARTS_MAX; i++)
        buf_put(&many, S("user\tA\t0\t0\n"));
    CHECK(!openpgp_key_take(a, buf_str(&many), &k));
}

TEST(the_job_writes_the_sheet_or_the_problem)
{
    buf out = {.a = a};
    CHECK_ERR(OK, openpgp_key_job(a, read_key(a, "rsa.asc"), &out));
    CHECK(str_has_prefix(buf_str(&out), S("key\t4\t")));
    out = (buf){.a = a};
    CHECK_ERR(E_INVALID, openpgp_key_job(a, S("hello"), &out));
    CHECK_STR(S("pgp_not_a_key"), buf_str(&out));
}
