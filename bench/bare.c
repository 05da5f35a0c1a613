/* bare.c - the yardstick: libmicrohttpd with two event threads and one page, nothing else.
 *
 *     bare PORT BYTES      serves BYTES bytes at every path of 127.0.0.1:PORT until killed */
#include "base/str.h"

#include <arpa/inet.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

static enum MHD_Result answer(void *cls, struct MHD_Connection *c, const char *url,
                              const char *method, const char *version, const char *data,
                              size_t *size, void **context)
{
    static int seen;
    (void)url;
    (void)method;
    (void)version;
    (void)data;
    (void)size;
    if (*context == NULL) {
        *context = &seen;
        return MHD_YES;
    }
    return MHD_queue_response(c, MHD_HTTP_OK, cls);
}

static int listener(int port)
{
    int on = 1, fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct sockaddr_in to = {.sin_family = AF_INET,
                             .sin_port = htons((uint16_t)port),
                             .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    (void)setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    (void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    must(bind(fd, (struct sockaddr *)&to, sizeof to) == 0 && listen(fd, 1024) == 0);
    return fd;
}

int main(int argc, char **argv)
{
    i64 port, bytes;
    if (argc != 3 || !str_i64(str_z(argv[1]), &port) || !str_i64(str_z(argv[2]), &bytes))
        return 2;
    struct arena *a = arena_new();
    char *page = NEWS(a, char, (size_t)bytes + 1);
    for (i64 i = 0; i < bytes; i++)
        page[i] = (char)('a' + i % 26);
    struct MHD_Response *r =
        MHD_create_response_from_buffer((size_t)bytes, page, MHD_RESPMEM_PERSISTENT);
    (void)MHD_add_response_header(r, "Content-Type", "text/html; charset=utf-8");
    struct MHD_Daemon *d = MHD_start_daemon(
        MHD_USE_EPOLL_INTERNAL_THREAD, 0, NULL, NULL, answer, r, MHD_OPTION_THREAD_POOL_SIZE, 2u,
        MHD_OPTION_LISTEN_SOCKET, listener((int)port), MHD_OPTION_END);
    must(d != NULL);
    for (;;)
        (void)pause();
}
