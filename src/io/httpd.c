/* httpd.c - starting and stopping the server. */
#include "io/httpd_int.h"

#include <time.h>

#define OR(value, standard) ((value) != 0 ? (value) : (standard))

static struct httpd_options with_defaults(struct httpd *h, const struct httpd_options *given)
{
    struct httpd_options o = *given;
    o.event_threads = OR(o.event_threads, 2);
    o.workers = OR(o.workers, 16);
    o.queue_max = OR(o.queue_max, 1024);
    o.connections_max = OR(o.connections_max, 4096);
    o.cache_bytes = OR(o.cache_bytes, 8u << 20);
    o.idle_ms = OR(o.idle_ms, 30000);
    o.slow_ms = OR(o.slow_ms, 30000);
    o.body_rate = OR(o.body_rate, 4096);
    o.answer_rate = OR(o.answer_rate, 8192);
    o.spool_dir = o.spool_dir != NULL ? o.spool_dir : "/tmp";
    o.body_memory = OR(o.body_memory, 256u << 10);
    o.drain_max = OR(o.drain_max, (i64)256 << 20);
    o.clock = o.clock != NULL ? o.clock : &h->clock;
    o.random = o.random != NULL ? o.random : &h->random;
    return o;
}

static void drop_response(void *value)
{
    MHD_destroy_response(value);
}

/* The target is kept as it came; ours is the only reading of it. */
static size_t leave_escaped(void *cls, struct MHD_Connection *c, char *s)
{
    (void)cls;
    (void)c;
    return str_z(s).n;
}

enum { SLOW_THREADS = 2 };

static enum err start_mhd(struct httpd *h, struct fault *f)
{
    unsigned flags = MHD_USE_EPOLL | MHD_USE_INTERNAL_POLLING_THREAD | MHD_ALLOW_SUSPEND_RESUME |
                     MHD_USE_NO_LISTEN_SOCKET | MHD_USE_ITC;
    unsigned threads = h->o.event_threads > 1 ? (unsigned)h->o.event_threads : 0;
    /* Well above the door's own limit: see httpd_door.c. */
    unsigned most = (unsigned)(h->o.connections_max * 2 * (threads ? threads : 1) + 64);
    h->mhd = MHD_start_daemon(
        flags, 0, NULL, NULL, talk, h, MHD_OPTION_THREAD_POOL_SIZE, threads,
        MHD_OPTION_CONNECTION_LIMIT, most, MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)HEAD_MEMORY,
        MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_URI_LOG_CALLBACK, talk_begin, h,
        MHD_OPTION_NOTIFY_COMPLETED, talk_end, h, MHD_OPTION_NOTIFY_CONNECTION, door_event, h,
        MHD_OPTION_UNESCAPE_CALLBACK, leave_escaped, h, MHD_OPTION_END);
    return h->mhd != NULL ? OK : fault_set(f, E_IO, "libmicrohttpd does not start");
}

static enum err start(struct httpd *h, struct fault *f)
{
    if (!http_peers_ok(h->o.trusted_proxies))
        return fault_set(f, E_INVALID, "a trusted proxy is not an address or a network");
    TRY(door_open(h, f));
    TRY(start_mhd(h, f));
    pool_start(h, POOL_WORK, h->o.workers, h->o.queue_max);
    pool_start(h, POOL_SLOW, SLOW_THREADS, h->o.queue_max);
    if (h->app->generation != NULL)
        fresh_start(h);
    return door_start(h, f);
}

/* Whatever of it was started. */
static void end(struct httpd *h)
{
    fresh_end(h);
    for (size_t i = 0; i < COUNT(h->pools); i++)
        pool_end(&h->pools[i]);
    door_end(h);
    shelf_end(&h->shelf);
    arena_free(h->a);
}

enum err httpd_start(const struct httpd_options *o, const struct http_app *app, struct fault *f,
                     struct httpd **out)
{
    struct arena *a = arena_new();
    struct httpd *h = NEW(a, struct httpd);
    unsigned char seed[CACHE_SEED];
    h->a = a;
    h->app = app;
    h->o = with_defaults(h, o);
    must(pthread_mutex_init(&h->shelf.lock, NULL) == 0);
    h->door.listen_fd = h->door.wake_fd = -1;
    random_bytes(h->o.random, &h->id_base, sizeof h->id_base);
    random_bytes(h->o.random, seed, sizeof seed);
    if (app->generation != NULL)
        h->cache = cache_new(a, h->o.cache_bytes, drop_response, seed);
    enum err e = start(h, f);
    if (e != OK) {
        (void)httpd_stop(h, 0);
        return e;
    }
    *out = h;
    return OK;
}

int httpd_port(const struct httpd *h)
{
    return h->door.port;
}

void httpd_generation(struct httpd *h, i64 g)
{
    fresh_raise(h, g);
}

static size_t pool_count(struct pool *p, bool working)
{
    lock_on(&p->lock);
    size_t n = working ? p->working : p->waiting;
    lock_off(&p->lock);
    return n;
}

struct httpd_state httpd_state(struct httpd *h)
{
    struct httpd_state s = {.connections = h->door.open,
                            .answers = h->answers,
                            .cache_hits = h->cache_hits,
                            .refusals = h->refusals};
    for (size_t i = 0; i < COUNT(h->pools); i++) {
        s.waiting += pool_count(&h->pools[i], false);
        s.working += pool_count(&h->pools[i], true);
    }
    s.cache_bytes = h->cache != NULL ? cache_bytes(h->cache) : 0;
    return s;
}

static bool nothing_is_owed(struct httpd *h)
{
    return h->busy == 0;
}

static bool nothing_works(struct httpd *h)
{
    return pool_is_idle(&h->pools[POOL_WORK]) && pool_is_idle(&h->pools[POOL_SLOW]) &&
           fresh_is_idle(h);
}

static bool wait_until(struct httpd *h, bool (*is)(struct httpd *h), i64 until)
{
    struct timespec nap = {.tv_nsec = 1000000};
    while (!is(h) && clock_us() < until)
        (void)nanosleep(&nap, NULL);
    return is(h);
}

bool httpd_stop(struct httpd *h, int ms)
{
    i64 until = clock_us() + (i64)ms * 1000;
    door_close(h);
    h->phase = DRAINING;
    /* The rest of the time is for the 503s on their way out. */
    i64 rest = h->o.cut_ms != 0 ? (i64)h->o.cut_ms * 1000 : (i64)ms * 200;
    (void)wait_until(h, nothing_is_owed, until - rest);
    h->phase = CUTTING;
    fresh_cut(h);
    for (size_t i = 0; i < COUNT(h->pools); i++)
        pool_cut(&h->pools[i]);
    (void)wait_until(h, nothing_is_owed, until);
    MHD_stop_daemon(h->mhd);
    h->mhd = NULL;
    if (!wait_until(h, nothing_works, until))
        return false;
    end(h);
    return true;
}
