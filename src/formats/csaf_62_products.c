/* csaf_62_products.c - recommended tests: products are used, can be recognised, and are not
 * mistaken for each other; informative: paths are not nested. */
#include "formats/csaf_check.h"

/* 6.2.1 */
void csaf_product_unused(struct csaf_check *c)
{
    const struct csaf_index *x = c->index;
    if (str_eq(x->category, S("csaf_informational_advisory")))
        return;
    bool *used = NEWS(c->a, bool, x->product_ids.keys.n + 1);
    for (size_t i = 0; i < x->product_uses.numbers.n; i++)
        used[x->product_uses.numbers.v[i]] = true;
    for (size_t i = 0; i < x->products.n; i++) {
        const struct csaf_product *p = &x->products.v[i];
        if (p->number != CSAF_NO_NUMBER && !used[p->number])
            csaf_found(c, p->node, S("product_unused"), json_text(p->node), NO_STR, NO_STR);
    }
}

/* 6.2.16 */
void csaf_helper_missing(struct csaf_check *c)
{
    for (size_t i = 0; i < c->index->products.n; i++) {
        const struct json *name = c->index->products.v[i].name;
        if (json_get(name, S("product_identification_helper")) == NULL)
            csaf_lacks(c, name, S("product_identification_helper"), S("helper_missing"));
    }
}

/* The uses in relationships and product paths name one product each. */
static const struct csaf_run *next_path(const struct csaf_index *x, size_t *at, uint32_t *number)
{
    while (*at < x->product_uses.runs.n) {
        const struct csaf_run *run = &x->product_uses.runs.v[(*at)++];
        *number = x->product_uses.numbers.v[run->first];
        if (run->use == CSAF_USE_PATH)
            return run;
    }
    return NULL;
}

/* 6.2.31 */
void csaf_hardware_alone(struct csaf_check *c)
{
    const struct csaf_index *x = c->index;
    bool *in_path = NEWS(c->a, bool, x->product_ids.keys.n + 1);
    uint32_t number;
    for (size_t at = 0; next_path(x, &at, &number) != NULL;)
        in_path[number] = true;
    for (size_t i = 0; i < x->products.n; i++) {
        const struct csaf_product *p = &x->products.v[i];
        const struct json *helper = json_get(p->name, S("product_identification_helper"));
        bool hardware = json_get(helper, S("serial_numbers")) != NULL ||
                        json_get(helper, S("model_numbers")) != NULL;
        if (hardware && (p->number == CSAF_NO_NUMBER || !in_path[p->number]))
            csaf_found(c, p->name, S("hardware_alone"), json_text(p->node), NO_STR, NO_STR);
    }
}

/* 6.3.22 */
void csaf_path_nested(struct csaf_check *c)
{
    const struct csaf_index *x = c->index;
    const struct csaf_run *r;
    uint32_t number;
    for (size_t at = 0; (r = next_path(x, &at, &number)) != NULL;) {
        uint32_t place = x->product_at[number];
        if (place != 0 && x->products.v[place - 1].by == CSAF_BY_PATH)
            csaf_found(c, r->nodes, S("path_nested"), json_text(r->nodes), NO_STR, NO_STR);
    }
}

/* ---- hashes ---- */

typedef void hash_test(struct csaf_check *c, const struct json *file_hashes);

static void each_hashes(struct csaf_check *c, hash_test *test)
{
    const struct csaf_index *x = c->index;
    for (size_t i = 0; i < x->products.n; i++)
        EACH (hash, csaf_at(x->products.v[i].name, "product_identification_helper", "hashes", NULL))
            test(c, json_get(hash, S("file_hashes")));
}

static void only(struct csaf_check *c, const struct json *file_hashes, str algorithm, str word)
{
    size_t others = 0;
    EACH (h, file_hashes)
        others += !str_eq(json_get_text(h, S("algorithm")), algorithm);
    if (csaf_nitems(file_hashes) > 0 && others == 0)
        csaf_found(c, file_hashes, word, NO_STR, NO_STR, NO_STR);
}

static void only_md5(struct csaf_check *c, const struct json *file_hashes)
{
    only(c, file_hashes, S("md5"), S("hash_md5"));
}

static void only_sha1(struct csaf_check *c, const struct json *file_hashes)
{
    only(c, file_hashes, S("sha1"), S("hash_sha1"));
}

/* 6.2.8 */
void csaf_hash_md5(struct csaf_check *c)
{
    each_hashes(c, only_md5);
}

/* 6.2.9 */
void csaf_hash_sha1(struct csaf_check *c)
{
    each_hashes(c, only_sha1);
}

/* Those that the standard names, from OpenSSL 3.4. */
static bool known_algorithm(str name)
{
    static const str names[] = {
        S_INIT("blake2b512"), S_INIT("blake2s256"), S_INIT("md4"),        S_INIT("md5"),
        S_INIT("md5-sha1"),   S_INIT("mdc2"),       S_INIT("ripemd"),     S_INIT("ripemd160"),
        S_INIT("rmd160"),     S_INIT("sha1"),       S_INIT("sha224"),     S_INIT("sha256"),
        S_INIT("sha3-224"),   S_INIT("sha3-256"),   S_INIT("sha3-384"),   S_INIT("sha3-512"),
        S_INIT("sha384"),     S_INIT("sha512"),     S_INIT("sha512-224"), S_INIT("sha512-256"),
        S_INIT("shake128"),   S_INIT("shake256"),   S_INIT("sm3"),        S_INIT("ssl3-md5"),
        S_INIT("ssl3-sha1"),  S_INIT("whirlpool"),
    };
    for (size_t i = 0; i < COUNT(names); i++)
        if (str_eq(name, names[i]))
            return true;
    return false;
}

static void unknown_algorithms(struct csaf_check *c, const struct json *file_hashes)
{
    EACH (h, file_hashes) {
        const struct json *node = json_get(h, S("algorithm"));
        if (json_text(node).p != NULL && !known_algorithm(json_text(node)))
            csaf_found(c, node, S("hash_unknown"), json_text(node), NO_STR, NO_STR);
    }
}

/* 6.2.52 */
void csaf_hash_unknown(struct csaf_check *c)
{
    each_hashes(c, unknown_algorithms);
}

static void short_hashes(struct csaf_check *c, const struct json *file_hashes)
{
    EACH (h, file_hashes) {
        const struct json *node = json_get(h, S("value"));
        if (json_text(node).p != NULL && json_text(node).n < 64)
            csaf_found(c, node, S("hash_short"), json_get_text(h, S("algorithm")), NO_STR, NO_STR);
    }
}

/* 6.3.5 */
void csaf_hash_short(struct csaf_check *c)
{
    each_hashes(c, short_hashes);
}
