/* feed_page.c - see feed_page.h. */
#include "web/pages/feed_page.h"

#include "app/portal_machine.h"
#include "formats/xml.h"
#include "web/public.h"

enum { ENTRIES = 20 };

static const char *code(enum lang g)
{
    return g == LANG_JA ? "ja" : "en";
}

static enum err show_feed(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct portal_entry *from;
    size_t n;
    str text;
    (void)rq;
    TRY(public_keep(cx, an));
    TRY(portal_entries(cx, cx->lang, ENTRIES, &from, &n));
    TRY(portal_atom(cx, cx->lang, from, n, &text));
    an->content_type = S("application/atom+xml; charset=utf-8");
    buf_put(&an->raw, text);
    return OK;
}

/* --- robots and sitemap --------------------------------------------------------------------- */

static enum err show_robots(struct ctx *cx, struct request *rq, struct reply *an)
{
    (void)rq;
    TRY(public_keep(cx, an));
    an->content_type = S("text/plain; charset=utf-8");
    buf_putf(&an->raw,
             "User-agent: *\nDisallow: /api/\nDisallow: /ja/track\n"
             "Disallow: /en/track\nDisallow: /ja/sign-in\nDisallow: /en/sign-in\n"
             "Sitemap: %.*s\n",
             SV(absolute_url(cx, S("/sitemap.xml")).s));
    return OK;
}

static str page_of(struct ctx *cx, enum lang g, str path)
{
    return absolute_url(cx, str_fmt(cx->a, "/%s%.*s", code(g), SV(path))).s;
}

/* One page, and where it stands in the other language. */
static void put_page(struct ctx *cx, struct xml_out *x, enum lang g, str path, bool both,
                     i64 updated)
{
    xml_begin(x, S("url"));
    xml_element(x, S("loc"), page_of(cx, g, path));
    xml_element(x, S("lastmod"), updated > 0 ? time_rfc3339(cx->a, updated, cx->zone) : NO_STR);
    for (enum lang o = 0; o < LANG_COUNT && both; o++) {
        xml_begin(x, S("xhtml:link"));
        xml_attr(x, S("rel"), S("alternate"));
        xml_attr(x, S("hreflang"), str_z(code(o)));
        xml_attr(x, S("href"), page_of(cx, o, path));
        xml_end(x);
    }
    xml_end(x);
}

static enum err show_sitemap(struct ctx *cx, struct request *rq, struct reply *an)
{
    static const char *const fixed[] = {"/",
                                        "/about",
                                        "/process",
                                        "/policy",
                                        "/privacy",
                                        "/vendor-registration",
                                        "/machine-readable",
                                        "/statistics",
                                        "/report"};
    struct portal_place *all;
    size_t n;
    struct xml_out x = {.b = &an->raw};
    (void)rq;
    TRY(public_keep(cx, an));
    TRY(portal_places(cx, &all, &n));
    an->content_type = S("application/xml; charset=utf-8");
    xml_declaration(&x);
    xml_begin(&x, S("urlset"));
    xml_attr(&x, S("xmlns"), S("http://www.sitemaps.org/schemas/sitemap/0.9"));
    xml_attr(&x, S("xmlns:xhtml"), S("http://www.w3.org/1999/xhtml"));
    for (size_t i = 0; i < COUNT(fixed); i++)
        for (enum lang g = 0; g < LANG_COUNT; g++)
            put_page(cx, &x, g, str_z(fixed[i]), true, 0);
    for (size_t i = 0; i < n; i++) {
        bool before = i > 0 && str_eq(all[i - 1].number, all[i].number);
        bool behind = i + 1 < n && str_eq(all[i + 1].number, all[i].number);
        put_page(cx, &x, all[i].lang, str_join(cx->a, S("/advisories/"), all[i].number),
                 before || behind, all[i].updated);
    }
    xml_end(&x);
    return OK;
}

static enum err show_security(struct ctx *cx, struct request *rq, struct reply *an)
{
    str text;
    (void)rq;
    TRY(public_keep(cx, an));
    TRY(security_txt(cx, &text));
    an->content_type = S("text/plain; charset=utf-8");
    buf_put(&an->raw, text);
    return OK;
}

/* clang-format off */
static const struct route table[] = {
    {GET, S_INIT("/{lang}/feed.atom"),         NEED_NOBODY, OF_NOTHING, 0, show_feed,     ROUTE_CACHE, 0, NULL},
    {GET, S_INIT("/robots.txt"),               NEED_NOBODY, OF_NOTHING, 0, show_robots,   ROUTE_CACHE, 0, NULL},
    {GET, S_INIT("/sitemap.xml"),              NEED_NOBODY, OF_NOTHING, 0, show_sitemap,  ROUTE_CACHE, 0, NULL},
    {GET, S_INIT("/.well-known/security.txt"), NEED_NOBODY, OF_NOTHING, 0, show_security, ROUTE_CACHE, 0, NULL},
};
/* clang-format on */
const struct routes feed_routes = {table, COUNT(table)};
