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

/* Never returns.  control is the zygote's end; all other descriptors are closed. */
[[gnu::noreturn]] void zygote_loop(const struct zygote_spec *spec, int control);

#endif
