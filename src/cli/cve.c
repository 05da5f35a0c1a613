/* cve.c - kakehashi cve: CVE records, and the numbering authority's service. */
#include "cli/cve_own.h"

#include "io/effects.h"

#include <stdio.h>

static const struct effects_kind *const kinds[] = {&effects_fetch};

/* The helper is forked before the database is opened. */
static enum err start_helper(struct cli_args *args, struct fault *f, struct effects **out)
{
    struct effects_options o = {.mode = SANDBOX_AUTO, .kinds = kinds, .nkinds = COUNT(kinds)};
    str data = cli_value(args, "--data");
    o.fetch.key_file = str_to_z(args->a, cve_key_path(args->a, data.n ? data : S("var")));
    o.fetch.loopback = cli_flag(args, "--reach-loopback");
    str ca = cli_value(args, "--ca-file");
    if (ca.n > 0)
        o.fetch.ca_file = str_to_z(args->a, ca);
    return effects_start(args->a, &o, f, out);
}

struct ctx *cve_cli(struct cli_args *args, size_t words, struct cve_wire *wire, int *code)
{
    struct fault f = {0};
    struct effects *effects = NULL;
    enum err e = args->nrest == words ? OK : E_INVALID;
    if (e != OK) {
        *code = cli_fail(e, "usage: kakehashi %s", args->command->usage);
        return NULL;
    }
    if (wire != NULL)
        e = start_helper(args, &f, &effects);
    if (e != OK) {
        *code = cli_fail(e, "%s", f.text);
        return NULL;
    }
    if (wire != NULL)
        *wire = cve_wire_fetch(effects);
    struct ctx *cx = cli_admin(args, words, code);
    if (cx != NULL)
        cx->app->reach_loopback = cli_flag(args, "--reach-loopback");
    return cx;
}

enum err cve_cli_as(struct cli_args *args, struct ctx *cx)
{
    str login = cli_value(args, "--as");
    if (login.n == 0)
        return fail(cx, E_INVALID, "--as LOGIN is needed: who of the case does this");
    enum err e = admin_as_person(cx, login);
    return e == E_NOT_FOUND ? fail(cx, e, "there is no person %.*s", SV(login)) : e;
}

enum err cve_cli_case(struct ctx *cx, str number, str *id)
{
    enum err e = case_id_of(cx, number, id);
    return e == E_NOT_FOUND ? fail(cx, e, "there is no case %.*s", SV(number)) : e;
}

/* Which of its vulnerabilities: by id, CVE number or place in the list. */
enum err cve_cli_vuln(struct cli_args *args, struct ctx *cx, str case_id, str *out)
{
    str named = cli_value(args, "--vuln");
    struct vuln *all;
    size_t n;
    i64 place = 0;
    TRY(vuln_list(cx, case_id, &all, &n));
    *out = named.n == 0 && n == 1 ? all[0].id : NO_STR;
    (void)str_i64(named, &place);
    for (size_t i = 0; i < n; i++)
        if (named.n > 0 &&
            (str_eq(all[i].id, named) || str_eq(all[i].cve, named) || all[i].ordinal == place))
            *out = all[i].id;
    if (out->p != NULL)
        return OK;
    if (n > 1 && named.n == 0)
        return fail(cx, E_INVALID, "the case has %zu vulnerabilities: --vuln says which", n);
    return fail(cx, E_NOT_FOUND, "the case has no such vulnerability");
}

/* --- build ------------------------------------------------------------------------------------ */

static void say_findings(const struct ctx *cx, const struct cve_draft *d)
{
    for (size_t i = 0; i < d->findings.n; i++) {
        const struct cve_finding *f = &d->findings.v[i];
        str words = cve_finding_words(cx->a, f, LANG_EN);
        (void)fprintf(stderr, "%s %.*s %.*s: %.*s\n", f->must ? "must" : "should", SV(f->rule),
                      SV(f->path), SV(words));
    }
}

int cve_run_build(struct cli_args *args)
{
    struct cve_draft d;
    str id, vuln = NO_STR, format = cli_value(args, "--format");
    int code;
    struct ctx *cx = cve_cli(args, 1, NULL, &code);
    if (cx == NULL)
        return code;
    if (format.n > 0 && !str_eq(format, S("5.1")) && !str_eq(format, S("5.2")))
        return cli_fail(E_INVALID, "--format wants 5.1 or 5.2");
    enum err e = cve_cli_as(args, cx);
    if (e == OK)
        e = cve_cli_case(cx, cli_word(args, 0), &id);
    if (e == OK)
        e = cve_cli_vuln(args, cx, id, &vuln);
    if (e == OK)
        e = cve_build(cx, id, vuln, str_eq(format, S("5.2")), &d);
    if (e != OK)
        return cli_end(cx, e);
    (void)printf("%.*s\n", SV(cli_flag(args, "--request") ? d.request : d.json));
    say_findings(cx, &d);
    return d.fails ? 1 : 0;
}

/* --- the account ------------------------------------------------------------------------------ */

static enum err say_account(struct ctx *cx)
{
    struct cve_account acc;
    TRY(cve_account_load(cx, &acc));
    if (!acc.is)
        return fail(cx, E_NOT_FOUND, "no account at CVE Services is set");
    (void)printf("%.*s as %.*s at %.*s\norganisation: %.*s\n", SV(acc.user), SV(acc.org),
                 SV(acc.url), SV(acc.uuid.n ? acc.uuid : S("not asked yet")));
    return OK;
}

int cve_run_account(struct cli_args *args)
{
    struct input in = {0};
    struct cve_wire wire;
    str key, uuid;
    int code;
    bool sets = cli_value(args, "--url").n > 0 || cli_value(args, "--key-file").n > 0;
    struct ctx *cx = cve_cli(args, 0, &wire, &code);
    if (cx == NULL)
        return code;
    enum err e = OK;
    if (sets) {
        e = cli_input(args, &in);
        if (e != OK || cli_secret(args, "--key-file", &key) != OK)
            return err_info[E_INVALID].exit;
        input_put(cx->a, &in, S("api_key"), key);
        e = cve_account_put(cx, &in);
    }
    if (e == OK && sets)
        e = cve_ask_org(cx, &wire, &uuid);
    if (e == OK)
        e = say_account(cx);
    return cli_end(cx, e);
}

/* --- questions -------------------------------------------------------------------------------- */

int cve_run_quota(struct cli_args *args)
{
    struct cve_quota q;
    struct cve_wire wire;
    int code;
    struct ctx *cx = cve_cli(args, 0, &wire, &code);
    if (cx == NULL)
        return code;
    enum err e = cve_ask_quota(cx, &wire, &q);
    if (e == OK && cli_flag(args, "--json"))
        (void)printf("{\"id_quota\":%lld,\"total_reserved\":%lld,\"available\":%lld}\n",
                     (long long)q.quota, (long long)q.reserved, (long long)q.available);
    else if (e == OK)
        (void)printf("%lld of %lld can be reserved; %lld are\n", (long long)q.available,
                     (long long)q.quota, (long long)q.reserved);
    return cli_end(cx, e);
}

static void put_line(struct json_out *o, const struct cve_line *l)
{
    json_put_object(o);
    json_put_member(o, S("cve"), l->cve);
    json_put_member(o, S("state"), l->state);
    json_put_member(o, S("user"), l->user);
    json_put_member(o, S("reserved"), l->reserved);
    json_put_end(o);
}

int cve_run_list(struct cli_args *args)
{
    struct cve_lines lines = {0};
    struct cve_wire wire;
    buf b = {.a = args->a};
    struct json_out o = {.b = &b};
    i64 year = 0;
    int code;
    struct ctx *cx = cve_cli(args, 0, &wire, &code);
    if (cx == NULL)
        return code;
    (void)str_i64(cli_value(args, "--year"), &year);
    enum err e = cve_ask_list(cx, &wire, cli_value(args, "--state"), year, &lines);
    json_put_array(&o);
    for (size_t i = 0; e == OK && i < lines.n; i++) {
        const struct cve_line *l = &lines.v[i];
        put_line(&o, l);
        if (!cli_flag(args, "--json"))
            (void)printf("%-20.*s %-10.*s %.*s\n", SV(l->cve), SV(l->state), SV(l->reserved));
    }
    json_put_end(&o);
    if (e == OK && cli_flag(args, "--json"))
        cli_print(&b);
    return cli_end(cx, e);
}
