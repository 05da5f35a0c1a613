/* library_csaf.c - a CSAF 2.0 or 2.1 document as an entry of the library.
 *
 * Documents that break the schema are read as far as they say who published what: real
 * providers have such ones.  How many findings there are stands in the entry. */
#include "formats/csaf.h"
#include "formats/instant.h"
#include "formats/library_own.h"

static enum err want(const struct json *j, str key, str code, const char *place, str *out,
                     struct library_refusal *why)
{
    *out = library_id(json_get_text(j, key));
    return out->n > 0 ? OK : library_refuse(why, code, str_z(place));
}

static opt_i64 instant_of(const struct json *tracking, str key)
{
    struct instant t;
    if (!instant_read(json_get_text(tracking, key), &t))
        return (opt_i64){0};
    return SOME(instant_ms(&t));
}

/* TLP 1.0 calls CLEAR white; a label that does not exist is none. */
static str label_of(const struct json *document)
{
    static const str labels[] = {S_INIT("CLEAR"), S_INIT("GREEN"), S_INIT("AMBER"),
                                 S_INIT("AMBER+STRICT"), S_INIT("RED")};
    str label =
        json_get_text(json_get(json_get(document, S("distribution")), S("tlp")), S("label"));
    if (str_eq(label, S("WHITE")))
        return labels[0];
    for (size_t i = 0; i < COUNT(labels); i++)
        if (str_eq(label, labels[i]))
            return labels[i];
    return S("");
}

/* The first note of the best category. */
static str summary_of(struct arena *a, const struct json *document)
{
    static const str best[] = {S_INIT("summary"), S_INIT("description"), S_INIT("general")};
    const struct json *notes = json_get(document, S("notes"));
    for (size_t k = 0; k < COUNT(best); k++)
        for (size_t i = 0; i < json_count(notes); i++) {
            const struct json *n = json_at(notes, i);
            str text = json_get_text(n, S("text"));
            if (str_eq(json_get_text(n, S("category")), best[k]) && str_trim(text).n > 0)
                return library_cut(a, text, LIBRARY_SUMMARY);
        }
    return S("");
}

static void add_links(struct library_making *m, const struct json *references)
{
    for (size_t i = 0; i < json_count(references); i++) {
        const struct json *r = json_at(references, i);
        str url = json_get_text(r, S("url"));
        bool self = str_eq(json_get_text(r, S("category")), S("self"));
        size_t had = m->links.n;
        library_add_link(m, json_get_text(r, S("summary")), url);
        if (self && m->links.n > had && (m->e.url.n == 0 || str_has_suffix(m->e.url, S(".json"))))
            m->e.url = m->links.v[had].url;
    }
}

/* --- products --------------------------------------------------------------------------------- */

static void add_branches(struct library_making *m, const struct json *branches, str vendor,
                         bool named)
{
    for (size_t i = 0; i < json_count(branches); i++) {
        const struct json *b = json_at(branches, i);
        str category = json_get_text(b, S("category")), name = json_get_text(b, S("name"));
        bool is_product = str_eq(category, S("product_name"));
        if (is_product)
            library_add_product(m, vendor, name);
        else if (!named && json_get(b, S("product")) != NULL)
            library_add_product(m, vendor, json_get_text(json_get(b, S("product")), S("name")));
        add_branches(m, json_get(b, S("branches")), str_eq(category, S("vendor")) ? name : vendor,
                     named || is_product);
    }
}

static void add_products(struct library_making *m, const struct json *tree)
{
    const struct json *full = json_get(tree, S("full_product_names"));
    add_branches(m, json_get(tree, S("branches")), S(""), false);
    for (size_t i = 0; i < json_count(full); i++)
        library_add_product(m, S(""), json_get_text(json_at(full, i), S("name")));
}

/* --- vulnerabilities -------------------------------------------------------------------------- */

/* 2.0: scores; 2.1: metrics with content. */
static void add_scores(struct library_making *m, str cve, const struct json *scores)
{
    static const str members[] = {S_INIT("cvss_v2"), S_INIT("cvss_v3"), S_INIT("cvss_v4")};
    for (size_t i = 0; i < json_count(scores); i++) {
        const struct json *s = json_at(scores, i), *content = json_get(s, S("content"));
        for (size_t k = 0; k < COUNT(members); k++)
            library_add_vector(m, cve,
                               json_get_text(json_get(content != NULL ? content : s, members[k]),
                                             S("vectorString")));
    }
}

static void add_vulnerability(struct library_making *m, const struct json *v)
{
    const struct json *ids = json_get(v, S("ids")), *cwes = json_get(v, S("cwes"));
    str cve = str_trim(json_get_text(v, S("cve")));
    library_add_cve(m, cve);
    library_add_cwe(m, json_get_text(json_get(v, S("cwe")), S("id")));
    library_add_title(m, json_get_text(v, S("title")));
    for (size_t i = 0; i < json_count(ids); i++)
        library_add_other(m, json_get_text(json_at(ids, i), S("text")));
    for (size_t i = 0; i < json_count(cwes); i++)
        library_add_cwe(m, json_get_text(json_at(cwes, i), S("id")));
    add_scores(m, cve, json_get(v, S("scores")));
    add_scores(m, cve, json_get(v, S("metrics")));
}

/* --- the whole -------------------------------------------------------------------------------- */

static i64 count_findings(struct arena *a, const struct json *root, i64 now)
{
    struct csaf_choice choice = {.published = true, .schema = true, .now = now};
    struct csaf_report report;
    i64 n = 0;
    must(csaf_choose(&choice, S("mandatory")));
    csaf_validate(a, root, &choice, &report);
    for (size_t i = 0; i < report.findings.n; i++)
        n += report.findings.v[i].group <= CSAF_MANDATORY;
    return n;
}

static enum err read_keys(struct library_making *m, const struct json *document,
                          struct library_refusal *why)
{
    const struct json *tracking = json_get(document, S("tracking"));
    const struct json *publisher = json_get(document, S("publisher"));
    TRY(want(tracking, S("id"), S("library_no_id"), "/document/tracking/id", &m->e.id, why));
    TRY(want(publisher, S("namespace"), S("library_no_publisher"), "/document/publisher/namespace",
             &m->e.publisher, why));
    m->e.title = library_cut(m->a, json_get_text(document, S("title")), LIBRARY_TEXT);
    if (m->e.title.n == 0)
        return library_refuse(why, S("library_no_title"), S("/document/title"));
    m->e.publisher_name = library_cut(m->a, json_get_text(publisher, S("name")), LIBRARY_TEXT);
    m->e.version = library_id(json_get_text(tracking, S("version")));
    m->e.status = library_id(json_get_text(tracking, S("status")));
    m->e.released = instant_of(tracking, S("initial_release_date"));
    m->e.updated = instant_of(tracking, S("current_release_date"));
    return OK;
}

enum err library_read_csaf(struct arena *a, const struct json *root, i64 now,
                           struct library_entry *out, struct library_refusal *why)
{
    struct library_making m = {.a = a, .e = {.edition = S(""), .url = S(""), .score = -1}};
    const struct json *document = json_get(root, S("document"));
    const struct json *aliases = json_get(json_get(document, S("tracking")), S("aliases"));
    const struct json *all = json_get(root, S("vulnerabilities"));
    enum csaf_version version = CSAF_2_0;
    if (!json_is(document, JSON_IS_OBJECT))
        return library_refuse(why, S("library_format"), S("/document"));
    TRY(read_keys(&m, document, why));
    (void)csaf_version_of(root, &version);
    m.e.kind = version == CSAF_2_1 ? S("csaf21") : S("csaf20");
    m.e.lang = library_id(json_get_text(document, S("lang")));
    m.e.tlp = label_of(document);
    m.e.summary = summary_of(a, document);
    add_links(&m, json_get(document, S("references")));
    add_products(&m, json_get(root, S("product_tree")));
    for (size_t i = 0; i < json_count(all); i++)
        add_vulnerability(&m, json_at(all, i));
    for (size_t i = 0; i < json_count(aliases); i++)
        library_add_other(&m, json_text(json_at(aliases, i)));
    TRY(library_made(&m, why));
    m.e.findings = count_findings(a, root, now);
    *out = m.e;
    return OK;
}
