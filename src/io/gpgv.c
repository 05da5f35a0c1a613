/* gpgv.c - see gpgv.h.
 *
 * Inputs are sealed memory files that the child finds at fixed descriptors; what it says comes
 * back as status lines (GnuPG, doc/DETAILS) through a pipe. */
#include "io/gpgv.h"

#include "io/clock.h"
#include "io/sandbox.h"
#include "io/sanitized.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static const char program[] = "/usr/bin/gpgv";

/* Descriptors of the child. */
enum { STATUS = 1, KEYS = 5, SIGNATURE, BYTES, INPUTS = 3 };
enum { OUTPUT_MOST = 1 << 20, NOT_STARTED = 127 };

/* --- the child -------------------------------------------------------------------------------- */

static void limit(__rlimit_resource_t what, rlim_t most)
{
    (void)setrlimit(what, &(struct rlimit){most, most});
}

static void enclose(void)
{
    static const struct landlock_path paths[] = {
        {"/usr", REACH_RUN},  {"/lib", REACH_RUN},        {"/lib64", REACH_RUN},
        {"/etc", REACH_READ}, {"/proc/self", REACH_READ}, {"/proc/sys/crypto", REACH_READ},
        {"/dev", REACH_READ},
    };
    const struct landlock_rules rules = {.paths = paths, .npaths = COUNT(paths)};
    struct fault f = {0};
    limit(RLIMIT_CPU, 20);
    limit(RLIMIT_FSIZE, 0);
    limit(RLIMIT_CORE, 0);
    if (!SANITIZED)
        limit(RLIMIT_AS, (rlim_t)1 << 30);
    (void)prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    /* what the kernel has of these; the limits above hold anyway */
    (void)landlock_apply(&rules, &f);
    (void)syscalls_apply(SYSCALLS_TOOL, (struct syscall_needs){0}, &f);
}

[[gnu::noreturn]] static void child(const int *in, int out)
{
    static const char *const argv[] = {program,     "--homedir", "/nonexistent", "--status-fd",
                                       "1",         "--keyring", "/dev/fd/5",    "/dev/fd/6",
                                       "/dev/fd/7", NULL};
    static const char *const envp[] = {"LC_ALL=C", NULL};
    int null = open("/dev/null", O_RDWR);
    /* out of the way first, so that none is written over */
    int moved[INPUTS], to = fcntl(out, F_DUPFD, 20);
    for (int i = 0; i < INPUTS; i++)
        moved[i] = fcntl(in[i], F_DUPFD, 20);
    (void)dup2(null, STDIN_FILENO);
    (void)dup2(null, STDERR_FILENO);
    (void)dup2(to, STATUS);
    for (int i = 0; i < INPUTS; i++)
        (void)dup2(moved[i], KEYS + i);
    (void)close_range(BYTES + 1, UINT_MAX, 0);
    (void)close_range(STDERR_FILENO + 1, KEYS - 1, 0);
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
    enclose();
    (void)execve(program, (char **)(uintptr_t)argv, (char **)(uintptr_t)envp);
    _exit(NOT_STARTED);
}

/* --- its parent ------------------------------------------------------------------------------- */

static void close_fd(void *fd)
{
    (void)close((int)(intptr_t)fd);
}

static enum err memory_file(struct arena *a, str s, struct fault *f, int *out)
{
    int fd = memfd_create("kakehashi", MFD_CLOEXEC);
    if (fd < 0)
        return fault_set(f, E_IO, "memfd_create: error %d", errno);
    arena_defer(a, close_fd, (void *)(intptr_t)fd);
    for (size_t at = 0; at < s.n;) {
        ssize_t n = write(fd, s.p + at, s.n - at);
        if (n <= 0)
            return fault_set(f, E_IO, "a memory file: error %d", errno);
        at += (size_t)n;
    }
    if (lseek(fd, 0, SEEK_SET) != 0)
        return fault_set(f, E_IO, "a memory file: error %d", errno);
    *out = fd;
    return OK;
}

/* What it prints, until it ends or its time is over. */
static bool listen_to(int fd, i64 timeout_ms, buf *said)
{
    i64 end = clock_us() / 1000 + timeout_ms;
    for (;;) {
        i64 left = end - clock_us() / 1000;
        struct pollfd p = {.fd = fd, .events = POLLIN};
        if (left <= 0 || poll(&p, 1, left > INT_MAX ? INT_MAX : (int)left) <= 0)
            return false;
        ssize_t n = read(fd, buf_room(said, 4096), 4096);
        if (n <= 0)
            return n == 0;
        said->n += (size_t)n;
        if (said->n > OUTPUT_MOST)
            return false;
    }
}

/* "[GNUPG:] VALIDSIG fingerprint date … primary" */
static str last_word(str line)
{
    str word = S("");
    while (line.n > 0)
        word = str_cut(&line, ' ');
    return word;
}

static enum err judge(struct arena *a, str said, str *fingerprint, str *why)
{
    static const str bad[] = {S_INIT("BADSIG"),    S_INIT("EXPSIG"), S_INIT("EXPKEYSIG"),
                              S_INIT("REVKEYSIG"), S_INIT("ERRSIG"), S_INIT("NODATA")};
    bool good = false;
    str primary = NO_STR;
    *why = S("NODATA");
    for (str rest = said; rest.n > 0;) {
        str line = str_cut(&rest, '\n');
        if (!str_has_prefix(line, S("[GNUPG:] ")))
            continue;
        line = str_from(line, 9);
        str words = line, what = str_cut(&words, ' ');
        for (size_t i = 0; i < COUNT(bad); i++)
            if (str_eq(what, bad[i])) {
                *why = bad[i];
                return E_INVALID;
            }
        good |= str_eq(what, S("GOODSIG"));
        if (str_eq(what, S("VALIDSIG")))
            primary = str_copy(a, last_word(line));
    }
    *fingerprint = primary;
    return good && primary.n > 0 ? OK : E_INVALID;
}

static enum err converse(struct arena *a, struct fault *f, const int *in, i64 timeout_ms, buf *said)
{
    int out[2], status = 0;
    if (pipe2(out, O_CLOEXEC) != 0)
        return fault_set(f, E_IO, "pipe: error %d", errno);
    pid_t pid = fork();
    if (pid == 0)
        child(in, out[1]);
    (void)close(out[1]);
    arena_defer(a, close_fd, (void *)(intptr_t)out[0]);
    if (pid < 0)
        return fault_set(f, E_IO, "fork: error %d", errno);
    bool heard = listen_to(out[0], timeout_ms, said);
    if (!heard)
        (void)kill(pid, SIGKILL);
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
    }
    if (!heard || !WIFEXITED(status) || WEXITSTATUS(status) == NOT_STARTED)
        return fault_set(f, E_IO, "gpgv did not come to an end");
    return OK;
}

enum err gpgv(struct arena *a, struct fault *f, const struct gpgv_check *c, str *fingerprint,
              str *why)
{
    const str inputs[INPUTS] = {c->keys, c->signature, c->bytes};
    int in[INPUTS];
    buf said = {.a = a};
    if (access(program, X_OK) != 0)
        return E_NOT_FOUND;
    for (size_t i = 0; i < INPUTS; i++)
        TRY(memory_file(a, inputs[i], f, &in[i]));
    TRY(converse(a, f, in, c->timeout_ms, &said));
    return judge(a, said.n > 0 ? buf_str(&said) : S(""), fingerprint, why);
}
