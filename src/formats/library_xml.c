/* library_xml.c - JVNRSS and VULDEF as entries of the library. */
#include "formats/jvnrss.h"
#include "formats/library_own.h"
#include "formats/vuldef.h"

/* Who the ids of JVN iPedia belong to, whichever address they came from. */
static const char jvndb[] = "https://jvndb.jvn.jp", jvn[] = "https://jvn.jp";

/* "https://jvn.jp" of "https://jvn.jp/jp/JVN…" */
static str origin_of(str url)
{
    ptrdiff_t at = str_find(url, S("://"));
    if (at <= 0)
        return S("");
    str rest = str_from(url, (size_t)at + 3), host = str_cut(&rest, '/');
    return host.n > 0 ? str_sub(url, 0, (size_t)at + 3 + host.n) : S("");
}

static str publisher_of(struct arena *a, const struct jvn_entry *e, str id)
{
    str by_link = origin_of(library_id(e->link)), prefix = id;
    if (str_has_prefix(id, S("JVNDB-")))
        return str_z(jvndb);
    if (str_has_prefix(id, S("JVN#")) || str_has_prefix(id, S("JVNVU#")) ||
        str_has_prefix(id, S("JVNTA#")))
        return str_z(jvn);
    if (by_link.n > 0)
        return str_copy(a, by_link);
    prefix = str_cut(&prefix, '-');
    return prefix.n > 0 && prefix.n < id.n ? str_join(a, S("vuldef:"), str_lower(a, prefix))
                                           : S("");
}

static void add_references(struct library_making *m, const struct jvn_entry *e)
{
    for (size_t i = 0; i < e->nreferences; i++) {
        const struct jvn_reference *r = &e->references[i];
        if (r->about == JVN_CWE)
            library_add_cwe(m, r->id);
        else if (r->about == JVN_ADVISORY)
            library_add_other(m, r->id);
        if (r->about != JVN_CWE)
            library_add_link(m, r->title.n > 0 ? r->title : r->id, r->url);
    }
    if (e->number.n > 0 && !str_eq(e->number, m->e.id))
        library_add_other(m, e->number);
}

static void add_vulns(struct library_making *m, const struct jvn_entry *e)
{
    for (size_t i = 0; i < e->ncvss; i++)
        library_add_vector(m, S(""), e->cvss[i].vector);
    for (size_t i = 0; i < e->nproducts; i++)
        if (jvn_is_affected(&e->products[i]))
            library_add_product(m, e->products[i].vendor, e->products[i].product);
}

static enum err read_keys(struct library_making *m, const struct jvn_entry *e, str place,
                          struct library_refusal *why)
{
    m->e.id = library_id(e->id);
    if (m->e.id.n == 0)
        m->e.id = library_id(e->number);
    if (m->e.id.n == 0)
        return library_refuse(why, S("library_no_id"), place);
    m->e.publisher = publisher_of(m->a, e, m->e.id);
    if (m->e.publisher.n == 0)
        return library_refuse(why, S("library_no_publisher"), place);
    m->e.title = library_cut(m->a, e->title, LIBRARY_TEXT);
    if (m->e.title.n == 0)
        return library_refuse(why, S("library_no_title"), place);
    str name = e->creator.n > 0 ? e->creator : e->publisher;
    m->e.publisher_name = library_cut(m->a, name, LIBRARY_TEXT);
    if (m->e.publisher_name.n == 0 && str_eq(m->e.publisher, str_z(jvndb)))
        m->e.publisher_name = S("JVN iPedia");
    return OK;
}

static enum err read_entry(struct arena *a, const struct jvn_entry *e, str kind, str tlp, str place,
                           struct library_entry *out, struct library_refusal *why)
{
    struct library_making m = {.a = a, .e = {.kind = kind, .tlp = tlp, .score = -1}};
    TRY(read_keys(&m, e, place, why));
    if (e->restriction.n > 0 && !str_eq(e->restriction, S("public")))
        m.e.tlp = S("");
    str lang = library_id(e->lang);
    m.e.lang = lang;
    m.e.edition = lang;
    m.e.version = S("");
    m.e.status = S("");
    m.e.summary = library_cut(a, e->overview, LIBRARY_SUMMARY);
    m.e.released = e->issued.is ? e->issued : e->first_public;
    m.e.updated = e->modified.is ? e->modified : m.e.released;
    library_add_link(&m, S(""), e->link);
    m.e.url = m.links.n > 0 ? m.links.v[0].url : S("");
    add_references(&m, e);
    add_vulns(&m, e);
    TRY(library_made(&m, why));
    *out = m.e;
    return OK;
}

/* The colour of the marking of the whole, where there is one; nothing that JVN publishes is
 * other than white. */
static str marking_of(const struct xml_node *root)
{
    static const char data[] = "http://data-marking.mitre.org/Marking-1";
    const struct xml_node *channel = xml_find(root, S(JVN_RSS), S("channel"));
    const struct xml_node *handling = xml_find(root, S(JVN_SEC3), S("handling"));
    if (handling == NULL)
        handling = xml_find(channel, S(JVN_SEC3), S("handling"));
    const struct xml_node *marking = xml_find(handling, str_z(data), S("Marking"));
    const struct xml_node *structure = xml_find(marking, str_z(data), S("Marking_Structure"));
    str color = xml_attribute_of(structure, S(""), S("color"));
    if (handling == NULL || str_eq(color, S("WHITE")) || str_eq(color, S("CLEAR")))
        return S("CLEAR");
    return S("");
}

static enum err take_all(struct arena *a, const struct jvn_entries *all, str kind, str tlp,
                         struct library_read *out, struct library_refusal *why)
{
    for (size_t i = 0; i < all->n; i++) {
        struct library_entry e;
        struct library_refusal no;
        if (read_entry(a, &all->v[i], kind, tlp, str_fmt(a, "entry %zu", i + 1), &e, &no) == OK)
            *PUSH(a, &out->entries) = e;
        else
            *PUSH(a, &out->refused) = no;
    }
    if (out->entries.n > 0)
        return OK;
    if (out->refused.n > 0)
        return library_refuse(why, out->refused.v[0].code, out->refused.v[0].place);
    return library_refuse(why, S("library_empty"), S(""));
}

enum err library_read_xml(struct arena *a, str bytes, struct library_read *out,
                          struct library_refusal *why)
{
    const struct xml_node *root;
    struct xml_error bad = {0};
    struct jvnrss feed;
    struct vuldef document;
    if (xml_read(a, bytes, &root, &bad) != OK)
        return library_refuse(why, S("library_xml"), str_fmt(a, "%lld", (long long)bad.line));
    str tlp = marking_of(root);
    if (jvnrss_read(a, bytes, &feed, &bad) == OK)
        return take_all(a, &feed.entries, S("jvnrss"), tlp, out, why);
    if (vuldef_read(a, bytes, &document, &bad) == OK)
        return take_all(a, &document.entries, S("vuldef"), tlp, out, why);
    return library_refuse(why, S("library_format"), S(""));
}
