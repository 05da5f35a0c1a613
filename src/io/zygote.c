/* zygote.c - the server's side: starting the zygote, sending it jobs, reading answers. */
#include "io/zygote.h"

#include "io/clock.h"
#include "io/zygote_wire.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    GRACE_MS = 3000, /* how much later than the wall time a verdict may come */
    SEND_SECONDS = 2,
    PIECE = 16 * 1024,
};

struct zygote {
    const char *name;
    int control;
    pid_t pid;
    unsigned at_once;
    atomic_uint running;
    struct sandbox_state state;
};

bool zygote_write(int fd, str s)
{
    while (s.n > 0) {
        ssize_t n = write(fd, s.p, s.n);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        s = str_from(s, (size_t)n);
    }
    return true;
}

/* starting */

static void zygote_stop(void *handle)
{
    struct zygote *z = handle;
    (void)close(z->control); /* it takes that as the end */
    while (waitpid(z->pid, NULL, 0) < 0 && errno == EINTR)
        continue;
}

static enum err hear_hello(struct zygote *z, struct fault *f)
{
    struct zygote_hello hello;
    ssize_t n;
    do
        n = recv(z->control, &hello, sizeof hello, 0);
    while (n < 0 && errno == EINTR);
    if (n != (ssize_t)sizeof hello)
        return fault_set(f, E_IO, "%s: it died while it started", z->name);
    z->state = hello.state;
    return hello.e == OK ? OK : fault_set(f, hello.e, "%s: %s", z->name, hello.fault.text);
}

enum err zygote_start(struct arena *a, const struct zygote_spec *spec, struct fault *f,
                      struct zygote **out)
{
    must(spec->at_once >= 1 && spec->at_once <= ZYGOTE_MAX);
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0)
        return fault_set(f, E_IO, "%s: socketpair: error %d", spec->name, errno);
    pid_t pid = fork();
    if (pid == 0)
        zygote_loop(spec, ends[1]);
    int why = errno;
    (void)close(ends[1]);
    if (pid < 0) {
        (void)close(ends[0]);
        return fault_set(f, E_IO, "%s: fork: error %d", spec->name, why);
    }
    struct zygote *z = NEW(a, struct zygote);
    z->name = spec->name;
    z->control = ends[0];
    z->pid = pid;
    z->at_once = spec->at_once;
    arena_defer(a, zygote_stop, z);
    struct timeval patience = {.tv_sec = SEND_SECONDS};
    (void)setsockopt(z->control, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    TRY(hear_hello(z, f));
    *out = z;
    return OK;
}

const struct sandbox_state *zygote_state(const struct zygote *z)
{
    return &z->state;
}

i64 zygote_pid(const struct zygote *z)
{
    return z->pid;
}

bool zygote_alive(const struct zygote *z)
{
    char c;
    ssize_t n = recv(z->control, &c, 1, MSG_PEEK | MSG_DONTWAIT);
    return n < 0 && (errno == EAGAIN || errno == EINTR);
}

/* one job */

struct wires {
    int input, out[2], verdict[2]; /* -1: not open */
};

static void shut(int *fd)
{
    if (*fd >= 0)
        (void)close(*fd);
    *fd = -1;
}

static void wires_close(struct wires *w)
{
    shut(&w->input);
    shut(&w->out[0]);
    shut(&w->out[1]);
    shut(&w->verdict[0]);
    shut(&w->verdict[1]);
}

static enum err wires_open(struct wires *w, str input, bool talks, struct fault *f)
{
    int rc = talks ? socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, w->out)
                   : pipe2(w->out, O_CLOEXEC);
    if (rc != 0 || pipe2(w->verdict, O_CLOEXEC) != 0)
        return fault_set(f, E_BUSY, "pipe: error %d", errno);
    w->input = memfd_create("job", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (w->input < 0)
        return fault_set(f, E_BUSY, "memfd_create: error %d", errno);
    if (!zygote_write(w->input, input))
        return fault_set(f, E_BUSY, "memory for the input: error %d", errno);
    /* Nobody changes it while it is parsed. */
    (void)fcntl(w->input, F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_GROW | F_SEAL_SHRINK | F_SEAL_SEAL);
    (void)fcntl(w->out[0], F_SETFL, O_NONBLOCK);
    return OK;
}

static enum err order_send(const struct zygote *z, const struct zygote_call *c,
                           const struct wires *w, struct fault *f)
{
    struct zygote_order order = {.kind = c->kind, .size = (i64)c->input.n, .limits = c->limits};
    int fds[ORDER_FDS] = {
        [ORDER_INPUT] = w->input, [ORDER_OUT] = w->out[1], [ORDER_VERDICT] = w->verdict[1]};
    union {
        struct cmsghdr head;
        char room[CMSG_SPACE(sizeof fds)];
    } control = {0};
    struct iovec part = {&order, sizeof order};
    struct msghdr m = {.msg_iov = &part,
                       .msg_iovlen = 1,
                       .msg_control = &control,
                       .msg_controllen = sizeof control.room};
    struct cmsghdr *h = CMSG_FIRSTHDR(&m);
    h->cmsg_level = SOL_SOCKET;
    h->cmsg_type = SCM_RIGHTS;
    h->cmsg_len = CMSG_LEN(sizeof fds);
    memcpy(CMSG_DATA(h), fds, sizeof fds);
    ssize_t n;
    do
        n = sendmsg(z->control, &m, MSG_NOSIGNAL);
    while (n < 0 && errno == EINTR);
    if (n == (ssize_t)sizeof order)
        return OK;
    if (errno == EAGAIN || errno == ETOOMANYREFS || errno == ENOBUFS)
        return fault_set(f, E_BUSY, "%s: it takes no more orders", z->name);
    return fault_set(f, E_IO, "%s: it is gone", z->name);
}

/* Takes what is there.  False: that was more than the limit. */
static bool drain(struct wires *w, i64 limit, buf *out)
{
    for (;;) {
        ssize_t n = read(w->out[0], buf_room(out, PIECE), PIECE);
        if (n < 0 && errno == EINTR)
            continue;
        if (n == 0)
            shut(&w->out[0]);
        if (n <= 0)
            return true;
        out->n += (size_t)n;
        if ((i64)out->n > limit)
            return false;
    }
}

/* Waits for something to read, no longer than until `end`.  False: the time is over. */
static bool wait_wires(const struct wires *w, i64 end, bool *ended)
{
    struct pollfd p[2] = {{w->verdict[0], POLLIN, 0}, {w->out[0], POLLIN, 0}};
    i64 left = end - clock_us() / 1000;
    int n = left > 0 ? poll(p, 2, (int)left) : 0;
    *ended = n > 0 && p[0].revents != 0;
    return n > 0 || (n < 0 && errno == EINTR);
}

/* A question that is whole is answered; *step: when the next is due.  False: it broke the rules. */
static bool answer(const struct zygote_call *c, struct wires *w, buf *heard, i64 *step)
{
    str question;
    enum zygote_frame kind = heard->n > 0 ? zygote_frame(buf_str(heard), &question) : FRAME_PART;
    if (kind != FRAME_QUESTION)
        return kind != FRAME_WRONG;
    (void)zygote_answer(w->out[0], c->talk, question); /* not taken: the verdict tells */
    heard->n = 0;
    *step = clock_us() / 1000 + c->talk->step_ms;
    return true;
}

static i64 earlier(i64 x, i64 y)
{
    return x < y ? x : y;
}

static enum err out_of_turn(const struct zygote *z, const struct zygote_call *c, struct fault *f)
{
    return fault_set(f, E_IO, "%s: %.*s: spoke out of turn", z->name, SV(c->label));
}

/* Reads the answer until the zygote says how the child ended. */
static enum err hear_end(const struct zygote *z, const struct zygote_call *c, struct wires *w,
                         buf *out, struct zygote_verdict *v, struct fault *f)
{
    i64 now = clock_us() / 1000, end = now + c->limits.wall_ms + GRACE_MS;
    i64 step = c->talk != NULL ? now + c->talk->step_ms : end;
    for (bool ended = false; !ended;) {
        if (!wait_wires(w, earlier(step, end), &ended))
            return fault_set(f, E_IO, "%s: %.*s: no answer", z->name, SV(c->label));
        if (ended && read(w->verdict[0], v, sizeof *v) != (ssize_t)sizeof *v)
            return fault_set(f, E_IO, "%s: it died", z->name);
        if (w->out[0] >= 0 && !drain(w, c->limits.output, out))
            return fault_set(f, E_IO, "%s: %.*s: wrote too much", z->name, SV(c->label));
        if (c->talk != NULL && !ended && !answer(c, w, out, &step))
            return out_of_turn(z, c, f);
    }
    return OK;
}

/* What a job that has ended said last, and nobody looked at while it ran. */
static enum err last_words(const struct zygote *z, const struct zygote_call *c,
                           const struct zygote_verdict *v, str *out, struct fault *f)
{
    enum zygote_frame kind = zygote_frame(*out, out);
    if (kind == FRAME_WRONG)
        return out_of_turn(z, c, f);
    if (kind != FRAME_END)
        return fault_set(f, E_IO, "%s: %.*s: ended with %d in mid-sentence", z->name, SV(c->label),
                         v->code);
    return OK;
}

static enum err say_end(const struct zygote *z, const struct zygote_call *c,
                        const struct zygote_verdict *v, struct fault *f)
{
    switch (v->what) {
    case VERDICT_EXIT: return OK;
    case VERDICT_TIMEOUT:
        return fault_set(f, E_IO, "%s: %.*s: stopped after %lld ms", z->name, SV(c->label),
                         (long long)c->limits.wall_ms);
    case VERDICT_SIGNAL: {
        const char *name = sigabbrev_np(v->code);
        return fault_set(f, E_IO, "%s: %.*s: ended by SIG%s", z->name, SV(c->label),
                         name != NULL ? name : "?");
    }
    case VERDICT_NO_FORK: break;
    }
    return fault_set(f, E_BUSY, "%s: fork: error %d", z->name, v->code);
}

static enum err run_wired(struct zygote *z, struct arena *a, struct fault *f,
                          const struct zygote_call *call, struct wires *w, int *code, str *out)
{
    TRY(wires_open(w, call->input, call->talk != NULL, f));
    TRY(order_send(z, call, w, f));
    shut(&w->input);
    shut(&w->out[1]);
    shut(&w->verdict[1]);
    buf heard = {.a = a};
    struct zygote_verdict v;
    TRY(hear_end(z, call, w, &heard, &v, f));
    TRY(say_end(z, call, &v, f));
    *code = v.code;
    *out = heard.n > 0 ? buf_str(&heard) : S("");
    return call->talk != NULL ? last_words(z, call, &v, out, f) : OK;
}

enum err zygote_run(struct zygote *z, struct arena *a, struct fault *f,
                    const struct zygote_call *call, int *code, str *out)
{
    enum err e;
    struct wires w = {-1, {-1, -1}, {-1, -1}};
    if (atomic_fetch_add(&z->running, 1) >= z->at_once)
        e = fault_set(f, E_BUSY, "%s: %u jobs run already", z->name, z->at_once);
    else
        e = run_wired(z, a, f, call, &w, code, out);
    wires_close(&w);
    (void)atomic_fetch_sub(&z->running, 1);
    return e;
}
