/* record_said.c - see record_said.h. */
#include "formats/record_said_own.h"

#include "base/time.h"
#include "formats/cvss.h"
#include "formats/instant.h"

#include <stdlib.h>

/* --- names ------------------------------------------------------------------------------------ */

static const str formats[SAID_FORMATS] = {[SAID_PAGE] = S_INIT("page"),
                                          [SAID_JSON_LD] = S_INIT("json-ld"),
                                          [SAID_ATOM] = S_INIT("atom"),
                                          [SAID_CSAF_2_0] = S_INIT("csaf-2.0"),
                                          [SAID_CSAF_2_1] = S_INIT("csaf-2.1"),
                                          [SAID_JVNRSS_3] = S_INIT("jvnrss-3.2"),
                                          [SAID_JVNRSS_2] = S_INIT("jvnrss-2.0"),
                                          [SAID_JVNRSS_OWN] = S_INIT("jvnrss-own"),
                                          [SAID_VULDEF] = S_INIT("vuldef"),
                                          [SAID_MYJVN] = S_INIT("myjvn"),
                                          [SAID_CVE] = S_INIT("cve"),
                                          [SAID_ROLIE_2_0] = S_INIT("rolie-2.0"),
                                          [SAID_INDEX_2_0] = S_INIT("index-2.0"),
                                          [SAID_CHANGES_2_0] = S_INIT("changes-2.0"),
                                          [SAID_ROLIE_2_1] = S_INIT("rolie-2.1"),
                                          [SAID_INDEX_2_1] = S_INIT("index-2.1"),
                                          [SAID_CHANGES_2_1] = S_INIT("changes-2.1"),
                                          [SAID_PDF] = S_INIT("pdf")};

static const str fields[SAID_FIELDS] = {
    [SAID_TITLE] = S_INIT("title"),       [SAID_NUMBER] = S_INIT("number"),
    [SAID_OTHER_ID] = S_INIT("other_id"), [SAID_CVES] = S_INIT("cves"),
    [SAID_CWES] = S_INIT("cwes"),         [SAID_PRODUCTS] = S_INIT("products"),
    [SAID_STATUS] = S_INIT("status"),     [SAID_IDENTIFIERS] = S_INIT("identifiers"),
    [SAID_SCORES] = S_INIT("scores"),     [SAID_PUBLISHED] = S_INIT("published"),
    [SAID_UPDATED] = S_INIT("updated"),   [SAID_HISTORY] = S_INIT("history"),
    [SAID_CREDITS] = S_INIT("credits"),   [SAID_ADDRESS] = S_INIT("address"),
    [SAID_LINKS] = S_INIT("links"),       [SAID_SUMMARY] = S_INIT("summary"),
    [SAID_SOLUTION] = S_INIT("solution")};

str said_format_name(enum said_format f)
{
    return formats[f];
}

bool said_format_find(str name, enum said_format *out)
{
    for (enum said_format f = 0; f < SAID_FORMATS; f++)
        if (str_eq(formats[f], name)) {
            *out = f;
            return true;
        }
    return false;
}

str said_field_name(enum said_field f)
{
    return fields[f];
}

/* --- texts ------------------------------------------------------------------------------------ */

static bool is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

str said_plain(struct arena *a, str text)
{
    buf b = {.a = a};
    bool gap = false;
    for (size_t i = 0; i < text.n; i++) {
        bool space = is_space(text.p[i]);
        if (!space && gap && b.n > 0)
            buf_char(&b, ' ');
        if (!space)
            buf_char(&b, text.p[i]);
        gap = space;
    }
    return b.n > 0 ? buf_str(&b) : S("");
}

void said_put(struct saying *s, enum said_field f, str text)
{
    str plain = said_plain(s->a, text);
    if (plain.n > 0)
        *PUSH(s->a, &s->out->field[f]) = plain;
}

void said_put_number(struct saying *s, str text)
{
    str end = S("-en");
    if (str_has_suffix(text, end) && str_eq(s->hints->lang, S("en")))
        text.n -= end.n;
    said_put(s, SAID_NUMBER, text);
}

void said_put_identifier(struct saying *s, const struct said_product *p, str id)
{
    str line = said_product_line(s->a, p);
    if (id.n > 0)
        said_put(s, SAID_IDENTIFIERS, str_fmt(s->a, "%.*s = %.*s", SV(line), SV(id)));
}

str said_vuln_name(struct arena *a, str cve, str title, size_t at)
{
    if (cve.n > 0)
        return cve;
    return title.n > 0 ? said_plain(a, title) : str_fmt(a, "#%zu", at);
}

/* --- instants --------------------------------------------------------------------------------- */

static str utc(struct arena *a, i64 at)
{
    struct civil c = civil_at(at, zone_utc);
    return str_fmt(a, "%04d-%02d-%02dT%02d:%02d:%02dZ", c.year, c.month, c.day, c.hour, c.minute,
                   c.second);
}

str said_time(struct arena *a, str text)
{
    struct instant at;
    return instant_read(text, &at) ? utc(a, instant_ms(&at)) : said_plain(a, text);
}

void said_put_time(struct saying *s, enum said_field f, str text)
{
    said_put(s, f, said_time(s->a, text));
}

void said_put_at(struct saying *s, enum said_field f, opt_i64 at)
{
    if (at.is)
        said_put(s, f, utc(s->a, at.v));
}

void said_put_change(struct saying *s, str at, str text)
{
    str plain = said_plain(s->a, text);
    said_put(s, SAID_HISTORY, str_fmt(s->a, "%.*s %.*s", SV(said_time(s->a, at)), SV(plain)));
}

/* --- addresses -------------------------------------------------------------------------------- */

/* What formats add by themselves for an identifier. */
static bool is_derived(str url)
{
    static const str places[] = {S_INIT("https://www.cve.org/CVERecord?id="),
                                 S_INIT("https://nvd.nist.gov/vuln/detail/"),
                                 S_INIT("https://cwe.mitre.org/data/definitions/")};
    for (size_t i = 0; i < COUNT(places); i++)
        if (str_has_prefix(url, places[i]))
            return true;
    return false;
}

void said_put_url(struct saying *s, str url)
{
    const struct said_hints *h = s->hints;
    str page = str_fmt(s->a, "%.*s/%.*s/advisories/", SV(h->public_url), SV(h->lang));
    str own = str_join(s->a, h->public_url, S("/"));
    url = str_trim(url);
    if (str_has_prefix(url, page))
        said_put(s, SAID_ADDRESS, url);
    else if (!is_derived(url) && !str_has_prefix(url, own))
        said_put(s, SAID_LINKS, url);
}

/* --- scores and ranges ------------------------------------------------------------------------ */

void said_put_score(struct saying *s, struct said_score score)
{
    struct cvss c;
    struct cvss_error bad;
    if (score.vector.n == 0)
        return;
    score.written = score.vector;
    if (cvss_parse(score.vector, &c, &bad) == OK)
        score.vector = cvss_vector(s->a, &c);
    *PUSH(s->a, &s->out->scores) = score;
}

str said_range(struct arena *a, str from, bool from_in, str to, bool to_in)
{
    buf b = {.a = a};
    if (str_eq(from, S("0")) && from_in)
        from = NO_STR;
    if (from.n > 0)
        buf_putf(&b, "%s%.*s", from_in ? ">=" : ">", SV(from));
    if (to.n > 0)
        buf_putf(&b, "%s%s%.*s", b.n > 0 ? "|" : "", to_in ? "<=" : "<", SV(to));
    return b.n > 0 ? buf_str(&b) : S("*");
}

enum said_status said_status_of(str word)
{
    static const struct {
        str word;
        enum said_status status;
    } all[] = {
        {S_INIT("affected"), SAID_AFFECTED},
        {S_INIT("known_affected"), SAID_AFFECTED},
        {S_INIT("vulnerable"), SAID_AFFECTED},
        {S_INIT("fixed"), SAID_FIXED},
        {S_INIT("not_affected"), SAID_NOT_AFFECTED},
        {S_INIT("known_not_affected"), SAID_NOT_AFFECTED},
        {S_INIT("unaffected"), SAID_NOT_AFFECTED},
        {S_INIT("notvulnerable"), SAID_NOT_AFFECTED},
        {S_INIT("under_investigation"), SAID_INVESTIGATING},
    };
    for (size_t i = 0; i < COUNT(all); i++)
        if (str_eq(all[i].word, word))
            return all[i].status;
    return str_has_suffix(word, S("_investigating")) ? SAID_INVESTIGATING : SAID_UNKNOWN;
}

/* --- reading ---------------------------------------------------------------------------------- */

enum err said_read(struct arena *a, enum said_format f, str bytes, const struct said_hints *hints,
                   struct record_said *out)
{
    static enum err (*const readers[SAID_FORMATS])(struct saying *,
                                                   str) = {[SAID_PAGE] = said_read_page,
                                                           [SAID_JSON_LD] = said_read_json_ld,
                                                           [SAID_ATOM] = said_read_atom,
                                                           [SAID_CSAF_2_0] = said_read_csaf,
                                                           [SAID_CSAF_2_1] = said_read_csaf,
                                                           [SAID_JVNRSS_3] = said_read_jvnrss,
                                                           [SAID_JVNRSS_2] = said_read_jvnrss,
                                                           [SAID_JVNRSS_OWN] = said_read_jvnrss,
                                                           [SAID_VULDEF] = said_read_vuldef,
                                                           [SAID_MYJVN] = said_read_csaf,
                                                           [SAID_CVE] = said_read_cve,
                                                           [SAID_ROLIE_2_0] = said_read_rolie,
                                                           [SAID_INDEX_2_0] = said_read_index,
                                                           [SAID_CHANGES_2_0] = said_read_changes,
                                                           [SAID_ROLIE_2_1] = said_read_rolie,
                                                           [SAID_INDEX_2_1] = said_read_index,
                                                           [SAID_CHANGES_2_1] = said_read_changes,
                                                           [SAID_PDF] = said_read_paper};
    struct saying s = {a, hints, f, out};
    out->records++;
    return readers[f](&s, bytes);
}

/* --- values ----------------------------------------------------------------------------------- */

static int by_bytes(const void *x, const void *y)
{
    return str_cmp(*(const str *)x, *(const str *)y);
}

struct strs said_sorted(const struct said_list *list)
{
    size_t n = 0;
    if (list->n > 1)
        qsort(list->v, list->n, sizeof list->v[0], by_bytes);
    for (size_t i = 0; i < list->n; i++)
        if (n == 0 || !str_eq(list->v[n - 1], list->v[i]))
            list->v[n++] = list->v[i];
    return (struct strs){list->v, n};
}
