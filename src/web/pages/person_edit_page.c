/* person_edit_page.c - accounts are made, edited, disabled, given a new password. */
#include "web/pages/people_page.h"

#include "app/orgs.h"
#include "web/frame.h"
#include "web/pages/org_page.h"

/* --- a new one -------------------------------------------------------------------------------------- */

/* The department is chosen among those of the organisation that the page is about; without one,
 * an account without a seat is made, which only the operator may. */
struct new_person {
    struct org_view org;
    bool of_org;
    struct field_rule rules[PERSON_RULES];
    struct form_part part;
};

static struct field_rule dept_choice(struct ctx *cx, const struct org_view *o)
{
    struct field_choice *c = NEWS(cx->a, struct field_choice, o->ndepts + 1);
    struct field_rule r = {.name = S("dept"), .type = FIELD_CHOICE, .required = true, .choices = c};
    for (size_t i = 0; i < o->ndepts; i++)
        if (!o->depts[i].disabled)
            c[r.nchoices++] = (struct field_choice){
                .value = o->depts[i].id,
                .label = {[LANG_JA] = o->depts[i].name_ja, [LANG_EN] = o->depts[i].name_en}};
    return r;
}

static bool is_shown(const struct ctx *cx, const struct new_person *p, str name)
{
    if (str_has_prefix(name, S("is_")))
        return admin_is_operator(cx);
    return p->of_org || (!str_eq(name, S("dept")) && !str_eq(name, S("role")));
}

static enum err prepare(struct ctx *cx, str org, struct new_person *p)
{
    *p = (struct new_person){.of_org = org.n > 0};
    if (!p->of_org && !admin_is_operator(cx))
        return E_NOT_FOUND;
    if (p->of_org) {
        TRY(org_view(cx, org, &p->org));
        if (!p->org.may_edit_people)
            return E_NOT_FOUND;
    }
    for (size_t i = 0; i < PERSON_RULES; i++) {
        struct field_rule r = person_rules[i];
        if (!is_shown(cx, p, r.name))
            continue;
        if (str_eq(r.name, S("dept")))
            r = dept_choice(cx, &p->org);
        r.required |= str_eq(r.name, S("role"));
        p->rules[p->part.n++] = r;
    }
    p->part.title = S("");
    p->part.rules = p->rules;
    return OK;
}

static enum err draw_new(struct ctx *cx, struct request *rq, struct reply *an,
                         const struct new_person *n, const struct input *in)
{
    const struct crumb crumbs[] = {{word(cx->lang, W_people_title), lang_url(cx, "/people")},
                                   {word(cx->lang, W_person_new), {NO_STR}}};
    struct form_page p = {
        .title = word(cx->lang, W_person_new),
        .intro = n->of_org ? words_person_new_in(cx->a, cx->lang, .name = org_name(cx, &n->org))
                           : word(cx->lang, W_person_new_out),
        .button = word(cx->lang, W_person_make),
        .sees = word(cx->lang, W_person_new_sees),
        .act = lang_url(cx, "/people/new"),
        .cancel = n->of_org ? org_url(cx, n->org.slug, "#people") : lang_url(cx, "/people"),
        .parts = &n->part,
        .nparts = 1,
        .hidden = hidden_field(cx, "org", n->of_org ? n->org.slug : S("")),
        .crumbs = crumbs,
        .ncrumbs = COUNT(crumbs),
        .in = in};
    an->nav = S("people");
    form_page(cx, rq, an, &p);
    return OK;
}

static enum err show_new(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct new_person n;
    struct input in = {0};
    TRY(prepare(cx, query_get(rq, "org"), &n));
    input_put(cx->a, &in, S("lang"), cx->lang == LANG_JA ? S("ja") : S("en"));
    input_put(cx->a, &in, S("zone"), zone_name(cx->zone));
    input_put(cx->a, &in, S("role"), S("member"));
    return draw_new(cx, rq, an, &n, &in);
}

/* The start password, once. */
static void draw_password(struct ctx *cx, struct reply *an, str login, str name, str password,
                          bool made)
{
    const struct fact_line facts[] = {
        {.label = word(cx->lang, W_field_login), .value = login},
        {.label = word(cx->lang, W_person_password), .value = password}};
    const struct crumb crumbs[] = {{word(cx->lang, W_people_title), lang_url(cx, "/people")},
                                   {name, person_url(cx, login, "")}};
    struct secret_view v = {
        .title = word(cx->lang, W_person_password_title),
        .said = word(cx->lang, made ? W_person_made : W_person_was_reset),
        .warn = word(cx->lang, W_person_password_warn),
        .facts = facts,
        .nfacts = COUNT(facts),
        .crumbs = crumbs,
        .ncrumbs = COUNT(crumbs),
        .back = person_url(cx, login, ""),
        .back_label = word(cx->lang, W_person_open),
    };
    an->title = v.title;
    an->nav = S("people");
    an->no_other_lang = true;
    tpl_secret(&an->out, &v);
}

static enum err do_new(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct new_person n;
    struct person_made made;
    TRY(prepare(cx, input_get(&rq->in, S("org")), &n));
    struct input in = form_typed(cx, rq, &n.part, 1);
    enum err e = person_create(cx, &in, NO_STR, &made);
    if (form_again(an, e)) {
        if (n.of_org)
            TRY(org_view(cx, n.org.slug, &n.org));
        return draw_new(cx, rq, an, &n, &in);
    }
    TRY(form_hide(e));
    draw_password(cx, an, str_trim(input_get(&in, S("login"))),
                  str_trim(input_get(&in, cx->lang == LANG_JA ? S("name_ja") : S("name_en"))),
                  made.password, true);
    return OK;
}

/* --- edit ------------------------------------------------------------------------------------------- */

static enum err find(struct ctx *cx, const struct request *rq, struct person_view *p)
{
    TRY(person_view(cx, rq->seg[0], p));
    return p->may_edit ? OK : E_NOT_FOUND;
}

static struct form_part edit_part(const struct ctx *cx)
{
    enum { FLAGS = 2 }; /* the last two are the operator's to set */
    return (struct form_part){.title = S(""),
                              .rules = person_edit_rules,
                              .n = PERSON_EDIT_RULES - (admin_is_operator(cx) ? 0 : FLAGS)};
}

static enum err draw_edit(struct ctx *cx, struct request *rq, struct reply *an,
                          const struct input *typed)
{
    struct person_view p;
    struct crumb crumbs[PERSON_CRUMBS];
    struct input stands = {0};
    struct form_part part = edit_part(cx);
    TRY(find(cx, rq, &p));
    const str values[PERSON_EDIT_RULES] = {p.name_ja,
                                           p.name_en,
                                           p.email,
                                           p.lang,
                                           p.zone,
                                           p.is_operator ? S("yes") : S("no"),
                                           p.is_auditor ? S("yes") : S("no")};
    for (size_t i = 0; i < PERSON_EDIT_RULES; i++)
        input_put(cx->a, &stands, person_edit_rules[i].name, values[i]);
    struct form_page f = {
        .title = words_person_edit_title(cx->a, cx->lang, .name = pick(cx, p.name_ja, p.name_en)),
        .intro = S(""),
        .button = word(cx->lang, W_manage_save),
        .act = person_url(cx, p.login, "/edit"),
        .cancel = person_url(cx, p.login, ""),
        .parts = &part,
        .nparts = 1,
        .hidden = hidden_number(cx, "rev", p.rev),
        .crumbs = crumbs,
        .ncrumbs = person_crumbs(cx, &p, word(cx->lang, W_person_edit), crumbs),
        .in = typed ? typed : &stands,
        .now = an->status == HTTP_CONFLICT ? &stands : NULL};
    an->nav = S("people");
    form_page(cx, rq, an, &f);
    return OK;
}

static enum err show_edit(struct ctx *cx, struct request *rq, struct reply *an)
{
    return draw_edit(cx, rq, an, NULL);
}

static enum err do_edit(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct person_view p;
    struct form_part part = edit_part(cx);
    i64 rev;
    TRY(find(cx, rq, &p));
    struct input in = form_typed(cx, rq, &part, 1);
    enum err e = input_i64(cx, rq, "rev", &rev);
    if (e == OK)
        e = person_edit(cx, p.id, rev, &in);
    if (form_again(an, e))
        return draw_edit(cx, rq, an, &in);
    TRY(form_hide(e));
    return redirect(cx, an, person_url(cx, p.login, ""), "saved");
}

/* --- what ends -------------------------------------------------------------------------------------- */

static enum err do_disable(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct person_view p;
    i64 rev;
    bool disabled = str_eq(input_get(&rq->in, S("disabled")), S("yes"));
    TRY(find(cx, rq, &p));
    if (p.disabled.is == disabled) /* a second click */
        return redirect(cx, an, person_url(cx, p.login, ""), "nothing_changed");
    TRY(input_i64(cx, rq, "rev", &rev));
    TRY(form_hide(person_disable(cx, p.id, rev, disabled)));
    return redirect(cx, an, person_url(cx, p.login, ""),
                    disabled ? "person_disabled" : "person_enabled");
}

static enum err do_reset(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct person_view p;
    str password;
    TRY(find(cx, rq, &p));
    TRY(form_hide(person_reset(cx, p.id, &password)));
    draw_password(cx, an, p.login, pick(cx, p.name_ja, p.name_en), password, false);
    return OK;
}

static enum err do_revoke(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct person_view p;
    TRY(find(cx, rq, &p));
    enum err e = token_revoke(cx, p.id, input_get(&rq->in, S("token")));
    if (e == E_NOT_FOUND) /* revoked before: a second click */
        return redirect(cx, an, person_url(cx, p.login, "#tokens"), "nothing_changed");
    TRY(form_hide(e));
    return redirect(cx, an, person_url(cx, p.login, "#tokens"), "token_revoked");
}

/* clang-format off */
static const struct route table[] = {
    {GET,  S_INIT("/{lang}/people/new"),              NEED_PERSON,   OF_NOTHING, 0, show_new,   0, 0, NULL},
    {POST, S_INIT("/{lang}/people/new"),              NEED_PERSON,   OF_NOTHING, 0, do_new,     ROUTE_SLOW, 16384, NULL},
    {GET,  S_INIT("/{lang}/people/{}/edit"),          NEED_PERSON,   OF_NOTHING, 0, show_edit,  0, 0, NULL},
    {POST, S_INIT("/{lang}/people/{}/edit"),          NEED_PERSON,   OF_NOTHING, 0, do_edit,    0, 16384, NULL},
    {POST, S_INIT("/{lang}/people/{}/disable"),       NEED_PERSON,   OF_NOTHING, 0, do_disable, 0, 8192, NULL},
    {POST, S_INIT("/{lang}/people/{}/reset"),         NEED_PERSON,   OF_NOTHING, 0, do_reset,   ROUTE_SLOW, 8192, NULL},
    {POST, S_INIT("/{lang}/people/{}/tokens/revoke"), NEED_OPERATOR, OF_NOTHING, 0, do_revoke,  0, 8192, NULL},
};
/* clang-format on */
const struct routes person_edit_routes = {table, COUNT(table)};
