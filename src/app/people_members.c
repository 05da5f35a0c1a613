/* people_members.c - who acts for which department, from when to when. */
#include "app/people_may.h"

/* clang-format off */
enum member_field { M_PERSON, M_DEPT, M_ROLE, M_SINCE, M_UNTIL };
const struct field_rule member_rules[MEMBER_RULES] = {
    [M_PERSON] = {.name = S_INIT("person"), .type = FIELD_LOGIN, .required = true},
    [M_DEPT] = {.name = S_INIT("dept"), .type = FIELD_ID, .required = true},
    [M_ROLE] = {.name = S_INIT("role"), .type = FIELD_CHOICE, .required = true,
                .choices = member_roles, .nchoices = MEMBER_ROLES},
    [M_SINCE] = {.name = S_INIT("since"), .type = FIELD_INSTANT},
    [M_UNTIL] = {.name = S_INIT("until"), .type = FIELD_INSTANT},
};
/* clang-format on */

/* --- who may -------------------------------------------------------------------------------- */

/* How many of the memberships that have not ended are in organisations whose contact the actor
 * leads, and how many elsewhere. */
static void count_places(const struct ctx *cx, const struct person_rights *r, size_t *own,
                         size_t *other)
{
    *own = *other = 0;
    for (size_t i = 0; i < r->nmemberships; i++) {
        const struct q_memberships_of *m = &r->memberships[i];
        if (m->until.is && m->until.v <= cx->now)
            continue;
        if (admin_leads(cx, m->org_id, actor_name(ACTOR_POC)))
            (*own)++;
        else
            (*other)++;
    }
}

enum err person_may(struct ctx *cx, str id, struct person_rights *r)
{
    size_t own, other;
    TRY(q_person_get(cx->db, &r->row, .id = id));
    TRY(q_memberships_of(cx->db, &r->memberships, &r->nmemberships, .person_id = id));
    r->org_id = r->nmemberships ? r->memberships[0].org_id : NO_STR;
    if (admin_is_operator(cx))
        return OK;
    count_places(cx, r, &own, &other);
    if (own == 0)
        return E_NOT_FOUND;
    return other > 0 || r->row.is_operator || r->row.is_auditor ? E_DENIED : OK;
}

enum err dept_for_people(struct ctx *cx, str id, struct q_dept_org *out)
{
    struct q_org_get org;
    struct q_dept_get dept;
    TRY(q_dept_get(cx->db, &dept, .id = id));
    TRY(q_dept_org(cx->db, out, .id = id));
    TRY(q_org_get(cx->db, &org, .id = out->org_id));
    if (dept.disabled.is)
        return E_NOT_FOUND;
    return admin_may(cx, &org, ADMIN_PEOPLE);
}

/* --- put and end ---------------------------------------------------------------------------- */

enum err membership_write(struct ctx *cx, const struct membership *m)
{
    TRY(q_membership_put(cx->db, .person_id = m->person_id, .dept_id = m->dept->id, .role = m->role,
                         .since = m->since, .until = m->until));
    return admin_note(cx, m->dept->org_id, "member_put",
                      (struct note_pair[]){{"login", m->login},
                                           {"dept_ja", m->dept->name_ja},
                                           {"dept_en", m->dept->name_en},
                                           {"role", m->role},
                                           {NULL, NO_STR}});
}

struct member_call {
    const struct input *in;
    struct value v[MEMBER_RULES];
    str person_id, dept_id;
};

/* Somebody whom the actor knows of.  An unknown login and a stranger's are the same. */
static enum err find_person(struct ctx *cx, str login, str *id)
{
    struct q_person_by_login p;
    struct person_rights r = {0};
    enum err e = q_person_by_login(cx->db, &p, .login = login);
    if (e == OK)
        e = person_may(cx, p.id, &r);
    if (e == E_DENIED) /* of the own organisation, too: who may be added to another department */
        e = OK;
    if (e == OK && r.row.disabled.is)
        return wrong(cx, S("person"), S("person_disabled"));
    if (e == E_NOT_FOUND)
        return wrong(cx, S("person"), S("no_person"));
    *id = e == OK ? p.id : NO_STR;
    return e;
}

static enum err put(struct ctx *cx, void *arg)
{
    struct member_call *c = arg;
    struct q_dept_org dept;
    struct q_membership_get before;
    struct membership m = {.login = c->v[M_PERSON].text, .role = c->v[M_ROLE].text, .dept = &dept};
    enum err e = dept_for_people(cx, c->v[M_DEPT].text, &dept);
    if (e == E_NOT_FOUND)
        return wrong(cx, S("dept"), S("choice"));
    TRY(e);
    TRY(find_person(cx, c->v[M_PERSON].text, &m.person_id));
    e = q_membership_get(cx->db, &before, .person_id = m.person_id, .dept_id = dept.id);
    if (e != OK && e != E_NOT_FOUND)
        return e;
    bool running = e == OK && (!before.until.is || before.until.v > cx->now);
    m.since = c->v[M_SINCE].is ? c->v[M_SINCE].n : running ? before.since : cx->now;
    m.until = (opt_i64){c->v[M_UNTIL].is, c->v[M_UNTIL].n};
    if (m.until.is && m.until.v <= m.since)
        return wrong(cx, S("until"), S("until_before"));
    return membership_write(cx, &m);
}

enum err member_put(struct ctx *cx, const struct input *in)
{
    struct member_call c = {.in = in};
    if (!admin_is_operator(cx) && !admin_leads(cx, NO_STR, actor_name(ACTOR_POC)))
        return E_DENIED;
    TRY(form_read(cx, member_rules, MEMBER_RULES, in, c.v));
    return db_write(cx, put, &c);
}

static enum err end(struct ctx *cx, void *arg)
{
    const struct member_call *c = arg;
    struct q_dept_org dept;
    struct q_org_get org;
    struct q_membership_get m;
    struct q_person_get p;
    TRY(q_dept_org(cx->db, &dept, .id = c->dept_id));
    TRY(q_org_get(cx->db, &org, .id = dept.org_id));
    TRY(admin_may(cx, &org, ADMIN_PEOPLE));
    TRY(q_membership_get(cx->db, &m, .person_id = c->person_id, .dept_id = c->dept_id));
    TRY(q_person_get(cx->db, &p, .id = c->person_id));
    if (m.until.is && m.until.v <= cx->now)
        return fail(cx, E_CONFLICT, "the membership has ended");
    i64 since = m.since < cx->now ? m.since : cx->now;
    TRY(q_membership_put(cx->db, .person_id = c->person_id, .dept_id = c->dept_id, .role = m.role,
                         .since = since, .until = SOME(cx->now)));
    return admin_note(cx, dept.org_id, "member_ended",
                      (struct note_pair[]){{"login", p.login},
                                           {"dept_ja", dept.name_ja},
                                           {"dept_en", dept.name_en},
                                           {NULL, NO_STR}});
}

enum err member_end(struct ctx *cx, str person_id, str dept_id)
{
    struct member_call c = {.person_id = person_id, .dept_id = dept_id};
    return db_write(cx, end, &c);
}
