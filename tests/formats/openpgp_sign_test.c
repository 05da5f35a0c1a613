/* openpgp_sign_test.c - keys and signatures of our own, with our reader and gpg as judges. */
#include "t.h"

#include "base/time.h"
#include "formats/armor.h"
#include "formats/openpgp_key.h"
#include "formats/openpgp_sign.h"
#include "formats/openpgp_verify.h"

#include <string.h>
#include <unistd.h>

static struct pgp_signer signer(void)
{
    struct pgp_signer s = {.user = S("Portal of examples <psirt@example.jp>"),
                           .valid_ms = 3650 * DAY};
    must(time_parse(S("2026-01-02T03:04:05Z"), zone_utc, &s.created));
    for (size_t i = 0; i < sizeof s.seed; i++)
        s.seed[i] = (unsigned char)(i * 7 + 1);
    return s;
}

TEST(our_reader_reads_our_key)
{
    struct pgp_signer s = signer();
    struct openpgp_key k;
    str problem;
    CHECK_ERR(OK, openpgp_key_read(a, pgp_signer_public(a, &s), &k, &problem));
    CHECK_STR(pgp_signer_fingerprint(a, &s), k.self.fingerprint);
    CHECK_STR(S("ed25519"), k.self.algorithm);
    CHECK_I64(s.created, k.self.created);
    CHECK_I64(s.created + s.valid_ms, k.self.expires.v);
    CHECK_I64(USE_CERTIFY | USE_SIGN, k.self.use);
    CHECK_STR(s.user, k.users.v[0].text);
}

/* --- gpg --------------------------------------------------------------------------------------- */

struct gpg {
    char home[32];
};

static str in_home(struct arena *a, const struct gpg *g, const char *name)
{
    return str_fmt(a, "%s/%s", g->home, name);
}

static void keep(struct arena *a, const struct gpg *g, const char *name, str bytes)
{
    FILE *f = fopen(str_to_z(a, in_home(a, g, name)), "we");
    must(f != NULL && fwrite(bytes.p, 1, bytes.n, f) == bytes.n && fclose(f) == 0);
}

static bool gpg_says_good(struct arena *a, const struct gpg *g, const char *args)
{
    str line = str_fmt(a, "cd %s && gpg --homedir . --batch --trust-model always %s >log 2>&1",
                       g->home, args);
    return system(str_to_z(a, line)) == 0;
}

static bool gpg_open(struct arena *a, struct gpg *g, const struct pgp_signer *s)
{
    *g = (struct gpg){"/tmp/kakehashi-gpg-XXXXXX"};
    must(mkdtemp(g->home) != NULL);
    keep(a, g, "key.asc", pgp_signer_public(a, s));
    return gpg_says_good(a, g, "--import key.asc");
}

static void gpg_close(struct arena *a, const struct gpg *g)
{
    str line = str_fmt(a, "gpgconf --homedir %s --kill all; rm -rf %s", g->home, g->home);
    must(system(str_to_z(a, line)) == 0);
}

TEST(gpg_accepts_what_was_signed_and_nothing_else)
{
    static const char *const texts[] = {"", "one", "{\n  \"document\": \"文書\"\n}\n"};
    struct pgp_signer s = signer();
    struct gpg g;
    if (system("gpg --version >/dev/null 2>&1") != 0)
        SKIP("gpg is not installed");
    CHECK(gpg_open(a, &g, &s));
    for (size_t i = 0; i < COUNT(texts); i++) {
        keep(a, &g, "doc", str_z(texts[i]));
        keep(a, &g, "doc.asc", pgp_sign(a, &s, str_z(texts[i]), s.created + DAY + (i64)i));
        CHECK(gpg_says_good(a, &g, "--verify doc.asc doc"));
        keep(a, &g, "doc", S("another"));
        CHECK(!gpg_says_good(a, &g, "--verify doc.asc doc"));
    }
    gpg_close(a, &g);
}

/* S and R of a signature are numbers: now and then one begins with zeros. */
TEST(gpg_accepts_many_signatures_of_many_keys)
{
    struct pgp_signer s = signer();
    struct gpg g;
    if (system("gpg --version >/dev/null 2>&1") != 0)
        SKIP("gpg is not installed");
    CHECK(gpg_open(a, &g, &s));
    buf line = {.a = a};
    buf_put(&line, S("--verify-files"));
    for (int i = 0; i < 200; i++) {
        str name = str_fmt(a, "c%03d.asc", i);
        keep(a, &g, str_to_z(a, name),
             pgp_sign_clear(a, &s, str_fmt(a, "- text %d \n-- \n\nend", i), s.created + DAY));
        buf_putf(&line, " %.*s", SV(name));
    }
    CHECK(gpg_says_good(a, &g, str_to_z(a, buf_str(&line))));
    gpg_close(a, &g);
}

TEST(a_clear_text_stays_readable_and_its_dashes_are_kept_apart)
{
    struct pgp_signer s = signer();
    str text = pgp_sign_clear(a, &s, S("Contact: a\n- dash  \n"), s.created);
    CHECK(str_has_prefix(text, S("-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\n"
                                 "Contact: a\n- - dash\n-----BEGIN PGP SIGNATURE-----\n\n")));
    CHECK_STR(text, pgp_sign_clear(a, &s, S("Contact: a\n- dash\n"), s.created));
}

/* --- our own check ------------------------------------------------------------------------------ */

static enum err verified(struct arena *a, const struct pgp_signer *s, str signature, str bytes)
{
    i64 at;
    return pgp_verify(a, pgp_signer_public(a, s), signature, bytes, &at);
}

TEST(a_signature_verifies_over_these_bytes_by_this_key_alone)
{
    struct pgp_signer s = signer(), other = signer();
    other.seed[0]++;
    for (int i = 0; i < 300; i++) { /* numbers that begin with zeros among them */
        str text = str_fmt(a, "document %d", i), asc = pgp_sign(a, &s, text, s.created + i * DAY);
        i64 at;
        CHECK_ERR(OK, pgp_verify(a, pgp_signer_public(a, &s), asc, text, &at));
        CHECK_I64(s.created + i * DAY, at);
    }
    str asc = pgp_sign(a, &s, S("one"), s.created);
    CHECK_ERR(E_INVALID, verified(a, &s, asc, S("two")));
    CHECK_ERR(E_INVALID, verified(a, &s, asc, S("")));
    CHECK_ERR(E_INVALID, verified(a, &other, asc, S("one")));
    CHECK_ERR(E_INVALID, verified(a, &s, pgp_sign(a, &other, S("one"), s.created), S("one")));
    CHECK_ERR(E_INVALID, verified(a, &s, S(""), S("one")));
    CHECK_ERR(E_INVALID, verified(a, &s, pgp_signer_public(a, &s), S("one")));
}

TEST(a_signature_cut_off_or_altered_anywhere_does_not_verify)
{
    struct pgp_signer s = signer();
    struct armor block;
    must(armor_read(a, pgp_sign(a, &s, S("one"), s.created), &block));
    CHECK_ERR(OK, verified(a, &s, block.bytes, S("one")));
    size_t unhashed = str_find(block.bytes, S("\x09\x10")) >= 0
                          ? (size_t)str_find(block.bytes, S("\x09\x10"))
                          : 0;
    must(unhashed > 0);
    for (size_t i = 0; i < block.bytes.n; i++) {
        char *copy = NEWS(a, char, block.bytes.n);
        memcpy(copy, block.bytes.p, block.bytes.n);
        copy[i] ^= 1;
        bool said_apart = i >= unhashed && i < unhashed + 10; /* the issuer: a hint, not signed */
        if (!said_apart)
            CHECK(verified(a, &s, (str){copy, block.bytes.n}, S("one")) != OK);
        CHECK(verified(a, &s, str_sub(block.bytes, 0, i), S("one")) != OK);
    }
}

static str kept(struct arena *a, const struct gpg *g, const char *name)
{
    FILE *f = fopen(str_to_z(a, in_home(a, g, name)), "re");
    char *bytes = NEWS(a, char, 100000);
    must(f != NULL);
    str out = {bytes, fread(bytes, 1, 100000, f)};
    (void)fclose(f);
    return out;
}

TEST(a_signature_by_gpg_verifies)
{
    static const char make[] =
        "--passphrase '' --quick-gen-key 'A <a@example.jp>' ed25519 sign never";
    struct gpg g = {"/tmp/kakehashi-gpg-XXXXXX"};
    i64 at;
    if (system("gpg --version >/dev/null 2>&1") != 0)
        SKIP("gpg is not installed");
    must(mkdtemp(g.home) != NULL);
    keep(a, &g, "doc", S("written by another"));
    CHECK(gpg_says_good(a, &g, make) && gpg_says_good(a, &g, "--armor -o key.asc --export"));
    CHECK(gpg_says_good(a, &g, "--digest-algo SHA512 --armor --detach-sign doc"));
    str key = kept(a, &g, "key.asc"), asc = kept(a, &g, "doc.asc");
    CHECK_ERR(OK, pgp_verify(a, key, asc, S("written by another"), &at));
    CHECK_ERR(E_INVALID, pgp_verify(a, key, asc, S("written by Another"), &at));
    gpg_close(a, &g);
}
