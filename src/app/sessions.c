/* sessions.c - see sessions.h. */
#include "app/sessions.h"

#include "app/auth.h"
#include "base/encode.h"
#include "gen/sql.h"

enum { REF_BYTES = 12 };

static str ref_of(struct arena *a, str hash)
{
    return hex_encode(a, str_sub(hash, 0, REF_BYTES));
}

/* Those that have not ended by themselves. */
static enum err own(struct ctx *cx, struct q_sessions_of **rows, size_t *n)
{
    if (cx->who.person_id.n == 0 || cx->door == DOOR_API)
        return E_DENIED;
    TRY(app_read(cx));
    return q_sessions_of(cx->db, rows, n, .person_id = cx->who.person_id,
                         .seen_after = cx->now - SESSION_IDLE,
                         .created_after = cx->now - SESSION_MOST);
}

enum err session_list(struct ctx *cx, str here, struct session_line **out, size_t *n)
{
    struct q_sessions_of *rows;
    str hash = hash_of(cx->a, here);
    TRY(own(cx, &rows, n));
    *out = NEWS(cx->a, struct session_line, *n + 1);
    for (size_t i = 0; i < *n; i++)
        (*out)[i] = (struct session_line){.ref = ref_of(cx->a, rows[i].token_hash),
                                          .created = rows[i].created,
                                          .seen = rows[i].seen,
                                          .here = str_eq(rows[i].token_hash, hash)};
    return OK;
}

static enum err end_one(struct ctx *cx, void *arg)
{
    const str *ref = arg;
    struct q_sessions_of *rows;
    size_t n;
    TRY(own(cx, &rows, &n));
    for (size_t i = 0; i < n; i++)
        if (str_eq(ref_of(cx->a, rows[i].token_hash), *ref))
            return q_session_end(cx->db, .token_hash = rows[i].token_hash);
    return E_NOT_FOUND;
}

enum err session_end_ref(struct ctx *cx, str ref)
{
    return db_write(cx, end_one, &ref);
}

static enum err end_others(struct ctx *cx, void *arg)
{
    return q_session_end_others(cx->db, .person_id = cx->who.person_id,
                                .but = hash_of(cx->a, *(const str *)arg));
}

enum err session_end_others(struct ctx *cx, str here)
{
    if (cx->who.person_id.n == 0 || cx->door == DOOR_API)
        return E_DENIED;
    return db_write(cx, end_others, &here);
}
