/* httpd_int.h - what the files of the server share; nobody else includes it.
 *
 *   httpd.c          start, stop
 *   httpd_door.c     the door thread: accepts, limits, cuts off what is too slow
 *   httpd_talk.c     libmicrohttpd's callbacks: an exchange from its request line to its end
 *   httpd_head.c     the head as libmicrohttpd left it, checked for what it hides
 *   httpd_body.c     a body as it comes in
 *   httpd_answer.c   answers as libmicrohttpd wants them; refusals
 *   httpd_pool.c     the workers
 *   httpd_fresh.c    how old the known content generation is; who waits for a newer one
 *
 * An exchange belongs to the event thread of its connection, except between
 * MHD_suspend_connection() and MHD_resume_connection(): then to whom it was handed, a pool or
 * the fresh thread, which says in `verdict` what to do next. */
#ifndef IO_HTTPD_INT_H
#define IO_HTTPD_INT_H

#include "io/http_head.h"
#include "io/http_proxy.h"
#include "io/httpd.h"
#include "io/httpd_cache.h"

#include <microhttpd.h>
#include <pthread.h>
#include <sys/socket.h>

/* One connection, at the index of its descriptor. */
struct conn {
    _Atomic i64 deadline; /* clock_us() when it is cut off; 0: not open; I64_NEVER */
    str peer;
    bool trusted; /* a proxy of ours */
    uint32_t bucket;
    int next;                 /* of the same bucket; -1: none */
    struct exchange *current; /* the event thread's */
    char text[HTTP_PEER_SIZE];
};
#define I64_NEVER INT64_MAX

enum stage {
    AT_HEAD,  /* the head is to be looked at */
    AT_ASKED, /* a worker was asked whether the body may come */
    AT_BODY,  /* the body comes in */
    AT_DRAIN, /* it comes in and is dropped; then comes the answer that is ready */
    AT_WORK,  /* a worker has it, or it waits for the generation */
    AT_END,   /* the answer is queued */
};

enum verdict { NO_VERDICT, GO_ON, LOOK_AGAIN, SEND, CUT };

struct answer {
    struct MHD_Response *r; /* ours; NULL: none yet */
    int status;
    i64 bytes; /* of the body, as sent */
};

struct exchange {
    struct httpd *h;
    struct conn *conn;
    struct MHD_Connection *c;
    struct exchange *next; /* in a queue */
    enum stage stage;
    enum verdict verdict;
    struct http_request rq;
    struct http_plan plan;
    struct http_framing framing;
    const char *uri; /* libmicrohttpd's own, to see whether it ends where it seems to */
    const char *head_end;
    str target;
    i64 began; /* clock_us() */
    bool counted;
    bool current;        /* the known generation is one of after this request */
    bool no_cache;       /* it is not to be had */
    buf memory;          /* the body so far */
    int spool;           /* where it went when it was too long; -1 */
    i64 got, body_began; /* bytes of the body that came, kept or not; clock_us() */
    struct answer answer;
    struct arena *late; /* of an answer given while a worker may still have rq.a; else NULL */
    _Atomic int refs;
};

struct pool {
    struct httpd *h;
    pthread_mutex_t lock;
    pthread_cond_t some;
    struct exchange *head, *tail;
    size_t waiting, working, max;
    bool closed;
    _Atomic size_t resuming; /* exchanges on their way back, that nobody may cut off any more */
    struct exchange **at;    /* what each worker has */
    pthread_t *threads;
    size_t nthreads;
};

struct fresh {
    _Atomic i64 generation; /* at least this, as far as we know; 0: nothing is known */
    _Atomic i64 read_at;    /* clock_us() before it was read last */
    _Atomic bool wanted;
    pthread_mutex_t lock;
    pthread_cond_t some;
    struct exchange *parked, *asking; /* for the next reading, for the one that is under way */
    bool closed, running, working;
    _Atomic size_t resuming;
    pthread_t thread;
};

/* Arenas of exchanges that ended, for the next ones. */
enum { SHELF = 64 };
struct shelf {
    pthread_mutex_t lock;
    struct arena *v[SHELF];
    size_t n;
};

struct door {
    int listen_fd, wake_fd;
    bool owned, running; /* whether we made listen_fd */
    int port;
    _Atomic bool closing;
    _Atomic size_t open;
    pthread_mutex_t lock; /* buckets, and closing a connection against cutting it off */
    struct conn *conns;
    size_t nconns;
    _Atomic size_t high; /* descriptors below this were in use once */
    int *buckets;
    pthread_t thread;
};

enum phase { RUNNING, DRAINING, CUTTING };

struct httpd {
    struct arena *a;
    struct httpd_options o;
    const struct http_app *app;
    struct clock clock; /* where the options name none */
    struct random random;
    struct MHD_Daemon *mhd;
    struct door door;
    struct pool pools[2]; /* by enum http_pool */
    struct fresh fresh;
    struct cache *cache;
    struct shelf shelf;
    _Atomic int phase;
    _Atomic i64 answers, cache_hits, refusals;
    _Atomic uint64_t turn;
    uint64_t id_base;
    _Atomic size_t busy; /* exchanges whose body is whole and whose answer is not yet sent */
};

/* httpd_door.c */
enum err door_open(struct httpd *h, struct fault *f);
enum err door_start(struct httpd *h, struct fault *f);
void door_close(struct httpd *h); /* nothing is accepted any more, nothing cut off */
void door_end(struct httpd *h);
void door_event(void *cls, struct MHD_Connection *c, void **context,
                enum MHD_ConnectionNotificationCode what);

/* httpd_talk.c */
void *talk_begin(void *cls, const char *uri, struct MHD_Connection *c);
enum MHD_Result talk(void *cls, struct MHD_Connection *c, const char *url, const char *method,
                     const char *version, const char *data, size_t *size, void **context);
void talk_end(void *cls, struct MHD_Connection *c, void **context,
              enum MHD_RequestTerminationCode code);
void exchange_end(struct exchange *x);
void exchange_release(struct exchange *x);
void shelf_end(struct shelf *s);

/* What libmicrohttpd has for one exchange: the head as it came, a note of each field and each
 * cookie, a copy of the cookies, and then the head of the answer, which needs its room, too. */
enum { HEAD_MEMORY = 32 * 1024, HEAD_NOTE = 64, ANSWER_ROOM = 4 * 1024 };

/* httpd_head.c: 0 or the status to refuse it with. */
int head_take(struct exchange *x, const char *method, const char *version);
bool head_trailers_ok(struct exchange *x);

/* httpd_body.c */
void body_begin(struct exchange *x);
enum MHD_Result body_take(struct exchange *x, str data);
void body_done(struct exchange *x);
/* Send the answer once what the client still sends is gone, or at once. */
enum MHD_Result body_refuse(struct exchange *x);

/* httpd_answer.c */
struct answer answer_make(const struct http_request *rq,
                          struct http_response *rs); /* takes rs->fd */
void answer_keep(struct exchange *x, const struct http_response *rs);
void answer_refuse(struct exchange *x, struct http_request *rq, int status);
enum MHD_Result answer_send(struct exchange *x);
/* HIT: it is sent.  STALE: there is one, but whether it still holds must be asked first. */
enum cache_found answer_from_cache(struct exchange *x);
bool answer_is_cached(struct exchange *x);

/* httpd_pool.c */
void pool_start(struct httpd *h, enum http_pool which, size_t threads, size_t max);
bool pool_push(struct pool *p, struct exchange *x);
void pool_cut(struct pool *p); /* everything gets the verdict CUT; takes no more */
bool pool_is_idle(struct pool *p);
void pool_end(struct pool *p);

/* httpd_fresh.c */
void fresh_start(struct httpd *h);
void fresh_cut(struct httpd *h); /* everything gets the verdict CUT; takes no more */
bool fresh_is_idle(struct httpd *h);
void fresh_end(struct httpd *h);
void fresh_raise(struct httpd *h, i64 generation);
/* Whether the known generation is at most 100 ms old; asks for a newer one before it is not. */
bool fresh_is(struct httpd *h);
bool fresh_park(struct httpd *h, struct exchange *x);

/* Until what is on its way back is there; that never takes long. */
void resuming_wait(_Atomic size_t *resuming);
void lock_on(pthread_mutex_t *lock);
void lock_off(pthread_mutex_t *lock);

#endif
