/* tokens_normal.c - NFKC_Casefold by utf8proc's tables, without its allocations, and in linear
 * time also for long runs of combining marks. */
#include "formats/tokens_own.h"

#include <utf8proc.h>

enum {
    MARKS = 30,     /* on one character: Unicode TR 15, section 13 */
    EXPANSION = 18, /* code points that one can become (U+FDFA) */
};

static const utf8proc_option_t options =
    (utf8proc_option_t)(UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD |
                        UTF8PROC_IGNORE);

struct points {
    struct arena *a;
    utf8proc_int32_t *v;
    size_t n, cap;
    size_t marks; /* at the end of v, in canonical order */
    bool compose; /* something may compose */
};

/* Stays as it is, composes with nothing behind it but marks: most of a Japanese text. */
static bool is_plain(uint32_t c)
{
    return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3041 && c <= 0x3096) ||
           (c >= 0x30A1 && c <= 0x30FE) || (c >= 0x3001 && c <= 0x3020) ||
           (c >= 0x3400 && c <= 0x4DBF);
}

static void room(struct points *p, size_t more)
{
    if (p->cap - p->n >= more)
        return;
    size_t cap = p->cap * 2 + more;
    utf8proc_int32_t *v = NEWS(p->a, utf8proc_int32_t, cap);
    for (size_t i = 0; i < p->n; i++)
        v[i] = p->v[i];
    p->v = v;
    p->cap = cap;
}

static int combining_class(utf8proc_int32_t c)
{
    return utf8proc_get_property(c)->combining_class;
}

/* A mark goes in front of those of higher classes. */
static void put_mark(struct points *p, utf8proc_int32_t c, int class)
{
    size_t at = p->n;
    if (p->marks == MARKS)
        return;
    for (; at > p->n - p->marks && combining_class(p->v[at - 1]) > class; at--)
        p->v[at] = p->v[at - 1];
    p->v[at] = c;
    p->n++;
    p->marks++;
}

static void put_decomposed(struct points *p, uint32_t c)
{
    utf8proc_int32_t to[EXPANSION];
    int boundary = 0;
    utf8proc_ssize_t n =
        utf8proc_decompose_char((utf8proc_int32_t)c, to, EXPANSION, options, &boundary);
    must(n <= EXPANSION);
    p->compose = true;
    room(p, EXPANSION);
    for (utf8proc_ssize_t i = 0; i < n; i++) {
        int class = combining_class(to[i]);
        if (class > 0) {
            put_mark(p, to[i], class);
        } else {
            p->v[p->n++] = to[i];
            p->marks = 0;
        }
    }
}

static void put(struct points *p, uint32_t c)
{
    if (c >= 0x80 && !is_plain(c)) {
        put_decomposed(p, c);
        return;
    }
    room(p, 1);
    p->v[p->n++] = (utf8proc_int32_t)(c >= 'A' && c <= 'Z' ? c + 32 : c);
    p->marks = 0;
}

str tokens_normal(struct arena *a, str text)
{
    struct points p = {.a = a, .cap = text.n + EXPANSION};
    buf b = {.a = a};
    p.v = NEWS(a, utf8proc_int32_t, p.cap);
    for (size_t at = 0; at < text.n;)
        put(&p, token_next(text, &at));
    if (p.compose)
        p.n = (size_t)utf8proc_normalize_utf32(p.v, (utf8proc_ssize_t)p.n, options);
    char *to = buf_room(&b, p.n * 4);
    for (size_t i = 0; i < p.n; i++)
        to += utf8proc_encode_char(p.v[i], (utf8proc_uint8_t *)to);
    b.n = (size_t)(to - b.p);
    return buf_str(&b);
}

/* The scripts that are written without spaces, or with endings that grow on the words; the
 * most frequent first. */
static bool is_cjk(uint32_t c)
{
    static const struct {
        uint32_t from, to;
    } ranges[] = {
        {0x4E00, 0x9FFF},   {0x3041, 0x309F},   {0x30A1, 0x30FA}, {0x30FC, 0x30FF},
        {0x3005, 0x3007},   {0x3021, 0x3029},   {0x3031, 0x3035}, {0x303B, 0x303C},
        {0x3105, 0x312F},   {0x31A0, 0x31BF},   {0x31F0, 0x31FF}, {0x3400, 0x4DBF},
        {0xA000, 0xA48C},   {0xAC00, 0xD7FF},   {0xE000, 0xFAFF}, {0x1100, 0x11FF},
        {0x1B000, 0x1B16F}, {0x20000, 0x3FFFD},
    };
    for (size_t i = 0; i < COUNT(ranges); i++)
        if (c >= ranges[i].from && c <= ranges[i].to)
            return true;
    return false;
}

enum token_kind token_kind(uint32_t c)
{
    if (c < 0x80)
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
                   ? TOKEN_WORD
                   : TOKEN_NONE;
    if (is_cjk(c))
        return TOKEN_CJK;
    utf8proc_category_t kind = utf8proc_category((utf8proc_int32_t)c);
    return kind >= UTF8PROC_CATEGORY_LU && kind <= UTF8PROC_CATEGORY_NO ? TOKEN_WORD : TOKEN_NONE;
}
