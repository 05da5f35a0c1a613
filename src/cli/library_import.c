/* library_import.c - kakehashi library import: files, folders, addresses. */
#include "cli/library.h"

#include "app/attach.h"
#include "app/foreign.h"
#include "app/library_haul.h"
#include "cli/csaf.h"
#include "io/effects.h"
#include "io/files.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

struct importing {
    struct ctx *cx;
    bool json;
    i64 count[LIBRARY_OUTCOMES];
};

static void say_json(struct arena *a, str source, const struct library_done *d, str why)
{
    buf b = {.a = a};
    struct json_out o = {.b = &b};
    json_put_object(&o);
    json_put_member(&o, S("source"), source);
    json_put_member(&o, S("outcome"), library_outcome_name(d->outcome));
    json_put_member(&o, S("id"), d->id);
    json_put_member(&o, S("document"), d->doc_id);
    if (d->outcome == LIBRARY_REFUSED) {
        json_put_member(&o, S("code"), d->why.code);
        json_put_member(&o, S("place"), d->why.place);
        json_put_member(&o, S("message"), why);
    }
    json_put_end(&o);
    cli_print(&b);
}

/* What is unchanged is counted alone. */
static void say(const struct importing *im, str source, const struct library_done *d)
{
    struct arena *a = arena_new();
    const struct problem p = {.field = S(""), .code = d->why.code, .got = d->why.place};
    str why = d->outcome == LIBRARY_REFUSED ? problem_sentence(a, &p, LANG_EN) : S("");
    str outcome = library_outcome_name(d->outcome);
    if (im->json)
        say_json(a, source, d, why);
    else if (d->outcome == LIBRARY_REFUSED)
        (void)printf("%-9.*s %.*s: %.*s\n", SV(outcome), SV(source), SV(why));
    else if (d->outcome != LIBRARY_UNCHANGED)
        (void)printf("%-9.*s %.*s  %.*s\n", SV(outcome), SV(d->doc_id), SV(source));
    arena_free(a);
}

static void tell(void *arg, const struct library_told *t)
{
    say(arg, t->url, &t->done);
}

/* Of an aggregator: whom one may choose. */
static void offer(void *arg, const struct aggregated *g)
{
    const struct importing *im = arg;
    struct arena *a = arena_new();
    buf b = {.a = a};
    struct json_out o = {.b = &b};
    json_put_object(&o);
    json_put_member(&o, S("issuer"), g->namespace);
    json_put_member(&o, S("name"), g->name);
    json_put_member(&o, S("role"), g->role);
    json_put_member(&o, S("url"), g->url);
    json_put_member_i64(&o, S("mirrors"), (i64)g->mirrors.n);
    json_put_end(&o);
    if (im->json)
        cli_print(&b);
    else
        (void)printf("issuer    %.*s  %.*s\n    %.*s%s\n", SV(g->namespace), SV(g->name),
                     SV(g->url), g->mirrors.n > 0 ? ", mirrored" : "");
    arena_free(a);
}

/* The namespaces of --issuers, at their commas. */
static struct strs issuers_of(const struct cli_args *args)
{
    str list = cli_value(args, "--issuers");
    str *v = NEWS(args->a, str, list.n + 1);
    size_t n = 0;
    while (list.n > 0)
        v[n++] = str_trim(str_cut(&list, ','));
    return (struct strs){v, n};
}

/* --- files ------------------------------------------------------------------------------------ */

static enum err refuse_file(struct importing *im, const char *path, str code)
{
    const struct library_done d = {.outcome = LIBRARY_REFUSED, .why = {code, S("")}};
    im->count[LIBRARY_REFUSED]++;
    say(im, str_z(path), &d);
    return OK;
}

static enum err take_bytes(struct importing *im, struct ctx *cx, const char *path, str bytes)
{
    const struct library_origin from = {.source = attach_name(cx->a, str_z(path))};
    struct library_dones done = {0};
    TRY(library_import(cx, bytes, &from, &done));
    for (size_t i = 0; i < done.n; i++) {
        im->count[done.v[i].outcome]++;
        say(im, str_z(path), &done.v[i]);
    }
    return OK;
}

static enum err take_file(struct importing *im, const char *path)
{
    struct arena *a = arena_new();
    struct ctx *cx = ctx_new(a, im->cx->app);
    struct stat st;
    str bytes;
    cx->who = im->cx->who;
    cx->door = im->cx->door;
    enum err e;
    if (stat(path, &st) == 0 && st.st_size > LIBRARY_BYTES)
        e = refuse_file(im, path, S("library_large"));
    else if (file_read(a, path, LIBRARY_BYTES, &cx->fault, &bytes) != OK)
        e = refuse_file(im, path, S("library_unreadable"));
    else
        e = take_bytes(im, cx, path, bytes);
    if (e != OK)
        im->cx->fault = cx->fault;
    app_read_end(cx);
    arena_free(a);
    return e;
}

static enum err take_files(struct importing *im, const char *word)
{
    struct csaf_files files = {.xml = true};
    csaf_files_find(im->cx->a, &word, 1, &files);
    im->count[LIBRARY_REFUSED] += (i64)files.unreadable;
    for (size_t i = 0; i < files.n; i++)
        TRY(take_file(im, files.v[i]));
    return OK;
}

/* --- addresses -------------------------------------------------------------------------------- */

/* What is no file, and looks like an address or a domain. */
static bool is_address(const char *word)
{
    struct stat st;
    str s = str_z(word);
    if (str_find(s, S("://")) > 0)
        return true;
    return stat(word, &st) != 0 && str_find_char(s, '/') < 0 && str_find_char(s, '.') > 0 &&
           !str_has_suffix(s, S(".json")) && !str_has_suffix(s, S(".xml")) &&
           !str_has_suffix(s, S(".rdf"));
}

static enum err take_address(struct importing *im, const struct cli_args *args,
                             struct effects *effects, str what)
{
    i64 seconds = 30;
    struct library_haul h = {.wire = library_wire_fetch(effects), .tell = tell, .arg = im};
    h.issuers = issuers_of(args);
    h.mirrors = cli_flag(args, "--mirrors");
    h.offer = offer;
    enum lang lang = str_eq(cli_value(args, "--lang"), S("en")) ? LANG_EN : LANG_JA;
    (void)str_i64(cli_value(args, "--timeout"), &seconds);
    h.timeout_ms = seconds * SECOND;
    TRY(cli_flag(args, "--jvn") ? library_haul_jvn(im->cx, &h, what, lang)
                                : library_haul(im->cx, &h, what));
    for (int i = 0; i < LIBRARY_OUTCOMES; i++)
        im->count[i] += h.count[i];
    return OK;
}

/* --- the command ------------------------------------------------------------------------------ */

static const struct effects_kind *const kinds[] = {&effects_fetch};

/* The helpers are forked before the database is opened. */
static enum err start_jail(struct cli_args *args, struct fault *f, struct jail **out)
{
    const struct jail_options o = {
        .jobs = foreign_jobs, .njobs = foreign_njobs, .mode = SANDBOX_AUTO};
    TRY(jail_start(args->a, &o, f, out));
    const struct sandbox_state *s = jail_state(*out);
    if (!s->whole)
        (void)fprintf(stderr, "documents are read with less than the whole sandbox: %s\n", s->why);
    return OK;
}

static enum err start_helper(struct cli_args *args, struct fault *f, struct effects **out)
{
    struct effects_options o = {.mode = SANDBOX_AUTO, .kinds = kinds, .nkinds = COUNT(kinds)};
    str ca = cli_value(args, "--ca-file");
    bool any = false;
    for (size_t i = 0; i < args->nrest; i++)
        any |= is_address(args->rest[i]);
    *out = NULL;
    if (!any)
        return OK;
    o.fetch.loopback = cli_flag(args, "--reach-loopback");
    if (ca.n > 0)
        o.fetch.ca_file = str_to_z(args->a, ca);
    return effects_start(args->a, &o, f, out);
}

static enum err check_options(const struct cli_args *args)
{
    i64 seconds = 1;
    str lang = cli_value(args, "--lang"), timeout = cli_value(args, "--timeout");
    if (args->nrest == 0)
        return (void)cli_fail(E_INVALID, "usage: kakehashi %s", args->command->usage), E_INVALID;
    if (lang.n > 0 && !str_eq(lang, S("ja")) && !str_eq(lang, S("en")))
        return (void)cli_fail(E_INVALID, "--lang is ja or en"), E_INVALID;
    if (timeout.n > 0 && (!str_i64(timeout, &seconds) || seconds < 1 || seconds > 600))
        return (void)cli_fail(E_INVALID, "--timeout is 1 to 600 seconds"), E_INVALID;
    return OK;
}

static void say_sums(const struct importing *im)
{
    buf b = {.a = im->cx->a};
    struct json_out o = {.b = &b};
    json_put_object(&o);
    for (int i = 0; i < LIBRARY_OUTCOMES; i++) {
        str name = library_outcome_name((enum library_outcome)i);
        json_put_member_i64(&o, name, im->count[i]);
        if (!im->json)
            (void)printf("%s%lld %.*s", i > 0 ? ", " : "", (long long)im->count[i], SV(name));
    }
    json_put_end(&o);
    if (im->json)
        cli_print(&b);
    else
        (void)printf("\n");
}

int library_run_import(struct cli_args *args)
{
    struct fault f = {0};
    struct effects *effects;
    struct jail *jail;
    int code;
    if (check_options(args) != OK)
        return err_info[E_INVALID].exit;
    enum err e = start_jail(args, &f, &jail);
    if (e == OK)
        e = start_helper(args, &f, &effects);
    if (e != OK)
        return cli_fail(e, "%s", f.text);
    struct importing im = {.cx = cli_admin(args, args->nrest, &code),
                           .json = cli_flag(args, "--json")};
    if (im.cx == NULL)
        return code;
    im.cx->app->jail = jail;
    for (size_t i = 0; e == OK && i < args->nrest; i++)
        e = is_address(args->rest[i]) ? take_address(&im, args, effects, str_z(args->rest[i]))
                                      : take_files(&im, args->rest[i]);
    app_read_end(im.cx);
    if (e != OK)
        return cli_end(im.cx, e);
    say_sums(&im);
    return im.count[LIBRARY_REFUSED] > 0 ? 1 : 0;
}
