/* sign.c - see sign.h. */
#include "io/sign.h"

#include "base/encode.h"
#include "base/time.h"
#include "formats/openpgp_sign.h"
#include "io/effects.h"
#include "io/files.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { VALID_DAYS = 5 * 365, TIMEOUT_MS = 30000 };

/* Of the effects process alone; set once by prepare(), read by its children. */
static struct pgp_signer key;
static bool has_key;

/* --- the file --------------------------------------------------------------------------------- */

/* Four lines: what it is, when it was made, the seed, the user. */
static const str first_line = S_INIT("kakehashi openpgp ed25519 secret 1");

const char *sign_key_path(struct arena *a, str data_dir, str keys_dir)
{
    return str_to_z(a, str_join(a, keys_dir.n > 0 ? keys_dir : data_dir, S("/openpgp.key")));
}

static bool is_below(str path, str folder)
{
    return str_eq(path, folder) || (str_has_prefix(path, folder) && path.p[folder.n] == '/');
}

enum err sign_keys_dir(struct arena *a, str data_dir, str keys_dir, struct fault *f)
{
    char data[PATH_MAX], keys[PATH_MAX];
    struct stat st;
    if (keys_dir.n == 0)
        return OK;
    bool made = mkdir(str_to_z(a, keys_dir), 0700) == 0;
    if (realpath(str_to_z(a, keys_dir), keys) == NULL ||
        realpath(str_to_z(a, data_dir), data) == NULL || access(keys, W_OK) != 0)
        return fault_set(f, E_IO, "the folder %.*s cannot be made or written to", SV(keys_dir));
    if (is_below(str_z(keys), str_z(data))) {
        if (made)
            (void)rmdir(keys);
        return fault_set(f, E_INVALID, "--keys has to lie outside --data");
    }
    if (stat(keys, &st) != 0 || st.st_uid != geteuid() || (st.st_mode & 077) != 0)
        return fault_set(f, E_INVALID,
                         "the folder %.*s of --keys has to be the server's alone: chmod 700",
                         SV(keys_dir));
    const char *before = sign_key_path(a, data_dir, NO_STR),
               *now = sign_key_path(a, NO_STR, keys_dir);
    if (access(now, F_OK) != 0 && access(before, F_OK) == 0 && rename(before, now) != 0)
        return fault_set(f, E_IO, "%s has to be moved to %s by hand", before, now);
    return OK;
}

enum err sign_key_make(struct arena *a, const char *path, str user, i64 now, struct random *random,
                       struct fault *f)
{
    unsigned char seed[32];
    struct stat st;
    if (stat(path, &st) == 0)
        return fault_set(f, E_CONFLICT, "%s: there is a key already", path);
    random_bytes(random, seed, sizeof seed);
    str text = str_fmt(a, "%.*s\n%lld\n%.*s\n%.*s\n", SV(first_line), (long long)(now / SECOND),
                       SV(hex_encode(a, (str){(const char *)seed, sizeof seed})), SV(user));
    explicit_bzero(seed, sizeof seed);
    return file_write(a, path, text, 0600, f);
}

static enum err read_key(struct arena *a, const char *path, struct fault *f)
{
    struct stat st;
    str text, seed;
    i64 made = 0;
    if (stat(path, &st) == 0 && (st.st_mode & (S_IRWXG | S_IRWXO)) != 0)
        return fault_set(f, E_INVALID, "sign: others may read %s: chmod 600 it", path);
    TRY(file_read(a, path, 4096, f, &text));
    bool ok = str_eq(str_cut(&text, '\n'), first_line) && str_i64(str_cut(&text, '\n'), &made) &&
              hex_decode(a, str_cut(&text, '\n'), &seed) && seed.n == sizeof key.seed;
    if (!ok)
        return fault_set(f, E_INVALID, "sign: %s is no key of this program", path);
    key = (struct pgp_signer){.created = made * SECOND,
                              .valid_ms = VALID_DAYS * DAY,
                              .user = str_copy(a, str_cut(&text, '\n'))};
    memcpy(key.seed, seed.p, seed.n);
    has_key = true;
    return OK;
}

/* --- in the effects process -------------------------------------------------------------------- */

static enum err prepare(struct arena *a, const struct effects_options *o,
                        struct effects_reach *reach, struct fault *f)
{
    (void)reach;
    return o->sign.key_file != NULL ? read_key(a, o->sign.key_file, f) : OK;
}

/* Texts one behind another, each with its length in front: "5 hello". */
static void put_text(buf *b, str text)
{
    buf_putf(b, "%zu ", text.n);
    buf_put(b, text);
}

static bool take_text(str *rest, str *out)
{
    i64 n;
    if (!str_i64(str_cut(rest, ' '), &n) || (size_t)n > rest->n)
        return false;
    *out = str_sub(*rest, 0, (size_t)n);
    *rest = str_from(*rest, (size_t)n);
    return true;
}

static void put_key(struct arena *a, buf *answer)
{
    put_text(answer, pgp_signer_fingerprint(a, &key));
    put_text(answer, pgp_signer_public(a, &key));
    buf_i64(answer, key.created + key.valid_ms);
}

/* "key", or "detached" or "clear" and the texts, each with its instant in front. */
static enum err run(struct arena *a, str request, i64 timeout_ms, buf *answer)
{
    (void)timeout_ms;
    i64 at;
    str text, what = str_cut(&request, ' ');
    if (!has_key) /* an empty answer */
        return OK;
    if (str_eq(what, S("key")))
        put_key(a, answer);
    while (request.n > 0) {
        if (!str_i64(str_cut(&request, ' '), &at) || !take_text(&request, &text))
            return E_INVALID;
        if (at < key.created)
            at = key.created;
        put_text(answer, str_eq(what, S("clear")) ? pgp_sign_clear(a, &key, text, at)
                                                  : pgp_sign(a, &key, text, at));
    }
    return OK;
}

const struct effects_kind effects_sign = {S_INIT("sign"), prepare, run};

/* --- in the server ------------------------------------------------------------------------------ */

enum err sign_key(struct effects *e, struct arena *a, struct fault *f, struct sign_key *out)
{
    str answer;
    TRY(effects_run(e, a, f, S("sign"), S("key "), TIMEOUT_MS, &answer));
    if (answer.n == 0)
        return E_NOT_FOUND;
    bool ok = take_text(&answer, &out->fingerprint) && take_text(&answer, &out->certificate) &&
              str_i64(answer, &out->expires);
    return ok ? OK : fault_set(f, E_IO, "sign: the answer makes no sense");
}

enum err sign_many(struct effects *e, struct arena *a, struct fault *f, enum sign_form form,
                   const struct sign_text *texts, size_t n, str *out)
{
    buf request = {.a = a};
    str answer;
    buf_put(&request, form == SIGN_CLEAR ? S("clear ") : S("detached "));
    for (size_t i = 0; i < n; i++) {
        buf_putf(&request, "%lld ", (long long)texts[i].at);
        put_text(&request, texts[i].bytes);
    }
    TRY(effects_run(e, a, f, S("sign"), buf_str(&request), TIMEOUT_MS, &answer));
    if (answer.n == 0 && n > 0)
        return E_NOT_FOUND;
    for (size_t i = 0; i < n; i++)
        if (!take_text(&answer, &out[i]))
            return fault_set(f, E_IO, "sign: the answer makes no sense");
    return OK;
}
