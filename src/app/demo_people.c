/* demo_people.c - who acts in a demo case, and when. */
#include "app/demo_own.h"

#include "app/auth.h"

struct ctx *demo_act(const struct demo_case *c, i64 at)
{
    struct arena *a = arena_new();
    struct ctx *cx = ctx_new(a, c->cx->app);
    cx->now = at;
    cx->db = c->cx->db;
    cx->writing = true;
    cx->retold = true;
    return cx;
}

/* Which case, when, and why: a demo file that cannot be played is a bug of ours. */
static void keep_problem(const struct demo_case *c, const struct ctx *from, enum err e)
{
    str number = json_get_text(c->j, S("number")), at = time_utc_ms(from->a, from->now);
    for (size_t i = 0; i < from->problems.n; i++)
        (void)fail(c->cx, e, "demo %.*s at %.*s: %.*s: %.*s", SV(number), SV(at),
                   SV(from->problems.v[i].field), SV(from->problems.v[i].code));
    (void)fail(c->cx, e, "demo %.*s at %.*s: err %u: %s", SV(number), SV(at), (unsigned)e,
               from->fault.text);
}

enum err demo_act_end(const struct demo_case *c, struct ctx *cx, enum err e)
{
    if (e != OK)
        keep_problem(c, cx, e);
    if (cx->generation > 0)
        c->cx->generation = cx->generation;
    arena_free(cx->a);
    return e;
}

enum err demo_be(const struct demo_case *c, struct ctx *cx, str who)
{
    struct q_person_by_login p;
    if (str_eq(who, S("finder"))) {
        user_finder(cx, c->report_id);
        str lang = json_get_text(json_get(c->j, S("report")), S("language"));
        cx->lang = str_eq(lang, S("en")) ? LANG_EN : LANG_JA;
        return OK;
    }
    TRY(q_person_by_login(cx->db, &p, .login = who));
    return user_load(cx, p.id);
}

enum err demo_be_of(struct ctx *cx, str dept_id)
{
    struct q_demo_member m;
    TRY(q_demo_member(cx->db, &m, .dept_id = dept_id));
    return user_load(cx, m.person_id);
}

/* The contact has two people: the window is the one who does not lead. */
enum err demo_be_window(struct ctx *cx, str org_slug)
{
    struct q_org_by_slug org;
    struct q_org_dept dept;
    struct q_members_of *m;
    size_t n;
    TRY(q_org_by_slug(cx->db, &org, .slug = org_slug));
    TRY(q_org_dept(cx->db, &dept, .org_id = org.id, .kind = actor_name(ACTOR_POC)));
    TRY(q_members_of(cx->db, &m, &n, .org_id = org.id));
    for (size_t i = 0; i < n; i++)
        if (str_eq(m[i].dept_id, dept.dept_id) && str_eq(m[i].role, S("member")))
            return user_load(cx, m[i].person_id);
    return demo_be_of(cx, dept.dept_id);
}

enum err demo_lane(const struct demo_case *c, struct ctx *cx, str org_slug, str *lane)
{
    struct q_org_by_slug org;
    struct q_case_parties *p;
    size_t n;
    *lane = S("");
    if (org_slug.n == 0)
        return OK;
    TRY(q_org_by_slug(cx->db, &org, .slug = org_slug));
    TRY(q_case_parties(cx->db, &p, &n, .case_id = c->case_id));
    for (size_t i = 0; i < n; i++)
        if (str_eq(p[i].org_id, org.id) && str_eq(p[i].role, S("vendor"))) {
            *lane = p[i].id;
            return OK;
        }
    return E_NOT_FOUND;
}
