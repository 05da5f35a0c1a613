/* zygote_wire.h - what passes between zygote.c in the server and zygote_loop.c in the fork. */
#ifndef IO_ZYGOTE_WIRE_H
#define IO_ZYGOTE_WIRE_H

#include "io/zygote.h"

/* Sent once by the zygote, when it is ready or will not be. */
struct zygote_hello {
    enum err e;
    struct sandbox_state state;
    struct fault fault;
};

/* One job, with ORDER_FDS descriptors in this order. */
enum { ORDER_INPUT, ORDER_OUT, ORDER_VERDICT, ORDER_FDS };
struct zygote_order {
    unsigned kind;
    i64 size; /* of the input */
    struct zygote_limits limits;
};

/* How the child ended; the only thing ever written to its pipe, and written at once. */
enum verdict { VERDICT_EXIT, VERDICT_SIGNAL, VERDICT_TIMEOUT, VERDICT_NO_FORK };
struct zygote_verdict {
    enum verdict what;
    int code; /* exit code, signal or errno */
};

/* Of a call with a talk, `out` is a socket; each frame there has a kind, a size and its bytes. */
enum zygote_frame {
    FRAME_PART, /* not whole yet */
    FRAME_QUESTION,
    FRAME_ANSWER,
    FRAME_END, /* what the job wrote */
    FRAME_WRONG,
};
bool zygote_say(int fd, enum zygote_frame kind, str s);
enum zygote_frame zygote_frame(str heard, str *payload);
bool zygote_answer(int fd, const struct zygote_talk *t, str question); /* false: not taken */

/* Never returns.  control is the zygote's end; all other descriptors are closed. */
[[gnu::noreturn]] void zygote_loop(const struct zygote_spec *spec, int control);

#endif
