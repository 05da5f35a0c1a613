/* sessions.h - where one is signed in: one's own sessions, and their end.
 *
 * A session is named by a part of its token's hash, which opens nothing. */
#ifndef APP_SESSIONS_H
#define APP_SESSIONS_H

#include "app/ctx.h"

struct session_line {
    str ref;
    i64 created, seen; /* seen: to the minute */
    bool here;         /* the one that asks */
};

/* The latest used first; here: the token of the one that asks. */
enum err session_list(struct ctx *cx, str here, struct session_line **out, size_t *n);

/* E_NOT_FOUND: the actor has no such session. */
enum err session_end_ref(struct ctx *cx, str ref);

/* All but this one. */
enum err session_end_others(struct ctx *cx, str here);

#endif
