/* admin.c - see admin.h. */
#include "cli/admin.h"

#include "app/orgs.h"
#include "base/utf8.h"
#include "io/files.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static struct ctx *open_app(struct cli_args *args, size_t words, bool migrate, int *code)
{
    struct fault f = {0};
    struct app *app;
    if (args->nrest != words) {
        *code = cli_fail(E_INVALID, "usage: kakehashi %s", args->command->usage);
        return NULL;
    }
    enum err e = cli_boot(args, migrate, &f, &app);
    if (e != OK) {
        *code = cli_fail(e, "%s", f.text);
        return NULL;
    }
    struct ctx *cx = ctx_new(args->a, app);
    admin_at_command_line(cx);
    *code = 0;
    return cx;
}

struct ctx *cli_admin(struct cli_args *args, size_t words, int *code)
{
    return open_app(args, words, false, code);
}

struct ctx *cli_admin_new(struct cli_args *args, int *code)
{
    return open_app(args, 0, true, code);
}

str cli_word(const struct cli_args *args, size_t n)
{
    return n < args->nrest ? str_z(args->rest[n]) : NO_STR;
}

/* The option that a field came from. */
static str option_of(struct arena *a, str field)
{
    buf b = {.a = a};
    buf_put(&b, S("--"));
    for (size_t i = 0; i < field.n; i++)
        buf_char(&b, field.p[i] == '_' ? '-' : field.p[i]);
    return buf_str(&b);
}

int cli_end(struct ctx *cx, enum err e)
{
    for (size_t i = 0; e == E_INVALID && i < cx->problems.n; i++) {
        const struct problem *p = &cx->problems.v[i];
        str option = p->field.n ? option_of(cx->a, p->field) : S("kakehashi");
        str sentence = problem_sentence(cx->a, p, LANG_EN);
        (void)fprintf(stderr, "%.*s: %.*s\n", SV(option), SV(sentence));
    }
    if (e == OK || (e == E_INVALID && cx->problems.n > 0))
        return err_info[e].exit;
    static const char *const plain[ERR_COUNT] = {
        [E_INVALID] = "this cannot be done so",
        [E_DENIED] = "this is not allowed at the command line",
        [E_NOT_FOUND] = "there is no such thing",
        [E_CONFLICT] = "somebody changed it meanwhile, or it is done already",
        [E_BUSY] = "the database is busy; try again",
        [E_IO] = "the database did not answer",
    };
    return cli_fail(e, "%s", cx->fault.text[0] ? cx->fault.text : plain[e]);
}

/* All of standard input, up to a line end. */
static str read_line(struct arena *a)
{
    enum { MOST = 1024 };
    char *line = NEWS(a, char, MOST);
    size_t n = 0;
    while (n < MOST && read(STDIN_FILENO, line + n, 1) == 1 && line[n] != '\n')
        n++;
    return (str){line, n};
}

enum err cli_secret(struct cli_args *args, const char *option, str *out)
{
    enum { MOST = 4096 };
    str path = cli_value(args, option);
    struct fault f = {0};
    *out = NO_STR;
    if (path.p == NULL)
        return OK;
    if (str_eq(path, S("-"))) {
        *out = read_line(args->a);
    } else {
        enum err e = file_read(args->a, str_to_z(args->a, path), MOST, &f, out);
        if (e != OK) {
            (void)cli_fail(E_INVALID, "%s cannot be read: %.*s", option, SV(path));
            return E_INVALID;
        }
        *out = str_cut(out, '\n');
    }
    if (str_has_suffix(*out, S("\r")))
        out->n--;
    if (out->n > 0 && utf8_valid(*out) && !utf8_has_control(*out))
        return OK;
    (void)cli_fail(E_INVALID, "%s has no line of text", option);
    return E_INVALID;
}

void cli_print(const buf *b)
{
    (void)printf("%.*s\n", SV(buf_str(b)));
}

str cli_time(struct ctx *cx, opt_i64 at)
{
    return at.is ? time_minute(cx->a, at.v, cx->zone) : S("–");
}

static bool is_dept(const struct dept_view *d, str name)
{
    for (size_t i = 0; i < d->kinds.n; i++)
        if (str_eq(d->kinds.v[i], name))
            return true;
    return str_eq(d->id, name) || str_eq(d->name_ja, name) || str_eq_nocase(d->name_en, name);
}

enum err cli_dept(struct ctx *cx, str org_slug, str dept, str *id)
{
    struct org_view v;
    enum err e = org_view(cx, org_slug, &v);
    if (e == E_NOT_FOUND)
        return fail(cx, e, "there is no organisation %.*s", SV(org_slug));
    TRY(e);
    for (size_t i = 0; i < v.ndepts; i++)
        if (is_dept(&v.depts[i], dept)) {
            *id = v.depts[i].id;
            return OK;
        }
    return fail(cx, E_NOT_FOUND, "%.*s has no department %.*s", SV(org_slug), SV(dept));
}
