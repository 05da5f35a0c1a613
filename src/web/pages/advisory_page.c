/* advisory_page.c - see advisory_page.h. */
#include "web/pages/advisory_page.h"

#include "app/advisory_pdf.h"
#include "app/csaf_build.h"
#include "app/portal_machine.h"
#include "web/pages/advisory_own.h"

static enum lang other_of(enum lang g)
{
    return g == LANG_JA ? LANG_EN : LANG_JA;
}

static str code(enum lang g)
{
    return g == LANG_JA ? S("ja") : S("en");
}

url paper_url(struct ctx *cx, enum lang lang, str number)
{
    if (!advisory_pdf_can(cx))
        return (url){S("")};
    return url_seg(cx->a, advisory_url(cx, lang, S("")).s, number, S(".pdf"));
}

/* As the public files have them; their names are those of the advisory's first release. */
static void set_csaf(struct ctx *cx, const struct portal_advisory *p, struct adv_view *v)
{
    url *out[] = {&v->csaf_20, &v->csaf_21};
    for (size_t i = 0; i < COUNT(out) && cx->app->public_dir != NULL; i++) {
        str path = csaf_path(cx, p->line.number, cx->lang, p->line.published, i == 1);
        *out[i] = (url){str_join(cx->a, S("/"), path)};
    }
}

static void set_links(struct ctx *cx, const struct portal_advisory *p, struct adv_view *v)
{
    enum lang other = other_of(cx->lang);
    v->list = lang_url(cx, "/");
    v->feed = lang_url(cx, "/feed.atom");
    v->data = url_seg(cx->a, advisory_url(cx, cx->lang, S("")).s, p->line.number, S(".jsonld"));
    v->paper = paper_url(cx, cx->lang, p->line.number);
    set_csaf(cx, p, v);
    v->has_other = p->other;
    v->other = advisory_url(cx, other, p->line.number);
    v->other_lang = code(other);
    v->other_name = word(other, W_this_language);
    v->other_published = p->other_published;
}

static enum err head_of(struct ctx *cx, const struct portal_advisory *p, const struct adv_view *v,
                        struct page_head **out)
{
    str data;
    str path = str_join(cx->a, S("/advisories/"), p->line.number);
    struct page_head *h =
        public_head(cx, path, cx->lang == LANG_JA || p->other, cx->lang == LANG_EN || p->other);
    h->description = portal_summary(cx, p);
    public_head_feeds(cx, h);
    h->data = v->data;
    TRY(portal_json_ld(cx, cx->lang, p, &data));
    h->script =
        (html){str_fmt(cx->a, "<script type=\"application/ld+json\">%.*s</script>", SV(data))};
    *out = h;
    return OK;
}

/* What comes into the library about a published CVE makes this page anew (app/library_import.c). */
static enum err fill_others(struct ctx *cx, const struct portal_advisory *p, struct adv_view *v)
{
    str *cves = NEWS(cx->a, str, p->nvulns + 1);
    size_t n = 0;
    for (size_t i = 0; i < p->nvulns; i++)
        if (p->vulns[i].cve.n > 0)
            cves[n++] = p->vulns[i].cve;
    return library_marks_public(cx, (struct strs){cves, n}, &v->others);
}

static enum err show_page(struct ctx *cx, struct reply *an, const struct portal_advisory *p,
                          const struct bodies *b)
{
    struct adv_view *v = NEW(cx->a, struct adv_view);
    adv_fill(cx, p, b, v);
    set_links(cx, p, v);
    TRY(fill_others(cx, p, v));
    an->title = str_fmt(cx->a, "%.*s %.*s", SV(v->number), SV(v->title));
    struct page_head *head;
    TRY(head_of(cx, p, v, &head));
    an->head = head;
    an->no_other_lang = !p->other;
    tpl_advisory(&an->out, v);
    return OK;
}

/* Not in this language, but in the other one: say so, and where. */
static enum err elsewhere(struct ctx *cx, struct reply *an, str number)
{
    struct portal_advisory *p = NEW(cx->a, struct portal_advisory);
    enum lang other = other_of(cx->lang);
    bool back;
    TRY(portal_get(cx, other, number, p, &back));
    struct adv_elsewhere v = {.number = public_number(cx, p->line.number),
                              .lang = code(other),
                              .name = p->line.title,
                              .href = advisory_url(cx, other, p->line.number),
                              .list = lang_url(cx, "/")};
    an->status = HTTP_NOT_FOUND;
    an->title = v.number;
    tpl_advisory_elsewhere(&an->out, &v);
    return OK;
}

static enum err show_data(struct ctx *cx, struct reply *an, const struct portal_advisory *p)
{
    str text;
    TRY(portal_json_ld(cx, cx->lang, p, &text));
    buf_put(&an->raw, text);
    return OK;
}

/* Large ones are made each time, so that they do not drive out what is asked for more often. */
static enum err send_paper(struct ctx *cx, struct reply *an, str number, str bytes)
{
    enum { KEPT_MOST = 256 << 10 };
    if (bytes.n > KEPT_MOST)
        an->cache_generation = 0;
    http_put((struct http_request *)(uintptr_t)an->http, an->rs, S("Content-Disposition"),
             str_fmt(cx->a, "attachment; filename=\"%.*s-%.*s-%.*s.pdf\"",
                     SV(cx->app->number_prefix), SV(number), SV(code(cx->lang))));
    an->content_type = S("application/pdf");
    buf_put(&an->raw, bytes);
    return OK;
}

static enum err show_paper(struct ctx *cx, struct reply *an, const struct portal_advisory *p)
{
    str bytes, number = p->line.number;
    enum err e = advisory_pdf_can(cx) ? advisory_pdf(cx, cx->lang, number, &bytes) : E_NOT_FOUND;
    if (e != E_NOT_FOUND && e != E_INVALID) {
        TRY(e);
        return send_paper(cx, an, number, bytes);
    }
    struct adv_no_paper v = {public_number(cx, number), advisory_url(cx, cx->lang, number)};
    an->cache_generation = 0; /* what is missing may be installed */
    an->status = HTTP_NOT_FOUND;
    an->title = v.number;
    tpl_advisory_no_paper(&an->out, &v);
    return OK;
}

static enum err show_advisory(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct portal_advisory *p = NEW(cx->a, struct portal_advisory);
    struct bodies b;
    str number = rq->seg[0];
    bool other = false, data = str_has_suffix(number, S(".jsonld")),
         paper = str_has_suffix(number, S(".pdf"));
    if (data || paper)
        number = str_sub(number, 0, number.n - (data ? 7 : 4));
    TRY(public_keep(cx, an));
    enum err e = portal_get(cx, cx->lang, number, p, &other);
    if (e == E_NOT_FOUND && other && !data)
        return elsewhere(cx, an, number);
    TRY(e);
    if (paper)
        return show_paper(cx, an, p);
    TRY(public_bodies(cx, &b));
    if (!data)
        return show_page(cx, an, p, &b);
    an->content_type = S("application/ld+json");
    return show_data(cx, an, p);
}

/* clang-format off */
static const struct route table[] = {
    {GET, S_INIT("/{lang}/advisories/{}"), NEED_NOBODY, OF_NOTHING, 0, show_advisory, ROUTE_CACHE, 0, NULL},
};
/* clang-format on */
const struct routes advisory_routes = {table, COUNT(table)};
