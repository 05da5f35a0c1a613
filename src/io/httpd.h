/* httpd.h - the server behind http.h: libmicrohttpd, two event threads, our own workers. */
#ifndef IO_HTTPD_H
#define IO_HTTPD_H

#include "io/http.h"

struct httpd;

struct httpd_options {
    str address;                 /* "127.0.0.1", "::1" */
    int port;                    /* 0: any free one */
    int listen_fd;               /* ≥ 0: a listening socket that was handed to us (systemd) */
    size_t event_threads;        /* 0: 2 */
    size_t workers;              /* 0: 16 */
    size_t queue_max;            /* requests waiting for a worker before 503; 0: 1024 */
    size_t connections_max;      /* 0: 4096 */
    size_t cache_bytes;          /* finished responses; 0: 8 MB */
    int idle_seconds;            /* 0: 30 */
    const char *spool_dir;       /* for bodies that do not fit in memory; O_TMPFILE there */
    size_t body_memory;          /* bodies up to this stay in memory; 0: 256 kB */
    struct strs trusted_proxies; /* addresses whose X-Forwarded-* count */
};

/* E_CONFLICT: the address is taken; E_DENIED: not allowed; E_IO: all else. */
enum err httpd_start(const struct httpd_options *o, const struct http_app *app, struct fault *f,
                     struct httpd **out);
int httpd_port(const struct httpd *h);

/* Take nothing new, finish what is queued or answer it 503, within ms; then stop. */
void httpd_stop(struct httpd *h, int ms);

#endif
