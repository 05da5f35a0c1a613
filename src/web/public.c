/* public.c - see public.h. */
#include "web/public.h"

#include "app/boot.h"

i64 public_generation(i64 generation, i64 now)
{
    return generation + now / (30 * MINUTE);
}

enum err public_keep(struct ctx *cx, struct reply *an)
{
    i64 n;
    TRY(app_generation(cx, &n));
    an->cache_generation = public_generation(n, cx->now);
    an->frame = FRAME_PUBLIC;
    return OK;
}

str public_number(const struct ctx *cx, str number)
{
    return str_fmt(cx->a, "%.*s#%.*s", SV(cx->app->number_prefix), SV(number));
}

static const char *code(enum lang lang)
{
    return lang == LANG_JA ? "ja" : "en";
}

url advisory_url(struct ctx *cx, enum lang lang, str number)
{
    return url_seg(cx->a, str_fmt(cx->a, "/%s/advisories/", code(lang)), number, S(""));
}

url absolute_url(struct ctx *cx, str path)
{
    return (url){str_join(cx->a, cx->app->public_url, path)};
}

struct page_head *public_head(struct ctx *cx, str path, bool ja, bool en)
{
    struct page_head *h = NEW(cx->a, struct page_head);
    struct head_link *links = NEWS(cx->a, struct head_link, LANG_COUNT + 1);
    const bool there[LANG_COUNT] = {[LANG_JA] = ja, [LANG_EN] = en};
    *h = (struct page_head){.links = links};
    for (enum lang g = 0; g < LANG_COUNT; g++) {
        if (path.n == 0)
            path = S("/");
        url u = absolute_url(cx, str_fmt(cx->a, "/%s%.*s", code(g), SV(path)));
        if (g == cx->lang)
            h->canonical = u;
        if (there[g] && ja && en)
            links[h->nlinks++] = (struct head_link){u, str_z(code(g))};
    }
    if (h->nlinks > 0) /* Japanese is the first of the two: who asks for neither gets it */
        links[h->nlinks++] = (struct head_link){
            absolute_url(cx, str_fmt(cx->a, "/ja%.*s", SV(path))), S("x-default")};
    return h;
}

void public_head_feeds(struct ctx *cx, struct page_head *h)
{
    for (enum lang g = 0; g < LANG_COUNT; g++) {
        h->feed[g] = (url){str_fmt(cx->a, "/%s/feed.atom", code(g))};
        h->feed_title[g] = word(g, W_portal_list);
    }
}

/* An address or a page, as it was typed. */
static url contact_url(struct ctx *cx, str typed)
{
    url u;
    if (url_web(typed, &u))
        return u;
    return str_find_char(typed, '@') > 0 ? url_seg(cx->a, S("mailto:"), typed, S(""))
                                         : (url){S("")};
}

enum err public_bodies(struct ctx *cx, struct bodies *out)
{
    const struct settings *s;
    bool ja = cx->lang == LANG_JA;
    TRY(settings_open(cx, &s));
    *out = (struct bodies){
        .site = s->v[ja ? SET_SITE_NAME_JA : SET_SITE_NAME_EN],
        .reception = s->v[ja ? SET_RECEPTION_JA : SET_RECEPTION_EN],
        .coordinator = s->v[ja ? SET_COORDINATOR_JA : SET_COORDINATOR_EN],
        .contact = contact_url(cx, s->v[SET_CONTACT]),
    };
    return OK;
}
