/* json_write.c - the streaming writer: it knows where it stands, and nothing else. */
#include "formats/json.h"

#include "formats/json_scan.h"

static bool in_object(const struct json_out *o)
{
    unsigned at = o->depth - 1;
    return o->depth > 0 && (o->objects[at / 64] >> (at % 64) & 1) != 0;
}

static void put_line(struct json_out *o)
{
    if (!o->pretty)
        return;
    size_t n = 2 * (size_t)o->depth;
    char *p = buf_room(o->b, n + 1);
    *p = '\n';
    memset(p + 1, ' ', n);
    o->b->n += n + 1;
}

/* What stands before an item or a key. */
static void put_before(struct json_out *o)
{
    if (o->more)
        buf_char(o->b, ',');
    if (o->depth > 0)
        put_line(o);
}

static void before_value(struct json_out *o)
{
    must(o->b != NULL);
    if (in_object(o)) {
        must(o->keyed);
    } else {
        must(!o->keyed && (o->depth > 0 || !o->more));
        put_before(o);
    }
    o->keyed = false;
    o->more = true;
}

static void begin(struct json_out *o, char c, bool object)
{
    before_value(o);
    must(o->depth < JSON_DEPTH);
    uint64_t bit = (uint64_t)1 << (o->depth % 64);
    uint64_t *word = &o->objects[o->depth / 64];
    *word = object ? *word | bit : *word & ~bit;
    o->depth++;
    o->more = false;
    buf_char(o->b, c);
}

void json_put_object(struct json_out *o)
{
    begin(o, '{', true);
}

void json_put_array(struct json_out *o)
{
    begin(o, '[', false);
}

void json_put_end(struct json_out *o)
{
    must(o->depth > 0 && !o->keyed);
    bool object = in_object(o);
    o->depth--;
    if (o->more)
        put_line(o);
    buf_char(o->b, object ? '}' : ']');
    o->more = true;
}

bool json_put_done(const struct json_out *o)
{
    return o->depth == 0 && o->more;
}

static void put_escape(buf *b, char c)
{
    static const char hex[] = "0123456789abcdef";
    static const char from[] = "\"\\\b\f\n\r\t", to[] = "\"\\bfnrt";
    const char *hit = memchr(from, c, sizeof from - 1);
    if (hit != NULL) {
        buf_char(b, '\\');
        buf_char(b, to[hit - from]);
    } else {
        buf_put(b, S("\\u00"));
        buf_char(b, hex[(unsigned char)c >> 4]);
        buf_char(b, hex[c & 15]);
    }
}

/* Behind the next escape, and what is plain up to the one after it. */
static const char *put_more(buf *b, const char *p, const char *end)
{
    put_escape(b, *p++);
    const char *stop = json_plain(p, end);
    buf_put(b, (str){p, (size_t)(stop - p)});
    return stop;
}

void json_quote(buf *b, str s)
{
    const char *end = s.p + s.n, *p = json_plain(s.p, end);
    char *to = buf_room(b, s.n + 2);
    size_t plain = (size_t)(p - s.p);
    *to = '"';
    if (plain > 0)
        memcpy(to + 1, s.p, plain);
    b->n += plain + 1;
    while (p < end)
        p = put_more(b, p, end);
    buf_char(b, '"');
}

/* U+2028 and U+2029 end a line in older JavaScript. */
static size_t line_separator(str s, size_t i)
{
    bool is = s.n - i >= 3 && str_has_prefix(str_from(s, i), S("\xE2\x80")) &&
              ((unsigned char)s.p[i + 2] | 1) == 0xA9;
    return is ? 3 : 0;
}

static void quote_html(buf *b, str s)
{
    buf_char(b, '"');
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (c == '<' || c == '>' || c == '&' || (unsigned char)c < 0x20 || c == '"' || c == '\\') {
            put_escape(b, c);
        } else if (line_separator(s, i) > 0) {
            buf_put(b, s.p[i + 2] == '\xA8' ? S("\\u2028") : S("\\u2029"));
            i += 2;
        } else {
            buf_char(b, c);
        }
    }
    buf_char(b, '"');
}

static void put_quoted(struct json_out *o, str s)
{
    if (o->html)
        quote_html(o->b, s);
    else
        json_quote(o->b, s);
}

void json_put_key(struct json_out *o, str key)
{
    must(in_object(o) && !o->keyed);
    put_before(o);
    put_quoted(o, key);
    buf_put(o->b, o->pretty ? S(": ") : S(":"));
    o->keyed = true;
}

void json_put_raw(struct json_out *o, str value)
{
    before_value(o);
    buf_put(o->b, value);
}

void json_put_str(struct json_out *o, str value)
{
    before_value(o);
    if (value.p == NULL)
        buf_put(o->b, S("null"));
    else
        put_quoted(o, value);
}

void json_put_i64(struct json_out *o, i64 value)
{
    before_value(o);
    buf_i64(o->b, value);
}

void json_put_decimal(struct json_out *o, i64 value, unsigned decimals)
{
    char digits[24];
    size_t at = sizeof digits;
    uint64_t u = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    must(decimals <= 18);
    for (unsigned i = 0; u > 0 || i <= decimals; i++, u /= 10) {
        if (i == decimals && i > 0)
            digits[--at] = '.';
        digits[--at] = (char)('0' + u % 10);
    }
    if (value < 0)
        digits[--at] = '-';
    json_put_raw(o, (str){digits + at, sizeof digits - at});
}

void json_put_bool(struct json_out *o, bool value)
{
    json_put_raw(o, value ? S("true") : S("false"));
}

void json_put_null(struct json_out *o)
{
    json_put_raw(o, S("null"));
}

void json_put_member(struct json_out *o, str key, str value)
{
    if (value.p == NULL)
        return;
    json_put_key(o, key);
    json_put_str(o, value);
}

void json_put_member_i64(struct json_out *o, str key, i64 value)
{
    json_put_key(o, key);
    json_put_i64(o, value);
}

void json_put_member_bool(struct json_out *o, str key, bool value)
{
    json_put_key(o, key);
    json_put_bool(o, value);
}

static void put_items(struct json_out *o, const struct json *j)
{
    for (size_t i = 0; i < json_count(j); i++) {
        if (json_is(j, JSON_IS_OBJECT)) {
            json_put_key(o, json_key(j, i));
            json_put_json(o, json_value(j, i));
        } else {
            json_put_json(o, json_at(j, i));
        }
    }
    json_put_end(o);
}

/* Recursive: trees are at most JSON_DEPTH deep. */
void json_put_json(struct json_out *o, const struct json *j)
{
    switch ((enum json_kind)j->kind) {
    case JSON_IS_NULL: json_put_null(o); break;
    case JSON_IS_FALSE: json_put_bool(o, false); break;
    case JSON_IS_TRUE: json_put_bool(o, true); break;
    case JSON_IS_INT:
    case JSON_IS_REAL: json_put_raw(o, json_number(j)); break;
    case JSON_IS_STRING: json_put_str(o, json_text(j)); break;
    case JSON_IS_ARRAY: json_put_array(o), put_items(o, j); break;
    case JSON_IS_OBJECT: json_put_object(o), put_items(o, j); break;
    }
}
