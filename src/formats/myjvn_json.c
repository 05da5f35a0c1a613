/* myjvn_json.c - overviews, vendors and products as JSON; what all JSON answers share. */
#include "formats/myjvn_own.h"

/* --- what all share ------------------------------------------------------------------------------ */

void myjvn_put_schema(struct json_out *o, str name)
{
    json_put_member(o, S("$schema"),
                    str_fmt(o->b->a, "https://jvndb.jvn.jp/schema/%.*s?20250419", SV(name)));
}

void myjvn_put_text(struct json_out *o, str key, str text)
{
    json_put_member(o, key, text.p != NULL ? text : S(""));
}

void myjvn_put_time(struct json_out *o, str key, opt_i64 at)
{
    myjvn_put_text(o, key, jvn_time(o->b->a, at, false));
}

/* The names are those of the interface: its schema knows no others. */
void myjvn_put_generator(struct json_out *o, i64 now)
{
    json_put_key(o, S("generator"));
    json_put_object(o);
    myjvn_put_time(o, S("date"), SOME(now));
    json_put_key(o, S("engine"));
    json_put_object(o);
    json_put_member(o, S("version"), S("4.0.0"));
    json_put_member(o, S("name"), S("MyJVN API"));
    json_put_end(o);
    json_put_end(o);
}

void myjvn_put_distribution(struct json_out *o)
{
    json_put_key(o, S("distribution"));
    json_put_object(o);
    json_put_key(o, S("tlp"));
    json_put_object(o);
    json_put_member(o, S("label"), S("CLEAR"));
    json_put_member(o, S("url"), S("https://www.first.org/tlp/"));
    json_put_end(o);
    json_put_end(o);
}

void myjvn_put_head(struct json_out *o, const struct myjvn_head *h)
{
    myjvn_put_generator(o, h->now);
    json_put_member(o, S("title"), h->title);
    json_put_member(o, S("link"), h->link);
    myjvn_put_time(o, S("updated"), h->updated);
    json_put_member(o, S("lang"), h->lang);
    json_put_key(o, S("author"));
    json_put_object(o);
    json_put_member(o, S("name"), h->author);
    json_put_member(o, S("uri"), h->author_uri);
    json_put_end(o);
    myjvn_put_distribution(o);
}

static void put_number(struct json_out *o, str key, opt_i64 n)
{
    if (n.is)
        json_put_member_i64(o, key, n.v);
    else
        json_put_member(o, key, S(""));
}

void myjvn_put_status_json(struct json_out *o, const struct jvn_status *s)
{
    json_put_key(o, S("status"));
    json_put_object(o);
    json_put_member(o, S("version"), S("4.0.0"));
    json_put_member(o, S("method"), s->method);
    json_put_member(o, S("feed"), s->feed);
    json_put_member(o, S("lang"), s->lang);
    json_put_member_i64(o, S("retCd"), s->failed);
    put_number(o, S("retMax"), s->max);
    myjvn_put_text(o, S("errCd"), s->code);
    myjvn_put_text(o, S("errMsg"), s->message);
    put_number(o, S("totalRes"), s->total);
    put_number(o, S("totalResRet"), s->returned);
    put_number(o, S("firstRes"), s->first);
    for (size_t i = 0; i < s->nparameters; i++)
        json_put_member(o, s->parameters[i].name, s->parameters[i].value);
    json_put_end(o);
}

/* --- names of products --------------------------------------------------------------------------- */

/* Part, vendor and product of cpe:/a:vendor:product, without what stands behind. */
static bool cut_cpe(str cpe, str *part, str *names)
{
    if (cpe.n < 5 || !str_eq_nocase(str_sub(cpe, 0, 5), S("cpe:/")))
        return false;
    str rest = str_from(cpe, 5);
    size_t n = 0;
    *part = str_cut(&rest, ':');
    for (int colons = 0; n < rest.n; n++)
        if (rest.p[n] == ':' && ++colons == 2)
            break;
    *names = str_sub(rest, 0, n);
    if (str_has_suffix(*names, S(":")))
        names->n--;
    return true;
}

str myjvn_cpe23(struct arena *a, str cpe)
{
    str part, names;
    if (!cut_cpe(cpe, &part, &names))
        return NO_STR;
    bool whole = str_find_char(names, ':') >= 0;
    return str_fmt(a, "cpe:2.3:%.*s:%.*s%s", SV(part), SV(names), whole ? ":*:*:*:*:*:*:*:*" : "");
}

str myjvn_pid(struct arena *a, str cpe)
{
    str part, names;
    return cut_cpe(cpe, &part, &names) ? str_fmt(a, "jvnpid:1.0::%.*s", SV(names)) : NO_STR;
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

/* A * takes any run; only the last one met is ever tried anew. */
static bool fits(str pattern, str text)
{
    size_t p = 0, t = 0, star = pattern.n, from = 0;
    while (t < text.n) {
        if (p < pattern.n && pattern.p[p] == '*') {
            star = p++;
            from = t;
        } else if (p < pattern.n && lower(pattern.p[p]) == lower(text.p[t])) {
            p++;
            t++;
        } else if (star < pattern.n) {
            p = star + 1;
            t = ++from;
        } else {
            return false;
        }
    }
    while (p < pattern.n && pattern.p[p] == '*')
        p++;
    return p == pattern.n;
}

bool myjvn_names_fit(str pattern, str names)
{
    while (pattern.n > 0) {
        str want = str_cut(&pattern, ':'), is = str_cut(&names, ':');
        if (want.n > 0 && !str_eq(want, S("*")) && !fits(want, is))
            return false;
    }
    return true;
}

bool myjvn_cpe_fits(str pattern, str cpe)
{
    return pattern.n >= 5 && cpe.n >= 5 && str_eq_nocase(str_sub(pattern, 0, 5), S("cpe:/")) &&
           myjvn_names_fit(str_from(pattern, 5), str_from(cpe, 5));
}

void myjvn_put_product(struct json_out *o, str vendor, str product, str cpe)
{
    struct arena *a = o->b->a;
    myjvn_put_text(o, S("vname"), vendor);
    myjvn_put_text(o, S("product_id"), myjvn_pid(a, cpe));
    myjvn_put_text(o, S("pname"), product);
    json_put_key(o, S("product_ids"));
    json_put_object(o);
    myjvn_put_text(o, S("cpe"), myjvn_cpe23(a, cpe));
    json_put_end(o);
}

/* --- overviews ----------------------------------------------------------------------------------- */

static void put_references(struct json_out *o, const struct jvn_entry *e)
{
    json_put_key(o, S("references"));
    json_put_array(o);
    for (size_t i = 0; i < e->nreferences; i++) {
        const struct jvn_reference *r = &e->references[i];
        if (r->about == JVN_CWE)
            continue;
        json_put_object(o);
        myjvn_put_text(o, S("url"), r->url);
        myjvn_put_text(o, S("summary"), r->id.n > 0 ? r->id : r->title);
        myjvn_put_text(o, S("source"), r->source);
        json_put_end(o);
    }
    json_put_end(o);
}

static void put_products(struct json_out *o, const struct jvn_entry *e)
{
    json_put_key(o, S("products"));
    json_put_array(o);
    for (size_t i = 0; i < e->nproducts; i++)
        for (size_t k = 0; jvn_is_affected(&e->products[i]) && k < e->products[i].cpes.n; k++) {
            json_put_object(o);
            myjvn_put_product(o, e->products[i].vendor, e->products[i].product,
                              e->products[i].cpes.v[k]);
            json_put_end(o);
        }
    json_put_end(o);
}

static void put_metrics(struct json_out *o, const struct jvn_entry *e)
{
    if (e->ncvss == 0)
        return;
    json_put_key(o, S("metrics"));
    json_put_array(o);
    json_put_object(o);
    json_put_key(o, S("content"));
    json_put_object(o);
    for (size_t i = 0; i < e->ncvss; i++)
        myjvn_put_cvss(o, &e->cvss[i], false);
    json_put_end(o);
    json_put_end(o);
    json_put_end(o);
}

static void put_cwes(struct json_out *o, const struct jvn_entry *e)
{
    json_put_key(o, S("cwes"));
    json_put_array(o);
    for (size_t i = 0; i < e->nreferences; i++) {
        const struct jvn_reference *r = &e->references[i];
        if (r->about != JVN_CWE)
            continue;
        json_put_object(o);
        myjvn_put_text(o, S("id"), r->id);
        myjvn_put_text(o, S("name"), r->title);
        myjvn_put_text(o, S("url"), r->url);
        json_put_end(o);
    }
    json_put_end(o);
}

static void put_overview(struct json_out *o, const struct jvn_entry *e)
{
    json_put_object(o);
    myjvn_put_text(o, S("title"), e->title);
    myjvn_put_text(o, S("id"), e->id);
    myjvn_put_text(o, S("summary"), e->overview);
    myjvn_put_text(o, S("link"), e->link);
    myjvn_put_time(o, S("modified"), e->modified);
    myjvn_put_time(o, S("created"), e->issued);
    myjvn_put_time(o, S("public"), e->first_public);
    put_references(o, e);
    put_products(o, e);
    put_metrics(o, e);
    put_cwes(o, e);
    json_put_end(o);
}

str myjvn_overview_json(struct arena *a, const struct myjvn_head *h, const struct jvn_entries *v)
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
        put_overview(&o, &v->v[i]);
    json_put_end(&o);
    json_put_end(&o);
    myjvn_put_status_json(&o, h->status);
    json_put_end(&o);
    return buf_str(&b);
}

/* --- vendors and products ------------------------------------------------------------------------ */

static void put_dictionary_product(struct json_out *o, const struct myjvn_product *p)
{
    struct arena *a = o->b->a;
    json_put_object(o);
    myjvn_put_text(o, S("product_id"), myjvn_pid(a, p->cpe));
    json_put_member_i64(o, S("pid"), p->pid);
    json_put_member(o, S("pname"), p->name);
    json_put_key(o, S("product_ids"));
    json_put_array(o);
    json_put_object(o);
    myjvn_put_text(o, S("cpe"), myjvn_cpe23(a, p->cpe));
    json_put_end(o);
    json_put_end(o);
    json_put_end(o);
}

static void put_vendor(struct json_out *o, const struct myjvn_vendor *v)
{
    struct arena *a = o->b->a;
    json_put_object(o);
    myjvn_put_text(o, S("vendor_id"), myjvn_pid(a, v->cpe));
    json_put_member_i64(o, S("vid"), v->vid);
    json_put_member(o, S("vname"), v->name);
    myjvn_put_text(o, S("cpe"), myjvn_cpe23(a, v->cpe));
    if (v->nproducts > 0) {
        json_put_key(o, S("products"));
        json_put_array(o);
        for (size_t i = 0; i < v->nproducts; i++)
            put_dictionary_product(o, &v->products[i]);
        json_put_end(o);
    }
    json_put_end(o);
}

str myjvn_vendors_json(struct arena *a, const struct myjvn_head *h, const struct myjvn_vendors *v)
{
    buf b = {.a = a};
    struct json_out o = {.b = &b};
    json_put_object(&o);
    myjvn_put_schema(&o, S("jvnpid_1.0.json"));
    json_put_key(&o, S("jvn-product-dictionary"));
    json_put_object(&o);
    myjvn_put_head(&o, h);
    json_put_key(&o, S("vendors"));
    json_put_array(&o);
    for (size_t i = 0; i < v->n; i++)
        put_vendor(&o, &v->v[i]);
    json_put_end(&o);
    json_put_end(&o);
    myjvn_put_status_json(&o, h->status);
    json_put_end(&o);
    return buf_str(&b);
}
