/* csaf_62_ranges.c - recommended and informative tests of the branches of the product tree. */
#include "formats/csaf_62.h"
#include "formats/vers.h"

static const struct json *name_of(const struct csaf_branch *b)
{
    return json_get(b->branch, S("name"));
}

static bool is_range(const struct csaf_branch *b)
{
    return str_eq(b->category, S("product_version_range")) && b->name.p != NULL;
}

/* vers: and a type with something behind it, as the standard's own pattern says. */
static bool looks_like_vers(str s)
{
    if (!str_has_prefix(s, S("vers:")))
        return false;
    s = str_from(s, 5);
    size_t n = 0;
    while (n < s.n && ((s.p[n] >= 'a' && s.p[n] <= 'z') || s.p[n] == '.' || s.p[n] == '-' ||
                       s.p[n] == '+' || (n > 0 && s.p[n] >= '0' && s.p[n] <= '9')))
        n++;
    return n > 0 && n + 1 < s.n && s.p[n] == '/';
}

/* 6.2.18 */
void csaf_range_without_vers(struct csaf_check *c)
{
    for (size_t i = 0; i < c->index->branches.n; i++) {
        const struct csaf_branch *b = &c->index->branches.v[i];
        if (is_range(b) && !looks_like_vers(b->name))
            csaf_found(c, name_of(b), S("range_without_vers"), b->name, NO_STR, NO_STR);
    }
}

/* 6.2.48 */
void csaf_vendor_open_source(struct csaf_check *c)
{
    for (size_t i = 0; i < c->index->branches.n; i++) {
        const struct csaf_branch *b = &c->index->branches.v[i];
        if (str_eq(b->category, S("vendor")) && b->name.p != NULL &&
            str_eq_nocase(csaf_solid(c->a, b->name), S("opensource")))
            csaf_found(c, name_of(b), S("vendor_open_source"), b->name, NO_STR, NO_STR);
    }
}

/* A vers, or else a vls. */
static bool read_range(struct csaf_check *c, const struct csaf_branch *b, struct vers *out)
{
    str why;
    if (!is_range(b))
        return false;
    if (str_has_prefix(b->name, S("vers:")))
        return vers_read(c->a, b->name, out, &why) == OK;
    return vls_read(c->a, b->name, out, &why) == OK;
}

/* 6.2.49 */
void csaf_range_open(struct csaf_check *c)
{
    for (size_t i = 0; i < c->index->branches.n; i++) {
        const struct csaf_branch *b = &c->index->branches.v[i];
        struct vers r;
        if (read_range(c, b, &r) && vers_is_open(&r))
            csaf_found(c, name_of(b), S("range_open"), b->name, NO_STR, NO_STR);
    }
}

/* 6.2.51 */
void csaf_range_type_unknown(struct csaf_check *c)
{
    for (size_t i = 0; i < c->index->branches.n; i++) {
        const struct csaf_branch *b = &c->index->branches.v[i];
        if (!is_range(b) || !looks_like_vers(b->name))
            continue;
        str rest = str_from(b->name, 5), type = str_cut(&rest, '/');
        bool special = str_eq(type, S("all")) || str_eq(type, S("none"));
        if (!vers_type_registered(type))
            csaf_found(c, name_of(b), S("range_type_unregistered"), type, NO_STR, NO_STR);
        else if (!special && vers_order(type) == NULL)
            csaf_found(c, name_of(b), S("range_type_unsupported"), type, NO_STR, NO_STR);
    }
}

/* 6.3.10 */
void csaf_range_used(struct csaf_check *c)
{
    for (size_t i = 0; i < c->index->branches.n; i++) {
        const struct csaf_branch *b = &c->index->branches.v[i];
        if (str_eq(b->category, S("product_version_range")))
            csaf_found(c, json_get(b->branch, S("category")), S("range_used"), b->name, NO_STR,
                       NO_STR);
    }
}

/* 6.3.11 */
void csaf_version_with_v(struct csaf_check *c)
{
    for (size_t i = 0; i < c->index->branches.n; i++) {
        const struct csaf_branch *b = &c->index->branches.v[i];
        str s = b->name;
        if (str_eq(b->category, S("product_version")) && s.n > 1 &&
            (s.p[0] == 'v' || s.p[0] == 'V') && s.p[1] >= '0' && s.p[1] <= '9')
            csaf_found(c, name_of(b), S("version_with_v"), s, NO_STR, NO_STR);
    }
}

/* How far a path has come: vendor, product name, product version, in this order. */
static unsigned next_level(unsigned level, str category)
{
    static const str order[] = {S_INIT("vendor"), S_INIT("product_name"),
                                S_INIT("product_version")};
    return level < COUNT(order) && str_eq(category, order[level]) ? level + 1 : level;
}

/* 6.3.9 */
void csaf_branch_categories(struct csaf_check *c)
{
    const struct csaf_index *x = c->index;
    unsigned *level = NEWS(c->a, unsigned, x->branches.n + 1);
    for (size_t i = 0; i < x->branches.n; i++) {
        const struct csaf_branch *b = &x->branches.v[i];
        unsigned above = b->parent == CSAF_NO_NUMBER ? 0 : level[b->parent];
        level[i] = next_level(above, b->category);
        const struct json *product = json_get(b->branch, S("product"));
        if (product != NULL && level[i] < 3)
            csaf_found(c, product, S("branch_categories"), json_get_text(product, S("product_id")),
                       NO_STR, NO_STR);
    }
}
