/* csaf_convert_tree.c - from CSAF 2.0 to 2.1: /product_tree. */
#include "formats/csaf_convert_own.h"

/* ---- categories along a path ---- */

enum {
    VENDOR = 1,
    NAME = 2,
    FAMILY = 4,
    VERSION = 8,
    RANGE = 16,
    OTHERS = 5, /* bits of the rest begin here */
};

static const str others[] = {
    S_INIT("architecture"), S_INIT("host_name"),    S_INIT("language"),
    S_INIT("patch_level"),  S_INIT("service_pack"), S_INIT("specification"),
};

static unsigned bit_of(const struct edit *branch)
{
    static const str names[OTHERS] = {S_INIT("vendor"), S_INIT("product_name"),
                                      S_INIT("product_family"), S_INIT("product_version"),
                                      S_INIT("product_version_range")};
    str category = edit_get_text(branch, S("category"));
    for (unsigned i = 0; i < OTHERS; i++)
        if (str_eq(category, names[i]))
            return 1u << i;
    for (unsigned i = 0; i < COUNT(others); i++)
        if (str_eq(category, others[i]))
            return 1u << (OTHERS + i);
    return 0;
}

/* A branch on the way to the one that is looked at. */
struct step {
    struct edit *branch;
    struct step *up;
    bool lifts; /* the child that is looked at leaves this branch for the one above */
    struct {
        VEC(struct edit *)
    } lifted;
};

struct path {
    unsigned seen, twice;
    bool range_above; /* a range stands above a version */
};

/* With `lifting`, vendors that will go away do not count. */
static struct path path_of(const struct step *s, bool lifting)
{
    struct path p = {0};
    for (; s != NULL; s = s->up) {
        unsigned bit = bit_of(s->branch);
        if (lifting && s->lifts)
            continue;
        p.range_above |= bit == RANGE && (p.seen & VERSION) != 0;
        p.twice |= p.seen & bit & ~(unsigned)FAMILY;
        p.seen |= bit;
    }
    return p;
}

static bool is_wrong(struct path p)
{
    return p.twice != 0 || ((p.seen & VERSION) && (p.seen & RANGE));
}

static str path_text(struct arena *a, const struct step *s)
{
    str text = S("");
    for (; s != NULL; s = s->up)
        text = str_fmt(a, "%.*s=%.*s%s%.*s", SV(edit_get_text(s->branch, S("category"))),
                       SV(edit_get_text(s->branch, S("name"))), text.n > 0 ? " > " : "", SV(text));
    return text;
}

/* ---- stacked vendors ---- */

static bool is_nobody(struct arena *a, str name)
{
    static const str names[] = {S_INIT("opensource"), S_INIT("noassertion"), S_INIT("undefined"),
                                S_INIT("unknown")};
    buf b = {.a = a};
    str small = str_lower(a, name);
    for (size_t i = 0; i < small.n; i++) {
        static const str loose[] = {S_INIT("‐"), S_INIT("‑"), S_INIT("–"),
                                    S_INIT("—"), S_INIT("−"), S_INIT("\xc2\xa0")};
        size_t skip = str_find_char(S(" \t\n-_"), small.p[i]) >= 0 ? 1 : 0;
        for (size_t k = 0; k < COUNT(loose) && skip == 0; k++)
            skip = str_has_prefix(str_from(small, i), loose[k]) ? loose[k].n : 0;
        if (skip > 0)
            i += skip - 1;
        else
            buf_char(&b, small.p[i]);
    }
    for (size_t i = 0; i < COUNT(names); i++)
        if (str_eq(buf_str(&b), names[i]))
            return true;
    return false;
}

static void lift_vendors(struct convert *c, struct step *leaf)
{
    for (struct step *s = leaf->up; s != NULL; s = s->up)
        s->lifts |=
            bit_of(s->branch) == VENDOR && is_nobody(c->a, edit_get_text(s->branch, S("name")));
}

/* ---- versions above versions ---- */

/* The topmost version of the path becomes the product, and what stands above it its family. */
static void raise_version(struct convert *c, struct step *leaf)
{
    struct step *first = NULL;
    for (struct step *s = leaf; s != NULL; s = s->up)
        if (bit_of(s->branch) == VERSION)
            first = s;
    unsigned above = first != NULL && first->up != NULL ? bit_of(first->up->branch) : 0;
    if (above != NAME && above != FAMILY)
        return;
    struct edit *family = first->up->branch, *name = edit_get(first->branch, S("name"));
    edit_set(c->a, family, S("category"), edit_str(c->a, S("product_family")));
    edit_set(c->a, first->branch, S("category"), edit_str(c->a, S("product_name")));
    if (edit_text(name).p != NULL)
        name->text =
            str_fmt(c->a, "%.*s %.*s", SV(edit_get_text(family, S("name"))), SV(name->text));
}

static void settle_path(struct convert *c, struct step *leaf)
{
    struct path before = path_of(leaf, true);
    if (!is_wrong(before))
        return;
    str was = path_text(c->a, leaf);
    bool mixed = before.twice == 0;
    if (before.twice & VENDOR)
        lift_vendors(c, leaf);
    if (((before.twice & VERSION) || mixed) && !before.range_above)
        raise_version(c, leaf);
    bool wrong = is_wrong(path_of(leaf, true));
    struct csaf_carried *said =
        carry_text(c, leaf->branch, mixed ? S("mixed") : S("stacked"), was, NO_STR);
    if (wrong) {
        said->word = mixed ? S("mixed_stays") : S("stacked_stays");
        said->error = true;
    }
}

/* ---- the walk ---- */

static void convert_legacy(struct convert *c, struct edit *branch)
{
    struct edit *category = edit_get(branch, S("category"));
    if (!str_eq(edit_text(category), S("legacy")))
        return;
    (void)carry_text(c, category, S("legacy"), category->text, edit_get_text(branch, S("name")));
    category->text = S("product_name");
}

static void walk(struct convert *c, struct edit *list, struct step *above);

/* What was lifted out of the branch goes up: into the list around it, or further. */
static void take_lifted(struct convert *c, struct step *s, struct edit *list, size_t i,
                        struct step *above)
{
    struct edit *own = edit_get(s->branch, S("branches"));
    for (size_t k = 0; k < s->lifted.n; k++) {
        if (above != NULL && above->lifts)
            *PUSH(c->a, &above->lifted) = s->lifted.v[k];
        else
            *PUSH(c->a, list) = (struct edit_slot){NO_STR, s->lifted.v[k]};
    }
    if (s->lifted.n > 0 && own->n == 0) {
        (void)edit_take(s->branch, S("branches"));
        if (edit_get(s->branch, S("product")) == NULL)
            list->v[i].value = NULL;
    }
}

static void walk_branch(struct convert *c, struct edit *list, size_t i, struct step *above)
{
    struct step here = {.branch = list->v[i].value, .up = above};
    convert_legacy(c, here.branch);
    if (bit_of(here.branch) == RANGE)
        convert_range(c, here.branch);
    if (edit_get(here.branch, S("product")) != NULL)
        settle_path(c, &here);
    walk(c, edit_get(here.branch, S("branches")), &here);
    take_lifted(c, &here, list, i, above);
    if (above == NULL || !above->lifts || list->v[i].value == NULL || here.lifted.n > 0)
        return;
    *PUSH(c->a, &above->lifted) = here.branch;
    list->v[i].value = NULL;
}

static void walk(struct convert *c, struct edit *list, struct step *above)
{
    size_t n = edit_count(list); /* what is lifted comes behind, and was looked at */
    for (size_t i = 0; i < n; i++) {
        if (above != NULL)
            above->lifts = false;
        walk_branch(c, list, i, above);
    }
    if (above != NULL)
        above->lifts = false;
    if (n > 0)
        edit_sweep(list);
}

/* ---- relationships ---- */

static void convert_relationship(struct convert *c, struct edit *r)
{
    struct edit *subpath = edit_object(c->a), *subpaths = edit_array(c->a);
    struct edit *category = edit_take(r, S("category"));
    struct edit *to = edit_take(r, S("relates_to_product_reference"));
    (void)edit_rename(r, S("product_reference"), S("beginning_product_reference"));
    if (category != NULL)
        edit_set(c->a, subpath, S("category"), category);
    if (to != NULL)
        edit_set(c->a, subpath, S("next_product_reference"), to);
    edit_push(c->a, subpaths, subpath);
    edit_set(c->a, r, S("subpaths"), subpaths);
}

void convert_tree(struct convert *c)
{
    struct edit *tree = edit_get(c->root, S("product_tree"));
    walk(c, edit_get(tree, S("branches")), NULL);
    struct edit *paths =
        edit_rename(tree == NULL || tree->kind != JSON_IS_OBJECT ? edit_object(c->a) : tree,
                    S("relationships"), S("product_paths"));
    EDIT_EACH(r, paths)
    {
        if (r->kind == JSON_IS_OBJECT)
            convert_relationship(c, r);
    }
}
