/* sandbox_test.c - each forbidden thing is tried in a forked child that sandboxed itself. */
#include "t.h"

#include "io/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <netinet/in.h>
#include <pthread.h>
#include <seccomp.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

/* How a child ended: an exit code, or BY_SIGNAL + the signal. */
enum { DONE = 10, REFUSED, UNKNOWN_CALL, OTHER, NO_SANDBOX, BY_SIGNAL = 1000 };

struct set {
    struct sandbox_options o;
    char dir[64];
    int port;
};

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *at)
{
    (void)st, (void)kind, (void)at;
    return remove(path);
}

static void remove_dir(void *dir)
{
    (void)nftw(dir, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

static struct set *set_new(struct arena *a)
{
    struct set *s = NEW(a, struct set);
    (void)snprintf(s->dir, sizeof s->dir, "/tmp/kakehashi-sandbox-XXXXXX");
    must(mkdtemp(s->dir) != NULL);
    arena_defer(a, remove_dir, s->dir);
    s->o = (struct sandbox_options){.mode = SANDBOX_REQUIRE, .data_dir = s->dir, .listen_port = -1};
    return s;
}

static int in_child(struct set *s, int (*act)(const struct set *))
{
    pid_t pid = fork();
    if (pid == 0) {
        struct sandbox_state state;
        struct fault f = {0};
        if (chdir(s->dir) != 0 || sandbox_server(&s->o, &state, &f) != OK) {
            (void)printf("%s\n", f.text);
            _exit(NO_SANDBOX);
        }
        _exit(act(s));
    }
    int status = 0;
    must(pid > 0 && waitpid(pid, &status, 0) == pid);
    return WIFSIGNALED(status) ? BY_SIGNAL + WTERMSIG(status) : WEXITSTATUS(status);
}

/* What a call that returned rc, and errno, say. */
static int said(long rc)
{
    if (rc >= 0)
        return DONE;
    return errno == EACCES || errno == EPERM ? REFUSED : errno == ENOSYS ? UNKNOWN_CALL : OTHER;
}

/* All of it: where the kernel has less, these tests have nothing to prove. */
static void needs(int abi)
{
    if (landlock_abi() >= abi && seccomp_api_get() >= 2)
        return;
    t_skipped++;
    (void)printf("skipped: landlock ABI %d and seccomp are needed; here it is ABI %d\n", abi,
                 landlock_abi());
    skip();
}

static int read_passwd(const struct set *s)
{
    (void)s;
    return said(open("/etc/passwd", O_RDONLY));
}

static int write_tmp(const struct set *s)
{
    (void)s;
    return said(open("/tmp/kakehashi-must-not-exist", O_WRONLY | O_CREAT, 0600));
}

static int list_root(const struct set *s)
{
    (void)s;
    return said(open("/", O_RDONLY | O_DIRECTORY));
}

TEST(files_outside_the_data_folder_are_out_of_reach)
{
    needs(2);
    struct set *s = set_new(a);
    CHECK_I64(REFUSED, in_child(s, read_passwd));
    CHECK_I64(REFUSED, in_child(s, write_tmp));
    CHECK_I64(REFUSED, in_child(s, list_root));
}

static int use_data(const struct set *s)
{
    (void)s;
    int fd = open("one", O_RDWR | O_CREAT | O_EXCL, 0600);
    int spool = open(".", O_TMPFILE | O_RDWR, 0600);
    bool good = fd >= 0 && spool >= 0 && write(fd, "text", 4) == 4 && ftruncate(fd, 2) == 0 &&
                fdatasync(fd) == 0 && mkdir("folder", 0700) == 0 &&
                rename("one", "folder/two") == 0 && symlink("folder", "current") == 0 &&
                truncate("folder/two", 0) == 0 && unlink("folder/two") == 0;
    return good ? DONE : OTHER;
}

TEST(the_data_folder_is_for_every_kind_of_file_work)
{
    needs(2);
    CHECK_I64(DONE, in_child(set_new(a), use_data));
}

static int make_fifo(const struct set *s)
{
    (void)s;
    return said(mkfifo("fifo", 0600));
}

TEST(the_data_folder_takes_no_device_or_pipe)
{
    needs(2);
    CHECK_I64(BY_SIGNAL + SIGSYS, in_child(set_new(a), make_fifo));
}

static int read_hosts(const struct set *s)
{
    (void)s;
    return said(open("/etc/hosts", O_RDONLY));
}

static int write_hosts(const struct set *s)
{
    (void)s;
    return said(open("/etc/hosts", O_WRONLY | O_APPEND));
}

TEST(a_read_path_is_read_and_not_written)
{
    needs(2);
    struct set *s = set_new(a);
    static const char *const paths[] = {"/etc/hosts", "/nonexistent/process"};
    s->o.read_paths = paths;
    s->o.nread = COUNT(paths);
    CHECK_I64(DONE, in_child(s, read_hosts));
    CHECK_I64(REFUSED, in_child(s, write_hosts));
}

static int use_sqlite(const struct set *s)
{
    (void)s;
    sqlite3 *db;
    if (sqlite3_open("test.db", &db) != SQLITE_OK)
        return OTHER;
    int rc = sqlite3_exec(db,
                          "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
                          "PRAGMA temp_store=MEMORY; CREATE TABLE t(x);"
                          "INSERT INTO t VALUES(1); VACUUM; PRAGMA wal_checkpoint(TRUNCATE)",
                          NULL, NULL, NULL);
    return rc == SQLITE_OK && sqlite3_close(db) == SQLITE_OK ? DONE : OTHER;
}

TEST(sqlite_works_in_the_data_folder)
{
    needs(2);
    CHECK_I64(DONE, in_child(set_new(a), use_sqlite));
}

static int nr; /* of the system call that call_nr makes */

static int call_nr(const struct set *s)
{
    (void)s;
    return said(syscall(nr, 0, 0, 0, 0, 0, 0));
}

TEST(a_call_that_only_an_attacker_makes_ends_the_process)
{
    needs(2);
    struct set *s = set_new(a);
    static const int calls[] = {
        SCMP_SYS(execve),  SCMP_SYS(execveat),         SCMP_SYS(ptrace),
        SCMP_SYS(mount),   SCMP_SYS(process_vm_readv), SCMP_SYS(bpf),
        SCMP_SYS(keyctl),  SCMP_SYS(userfaultfd),      SCMP_SYS(io_uring_setup),
        SCMP_SYS(unshare), SCMP_SYS(perf_event_open),  SCMP_SYS(finit_module),
        SCMP_SYS(chroot),  SCMP_SYS(setuid),           SCMP_SYS(open_by_handle_at),
    };
    for (size_t i = 0; i < COUNT(calls); i++) {
        nr = calls[i];
        CHECK_I64(BY_SIGNAL + SIGSYS, in_child(s, call_nr));
    }
}

TEST(a_call_that_the_server_has_no_use_for_is_unknown)
{
    needs(2);
    struct set *s = set_new(a);
    static const int calls[] = {
        SCMP_SYS(fork), SCMP_SYS(vfork),  SCMP_SYS(clone),   SCMP_SYS(clone3),
        SCMP_SYS(kill), SCMP_SYS(shmget), SCMP_SYS(seccomp), SCMP_SYS(landlock_create_ruleset)};
    for (size_t i = 0; i < COUNT(calls); i++) {
        nr = calls[i];
        CHECK_I64(UNKNOWN_CALL, in_child(s, call_nr));
    }
}

static int map_code(const struct set *s)
{
    (void)s;
    void *p =
        mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return said(p == MAP_FAILED ? -1 : 0);
}

static int make_code(const struct set *s)
{
    (void)s;
    void *p = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return p == MAP_FAILED ? OTHER : said(mprotect(p, 4096, PROT_READ | PROT_EXEC));
}

TEST(data_never_becomes_code)
{
    needs(2);
    CHECK_I64(UNKNOWN_CALL, in_child(set_new(a), map_code));
    CHECK_I64(UNKNOWN_CALL, in_child(set_new(a), make_code));
}

static void *thread_reads(void *out)
{
    *(int *)out = read_passwd(NULL);
    return NULL;
}

static int in_thread(const struct set *s)
{
    (void)s;
    pthread_t t;
    int found = OTHER;
    if (pthread_create(&t, NULL, thread_reads, &found) != 0 || pthread_join(t, NULL) != 0)
        return OTHER;
    return found;
}

TEST(threads_start_and_are_bound_as_well)
{
    needs(2);
    CHECK_I64(REFUSED, in_child(set_new(a), in_thread));
}

static int open_inet(const struct set *s)
{
    (void)s;
    return said(socket(AF_INET, SOCK_STREAM, 0));
}

static int open_packet(const struct set *s)
{
    (void)s;
    return said(socket(AF_PACKET, SOCK_RAW, 0));
}

TEST(no_connection_leaves_a_server_without_postgresql)
{
    needs(2);
    struct set *s = set_new(a);
    CHECK_I64(UNKNOWN_CALL, in_child(s, open_inet));
    s->o.postgres = true;
    CHECK_I64(DONE, in_child(s, open_inet));
    CHECK_I64(UNKNOWN_CALL, in_child(s, open_packet));
}

/* A listening socket on loopback, before the sandbox. */
static int listener(struct set *s)
{
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t n = sizeof at;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    must(fd >= 0 && bind(fd, (struct sockaddr *)&at, n) == 0 && listen(fd, 4) == 0);
    must(getsockname(fd, (struct sockaddr *)&at, &n) == 0);
    s->port = ntohs(at.sin_port);
    return fd;
}

static int connect_port(const struct set *s)
{
    struct sockaddr_in at = {.sin_family = AF_INET,
                             .sin_port = htons((uint16_t)s->port),
                             .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    return said(connect(fd, (struct sockaddr *)&at, sizeof at));
}

TEST(postgresql_is_reached_on_its_port_alone)
{
    needs(4);
    struct set *s = set_new(a);
    int fd = listener(s);
    int other = s->port + 1;
    s->o.postgres = true;
    s->o.ports = &s->port;
    s->o.nports = 1;
    CHECK_I64(DONE, in_child(s, connect_port));
    s->o.ports = &other;
    CHECK_I64(REFUSED, in_child(s, connect_port));
    s->o.nports = 0;
    CHECK_I64(DONE, in_child(s, connect_port));
    (void)close(fd);
}

static int accept_one(const struct set *s)
{
    return said(accept4(s->port, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK));
}

TEST(a_socket_opened_before_still_accepts)
{
    needs(2);
    struct set *s = set_new(a);
    int fd = listener(s), client = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in at = {.sin_family = AF_INET,
                             .sin_port = htons((uint16_t)s->port),
                             .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    must(connect(client, (struct sockaddr *)&at, sizeof at) == 0);
    s->port = fd;
    CHECK_I64(DONE, in_child(s, accept_one));
    (void)close(client);
    (void)close(fd);
}

static int listen_any(const struct set *s)
{
    (void)s;
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (fd < 0 || bind(fd, (struct sockaddr *)&at, sizeof at) != 0)
        return said(-1);
    return said(listen(fd, 1));
}

TEST(listening_is_allowed_where_it_was_asked_for)
{
    needs(4);
    struct set *s = set_new(a);
    s->o.listen_port = 0;
    CHECK_I64(DONE, in_child(s, listen_any));
    s->o.listen_port = 1;
    CHECK_I64(REFUSED, in_child(s, listen_any));
    s->o.listen_port = -1;
    CHECK_I64(UNKNOWN_CALL, in_child(s, listen_any));
}

static int end_itself(const struct set *s)
{
    (void)s;
    abort();
}

static int raise_core(const struct set *s)
{
    (void)s;
    struct rlimit r;
    if (getrlimit(RLIMIT_CORE, &r) != 0 || r.rlim_max != 0)
        return OTHER;
    return said(setrlimit(RLIMIT_CORE, &(struct rlimit){1, 1}));
}

TEST(a_crash_keeps_its_signal_and_leaves_no_core)
{
    needs(2);
    struct set *s = set_new(a);
    CHECK_I64(UNKNOWN_CALL, in_child(s, raise_core));
    (void)signal(SIGABRT, SIG_DFL);
    CHECK_I64(BY_SIGNAL + SIGABRT, in_child(s, end_itself));
}

static void *wait_for_it(void *lock)
{
    (void)pthread_mutex_lock(lock);
    (void)pthread_mutex_unlock(lock);
    return NULL;
}

TEST(threads_that_run_already_are_an_error)
{
    needs(2);
    struct set *s = set_new(a);
    pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    pthread_t t;
    (void)pthread_mutex_lock(&lock);
    must(pthread_create(&t, NULL, wait_for_it, &lock) == 0);
    struct sandbox_state state;
    struct fault f = {0};
    enum err e = sandbox_server(&s->o, &state, &f);
    (void)pthread_mutex_unlock(&lock);
    (void)pthread_join(t, NULL);
    CHECK_ERR(E_IO, e);
    CHECK(strstr(f.text, "threads") != NULL);
}

/* Runs fn in a child whose kernel seems to have no landlock. */
static int without_landlock(bool (*fn)(void))
{
    pid_t pid = fork();
    if (pid == 0) {
        scmp_filter_ctx c = seccomp_init(SCMP_ACT_ALLOW);
        must(seccomp_rule_add(c, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(landlock_create_ruleset), 0) ==
             0);
        must(seccomp_load(c) == 0);
        _exit(fn() ? DONE : OTHER);
    }
    int status = 0;
    must(pid > 0 && waitpid(pid, &status, 0) == pid);
    return WIFEXITED(status) ? WEXITSTATUS(status) : BY_SIGNAL;
}

static enum err try_mode(enum sandbox_mode mode, struct sandbox_state *state, struct fault *f)
{
    struct sandbox_options o = {.mode = mode, .data_dir = "/tmp", .listen_port = -1};
    return sandbox_server(&o, state, f);
}

static bool require_fails(void)
{
    struct sandbox_state state;
    struct fault f = {0};
    return try_mode(SANDBOX_REQUIRE, &state, &f) == E_IO && strstr(f.text, "landlock") != NULL;
}

static bool auto_goes_on(void)
{
    struct sandbox_state state;
    struct fault f = {0};
    return try_mode(SANDBOX_AUTO, &state, &f) == OK && !state.whole && state.landlock == 0 &&
           state.seccomp && strstr(state.why, "landlock") != NULL;
}

TEST(require_fails_and_auto_goes_on_and_says_so_without_landlock)
{
    needs(2);
    CHECK_I64(DONE, without_landlock(require_fails));
    CHECK_I64(DONE, without_landlock(auto_goes_on));
}

TEST(off_forbids_nothing)
{
    struct set *s = set_new(a);
    s->o.mode = SANDBOX_OFF;
    CHECK_I64(DONE, in_child(s, read_passwd));
    CHECK_I64(DONE, in_child(s, open_inet));
}

static int ask_process(const struct set *s)
{
    (void)s;
    return prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) == 0 && prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1
               ? DONE
               : OTHER;
}

TEST(no_debugger_attaches_and_no_program_gains_rights)
{
    pid_t pid = fork();
    if (pid == 0) {
        struct sandbox_state state;
        struct fault f = {0};
        struct sandbox_plan plan = {.profile = SYSCALLS_ZYGOTE}; /* lets prctl be asked */
        enum err e = sandbox_enter(SANDBOX_AUTO, &plan, &state, &f);
        _exit(e == OK && state.no_debugger && state.no_new_privs ? ask_process(NULL) : OTHER);
    }
    int status = 0;
    must(pid > 0 && waitpid(pid, &status, 0) == pid);
    CHECK_I64(DONE, WEXITSTATUS(status));
}

TEST(the_state_is_told_in_words)
{
    struct sandbox_state s = {.mode = SANDBOX_REQUIRE,
                              .landlock = 7,
                              .tcp_ports = true,
                              .seccomp = true,
                              .no_new_privs = true,
                              .no_debugger = true,
                              .no_core = true};
    CHECK_STR(S("landlock 7 (files, TCP ports), seccomp, no new privileges, no debugger, "
                "no core file"),
              sandbox_say(a, &s));
    s = (struct sandbox_state){.mode = SANDBOX_AUTO, .seccomp = true, .why = "no landlock"};
    CHECK_STR(S("seccomp; does not hold: no landlock"), sandbox_say(a, &s));
    s = (struct sandbox_state){.mode = SANDBOX_OFF, .no_core = true};
    CHECK_STR(S("no core file; switched off"), sandbox_say(a, &s));
}

TEST(the_mode_is_one_of_three_words)
{
    enum sandbox_mode m;
    CHECK(sandbox_mode_of(S("require"), &m) && m == SANDBOX_REQUIRE);
    CHECK(sandbox_mode_of(S("auto"), &m) && m == SANDBOX_AUTO);
    CHECK(sandbox_mode_of(S("off"), &m) && m == SANDBOX_OFF);
    CHECK(!sandbox_mode_of(S("Off"), &m));
    CHECK(!sandbox_mode_of(S(""), &m));
}
