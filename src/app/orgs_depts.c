/* orgs_depts.c - departments, and the kinds that each answers for. */
#include "app/admin_own.h"
#include "app/orgs.h"

#include "app/orgs_settle.h"
#include "app/tables.h"
#include "base/id.h"

struct strs dept_kinds(struct arena *a, str org_kind)
{
    str *out = NEWS(a, str, ACTOR_COUNT);
    size_t n = 0;
    if (str_eq(org_kind, S("overseas")))
        out[n++] = actor_name(ACTOR_OVERSEAS);
    else if (!str_eq(org_kind, S("vendor")))
        out[n++] = org_kind;
    else
        for (int k = ACTOR_POC; k < ACTOR_COUNT; k++)
            out[n++] = actor_name((enum actor)k);
    return (struct strs){out, n};
}

const struct field_rule *dept_rules(struct ctx *cx, str org_kind)
{
    struct strs kinds = dept_kinds(cx->a, org_kind);
    struct field_choice *c = NEWS(cx->a, struct field_choice, kinds.n);
    struct field_rule *r = NEWS(cx->a, struct field_rule, DEPT_RULES);
    for (size_t i = 0; i < kinds.n; i++) {
        enum actor actor;
        c[i].value = kinds.v[i];
        for (enum lang l = 0; l < LANG_COUNT; l++)
            c[i].label[l] = actor_find(kinds.v[i], &actor) ? department_word(actor, l)
                                                           : org_kind_word(org_kind, l);
    }
    r[0] = (struct field_rule){.name = S("name_ja"), .type = FIELD_LINE, .required = true};
    r[1] = (struct field_rule){.name = S("name_en"), .type = FIELD_LINE, .required = true};
    r[2] = (struct field_rule){
        .name = S("kinds"), .type = FIELD_CHOICES, .choices = c, .nchoices = kinds.n};
    return r;
}

struct dept_call {
    const struct input *in;
    str id, org_id;
    i64 rev;
    bool is_new, disabled;
    struct q_org_get org;
    struct q_dept_get row;
    struct value v[DEPT_RULES];
};

static enum err find_org(struct ctx *cx, struct dept_call *c)
{
    TRY(q_org_get(cx->db, &c->org, .id = c->org_id));
    return admin_may(cx, &c->org, ADMIN_DEPTS);
}

static enum err find_dept(struct ctx *cx, struct dept_call *c)
{
    TRY(q_dept_get(cx->db, &c->row, .id = c->id));
    c->org_id = c->row.org_id;
    TRY(find_org(cx, c));
    return c->row.rev == c->rev ? OK : fail(cx, E_CONFLICT, "the department was changed meanwhile");
}

static bool has(struct strs list, str s)
{
    for (size_t i = 0; i < list.n; i++)
        if (str_eq(list.v[i], s))
            return true;
    return false;
}

/* The kinds that this department answers for now. */
static enum err kinds_now(struct ctx *cx, const struct dept_call *c, struct strs *out)
{
    struct q_dept_kinds_of *rows;
    size_t n, own = 0;
    TRY(q_dept_kinds_of(cx->db, &rows, &n, .org_id = c->org_id));
    str *kinds = NEWS(cx->a, str, n + 1);
    for (size_t i = 0; i < n; i++)
        if (str_eq(rows[i].dept_id, c->id))
            kinds[own++] = rows[i].kind;
    *out = (struct strs){kinds, own};
    return OK;
}

/* Somebody must answer for an organisation's main kind. */
static enum err check_main(struct ctx *cx, const struct dept_call *c, struct strs before,
                           struct strs after)
{
    str kind = dept_kinds(cx->a, c->org.kind).v[0];
    bool lost = has(before, kind) && !has(after, kind);
    return lost ? wrong(cx, S("kinds"), S("kind_needed")) : OK;
}

static enum err put_kinds(struct ctx *cx, const struct dept_call *c, struct strs before,
                          struct strs after)
{
    bool moved = false;
    for (size_t i = 0; i < before.n; i++) {
        if (has(after, before.v[i]))
            continue;
        TRY(q_dept_kind_drop(cx->db, .org_id = c->org_id, .kind = before.v[i]));
        moved = true;
    }
    for (size_t i = 0; i < after.n; i++) {
        if (has(before, after.v[i]))
            continue;
        TRY(q_dept_kind_put(cx->db, .org_id = c->org_id, .kind = after.v[i], .dept_id = c->id));
        moved = true;
    }
    return moved ? org_settle_begin(cx, c->org_id) : OK;
}

static enum err note(struct ctx *cx, const struct dept_call *c, const char *act, str ja, str en,
                     struct strs kinds)
{
    buf b = {.a = cx->a};
    for (size_t i = 0; i < kinds.n; i++)
        buf_putf(&b, "%s%.*s", i ? ", " : "", SV(kinds.v[i]));
    return admin_note(cx, c->org_id, act,
                      (struct note_pair[]){{"dept_ja", ja},
                                           {"dept_en", en},
                                           {"kinds", b.n ? buf_str(&b) : S("–")},
                                           {NULL, NO_STR}});
}

static enum err make(struct ctx *cx, void *arg)
{
    struct dept_call *c = arg;
    struct strs none = {0};
    TRY(find_org(cx, c));
    TRY(form_read(cx, dept_rules(cx, c->org.kind), DEPT_RULES, c->in, c->v));
    c->id = new_id(cx);
    TRY(q_dept_add(cx->db, .id = c->id, .org_id = c->org_id, .name_ja = c->v[0].text,
                   .name_en = c->v[1].text, .created = cx->now));
    TRY(note(cx, c, "dept_made", c->v[0].text, c->v[1].text, c->v[2].list));
    return put_kinds(cx, c, none, c->v[2].list);
}

static enum err change(struct ctx *cx, void *arg)
{
    struct dept_call *c = arg;
    struct strs before;
    struct input now = {0};
    TRY(find_dept(cx, c));
    TRY(kinds_now(cx, c, &before));
    input_put(cx->a, &now, S("name_ja"), c->row.name_ja);
    input_put(cx->a, &now, S("name_en"), c->row.name_en);
    for (size_t i = 0; i < before.n; i++)
        input_put(cx->a, &now, S("kinds"), before.v[i]);
    struct input all = admin_over(cx, c->in, &now);
    TRY(form_read(cx, dept_rules(cx, c->org.kind), DEPT_RULES, &all, c->v));
    TRY(check_main(cx, c, before, c->v[2].list));
    if (c->row.disabled.is && c->v[2].list.n > before.n)
        return wrong(cx, S("kinds"), S("dept_disabled"));
    TRY(q_dept_put(cx->db, .id = c->id, .name_ja = c->v[0].text, .name_en = c->v[1].text,
                   .rev = c->rev));
    TRY(note(cx, c, "dept_edited", c->v[0].text, c->v[1].text, c->v[2].list));
    return put_kinds(cx, c, before, c->v[2].list);
}

/* What a disabled department answered for falls to the contact, as for kinds it never had. */
static enum err disable(struct ctx *cx, void *arg)
{
    struct dept_call *c = arg;
    struct strs before, none = {0};
    TRY(find_dept(cx, c));
    TRY(kinds_now(cx, c, &before));
    if (c->disabled)
        TRY(check_main(cx, c, before, none));
    TRY(q_dept_disable(cx->db, .id = c->id, .at = (opt_i64){c->disabled, cx->now}, .rev = c->rev));
    TRY(note(cx, c, c->disabled ? "dept_disabled" : "dept_enabled", c->row.name_ja, c->row.name_en,
             before));
    return before.n > 0 ? org_settle_begin(cx, c->org_id) : OK;
}

/* --- all kinds at once ---------------------------------------------------------------------- */

struct kinds_call {
    const str *depts, *was;
    struct dept_call d;
};

static str answering_now(const struct q_dept_kinds_of *rows, size_t n, str kind)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(rows[i].kind, kind))
            return rows[i].dept_id;
    return S("");
}

static enum err note_kind(struct ctx *cx, const struct dept_call *d, str kind, str ja, str en)
{
    return admin_note(
        cx, d->org_id, ja.n ? "kind_given" : "kind_left",
        (struct note_pair[]){{"kind", kind}, {"dept_ja", ja}, {"dept_en", en}, {NULL, NO_STR}});
}

static enum err move_kind(struct ctx *cx, const struct dept_call *d, str kind, str to, bool main)
{
    struct q_dept_get dept;
    if (to.n == 0 && main)
        return wrong(cx, kind, S("kind_needed"));
    if (to.n == 0) {
        TRY(q_dept_kind_drop(cx->db, .org_id = d->org_id, .kind = kind));
        return note_kind(cx, d, kind, S(""), S(""));
    }
    enum err e = id_is(to) ? q_dept_get(cx->db, &dept, .id = to) : E_NOT_FOUND;
    if (e == E_NOT_FOUND || (e == OK && !str_eq(dept.org_id, d->org_id)))
        return wrong(cx, kind, S("choice"));
    TRY(e);
    if (dept.disabled.is)
        return wrong(cx, kind, S("dept_disabled"));
    TRY(q_dept_kind_put(cx->db, .org_id = d->org_id, .kind = kind, .dept_id = to));
    return note_kind(cx, d, kind, dept.name_ja, dept.name_en);
}

static enum err move_kinds(struct ctx *cx, void *arg)
{
    struct kinds_call *c = arg;
    struct q_dept_kinds_of *rows;
    size_t n, moved = 0;
    TRY(find_org(cx, &c->d));
    TRY(q_dept_kinds_of(cx->db, &rows, &n, .org_id = c->d.org_id));
    struct strs kinds = dept_kinds(cx->a, c->d.org.kind);
    for (size_t i = 0; i < kinds.n; i++) {
        str now = answering_now(rows, n, kinds.v[i]);
        if (!str_eq(now, c->was[i].p ? c->was[i] : S("")))
            return fail(cx, E_CONFLICT, "another department answers for a kind by now");
        if (str_eq(now, c->depts[i].p ? c->depts[i] : S("")))
            continue;
        TRY(move_kind(cx, &c->d, kinds.v[i], c->depts[i], i == 0));
        moved++;
    }
    return moved > 0 ? org_settle_begin(cx, c->d.org_id) : OK;
}

enum err org_kinds_put(struct ctx *cx, str org_id, const str *depts, const str *was)
{
    struct kinds_call c = {.depts = depts, .was = was, .d = {.org_id = org_id}};
    TRY(db_write(cx, move_kinds, &c));
    return org_settle_rest(cx, org_id);
}

/* The act itself, then what its first transaction left to settle. */
static enum err run(struct ctx *cx, enum err (*fn)(struct ctx *, void *), struct dept_call *c)
{
    TRY(db_write(cx, fn, c));
    return org_settle_rest(cx, c->org_id);
}

enum err dept_create(struct ctx *cx, str org_id, const struct input *in, str *id)
{
    struct dept_call c = {.org_id = org_id, .in = in};
    TRY(run(cx, make, &c));
    *id = c.id;
    return OK;
}

enum err dept_edit(struct ctx *cx, str id, i64 rev, const struct input *in)
{
    struct dept_call c = {.id = id, .rev = rev, .in = in};
    return run(cx, change, &c);
}

enum err dept_disable(struct ctx *cx, str id, i64 rev, bool disabled)
{
    struct dept_call c = {.id = id, .rev = rev, .disabled = disabled};
    return run(cx, disable, &c);
}
