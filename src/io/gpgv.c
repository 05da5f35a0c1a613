/* gpgv.c - see gpgv.h.  What it says are status lines (GnuPG, doc/DETAILS). */
#include "io/gpgv.h"

#include "io/tool.h"

enum { OUTPUT_MOST = 1 << 20 };

/* "[GNUPG:] VALIDSIG fingerprint date … primary" */
static str last_word(str line)
{
    str word = S("");
    while (line.n > 0)
        word = str_cut(&line, ' ');
    return word;
}

static enum err judge(struct arena *a, str said, str *fingerprint, str *why)
{
    static const str bad[] = {S_INIT("BADSIG"),    S_INIT("EXPSIG"), S_INIT("EXPKEYSIG"),
                              S_INIT("REVKEYSIG"), S_INIT("ERRSIG"), S_INIT("NODATA")};
    bool good = false;
    str primary = NO_STR;
    *why = S("NODATA");
    for (str rest = said; rest.n > 0;) {
        str line = str_cut(&rest, '\n');
        if (!str_has_prefix(line, S("[GNUPG:] ")))
            continue;
        line = str_from(line, 9);
        str words = line, what = str_cut(&words, ' ');
        for (size_t i = 0; i < COUNT(bad); i++)
            if (str_eq(what, bad[i])) {
                *why = bad[i];
                return E_INVALID;
            }
        good |= str_eq(what, S("GOODSIG"));
        if (str_eq(what, S("VALIDSIG")))
            primary = str_copy(a, last_word(line));
    }
    *fingerprint = primary;
    return good && primary.n > 0 ? OK : E_INVALID;
}

enum err gpgv(struct arena *a, struct fault *f, const struct gpgv_check *c, str *fingerprint,
              str *why)
{
    static const char *const argv[] = {
        "/usr/bin/gpgv", "--homedir", "/nonexistent", "--status-fd", "1",
        "--keyring",     "/dev/fd/5", "/dev/fd/6",    "/dev/fd/7",   NULL};
    const struct tool t = {.argv = argv,
                           .inputs = {c->keys, c->signature, c->bytes},
                           .most = OUTPUT_MOST,
                           .timeout_ms = c->timeout_ms};
    str said;
    TRY(tool_run(a, f, &t, &said));
    return judge(a, said, fingerprint, why);
}
