/* people.c - accounts are made, edited, disabled; members are in people_members.c, one's own
 * account is in people_own.c. */
#include "app/people.h"

#include "app/auth.h"
#include "app/people_may.h"
#include "base/encode.h"

/* clang-format off */
const struct field_choice member_roles[MEMBER_ROLES] = {
    {.value = S_INIT("lead")}, {.value = S_INIT("member")}, {.value = S_INIT("substitute")}};

enum person_field { P_LOGIN, P_NAME_JA, P_NAME_EN, P_EMAIL, P_LANG, P_ZONE, P_OPERATOR, P_AUDITOR,
                    P_DEPT, P_ROLE };
const struct field_rule person_rules[PERSON_RULES] = {
    [P_LOGIN] = {.name = S_INIT("login"), .type = FIELD_LOGIN, .required = true},
    [P_NAME_JA] = {.name = S_INIT("name_ja"), .type = FIELD_LINE, .required = true, .max = 100},
    [P_NAME_EN] = {.name = S_INIT("name_en"), .type = FIELD_LINE, .required = true, .max = 100},
    [P_EMAIL] = {.name = S_INIT("email"), .type = FIELD_EMAIL},
    [P_LANG] = {.name = S_INIT("lang"), .type = FIELD_LANG},
    [P_ZONE] = {.name = S_INIT("zone"), .type = FIELD_ZONE},
    [P_OPERATOR] = {.name = S_INIT("is_operator"), .type = FIELD_BOOL},
    [P_AUDITOR] = {.name = S_INIT("is_auditor"), .type = FIELD_BOOL},
    [P_DEPT] = {.name = S_INIT("dept"), .type = FIELD_ID},
    [P_ROLE] = {.name = S_INIT("role"), .type = FIELD_CHOICE, .choices = member_roles,
                .nchoices = MEMBER_ROLES},
};
const struct field_rule person_edit_rules[PERSON_EDIT_RULES] = {
    {.name = S_INIT("name_ja"), .type = FIELD_LINE, .required = true, .max = 100},
    {.name = S_INIT("name_en"), .type = FIELD_LINE, .required = true, .max = 100},
    {.name = S_INIT("email"), .type = FIELD_EMAIL},
    {.name = S_INIT("lang"), .type = FIELD_LANG, .required = true},
    {.name = S_INIT("zone"), .type = FIELD_ZONE, .required = true},
    {.name = S_INIT("is_operator"), .type = FIELD_BOOL},
    {.name = S_INIT("is_auditor"), .type = FIELD_BOOL},
};
/* clang-format on */

enum { START_BYTES = 10 };

struct person_call {
    const struct input *in;
    str id, phc;
    i64 rev;
    bool must_change, disabled;
    struct value v[PERSON_RULES];
    struct person_rights rights;
};

/* --- make --------------------------------------------------------------------------------- */

static str or_empty(str s)
{
    return s.p ? s : S("");
}

static str start_password(struct ctx *cx)
{
    str secret = base32_encode(cx->a, random_str(&cx->app->random, cx->a, START_BYTES));
    return str_fmt(cx->a, "%.*s-%.*s-%.*s-%.*s", 4, secret.p, 4, secret.p + 4, 4, secret.p + 8, 4,
                   secret.p + 12);
}

/* Whoever is not the operator makes people of its own organisation, without flags. */
static enum err check_new(struct ctx *cx, const struct person_call *c, struct q_dept_org *dept)
{
    struct q_person_by_login other;
    bool all = admin_is_operator(cx);
    if (!all && (c->v[P_OPERATOR].n || c->v[P_AUDITOR].n))
        return wrong(cx, c->v[P_OPERATOR].n ? S("is_operator") : S("is_auditor"),
                     S("operator_only"));
    if (c->v[P_DEPT].is != c->v[P_ROLE].is || (!all && !c->v[P_DEPT].is))
        return wrong(cx, c->v[P_DEPT].is ? S("role") : S("dept"), S("required"));
    enum err e = c->v[P_DEPT].is ? dept_for_people(cx, c->v[P_DEPT].text, dept) : OK;
    if (e == E_NOT_FOUND)
        return wrong(cx, S("dept"), S("choice"));
    TRY(e);
    e = q_person_by_login(cx->db, &other, .login = c->v[P_LOGIN].text);
    return e == E_NOT_FOUND ? OK : e == OK ? wrong(cx, S("login"), S("taken")) : e;
}

static enum err make(struct ctx *cx, void *arg)
{
    struct person_call *c = arg;
    struct q_dept_org dept = {0};
    TRY(check_new(cx, c, &dept));
    c->id = new_id(cx);
    TRY(q_person_add(
        cx->db, .id = c->id, .login = c->v[P_LOGIN].text, .name_ja = c->v[P_NAME_JA].text,
        .name_en = c->v[P_NAME_EN].text, .email = or_empty(c->v[P_EMAIL].text),
        .lang = c->v[P_LANG].is ? c->v[P_LANG].text : S("ja"),
        .zone = c->v[P_ZONE].is ? c->v[P_ZONE].text : S("Asia/Tokyo"), .password = c->phc,
        .is_operator = c->v[P_OPERATOR].n != 0, .is_auditor = c->v[P_AUDITOR].n != 0,
        .must_change = c->must_change, .created = cx->now));
    TRY(admin_note(cx, dept.org_id, "person_made",
                   (struct note_pair[]){{"login", c->v[P_LOGIN].text}, {NULL, NO_STR}}));
    if (!c->v[P_DEPT].is)
        return OK;
    struct membership m = {.person_id = c->id,
                           .login = c->v[P_LOGIN].text,
                           .role = c->v[P_ROLE].text,
                           .since = cx->now,
                           .dept = &dept};
    return membership_write(cx, &m);
}

/* Who may make anybody at all, before work is spent on the rest. */
static enum err may_make(const struct ctx *cx)
{
    return admin_is_operator(cx) || admin_leads(cx, NO_STR, actor_name(ACTOR_POC)) ? OK : E_DENIED;
}

enum err person_create_hashed(struct ctx *cx, const struct input *in, str phc, bool must_change,
                              str *id)
{
    struct person_call c = {.in = in, .phc = phc, .must_change = must_change};
    TRY(may_make(cx));
    TRY(form_read(cx, person_rules, PERSON_RULES, in, c.v));
    TRY(db_write(cx, make, &c));
    *id = c.id;
    return OK;
}

enum err person_secret(struct ctx *cx, str login, str password, str *start, str *phc)
{
    *start = NO_STR;
    if (password.p != NULL)
        TRY(password_check(cx, S("password"), login, password));
    else
        password = *start = start_password(cx);
    return password_hash(cx, password, phc);
}

enum err person_create(struct ctx *cx, const struct input *in, str password,
                       struct person_made *out)
{
    struct value v[PERSON_RULES];
    str phc;
    TRY(may_make(cx));
    TRY(form_read(cx, person_rules, PERSON_RULES, in, v));
    *out = (struct person_made){0};
    TRY(person_secret(cx, v[P_LOGIN].text, password, &out->password, &phc));
    return person_create_hashed(cx, in, phc, out->password.p != NULL, &out->id);
}

/* --- edit, disable, reset ------------------------------------------------------------------- */

static enum err note(struct ctx *cx, const struct person_call *c, const char *act)
{
    return admin_note(cx, c->rights.org_id, act,
                      (struct note_pair[]){{"login", c->rights.row.login}, {NULL, NO_STR}});
}

static enum err find(struct ctx *cx, struct person_call *c)
{
    TRY(person_may(cx, c->id, &c->rights));
    return c->rights.row.rev == c->rev ? OK
                                       : fail(cx, E_CONFLICT, "the account was changed meanwhile");
}

static enum err check_last(struct ctx *cx, const struct person_call *c, str field)
{
    struct q_operators_count others;
    if (!c->rights.row.is_operator || c->rights.row.disabled.is)
        return OK;
    TRY(q_operators_count(cx->db, &others, .but = c->id));
    return others.n > 0 ? OK : wrong(cx, field, S("last_operator"));
}

static struct input row_as_input(struct ctx *cx, const struct q_person_get *p)
{
    struct input now = {0};
    const str values[PERSON_EDIT_RULES] = {p->name_ja,
                                           p->name_en,
                                           p->email,
                                           p->lang,
                                           p->zone,
                                           p->is_operator ? S("yes") : S("no"),
                                           p->is_auditor ? S("yes") : S("no")};
    for (size_t i = 0; i < PERSON_EDIT_RULES; i++)
        input_put(cx->a, &now, person_edit_rules[i].name, values[i]);
    return now;
}

static enum err check_flags(struct ctx *cx, const struct person_call *c, const struct value *v)
{
    const struct q_person_get *p = &c->rights.row;
    if (!admin_is_operator(cx) && (v[5].n != 0) != p->is_operator)
        return wrong(cx, S("is_operator"), S("operator_only"));
    if (!admin_is_operator(cx) && (v[6].n != 0) != p->is_auditor)
        return wrong(cx, S("is_auditor"), S("operator_only"));
    return v[5].n ? OK : check_last(cx, c, S("is_operator"));
}

static enum err change(struct ctx *cx, void *arg)
{
    struct person_call *c = arg;
    struct value v[PERSON_EDIT_RULES];
    TRY(find(cx, c));
    struct input now = row_as_input(cx, &c->rights.row), all = admin_over(cx, c->in, &now);
    TRY(form_read(cx, person_edit_rules, PERSON_EDIT_RULES, &all, v));
    TRY(check_flags(cx, c, v));
    TRY(q_person_put(cx->db, .id = c->id, .name_ja = v[0].text, .name_en = v[1].text,
                     .email = or_empty(v[2].text), .lang = v[3].text, .zone = v[4].text,
                     .is_operator = v[5].n != 0, .is_auditor = v[6].n != 0,
                     .muted = c->rights.row.muted, .rev = c->rev));
    return note(cx, c, "person_edited");
}

enum err person_edit(struct ctx *cx, str id, i64 rev, const struct input *in)
{
    struct person_call c = {.id = id, .rev = rev, .in = in};
    return db_write(cx, change, &c);
}

static enum err disable(struct ctx *cx, void *arg)
{
    struct person_call *c = arg;
    TRY(find(cx, c));
    if (c->disabled) {
        TRY(check_last(cx, c, S("")));
        TRY(q_session_end_all(cx->db, .person_id = c->id));
        TRY(q_tokens_revoke_all(cx->db, .person_id = c->id, .at = cx->now));
    }
    TRY(q_person_disable(cx->db, .id = c->id, .at = (opt_i64){c->disabled, cx->now},
                         .rev = c->rev));
    return note(cx, c, c->disabled ? "person_disabled" : "person_enabled");
}

enum err person_disable(struct ctx *cx, str id, i64 rev, bool disabled)
{
    struct person_call c = {.id = id, .rev = rev, .disabled = disabled};
    return db_write(cx, disable, &c);
}

static enum err put_password(struct ctx *cx, void *arg)
{
    struct person_call *c = arg;
    TRY(person_may(cx, c->id, &c->rights));
    TRY(q_person_password(cx->db, .id = c->id, .password = c->phc, .must_change = c->must_change));
    TRY(q_session_end_all(cx->db, .person_id = c->id));
    return note(cx, c, "person_reset");
}

enum err person_reset(struct ctx *cx, str id, str *password)
{
    struct person_call c = {.id = id, .must_change = true};
    TRY(app_read(cx));
    TRY(person_may(cx, id, &c.rights));
    app_read_end(cx);
    *password = start_password(cx);
    TRY(password_hash(cx, *password, &c.phc));
    return db_write(cx, put_password, &c);
}

enum err person_set_password(struct ctx *cx, str id, str password)
{
    struct person_call c = {.id = id};
    if (cx->door != DOOR_CLI)
        return E_DENIED;
    TRY(app_read(cx));
    TRY(person_may(cx, id, &c.rights));
    app_read_end(cx);
    TRY(password_check(cx, S("password"), c.rights.row.login, password));
    TRY(password_hash(cx, password, &c.phc));
    return db_write(cx, put_password, &c);
}
