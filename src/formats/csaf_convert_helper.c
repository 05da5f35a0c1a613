/* csaf_convert_helper.c - from CSAF 2.0 to 2.1: what identifies products. */
#include "formats/csaf_convert_own.h"

#include "formats/cpe.h"

/* ---- hashes ---- */

static str solid_lower(struct arena *a, str s)
{
    buf b = {.a = a};
    for (size_t i = 0; i < s.n; i++) {
        char ch = s.p[i];
        if ((ch >= 'a' && ch <= 'z') || (ch >= '0' && ch <= '9'))
            buf_char(&b, ch);
        else if (ch >= 'A' && ch <= 'Z')
            buf_char(&b, (char)(ch + 32));
    }
    return buf_str(&b);
}

static void convert_algorithm(struct convert *c, struct edit *e)
{
    static const str known[] = {
        S_INIT("sha256"),     S_INIT("sha512"),     S_INIT("sha384"),     S_INIT("sha3-256"),
        S_INIT("sha3-512"),   S_INIT("sha3-384"),   S_INIT("sha3-224"),   S_INIT("sha224"),
        S_INIT("sha1"),       S_INIT("md5"),        S_INIT("md5-sha1"),   S_INIT("md4"),
        S_INIT("mdc2"),       S_INIT("ripemd"),     S_INIT("ripemd160"),  S_INIT("rmd160"),
        S_INIT("blake2b512"), S_INIT("blake2s256"), S_INIT("sha512-224"), S_INIT("sha512-256"),
        S_INIT("shake128"),   S_INIT("shake256"),   S_INIT("sm3"),        S_INIT("whirlpool"),
    };
    if (edit_text(e).p == NULL)
        return;
    str solid = solid_lower(c->a, e->text);
    for (size_t i = 0; i < COUNT(known); i++)
        if (str_eq(solid_lower(c->a, known[i]), solid)) {
            e->text = known[i];
            return;
        }
    (void)carry(c, e, S("hash_unknown"));
    e->text = str_lower(c->a, e->text);
}

static void convert_hashes(struct convert *c, struct edit *hashes)
{
    EDIT_EACH(hash, hashes)
    {
        EDIT_EACH(file_hash, edit_get(hash, S("file_hashes")))
        {
            struct edit *value = edit_get(file_hash, S("value"));
            convert_algorithm(c, edit_get(file_hash, S("algorithm")));
            if (edit_text(value).p != NULL)
                value->text = str_lower(c->a, value->text);
        }
        convert_unique(c, edit_get(hash, S("file_hashes")));
    }
    convert_unique(c, hashes);
}

/* ---- numbers that may be the beginning of longer ones ---- */

static str escaped(struct arena *a, str s)
{
    buf b = {.a = a};
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '\\')
            buf_char(&b, '\\');
        buf_char(&b, s.p[i]);
    }
    return buf_str(&b);
}

static void convert_numbers(struct convert *c, struct edit *helper, str key)
{
    struct edit *list = edit_get(helper, key);
    for (size_t i = 0; i < edit_count(list); i++) {
        struct edit *e = list->v[i].value;
        if (edit_text(e).p == NULL)
            continue;
        str before = e->text, made = escaped(c->a, before);
        bool star = str_has_suffix(made, S("*"));
        if (!star)
            made = str_join(c->a, made, S("*"));
        if (csaf_stars(made) > 1) {
            (void)carry(c, e, S("number_stars"));
            list->v[i].value = NULL;
            continue;
        }
        if (!star)
            (void)carry_text(c, e, S("number_part"), before, made);
        e->text = made;
    }
    if (list == NULL || list->kind != JSON_IS_ARRAY)
        return;
    edit_sweep(list);
    convert_unique(c, list);
    if (list->n == 0)
        (void)edit_take(helper, key);
}

/* ---- CPE and PURL ---- */

static void convert_cpe(struct convert *c, struct edit *helper)
{
    struct edit *e = edit_get(helper, S("cpe"));
    struct cpe read;
    str why, bad;
    if (edit_text(e).p == NULL || cpe_read(c->a, e->text, &read, &why, &bad) == OK)
        return;
    (void)carry_text(c, e, S("cpe"), e->text, bad);
    (void)edit_take(helper, S("cpe"));
}

static void convert_purl(struct convert *c, struct edit *helper)
{
    struct edit *purl = edit_rename(helper, S("purl"), S("purls"));
    if (purl == NULL)
        return;
    ptrdiff_t slash = str_find_char(edit_text(purl), '/');
    if (slash > 0) {
        str type = str_sub(purl->text, 0, (size_t)slash), small = str_lower(c->a, type);
        if (!str_eq(type, small))
            purl->text = str_join(c->a, small, str_from(purl->text, (size_t)slash));
    }
    struct edit *list = edit_array(c->a);
    *PUSH(c->a, list) = (struct edit_slot){NO_STR, purl};
    edit_set(c->a, helper, S("purls"), list);
}

static void convert_helper(struct convert *c, struct edit *product)
{
    struct edit *helper = edit_get(product, S("product_identification_helper"));
    if (helper == NULL || helper->kind != JSON_IS_OBJECT)
        return;
    convert_cpe(c, helper);
    convert_purl(c, helper);
    convert_hashes(c, edit_get(helper, S("hashes")));
    convert_numbers(c, helper, S("model_numbers"));
    convert_numbers(c, helper, S("serial_numbers"));
    convert_numbers(c, helper, S("skus"));
    convert_unique(c, edit_get(helper, S("sbom_urls")));
    convert_unique(c, edit_get(helper, S("x_generic_uris")));
    if (helper->n == 0)
        (void)edit_take(product, S("product_identification_helper"));
}

static void branches(struct convert *c, const struct edit *list)
{
    EDIT_EACH(branch, list)
    {
        convert_helper(c, edit_get(branch, S("product")));
        branches(c, edit_get(branch, S("branches")));
    }
}

void convert_helpers(struct convert *c)
{
    const struct edit *tree = edit_get(c->root, S("product_tree"));
    branches(c, edit_get(tree, S("branches")));
    EDIT_EACH(product, edit_get(tree, S("full_product_names")))
    convert_helper(c, product);
    EDIT_EACH(relationship, edit_get(tree, S("relationships")))
    convert_helper(c, edit_get(relationship, S("full_product_name")));
}
