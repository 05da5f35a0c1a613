/* csaf_provider.c - kakehashi csaf check-provider: is that a trusted provider, and why not? */
#include "app/provider_check_apart.h"
#include "base/time.h"
#include "cli/admin.h"
#include "cli/csaf.h"
#include "cli/csaf_commands.h"
#include "io/clock.h"
#include "io/effects.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

enum { EXIT_FAILS = 1, EXIT_UNREACHED = 2, SHOWN_EACH = 5 };

const struct cli_option csaf_provider_options[CSAF_PROVIDER_OPTIONS] = {
    {"--json", NULL, "one JSON object"},
    {"--lang", "en|ja", "language of the report (default: of the environment)"},
    {"--token", "FILE", "token that the provider gave: shown to it alone, where it asks for one"},
    {"--most", "N", "documents to look at (default 100000)"},
    {"--timeout", "SECONDS", "of one request (default 20)"},
    {"--ca-file", "FILE", "certificates to trust in place of the system's"},
    {"--reach-loopback", NULL, "tests: servers on this machine, http too"},
};

/* --- for machines ----------------------------------------------------------------------------- */

static void put_message(struct json_out *o, const struct check_message *m, enum lang lang)
{
    json_put_object(o);
    json_put_member_i64(o, S("type"), m->level);
    json_put_member(o, S("level"), check_level_name(m->level));
    json_put_member(o, S("code"), m->word);
    json_put_member(o, S("where"), m->where);
    json_put_member(o, S("text"), check_text(o->b->a, m, lang));
    json_put_end(o);
}

static void put_requirement(struct json_out *o, const struct provider_report *r, int n,
                            enum lang lang)
{
    json_put_object(o);
    json_put_member_i64(o, S("num"), n);
    json_put_member(o, S("description"), check_title(o->b->a, n, r->v21, lang));
    json_put_member(o, S("needed_for"), provider_role_name(check_needed_for(n, r->v21)));
    json_put_member(o, S("state"), check_state_name(r->requirement[n].state));
    if (r->requirement[n].state == CHECK_SPARED)
        json_put_member_i64(o, S("in_its_place"), r->requirement[n].by);
    json_put_key(o, S("messages"));
    json_put_array(o);
    for (size_t i = 0; i < r->messages.n; i++)
        if (r->messages.v[i].requirement == n)
            put_message(o, &r->messages.v[i], lang);
    json_put_end(o);
    if (r->requirement[n].more > 0)
        json_put_member_i64(o, S("more_messages"), (i64)r->requirement[n].more);
    json_put_end(o);
}

static void put_report(struct json_out *o, const struct provider_report *r, enum lang lang)
{
    json_put_object(o);
    json_put_member(o, S("url"), r->url);
    if (r->why.p != NULL)
        json_put_member(o, S("not_reached"), r->why);
    json_put_member(o, S("csaf_version"), r->v21 ? S("2.1") : S("2.0"));
    json_put_member(o, S("role"), provider_role_name(r->claimed));
    json_put_member(o, S("holds"), provider_role_name(r->role));
    json_put_member_bool(o, S("passed"), r->passed);
    json_put_member_i64(o, S("documents"), (i64)r->documents);
    json_put_key(o, S("requirements"));
    json_put_array(o);
    for (int n = 1; n < REQUIREMENTS && r->why.p == NULL; n++)
        if (r->requirement[n].state != CHECK_NOT_ASKED)
            put_requirement(o, r, n, lang);
    json_put_end(o);
    json_put_end(o);
}

static void print_json(struct arena *a, const struct provider_reports *all, bool passed,
                       enum lang lang)
{
    buf b = {.a = a};
    struct json_out o = {.b = &b};
    json_put_object(&o);
    json_put_member_bool(&o, S("passed"), passed);
    json_put_key(&o, S("providers"));
    json_put_array(&o);
    for (size_t i = 0; i < all->n; i++)
        put_report(&o, &all->v[i], lang);
    json_put_end(&o);
    json_put_end(&o);
    (void)printf("%.*s\n", SV(buf_str(&b)));
}

/* --- for people ------------------------------------------------------------------------------- */

static str level_text(enum check_level l, enum lang lang)
{
    static const enum word words[] = {W_csafcli_info, W_csafcli_warning, W_csafcli_error};
    return word(lang, words[l]);
}

static str role_text(enum provider_role r, enum lang lang)
{
    static const enum word words[] = {W_provcheck_role_none,     W_provcheck_role_publisher,
                                      W_provcheck_role_provider, W_provcheck_role_trusted,
                                      W_provcheck_role_lister,   W_provcheck_role_aggregator};
    return word(lang, words[r]);
}

/* Those of one kind together, the first few of them. */
static size_t print_kind(struct arena *a, const struct provider_report *r, size_t i, enum lang lang)
{
    const struct check_message *first = &r->messages.v[i];
    size_t n = 0;
    for (; i + n < r->messages.n; n++) {
        const struct check_message *m = &r->messages.v[i + n];
        if (m->requirement != first->requirement || m->level != first->level ||
            !str_eq(m->word, first->word))
            break;
        if (n < SHOWN_EACH)
            (void)printf("      %.*s: %.*s\n        %.*s\n", SV(level_text(m->level, lang)),
                         SV(check_text(a, m, lang)), SV(m->where));
    }
    if (n > SHOWN_EACH)
        (void)printf("      %.*s\n",
                     SV(words_csafcli_more(a, lang, .n_count = (i64)(n - SHOWN_EACH))));
    return n;
}

static void print_requirement(struct arena *a, const struct provider_report *r, int n,
                              enum lang lang)
{
    static const char *const marks[] = {"  ", "✓", "✗", "–"};
    enum check_state state = r->requirement[n].state;
    str role = role_text(check_needed_for(n, r->v21), lang);
    (void)printf("  %s %2d %.*s (%.*s)\n", marks[state], n, SV(check_title(a, n, r->v21, lang)),
                 SV(role));
    if (state == CHECK_SPARED && r->requirement[n].by >= 11)
        (void)printf("      %.*s\n",
                     SV(word(lang, r->requirement[n].by == 11 ? W_provcheck_spared_folders
                                                              : W_provcheck_spared_feeds)));
    else if (state == CHECK_SPARED)
        (void)printf("      %.*s\n",
                     SV(words_provcheck_spared(a, lang, .n_by = r->requirement[n].by)));
    for (size_t i = 0; i < r->messages.n;)
        i += r->messages.v[i].requirement == n ? print_kind(a, r, i, lang) : 1;
}

static void print_report(struct arena *a, const struct provider_report *r, enum lang lang)
{
    struct check_message unreached = {.word = str_join(a, S("not_"), r->why.p ? r->why : S("")),
                                      .arg = {S(""), S("")}};
    if (r->why.p != NULL) {
        (void)printf("✗ %.*s: %.*s\n", SV(r->url), SV(check_text(a, &unreached, lang)));
        return;
    }
    (void)printf("%s %.*s (CSAF %s)\n", r->passed ? "✓" : "✗", SV(r->url), r->v21 ? "2.1" : "2.0");
    for (int n = 1; n < REQUIREMENTS; n++)
        if (r->requirement[n].state != CHECK_NOT_ASKED)
            print_requirement(a, r, n, lang);
    (void)printf("%.*s\n", SV(words_provcheck_sums(a, lang, .n_documents = (i64)r->documents,
                                                   .s_claimed = role_text(r->claimed, lang),
                                                   .s_holds = role_text(r->role, lang))));
}

/* --- the command ------------------------------------------------------------------------------ */

static void progress(void *arg, size_t done, size_t of)
{
    (void)arg;
    if (done % 10 == 0 || done == of)
        (void)fprintf(stderr, "\r%zu/%zu%s", done, of, done == of ? "\n" : "");
}

static const struct effects_kind *const kinds[] = {&effects_fetch};

static enum err start_helper(struct cli_args *args, struct effects **out)
{
    struct fault f = {0};
    struct effects_options o = {.mode = SANDBOX_AUTO, .kinds = kinds, .nkinds = COUNT(kinds)};
    str ca = cli_value(args, "--ca-file");
    o.fetch.loopback = cli_flag(args, "--reach-loopback");
    if (ca.n > 0)
        o.fetch.ca_file = str_to_z(args->a, ca);
    enum err e = effects_start(args->a, &o, &f, out);
    if (e != OK)
        (void)cli_fail(e, "%s", f.text);
    return e;
}

struct asking {
    struct provider_folder folder;
    struct provider_net net;
    struct provider_apart apart;
    str where;
};

static void unread(void *arg, str url, str why)
{
    (void)arg;
    (void)cli_fail(E_IO, "%.*s could not be read, and is left out: %.*s", SV(url), SV(why));
}

/* All that is forked comes before the token is read. */
static enum err start_jails(struct cli_args *args, struct asking *q)
{
    struct fault f = {0};
    enum err e = provider_apart_start(args->a, &q->apart, &f);
    if (e != OK)
        return (void)cli_fail(e, "%s", f.text), e;
    const struct sandbox_state *s = jail_state(q->apart.jails[0]);
    if (!s->whole)
        (void)fprintf(stderr, "documents are read with less than the whole sandbox: %s\n", s->why);
    return OK;
}

static enum err prepare(struct cli_args *args, struct asking *q)
{
    struct stat st;
    struct clock clock = {0};
    str most = cli_value(args, "--most"), timeout = cli_value(args, "--timeout");
    i64 n = 0, seconds = 0;
    q->where = cli_word(args, 0);
    if (stat(args->rest[0], &st) == 0 && S_ISDIR(st.st_mode)) {
        q->folder.root = q->where;
        while (str_has_suffix(q->folder.root, S("/")))
            q->folder.root = str_sub(q->folder.root, 0, q->folder.root.n - 1);
        q->apart.reach = provider_reach_files();
        q->apart.folder = &q->folder;
        TRY(start_jails(args, q));
    } else {
        TRY(start_jails(args, q));
        TRY(start_helper(args, &q->net.effects));
        TRY(cli_secret(args, "--token", &q->net.token));
        q->apart.reach = provider_reach_net(&q->net);
        q->apart.reach.loopback = cli_flag(args, "--reach-loopback");
    }
    if (most.p != NULL && (!str_i64(most, &n) || n < 1))
        return (void)cli_fail(E_INVALID, "--most wants a number from 1"), E_INVALID;
    if (timeout.p != NULL && (!str_i64(timeout, &seconds) || seconds < 1 || seconds > 600))
        return (void)cli_fail(E_INVALID, "--timeout is 1 to 600 seconds"), E_INVALID;
    q->net.timeout_ms = seconds * SECOND;
    q->apart.reach.most = (size_t)n;
    q->apart.reach.now = clock_now(&clock);
    q->apart.reach.progress = isatty(STDERR_FILENO) ? progress : NULL;
    q->apart.unread = unread;
    return OK;
}

int csaf_provider_run(struct cli_args *args)
{
    struct asking q = {0};
    struct provider_reports all;
    struct fault f = {0};
    enum lang lang;
    bool json = cli_flag(args, "--json"), passed = true;
    if (csaf_lang_of(args, json, &lang) != OK)
        return EXIT_UNREACHED;
    if (args->nrest != 1) {
        (void)cli_fail(E_INVALID, "csaf check-provider wants one address or folder");
        return EXIT_UNREACHED;
    }
    if (prepare(args, &q) != OK)
        return EXIT_UNREACHED;
    enum err e = provider_check_apart(args->a, &f, &q.apart, q.where, &all);
    if (e == E_INVALID)
        (void)cli_fail(E_NOT_FOUND, "there is no provider-metadata.json in %s", args->rest[0]);
    if (e == E_INVALID)
        return EXIT_UNREACHED;
    if (e != OK && e != E_NOT_FOUND)
        (void)cli_fail(e, "%s", f.text);
    for (size_t i = 0; i < all.n; i++)
        passed &= all.v[i].passed;
    if (json)
        print_json(args->a, &all, passed, lang);
    for (size_t i = 0; i < all.n && !json; i++)
        print_report(args->a, &all.v[i], lang);
    return e != OK ? EXIT_UNREACHED : passed ? 0 : EXIT_FAILS;
}
