/* cve_account.c - see cve_account.h. */
#include "app/cve_account.h"

#include "app/admin_own.h"
#include "formats/cve_services.h"
#include "gen/sql.h"
#include "io/fetch.h"
#include "io/keyfile.h"

static const str only = S_INIT("services");

/* clang-format off */
const struct field_rule cve_account_rules[4] = {
    {.name = S_INIT("url"), .type = FIELD_LINE, .required = true, .max = 300},
    {.name = S_INIT("short_name"), .type = FIELD_LINE, .required = true, .max = 32},
    {.name = S_INIT("user_name"), .type = FIELD_LINE, .required = true, .max = 128},
    {.name = S_INIT("api_key"), .type = FIELD_SECRET, .required = true, .max = 200}};
/* clang-format on */

str cve_key_path(struct arena *a, str data_dir)
{
    return str_fmt(a, "%.*s/cve.key", SV(data_dir));
}

enum err cve_account_load(struct ctx *cx, struct cve_account *out)
{
    struct q_cve_account_get row;
    *out = (struct cve_account){0};
    TRY(app_read(cx));
    enum err e = q_cve_account_get(cx->db, &row, .name = only);
    if (e == E_NOT_FOUND)
        return OK;
    TRY(e);
    *out = (struct cve_account){true,         row.url,     row.org,     row.username,
                                row.org_uuid, row.key_box, row.changed, row.rev};
    return OK;
}

enum err cve_org_load(struct ctx *cx, struct cve_org *out)
{
    struct cve_account acc;
    TRY(cve_account_load(cx, &acc));
    *out = (struct cve_org){.uuid = acc.uuid, .name = acc.org};
    return OK;
}

struct put_call {
    struct cve_account acc;
};

/* The service itself names the organisation: what it said of another one does not hold. */
static enum err put(struct ctx *cx, void *arg)
{
    const struct put_call *c = arg;
    struct cve_account before;
    TRY(cve_account_load(cx, &before));
    bool same = str_eq(before.url, c->acc.url) && str_eq(before.org, c->acc.org);
    TRY(q_cve_account_drop(cx->db, .name = only));
    TRY(q_cve_account_add(cx->db, .name = only, .url = c->acc.url, .org = c->acc.org,
                          .username = c->acc.user, .org_uuid = same ? before.uuid : NO_STR,
                          .key_box = c->acc.key_box, .changed = cx->now, .rev = before.rev + 1));
    return admin_note(
        cx, NO_STR, "cve_account_put",
        (struct note_pair[]){{"org", c->acc.org}, {"url", c->acc.url}, {NULL, NO_STR}});
}

enum err cve_account_put(struct ctx *cx, const struct input *in)
{
    struct value v[COUNT(cve_account_rules)];
    struct put_call c = {0};
    struct keyfile key;
    if (!admin_is_operator(cx))
        return E_DENIED;
    TRY(form_read(cx, cve_account_rules, COUNT(v), in, v));
    str url = v[0].text;
    while (str_has_suffix(url, S("/")))
        url.n--;
    if (!cve_url_is_base(url, cx->app->reach_loopback))
        return wrong(cx, S("url"), S("https"));
    TRY(keyfile_open(cx->a, str_to_z(cx->a, cve_key_path(cx->a, cx->app->spool_dir)), &cx->fault,
                     &key));
    c.acc = (struct cve_account){
        .url = url,
        .org = v[1].text,
        .user = v[2].text,
        .key_box = keyfile_close(cx->a, &key, fetch_secret(cx->a, url, v[3].text)),
    };
    return db_write(cx, put, &c);
}

struct uuid_call {
    const struct cve_account *acc;
    str uuid;
};

static enum err put_uuid(struct ctx *cx, void *arg)
{
    const struct uuid_call *c = arg;
    return q_cve_account_uuid(cx->db, .name = only, .org_uuid = c->uuid, .rev = c->acc->rev);
}

enum err cve_account_uuid(struct ctx *cx, const struct cve_account *acc, str uuid)
{
    struct uuid_call c = {acc, uuid};
    return str_eq(acc->uuid, uuid) ? OK : db_write(cx, put_uuid, &c);
}
