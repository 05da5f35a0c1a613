/* json_read.c - text to tree: from mark to mark without recursion, nodes on one stack, copied to
 * the arena when their container ends. */
#include "formats/json_tree.h"

#include "base/utf8.h"
#include "formats/json_marks.h"

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
    struct json_marks *marks;
};

/* Every step takes the number of the mark it stands at and gives that of the mark behind it, or
 * FAILED. */
#define FAILED SIZE_MAX

static void *fail(struct reader *r, const char *where, str code)
{
    r->bad = where;
    r->code = code;
    return NULL;
}

static size_t refuse(struct reader *r, const char *where, str code)
{
    (void)fail(r, where, code);
    return FAILED;
}

static bool is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

static void *fail_here(struct reader *r, const char *p)
{
    if (p == r->end)
        return fail(r, p, S("json_end"));
    bool control = (unsigned char)*p < 0x20 && !is_space(*p);
    return fail(r, p, control ? S("json_control") : S("json_syntax"));
}

static size_t refuse_here(struct reader *r, const char *p)
{
    (void)fail_here(r, p);
    return FAILED;
}

static inline const char *at(const struct reader *r, size_t m)
{
    return r->begin + r->marks->at[m];
}

/* What stands there; '\0' at the end. */
static inline char byte(const struct reader *r, size_t m)
{
    return r->marks->byte[m];
}

/* Whatever is one step finds its marks in the list. */
[[gnu::always_inline]] static inline size_t ahead(struct reader *r, size_t m)
{
    if (r->marks->n - m >= JSON_AHEAD)
        return m;
    json_marks_more(r->marks, m);
    return 0;
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

/* What else stands in a string: bytes that are not ASCII, or control characters. */
static const char *odd_bytes(struct reader *r, const char *from, const char *to)
{
    str s = {from, (size_t)(to - from)};
    if ((unsigned char)*from < 0x20)
        return fail(r, from, S("json_control"));
    size_t good = utf8_valid_prefix(s);
    return good == s.n ? to : fail(r, from + good, S("json_utf8"));
}

/* From mark m on, where the string that begins at `from` is not plain ASCII, or does not end.
 * What stands before an escape is copied, too. */
[[gnu::noinline]] static size_t odd_string(struct reader *r, const char *from, size_t m)
{
    buf b = {.a = r->a};
    const char *behind;
    for (m = ahead(r, m); at(r, m) < r->end && byte(r, m) != '"';) {
        const char *p = at(r, m);
        if (*p == '\\') {
            buf_put(&b, (str){from, (size_t)(p - from)});
            from = behind = unescape(r, p, &b);
        } else {
            behind = odd_bytes(r, p, at(r, m + 1));
        }
        if (behind == NULL)
            return FAILED;
        while (at(r, m) < behind)
            m = ahead(r, m + 1);
    }
    if (at(r, m) == r->end)
        return refuse(r, r->end, S("json_end"));
    str s = {from, (size_t)(at(r, m) - from)};
    if (b.n > 0) {
        buf_put(&b, s);
        s = buf_str(&b);
    }
    push(r, JSON_IS_STRING, s.p, (uint32_t)s.n);
    return ahead(r, m + 1);
}

/* Between the two quotes that stand at `place`. */
[[gnu::always_inline]] static inline struct json plain_string(const char *begin,
                                                              const uint32_t *place)
{
    return (struct json){
        .u.text = begin + place[0] + 1, .n = place[1] - place[0] - 1, .kind = JSON_IS_STRING};
}

/* m: its opening quote. */
[[gnu::always_inline]] static inline size_t string(struct reader *r, size_t m)
{
    if (byte(r, m + 1) != '"')
        return odd_string(r, at(r, m) + 1, m + 1);
    struct json s = plain_string(r->begin, &r->marks->at[m]);
    push(r, JSON_IS_STRING, s.u.text, s.n);
    return m + 2;
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

/* What has no mark of its own where it ends: nothing else may go on there. */
static size_t scalar(struct reader *r, size_t m)
{
    const char *p = at(r, m);
    switch (*p) {
    case 't': p = word(r, p, S("true"), JSON_IS_TRUE); break;
    case 'f': p = word(r, p, S("false"), JSON_IS_FALSE); break;
    case 'n': p = word(r, p, S("null"), JSON_IS_NULL); break;
    default: p = number(r, p);
    }
    if (p == NULL)
        return FAILED;
    if (p == at(r, m + 1) || is_space(*p))
        return m + 1;
    return r->depth == 0 ? refuse(r, p, S("json_trailing")) : refuse_here(r, p);
}

/* ---- containers ---- */

static inline void begin(struct reader *r, size_t m, enum json_kind kind)
{
    push(r, kind, at(r, m), (uint32_t)(r->open - r->stack));
    r->open = r->top - 1;
    r->depth++;
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

/* Moves what the innermost container holds from the stack to the arena. */
static bool finish(struct reader *r)
{
    struct json *c = r->open;
    const char *brace = c->u.text;
    uint32_t count = (uint32_t)(r->top - c - 1), outer = c->n;
    c->n = c->kind == JSON_IS_OBJECT ? count / 2 : count;
    r->top = c + 1;
    r->open = r->stack + outer;
    r->depth--;
    size_t twice = json_keep(r->a, c, c + 1);
    return twice == c->n || fail(r, member_place(r, brace, twice), S("json_duplicate")) != NULL;
}

[[gnu::always_inline]] static inline size_t value(struct reader *r, size_t m)
{
    if (r->depth == JSON_DEPTH && at(r, m) < r->end)
        return refuse(r, at(r, m), S("json_depth"));
    switch (byte(r, m)) {
    case '"': return string(r, m);
    case '{': begin(r, m, JSON_IS_OBJECT); return m + 1;
    case '[': begin(r, m, JSON_IS_ARRAY); return m + 1;
    default: return at(r, m) < r->end ? scalar(r, m) : refuse(r, r->end, S("json_end"));
    }
}

static inline void mark_key(struct json *key)
{
    key->mark = json_mark((str){key->u.text, key->n});
}

/* Whether a key and a value that are plain strings begin here. */
static inline bool is_plain_member(const struct reader *r, size_t m)
{
    return memcmp(&r->marks->byte[m], "\"\":\"\"", 5) == 0;
}

[[gnu::always_inline]] static inline size_t member(struct reader *r, size_t m)
{
    struct json *top = r->top; /* which the compiler would keep in memory */
    const struct json *limit = r->depth < JSON_DEPTH ? r->limit - 1 : top;
    while (is_plain_member(r, m) && top < limit) { /* as most are */
        top[0] = plain_string(r->begin, &r->marks->at[m]);
        top[1] = plain_string(r->begin, &r->marks->at[m + 3]);
        mark_key(top);
        r->top = top += 2;
        m += 5;
        if (byte(r, m) != ',' || r->marks->n - m <= JSON_AHEAD)
            return m;
        m++;
    }
    if (byte(r, m) != '"')
        return refuse_here(r, at(r, m));
    m = string(r, m);
    if (m == FAILED)
        return m;
    mark_key(r->top - 1);
    return byte(r, m) == ':' ? value(r, m + 1) : refuse_here(r, at(r, m));
}

[[gnu::always_inline]] static inline size_t item(struct reader *r, size_t m)
{
    struct json *top = r->top;
    const struct json *limit = r->depth < JSON_DEPTH ? r->limit : top;
    while (byte(r, m) == '"' && byte(r, m + 1) == '"' && top < limit) {
        *top++ = plain_string(r->begin, &r->marks->at[m]);
        r->top = top;
        m += 2;
        if (byte(r, m) != ',' || r->marks->n - m <= JSON_AHEAD)
            return m;
        m++;
    }
    return value(r, m);
}

/* One more item or member of the innermost container, or its end. */
[[gnu::always_inline]] static inline size_t step(struct reader *r, size_t m)
{
    bool object = r->open->kind == JSON_IS_OBJECT, first = r->top == r->open + 1;
    if (byte(r, m) == (object ? '}' : ']'))
        return finish(r) ? m + 1 : FAILED;
    if (!first) {
        if (byte(r, m) != ',')
            return refuse_here(r, at(r, m));
        m++;
    }
    return object ? member(r, m) : item(r, m);
}

static bool document(struct reader *r)
{
    json_marks_more(r->marks, 0);
    size_t m = value(r, 0);
    while (m != FAILED && r->depth > 0)
        m = step(r, ahead(r, m));
    if (m == FAILED)
        return false;
    if (at(r, m) < r->end)
        (void)fail(r, at(r, m), S("json_trailing"));
    return at(r, m) == r->end;
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
    struct json_marks marks;
    text.p = text.n == 0 ? "" : text.p;
    struct reader r = {.a = a,
                       .begin = text.p,
                       .end = text.p + text.n,
                       .stack = first,
                       .top = first,
                       .limit = first + COUNT(first),
                       .open = first,
                       .marks = &marks};
    json_marks_begin(&marks, text, json_way());
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
