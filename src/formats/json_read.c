/* json_read.c - text to tree: one loop without recursion, nodes on one stack, copied to the
 * arena when their container ends. */
#include "formats/json_tree.h"

#include "base/utf8.h"
#include "formats/json_scan.h"

#include <string.h>

enum { STACK_FIRST = 512 };

struct reader {
    struct arena *a;
    struct arena *spare; /* holds the stack once it has outgrown its first home */
    const char *begin, *end;
    struct json *stack, *top, *limit; /* its first, behind its last, and where room ends */
    struct json *open; /* the innermost container; its own n is the number of the next outer one */
    uint32_t depth;    /* how many are open */
    const char *bad;
    str code;
};

/* Every step takes the place it stands at and gives the place behind it, or NULL. */
static const char *fail(struct reader *r, const char *at, str code)
{
    r->bad = at;
    r->code = code;
    return NULL;
}

static const char *fail_here(struct reader *r, const char *p)
{
    if (p == r->end)
        return fail(r, p, S("json_end"));
    bool control = (unsigned char)*p < 0x20 && !json_is_space(*p);
    return fail(r, p, control ? S("json_control") : S("json_syntax"));
}

[[gnu::noinline]] static void stack_grow(struct reader *r)
{
    if (r->spare == NULL)
        r->spare = arena_new();
    size_t room = (size_t)(r->limit - r->stack), n = (size_t)(r->top - r->stack);
    struct json *more = NEWS(r->spare, struct json, room * 2);
    memcpy(more, r->stack, n * sizeof *more);
    r->open = more + (r->open - r->stack);
    r->stack = more;
    r->top = more + n;
    r->limit = more + room * 2;
}

[[gnu::always_inline]] static inline void push(struct reader *r, enum json_kind kind,
                                               const char *text, uint32_t n)
{
    if (r->top == r->limit)
        stack_grow(r);
    *r->top++ = (struct json){.u.text = text, .n = n, .kind = (uint8_t)kind};
}

/* Mostly there is none, or one blank, or a line's end and the next line's indentation. */
[[gnu::always_inline]] static inline const char *space(const char *p, const char *end)
{
    if (p < end && (unsigned char)*p > ' ')
        return p;
    if (end - p < JSON_BLOCK)
        return json_skip_spaces(p, end);
    if (*p == ' ' && (unsigned char)p[1] > ' ')
        return p + 1;
    json_mask dark = json_dark(p);
    if (dark != 0)
        return p + json_first(dark);
    p = json_skip_blanks(p + JSON_BLOCK, end);
    return p < end && (unsigned char)*p > ' ' ? p : json_skip_spaces(p, end);
}

/* ---- strings ---- */

static int hex_digit(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

/* Four hexadecimal digits at p, or -1. */
static int hex4(const char *p, const char *end)
{
    int v = 0;
    if (end - p < 4)
        return -1;
    for (int i = 0; i < 4; i++) {
        int d = hex_digit(p[i]);
        if (d < 0)
            return -1;
        v = v * 16 + d;
    }
    return v;
}

/* The escape \uXXXX, with its second half where it is the first of a pair. */
static const char *unescape_unicode(struct reader *r, const char *p, buf *b)
{
    int v = hex4(p + 2, r->end), low = 0;
    if (v < 0)
        return fail(r, p, S("json_escape"));
    if (v == 0)
        return fail(r, p, S("json_nul"));
    if (v < 0xD800 || v > 0xDFFF) {
        utf8_put(b, (uint32_t)v);
        return p + 6;
    }
    if (v <= 0xDBFF && r->end - p >= 12 && p[6] == '\\' && p[7] == 'u')
        low = hex4(p + 8, r->end);
    if (low < 0xDC00 || low > 0xDFFF)
        return fail(r, p, S("json_surrogate"));
    utf8_put(b, 0x10000 + ((uint32_t)v - 0xD800) * 0x400 + ((uint32_t)low - 0xDC00));
    return p + 12;
}

static const char *unescape(struct reader *r, const char *p, buf *b)
{
    static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
    if (r->end - p < 2)
        return fail(r, r->end, S("json_end"));
    if (p[1] == 'u')
        return unescape_unicode(r, p, b);
    const char *hit = memchr(from, p[1], sizeof from - 1);
    if (hit == NULL)
        return fail(r, p, S("json_escape"));
    buf_char(b, to[hit - from]);
    return p + 2;
}

static const char *check_utf8(struct reader *r, const char *from, const char *to)
{
    str s = {from, (size_t)(to - from)};
    size_t good = utf8_valid_prefix(s);
    return good == s.n ? to : fail(r, from + good, S("json_utf8"));
}

/* From the first backslash at p on: what stood before it is copied, too. */
[[gnu::noinline]] static const char *string_slow(struct reader *r, const char *from, const char *p)
{
    buf b = {.a = r->a};
    buf_put(&b, (str){from, (size_t)(p - from)});
    while (p < r->end && *p != '"') {
        const char *start = p;
        json_mask high;
        if (*p == '\\') {
            p = unescape(r, p, &b);
            if (p == NULL)
                return NULL;
            continue;
        }
        p = json_plain(p, r->end, &high);
        if (high != 0 && check_utf8(r, start, p) == NULL)
            return NULL;
        if (p < r->end && (unsigned char)*p < 0x20)
            return fail(r, p, S("json_control"));
        buf_put(&b, (str){start, (size_t)(p - start)});
    }
    if (p == r->end)
        return fail(r, p, S("json_end"));
    push(r, JSON_IS_STRING, buf_str(&b).p, (uint32_t)b.n);
    return p + 1;
}

/* p stands behind the opening quote. */
[[gnu::always_inline]] static inline const char *string(struct reader *r, const char *p)
{
    json_mask high;
    const char *from = p;
    p = json_plain(p, r->end, &high);
    if (high != 0 && check_utf8(r, from, p) == NULL)
        return NULL;
    if (p == r->end)
        return fail(r, p, S("json_end"));
    if (*p == '\\')
        return string_slow(r, from, p);
    if (*p != '"')
        return fail(r, p, S("json_control"));
    push(r, JSON_IS_STRING, from, (uint32_t)(p - from));
    return p + 1;
}

/* ---- numbers and words ---- */

static const char *digits(const char *p, const char *end)
{
    while (p < end && *p >= '0' && *p <= '9')
        p++;
    return p;
}

/* Behind fraction and exponent, which may both be missing. */
static const char *fraction(struct reader *r, const char *p)
{
    const char *from;
    if (p < r->end && *p == '.') {
        p = digits(from = p + 1, r->end);
        if (p == from)
            return fail_here(r, p);
    }
    if (p < r->end && (*p == 'e' || *p == 'E')) {
        p++;
        if (p < r->end && (*p == '+' || *p == '-'))
            p++;
        from = p;
        p = digits(p, r->end);
        if (p == from)
            return fail_here(r, p);
    }
    return p;
}

static const char *number(struct reader *r, const char *p)
{
    const char *from = p;
    p += *p == '-';
    const char *first = p, *whole = digits(p, r->end);
    if (whole == first)
        return fail_here(r, whole);
    if (*first == '0' && whole - first > 1)
        return fail(r, first + 1, S("json_syntax"));
    p = fraction(r, whole);
    if (p == NULL)
        return NULL;

    struct json j = {.u.text = from, .n = (uint32_t)(p - from), .kind = JSON_IS_REAL};
    i64 i;
    if (p == whole) {
        j.kind = JSON_IS_INT;
        if (whole - first > 18 && !json_i64(&j, &i))
            return fail(r, from, S("json_integer"));
    } else if (!json_fits_double((str){from, j.n})) {
        return fail(r, from, S("json_real"));
    }
    push(r, j.kind, from, j.n);
    return p;
}

static const char *word(struct reader *r, const char *p, str w, enum json_kind kind)
{
    for (size_t i = 0; i < w.n; i++, p++)
        if (p == r->end || *p != w.p[i])
            return fail_here(r, p);
    push(r, kind, NULL, 0);
    return p;
}

/* ---- containers ---- */

static const char *begin(struct reader *r, const char *p, enum json_kind kind)
{
    push(r, kind, p, (uint32_t)(r->open - r->stack));
    r->open = r->top - 1;
    r->depth++;
    return p + 1;
}

/* Where the member begins whose key is found twice; reads again from its object's brace. */
static const char *member_place(const struct reader *r, const char *p, size_t member)
{
    int depth = 0;
    size_t commas = 0;
    for (;; p++) {
        if (depth == 1 && commas == member && *p == '"')
            return p;
        if (*p == '"') {
            for (p++; *p != '"'; p++)
                p += *p == '\\';
        }
        depth += (*p == '{' || *p == '[') - (*p == '}' || *p == ']');
        commas += depth == 1 && *p == ',';
        must(p < r->end);
    }
}

static bool close_object(struct reader *r, struct json *o, const struct json *from)
{
    size_t twice = json_twice(from, o->n);
    if (twice == o->n)
        return true;
    (void)fail(r, member_place(r, o->u.text, twice), S("json_duplicate"));
    return false;
}

/* Moves what the innermost container holds from the stack to the arena. */
static const char *finish(struct reader *r, const char *p)
{
    struct json *c = r->open;
    const struct json *from = c + 1;
    uint32_t count = (uint32_t)(r->top - from), outer = c->n;
    c->n = count;
    if (c->kind == JSON_IS_OBJECT) {
        c->n = count / 2;
        if (c->n <= JSON_LINEAR && !close_object(r, c, from))
            return NULL;
    }
    r->top = c + 1;
    r->open = r->stack + outer;
    r->depth--;
    const char *brace = c->u.text;
    json_keep(r->a, c, from, count);
    if (c->sorted) {
        size_t twice = json_sort(c);
        if (twice < c->n)
            return fail(r, member_place(r, brace, twice), S("json_duplicate"));
    }
    return p + 1;
}

[[gnu::always_inline]] static inline const char *value(struct reader *r, const char *p)
{
    if (p == r->end)
        return fail(r, p, S("json_end"));
    if (r->depth == JSON_DEPTH)
        return fail(r, p, S("json_depth"));
    switch (*p) {
    case '"': return string(r, p + 1);
    case '{': return begin(r, p, JSON_IS_OBJECT);
    case '[': return begin(r, p, JSON_IS_ARRAY);
    case 't': return word(r, p, S("true"), JSON_IS_TRUE);
    case 'f': return word(r, p, S("false"), JSON_IS_FALSE);
    case 'n': return word(r, p, S("null"), JSON_IS_NULL);
    default: return number(r, p);
    }
}

[[gnu::always_inline]] static inline const char *member(struct reader *r, const char *p)
{
    if (p == r->end || *p != '"')
        return fail_here(r, p);
    p = string(r, p + 1);
    if (p == NULL)
        return NULL;
    struct json *key = r->top - 1;
    key->mark = json_mark((str){key->u.text, key->n});
    p = space(p, r->end);
    if (p == r->end || *p != ':')
        return fail_here(r, p);
    return value(r, space(p + 1, r->end));
}

/* One more item or member of the innermost container, or its end. */
[[gnu::always_inline]] static inline const char *step(struct reader *r, const char *p)
{
    bool object = r->open->kind == JSON_IS_OBJECT, first = r->top == r->open + 1;
    if (p < r->end && *p == (object ? '}' : ']'))
        return finish(r, p);
    if (!first) {
        if (p == r->end || *p != ',')
            return fail_here(r, p);
        p = space(p + 1, r->end);
    }
    return object ? member(r, p) : value(r, p);
}

static bool document(struct reader *r)
{
    const char *p = value(r, space(r->begin, r->end));
    while (p != NULL && r->depth > 0)
        p = step(r, space(p, r->end));
    if (p == NULL)
        return false;
    p = space(p, r->end);
    if (p < r->end)
        (void)fail(r, p, S("json_trailing"));
    return p == r->end;
}

static void explain(const struct reader *r, struct json_error *e)
{
    str before = {r->begin, (size_t)(r->bad - r->begin)};
    *e = (struct json_error){.code = r->code, .line = 1, .byte = before.n};
    for (ptrdiff_t nl; (nl = str_find_char(before, '\n')) >= 0; e->line++)
        before = str_from(before, (size_t)nl + 1);
    e->column = (i64)utf8_count(before) + 1;
}

enum err json_read(struct arena *a, str text, const struct json **out, struct json_error *error)
{
    struct json first[STACK_FIRST];
    struct reader r = {.a = a,
                       .begin = text.p,
                       .end = text.p + text.n,
                       .stack = first,
                       .top = first,
                       .limit = first + COUNT(first),
                       .open = first};
    if (text.n == 0)
        r.begin = r.end = "";
    if (text.n > UINT32_MAX)
        (void)fail(&r, r.begin, S("json_size"));
    else if (document(&r))
        *out = memcpy(NEW(a, struct json), r.stack, sizeof **out);
    arena_free(r.spare);
    if (r.code.p == NULL)
        return OK;
    explain(&r, error);
    return E_INVALID;
}
