/* csaf_61_products.c - mandatory tests: ids of products and groups are defined, once. */
#include "formats/csaf_check.h"

/* Uses of ids that have no place of definition. */
static void undefined(struct csaf_check *c, const struct csaf_uses *uses, const uint32_t *at,
                      const bool *extended, str word)
{
    for (size_t i = 0; i < uses->runs.n; i++) {
        const struct csaf_run *r = &uses->runs.v[i];
        const uint32_t *number = &uses->numbers.v[r->first];
        for (uint32_t k = 0; k < r->n; k++)
            if (at[number[k]] == 0 && (extended == NULL || !extended[number[k]]))
                csaf_found(c, &r->nodes[k], word, json_text(&r->nodes[k]), NO_STR, NO_STR);
    }
}

/* 6.1.1 */
void csaf_product_undefined(struct csaf_check *c)
{
    const struct csaf_index *x = c->index;
    undefined(c, &x->product_uses, x->product_at, x->extended, S("product_undefined"));
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
    undefined(c, &c->index->group_uses, c->index->group_at, NULL, S("group_undefined"));
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
