/* mail_write.c - see mail_write.h. */
#include "formats/mail_write.h"

#include "base/encode.h"
#include "base/utf8.h"

enum {
    COLUMNS = 76, /* RFC 2045's limit for encoded lines; RFC 5322 wishes 78 */
    WORD_MAX = 60,
    WORD_FRAME = 12, /* =?UTF-8?B?…?= */
    WORD_BYTES = 45, /* of which 60 digits are made: 72 columns of the 75 allowed */
};

/* addresses and ids */

static bool is_alnum(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* RFC 5322's atext */
static bool is_atext(char c)
{
    return is_alnum(c) || str_find_char(S("!#$%&'*+-/=?^_`{|}~"), c) >= 0;
}

static bool is_dot_atom(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!is_atext(s.p[i]) && (s.p[i] != '.' || i == 0 || i + 1 == s.n || s.p[i - 1] == '.'))
            return false;
    return s.n > 0 && s.n <= 64;
}

static bool is_label(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!is_alnum(s.p[i]) && (s.p[i] != '-' || i == 0 || i + 1 == s.n))
            return false;
    return s.n > 0 && s.n <= 63;
}

static bool is_domain(str s)
{
    if (s.n == 0 || s.n > 253 || str_has_suffix(s, S(".")))
        return false;
    while (s.n > 0)
        if (!is_label(str_cut(&s, '.')))
            return false;
    return true;
}

bool mail_address_is(str address)
{
    str rest = address, local = str_cut(&rest, '@');
    return address.n <= 254 && is_dot_atom(local) && is_domain(rest);
}

/* headers */

struct header {
    struct arena *a;
    buf *b;
    size_t column;
};

static struct header header_begin(struct arena *a, buf *b, str name)
{
    buf_put(b, name);
    buf_char(b, ':');
    return (struct header){a, b, name.n + 1};
}

/* A piece that is not broken, behind a space or at the start of a new line. */
static void put_word(struct header *h, str word)
{
    if (h->column + 1 + word.n > COLUMNS) {
        buf_put(h->b, S("\r\n"));
        h->column = 0;
    }
    buf_char(h->b, ' ');
    buf_put(h->b, word);
    h->column += 1 + word.n;
}

static void header_end(struct header *h)
{
    buf_put(h->b, S("\r\n"));
}

static void put_header(struct arena *a, buf *b, str name, str word)
{
    struct header h = header_begin(a, b, name);
    put_word(&h, word);
    header_end(&h);
}

/* Text of one line: whatever could end it, or hide something in it, is a space. */
static str one_line(struct arena *a, str text)
{
    buf b = {.a = a};
    for (size_t at = 0; at < text.n;) {
        size_t from = at;
        uint32_t c = utf8_next(text, &at);
        str one = str_sub(text, from, at - from);
        buf_put(&b, c < ' ' || c == 0x7f || utf8_has_control(one) ? S(" ") : one);
    }
    return str_trim(b.n > 0 ? buf_str(&b) : S(""));
}

/* Of ASCII words with one space between, none long, none that looks encoded. */
static bool is_plain(str s)
{
    size_t word = 0;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (c < ' ' || c > '~' || (c == ' ' && word == 0))
            return false;
        word = c == ' ' ? 0 : word + 1;
        if (word > WORD_MAX)
            return false;
    }
    return str_find(s, S("=?")) < 0;
}

/* As many whole code points as fit, at least one. */
static str take_points(str *rest, size_t max)
{
    size_t at = 0, end = 0;
    while (at < rest->n) {
        (void)utf8_next(*rest, &at);
        if (at > max && end > 0)
            break;
        end = at;
    }
    str head = str_sub(*rest, 0, end);
    *rest = str_from(*rest, end);
    return head;
}

/* RFC 2047: readers join the words again, without the white space between them. */
static void put_encoded(struct header *h, str text)
{
    while (text.n > 0) {
        size_t room = h->column + 1 < COLUMNS ? COLUMNS - h->column - 1 : 0;
        size_t bytes = room > WORD_FRAME + 4 ? (room - WORD_FRAME) / 4 * 3 : WORD_BYTES;
        str part = take_points(&text, bytes < WORD_BYTES ? bytes : WORD_BYTES);
        put_word(h, str_fmt(h->a, "=?UTF-8?B?%.*s?=", SV(base64_encode(h->a, part))));
    }
}

static void put_text(struct header *h, str text)
{
    if (!is_plain(text)) {
        put_encoded(h, text);
        return;
    }
    while (text.n > 0)
        put_word(h, str_cut(&text, ' '));
}

static bool is_phrase(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!is_atext(s.p[i]) && s.p[i] != ' ')
            return false;
    return true;
}

static str quoted(struct arena *a, str s)
{
    buf b = {.a = a};
    buf_char(&b, '"');
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '"' || s.p[i] == '\\')
            buf_char(&b, '\\');
        buf_char(&b, s.p[i]);
    }
    buf_char(&b, '"');
    return buf_str(&b);
}

static void put_address(struct header *h, const struct mail_address *m, bool more)
{
    str name = one_line(h->a, m->name.p != NULL ? m->name : S(""));
    str comma = more ? S(",") : S("");
    if (name.n == 0) {
        put_word(h, str_join(h->a, m->address, comma));
        return;
    }
    if (is_plain(name) && is_phrase(name))
        put_text(h, name);
    else if (is_plain(name) && name.n <= WORD_MAX)
        put_word(h, quoted(h->a, name));
    else
        put_encoded(h, name);
    put_word(h, str_fmt(h->a, "<%.*s>%.*s", SV(m->address), SV(comma)));
}

static void put_addresses(struct arena *a, buf *b, str name, const struct mail_address *v, size_t n)
{
    struct header h = header_begin(a, b, name);
    for (size_t i = 0; i < n; i++)
        put_address(&h, &v[i], i + 1 < n);
    header_end(&h);
}

static str date_of(struct arena *a, i64 at, const struct zone *z)
{
    static const char days[] = "SunMonTueWedThuFriSat";
    static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    struct civil c = civil_at(at, z);
    int east = zone_offset(z, at), minutes = east < 0 ? -east : east;
    return str_fmt(a, "%.3s, %d %.3s %d %02d:%02d:%02d %c%02d%02d", days + 3 * civil_weekday(c),
                   c.day, months + 3 * (c.month - 1), c.year, c.hour, c.minute, c.second,
                   east < 0 ? '-' : '+', minutes / 60, minutes % 60);
}

/* the body */

/* Every line, whatever ended it, ends in CR LF. */
static str with_crlf(struct arena *a, str text)
{
    buf b = {.a = a};
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        bool ends = c == '\n' || c == '\r';
        if (c == '\r' && i + 1 < text.n && text.p[i + 1] == '\n')
            i++;
        if (ends)
            buf_put(&b, S("\r\n"));
        else
            buf_char(&b, c);
    }
    if (b.n > 0 && b.p[b.n - 1] != '\n')
        buf_put(&b, S("\r\n"));
    return b.n > 0 ? buf_str(&b) : S("");
}

/* Whether it can go as it is: short lines of printable ASCII. */
static bool is_seven_bit(str text)
{
    while (text.n > 0) {
        str line = str_cut(&text, '\n');
        for (size_t i = 0; i + 1 < line.n; i++)
            if ((line.p[i] < ' ' && line.p[i] != '\t') || line.p[i] > '~')
                return false;
        if (line.n > COLUMNS + 1)
            return false;
    }
    return true;
}

static void put_quoted_line(buf *b, str line)
{
    static const char digits[] = "0123456789ABCDEF";
    size_t column = 0;
    for (size_t i = 0; i < line.n; i++) {
        unsigned char c = (unsigned char)line.p[i];
        bool last = i + 1 == line.n;
        bool plain = (c > ' ' && c <= '~' && c != '=') || ((c == ' ' || c == '\t') && !last);
        if (column + (plain ? 1 : 3) > COLUMNS - 1) { /* room for the '=' of a broken line */
            buf_put(b, S("=\r\n"));
            column = 0;
        }
        if (plain)
            buf_char(b, (char)c);
        else
            buf_putf(b, "=%c%c", digits[c >> 4], digits[c & 15]);
        column += plain ? 1 : 3;
    }
    buf_put(b, S("\r\n"));
}

/* RFC 2045, section 6.7 */
static str quoted_printable(struct arena *a, str text)
{
    buf b = {.a = a};
    while (text.n > 0) {
        str line = str_cut(&text, '\n');
        put_quoted_line(&b, str_sub(line, 0, line.n - 1)); /* without the CR */
    }
    return buf_str(&b);
}

static str base64_lines(struct arena *a, str text)
{
    buf b = {.a = a};
    str all = base64_encode(a, text);
    for (; all.n > 0; all = str_from(all, COLUMNS)) {
        buf_put(&b, str_sub(all, 0, COLUMNS));
        buf_put(&b, S("\r\n"));
    }
    return buf_str(&b);
}

static void put_body(struct arena *a, buf *b, str body)
{
    str text = with_crlf(a, body), coded = text, encoding = S("7bit");
    if (!is_seven_bit(text)) {
        str qp = quoted_printable(a, text), digits = base64_lines(a, text);
        bool shorter = qp.n <= digits.n;
        coded = shorter ? qp : digits;
        encoding = shorter ? S("quoted-printable") : S("base64");
    }
    put_header(a, b, S("MIME-Version"), S("1.0"));
    put_header(a, b, S("Content-Type"), S("text/plain; charset=utf-8"));
    put_header(a, b, S("Content-Transfer-Encoding"), encoding);
    buf_put(b, S("\r\n"));
    buf_put(b, coded);
}

/* the whole */

static enum err check(struct arena *a, const struct mail *m, struct problems *ps)
{
    size_t before = ps->n;
    if (!mail_address_is(m->from.address))
        (void)problem(a, ps, S("from"), S("mail_address"));
    for (size_t i = 0; i < m->nto; i++)
        if (!mail_address_is(m->to[i].address))
            (void)problem(a, ps, S("to"), S("mail_address"));
    if (m->nto == 0)
        (void)problem(a, ps, S("to"), S("mail_address"));
    if (!mail_address_is(m->message_id))
        (void)problem(a, ps, S("message_id"), S("mail_id"));
    if (m->in_reply_to.p != NULL && !mail_address_is(m->in_reply_to))
        (void)problem(a, ps, S("in_reply_to"), S("mail_id"));
    return ps->n == before ? OK : E_INVALID;
}

static str in_brackets(struct arena *a, str id)
{
    return str_fmt(a, "<%.*s>", SV(id));
}

enum err mail_write(struct arena *a, const struct mail *m, struct problems *ps, str *out)
{
    TRY(check(a, m, ps));
    buf b = {.a = a};
    put_header(a, &b, S("Date"), date_of(a, m->date, m->zone));
    put_addresses(a, &b, S("From"), &m->from, 1);
    put_addresses(a, &b, S("To"), m->to, m->nto);
    struct header h = header_begin(a, &b, S("Subject"));
    put_text(&h, one_line(a, m->subject));
    header_end(&h);
    put_header(a, &b, S("Message-ID"), in_brackets(a, m->message_id));
    if (m->in_reply_to.p != NULL) {
        put_header(a, &b, S("In-Reply-To"), in_brackets(a, m->in_reply_to));
        put_header(a, &b, S("References"), in_brackets(a, m->in_reply_to));
    }
    if (m->automatic)
        put_header(a, &b, S("Auto-Submitted"), S("auto-generated"));
    if (m->language.p != NULL && is_label(m->language))
        put_header(a, &b, S("Content-Language"), m->language);
    put_body(a, &b, m->body);
    *out = buf_str(&b);
    return OK;
}
