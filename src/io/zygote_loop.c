/* zygote_loop.c - the zygote's side: one thread that takes orders, forks, reaps and kills. */
#include "io/zygote_wire.h"

#include "io/clock.h"
#include "io/sanitized.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { CONTROL = 3, ANSWER = 3, UNKNOWN_SIZE = 512 * 1024 * 1024 };

struct running {
    pid_t pid; /* 0: free */
    int verdict;
    i64 deadline;
    bool late; /* was killed for its time */
};

struct loop {
    const struct zygote_spec *spec;
    int children; /* signalfd */
    i64 base;     /* bytes of address space that the program takes by itself */
    struct running jobs[ZYGOTE_MAX];
    size_t njobs;
};

/* the child */

static i64 program_size(void)
{
    long long pages = 0;
    FILE *statm = fopen("/proc/self/statm", "re");
    bool read = statm != NULL && fscanf(statm, "%lld", &pages) == 1;
    if (statm != NULL)
        (void)fclose(statm);
    return read ? (i64)pages * sysconf(_SC_PAGESIZE) : UNKNOWN_SIZE;
}

static void limit(int what, i64 soft, i64 hard)
{
    (void)setrlimit((__rlimit_resource_t)what, &(struct rlimit){(rlim_t)soft, (rlim_t)hard});
}

static str map_input(int fd, i64 size)
{
    if (size == 0)
        return S("");
    void *p = mmap(NULL, (size_t)size, PROT_READ, MAP_PRIVATE, fd, 0);
    must(p != MAP_FAILED);
    return (str){p, (size_t)size};
}

[[gnu::noreturn]] static void child(const struct loop *l, const struct zygote_order *o,
                                    const int *fds, pid_t zygote)
{
    sigset_t none;
    (void)sigemptyset(&none);
    (void)signal(SIGPIPE, SIG_IGN);
    (void)sigprocmask(SIG_SETMASK, &none, NULL);
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
    if (getppid() != zygote)
        _exit(1);
    struct zygote_job job = {
        .kind = o->kind,
        .input = map_input(fds[ORDER_INPUT], o->size),
        .out = ANSWER,
        .limits = o->limits,
    };
    must(dup2(fds[ORDER_OUT], ANSWER) == ANSWER);
    must(close_range(ANSWER + 1, UINT_MAX, 0) == 0);
    if (!SANITIZED) {
        (void)dup2(STDOUT_FILENO, STDERR_FILENO); /* /dev/null */
        limit(RLIMIT_AS, l->base + o->size + o->limits.memory,
              l->base + o->size + o->limits.memory);
    }
    limit(RLIMIT_CPU, o->limits.cpu_seconds, o->limits.cpu_seconds + 1);
    _exit(l->spec->run(l->spec->self, &job));
}

/* orders */

static void tell(int fd, enum verdict what, int code)
{
    struct zygote_verdict v = {what, code};
    ssize_t n = write(fd, &v, sizeof v);
    (void)n; /* the caller may have gone: its affair */
    (void)close(fd);
}

static void start(struct loop *l, const struct zygote_order *o, const int *fds)
{
    pid_t self = getpid(), pid = fork();
    if (pid == 0)
        child(l, o, fds, self);
    int why = errno;
    (void)close(fds[ORDER_INPUT]);
    (void)close(fds[ORDER_OUT]);
    if (pid < 0) {
        tell(fds[ORDER_VERDICT], VERDICT_NO_FORK, why);
        return;
    }
    l->jobs[l->njobs++] = (struct running){
        .pid = pid,
        .verdict = fds[ORDER_VERDICT],
        .deadline = clock_us() / 1000 + o->limits.wall_ms,
    };
}

/* The descriptors of a message; their number. */
static size_t take_fds(struct msghdr *m, int *fds)
{
    size_t n = 0;
    for (struct cmsghdr *h = CMSG_FIRSTHDR(m); h != NULL; h = CMSG_NXTHDR(m, h)) {
        if (h->cmsg_level != SOL_SOCKET || h->cmsg_type != SCM_RIGHTS)
            continue;
        n = (h->cmsg_len - CMSG_LEN(0)) / sizeof(int);
        n = n > ORDER_FDS ? ORDER_FDS : n;
        memcpy(fds, CMSG_DATA(h), n * sizeof(int));
    }
    return n;
}

/* False: the server is gone. */
static bool take_order(struct loop *l)
{
    struct zygote_order order;
    int fds[ORDER_FDS];
    union {
        struct cmsghdr head;
        char room[CMSG_SPACE(sizeof fds)];
    } control;
    struct iovec part = {&order, sizeof order};
    struct msghdr m = {.msg_iov = &part,
                       .msg_iovlen = 1,
                       .msg_control = &control,
                       .msg_controllen = sizeof control.room};
    ssize_t n = recvmsg(CONTROL, &m, MSG_CMSG_CLOEXEC);
    if (n < 0)
        return errno == EINTR || errno == EAGAIN;
    size_t nfds = take_fds(&m, fds);
    if (n == (ssize_t)sizeof order && nfds == ORDER_FDS) {
        start(l, &order, fds);
        return true;
    }
    for (size_t i = 0; i < nfds; i++)
        (void)close(fds[i]);
    return n > 0;
}

/* ends */

static void finish(struct loop *l, size_t i, int status)
{
    const struct running *r = &l->jobs[i];
    if (r->late)
        tell(r->verdict, VERDICT_TIMEOUT, 0);
    else if (WIFSIGNALED(status))
        tell(r->verdict, VERDICT_SIGNAL, WTERMSIG(status));
    else
        tell(r->verdict, VERDICT_EXIT, WEXITSTATUS(status));
    l->jobs[i] = l->jobs[--l->njobs];
}

static void reap(struct loop *l)
{
    struct signalfd_siginfo info[ZYGOTE_MAX];
    ssize_t n = read(l->children, info, sizeof info);
    (void)n; /* several ends may come as one signal: waitpid counts */
    int status;
    for (pid_t pid; (pid = waitpid(-1, &status, WNOHANG)) > 0;)
        for (size_t i = 0; i < l->njobs; i++)
            if (l->jobs[i].pid == pid) {
                finish(l, i, status);
                break;
            }
}

/* Ends whose time is over; ms until the next is, -1: none. */
static int kill_late(struct loop *l)
{
    i64 now = clock_us() / 1000, next = -1;
    for (size_t i = 0; i < l->njobs; i++) {
        struct running *r = &l->jobs[i];
        i64 left = r->deadline - now;
        if (r->late)
            continue;
        if (left <= 0) {
            r->late = true;
            (void)kill(r->pid, SIGKILL);
        } else if (next < 0 || left < next)
            next = left;
    }
    return next > INT_MAX ? INT_MAX : (int)next;
}

static void serve(struct loop *l)
{
    for (;;) {
        int wait = kill_late(l);
        struct pollfd p[2] = {{l->children, POLLIN, 0},
                              {l->njobs < ZYGOTE_MAX ? CONTROL : -1, POLLIN, 0}};
        if (poll(p, 2, wait) < 0 && errno != EINTR)
            return;
        if (p[0].revents != 0)
            reap(l);
        if (p[1].revents != 0 && !take_order(l))
            return;
    }
}

/* A terminal's ^C reaches the whole group; the server ends us when it is done. */
static void set_signals(struct loop *l)
{
    static const int ignored[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE};
    static const int plain[] = {SIGCHLD, SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGSYS};
    for (size_t i = 0; i < COUNT(ignored); i++)
        (void)signal(ignored[i], SIG_IGN);
    for (size_t i = 0; i < COUNT(plain); i++)
        (void)signal(plain[i], SIG_DFL);
    sigset_t set;
    (void)sigemptyset(&set);
    (void)sigaddset(&set, SIGCHLD);
    (void)sigprocmask(SIG_SETMASK, &set, NULL);
    l->children = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}

static void set_fds(int control)
{
    int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    int high = fcntl(control, F_DUPFD_CLOEXEC, CONTROL + 1);
    must(null >= 0 && high >= 0);
    must(dup2(null, STDIN_FILENO) == STDIN_FILENO && dup2(null, STDOUT_FILENO) == STDOUT_FILENO);
    must(dup2(high, CONTROL) == CONTROL && close_range(CONTROL + 1, UINT_MAX, 0) == 0);
}

/* The command line and the environment may hold a password: a child shall not find it. */
static void forget_arguments(const char *name)
{
    enum { BEHIND_NAME = 3, ARGUMENTS = 48, ENVIRONMENT = 50 }; /* fields of proc(5) stat */
    char text[2048];
    FILE *f = fopen("/proc/self/stat", "re");
    size_t n = f != NULL ? fread(text, 1, sizeof text - 1, f) : 0;
    if (f != NULL)
        (void)fclose(f);
    text[n] = '\0';
    const char *p = strrchr(text, ')');
    uintptr_t field[ENVIRONMENT + 2] = {0};
    for (int i = BEHIND_NAME; p != NULL && i < (int)COUNT(field); i++) {
        p = strchr(p + 1, ' ');
        field[i] = p != NULL ? strtoull(p, NULL, 10) : 0;
    }
    for (int i = ARGUMENTS; i <= ENVIRONMENT; i += 2)
        if (field[i] != 0 && field[i + 1] > field[i])
            explicit_bzero((void *)field[i], field[i + 1] - field[i]);
    if (field[ARGUMENTS] != 0 && field[ARGUMENTS + 1] - field[ARGUMENTS] > strlen(name))
        memcpy((void *)field[ARGUMENTS], name, strlen(name)); /* what ps shows */
    (void)clearenv();
}

void zygote_loop(const struct zygote_spec *spec, int control)
{
    static struct loop l;
    l.spec = spec;
    set_fds(control);
    (void)prctl(PR_SET_NAME, spec->name, 0, 0, 0);
    l.base = program_size();
    forget_arguments(spec->name);
    struct zygote_hello hello = {.e = OK};
    hello.e = spec->prepare(spec->self, &hello.state, &hello.fault);
    set_signals(&l);
    must(l.children >= 0);
    bool told = send(CONTROL, &hello, sizeof hello, MSG_NOSIGNAL) == (ssize_t)sizeof hello;
    if (told && hello.e == OK)
        serve(&l);
    for (size_t i = 0; i < l.njobs; i++)
        (void)kill(l.jobs[i].pid, SIGKILL);
    _exit(hello.e == OK ? 0 : 1);
}
