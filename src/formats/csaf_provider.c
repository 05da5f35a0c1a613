/* csaf_provider.c - see csaf_provider.h. */
#include "formats/csaf_provider.h"

#include "base/time.h"
#include "base/vec.h"
#include "formats/csaf_feed_before.h"
#include "formats/json.h"

/* --- names ------------------------------------------------------------------------------------ */

str csaf_label(str tlp, bool v21)
{
    if (v21)
        return tlp;
    if (str_eq(tlp, S("CLEAR")))
        return S("WHITE");
    return str_has_prefix(tlp, S("AMBER")) ? S("AMBER") : tlp;
}

str csaf_folder_name(struct arena *a, str tlp, bool v21)
{
    return str_lower(a, csaf_label(tlp, v21));
}

str csaf_feed_name(struct arena *a, str tlp, bool v21)
{
    return str_fmt(a, "csaf-feed-tlp-%.*s.json", SV(csaf_folder_name(a, tlp, v21)));
}

static str feed_url(struct arena *a, const struct csaf_folder *f)
{
    return str_fmt(a, "%.*s/%.*s", SV(f->url), SV(csaf_feed_name(a, f->tlp, f->v21)));
}

/* --- lists ------------------------------------------------------------------------------------ */

str csaf_index_txt(struct arena *a, const struct csaf_folder *f)
{
    buf b = {.a = a};
    (void)buf_room(&b, 40 * f->n + 1);
    for (size_t i = 0; i < f->n; i++) {
        buf_put(&b, f->v[i].path);
        buf_char(&b, '\n');
    }
    return buf_str(&b);
}

str csaf_changes_csv(struct arena *a, const struct csaf_folder *f)
{
    buf b = {.a = a};
    const str q = f->v21 ? S("") : S("\"");
    (void)buf_room(&b, 80 * f->n + 1);
    for (size_t i = 0; i < f->n; i++) {
        buf_put(&b, q);
        buf_put(&b, f->v[i].path);
        buf_put(&b, q);
        buf_char(&b, ',');
        buf_put(&b, q);
        time_put_utc_ms(&b, f->v[i].updated);
        buf_put(&b, q);
        buf_char(&b, '\n');
    }
    return buf_str(&b);
}

/* --- feeds ------------------------------------------------------------------------------------ */

static void put_link(struct json_out *o, str rel, str href)
{
    json_put_object(o);
    json_put_member(o, S("rel"), rel);
    json_put_member(o, S("href"), href);
    json_put_end(o);
}

static void put_information_type(struct json_out *o)
{
    json_put_key(o, S("category"));
    json_put_array(o);
    json_put_object(o);
    json_put_member(o, S("scheme"), S("urn:ietf:params:rolie:category:information-type"));
    json_put_member(o, S("term"), S("csaf"));
    json_put_end(o);
    json_put_end(o);
}

/* Entries are written without the streaming writer: a feed has tens of thousands of them, and is
 * written whole for each advisory that is released. */
struct feed_parts {
    bool v21, is_signed;
    str url; /* of the folder, quoted, without the quote behind it: "\"https://…/white/" */
};

/* What stands in front of it, a document's address, and what comes behind it. */
static void put_address(buf *b, const struct feed_parts *k, str before, str path, str end)
{
    buf_put(b, before);
    buf_put(b, k->url);
    buf_put(b, path);
    buf_put(b, end);
}

static void put_instant(buf *b, str before, i64 at)
{
    buf_put(b, before);
    time_put_utc_ms(b, at);
}

static void put_entry(buf *b, const struct feed_parts *k, const struct csaf_listed *d)
{
    buf_put(b, S("{\"id\":"));
    json_quote(b, d->id);
    buf_put(b, S(",\"title\":"));
    json_quote(b, d->title);
    put_address(b, k, S(",\"link\":[{\"rel\":\"self\",\"href\":"), d->path, S("\"}"));
    put_address(b, k, S(",{\"rel\":\"hash\",\"href\":"), d->path, S(".sha256\"}"));
    put_address(b, k, S(",{\"rel\":\"hash\",\"href\":"), d->path, S(".sha512\"}"));
    if (k->is_signed)
        put_address(b, k, S(",{\"rel\":\"signature\",\"href\":"), d->path, S(".asc\"}"));
    put_instant(b, S("],\"published\":\""), d->published);
    put_instant(b, S("\",\"updated\":\""), d->updated);
    buf_put(b, S("\",\"summary\":{\"content\":"));
    json_quote(b, d->title);
    put_address(b, k, S("},\"content\":{\"type\":\"application/json\",\"src\":"), d->path,
                S("\"}"));
    buf_put(b, S(",\"format\":{\"schema\":"));
    buf_put(b, k->v21 ? S("\"https://docs.oasis-open.org/csaf/csaf/v2.1/schema/csaf.json\"")
                      : S("\"https://docs.oasis-open.org/csaf/csaf/v2.0/csaf_json_schema.json\""));
    buf_put(b, k->v21 ? S(",\"version\":\"2.1\"}}") : S(",\"version\":\"2.0\"}}"));
}

/* A feed while it is written: what is put into b goes behind the parts. */
struct parts {
    VEC(str)
    buf b;
};

static void end_part(struct parts *o)
{
    *PUSH(o->b.a, o) = buf_str(&o->b);
    o->b = (buf){.a = o->b.a};
}

static void put_run(struct parts *o, str run)
{
    enum { LONG_RUN = 1 << 16 };
    if (run.n < LONG_RUN) {
        buf_put(&o->b, run);
        return;
    }
    end_part(o);
    *PUSH(o->b.a, o) = run;
}

static void put_entries(struct parts *o, const struct csaf_folder *f)
{
    buf url = {.a = o->b.a};
    json_quote(&url, str_join(url.a, f->url, S("/")));
    const struct feed_parts k = {f->v21, f->is_signed, str_sub(buf_str(&url), 0, url.n - 1)};
    const str *lines = f->before.p != NULL ? csaf_entries_before(url.a, f) : NULL;
    for (size_t i = 0, n; i<f->n; i += n> 0 ? n : 1) {
        str run = NO_STR;
        n = csaf_run_before(f, lines, i, &run);
        buf_put(&o->b, i > 0 ? S(",\n") : S("\n"));
        if (n > 0)
            put_run(o, run);
        else
            put_entry(&o->b, &k, &f->v[i]);
    }
}

static str done(buf *b)
{
    buf_char(b, '\n');
    return buf_str(b);
}

/* Bytes that it will take, or a few more: escapes apart. */
static size_t feed_size(const struct csaf_folder *f)
{
    size_t n = 2000;
    for (size_t i = 0; i < f->n; i++)
        n += 500 + 5 * (f->url.n + f->v[i].path.n) + 2 * f->v[i].title.n + f->v[i].id.n;
    return n;
}

struct strs csaf_feed_parts(struct arena *a, const struct csaf_folder *f, i64 updated)
{
    struct parts parts = {.b = {.a = a}};
    struct json_out o = {.b = &parts.b};
    if (f->before.p == NULL)
        (void)buf_room(&parts.b, feed_size(f));
    json_put_object(&o);
    json_put_key(&o, S("feed"));
    json_put_object(&o);
    json_put_member(&o, S("id"),
                    str_fmt(a, "csaf-feed-tlp-%.*s", SV(csaf_folder_name(a, f->tlp, f->v21))));
    json_put_member(&o, S("title"), f->title);
    json_put_key(&o, S("link"));
    json_put_array(&o);
    put_link(&o, S("self"), feed_url(a, f));
    json_put_end(&o);
    put_information_type(&o);
    json_put_member(&o, S("updated"), time_utc_ms(a, f->n > 0 ? f->v[0].updated : updated));
    json_put_key(&o, S("entry"));
    json_put_array(&o);
    put_entries(&parts, f);
    json_put_end(&o);
    json_put_end(&o);
    json_put_end(&o);
    (void)done(&parts.b);
    end_part(&parts);
    return (struct strs){parts.v, parts.n};
}

str csaf_feed(struct arena *a, const struct csaf_folder *f, i64 updated)
{
    struct csaf_folder anew = *f;
    anew.before = NO_STR;
    return csaf_feed_parts(a, &anew, updated).v[0];
}

str csaf_categories(struct arena *a, const struct csaf_folder *f)
{
    buf b = {.a = a};
    struct json_out o = {.b = &b, .pretty = true};
    bool en = false;
    for (size_t i = 0; i < f->n && !en; i++)
        en = str_has_suffix(f->v[i].path, S("-en.json"));
    json_put_object(&o);
    json_put_key(&o, S("categories"));
    json_put_object(&o);
    json_put_key(&o, S("category"));
    json_put_array(&o);
    for (int i = 0; i < 1 + en; i++) {
        json_put_object(&o);
        json_put_member(&o, S("term"), i ? S("en") : S("ja"));
        json_put_end(&o);
    }
    json_put_end(&o);
    json_put_end(&o);
    json_put_end(&o);
    return done(&b);
}

/* --- metadata --------------------------------------------------------------------------------- */

static void put_feed(struct arena *a, struct json_out *o, const struct csaf_folder *f, i64 updated)
{
    json_put_object(o);
    if (f->v21)
        json_put_member(o, S("last_updated"), time_utc_ms(a, updated));
    json_put_member(o, S("summary"), f->title);
    json_put_member(o, S("tlp_label"), csaf_label(f->tlp, f->v21));
    json_put_member(o, S("url"), feed_url(a, f));
    json_put_end(o);
}

static void put_directory(struct arena *a, struct json_out *o, const struct csaf_folder *f)
{
    str url = str_join(a, f->url, S("/"));
    json_put_object(o);
    if (f->v21) {
        json_put_key(o, S("directory"));
        json_put_object(o);
        json_put_member(o, S("tlp_label"), f->tlp);
        json_put_member(o, S("url"), url);
        json_put_end(o);
    } else {
        json_put_member(o, S("directory_url"), url);
    }
    json_put_end(o);
}

static void put_urls(struct json_out *o, str key, str url)
{
    json_put_key(o, key);
    json_put_array(o);
    json_put_str(o, url);
    json_put_end(o);
}

static void put_distributions(struct arena *a, struct json_out *o, const struct csaf_provider *p)
{
    json_put_key(o, S("distributions"));
    json_put_array(o);
    for (size_t i = 0; i < p->nfolders; i++)
        put_directory(a, o, &p->folders[i]);
    json_put_object(o);
    json_put_key(o, S("rolie"));
    json_put_object(o);
    json_put_key(o, S("feeds"));
    json_put_array(o);
    for (size_t i = 0; i < p->nfolders; i++)
        put_feed(a, o, &p->folders[i], p->updated);
    json_put_end(o);
    put_urls(o, S("services"), str_join(a, p->url, S("/service.json")));
    json_put_end(o);
    json_put_end(o);
    json_put_end(o);
}

static void put_publisher(struct json_out *o, const struct csaf_provider *p)
{
    json_put_key(o, S("publisher"));
    json_put_object(o);
    json_put_member(o, S("category"), str_z(p->category));
    if (p->contact.n > 0)
        json_put_member(o, S("contact_details"), p->contact);
    if (p->authority.n > 0)
        json_put_member(o, S("issuing_authority"), p->authority);
    json_put_member(o, S("name"), p->name);
    json_put_member(o, S("namespace"), p->namespace);
    json_put_end(o);
}

str csaf_provider_metadata(struct arena *a, const struct csaf_provider *p)
{
    buf b = {.a = a};
    struct json_out o = {.b = &b, .pretty = true};
    json_put_object(&o);
    if (p->v21)
        json_put_member(&o, S("$schema"),
                        S("https://docs.oasis-open.org/csaf/csaf/v2.1/schema/provider.json"));
    json_put_member(&o, S("canonical_url"), str_join(a, p->url, S("/provider-metadata.json")));
    put_distributions(a, &o, p);
    json_put_member(&o, S("last_updated"), time_utc_ms(a, p->updated));
    json_put_member_bool(&o, S("list_on_CSAF_aggregators"), true);
    json_put_member(&o, S("metadata_version"), p->v21 ? S("2.1") : S("2.0"));
    json_put_member_bool(&o, S("mirror_on_CSAF_aggregators"), true);
    if (p->fingerprint.n > 0) {
        json_put_key(&o, S("public_openpgp_keys"));
        json_put_array(&o);
        json_put_object(&o);
        json_put_member(&o, S("fingerprint"), p->fingerprint);
        json_put_member(&o, S("url"), p->key_url);
        json_put_end(&o);
        json_put_end(&o);
    }
    put_publisher(&o, p);
    json_put_member(&o, S("role"),
                    p->fingerprint.n > 0 ? S("csaf_trusted_provider") : S("csaf_provider"));
    json_put_end(&o);
    return done(&b);
}

static void put_collection(struct arena *a, struct json_out *o, const struct csaf_folder *f)
{
    json_put_object(o);
    json_put_member(o, S("title"), f->title);
    json_put_member(o, S("href"), feed_url(a, f));
    json_put_key(o, S("categories"));
    json_put_object(o);
    put_information_type(o);
    json_put_end(o);
    json_put_end(o);
}

str csaf_service(struct arena *a, const struct csaf_provider *p)
{
    buf b = {.a = a};
    struct json_out o = {.b = &b, .pretty = true};
    json_put_object(&o);
    json_put_key(&o, S("service"));
    json_put_object(&o);
    json_put_key(&o, S("workspace"));
    json_put_array(&o);
    json_put_object(&o);
    json_put_member(&o, S("title"), p->name);
    json_put_key(&o, S("collection"));
    json_put_array(&o);
    for (size_t i = 0; i < p->nfolders; i++)
        put_collection(a, &o, &p->folders[i]);
    json_put_end(&o);
    json_put_end(&o);
    json_put_end(&o);
    json_put_end(&o);
    json_put_end(&o);
    return done(&b);
}

/* --- more of them ----------------------------------------------------------------------------- */

/* What was written, but that `put` adds to the end of the innermost of these lists. */
struct more {
    struct arena *a;
    const struct csaf_folder *folders;
    size_t n;
    const char *const *path; /* members on the way, NULL behind the last: the list's own */
    void (*put)(const struct more *m, struct json_out *o);
};

static void put_more(const struct more *m, struct json_out *o, const struct json *j, size_t depth)
{
    if (json_is(j, JSON_IS_OBJECT) && m->path[depth] != NULL) {
        json_put_object(o);
        for (size_t i = 0; i < json_count(j); i++) {
            bool on = str_eq(json_key(j, i), str_z(m->path[depth]));
            json_put_key(o, json_key(j, i));
            if (on)
                put_more(m, o, json_value(j, i), depth + 1);
            else
                json_put_json(o, json_value(j, i));
        }
        json_put_end(o);
    } else if (json_is(j, JSON_IS_ARRAY)) {
        json_put_array(o);
        for (size_t i = 0; i < json_count(j); i++)
            put_more(m, o, json_at(j, i), depth);
        if (m->path[depth] == NULL)
            m->put(m, o);
        json_put_end(o);
    } else {
        json_put_json(o, j);
    }
}

static str with_more(const struct more *m, const struct json *j)
{
    buf b = {.a = m->a};
    struct json_out o = {.b = &b, .pretty = true};
    put_more(m, &o, j, 0);
    return done(&b);
}

static void put_feeds(const struct more *m, struct json_out *o)
{
    for (size_t i = 0; i < m->n; i++)
        put_feed(m->a, o, &m->folders[i], m->folders[i].v[0].updated);
}

static void put_directories(const struct more *m, struct json_out *o)
{
    for (size_t i = 0; i < m->n; i++)
        put_directory(m->a, o, &m->folders[i]);
}

static void put_collections(const struct more *m, struct json_out *o)
{
    for (size_t i = 0; i < m->n; i++)
        put_collection(m->a, o, &m->folders[i]);
}

str csaf_provider_more(struct arena *a, const struct json *metadata, const struct csaf_folder *more,
                       size_t n)
{
    static const char *const feeds[] = {"distributions", "rolie", "feeds", NULL};
    static const char *const folders[] = {"distributions", NULL};
    const struct json *j;
    struct json_error bad;
    str with = with_more(&(struct more){a, more, n, feeds, put_feeds}, metadata);
    must(json_read(a, with, &j, &bad) == OK);
    return with_more(&(struct more){a, more, n, folders, put_directories}, j);
}

str csaf_service_more(struct arena *a, const struct json *service, const struct csaf_folder *more,
                      size_t n)
{
    static const char *const path[] = {"service", "workspace", "collection", NULL};
    return with_more(&(struct more){a, more, n, path, put_collections}, service);
}
