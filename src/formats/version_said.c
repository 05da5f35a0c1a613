/* version_said.c - see version_said.h. */
#include "formats/version_said.h"

#include "base/vec.h"

enum side { SIDE_BELOW, SIDE_UP_TO, SIDE_FROM, SIDE_ABOVE };

struct turn {
    str words;
    enum side side;
};

/* Longer ones first where one ends or begins with another. */
/* clang-format off */
static const struct turn behind[] = {
    {S_INIT("より前のバージョン"), SIDE_BELOW}, {S_INIT("より前"), SIDE_BELOW},
    {S_INIT("未満"), SIDE_BELOW},
    {S_INIT("およびそれ以前のバージョン"), SIDE_UP_TO}, {S_INIT("およびそれ以前"), SIDE_UP_TO},
    {S_INIT("及びそれ以前のバージョン"), SIDE_UP_TO}, {S_INIT("及びそれ以前"), SIDE_UP_TO},
    {S_INIT("以前のバージョン"), SIDE_UP_TO}, {S_INIT("以前"), SIDE_UP_TO},
    {S_INIT("以下"), SIDE_UP_TO}, {S_INIT("までのバージョン"), SIDE_UP_TO},
    {S_INIT("まで"), SIDE_UP_TO},
    {S_INIT("以降のバージョン"), SIDE_FROM}, {S_INIT("以降"), SIDE_FROM},
    {S_INIT("以上"), SIDE_FROM}, {S_INIT("より後"), SIDE_ABOVE},
    {S_INIT(" and earlier versions"), SIDE_UP_TO}, {S_INIT(" and earlier"), SIDE_UP_TO},
    {S_INIT(" and prior versions"), SIDE_UP_TO}, {S_INIT(" and prior"), SIDE_UP_TO},
    {S_INIT(" and below"), SIDE_UP_TO},
    {S_INIT(" or earlier"), SIDE_UP_TO}, {S_INIT(" or prior"), SIDE_UP_TO},
    {S_INIT(" and later versions"), SIDE_FROM}, {S_INIT(" and later"), SIDE_FROM},
    {S_INIT(" and newer"), SIDE_FROM}, {S_INIT(" or later"), SIDE_FROM},
};
static const struct turn before[] = {
    {S_INIT("before "), SIDE_BELOW}, {S_INIT("prior to "), SIDE_BELOW},
    {S_INIT("earlier than "), SIDE_BELOW}, {S_INIT("up to and including "), SIDE_UP_TO},
    {S_INIT("up to "), SIDE_UP_TO}, {S_INIT("from "), SIDE_FROM}, {S_INIT("since "), SIDE_FROM},
    {S_INIT("later than "), SIDE_ABOVE},
    {S_INIT("<="), SIDE_UP_TO}, {S_INIT("≤"), SIDE_UP_TO}, {S_INIT("<"), SIDE_BELOW},
    {S_INIT(">="), SIDE_FROM}, {S_INIT("≥"), SIDE_FROM}, {S_INIT(">"), SIDE_ABOVE},
};
static const str between[] = {S_INIT("から"), S_INIT("～"), S_INIT("〜"), S_INIT(" through "),
                              S_INIT(" to "), S_INIT(" up to "), S_INIT("|"), S_INIT(" before ")};
static const str every[] = {
    S_INIT("すべて"), S_INIT("全て"), S_INIT("すべてのバージョン"), S_INIT("全てのバージョン"),
    S_INIT("全バージョン"), S_INIT("all"), S_INIT("all versions"), S_INIT("all version"),
    S_INIT("any version"), S_INIT("*"), S_INIT("vers:all/*")};
static const str parting[] = {S_INIT("、"), S_INIT(","), S_INIT(";"), S_INIT("\n"),
                              S_INIT("および"), S_INIT("及び"), S_INIT(" and ")};
static const str noise[] = {S_INIT("versions "), S_INIT("version "), S_INIT("ver. "),
                            S_INIT("ver."), S_INIT("ver "), S_INIT("バージョン")};
/* clang-format on */

/* --- one limit -------------------------------------------------------------------------------- */

static bool lower_prefix(str s, str prefix)
{
    return str_eq_nocase(str_sub(s, 0, prefix.n), prefix);
}

static bool lower_suffix(str s, str suffix)
{
    return s.n >= suffix.n && str_eq_nocase(str_from(s, s.n - suffix.n), suffix);
}

static str without_noise(str s)
{
    s = str_trim(s);
    for (size_t i = 0; i < COUNT(noise); i++)
        if (lower_prefix(s, noise[i]))
            return str_trim(str_from(s, noise[i].n));
    return s;
}

/* One word with a digit, of the characters that versions are made of. */
static bool is_version(str s)
{
    bool digit = false;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool number = c >= '0' && c <= '9';
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (!number && !letter && (i == 0 || (c != '.' && c != '-' && c != '_' && c != '+')))
            return false;
        digit |= number;
    }
    return digit;
}

static bool read_version(str s, str *out)
{
    *out = without_noise(s);
    return is_version(*out);
}

static void limit(struct version_span *s, enum side side, str version)
{
    bool upper = side == SIDE_BELOW || side == SIDE_UP_TO;
    *(upper ? &s->to : &s->from) = version;
    *(upper ? &s->to_in : &s->from_in) = side == SIDE_UP_TO || side == SIDE_FROM;
}

/* "より前のバージョン 1.2" and the like never stand alone: words on one side only. */
static bool read_limit(str text, struct version_span *out)
{
    str s = without_noise(text), version;
    for (size_t i = 0; i < COUNT(behind); i++)
        if (lower_suffix(s, behind[i].words)) {
            if (!read_version(str_sub(s, 0, s.n - behind[i].words.n), &version))
                return false;
            limit(out, behind[i].side, version);
            return true;
        }
    for (size_t i = 0; i < COUNT(before); i++)
        if (lower_prefix(s, before[i].words)) {
            if (!read_version(str_from(s, before[i].words.n), &version))
                return false;
            limit(out, before[i].side, version);
            return true;
        }
    return false;
}

/* --- one span --------------------------------------------------------------------------------- */

static ptrdiff_t find_nocase(str s, str needle)
{
    for (size_t i = 0; i + needle.n <= s.n; i++)
        if (str_eq_nocase(str_sub(s, i, needle.n), needle))
            return (ptrdiff_t)i;
    return -1;
}

/* A half that is a bare version is a limit that belongs to it. */
static bool read_half(str text, enum side bare, struct version_span *out)
{
    str version;
    if (read_version(text, &version)) {
        limit(out, bare, version);
        return true;
    }
    return read_limit(text, out);
}

static bool read_two(str s, str between_them, struct version_span *out)
{
    struct version_span x = {0};
    ptrdiff_t at = find_nocase(s, between_them);
    if (at <= 0)
        return false;
    enum side upper = str_eq(between_them, S(" before ")) ? SIDE_BELOW : SIDE_UP_TO;
    str right = str_from(s, (size_t)at + between_them.n);
    if (!read_half(str_sub(s, 0, (size_t)at), SIDE_FROM, &x) || x.from.n == 0 || x.to.n > 0)
        return false;
    str from = x.from;
    if (!read_half(right, upper, &x) || x.to.n == 0 || x.from.p != from.p)
        return false;
    *out = x;
    return true;
}

/* "1.0 から" alone: everything from there. */
static bool read_open(str s, struct version_span *out)
{
    str version;
    if (!str_has_suffix(s, S("から")) || !read_version(str_sub(s, 0, s.n - S("から").n), &version))
        return false;
    limit(out, SIDE_FROM, version);
    return true;
}

static bool read_span(str text, struct version_span *out)
{
    str s = str_trim(text), bare = without_noise(s);
    *out = (struct version_span){0};
    for (size_t i = 0; i < COUNT(every); i++)
        if (str_eq_nocase(s, every[i]))
            return true;
    if (is_version(bare)) {
        out->only = bare;
        return true;
    }
    for (size_t i = 0; i < COUNT(between); i++)
        if (read_two(bare, between[i], out))
            return true;
    *out = (struct version_span){0};
    return read_limit(s, out) || read_open(bare, out);
}

/* --- all of them ------------------------------------------------------------------------------ */

struct spans {
    VEC(struct version_span)
};

static str without_scheme(str text)
{
    ptrdiff_t slash = str_find_char(text, '/');
    bool scheme = str_has_prefix(text, S("vers:")) && slash > 0;
    return scheme && !str_eq(text, S("vers:all/*")) ? str_from(text, (size_t)slash + 1) : text;
}

static bool read_parts(struct arena *a, str text, struct spans *all)
{
    for (size_t i = 0; i < COUNT(parting); i++) {
        if (find_nocase(text, parting[i]) < 0)
            continue;
        for (str rest = text;;) {
            ptrdiff_t at = find_nocase(rest, parting[i]);
            struct version_span one;
            if (!read_span(at < 0 ? rest : str_sub(rest, 0, (size_t)at), &one))
                break;
            *PUSH(a, all) = one;
            if (at < 0)
                return true;
            rest = str_from(rest, (size_t)at + parting[i].n);
        }
        all->n = 0;
    }
    return false;
}

bool versions_read(struct arena *a, str text, struct version_span **out, size_t *n)
{
    struct spans all = {0};
    struct version_span one;
    text = without_scheme(str_trim(text));
    bool ok = text.n <= 1000;
    if (ok && read_span(text, &one))
        *PUSH(a, &all) = one;
    else
        ok = ok && read_parts(a, text, &all);
    *out = all.v;
    *n = ok ? all.n : 0;
    return ok;
}

/* --- writing ---------------------------------------------------------------------------------- */

static bool is_dotted_number(str s)
{
    bool digit = false;
    for (size_t i = 0; i < s.n; i++) {
        bool number = s.p[i] >= '0' && s.p[i] <= '9';
        if (!number && (s.p[i] != '.' || !digit))
            return false;
        digit = number;
    }
    return digit || s.n == 0;
}

str version_span_vers(struct arena *a, const struct version_span *s)
{
    buf b = {.a = a};
    if (s->from.n == 0 && s->to.n == 0)
        return S("vers:all/*");
    if (is_dotted_number(s->from) && is_dotted_number(s->to))
        buf_put(&b, S("vers:intdot/"));
    if (s->from.n > 0)
        buf_putf(&b, "%s%.*s", s->from_in ? ">=" : ">", SV(s->from));
    if (s->to.n > 0)
        buf_putf(&b, "%s%s%.*s", s->from.n > 0 ? "|" : "", s->to_in ? "<=" : "<", SV(s->to));
    return buf_str(&b);
}

static str text_ja(struct arena *a, const struct version_span *s)
{
    const char *below = s->to_in ? "以前" : "より前", *above = s->from_in ? "以降" : "より後";
    if (s->from.n == 0)
        return str_fmt(a, "%.*s %s", SV(s->to), below);
    if (s->to.n == 0)
        return str_fmt(a, "%.*s %s", SV(s->from), above);
    return str_fmt(a, "%.*s %s %.*s %s", SV(s->from), s->from_in ? "から" : "より後、", SV(s->to),
                   s->to_in ? "まで" : "より前");
}

static str text_en(struct arena *a, const struct version_span *s)
{
    if (s->from.n == 0)
        return s->to_in ? str_fmt(a, "%.*s and earlier", SV(s->to))
                        : str_fmt(a, "before %.*s", SV(s->to));
    if (s->to.n == 0)
        return s->from_in ? str_fmt(a, "%.*s and later", SV(s->from))
                          : str_fmt(a, "later than %.*s", SV(s->from));
    return str_fmt(a, "%s %.*s %s %.*s", s->from_in ? "from" : "later than", SV(s->from),
                   s->to_in ? "to" : "before", SV(s->to));
}

str version_span_text(struct arena *a, const struct version_span *s, bool japanese)
{
    if (s->only.n > 0)
        return s->only;
    if (s->from.n == 0 && s->to.n == 0)
        return japanese ? S("すべてのバージョン") : S("all versions");
    return japanese ? text_ja(a, s) : text_en(a, s);
}
