/* admin_test.c - an installation begun and run from the command line. */
#include "t.h"

#include "app/auth.h"
#include "app/boot.h"
#include "help/cli.h"

/* A command on the installation of this test. */
#define RUN(in, ...)                                                                               \
    cli_run(a, in, __VA_ARGS__, "--data", str_to_z(a, dir), "--database", str_to_z(a, url), NULL)
#define CHECK_CODE(want, r)                                                                        \
    do {                                                                                           \
        if ((r).code != (want))                                                                    \
            (void)printf("%.*s%.*s", SV((r).out), SV((r).err));                                    \
        CHECK_I64(want, (r).code);                                                                 \
    } while (0)

static str begin(struct arena *a, const char *engine, str *dir)
{
    *dir = help_folder(a);
    return strcmp(engine, HELP_SQLITE) == 0 ? str_fmt(a, "sqlite:%.*s/k.db", SV(*dir))
                                            : help_database(a, engine);
}

static enum err signs_in(struct arena *a, str dir, str url, const char *login, str password,
                         bool *pending)
{
    struct fault f = {0};
    struct app *app;
    str token;
    i64 retry;
    struct arena *own = arena_new();
    must(app_boot(own, &(struct boot){.data_dir = dir, .database = url}, &f, &app) == OK);
    struct ctx *cx = ctx_new(own, app);
    enum err e = sign_in(cx, str_z(login), password, S("192.0.2.1"), &token, &retry);
    *pending = cx->who.pending_id.n > 0;
    (void)a;
    arena_free(own);
    return e;
}

/* What stands behind the last ": " of a line. */
static str last_word(str line)
{
    while (str_find(line, S(": ")) >= 0)
        line = str_from(line, (size_t)str_find(line, S(": ")) + 2);
    return str_trim(line);
}

ENGINE_TEST(init_makes_bodies_and_an_operator_who_can_sign_in)
{
    str dir, url = begin(a, engine, &dir);
    bool pending;
    struct cli_result r =
        RUN(S("nine-green-lanterns\n"), "init", "--operator", "root", "--password-file", "-",
            "--reception-ja", "受付", "--coordinator-ja", "調整", "--coordinator-en", "Coord");
    CHECK_CODE(0, r);
    CHECK_ERR(OK, signs_in(a, dir, url, "root", S("nine-green-lanterns"), &pending));
    CHECK(!pending);
    r = RUN(NO_STR, "org", "show", "coordinator", "--json");
    CHECK_CODE(0, r);
    CHECK(str_find(r.out, S("\"name_ja\":\"調整\"")) > 0);
    CHECK(str_find(r.out, S("\"kinds\":[\"coordinator\"]")) > 0);
    r = RUN(NO_STR, "init", "--operator", "other");
    CHECK_CODE(5, r); /* once */
    r = RUN(NO_STR, "user", "list", "--json");
    CHECK(str_find(r.out, S("other")) < 0);
}

ENGINE_TEST(an_init_that_fails_leaves_nothing)
{
    str dir, url = begin(a, engine, &dir);
    struct cli_result r = RUN(NO_STR, "init", "--operator", "root", "--reception-ja", "a\nb");
    CHECK_CODE(2, r);
    r = RUN(NO_STR, "user", "list");
    CHECK_STR(S(""), r.out);
    r = RUN(NO_STR, "init", "--operator", "ROOT");
    CHECK_CODE(2, r);
    r = RUN(NO_STR, "init", "--operator", "root", "--reception-ja", "受付");
    CHECK_CODE(0, r);
}

ENGINE_TEST(a_user_is_added_with_a_department_and_a_start_password)
{
    str dir, url = begin(a, engine, &dir);
    bool pending;
    struct cli_result r = RUN(NO_STR, "init", "--operator", "root", "--reception-ja", "受付");
    CHECK_CODE(0, r);
    r = RUN(NO_STR, "user", "add", "okada", "--name-ja", "岡田", "--name-en", "Okada", "--org",
            "reception", "--dept", "reception", "--role", "lead");
    CHECK_CODE(0, r);
    str start = last_word(r.out);
    CHECK_I64(19, (i64)start.n);
    CHECK_ERR(OK, signs_in(a, dir, url, "okada", start, &pending));
    CHECK(pending);
    r = RUN(NO_STR, "user", "show", "okada");
    CHECK(str_find(r.out, S("lead of Reception")) > 0);
    r = RUN(S("ten-silver-bridges"), "user", "password", "okada", "--password-file", "-");
    CHECK_CODE(0, r);
    CHECK_ERR(OK, signs_in(a, dir, url, "okada", S("ten-silver-bridges"), &pending));
    CHECK(!pending);
    r = RUN(NO_STR, "user", "leave", "okada", "--org", "reception", "--dept", "reception");
    CHECK_CODE(0, r);
    r = RUN(NO_STR, "user", "disable", "okada");
    CHECK_CODE(0, r);
    CHECK_ERR(E_DENIED, signs_in(a, dir, url, "okada", S("ten-silver-bridges"), &pending));
    r = RUN(NO_STR, "user", "list", "--json");
    CHECK(str_find(r.out, S("okada")) < 0);
    r = RUN(NO_STR, "user", "list", "--all", "--json");
    CHECK(str_find(r.out, S("okada")) > 0);
    r = RUN(NO_STR, "user", "enable", "okada");
    CHECK_CODE(0, r);
    CHECK_ERR(OK, signs_in(a, dir, url, "okada", S("ten-silver-bridges"), &pending));
}

ENGINE_TEST(organisations_and_departments_are_kept_by_commands)
{
    str dir, url = begin(a, engine, &dir);
    struct cli_result r = RUN(NO_STR, "init", "--operator", "root");
    CHECK_CODE(0, r);
    r = RUN(NO_STR, "org", "add", "mihon", "--kind", "vendor", "--name-ja", "みほん", "--name-en",
            "Mihon", "--registration", "general", "--keywords", "PLC,OpenSSL");
    CHECK_CODE(0, r);
    r = RUN(NO_STR, "org", "dept", "mihon", "--name-ja", "設計部", "--name-en", "Design", "--kinds",
            "design,rnd");
    CHECK_CODE(0, r);
    r = RUN(NO_STR, "org", "kind", "mihon", "quality", "--dept", "design");
    CHECK_CODE(0, r);
    r = RUN(NO_STR, "org", "dept", "mihon", "--dept", "Design", "--name-en", "Engineering");
    CHECK_CODE(0, r);
    r = RUN(NO_STR, "org", "show", "mihon", "--json");
    CHECK(str_find(r.out,
                   S("\"name_en\":\"Engineering\",\"kinds\":[\"design\",\"quality\",\"rnd\"]")) >
          0);
    r = RUN(NO_STR, "org", "dept", "mihon", "--dept", "poc", "--disable");
    CHECK_CODE(2, r);
    CHECK(str_find(r.err, S("Some department must answer for this")) > 0);
    r = RUN(NO_STR, "org", "list", "--keyword", "plc", "--json");
    CHECK(str_find(r.out, S("\"slug\":\"mihon\"")) > 0);
    r = RUN(NO_STR, "org", "edit", "mihon", "--keywords", "");
    CHECK_CODE(0, r);
    r = RUN(NO_STR, "org", "list", "--keyword", "plc", "--json");
    CHECK_STR(S("[]\n"), r.out);
    r = RUN(NO_STR, "org", "disable", "mihon");
    CHECK_CODE(0, r);
    r = RUN(NO_STR, "org", "list");
    CHECK_STR(S(""), r.out);
}

ENGINE_TEST(tokens_and_settings_are_kept_by_commands)
{
    str dir, url = begin(a, engine, &dir);
    struct cli_result r = RUN(NO_STR, "init", "--operator", "root");
    CHECK_CODE(0, r);
    r = RUN(NO_STR, "token", "add", "root", "--token-name", "CI");
    CHECK_CODE(0, r);
    CHECK(str_has_prefix(r.out, S("kkh_")));
    r = RUN(NO_STR, "token", "list", "root", "--json");
    CHECK(str_find(r.out, S("\"name\":\"CI\"")) > 0);
    CHECK(str_find(r.out, S("kkh_")) < 0); /* shown once */
    ptrdiff_t at = str_find(r.out, S("\"id\":\""));
    str id = str_sub(r.out, (size_t)at + 6, 36);
    r = RUN(NO_STR, "token", "revoke", "root", str_to_z(a, id));
    CHECK_CODE(0, r);
    r = RUN(NO_STR, "token", "revoke", "root", str_to_z(a, id));
    CHECK_CODE(4, r);
    static const char sha256[] = "836012d5d84b2fc6348bc0037a8042b518c40a223d1329f426dad1be53f85f94";
    r = RUN(NO_STR, "token", "certificate", "root", "--certificate-name", "feeds", "--certificate",
            sha256);
    CHECK_CODE(0, r);
    r = RUN(NO_STR, "token", "list", "root");
    CHECK(str_find(r.out, str_join(a, S(", certificate "), str_z(sha256))) > 0);
    r = RUN(NO_STR, "setting", "set", "site_name_en", "Portal");
    CHECK_CODE(0, r);
    r = RUN(NO_STR, "setting", "get", "site_name_en");
    CHECK_STR(S("Portal\n"), r.out);
    r = RUN(NO_STR, "setting", "set", "site_name_en", "");
    CHECK_CODE(0, r);
    r = RUN(NO_STR, "setting", "list", "--json");
    CHECK(str_find(r.out, S("\"value\":\"\",\"default\":\"Kakehashi\",\"rev\":2")) > 0);
}

ENGINE_TEST(what_is_wrong_is_said_plainly_and_by_exit_code)
{
    str dir, url = begin(a, engine, &dir);
    struct cli_result r = RUN(NO_STR, "user", "list");
    CHECK_CODE(5, r); /* no schema yet */
    CHECK(str_find(r.err, S("kakehashi migrate")) > 0);
    r = RUN(NO_STR, "init", "--operator", "root");
    CHECK_CODE(0, r);
    r = RUN(NO_STR, "user", "add", "root", "--name-ja", "根", "--name-en", "Root");
    CHECK_CODE(2, r);
    CHECK(str_has_prefix(r.err, S("--login: This is already in use.")));
    r = RUN(NO_STR, "user", "add", "x2", "--name-ja", "", "--name-en", "X", "--lang", "fr");
    CHECK_CODE(2, r);
    CHECK(str_find(r.err, S("--name-ja: ")) >= 0 && str_find(r.err, S("--lang: ")) >= 0);
    r = RUN(S(""), "user", "password", "root", "--password-file", "-");
    CHECK_CODE(2, r);
    r = RUN(S("short\n"), "user", "password", "root", "--password-file", "-");
    CHECK_CODE(2, r);
    r = RUN(NO_STR, "user", "disable", "root");
    CHECK_CODE(2, r);
    CHECK(str_find(r.err, S("last operator")) > 0);
    r = RUN(NO_STR, "user", "disable", "nobody");
    CHECK_CODE(4, r);
    r = RUN(NO_STR, "user", "member", "root", "--org", "nowhere", "--dept", "poc", "--role",
            "lead");
    CHECK_CODE(4, r);
    r = RUN(NO_STR, "user", "rename");
    CHECK_CODE(2, r);
    r = RUN(NO_STR, "user", "show");
    CHECK_CODE(2, r);
    CHECK(str_find(r.err, S("usage: kakehashi user show LOGIN")) > 0);
    r = RUN(NO_STR, "setting", "get", "colour");
    CHECK_CODE(4, r);
    r = RUN(NO_STR, "org", "add", "o1", "--password", "x");
    CHECK_CODE(2, r); /* no such option */
}
