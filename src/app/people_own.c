/* people_own.c - one's own account: names, language, zone, address, password. */
#include "app/admin_own.h"
#include "app/auth.h"
#include "app/people.h"

/* clang-format off */
const struct field_rule own_rules[OWN_RULES] = {
    {.name = S_INIT("name_ja"), .type = FIELD_LINE, .required = true, .max = 100},
    {.name = S_INIT("name_en"), .type = FIELD_LINE, .required = true, .max = 100},
    {.name = S_INIT("email"), .type = FIELD_EMAIL},
    {.name = S_INIT("lang"), .type = FIELD_LANG, .required = true},
    {.name = S_INIT("zone"), .type = FIELD_ZONE, .required = true},
    {.name = S_INIT("muted"), .type = FIELD_BOOL},
};
const struct field_rule password_rules[PASSWORD_RULES] = {
    {.name = S_INIT("old_password"), .type = FIELD_SECRET, .required = true},
    {.name = S_INIT("new_password"), .type = FIELD_SECRET, .required = true},
};
/* clang-format on */

struct own_call {
    const struct input *in;
    str id, phc, session, org_id;
    i64 rev;
};

static enum err change(struct ctx *cx, void *arg)
{
    const struct own_call *c = arg;
    struct q_person_get p;
    struct value v[OWN_RULES];
    struct input now = {0};
    TRY(q_person_get(cx->db, &p, .id = cx->who.person_id));
    if (p.rev != c->rev)
        return fail(cx, E_CONFLICT, "the account was changed meanwhile");
    const str values[OWN_RULES] = {p.name_ja, p.name_en, p.email,
                                   p.lang,    p.zone,    p.muted ? S("yes") : S("no")};
    for (size_t i = 0; i < OWN_RULES; i++)
        input_put(cx->a, &now, own_rules[i].name, values[i]);
    struct input all = admin_over(cx, c->in, &now);
    TRY(form_read(cx, own_rules, OWN_RULES, &all, v));
    TRY(q_person_put(cx->db, .id = p.id, .name_ja = v[0].text, .name_en = v[1].text,
                     .email = v[2].is ? v[2].text : S(""), .lang = v[3].text, .zone = v[4].text,
                     .is_operator = p.is_operator, .is_auditor = p.is_auditor, .muted = v[5].n != 0,
                     .rev = c->rev));
    return admin_note(cx, c->org_id, "own_edited",
                      (struct note_pair[]){{"login", p.login}, {NULL, NO_STR}});
}

static str own_org(const struct ctx *cx)
{
    return cx->who.nseats > 0 ? cx->who.seats[0].org_id : NO_STR;
}

enum err own_edit(struct ctx *cx, i64 rev, const struct input *in)
{
    struct own_call c = {.in = in, .rev = rev, .org_id = own_org(cx)};
    if (cx->who.person_id.n == 0)
        return E_DENIED;
    return db_write(cx, change, &c);
}

static enum err put_password(struct ctx *cx, void *arg)
{
    const struct own_call *c = arg;
    struct q_person_get p;
    TRY(q_person_get(cx->db, &p, .id = c->id));
    TRY(q_person_password(cx->db, .id = c->id, .password = c->phc, .must_change = false));
    if (c->session.n > 0)
        TRY(q_session_end_others(cx->db, .person_id = c->id, .but = hash_of(cx->a, c->session)));
    else
        TRY(q_session_end_all(cx->db, .person_id = c->id));
    return admin_note(cx, c->org_id, "own_password",
                      (struct note_pair[]){{"login", p.login}, {NULL, NO_STR}});
}

/* The old one, with the same limit of wrong tries as at sign-in. */
static enum err check_old(struct ctx *cx, const struct q_person_get *p, str old, i64 *retry_s)
{
    const i64 window = 15 * MINUTE;
    TRY(throttle_check(cx, S("account"), p->login, cx->app->rates.sign_in_per_account, window,
                       retry_s));
    app_read_end(cx); /* not while argon2 works */
    if (password_fits(cx->a, p->password, old))
        return throttle_forget(cx, S("account"), p->login);
    TRY(throttle_count(cx, S("account"), p->login, window));
    return wrong(cx, S("old_password"), S("old_password"));
}

enum err own_password(struct ctx *cx, const struct input *in, str session, i64 *retry_s)
{
    struct own_call c = {.session = session, .org_id = own_org(cx)};
    struct q_person_get p;
    struct value v[PASSWORD_RULES];
    *retry_s = 0;
    c.id = cx->who.person_id.n ? cx->who.person_id : cx->who.pending_id;
    if (c.id.n == 0 || cx->door == DOOR_API)
        return E_DENIED;
    TRY(app_read(cx));
    TRY(q_person_get(cx->db, &p, .id = c.id));
    TRY(form_read(cx, password_rules, PASSWORD_RULES, in, v));
    TRY(password_check(cx, S("new_password"), p.login, v[1].text));
    if (str_eq(v[0].text, v[1].text))
        return wrong(cx, S("new_password"), S("password_same"));
    TRY(check_old(cx, &p, v[0].text, retry_s));
    TRY(password_hash(cx, v[1].text, &c.phc));
    return db_write(cx, put_password, &c);
}
