/* once.c - see once.h. */
#include "app/once.h"

#include "gen/sql.h"

#include <sodium.h>
#include <string.h>

enum err once_reserve(struct ctx *cx)
{
    if (cx->once_key.n == 0 || cx->once_used)
        return OK;
    return q_once_add(cx->db, .key_hash = cx->once_key, .body_hash = cx->once_body,
                      .response = S(""), .created = cx->now);
}

/* BLAKE2b-256 of several parts, each led by its length. */
static str hash_parts(struct arena *a, const str *parts, size_t n)
{
    crypto_generichash_state st;
    unsigned char *out = NEWS(a, unsigned char, 32);
    (void)crypto_generichash_init(&st, NULL, 0, 32);
    for (size_t i = 0; i < n; i++) {
        uint64_t len = parts[i].n;
        (void)crypto_generichash_update(&st, (const unsigned char *)&len, sizeof len);
        (void)crypto_generichash_update(&st, (const unsigned char *)parts[i].p, parts[i].n);
    }
    (void)crypto_generichash_final(&st, out, 32);
    return (str){(char *)out, 32};
}

static str response_key(struct ctx *cx, str key, str body)
{
    str parts[] = {S("response"), key, body};
    return hash_parts(cx->a, parts, COUNT(parts));
}

static enum err unseal(struct ctx *cx, str key, str box, str *out)
{
    enum { NONCE = crypto_secretbox_NONCEBYTES, MAC = crypto_secretbox_MACBYTES };
    if (box.n < NONCE + MAC)
        return fail(cx, E_CONFLICT, "the answer to a once-token was never kept");
    unsigned char *plain = NEWS(cx->a, unsigned char, box.n);
    const unsigned char *p = (const unsigned char *)box.p;
    if (crypto_secretbox_open_easy(plain, p + NONCE, box.n - NONCE, p,
                                   (const unsigned char *)key.p) != 0)
        return fail(cx, E_IO, "a kept answer does not open");
    *out = (str){(char *)plain, box.n - NONCE - MAC};
    return OK;
}

static enum err once_refuse(struct ctx *cx, str code)
{
    (void)wrong(cx, S("Idempotency-Key"), code);
    return E_CONFLICT;
}

enum err once_look(struct ctx *cx, str key, str route, str body, struct once_answer *out)
{
    struct q_once_get row;
    str who = cx->who.person_id.n ? cx->who.person_id : cx->who.report_id;
    str parts[] = {S("key"), key, route, who};
    *out = (struct once_answer){0};
    cx->once_key = hash_parts(cx->a, parts, COUNT(parts));
    cx->once_body = hash_of(cx->a, body);
    TRY(app_read(cx));
    enum err e = q_once_get(cx->db, &row, .key_hash = cx->once_key);
    if (e == E_NOT_FOUND)
        return OK;
    TRY(e);
    if (!str_eq(row.body_hash, cx->once_body))
        return once_refuse(cx, S("once_other_body"));
    if (row.status == 0)
        return once_refuse(cx, S("once_no_answer"));
    out->status = row.status;
    out->found = true;
    return unseal(cx, response_key(cx, key, body), row.response, &out->response);
}

struct keep {
    str key_hash, answer;
    i64 status;
};

static enum err write_answer(struct ctx *cx, void *arg)
{
    const struct keep *k = arg;
    return q_once_answer(cx->db, .key_hash = k->key_hash, .status = k->status,
                         .response = k->answer);
}

static struct keep seal_answer(struct ctx *cx, str key, str body, i64 status, str response)
{
    enum { NONCE = crypto_secretbox_NONCEBYTES, MAC = crypto_secretbox_MACBYTES };
    unsigned char *box = NEWS(cx->a, unsigned char, NONCE + MAC + response.n);
    random_bytes(&cx->app->random, box, NONCE);
    (void)crypto_secretbox_easy(box + NONCE, (const unsigned char *)response.p, response.n, box,
                                (const unsigned char *)response_key(cx, key, body).p);
    return (struct keep){cx->once_key, {(char *)box, NONCE + MAC + response.n}, status};
}

enum err once_keep(struct ctx *cx, str key, str body, i64 status, str response)
{
    if (!cx->once_used)
        return OK; /* nothing was written: it may be tried again */
    struct keep k = seal_answer(cx, key, body, status, response);
    return db_write(cx, write_answer, &k);
}

enum err once_keep_within(struct ctx *cx, str key, str body, i64 status, str response)
{
    struct keep k = seal_answer(cx, key, body, status, response);
    TRY(write_answer(cx, &k));
    cx->once_kept = true;
    return OK;
}
