/* myjvn_tell.c - statistics and alerts as JSON. */
#include "formats/myjvn_own.h"

/* --- statistics ---------------------------------------------------------------------------------- */

/* {"1": 1416, …} of one year's months; what: -2 all, -1 with the weakness, else a rating. */
static i64 count_of(const struct myjvn_count *c, int what)
{
    return what == -2 ? c->all : what == -1 ? c->cwe : c->by[what];
}

static void put_months(struct json_out *o, str key, const struct myjvn_count *v, size_t n, int what)
{
    json_put_key(o, key);
    json_put_object(o);
    for (size_t i = 0; i < n; i++) {
        buf month = {.a = o->b->a};
        buf_i64(&month, v[i].month);
        json_put_member_i64(o, buf_str(&month), count_of(&v[i], what));
    }
    json_put_end(o);
}

static void put_total(struct json_out *o, str key, const struct myjvn_count *v, size_t n, int what)
{
    i64 sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += count_of(&v[i], what);
    json_put_member_i64(o, key, sum);
}

static const struct {
    str key, total;
    int what;
} rows[] = {{S_INIT("vulninfo"), S_INIT("total_vulninfo"), -2},
            {S_INIT("severity_critical"), S_INIT("total_severity_critical"), 4},
            {S_INIT("severity_high"), S_INIT("total_severity_high"), 3},
            {S_INIT("severity_medium"), S_INIT("total_severity_medium"), 2},
            {S_INIT("severity_low"), S_INIT("total_severity_low"), 1},
            {S_INIT("severity_none"), S_INIT("total_severity_none"), 0}};

static void put_year(struct json_out *o, const struct myjvn_count *v, size_t n)
{
    json_put_object(o);
    json_put_member_i64(o, S("year"), v[0].year);
    for (size_t i = 0; i < COUNT(rows); i++)
        put_total(o, rows[i].total, v, n, rows[i].what);
    for (size_t i = 0; i < COUNT(rows); i++)
        put_months(o, rows[i].key, v, n, rows[i].what);
    json_put_end(o);
}

static void put_filter(struct json_out *o, const struct myjvn_statistics *s)
{
    json_put_key(o, S("dataFilter"));
    json_put_object(o);
    json_put_member(o, S("nameType"), s->product.n > 0 ? S("cpe") : S(""));
    myjvn_put_text(o, S("productName"), s->product);
    myjvn_put_text(o, S("cweId"), s->cwe);
    json_put_member(o, S("metricType"), S("cvssV3"));
    myjvn_put_text(o, S("datePublicStart"), s->from);
    myjvn_put_text(o, S("datePublicEnd"), s->until);
    json_put_end(o);
}

str myjvn_statistics_json(struct arena *a, const struct myjvn_head *h,
                          const struct myjvn_statistics *s)
{
    buf b = {.a = a};
    struct json_out o = {.b = &b};
    json_put_object(&o);
    myjvn_put_schema(&o, S("myjvn_statistics_1.0.json"));
    myjvn_put_head(&o, h);
    json_put_key(&o, S("dataTotal"));
    json_put_object(&o);
    json_put_member_i64(&o, S("vulninfo"), s->vulnerabilities);
    json_put_member_i64(&o, S("vendor"), s->vendors);
    json_put_member_i64(&o, S("product"), s->products);
    json_put_end(&o);
    put_filter(&o, s);
    json_put_key(&o, S("data"));
    json_put_array(&o);
    for (size_t i = 0, n; i < s->n; i += n) {
        for (n = 1; i + n < s->n && s->v[i + n].year == s->v[i].year; n++)
            ;
        put_year(&o, &s->v[i], n);
    }
    json_put_end(&o);
    myjvn_put_status_json(&o, h->status);
    json_put_end(&o);
    return buf_str(&b);
}

/* --- alerts, 4.0.0 ------------------------------------------------------------------------------- */

static void put_item(struct json_out *o, const struct myjvn_alert_item *i)
{
    json_put_object(o);
    myjvn_put_text(o, S("title"), i->title);
    myjvn_put_text(o, S("id"), i->id);
    myjvn_put_text(o, S("summary"), i->summary);
    myjvn_put_text(o, S("link"), i->link);
    myjvn_put_time(o, S("modified"), i->updated);
    myjvn_put_time(o, S("created"), i->published);
    myjvn_put_time(o, S("public"), i->published);
    myjvn_put_text(o, S("author"), i->author);
    json_put_key(o, S("products"));
    json_put_array(o);
    for (size_t k = 0; k < i->cpes.n; k++) {
        json_put_object(o);
        myjvn_put_product(o, i->author, i->title, i->cpes.v[k]);
        json_put_end(o);
    }
    json_put_end(o);
    json_put_end(o);
}

static void put_category(struct json_out *o, const struct myjvn_alert *t)
{
    json_put_key(o, S("category"));
    json_put_object(o);
    myjvn_put_text(o, S("term"), t->term);
    myjvn_put_text(o, S("label"), t->label);
    json_put_end(o);
}

static void put_alert(struct json_out *o, const struct myjvn_alert *t)
{
    json_put_object(o);
    myjvn_put_text(o, S("title"), t->title);
    myjvn_put_text(o, S("id"), t->id);
    myjvn_put_text(o, S("summary"), t->summary);
    myjvn_put_text(o, S("link"), t->link);
    put_category(o, t);
    myjvn_put_time(o, S("modified"), t->updated);
    myjvn_put_time(o, S("created"), t->published);
    myjvn_put_time(o, S("public"), t->published);
    json_put_key(o, S("items"));
    json_put_array(o);
    for (size_t i = 0; i < t->nitems; i++)
        put_item(o, &t->items[i]);
    json_put_end(o);
    json_put_end(o);
}

str myjvn_alerts_json(struct arena *a, const struct myjvn_head *h, const struct myjvn_alerts *v)
{
    buf b = {.a = a};
    struct json_out o = {.b = &b};
    json_put_object(&o);
    myjvn_put_schema(&o, S("myjvn_feed_1.0.json"));
    json_put_key(&o, S("feed"));
    json_put_object(&o);
    myjvn_put_head(&o, h);
    json_put_key(&o, S("entry"));
    json_put_array(&o);
    for (size_t i = 0; i < v->n; i++)
        put_alert(&o, &v->v[i]);
    json_put_end(&o);
    json_put_end(&o);
    myjvn_put_status_json(&o, h->status);
    json_put_end(&o);
    return buf_str(&b);
}

/* --- alerts, 3.3 with ft=json: the XML's names as members ----------------------------------------- */

static void put_handling(struct json_out *o)
{
    json_put_key(o, S("sec:handling"));
    json_put_object(o);
    json_put_key(o, S("marking:Marking"));
    json_put_object(o);
    json_put_key(o, S("marking:Marking_Structure"));
    json_put_object(o);
    json_put_member(o, S("xsi:type"), S("tlpMarking:TLPMarkingStructureType"));
    json_put_member(o, S("marking_model_name"), S("TLP"));
    json_put_member(o, S("marking_model_ref"), S("http://www.us-cert.gov/tlp/"));
    json_put_member(o, S("color"), S("WHITE"));
    json_put_end(o);
    json_put_end(o);
    json_put_end(o);
}

static void put_value(struct json_out *o, str value)
{
    json_put_object(o);
    json_put_member(o, S("value"), value);
    json_put_end(o);
}

static void put_sec_item(struct json_out *o, const struct myjvn_alert_item *i)
{
    json_put_object(o);
    json_put_key(o, S("sec:item"));
    json_put_object(o);
    myjvn_put_text(o, S("sec:title"), i->title);
    myjvn_put_text(o, S("sec:identifier"), i->id);
    myjvn_put_text(o, S("sec:link"), i->link);
    myjvn_put_time(o, S("sec:published"), i->published);
    myjvn_put_time(o, S("sec:updated"), i->updated);
    json_put_key(o, S("sec:author"));
    put_value(o, i->author);
    json_put_key(o, S("sec:cpe"));
    json_put_array(o);
    for (size_t k = 0; k < i->cpes.n; k++)
        put_value(o, i->cpes.v[k]);
    json_put_end(o);
    json_put_end(o);
    json_put_end(o);
}

static void put_hnd_alert(struct json_out *o, const struct myjvn_alert *t)
{
    json_put_object(o);
    myjvn_put_text(o, S("title"), t->title);
    myjvn_put_text(o, S("id"), t->id);
    myjvn_put_text(o, S("summary"), t->summary);
    myjvn_put_text(o, S("link"), t->link);
    put_category(o, t);
    myjvn_put_time(o, S("updated"), t->updated);
    myjvn_put_time(o, S("published"), t->published);
    json_put_key(o, S("sec:items"));
    json_put_array(o);
    for (size_t i = 0; i < t->nitems; i++)
        put_sec_item(o, &t->items[i]);
    json_put_end(o);
    json_put_end(o);
}

static void put_text_number(struct json_out *o, str key, opt_i64 n)
{
    buf b = {.a = o->b->a};
    if (n.is)
        buf_i64(&b, n.v);
    json_put_member(o, key, n.is ? buf_str(&b) : S(""));
}

static void put_hnd_status(struct json_out *o, const struct jvn_status *s)
{
    json_put_key(o, S("status:Status"));
    json_put_object(o);
    json_put_member(o, S("version"), S("3.3"));
    json_put_member(o, S("method"), s->method);
    json_put_member(o, S("lang"), s->lang);
    json_put_member_i64(o, S("retCd"), s->failed);
    put_text_number(o, S("retMax"), s->max);
    myjvn_put_text(o, S("errCd"), s->code);
    myjvn_put_text(o, S("errMsg"), s->message);
    put_text_number(o, S("totalRes"), s->total);
    put_text_number(o, S("totalResRet"), s->returned);
    put_text_number(o, S("firstRes"), s->first);
    json_put_member(o, S("feed"), s->feed);
    for (size_t i = 0; i < s->nparameters; i++)
        json_put_member(o, s->parameters[i].name, s->parameters[i].value);
    json_put_end(o);
}

str myjvn_alerts_hnd_json(struct arena *a, const struct myjvn_head *h, const struct myjvn_alerts *v)
{
    buf b = {.a = a};
    struct json_out o = {.b = &b};
    json_put_object(&o);
    json_put_member(&o, S("$schema"), S("https://jvndb.jvn.jp/schema/getalert1.json"));
    json_put_key(&o, S("feed"));
    json_put_object(&o);
    json_put_member(&o, S("title"), h->title);
    json_put_member(&o, S("id"), h->id);
    json_put_key(&o, S("author"));
    json_put_object(&o);
    json_put_member(&o, S("name"), h->author);
    json_put_member(&o, S("uri"), h->author_uri);
    json_put_end(&o);
    myjvn_put_time(&o, S("updated"), h->updated.is ? h->updated : SOME(h->now));
    json_put_member(&o, S("link"), h->link);
    put_handling(&o);
    json_put_key(&o, S("entry"));
    json_put_array(&o);
    for (size_t i = 0; i < v->n; i++)
        put_hnd_alert(&o, &v->v[i]);
    json_put_end(&o);
    put_hnd_status(&o, h->status);
    json_put_end(&o);
    json_put_end(&o);
    return buf_str(&b);
}
