/* markdown_text.c - addresses, entities, characters: what stands inside a Markdown text. */
#include "formats/markdown_own.h"

#include "base/utf8.h"

#include <string.h>

/* The names that people type; all others of HTML's two thousand stay as they are. */
/* clang-format off */
static const struct {
    str name;
    uint32_t code_point;
} names[] = {
    {S_INIT("amp"), '&'},       {S_INIT("lt"), '<'},         {S_INIT("gt"), '>'},
    {S_INIT("quot"), '"'},      {S_INIT("apos"), '\''},      {S_INIT("nbsp"), 0xA0},
    {S_INIT("copy"), 0xA9},     {S_INIT("reg"), 0xAE},       {S_INIT("trade"), 0x2122},
    {S_INIT("sect"), 0xA7},     {S_INIT("deg"), 0xB0},       {S_INIT("plusmn"), 0xB1},
    {S_INIT("middot"), 0xB7},   {S_INIT("times"), 0xD7},     {S_INIT("yen"), 0xA5},
    {S_INIT("euro"), 0x20AC},   {S_INIT("ndash"), 0x2013},   {S_INIT("mdash"), 0x2014},
    {S_INIT("lsquo"), 0x2018},  {S_INIT("rsquo"), 0x2019},   {S_INIT("ldquo"), 0x201C},
    {S_INIT("rdquo"), 0x201D},  {S_INIT("bull"), 0x2022},    {S_INIT("hellip"), 0x2026},
    {S_INIT("larr"), 0x2190},   {S_INIT("rarr"), 0x2192},    {S_INIT("le"), 0x2264},
    {S_INIT("ge"), 0x2265},     {S_INIT("ne"), 0x2260},
};
/* clang-format on */

static uint32_t numeric_entity(str digits)
{
    bool hex = (digits.p[0] | 0x20) == 'x';
    uint32_t v = 0;
    for (size_t i = hex; i < digits.n && v <= 0x10FFFF; i++) {
        unsigned d = (unsigned)digits.p[i];
        v = hex ? v * 16 + (d <= '9' ? d - '0' : (d | 0x20) - 'a' + 10) : v * 10 + (d - '0');
    }
    bool control = v < 0x20 && v != '\t' && v != '\n';
    bool allowed =
        !control && (v < 0x7F || v > 0x9F) && v <= 0x10FFFF && (v & 0xFFFFF800) != 0xD800;
    return allowed ? v : 0xFFFD;
}

str markdown_entity(struct arena *a, str entity)
{
    str name = str_sub(entity, 1, entity.n - 2);
    uint32_t code_point = 0;
    if (str_has_prefix(name, S("#")) && name.n > 1)
        code_point = numeric_entity(str_from(name, 1));
    for (size_t i = 0; code_point == 0 && i < COUNT(names); i++)
        if (str_eq(name, names[i].name))
            code_point = names[i].code_point;
    if (code_point == 0)
        return entity;
    buf b = {.a = a};
    utf8_put(&b, code_point);
    return buf_str(&b);
}

str markdown_attribute(struct arena *a, const MD_ATTRIBUTE *attribute)
{
    buf b = {.a = a};
    str whole = {attribute->text, attribute->size};
    for (size_t i = 0; attribute->size > 0 && attribute->substr_offsets[i] < whole.n; i++) {
        size_t at = attribute->substr_offsets[i];
        str part = str_sub(whole, at, attribute->substr_offsets[i + 1] - at);
        if (attribute->substr_types[i] == MD_TEXT_ENTITY)
            part = markdown_entity(a, part);
        else if (attribute->substr_types[i] == MD_TEXT_NULLCHAR)
            part = S("\xEF\xBF\xBD");
        buf_put(&b, part);
    }
    return buf_str(&b);
}

static bool is_alnum(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* RFC 3986: reserved, unreserved and the percent sign; without what ends an attribute. */
static bool is_address_char(char c)
{
    return is_alnum(c) || (c != '\0' && strchr("-._~:/?#[]@!$&()*+,;=%", c) != NULL);
}

static bool has_scheme(str s, str scheme)
{
    return s.n > scheme.n && str_eq_nocase(str_sub(s, 0, scheme.n), scheme);
}

str markdown_address(struct arena *a, str s)
{
    static const char hex[] = "0123456789ABCDEF";
    buf b = {.a = a};
    if (!has_scheme(s, S("https://")) && !has_scheme(s, S("http://")) &&
        !has_scheme(s, S("mailto:")))
        return NO_STR;
    for (size_t i = 0; i < s.n; i++) {
        if (is_address_char(s.p[i])) {
            buf_char(&b, s.p[i]);
        } else {
            buf_char(&b, '%');
            buf_char(&b, hex[(unsigned char)s.p[i] >> 4]);
            buf_char(&b, hex[s.p[i] & 15]);
        }
    }
    return buf_str(&b);
}

/* Without what more likely belongs to the sentence: its punctuation, and a bracket that was
 * opened before the address. */
static size_t trimmed(str s)
{
    size_t open = 0, close = 0;
    for (size_t i = 0; i < s.n; i++) {
        open += s.p[i] == '(';
        close += s.p[i] == ')';
    }
    for (; s.n > 0; s.n--) {
        char c = s.p[s.n - 1];
        if (c == ')' && close > open)
            close--;
        else if (strchr(".,:;?!*_]", c) == NULL)
            break;
    }
    return s.n;
}

/* Bytes of http or https that end at `colon`; 0: neither. */
static size_t scheme_before(str text, size_t colon)
{
    if (colon >= 5 && str_eq_nocase(str_sub(text, colon - 5, 5), S("https")))
        return 5;
    return colon >= 4 && str_eq_nocase(str_sub(text, colon - 4, 4), S("http")) ? 4 : 0;
}

bool markdown_find_address(str text, size_t *at, size_t *n)
{
    for (size_t from = 0;;) {
        ptrdiff_t hit = str_find(str_from(text, from), S("://"));
        if (hit < 0)
            return false;
        size_t colon = from + (size_t)hit, end = colon + 3;
        size_t scheme = scheme_before(text, colon);
        *at = colon - scheme;
        while (end < text.n && is_address_char(text.p[end]) && text.p[end] != '[')
            end++;
        *n = trimmed(str_sub(text, *at, end - *at));
        bool alone = *at == 0 || !is_alnum(text.p[*at - 1]);
        if (scheme > 0 && alone && *n > scheme + 3)
            return true;
        from = end;
    }
}

bool markdown_is_wide(uint32_t c)
{
    return (c >= 0x2E80 && c <= 0x312F) || (c >= 0x3190 && c <= 0x9FFF) ||
           (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFF00 && c <= 0xFFEF) ||
           (c >= 0x20000 && c <= 0x3FFFF);
}
