/* csaf_remarks.c - what can be done about products, and why others are not affected. */
#include "app/csaf_own.h"

#include "app/tables.h"
#include "base/dict.h"
#include "base/vec.h"

struct remarks {
    struct ctx *cx;
    enum lang lang;
    const struct csaf_document *d;
    const struct portal_advisory *p;
    const struct csaf_vulnerability *of;
    str solution; /* Markdown of the advisory; empty: none */
    VEC(struct csaf_remark)
};

bool csaf_remedy_of(const struct csaf_claim *c, enum remedy *out)
{
    return remedy_find(json_get_text(c->row, S("remedy")), out);
}

/* --- of products whose vendor did not say ----------------------------------------------------- */

static enum remedy guess(const struct remarks *x)
{
    enum remedy r;
    return remedy_guess(x->cx->a, x->solution, &r) ? r : REMEDY_MITIGATION;
}

/* NULL: this version has no such remediation. */
static const char *category(const struct remarks *x, enum remedy r)
{
    str name = x->d->v21 ? remedy_name(r) : x->cx->app->tables->remedies.v[r].csaf20;
    return name.n > 0 ? str_to_z(x->cx->a, name) : NULL;
}

/* NULL: every product, because no vendor said what can be done. */
static const str *silent(const struct remarks *x, size_t *n)
{
    str *ids = NEWS(x->cx->a, str, x->d->nproducts + 1);
    bool any = false;
    *n = 0;
    for (size_t i = 0; i < x->d->nproducts; i++) {
        enum remedy r;
        if (csaf_remedy_of(&x->of->claims[i], &r))
            any = true;
        else
            ids[(*n)++] = x->d->products[i].id;
    }
    return any ? ids : NULL;
}

static void general(struct remarks *x)
{
    bool any = x->solution.n > 0;
    struct csaf_remark r = {.category = any ? category(x, guess(x)) : "none_available",
                            .of = CSAF_KNOWN_AFFECTED,
                            .text = any ? csaf_plain(x->cx, x->solution)
                                        : word(x->lang, W_csaf_no_remedy)};
    r.ids = silent(x, &r.nids);
    *PUSH(x->cx->a, x) = r;
    for (size_t i = 0; i < x->p->nvendors && any; i++) {
        const struct portal_vendor *v = &x->p->vendors[i];
        r.vendor = v->name;
        r.text = words_csaf_vendor_page(x->cx->a, x->lang, .vendor = v->name);
        r.url = v->url;
        if (v->url.n > 0)
            *PUSH(x->cx->a, x) = r;
    }
}

/* --- as vendors said -------------------------------------------------------------------------- */

static opt_i64 day_of(const struct csaf_claim *c)
{
    opt_i64 at = {0};
    at.is = time_parse(json_get_text(c->row, S("remedy_date")), zone_tokyo, &at.v);
    return at;
}

/* Its own page, else that of its vendor, which speaks of what solves. */
static str page_of(const struct remarks *x, size_t at, enum remedy r)
{
    str own = json_get_text(x->of->claims[at].row, S("remedy_url"));
    for (size_t i = 0; i < x->p->nvendors && own.n == 0 && remedy_solves(r); i++)
        if (str_eq(x->p->vendors[i].name, x->d->products[at].vendor))
            own = x->p->vendors[i].url;
    return own;
}

/* The same for all products that can be told of at once; page: where to read of it, or absent. */
static str remark_key(const struct remarks *x, size_t at, enum remedy r, str page)
{
    const struct csaf_claim *c = &x->of->claims[at];
    opt_i64 day = page.n > 0 ? (opt_i64){0} : day_of(c);
    return str_fmt(x->cx->a, "%d %d %d %lld %.*s\n%.*s", (int)r, (int)c->status, day.is,
                   (long long)day.v, SV(page.n > 0 ? x->d->products[at].vendor : S("")), SV(page));
}

static str text_of(const struct remarks *x, const struct csaf_product *p, enum remedy r, str page)
{
    int words = x->lang == LANG_JA ? LANG_JA_AT : LANG_EN_AT;
    if (page.n > 0)
        return words_csaf_vendor_page(x->cx->a, x->lang, .vendor = p->vendor);
    if (remedy_solves(r) && r != REMEDY_OPTIONAL_PATCH && x->solution.n > 0)
        return csaf_plain(x->cx, x->solution);
    return x->cx->app->tables->remedies.v[r].says[words];
}

/* Products of which the same is told, by the number of its key. */
struct group {
    VEC(str)
};

struct groups {
    struct dict keys;
    VEC(struct group)
};

/* Tells it, unless that was told of others; pages: where to read of it. */
static void of_product(struct remarks *x, struct groups *groups, size_t at, bool pages)
{
    const struct csaf_claim *c = &x->of->claims[at];
    enum remedy r;
    bool fresh;
    if (!csaf_remedy_of(c, &r) || category(x, r) == NULL)
        return;
    str page = pages ? page_of(x, at, r) : NO_STR;
    if (pages && page.n == 0)
        return;
    size_t group = dict_add(x->cx->a, &groups->keys, remark_key(x, at, r, page), &fresh);
    if (fresh) {
        *PUSH(x->cx->a, groups) = (struct group){0};
        *PUSH(x->cx->a, x) = (struct csaf_remark){.category = category(x, r),
                                                  .of = c->status,
                                                  .text = text_of(x, &x->d->products[at], r, page),
                                                  .url = page,
                                                  .at = pages ? (opt_i64){0} : day_of(c)};
    }
    *PUSH(x->cx->a, &groups->v[group]) = x->d->products[at].id;
}

static void as_said(struct remarks *x, bool pages)
{
    struct groups groups = {0};
    size_t before = x->n;
    for (size_t i = 0; i < x->d->nproducts; i++)
        of_product(x, &groups, i, pages);
    for (size_t i = 0; i < groups.n; i++) {
        x->v[before + i].ids = groups.v[i].v;
        x->v[before + i].nids = groups.v[i].n;
    }
}

/* --- why not ---------------------------------------------------------------------------------- */

/* Where the vendor wrote nothing, of its products without a flag, which says it to programs. */
static struct csaf_remark reason(const struct remarks *x, const struct portal_vendor *vendor)
{
    bool wrote = vendor->statement.n > 0;
    static const str none[1];
    struct group ids = {0};
    struct csaf_remark r = {.category = "impact",
                            .of = CSAF_NOT_AFFECTED,
                            .vendor = vendor->name,
                            .text = wrote ? csaf_plain(x->cx, vendor->statement)
                                          : word(x->lang, W_csaf_not_affected)};
    if (wrote)
        return r;
    for (size_t i = 0; i < x->d->nproducts; i++)
        if (x->of->claims[i].flag.n == 0 && str_eq(x->d->products[i].vendor, vendor->name))
            *PUSH(x->cx->a, &ids) = x->d->products[i].id;
    r.ids = ids.n > 0 ? ids.v : none;
    r.nids = ids.n;
    return r;
}

void csaf_fill_remarks(struct ctx *cx, enum lang lang, const struct portal_advisory *p,
                       const struct csaf_document *d, struct csaf_vulnerability *v)
{
    struct csaf_remark *why = NEWS(cx->a, struct csaf_remark, p->nvendors + 1);
    struct remarks x = {
        .cx = cx, .lang = lang, .d = d, .p = p, .of = v, .solution = p->section[SECTION_SOLUTION]};
    general(&x);
    as_said(&x, false);
    as_said(&x, true);
    for (size_t i = 0; i < p->nvendors; i++)
        why[v->nthreats++] = reason(&x, &p->vendors[i]);
    v->remediations = x.v;
    v->nremediations = x.n;
    v->threats = why;
}
