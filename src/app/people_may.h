/* people_may.h - between the files of people: who may touch whose account. */
#ifndef APP_PEOPLE_MAY_H
#define APP_PEOPLE_MAY_H

#include "app/admin_own.h"
#include "app/people.h"

enum { MEMBER_ROLES = 3 };
extern const struct field_choice member_roles[MEMBER_ROLES];

struct person_rights {
    struct q_person_get row;
    str org_id; /* whose history says what was done to it; absent: the installation's */
    struct q_memberships_of *memberships;
    size_t nmemberships;
};

/* E_DENIED: the actor knows of the person, and may not; else E_NOT_FOUND. */
enum err person_may(struct ctx *cx, str id, struct person_rights *out);

/* A department that is not disabled, whose people the actor may choose.  E_NOT_FOUND: none. */
enum err dept_for_people(struct ctx *cx, str id, struct q_dept_org *out);

struct membership {
    str person_id, login, role;
    i64 since;
    opt_i64 until;
    const struct q_dept_org *dept;
};
enum err membership_write(struct ctx *cx, const struct membership *m);

#endif
