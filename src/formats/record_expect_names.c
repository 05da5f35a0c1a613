/* record_expect_names.c - the CPE names and package URLs that each format must say. */
#include "formats/record_said_own.h"

#include "base/dict.h"
#include "formats/identifier.h"
#include "formats/version_said.h"

struct naming {
    struct arena *a;
    struct said_list *to;
    struct dict leaves, names; /* what stands there already */
};

static void add(struct naming *x, const struct said_product *p, str id)
{
    str line = said_product_line(x->a, p);
    if (id.n > 0)
        *PUSH(x->a, x->to) = str_fmt(x->a, "%.*s = %.*s", SV(line), SV(id));
}

static bool is_new(struct naming *x, struct dict *d, str key)
{
    bool fresh;
    (void)dict_add(x->a, d, key, &fresh);
    return fresh;
}

/* --- CSAF: a name stands at one product alone ------------------------------------------------- */

static void add_leaf(struct naming *x, const struct said_product *p, str cpe, str purl)
{
    if (!is_new(x, &x->leaves, said_product_line(x->a, p)))
        return;
    if (cpe.n > 0 && is_new(x, &x->names, cpe))
        add(x, p, cpe);
    if (purl.n > 0 && is_new(x, &x->names, purl))
        add(x, p, purl);
}

static void add_leaves(struct naming *x, const struct said_product *row)
{
    struct said_product p = *row;
    struct version_span *spans;
    size_t n;
    p.versions = S("");
    if (row->versions.n == 0 || !versions_read(x->a, row->versions, &spans, &n)) {
        if (row->versions.n > 0)
            p.name = str_fmt(x->a, "%.*s %.*s", SV(row->name), SV(row->versions));
        add_leaf(x, &p, row->cpe, row->purl);
        return;
    }
    for (size_t i = 0; i < n; i++) {
        const struct version_span *s = &spans[i];
        p.versions =
            s->only.n > 0 ? s->only : said_range(x->a, s->from, s->from_in, s->to, s->to_in);
        add_leaf(x, &p, cpe_of_version(x->a, row->cpe, s->only),
                 purl_of_version(x->a, row->purl, s->only));
    }
}

/* --- CVE: names as they were given, and one package URL a product ------------------------------ */

static void add_record(struct naming *x, const struct record_said *page, str cve, bool urls)
{
    struct dict had = {0};
    for (int own = 1; own >= 0; own--)
        for (size_t i = 0; i < page->products.n; i++) {
            struct said_product p = page->products.v[i];
            bool holds = false;
            for (size_t k = 0; k < p.holds.n; k++)
                holds |= str_eq(p.holds.v[k], cve);
            p.versions = S("");
            if (p.own != own || !holds)
                continue;
            add(x, &p, p.cpe);
            if (urls && p.purl.n > 0 && is_new(x, &had, said_product_line(x->a, &p)))
                add(x, &p, purl_of_product(x->a, p.purl));
        }
}

/* --- the rest: the product's CPE name of 2.2 ---------------------------------------------------- */

static void add_whole(struct naming *x, const struct said_product *row, enum said_format f)
{
    struct said_product p = *row;
    bool rss = f == SAID_JVNRSS_3 || f == SAID_JVNRSS_2 || f == SAID_JVNRSS_OWN;
    p.versions = S("");
    if (!rss || p.status == SAID_AFFECTED)
        add(x, &p, cpe_of_product(x->a, p.cpe));
}

void said_expect_identifiers(struct arena *a, const struct record_said *page, enum said_format f,
                             const struct said_hints *hints, struct said_list *to)
{
    struct naming x = {.a = a, .to = to};
    for (size_t i = 0; i < page->field[SAID_CVES].n && f == SAID_CVE; i++)
        add_record(&x, page, page->field[SAID_CVES].v[i], hints->cve_52);
    for (size_t i = 0; i < page->products.n && f != SAID_CVE; i++) {
        const struct said_product *p = &page->products.v[i];
        if (f == SAID_CSAF_2_0 || f == SAID_CSAF_2_1) {
            add_leaves(&x, p);
        } else if (f == SAID_PAGE) {
            add(&x, p, p->cpe);
            add(&x, p, p->purl);
        } else {
            add_whole(&x, p, f);
        }
    }
}
