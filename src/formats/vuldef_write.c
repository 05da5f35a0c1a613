/* vuldef_write.c - see vuldef.h. */
#include "formats/vuldef_own.h"

const struct vuldef_class vuldef_impact = {S_INIT("Impact"), S_INIT("ImpactItem"),
                                           S_INIT("impacttype"), S_INIT(""), false},
                          vuldef_solution = {S_INIT("Solution"), S_INIT("SolutionItem"),
                                             S_INIT("solutiontype"), S_INIT("URL"), false},
                          vuldef_exploit = {S_INIT("Exploit"), S_INIT("ExploitItem"),
                                            S_INIT("exploittype"), S_INIT("URL"), false},
                          vuldef_credit = {S_INIT("Credit"), S_INIT("CreditItem"), S_INIT(""),
                                           S_INIT(""), true},
                          vuldef_contact = {S_INIT("Contact"), S_INIT("ContactItem"),
                                            S_INIT("contacttype"), S_INIT("Email"), true};

const str vuldef_about[] = {[JVN_ADVISORY] = S_INIT("advisory"),
                            [JVN_VENDOR] = S_INIT("vendor"),
                            [JVN_CWE] = S_INIT("cwe")};

static const struct {
    str name, source;
} sources[] = {{S_INIT("Common Vulnerabilities and Exposures (CVE)"), S_INIT("CVE")},
               {S_INIT("National Vulnerability Database (NVD)"), S_INIT("NVD")}};

str vuldef_source(str source)
{
    for (size_t i = 0; i < COUNT(sources); i++)
        if (str_eq(sources[i].source, source))
            return sources[i].name;
    return source;
}

str vuldef_source_short(str name)
{
    for (size_t i = 0; i < COUNT(sources); i++)
        if (str_eq(sources[i].name, name))
            return sources[i].source;
    return name;
}

static void put_texts(struct xml_out *x, str name, struct strs texts)
{
    for (size_t i = 0; i < texts.n; i++)
        xml_element(x, name, texts.v[i]);
}

static void put_description(struct xml_out *x, const struct jvn_entry *e)
{
    if (e->overview.p == NULL && e->details.n == 0)
        return;
    xml_begin(x, S("VulinfoDescription"));
    xml_element(x, S("Overview"), e->overview.p != NULL ? e->overview : S(""));
    put_texts(x, S("Detail"), e->details);
    xml_end(x);
}

static void put_bound(struct xml_out *x, str name, str op, str text)
{
    if (text.p == NULL)
        return;
    xml_begin(x, name);
    xml_attr(x, S("operator"), op);
    xml_text(x, text);
    xml_end(x);
}

static void put_version(struct xml_out *x, const struct jvn_version *v)
{
    xml_begin(x, S("VersionNumber"));
    xml_attr(x, S("operator"), v->op);
    xml_text(x, v->text);
    put_bound(x, S("RangeBegin"), v->begin_op, v->begin);
    put_bound(x, S("RangeEnd"), v->end_op, v->end);
    xml_end(x);
}

static void put_product(struct xml_out *x, const struct jvn_product *p)
{
    xml_begin(x, S("AffectedItem"));
    xml_attr(x, S("affectedstatus"), p->status);
    xml_element(x, S("Name"), p->vendor);
    xml_element(x, S("ProductName"), p->product);
    for (size_t i = 0; i < p->cpes.n; i++) {
        xml_begin(x, S("Cpe"));
        xml_attr(x, S("version"), S("2.2"));
        xml_text(x, p->cpes.v[i]);
        xml_end(x);
    }
    for (size_t i = 0; i < p->nversions; i++)
        put_version(x, &p->versions[i]);
    put_texts(x, S("BuildNumber"), p->builds);
    put_texts(x, S("Description"), p->texts);
    xml_end(x);
}

static void put_affected(struct xml_out *x, const struct jvn_entry *e)
{
    if (e->nproducts == 0)
        return;
    xml_begin(x, S("Affected"));
    for (size_t i = 0; i < e->nproducts; i++)
        put_product(x, &e->products[i]);
    xml_end(x);
}

static void put_items(struct xml_out *x, const struct vuldef_class *c, const struct jvn_items *v)
{
    for (size_t i = 0; i < v->n; i++) {
        const struct jvn_item *one = &v->v[i];
        xml_begin(x, c->item);
        if (c->type.n > 0)
            xml_attr(x, c->type, one->type);
        if (c->named)
            xml_element(x, S("Name"), one->name);
        put_texts(x, S("Description"), one->texts);
        if (c->url.n > 0)
            put_texts(x, c->url, one->urls);
        xml_end(x);
    }
}

static void put_class(struct xml_out *x, const struct vuldef_class *c, const struct jvn_items *v)
{
    if (v->n == 0)
        return;
    xml_begin(x, c->all);
    put_items(x, c, v);
    xml_end(x);
}

/* Severity, Base, Vector, Temp, Env: the schema's order, not that of its prose. */
static void put_cvss(struct xml_out *x, const struct jvn_cvss *c)
{
    xml_begin(x, S("Cvss"));
    xml_attr(x, S("version"), c->version);
    if (c->severity.p != NULL) {
        xml_begin(x, S("Severity"));
        xml_attr(x, S("type"), S("Base"));
        xml_text(x, c->severity);
        xml_end(x);
    }
    xml_element(x, S("Base"), c->score);
    xml_element(x, S("Vector"), c->vector);
    xml_element(x, S("Temp"), c->temporal);
    xml_element(x, S("Env"), c->environmental);
    xml_end(x);
}

static void put_impact(struct xml_out *x, const struct jvn_entry *e)
{
    if (e->ncvss == 0 && e->impacts.n == 0)
        return;
    xml_begin(x, S("Impact"));
    for (size_t i = 0; i < e->ncvss; i++)
        put_cvss(x, &e->cvss[i]);
    put_items(x, &vuldef_impact, &e->impacts);
    if (e->impacts.n == 0) { /* the schema wants one */
        xml_begin(x, S("ImpactItem"));
        xml_element(x, S("Description"), S(""));
        xml_end(x);
    }
    xml_end(x);
}

static void put_related(struct xml_out *x, const struct jvn_entry *e)
{
    if (e->nreferences == 0)
        return;
    xml_begin(x, S("Related"));
    for (size_t i = 0; i < e->nreferences; i++) {
        const struct jvn_reference *r = &e->references[i];
        xml_begin(x, S("RelatedItem"));
        xml_attr(x, S("type"), vuldef_about[r->about]);
        xml_element(x, S("Name"), vuldef_source(r->source));
        xml_element(x, S("VulinfoID"), r->id);
        xml_element(x, S("Title"), r->title);
        xml_element(x, S("URL"), r->url);
        xml_element(x, S("Description"), r->text);
        xml_end(x);
    }
    xml_end(x);
}

static void put_history(struct xml_out *x, const struct jvn_entry *e)
{
    if (e->nhistory == 0)
        return;
    xml_begin(x, S("History"));
    for (size_t i = 0; i < e->nhistory; i++) {
        xml_begin(x, S("HistoryItem"));
        xml_element(x, S("HistoryNo"), e->history[i].no);
        xml_element(x, S("DateTime"), jvn_time(x->b->a, e->history[i].at, false));
        put_texts(x, S("Description"), e->history[i].texts);
        xml_end(x);
    }
    xml_end(x);
}

static void put_entry(struct xml_out *x, const struct jvn_entry *e)
{
    struct arena *a = x->b->a;
    xml_begin(x, S("Vulinfo"));
    xml_attr(x, S("restriction"), e->restriction);
    xml_element(x, S("VulinfoID"), e->id.p != NULL ? e->id : S(""));
    xml_begin(x, S("VulinfoData"));
    xml_element(x, S("Title"), e->title);
    put_description(x, e);
    put_affected(x, e);
    put_impact(x, e);

    put_class(x, &vuldef_solution, &e->solutions);
    put_class(x, &vuldef_exploit, &e->exploits);
    put_related(x, e);
    put_class(x, &vuldef_credit, &e->credits);
    put_class(x, &vuldef_contact, &e->contacts);
    put_history(x, e);
    xml_element(x, S("DateFirstPublished"), jvn_time(a, e->issued, false));
    xml_element(x, S("DateLastUpdated"), jvn_time(a, e->modified, false));
    xml_element(x, S("DatePublic"), jvn_time(a, e->first_public, false));
    xml_end(x);
    xml_end(x);
}

str vuldef_write(struct arena *a, const struct vuldef *d)
{
    buf b = jvn_room(a, &d->entries);
    struct xml_out x = {.b = &b};
    xml_declaration(&x);
    xml_begin(&x, S("VULDEF-Document"));
    xml_attr(&x, S("version"), S("3.2"));
    xml_attr(&x, S("xmlns:xsi"), S("http://www.w3.org/2001/XMLSchema-instance"));
    xml_attr(&x, S("xmlns"), S(JVN_VULDEF));
    xml_attr(&x, S("xmlns:status"), S(JVN_STATUS));
    xml_attr(&x, S("xmlns:sec"), S(JVN_SEC3));
    xml_attr(&x, S("xmlns:marking"), S("http://data-marking.mitre.org/Marking-1"));
    xml_attr(&x, S("xmlns:tlpMarking"),
             S("http://data-marking.mitre.org/extensions/MarkingStructure#TLP-1"));
    xml_attr(&x, S("xsi:schemaLocation"),
             S(JVN_VULDEF " https://jvndb.jvn.jp/schema/vuldef_3.2.xsd " JVN_STATUS
                          " https://jvndb.jvn.jp/schema/status_3.3.xsd"));
    xml_attr(&x, S("xml:lang"), d->lang);
    for (size_t i = 0; i < d->entries.n; i++) {
        jvn_note_place(&x, &d->entries, i);
        if (!jvn_put_made(&x, &d->entries.v[i]))
            put_entry(&x, &d->entries.v[i]);
    }
    jvn_note_place(&x, &d->entries, d->entries.n);
    if (d->entries.n > 0)
        jvn_put_handling(&x);
    if (d->status != NULL)
        jvn_put_status(&x, d->status);
    xml_end(&x);
    return buf_str(&b);
}
