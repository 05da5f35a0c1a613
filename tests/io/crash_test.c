/* crash_test.c - a child crashes; its last line and its end are looked at. */
#include "t.h"

#include "base/time.h"
#include "io/crash.h"
#include "io/sandbox.h"
#include "io/sanitized.h"

#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static int crash_end; /* where the child writes */

/* What the child wrote; *status as waitpid() has it. */
static str crash_of(struct arena *a, void (*act)(void), int *status)
{
    int ends[2];
    must(pipe(ends) == 0);
    pid_t pid = fork();
    if (pid == 0) {
        crash_end = ends[1];
        crash_install("test", ends[1]);
        act();
        _exit(0);
    }
    (void)close(ends[1]);
    buf out = {.a = a};
    ssize_t n;
    while ((n = read(ends[0], buf_room(&out, 4096), 4096)) > 0)
        out.n += (size_t)n;
    (void)close(ends[0]);
    must(waitpid(pid, status, 0) == pid);
    return buf_str(&out);
}

static bool holds(str text, str part)
{
    return str_find(text, part) >= 0;
}

static void break_a_rule(void)
{
    must(getpid() == 0);
}

TEST(a_bug_leaves_one_line_and_ends_by_its_signal)
{
    int status;
    str line = crash_of(a, break_a_rule, &status);
    CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
    CHECK(str_has_suffix(line, S("]}\n")) && str_find_char(line, '\n') == (ptrdiff_t)line.n - 1);
    CHECK(holds(line, S("\"level\":\"error\",\"event\":\"crash\",\"process\":\"test\"")));
    CHECK(holds(line, S("\"signal\":\"SIGABRT\",\"trace\":[\"")));
    CHECK(holds(line, S("kakehashi+0x")) && holds(line, S("libc.so.6+0x")));
    i64 at;
    CHECK(time_parse(str_sub(line, 7, 24), zone_utc, &at));
}

static const char secret[] = "SECRETSECRETSECRETSECRETSECRET!!";

[[gnu::noinline]] static void fill_stack(void)
{
    volatile char room[4096];
    for (size_t i = 0; i < sizeof room; i++)
        room[i] = secret[i % (sizeof secret - 1)];
    abort();
}

TEST(nothing_of_the_memory_is_in_the_line)
{
    int status;
    str line = crash_of(a, fill_stack, &status);
    CHECK(holds(line, S("SIGABRT")));
    CHECK(!holds(line, S("SECRET")));
    CHECK(!holds(line, S("5345435245"))); /* as hex */
    CHECK(!holds(line, S("4552434553"))); /* as a little-endian address */
}

static void use_bad_memory(void)
{
    volatile char *volatile p = (char *)(uintptr_t)8;
    *p = 1;
}

static volatile unsigned depth;

[[gnu::noinline]] static unsigned descend(unsigned n)
{
    volatile char room[1024];
    room[n % sizeof room] = (char)n;
    depth = n;
    if (n == UINT_MAX)
        return 0;
    return descend(n + 1) + (unsigned char)room[n % sizeof room];
}

static void overflow_stack(void)
{
    depth = descend(0);
}

TEST(bad_memory_is_reported_even_when_the_stack_is_full)
{
    if (SANITIZED)
        SKIP("the signals of bad memory are ASan's: the release build proves this");
    int status;
    str line = crash_of(a, use_bad_memory, &status);
    CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGSEGV);
    CHECK(holds(line, S("\"signal\":\"SIGSEGV\"")));
    line = crash_of(a, overflow_stack, &status);
    CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGSEGV);
    CHECK(holds(line, S("\"signal\":\"SIGSEGV\"")));
}

static void *abort_here(void *unused)
{
    (void)unused;
    abort();
}

static void abort_in_threads(void)
{
    pthread_t t[4];
    for (size_t i = 0; i < COUNT(t); i++)
        (void)pthread_create(&t[i], NULL, abort_here, NULL);
    for (;;)
        (void)pause();
}

TEST(threads_that_crash_together_leave_one_line)
{
    int status;
    str line = crash_of(a, abort_in_threads, &status);
    CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
    CHECK(str_find_char(line, '\n') == (ptrdiff_t)line.n - 1);
}

static void say_last_words(void *words)
{
    (void)!write(*(int *)words, "last words\n", 11);
}

static void crash_with_last_words(void)
{
    crash_before(say_last_words, &crash_end);
    abort();
}

TEST(what_is_to_be_said_before_comes_before)
{
    int status;
    str said = crash_of(a, crash_with_last_words, &status);
    CHECK(str_has_prefix(said, S("last words\n{\"at\":\"")));
}

static void crash_in_sandbox(void)
{
    struct sandbox_options o = {.mode = SANDBOX_AUTO, .data_dir = "/tmp", .listen_port = -1};
    struct sandbox_state state;
    struct fault f = {0};
    must(sandbox_server(&o, &state, &f) == OK);
    abort();
}

TEST(the_sandbox_lets_the_line_out)
{
    int status;
    str line = crash_of(a, crash_in_sandbox, &status);
    CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
    CHECK(holds(line, S("kakehashi+0x")));
}

static void look_at_core_limit(void)
{
    struct rlimit r;
    _exit(getrlimit(RLIMIT_CORE, &r) == 0 && r.rlim_cur == 0 && r.rlim_max == 0 ? 7 : 8);
}

TEST(there_will_be_no_core_file)
{
    int status;
    (void)crash_of(a, look_at_core_limit, &status);
    CHECK_I64(7, WEXITSTATUS(status));
}
