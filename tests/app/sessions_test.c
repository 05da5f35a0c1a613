/* sessions_test.c - one's own sessions: listed, and ended. */
#include "t.h"

#include "app/auth.h"
#include "app/sessions.h"
#include "help/app.h"

static str enter(struct stage *st, const char *login)
{
    struct ctx *cx = stage_nobody(st);
    str token;
    i64 retry;
    CHECK_OK(cx, sign_in(cx, str_z(login), S(STAGE_PASSWORD), S("192.0.2.1"), &token, &retry));
    return token;
}

static struct ctx *at(struct stage *st, str token)
{
    struct ctx *cx = stage_nobody(st);
    CHECK_OK(cx, session_open(cx, token));
    return cx;
}

APP_TEST(a_person_sees_its_own_sessions_and_which_is_this)
{
    struct session_line *rows;
    size_t n;
    stage_cast(st);
    str first = enter(st, "mihon.poc");
    (void)enter(st, "reiji.poc");
    (void)stage_later(st, 10 * MINUTE);
    str here = enter(st, "mihon.poc");
    struct ctx *cx = at(st, here);
    CHECK_OK(cx, session_list(cx, here, &rows, &n));
    CHECK_I64(2, (i64)n);
    CHECK(rows[0].here && !rows[1].here); /* the latest first */
    CHECK_I64(10 * MINUTE, rows[0].seen - rows[1].seen);
    CHECK(str_find(first, rows[1].ref) < 0);
    (void)stage_later(st, 55 * MINUTE); /* the first was idle for more than an hour */
    cx = at(st, here);
    CHECK_OK(cx, session_list(cx, here, &rows, &n));
    CHECK_I64(1, (i64)n);
}

APP_TEST(a_session_is_ended_by_its_person_alone)
{
    struct session_line *rows;
    size_t n;
    stage_cast(st);
    str away = enter(st, "mihon.poc"), here = enter(st, "mihon.poc");
    str other = enter(st, "reiji.poc");
    struct ctx *cx = at(st, here);
    CHECK_OK(cx, session_list(cx, here, &rows, &n));
    str ref = rows[0].here ? rows[1].ref : rows[0].ref;
    struct ctx *stranger = at(st, other);
    CHECK_ERR(E_NOT_FOUND, session_end_ref(stranger, ref));
    cx = at(st, here);
    CHECK_OK(cx, session_end_ref(cx, ref));
    cx = stage_nobody(st);
    CHECK_ERR(E_NOT_FOUND, session_open(cx, away));
    cx = at(st, here);
    CHECK_ERR(E_NOT_FOUND, session_end_ref(cx, ref)); /* gone already */
}

APP_TEST(all_other_sessions_end_and_nobody_elses)
{
    stage_cast(st);
    str away = enter(st, "mihon.poc"), here = enter(st, "mihon.poc");
    str other = enter(st, "reiji.poc");
    struct ctx *cx = at(st, here);
    CHECK_OK(cx, session_end_others(cx, here));
    cx = stage_nobody(st);
    CHECK_ERR(E_NOT_FOUND, session_open(cx, away));
    (void)at(st, here);
    (void)at(st, other);
    cx = stage_nobody(st);
    CHECK_ERR(E_DENIED, session_end_others(cx, here));
}
