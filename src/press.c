/* press.c - the thread of the server that brings the public files up to what is public.
 *
 * Woken by our own commits; others (another node, the command line) show by the generation. */
#include "app/provider.h"
#include "base/log.h"
#include "io/memory.h"
#include "serve.h"

enum { LOOK_MS = 2000, AGAIN_MS = 30000, MANY = 100 };

static enum err sign(void *arg, struct arena *a, struct fault *f, const struct sign_text *texts,
                     size_t n, str *out)
{
    struct server *sv = arg;
    return sign_many(sv->effects, a, f, SIGN_DETACHED, texts, n, out);
}

static void say(struct server *sv, struct arena *a, enum err e, const struct fault *f,
                const struct provider_done *done)
{
    struct log_line l =
        log_begin(a, clock_now(&sv->app->clock), e == OK ? LOG_LEVEL_INFO : LOG_LEVEL_ERROR,
                  e == OK ? S("public_files") : S("public_files_failed"));
    if (e != OK)
        log_str(&l, S("why"), str_z(f->text));
    log_i64(&l, S("documents"), (i64)done->documents);
    log_i64(&l, S("made"), (i64)done->made);
    sv->app->log(sv->app, log_end(&l));
}

static enum err publish(struct server *sv)
{
    struct arena *a = arena_new();
    struct provider_signer signer = {.sign = sign, .arg = sv};
    struct provider_done done = {0};
    struct fault f = {0};
    enum err e = sign_key(sv->effects, a, &f, &signer.key);
    if (e == OK || e == E_NOT_FOUND)
        e = provider_publish(sv->app, sv->app->public_dir, e == OK ? &signer : NULL, &f, &done);
    if (e != OK || done.shown)
        say(sv, a, e, &f, &done);
    arena_free(a);
    if (done.made > MANY)
        memory_give_back(); /* thousands of documents went through this memory once */
    return e;
}

static i64 generation(struct server *sv)
{
    struct arena *a = arena_new();
    struct ctx *cx = ctx_new(a, sv->app);
    i64 n = -1;
    (void)app_generation(cx, &n); /* not to be had: looked at again */
    app_read_end(cx);
    arena_free(a);
    return n;
}

static void run(struct server *sv)
{
    i64 shown = -1;
    while (!sv->press.stopping) {
        i64 now = generation(sv);
        bool failed = false;
        if (now >= 0 && now != shown) {
            failed = publish(sv) != OK;
            shown = failed ? -1 : now;
        }
        runner_rest(&sv->press, failed ? AGAIN_MS : LOOK_MS);
    }
}

void serve_press_start(struct server *sv)
{
    runner_start(&sv->press, sv, run);
}
