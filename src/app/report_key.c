/* report_key.c - see report_key.h. */
#include "app/report_key.h"

#include "io/jail.h"

static enum err read_in_jail(struct ctx *cx, str field, str text, struct openpgp_key *out)
{
    str answer = S("");
    struct fault why = {0};
    enum err e = jail_run(cx->app->jail, cx->a, &why, S("openpgp_key"), text, NULL, &answer);
    if (e == E_BUSY)
        return e;
    if (e == E_INVALID && str_has_prefix(answer, S("pgp_")))
        return wrong(cx, field, answer);
    if (e != OK || !openpgp_key_take(cx->a, answer, out))
        return wrong(cx, field, S("pgp_not_read"));
    return OK;
}

enum err report_key_read(struct ctx *cx, str field, str text, struct openpgp_key *out)
{
    str code;
    app_read_end(cx); /* no connection waits for another process */
    *out = (struct openpgp_key){0};
    if (cx->app->jail != NULL)
        return read_in_jail(cx, field, text, out);
    if (openpgp_key_read(cx->a, text, out, &code) != OK)
        return wrong(cx, field, code);
    return OK;
}
