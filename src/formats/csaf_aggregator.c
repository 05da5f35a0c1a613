/* csaf_aggregator.c - see csaf_aggregator.h. */
#include "formats/csaf_aggregator.h"

#include "formats/csaf_listing.h"
#include "formats/library.h"

bool aggregator_is(const struct json *j)
{
    return json_get(j, S("aggregator")) != NULL || json_get(j, S("csaf_providers")) != NULL;
}

static struct strs read_mirrors(struct arena *a, const struct json *all)
{
    str *v = NEWS(a, str, MIRRORS_MOST);
    size_t n = 0;
    for (size_t i = 0; i < json_count(all) && n < MIRRORS_MOST; i++) {
        str url = json_text(json_at(all, i));
        if (listed_url(url))
            v[n++] = url;
    }
    return (struct strs){v, n};
}

static void read_entries(struct arena *a, const struct json *all, bool publishers,
                         struct aggregator *out)
{
    for (size_t i = 0; i < json_count(all) && out->issuers.n < AGGREGATED_MOST; i++) {
        const struct json *e = json_at(all, i), *m = json_get(e, S("metadata"));
        const struct json *publisher = json_get(m, S("publisher"));
        struct aggregated one = {
            .name = library_cut(a, json_get_text(publisher, S("name")), LIBRARY_TEXT),
            .namespace = json_get_text(publisher, S("namespace")),
            .role = library_cut(a, json_get_text(m, S("role")), LIBRARY_TEXT),
            .url = json_get_text(m, S("url")),
            .publisher = publishers,
            .mirrors = read_mirrors(a, json_get(e, S("mirrors")))};
        if (listed_url(one.url) && listed_url(one.namespace))
            *PUSH(a, &out->issuers) = one;
    }
}

bool aggregator_read(struct arena *a, const struct json *j, struct aggregator *out, str *why)
{
    const struct json *who = json_get(j, S("aggregator"));
    *out = (struct aggregator){.name = library_cut(a, json_get_text(who, S("name")), LIBRARY_TEXT),
                               .lister = str_eq(json_get_text(who, S("category")), S("lister"))};
    read_entries(a, json_get(j, S("csaf_providers")), false, out);
    read_entries(a, json_get(j, S("csaf_publishers")), true, out);
    *why = out->issuers.n == 0 ? S("/csaf_providers") : S("");
    return out->issuers.n > 0;
}

/* --- out of the jail: the same members, as many as are needed --------------------------------- */

static void put_issuer(struct json_out *o, const struct aggregated *g)
{
    json_put_object(o);
    json_put_key(o, S("metadata"));
    json_put_object(o);
    json_put_key(o, S("publisher"));
    json_put_object(o);
    json_put_member(o, S("name"), g->name);
    json_put_member(o, S("namespace"), g->namespace);
    json_put_end(o);
    json_put_member(o, S("role"), g->role);
    json_put_member(o, S("url"), g->url);
    json_put_end(o);
    json_put_key(o, S("mirrors"));
    json_put_array(o);
    for (size_t i = 0; i < g->mirrors.n; i++)
        json_put_str(o, g->mirrors.v[i]);
    json_put_end(o);
    json_put_end(o);
}

static void put_issuers(struct json_out *o, str member, const struct aggregator *g, bool publishers)
{
    json_put_key(o, member);
    json_put_array(o);
    for (size_t i = 0; i < g->issuers.n; i++)
        if (g->issuers.v[i].publisher == publishers)
            put_issuer(o, &g->issuers.v[i]);
    json_put_end(o);
}

void aggregator_put(struct json_out *o, const struct aggregator *g)
{
    json_put_object(o);
    json_put_key(o, S("aggregator"));
    json_put_object(o);
    json_put_member(o, S("name"), g->name);
    json_put_member(o, S("category"), g->lister ? S("lister") : S("aggregator"));
    json_put_end(o);
    put_issuers(o, S("csaf_providers"), g, false);
    put_issuers(o, S("csaf_publishers"), g, true);
    json_put_end(o);
}

bool aggregator_take(struct arena *a, const struct json *j, struct aggregator *out)
{
    str why;
    return aggregator_is(j) && aggregator_read(a, j, out, &why);
}
