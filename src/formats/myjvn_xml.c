/* myjvn_xml.c - vendors, products, statistics and alerts as XML. */
#include "formats/myjvn.h"

static str number(struct arena *a, i64 n)
{
    buf b = {.a = a};
    buf_i64(&b, n);
    return buf_str(&b);
}

static void put_number(struct xml_out *x, str name, i64 n)
{
    xml_attr(x, name, number(x->b->a, n));
}

static void begin_result(struct xml_out *x)
{
    xml_declaration(x);
    xml_begin(x, S("Result"));
    xml_attr(x, S("version"), S("3.3"));
    xml_attr(x, S("xmlns:xsi"), S("http://www.w3.org/2001/XMLSchema-instance"));
    xml_attr(x, S("xmlns"), S(JVN_RESULTS));
    xml_attr(x, S("xmlns:mjres"), S(JVN_RESULTS));
    xml_attr(x, S("xmlns:mjstat"), S(JVN_STATISTICS));
    xml_attr(x, S("xmlns:status"), S(JVN_STATUS));
    xml_attr(x, S("xsi:schemaLocation"),
             S(JVN_RESULTS " https://jvndb.jvn.jp/schema/results_3.3.xsd"));
}

static str end_result(struct xml_out *x, const struct jvn_status *s)
{
    jvn_put_status(x, s);
    xml_end(x);
    return buf_str(x->b);
}

str myjvn_nothing_xml(struct arena *a, const struct jvn_status *status)
{
    buf b = {.a = a};
    struct xml_out x = {.b = &b};
    begin_result(&x);
    return end_result(&x, status);
}

/* --- vendors and products ----------------------------------------------------------------------- */

static void put_vendor(struct xml_out *x, const struct myjvn_vendor *v)
{
    xml_begin(x, S("Vendor"));
    put_number(x, S("vid"), v->vid);
    xml_attr(x, S("vname"), v->name);
    xml_attr(x, S("cpe"), v->cpe);
    for (size_t i = 0; i < v->nproducts; i++) {
        xml_begin(x, S("Product"));
        put_number(x, S("pid"), v->products[i].pid);
        xml_attr(x, S("pname"), v->products[i].name);
        xml_attr(x, S("cpe"), v->products[i].cpe);
        xml_end(x);
    }
    xml_end(x);
}

str myjvn_vendors_xml(struct arena *a, const struct myjvn_head *h, const struct myjvn_vendors *v)
{
    buf b = {.a = a};
    struct xml_out x = {.b = &b};
    begin_result(&x);
    if (v->n > 0) {
        xml_begin(&x, S("VendorInfo"));
        xml_attr(&x, S("xml:lang"), h->lang);
        for (size_t i = 0; i < v->n; i++)
            put_vendor(&x, &v->v[i]);
        xml_end(&x);
    }
    return end_result(&x, h->status);
}

/* --- statistics --------------------------------------------------------------------------------- */

static void put_title(struct xml_out *x, str lang, str title)
{
    xml_begin(x, S("mjstat:title"));
    xml_attr(x, S("xml:lang"), lang);
    xml_text(x, title);
    xml_end(x);
}

static void put_count(struct xml_out *x, const struct myjvn_count *c, enum myjvn_theme theme)
{
    static const str names[MYJVN_RATINGS] = {S_INIT("cntN"), S_INIT("cntL"), S_INIT("cntM"),
                                             S_INIT("cntH"), S_INIT("cntC")};
    xml_begin(x, S("mjstat:resData"));
    xml_attr(x, S("date"), c->date);
    put_number(x, S("cntAll"), theme == MYJVN_SUM_CWE ? c->cwe : c->all);
    for (size_t i = MYJVN_RATINGS; theme == MYJVN_SUM_CVSS && i-- > 0;)
        put_number(x, names[i], c->by[i]);
    xml_end(x);
}

static void put_sum(struct xml_out *x, const struct myjvn_statistics *s, enum myjvn_theme theme)
{
    static const struct {
        str element, ja, en;
    } sums[] = {
        [MYJVN_SUM_ALL] = {S_INIT(""), S_INIT(""), S_INIT("")},
        [MYJVN_SUM_JVNDB] = {S_INIT("mjstat:sumJvnDb"), S_INIT("脆弱性統計情報"),
                             S_INIT("Statistics Vulnerability Count")},
        [MYJVN_SUM_CVSS] = {S_INIT("mjstat:sumCvss"), S_INIT("CVSSスコア"), S_INIT("CVSS Score")},
        [MYJVN_SUM_CWE] = {S_INIT("mjstat:sumCwe"), S_INIT(""), S_INIT("")}};
    bool is_cwe = theme == MYJVN_SUM_CWE;
    if ((s->theme != theme && s->theme != MYJVN_SUM_ALL) || s->n == 0 || (is_cwe && s->cwe.n == 0))
        return;
    xml_begin(x, sums[theme].element);
    if (is_cwe)
        xml_attr(x, S("cweId"), s->cwe);
    put_title(x, S("ja"), is_cwe ? s->cwe_ja : sums[theme].ja);
    put_title(x, S("en-US"), is_cwe ? s->cwe_en : sums[theme].en);
    xml_begin(x, S("mjstat:resDataTotal"));
    put_number(x, S("vulinfo"), s->vulnerabilities);
    put_number(x, S("vendor"), s->vendors);
    put_number(x, S("product"), s->products);
    xml_end(x);
    for (size_t i = 0; i < s->n; i++)
        put_count(x, &s->v[i], theme);
    xml_end(x);
}

str myjvn_statistics_xml(struct arena *a, const struct myjvn_head *h,
                         const struct myjvn_statistics *s)
{
    buf b = {.a = a};
    struct xml_out x = {.b = &b};
    begin_result(&x);
    put_sum(&x, s, MYJVN_SUM_JVNDB);
    put_sum(&x, s, MYJVN_SUM_CVSS);
    put_sum(&x, s, MYJVN_SUM_CWE);
    return end_result(&x, h->status);
}

/* --- alerts ------------------------------------------------------------------------------------- */

static void put_href(struct xml_out *x, str element, str href)
{
    if (href.p == NULL)
        return;
    xml_begin(x, element);
    xml_attr(x, S("href"), href);
    xml_end(x);
}

static void put_item(struct xml_out *x, const struct myjvn_alert_item *i)
{
    struct arena *a = x->b->a;
    xml_begin(x, S("sec:item"));
    xml_element(x, S("sec:title"), i->title);
    xml_element(x, S("sec:identifier"), i->id);
    xml_element(x, S("sec:summary"), i->summary);
    put_href(x, S("sec:link"), i->link);
    for (size_t k = 0; k < i->cpes.n; k++) {
        xml_begin(x, S("sec:cpe"));
        xml_attr(x, S("version"), i->vendor.p != NULL ? S("2.2") : NO_STR);
        xml_attr(x, S("vendor"), i->vendor);
        xml_text(x, i->cpes.v[k]);
        xml_end(x);
    }
    xml_element(x, S("sec:published"), jvn_time(a, i->published, false));
    xml_element(x, S("sec:updated"), jvn_time(a, i->updated, false));
    xml_element(x, S("sec:author"), i->author);
    xml_end(x);
}

static void put_alert(struct xml_out *x, const struct myjvn_alert *t)
{
    struct arena *a = x->b->a;
    xml_begin(x, S("entry"));
    xml_element(x, S("title"), t->title);
    xml_element(x, S("id"), t->id);
    xml_element(x, S("summary"), t->summary);
    put_href(x, S("link"), t->link);
    xml_element(x, S("published"), jvn_time(a, t->published, false));
    xml_element(x, S("updated"), jvn_time(a, t->updated, false));
    xml_begin(x, S("category"));
    xml_attr(x, S("term"), t->term);
    xml_attr(x, S("label"), t->label);
    xml_end(x);
    if (t->nitems > 0) {
        xml_begin(x, S("sec:items"));
        for (size_t i = 0; i < t->nitems; i++)
            put_item(x, &t->items[i]);
        xml_end(x);
    }
    xml_end(x);
}

static void begin_alerts(struct xml_out *x, const struct myjvn_head *h)
{
    xml_declaration(x);
    xml_begin(x, S("feed"));
    xml_attr(x, S("xmlns:xsi"), S("http://www.w3.org/2001/XMLSchema-instance"));
    xml_attr(x, S("xmlns"), S(JVN_ATOM));
    xml_attr(x, S("xmlns:sec"), S(JVN_SEC3));
    xml_attr(x, S("xmlns:marking"), S("http://data-marking.mitre.org/Marking-1"));
    xml_attr(x, S("xmlns:tlpMarking"),
             S("http://data-marking.mitre.org/extensions/MarkingStructure#TLP-1"));
    xml_attr(x, S("xmlns:status"), S(JVN_STATUS));
    xml_attr(x, S("xsi:schemaLocation"),
             S(JVN_ATOM " https://jvndb.jvn.jp/schema/atom.xsd " JVN_STATUS
                        " https://jvndb.jvn.jp/schema/status_3.3.xsd"));
    xml_attr(x, S("xml:lang"), h->lang);
}

static void put_alerts_head(struct xml_out *x, const struct myjvn_head *h)
{
    opt_i64 updated = h->updated.is ? h->updated : SOME(h->now);
    xml_begin(x, S("title"));
    xml_attr(x, S("type"), S("text"));
    xml_text(x, h->title);
    xml_end(x);
    xml_element(x, S("updated"), jvn_time(x->b->a, updated, false));
    xml_element(x, S("id"), h->id);
    xml_begin(x, S("link"));
    xml_attr(x, S("rel"), S("alternate"));
    xml_attr(x, S("type"), S("text/html"));
    xml_attr(x, S("hreflang"), h->lang);
    xml_attr(x, S("href"), h->link);
    xml_end(x);
    xml_begin(x, S("author"));
    xml_element(x, S("name"), h->author);
    xml_element(x, S("uri"), h->author_uri);
    xml_end(x);
    jvn_put_handling(x);
}

str myjvn_alerts_xml(struct arena *a, const struct myjvn_head *h, const struct myjvn_alerts *v)
{
    buf b = {.a = a};
    struct xml_out x = {.b = &b};
    begin_alerts(&x, h);
    if (!h->status->failed)
        put_alerts_head(&x, h);
    for (size_t i = 0; i < v->n; i++)
        put_alert(&x, &v->v[i]);
    jvn_put_status(&x, h->status);
    xml_end(&x);
    return buf_str(&b);
}
