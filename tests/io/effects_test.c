/* effects_test.c - what a job of the effects process can reach, and what it cannot. */
#include "t.h"

#include "io/effects.h"
#include "io/sanitized.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

static int allowed_port; /* what prepare() adds */

static enum err reach_port(struct arena *a, const struct effects_options *o,
                           struct effects_reach *reach, struct fault *f)
{
    (void)a, (void)o, (void)f;
    reach->ports[reach->nports++] = allowed_port;
    return OK;
}

static enum err said(long rc, buf *answer)
{
    buf_put(answer, rc >= 0                              ? S("made")
                    : errno == EACCES || errno == ENOSYS ? S("refused")
                                                         : S("failed"));
    return OK;
}

static enum err run_open(struct arena *a, str request, i64 timeout_ms, buf *answer)
{
    (void)timeout_ms;
    return said(open(str_to_z(a, request), O_RDONLY), answer);
}

static enum err run_make(struct arena *a, str request, i64 timeout_ms, buf *answer)
{
    (void)timeout_ms;
    return said(open(str_to_z(a, request), O_RDWR | O_CREAT, 0600), answer);
}

static enum err run_exec(struct arena *a, str request, i64 timeout_ms, buf *answer)
{
    (void)a, (void)request, (void)timeout_ms;
    return said(execl("/bin/true", "true", (char *)NULL), answer);
}

static enum err run_fork(struct arena *a, str request, i64 timeout_ms, buf *answer)
{
    (void)a, (void)request, (void)timeout_ms;
    return said(fork(), answer);
}

static enum err run_connect(struct arena *a, str request, i64 timeout_ms, buf *answer)
{
    (void)a, (void)timeout_ms;
    i64 port;
    must(str_i64(request, &port));
    struct sockaddr_in at = {.sin_family = AF_INET,
                             .sin_port = htons((uint16_t)port),
                             .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    return said(connect(fd, (struct sockaddr *)&at, sizeof at), answer);
}

static enum err run_resolve(struct arena *a, str request, i64 timeout_ms, buf *answer)
{
    (void)timeout_ms;
    struct addrinfo *found = NULL, hints = {.ai_family = AF_INET};
    int rc = getaddrinfo(str_to_z(a, request), NULL, &hints, &found);
    buf_put(answer, rc == 0 ? S("found") : str_z(gai_strerror(rc)));
    return OK;
}

static enum err run_spin(struct arena *a, str request, i64 timeout_ms, buf *answer)
{
    (void)a, (void)request, (void)timeout_ms, (void)answer;
    volatile bool on = true;
    while (on)
        continue;
    return OK;
}

static enum err run_crash(struct arena *a, str request, i64 timeout_ms, buf *answer)
{
    (void)a, (void)request, (void)timeout_ms, (void)answer;
    __builtin_trap();
}

static const struct effects_kind open_ = {S_INIT("open"), reach_port, run_open},
                                 make = {S_INIT("make"), NULL, run_make},
                                 exec_ = {S_INIT("exec"), NULL, run_exec},
                                 fork_ = {S_INIT("fork"), NULL, run_fork},
                                 connect_ = {S_INIT("connect"), NULL, run_connect},
                                 resolve = {S_INIT("resolve"), NULL, run_resolve},
                                 spin = {S_INIT("spin"), NULL, run_spin},
                                 crash = {S_INIT("crash"), NULL, run_crash};
static const struct effects_kind *const kinds[] = {&open_,    &make,    &exec_, &fork_,
                                                   &connect_, &resolve, &spin,  &crash};

static struct effects *effects_new(struct arena *a, const char *spool)
{
    struct effects_options o = {
        .mode = SANDBOX_AUTO, .kinds = kinds, .nkinds = COUNT(kinds), .spool = spool};
    struct effects *e = NULL;
    struct fault f = {0};
    CHECK_ERR(OK, effects_start(a, &o, &f, &e));
    return e;
}

static void needs_sandbox(const struct effects *e, bool ports)
{
    const struct sandbox_state *s = effects_state(e);
    if (landlock_abi() >= (ports ? 4 : 2) && s->seccomp) {
        CHECK(s->whole && (s->tcp_ports || !ports));
        return;
    }
    t_skipped++;
    (void)printf("skipped: landlock%s and seccomp are needed: %s\n", ports ? " ABI 4" : "", s->why);
    skip();
}

static str asked(struct effects *e, struct arena *a, str kind, str request)
{
    struct fault f = {0};
    str answer = NO_STR;
    enum err err = effects_run(e, a, &f, kind, request, 60000, &answer);
    return err == OK ? answer : str_copy(a, str_z(f.text));
}

TEST(a_job_reads_certificates_and_the_resolver_s_files_and_no_other)
{
    struct effects *e = effects_new(a, NULL);
    needs_sandbox(e, false);
    CHECK_STR(S("made"), asked(e, a, S("open"), S("/etc/hosts")));
    CHECK_STR(S("refused"), asked(e, a, S("open"), S("/etc/passwd")));
    CHECK_STR(S("refused"), asked(e, a, S("open"), S("/proc/self/environ")));
    CHECK_STR(S("refused"), asked(e, a, S("open"), S("/")));
    CHECK_STR(S("refused"), asked(e, a, S("make"), S("/tmp/kakehashi-must-not-exist")));
}

TEST(a_job_writes_in_the_spool_alone)
{
    char spool[] = "/tmp/kakehashi-spool-XXXXXX";
    must(mkdtemp(spool) != NULL);
    struct effects *e = effects_new(a, spool);
    needs_sandbox(e, false);
    str file = str_fmt(a, "%s/one", spool);
    CHECK_STR(S("made"), asked(e, a, S("make"), file));
    CHECK_STR(S("refused"), asked(e, a, S("make"), str_fmt(a, "%s-other", spool)));
    (void)unlink(str_to_z(a, file));
    (void)rmdir(spool);
}

TEST(a_job_starts_no_program_and_no_process)
{
    struct effects *e = effects_new(a, NULL);
    needs_sandbox(e, false);
    CHECK_STR(S("effects: exec: ended by SIGSYS"), asked(e, a, S("exec"), S("")));
    CHECK_STR(S("refused"), asked(e, a, S("fork"), S("")));
}

TEST(a_job_connects_to_the_ports_of_its_kinds_alone)
{
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t n = sizeof at;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    must(bind(fd, (struct sockaddr *)&at, n) == 0 && listen(fd, 4) == 0);
    must(getsockname(fd, (struct sockaddr *)&at, &n) == 0);
    allowed_port = ntohs(at.sin_port);
    struct effects *e = effects_new(a, NULL);
    needs_sandbox(e, true);
    CHECK_STR(S("made"), asked(e, a, S("connect"), str_fmt(a, "%d", allowed_port)));
    CHECK_STR(S("refused"), asked(e, a, S("connect"), str_fmt(a, "%d", allowed_port + 1)));
    (void)close(fd);
}

TEST(names_are_resolved_inside_the_sandbox)
{
    struct effects *e = effects_new(a, NULL);
    CHECK_STR(S("found"), asked(e, a, S("resolve"), S("localhost")));
    CHECK_STR(S("found"), asked(e, a, S("resolve"), S("127.0.0.1")));
}

TEST(a_job_that_hangs_or_crashes_is_an_error_and_the_next_one_runs)
{
    struct effects *e = effects_new(a, NULL);
    struct fault f = {0}, g = {0};
    str answer;
    CHECK_ERR(E_IO, effects_run(e, a, &f, S("spin"), S("secret"), 50, &answer));
    CHECK_STR(S("effects: spin: stopped after 3050 ms"), str_z(f.text));
    CHECK_ERR(E_IO, effects_run(e, a, &g, S("crash"), S("secret"), 50, &answer));
    CHECK_STR(S("effects: crash: ended by SIGILL"), str_z(g.text));
    CHECK_STR(S("found"), asked(e, a, S("resolve"), S("127.0.0.1")));
}

TEST(the_death_of_the_effects_process_is_noticed)
{
    struct effects *e = effects_new(a, NULL);
    CHECK(effects_alive(e));
    must(kill((pid_t)effects_pid(e), SIGKILL) == 0);
    struct fault f = {0};
    str answer;
    CHECK_ERR(E_IO, effects_run(e, a, &f, S("open"), S("/etc/hosts"), 1000, &answer));
    CHECK(!effects_alive(e));
}
