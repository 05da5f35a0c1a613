/* tool.c - see tool.h.
 *
 * Between clone() and execve() the child runs in its parent's memory, on a stack of its own:
 * system calls and nothing else there, no allocation, no library that may do so. */
#include "io/tool.h"

#include "io/clock.h"
#include "io/landlock.h"
#include "io/syscalls.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { STACK = 64 * 1024, HIGH = 20, CPU_SECONDS = 20, NOT_STARTED = 127 };

struct start {
    const char *const *argv;
    int in[TOOL_INPUTS], out, null;
    int rules; /* of landlock; -1: the kernel has none */
    struct sock_fprog filter;
    sigset_t signals;
};

/* --- the child -------------------------------------------------------------------------------- */

/* What it leaves on its stack would stay marked in the memory of its parent. */
#define CHILD __attribute__((no_sanitize("address", "undefined"), noinline)) static

CHILD void limit(__rlimit_resource_t what, rlim_t most)
{
    (void)setrlimit(what, &(struct rlimit){most, most});
}

/* What the kernel has of landlock and seccomp; the limits hold anyway. */
CHILD void enclose(const struct start *s)
{
    limit(RLIMIT_CPU, CPU_SECONDS);
    limit(RLIMIT_FSIZE, 0);
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_AS, (rlim_t)1 << 30);
    (void)prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    if (s->rules >= 0)
        (void)syscall(SYS_landlock_restrict_self, s->rules, 0);
    if (s->filter.len > 0)
        (void)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &s->filter);
}

/* A handler of the parent's would run in its memory. */
CHILD void forget_handlers(const struct start *s)
{
    const struct sigaction plain = {.sa_handler = SIG_DFL};
    for (int i = 1; i < NSIG; i++)
        (void)sigaction(i, &plain, NULL);
    (void)sigprocmask(SIG_SETMASK, &s->signals, NULL);
}

CHILD void place_descriptors(const struct start *s)
{
    int moved[TOOL_INPUTS], to = fcntl(s->out, F_DUPFD, HIGH), null = fcntl(s->null, F_DUPFD, HIGH);
    /* out of the way first, so that none is written over */
    for (int i = 0; i < TOOL_INPUTS; i++)
        moved[i] = fcntl(s->in[i], F_DUPFD, HIGH);
    (void)dup2(null, STDIN_FILENO);
    (void)dup2(to, STDOUT_FILENO);
    (void)dup2(null, STDERR_FILENO);
    for (int i = 0; i < TOOL_INPUTS; i++)
        (void)dup2(moved[i], TOOL_FIRST + i);
    (void)close_range(TOOL_FIRST + TOOL_INPUTS, UINT_MAX, 0);
    (void)close_range(STDERR_FILENO + 1, TOOL_FIRST - 1, 0);
}

CHILD int child(void *arg)
{
    static const char *const envp[] = {"LC_ALL=C", NULL};
    const struct start *s = arg;
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
    forget_handlers(s);
    enclose(s); /* the rules' descriptor is closed below */
    place_descriptors(s);
    (void)execve(s->argv[0], (char **)(uintptr_t)s->argv, (char **)(uintptr_t)envp);
    _exit(NOT_STARTED);
}

/* --- its parent ------------------------------------------------------------------------------- */

static void close_fd(void *fd)
{
    (void)close((int)(intptr_t)fd);
}

static int kept(struct arena *a, int fd)
{
    if (fd >= 0)
        arena_defer(a, close_fd, (void *)(intptr_t)fd);
    return fd;
}

static enum err memory_file(struct arena *a, str s, struct fault *f, int *out)
{
    int fd = *out = kept(a, memfd_create("kakehashi", MFD_CLOEXEC | MFD_ALLOW_SEALING));
    if (fd < 0)
        return fault_set(f, E_IO, "memfd_create: error %d", errno);
    for (size_t at = 0; at < s.n;) {
        ssize_t n = write(fd, s.p + at, s.n - at);
        if (n <= 0)
            return fault_set(f, E_IO, "a memory file: error %d", errno);
        at += (size_t)n;
    }
    (void)fcntl(fd, F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_GROW | F_SEAL_SHRINK | F_SEAL_SEAL);
    if (lseek(fd, 0, SEEK_SET) != 0)
        return fault_set(f, E_IO, "a memory file: error %d", errno);
    return OK;
}

/* What the kernel cannot do is left out, as in any sandbox of mode auto. */
static void prepare_enclosure(struct arena *a, struct start *s)
{
    static const struct landlock_path paths[] = {
        {"/usr", REACH_RUN},  {"/lib", REACH_RUN},        {"/lib64", REACH_RUN},
        {"/etc", REACH_READ}, {"/proc/self", REACH_READ}, {"/proc/sys/crypto", REACH_READ},
        {"/dev", REACH_READ},
    };
    const struct landlock_rules rules = {.paths = paths, .npaths = COUNT(paths)};
    struct fault f = {0};
    str program;
    s->rules = -1;
    if (landlock_prepare(&rules, &f, &s->rules) == OK)
        (void)kept(a, s->rules);
    if (syscalls_program(a, SYSCALLS_TOOL, &f, &program) == OK)
        s->filter =
            (struct sock_fprog){.len = (unsigned short)(program.n / sizeof(struct sock_filter)),
                                .filter = (struct sock_filter *)(uintptr_t)program.p};
}

/* What it prints, until it ends or its time is over. */
static bool listen_to(int fd, const struct tool *t, buf *said)
{
    i64 end = clock_us() / 1000 + t->timeout_ms;
    for (;;) {
        i64 left = end - clock_us() / 1000;
        struct pollfd p = {.fd = fd, .events = POLLIN};
        if (left <= 0 || poll(&p, 1, left > INT_MAX ? INT_MAX : (int)left) <= 0)
            return false;
        ssize_t n = read(fd, buf_room(said, 4096), 4096);
        if (n <= 0)
            return n == 0;
        said->n += (size_t)n;
        if (said->n > t->most)
            return false;
    }
}

static pid_t start(struct arena *a, struct start *s)
{
    char *stack = NEWS(a, char, STACK);
    sigset_t all;
    (void)sigfillset(&all);
    (void)pthread_sigmask(SIG_SETMASK, &all, &s->signals);
    pid_t pid = clone(child, stack + STACK, CLONE_VM | CLONE_VFORK | SIGCHLD, s);
    int why = errno;
    (void)pthread_sigmask(SIG_SETMASK, &s->signals, NULL);
    errno = why;
    return pid;
}

static enum err converse(struct arena *a, struct fault *f, const struct tool *t, struct start *s,
                         buf *said)
{
    int out[2], status = 0;
    if (pipe2(out, O_CLOEXEC) != 0)
        return fault_set(f, E_IO, "pipe: error %d", errno);
    (void)kept(a, out[0]);
    s->out = out[1];
    pid_t pid = start(a, s);
    int why = errno;
    (void)close(out[1]);
    if (pid < 0)
        return fault_set(f, E_IO, "clone: error %d", why);
    bool heard = listen_to(out[0], t, said);
    if (!heard)
        (void)kill(pid, SIGKILL);
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
    }
    if (!heard || !WIFEXITED(status) || WEXITSTATUS(status) == NOT_STARTED)
        return fault_set(f, E_IO, "%s did not come to an end", t->argv[0]);
    return OK;
}

static enum err run_in(struct arena *a, struct fault *f, const struct tool *t, buf *said)
{
    struct start s = {.argv = t->argv};
    s.null = kept(a, open("/dev/null", O_RDWR | O_CLOEXEC));
    for (size_t i = 0; i < TOOL_INPUTS; i++)
        TRY(memory_file(a, t->inputs[i], f, &s.in[i]));
    prepare_enclosure(a, &s);
    return converse(a, f, t, &s, said);
}

enum err tool_run(struct arena *a, struct fault *f, const struct tool *t, str *said)
{
    buf text = {.a = a};
    if (access(t->argv[0], X_OK) != 0)
        return E_NOT_FOUND;
    struct arena *own = arena_new(); /* descriptors end with the call */
    enum err e = run_in(own, f, t, &text);
    arena_free(own);
    *said = text.n > 0 ? buf_str(&text) : S("");
    return e;
}
