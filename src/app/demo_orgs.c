/* demo_orgs.c - the demo's organisations, departments and people. */
#include "app/demo_own.h"

#include "app/orgs.h"
#include "app/people.h"
#include "base/vec.h"

/* The words of the demo's files, in ours; absent: not of this program yet. */
static str kind_of(str kind)
{
    if (str_eq(kind, S("overseas_coordinator")))
        return S("overseas");
    if (str_eq(kind, S("site_operator")))
        return S("operator");
    if (str_eq(kind, S("integrator")) || str_eq(kind, S("customer")))
        return NO_STR;
    return kind;
}

static void put(struct ctx *cx, struct input *in, const char *name, str value)
{
    if (value.n > 0)
        input_put(cx->a, in, str_z(name), value);
}

static str yes_no(bool yes)
{
    return yes ? S("yes") : S("no");
}

static enum err add_org(struct ctx *cx, const struct json *o, str *id)
{
    struct input in = {0};
    const struct json *poc = json_get(o, S("poc")), *words = json_get(o, S("keywords"));
    buf keywords = {.a = cx->a};
    bool vendor = poc != NULL, listed = false;
    (void)json_bool(json_get(o, S("listed")), &listed);
    for (size_t i = 0; i < json_count(words); i++)
        buf_putf(&keywords, "%s%.*s", i ? "," : "", SV(json_text(json_at(words, i))));
    put(cx, &in, "kind", kind_of(json_get_text(o, S("kind"))));
    put(cx, &in, "slug", json_get_text(o, S("id")));
    put(cx, &in, "name_ja", demo_words(json_get(o, S("name")), LANG_JA));
    put(cx, &in, "name_en", demo_words(json_get(o, S("name")), LANG_EN));
    put(cx, &in, "region", json_get_text(o, S("region")));
    put(cx, &in, "registration", json_get_text(o, S("registration")));
    put(cx, &in, "keywords", buf_str(&keywords));
    put(cx, &in, "contact", json_get_text(o, S("mail")));
    put(cx, &in, "poc_seat", json_get_text(poc, S("seat")));
    put(cx, &in, "poc_scope", json_get_text(poc, S("scope")));
    put(cx, &in, "takes_reports", yes_no(vendor));
    put(cx, &in, "listed", yes_no(listed));
    return org_create(cx, &in, id);
}

static bool in_list(const struct json *list, str text)
{
    for (size_t i = 0; i < json_count(list); i++)
        if (str_eq(json_text(json_at(list, i)), text))
            return true;
    return false;
}

/* Departments of one organisation, by the ids of the file. */
struct place_of {
    str file_id, id;
};
struct places {
    VEC(struct place_of)
    struct strs taken; /* kinds that have a department already */
};

/* The first department that stands for a kind answers for it. */
static bool take_kind(struct ctx *cx, struct places *p, str kind)
{
    for (size_t i = 0; i < p->taken.n; i++)
        if (str_eq(p->taken.v[i], kind))
            return false;
    str *more = NEWS(cx->a, str, p->taken.n + 1);
    for (size_t i = 0; i < p->taken.n; i++)
        more[i] = p->taken.v[i];
    more[p->taken.n] = kind;
    p->taken = (struct strs){more, p->taken.n + 1};
    return true;
}

/* The department that org_create() made becomes the one that has its kind. */
static enum err add_dept(struct ctx *cx, str org_id, str main_kind, const struct json *d,
                         struct places *p)
{
    struct input in = {0};
    struct q_org_dept first;
    const struct json *kinds = json_get(d, S("kinds"));
    str id;
    put(cx, &in, "name_ja", demo_words(json_get(d, S("name")), LANG_JA));
    put(cx, &in, "name_en", demo_words(json_get(d, S("name")), LANG_EN));
    for (size_t i = 0; i < json_count(kinds); i++)
        if (take_kind(cx, p, json_text(json_at(kinds, i))))
            input_put(cx->a, &in, S("kinds"), json_text(json_at(kinds, i)));
    if (in_list(kinds, main_kind)) {
        TRY(q_org_dept(cx->db, &first, .org_id = org_id, .kind = main_kind));
        TRY(dept_edit(cx, first.dept_id, 1, &in));
        id = first.dept_id;
    } else {
        TRY(dept_create(cx, org_id, &in, &id));
    }
    *PUSH(cx->a, p) = (struct place_of){json_get_text(d, S("id")), id};
    return OK;
}

static str place_find(const struct places *p, str file_id)
{
    for (size_t i = 0; i < p->n; i++)
        if (str_eq(p->v[i].file_id, file_id))
            return p->v[i].id;
    return NO_STR;
}

static str role_of(const struct json *roles)
{
    static const str leads[] = {S_INIT("reception_lead"), S_INIT("coordinator_lead"),
                                S_INIT("poc_responsible"), S_INIT("manager")};
    for (size_t i = 0; i < COUNT(leads); i++)
        if (in_list(roles, leads[i]))
            return S("lead");
    return S("member");
}

static enum err add_person(struct ctx *cx, const struct json *o, const struct json *p, str phc,
                           str dept_id)
{
    struct input in = {0};
    const struct json *roles = json_get(p, S("roles"));
    str login = json_get_text(p, S("login")), host = json_get_text(o, S("mail")), id;
    (void)str_cut(&host, '@');
    put(cx, &in, "login", login);
    put(cx, &in, "name_ja", demo_words(json_get(p, S("name")), LANG_JA));
    put(cx, &in, "name_en", demo_words(json_get(p, S("name")), LANG_EN));
    put(cx, &in, "email", str_fmt(cx->a, "%.*s@%.*s", SV(login), SV(host)));
    put(cx, &in, "lang", json_get_text(p, S("language")));
    put(cx, &in, "zone", json_get_text(p, S("timezone")));
    put(cx, &in, "is_operator", in_list(roles, S("administrator")) ? S("yes") : S("no"));
    put(cx, &in, "is_auditor", in_list(roles, S("auditor")) ? S("yes") : S("no"));
    if (dept_id.n > 0) {
        put(cx, &in, "dept", dept_id);
        put(cx, &in, "role", role_of(roles));
    }
    return person_create_hashed(cx, &in, phc, false, &id);
}

/* People of a department that shares its kind with an earlier one stand in there, too. */
static enum err add_stand_in(struct ctx *cx, str org_id, const struct json *depts,
                             const struct json *p, str dept_id)
{
    struct q_org_dept answering;
    for (size_t i = 0; i < json_count(depts); i++) {
        const struct json *d = json_at(depts, i), *kinds = json_get(d, S("kinds"));
        if (!str_eq(json_get_text(d, S("id")), json_get_text(p, S("department"))) ||
            json_count(kinds) == 0)
            continue;
        TRY(q_org_dept(cx->db, &answering, .org_id = org_id, .kind = json_text(json_at(kinds, 0))));
        if (str_eq(answering.dept_id, dept_id))
            continue;
        struct input in = {0};
        put(cx, &in, "person", json_get_text(p, S("login")));
        put(cx, &in, "dept", answering.dept_id);
        put(cx, &in, "role", S("substitute"));
        TRY(member_put(cx, &in));
    }
    return OK;
}

static enum err add_all(struct ctx *cx, const struct json *o, str phc)
{
    const struct json *depts = json_get(o, S("departments")), *people = json_get(o, S("people"));
    str main_kind = dept_kinds(cx->a, kind_of(json_get_text(o, S("kind")))).v[0], org_id;
    struct q_org_dept first;
    struct places places = {0};
    TRY(add_org(cx, o, &org_id));
    for (size_t i = 0; i < json_count(depts); i++)
        TRY(add_dept(cx, org_id, main_kind, json_at(depts, i), &places));
    TRY(q_org_dept(cx->db, &first, .org_id = org_id, .kind = main_kind));
    for (size_t i = 0; i < json_count(people); i++) {
        const struct json *p = json_at(people, i);
        bool apart = in_list(json_get(p, S("roles")), S("administrator"));
        str dept = place_find(&places, json_get_text(p, S("department")));
        if (dept.n == 0 && !apart)
            dept = first.dept_id;
        TRY(add_person(cx, o, p, phc, dept));
        if (dept.n > 0)
            TRY(add_stand_in(cx, org_id, depts, p, dept));
    }
    return OK;
}

enum err demo_orgs(struct ctx *cx, const struct json *file, str phc)
{
    const struct json *orgs = json_get(file, S("organisations"));
    for (size_t i = 0; i < json_count(orgs); i++)
        if (kind_of(json_get_text(json_at(orgs, i), S("kind"))).p != NULL)
            TRY(add_all(cx, json_at(orgs, i), phc));
    return OK;
}
