/* csaf_write_tree.c - the product tree: vendor, product name, version or range. */
#include "formats/csaf_write_own.h"

static void put_helper(struct json_out *o, const struct csaf_document *d,
                       const struct csaf_product *p)
{
    if (p->cpe.n == 0 && p->purl.n == 0)
        return;
    json_put_key(o, S("product_identification_helper"));
    json_put_object(o);
    if (p->cpe.n > 0)
        json_put_member(o, S("cpe"), p->cpe);
    if (p->purl.n > 0 && !d->v21)
        json_put_member(o, S("purl"), p->purl);
    if (p->purl.n > 0 && d->v21) {
        json_put_key(o, S("purls"));
        json_put_array(o);
        json_put_str(o, p->purl);
        json_put_end(o);
    }
    json_put_end(o);
}

static void put_product(struct json_out *o, const struct csaf_document *d,
                        const struct csaf_product *p)
{
    json_put_key(o, S("product"));
    json_put_object(o);
    json_put_member(o, S("name"), p->full);
    json_put_member(o, S("product_id"), p->id);
    put_helper(o, d, p);
    json_put_end(o);
}

/* Members stand in the order of the alphabet (CSAF test 6.2.13): what is in a branch before its
 * name. */
static void open_branch(struct json_out *o)
{
    json_put_object(o);
    json_put_key(o, S("branches"));
    json_put_array(o);
}

static void close_branch(struct json_out *o, str category, str name)
{
    json_put_end(o);
    json_put_member(o, S("category"), category);
    json_put_member(o, S("name"), name);
    json_put_end(o);
}

static void put_leaf(struct json_out *o, const struct csaf_document *d, str category, str name,
                     const struct csaf_product *p)
{
    json_put_object(o);
    json_put_member(o, S("category"), category);
    json_put_member(o, S("name"), name);
    put_product(o, d, p);
    json_put_end(o);
}

static bool is_bare(const struct csaf_product *p)
{
    return p->version.n == 0 && p->range.n == 0;
}

/* Leaves of one name in one vendor; a bare one is itself the product's branch. */
static size_t put_name(struct json_out *o, const struct csaf_document *d, size_t at)
{
    const struct csaf_product *p = &d->products[at];
    if (is_bare(p)) {
        put_leaf(o, d, S("product_name"), p->name, p);
        return at + 1;
    }
    open_branch(o);
    for (; at < d->nproducts; at++) {
        const struct csaf_product *q = &d->products[at];
        if (!str_eq(q->vendor, p->vendor) || !str_eq(q->name, p->name) || is_bare(q))
            break;
        bool range = q->range.n > 0;
        put_leaf(o, d, range ? S("product_version_range") : S("product_version"),
                 range ? q->range : q->version, q);
    }
    close_branch(o, S("product_name"), p->name);
    return at;
}

void csaf_put_tree(struct json_out *o, const struct csaf_document *d)
{
    if (d->nproducts == 0)
        return;
    json_put_key(o, S("product_tree"));
    json_put_object(o);
    json_put_key(o, S("branches"));
    json_put_array(o);
    for (size_t at = 0; at < d->nproducts;) {
        str vendor = d->products[at].vendor;
        open_branch(o);
        while (at < d->nproducts && str_eq(d->products[at].vendor, vendor))
            at = put_name(o, d, at);
        close_branch(o, S("vendor"), vendor);
    }
    json_put_end(o);
    json_put_end(o);
}
