/* csaf_61_range.c - mandatory tests: ranges of versions. */
#include "formats/csaf_check.h"
#include "formats/vers.h"

static bool is_vers(str name)
{
    return str_has_prefix(name, S("vers:"));
}

static enum err read_range(struct csaf_check *c, str name, struct vers *out, str *why)
{
    return is_vers(name) ? vers_read(c->a, name, out, why) : vls_read(c->a, name, out, why);
}

typedef void look(struct csaf_check *c, const struct json *node, str name);

static void each_range(struct csaf_check *c, look *fn)
{
    const struct csaf_index *x = c->index;
    for (size_t i = 0; i < x->branches.n; i++) {
        const struct csaf_branch *b = &x->branches.v[i];
        if (b->name.p != NULL && str_eq(b->category, S("product_version_range")))
            fn(c, json_get(b->branch, S("name")), b->name);
    }
}

static void check_range(struct csaf_check *c, const struct json *node, str name)
{
    struct vers r;
    str why;
    if (read_range(c, name, &r, &why) != OK)
        csaf_found(c, node, is_vers(name) ? S("vers_wrong") : S("vls_wrong"), name, why, NO_STR);
    else if (is_vers(name) && r.cmp == NULL && !r.star && !r.none)
        csaf_warn(c, node, S("vers_order_unknown"), r.type);
}

/* 6.1.50 */
void csaf_range_wrong(struct csaf_check *c)
{
    each_range(c, check_range);
}

static void check_single(struct csaf_check *c, const struct json *node, str name)
{
    struct vers r;
    str why;
    if (read_range(c, name, &r, &why) == OK && vers_is_single(&r))
        csaf_found(c, node, S("range_single"), name, NO_STR, NO_STR);
}

/* 6.1.59 */
void csaf_range_single(struct csaf_check *c)
{
    each_range(c, check_single);
}
