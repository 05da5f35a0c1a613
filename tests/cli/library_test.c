/* library_test.c - kakehashi library, whole: files, and a provider on loopback that fails in
 * every way over a real connection. */
#include "help/cli.h"
#include "help/provided.h"
#include "t.h"

#include <unistd.h>

struct install {
    struct arena *a;
    const char *data, *database;
};

#define RUN(in, ...)                                                                               \
    cli_run((in)->a, S(""), __VA_ARGS__, "--data", (in)->data, "--database", (in)->database, NULL)

static struct install installed(struct arena *a, const char *engine)
{
    struct install in = {.a = a, .data = str_to_z(a, help_folder(a))};
    in.database = str_to_z(a, help_migrated(a, engine));
    return in;
}

static const char *file_of(const struct install *in, const char *name, str text)
{
    const char *path = str_to_z(in->a, str_fmt(in->a, "%s/%s", in->data, name));
    FILE *f = fopen(path, "wb");
    must(f != NULL && fwrite(text.p, 1, text.n, f) == text.n && fclose(f) == 0);
    return path;
}

#define HAS(text, part)                                                                            \
    do {                                                                                           \
        if (str_find((text), S(part)) < 0)                                                         \
            (void)printf("%.*s\n", SV(text));                                                      \
        CHECK(str_find((text), S(part)) >= 0);                                                     \
    } while (0)

ENGINE_TEST(files_come_in_are_found_and_shown)
{
    struct install in = installed(a, engine);
    const char *good = file_of(&in, "a.json", provided_csaf(a, "A-1", 1, "https://x.example"));
    const char *bad = file_of(&in, "b.json", S("{\"document\":{}}"));
    struct cli_result r = RUN(&in, "library", "import", good, bad);
    CHECK_I64(1, r.code);
    HAS(r.out, "new       A-1");
    HAS(r.out, "The identifier of the advisory is missing (/document/tracking/id).");
    HAS(r.out, "1 new, 0 updated, 0 unchanged, 0 older, 1 refused");
    r = RUN(&in, "library", "import", good, "--json");
    CHECK_I64(0, r.code);
    HAS(r.out, "\"unchanged\":1");
    r = RUN(&in, "library", "search", "advisory", "a-1");
    HAS(r.out, "Advisory A-1");
    r = RUN(&in, "library", "search", "--cve", "CVE-2026-4242", "--json");
    HAS(r.out, "\"publisher\":\"https://x.example\"");
    str id = help_sql_value(a, str_z(in.database), "SELECT id FROM library_entry");
    r = RUN(&in, "library", "show", str_to_z(a, id));
    HAS(r.out, "CVE          CVE-2026-4242");
    HAS(r.out, "signature absent");
    r = RUN(&in, "library", "show", str_to_z(a, id), "--document");
    CHECK_STR(provided_csaf(a, "A-1", 1, "https://x.example"), r.out);
    CHECK_I64(err_info[E_NOT_FOUND].exit, RUN(&in, "library", "show", "nothing").code);
}

ENGINE_TEST(what_is_not_open_wants_a_persons_token)
{
    struct install in = installed(a, engine);
    str text = provided_csaf(a, "A-1", 1, "https://x.example");
    ptrdiff_t at = str_find(text, S("WHITE"));
    text = str_fmt(a, "%.*sGREEN%.*s", SV(str_sub(text, 0, (size_t)at)),
                   SV(str_from(text, (size_t)at + 5)));
    CHECK_I64(0, RUN(&in, "library", "import", file_of(&in, "a.json", text)).code);
    CHECK_STR(S(""), RUN(&in, "library", "search", "advisory").out);
    str id = help_sql_value(a, str_z(in.database), "SELECT id FROM library_entry");
    CHECK_I64(err_info[E_NOT_FOUND].exit, RUN(&in, "library", "show", str_to_z(a, id)).code);
}

/* One document for each way to fail, and two that are right. */
ENGINE_TEST(a_provider_that_fails_in_every_way_costs_only_what_it_fails)
{
    if (access("/usr/bin/gpgv", X_OK) != 0)
        SKIP("gpgv is not installed");
    struct install in = installed(a, engine);
    struct provided *p = provided_new(a);
    provided_whole(p);
    provided_trouble(p, S("/white/changes.csv"), PROVIDED_DENIED, S(""));
    provided_put(
        p, S("/white/index.txt"),
        S("2026/a.json\nslow.json\ncut.json\nhuge.json\nmoved.json\n2026/b.json\n../x.json\n"));
    provided_trouble(p, S("/white/slow.json"), PROVIDED_SLOW, S(""));
    provided_trouble(p, S("/white/cut.json"), PROVIDED_CUT, S("{\"document\":"));
    provided_trouble(p, S("/white/huge.json"), PROVIDED_HUGE, S("{"));
    provided_trouble(p, S("/white/moved.json"), PROVIDED_MOVED, S("http://10.0.0.1/x.json"));
    provided_start(p);
    struct cli_result r =
        RUN(&in, "library", "import", str_to_z(a, p->root), "--reach-loopback", "--timeout", "2");
    CHECK_I64(1, r.code);
    HAS(r.out, "new       A ");
    HAS(r.out, "new       B ");
    HAS(r.out, "slow.json: The server did not answer in time.");
    HAS(r.out, "cut.json: The answer broke off or cannot be read.");
    HAS(r.out, "huge.json: The answer is larger than 32 MiB.");
    HAS(r.out, "moved.json: It is redirected to another server: http://10.0.0.1/x.json.");
    HAS(r.out, "index.txt: A list of documents cannot be read (1 ×).");
    HAS(r.out, "2 new, 0 updated, 0 unchanged, 0 older, 5 refused");
    r = RUN(&in, "library", "providers");
    HAS(r.out, "Provided  6 documents, 5 refused");
    str root = str_z(in.database);
    CHECK_STR(S("2"), help_sql_value(a, root, "SELECT count(*) FROM library_document"));
}

/* Without the tests' option neither http nor this machine is asked. */
ENGINE_TEST(this_machine_is_not_asked)
{
    struct install in = installed(a, engine);
    struct provided *p = provided_new(a);
    provided_start(p);
    struct cli_result r = RUN(&in, "library", "import", str_to_z(a, p->root));
    CHECK_I64(1, r.code);
    HAS(r.out, "The address is not one of https.");
    r = RUN(&in, "library", "import", "https://127.0.0.1:1/a.json");
    HAS(r.out, "The address is not one of the public internet.");
    CHECK_I64(0, p->requests);
}

ENGINE_TEST(every_real_advisory_comes_in_and_its_cves_are_linked)
{
    struct install in = installed(a, engine);
    const char *folder = str_to_z(a, str_fmt(a, "%s/real-advisories", TESTDATA()));
    if (access(folder, R_OK) != 0)
        SKIP("there are no real advisories");
    struct cli_result r = RUN(&in, "library", "import", folder);
    CHECK_I64(0, r.code);
    str root = str_z(in.database);
    str n = help_sql_value(a, root, "SELECT count(*) FROM library_entry");
    HAS(r.out, " new, 0 updated, 0 unchanged, 0 older, 0 refused");
    CHECK(str_find(r.out, str_fmt(a, "%.*s new, 0 updated", SV(n))) >= 0);
    /* ICSA-19-113-01, as its own text says */
    r = RUN(&in, "library", "search", "--cve", "CVE-2019-10955", "--json");
    HAS(r.out, "\"id\":\"ICSA-19-113-01\"");
    r = RUN(&in, "library", "import", folder);
    HAS(r.out, "0 new, 0 updated");
}
