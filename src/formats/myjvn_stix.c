/* myjvn_stix.c - advisories as a STIX 2.1 bundle with the object that JVN defined for them. */
#include "formats/myjvn_own.h"

/* JVN's own, as its schema names them. */
#define EXTENSION "extension-definition--b2440624-45a6-11ec-81d3-0242ac130003"
#define IDENTITY "identity--298980da-697f-431b-ae10-505b3542c427"

/* created, modified; STIX has instants in UTC. */
static void put_common(struct json_out *o, str type, str id, str at)
{
    json_put_object(o);
    json_put_member(o, S("type"), type);
    json_put_member(o, S("id"), id);
    json_put_member(o, S("spec_version"), S("2.1"));
    json_put_member(o, S("created"), at);
    json_put_member(o, S("modified"), at);
}

static void put_definitions(struct json_out *o)
{
    const str since = S("2021-11-11T11:11:11.000Z");
    put_common(o, S("extension-definition"), S(EXTENSION), since);
    json_put_member(o, S("name"), S("VULDEF-Document embedded in STIX"));
    json_put_member(o, S("created_by_ref"), S(IDENTITY));
    json_put_member(o, S("schema"), S("http://jvndb.jvn.jp/schema/jvn-jp-sdo.json"));
    json_put_member(o, S("version"), S("1.0"));
    json_put_key(o, S("extension_types"));
    json_put_array(o);
    json_put_str(o, S("new-sdo"));
    json_put_end(o);
    json_put_end(o);
    put_common(o, S("identity"), S(IDENTITY), since);
    json_put_member(o, S("name"), S("MyJVN API"));
    json_put_member(o, S("identity_class"), S("system"));
    json_put_end(o);
}

static void put_documents(struct json_out *o, const struct myjvn_head *h,
                          const struct jvn_entries *v, str id)
{
    put_common(o, S("jvn-jp-sdo"), str_join(o->b->a, S("jvn-jp-sdo--"), id),
               time_utc_ms(o->b->a, h->now));
    json_put_member(o, S("name"), S("MyJVN API VULDEF-Document embedded in STIX"));
    json_put_key(o, S("extensions"));
    json_put_object(o);
    json_put_key(o, S(EXTENSION));
    json_put_object(o);
    json_put_member(o, S("extension_type"), S("new-sdo"));
    json_put_end(o);
    json_put_end(o);
    json_put_key(o, S("VULDEF-Document"));
    json_put_array(o);
    for (size_t i = 0; i < v->n; i++) {
        json_put_object(o);
        myjvn_put_csaf(o, h, &v->v[i]);
        json_put_end(o);
    }
    json_put_end(o);
    json_put_end(o);
}

str myjvn_stix_json(struct arena *a, const struct myjvn_head *h, const struct jvn_entries *v,
                    str id)
{
    buf b = {.a = a};
    struct json_out o = {.b = &b};
    json_put_object(&o);
    myjvn_put_schema(&o, S("myjvn_vuldef_1.0.stix.json"));
    json_put_member(&o, S("type"), S("bundle"));
    json_put_member(&o, S("id"), str_join(a, S("bundle--"), id));
    json_put_key(&o, S("objects"));
    json_put_array(&o);
    put_definitions(&o);
    if (v->n > 0)
        put_documents(&o, h, v, id);
    json_put_end(&o);
    myjvn_put_status_json(&o, h->status);
    json_put_end(&o);
    return buf_str(&b);
}
