/* csaf_marks.c - bits on products and groups: sets that are emptied at no cost. */
#include "formats/csaf_check.h"

struct csaf_marks csaf_marks_new(const struct csaf_check *c)
{
    return (struct csaf_marks){
        .product = NEWS(c->a, struct csaf_mark, c->index->product_ids.keys.n + 1),
        .group = NEWS(c->a, struct csaf_mark, c->index->group_ids.keys.n + 1),
        .stamp = 1,
    };
}

void csaf_marks_clear(struct csaf_marks *m)
{
    m->stamp++;
}

/* The bits were not there yet. */
static bool add(const struct csaf_marks *m, struct csaf_mark *mark, uint32_t bits)
{
    uint32_t before = mark->stamp == m->stamp ? mark->bits : 0;
    *mark = (struct csaf_mark){m->stamp, before | bits};
    return (bits & ~before) != 0;
}

uint32_t csaf_marks_of(const struct csaf_marks *m, uint32_t product)
{
    return m->product[product].stamp == m->stamp ? m->product[product].bits : 0;
}

void csaf_mark_product(struct csaf_marks *m, uint32_t product, uint32_t bits)
{
    (void)add(m, &m->product[product], bits);
}

uint32_t csaf_product_next(const struct csaf_index *x, const struct json *id, uint32_t last)
{
    size_t number;
    str text = json_text(id);
    bool known =
        text.p != NULL && dict_find_near(&x->product_ids, text, (uint32_t)(last + 1), &number);
    return known ? (uint32_t)number : CSAF_NO_NUMBER;
}

uint32_t csaf_product_number(const struct csaf_index *x, const struct json *id)
{
    return csaf_product_next(x, id, CSAF_NO_NUMBER);
}

uint32_t csaf_group_number(const struct csaf_index *x, const struct json *id)
{
    size_t number;
    str text = json_text(id);
    return text.p != NULL && dict_find(&x->group_ids, text, &number) ? (uint32_t)number
                                                                     : CSAF_NO_NUMBER;
}

const struct csaf_product_group *csaf_group_at(const struct csaf_index *x, uint32_t number)
{
    if (number == CSAF_NO_NUMBER || x->group_at[number] == 0)
        return NULL;
    return &x->groups.v[x->group_at[number] - 1];
}

static void mark_list(const struct csaf_check *c, struct csaf_marks *m, const struct json *list,
                      uint32_t bits)
{
    uint32_t number = CSAF_NO_NUMBER;
    EACH (id, list) {
        number = csaf_product_next(c->index, id, number);
        if (number != CSAF_NO_NUMBER)
            csaf_mark_product(m, number, bits);
    }
}

void csaf_mark_element(const struct csaf_check *c, struct csaf_marks *m, const struct json *element,
                       uint32_t bits)
{
    mark_list(c, m, json_get(element, S("product_ids")), bits);
    mark_list(c, m, json_get(element, S("products")), bits);
    EACH (id, json_get(element, S("group_ids"))) {
        uint32_t number = csaf_group_number(c->index, id);
        const struct csaf_product_group *g = csaf_group_at(c->index, number);
        if (g == NULL || !add(m, &m->group[number], bits))
            continue;
        const uint32_t *products = csaf_group_products(c->index, g);
        for (uint32_t i = 0; i < g->n; i++)
            csaf_mark_product(m, products[i], bits);
    }
}
