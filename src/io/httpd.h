/* httpd.h - the server behind http.h: libmicrohttpd, two event threads, our own workers. */
#ifndef IO_HTTPD_H
#define IO_HTTPD_H

#include "io/clock.h"
#include "io/http.h"
#include "io/random.h"

struct httpd;

/* Zero means the default everywhere. */
struct httpd_options {
    str address;                 /* "127.0.0.1", "::1" */
    int port;                    /* 0: any free one */
    int listen_fd;               /* > 0: a listening socket that was handed to us (systemd) */
    size_t event_threads;        /* 2 */
    size_t workers;              /* 16 */
    size_t queue_max;            /* 1024: requests waiting for a worker before 503 */
    size_t connections_max;      /* 4096: more wait in the kernel's queue */
    size_t per_address_max;      /* 0: no limit; trusted proxies have none */
    size_t cache_bytes;          /* 8 MB of finished responses */
    int idle_ms;                 /* 30,000: from accept or last answer to a complete head */
    int slow_ms;                 /* 30,000: a body or an answer may take this, and the time */
    i64 body_rate, answer_rate;  /* that it takes at so many bytes a second: 4096, 8192 */
    const char *spool_dir;       /* for bodies that do not fit in memory; O_TMPFILE there */
    size_t body_memory;          /* 256 kB: bodies up to this stay in memory */
    i64 drain_max;               /* 256 MB: refused bodies up to this are read and dropped, so */
                                 /* that the client sees the answer; longer ones are cut off */
    struct strs trusted_proxies; /* addresses or networks (10.0.0.0/8), "unix" for a Unix socket: */
                                 /* whose X-Forwarded-For, -Proto and X-Request-Id count */
    str certificate_header;      /* lower case: in which they say what certificate a client */
                                 /* showed, see http_peer_certificate(); absent: in none */
    int cut_ms;                  /* how long a stop has for its 503s; a fifth of its time */
    struct clock *clock;         /* NULL: the system's */
    struct random *random;       /* NULL: the system's */
};

/* Opens libmicrohttpd, if it is not yet: before a sandbox closes the folder where it is. */
void httpd_load(void);

/* What o and app point to must outlive the server.  E_CONFLICT: the address is taken;
 * E_DENIED: not allowed; E_INVALID: not an address; E_IO: all else. */
enum err httpd_start(const struct httpd_options *o, const struct http_app *app, struct fault *f,
                     struct httpd **out);
int httpd_port(const struct httpd *h);

/* The content generation is g since our own commit just now: nothing older is answered any
 * more.  Call it between the commit and the answer to whoever asked for it.  Other processes'
 * commits are seen by app->generation(): no answer is older than 100 ms before its request. */
void httpd_generation(struct httpd *h, i64 g);

struct httpd_state {
    size_t connections, waiting, working; /* now */
    i64 answers, cache_hits, refusals;    /* since the start */
    size_t cache_bytes;
};
struct httpd_state httpd_state(struct httpd *h);

/* Take nothing new, finish what is queued, or answer it 503 when ms have passed; then stop and
 * free.  False: everyone is answered, but a worker is still in handle().  Then either stop
 * again, which only waits for that, or end the process by _exit() without closing what
 * handle() uses. */
bool httpd_stop(struct httpd *h, int ms);

#endif
