/* ctx_test.c - writes of one request: a write within a write is a part of it. */
#include "t.h"

#include "gen/sql.h"
#include "help/app.h"

static enum err put_inner(struct ctx *cx, void *arg)
{
    (void)arg;
    return q_setting_add(cx->db, .key = S("inner"), .value = S("1"));
}

static enum err put_outer(struct ctx *cx, void *arg)
{
    struct q_setting_get row;
    TRY(q_setting_add(cx->db, .key = S("outer"), .value = S("1")));
    TRY(db_write(cx, put_inner, NULL));
    TRY(app_read(cx));
    TRY(q_setting_get(cx->db, &row, .key = S("inner"))); /* seen by what follows in it */
    app_read_end(cx);
    return *(enum err *)arg;
}

static enum err look(struct ctx *cx, const char *key)
{
    struct q_setting_get row;
    TRY(app_read(cx));
    enum err e = q_setting_get(cx->db, &row, .key = str_z(key));
    app_read_end(cx);
    return e;
}

APP_TEST(a_write_within_a_write_is_kept_or_dropped_with_it)
{
    enum err want = E_DENIED;
    struct ctx *cx = stage_nobody(st);
    CHECK_ERR(E_DENIED, db_write(cx, put_outer, &want));
    CHECK_ERR(E_NOT_FOUND, look(cx, "outer"));
    CHECK_ERR(E_NOT_FOUND, look(cx, "inner"));
    want = OK;
    CHECK_ERR(OK, db_write(cx, put_outer, &want));
    CHECK_ERR(OK, look(cx, "outer"));
    CHECK_ERR(OK, look(cx, "inner"));
}
