/* sandbox.c - see sandbox.h. */
#include "io/sandbox.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

bool sandbox_mode_of(str word, enum sandbox_mode *out)
{
    static const str words[] = {[SANDBOX_AUTO] = S_INIT("auto"),
                                [SANDBOX_REQUIRE] = S_INIT("require"),
                                [SANDBOX_OFF] = S_INIT("off")};
    for (unsigned i = 0; i < COUNT(words); i++)
        if (str_eq(word, words[i])) {
            *out = (enum sandbox_mode)i;
            return true;
        }
    return false;
}

static void note(struct sandbox_state *s, const char *why)
{
    if (s->why[0] == '\0')
        (void)snprintf(s->why, sizeof s->why, "%s", why);
}

static void enter_files(const struct landlock_rules *r, struct sandbox_state *s)
{
    struct fault f = {0};
    int abi = landlock_abi();
    /* ABI 1 forbids every rename between two folders; whoever writes files needs those. */
    if (abi == 1 && r->npaths > 0) {
        note(s, "landlock: the kernel's ABI 1 is too old");
        return;
    }
    if (landlock_apply(r, &f) != OK) {
        note(s, f.text);
        return;
    }
    s->landlock = abi;
    s->tcp_ports = abi >= 4 && !r->tcp;
}

static void enter_syscalls(const struct sandbox_plan *p, struct sandbox_state *s)
{
    struct fault f = {0};
    s->seccomp = syscalls_apply(p->profile, p->needs, &f) == OK;
    if (!s->seccomp)
        note(s, f.text);
}

enum err sandbox_enter(enum sandbox_mode mode, const struct sandbox_plan *plan,
                       struct sandbox_state *out, struct fault *f)
{
    *out = (struct sandbox_state){.mode = mode};
    out->no_core = setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0}) == 0;
    if (mode == SANDBOX_OFF)
        return OK;
    out->no_debugger = prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0;
    out->no_new_privs = prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;
    if (plan->rules != NULL)
        enter_files(plan->rules, out);
    enter_syscalls(plan, out);
    out->whole = out->no_core && out->no_debugger && out->no_new_privs && out->seccomp &&
                 (plan->rules == NULL || out->landlock > 0);
    if (mode == SANDBOX_REQUIRE && !out->whole)
        return fault_set(f, E_IO, "the sandbox does not hold: %s", out->why);
    return OK;
}

/* One entry a thread beside "." and ".."; 0 where /proc is not mounted. */
static int count_threads(void)
{
    DIR *d = opendir("/proc/self/task");
    if (d == NULL)
        return 0;
    int n = 0;
    for (const struct dirent *e; (e = readdir(d)) != NULL;)
        n += e->d_name[0] != '.';
    (void)closedir(d);
    return n;
}

/* What libpq and the resolver read: certificates, addresses, who we are. */
static const char *const postgres_reads[] = {
    "/etc/ssl",
    "/usr/share/ca-certificates",
    "/usr/lib/ssl",
    "/etc/resolv.conf",
    "/etc/hosts",
    "/etc/host.conf",
    "/etc/nsswitch.conf",
    "/etc/gai.conf",
    "/etc/services",
    "/etc/passwd",
    "/run/systemd/resolve",
};
enum { READ_MAX = 32, PATHS_MAX = READ_MAX + COUNT(postgres_reads) + 3 };

static size_t list_paths(const struct sandbox_options *o, struct landlock_path *out)
{
    size_t n = 0;
    out[n++] = (struct landlock_path){o->data_dir, REACH_WRITE};
    out[n++] = (struct landlock_path){"/dev/null", REACH_WRITE};
    out[n++] = (struct landlock_path){"/usr/share/zoneinfo", REACH_READ};
    for (size_t i = 0; i < o->nread; i++)
        out[n++] = (struct landlock_path){o->read_paths[i], REACH_READ};
    for (size_t i = 0; o->postgres && i < COUNT(postgres_reads); i++)
        out[n++] = (struct landlock_path){postgres_reads[i], REACH_READ};
    return n;
}

enum err sandbox_server(const struct sandbox_options *o, struct sandbox_state *out, struct fault *f)
{
    *out = (struct sandbox_state){.mode = o->mode};
    must(o->nread <= READ_MAX);
    if (o->mode != SANDBOX_OFF && count_threads() > 1)
        return fault_set(f, E_IO, "the sandbox comes before threads, and there are some");
    if (o->mode != SANDBOX_OFF && access(o->data_dir, R_OK | W_OK | X_OK) != 0)
        return fault_set(f, E_IO, "the data folder cannot be read and written");
    struct landlock_path paths[PATHS_MAX];
    struct landlock_rules rules = {
        .paths = paths,
        .npaths = list_paths(o, paths),
        .tcp = o->postgres && o->nports == 0,
        .bind = &o->listen_port,
        .nbind = o->listen_port >= 0,
        .connect = o->ports,
        .nconnect = o->postgres ? o->nports : 0,
    };
    struct sandbox_plan plan = {
        .rules = &rules,
        .profile = SYSCALLS_SERVER,
        .needs = {.listen = o->listen_port >= 0, .connect = o->postgres},
    };
    return sandbox_enter(o->mode, &plan, out, f);
}

static void say(buf *b, bool holds, const char *what)
{
    if (holds)
        buf_putf(b, "%s%s", b->n > 0 ? ", " : "", what);
}

str sandbox_say(struct arena *a, const struct sandbox_state *s)
{
    buf b = {.a = a};
    if (s->landlock > 0)
        buf_putf(&b, "landlock %d (%s)", s->landlock, s->tcp_ports ? "files, TCP ports" : "files");
    say(&b, s->seccomp, "seccomp");
    say(&b, s->no_new_privs, "no new privileges");
    say(&b, s->no_debugger, "no debugger");
    say(&b, s->no_core, "no core file");
    if (s->mode == SANDBOX_OFF)
        buf_put(&b, S("; switched off"));
    else if (s->why[0] != '\0')
        buf_putf(&b, "; does not hold: %s", s->why);
    return buf_str(&b);
}
