/* jail.c - see jail.h. */
#include "io/jail.h"

#include "io/zygote_wire.h"

#include <stdlib.h>
#include <sys/resource.h>

struct jail {
    struct jail_options o;
    struct zygote *zygote;
};

/* Exit codes of a child: an enum err, or one of these. */
enum { EXIT_NO_SANDBOX = 64, EXIT_NOT_WRITTEN };

static const struct landlock_rules nothing = {0};

/* In the zygote: all that the children need not be able to undo. */
static enum err prepare(void *self, struct sandbox_state *state, struct fault *f)
{
    const struct jail *j = self;
    struct sandbox_plan plan = {.rules = &nothing, .profile = SYSCALLS_ZYGOTE};
    return sandbox_enter(j->o.mode, &plan, state, f);
}

static void no(int what)
{
    (void)setrlimit((__rlimit_resource_t)what, &(struct rlimit){0, 0});
}

static bool lock_up(enum sandbox_mode mode)
{
    no(RLIMIT_NOFILE);
    no(RLIMIT_FSIZE);
    no(RLIMIT_NPROC);
    no(RLIMIT_MEMLOCK);
    if (mode == SANDBOX_OFF)
        return true;
    struct fault f = {0};
    enum err e = syscalls_apply(SYSCALLS_JAIL, (struct syscall_needs){0}, &f);
    return e == OK || mode == SANDBOX_AUTO;
}

struct jail_caller {
    int fd;
};

bool jail_ask(const struct jail_caller *caller, struct arena *a, str question, str *answer)
{
    return zygote_ask(caller->fd, a, question, answer);
}

static int run(void *self, const struct zygote_job *job)
{
    const struct jail *j = self;
    struct arena *a = arena_new();
    buf out = {.a = a};
    must(job->kind < j->o.njobs);
    if (!lock_up(j->o.mode))
        return EXIT_NO_SANDBOX;
    const struct jail_job *how = &j->o.jobs[job->kind];
    const struct jail_caller caller = {job->out};
    enum err e =
        how->talk != NULL ? how->talk(a, job->input, &caller, &out) : how->run(a, job->input, &out);
    str said = out.n > 0 ? buf_str(&out) : S("");
    bool written =
        how->talk != NULL ? zygote_say(job->out, FRAME_END, said) : zygote_write(job->out, said);
    return written ? (int)e : EXIT_NOT_WRITTEN;
}

enum err jail_start(struct arena *a, const struct jail_options *o, struct fault *f,
                    struct jail **out)
{
    struct jail *j = NEW(a, struct jail);
    j->o = *o;
    struct zygote_spec spec = {
        .name = "jail",
        .at_once = o->at_once != 0 ? o->at_once : 16,
        .self = j,
        .prepare = prepare,
        .run = run,
    };
    TRY(zygote_start(a, &spec, f, &j->zygote));
    *out = j;
    return OK;
}

const struct sandbox_state *jail_state(const struct jail *j)
{
    return zygote_state(j->zygote);
}

i64 jail_pid(const struct jail *j)
{
    return zygote_pid(j->zygote);
}

bool jail_alive(const struct jail *j)
{
    return zygote_alive(j->zygote);
}

static i64 or_else(i64 given, i64 otherwise)
{
    return given != 0 ? given : otherwise;
}

static i64 limit_of(i64 given, i64 otherwise, i64 most)
{
    i64 n = or_else(given, otherwise);
    return most > 0 && n > most ? most : n;
}

static struct jail_limits limits_of(const struct jail *j, const struct jail_limits *given)
{
    struct jail_limits l = given != NULL ? *given : (struct jail_limits){0};
    const struct jail_limits *most = &j->o.most;
    return (struct jail_limits){
        .cpu_seconds = limit_of(l.cpu_seconds, 5, most->cpu_seconds),
        .memory = limit_of(l.memory, (i64)256 << 20, most->memory),
        .output = limit_of(l.output, (i64)4 << 20, most->output),
        .wall_ms = limit_of(l.wall_ms, 10000, most->wall_ms),
    };
}

static unsigned find_job(const struct jail *j, str name)
{
    unsigned i = 0;
    while (i < j->o.njobs && !str_eq(j->o.jobs[i].name, name))
        i++;
    must(i < j->o.njobs);
    return i;
}

static enum err verdict_of(struct fault *f, str job, int code)
{
    switch (code) {
    case OK: return OK;
    case E_INVALID: return E_INVALID;
    case EXIT_NO_SANDBOX:
        return fault_set(f, E_IO, "jail: %.*s: the sandbox does not hold", SV(job));
    default: return fault_set(f, E_IO, "jail: %.*s: ended with %d", SV(job), code);
    }
}

enum err jail_run_talk(struct jail *j, struct arena *a, struct fault *f, str job, str input,
                       const struct jail_limits *limits, const struct jail_talk *talk, str *out)
{
    struct zygote_call call = {.kind = find_job(j, job),
                               .label = job,
                               .input = input,
                               .limits = limits_of(j, limits),
                               .talk = talk};
    int code;
    must((talk != NULL) == (j->o.jobs[call.kind].talk != NULL));
    TRY(zygote_run(j->zygote, a, f, &call, &code, out));
    return verdict_of(f, job, code);
}

enum err jail_run(struct jail *j, struct arena *a, struct fault *f, str job, str input,
                  const struct jail_limits *limits, str *out)
{
    return jail_run_talk(j, a, f, job, input, limits, NULL, out);
}
