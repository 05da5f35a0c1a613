/* lang_tag.c - see lang_tag.h.  Subtags are taken in the order of RFC 5646 section 2.1. */
#include "formats/lang_tag.h"

#include "formats/fact.h"

struct walk {
    str rest; /* not yet read */
    str tag;
    struct lang_tag *out;
};

static bool letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool letters(str s)
{
    size_t i = 0;
    while (i < s.n && letter(s.p[i]))
        i++;
    return i > 0 && i == s.n;
}

static bool digits(str s)
{
    size_t i = 0;
    while (i < s.n && digit(s.p[i]))
        i++;
    return i > 0 && i == s.n;
}

static bool alphanum(str s)
{
    size_t i = 0;
    while (i < s.n && (letter(s.p[i]) || digit(s.p[i])))
        i++;
    return i > 0 && i == s.n;
}

static str peek(const struct walk *w)
{
    str rest = w->rest;
    return str_cut(&rest, '-');
}

static str take(struct walk *w)
{
    return str_cut(&w->rest, '-');
}

static char small(char c)
{
    return (char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
}

/* "region/us": what the registry says of a subtag. */
static bool registered(str kind, str subtag, str *cells)
{
    char room[48];
    size_t n = 0;
    if (kind.n + 1 + subtag.n > sizeof room)
        return false;
    for (size_t i = 0; i < kind.n; i++)
        room[n++] = kind.p[i];
    room[n++] = '/';
    for (size_t i = 0; i < subtag.n; i++)
        room[n++] = small(subtag.p[i]);
    return fact_find(S("lang-subtags"), (str){room, n}, cells);
}

static bool between(str subtag, str first, str last)
{
    if (subtag.n != first.n)
        return false;
    char room[8];
    for (size_t i = 0; i < subtag.n; i++)
        room[i] = small(subtag.p[i]);
    str s = {room, subtag.n};
    return str_cmp(first, s) <= 0 && str_cmp(s, last) <= 0;
}

/* The three ranges of the registry that are of private use. */
static bool private_range(str kind, str subtag)
{
    if (str_eq(kind, S("language")))
        return between(subtag, S("qaa"), S("qtz"));
    if (str_eq(kind, S("script")))
        return between(subtag, S("qaaa"), S("qabx"));
    return str_eq(kind, S("region")) &&
           (between(subtag, S("qm"), S("qz")) || between(subtag, S("xa"), S("xz")));
}

static void first(str *place, str subtag)
{
    if (place->p == NULL)
        *place = subtag;
}

static void check(struct walk *w, str kind, str subtag)
{
    str cells = NO_STR;
    if (private_range(kind, subtag)) {
        first(&w->out->private_use, subtag);
        return;
    }
    if (!registered(kind, subtag, &cells)) {
        first(&w->out->wrong, subtag);
        return;
    }
    str deprecated = str_cut(&cells, '\t'), preferred = str_cut(&cells, '\t');
    str prefix = str_cut(&cells, '\t');
    if (deprecated.n > 0 && w->out->deprecated.p == NULL) {
        w->out->deprecated = subtag;
        w->out->preferred = preferred;
    }
    if (str_eq(cells, S("private-use")))
        first(&w->out->private_use, subtag);
    if (prefix.n > 0 && !str_eq_nocase(prefix, w->out->language))
        first(&w->out->wrong, subtag);
}

static bool read_language(struct walk *w)
{
    str s = take(w);
    if (!letters(s) || s.n < 2 || s.n > 8)
        return false;
    w->out->language = s;
    check(w, S("language"), s);
    for (int i = 0; i < 3 && s.n <= 3 && peek(w).n == 3 && letters(peek(w)); i++) {
        str extlang = take(w);
        check(w, S("extlang"), extlang);
        if (i > 0)
            first(&w->out->wrong, extlang); /* permanently reserved */
        first(&w->out->extlang, extlang);
    }
    return true;
}

static bool is_variant(str s)
{
    return alphanum(s) && s.n <= 8 && (s.n >= 5 || (s.n == 4 && digit(s.p[0])));
}

/* Whether the subtag stands already in the tag, from byte `from` to where it stands now. */
static bool stood(const struct walk *w, size_t from, str subtag)
{
    str before = str_sub(w->tag, from, (size_t)(subtag.p - w->tag.p) - from);
    while (before.n > 0) {
        if (str_eq_nocase(str_cut(&before, '-'), subtag))
            return true;
    }
    return false;
}

static void read_variants(struct walk *w)
{
    size_t from = w->tag.n - w->rest.n;
    while (is_variant(peek(w))) {
        str s = take(w);
        check(w, S("variant"), s);
        if (stood(w, from, s))
            first(&w->out->wrong, s);
    }
}

/* Singletons, each with subtags behind it; no singleton twice. */
static bool read_extensions(struct walk *w)
{
    uint64_t seen = 0;
    while (w->rest.n > 0 && peek(w).n == 1 && small(peek(w).p[0]) != 'x') {
        str singleton = take(w);
        char c = small(singleton.p[0]);
        if (!letter(c) && !digit(c))
            return false;
        uint64_t bit = (uint64_t)1 << (digit(c) ? c - '0' : c - 'a' + 10);
        if ((seen & bit) != 0)
            first(&w->out->wrong, singleton);
        seen |= bit;
        size_t n = 0;
        for (; peek(w).n >= 2 && peek(w).n <= 8 && alphanum(peek(w)); n++)
            (void)take(w);
        if (n == 0)
            return false;
    }
    return true;
}

static bool read_private(struct walk *w)
{
    str x = peek(w);
    if (!str_eq_nocase(x, S("x")))
        return true;
    first(&w->out->private_use, take(w));
    size_t n = 0;
    for (; alphanum(peek(w)) && peek(w).n <= 8; n++)
        (void)take(w);
    return n > 0;
}

static bool read_tag(struct walk *w)
{
    if (!str_eq_nocase(peek(w), S("x"))) {
        if (!read_language(w))
            return false;
        if (peek(w).n == 4 && letters(peek(w))) {
            w->out->script = take(w);
            check(w, S("script"), w->out->script);
        }
        str s = peek(w);
        if ((s.n == 2 && letters(s)) || (s.n == 3 && digits(s))) {
            w->out->region = take(w);
            check(w, S("region"), s);
        }
        read_variants(w);
        if (!read_extensions(w))
            return false;
    }
    return read_private(w) && w->rest.n == 0 && !str_has_suffix(w->tag, S("-"));
}

enum lang_state lang_tag_read(str tag, struct lang_tag *out)
{
    struct walk w = {.rest = tag, .tag = tag, .out = out};
    str cells;
    *out = (struct lang_tag){0};
    if (registered(S("grandfathered"), tag, &cells)) {
        *out = (struct lang_tag){.state = LANG_VALID, .grandfathered = true};
        if (str_cut(&cells, '\t').n > 0) {
            out->deprecated = tag;
            out->preferred = str_cut(&cells, '\t');
        }
        return LANG_VALID;
    }
    if (tag.n == 0 || !read_tag(&w))
        return out->state = LANG_MALFORMED;
    return out->state = out->wrong.p == NULL ? LANG_VALID : LANG_INVALID;
}

bool lang_tag_same_language(str x, str y)
{
    return str_eq_nocase(str_cut(&x, '-'), str_cut(&y, '-'));
}
