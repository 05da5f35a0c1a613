/* vuldef_read.c - see vuldef.h. */
#include "formats/vuldef_own.h"

#include "base/vec.h"

static const str none = S_INIT("");

static const struct xml_node *child(const struct xml_node *n, const char *name)
{
    return xml_find(n, S(JVN_VULDEF), str_z(name));
}

static str child_text(const struct xml_node *n, const char *name)
{
    return xml_text_of(child(n, name));
}

static struct strs child_texts(struct arena *a, const struct xml_node *n, str name)
{
    return jvn_texts(a, n, S(JVN_VULDEF), name);
}

static struct jvn_items read_class(struct arena *a, const struct xml_node *data,
                                   const struct vuldef_class *c)
{
    const struct xml_node *all = xml_find(data, S(JVN_VULDEF), c->all);
    struct {
        VEC(struct jvn_item)
    } v = {0};
    for (const struct xml_node *n = xml_find(all, S(JVN_VULDEF), c->item); n; n = xml_after(n))
        *PUSH(a, &v) =
            (struct jvn_item){.type = c->type.n > 0 ? xml_attribute_of(n, none, c->type) : NO_STR,
                              .name = c->named ? child_text(n, "Name") : NO_STR,
                              .texts = child_texts(a, n, S("Description")),
                              .urls = c->url.n > 0 ? child_texts(a, n, c->url) : (struct strs){0}};
    return (struct jvn_items){v.v, v.n};
}

static void read_versions(struct arena *a, const struct xml_node *item, struct jvn_product *p)
{
    struct {
        VEC(struct jvn_version)
    } v = {0};
    for (const struct xml_node *n = child(item, "VersionNumber"); n; n = xml_after(n)) {
        const struct xml_node *begin = child(n, "RangeBegin"), *end = child(n, "RangeEnd");
        *PUSH(a, &v) =
            (struct jvn_version){.text = str_trim(n->text),
                                 .op = xml_attribute_of(n, none, S("operator")),
                                 .begin = xml_text_of(begin),
                                 .begin_op = xml_attribute_of(begin, none, S("operator")),
                                 .end = xml_text_of(end),
                                 .end_op = xml_attribute_of(end, none, S("operator"))};
    }
    p->versions = v.v;
    p->nversions = v.n;
}

static void read_affected(struct arena *a, const struct xml_node *data, struct jvn_entry *e)
{
    struct {
        VEC(struct jvn_product)
    } v = {0};
    const struct xml_node *n = child(child(data, "Affected"), "AffectedItem");
    for (; n != NULL; n = xml_after(n)) {
        struct jvn_product *p = PUSH(a, &v);
        *p = (struct jvn_product){.vendor = child_text(n, "Name"),
                                  .product = child_text(n, "ProductName"),
                                  .cpes = child_texts(a, n, S("Cpe")),
                                  .status = xml_attribute_of(n, none, S("affectedstatus")),
                                  .builds = child_texts(a, n, S("BuildNumber")),
                                  .texts = child_texts(a, n, S("Description"))};
        read_versions(a, n, p);
    }
    e->products = v.v;
    e->nproducts = v.n;
}

static void read_cvss(struct arena *a, const struct xml_node *data, struct jvn_entry *e)
{
    struct {
        VEC(struct jvn_cvss)
    } v = {0};
    const struct xml_node *n = child(child(data, "Impact"), "Cvss");
    for (; n != NULL; n = xml_after(n))
        *PUSH(a, &v) = (struct jvn_cvss){.version = xml_attribute_of(n, none, S("version")),
                                         .severity = child_text(n, "Severity"),
                                         .score = child_text(n, "Base"),
                                         .vector = child_text(n, "Vector"),
                                         .temporal = child_text(n, "Temp"),
                                         .environmental = child_text(n, "Env")};
    e->cvss = v.v;
    e->ncvss = v.n;
}

static void read_related(struct arena *a, const struct xml_node *data, struct jvn_entry *e)
{
    struct {
        VEC(struct jvn_reference)
    } v = {0};
    const struct xml_node *n = child(child(data, "Related"), "RelatedItem");
    for (; n != NULL; n = xml_after(n)) {
        str type = xml_attribute_of(n, none, S("type"));
        struct jvn_reference *r = PUSH(a, &v);
        *r = (struct jvn_reference){.source = vuldef_source_short(child_text(n, "Name")),
                                    .id = child_text(n, "VulinfoID"),
                                    .title = child_text(n, "Title"),
                                    .url = child_text(n, "URL"),
                                    .text = child_text(n, "Description")};
        for (enum jvn_about k = JVN_ADVISORY; k <= JVN_CWE; k++)
            if (str_eq(type, vuldef_about[k]))
                r->about = k;
    }
    e->references = v.v;
    e->nreferences = v.n;
}

static void read_history(struct arena *a, const struct xml_node *data, struct jvn_entry *e)
{
    struct {
        VEC(struct jvn_change)
    } v = {0};
    const struct xml_node *n = child(child(data, "History"), "HistoryItem");
    for (; n != NULL; n = xml_after(n))
        *PUSH(a, &v) = (struct jvn_change){.no = child_text(n, "HistoryNo"),
                                           .at = jvn_time_read(child_text(n, "DateTime")),
                                           .texts = child_texts(a, n, S("Description"))};
    e->history = v.v;
    e->nhistory = v.n;
}

static void read_entry(struct arena *a, const struct xml_node *n, struct jvn_entry *e)
{
    const struct xml_node *data = child(n, "VulinfoData"),
                          *words = child(data, "VulinfoDescription");
    *e = (struct jvn_entry){
        .id = child_text(n, "VulinfoID"),
        .restriction = xml_attribute_of(n, none, S("restriction")),
        .title = child_text(data, "Title"),
        .overview = child_text(words, "Overview"),
        .details = child_texts(a, words, S("Detail")),
        .impacts = read_class(a, data, &vuldef_impact),
        .solutions = read_class(a, data, &vuldef_solution),
        .exploits = read_class(a, data, &vuldef_exploit),
        .credits = read_class(a, data, &vuldef_credit),
        .contacts = read_class(a, data, &vuldef_contact),
        .issued = jvn_time_read(child_text(data, "DateFirstPublished")),
        .modified = jvn_time_read(child_text(data, "DateLastUpdated")),
        .first_public = jvn_time_read(child_text(data, "DatePublic")),
    };
    read_affected(a, data, e);
    read_cvss(a, data, e);
    read_related(a, data, e);
    read_history(a, data, e);
}

enum err vuldef_read(struct arena *a, str text, struct vuldef *out, struct xml_error *error)
{
    const struct xml_node *root;
    struct jvn_status *status = NEW(a, struct jvn_status);
    struct {
        VEC(struct jvn_entry)
    } v = {0};
    *out = (struct vuldef){0};
    TRY(xml_read(a, text, &root, error));
    if (!xml_is(root, S(JVN_VULDEF), S("VULDEF-Document"))) {
        *error = (struct xml_error){S("xml_root"), 1, 0};
        return E_INVALID;
    }
    out->lang = xml_attribute_of(root, S("http://www.w3.org/XML/1998/namespace"), S("lang"));
    for (const struct xml_node *n = child(root, "Vulinfo"); n != NULL; n = xml_after(n)) {
        read_entry(a, n, PUSH(a, &v));
        v.v[v.n - 1].lang = out->lang;
    }
    out->entries = (struct jvn_entries){v.v, v.n};
    out->status = jvn_read_status(a, root, status) ? status : NULL;
    return OK;
}
