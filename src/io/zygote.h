/* zygote.h - a process forked while the program was small and knew no secret, which forks
 * one child for each job that it is sent.
 *
 * jail.h and effects.h are made of this.  A job's input reaches the child as a sealed memory
 * file, its answer comes back through a pipe of its own, and the zygote alone tells how the
 * child ended, through another pipe that the child does not have.  Callers share nothing but
 * one socket on which each order is one atomic message, so any thread may call at any time.
 * A child may crash, hang or be killed: the zygote notices and goes on.  When the zygote
 * itself dies, calls answer E_IO and zygote_alive() says no; the server then ends, because it
 * may not fork any more, and its service manager starts all of it anew.
 * The zygote wipes its copy of the command line and the environment, where passwords may be:
 * what a spec points to must not lie there. */
#ifndef IO_ZYGOTE_H
#define IO_ZYGOTE_H

#include "io/sandbox.h"

struct zygote;

struct zygote_limits {
    i64 cpu_seconds; /* of processor time */
    i64 memory;      /* bytes that the job takes beside the program and its input */
    i64 output;      /* bytes of the answer */
    i64 wall_ms;     /* from the order to the child's end */
};

struct zygote_job { /* as the child sees it */
    unsigned kind;
    str input;
    int out; /* where the answer is written */
    struct zygote_limits limits;
};

struct zygote_spec {
    const char *name; /* for ps, at most 15 bytes */
    unsigned at_once; /* jobs; more are E_BUSY.  1 to ZYGOTE_MAX */
    void *self;       /* the functions below get it */
    /* In the zygote, once, still free to open what it wants; 0 and 1 are /dev/null. */
    enum err (*prepare)(void *self, struct sandbox_state *state, struct fault *f);
    /* In a child of its own, whose processor time and memory are limited already; nothing is
     * open but the answer and /dev/null.  Its value, 0 to 255, is what *code gets. */
    int (*run)(void *self, const struct zygote_job *job);
};
enum { ZYGOTE_MAX = 64 };

/* Forks; call it before there are threads, secrets or a sandbox.  E_IO: fork or prepare()
 * failed.  arena_free(a) ends the zygote and waits for it. */
enum err zygote_start(struct arena *a, const struct zygote_spec *spec, struct fault *f,
                      struct zygote **out);

/* What holds in the zygote and its children, as prepare() left it. */
const struct sandbox_state *zygote_state(const struct zygote *z);

bool zygote_alive(const struct zygote *z);
i64 zygote_pid(const struct zygote *z);

/* Whom a job may ask while it runs: its questions are foreign input, too. */
struct zygote_talk {
    void (*answer)(void *arg, struct arena *a, str question, buf *answer);
    void *arg;
    i64 step_ms; /* from an answer to the whole of the next question, or to the end */
};

struct zygote_call {
    unsigned kind;
    str label; /* what the fault calls the job */
    str input;
    struct zygote_limits limits;    /* output: of each question as well */
    const struct zygote_talk *talk; /* NULL: the job asks nothing */
};

/* OK: the child ended by itself with *code, having written *out.  E_BUSY: at_once jobs run
 * already, or there was no memory for a process.  E_IO: the child was ended by a signal or
 * for its time, wrote too much, or the zygote is gone; the fault says which.  What a child
 * wrote has to be taken as foreign input.  After E_IO for a step's time the child may still run:
 * whoever needs it gone ends the zygote. */
enum err zygote_run(struct zygote *z, struct arena *a, struct fault *f,
                    const struct zygote_call *call, int *code, str *out);

/* For run(), of a call with a talk, by the job's `out`.  False: nobody answers any more. */
bool zygote_ask(int fd, struct arena *a, str question, str *answer);

/* All of s to fd; for run().  False: the reader is gone, or an error. */
bool zygote_write(int fd, str s);

#endif
