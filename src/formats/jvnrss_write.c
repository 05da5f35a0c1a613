/* jvnrss_write.c - see jvnrss.h. */
#include "formats/jvnrss.h"

static void put_spaces(struct xml_out *x, const struct jvnrss *f)
{
    xml_attr(x, S("xmlns:xsi"), S("http://www.w3.org/2001/XMLSchema-instance"));
    xml_attr(x, S("xmlns:rdf"), S(JVN_RDF));
    xml_attr(x, S("xmlns"), S(JVN_RSS));
    xml_attr(x, S("xmlns:dc"), S(JVN_DC));
    xml_attr(x, S("xmlns:dcterms"), S(JVN_DCTERMS));
    xml_attr(x, S("xmlns:sec"), f->is_file ? S(JVN_SEC) : S(JVN_SEC3));
    if (f->is_file) {
        xml_attr(x, S("xsi:schemaLocation"),
                 S(JVN_RSS " https://jvndb.jvn.jp/schema/jvnrss_2.0.xsd"));
        return;
    }
    xml_attr(x, S("xmlns:marking"), S("http://data-marking.mitre.org/Marking-1"));
    xml_attr(x, S("xmlns:tlpMarking"),
             S("http://data-marking.mitre.org/extensions/MarkingStructure#TLP-1"));
    xml_attr(x, S("xmlns:status"), S(JVN_STATUS));
    xml_attr(x, S("xsi:schemaLocation"),
             S(JVN_RSS " https://jvndb.jvn.jp/schema/jvnrss_3.2.xsd " JVN_STATUS
                       " https://jvndb.jvn.jp/schema/status_3.3.xsd"));
}

static str about_of(const struct jvn_entry *e)
{
    return e->about.n > 0 ? e->about : e->link;
}

static void put_channel(struct xml_out *x, const struct jvnrss *f)
{
    str date = jvn_time(x->b->a, f->date, false);
    xml_begin(x, S("channel"));
    xml_attr(x, S("rdf:about"), f->about);
    xml_element(x, S("title"), f->title);
    xml_element(x, S("link"), f->link);
    xml_element(x, S("description"), f->description);
    if (f->is_file)
        xml_element(x, S("dc:creator"), S(""));
    xml_element(x, S("dc:date"), date);
    if (!f->is_file)
        xml_element(x, S("dcterms:issued"), S(""));
    xml_element(x, S("dcterms:modified"), date);
    if (!f->is_file)
        jvn_put_handling(x);
    xml_begin(x, S("items"));
    xml_begin(x, S("rdf:Seq"));
    for (size_t i = 0; i < f->entries.n; i++) {
        xml_begin(x, S("rdf:li"));
        xml_attr(x, S("rdf:resource"), about_of(&f->entries.v[i]));
        xml_end(x);
    }
    xml_end(x);
    xml_end(x);
    xml_end(x);
}

static void put_reference(struct xml_out *x, const struct jvn_reference *r)
{
    xml_begin(x, S("sec:references"));
    xml_attr(x, S("source"), r->about == JVN_CWE ? NO_STR : r->source);
    xml_attr(x, S("id"), r->id);
    xml_attr(x, S("title"), r->title);
    xml_text(x, r->url);
    xml_end(x);
}

static void put_product(struct xml_out *x, const struct jvn_product *p)
{
    for (size_t i = 0; i < p->cpes.n; i++) {
        xml_begin(x, S("sec:cpe"));
        xml_attr(x, S("version"), S("2.2"));
        xml_attr(x, S("vendor"), p->vendor.p != NULL ? p->vendor : S(""));
        xml_attr(x, S("product"), p->product);
        xml_text(x, p->cpes.v[i]);
        xml_end(x);
    }
}

/* Programs that read the files know 2 and 3.0 alone; the base equations of 3.1 are those of 3.0. */
static void put_cvss(struct xml_out *x, const struct jvn_cvss *c, bool is_file)
{
    bool is_31 = str_eq(c->version, S("3.1"));
    str vector = c->vector;
    if (is_file && !is_31 && !str_eq(c->version, S("2.0")) && !str_eq(c->version, S("3.0")))
        return;
    if (is_file && is_31 && str_has_prefix(vector, S("CVSS:3.1/")))
        vector = str_join(x->b->a, S("CVSS:3.0/"), str_from(vector, S("CVSS:3.1/").n));
    xml_begin(x, S("sec:cvss"));
    xml_attr(x, S("score"), c->score);
    xml_attr(x, S("severity"), c->severity);
    xml_attr(x, S("vector"), vector);
    xml_attr(x, S("version"), is_file && is_31 ? S("3.0") : c->version);
    xml_attr(x, S("type"), c->type.n > 0 ? c->type : S("Base"));
    xml_end(x);
}

static void put_item(struct xml_out *x, const struct jvn_entry *e, bool is_file)
{
    struct arena *a = x->b->a;
    str modified = jvn_time(a, e->modified, is_file);
    xml_begin(x, S("item"));
    xml_attr(x, S("rdf:about"), about_of(e));
    xml_element(x, S("title"), e->title);
    xml_element(x, S("link"), e->link);
    xml_element(x, S("description"), e->overview);
    xml_element(x, S("dc:publisher"), e->publisher);
    xml_element(x, S("dc:rights"), e->rights);
    xml_element(x, S("dc:creator"), is_file ? NO_STR : e->creator);
    xml_element(x, S("dc:subject"), e->subject);
    xml_element(x, S("dc:identifier"), e->number);
    for (size_t i = 0; i < e->relations.n; i++)
        xml_element(x, S("dc:relation"), e->relations.v[i]);
    xml_element(x, S("sec:identifier"), e->id);
    for (size_t i = 0; i < e->nreferences; i++)
        put_reference(x, &e->references[i]);
    for (size_t i = 0; i < e->nproducts; i++)
        if (jvn_is_affected(&e->products[i]))
            put_product(x, &e->products[i]);
    for (size_t i = 0; i < e->ncvss; i++)
        put_cvss(x, &e->cvss[i], is_file);
    xml_element(x, S("dc:date"), modified);
    xml_element(x, S("dcterms:issued"), jvn_time(a, e->issued, is_file));
    xml_element(x, S("dcterms:modified"), modified);
    xml_end(x);
}

str jvnrss_write(struct arena *a, const struct jvnrss *f)
{
    buf b = jvn_room(a, &f->entries);
    struct xml_out x = {.b = &b};
    xml_declaration(&x);
    xml_begin(&x, S("rdf:RDF"));
    put_spaces(&x, f);
    xml_attr(&x, S("xml:lang"), f->lang);
    if (!f->bare) {
        put_channel(&x, f);
        for (size_t i = 0; i < f->entries.n; i++) {
            jvn_note_place(&x, &f->entries, i);
            if (!jvn_put_made(&x, &f->entries.v[i]))
                put_item(&x, &f->entries.v[i], f->is_file);
        }
        jvn_note_place(&x, &f->entries, f->entries.n);
    }
    if (f->status != NULL && !f->is_file)
        jvn_put_status(&x, f->status);
    xml_end(&x);
    return buf_str(&b);
}
