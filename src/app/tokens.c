/* tokens.c - see tokens.h. */
#include "app/tokens.h"

#include "app/admin_own.h"
#include "app/auth.h"
#include "base/encode.h"
#include "formats/certificate.h"

enum { SECRET_BYTES = 32, MOST_TOKENS = 50 };

const struct field_rule token_rules[TOKEN_RULES] = {
    {.name = S_INIT("token_name"), .type = FIELD_LINE, .required = true, .max = 60},
    {.name = S_INIT("expires"), .type = FIELD_INSTANT},
};

const struct field_rule certificate_rules[CERTIFICATE_RULES] = {
    {.name = S_INIT("certificate_name"), .type = FIELD_LINE, .required = true, .max = 60},
    {.name = S_INIT("certificate"), .type = FIELD_TEXT, .required = true, .max = CERTIFICATE_MOST},
    {.name = S_INIT("expires"), .type = FIELD_INSTANT},
};

struct token_call {
    str person_id, id, name, hash, org_id;
    str certificate; /* absent: a token */
    i64 expires;
};

static enum err may(const struct ctx *cx, str person_id)
{
    bool own = cx->who.person_id.n > 0 && str_eq(cx->who.person_id, person_id);
    if (!own && !admin_is_operator(cx))
        return E_NOT_FOUND;
    return OK;
}

static enum err find_person(struct ctx *cx, struct token_call *c, struct q_person_get *p)
{
    TRY(q_person_get(cx->db, p, .id = c->person_id));
    c->org_id =
        cx->who.nseats > 0 && str_eq(cx->who.person_id, p->id) ? cx->who.seats[0].org_id : NO_STR;
    return OK;
}

static enum err make(struct ctx *cx, void *arg)
{
    struct token_call *c = arg;
    struct q_person_get p;
    struct q_tokens_of *rows;
    size_t n, live = 0;
    TRY(find_person(cx, c, &p));
    if (p.disabled.is)
        return wrong(cx, S(""), S("person_disabled"));
    TRY(q_tokens_of(cx->db, &rows, &n, .person_id = c->person_id));
    for (size_t i = 0; i < n; i++)
        live += !rows[i].revoked.is && (!rows[i].expires.is || rows[i].expires.v > cx->now);
    if (live >= MOST_TOKENS)
        return wrong_limit(cx, S(""), S("too_many"), MOST_TOKENS);
    c->id = new_id(cx);
    TRY(q_token_add(cx->db, .id = c->id, .person_id = c->person_id, .name = c->name,
                    .token_hash = c->hash, .certificate = c->certificate, .created = cx->now,
                    .expires = SOME(c->expires)));
    return admin_note(cx, c->org_id, c->certificate.n > 0 ? "certificate_made" : "token_made",
                      (struct note_pair[]){{"login", p.login}, {"name", c->name}, {NULL, NO_STR}});
}

static enum err set_expires(struct ctx *cx, const struct value *v, struct token_call *c)
{
    c->expires = v->is ? v->n : time_add_months(cx->now, 12, cx->zone);
    if (c->expires <= cx->now || c->expires > time_add_months(cx->now, 24, cx->zone))
        return wrong(cx, S("expires"), S("token_expires"));
    return OK;
}

enum err token_make(struct ctx *cx, str person_id, const struct input *in, struct token_made *out)
{
    struct token_call c = {.person_id = person_id};
    struct value v[TOKEN_RULES];
    TRY(may(cx, person_id));
    if (cx->door == DOOR_API)
        return E_DENIED;
    TRY(form_read(cx, token_rules, TOKEN_RULES, in, v));
    c.name = v[0].text;
    TRY(set_expires(cx, &v[1], &c));
    str secret = base64url_encode(cx->a, random_str(&cx->app->random, cx->a, SECRET_BYTES));
    secret = str_join(cx->a, S("kkh_"), secret);
    c.hash = hash_of(cx->a, secret);
    TRY(db_write(cx, make, &c));
    *out = (struct token_made){c.id, secret, c.expires};
    return OK;
}

enum err certificate_make(struct ctx *cx, str person_id, const struct input *in,
                          struct token_made *out)
{
    struct token_call c = {.person_id = person_id};
    struct value v[CERTIFICATE_RULES];
    TRY(may(cx, person_id));
    if (cx->door == DOOR_API)
        return E_DENIED;
    TRY(form_read(cx, certificate_rules, CERTIFICATE_RULES, in, v));
    c.name = v[0].text;
    if (!certificate_fingerprint(cx->a, v[1].text, &c.certificate))
        return wrong(cx, S("certificate"), S("certificate_bad"));
    TRY(set_expires(cx, &v[2], &c));
    c.hash = certificate_hash(cx->a, c.certificate);
    enum err e = db_write(cx, make, &c);
    if (e == E_CONFLICT)
        return wrong(cx, S("certificate"), S("certificate_known"));
    *out = (struct token_made){c.id, c.certificate, c.expires};
    return e;
}

static enum err revoke(struct ctx *cx, void *arg)
{
    struct token_call *c = arg;
    struct q_person_get p;
    TRY(find_person(cx, c, &p));
    enum err e = q_token_revoke(cx->db, .id = c->id, .person_id = c->person_id, .at = cx->now);
    TRY(e == E_CONFLICT ? E_NOT_FOUND : e);
    return admin_note(cx, c->org_id, "token_revoked",
                      (struct note_pair[]){{"login", p.login}, {NULL, NO_STR}});
}

enum err token_revoke(struct ctx *cx, str person_id, str token_id)
{
    struct token_call c = {.person_id = person_id, .id = token_id};
    TRY(may(cx, person_id));
    if (cx->door == DOOR_API)
        return E_DENIED;
    return db_write(cx, revoke, &c);
}

enum err token_list(struct ctx *cx, str person_id, struct token_line **out, size_t *n)
{
    struct q_tokens_of *rows;
    TRY(may(cx, person_id));
    TRY(app_read(cx));
    TRY(q_tokens_of(cx->db, &rows, n, .person_id = person_id));
    *out = NEWS(cx->a, struct token_line, *n + 1);
    for (size_t i = 0; i < *n; i++)
        (*out)[i] =
            (struct token_line){rows[i].id,      rows[i].name, rows[i].certificate, rows[i].created,
                                rows[i].expires, rows[i].used, rows[i].revoked};
    return OK;
}
