/* library.c - see library.h: what the formats have in common. */
#include "formats/library_own.h"

#include "base/utf8.h"
#include "formats/csaf.h"
#include "formats/cvss.h"
#include "formats/instant.h"

str library_cut(struct arena *a, str s, size_t most)
{
    s = str_trim(s);
    if (s.n > most)
        s = str_sub(s, 0, utf8_valid_prefix(str_sub(s, 0, most)));
    return s.n > 0 ? str_copy(a, s) : S("");
}

str library_id(str s)
{
    s = str_trim(s);
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] < ' ' || s.p[i] == 0x7f)
            return S("");
    return s.n > 0 && s.n <= LIBRARY_TEXT && !utf8_has_control(s) ? s : S("");
}

/* --- lists ------------------------------------------------------------------------------------ */

static void add(struct library_making *m, struct library_list *l, str s, size_t most)
{
    bool fresh = false;
    if (s.n == 0 || l->n >= most)
        return;
    (void)dict_add(m->a, &l->seen, s, &fresh);
    if (fresh)
        *PUSH(m->a, l) = s;
}

static bool is_digits(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
    return s.n > 0;
}

static bool is_cve(str s)
{
    return s.n >= 13 && s.n <= 28 && str_eq_nocase(str_sub(s, 0, 4), S("CVE-")) && s.p[8] == '-' &&
           is_digits(str_sub(s, 4, 4)) && is_digits(str_from(s, 9));
}

void library_add_cve(struct library_making *m, str cve)
{
    cve = str_trim(cve);
    if (is_cve(cve))
        add(m, &m->cves, str_join(m->a, S("CVE-"), str_from(cve, 4)), LIBRARY_CVES + 1);
}

void library_add_cwe(struct library_making *m, str cwe)
{
    cwe = str_trim(cwe);
    if (cwe.n <= 12 && str_has_prefix(cwe, S("CWE-")) && is_digits(str_from(cwe, 4)))
        add(m, &m->cwes, str_copy(m->a, cwe), LIBRARY_TITLES);
}

void library_add_other(struct library_making *m, str id)
{
    id = library_id(id);
    if (is_cve(id))
        library_add_cve(m, id);
    else
        add(m, &m->others, id.n > 0 ? str_copy(m->a, id) : id, LIBRARY_TITLES);
}

void library_add_title(struct library_making *m, str title)
{
    add(m, &m->titles, library_cut(m->a, title, LIBRARY_TEXT), LIBRARY_TITLES);
}

void library_add_vector(struct library_making *m, str cve, str vector)
{
    struct cvss c;
    struct cvss_error bad;
    bool fresh;
    vector = str_trim(vector);
    if (vector.n > LIBRARY_TEXT || cvss_parse(vector, &c, &bad) != OK)
        return;
    struct cvss_scores s = cvss_scores(&c);
    i64 score = s.base >= 0 ? s.base : s.overall;
    if (score > m->e.score)
        m->e.score = score;
    cve = is_cve(cve) ? str_join(m->a, S("CVE-"), str_from(cve, 4)) : S("");
    (void)dict_add(m->a, &m->vectors.seen, str_fmt(m->a, "%.*s %.*s", SV(cve), SV(vector)), &fresh);
    if (fresh && m->vectors.n < LIBRARY_VECTORS)
        *PUSH(m->a, &m->vectors) = (struct library_vector){cve, str_copy(m->a, vector), score};
}

void library_add_product(struct library_making *m, str vendor, str name)
{
    bool fresh;
    vendor = library_cut(m->a, vendor, LIBRARY_TEXT);
    name = library_cut(m->a, name, LIBRARY_TEXT);
    if (name.n == 0)
        return;
    str key = str_fmt(m->a, "%.*s\n%.*s", SV(vendor), SV(name));
    (void)dict_add(m->a, &m->products.seen, key, &fresh);
    m->e.allproducts += fresh;
    if (fresh && m->products.n < LIBRARY_PRODUCTS)
        *PUSH(m->a, &m->products) = (struct library_product){vendor, name};
}

void library_add_link(struct library_making *m, str title, str url)
{
    bool fresh = false;
    url = library_id(url);
    bool web = str_has_prefix(url, S("https://")) || str_has_prefix(url, S("http://"));
    if (!web || m->links.n >= LIBRARY_LINKS)
        return;
    url = str_copy(m->a, url);
    (void)dict_add(m->a, &m->links.seen, url, &fresh);
    if (fresh)
        *PUSH(m->a, &m->links) = (struct library_link){library_cut(m->a, title, LIBRARY_TEXT), url};
}

static struct strs strs_of(const struct library_list *l)
{
    return (struct strs){l->v, l->n};
}

enum err library_made(struct library_making *m, struct library_refusal *why)
{
    if (m->cves.n > LIBRARY_CVES)
        return library_refuse(why, S("library_cves"), S(""));
    m->e.cves = strs_of(&m->cves);
    m->e.cwes = strs_of(&m->cwes);
    m->e.others = strs_of(&m->others);
    m->e.titles = strs_of(&m->titles);
    m->e.vectors = m->vectors.v;
    m->e.nvectors = m->vectors.n;
    m->e.products = m->products.v;
    m->e.nproducts = m->products.n;
    m->e.links = m->links.v;
    m->e.nlinks = m->links.n;
    return OK;
}

/* --- documents -------------------------------------------------------------------------------- */

static enum err read_json(struct arena *a, str bytes, i64 now, struct library_read *out,
                          struct library_refusal *why)
{
    const struct json *root;
    struct json_error bad = {0};
    struct library_entry e;
    if (json_read(a, bytes, &root, &bad) != OK)
        return library_refuse(why, bad.code,
                              str_fmt(a, "%lld:%lld", (long long)bad.line, (long long)bad.column));
    TRY(library_read_csaf(a, root, now, &e, why));
    *PUSH(a, &out->entries) = e;
    return OK;
}

enum err library_read(struct arena *a, str bytes, i64 now, struct library_read *out,
                      struct library_refusal *why)
{
    *out = (struct library_read){0};
    *why = (struct library_refusal){S(""), S("")};
    if (bytes.n > LIBRARY_BYTES)
        return library_refuse(why, S("library_large"), S(""));
    str start = str_trim(str_sub(bytes, 0, 4096));
    if (str_has_prefix(start, S("{")))
        return read_json(a, bytes, now, out, why);
    if (str_has_prefix(start, S("<")) || str_has_prefix(start, S("\xef\xbb\xbf<")))
        return library_read_xml(a, bytes, out, why);
    return library_refuse(why, S("library_format"), S(""));
}

/* --- questions -------------------------------------------------------------------------------- */

bool library_is_open(const struct library_entry *e)
{
    return str_eq(e->tlp, S("CLEAR"));
}

static int compare_times(opt_i64 x, opt_i64 y)
{
    i64 p = x.is ? x.v : INT64_MIN, q = y.is ? y.v : INT64_MIN;
    return (p > q) - (p < q);
}

/* Of JVN's formats the one that says more, where both are of the same instant. */
static int wealth(str kind)
{
    return str_eq(kind, S("jvnrss")) ? 0 : 1;
}

int library_compare(const struct library_entry *x, const struct library_entry *y)
{
    struct doc_version p, q;
    int c = 0;
    if (doc_version_read(x->version, &p) && doc_version_read(y->version, &q))
        c = doc_version_cmp(&p, &q);
    if (c == 0)
        c = compare_times(x->updated, y->updated);
    return c != 0 ? c : wealth(x->kind) - wealth(y->kind);
}

static void put_line(buf *b, str s)
{
    buf_put(b, s);
    buf_char(b, '\n');
}

static void put_lines(buf *b, struct strs s)
{
    for (size_t i = 0; i < s.n; i++)
        put_line(b, s.v[i]);
}

str library_text(struct arena *a, const struct library_entry *e)
{
    buf b = {.a = a};
    put_line(&b, e->id);
    put_line(&b, e->title);
    put_line(&b, e->publisher_name);
    put_line(&b, e->publisher);
    put_line(&b, e->summary);
    put_lines(&b, e->cves);
    put_lines(&b, e->others);
    put_lines(&b, e->cwes);
    put_lines(&b, e->titles);
    for (size_t i = 0; i < e->nproducts; i++) {
        put_line(&b, e->products[i].vendor);
        put_line(&b, e->products[i].name);
    }
    return buf_str(&b);
}
