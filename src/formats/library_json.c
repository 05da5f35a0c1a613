/* library_json.c - an entry of the library as JSON and back; the job in the jail. */
#include "formats/library_own.h"

#include <string.h>

/* --- out -------------------------------------------------------------------------------------- */

static void put_strs(struct json_out *o, str key, struct strs s)
{
    json_put_key(o, key);
    json_put_array(o);
    for (size_t i = 0; i < s.n; i++)
        json_put_str(o, s.v[i]);
    json_put_end(o);
}

static void put_instant(struct json_out *o, str key, opt_i64 at)
{
    if (at.is)
        json_put_member_i64(o, key, at.v);
}

static void put_vectors(struct json_out *o, const struct library_entry *e)
{
    json_put_key(o, S("vectors"));
    json_put_array(o);
    for (size_t i = 0; i < e->nvectors; i++) {
        json_put_object(o);
        json_put_member(o, S("cve"), e->vectors[i].cve);
        json_put_member(o, S("vector"), e->vectors[i].vector);
        json_put_member_i64(o, S("score"), e->vectors[i].score);
        json_put_end(o);
    }
    json_put_end(o);
}

static void put_products(struct json_out *o, const struct library_entry *e)
{
    json_put_key(o, S("products"));
    json_put_array(o);
    for (size_t i = 0; i < e->nproducts; i++) {
        json_put_object(o);
        json_put_member(o, S("vendor"), e->products[i].vendor);
        json_put_member(o, S("name"), e->products[i].name);
        json_put_end(o);
    }
    json_put_end(o);
}

static void put_links(struct json_out *o, const struct library_entry *e)
{
    json_put_key(o, S("links"));
    json_put_array(o);
    for (size_t i = 0; i < e->nlinks; i++) {
        json_put_object(o);
        json_put_member(o, S("title"), e->links[i].title);
        json_put_member(o, S("url"), e->links[i].url);
        json_put_end(o);
    }
    json_put_end(o);
}

/* Texts of an entry by their names. */
/* clang-format off */
static const struct { str name; size_t at; } texts[] = {
#define TEXT(m) {S_INIT(#m), offsetof(struct library_entry, m)}
    TEXT(kind), TEXT(publisher), TEXT(publisher_name), TEXT(id), TEXT(edition), TEXT(version),
    TEXT(status), TEXT(title), TEXT(lang), TEXT(summary), TEXT(tlp), TEXT(url),
#undef TEXT
};
/* clang-format on */

void library_put(struct json_out *o, const struct library_entry *e)
{
    json_put_object(o);
    for (size_t i = 0; i < COUNT(texts); i++) {
        str text;
        memcpy(&text, (const char *)e + texts[i].at, sizeof text);
        json_put_member(o, texts[i].name, text);
    }
    put_instant(o, S("released"), e->released);
    put_instant(o, S("updated"), e->updated);
    put_strs(o, S("cves"), e->cves);
    put_strs(o, S("cwes"), e->cwes);
    put_strs(o, S("others"), e->others);
    put_strs(o, S("titles"), e->titles);
    put_vectors(o, e);
    json_put_member_i64(o, S("score"), e->score);
    put_products(o, e);
    json_put_member_i64(o, S("allproducts"), (i64)e->allproducts);
    put_links(o, e);
    json_put_member_i64(o, S("findings"), e->findings);
    json_put_end(o);
}

/* --- in --------------------------------------------------------------------------------------- */

static void take_products(struct library_making *m, const struct json *all)
{
    for (size_t i = 0; i < json_count(all); i++)
        library_add_product(m, json_get_text(json_at(all, i), S("vendor")),
                            json_get_text(json_at(all, i), S("name")));
}

static void take_lists(struct library_making *m, const struct json *j)
{
    static const struct {
        str name;
        void (*add)(struct library_making *m, str s);
    } lists[] = {{S_INIT("cves"), library_add_cve},
                 {S_INIT("cwes"), library_add_cwe},
                 {S_INIT("others"), library_add_other},
                 {S_INIT("titles"), library_add_title}};
    const struct json *vectors = json_get(j, S("vectors")), *links = json_get(j, S("links"));
    for (size_t k = 0; k < COUNT(lists); k++) {
        const struct json *l = json_get(j, lists[k].name);
        for (size_t i = 0; i < json_count(l); i++)
            lists[k].add(m, json_text(json_at(l, i)));
    }
    for (size_t i = 0; i < json_count(vectors); i++)
        library_add_vector(m, json_get_text(json_at(vectors, i), S("cve")),
                           json_get_text(json_at(vectors, i), S("vector")));
    take_products(m, json_get(j, S("products")));
    for (size_t i = 0; i < json_count(links); i++)
        library_add_link(m, json_get_text(json_at(links, i), S("title")),
                         json_get_text(json_at(links, i), S("url")));
}

static opt_i64 take_instant(const struct json *j, str key)
{
    i64 at;
    return json_i64(json_get(j, key), &at) ? SOME(at) : (opt_i64){0};
}

static bool is_kind(str kind)
{
    return str_eq(kind, S("csaf20")) || str_eq(kind, S("csaf21")) || str_eq(kind, S("jvnrss")) ||
           str_eq(kind, S("vuldef"));
}

bool library_take(struct arena *a, const struct json *j, struct library_entry *out)
{
    struct library_making m = {.a = a, .e = {.score = -1}};
    struct library_refusal why;
    i64 all = 0;
    for (size_t i = 0; i < COUNT(texts); i++) {
        bool is_long = str_eq(texts[i].name, S("summary"));
        str text = library_cut(a, json_get_text(j, texts[i].name),
                               is_long ? LIBRARY_SUMMARY : LIBRARY_TEXT);
        memcpy((char *)&m.e + texts[i].at, &text, sizeof text);
    }
    m.e.released = take_instant(j, S("released"));
    m.e.updated = take_instant(j, S("updated"));
    take_lists(&m, j);
    if (json_i64(json_get(j, S("allproducts")), &all) && (size_t)all > m.e.allproducts)
        m.e.allproducts = (size_t)all;
    (void)json_i64(json_get(j, S("findings")), &m.e.findings);
    if (library_made(&m, &why) != OK || !is_kind(m.e.kind) || all < 0 || m.e.findings < 0)
        return false;
    *out = m.e;
    return m.e.id.n > 0 && m.e.publisher.n > 0 && m.e.title.n > 0;
}

/* --- the jail --------------------------------------------------------------------------------- */

str library_job_input(struct arena *a, str bytes, i64 now)
{
    return str_join(a, str_fmt(a, "%lld\n", (long long)now), bytes);
}

static void put_refusal(struct json_out *o, const struct library_refusal *why)
{
    json_put_object(o);
    json_put_member(o, S("code"), why->code);
    json_put_member(o, S("place"), why->place);
    json_put_end(o);
}

enum err library_job(struct arena *a, str in, buf *out)
{
    struct library_read read;
    struct library_refusal why;
    struct json_out o = {.b = out};
    i64 now;
    if (!str_i64(str_cut(&in, '\n'), &now))
        return E_IO;
    enum err e = library_read(a, in, now, &read, &why);
    if (e != OK) {
        put_refusal(&o, &why);
        return e;
    }
    json_put_object(&o);
    json_put_key(&o, S("entries"));
    json_put_array(&o);
    for (size_t i = 0; i < read.entries.n; i++)
        library_put(&o, &read.entries.v[i]);
    json_put_end(&o);
    json_put_key(&o, S("refused"));
    json_put_array(&o);
    for (size_t i = 0; i < read.refused.n; i++)
        put_refusal(&o, &read.refused.v[i]);
    json_put_end(&o);
    json_put_end(&o);
    return OK;
}

/* A code is a part of the key of a word. */
static struct library_refusal take_refusal(struct arena *a, const struct json *j)
{
    str code = json_get_text(j, S("code"));
    for (size_t i = 0; i < code.n; i++)
        if (code.p[i] != '_' && (code.p[i] < '0' || code.p[i] > 'z'))
            code = S("");
    if (code.n == 0 || code.n > 40)
        code = S("library_format");
    return (struct library_refusal){code,
                                    library_cut(a, json_get_text(j, S("place")), LIBRARY_TEXT)};
}

bool library_job_take(struct arena *a, str out, enum err verdict, struct library_read *read,
                      struct library_refusal *why)
{
    const struct json *j;
    struct json_error bad;
    *read = (struct library_read){0};
    if (json_read(a, out, &j, &bad) != OK)
        return false;
    if (verdict != OK) {
        *why = take_refusal(a, j);
        return true;
    }
    const struct json *entries = json_get(j, S("entries")), *refused = json_get(j, S("refused"));
    for (size_t i = 0; i < json_count(entries); i++) {
        struct library_entry e;
        if (!library_take(a, json_at(entries, i), &e))
            return false;
        *PUSH(a, &read->entries) = e;
    }
    for (size_t i = 0; i < json_count(refused); i++)
        *PUSH(a, &read->refused) = take_refusal(a, json_at(refused, i));
    return true;
}
