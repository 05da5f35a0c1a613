/* regex_parse.c - the syntax of ECMA 262, 22.2.1, as with the u flag. */
#include "formats/regex_own.h"

#include "base/utf8.h"

#include <string.h>

struct parser {
    struct arena *a;
    str s;
    size_t at;
    unsigned nested;
};

static struct regex_tree *tree(struct parser *p, enum regex_kind kind)
{
    struct regex_tree *t = NEW(p->a, struct regex_tree);
    t->kind = kind;
    return t;
}

static bool more(const struct parser *p)
{
    return p->at < p->s.n;
}

static bool is_next(const struct parser *p, char c)
{
    return more(p) && p->s.p[p->at] == c;
}

static bool take(struct parser *p, str word)
{
    if (!str_eq(str_sub(p->s, p->at, word.n), word))
        return false;
    p->at += word.n;
    return true;
}

/* ---- escapes ---- */

static int hex_of(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

static bool hex(struct parser *p, size_t digits, uint32_t *out)
{
    *out = 0;
    for (size_t i = 0; i < digits; i++, p->at++) {
        int d = more(p) ? hex_of(p->s.p[p->at]) : -1;
        if (d < 0)
            return false;
        *out = *out * 16 + (uint32_t)d;
    }
    return true;
}

static bool hex_braced(struct parser *p, uint32_t *out)
{
    *out = 0;
    size_t from = p->at;
    for (; more(p) && !is_next(p, '}') && *out <= 0x10FFFF; p->at++) {
        int d = hex_of(p->s.p[p->at]);
        if (d < 0)
            return false;
        *out = *out * 16 + (uint32_t)d;
    }
    return p->at > from && *out <= 0x10FFFF && take(p, S("}"));
}

/* Behind \u: XXXX, a pair of them, or {X…}. */
static bool unicode(struct parser *p, uint32_t *out)
{
    uint32_t low;
    if (take(p, S("{")))
        return hex_braced(p, out);
    if (!hex(p, 4, out))
        return false;
    if (*out < 0xD800 || *out > 0xDFFF)
        return true;
    if (*out > 0xDBFF || !take(p, S("\\u")) || !hex(p, 4, &low) || low < 0xDC00 || low > 0xDFFF)
        return false;
    *out = 0x10000 + (*out - 0xD800) * 0x400 + (low - 0xDC00);
    return true;
}

/* A control letter: \cJ. */
static bool control(struct parser *p, uint32_t *out)
{
    char c = more(p) ? (char)(p->s.p[p->at] | 0x20) : 0;
    *out = (uint32_t)(c & 0x1F);
    p->at++;
    return c >= 'a' && c <= 'z';
}

static bool is_punctuation(char c)
{
    return c > ' ' && c < 0x7F && memchr("_", c, 1) == NULL && hex_of(c) < 0 &&
           !((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

static bool is_digit(const struct parser *p)
{
    return more(p) && p->s.p[p->at] >= '0' && p->s.p[p->at] <= '9';
}

/* One code point that an escape stands for; p stands behind the backslash. */
static bool escaped(struct parser *p, uint32_t *out)
{
    static const char from[] = "tnvfr", to[] = "\t\n\v\f\r";
    if (!more(p))
        return false;
    char c = p->s.p[p->at++];
    const char *hit = memchr(from, c, sizeof from - 1);
    if (hit != NULL) {
        *out = (unsigned char)to[hit - from];
        return true;
    }
    switch (c) {
    case 'c': return control(p, out);
    case 'x': return hex(p, 2, out);
    case 'u': return unicode(p, out);
    case '0': *out = 0; return !is_digit(p);
    default: *out = (unsigned char)c; return is_punctuation(c);
    }
}

static bool is_class_letter(const struct parser *p)
{
    return more(p) && memchr("dDwWsS", p->s.p[p->at], 6) != NULL;
}

/* ---- classes ---- */

/* A code point of a class, or all of \d, \w, \s: then *whole. */
static bool class_atom(struct parser *p, struct regex_tree *set, uint32_t *out, bool *whole)
{
    *whole = false;
    if (!take(p, S("\\"))) {
        *out = utf8_next(p->s, &p->at);
        return true;
    }
    if (is_class_letter(p)) {
        *whole = true;
        regex_add_class(p->a, set, p->s.p[p->at++]);
        return true;
    }
    if (take(p, S("b"))) {
        *out = '\b';
        return true;
    }
    return escaped(p, out);
}

static bool class_item(struct parser *p, struct regex_tree *set)
{
    uint32_t lo = 0, hi = 0;
    bool whole, whole_too;
    if (!class_atom(p, set, &lo, &whole))
        return false;
    hi = lo;
    bool range = is_next(p, '-') && p->at + 1 < p->s.n && p->s.p[p->at + 1] != ']';
    if (range) {
        p->at++;
        if (whole || !more(p) || !class_atom(p, set, &hi, &whole_too) || whole_too)
            return false;
    }
    if (!whole)
        *PUSH(p->a, &set->set) = (struct regex_range){lo, hi};
    return whole || lo <= hi;
}

static const struct regex_tree *class(struct parser *p)
{
    struct regex_tree *set = tree(p, REGEX_SET);
    bool negative = take(p, S("^"));
    while (more(p) && !is_next(p, ']'))
        if (!class_item(p, set))
            return NULL;
    if (!take(p, S("]")))
        return NULL;
    regex_settle(p->a, set, negative);
    return set;
}

static const struct regex_tree *one_of(struct parser *p, uint32_t c)
{
    struct regex_tree *set = tree(p, REGEX_SET);
    *PUSH(p->a, &set->set) = (struct regex_range){c, c};
    return set;
}

/* . : anything but the ends of lines. */
static const struct regex_tree *dot(struct parser *p)
{
    struct regex_tree *set = tree(p, REGEX_SET);
    static const uint32_t ends[] = {'\n', '\r', 0x2028, 0x2029};
    for (size_t i = 0; i < COUNT(ends); i++)
        *PUSH(p->a, &set->set) = (struct regex_range){ends[i], ends[i]};
    regex_settle(p->a, set, true);
    return set;
}

static const struct regex_tree *escape(struct parser *p)
{
    uint32_t c;
    if (is_class_letter(p)) {
        struct regex_tree *set = tree(p, REGEX_SET);
        regex_add_class(p->a, set, p->s.p[p->at++]);
        return set;
    }
    return escaped(p, &c) ? one_of(p, c) : NULL;
}

/* ---- groups and quantifiers ---- */

static const struct regex_tree *any(struct parser *p);

/* Behind the parenthesis: (?: and (?<name> say nothing for us. */
static const struct regex_tree *group(struct parser *p)
{
    if (take(p, S("?")) && !take(p, S(":"))) {
        if (!take(p, S("<")) || is_next(p, '=') || is_next(p, '!'))
            return NULL;
        ptrdiff_t end = str_find_char(str_from(p->s, p->at), '>');
        if (end < 1)
            return NULL;
        p->at += (size_t)end + 1;
    }
    if (++p->nested > REGEX_NESTED)
        return NULL;
    const struct regex_tree *t = any(p);
    p->nested--;
    return t != NULL && take(p, S(")")) ? t : NULL;
}

static const struct regex_tree *atom(struct parser *p)
{
    if (memchr("*+?{}])|", p->s.p[p->at], 8) != NULL)
        return NULL;
    if (take(p, S("(")))
        return group(p);
    if (take(p, S("[")))
        return class(p);
    if (take(p, S("\\")))
        return escape(p);
    if (take(p, S(".")))
        return dot(p);
    if (take(p, S("^")))
        return tree(p, REGEX_BEGIN);
    if (take(p, S("$")))
        return tree(p, REGEX_END);
    return one_of(p, utf8_next(p->s, &p->at));
}

static bool count(struct parser *p, uint16_t *out)
{
    unsigned v = 0;
    if (!is_digit(p))
        return false;
    for (; is_digit(p) && v < REGEX_MANY; p->at++)
        v = v * 10 + (unsigned)(p->s.p[p->at] - '0');
    *out = (uint16_t)v;
    return v < REGEX_MANY;
}

/* {n} {n,} {n,m}, behind the brace. */
static bool braces(struct parser *p, struct regex_tree *r)
{
    if (!count(p, &r->min))
        return false;
    r->max = r->min;
    if (take(p, S(","))) {
        r->max = REGEX_MANY;
        if (!is_next(p, '}') && !count(p, &r->max))
            return false;
    }
    return take(p, S("}")) && r->min <= r->max;
}

/* The atom with what quantifies it; lazy or not is the same for whether there is a match. */
static const struct regex_tree *term(struct parser *p)
{
    const struct regex_tree *kid = atom(p);
    if (kid == NULL || !more(p))
        return kid;
    struct regex_tree *r = tree(p, REGEX_REPEAT);
    r->max = REGEX_MANY;
    if (take(p, S("+")))
        r->min = 1;
    else if (take(p, S("?")))
        r->max = 1;
    else if (take(p, S("{"))) {
        if (!braces(p, r))
            return NULL;
    } else if (!take(p, S("*")))
        return kid;
    if (kid->kind == REGEX_BEGIN || kid->kind == REGEX_END)
        return NULL;
    (void)take(p, S("?"));
    *PUSH(p->a, &r->kids) = kid;
    return r;
}

static const struct regex_tree *all(struct parser *p)
{
    struct regex_tree *t = tree(p, REGEX_ALL);
    while (more(p) && !is_next(p, '|') && !is_next(p, ')')) {
        const struct regex_tree *kid = term(p);
        if (kid == NULL)
            return NULL;
        *PUSH(p->a, &t->kids) = kid;
    }
    return t;
}

static const struct regex_tree *any(struct parser *p)
{
    struct regex_tree *t = tree(p, REGEX_ANY);
    do {
        const struct regex_tree *kid = all(p);
        if (kid == NULL)
            return NULL;
        *PUSH(p->a, &t->kids) = kid;
    } while (take(p, S("|")));
    return t;
}

/* ^(?!…) and ^(?=…) at the very beginning, where what they say holds for the whole text. */
static bool lookaheads(struct parser *p, struct regex_parts *out)
{
    size_t begin = p->at;
    if (!take(p, S("^")))
        return true;
    while (str_eq(str_sub(p->s, p->at, 3), S("(?!")) || str_eq(str_sub(p->s, p->at, 3), S("(?="))) {
        bool negative = p->s.p[p->at + 2] == '!';
        p->at += 3;
        const struct regex_tree *t = any(p);
        if (t == NULL || !take(p, S(")")))
            return false;
        *PUSH(p->a, out) = (struct regex_part){t, negative, true};
    }
    if (out->n == 0)
        p->at = begin;
    return true;
}

bool regex_parse(struct arena *a, str pattern, struct regex_parts *out)
{
    struct parser p = {.a = a, .s = pattern};
    if (!lookaheads(&p, out))
        return false;
    bool begins = out->n > 0;
    const struct regex_tree *t = any(&p);
    if (t == NULL || more(&p) || (begins && t->kids.n > 1))
        return false;
    *PUSH(a, out) = (struct regex_part){t, false, begins};
    return true;
}
