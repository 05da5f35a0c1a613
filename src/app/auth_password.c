/* auth_password.c - argon2id, and counting attempts. */
#include "app/auth.h"

#include "base/utf8.h"
#include "gen/sql.h"

#include <sodium.h>

enum { OPS = 2, MEMORY = 64 * 1024 * 1024 };

enum err password_hash(struct ctx *cx, str password, str *phc)
{
    char *out = NEWS(cx->a, char, crypto_pwhash_STRBYTES);
    if (crypto_pwhash_str_alg(out, password.p, password.n, OPS, MEMORY,
                              crypto_pwhash_ALG_ARGON2ID13) != 0)
        return fail(cx, E_BUSY, "not enough memory for argon2id");
    *phc = str_z(out);
    return OK;
}

/* A hash that nothing fits, so that an unknown login costs the same time. */
static const char nobody[] = "$argon2id$v=19$m=65536,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$"
                             "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

bool password_fits(struct arena *a, str phc, str password)
{
    bool known = phc.n > 0 && phc.n < crypto_pwhash_STRBYTES;
    char *z = NEWS(a, char, crypto_pwhash_STRBYTES);
    str from = known ? phc : str_z(nobody);
    for (size_t i = 0; i < from.n; i++)
        z[i] = from.p[i];
    bool fits = crypto_pwhash_str_verify(z, password.p ? password.p : "", password.n) == 0;
    return fits && known;
}

enum err password_check(struct ctx *cx, str field, str login, str password)
{
    enum { LEAST = 12, MOST = 200 };
    size_t n = utf8_count(password);
    if (n < LEAST)
        return wrong_limit(cx, field, S("too_short"), LEAST);
    if (n > MOST)
        return wrong_limit(cx, field, S("too_long"), MOST);
    if (str_eq_nocase(password, login))
        return wrong(cx, field, S("password_is_login"));
    return OK;
}

static str bucket_of(struct ctx *cx, str kind, str subject)
{
    return hash_of(cx->a, str_fmt(cx->a, "%.*s %.*s", SV(kind), SV(subject)));
}

enum err throttle_check(struct ctx *cx, str kind, str subject, i64 most, i64 window, i64 *retry_s)
{
    struct q_throttle_get row = {0};
    *retry_s = 0;
    TRY(app_read(cx));
    enum err e = q_throttle_get(cx->db, &row, .bucket = bucket_of(cx, kind, subject));
    if (e == E_NOT_FOUND || (e == OK && (row.n < most || cx->now - row.since >= window)))
        return OK;
    TRY(e);
    *retry_s = (row.since + window - cx->now + SECOND - 1) / SECOND;
    return fail(cx, E_BUSY, "tried too often: %.*s", SV(kind));
}

struct attempt {
    str bucket;
    i64 window;
};

static enum err count_attempt(struct ctx *cx, void *arg)
{
    const struct attempt *t = arg;
    struct q_throttle_get row = {0};
    enum err e = q_throttle_get(cx->db, &row, .bucket = t->bucket);
    if (e != OK && e != E_NOT_FOUND)
        return e;
    if (e == E_NOT_FOUND || cx->now - row.since >= t->window)
        row = (struct q_throttle_get){.since = cx->now, .n = 0};
    return q_throttle_put(cx->db, .bucket = t->bucket, .since = row.since, .n = row.n + 1);
}

enum err throttle_count(struct ctx *cx, str kind, str subject, i64 window)
{
    struct attempt t = {bucket_of(cx, kind, subject), window};
    return db_write(cx, count_attempt, &t);
}

static enum err forget(struct ctx *cx, void *arg)
{
    return q_throttle_clear(cx->db, .bucket = *(str *)arg);
}

enum err throttle_forget(struct ctx *cx, str kind, str subject)
{
    str bucket = bucket_of(cx, kind, subject);
    return db_write(cx, forget, &bucket);
}
