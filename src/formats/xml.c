/* xml.c - see xml.h. */
#include "formats/xml.h"

#include "base/utf8.h"

#include <string.h>

bool xml_is_name(str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
        if (!letter && (i == 0 || c == '\0' || strchr("0123456789-.:", c) == NULL))
            return false;
    }
    return s.n > 0;
}

/* What an ASCII character is written as; absent: itself. */
static str escaped(uint32_t c)
{
    switch (c) {
    case '&': return S("&amp;");
    case '<': return S("&lt;");
    case '>': return S("&gt;");
    case '"': return S("&quot;");
    case '\'': return S("&#39;");
    case '\r': return S("&#13;"); /* a reader would turn it into a newline */
    case '\n':
    case '\t': return NO_STR;
    default: return c < 0x20 ? S("\xEF\xBF\xBD") : NO_STR;
    }
}

/* How many bytes from there on are written as they are.  Others are control characters but for
 * the tab and the newline, "&'<>, and what begins U+FFFE and U+FFFF. */
static size_t plain_run(str s, size_t at)
{
    static const uint64_t odd[2] = {0x500000C4FFFFF9FF, 0};
    size_t n = 0;
    for (; at + n < s.n; n++) {
        unsigned char c = (unsigned char)s.p[at + n];
        if (c < 0x80 ? (odd[c >> 6] >> (c & 63) & 1) != 0 : c == 0xEF)
            break;
    }
    return n;
}

void xml_escape(buf *b, str text)
{
    for (size_t at = 0; at < text.n;) {
        size_t n = plain_run(text, at), from = at + n;
        buf_put(b, str_sub(text, at, n));
        at = from;
        if (at == text.n)
            break;
        uint32_t c = utf8_next(text, &at);
        str e = c < 0x80 ? escaped(c) : c == 0xFFFE || c == 0xFFFF ? S("\xEF\xBF\xBD") : NO_STR;
        buf_put(b, e.p != NULL ? e : str_sub(text, from, at - from));
    }
}

void xml_declaration(struct xml_out *o)
{
    must(o->depth == 0);
    buf_put(o->b, S("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"));
}

static void close_tag(struct xml_out *o)
{
    if (o->tag)
        buf_char(o->b, '>');
    o->tag = false;
}

static void put_line(struct xml_out *o)
{
    buf_char(o->b, '\n');
    for (unsigned i = 0; i < o->depth; i++)
        buf_put(o->b, S("  "));
}

void xml_begin(struct xml_out *o, str name)
{
    must(o->depth < XML_DEPTH && xml_is_name(name));
    close_tag(o);
    if (o->depth > 0) {
        o->open[o->depth - 1].elements = true;
        if (!o->open[o->depth - 1].text)
            put_line(o);
    }
    o->open[o->depth].name = name;
    o->open[o->depth].text = o->open[o->depth].elements = false;
    o->depth++;
    o->tag = true;
    buf_char(o->b, '<');
    buf_put(o->b, name);
}

void xml_attr(struct xml_out *o, str name, str value)
{
    must(o->tag && xml_is_name(name));
    if (value.p == NULL)
        return;
    buf_char(o->b, ' ');
    buf_put(o->b, name);
    buf_put(o->b, S("=\""));
    for (str rest = value; rest.n > 0;) { /* a reader would turn these into spaces */
        size_t n = 0;
        while (n < rest.n && rest.p[n] != '\n' && rest.p[n] != '\t')
            n++;
        xml_escape(o->b, str_sub(rest, 0, n));
        if (n < rest.n)
            buf_put(o->b, rest.p[n] == '\n' ? S("&#10;") : S("&#9;"));
        rest = str_from(rest, n + 1);
    }
    buf_char(o->b, '"');
}

size_t xml_at(struct xml_out *o)
{
    close_tag(o);
    return o->b->n;
}

void xml_again(struct xml_out *o, str children)
{
    must(o->depth > 0 && !o->open[o->depth - 1].text);
    close_tag(o);
    o->open[o->depth - 1].elements = true;
    buf_put(o->b, children);
}

void xml_text(struct xml_out *o, str text)
{
    must(o->depth > 0);
    if (text.n == 0)
        return;
    close_tag(o);
    o->open[o->depth - 1].text = true;
    xml_escape(o->b, text);
}

void xml_end(struct xml_out *o)
{
    must(o->depth > 0);
    o->depth--;
    if (o->tag) {
        buf_put(o->b, S("/>"));
        o->tag = false;
    } else {
        if (o->open[o->depth].elements && !o->open[o->depth].text)
            put_line(o);
        buf_put(o->b, S("</"));
        buf_put(o->b, o->open[o->depth].name);
        buf_char(o->b, '>');
    }
    if (o->depth == 0)
        buf_char(o->b, '\n');
}

void xml_element(struct xml_out *o, str name, str text)
{
    if (text.p == NULL)
        return;
    xml_begin(o, name);
    xml_text(o, text);
    xml_end(o);
}
