/* product_row.c - see product_row.h. */
#include "formats/product_row.h"

#include "formats/version_said.h"

i64 product_row_about(const struct json *row)
{
    i64 n = 0;
    return str_i64(json_get_text(row, S("vulnerability")), &n) && n > 0 ? n : 0;
}

static bool replaces(const struct json *x, const struct json *row)
{
    str versions = json_get_text(x, S("versions"));
    return str_eq(json_get_text(x, S("name")), json_get_text(row, S("name"))) &&
           (versions.n == 0 || str_eq(versions, json_get_text(row, S("versions"))));
}

bool product_row_holds(const struct json *rows, size_t at, i64 vulnerability)
{
    const struct json *row = json_at(rows, at);
    i64 about = product_row_about(row);
    if (about > 0 || vulnerability == 0)
        return about == vulnerability;
    for (size_t i = 0; i < json_count(rows); i++)
        if (product_row_about(json_at(rows, i)) == vulnerability && replaces(json_at(rows, i), row))
            return false;
    return true;
}

/* Whether a row replaces that one for a vulnerability for which none before it does. */
static bool replaces_first(const struct json *rows, size_t i, const struct json *row)
{
    i64 about = product_row_about(json_at(rows, i));
    if (about == 0 || !replaces(json_at(rows, i), row))
        return false;
    for (size_t k = 0; k < i; k++)
        if (product_row_about(json_at(rows, k)) == about && replaces(json_at(rows, k), row))
            return false;
    return true;
}

/* Of how many vulnerabilities it holds: each page asks it of each row, and there may be hundreds of
 * both. */
static size_t held(const struct json *rows, size_t at, size_t vulnerabilities)
{
    const struct json *row = json_at(rows, at);
    i64 about = product_row_about(row);
    size_t n = vulnerabilities;
    if (about > 0)
        return (size_t)about <= vulnerabilities;
    for (size_t i = 0; i < json_count(rows) && n > 0; i++)
        n -= (size_t)product_row_about(json_at(rows, i)) <= vulnerabilities &&
             replaces_first(rows, i, row);
    return n;
}

bool product_row_is_told(const struct json *rows, size_t at, size_t vulnerabilities)
{
    return vulnerabilities == 0 ? product_row_holds(rows, at, 0)
                                : held(rows, at, vulnerabilities) > 0;
}

bool product_row_is_apart(const struct json *rows, size_t at, size_t vulnerabilities)
{
    size_t n = held(rows, at, vulnerabilities);
    return n > 0 && n < vulnerabilities;
}

/* --- languages --------------------------------------------------------------------------------- */

/* What any row says of the same: the first that does. */
static str in_english(const struct json *rows, str as_written, const char *member,
                      const char *english)
{
    for (size_t i = 0; i < json_count(rows); i++) {
        str said = json_get_text(json_at(rows, i), str_z(english));
        if (said.n > 0 && str_eq(json_get_text(json_at(rows, i), str_z(member)), as_written))
            return said;
    }
    return NO_STR;
}

static bool is_ascii(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] > 0x7e)
            return false;
    return true;
}

static bool same_span(const struct version_span *x, const struct version_span *y)
{
    return str_eq(x->only, y->only) && str_eq(x->from, y->from) && str_eq(x->to, y->to) &&
           x->from_in == y->from_in && x->to_in == y->to_in;
}

/* In English words, if a machine understands those as what was written. */
static str translated(struct arena *a, str written)
{
    struct version_span *spans, *again;
    size_t n, m;
    buf b = {.a = a};
    if (is_ascii(written) || !versions_read(a, written, &spans, &n))
        return written;
    for (size_t i = 0; i < n; i++)
        buf_putf(&b, "%s%.*s", i > 0 ? ", " : "", SV(version_span_text(a, &spans[i], false)));
    bool same = versions_read(a, buf_str(&b), &again, &m) && m == n;
    for (size_t i = 0; same && i < n; i++)
        same = same_span(&spans[i], &again[i]);
    return same ? buf_str(&b) : written;
}

static void put_row(struct json_out *o, struct arena *a, const struct json *rows, size_t at,
                    bool japanese)
{
    static const str said[] = {S_INIT("name"), S_INIT("versions"), S_INIT("name_en"),
                               S_INIT("versions_en")};
    const struct json *row = json_at(rows, at);
    str name = json_get_text(row, said[0]), versions = json_get_text(row, said[1]);
    str name_en = in_english(rows, name, "name", "name_en");
    str versions_en = in_english(rows, versions, "versions", "versions_en");
    if (!japanese && name_en.n > 0)
        name = name_en;
    if (!japanese)
        versions = versions_en.n > 0 ? versions_en : translated(a, versions);
    json_put_object(o);
    json_put_member(o, said[0], name);
    json_put_member(o, said[1], versions);
    if (name_en.n > 0)
        json_put_member(o, said[2], name_en);
    for (size_t i = 0; i < json_count(row); i++) {
        bool again = false;
        for (size_t k = 0; k < COUNT(said); k++)
            again |= str_eq(json_key(row, i), said[k]);
        if (again)
            continue;
        json_put_key(o, json_key(row, i));
        json_put_json(o, json_value(row, i));
    }
    json_put_end(o);
}

const struct json *product_rows_in(struct arena *a, const struct json *rows, bool japanese)
{
    buf b = {.a = a};
    struct json_out o = {.b = &b};
    const struct json *out;
    struct json_error bad;
    if (rows == NULL)
        return NULL;
    json_put_array(&o);
    for (size_t i = 0; i < json_count(rows); i++)
        put_row(&o, a, rows, i, japanese);
    json_put_end(&o);
    must(json_read(a, buf_str(&b), &out, &bad) == OK);
    return out;
}
