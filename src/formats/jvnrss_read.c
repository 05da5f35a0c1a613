/* jvnrss_read.c - see jvnrss.h. */
#include "formats/jvnrss.h"

#include "base/vec.h"

static const str none = S_INIT("");

/* A child of the security module, in either of its namespaces. */
static const struct xml_node *first_sec(const struct xml_node *n, const char *name)
{
    const struct xml_node *found = xml_find(n, S(JVN_SEC3), str_z(name));
    return found != NULL ? found : xml_find(n, S(JVN_SEC), str_z(name));
}

static bool is_cwe(const struct jvn_reference *r)
{
    return r->source.n == 0 && str_has_prefix(r->id, S("CWE-"));
}

static void read_references(struct arena *a, const struct xml_node *item, struct jvn_entry *e)
{
    struct {
        VEC(struct jvn_reference)
    } v = {0};
    for (const struct xml_node *n = first_sec(item, "references"); n; n = xml_after(n)) {
        struct jvn_reference *r = PUSH(a, &v);
        *r = (struct jvn_reference){.source = xml_attribute_of(n, none, S("source")),
                                    .id = xml_attribute_of(n, none, S("id")),
                                    .title = xml_attribute_of(n, none, S("title")),
                                    .url = str_trim(n->text)};
        r->about = is_cwe(r) ? JVN_CWE : JVN_ADVISORY;
    }
    e->references = v.v;
    e->nreferences = v.n;
}

static void read_products(struct arena *a, const struct xml_node *item, struct jvn_entry *e)
{
    struct {
        VEC(struct jvn_product)
    } v = {0};
    for (const struct xml_node *n = first_sec(item, "cpe"); n; n = xml_after(n)) {
        str *cpe = NEW(a, str);
        *cpe = str_trim(n->text);
        *PUSH(a, &v) = (struct jvn_product){.vendor = xml_attribute_of(n, none, S("vendor")),
                                            .product = xml_attribute_of(n, none, S("product")),
                                            .cpes = {cpe, 1}};
    }
    e->products = v.v;
    e->nproducts = v.n;
}

static void read_cvss(struct arena *a, const struct xml_node *item, struct jvn_entry *e)
{
    struct {
        VEC(struct jvn_cvss)
    } v = {0};
    for (const struct xml_node *n = first_sec(item, "cvss"); n; n = xml_after(n))
        *PUSH(a, &v) = (struct jvn_cvss){.version = xml_attribute_of(n, none, S("version")),
                                         .vector = xml_attribute_of(n, none, S("vector")),
                                         .severity = xml_attribute_of(n, none, S("severity")),
                                         .type = xml_attribute_of(n, none, S("type")),
                                         .score = xml_attribute_of(n, none, S("score"))};
    e->cvss = v.v;
    e->ncvss = v.n;
}

static void read_item(struct arena *a, const struct xml_node *n, struct jvn_entry *e)
{
    *e = (struct jvn_entry){
        .id = xml_text_of(first_sec(n, "identifier")),
        .number = xml_child_text(n, S(JVN_DC), S("identifier")),
        .about = xml_attribute_of(n, S(JVN_RDF), S("about")),
        .link = xml_child_text(n, S(JVN_RSS), S("link")),
        .title = xml_child_text(n, S(JVN_RSS), S("title")),
        .overview = xml_child_text(n, S(JVN_RSS), S("description")),
        .publisher = xml_child_text(n, S(JVN_DC), S("publisher")),
        .creator = xml_child_text(n, S(JVN_DC), S("creator")),
        .rights = xml_child_text(n, S(JVN_DC), S("rights")),
        .subject = xml_child_text(n, S(JVN_DC), S("subject")),
        .relations = jvn_texts(a, n, S(JVN_DC), S("relation")),
        .issued = jvn_time_read(xml_child_text(n, S(JVN_DCTERMS), S("issued"))),
        .modified = jvn_time_read(xml_child_text(n, S(JVN_DCTERMS), S("modified"))),
    };
    if (!e->modified.is)
        e->modified = jvn_time_read(xml_child_text(n, S(JVN_DC), S("date")));
    read_references(a, n, e);
    read_products(a, n, e);
    read_cvss(a, n, e);
}

static void read_channel(const struct xml_node *n, struct jvnrss *out)
{
    out->bare = n == NULL;
    out->about = xml_attribute_of(n, S(JVN_RDF), S("about"));
    out->title = xml_child_text(n, S(JVN_RSS), S("title"));
    out->link = xml_child_text(n, S(JVN_RSS), S("link"));
    out->description = xml_child_text(n, S(JVN_RSS), S("description"));
    out->date = jvn_time_read(xml_child_text(n, S(JVN_DC), S("date")));
}

enum err jvnrss_read(struct arena *a, str text, struct jvnrss *out, struct xml_error *error)
{
    const struct xml_node *root;
    struct jvn_status *status = NEW(a, struct jvn_status);
    struct {
        VEC(struct jvn_entry)
    } v = {0};
    *out = (struct jvnrss){.is_file = true};
    TRY(xml_read(a, text, &root, error));
    if (!xml_is(root, S(JVN_RDF), S("RDF"))) {
        *error = (struct xml_error){S("xml_root"), 1, 0};
        return E_INVALID;
    }
    out->lang = xml_attribute_of(root, S("http://www.w3.org/XML/1998/namespace"), S("lang"));
    read_channel(xml_find(root, S(JVN_RSS), S("channel")), out);
    for (const struct xml_node *n = xml_find(root, S(JVN_RSS), S("item")); n; n = xml_after(n)) {
        read_item(a, n, PUSH(a, &v));
        v.v[v.n - 1].lang = out->lang;
        if (xml_find(n, S(JVN_SEC3), S("identifier")) != NULL)
            out->is_file = false;
    }
    out->entries = (struct jvn_entries){v.v, v.n};
    if (jvn_read_status(a, root, status)) {
        out->status = status;
        out->is_file = false;
    }
    return OK;
}
