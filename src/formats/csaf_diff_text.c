/* csaf_diff_text.c - values of two documents in a form that can be compared. */
#include "formats/csaf_diff_own.h"

#include <stdlib.h>

str diff_instant(struct arena *a, str text)
{
    struct instant t;
    if (!instant_read(text, &t))
        return text;
    return str_fmt(a, "%lld.%.*s%s", (long long)t.seconds, SV(t.fraction), t.leap ? "+" : "");
}

static int by_bytes(const void *x, const void *y)
{
    return str_cmp(*(const str *)x, *(const str *)y);
}

static bool is_left_out(str key, const char *const *without)
{
    for (size_t i = 0; without != NULL && without[i] != NULL; i++)
        if (str_eq(key, str_z(without[i])))
            return true;
    return false;
}

static str quoted(struct arena *a, str s)
{
    buf b = {.a = a};
    json_quote(&b, s);
    return buf_str(&b);
}

static str joined(struct arena *a, str *parts, size_t n, char open, char close)
{
    buf b = {.a = a};
    if (n > 0)
        qsort(parts, n, sizeof *parts, by_bytes);
    buf_char(&b, open);
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            buf_char(&b, ',');
        buf_put(&b, parts[i]);
    }
    buf_char(&b, close);
    return buf_str(&b);
}

static str scalar(struct arena *a, const struct json *j)
{
    buf b = {.a = a};
    struct json_out o = {.b = &b};
    if (json_is(j, JSON_IS_STRING))
        return quoted(a, diff_instant(a, json_text(j)));
    if (j != NULL)
        json_put_json(&o, j);
    return b.n > 0 ? buf_str(&b) : S("");
}

/* Recursive: trees are at most JSON_DEPTH deep. */
str diff_text(struct arena *a, const struct json *j, const char *const *without)
{
    bool object = json_is(j, JSON_IS_OBJECT);
    size_t n = json_count(j), kept = 0;
    if (!object && !json_is(j, JSON_IS_ARRAY))
        return scalar(a, j);
    str *parts = NEWS(a, str, n + 1);
    for (size_t i = 0; i < n; i++) {
        if (object && is_left_out(json_key(j, i), without))
            continue;
        str value = diff_text(a, object ? json_value(j, i) : json_at(j, i), NULL);
        if (object)
            value = str_fmt(a, "%.*s:%.*s", SV(quoted(a, json_key(j, i))), SV(value));
        parts[kept++] = value;
    }
    return joined(a, parts, kept, object ? '{' : '[', object ? '}' : ']');
}
