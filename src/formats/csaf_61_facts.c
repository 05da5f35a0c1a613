/* csaf_61_facts.c - mandatory tests: weaknesses, languages, package URLs and licences are those
 * of their lists and grammars. */
#include "formats/csaf_check.h"
#include "formats/cwe.h"
#include "formats/lang_tag.h"
#include "formats/purl.h"
#include "formats/spdx.h"

/* 2.0 names no version of the list: the name may be that of any. */
static void check_weakness(struct csaf_check *c, const struct json *cwe)
{
    const struct json *id_node = json_get(cwe, S("id")), *name_node = json_get(cwe, S("name"));
    str id = json_text(id_node), name = json_text(name_node);
    i64 number;
    if (id.p == NULL || name.p == NULL)
        return;
    if (!str_has_prefix(id, S("CWE-")) || !cwe_parse(id, &number))
        csaf_found(c, id_node, S("cwe_unknown"), id, cwe_version(), NO_STR);
    else if (!cwe_ever(number, name))
        csaf_found(c, name_node, S("cwe_name"), id, name, NO_STR);
}

static void check_weakness_in(struct csaf_check *c, const struct json *cwe)
{
    const struct json *id_node = json_get(cwe, S("id")), *name_node = json_get(cwe, S("name"));
    const struct json *version_node = json_get(cwe, S("version"));
    str id = json_text(id_node), name = json_text(name_node), version = json_text(version_node);
    struct cwe_fact fact;
    i64 number;
    if (id.p == NULL || version.p == NULL)
        return;
    if (cwe_version_order(version) < 0)
        csaf_found(c, version_node, S("cwe_version"), version, NO_STR, NO_STR);
    else if (!cwe_parse(id, &number) || !cwe_in(number, version, &fact))
        csaf_found(c, id_node, S("cwe_unknown"), id, version, NO_STR);
    else if (name.p != NULL && !str_eq(name, fact.name))
        csaf_found(c, name_node, S("cwe_name_in"), id, version, fact.name);
}

/* 6.1.11 */
void csaf_cwe_wrong(struct csaf_check *c)
{
    EACH (v, c->index->vulnerabilities) {
        if (c->version == CSAF_2_0)
            check_weakness(c, json_get(v, S("cwe")));
        else
            EACH (cwe, json_get(v, S("cwes")))
                check_weakness_in(c, cwe);
    }
}

/* 6.1.12 */
void csaf_lang_wrong(struct csaf_check *c)
{
    static const str members[] = {S_INIT("lang"), S_INIT("source_lang")};
    for (size_t i = 0; i < COUNT(members); i++) {
        const struct json *node = json_get(c->index->document_part, members[i]);
        struct lang_tag tag = {0};
        if (json_text(node).p != NULL && lang_tag_read(json_text(node), &tag) != LANG_VALID)
            csaf_found(c, node, S("lang_wrong"), json_text(node), tag.wrong, NO_STR);
    }
}

static void check_purl(struct csaf_check *c, const struct json *node)
{
    struct purl p;
    str why;
    if (json_text(node).p != NULL && purl_read(c->a, json_text(node), &p, &why) != OK)
        csaf_found(c, node, S("purl_wrong"), json_text(node), why, NO_STR);
}

/* 6.1.13 */
void csaf_purl_wrong(struct csaf_check *c)
{
    const struct csaf_index *x = c->index;
    for (size_t i = 0; i < x->products.n; i++) {
        const struct json *helper =
            json_get(x->products.v[i].name, S("product_identification_helper"));
        if (c->version == CSAF_2_0)
            check_purl(c, json_get(helper, S("purl")));
        else
            EACH (purl, json_get(helper, S("purls")))
                check_purl(c, purl);
    }
}

/* Package URLs that name another package than the first that can be read. */
static void check_purls(struct csaf_check *c, const struct json *list)
{
    struct purl first, p;
    bool have = false;
    str why, text = NO_STR;
    EACH (node, list) {
        if (json_text(node).p == NULL || purl_read(c->a, json_text(node), &p, &why) != OK)
            continue;
        if (have && !purl_same_package(&first, &p))
            csaf_found(c, node, S("purls_differ"), json_text(node), text, NO_STR);
        if (!have) {
            first = p;
            text = json_text(node);
        }
        have = true;
    }
}

/* 6.1.42 */
void csaf_purls_differ(struct csaf_check *c)
{
    for (size_t i = 0; i < c->index->products.n; i++)
        check_purls(c, csaf_at(c->index->products.v[i].name, "product_identification_helper",
                               "purls", NULL));
}

/* False: there is no expression, or it cannot be read. */
static bool licence_of(struct csaf_check *c, const struct json **node, struct spdx *out)
{
    size_t at;
    *node = json_get(c->index->document_part, S("license_expression"));
    return json_text(*node).p != NULL && spdx_read(c->a, json_text(*node), out, &at);
}

/* 6.1.54: references into other documents are not allowed: 2.1, section 3.2.2.7. */
void csaf_licence_wrong(struct csaf_check *c)
{
    const struct json *node;
    struct spdx e;
    if (!licence_of(c, &node, &e)) {
        if (json_text(node).p != NULL)
            csaf_found(c, node, S("licence_wrong"), json_text(node), NO_STR, NO_STR);
        return;
    }
    for (size_t i = 0; i < e.n; i++)
        if (e.ids[i].document)
            csaf_found(c, node, S("licence_document"), e.ids[i].text, NO_STR, NO_STR);
}

/* An identifier of the expression that is of neither list; absent: there is none.  One that names
 * a list and is not in it is no licence of one's own, but a mistake: 6.2.45 (and the official
 * documents of that test are valid). */
static str unlisted(const struct spdx *e)
{
    for (size_t i = 0; i < e->n; i++)
        if (spdx_known(&e->ids[i]) == SPDX_UNKNOWN)
            return e->ids[i].text;
    return NO_STR;
}

/* 6.1.55 */
void csaf_licence_text(struct csaf_check *c)
{
    const struct json *node, *notes = json_get(c->index->document_part, S("notes"));
    struct spdx e;
    if (!csaf_is_english(c) || !licence_of(c, &node, &e))
        return;
    str id = unlisted(&e);
    size_t titled = 0, right = 0;
    EACH (note, notes)
        if (str_eq(json_get_text(note, S("title")), S("License"))) {
            titled++;
            right += str_eq(json_get_text(note, S("category")), S("legal_disclaimer"));
        }
    if (id.p != NULL && (titled != 1 || right != 1))
        csaf_found(c, notes ? notes : c->index->document_part, S("licence_text"), id, NO_STR,
                   NO_STR);
}
