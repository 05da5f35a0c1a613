/* urlform.c - see urlform.h. */
#include "formats/urlform.h"

#include "base/utf8.h"
#include "formats/percent.h"

/* Valid UTF-8 from any bytes; false where something had to be replaced. */
static bool mend(struct arena *a, str *s)
{
    size_t good = utf8_valid_prefix(*s);
    buf b = {.a = a};
    if (good == s->n)
        return true;
    for (str rest = *s; rest.n > 0;) {
        good = utf8_valid_prefix(rest);
        buf_put(&b, str_sub(rest, 0, good));
        if (good < rest.n)
            buf_put(&b, S("\xEF\xBF\xBD"));
        rest = str_from(rest, good + 1);
    }
    *s = buf_str(&b);
    return false;
}

/* A broken %XX stays as it is; then false. */
static bool unescape(struct arena *a, str s, str *out)
{
    bool whole = true;
    size_t n = 0;
    char *p = NEWS(a, char, s.n);
    for (size_t i = 0; i < s.n; i++) {
        int byte = s.p[i] == '%' ? percent_byte(s, i) : -1;
        whole = whole && (s.p[i] != '%' || byte >= 0);
        p[n++] = byte >= 0 ? (char)byte : s.p[i] == '+' ? ' ' : s.p[i];
        i += byte >= 0 ? 2 : 0;
    }
    *out = (str){p, n};
    return whole;
}

static bool decode(struct arena *a, str s, str *out)
{
    bool whole = true;
    *out = s;
    if (str_find_char(s, '%') >= 0 || str_find_char(s, '+') >= 0)
        whole = unescape(a, s, out);
    return mend(a, out) && whole;
}

static str shorten(str s, size_t max)
{
    while (max > 0 && max < s.n && ((unsigned char)s.p[max] & 0xC0) == 0x80)
        max--;
    return str_sub(s, 0, max);
}

static enum err read_field(struct arena *a, str text, struct urlform_limits max, struct fields *out,
                           struct problems *ps)
{
    struct field f;
    enum err e = OK;
    str name = str_cut(&text, '=');
    if (!decode(a, name, &f.name))
        e = problem(a, ps, S(""), S("encoding"));
    if (f.name.n > max.name) {
        f.name = shorten(f.name, max.name);
        e = problem_limit(a, ps, S(""), S("too_long"), (i64)max.name);
    }
    if (!decode(a, text.p ? text : S(""), &f.value))
        e = problem(a, ps, f.name, S("encoding"));
    if (f.value.n > max.value) {
        f.value = shorten(f.value, max.value);
        e = problem_limit(a, ps, f.name, S("too_long"), (i64)max.value);
    }
    *PUSH(a, out) = f;
    return e;
}

enum err urlform_read(struct arena *a, str text, struct urlform_limits max, struct fields *out,
                      struct problems *ps)
{
    enum err all = OK;
    *out = (struct fields){0};
    while (text.n > 0) {
        str one = str_cut(&text, '&');
        if (one.n == 0)
            continue;
        if (out->n == max.fields)
            return problem_limit(a, ps, S(""), S("too_many"), (i64)max.fields);
        if (read_field(a, one, max, out, ps) != OK)
            all = E_INVALID;
    }
    return all;
}

static void put_encoded(buf *b, str s)
{
    while (s.n > 0) {
        bool spaced = str_find_char(s, ' ') >= 0;
        percent_put(b, str_cut(&s, ' '));
        if (spaced)
            buf_char(b, '+');
    }
}

void urlform_put(buf *b, str name, str value)
{
    if (b->n > 0 && b->p[b->n - 1] != '?')
        buf_char(b, '&');
    put_encoded(b, name);
    buf_char(b, '=');
    put_encoded(b, value);
}

str fields_get(const struct fields *f, str name)
{
    for (size_t i = 0; i < f->n; i++)
        if (str_eq(f->v[i].name, name))
            return f->v[i].value;
    return NO_STR;
}
