/* gpgv_test.c - signatures by our own writer, judged by gpgv in its enclosure. */
#include "t.h"

#include "base/time.h"
#include "formats/armor.h"
#include "formats/openpgp_sign.h"
#include "io/gpgv.h"

#include <unistd.h>

static const struct pgp_signer one = {.seed = {1}, .created = 1600000000000, .user = S_INIT("one")},
                               two = {.seed = {2}, .created = 1600000000000, .user = S_INIT("two")},
                               old = {.seed = {3},
                                      .created = 1600000000000,
                                      .valid_ms = DAY,
                                      .user = S_INIT("old")};

static str keys_of(struct arena *a, const struct pgp_signer *s)
{
    struct armor block;
    must(armor_read(a, pgp_signer_public(a, s), &block));
    return block.bytes;
}

static enum err check(struct arena *a, str keys, str signature, str bytes, str *said)
{
    struct fault f = {0};
    str why = NO_STR, fingerprint = NO_STR;
    const struct gpgv_check c = {keys, signature, bytes, 60000};
    if (access("/usr/bin/gpgv", X_OK) != 0)
        SKIP("gpgv is not installed");
    enum err e = gpgv(a, &f, &c, &fingerprint, &why);
    if (e == E_IO)
        (void)printf("%s\n", f.text);
    *said = e == OK ? fingerprint : why;
    return e;
}

TEST(a_good_signature_names_the_key)
{
    str said, text = S("advisory"), sig = pgp_sign(a, &one, text, 1600000001000);
    str both = str_join(a, keys_of(a, &two), keys_of(a, &one));
    CHECK_ERR(OK, check(a, both, sig, text, &said));
    CHECK_STR(pgp_signer_fingerprint(a, &one), said);
}

TEST(other_bytes_another_key_and_no_signature_are_refused)
{
    str said, text = S("advisory"), sig = pgp_sign(a, &one, text, 1600000001000);
    CHECK_ERR(E_INVALID, check(a, keys_of(a, &one), sig, S("advisors"), &said));
    CHECK_STR(S("BADSIG"), said);
    CHECK_ERR(E_INVALID, check(a, keys_of(a, &two), sig, text, &said));
    CHECK_STR(S("ERRSIG"), said);
    CHECK_ERR(E_INVALID, check(a, keys_of(a, &one), S("hello"), text, &said));
    CHECK_STR(S("NODATA"), said);
    CHECK_ERR(E_INVALID, check(a, S("no keys"), sig, text, &said));
}

TEST(a_key_that_expired_is_refused)
{
    str said, text = S("advisory"), sig = pgp_sign(a, &old, text, 1600000001000);
    CHECK_ERR(E_INVALID, check(a, keys_of(a, &old), sig, text, &said));
    CHECK_STR(S("EXPKEYSIG"), said);
}
