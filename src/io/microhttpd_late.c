/* microhttpd_late.c - libmicrohttpd's functions as its header declares them; the first call opens it.
 *
 * It brings GnuTLS, which costs each start of a program milliseconds. */
#include "base/late.h"

#include <stdarg.h>

#pragma GCC visibility push(hidden)
#include <microhttpd.h>

#define LIBMICROHTTPD(ANSWER, PLAIN, OWN)                                                          \
    ANSWER(enum MHD_Result, MHD_add_connection,                                                    \
           (struct MHD_Daemon * d, MHD_socket fd, const struct sockaddr *addr, socklen_t n),       \
           (d, fd, addr, n))                                                                       \
    ANSWER(enum MHD_Result, MHD_add_response_header,                                               \
           (struct MHD_Response * r, const char *name, const char *value), (r, name, value))       \
    ANSWER(struct MHD_Response *, MHD_create_response_from_buffer,                                 \
           (size_t n, void *p, enum MHD_ResponseMemoryMode mode), (n, p, mode))                    \
    ANSWER(struct MHD_Response *, MHD_create_response_from_fd_at_offset64,                         \
           (uint64_t n, int fd, uint64_t from), (n, fd, from))                                     \
    PLAIN(MHD_destroy_response, (struct MHD_Response * r), (r))                                    \
    OWN(MHD_get_connection_info)                                                                   \
    ANSWER(                                                                                        \
        int, MHD_get_connection_values_n,                                                          \
        (struct MHD_Connection * c, enum MHD_ValueKind kind, MHD_KeyValueIteratorN fn, void *arg), \
        (c, kind, fn, arg))                                                                        \
    ANSWER(const char *, MHD_get_response_header, (struct MHD_Response * r, const char *name),     \
           (r, name))                                                                              \
    ANSWER(enum MHD_Result, MHD_queue_response,                                                    \
           (struct MHD_Connection * c, unsigned status, struct MHD_Response *r), (c, status, r))   \
    PLAIN(MHD_resume_connection, (struct MHD_Connection * c), (c))                                 \
    OWN(MHD_start_daemon_va)                                                                       \
    PLAIN(MHD_stop_daemon, (struct MHD_Daemon * d), (d))                                           \
    PLAIN(MHD_suspend_connection, (struct MHD_Connection * c), (c))

LATE_LIBRARY("libmicrohttpd.so.12", LIBMICROHTTPD)

struct MHD_Daemon *MHD_start_daemon(unsigned flags, uint16_t port, MHD_AcceptPolicyCallback accepts,
                                    void *arg, MHD_AccessHandlerCallback fn, void *fn_arg, ...)
{
    va_list ap;
    va_start(ap, fn_arg);
    struct MHD_Daemon *d = late()->MHD_start_daemon_va(flags, port, accepts, arg, fn, fn_arg, ap);
    va_end(ap);
    return d;
}

/* None of what is asked for takes more arguments. */
const union MHD_ConnectionInfo *MHD_get_connection_info(struct MHD_Connection *c,
                                                        enum MHD_ConnectionInfoType what, ...)
{
    return late()->MHD_get_connection_info(c, what);
}
#pragma GCC visibility pop

#include "io/httpd.h"

void httpd_load(void)
{
    (void)late();
}
