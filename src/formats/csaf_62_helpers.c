/* csaf_62_helpers.c - recommended tests: what helps to recognise a product means that product
 * alone, and says the same as the branches above it. */
#include "formats/cpe.h"
#include "formats/csaf_62.h"
#include "formats/identifier.h"
#include "formats/purl.h"
#include "formats/regex.h"
#include "formats/vers.h"

#include <stdlib.h>
#include <utf8proc.h>

bool csaf_fits(struct csaf_check *c, str pattern, str text)
{
    const struct regex *r = regex_make(c->a, pattern);
    return r == NULL || regex_finds(r, text);
}

/* Dashes, '_', spaces, and what cannot be seen. */
static bool is_loose(utf8proc_int32_t c)
{
    utf8proc_category_t k = utf8proc_category(c);
    return c == '_' || c == 0x2212 || k == UTF8PROC_CATEGORY_PD || k == UTF8PROC_CATEGORY_ZS ||
           k == UTF8PROC_CATEGORY_ZL || k == UTF8PROC_CATEGORY_ZP || k == UTF8PROC_CATEGORY_CC ||
           k == UTF8PROC_CATEGORY_CF;
}

str csaf_solid(struct arena *a, str name)
{
    buf b = {.a = a};
    for (size_t at = 0; at < name.n;) {
        utf8proc_int32_t c;
        utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)name.p + at,
                                              (utf8proc_ssize_t)(name.n - at), &c);
        must(n > 0);
        if (!is_loose(c))
            buf_put(&b, str_sub(name, at, (size_t)n));
        at += (size_t)n;
    }
    return b.n == 0 ? S("") : buf_str(&b);
}

/* ---- 6.2.32 ---- */

static int by_text(const void *x, const void *y)
{
    return str_cmp(*(const str *)x, *(const str *)y);
}

/* The value, with members and items in an order that does not depend on how it was written. */
static void put_canonical(buf *b, const struct json *j)
{
    size_t n = json_is(j, JSON_IS_ARRAY) || json_is(j, JSON_IS_OBJECT) ? json_count(j) : 0;
    if (n == 0) {
        struct json_out o = {.b = b};
        json_put_json(&o, j);
        return;
    }
    str *parts = NEWS(b->a, str, n);
    for (size_t i = 0; i < n; i++) {
        buf one = {.a = b->a};
        if (json_is(j, JSON_IS_OBJECT))
            json_quote(&one, json_key(j, i));
        put_canonical(&one, json_is(j, JSON_IS_OBJECT) ? json_value(j, i) : json_at(j, i));
        parts[i] = buf_str(&one);
    }
    qsort(parts, n, sizeof *parts, by_text);
    for (size_t i = 0; i < n; i++) {
        buf_char(b, ',');
        buf_put(b, parts[i]);
    }
}

struct helpers {
    struct csaf_check *c;
    struct dict values;
    struct {
        VEC(size_t)
    } first; /* by value: the product that had it first */
    size_t product;
};

static void add_value(struct helpers *h, str category, const struct json *value)
{
    buf b = {.a = h->c->a};
    bool fresh;
    buf_put(&b, category);
    put_canonical(&b, value);
    size_t number = dict_add(h->c->a, &h->values, buf_str(&b), &fresh);
    if (fresh)
        *PUSH(h->c->a, &h->first) = h->product;
    else if (h->first.v[number] != h->product)
        csaf_found(h->c, value, S("helper_shared"), category,
                   json_text(h->c->index->products.v[h->first.v[number]].node), NO_STR);
}

/* 6.2.32 */
void csaf_helper_shared(struct csaf_check *c)
{
    struct helpers h = {.c = c};
    for (; h.product < c->index->products.n; h.product++) {
        const struct json *helper =
            json_get(c->index->products.v[h.product].name, S("product_identification_helper"));
        for (size_t i = 0; i < json_count(helper) && json_is(helper, JSON_IS_OBJECT); i++) {
            const struct json *value = json_value(helper, i);
            if (!json_is(value, JSON_IS_ARRAY))
                add_value(&h, json_key(helper, i), value);
            EACH (item, value)
                add_value(&h, json_key(helper, i), item);
        }
    }
}

/* ---- 6.2.42 ---- */

/* What the branches above a product say: the names of the categories that a CPE or a package
 * URL can repeat. */
struct path {
    str version, language, patch, architecture, platform;
    bool range;
};

static str *slot(struct path *p, str category)
{
    if (str_eq(category, S("product_version")))
        return &p->version;
    if (str_eq(category, S("language")))
        return &p->language;
    if (str_eq(category, S("patch_level")) || str_eq(category, S("service_pack")))
        return &p->patch;
    if (str_eq(category, S("architecture")))
        return &p->architecture;
    return str_eq(category, S("platform")) ? &p->platform : NULL;
}

static struct path path_of(const struct csaf_index *x, size_t at)
{
    struct path p = {0};
    for (uint32_t i = (uint32_t)at; i != CSAF_NO_NUMBER; i = x->branches.v[i].parent) {
        const struct csaf_branch *b = &x->branches.v[i];
        str *place = slot(&p, b->category);
        p.range |= str_eq(b->category, S("product_version_range"));
        if (place != NULL && place->p == NULL)
            *place = b->name;
    }
    return p;
}

static bool says_something(str value)
{
    return !str_eq(value, S("*")) && !str_eq(value, S("-"));
}

static void check_cpe(struct csaf_check *c, const struct json *node, const struct path *p)
{
    struct cpe cpe;
    str why, bad;
    if (cpe_read(c->a, json_text(node), &cpe, &why, &bad) != OK)
        return;
    str version = cpe_plain(c->a, cpe.v[CPE_VERSION]);
    str update = cpe_plain(c->a, cpe.v[CPE_UPDATE]);
    if (cpe_has_wildcard(cpe.v[CPE_VENDOR]) || cpe_has_wildcard(cpe.v[CPE_PRODUCT]))
        csaf_found(c, node, S("helper_wildcard"), json_text(node), NO_STR, NO_STR);
    bool joined = says_something(update) &&
                  version_same(p->version, str_fmt(c->a, "%.*s%.*s", SV(version), SV(update)));
    if (p->version.p != NULL && !version_same(version, p->version) && !joined)
        csaf_found(c, node, S("helper_version"), version, p->version, NO_STR);
    if (p->language.p == NULL && says_something(cpe.v[CPE_LANGUAGE]))
        csaf_found(c, node, S("helper_more"), S("language"), cpe.v[CPE_LANGUAGE], NO_STR);
    if (p->patch.p == NULL && says_something(update) && !joined)
        csaf_found(c, node, S("helper_more"), S("update"), update, NO_STR);
    if (p->architecture.p == NULL && p->platform.p == NULL && says_something(cpe.v[CPE_TARGET_HW]))
        csaf_found(c, node, S("helper_more"), S("target_hw"), cpe.v[CPE_TARGET_HW], NO_STR);
}

static void check_purl(struct csaf_check *c, const struct json *node, const struct path *p)
{
    struct purl purl;
    str why;
    if (p->version.p == NULL || purl_read(c->a, json_text(node), &purl, &why) != OK)
        return;
    if (purl.version.p == NULL || !version_same(purl.version, p->version))
        csaf_found(c, node, S("helper_version"), purl.version.p == NULL ? S("") : purl.version,
                   p->version, NO_STR);
}

/* 6.2.42 */
void csaf_helper_differs(struct csaf_check *c)
{
    const struct csaf_index *x = c->index;
    for (size_t i = 0; i < x->branches.n; i++) {
        const struct json *helper =
            csaf_at(x->branches.v[i].branch, "product", "product_identification_helper", NULL);
        if (helper == NULL)
            continue;
        struct path p = path_of(x, i);
        const struct json *cpe = json_get(helper, S("cpe"));
        if (json_text(cpe).p != NULL)
            check_cpe(c, cpe, &p);
        if (json_text(json_get(helper, S("purl"))).p != NULL)
            check_purl(c, json_get(helper, S("purl")), &p);
        EACH (purl, json_get(helper, S("purls")))
            if (json_text(purl).p != NULL)
                check_purl(c, purl, &p);
    }
}
