/* product_row.c - see product_row.h. */
#include "formats/product_row.h"

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

static size_t held(const struct json *rows, size_t at, size_t vulnerabilities)
{
    size_t n = 0;
    for (size_t i = 1; i <= vulnerabilities; i++)
        n += product_row_holds(rows, at, (i64)i);
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
