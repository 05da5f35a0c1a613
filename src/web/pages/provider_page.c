/* provider_page.c - see provider_page.h.
 *
 * What a provider of CSAF owes its readers: nobody is sent elsewhere, JSON is exactly
 * application/json, every program may read (Access-Control-Allow-Origin), folders are listed.
 *
 * With a person's token or client certificate there is more: what that one may read before publication. */
#include "web/pages/provider_page.h"

#include "app/auth.h"
#include "app/provider_closed.h"
#include "app/provider_find.h"
#include "base/time.h"
#include "formats/xml.h"
#include "io/files.h"

#include <unistd.h>

enum { METADATA_MOST = 1 << 24 };

static void put(struct request *rq, struct reply *an, str name, str value)
{
    http_put((struct http_request *)(uintptr_t)rq->http, an->rs, name, value);
}

static str type_of(str path)
{
    if (str_has_suffix(path, S(".json")))
        return S("application/json");
    if (str_has_suffix(path, S(".csv")))
        return S("text/csv; charset=utf-8");
    return S("text/plain; charset=utf-8");
}

/* Links by their whole path: right with and without a slash behind the folder's own. */
static void list(str path, const struct public_file *f, struct reply *an)
{
    struct xml_out x = {.b = &an->raw};
    an->content_type = S("text/html; charset=utf-8");
    buf_put(&an->raw, S("<!DOCTYPE html>\n"));
    xml_begin(&x, S("html"));
    xml_attr(&x, S("lang"), S("en"));
    xml_begin(&x, S("head"));
    xml_element(&x, S("title"), path);
    xml_end(&x);
    xml_begin(&x, S("body"));
    xml_element(&x, S("h1"), path);
    xml_begin(&x, S("ul"));
    for (size_t i = 0; i < f->names.n; i++) {
        xml_begin(&x, S("li"));
        xml_begin(&x, S("a"));
        xml_attr(&x, S("href"), str_fmt(an->raw.a, "/%.*s/%.*s", SV(path), SV(f->names.v[i])));
        xml_text(&x, f->names.v[i]);
        xml_end(&x);
        xml_end(&x);
    }
    xml_end(&x);
    xml_end(&x);
    xml_end(&x);
}

static void send(struct ctx *cx, struct request *rq, struct reply *an, str path,
                 const struct public_file *f)
{
    put(rq, an, S("ETag"), f->tag);
    put(rq, an, S("Last-Modified"), time_http(cx->a, f->changed));
    an->content_type = type_of(path);
    an->rs->fd = f->fd;
    an->rs->fd_size = f->size;
}

/* --- before publication ----------------------------------------------------------------------- */

/* By a token, or by a certificate that the proxy verified; a browser's session is none. */
static enum err open_entitled(struct ctx *cx, const struct request *rq)
{
    if (rq->bearer)
        return cx->who.person_id.n > 0 ? OK : E_NOT_FOUND;
    cx->who = (struct user){0};
    return rq->http->certificate.n > 0 ? certificate_open(cx, rq->http->certificate) : E_NOT_FOUND;
}

/* What stands for one reader stays with that one. */
static enum err send_closed(struct request *rq, struct reply *an, str bytes, str type)
{
    put(rq, an, S("Cache-Control"), S("no-store"));
    put(rq, an, S("Vary"), S("Authorization"));
    put(rq, an, S("Access-Control-Allow-Origin"), S("*"));
    an->content_type = type;
    buf_put(&an->raw, bytes);
    return OK;
}

static enum err show_closed(struct ctx *cx, struct request *rq, struct reply *an, str path)
{
    struct closed_file f;
    buf below = {.a = cx->a};
    bool v21 = str_eq(rq->seg[0], S("v2.1"));
    if (!v21 && !str_eq(rq->seg[0], S("v2.0")))
        return E_NOT_FOUND;
    TRY(open_entitled(cx, rq));
    for (size_t i = 1; i < rq->nseg; i++)
        buf_putf(&below, "%s%.*s", i > 1 ? "/" : "", SV(rq->seg[i]));
    TRY(provider_closed_find(cx, v21, buf_str(&below), &f));
    if (!f.folder)
        return send_closed(rq, an, f.bytes, f.type);
    list(path, &(struct public_file){.fd = -1, .names = f.names}, an);
    return send_closed(rq, an, S(""), an->content_type);
}

/* The lists of all that there is, for who may read more of it than everybody. */
static enum err show_more(struct ctx *cx, struct request *rq, struct reply *an, str path,
                          const struct public_file *f)
{
    bool service = str_has_suffix(path, S("/service.json"));
    str bytes;
    if (f->fd < 0 || (!service && !str_has_suffix(path, S("/provider-metadata.json"))))
        return E_NOT_FOUND;
    TRY(open_entitled(cx, rq));
    TRY(file_read_fd(cx->a, f->fd, METADATA_MOST, &cx->fault, &bytes));
    TRY(provider_closed_metadata(cx, str_eq(rq->seg[0], S("v2.1")), service, bytes, &bytes));
    return send_closed(rq, an, bytes, S("application/json"));
}

static enum err show(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct public_file f;
    buf path = {.a = cx->a};
    buf_put(&path, S(".well-known/csaf"));
    for (size_t i = 0; i < rq->nseg; i++)
        buf_putf(&path, "/%.*s", SV(rq->seg[i]));
    if (rq->nseg > 1 && provider_is_closed(rq->seg[1]))
        return show_closed(cx, rq, an, buf_str(&path));
    TRY(public_file_find(cx, buf_str(&path), &f));
    enum err e = show_more(cx, rq, an, buf_str(&path), &f);
    if (e != E_NOT_FOUND) {
        (void)close(f.fd); /* the file itself is not sent */
        return e;
    }
    put(rq, an, S("Access-Control-Allow-Origin"), S("*"));
    put(rq, an, S("Cross-Origin-Resource-Policy"), S("cross-origin"));
    put(rq, an, S("Cache-Control"), S("public, max-age=0, must-revalidate"));
    put(rq, an, S("Vary"), S("Authorization"));
    if (f.fd < 0)
        list(buf_str(&path), &f, an);
    else
        send(cx, rq, an, buf_str(&path), &f);
    return OK;
}

/* clang-format off */
static const struct route table[] = {
    {GET, S_INIT("/.well-known/csaf"),             NEED_NOBODY, OF_NOTHING, 0, show, ROUTE_FRESH, 0, NULL},
    {GET, S_INIT("/.well-known/csaf/{}"),          NEED_NOBODY, OF_NOTHING, 0, show, ROUTE_FRESH, 0, NULL},
    {GET, S_INIT("/.well-known/csaf/{}/{}"),       NEED_NOBODY, OF_NOTHING, 0, show, ROUTE_FRESH, 0, NULL},
    {GET, S_INIT("/.well-known/csaf/{}/{}/{}"),    NEED_NOBODY, OF_NOTHING, 0, show, ROUTE_FRESH, 0, NULL},
    {GET, S_INIT("/.well-known/csaf/{}/{}/{}/{}"), NEED_NOBODY, OF_NOTHING, 0, show, ROUTE_FRESH, 0, NULL},
};
/* clang-format on */
const struct routes provider_routes = {table, COUNT(table)};
