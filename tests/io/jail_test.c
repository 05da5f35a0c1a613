/* jail_test.c - what a hostile parser can and cannot do.  Each job below is such a parser. */
#include "t.h"

#include "base/time.h"
#include "formats/openpgp_key.h"
#include "io/jail.h"
#include "io/sanitized.h"
#include "io/zygote_wire.h"

#include <ctype.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static enum err job_upper(struct arena *a, str in, buf *out)
{
    (void)a;
    for (size_t i = 0; i < in.n; i++)
        buf_char(out, (char)toupper((unsigned char)in.p[i]));
    return OK;
}

static enum err job_refuse(struct arena *a, str in, buf *out)
{
    (void)a;
    buf_put(out, S("no_such_letter: "));
    buf_put(out, in);
    return E_INVALID;
}

static enum err job_fail(struct arena *a, str in, buf *out)
{
    (void)a, (void)in, (void)out;
    return E_CONFLICT;
}

static enum err made(long rc, buf *out)
{
    buf_put(out, rc >= 0 ? S("made") : S("refused"));
    return OK;
}

static enum err job_open(struct arena *a, str in, buf *out)
{
    return made(open(str_to_z(a, in), O_RDONLY), out);
}

static enum err job_call(struct arena *a, str in, buf *out)
{
    (void)a;
    i64 nr;
    must(str_i64(in, &nr));
    return made(syscall(nr, 0, 0, 0, 0, 0, 0), out);
}

static enum err job_fork(struct arena *a, str in, buf *out)
{
    (void)a, (void)in;
    return made(fork(), out);
}

static enum err job_code(struct arena *a, str in, buf *out)
{
    (void)a, (void)in;
    void *p = mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return made(p == MAP_FAILED ? -1 : 0, out);
}

static enum err job_kill(struct arena *a, str in, buf *out)
{
    (void)a, (void)in;
    return made(kill(getppid(), SIGKILL), out);
}

static enum err job_memory(struct arena *a, str in, buf *out)
{
    (void)in, (void)out;
    while (a != NULL)
        memset(arena_alloc(a, 1 << 20, 1), 1, 1 << 20);
    return OK;
}

static enum err job_spin(struct arena *a, str in, buf *out)
{
    (void)a, (void)in, (void)out;
    volatile bool on = true;
    while (on)
        continue;
    return OK;
}

static enum err job_crash(struct arena *a, str in, buf *out)
{
    (void)a, (void)in, (void)out;
    __builtin_trap();
}

static enum err job_abort(struct arena *a, str in, buf *out)
{
    (void)a, (void)in, (void)out;
    abort();
}

static enum err job_long(struct arena *a, str in, buf *out)
{
    (void)a;
    i64 n;
    must(str_i64(in, &n));
    for (; n > 0; n--)
        buf_char(out, 'x');
    return OK;
}

/* Goes round the framework. */
static enum err job_flood(struct arena *a, str in, buf *out)
{
    (void)a, (void)in, (void)out;
    static char block[4096];
    while (write(3, block, sizeof block) > 0)
        continue;
    return OK;
}

static enum err job_descriptors(struct arena *a, str in, buf *out)
{
    (void)a, (void)in;
    for (int fd = 0; fd < 256; fd++)
        if (write(fd, "", 0) == 0)
            buf_putf(out, "%d ", fd);
    return OK;
}

static const char *path_before; /* the fork: where the environment lay */

static enum err job_environment(struct arena *a, str in, buf *out)
{
    (void)a, (void)in;
    bool wiped = path_before[0] == '\0' && path_before[1] == '\0';
    buf_put(out, getenv("PATH") == NULL && wiped ? S("empty") : S("there"));
    return OK;
}

static enum err job_ask(struct arena *a, str in, const struct jail_caller *caller, buf *out)
{
    str answer = S("");
    must(jail_ask(caller, a, in, &answer));
    buf_put(out, answer);
    return OK;
}

static const struct jail_job jobs[] = {
    {S_INIT("upper"), job_upper},
    {S_INIT("refuse"), job_refuse},
    {S_INIT("fail"), job_fail},
    {S_INIT("open"), job_open},
    {S_INIT("call"), job_call},
    {S_INIT("fork"), job_fork},
    {S_INIT("code"), job_code},
    {S_INIT("kill"), job_kill},
    {S_INIT("memory"), job_memory},
    {S_INIT("spin"), job_spin},
    {S_INIT("crash"), job_crash},
    {S_INIT("abort"), job_abort},
    {S_INIT("long"), job_long},
    {S_INIT("flood"), job_flood},
    {S_INIT("descriptors"), job_descriptors},
    {S_INIT("environment"), job_environment},
    {S_INIT("openpgp_key"), openpgp_key_job},
    {.name = S_INIT("ask"), .talk = job_ask},
};

static struct jail *jail_new(struct arena *a, unsigned at_once)
{
    struct jail_options o = {
        .jobs = jobs, .njobs = COUNT(jobs), .at_once = at_once, .mode = SANDBOX_AUTO};
    struct fault f = {0};
    struct jail *j = NULL;
    CHECK_ERR(OK, jail_start(a, &o, &f, &j));
    return j;
}

static void needs_sandbox(const struct jail *j)
{
    if (jail_state(j)->whole)
        return;
    t_skipped++;
    (void)printf("skipped: %s\n", jail_state(j)->why);
    skip();
}

TEST(a_job_answers_what_its_parser_wrote)
{
    struct jail *j = jail_new(a, 0);
    struct fault f = {0};
    str out;
    CHECK_ERR(OK, jail_run(j, a, &f, S("upper"), S("kakehashi"), NULL, &out));
    CHECK_STR(S("KAKEHASHI"), out);
    CHECK_ERR(OK, jail_run(j, a, &f, S("upper"), S(""), NULL, &out));
    CHECK_STR(S(""), out);
}

TEST(an_openpgp_key_is_read_in_the_jail)
{
    struct jail *j = jail_new(a, 0);
    struct fault f = {0};
    buf key = {.a = a}, direct = {.a = a};
    FILE *file = fopen("tests/formats/pgp/several-uids.asc", "re");
    must(file != NULL);
    key.n = fread(buf_room(&key, 8192), 1, 8192, file);
    (void)fclose(file);
    str out;
    CHECK_ERR(OK, jail_run(j, a, &f, S("openpgp_key"), buf_str(&key), NULL, &out));
    CHECK_ERR(OK, openpgp_key_job(a, buf_str(&key), &direct));
    CHECK_STR(buf_str(&direct), out);
    CHECK_ERR(E_INVALID, jail_run(j, a, &f, S("openpgp_key"), S("hello"), NULL, &out));
    CHECK_STR(S("pgp_not_a_key"), out);
}

TEST(megabytes_go_in_and_out)
{
    struct jail *j = jail_new(a, 0);
    struct fault f = {0};
    str out, in = {NEWS(a, char, 3 << 20), 3 << 20};
    memset((char *)(uintptr_t)in.p, 'a', in.n);
    CHECK_ERR(OK, jail_run(j, a, &f, S("upper"), in, NULL, &out));
    CHECK_I64((i64)in.n, (i64)out.n);
    CHECK(out.p[0] == 'A' && out.p[out.n - 1] == 'A');
}

TEST(a_refusal_comes_back_with_its_problem)
{
    struct jail *j = jail_new(a, 0);
    struct fault f = {0};
    str out;
    CHECK_ERR(E_INVALID, jail_run(j, a, &f, S("refuse"), S("q"), NULL, &out));
    CHECK_STR(S("no_such_letter: q"), out);
    CHECK(f.text[0] == '\0');
    CHECK_ERR(E_IO, jail_run(j, a, &f, S("fail"), S(""), NULL, &out));
}

/* The job ends with E_IO and this word in the fault; the jail answers others as before. */
static void ends(struct jail *j, struct arena *a, str job, str in, const struct jail_limits *limits,
                 const char *word)
{
    struct fault f = {0}, g = {0};
    str out = NO_STR;
    enum err e = jail_run(j, a, &f, job, in, limits, &out);
    if (e != E_IO || strstr(f.text, word) == NULL)
        (void)printf("%.*s: err %u, %s: %.*s\n", SV(job), e, f.text, SV(out));
    CHECK_ERR(E_IO, e);
    CHECK(strstr(f.text, word) != NULL);
    CHECK_ERR(OK, jail_run(j, a, &g, S("upper"), S("still there"), NULL, &out));
    CHECK_STR(S("STILL THERE"), out);
}

TEST(the_child_opens_nothing)
{
    struct jail *j = jail_new(a, 0);
    needs_sandbox(j);
    ends(j, a, S("open"), S("/etc/passwd"), NULL, "SIGSYS");
    ends(j, a, S("open"), S("/dev/null"), NULL, "SIGSYS");
}

TEST(the_child_starts_nothing)
{
    struct jail *j = jail_new(a, 0);
    needs_sandbox(j);
    ends(j, a, S("fork"), S(""), NULL, "SIGSYS");
    ends(j, a, S("code"), S(""), NULL, "SIGSYS");
    ends(j, a, S("kill"), S(""), NULL, "SIGSYS");
}

TEST(the_child_makes_no_other_system_call)
{
    struct jail *j = jail_new(a, 0);
    needs_sandbox(j);
    static const long calls[] = {SYS_socket,  SYS_connect,     SYS_execve,     SYS_ptrace,
                                 SYS_clone,   SYS_clone3,      SYS_prctl,      SYS_prlimit64,
                                 SYS_openat2, SYS_sendmsg,     SYS_recvmsg,    SYS_memfd_create,
                                 SYS_dup,     SYS_fcntl,       SYS_ioctl,      SYS_io_uring_setup,
                                 SYS_bpf,     SYS_userfaultfd, SYS_keyctl,     SYS_process_vm_readv,
                                 SYS_unlink,  SYS_kill,        SYS_getdents64, SYS_shmget};
    for (size_t i = 0; i < COUNT(calls); i++)
        ends(j, a, S("call"), str_fmt(a, "%ld", calls[i]), NULL, "SIGSYS");
}

TEST(the_child_has_no_descriptor_but_its_answer)
{
    struct jail *j = jail_new(a, 0);
    struct fault f = {0};
    str out;
    CHECK_ERR(OK, jail_run(j, a, &f, S("descriptors"), S(""), NULL, &out));
    CHECK_STR(S("0 1 2 3 "), out); /* three times /dev/null */
}

TEST(the_child_has_no_environment)
{
    path_before = getenv("PATH");
    CHECK(path_before != NULL && path_before[0] != '\0' && path_before[1] != '\0');
    struct jail *j = jail_new(a, 0);
    struct fault f = {0};
    str out;
    CHECK_ERR(OK, jail_run(j, a, &f, S("environment"), S(""), NULL, &out));
    CHECK_STR(S("empty"), out);
}

TEST(too_much_memory_ends_the_job)
{
    if (SANITIZED)
        SKIP("ASan needs all addresses there are: the release build proves this");
    struct jail *j = jail_new(a, 0);
    ends(j, a, S("memory"), S(""), &(struct jail_limits){.memory = 64 << 20}, "SIGABRT");
}

TEST(too_much_processor_time_ends_the_job)
{
    struct jail *j = jail_new(a, 0);
    /* On a busy machine a second of the processor may take many on the wall. */
    ends(j, a, S("spin"), S(""), &(struct jail_limits){.cpu_seconds = 1, .wall_ms = 600000},
         "SIGXCPU");
}

TEST(the_clock_on_the_wall_ends_the_job)
{
    struct jail *j = jail_new(a, 0);
    ends(j, a, S("spin"), S(""), &(struct jail_limits){.wall_ms = 50}, "stopped after 50 ms");
}

TEST(a_crash_ends_the_job_alone)
{
    struct jail *j = jail_new(a, 0);
    ends(j, a, S("crash"), S(""), NULL, "SIGILL");
    ends(j, a, S("abort"), S(""), NULL, "SIGABRT");
}

TEST(an_answer_longer_than_allowed_ends_the_job)
{
    struct jail *j = jail_new(a, 0);
    struct jail_limits l = {.output = 1000};
    struct fault f = {0};
    str out;
    CHECK_ERR(OK, jail_run(j, a, &f, S("long"), S("1000"), &l, &out));
    CHECK_I64(1000, (i64)out.n);
    ends(j, a, S("long"), S("1001"), &l, "wrote too much");
    ends(j, a, S("flood"), S(""), &l, "wrote too much");
}

struct worker {
    struct jail *j;
    unsigned number;
    bool good;
};

static void *work(void *arg)
{
    struct worker *w = arg;
    struct arena *a = arena_new();
    w->good = true;
    for (unsigned i = 0; i < 20; i++) {
        struct fault f = {0};
        str out, in = str_fmt(a, "worker %u, job %u", w->number, i);
        bool crash = i % 5 == 4;
        enum err e = jail_run(w->j, a, &f, crash ? S("crash") : S("upper"), in, NULL, &out);
        w->good &= crash ? e == E_IO : e == OK && str_eq_nocase(in, out) && out.p[0] == 'W';
    }
    arena_free(a);
    return NULL;
}

TEST(jobs_run_side_by_side_and_none_gets_the_answer_of_another)
{
    struct jail *j = jail_new(a, 8);
    struct worker w[8];
    pthread_t t[8];
    for (unsigned i = 0; i < COUNT(w); i++) {
        w[i] = (struct worker){j, i, false};
        must(pthread_create(&t[i], NULL, work, &w[i]) == 0);
    }
    for (unsigned i = 0; i < COUNT(w); i++)
        (void)pthread_join(t[i], NULL);
    for (unsigned i = 0; i < COUNT(w); i++)
        CHECK(w[i].good);
}

static void *spin(void *j)
{
    struct arena *a = arena_new();
    str out;
    enum err e = E_BUSY;
    while (e == E_BUSY)
        e = jail_run(j, a, &(struct fault){0}, S("spin"), S(""),
                     &(struct jail_limits){.wall_ms = 2000}, &out);
    arena_free(a);
    return e == E_IO ? j : NULL;
}

/* While the job that asks waits for the answer: what comes of another. */
static void run_another(void *j, struct arena *a, str question, buf *answer)
{
    str out = S("");
    enum err e = jail_run(j, a, &(struct fault){0}, S("upper"), question, NULL, &out);
    buf_put(answer, e == E_BUSY ? S("busy") : out);
}

TEST(more_jobs_than_allowed_at_once_are_refused)
{
    static const char *const want[] = {"busy", "X"};
    for (unsigned at_once = 1; at_once <= 2; at_once++) {
        struct jail *j = jail_new(a, at_once);
        const struct jail_talk talk = {.answer = run_another, .arg = j, .step_ms = 60000};
        struct fault f = {0};
        str out;
        CHECK_ERR(OK, jail_run_talk(j, a, &f, S("ask"), S("x"),
                                    &(struct jail_limits){.wall_ms = 60000}, &talk, &out));
        CHECK_STR(str_z(want[at_once - 1]), out);
        CHECK_ERR(OK, jail_run(j, a, &f, S("upper"), S("x"), NULL, &out));
    }
}

TEST(the_death_of_the_zygote_is_noticed)
{
    struct jail *j = jail_new(a, 0);
    CHECK(jail_alive(j));
    must(kill((pid_t)jail_pid(j), SIGKILL) == 0);
    struct fault f = {0};
    str out;
    CHECK_ERR(E_IO, jail_run(j, a, &f, S("upper"), S("x"), NULL, &out));
    CHECK(!jail_alive(j));
}

TEST(the_death_of_the_zygote_ends_a_running_job)
{
    struct jail *j = jail_new(a, 0);
    pthread_t t;
    void *spun = NULL;
    must(pthread_create(&t, NULL, spin, j) == 0);
    must(kill((pid_t)jail_pid(j), SIGKILL) == 0);
    (void)pthread_join(t, &spun);
    CHECK(spun == j);
}

TEST(the_death_of_the_server_ends_the_zygote)
{
    must(prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) == 0);
    int tell[2];
    must(pipe(tell) == 0);
    pid_t server = fork();
    if (server == 0) {
        struct jail *j = jail_new(arena_new(), 0);
        i64 pid = jail_pid(j);
        _exit(write(tell[1], &pid, sizeof pid) == sizeof pid ? 0 : 1);
    }
    i64 zygote = 0;
    int status = 0;
    must(waitpid(server, &status, 0) == server);
    CHECK_I64(0, status);
    must(read(tell[0], &zygote, sizeof zygote) == sizeof zygote);
    CHECK_I64(zygote, waitpid((pid_t)zygote, &status, 0)); /* returns because it ended */
    (void)prctl(PR_SET_CHILD_SUBREAPER, 0, 0, 0, 0);
    (void)close(tell[0]);
    (void)close(tell[1]);
}

TEST(two_jails_do_not_keep_each_other_alive)
{
    struct arena *first = arena_new();
    struct jail *j = jail_new(first, 0), *other = jail_new(a, 0);
    (void)j;
    arena_free(first); /* waits for the first zygote: it must see the end of its socket */
    CHECK(jail_alive(other));
}

TEST(off_still_limits_time_and_output)
{
    struct jail_options o = {.jobs = jobs, .njobs = COUNT(jobs), .mode = SANDBOX_OFF};
    struct fault f = {0};
    struct jail *j;
    CHECK_ERR(OK, jail_start(a, &o, &f, &j));
    CHECK(!jail_state(j)->seccomp);
    ends(j, a, S("spin"), S(""), &(struct jail_limits){.wall_ms = 50}, "stopped after 50 ms");
    ends(j, a, S("crash"), S(""), NULL, "SIGILL");
}

/* --- jobs that ask ------------------------------------------------------------------------------ */

/* Asks twice; or does with its socket (3, as above) what no such job does. */
static enum err job_talk(struct arena *a, str in, const struct jail_caller *caller, buf *out)
{
    static const char block[1 << 16];
    str first, second;
    volatile bool forever = true;
    while (forever && str_eq(in, S("silent")))
        continue;
    if (str_eq(in, S("rude")))
        return zygote_write(3, S("hello")) ? OK : E_IO;
    if (str_eq(in, S("early")))
        return zygote_say(3, FRAME_END, S("x")) ? OK : E_IO;
    if (str_eq(in, S("half")))
        return zygote_write(3, (str){"\1\377\0\0\0\0\0\0\0", 9}) ? OK : E_IO;
    if (str_eq(in, S("flood"))) {
        (void)zygote_write(3, (str){"\1\377\377\377\377\0\0\0\0", 9});
        while (zygote_write(3, (str){block, sizeof block}))
            continue;
    }
    must(jail_ask(caller, a, S("one"), &first) && jail_ask(caller, a, first, &second));
    buf_put(out, second);
    return OK;
}

static void put_twice(void *arg, struct arena *a, str question, buf *answer)
{
    (void)a;
    ++*(int *)arg;
    buf_put(answer, question);
    buf_put(answer, question);
}

static const struct jail_job talkers[] = {{.name = S_INIT("talk"), .talk = job_talk}};

/* What became of it: its answer, or the fault; *asked: how many questions were answered. */
static str talked(struct arena *a, const char *in, i64 step_ms, int *asked)
{
    const struct jail_options o = {
        .jobs = talkers, .njobs = COUNT(talkers), .most = {.cpu_seconds = 1}};
    const struct jail_talk talk = {.answer = put_twice, .arg = asked, .step_ms = step_ms};
    struct fault f = {0};
    struct jail *j;
    str out = S("");
    *asked = 0;
    must(jail_start(a, &o, &f, &j) == OK);
    enum err e = jail_run_talk(j, a, &f, S("talk"), str_z(in), NULL, &talk, &out);
    return e == OK ? out : str_copy(a, str_z(f.text));
}

TEST(a_job_asks_and_is_answered_each_time)
{
    int asked;
    CHECK_STR(S("oneoneoneone"), talked(a, "", MINUTE, &asked));
    CHECK_I64(2, asked);
}

TEST(a_job_that_does_not_speak_as_it_should_is_ended_and_named)
{
    static const struct {
        const char *in, *said;
        i64 step_ms;
    } all[] = {{"silent", "jail: talk: no answer", 50},
               {"rude", "jail: talk: spoke out of turn", MINUTE},
               {"early", "jail: talk: spoke out of turn", MINUTE},
               {"half", "jail: talk: ended with 0 in mid-sentence", MINUTE},
               {"flood", "jail: talk: wrote too much", MINUTE}};
    for (size_t i = 0; i < COUNT(all); i++) {
        int asked;
        CHECK_STR(str_z(all[i].said), talked(a, all[i].in, all[i].step_ms, &asked));
        CHECK_I64(0, asked);
    }
}
