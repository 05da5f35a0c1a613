/* post.c - the thread of the server that does what acts left to be done: notices above all. */
#include "app/cve_work.h"
#include "app/outbox.h"
#include "base/log.h"
#include "serve.h"

/* Where notices come one after the other, many become mails in one write. */
enum { ROUND = 100, BUSY_MS = 100, IDLE_MS = 5000 };

static void say_failed(const struct server *sv, str event, const struct fault *f)
{
    struct arena *a = arena_new();
    struct log_line l = log_begin(a, clock_now(&sv->app->clock), LOG_LEVEL_ERROR, event);
    log_str(&l, S("why"), str_z(f->text));
    sv->app->log(sv->app, log_end(&l));
    arena_free(a);
}

/* What is wanted of CVE Services. */
static void work_cve(struct server *sv)
{
    enum { MOST = 20 };
    struct cve_wire wire = cve_wire_fetch(sv->effects);
    struct cve_count count = {0};
    struct fault f = {0};
    if (cve_work(sv->app, &wire, MOST, &sv->post.stopping, &f, &count) != OK)
        say_failed(sv, S("cve_failed"), &f);
}

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
    say_failed(sv, S("outbox_failed"), &f);
    return IDLE_MS; /* what could not be done is tried again after a while */
}

static void run(struct server *sv)
{
    while (!sv->post.stopping) {
        int ms = work(sv);
        work_cve(sv);
        if (ms > 0)
            runner_rest(&sv->post, ms);
    }
}

void serve_post_start(struct server *sv)
{
    runner_start(&sv->post, sv, run);
}
