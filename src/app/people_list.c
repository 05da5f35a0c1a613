/* people_list.c - people looked up and looked at. */
#include "app/people_may.h"

#include "app/auth.h"
#include "base/id.h"

enum err person_id_of(struct ctx *cx, str login_or_id, str *id)
{
    struct q_person_by_login row;
    TRY(app_read(cx));
    if (id_is(login_or_id)) {
        *id = login_or_id;
        return OK;
    }
    TRY(q_person_by_login(cx->db, &row, .login = login_or_id));
    *id = row.id;
    return OK;
}

enum err person_list(struct ctx *cx, const struct person_filter *f, struct list_window *w,
                     struct person_line **out, size_t *n)
{
    struct list_page page =
        window_page(w, f->newest_first ? SORT_person_list_newest : SORT_person_list_login);
    struct q_person_list *rows;
    str part = admin_part_of(cx, f->part);
    if (!admin_is_operator(cx) &&
        (f->org_id.p == NULL || !admin_leads(cx, f->org_id, actor_name(ACTOR_POC))))
        return E_DENIED;
    TRY(app_read(cx));
    TRY(q_person_list_count(cx->db, &w->total, .part = part, .org_id = f->org_id,
                            .enabled = f->enabled, .operators = f->operators));
    TRY(q_person_list(cx->db, &page, &rows, n, .part = part, .org_id = f->org_id,
                      .enabled = f->enabled, .operators = f->operators));
    *out = NEWS(cx->a, struct person_line, *n + 1);
    for (size_t i = 0; i < *n; i++)
        (*out)[i] = (struct person_line){.id = rows[i].id,
                                         .login = rows[i].login,
                                         .name = pick(cx, rows[i].name_ja, rows[i].name_en),
                                         .email = rows[i].email,
                                         .is_operator = rows[i].is_operator,
                                         .is_auditor = rows[i].is_auditor,
                                         .must_change = rows[i].must_change,
                                         .disabled = rows[i].disabled.is};
    w->next = page.next;
    return OK;
}

static struct member_line *to_members(struct ctx *cx, const struct person_rights *r)
{
    struct member_line *out = NEWS(cx->a, struct member_line, r->nmemberships + 1);
    for (size_t i = 0; i < r->nmemberships; i++) {
        const struct q_memberships_of *m = &r->memberships[i];
        out[i] = (struct member_line){.person_id = r->row.id,
                                      .login = r->row.login,
                                      .name = pick(cx, r->row.name_ja, r->row.name_en),
                                      .org_id = m->org_id,
                                      .org_slug = m->org_slug,
                                      .org = pick(cx, m->org_ja, m->org_en),
                                      .dept_id = m->dept_id,
                                      .dept = pick(cx, m->dept_ja, m->dept_en),
                                      .role = m->role,
                                      .since = m->since,
                                      .until = m->until,
                                      .disabled = r->row.disabled.is};
    }
    return out;
}

enum err person_view(struct ctx *cx, str login_or_id, struct person_view *v)
{
    struct person_rights r;
    struct q_person_counts counts;
    str id;
    TRY(person_id_of(cx, login_or_id, &id));
    enum err e = person_may(cx, id, &r);
    bool own = cx->who.person_id.n > 0 && str_eq(cx->who.person_id, id);
    if (e != OK && !(own && (e == E_DENIED || e == E_NOT_FOUND)))
        return e == E_DENIED ? E_NOT_FOUND : e;
    TRY(q_person_counts(cx->db, &counts, .person_id = id, .now = cx->now,
                        .seen_after = cx->now - SESSION_IDLE,
                        .created_after = cx->now - SESSION_MOST));
    *v = (struct person_view){.id = r.row.id,
                              .login = r.row.login,
                              .name_ja = r.row.name_ja,
                              .name_en = r.row.name_en,
                              .email = r.row.email,
                              .lang = r.row.lang,
                              .zone = r.row.zone,
                              .is_operator = r.row.is_operator,
                              .is_auditor = r.row.is_auditor,
                              .must_change = r.row.must_change,
                              .has_password = r.row.password.p != NULL,
                              .muted = r.row.muted,
                              .may_edit = e == OK,
                              .created = r.row.created,
                              .rev = r.row.rev,
                              .disabled = r.row.disabled,
                              .tokens = counts.tokens,
                              .sessions = counts.sessions,
                              .memberships = to_members(cx, &r),
                              .nmemberships = r.nmemberships};
    return OK;
}

enum err org_members(struct ctx *cx, str org_id, struct member_line **out, size_t *n)
{
    struct q_org_get org;
    struct q_members_of *rows;
    bool own = false;
    TRY(app_read(cx));
    TRY(q_org_get(cx->db, &org, .id = org_id));
    enum err e = admin_may(cx, &org, ADMIN_PEOPLE);
    for (size_t i = 0; i < cx->who.nseats; i++)
        own |= str_eq(cx->who.seats[i].org_id, org_id);
    if (e != OK && !(e == E_DENIED && own))
        return e;
    TRY(q_members_of(cx->db, &rows, n, .org_id = org_id));
    *out = NEWS(cx->a, struct member_line, *n + 1);
    for (size_t i = 0; i < *n; i++)
        (*out)[i] = (struct member_line){.person_id = rows[i].person_id,
                                         .login = rows[i].login,
                                         .name = pick(cx, rows[i].name_ja, rows[i].name_en),
                                         .org_id = org.id,
                                         .org_slug = org.slug,
                                         .org = pick(cx, org.name_ja, org.name_en),
                                         .dept_id = rows[i].dept_id,
                                         .dept = pick(cx, rows[i].dept_ja, rows[i].dept_en),
                                         .role = rows[i].role,
                                         .since = rows[i].since,
                                         .until = rows[i].until,
                                         .disabled = rows[i].disabled.is};
    return OK;
}

enum err analyst_list(struct ctx *cx, struct member_line **out, size_t *n)
{
    struct q_people_of_kind *rows;
    if (user_seat(&cx->who, actor_name(ACTOR_RECEPTION)) == NULL &&
        user_seat(&cx->who, actor_name(ACTOR_COORDINATOR)) == NULL && !admin_is_operator(cx))
        return E_DENIED;
    TRY(app_read(cx));
    TRY(q_people_of_kind(cx->db, &rows, n, .org_kind = S("analysis"), .now = cx->now));
    *out = NEWS(cx->a, struct member_line, *n + 1);
    for (size_t i = 0; i < *n; i++)
        (*out)[i] = (struct member_line){.person_id = rows[i].id,
                                         .name = pick(cx, rows[i].name_ja, rows[i].name_en),
                                         .org = pick(cx, rows[i].org_ja, rows[i].org_en)};
    return OK;
}
