/* library_entry.c - one document of others, with its revisions and their bytes. */
#include "formats/lang_tag.h"
#include "web/files.h"
#include "web/frame.h"
#include "web/pages/library_own.h"

enum { FACTS = 10 };

str library_lang(const struct ctx *cx, str lang)
{
    bool plain = lang.n >= 2 && lang.n <= 35;
    for (size_t i = 0; i < lang.n; i++)
        plain = plain &&
                (lang.p[i] == '-' || (lang.p[i] >= '0' && lang.p[i] <= '9') ||
                 (lang.p[i] >= 'A' && lang.p[i] <= 'Z') || (lang.p[i] >= 'a' && lang.p[i] <= 'z'));
    return plain ? lang : lang_tag(cx->lang);
}

str library_tlp(struct ctx *cx, const struct library_entry *e)
{
    return str_join(cx->a, S("TLP:"), e->tlp.n > 0 ? e->tlp : S("–"));
}

/* --- facts ---------------------------------------------------------------------------------------- */

static void fact(struct ctx *cx, struct library_entry_view *v, struct fact_line *all, enum word w,
                 str value)
{
    if (value.n > 0)
        all[v->nfacts++] = (struct fact_line){.label = word(cx->lang, w), .value = value};
}

static str joined(struct ctx *cx, struct strs s)
{
    buf b = {.a = cx->a};
    for (size_t i = 0; i < s.n; i++)
        buf_putf(&b, "%s%.*s", i > 0 ? ", " : "", SV(s.v[i]));
    return b.n > 0 ? buf_str(&b) : S("");
}

static str instant(struct ctx *cx, opt_i64 at)
{
    return at.is ? time_minute(cx->a, at.v, cx->zone) : S("");
}

static void fill_facts(struct ctx *cx, const struct library_entry *e, struct library_entry_view *v)
{
    struct fact_line *all = NEWS(cx->a, struct fact_line, FACTS);
    url to;
    fact(cx, v, all, W_library_publisher,
         e->publisher_name.n > 0
             ? str_fmt(cx->a, "%.*s (%.*s)", SV(e->publisher_name), SV(e->publisher))
             : e->publisher);
    fact(cx, v, all, W_library_id, e->id);
    fact(cx, v, all, W_library_version, e->version);
    fact(cx, v, all, W_library_released, instant(cx, e->released));
    fact(cx, v, all, W_library_updated, instant(cx, e->updated));
    fact(cx, v, all, W_library_others, joined(cx, e->others));
    fact(cx, v, all, W_library_cwes, joined(cx, e->cwes));
    if (url_web(e->url, &to)) {
        fact(cx, v, all, W_library_page, e->url);
        all[v->nfacts - 1].href = to;
    }
    v->facts = all;
}

/* --- lists ---------------------------------------------------------------------------------------- */

static struct library_marks cve_marks(struct ctx *cx, const struct library_entry *e)
{
    struct library_mark *m = NEWS(cx->a, struct library_mark, e->cves.n + 1);
    for (size_t i = 0; i < e->cves.n; i++)
        m[i] = (struct library_mark){
            .text = e->cves.v[i],
            .lang = lang_tag(cx->lang),
            .href = url_query(cx->a, lang_url(cx, "/library"), S("cve"), e->cves.v[i])};
    return (struct library_marks){m, e->cves.n};
}

static struct library_marks vector_marks(struct ctx *cx, const struct library_entry *e)
{
    struct library_mark *m = NEWS(cx->a, struct library_mark, e->nvectors + 1);
    for (size_t i = 0; i < e->nvectors; i++)
        m[i] = (struct library_mark){.text = e->vectors[i].vector,
                                     .more = str_fmt(cx->a, "%.*s %lld.%lld", SV(e->vectors[i].cve),
                                                     (long long)(e->vectors[i].score / 10),
                                                     (long long)(e->vectors[i].score % 10))};
    return (struct library_marks){m, e->nvectors};
}

static struct library_marks product_marks(struct ctx *cx, const struct library_entry *e)
{
    struct library_mark *m = NEWS(cx->a, struct library_mark, e->nproducts + 1);
    for (size_t i = 0; i < e->nproducts; i++)
        m[i] = (struct library_mark){.text = e->products[i].name, .more = e->products[i].vendor};
    return (struct library_marks){m, e->nproducts};
}

static struct library_marks link_marks(struct ctx *cx, const struct library_entry *e)
{
    struct library_mark *m = NEWS(cx->a, struct library_mark, e->nlinks + 1);
    size_t n = 0;
    for (size_t i = 0; i < e->nlinks; i++) {
        bool named = e->links[i].title.n > 0;
        m[n] = (struct library_mark){.text = named ? e->links[i].title : e->links[i].url,
                                     .more = named ? e->links[i].url : S(""),
                                     .lang = library_lang(cx, e->lang)};
        n += url_web(e->links[i].url, &m[n].href);
    }
    return (struct library_marks){m, n};
}

struct library_marks library_marks_of(struct ctx *cx, const struct library_line *lines, size_t n)
{
    struct library_mark *m = NEWS(cx->a, struct library_mark, n + 1);
    for (size_t i = 0; i < n; i++) {
        const struct library_entry *e = &lines[i].e;
        str by = e->publisher_name.n > 0 ? e->publisher_name : e->publisher;
        m[i] = (struct library_mark){.text = e->title,
                                     .more = str_fmt(cx->a, "%.*s · %.*s · %.*s", SV(by), SV(e->id),
                                                     SV(time_date(cx->a, lines[i].at, cx->zone))),
                                     .lang = library_lang(cx, e->lang),
                                     .href = library_url(cx, lines[i].id)};
    }
    return (struct library_marks){m, n};
}

enum err library_marks_public(struct ctx *cx, struct strs cves, struct library_marks *out)
{
    enum { MOST = 20 };
    struct library_line *lines;
    size_t n, kept = 0;
    TRY(library_of_cves(cx, cves, true, MOST, &lines, &n));
    *out = library_marks_of(cx, lines, n);
    struct library_mark *m = NEWS(cx->a, struct library_mark, n + 1);
    for (size_t i = 0; i < n; i++) {
        m[kept] = out->v[i];
        kept += url_web(lines[i].e.url, &m[kept].href);
    }
    *out = (struct library_marks){m, kept};
    return OK;
}

/* --- the page ------------------------------------------------------------------------------------- */

static void fill_revisions(struct ctx *cx, const struct library_view *lv,
                           struct library_entry_view *v)
{
    struct library_revision_row *rows =
        NEWS(cx->a, struct library_revision_row, lv->nrevisions + 1);
    for (size_t i = 0; i < lv->nrevisions; i++) {
        const struct library_revision *r = &lv->revisions[i];
        bool is_signed = r->signed_by.n > 0;
        rows[i] = (struct library_revision_row){
            .version = r->version.n > 0 ? r->version : str_fmt(cx->a, "%lld", (long long)r->n),
            .source = r->source,
            .sha256 = r->sha256,
            .signature = is_signed ? words_library_signed(cx->a, cx->lang, .key = r->signed_by)
                                   : word(cx->lang, W_library_unsigned),
            .look = is_signed ? LOOK_DONE : LOOK_NA,
            .imported = r->imported,
            .updated = r->updated,
            .href = {str_fmt(cx->a, "%.*s/document/%lld", SV(library_url(cx, lv->line.id).s),
                             (long long)r->n)},
        };
    }
    v->revisions = rows;
    v->nrevisions = lv->nrevisions;
}

enum err library_show(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct library_view lv;
    TRY(library_get(cx, rq->seg[0], &lv));
    const struct library_entry *e = &lv.line.e;
    const struct crumb crumbs[] = {{word(cx->lang, W_library_title), lang_url(cx, "/library")},
                                   {e->id, {S("")}}};
    struct library_entry_view v = {
        .crumbs = crumbs,
        .ncrumbs = COUNT(crumbs),
        .title = e->title,
        .lang = library_lang(cx, e->lang),
        .tlp = library_tlp(cx, e),
        .summary = e->summary,
        .score = e->score,
        .cves = cve_marks(cx, e),
        .vectors = vector_marks(cx, e),
        .products = product_marks(cx, e),
        .links = link_marks(cx, e),
        .products_more = words_library_products(cx->a, cx->lang, .n_count = (i64)e->allproducts),
    };
    if (e->findings > 0)
        v.invalid = words_library_invalid(cx->a, cx->lang, .n_count = e->findings);
    fill_facts(cx, e, &v);
    fill_revisions(cx, &lv, &v);
    an->title = e->title;
    an->nav = S("library");
    an->amber = !lv.line.open;
    tpl_library_entry(&an->out, &v);
    return OK;
}

/* Always as a download, whatever it is. */
enum err library_download(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct library_revision r;
    str bytes;
    i64 n;
    if (!str_i64(rq->seg[1], &n))
        return E_NOT_FOUND;
    TRY(library_bytes(cx, rq->seg[0], n, &bytes, &r));
    bool xml = bytes.n > 0 && str_trim(str_sub(bytes, 0, 64)).p[0] == '<';
    an->content_type = S("application/octet-stream");
    http_put((struct http_request *)(uintptr_t)an->http, an->rs, S("Content-Disposition"),
             str_fmt(cx->a, "attachment; filename=\"document-%lld.%s\"", (long long)n,
                     xml ? "xml" : "json"));
    an->raw.a = cx->a;
    buf_put(&an->raw, bytes);
    return OK;
}
