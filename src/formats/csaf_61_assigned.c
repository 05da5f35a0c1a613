/* csaf_61_assigned.c - mandatory tests: statements name their products, and products have the
 * statements that they need. */
#include "formats/csaf_check.h"

/* Items of a list of the vulnerabilities that name neither products nor groups. */
static void unassigned(struct csaf_check *c, str list, str word)
{
    EACH (v, c->index->vulnerabilities)
        EACH (item, json_get(v, list))
            if (json_get(item, S("product_ids")) == NULL && json_get(item, S("group_ids")) == NULL)
                csaf_found(c, item, word, NO_STR, NO_STR, NO_STR);
}

/* 6.1.29 */
void csaf_remedy_unassigned(struct csaf_check *c)
{
    unassigned(c, S("remediations"), S("remedy_unassigned"));
}

/* 6.1.32 */
void csaf_flag_unassigned(struct csaf_check *c)
{
    unassigned(c, S("flags"), S("flag_unassigned"));
}

static const str justifications[] = {
    S_INIT("component_not_present"),
    S_INIT("vulnerable_code_not_present"),
    S_INIT("vulnerable_code_not_in_execute_path"),
    S_INIT("vulnerable_code_cannot_be_controlled_by_adversary"),
    S_INIT("inline_mitigations_already_exist"),
};

static bool is_justification(str label)
{
    for (size_t i = 0; i < COUNT(justifications); i++)
        if (str_eq(label, justifications[i]))
            return true;
    return false;
}

struct flags {
    struct csaf_check *c;
    struct csaf_marks m; /* bits: the place of the flag that came first, plus 1 */
    const struct json *flag;
    uint32_t at;
};

/* The product has a justification by now: by another flag than this?  */
static bool flagged(struct flags *f, struct csaf_mark *mark)
{
    bool before = mark->stamp == f->m.stamp && mark->bits != f->at;
    if (mark->stamp != f->m.stamp)
        *mark = (struct csaf_mark){f->m.stamp, f->at};
    return before;
}

static void flag_found(struct flags *f, const struct json *node, str product)
{
    csaf_found(f->c, node, S("flags_many"), product, json_get_text(f->flag, S("label")), NO_STR);
}

/* A group that had a flag before is not opened again: all its products have two now. */
static void flag_group(struct flags *f, const struct json *node)
{
    const struct csaf_index *x = f->c->index;
    uint32_t number = csaf_group_number(x, node);
    const struct csaf_product_group *g = csaf_group_at(x, number);
    if (g == NULL || g->n == 0)
        return;
    const uint32_t *products = csaf_group_products(x, g);
    if (f->m.group[number].stamp == f->m.stamp) {
        if (flagged(f, &f->m.group[number]))
            flag_found(f, node, x->product_ids.keys.v[products[0]]);
        return;
    }
    (void)flagged(f, &f->m.group[number]);
    str first = NO_STR;
    for (uint32_t i = 0; i < g->n; i++)
        if (flagged(f, &f->m.product[products[i]]) && first.p == NULL)
            first = x->product_ids.keys.v[products[i]];
    if (first.p != NULL)
        flag_found(f, node, first);
}

static void flag_products(struct flags *f)
{
    EACH (id, json_get(f->flag, S("product_ids"))) {
        uint32_t number = csaf_product_number(f->c->index, id);
        if (number != CSAF_NO_NUMBER && flagged(f, &f->m.product[number]))
            flag_found(f, id, json_text(id));
    }
    EACH (id, json_get(f->flag, S("group_ids")))
        flag_group(f, id);
}

/* 6.1.33 */
void csaf_flags_many(struct csaf_check *c)
{
    struct flags f = {.c = c};
    EACH (v, c->index->vulnerabilities) {
        const struct json *flags = json_get(v, S("flags"));
        if (csaf_nitems(flags) > 0 && f.m.product == NULL)
            f.m = csaf_marks_new(c);
        csaf_marks_clear(&f.m);
        f.at = 0;
        EACH (flag, flags) {
            f.at++;
            f.flag = flag;
            if (is_justification(json_get_text(flag, S("label"))))
                flag_products(&f);
        }
    }
}

/* Products of a status list that have no mark. */
static void unmarked(struct csaf_check *c, const struct csaf_marks *m, const struct json *list,
                     str word)
{
    EACH (id, list) {
        uint32_t number = csaf_product_number(c->index, id);
        if (number != CSAF_NO_NUMBER && csaf_marks_of(m, number) == 0)
            csaf_found(c, id, word, json_text(id), NO_STR, NO_STR);
    }
}

static bool is_vex(const struct csaf_check *c)
{
    return str_eq(c->index->category, S("csaf_vex"));
}

/* 6.1.27.9 */
void csaf_vex_impact(struct csaf_check *c)
{
    if (!is_vex(c))
        return;
    struct csaf_marks m = csaf_marks_new(c);
    EACH (v, c->index->vulnerabilities) {
        csaf_marks_clear(&m);
        EACH (flag, json_get(v, S("flags")))
            csaf_mark_element(c, &m, flag, 1);
        EACH (threat, json_get(v, S("threats")))
            if (str_eq(json_get_text(threat, S("category")), S("impact")))
                csaf_mark_element(c, &m, threat, 1);
        unmarked(c, &m, csaf_at(v, "product_status", "known_not_affected", NULL), S("vex_impact"));
    }
}

/* 6.1.27.10 */
void csaf_vex_action(struct csaf_check *c)
{
    if (!is_vex(c))
        return;
    struct csaf_marks m = csaf_marks_new(c);
    EACH (v, c->index->vulnerabilities) {
        csaf_marks_clear(&m);
        EACH (remediation, json_get(v, S("remediations")))
            csaf_mark_element(c, &m, remediation, 1);
        unmarked(c, &m, csaf_at(v, "product_status", "known_affected", NULL), S("vex_action"));
    }
}

/* An id of the vulnerability holds for all its products. */
static bool has_general_id(const struct json *v)
{
    EACH (id, json_get(v, S("ids")))
        if (json_get(id, S("product_ids")) == NULL && json_get(id, S("group_ids")) == NULL)
            return true;
    return json_get(v, S("cve")) != NULL;
}

/* 6.1.27.8: since 2.1 ids may hold for some products alone. */
void csaf_vex_id(struct csaf_check *c)
{
    if (!is_vex(c))
        return;
    struct csaf_marks m = csaf_marks_new(c);
    EACH (v, c->index->vulnerabilities) {
        const struct json *ids = json_get(v, S("ids")), *status = json_get(v, S("product_status"));
        if (ids == NULL && json_get(v, S("cve")) == NULL)
            csaf_found(c, v, S("vex_id"), NO_STR, NO_STR, NO_STR);
        if (ids == NULL || has_general_id(v) || c->version == CSAF_2_0)
            continue;
        csaf_marks_clear(&m);
        EACH (id, ids)
            csaf_mark_element(c, &m, id, 1);
        for (size_t i = 0; i < json_count(status); i++)
            unmarked(c, &m, json_value(status, i), S("vex_id_product"));
    }
}
