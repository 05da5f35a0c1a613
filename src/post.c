/* post.c - the thread of the server that does what acts left to be done: notices above all. */
#include "app/outbox.h"
#include "base/log.h"
#include "serve.h"

/* Where notices come one after the other, many become mails in one write. */
enum { ROUND = 100, BUSY_MS = 100, IDLE_MS = 5000 };

/* How long to rest then. */
static int work(struct server *sv)
{
    struct outbox_mailer mailer = outbox_smtp(sv->effects);
    struct outbox_count count = {0};
    struct fault f = {0};
    bool more = false;
    enum err e = outbox_work(sv->app, sv->has_smtp ? &mailer : NULL, ROUND, &sv->post.stopping, &f,
                             &count, &more);
    if (e == OK && more)
        return 0;
    if (e == OK)
        return count.others > 0 ? BUSY_MS : IDLE_MS; /* a notice may have become mails */
    struct arena *a = arena_new();
    struct log_line l =
        log_begin(a, clock_now(&sv->app->clock), LOG_LEVEL_ERROR, S("outbox_failed"));
    log_str(&l, S("why"), str_z(f.text));
    sv->app->log(sv->app, log_end(&l));
    arena_free(a);
    return IDLE_MS; /* what could not be done is tried again after a while */
}

static void run(struct server *sv)
{
    while (!sv->post.stopping) {
        int ms = work(sv);
        if (ms > 0)
            runner_rest(&sv->post, ms);
    }
}

void serve_post_start(struct server *sv)
{
    runner_start(&sv->post, sv, run);
}
