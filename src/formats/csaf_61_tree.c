/* csaf_61_tree.c - mandatory tests: the product tree and what identifies its products. */
#include "formats/csaf_check.h"

enum { MOST_BRANCHES = 30 };

/* 6.1.34 */
void csaf_branches_deep(struct csaf_check *c)
{
    const struct csaf_index *x = c->index;
    for (size_t i = 0; i < x->branches.n; i++) {
        const struct csaf_branch *b = &x->branches.v[i];
        const struct json *product = json_get(b->branch, S("product"));
        if (b->depth > MOST_BRANCHES && product != NULL)
            csaf_found(c, product, S("branches_deep"), str_fmt(c->a, "%u", b->depth), NO_STR,
                       NO_STR);
    }
}

static bool is_version_branch(const struct csaf_branch *b)
{
    return str_eq(b->category, S("product_version"));
}

static bool is_range_word(str word)
{
    static const str words[] = {S_INIT("after"),   S_INIT("all"),   S_INIT("before"),
                                S_INIT("earlier"), S_INIT("later"), S_INIT("prior"),
                                S_INIT("versions")};
    for (size_t i = 0; i < COUNT(words); i++)
        if (str_eq_nocase(word, words[i]))
            return true;
    return false;
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* The first word at or behind *at, which moves behind it; empty: there is none. */
static str next_word(str s, size_t *at)
{
    while (*at < s.n && is_space(s.p[*at]))
        ++*at;
    size_t from = *at;
    while (*at < s.n && !is_space(s.p[*at]))
        ++*at;
    return str_sub(s, from, *at - from);
}

/* The operator or word that makes the name a range; absent: none does. */
static str range_sign(str name)
{
    for (size_t i = 0; i < name.n; i++)
        if (name.p[i] == '<' || name.p[i] == '>')
            return str_sub(name, i, i + 1 < name.n && name.p[i + 1] == '=' ? 2 : 1);
    size_t at = 0;
    for (str word = next_word(name, &at); word.n > 0; word = next_word(name, &at))
        if (is_range_word(word))
            return word;
    return NO_STR;
}

/* 6.1.31 */
void csaf_version_is_range(struct csaf_check *c)
{
    const struct csaf_index *x = c->index;
    for (size_t i = 0; i < x->branches.n; i++) {
        const struct csaf_branch *b = &x->branches.v[i];
        str sign = is_version_branch(b) ? range_sign(b->name) : NO_STR;
        if (sign.p != NULL)
            csaf_found(c, json_get(b->branch, S("name")), S("version_is_range"), b->name, sign,
                       NO_STR);
    }
}

/* Categories of branches; `product_family` may stand in a path more than once. */
static uint32_t category_bit(str category)
{
    static const str names[] = {
        S_INIT("architecture"), S_INIT("host_name"),       S_INIT("language"),
        S_INIT("legacy"),       S_INIT("patch_level"),     S_INIT("platform"),
        S_INIT("product_name"), S_INIT("product_version"), S_INIT("product_version_range"),
        S_INIT("service_pack"), S_INIT("specification"),   S_INIT("vendor"),
    };
    for (size_t i = 0; i < COUNT(names); i++)
        if (str_eq(category, names[i]))
            return 1u << i;
    return 0;
}

/* By branch: the bits of the categories above it. */
static uint32_t *bits_above(struct csaf_check *c)
{
    const struct csaf_index *x = c->index;
    uint32_t *above = NEWS(c->a, uint32_t, x->branches.n + 1);
    for (size_t i = 0; i < x->branches.n; i++) {
        uint32_t parent = x->branches.v[i].parent;
        if (parent != CSAF_NO_NUMBER)
            above[i] = above[parent] | category_bit(x->branches.v[parent].category);
    }
    return above;
}

/* 6.1.57 */
void csaf_category_stacked(struct csaf_check *c)
{
    const struct csaf_index *x = c->index;
    const uint32_t *above = bits_above(c);
    for (size_t i = 0; i < x->branches.n; i++) {
        const struct csaf_branch *b = &x->branches.v[i];
        if (b->product && (above[i] & category_bit(b->category)))
            csaf_found(c, json_get(b->branch, S("category")), S("category_stacked"), b->category,
                       NO_STR, NO_STR);
    }
}

/* 6.1.58 */
void csaf_version_and_range(struct csaf_check *c)
{
    const struct csaf_index *x = c->index;
    const uint32_t *above = bits_above(c);
    uint32_t version = category_bit(S("product_version"));
    uint32_t range = category_bit(S("product_version_range"));
    for (size_t i = 0; i < x->branches.n; i++) {
        const struct csaf_branch *b = &x->branches.v[i];
        uint32_t own = category_bit(b->category);
        uint32_t other = own == version ? range : own == range ? version : 0;
        if (b->product && (above[i] & other))
            csaf_found(c, json_get(b->branch, S("category")), S("version_and_range"), b->name,
                       NO_STR, NO_STR);
    }
}

/* 6.1.25 */
void csaf_hash_twice(struct csaf_check *c)
{
    const struct csaf_index *x = c->index;
    for (size_t i = 0; i < x->products.n; i++)
        EACH (hash,
              csaf_at(x->products.v[i].name, "product_identification_helper", "hashes", NULL)) {
            struct dict seen = {0};
            EACH (file_hash, json_get(hash, S("file_hashes"))) {
                const struct json *node = json_get(file_hash, S("algorithm"));
                bool fresh = true;
                if (json_text(node).p != NULL)
                    (void)dict_add(c->a, &seen, json_text(node), &fresh);
                if (!fresh)
                    csaf_found(c, node, S("hash_twice"), json_text(node), NO_STR, NO_STR);
            }
        }
}

size_t csaf_stars(str s)
{
    size_t stars = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '\\')
            i++;
        else
            stars += s.p[i] == '*';
    }
    return stars;
}

static void many_stars(struct csaf_check *c, const char *list, str word)
{
    const struct csaf_index *x = c->index;
    for (size_t i = 0; i < x->products.n; i++)
        EACH (item, csaf_at(x->products.v[i].name, "product_identification_helper", list, NULL))
            if (csaf_stars(json_text(item)) > 1)
                csaf_found(c, item, word, json_text(item), NO_STR, NO_STR);
}

/* 6.1.43 */
void csaf_model_stars(struct csaf_check *c)
{
    many_stars(c, "model_numbers", S("model_stars"));
}

/* 6.1.44 */
void csaf_serial_stars(struct csaf_check *c)
{
    many_stars(c, "serial_numbers", S("serial_stars"));
}

/* 6.1.61 */
void csaf_sku_stars(struct csaf_check *c)
{
    many_stars(c, "skus", S("sku_stars"));
}
