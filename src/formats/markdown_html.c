/* markdown_html.c - Markdown as markup from a closed list of elements. */
#include "formats/markdown_own.h"

#include "base/utf8.h"
#include "base/vec.h"

struct heading {
    size_t at; /* of the digit in a tag */
    unsigned level;
};

struct span {
    MD_SPANTYPE type;
    bool shown;
};

struct render {
    struct arena *a;
    buf b;
    unsigned depth; /* blocks that are open, shown or not */
    unsigned muted; /* the depth from which on none is shown; 0: all are */
    struct span spans[MARKDOWN_DEPTH];
    unsigned nspans; /* that are open in this block; deeper ones are not kept */
    unsigned images; /* inside so many: text only */
    bool linked;     /* inside a link that is shown */
    bool soft;       /* a line break waits for what comes behind it */
    uint32_t last;   /* the last character of text */
    struct {
        VEC(struct heading)
    } headings;
};

static void put_escaped(buf *b, str s)
{
    for (size_t i = 0; i < s.n; i++) {
        switch (s.p[i]) {
        case '&': buf_put(b, S("&amp;")); break;
        case '<': buf_put(b, S("&lt;")); break;
        case '>': buf_put(b, S("&gt;")); break;
        case '"': buf_put(b, S("&quot;")); break;
        default: buf_char(b, s.p[i]);
        }
    }
}

static void end_line(struct render *r, uint32_t next)
{
    bool joined = markdown_is_wide(r->last) && (next == 0 || markdown_is_wide(next));
    if (r->soft && !joined)
        buf_char(&r->b, '\n');
    r->soft = false;
}

static void pop_span(struct render *r)
{
    const struct span *top = &r->spans[--r->nspans];
    r->images -= top->type == MD_SPAN_IMG;
    if (!top->shown)
        return;
    if (top->type == MD_SPAN_EM)
        buf_put(&r->b, S("</em>"));
    else if (top->type == MD_SPAN_STRONG)
        buf_put(&r->b, S("</strong>"));
    else if (top->type == MD_SPAN_CODE)
        buf_put(&r->b, S("</code>"));
    else if (top->type == MD_SPAN_A)
        buf_put(&r->b, S("</a>"));
    r->linked = r->linked && top->type != MD_SPAN_A;
}

/* md4c 0.4.8 forgets the end of some spans that cross. */
static void end_spans(struct render *r)
{
    end_line(r, 0);
    while (r->nspans > 0)
        pop_span(r);
}

/* Whether the block that begins now is shown.  `needs` counts the levels that it needs itself
 * to hold text: a list is nothing without its items. */
static bool begin(struct render *r, unsigned needs)
{
    end_spans(r);
    if (r->muted == 0 && r->depth + needs > MARKDOWN_DEPTH)
        r->muted = r->depth + 1;
    r->depth++;
    return r->muted == 0;
}

static bool end(struct render *r)
{
    bool shown = r->muted == 0;
    end_spans(r);
    if (r->muted == r->depth)
        r->muted = 0;
    r->depth--;
    return shown;
}

/* h0 for now: which level it becomes is known when all headings are. */
static void put_heading(struct render *r, str tag, unsigned level)
{
    buf_put(&r->b, tag);
    *PUSH(r->a, &r->headings) = (struct heading){r->b.n, level};
    buf_put(&r->b, S("0>"));
}

static void put_cell(struct render *r, str tag, const void *detail)
{
    MD_ALIGN align = ((const MD_BLOCK_TD_DETAIL *)detail)->align;
    buf_put(&r->b, tag);
    if (align == MD_ALIGN_RIGHT)
        buf_put(&r->b, S(" class=\"right\""));
    if (align == MD_ALIGN_CENTER)
        buf_put(&r->b, S(" class=\"center\""));
    buf_char(&r->b, '>');
}

/* On a line of its own, also behind an item's text. */
static void put_list(struct render *r, str tag)
{
    if (r->b.n > 0 && r->b.p[r->b.n - 1] != '\n')
        buf_char(&r->b, '\n');
    buf_put(&r->b, tag);
}

static void put_ordered(struct render *r, const void *detail)
{
    unsigned start = ((const MD_BLOCK_OL_DETAIL *)detail)->start;
    if (start == 1)
        put_list(r, S("<ol>\n"));
    else
        put_list(r, str_fmt(r->a, "<ol start=\"%u\">\n", start));
}

static unsigned levels_of(MD_BLOCKTYPE type)
{
    if (type == MD_BLOCK_TABLE)
        return 4;
    return type == MD_BLOCK_UL || type == MD_BLOCK_OL || type == MD_BLOCK_CODE ? 2 : 1;
}

static void enter(void *self, MD_BLOCKTYPE type, const void *detail)
{
    struct render *r = self;
    if (type == MD_BLOCK_DOC || !begin(r, levels_of(type)))
        return;
    switch (type) {
    case MD_BLOCK_QUOTE: buf_put(&r->b, S("<blockquote>\n")); break;
    case MD_BLOCK_UL: put_list(r, S("<ul>\n")); break;
    case MD_BLOCK_OL: put_ordered(r, detail); break;
    case MD_BLOCK_LI: buf_put(&r->b, S("<li>")); break;
    case MD_BLOCK_HR: buf_put(&r->b, S("<hr>\n")); break;
    case MD_BLOCK_H: put_heading(r, S("<h"), ((const MD_BLOCK_H_DETAIL *)detail)->level); break;
    case MD_BLOCK_CODE: buf_put(&r->b, S("<pre><code>")); break;
    case MD_BLOCK_P: buf_put(&r->b, S("<p>")); break;
    case MD_BLOCK_TABLE: buf_put(&r->b, S("<table>\n")); break;
    case MD_BLOCK_THEAD: buf_put(&r->b, S("<thead>\n")); break;
    case MD_BLOCK_TBODY: buf_put(&r->b, S("<tbody>\n")); break;
    case MD_BLOCK_TR: buf_put(&r->b, S("<tr>")); break;
    case MD_BLOCK_TH: put_cell(r, S("<th scope=\"col\""), detail); break;
    case MD_BLOCK_TD: put_cell(r, S("<td"), detail); break;
    case MD_BLOCK_DOC:
    case MD_BLOCK_HTML: break;
    }
}

static void leave(void *self, MD_BLOCKTYPE type)
{
    struct render *r = self;
    if (type == MD_BLOCK_DOC)
        return;
    if (!end(r)) {
        buf_char(&r->b, '\n');
        return;
    }
    r->last = 0;
    switch (type) {
    case MD_BLOCK_QUOTE: buf_put(&r->b, S("</blockquote>\n")); break;
    case MD_BLOCK_UL: buf_put(&r->b, S("</ul>\n")); break;
    case MD_BLOCK_OL: buf_put(&r->b, S("</ol>\n")); break;
    case MD_BLOCK_LI: buf_put(&r->b, S("</li>\n")); break;
    case MD_BLOCK_H:
        put_heading(r, S("</h"), r->headings.v[r->headings.n - 1].level);
        buf_char(&r->b, '\n');
        break;
    case MD_BLOCK_CODE: buf_put(&r->b, S("</code></pre>\n")); break;
    case MD_BLOCK_P: buf_put(&r->b, S("</p>\n")); break;
    case MD_BLOCK_TABLE: buf_put(&r->b, S("</table>\n")); break;
    case MD_BLOCK_THEAD: buf_put(&r->b, S("</thead>\n")); break;
    case MD_BLOCK_TBODY: buf_put(&r->b, S("</tbody>\n")); break;
    case MD_BLOCK_TR: buf_put(&r->b, S("</tr>\n")); break;
    case MD_BLOCK_TH: buf_put(&r->b, S("</th>")); break;
    case MD_BLOCK_TD: buf_put(&r->b, S("</td>")); break;
    case MD_BLOCK_DOC:
    case MD_BLOCK_HR:
    case MD_BLOCK_HTML: break;
    }
}

static void open_link(struct render *r, str address)
{
    buf_put(&r->b, S("<a href=\""));
    put_escaped(&r->b, address);
    buf_put(&r->b, S("\" rel=\"nofollow noopener\">"));
}

static bool begin_link(struct render *r, const MD_SPAN_A_DETAIL *detail)
{
    str address = markdown_address(r->a, markdown_attribute(r->a, &detail->href));
    if (address.p == NULL || r->linked)
        return false;
    open_link(r, address);
    r->linked = true;
    return true;
}

static void open_span(void *self, MD_SPANTYPE type, const void *detail)
{
    struct render *r = self;
    end_line(r, 0);
    if (r->nspans == COUNT(r->spans))
        return;
    struct span *top = &r->spans[r->nspans++];
    *top = (struct span){.type = type};
    top->shown = r->muted == 0 && r->images == 0 && r->depth + r->nspans <= MARKDOWN_DEPTH;
    r->images += type == MD_SPAN_IMG;
    if (!top->shown)
        return;
    if (type == MD_SPAN_EM)
        buf_put(&r->b, S("<em>"));
    else if (type == MD_SPAN_STRONG)
        buf_put(&r->b, S("<strong>"));
    else if (type == MD_SPAN_CODE)
        buf_put(&r->b, S("<code>"));
    else if (type == MD_SPAN_A)
        top->shown = begin_link(r, detail);
}

/* The innermost of that type, and what is still open inside it. */
static void close_span(void *self, MD_SPANTYPE type)
{
    struct render *r = self;
    unsigned at = r->nspans;
    end_line(r, 0);
    while (at > 0 && r->spans[at - 1].type != type)
        at--;
    while (at > 0 && r->nspans >= at)
        pop_span(r);
}

/* Text with its bare addresses as links, where a link may stand. */
static void put_text(struct render *r, str s)
{
    size_t at, n;
    bool may =
        r->muted == 0 && r->images == 0 && !r->linked && r->depth + r->nspans < MARKDOWN_DEPTH;
    while (may && markdown_find_address(s, &at, &n)) {
        put_escaped(&r->b, str_sub(s, 0, at));
        open_link(r, markdown_address(r->a, str_sub(s, at, n)));
        put_escaped(&r->b, str_sub(s, at, n));
        buf_put(&r->b, S("</a>"));
        s = str_from(s, at + n);
    }
    put_escaped(&r->b, s);
}

static uint32_t first_of(str s)
{
    size_t at = 0;
    return utf8_next(s, &at);
}

static uint32_t last_of(str s)
{
    size_t at = s.n - 1;
    while (at > 0 && ((unsigned char)s.p[at] & 0xC0) == 0x80)
        at--;
    return utf8_next(s, &at);
}

static void text(void *self, MD_TEXTTYPE type, str s)
{
    struct render *r = self;
    if (type == MD_TEXT_SOFTBR) {
        r->soft = true;
    } else if (type == MD_TEXT_BR) {
        end_line(r, 0);
        r->last = 0;
        buf_put(&r->b, r->muted == 0 && r->images == 0 ? S("<br>\n") : S("\n"));
    } else if (s.n > 0) {
        end_line(r, first_of(s));
        if (type == MD_TEXT_NORMAL)
            put_text(r, s);
        else
            put_escaped(&r->b, s);
        r->last = last_of(s);
    }
}

/* The levels that are used become h3, h4, …, in their order. */
static void set_levels(struct render *r)
{
    unsigned used = 0;
    for (size_t i = 0; i < r->headings.n; i++)
        used |= 1u << r->headings.v[i].level;
    for (size_t i = 0; i < r->headings.n; i++) {
        const struct heading *h = &r->headings.v[i];
        int above = __builtin_popcount(used & ((1u << h->level) - 1));
        r->b.p[h->at] = (char)('0' + (above < 3 ? above + 3 : 6));
    }
}

static str as_written(struct arena *a, str s)
{
    buf b = {.a = a};
    buf_put(&b, S("<pre>"));
    put_escaped(&b, s);
    buf_put(&b, S("</pre>\n"));
    return buf_str(&b);
}

str markdown_html(struct arena *a, str s)
{
    struct render r = {.a = a, .b = {.a = a}};
    struct markdown_renderer to = {
        .enter = enter,
        .leave = leave,
        .open = open_span,
        .close = close_span,
        .text = text,
        .self = &r,
        .out = &r.b,
    };
    if (!markdown_walk(a, s, &to))
        return as_written(a, s);
    set_levels(&r);
    return buf_str(&r.b);
}
