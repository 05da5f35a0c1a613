/* csaf_61_status.c - mandatory tests: what a vulnerability says of products does not contradict
 * itself. */
#include "formats/csaf_check.h"

enum { AFFECTED = 1, NOT_AFFECTED = 2, FIXED = 4, INVESTIGATED = 8, UNKNOWN = 16 };

/* The status groups; `recommended` belongs to none. */
static const uint32_t status_group[CSAF_STATUSES] = {
    [CSAF_FIRST_AFFECTED] = AFFECTED,
    [CSAF_FIRST_FIXED] = FIXED,
    [CSAF_FIXED] = FIXED,
    [CSAF_KNOWN_AFFECTED] = AFFECTED,
    [CSAF_KNOWN_NOT_AFFECTED] = NOT_AFFECTED,
    [CSAF_LAST_AFFECTED] = AFFECTED,
    [CSAF_UNDER_INVESTIGATION] = INVESTIGATED,
    [CSAF_UNKNOWN] = UNKNOWN,
};

static uint32_t group_of(const struct csaf_check *c, enum csaf_use use)
{
    if (use >= CSAF_STATUSES || (use == CSAF_UNKNOWN && c->version == CSAF_2_0))
        return 0;
    return status_group[use];
}

static str group_name(uint32_t bits)
{
    if (bits & AFFECTED)
        return S("affected");
    if (bits & NOT_AFFECTED)
        return S("not affected");
    if (bits & FIXED)
        return S("fixed");
    return bits & INVESTIGATED ? S("under investigation") : S("unknown");
}

/* The products of a list of a status have that group now. */
static void give_status(struct csaf_check *c, struct csaf_marks *m, const struct csaf_run *run,
                        uint32_t group)
{
    const uint32_t *number = c->index->product_uses.numbers.v + run->first;
    for (uint32_t i = 0; i < run->n; i++) {
        uint32_t others = csaf_marks_of(m, number[i]) & ~group;
        if (others != 0)
            csaf_found(c, &run->nodes[i], S("status_contradicts"), json_text(&run->nodes[i]),
                       group_name(group), group_name(others));
        csaf_mark_product(m, number[i], group);
    }
}

/* 6.1.6 */
void csaf_status_contradicts(struct csaf_check *c)
{
    struct csaf_marks m = csaf_marks_new(c);
    uint32_t vulnerability = CSAF_NO_VULNERABILITY;
    for (size_t i = 0; i < c->index->product_uses.runs.n; i++) {
        const struct csaf_run *run = &c->index->product_uses.runs.v[i];
        uint32_t group = group_of(c, run->use);
        if (group == 0)
            continue;
        if (run->vulnerability != vulnerability)
            csaf_marks_clear(&m);
        vulnerability = run->vulnerability;
        give_status(c, &m, run, group);
    }
}

/* Bits of the remediation categories, in the order of this list. */
static const str remedies[] = {
    S_INIT("workaround"),     S_INIT("mitigation"),     S_INIT("vendor_fix"),
    S_INIT("optional_patch"), S_INIT("none_available"), S_INIT("fix_planned"),
    S_INIT("no_fix_planned"),
};
enum {
    WORKAROUND = 1,
    MITIGATION = 2,
    VENDOR_FIX = 4,
    OPTIONAL_PATCH = 8,
    NONE_AVAILABLE = 16,
    FIX_PLANNED = 32,
    NO_FIX_PLANNED = 64,
    ALL_REMEDIES = 127
};

/* What each may not stand beside: 2.1, section 3.2.4.14.1, the first table. */
static const uint32_t remedy_excludes[] = {
    OPTIONAL_PATCH | NONE_AVAILABLE,
    OPTIONAL_PATCH | NONE_AVAILABLE,
    OPTIONAL_PATCH | NONE_AVAILABLE | FIX_PLANNED | NO_FIX_PLANNED,
    ALL_REMEDIES & ~OPTIONAL_PATCH,
    ALL_REMEDIES & ~NONE_AVAILABLE,
    ALL_REMEDIES & ~(WORKAROUND | MITIGATION | FIX_PLANNED),
    ALL_REMEDIES & ~(WORKAROUND | MITIGATION | NO_FIX_PLANNED),
};

/* Statuses that each may not be given for: the second table. */
static const uint32_t remedy_not_for[] = {
    NOT_AFFECTED | FIXED,
    NOT_AFFECTED | FIXED,
    NOT_AFFECTED | FIXED,
    AFFECTED,
    NOT_AFFECTED | FIXED,
    FIXED,
    FIXED,
};

/* Place of the remediation's category in the list, or -1. */
static int remedy_of(const struct json *remediation)
{
    str category = json_get_text(remediation, S("category"));
    for (size_t i = 0; i < COUNT(remedies); i++)
        if (str_eq(category, remedies[i]))
            return (int)i;
    return -1;
}

static str remedy_name(uint32_t bits)
{
    size_t i = 0;
    while (i + 1 < COUNT(remedies) && !(bits & 1u << i))
        i++;
    return remedies[i];
}

typedef str name_of_bits(uint32_t bits);

struct clash {
    struct csaf_check *c;
    const struct csaf_marks *marks;
    const struct json *element; /* where it is found */
    uint32_t bits;              /* that its products may not have */
    str word, category;
    name_of_bits *name;
};

static void clash_with(const struct clash *k, str product, uint32_t bits)
{
    csaf_found(k->c, k->element, k->word, product, k->category, k->name(bits));
}

/* Products of the group that have one of the bits: the first is named.  Union of the bits of a
 * group's products is kept with the group, so that groups are opened once. */
static void clash_in_group(const struct clash *k, const struct csaf_product_group *g,
                           struct csaf_mark *kept)
{
    const struct csaf_index *x = k->c->index;
    const uint32_t *products = csaf_group_products(x, g);
    if (kept->stamp != k->marks->stamp) {
        *kept = (struct csaf_mark){k->marks->stamp, 0};
        for (uint32_t i = 0; i < g->n; i++)
            kept->bits |= csaf_marks_of(k->marks, products[i]);
    }
    if (!(kept->bits & k->bits))
        return;
    for (uint32_t i = 0; i < g->n; i++) {
        uint32_t bits = csaf_marks_of(k->marks, products[i]) & k->bits;
        if (bits != 0) {
            clash_with(k, x->product_ids.keys.v[products[i]], bits);
            return;
        }
    }
}

static void clash(const struct clash *k, struct csaf_mark *kept)
{
    const struct csaf_index *x = k->c->index;
    EACH (id, json_get(k->element, S("product_ids"))) {
        uint32_t number = csaf_product_number(x, id);
        uint32_t bits = number == CSAF_NO_NUMBER ? 0 : csaf_marks_of(k->marks, number) & k->bits;
        if (bits != 0)
            clash_with(k, json_text(id), bits);
    }
    EACH (id, json_get(k->element, S("group_ids"))) {
        uint32_t number = csaf_group_number(x, id);
        const struct csaf_product_group *g = csaf_group_at(x, number);
        if (g != NULL)
            clash_in_group(k, g, &kept[number]);
    }
}

/* 6.1.35 */
void csaf_remedies_contradict(struct csaf_check *c)
{
    struct csaf_marks m = csaf_marks_new(c);
    struct csaf_mark *kept = NEWS(c->a, struct csaf_mark, c->index->group_ids.keys.n + 1);
    EACH (v, c->index->vulnerabilities) {
        const struct json *list = json_get(v, S("remediations"));
        csaf_marks_clear(&m);
        EACH (r, list)
            if (remedy_of(r) >= 0)
                csaf_mark_element(c, &m, r, 1u << remedy_of(r));
        EACH (r, list) {
            int i = remedy_of(r);
            if (i < 0)
                continue;
            clash(&(struct clash){c, &m, r, remedy_excludes[i], S("remedies_contradict"),
                                  remedies[i], remedy_name},
                  kept);
        }
    }
}

/* The statuses of the products of a vulnerability. */
static void mark_statuses(const struct csaf_check *c, struct csaf_marks *m, const struct json *v)
{
    const struct json *status = json_get(v, S("product_status"));
    csaf_marks_clear(m);
    for (size_t s = 0; s < CSAF_STATUSES; s++)
        EACH (id, json_get(status, csaf_status_name((enum csaf_use)s))) {
            uint32_t number = csaf_product_number(c->index, id);
            if (number != CSAF_NO_NUMBER)
                csaf_mark_product(m, number, status_group[s]);
        }
}

/* 6.1.36 */
void csaf_remedy_for_status(struct csaf_check *c)
{
    struct csaf_marks m = csaf_marks_new(c);
    struct csaf_mark *kept = NEWS(c->a, struct csaf_mark, c->index->group_ids.keys.n + 1);
    EACH (v, c->index->vulnerabilities) {
        mark_statuses(c, &m, v);
        EACH (r, json_get(v, S("remediations"))) {
            int i = remedy_of(r);
            if (i < 0)
                continue;
            clash(&(struct clash){c, &m, r, remedy_not_for[i], S("remedy_for_status"), remedies[i],
                                  group_name},
                  kept);
        }
    }
}
