/* csaf_61_fixed.c - mandatory test 6.1.27.13: who says what is fixed says what was affected.
 *
 * Products correspond when their branches are the same but for the version; product paths, when
 * they are the same but for one of their products, and those two correspond.  A path "installed
 * with" something corresponds to the path in front of that, and so does the something.  Where a
 * product has no branches, nothing says what it belongs to, and any affected one will do. */
#include "formats/csaf_check.h"

enum { LONG_PATH = 32 }; /* of longer ones only the first product may differ */

struct families {
    struct csaf_check *c;
    struct dict names;        /* of families: branches without versions */
    uint32_t *of;             /* by product number: its family plus 1, or 0 */
    const struct json **path; /* by product number: its product path, or NULL */
    struct {
        VEC(const struct json *)
    } * with; /* by product number: the paths that it is installed in */
};

static bool is_version(str category)
{
    return str_eq(category, S("product_version")) || str_eq(category, S("product_version_range"));
}

/* By branch: its family. */
static uint32_t *branch_families(struct families *f)
{
    const struct csaf_index *x = f->c->index;
    uint32_t *family = NEWS(f->c->a, uint32_t, x->branches.n + 1);
    for (size_t i = 0; i < x->branches.n; i++) {
        const struct csaf_branch *b = &x->branches.v[i];
        uint32_t above = b->parent == CSAF_NO_NUMBER ? 0 : family[b->parent];
        if (is_version(b->category)) {
            family[i] = above;
            continue;
        }
        str key = str_fmt(f->c->a, "%u %.*s %.*s", above, SV(b->category), SV(b->name));
        family[i] = (uint32_t)dict_add(f->c->a, &f->names, key, NULL) + 1;
    }
    return family;
}

static void note_paths(struct families *f)
{
    const struct csaf_index *x = f->c->index;
    for (size_t i = 0; i < x->products.n; i++) {
        const struct csaf_product *p = &x->products.v[i];
        if (p->by != CSAF_BY_PATH || p->number == CSAF_NO_NUMBER)
            continue;
        f->path[p->number] = p->holder;
        EACH (sub, json_get(p->holder, S("subpaths"))) {
            uint32_t other = csaf_product_number(x, json_get(sub, S("next_product_reference")));
            if (other != CSAF_NO_NUMBER &&
                str_eq(json_get_text(sub, S("category")), S("installed_with")))
                *PUSH(f->c->a, &f->with[other]) = p->holder;
        }
    }
}

static struct families families_of(struct csaf_check *c)
{
    const struct csaf_index *x = c->index;
    size_t n = x->product_ids.keys.n, branch = 0;
    struct families f = {.c = c};
    f.of = NEWS(c->a, uint32_t, n + 1);
    f.path = NEWS(c->a, const struct json *, n + 1);
    f.with = arena_alloc(c->a, sizeof *f.with, n + 1);
    const uint32_t *family = branch_families(&f);
    for (size_t i = 0; i < x->products.n; i++) {
        const struct csaf_product *p = &x->products.v[i];
        if (p->by != CSAF_BY_BRANCH)
            continue;
        while (branch < x->branches.n && x->branches.v[branch].branch != p->holder)
            branch++;
        if (p->number != CSAF_NO_NUMBER && branch < x->branches.n)
            f.of[p->number] = family[branch];
    }
    note_paths(&f);
    return f;
}

static void put_product(const struct families *f, buf *b, const struct json *ref, bool family)
{
    uint32_t number = csaf_product_number(f->c->index, ref);
    if (family && number != CSAF_NO_NUMBER && f->of[number] != 0)
        buf_putf(b, "f%u ", f->of[number]);
    else
        buf_putf(b, "p%u ", number);
}

/* The path with the product at `loose` (0: the first) as its family; of its first `length`
 * subpaths. */
static str path_key(const struct families *f, const struct json *path, size_t length, size_t loose)
{
    buf b = {.a = f->c->a};
    const struct json *subpaths = json_get(path, S("subpaths"));
    put_product(f, &b, json_get(path, S("beginning_product_reference")), loose == 0);
    for (size_t i = 0; i < length; i++) {
        const struct json *sub = json_at(subpaths, i);
        buf_putf(&b, "%.*s ", SV(json_get_text(sub, S("category"))));
        put_product(f, &b, json_get(sub, S("next_product_reference")), loose == i + 1);
    }
    return buf_str(&b);
}

static size_t variants(const struct json *path)
{
    size_t n = csaf_nitems(json_get(path, S("subpaths"))) + 1;
    return n > LONG_PATH ? 1 : n;
}

/* All keys by which the affected product can be found. */
static void note_affected(const struct families *f, struct dict *affected, uint32_t product)
{
    struct arena *a = f->c->a;
    const struct json *path = f->path[product];
    (void)dict_add(a, affected, str_fmt(a, "p%u ", product), NULL);
    if (f->of[product] != 0)
        (void)dict_add(a, affected, str_fmt(a, "f%u ", f->of[product]), NULL);
    size_t length = csaf_nitems(json_get(path, S("subpaths")));
    for (size_t i = 0; path != NULL && i < variants(path); i++)
        (void)dict_add(a, affected, path_key(f, path, length, i), NULL);
    if (path != NULL)
        (void)dict_add(a, affected, path_key(f, path, length, SIZE_MAX), NULL);
}

/* Something affected is the path in front of an "installed_with" (of this product, if one is
 * given). */
static bool front_affected(const struct families *f, const struct dict *affected,
                           const struct json *path, uint32_t product)
{
    const struct json *subpaths = json_get(path, S("subpaths"));
    size_t at, n = csaf_nitems(subpaths);
    for (size_t i = 0; i < n && i < LONG_PATH; i++) {
        const struct json *sub = json_at(subpaths, i);
        uint32_t other =
            csaf_product_number(f->c->index, json_get(sub, S("next_product_reference")));
        if (str_eq(json_get_text(sub, S("category")), S("installed_with")) &&
            (product == CSAF_NO_NUMBER || product == other) &&
            dict_find(affected, path_key(f, path, i, SIZE_MAX), &at))
            return true;
    }
    return false;
}

static bool path_corresponds(const struct families *f, const struct dict *affected,
                             const struct json *path)
{
    size_t at, length = csaf_nitems(json_get(path, S("subpaths")));
    for (size_t i = 0; i < variants(path); i++)
        if (dict_find(affected, path_key(f, path, length, i), &at))
            return true;
    return front_affected(f, affected, path, CSAF_NO_NUMBER);
}

static bool corresponds(const struct families *f, const struct dict *affected, uint32_t product)
{
    size_t at;
    if (affected->keys.n == 0)
        return false;
    if (f->path[product] != NULL)
        return path_corresponds(f, affected, f->path[product]);
    if (f->of[product] == 0)
        return true;
    if (dict_find(affected, str_fmt(f->c->a, "f%u ", f->of[product]), &at))
        return true;
    for (size_t i = 0; i < f->with[product].n; i++)
        if (front_affected(f, affected, f->with[product].v[i], product))
            return true;
    return false;
}

static void check_fixed(const struct families *f, const struct json *v)
{
    static const str affected_lists[] = {S_INIT("first_affected"), S_INIT("known_affected"),
                                         S_INIT("last_affected")};
    static const str fixed_lists[] = {S_INIT("first_fixed"), S_INIT("fixed")};
    const struct json *status = json_get(v, S("product_status"));
    struct dict affected = {0};
    for (size_t i = 0; i < COUNT(affected_lists); i++)
        EACH (id, json_get(status, affected_lists[i])) {
            uint32_t number = csaf_product_number(f->c->index, id);
            if (number != CSAF_NO_NUMBER)
                note_affected(f, &affected, number);
        }
    for (size_t i = 0; i < COUNT(fixed_lists); i++)
        EACH (id, json_get(status, fixed_lists[i])) {
            uint32_t number = csaf_product_number(f->c->index, id);
            if (number != CSAF_NO_NUMBER && !corresponds(f, &affected, number))
                csaf_found(f->c, id, S("fixed_without_affected"), json_text(id), NO_STR, NO_STR);
        }
}

/* 6.1.27.13 */
void csaf_fixed_without_affected(struct csaf_check *c)
{
    if (!str_eq(c->index->category, S("csaf_security_advisory")))
        return;
    struct families f = families_of(c);
    EACH (v, c->index->vulnerabilities)
        check_fixed(&f, v);
}
