/* csaf_61_products.c - mandatory tests: ids of products and groups are defined, once. */
#include "formats/csaf_check.h"

/* 6.1.1 */
void csaf_product_undefined(struct csaf_check *c)
{
    const struct csaf_index *x = c->index;
    for (size_t i = 0; i < x->product_refs.n; i++) {
        const struct csaf_ref *r = &x->product_refs.v[i];
        if (x->product_at[r->number] == 0 && (x->extended == NULL || !x->extended[r->number]))
            csaf_found(c, r->node, S("product_undefined"), json_text(r->node), NO_STR, NO_STR);
    }
}

/* 6.1.2 */
void csaf_product_twice(struct csaf_check *c)
{
    const struct csaf_index *x = c->index;
    for (size_t i = 0; i < x->products.n; i++) {
        const struct csaf_product *p = &x->products.v[i];
        if (p->number != CSAF_NO_NUMBER && x->product_at[p->number] != i + 1)
            csaf_found(c, p->node, S("product_twice"), json_text(p->node), NO_STR, NO_STR);
    }
}

/* 6.1.4 */
void csaf_group_undefined(struct csaf_check *c)
{
    const struct csaf_index *x = c->index;
    for (size_t i = 0; i < x->group_refs.n; i++) {
        const struct csaf_ref *r = &x->group_refs.v[i];
        if (x->group_at[r->number] == 0)
            csaf_found(c, r->node, S("group_undefined"), json_text(r->node), NO_STR, NO_STR);
    }
}

/* 6.1.5 */
void csaf_group_twice(struct csaf_check *c)
{
    const struct csaf_index *x = c->index;
    for (size_t i = 0; i < x->groups.n; i++) {
        const struct csaf_product_group *g = &x->groups.v[i];
        if (x->group_at[g->number] != i + 1)
            csaf_found(c, g->node, S("group_twice"), json_text(g->node), NO_STR, NO_STR);
    }
}
