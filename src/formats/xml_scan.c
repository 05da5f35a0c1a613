/* xml_scan.c - see xml_scan.h.  Numbers in brackets are productions of XML 1.0, fifth edition. */
#include "formats/xml_scan.h"

#include "base/utf8.h"

#include <string.h>

enum err xml_wrong(struct xml_scan *s, str code)
{
    i64 line = 1;
    for (size_t i = 0; i < s->at && i < s->text.n; i++)
        line += s->text.p[i] == '\n';
    *s->error = (struct xml_error){code, line, s->at};
    return E_INVALID;
}

static char here(const struct xml_scan *s)
{
    return s->at < s->text.n ? s->text.p[s->at] : '\0';
}

static str rest(const struct xml_scan *s)
{
    return str_from(s->text, s->at);
}

bool xml_scan_is(struct xml_scan *s, str mark)
{
    if (!str_has_prefix(rest(s), mark))
        return false;
    s->at += mark.n;
    return true;
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool xml_scan_space(struct xml_scan *s)
{
    size_t from = s->at;
    while (is_space(here(s)))
        s->at++;
    return s->at > from;
}

/* --- characters and names ------------------------------------------------------------------- */

static bool is_char(uint32_t c) /* [2] */
{
    return c >= 0x20 ? c != 0xFFFE && c != 0xFFFF : c == '\t' || c == '\n' || c == '\r';
}

/* [4] above ASCII, from first to last. */
static const uint32_t starts[][2] = {{0xC0, 0xD6},     {0xD8, 0xF6},     {0xF8, 0x2FF},
                                     {0x370, 0x37D},   {0x37F, 0x1FFF},  {0x200C, 0x200D},
                                     {0x2070, 0x218F}, {0x2C00, 0x2FEF}, {0x3001, 0xD7FF},
                                     {0xF900, 0xFDCF}, {0xFDF0, 0xFFFD}, {0x10000, 0xEFFFF}};
static const uint32_t others[][2] = {{0xB7, 0xB7}, {0x300, 0x36F}, {0x203F, 0x2040}}; /* [4a] */

static bool in(uint32_t c, const uint32_t (*v)[2], size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (c >= v[i][0] && c <= v[i][1])
            return true;
    return false;
}

static bool starts_name(uint32_t c)
{
    if (c < 0x80)
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    return in(c, starts, COUNT(starts));
}

static bool in_name(uint32_t c)
{
    if (starts_name(c) || (c >= '0' && c <= '9') || c == '-' || c == '.')
        return true;
    return c >= 0x80 && in(c, others, COUNT(others));
}

/* A name without a colon. */
static str plain_name(struct xml_scan *s)
{
    size_t from = s->at, at = from;
    while (at < s->text.n) {
        size_t next = at;
        uint32_t c = utf8_next(s->text, &next);
        if (!(at == from ? starts_name(c) : in_name(c)))
            break;
        at = next;
    }
    s->at = at;
    return str_sub(s->text, from, at - from);
}

enum err xml_scan_name(struct xml_scan *s, struct xml_name *out)
{
    size_t from = s->at;
    *out = (struct xml_name){.prefix = S("")};
    out->local = plain_name(s);
    if (out->local.n > 0 && here(s) == ':') {
        s->at++;
        out->prefix = out->local;
        out->local = plain_name(s);
    }
    if (out->local.n == 0)
        return xml_wrong(s, s->at == s->text.n ? S("xml_end") : S("xml_name"));
    out->whole = str_sub(s->text, from, s->at - from);
    return OK;
}

/* --- references ----------------------------------------------------------------------------- */

static bool hex_digit(char c, uint32_t *d)
{
    if (c >= '0' && c <= '9')
        *d = (uint32_t)(c - '0');
    else if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f')
        *d = (uint32_t)((c | 0x20) - 'a' + 10);
    else
        return false;
    return true;
}

static bool char_number(str s, uint32_t *out)
{
    bool hex = s.n > 0 && s.p[0] == 'x';
    s = str_from(s, hex ? 1 : 0);
    *out = 0;
    for (size_t i = 0; i < s.n; i++) {
        uint32_t d;
        if (!hex_digit(s.p[i], &d) || (!hex && d > 9))
            return false;
        *out = *out * (hex ? 16 : 10) + d;
        if (*out > 0x10FFFF)
            return false;
    }
    return s.n > 0 && is_char(*out) && (*out < 0xD800 || *out > 0xDFFF);
}

/* From behind the &, which stood at s->at - 1. */
static enum err put_reference(struct xml_scan *s, buf *b)
{
    static const struct {
        str name;
        char c;
    } known[] = {{S_INIT("lt"), '<'},
                 {S_INIT("gt"), '>'},
                 {S_INIT("amp"), '&'},
                 {S_INIT("quot"), '"'},
                 {S_INIT("apos"), '\''}};
    enum { LONGEST = 16 };
    ptrdiff_t end = str_find_char(str_sub(s->text, s->at, LONGEST), ';');
    str name = end > 0 ? str_sub(s->text, s->at, (size_t)end) : S("");
    uint32_t c;
    if (name.n > 0 && name.p[0] == '#') {
        if (!char_number(str_from(name, 1), &c))
            return xml_wrong(s, S("xml_character"));
        utf8_put(b, c);
        s->at += name.n + 1;
        return OK;
    }
    for (size_t i = 0; i < COUNT(known); i++)
        if (str_eq(name, known[i].name)) {
            buf_char(b, known[i].c);
            s->at += name.n + 1;
            return OK;
        }
    return xml_wrong(s, S("xml_entity"));
}

/* --- texts ---------------------------------------------------------------------------------- */

/* Lines end with a newline alone, XML 1.0 2.11; in values white space is one space, 3.3.3. */
static void put_plain(buf *b, str s, bool value)
{
    size_t from = 0;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool crlf = c == '\r' && i + 1 < s.n && s.p[i + 1] == '\n';
        if (c != '\r' && !(value && (c == '\n' || c == '\t')))
            continue;
        buf_put(b, str_sub(s, from, i - from));
        if (!crlf) /* else what stands for both comes with the newline */
            buf_char(b, value ? ' ' : '\n');
        from = i + 1;
    }
    buf_put(b, str_from(s, from));
}

/* Whether a text may stay the slice it is. */
static bool is_plain(str s, bool value)
{
    if (memchr(s.p, '&', s.n) != NULL || memchr(s.p, '\r', s.n) != NULL)
        return false;
    return !value || (memchr(s.p, '\n', s.n) == NULL && memchr(s.p, '\t', s.n) == NULL);
}

/* s: a part of the text that begins at s->at and ends without a half reference. */
static enum err resolve(struct xml_scan *s, str raw, bool value, str *out)
{
    size_t end = s->at + raw.n;
    buf b = {.a = s->a};
    *out = raw;
    if (raw.n == 0 || is_plain(raw, value)) {
        s->at = end;
        return OK;
    }
    while (s->at < end) {
        str left = str_sub(s->text, s->at, end - s->at);
        const char *mark = memchr(left.p, '&', left.n);
        str plain = str_sub(left, 0, mark ? (size_t)(mark - left.p) : left.n);
        put_plain(&b, plain, value);
        s->at += plain.n + (mark != NULL);
        if (mark != NULL)
            TRY(put_reference(s, &b));
    }
    if (s->at > end) /* the ; stood behind the end */
        return xml_wrong(s, S("xml_entity"));
    *out = b.n > 0 ? buf_str(&b) : S("");
    return OK;
}

enum err xml_scan_value(struct xml_scan *s, str *out)
{
    char quote = here(s);
    if (quote != '"' && quote != '\'')
        return xml_wrong(s, S("xml_syntax"));
    s->at++;
    ptrdiff_t n = str_find_char(rest(s), quote);
    if (n < 0)
        return xml_wrong(s, S("xml_end"));
    str raw = str_sub(s->text, s->at, (size_t)n);
    if (raw.n > 0 && memchr(raw.p, '<', raw.n) != NULL)
        return xml_wrong(s, S("xml_syntax"));
    TRY(resolve(s, raw, true, out));
    s->at++;
    return OK;
}

enum err xml_scan_text(struct xml_scan *s, str *out)
{
    ptrdiff_t n = str_find_char(rest(s), '<');
    str raw = str_sub(s->text, s->at, n < 0 ? s->text.n : (size_t)n);
    if (str_find(raw, S("]]>")) >= 0)
        return xml_wrong(s, S("xml_syntax"));
    return resolve(s, raw, false, out);
}

enum err xml_scan_cdata(struct xml_scan *s, str *out)
{
    ptrdiff_t n = str_find(rest(s), S("]]>"));
    buf b = {.a = s->a};
    if (n < 0)
        return xml_wrong(s, S("xml_end"));
    *out = str_sub(s->text, s->at, (size_t)n);
    s->at += (size_t)n + 3;
    if (out->n > 0 && memchr(out->p, '\r', out->n) != NULL) {
        put_plain(&b, *out, false);
        *out = buf_str(&b);
    }
    return OK;
}

enum err xml_scan_comment(struct xml_scan *s)
{
    ptrdiff_t n = str_find(rest(s), S("--"));
    if (n < 0)
        return xml_wrong(s, S("xml_end"));
    s->at += (size_t)n + 2;
    return xml_scan_is(s, S(">")) ? OK : xml_wrong(s, S("xml_syntax"));
}

enum err xml_scan_instruction(struct xml_scan *s)
{
    struct xml_name target;
    TRY(xml_scan_name(s, &target));
    if (target.prefix.n > 0 || str_eq_nocase(target.local, S("xml")))
        return xml_wrong(s, S("xml_syntax"));
    if (xml_scan_is(s, S("?>")))
        return OK;
    if (!xml_scan_space(s))
        return xml_wrong(s, S("xml_syntax"));
    ptrdiff_t n = str_find(rest(s), S("?>"));
    if (n < 0)
        return xml_wrong(s, S("xml_end"));
    s->at += (size_t)n + 2;
    return OK;
}

/* --- the beginning -------------------------------------------------------------------------- */

static enum err declared(struct xml_scan *s, str name, str *out, bool *is)
{
    struct xml_scan back = *s;
    *out = NO_STR;
    *is = false;
    if (!xml_scan_space(s) || !xml_scan_is(s, name)) {
        *s = back;
        return OK;
    }
    (void)xml_scan_space(s);
    if (!xml_scan_is(s, S("=")))
        return xml_wrong(s, S("xml_syntax"));
    (void)xml_scan_space(s);
    *is = true;
    return xml_scan_value(s, out);
}

static enum err read_declaration(struct xml_scan *s)
{
    str version, encoding, alone;
    bool is;
    TRY(declared(s, S("version"), &version, &is));
    if (!is || version.n != 3 || !str_has_prefix(version, S("1.")))
        return xml_wrong(s, S("xml_syntax"));
    TRY(declared(s, S("encoding"), &encoding, &is));
    if (is && !str_eq_nocase(encoding, S("UTF-8")))
        return xml_wrong(s, S("xml_encoding"));
    TRY(declared(s, S("standalone"), &alone, &is));
    if (is && !str_eq(alone, S("yes")) && !str_eq(alone, S("no")))
        return xml_wrong(s, S("xml_syntax"));
    (void)xml_scan_space(s);
    return xml_scan_is(s, S("?>")) ? OK : xml_wrong(s, S("xml_syntax"));
}

static enum err check_characters(struct xml_scan *s)
{
    size_t good = utf8_valid_prefix(s->text);
    if (good < s->text.n) {
        s->at = good;
        return xml_wrong(s, S("xml_utf8"));
    }
    for (size_t i = 0; i < s->text.n; i++) {
        unsigned char c = (unsigned char)s->text.p[i];
        size_t at = i;
        if (c >= 0x20 && c != 0xEF)
            continue;
        s->at = i;
        if (!is_char(utf8_next(s->text, &at)))
            return xml_wrong(s, S("xml_character"));
    }
    s->at = 0;
    return OK;
}

enum err xml_scan_begin(struct xml_scan *s)
{
    TRY(check_characters(s));
    (void)xml_scan_is(s, S("\xEF\xBB\xBF"));
    str left = rest(s);
    if (left.n > 5 && str_has_prefix(left, S("<?xml")) && is_space(left.p[5])) {
        s->at += 5;
        return read_declaration(s);
    }
    return OK;
}
