/* vendors_page.c - see vendors_page.h. */
#include "web/pages/vendors_page.h"

#include "formats/markdown.h"
#include "store/db.h"
#include "web/frame.h"
#include "web/list_out.h"
#include "web/public.h"

enum { ON_A_PAGE = 100 };

static url vendor_url(struct ctx *cx, str slug)
{
    return url_seg(cx->a, lang_url(cx, "/vendors/").s, slug, S(""));
}

static enum err write_list(struct ctx *cx, struct reply *an, enum list_format format,
                           struct list_window *w)
{
    static const char *const columns[] = {"slug", "name", "registration", "takes_reports", NULL};
    struct org_line *rows;
    struct list_out l;
    size_t n;
    TRY(org_listed(cx, w, &rows, &n));
    list_begin(&l, cx, an, format, "vendors", columns);
    for (size_t i = 0; i < n; i++) {
        list_text(&l, rows[i].slug);
        list_text(&l, rows[i].name);
        list_text(&l, rows[i].registration);
        list_bool(&l, rows[i].takes_reports);
    }
    list_end(&l, w->next, w->total);
    return OK;
}

static enum err show_list(struct ctx *cx, struct request *rq, struct reply *an)
{
    enum list_format format = list_format_of(rq);
    struct list_window w = {.limit = format == LIST_HTML ? ON_A_PAGE : DB_LIST_MAX,
                            .after = query_get(rq, "after")};
    struct org_line *rows;
    size_t n;
    TRY(public_keep(cx, an));
    if (format != LIST_HTML)
        return write_list(cx, an, format, &w);
    TRY(org_listed(cx, &w, &rows, &n));
    struct vendors_line *l = NEWS(cx->a, struct vendors_line, n + 1);
    for (size_t i = 0; i < n; i++)
        l[i] = (struct vendors_line){
            .href = vendor_url(cx, rows[i].slug),
            .name = rows[i].name,
            .registration = org_choice_word(cx->a, "registration", rows[i].registration, cx->lang),
            .takes_reports = rows[i].takes_reports};
    struct vendors_view v = {.lines = l,
                             .n = n,
                             .pager = pager_for(cx, rq, w.total, w.next),
                             .csv = query_suffix(cx, rq, "csv"),
                             .json = query_suffix(cx, rq, "json"),
                             .how = lang_url(cx, "/vendor-registration")};
    an->title = word(cx->lang, W_vendors_title);
    an->frame = FRAME_PUBLIC;
    an->head = public_head(cx, S("/vendors"), true, true);
    tpl_vendors(&an->out, &v);
    return OK;
}

static enum err show_vendor(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct vendor_page p;
    TRY(public_keep(cx, an));
    TRY(vendor_public(cx, rq->seg[0], &p));
    struct vendor_view v = {
        .vendor = &p,
        .registration = org_choice_word(cx->a, "registration", p.registration, cx->lang),
        .policy_lang = str_eq(p.policy_lang, pick(cx, S("ja"), S("en"))) ? S("") : p.policy_lang,
        .policy = {p.policy.n > 0 ? markdown_html(cx->a, p.policy) : S("")},
        .list = lang_url(cx, "/vendors"),
        .report = url_seg(cx->a, lang_url(cx, "/report/to/").s, p.slug, S("")),
    };
    v.has_contact_page = url_web(p.contact, &v.contact_page);
    v.has_other_page = url_web(p.other_contact, &v.other_page);
    an->title = p.name;
    an->frame = FRAME_PUBLIC;
    an->head = public_head(cx, url_seg(cx->a, S("/vendors/"), p.slug, S("")).s, true, true);
    tpl_vendor(&an->out, &v);
    return OK;
}

/* clang-format off */
static const struct route table[] = {
    {GET, S_INIT("/{lang}/vendors"),      NEED_NOBODY, OF_NOTHING, 0, show_list,   ROUTE_CACHE, 0, NULL},
    {GET, S_INIT("/{lang}/vendors.csv"),  NEED_NOBODY, OF_NOTHING, 0, show_list,   ROUTE_CACHE, 0, NULL},
    {GET, S_INIT("/{lang}/vendors.json"), NEED_NOBODY, OF_NOTHING, 0, show_list,   ROUTE_CACHE, 0, NULL},
    {GET, S_INIT("/{lang}/vendors/{}"),   NEED_NOBODY, OF_NOTHING, 0, show_vendor, ROUTE_CACHE, 0, NULL},
};
/* clang-format on */
const struct routes vendors_routes = {table, COUNT(table)};
