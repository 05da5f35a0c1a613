/* effects.c - see effects.h. */
#include "io/effects.h"

#include <curl/curl.h>
#include <sys/resource.h>

enum { AT_ONCE = 4, KILL_MS = 3000, CPU_SECONDS = 60, FILES = 64 };
static const i64 MEMORY = (i64)1 << 30, OUTPUT = (i64)16 << 20, SPOOL_FILE = (i64)64 << 20;

struct effects {
    struct effects_options o;
    struct zygote *zygote;
};

enum { EXIT_NO_SANDBOX = 64, EXIT_NOT_WRITTEN };

/* What OpenSSL and the resolver read. */
static const char *const always[] = {
    "/etc/ssl",           "/usr/share/ca-certificates",
    "/usr/lib/ssl",       "/etc/resolv.conf",
    "/etc/hosts",         "/etc/host.conf",
    "/etc/nsswitch.conf", "/etc/gai.conf",
    "/etc/services",      "/run/systemd/resolve",
};

static enum err gather(struct arena *a, const struct effects_options *o, struct effects_reach *r,
                       struct fault *f)
{
    for (size_t i = 0; i < COUNT(always); i++)
        r->paths[r->npaths++] = (struct landlock_path){always[i], REACH_READ};
    if (o->spool != NULL)
        r->paths[r->npaths++] = (struct landlock_path){o->spool, REACH_WRITE};
    for (size_t i = 0; i < o->nkinds; i++)
        if (o->kinds[i]->prepare != NULL)
            TRY(o->kinds[i]->prepare(a, o, r, f));
    must(r->npaths <= COUNT(r->paths) && r->nports <= COUNT(r->ports));
    return OK;
}

static bool any_port(const struct effects_reach *r)
{
    bool any = false;
    for (size_t i = 0; i < r->nports; i++)
        any |= r->ports[i] == 0;
    return any;
}

static enum err prepare(void *self, struct sandbox_state *state, struct fault *f)
{
    const struct effects *e = self;
    static struct effects_reach reach;
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != 0)
        return fault_set(f, E_IO, "curl_global_init failed");
    TRY(gather(arena_new(), &e->o, &reach, f)); /* lives as long as the process */
    struct landlock_rules rules = {
        .paths = reach.paths,
        .npaths = reach.npaths,
        .tcp = any_port(&reach),
        .connect = reach.ports,
        .nconnect = reach.nports,
    };
    struct sandbox_plan plan = {.rules = &rules, .profile = SYSCALLS_ZYGOTE};
    return sandbox_enter(e->o.mode, &plan, state, f);
}

static void at_most(int what, i64 n)
{
    (void)setrlimit((__rlimit_resource_t)what, &(struct rlimit){(rlim_t)n, (rlim_t)n});
}

static bool lock_up(enum sandbox_mode mode)
{
    at_most(RLIMIT_NOFILE, FILES);
    at_most(RLIMIT_FSIZE, SPOOL_FILE);
    if (mode == SANDBOX_OFF)
        return true;
    struct fault f = {0};
    enum err e = syscalls_apply(SYSCALLS_EFFECTS, (struct syscall_needs){0}, &f);
    return e == OK || mode == SANDBOX_AUTO;
}

static int run(void *self, const struct zygote_job *job)
{
    const struct effects *e = self;
    struct arena *a = arena_new();
    buf answer = {.a = a};
    must(job->kind < e->o.nkinds);
    if (!lock_up(e->o.mode))
        return EXIT_NO_SANDBOX;
    enum err err =
        e->o.kinds[job->kind]->run(a, job->input, job->limits.wall_ms - KILL_MS, &answer);
    return zygote_write(job->out, buf_str(&answer)) ? (int)err : EXIT_NOT_WRITTEN;
}

/* The fork wipes the command line, where options may lie. */
static const char *keep_z(struct arena *a, const char *z)
{
    return z != NULL ? str_to_z(a, str_z(z)) : NULL;
}

enum err effects_start(struct arena *a, const struct effects_options *o, struct fault *f,
                       struct effects **out)
{
    struct effects *e = NEW(a, struct effects);
    e->o = *o;
    e->o.spool = keep_z(a, o->spool);
    e->o.smtp.url = o->smtp.url.p != NULL ? str_copy(a, o->smtp.url) : NO_STR;
    e->o.smtp.credentials = keep_z(a, o->smtp.credentials);
    e->o.smtp.ca_file = keep_z(a, o->smtp.ca_file);
    e->o.sign.key_file = keep_z(a, o->sign.key_file);
    e->o.fetch.key_file = keep_z(a, o->fetch.key_file);
    e->o.fetch.ca_file = keep_z(a, o->fetch.ca_file);
    struct zygote_spec spec = {
        .name = "effects",
        .at_once = o->at_once != 0 ? o->at_once : AT_ONCE,
        .self = e,
        .prepare = prepare,
        .run = run,
    };
    TRY(zygote_start(a, &spec, f, &e->zygote));
    *out = e;
    return OK;
}

const struct sandbox_state *effects_state(const struct effects *e)
{
    return zygote_state(e->zygote);
}

i64 effects_pid(const struct effects *e)
{
    return zygote_pid(e->zygote);
}

bool effects_alive(const struct effects *e)
{
    return zygote_alive(e->zygote);
}

static unsigned find_kind(const struct effects *e, str name)
{
    unsigned i = 0;
    while (i < e->o.nkinds && !str_eq(e->o.kinds[i]->name, name))
        i++;
    must(i < e->o.nkinds);
    return i;
}

enum err effects_run(struct effects *e, struct arena *a, struct fault *f, str kind, str request,
                     i64 timeout_ms, str *answer)
{
    unsigned of = find_kind(e, kind);
    i64 most = e->o.kinds[of]->output;
    struct zygote_call call = {
        .kind = of,
        .label = kind,
        .input = request,
        .limits = {.cpu_seconds = CPU_SECONDS,
                   .memory = MEMORY,
                   .output = most > 0 ? most : OUTPUT,
                   .wall_ms = timeout_ms + KILL_MS},
    };
    int code;
    TRY(zygote_run(e->zygote, a, f, &call, &code, answer));
    if (code == EXIT_NO_SANDBOX)
        return fault_set(f, E_IO, "effects: %.*s: the sandbox does not hold", SV(kind));
    return code == OK ? OK : fault_set(f, E_IO, "effects: %.*s: ended with %d", SV(kind), code);
}
