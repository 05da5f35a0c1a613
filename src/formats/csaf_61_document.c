/* csaf_61_document.c - mandatory tests: the document's language, category and sharing group. */
#include "formats/csaf_check.h"

bool csaf_is_english(const struct csaf_check *c)
{
    str lang = json_get_text(c->index->document_part, S("lang"));
    str first = str_cut(&lang, '-');
    return first.n == 0 || str_eq_nocase(first, S("en"));
}

/* 6.1.15 */
void csaf_source_lang_missing(struct csaf_check *c)
{
    const struct json *part = c->index->document_part, *lang = json_get(part, S("source_lang"));
    if (!str_eq(json_get_text(json_get(part, S("publisher")), S("category")), S("translator")))
        return;
    if (lang == NULL)
        csaf_found(c, part, S("source_lang_missing"), NO_STR, NO_STR, NO_STR);
    else if (json_text(lang).n == 0)
        csaf_found(c, lang, S("source_lang_empty"), NO_STR, NO_STR, NO_STR);
}

/* 6.1.28 */
void csaf_lang_same(struct csaf_check *c)
{
    const struct json *source = json_get(c->index->document_part, S("source_lang"));
    str lang = json_get_text(c->index->document_part, S("lang"));
    if (lang.n > 0 && str_eq_nocase(lang, json_text(source)))
        csaf_found(c, source, S("lang_same"), lang, NO_STR, NO_STR);
}

static const str max_uuid = S_INIT("ffffffff-ffff-ffff-ffff-ffffffffffff");
static const str nil_uuid = S_INIT("00000000-0000-0000-0000-000000000000");
static const str public_name = S_INIT("Public");
static const str nobody_name = S_INIT("No sharing allowed");

struct sharing {
    const struct json *group, *id_node, *name_node, *label;
    bool max, nil;
};

static struct sharing sharing_of(const struct csaf_check *c)
{
    const struct json *distribution = json_get(c->index->document_part, S("distribution"));
    struct sharing s = {.group = json_get(distribution, S("sharing_group"))};
    s.id_node = json_get(s.group, S("id"));
    s.name_node = json_get(s.group, S("name"));
    s.label = json_get(json_get(distribution, S("tlp")), S("label"));
    s.max = str_eq_nocase(json_text(s.id_node), max_uuid);
    s.nil = str_eq(json_text(s.id_node), nil_uuid);
    return s;
}

/* 6.1.38 */
void csaf_sharing_not_public(struct csaf_check *c)
{
    struct sharing s = sharing_of(c);
    if (s.max && !str_eq(json_text(s.label), S("CLEAR")))
        csaf_found(c, s.label ? s.label : s.id_node, S("sharing_not_public"), json_text(s.label),
                   NO_STR, NO_STR);
}

/* 6.1.39 */
void csaf_sharing_public(struct csaf_check *c)
{
    struct sharing s = sharing_of(c);
    if (s.group == NULL || !str_eq(json_text(s.label), S("CLEAR")))
        return;
    if (!s.max && !(s.nil && str_eq(c->index->status, S("draft"))))
        csaf_found(c, s.id_node ? s.id_node : s.group, S("sharing_public"), NO_STR, NO_STR, NO_STR);
}

/* 6.1.40 */
void csaf_sharing_name_reserved(struct csaf_check *c)
{
    struct sharing s = sharing_of(c);
    str name = json_text(s.name_node);
    if ((str_eq(name, public_name) && !s.max) || (str_eq(name, nobody_name) && !s.nil))
        csaf_found(c, s.name_node, S("sharing_name_reserved"), name, NO_STR, NO_STR);
}

/* 6.1.41 */
void csaf_sharing_name_missing(struct csaf_check *c)
{
    struct sharing s = sharing_of(c);
    str want = s.max ? public_name : nobody_name;
    if ((s.max || s.nil) && !str_eq(json_text(s.name_node), want))
        csaf_found(c, s.name_node ? s.name_node : s.group, S("sharing_name_missing"), want, NO_STR,
                   NO_STR);
}
