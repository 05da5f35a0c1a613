/* jvn_files_page.c - see jvn_files_page.h. */
#include "web/pages/jvn_files_page.h"

#include "app/boot.h"
#include "app/jvn.h"
#include "app/jvn_file.h"
#include "base/encode.h"
#include "formats/digest.h"
#include "formats/jvnrss.h"
#include "formats/vuldef.h"
#include "web/public.h"

/* clang-format off */
enum kind { KIND_NEW, KIND_CHANGED, KIND_OWN, KIND_YEAR, KIND_DETAIL, KIND_VENDORS, KIND_PRODUCTS };
/* clang-format on */

struct file {
    enum kind kind;
    str path; /* behind the language: "/rss/jvndb_new.rdf" */
    struct jvn_file is;
};

static str code(const struct ctx *cx)
{
    return cx->lang == LANG_JA ? S("ja") : S("en");
}

static str address(struct ctx *cx, const struct file *f)
{
    return absolute_url(cx, str_fmt(cx->a, "/%.*s%.*s", SV(code(cx)), SV(f->path))).s;
}

static enum jvn_list list_of(enum kind kind)
{
    return kind == KIND_NEW                           ? JVN_LIST_NEW
           : kind == KIND_YEAR || kind == KIND_DETAIL ? JVN_LIST_YEAR
                                                      : JVN_LIST_CHANGED;
}

/* --- what stands in them ---------------------------------------------------------------------------- */

static enum err write_rss(struct ctx *cx, struct file *f)
{
    static const enum word titles[] = {[KIND_NEW] = W_jvn_file_new,
                                       [KIND_CHANGED] = W_jvn_file_changed,
                                       [KIND_OWN] = W_jvn_file_changed,
                                       [KIND_YEAR] = W_jvn_file_year};
    struct bodies b;
    struct jvnrss rss = {.is_file = true,
                         .lang = code(cx),
                         .about = address(cx, f),
                         .link = absolute_url(cx, lang_url(cx, "/").s).s};
    TRY(public_bodies(cx, &b));
    TRY(jvn_file_entries(cx, &f->is, &rss.entries));
    rss.title = str_fmt(cx->a, "%.*s %.*s", SV(b.site), SV(word(cx->lang, titles[f->kind])));
    rss.description = rss.title;
    rss.date = SOME(f->is.changed);
    struct jvn_entry *v = (struct jvn_entry *)(uintptr_t)rss.entries.v; /* made for us alone */
    for (size_t i = 0; i < rss.entries.n; i++) {
        if (f->kind != KIND_OWN) {
            v[i].number = NO_STR;
            continue;
        }
        v[i].id = NO_STR; /* JVN's own feed names advisories as their pages do */
        v[i].publisher = b.site;
    }
    f->is.text = jvnrss_write(cx->a, &rss);
    jvn_file_written(cx, &f->is, &rss.entries);
    return OK;
}

static struct jvn_status whole_list(const struct ctx *cx, str method, i64 n)
{
    static const struct jvn_parameter whole[] = {{S_INIT("lt"), S_INIT("1")}};
    return (struct jvn_status){.method = method,
                               .lang = cx->lang == LANG_JA ? S("ja") : S("en"),
                               .feed = S("hnd"),
                               .total = SOME(n),
                               .returned = SOME(n),
                               .parameters = whole,
                               .nparameters = 1};
}

static enum err write_details(struct ctx *cx, struct file *f)
{
    struct vuldef d = {.lang = code(cx)};
    TRY(jvn_file_entries(cx, &f->is, &d.entries));
    struct jvn_status s = whole_list(cx, S("getVulnDetailInfo"), (i64)d.entries.n);
    d.status = &s;
    f->is.text = vuldef_write(cx->a, &d);
    jvn_file_written(cx, &f->is, &d.entries);
    return OK;
}

static enum err write_dictionary(struct ctx *cx, struct file *f)
{
    bool products = f->kind == KIND_PRODUCTS;
    struct myjvn_vendors v;
    i64 n = 0;
    TRY(jvn_dictionary(cx, cx->lang, products, &v));
    for (size_t i = 0; i < v.n; i++)
        n += products ? (i64)v.v[i].nproducts : 1;
    struct jvn_status s = whole_list(cx, products ? S("getProductList") : S("getVendorList"), n);
    struct myjvn_head h = {.lang = code(cx), .status = &s};
    f->is.text = myjvn_vendors_xml(cx->a, &h, &v);
    return OK;
}

/* A dictionary costs no more than looking whether it is the same. */
static enum err write_file(struct ctx *cx, struct file *f)
{
    return f->kind == KIND_DETAIL    ? write_details(cx, f)
           : f->kind >= KIND_VENDORS ? write_dictionary(cx, f)
                                     : write_rss(cx, f);
}

/* --- which there are ---------------------------------------------------------------------------------- */

struct files {
    VEC(struct file)
};

static void add(struct ctx *cx, struct files *all, enum kind kind, int year, str path)
{
    *PUSH(cx->a, all) =
        (struct file){.kind = kind,
                      .path = path,
                      .is = {.path = str_fmt(cx->a, "/%.*s%.*s", SV(code(cx)), SV(path)),
                             .list = list_of(kind),
                             .year = year,
                             .lang = cx->lang,
                             .depth = kind == KIND_DETAIL ? JVN_WHOLE : JVN_LISTED}};
}

/* JVN names its dictionaries by month: ours have that of the last change. */
static enum err list_files(struct ctx *cx, struct files *all)
{
    struct jvn_file newest = {.list = JVN_LIST_CHANGED, .lang = cx->lang};
    int *years;
    size_t n;
    TRY(jvn_years(cx, cx->lang, &years, &n));
    add(cx, all, KIND_NEW, 0, S("/rss/jvndb_new.rdf"));
    add(cx, all, KIND_CHANGED, 0, S("/rss/jvndb.rdf"));
    add(cx, all, KIND_OWN, 0, S("/rss/jvn.rdf"));
    for (size_t i = 0; i < n; i++) {
        add(cx, all, KIND_YEAR, years[i], str_fmt(cx->a, "/rss/years/jvndb_%d.rdf", years[i]));
        add(cx, all, KIND_DETAIL, years[i],
            str_fmt(cx->a, "/feed/detail/jvndb_detail_%d.rdf", years[i]));
    }
    TRY(jvn_file_look(cx, &newest));
    struct civil c = civil_at(newest.changed, zone_tokyo);
    add(cx, all, KIND_VENDORS, 0,
        str_fmt(cx->a, "/feed/vendor/myjvn_vendor_%04d%02d.rdf", c.year, c.month));
    add(cx, all, KIND_PRODUCTS, 0,
        str_fmt(cx->a, "/feed/product/myjvn_product_%04d%02d.rdf", c.year, c.month));
    for (size_t i = 0; i < all->n; i++)
        all->v[i].is.changed = newest.changed;
    return OK;
}

/* Its text, as it is kept or written now. */
static enum err open_file(struct ctx *cx, struct file *f)
{
    if (f->kind < KIND_VENDORS)
        TRY(jvn_file_look(cx, &f->is));
    return f->is.text.p != NULL ? OK : write_file(cx, f);
}

static enum err show_file(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct files all = {0};
    TRY(public_keep(cx, an));
    jvn_kept_ask(cx);
    TRY(list_files(cx, &all));
    for (size_t i = 0; i < all.n; i++) {
        if (!str_eq(all.v[i].is.path, rq->http->path))
            continue;
        TRY(open_file(cx, &all.v[i]));
        an->content_type = all.v[i].kind <= KIND_YEAR ? S("application/rdf+xml; charset=utf-8")
                                                      : S("application/xml; charset=utf-8");
        buf_put(&an->raw, all.v[i].is.text);
        return OK;
    }
    return E_NOT_FOUND;
}

/* --- checksums ------------------------------------------------------------------------------------------ */

/* 2023/11/02 12:00:18, in Japan. */
static str changed_at(struct arena *a, i64 at)
{
    struct civil c = civil_at(at, zone_tokyo);
    return str_fmt(a, "%04d/%02d/%02d %02d:%02d:%02d", c.year, c.month, c.day, c.hour, c.minute,
                   c.second);
}

static str file_name(str path)
{
    str name = path;
    while (path.n > 0)
        name = str_cut(&path, '/');
    return name;
}

static struct jvn_sum sum_of(struct ctx *cx, const struct file *f)
{
    struct digest d = digest_begin(DIGEST_SHA256);
    digest_put(&d, f->is.text);
    return (struct jvn_sum){hex_encode(cx->a, digest_end(&d, cx->a)), (i64)f->is.text.n,
                            f->is.changed};
}

/* In memory that the next one uses again: all files together are a hundred times what a request
 * should need. */
static enum err sum_anew(struct ctx *cx, struct arena *scratch, const struct file *f,
                         struct jvn_sum *out)
{
    enum { KEPT = 1 << 24 };
    struct ctx *own = ctx_new(scratch, cx->app);
    struct file again = *f;
    app_read_end(cx); /* whoever writes it needs a reader, too */
    own->lang = cx->lang;
    own->now = cx->now;
    enum err e = open_file(own, &again);
    if (e == OK) {
        *out = f->kind < KIND_VENDORS ? again.is.sum : sum_of(own, &again);
        out->sha256 = str_copy(cx->a, out->sha256);
    }
    cx->fault = own->fault;
    app_read_end(own);
    arena_reset_keeping(scratch, KEPT);
    return e;
}

/* Only of what is not as it was when this was found out: of all files those few, after a
 * release. */
static enum err sum_file(struct ctx *cx, struct arena *scratch, struct file *f, struct jvn_sum *out)
{
    if (f->kind < KIND_VENDORS)
        TRY(jvn_file_look(cx, &f->is));
    if (!f->is.known)
        return sum_anew(cx, scratch, f, out);
    *out = f->is.sum;
    return OK;
}

/* The first so many of them. */
static enum err sum_some(struct ctx *cx, struct files *all, size_t n, struct jvn_sum *out,
                         const _Atomic bool *stop)
{
    struct arena *scratch = arena_new();
    enum err e = OK;
    for (size_t i = 0; i < n && e == OK && !*stop; i++)
        e = sum_file(cx, scratch, &all->v[i], &out[i]);
    arena_free(scratch);
    return e;
}

enum err jvn_files_keep(struct ctx *cx, const _Atomic bool *stop)
{
    struct files all = {0};
    size_t n = 0;
    TRY(list_files(cx, &all));
    while (n < all.n && all.v[n].kind < KIND_VENDORS)
        n++; /* dictionaries are behind them */
    return sum_some(cx, &all, n, NEWS(cx->a, struct jvn_sum, n + 1), stop);
}

static enum err sum_all(struct ctx *cx, struct files *all, struct jvn_sum **out)
{
    const _Atomic bool stop = false;
    *all = (struct files){0};
    TRY(list_files(cx, all));
    *out = NEWS(cx->a, struct jvn_sum, all->n + 1);
    return sum_some(cx, all, all->n, *out, &stop);
}

/* All of one generation, unless something is released each time that they are looked at. */
static enum err sum_once(struct ctx *cx, struct files *all, struct jvn_sum **out)
{
    enum { TIMES = 3 };
    i64 before, after = -1;
    for (int i = 0; i < TIMES; i++) {
        TRY(app_generation(cx, &before));
        TRY(sum_all(cx, all, out));
        app_read_end(cx);
        TRY(app_generation(cx, &after));
        if (before == after)
            break;
    }
    return OK;
}

static enum err show_checksums(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct files all;
    struct jvn_sum *sums;
    struct json_out o = {.b = &an->raw};
    (void)rq;
    TRY(public_keep(cx, an));
    jvn_kept_ask(cx);
    TRY(sum_once(cx, &all, &sums));
    json_put_array(&o);
    for (size_t i = 0; i < all.n; i++) {
        const struct file *f = &all.v[i];
        json_put_object(&o);
        json_put_member(&o, S("url"), address(cx, f));
        json_put_member(&o, S("filename"), file_name(f->path));
        json_put_member(&o, S("sha256"), sums[i].sha256);
        json_put_member_i64(&o, S("size"), sums[i].size);
        json_put_member(&o, S("lastModified"), changed_at(cx->a, sums[i].changed));
        json_put_end(&o);
    }
    json_put_end(&o);
    an->content_type = S("text/plain; charset=utf-8");
    return OK;
}

/* clang-format off */
static const struct route table[] = {
    {GET, S_INIT("/{lang}/rss/{}"),            NEED_NOBODY, OF_NOTHING, 0, show_file,      ROUTE_CACHE, 0, NULL},
    {GET, S_INIT("/{lang}/rss/years/{}"),      NEED_NOBODY, OF_NOTHING, 0, show_file,      ROUTE_CACHE, 0, NULL},
    {GET, S_INIT("/{lang}/feed/detail/{}"),    NEED_NOBODY, OF_NOTHING, 0, show_file,      ROUTE_CACHE, 0, NULL},
    {GET, S_INIT("/{lang}/feed/vendor/{}"),    NEED_NOBODY, OF_NOTHING, 0, show_file,      ROUTE_CACHE, 0, NULL},
    {GET, S_INIT("/{lang}/feed/product/{}"),   NEED_NOBODY, OF_NOTHING, 0, show_file,      ROUTE_CACHE, 0, NULL},
    {GET, S_INIT("/{lang}/feed/checksum.txt"), NEED_NOBODY, OF_NOTHING, 0, show_checksums, ROUTE_CACHE, 0, NULL},
};
/* clang-format on */
const struct routes jvn_files_routes = {table, COUNT(table)};
