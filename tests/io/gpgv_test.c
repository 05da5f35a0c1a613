/* gpgv_test.c - signatures by our own writer, judged by gpgv; and the enclosure that it runs in. */
#include "t.h"

#include "base/time.h"
#include "formats/armor.h"
#include "formats/openpgp_sign.h"
#include "io/gpgv.h"
#include "io/landlock.h"
#include "io/tool.h"

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

/* --- what a program that is run apart can do --------------------------------------------------- */

static enum err shell(struct arena *a, const char *script, const struct tool *as, str *said)
{
    const char *const argv[] = {"/bin/sh", "-c", script, NULL};
    struct tool t = *as;
    struct fault f = {0};
    t.argv = argv;
    return tool_run(a, &f, &t, said);
}

static const struct tool plain = {.inputs = {S_INIT("keys\n"), S_INIT("signature\n"), S_INIT("")},
                                  .most = 100,
                                  .timeout_ms = 60000};

TEST(a_program_apart_reads_its_inputs_and_its_answer_comes_back)
{
    str said;
    CHECK_ERR(OK,
              shell(a, "read a </dev/fd/5; read b </dev/fd/6; echo $a $b; exit 3", &plain, &said));
    CHECK_STR(S("keys signature\n"), said);
    CHECK_ERR(OK, shell(a, "exit", &plain, &said));
    CHECK_STR(S(""), said);
}

TEST(a_program_apart_starts_no_other_writes_nothing_and_reads_no_files_of_ours)
{
    str said, file = str_fmt(a, "/tmp/kakehashi-apart-%d", (int)getpid());
    FILE *f = fopen(str_to_z(a, file), "w");
    must(f != NULL && fputs("secret\n", f) >= 0 && fclose(f) == 0);
    CHECK_ERR(OK, shell(a, "echo here; (echo no)", &plain, &said));
    CHECK_STR(S("here\n"), said); /* what is in parentheses is another process */
    const char *reads = str_to_z(a, str_fmt(a, "read x <%.*s && echo $x", SV(file)));
    CHECK_ERR(OK, shell(a, reads, &plain, &said));
    CHECK_STR(landlock_abi() > 0 ? S("") : S("secret\n"), said);
    const char *writes = str_to_z(a, str_fmt(a, "echo no >%.*s && echo written", SV(file)));
    CHECK_ERR(landlock_abi() > 0 ? OK : E_IO, shell(a, writes, &plain, &said)); /* SIGXFSZ */
    CHECK_STR(S(""), said);
    CHECK_ERR(OK, shell(a, "echo x >/dev/fd/5 && echo written", &plain, &said));
    CHECK_STR(S(""), said);
    must(unlink(str_to_z(a, file)) == 0);
}

TEST(a_program_apart_that_does_not_end_or_prints_too_much_is_ended)
{
    struct tool brief = plain;
    str said;
    brief.timeout_ms = 1;
    CHECK_ERR(E_IO, shell(a, "while :; do :; done", &brief, &said));
    CHECK_ERR(E_IO, shell(a, "while :; do echo much; done", &plain, &said));
    const char *const none[] = {"/nowhere/gpgv", NULL};
    struct fault f = {0};
    brief.argv = none;
    CHECK_ERR(E_NOT_FOUND, tool_run(a, &f, &brief, &said));
}
