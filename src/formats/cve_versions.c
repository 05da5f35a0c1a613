/* cve_versions.c - see cve_versions.h. */
#include "formats/cve_versions.h"

enum bound { EXACT, FROM, BELOW, UP_TO };

/* What stands around one version.  Longer ones first. */
static const struct affix {
    str before, after;
    enum bound bound;
} affixes[] = {
    /* clang-format off */
    {S_INIT(">="), S_INIT(""), FROM},
    {S_INIT("≧"), S_INIT(""), FROM},
    {S_INIT("<="), S_INIT(""), UP_TO},
    {S_INIT("≦"), S_INIT(""), UP_TO},
    {S_INIT("<"), S_INIT(""), BELOW},
    {S_INIT("prior to"), S_INIT(""), BELOW},
    {S_INIT("earlier than"), S_INIT(""), BELOW},
    {S_INIT("before"), S_INIT(""), BELOW},
    {S_INIT("from"), S_INIT(""), FROM},
    {S_INIT(""), S_INIT("および、それ以前"), UP_TO},
    {S_INIT(""), S_INIT("およびそれ以前"), UP_TO},
    {S_INIT(""), S_INIT("及びそれ以前"), UP_TO},
    {S_INIT(""), S_INIT("とそれ以前"), UP_TO},
    {S_INIT(""), S_INIT("より以前"), BELOW},
    {S_INIT(""), S_INIT("より前"), BELOW},
    {S_INIT(""), S_INIT("以前"), UP_TO},
    {S_INIT(""), S_INIT("以下"), UP_TO},
    {S_INIT(""), S_INIT("まで"), UP_TO},
    {S_INIT(""), S_INIT("未満"), BELOW},
    {S_INIT(""), S_INIT("以降"), FROM},
    {S_INIT(""), S_INIT("以上"), FROM},
    {S_INIT(""), S_INIT("and earlier"), UP_TO},
    {S_INIT(""), S_INIT("or earlier"), UP_TO},
    {S_INIT(""), S_INIT("and prior"), UP_TO},
    {S_INIT(""), S_INIT("and below"), UP_TO},
    {S_INIT(""), S_INIT("and later"), FROM},
    {S_INIT(""), S_INIT("or later"), FROM},
    {S_INIT(""), S_INIT(""), EXACT},
    /* clang-format on */
};

/* Between the two ends of a range. */
static const str betweens[] = {S_INIT("から"), S_INIT("～"),   S_INIT("〜"),
                               S_INIT(" - "),  S_INIT(" – "),  S_INIT(" through "),
                               S_INIT(" to "), S_INIT("以上"), S_INIT("以降")};
static const str names[] = {S_INIT("versions"), S_INIT("version"), S_INIT("ver."), S_INIT("ver"),
                            S_INIT("バージョン")};
static const str tails[] = {S_INIT("のバージョン"), S_INIT("の版"), S_INIT(" versions"),
                            S_INIT(" version")};
static const str everything[] = {S_INIT("すべてのバージョン"), S_INIT("全てのバージョン"),
                                 S_INIT("全バージョン"),       S_INIT("すべて"),
                                 S_INIT("all versions"),       S_INIT("all")};

static bool starts(str s, str with)
{
    return str_eq_nocase(str_sub(s, 0, with.n), with);
}

static bool ends(str s, str with)
{
    return s.n >= with.n && str_eq_nocase(str_from(s, s.n - with.n), with);
}

static str without_name(str s)
{
    for (size_t i = 0; i < COUNT(names); i++)
        if (starts(s, names[i]) && s.n > names[i].n)
            return str_trim(str_from(s, names[i].n));
    return s;
}

static str without_tail(str s)
{
    for (size_t i = 0; i < COUNT(tails); i++)
        if (ends(s, tails[i]) && s.n > tails[i].n)
            return str_trim(str_sub(s, 0, s.n - tails[i].n));
    return s;
}

/* Letters, digits and . _ + ~ : - with a digit among them. */
static bool is_version(str s)
{
    bool digit = false;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool is_digit = c >= '0' && c <= '9';
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (!is_digit && !letter && str_find_char(S("._+~:-"), c) < 0)
            return false;
        digit |= is_digit;
    }
    return digit;
}

static bool read_end(str s, str *version, enum bound *bound)
{
    s = without_tail(without_name(str_trim(s)));
    for (size_t i = 0; i < COUNT(affixes); i++) {
        const struct affix *f = &affixes[i];
        if (!starts(s, f->before) || !ends(s, f->after) || s.n < f->before.n + f->after.n)
            continue;
        str inner = str_sub(s, f->before.n, s.n - f->before.n - f->after.n);
        inner = without_name(str_trim(inner));
        *version = inner;
        *bound = f->bound;
        if (is_version(inner))
            return true;
    }
    return false;
}

static struct cve_version range(str from, str to, enum bound bound, str status)
{
    struct cve_version v = {.version = from, .status = status, .type = S("custom")};
    if (bound == BELOW)
        v.less_than = to;
    else
        v.up_to = to;
    return v;
}

static bool read_between(str s, str status, struct cve_version *out)
{
    str from, to;
    enum bound first, last;
    for (size_t i = 0; i < COUNT(betweens); i++) {
        ptrdiff_t found = str_find(s, betweens[i]);
        if (found <= 0)
            continue;
        if (!read_end(str_sub(s, 0, (size_t)found), &from, &first) ||
            !read_end(str_from(s, (size_t)found + betweens[i].n), &to, &last))
            continue;
        if ((first != EXACT && first != FROM) || last == FROM)
            continue;
        *out = range(from, to, last, status);
        return true;
    }
    return false;
}

static bool is_everything(str s)
{
    for (size_t i = 0; i < COUNT(everything); i++)
        if (str_eq_nocase(s, everything[i]))
            return true;
    return false;
}

static bool read_piece(str s, str status, struct cve_version *out, enum bound *bound)
{
    str version;
    if (is_everything(s)) {
        *out = range(S("0"), S("*"), BELOW, status);
        *bound = EXACT;
        return true;
    }
    if (read_end(s, &version, bound)) {
        *out = (struct cve_version){.version = version, .status = status};
        if (*bound == FROM)
            *out = range(version, S("*"), BELOW, status);
        else if (*bound != EXACT)
            *out = range(S("0"), version, *bound, status);
        return true;
    }
    *bound = EXACT;
    return read_between(s, status, out);
}

/* Up to the next comma of either language. */
static str cut_piece(str *rest)
{
    static const str commas[] = {S_INIT(","), S_INIT("、"), S_INIT("，"), S_INIT(";"),
                                 S_INIT("；")};
    size_t best = rest->n, width = 0;
    for (size_t i = 0; i < COUNT(commas); i++) {
        ptrdiff_t found = str_find(*rest, commas[i]);
        if (found >= 0 && (size_t)found < best) {
            best = (size_t)found;
            width = commas[i].n;
        }
    }
    str piece = str_sub(*rest, 0, best);
    *rest = str_from(*rest, best + width);
    return str_trim(piece);
}

void cve_versions(struct arena *a, str text, str status, struct cve_version_list *out)
{
    struct cve_version_list list = {0};
    str rest = str_trim(text), piece;
    bool open = false; /* the piece before said only where it begins */
    while (rest.n > 0) {
        struct cve_version v = {0};
        enum bound bound;
        piece = cut_piece(&rest);
        if (!read_piece(piece, status, &v, &bound)) {
            list.n = 0;
            *PUSH(a, &list) = (struct cve_version){.version = str_trim(text), .status = status};
            break;
        }
        if (open && (bound == BELOW || bound == UP_TO))
            list.v[list.n - 1] = range(list.v[list.n - 1].version,
                                       bound == BELOW ? v.less_than : v.up_to, bound, status);
        else
            *PUSH(a, &list) = v;
        open = !open && bound == FROM;
    }
    for (size_t i = 0; i < list.n; i++)
        *PUSH(a, out) = list.v[i];
}
