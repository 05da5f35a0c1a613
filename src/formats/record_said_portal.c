/* record_said_portal.c - what the page, its JSON-LD and the Atom feed say. */
#include "formats/record_said_own.h"

#include "formats/markdown.h"
#include "formats/product_row.h"
#include "formats/xml_read.h"

#define ATOM "http://www.w3.org/2005/Atom"

static enum err read_json(struct saying *s, str bytes, const struct json **out)
{
    struct json_error bad;
    TRY(json_read(s->a, bytes, out, &bad));
    return json_is(*out, JSON_IS_OBJECT) ? OK : E_INVALID;
}

/* --- the page ----------------------------------------------------------------------------------- */

static bool ends_address(char c)
{
    return (unsigned char)c <= ' ' || c == ')' || c == '>' || c == '"' || c == '|' ||
           (unsigned char)c >= 0x80;
}

/* The addresses that stand in a text. */
static void put_addresses(struct saying *s, str text)
{
    for (ptrdiff_t at; (at = str_find(text, S("http"))) >= 0;) {
        size_t n = 0;
        text = str_from(text, (size_t)at);
        while (n < text.n && !ends_address(text.p[n]))
            n++;
        str url = str_sub(text, 0, n);
        if (str_has_prefix(url, S("https://")) || str_has_prefix(url, S("http://")))
            said_put_url(s, url);
        text = str_from(text, n > 4 ? n : 4);
    }
}

static void put_section(struct saying *s, const struct json *sections, const char *name,
                        enum said_field f)
{
    said_put(s, f, markdown_plain(s->a, json_get_text(sections, str_z(name))));
}

static void put_vuln(struct saying *s, const struct json *v)
{
    const struct json *vectors = json_get(v, S("vectors"));
    str cve = json_get_text(v, S("cve")), title = said_plain(s->a, json_get_text(v, S("title")));
    said_put(s, SAID_CVES, cve);
    said_put(s, SAID_CWES, json_get_text(v, S("cwe")));
    if (cve.n > 0 && json_get_text(v, S("cwe")).n > 0)
        *PUSH(s->a, &s->out->numbered) = json_get_text(v, S("cwe"));
    if (title.n > 0)
        *PUSH(s->a, &s->out->titles) = title;
    for (size_t i = 0; i < json_count(vectors); i++) {
        const struct json *x = json_at(vectors, i);
        said_put_score(s, (struct said_score){.about = cve,
                                              .vector = json_get_text(x, S("vector")),
                                              .score = json_number(json_get(x, S("score"))),
                                              .issuer = json_get_text(x, S("issuer"))});
    }
}

static bool is_unsolved(str remedy)
{
    return str_has_suffix(remedy, S("_planned")) || str_eq(remedy, S("none_available"));
}

/* The names of the vulnerabilities that a row holds for. */
static struct strs holds(struct saying *s, const struct json *rows, size_t at,
                         const struct said_list *names)
{
    str *v = NEWS(s->a, str, names->n + 1);
    size_t n = 0;
    for (size_t i = 0; i < names->n; i++)
        if (product_row_holds(rows, at, (i64)i + 1))
            v[n++] = names->v[i];
    return (struct strs){v, n};
}

static void put_row(struct saying *s, str vendor, const struct json *rows, size_t at,
                    const struct said_list *names)
{
    const struct json *x = json_at(rows, at);
    buf about = {.a = s->a};
    struct said_product p = {.vendor = vendor,
                             .name = said_plain(s->a, json_get_text(x, S("name"))),
                             .versions = said_plain(s->a, json_get_text(x, S("versions"))),
                             .code = json_get_text(x, S("status")),
                             .unsolved = is_unsolved(json_get_text(x, S("remedy"))),
                             .holds = holds(s, rows, at, names),
                             .own = product_row_about(x) > 0,
                             .cpe = json_get_text(x, S("cpe")),
                             .purl = json_get_text(x, S("purl"))};
    p.status = said_status_of(p.code);
    for (size_t i = 0; i < p.holds.n && p.holds.n < names->n; i++)
        buf_putf(&about, "%s%.*s", i > 0 ? ", " : "", SV(p.holds.v[i]));
    p.about = about.n > 0 ? buf_str(&about) : S("");
    *PUSH(s->a, &s->out->products) = p;
}

static void put_vendor(struct saying *s, const struct json *v, const struct said_list *names)
{
    const struct json *products = json_get(v, S("products"));
    str name = said_plain(s->a, json_get_text(v, S("name"))),
        status = json_get_text(v, S("status"));
    said_put_url(s, json_get_text(v, S("url")));
    for (size_t i = 0; i < json_count(products); i++)
        if (product_row_is_told(products, i, names->n))
            put_row(s, name, products, i, names);
    if (json_count(products) == 0)
        *PUSH(s->a, &s->out->products) = (struct said_product){.vendor = name,
                                                               .name = S(""),
                                                               .versions = S(""),
                                                               .status = said_status_of(status),
                                                               .code = status,
                                                               .about = S(""),
                                                               .holds = {names->v, names->n}};
}

static void put_lists(struct saying *s, const struct json *j)
{
    const struct json *vulns = json_get(j, S("vulnerabilities")),
                      *vendors = json_get(j, S("vendors")), *history = json_get(j, S("history"));
    struct said_list names = {0};
    s->out->vulns = json_count(vulns);
    for (size_t i = 0; i < json_count(vulns); i++) {
        const struct json *v = json_at(vulns, i);
        put_vuln(s, v);
        *PUSH(s->a, &names) =
            said_vuln_name(s->a, json_get_text(v, S("cve")), json_get_text(v, S("title")), i + 1);
    }
    for (size_t i = 0; i < json_count(vendors); i++)
        put_vendor(s, json_at(vendors, i), &names);
    for (size_t i = 0; i < json_count(history); i++)
        said_put_change(s, json_get_text(json_at(history, i), S("at")),
                        json_get_text(json_at(history, i), S("text")));
}

enum err said_read_page(struct saying *s, str bytes)
{
    const struct json *j;
    TRY(read_json(s, bytes, &j));
    const struct json *sections = json_get(j, S("sections"));
    s->out->withdrawn = json_get_text(j, S("withdrawn")).p != NULL;
    said_put(s, SAID_TITLE, json_get_text(j, S("title")));
    said_put(s, SAID_NUMBER, json_get_text(j, S("number")));
    said_put_time(s, SAID_PUBLISHED, json_get_text(j, S("published")));
    said_put_time(s, SAID_UPDATED, json_get_text(j, S("updated")));
    said_put_url(s, json_get_text(j, S("url")));
    put_section(s, sections, "overview", SAID_SUMMARY);
    put_section(s, sections, "solution", SAID_SOLUTION);
    put_section(s, sections, "credit", SAID_CREDITS);
    put_addresses(s, json_get_text(sections, S("references")));
    said_put(s, SAID_SUMMARY, markdown_plain(s->a, json_get_text(j, S("reason"))));
    put_lists(s, j);
    return OK;
}

/* --- JSON-LD ------------------------------------------------------------------------------------ */

enum err said_read_json_ld(struct saying *s, str bytes)
{
    const struct json *j;
    TRY(read_json(s, bytes, &j));
    const struct json *words = json_get(j, S("keywords")), *about = json_get(j, S("about"));
    s->out->withdrawn = str_eq(json_get_text(j, S("creativeWorkStatus")), S("Withdrawn"));
    said_put(s, SAID_TITLE, json_get_text(j, S("headline")));
    said_put(s, SAID_NUMBER, json_get_text(j, S("identifier")));
    said_put_time(s, SAID_PUBLISHED, json_get_text(j, S("datePublished")));
    said_put_time(s, SAID_UPDATED, json_get_text(j, S("dateModified")));
    said_put_url(s, json_get_text(j, S("url")));
    said_put(s, SAID_SUMMARY, json_get_text(j, S("description")));
    for (size_t i = 0; i < json_count(words); i++)
        said_put(s, SAID_CVES, json_text(json_at(words, i)));
    for (size_t i = 0; i < json_count(about); i++)
        said_put(s, SAID_CWES, json_get_text(json_at(about, i), S("name")));
    return OK;
}

/* --- Atom --------------------------------------------------------------------------------------- */

/* "KKH#41827360 Title" */
static void put_entry_title(struct saying *s, str text)
{
    str mark = str_join(s->a, s->hints->prefix, S("#"));
    if (str_has_prefix(text, mark))
        said_put(s, SAID_NUMBER, str_cut(&text, ' '));
    said_put(s, SAID_TITLE, text);
}

enum err said_read_atom(struct saying *s, str bytes)
{
    const struct xml_node *root;
    struct xml_error bad;
    TRY(xml_read(s->a, bytes, &root, &bad));
    if (!xml_is(root, S(ATOM), S("feed")))
        return E_INVALID;
    for (const struct xml_node *e = xml_find(root, S(ATOM), S("entry")); e; e = xml_after(e)) {
        put_entry_title(s, xml_child_text(e, S(ATOM), S("title")));
        said_put_time(s, SAID_PUBLISHED, xml_child_text(e, S(ATOM), S("published")));
        said_put_time(s, SAID_UPDATED, xml_child_text(e, S(ATOM), S("updated")));
        said_put(s, SAID_SUMMARY, xml_child_text(e, S(ATOM), S("summary")));
        for (const struct xml_node *l = xml_find(e, S(ATOM), S("link")); l; l = xml_after(l))
            said_put_url(s, xml_attribute_of(l, S(""), S("href")));
        for (const struct xml_node *c = xml_find(e, S(ATOM), S("category")); c; c = xml_after(c)) {
            str term = xml_attribute_of(c, S(""), S("term"));
            if (str_has_prefix(term, S("CVE-")))
                said_put(s, SAID_CVES, term);
        }
    }
    return OK;
}
