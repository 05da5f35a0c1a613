/* cve_test.c - kakehashi cve against a service on loopback; killed at each point, nothing is
 * reserved twice and nothing is lost. */
#include "help/cli.h"
#include "help/cved.h"
#include "t.h"

#include "cli/cli.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

struct install {
    struct arena *a;
    struct cved *d;
    const char *data, *url, *clock, *database;
};

static void set_clock(const struct install *in, i64 offset_ms)
{
    FILE *f = fopen(in->clock, "w");
    must(f != NULL);
    must(fprintf(f, "%lld\n", (long long)(1793581200000 + offset_ms)) > 0 && fclose(f) == 0);
}

#define RUN(in, text, ...)                                                                         \
    cli_run((in)->a, S(text), __VA_ARGS__, "--data", (in)->data, "--database", (in)->database, NULL)
#define REACH(in) "--reach-loopback", "--clock", (in)->clock

static struct install installed(struct arena *a, const char *engine)
{
    struct install in = {.a = a, .d = cved_new(a)};
    str folder = help_folder(a);
    in.data = str_to_z(a, folder);
    in.clock = str_to_z(a, str_join(a, folder, S("/clock")));
    in.database = str_to_z(a, help_migrated(a, engine));
    set_clock(&in, 0);
    cved_listen(in.d);
    cved_start(in.d);
    in.url = str_to_z(a, str_fmt(a, "http://127.0.0.1:%d/api", in.d->port));
    struct cli_result r = RUN(&in, CVED_KEY "\n", "cve", "account", "--url", in.url, "--short-name",
                              CVED_ORG, "--user-name", CVED_USER, "--key-file", "-", REACH(&in));
    if (r.code != 0)
        (void)printf("%.*s\n", SV(r.err));
    CHECK_I64(0, r.code);
    CHECK(str_find(r.out, S(CVED_UUID)) > 0);
    CHECK(str_find(r.out, S(CVED_KEY)) < 0 && str_find(r.err, S(CVED_KEY)) < 0);
    return in;
}

/* The customer is whoever runs the next command: killed where the service is told to. */
static void watch(struct install *in, int request, enum cved_trouble t)
{
    in->d->at = in->d->requests + request;
    in->d->trouble = t;
}

static int reserve(struct install *in, const char *amount)
{
    int go[2];
    must(pipe2(go, O_CLOEXEC) == 0);
    pid_t pid = fork();
    must(pid >= 0);
    if (pid == 0) {
        const char *argv[] = {"kakehashi", "cve",    "reserve",          "--amount",   amount,
                              "--year",    "2026",   "--reach-loopback", "--clock",    in->clock,
                              "--data",    in->data, "--database",       in->database, NULL};
        static const struct cli_command *const commands[] = {&cli_cve};
        char c; /* once the service knows its customer */
        must(read(go[0], &c, 1) == 1);
        must(freopen("/dev/null", "w", stdout) != NULL &&
             freopen("/dev/null", "w", stderr) != NULL);
        _exit(cli_main(14, (char **)(uintptr_t)argv, commands, 1));
    }
    in->d->customer = pid;
    must(write(go[1], "", 1) == 1 && close(go[0]) == 0 && close(go[1]) == 0);
    int status;
    must(waitpid(pid, &status, 0) == pid);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

ENGINE_TEST(the_account_answers_and_its_key_is_closed)
{
    struct install in = installed(a, engine);
    struct stat st;
    must(stat(str_to_z(a, str_fmt(a, "%s/cve.key", in.data)), &st) == 0);
    CHECK_I64(0600, st.st_mode & 0777);
    struct cli_result r = RUN(&in, "", "cve", "quota", REACH(&in));
    CHECK_STR(S("100 of 100 can be reserved; 0 are\n"), r.out);
    r = RUN(&in, "", "cve", "reserve", "--amount", "2", "--year", "2026", REACH(&in));
    CHECK_I64(0, r.code);
    r = RUN(&in, "", "cve", "list", "--json", REACH(&in));
    CHECK(str_find(r.out, S("CVE-2026-20002")) > 0);
}

/* Without the tests' option neither http nor this machine is asked. */
ENGINE_TEST(loopback_is_refused)
{
    struct install in = installed(a, engine);
    int before = in.d->requests;
    struct cli_result r = RUN(&in, "", "cve", "quota");
    CHECK_I64(err_info[E_IO].exit, r.code);
    CHECK(str_find(r.err, S("NO_ANSWER")) > 0);
    CHECK_I64(before, in.d->requests);
    r = RUN(&in, "k\n", "cve", "account", "--url", "http://192.168.1.1/api", "--short-name", "xx",
            "--user-name", "y", "--key-file", "-");
    CHECK_I64(2, r.code);
}

ENGINE_TEST(killed_at_any_point_nothing_is_reserved_twice)
{
    struct install in = installed(a, engine);
    static const enum cved_trouble kills[] = {CVED_KILL_BEFORE, CVED_KILL_AFTER};
    i64 now = 0;
    size_t want = 0;
    for (int request = 1; request <= 2; request++)
        for (size_t k = 0; k < COUNT(kills); k++) {
            want++;
            watch(&in, request, kills[k]);
            CHECK_I64(128 + 9, reserve(&in, "1"));
            CHECK(cved_count(in.d, "RESERVED") <= want);
            struct cli_result r = RUN(&in, "", "cve", "work", REACH(&in));
            CHECK_STR(S("0 done, 0 refused, 0 unclear, 0 later\n"), r.out); /* it is held */
            now += 10 * 60000;
            set_clock(&in, now);
            r = RUN(&in, "", "cve", "work", REACH(&in));
            CHECK_STR(S("1 done, 0 refused, 0 unclear, 0 later\n"), r.out);
            CHECK_I64((i64)want, (i64)cved_count(in.d, "RESERVED"));
        }
    struct cli_result r = RUN(&in, "", "cve", "jobs", "--json");
    CHECK(str_find(r.out, S("CVE")) < 0 && str_find(r.out, S("planned")) < 0);
}
