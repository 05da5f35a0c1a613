/* admin.c - see admin.h and admin_own.h; the history is in admin_history.c. */
#include "app/admin_own.h"

#include "app/auth.h"

bool admin_is_operator(const struct ctx *cx)
{
    return cx->who.is_operator;
}

void admin_at_command_line(struct ctx *cx)
{
    cx->who = (struct user){.is_operator = true};
    cx->door = DOOR_CLI;
    cx->lang = LANG_EN;
}

enum err admin_as_person(struct ctx *cx, str login)
{
    struct q_person_by_login p;
    TRY(app_read(cx));
    TRY(q_person_by_login(cx->db, &p, .login = login));
    cx->who = (struct user){0};
    TRY(user_load(cx, p.id));
    cx->lang = LANG_EN;
    return cx->who.person_id.n > 0 ? OK : E_NOT_FOUND;
}

static bool answers_for(const struct seat *s, str kind)
{
    for (size_t i = 0; i < s->kinds.n; i++)
        if (str_eq(s->kinds.v[i], kind))
            return true;
    return false;
}

bool admin_leads(const struct ctx *cx, str org_id, str kind)
{
    for (size_t i = 0; i < cx->who.nseats; i++) {
        const struct seat *s = &cx->who.seats[i];
        if (s->lead && answers_for(s, kind) && (org_id.p == NULL || str_eq(s->org_id, org_id)))
            return true;
    }
    return false;
}

static bool is_member(const struct ctx *cx, str org_id)
{
    for (size_t i = 0; i < cx->who.nseats; i++)
        if (str_eq(cx->who.seats[i].org_id, org_id))
            return true;
    return false;
}

static bool may_look(const struct ctx *cx, const struct q_org_get *org)
{
    return admin_is_operator(cx) || is_member(cx, org->id) ||
           user_seat(&cx->who, actor_name(ACTOR_COORDINATOR)) ||
           user_seat(&cx->who, actor_name(ACTOR_RECEPTION));
}

enum err admin_may(const struct ctx *cx, const struct q_org_get *org, enum admin_part part)
{
    bool vendor = str_eq(org->kind, S("vendor"));
    bool may = admin_is_operator(cx) || part == ADMIN_LOOK;
    if (!may_look(cx, org))
        return E_NOT_FOUND;
    may |= vendor && admin_leads(cx, org->id, actor_name(ACTOR_POC));
    may |= vendor && part != ADMIN_PEOPLE && admin_leads(cx, NO_STR, actor_name(ACTOR_COORDINATOR));
    return may ? OK : E_DENIED;
}

static bool names(const struct input *in, str name)
{
    for (size_t i = 0; i < in->n; i++)
        if (str_eq(in->v[i].name, name))
            return true;
    return false;
}

struct input admin_over(struct ctx *cx, const struct input *in, const struct input *now)
{
    struct input out = {0};
    for (size_t i = 0; i < in->n; i++)
        *PUSH(cx->a, &out) = in->v[i];
    for (size_t i = 0; i < now->n; i++)
        if (!names(in, now->v[i].name))
            *PUSH(cx->a, &out) = now->v[i];
    return out;
}

str admin_part_of(struct ctx *cx, str part)
{
    part = str_trim(part);
    return part.n > 0 ? str_lower(cx->a, part) : NO_STR;
}

enum err admin_public_moved(struct ctx *cx)
{
    struct q_generation_get row;
    TRY(q_generation_next(cx->db));
    TRY(q_generation_get(cx->db, &row));
    cx->generation = row.n;
    return OK;
}

struct list_page window_page(const struct list_window *w, size_t sort)
{
    return (struct list_page){.sort = sort, .limit = w->limit, .after = w->after};
}
