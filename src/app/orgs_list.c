/* orgs_list.c - organisations looked up and looked at. */
#include "app/admin_own.h"
#include "app/orgs.h"
#include "base/id.h"

static bool sees_all(const struct ctx *cx)
{
    return admin_is_operator(cx) || user_seat(&cx->who, actor_name(ACTOR_COORDINATOR)) ||
           user_seat(&cx->who, actor_name(ACTOR_RECEPTION));
}

static struct strs own_orgs(const struct ctx *cx)
{
    str *ids = NEWS(cx->a, str, cx->who.nseats + 1);
    for (size_t i = 0; i < cx->who.nseats; i++)
        ids[i] = cx->who.seats[i].org_id;
    return (struct strs){ids, cx->who.nseats};
}

static void to_lines(struct ctx *cx, const struct q_org_list *rows, size_t n, struct org_line **out)
{
    *out = NEWS(cx->a, struct org_line, n + 1);
    for (size_t i = 0; i < n; i++)
        (*out)[i] = (struct org_line){.id = rows[i].id,
                                      .slug = rows[i].slug,
                                      .kind = rows[i].kind,
                                      .name = pick(cx, rows[i].name_ja, rows[i].name_en),
                                      .region = rows[i].region,
                                      .registration = rows[i].registration,
                                      .keywords = rows[i].keywords,
                                      .takes_reports = rows[i].takes_reports,
                                      .disabled = rows[i].disabled.is};
}

static enum err list(struct ctx *cx, const struct org_filter *f, struct strs ids,
                     struct list_window *w, struct org_line **out, size_t *n)
{
    struct list_page page = window_page(w, f->newest_first       ? SORT_org_list_newest
                                           : cx->lang == LANG_JA ? SORT_org_list_name_ja
                                                                 : SORT_org_list_name_en);
    struct q_org_list *rows;
    str part = admin_part_of(cx, f->part), keyword = admin_part_of(cx, f->keyword);
    if (keyword.n > 0)
        keyword = str_fmt(cx->a, ",%.*s,", SV(keyword));
    TRY(app_read(cx));
    TRY(q_org_list_count(cx->db, &w->total, .ids = ids, .kind = f->kind,
                         .registration = f->registration, .part = part, .keyword = keyword,
                         .enabled = f->enabled, .disabled = f->disabled,
                         .takes_reports = f->takes_reports, .listed = f->listed));
    TRY(q_org_list(cx->db, &page, &rows, n, .ids = ids, .kind = f->kind,
                   .registration = f->registration, .part = part, .keyword = keyword,
                   .enabled = f->enabled, .disabled = f->disabled,
                   .takes_reports = f->takes_reports, .listed = f->listed));
    to_lines(cx, rows, *n, out);
    w->next = page.next;
    return OK;
}

enum err org_list(struct ctx *cx, const struct org_filter *f, struct list_window *w,
                  struct org_line **out, size_t *n)
{
    return list(cx, f, sees_all(cx) ? (struct strs){0} : own_orgs(cx), w, out, n);
}

enum err org_takers(struct ctx *cx, struct list_window *w, struct org_line **out, size_t *n)
{
    struct org_filter f = {.kind = S("vendor"), .enabled = true, .takes_reports = true};
    TRY(list(cx, &f, (struct strs){0}, w, out, n));
    for (size_t i = 0; i < *n; i++) /* what the public needs, and no more */
        (*out)[i].keywords = (*out)[i].registration = S("");
    return OK;
}

enum err org_listed(struct ctx *cx, struct list_window *w, struct org_line **out, size_t *n)
{
    struct org_filter f = {.kind = S("vendor"), .enabled = true, .listed = true};
    TRY(list(cx, &f, (struct strs){0}, w, out, n));
    for (size_t i = 0; i < *n; i++) /* whom to look for by which technology is the coordinator's */
        (*out)[i].keywords = S("");
    return OK;
}

enum err vendor_public(struct ctx *cx, str slug, struct vendor_page *out)
{
    struct q_org_public o;
    TRY(app_read(cx));
    TRY(q_org_public(cx->db, &o, .slug = slug));
    *out = (struct vendor_page){.slug = slug,
                                .name = pick(cx, o.name_ja, o.name_en),
                                .registration = o.registration,
                                .contact = o.contact,
                                .other_contact = o.other_contact,
                                .org_key = o.org_key,
                                .fingerprint = o.fingerprint,
                                .policy = pick(cx, o.policy_ja, o.policy_en),
                                .policy_lang = pick(cx, S("ja"), S("en")),
                                .takes_reports = o.takes_reports};
    if (out->policy.n == 0) {
        out->policy = pick(cx, o.policy_en, o.policy_ja);
        out->policy_lang = pick(cx, S("en"), S("ja"));
    }
    return OK;
}

enum err org_id_of(struct ctx *cx, str slug_or_id, str *id)
{
    struct q_org_by_slug row;
    TRY(app_read(cx));
    if (id_is(slug_or_id)) {
        *id = slug_or_id;
        return OK;
    }
    TRY(q_org_by_slug(cx->db, &row, .slug = slug_or_id));
    *id = row.id;
    return OK;
}

/* --- one ---------------------------------------------------------------------------------- */

static enum err add_depts(struct ctx *cx, struct org_view *v)
{
    struct q_depts_of *rows;
    struct q_dept_kinds_of *kinds;
    size_t nkinds;
    TRY(q_depts_of(cx->db, &rows, &v->ndepts, .org_id = v->id, .now = cx->now));
    TRY(q_dept_kinds_of(cx->db, &kinds, &nkinds, .org_id = v->id));
    struct dept_view *out = NEWS(cx->a, struct dept_view, v->ndepts + 1);
    v->depts = out;
    for (size_t i = 0; i < v->ndepts; i++) {
        str *own = NEWS(cx->a, str, nkinds + 1);
        out[i] = (struct dept_view){.id = rows[i].id,
                                    .name_ja = rows[i].name_ja,
                                    .name_en = rows[i].name_en,
                                    .kinds = {own, 0},
                                    .disabled = rows[i].disabled.is,
                                    .people = rows[i].people,
                                    .rev = rows[i].rev};
        for (size_t k = 0; k < nkinds; k++)
            if (str_eq(kinds[k].dept_id, rows[i].id))
                own[out[i].kinds.n++] = kinds[k].kind;
    }
    return OK;
}

static const struct dept_view *answering(const struct org_view *v, str kind)
{
    for (size_t i = 0; i < v->ndepts; i++)
        for (size_t j = 0; j < v->depts[i].kinds.n; j++)
            if (!v->depts[i].disabled && str_eq(v->depts[i].kinds.v[j], kind))
                return &v->depts[i];
    return NULL;
}

/* Which kinds nobody answers for, and whether the contact has its two people. */
static void look_over(struct ctx *cx, struct org_view *v)
{
    struct strs all = dept_kinds(cx->a, v->kind);
    str *missing = NEWS(cx->a, str, all.n + 1);
    v->unanswered.v = missing;
    for (size_t k = 0; k < all.n; k++)
        if (answering(v, all.v[k]) == NULL)
            missing[v->unanswered.n++] = all.v[k];
    const struct dept_view *poc = answering(v, actor_name(ACTOR_POC));
    v->few_at_poc = str_eq(v->kind, S("vendor")) && (poc == NULL || poc->people < 2);
}

static void copy_row(const struct q_org_get *o, struct org_view *v)
{
    *v = (struct org_view){.id = o->id,
                           .kind = o->kind,
                           .slug = o->slug,
                           .name_ja = o->name_ja,
                           .name_en = o->name_en,
                           .region = o->region,
                           .registration = o->registration,
                           .keywords = o->keywords,
                           .contact = o->contact,
                           .responsible_ja = o->responsible_ja,
                           .responsible_en = o->responsible_en,
                           .poc_position = o->poc_position,
                           .poc_seat = o->poc_seat,
                           .poc_scope = o->poc_scope,
                           .poc_systems = o->poc_systems,
                           .policy_ja = o->policy_ja,
                           .policy_en = o->policy_en,
                           .other_contact = o->other_contact,
                           .org_key = o->org_key,
                           .fingerprint = o->fingerprint,
                           .takes_reports = o->takes_reports,
                           .listed = o->listed,
                           .disabled = o->disabled,
                           .rev = o->rev};
}

enum err org_view(struct ctx *cx, str slug_or_id, struct org_view *v)
{
    struct q_org_get org, parent;
    struct q_org_people people;
    str id;
    TRY(org_id_of(cx, slug_or_id, &id));
    TRY(q_org_get(cx->db, &org, .id = id));
    TRY(admin_may(cx, &org, ADMIN_LOOK));
    copy_row(&org, v);
    v->may_edit = admin_may(cx, &org, ADMIN_DATA) == OK;
    v->may_edit_depts = admin_may(cx, &org, ADMIN_DEPTS) == OK;
    v->may_edit_people = admin_may(cx, &org, ADMIN_PEOPLE) == OK;
    v->may_disable = v->may_edit && org_may_disable(cx, &org);
    v->may_read_history = admin_may_read_history(cx, &org) == OK;
    if (org.parent_id.p != NULL) {
        TRY(q_org_get(cx->db, &parent, .id = org.parent_id));
        v->parent_slug = parent.slug;
    }
    TRY(add_depts(cx, v));
    TRY(q_org_people(cx->db, &people, .org_id = id, .now = cx->now));
    v->people = people.n;
    look_over(cx, v);
    return OK;
}
