/* library.c - kakehashi library: find what others published, and where it came from.
 *
 * The command line reads what is open; for the rest it wants the API token of a person. */
#include "cli/library.h"

#include "app/auth.h"

#include <stdio.h>

struct ctx *library_cli(struct cli_args *args, size_t words, int *code)
{
    str token;
    struct ctx *cx = cli_admin(args, words, code);
    if (cx == NULL || cli_value(args, "--token").n == 0)
        return cx;
    cx->who = (struct user){0};
    enum err e = cli_secret(args, "--token", &token);
    if (e == OK)
        e = token_open(cx, token);
    if (e == OK)
        return cx;
    *code = cli_fail(e, "--token: no person's token stands there");
    return NULL;
}

/* --- search ----------------------------------------------------------------------------------- */

static bool read_severity(str word, int *out)
{
    static const str words[] = {S_INIT("none"), S_INIT("low"), S_INIT("medium"), S_INIT("high"),
                                S_INIT("critical")};
    *out = -1;
    for (size_t i = 0; i < COUNT(words); i++)
        if (str_eq(word, words[i]))
            *out = (int)i;
    return word.n == 0 || *out >= 0;
}

static void say_line(struct ctx *cx, const struct library_line *l)
{
    str day = time_date(cx->a, l->at, cx->zone);
    str score = l->e.score < 0 ? S("–")
                               : str_fmt(cx->a, "%lld.%lld", (long long)(l->e.score / 10),
                                         (long long)(l->e.score % 10));
    (void)printf("%.*s  %4.*s  %.*s  %.*s  [%.*s]\n    %.*s\n", SV(day), SV(score), SV(l->e.id),
                 SV(l->e.title), SV(l->e.publisher_name.n ? l->e.publisher_name : l->e.publisher),
                 SV(l->id));
}

void library_put_line(struct ctx *cx, struct json_out *o, const struct library_line *l)
{
    json_put_object(o);
    json_put_member(o, S("id"), l->id);
    json_put_member_bool(o, S("open"), l->open);
    json_put_member(o, S("at"), time_rfc3339(cx->a, l->at, cx->zone));
    json_put_key(o, S("entry"));
    library_put(o, &l->e);
    json_put_end(o);
}

static int run_search(struct cli_args *args)
{
    struct list_window w = {.limit = 50, .after = cli_value(args, "--after")};
    struct library_line *v = NULL;
    size_t n = 0;
    int code;
    buf q = {.a = args->a}, b = {.a = args->a};
    struct json_out o = {.b = &b};
    struct library_filter f = {.cve = cli_value(args, "--cve"),
                               .product = cli_value(args, "--product"),
                               .publisher = cli_value(args, "--publisher")};
    if (!read_severity(cli_value(args, "--severity"), &f.severity))
        return cli_fail(E_INVALID, "--severity is none, low, medium, high or critical");
    for (size_t i = 0; i < args->nrest; i++)
        buf_putf(&q, "%s ", args->rest[i]);
    f.q = q.n > 0 ? str_trim(buf_str(&q)) : NO_STR;
    struct ctx *cx = library_cli(args, args->nrest, &code);
    if (cx == NULL)
        return code;
    enum err e = library_list(cx, &f, &w, &v, &n);
    json_put_array(&o);
    for (size_t i = 0; e == OK && i < n; i++) {
        library_put_line(cx, &o, &v[i]);
        if (!cli_flag(args, "--json"))
            say_line(cx, &v[i]);
    }
    json_put_end(&o);
    if (e == OK && cli_flag(args, "--json"))
        cli_print(&b);
    else if (e == OK && w.next.n > 0)
        (void)printf("there is more: --after %.*s\n", SV(w.next));
    return cli_end(cx, e);
}

/* --- one -------------------------------------------------------------------------------------- */

static void say_pair(const char *name, str value)
{
    if (value.n > 0)
        (void)printf("%-12s %.*s\n", name, SV(value));
}

static void say_strs(const char *name, struct strs s)
{
    for (size_t i = 0; i < s.n; i++)
        say_pair(i == 0 ? name : "", s.v[i]);
}

static void say_entry(struct ctx *cx, const struct library_entry *e)
{
    say_pair("id", e->id);
    say_pair("title", e->title);
    say_pair("publisher", str_fmt(cx->a, "%.*s %.*s", SV(e->publisher_name), SV(e->publisher)));
    say_pair("version", e->version);
    say_pair("TLP", e->tlp.n > 0 ? e->tlp : S("not told"));
    say_pair("released", cli_time(cx, e->released));
    say_pair("updated", cli_time(cx, e->updated));
    say_strs("CVE", e->cves);
    say_strs("CWE", e->cwes);
    say_strs("other ids", e->others);
    for (size_t i = 0; i < e->nvectors; i++)
        say_pair(i == 0 ? "CVSS" : "", e->vectors[i].vector);
    for (size_t i = 0; i < e->nproducts; i++)
        say_pair(i == 0 ? "products" : "",
                 str_fmt(cx->a, "%.*s %.*s", SV(e->products[i].vendor), SV(e->products[i].name)));
    for (size_t i = 0; i < e->nlinks; i++)
        say_pair(i == 0 ? "links" : "", e->links[i].url);
    say_pair("summary", e->summary);
    if (e->findings > 0)
        (void)printf("invalid: %lld findings of CSAF's schema and mandatory tests\n",
                     (long long)e->findings);
}

static void say_revisions(struct ctx *cx, const struct library_view *v)
{
    for (size_t i = 0; i < v->nrevisions; i++) {
        const struct library_revision *r = &v->revisions[i];
        (void)printf("revision %lld  version %.*s  came %.*s  from %.*s\n    SHA-256 %.*s  "
                     "signature %.*s %.*s\n",
                     (long long)r->n, SV(r->version), SV(cli_time(cx, SOME(r->imported))),
                     SV(r->source), SV(r->sha256), SV(r->signature), SV(r->signed_by));
    }
}

static int run_show(struct cli_args *args)
{
    struct library_view v;
    struct library_revision r;
    str bytes;
    int code;
    buf b = {.a = args->a};
    struct json_out o = {.b = &b};
    struct ctx *cx = library_cli(args, 1, &code);
    if (cx == NULL)
        return code;
    enum err e = library_get(cx, cli_word(args, 0), &v);
    if (e == OK && cli_flag(args, "--document")) {
        e = library_bytes(cx, v.line.id, v.nrevisions > 0 ? v.revisions[0].n : 0, &bytes, &r);
        if (e == OK)
            (void)fwrite(bytes.p, 1, bytes.n, stdout);
    } else if (e == OK && cli_flag(args, "--json")) {
        library_put_line(cx, &o, &v.line);
        cli_print(&b);
    } else if (e == OK) {
        say_entry(cx, &v.line.e);
        say_revisions(cx, &v);
    }
    return cli_end(cx, e);
}

static int run_providers(struct cli_args *args)
{
    struct library_provider *v = NULL;
    size_t n = 0;
    int code;
    buf b = {.a = args->a};
    struct json_out o = {.b = &b};
    struct ctx *cx = library_cli(args, 0, &code);
    if (cx == NULL)
        return code;
    enum err e = library_providers(cx, &v, &n);
    json_put_array(&o);
    for (size_t i = 0; e == OK && i < n; i++) {
        json_put_object(&o);
        json_put_member(&o, S("url"), v[i].url);
        json_put_member(&o, S("name"), v[i].name);
        json_put_member(&o, S("kind"), v[i].kind);
        json_put_member(&o, S("checked"), time_rfc3339(cx->a, v[i].checked, cx->zone));
        json_put_member_i64(&o, S("documents"), v[i].documents);
        json_put_member_i64(&o, S("refused"), v[i].refused);
        json_put_end(&o);
        if (!cli_flag(args, "--json"))
            (void)printf("%.*s  %.*s  %lld documents, %lld refused\n    %.*s\n",
                         SV(cli_time(cx, SOME(v[i].checked))), SV(v[i].name),
                         (long long)v[i].documents, (long long)v[i].refused, SV(v[i].url));
    }
    json_put_end(&o);
    if (e == OK && cli_flag(args, "--json"))
        cli_print(&b);
    return cli_end(cx, e);
}

/* clang-format off */
#define TOKEN {"--token", "FILE", "API token of the person whose rights count, for what is not TLP:CLEAR"}
static const struct cli_option import_options[] = {
    {"--jvn", NULL, "the addresses are servers that speak MyJVN, such as https://jvndb.jvn.jp"},
    {"--lang", "ja|en", "of JVN's lists (default ja)"},
    {"--issuers", "NAMESPACE,…|all", "of an aggregator: whose documents (default: say whom it names)"},
    {"--mirrors", NULL, "of an aggregator: from its own copies, where it has some"},
    {"--timeout", "SECONDS", "of one request (default 30)"},
    {"--ca-file", "FILE", "certificates to trust in place of the system's"},
    {"--reach-loopback", NULL, "tests: a server on this machine, and http"},
    {"--clock", "FILE", "tests: the time is what the file says"},
    CLI_JSON, CLI_STORE_OPTIONS,
};
static const struct cli_option search_options[] = {
    {"--cve", "CVE", "about this one"},
    {"--product", "WORDS", "in the name of a product or its vendor"},
    {"--publisher", "NAMESPACE", "by this publisher"},
    {"--severity", "WORD", "none, low, medium, high or critical"},
    {"--after", "CURSOR", "further on in the list"},
    TOKEN, CLI_JSON, CLI_STORE_OPTIONS,
};
static const struct cli_option show_options[] = {
    {"--document", NULL, "print the document as it came"}, TOKEN, CLI_JSON, CLI_STORE_OPTIONS};
static const struct cli_option provider_options[] = {CLI_JSON, CLI_STORE_OPTIONS};

#define ACT(word, how, what, fn, list) .name = (word), .usage = (how), .help = (what), .run = (fn), .options = (list), .noptions = COUNT(list)
static const struct cli_command words[] = {
    {ACT("import", "library import FILE|DIR|DOMAIN|URL… [--jvn] [--issuers NAMESPACE,…] [--json]",
         "Import documents of others: CSAF, JVNRSS, VULDEF; a provider's by its domain.", library_run_import, import_options)},
    {ACT("search", "library search [WORDS…] [--cve CVE] [--product WORDS]",
         "Find documents of others, newest first.", run_search, search_options)},
    {ACT("show", "library show ID [--document]", "Print one of them.", run_show, show_options)},
    {ACT("providers", "library providers [--json]", "Whose documents were fetched, and when.", run_providers, provider_options)},
};
/* clang-format on */

const struct cli_command cli_library = {.name = "library",
                                        .usage = "library WORD …",
                                        .help = "Advisories that others published.",
                                        .words = words,
                                        .nwords = COUNT(words)};
