/* admin_own.h - inside app/: what the files of administration share. */
#ifndef APP_ADMIN_OWN_H
#define APP_ADMIN_OWN_H

#include "app/admin.h"
#include "gen/sql.h"

enum admin_part { ADMIN_LOOK, ADMIN_DATA, ADMIN_DEPTS, ADMIN_PEOPLE };

/* E_DENIED: may look at it, but not this; E_NOT_FOUND: not even that. */
enum err admin_may(const struct ctx *cx, const struct q_org_get *org, enum admin_part part);

/* Whether the actor may disable an organisation whose data it may edit. */
bool org_may_disable(const struct ctx *cx, const struct q_org_get *org);

/* OK, E_DENIED or E_NOT_FOUND. */
enum err admin_may_read_history(const struct ctx *cx, const struct q_org_get *org);

/* What came in, and where it does not name a field, what stands there now. */
struct input admin_over(struct ctx *cx, const struct input *in, const struct input *now);

/* Lower case and trimmed, for the part of a name that a list looks for; absent: not given. */
str admin_part_of(struct ctx *cx, str part);

/* The page of a list that a window asks for. */
struct list_page window_page(const struct list_window *w, size_t sort);

/* Within db_write(): something that stands on public pages is new. */
enum err admin_public_moved(struct ctx *cx);

struct note_pair {
    const char *name; /* NULL behind the last */
    str value;
};

/* Within db_write().  org_id: absent for what belongs to the installation. */
enum err admin_note(struct ctx *cx, str org_id, const char *act, const struct note_pair *pairs);

#endif
