/* files_page.c - files inside the program, and how the server feels. */
#include "web/pages/files_page.h"

#include "base/asset.h"
#include "web/public.h"
#include "web/web.h"

#include "app/boot.h"

#include <stdatomic.h>

static str type_of(str name)
{
    if (str_has_suffix(name, S(".css")))
        return S("text/css; charset=utf-8");
    if (str_has_suffix(name, S(".mjs")))
        return S("text/javascript; charset=utf-8");
    if (str_has_suffix(name, S(".svg")))
        return S("image/svg+xml");
    return S("application/octet-stream");
}

/* The hash in the path makes it another address when the file changes: kept for ever. */
static enum err show_static(struct ctx *cx, struct request *rq, struct reply *an)
{
    const struct asset *asset = asset_find(str_fmt(cx->a, "static/%.*s", SV(rq->seg[1])));
    if (asset == NULL || !str_eq(static_url(cx->a, str_to_z(cx->a, rq->seg[1])).s, rq->http->path))
        return E_NOT_FOUND;
    an->content_type = type_of(rq->seg[1]);
    buf_put(&an->raw, asset->bytes);
    http_put((struct http_request *)(uintptr_t)rq->http, an->rs, S("Cache-Control"),
             S("public, max-age=31536000, immutable"));
    an->cache_generation = public_generation(atomic_load(&cx->app->generation), cx->now);
    return OK;
}

static enum err show_health(struct ctx *cx, struct request *rq, struct reply *an)
{
    (void)cx;
    (void)rq;
    an->content_type = S("text/plain; charset=utf-8");
    buf_put(&an->raw, S("ok\n"));
    return OK;
}

/* Ready: the database answers and has this program's schema. */
static enum err show_ready(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct migration_state st;
    i64 generation;
    (void)rq;
    enum err e = app_generation(cx, &generation);
    if (e == OK)
        e = store_migration_state(cx->app->store, cx->a, &cx->fault, &st);
    bool ready = e == OK && !st.foreign && st.have == st.want;
    an->status = ready ? HTTP_OK : HTTP_UNAVAILABLE;
    json_put_object(&an->json);
    json_put_member(&an->json, S("status"), ready ? S("ready") : S("not ready"));
    json_put_member(&an->json, S("database"),
                    e != OK                             ? S("does not answer")
                    : store_is_postgres(cx->app->store) ? S("postgresql")
                                                        : S("sqlite"));
    json_put_member(&an->json, S("version"), S(KAKEHASHI_VERSION));
    if (cx->app->ready != NULL)
        cx->app->ready(cx->app, &an->json);
    json_put_end(&an->json);
    return OK;
}

static enum err show_root(struct ctx *cx, struct request *rq, struct reply *an)
{
    str wants = http_header(rq->http, S("accept-language"));
    ptrdiff_t en = str_find(wants, S("en")), ja = str_find(wants, S("ja"));
    cx->lang = en >= 0 && (ja < 0 || en < ja) ? LANG_EN : LANG_JA;
    return redirect(cx, an, lang_url(cx, "/"), "");
}

/* clang-format off */
static const struct route table[] = {
    {GET, S_INIT("/"),             NEED_NOBODY, OF_NOTHING, 0, show_root,   0, 0, NULL},
    {GET, S_INIT("/static/{}/{}"), NEED_NOBODY, OF_NOTHING, 0, show_static, ROUTE_CACHE, 0, NULL},
    {GET, S_INIT("/healthz"),      NEED_NOBODY, OF_NOTHING, 0, show_health, 0, 0, NULL},
    {GET, S_INIT("/readyz"),       NEED_NOBODY, OF_NOTHING, 0, show_ready,  0, 0, NULL},
};
/* clang-format on */
const struct routes files_routes = {table, COUNT(table)};
