/* csaf_62_document.c - recommended tests of the document's head: where it is, in which language,
 * for whom. */
#include "formats/csaf_62.h"
#include "formats/lang_tag.h"

str csaf_lang(const struct csaf_check *c)
{
    return json_get_text(c->index->document_part, S("lang"));
}

bool csaf_is_clear(const struct csaf_check *c)
{
    const struct json *label =
        csaf_at(c->index->document_part, "distribution", "tlp", "label", NULL);
    return str_eq(json_text(label), S("CLEAR"));
}

/* 6.2.10, of 2.0 */
void csaf_tlp_missing(struct csaf_check *c)
{
    const struct json *document = c->index->document_part;
    const struct json *distribution = json_get(document, S("distribution"));
    const struct json *tlp = json_get(distribution, S("tlp"));
    if (json_get(tlp, S("label")) != NULL)
        return;
    if (tlp != NULL)
        csaf_lacks(c, tlp, S("label"), S("tlp_missing"));
    else if (distribution != NULL)
        csaf_lacks(c, distribution, S("tlp"), S("tlp_missing"));
    else
        csaf_lacks(c, document, S("distribution"), S("tlp_missing"));
}

static bool name_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' || c == '-';
}

/* Section 5.1: small letters; runs of all else but digits, '+' and '-' are one '_'. */
static str file_name(struct arena *a, str id)
{
    buf b = {.a = a};
    id = str_lower(a, id);
    buf_char(&b, '/');
    for (size_t i = 0; i < id.n; i++) {
        if (name_char(id.p[i]))
            buf_char(&b, id.p[i]);
        else if (i == 0 || name_char(id.p[i - 1]))
            buf_char(&b, '_');
    }
    buf_put(&b, S(".json"));
    return buf_str(&b);
}

const struct json *csaf_canonical_reference(const struct csaf_check *c)
{
    const struct json *id = json_get(c->index->tracking, S("id"));
    if (json_text(id).p == NULL)
        return NULL;
    str name = file_name(c->a, json_text(id));
    EACH (reference, json_get(c->index->document_part, S("references"))) {
        str url = json_get_text(reference, S("url"));
        if (str_eq(json_get_text(reference, S("category")), S("self")) &&
            str_has_prefix(url, S("https://")) && str_has_suffix(url, name))
            return reference;
    }
    return NULL;
}

/* 6.2.11 */
void csaf_canonical_missing(struct csaf_check *c)
{
    const struct json *references = json_get(c->index->document_part, S("references"));
    if (csaf_canonical_reference(c) != NULL)
        return;
    if (references != NULL)
        csaf_found(c, references, S("canonical_missing"), NO_STR, NO_STR, NO_STR);
    else
        csaf_lacks(c, c->index->document_part, S("references"), S("canonical_missing"));
}

/* 6.2.12 */
void csaf_lang_missing(struct csaf_check *c)
{
    if (json_get(c->index->document_part, S("lang")) == NULL)
        csaf_lacks(c, c->index->document_part, S("lang"), S("lang_missing"));
}

static void check_private(struct csaf_check *c, str member)
{
    const struct json *node = json_get(c->index->document_part, member);
    struct lang_tag t;
    (void)lang_tag_read(json_text(node), &t);
    if (t.private_use.p != NULL)
        csaf_found(c, node, S("lang_private"), json_text(node), t.private_use, NO_STR);
}

/* 6.2.14 */
void csaf_lang_private(struct csaf_check *c)
{
    check_private(c, S("lang"));
    check_private(c, S("source_lang"));
}

static void check_default(struct csaf_check *c, str member)
{
    const struct json *node = json_get(c->index->document_part, member);
    if (str_eq_nocase(json_text(node), S("i-default")))
        csaf_found(c, node, S("lang_default"), NO_STR, NO_STR, NO_STR);
}

/* 6.2.15 */
void csaf_lang_default(struct csaf_check *c)
{
    check_default(c, S("lang"));
    check_default(c, S("source_lang"));
}

/* 6.2.22 */
void csaf_title_has_id(struct csaf_check *c)
{
    const struct json *title = json_get(c->index->document_part, S("title"));
    str id = json_get_text(c->index->tracking, S("id"));
    if (id.n > 0 && str_find(json_text(title), id) >= 0)
        csaf_found(c, title, S("title_has_id"), id, NO_STR, NO_STR);
}

static void check_sharing_id(struct csaf_check *c, str id, str word)
{
    const struct json *node =
        csaf_at(c->index->document_part, "distribution", "sharing_group", "id", NULL);
    if (str_eq_nocase(json_text(node), id))
        csaf_found(c, node, word, NO_STR, NO_STR, NO_STR);
}

/* 6.2.28 */
void csaf_sharing_max(struct csaf_check *c)
{
    check_sharing_id(c, S("ffffffff-ffff-ffff-ffff-ffffffffffff"), S("sharing_max"));
}

/* 6.2.29 */
void csaf_sharing_nil(struct csaf_check *c)
{
    check_sharing_id(c, S("00000000-0000-0000-0000-000000000000"), S("sharing_nil"));
}

/* 6.2.30 */
void csaf_sharing_clear(struct csaf_check *c)
{
    const struct json *group =
        csaf_at(c->index->document_part, "distribution", "sharing_group", NULL);
    if (group != NULL && csaf_is_clear(c))
        csaf_found(c, group, S("sharing_clear"), NO_STR, NO_STR, NO_STR);
}

/* 6.2.38 */
void csaf_category_deprecated(struct csaf_check *c)
{
    if (str_has_prefix(c->index->category, S("csaf_deprecated_")))
        csaf_found(c, json_get(c->index->document_part, S("category")), S("category_deprecated"),
                   c->index->category, NO_STR, NO_STR);
}

/* Whether key i of the object stands before key i - 1; mostly the first bytes tell. */
static bool is_unsorted(const struct json *object, size_t i)
{
    str before = json_key(object, i - 1), key = json_key(object, i);
    if (before.n > 0 && key.n > 0 && before.p[0] != key.p[0])
        return (unsigned char)before.p[0] > (unsigned char)key.p[0];
    return str_cmp(before, key) > 0;
}

static void check_sorted_object(struct csaf_check *c, const struct json *j)
{
    size_t i = 1;
    while (i < j->n && !is_unsorted(j, i))
        i++;
    if (i < j->n)
        csaf_found(c, json_value(j, i), S("keys_unsorted"), json_key(j, i), json_key(j, i - 1),
                   NO_STR);
}

/* The first member of each object that stands behind one that it should stand before.
 * Recursive: trees are at most JSON_DEPTH deep. */
static void check_sorted(struct csaf_check *c, const struct json *j)
{
    size_t step = j->kind == JSON_IS_OBJECT ? 2 : 1;
    const struct json *at = j->u.items + (step - 1);
    if (step == 2)
        check_sorted_object(c, j);
    for (size_t i = 0; i < j->n; i++, at += step)
        if (at->kind >= JSON_IS_ARRAY && at->n > 0)
            check_sorted(c, at);
}

/* 6.2.13 */
void csaf_keys_unsorted(struct csaf_check *c)
{
    if (json_count(c->document) > 0)
        check_sorted(c, c->document);
}
