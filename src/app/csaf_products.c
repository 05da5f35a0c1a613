/* csaf_products.c - what vendors say of their products, as CSAF's product tree and statuses. */
#include "app/csaf_own.h"

#include "base/dict.h"
#include "base/vec.h"
#include "formats/identifier.h"
#include "formats/product_row.h"
#include "formats/version_said.h"

/* In the order in which they were said; what stands there already is kept. */
struct products {
    VEC(struct csaf_product)
    struct dict leaves, cpes, purls;
};

/* --- statuses --------------------------------------------------------------------------------- */

static enum csaf_status of_product(str status)
{
    if (str_eq(status, S("fixed")))
        return CSAF_FIXED;
    if (str_eq(status, S("not_affected")))
        return CSAF_NOT_AFFECTED;
    return str_eq(status, S("affected")) ? CSAF_KNOWN_AFFECTED : CSAF_INVESTIGATED;
}

static enum csaf_status of_vendor(str status)
{
    if (str_eq(status, S("affected")))
        return CSAF_KNOWN_AFFECTED;
    if (str_eq(status, S("not_affected")))
        return CSAF_NOT_AFFECTED;
    return str_has_suffix(status, S("_investigating")) ? CSAF_INVESTIGATED : CSAF_UNKNOWN;
}

bool csaf_says(const struct csaf_document *d, unsigned statuses)
{
    for (size_t i = 0; i < d->nvulns; i++) {
        bool any = false;
        for (size_t k = 0; k < d->nproducts; k++)
            any |= d->vulns[i].claims[k].is && (statuses >> d->vulns[i].claims[k].status & 1);
        if (!any)
            return false;
    }
    return d->nvulns > 0;
}

/* --- the tree --------------------------------------------------------------------------------- */

static str leaf_key(struct ctx *cx, const struct csaf_product *p)
{
    return str_fmt(cx->a, "%.*s\n%.*s\n%.*s\n%.*s", SV(p->vendor), SV(p->name), SV(p->version),
                   SV(p->range));
}

/* A name that helps to recognise a product stands at one product alone (CSAF 2.1, test 6.2.32):
 * where several ranges have the same, at the first. */
static str once(struct ctx *cx, struct dict *said, str name)
{
    bool fresh = false;
    if (name.n > 0)
        (void)dict_add(cx->a, said, name, &fresh);
    return fresh ? name : NO_STR;
}

static void identify(struct ctx *cx, struct products *all, const struct json *row,
                     struct csaf_product *p)
{
    str cpe = json_get_text(row, S("cpe")), purl = json_get_text(row, S("purl"));
    if (p->range.n > 0 || p->version.n > 0) {
        cpe = cpe_of_version(cx->a, cpe, p->version);
        purl = purl_of_version(cx->a, purl, p->version);
    }
    p->cpe = once(cx, &all->cpes, cpe);
    p->purl = once(cx, &all->purls, purl);
}

/* row: what it was said in; NULL: of a vendor that names no product. */
static void add(struct ctx *cx, struct products *all, struct csaf_product p, const struct json *row)
{
    bool fresh;
    (void)dict_add(cx->a, &all->leaves, leaf_key(cx, &p), &fresh);
    if (!fresh)
        return;
    identify(cx, all, row, &p);
    p.full = str_trim(str_fmt(cx->a, "%.*s %.*s %.*s", SV(p.vendor), SV(p.name), SV(p.full)));
    p.id = str_fmt(cx->a, "CSAFPID-%04zu", all->n + 1);
    *PUSH(cx->a, all) = p;
}

/* Those of one vendor and name behind each other, where the first of them was said. */
static struct csaf_product *by_name(struct ctx *cx, const struct products *all)
{
    struct csaf_product *out = NEWS(cx->a, struct csaf_product, all->n + 1);
    size_t *group = NEWS(cx->a, size_t, all->n + 1), *from = NEWS(cx->a, size_t, all->n + 2);
    struct dict names = {0};
    for (size_t i = 0; i < all->n; i++) {
        str key = str_fmt(cx->a, "%.*s\n%.*s", SV(all->v[i].vendor), SV(all->v[i].name));
        group[i] = dict_add(cx->a, &names, key, NULL);
        from[group[i] + 1]++;
    }
    for (size_t i = 1; i < names.keys.n; i++)
        from[i] += from[i - 1];
    for (size_t i = 0; i < all->n; i++)
        out[from[group[i]]++] = all->v[i];
    return out;
}

/* The leaves of a row, which may name several versions; what no machine could compare stays part
 * of the name. */
static struct csaf_product *leaves(struct ctx *cx, enum lang lang, str vendor,
                                   const struct json *row, size_t *n)
{
    struct version_span *spans;
    str said = json_get_text(row, S("versions"));
    struct csaf_product p = {.vendor = vendor, .name = json_get_text(row, S("name"))};
    if (!versions_read(cx->a, said, &spans, n)) {
        struct csaf_product *only = NEW(cx->a, struct csaf_product);
        if (said.n > 0)
            p.name = str_fmt(cx->a, "%.*s %.*s", SV(p.name), SV(said));
        *only = p;
        *n = 1;
        return only;
    }
    struct csaf_product *all = NEWS(cx->a, struct csaf_product, *n + 1);
    for (size_t i = 0; i < *n; i++) {
        p.version = spans[i].only;
        p.range = p.version.n > 0 ? NO_STR : version_span_vers(cx->a, &spans[i]);
        p.full = version_span_text(cx->a, &spans[i], lang == LANG_JA);
        all[i] = p;
    }
    return all;
}

static void add_row(struct ctx *cx, enum lang lang, struct products *all, str vendor,
                    const struct json *row)
{
    size_t n;
    struct csaf_product *p = leaves(cx, lang, vendor, row, &n);
    for (size_t i = 0; i < n; i++)
        add(cx, all, p[i], row);
}

/* Of a vendor that names no product; false: it says nothing that this version of CSAF can say. */
static bool whole(const struct csaf_document *d, enum lang lang, const struct portal_vendor *v,
                  struct csaf_product *out)
{
    *out = (struct csaf_product){.vendor = v->name, .name = word(lang, W_csaf_unnamed_product)};
    return json_count(v->products) == 0 && (d->v21 || of_vendor(v->status) != CSAF_UNKNOWN);
}

void csaf_fill_products(struct ctx *cx, enum lang lang, const struct portal_advisory *p,
                        struct csaf_document *d)
{
    struct products all = {0};
    struct csaf_product bare;
    for (size_t i = 0; i < p->nvendors; i++) {
        const struct portal_vendor *v = &p->vendors[i];
        for (size_t k = 0; k < json_count(v->products); k++)
            if (product_row_is_told(v->products, k, p->nvulns))
                add_row(cx, lang, &all, v->name, json_at(v->products, k));
        if (whole(d, lang, v, &bare))
            add(cx, &all, bare, NULL);
    }
    d->products = by_name(cx, &all);
    d->nproducts = all.n;
}

/* --- what is said of them ---------------------------------------------------------------------- */

struct claims {
    struct ctx *cx;
    enum lang lang;
    struct dict leaves; /* of the document's products, by their place */
    struct csaf_claim *v;
};

/* What was said first counts. */
static void claim(struct claims *x, const struct csaf_product *of, struct csaf_claim c)
{
    size_t at;
    if (dict_find(&x->leaves, leaf_key(x->cx, of), &at) && !x->v[at].is)
        x->v[at] = c;
}

static void claim_row(struct claims *x, str vendor, const struct json *row)
{
    size_t n;
    const struct csaf_product *p = leaves(x->cx, x->lang, vendor, row, &n);
    struct csaf_claim c = {.is = true,
                           .status = of_product(json_get_text(row, S("status"))),
                           .flag = json_get_text(row, S("flag")),
                           .row = row};
    for (size_t i = 0; i < n; i++)
        claim(x, &p[i], c);
}

const struct csaf_claim *csaf_claims(struct ctx *cx, enum lang lang,
                                     const struct portal_advisory *p, i64 vulnerability,
                                     const struct csaf_document *d)
{
    struct claims x = {
        .cx = cx, .lang = lang, .v = NEWS(cx->a, struct csaf_claim, d->nproducts + 1)};
    struct csaf_product bare;
    for (size_t i = 0; i < d->nproducts; i++)
        (void)dict_add(cx->a, &x.leaves, leaf_key(cx, &d->products[i]), NULL);
    for (size_t i = 0; i < p->nvendors; i++) {
        const struct portal_vendor *v = &p->vendors[i];
        for (int of_all = 0; of_all < 2; of_all++) /* what is said of it alone stands first */
            for (size_t k = 0; k < json_count(v->products); k++)
                if ((product_row_about(json_at(v->products, k)) == 0) == of_all &&
                    product_row_holds(v->products, k, vulnerability))
                    claim_row(&x, v->name, json_at(v->products, k));
        if (whole(d, lang, v, &bare))
            claim(&x, &bare, (struct csaf_claim){.is = true, .status = of_vendor(v->status)});
    }
    return x.v;
}

/* --- references ------------------------------------------------------------------------------- */

struct links {
    VEC(struct csaf_link)
};

static void link_to(struct ctx *cx, struct links *all, bool self, str summary, str url)
{
    for (size_t i = 0; i < all->n; i++)
        if (str_eq(all->v[i].url, url))
            return;
    *PUSH(cx->a, all) = (struct csaf_link){self, summary, url};
}

static bool ends_address(char c)
{
    return (unsigned char)c <= ' ' || c == ')' || c == '>' || c == '"' || c == '|' ||
           (unsigned char)c >= 0x80;
}

/* Each address of a Markdown text, with the words of its line. */
static void link_text(struct ctx *cx, struct links *all, str text)
{
    while (text.n > 0) {
        str line = str_cut(&text, '\n');
        ptrdiff_t at = str_find(line, S("http"));
        if (at < 0)
            continue;
        str url = str_from(line, (size_t)at);
        bool web = str_has_prefix(url, S("https://")) || str_has_prefix(url, S("http://"));
        size_t n = 0;
        while (n < url.n && !ends_address(url.p[n]))
            n++;
        str plain = csaf_plain(cx, line);
        if (str_has_prefix(plain, S("- ")))
            plain = str_from(plain, 2);
        ptrdiff_t open = str_find(plain, S(" (http"));
        if (open > 0)
            plain = str_sub(plain, 0, (size_t)open);
        if (web)
            link_to(cx, all, false, plain, str_sub(url, 0, n));
    }
}

void csaf_fill_links(struct ctx *cx, enum lang lang, const struct portal_advisory *p, str page,
                     str original, struct csaf_document *d)
{
    struct links all = {0};
    str file = csaf_path(cx, p->line.number, lang, d->published, d->v21);
    if (lang != LANG_JA)
        link_to(cx, &all, false, word(lang, W_csaf_original), original);
    link_to(cx, &all, true, word(lang, W_csaf_self),
            str_fmt(cx->a, "%.*s/%.*s", SV(cx->app->public_url), SV(file)));
    link_to(cx, &all, true, word(lang, W_csaf_page), page);
    for (size_t i = 0; i < p->nvendors; i++)
        if (p->vendors[i].url.n > 0)
            link_to(cx, &all, false,
                    words_csaf_vendor_page(cx->a, lang, .vendor = p->vendors[i].name),
                    p->vendors[i].url);
    link_text(cx, &all, p->section[SECTION_REFERENCES]);
    d->links = all.v;
    d->nlinks = all.n;
}
