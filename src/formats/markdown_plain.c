/* markdown_plain.c - Markdown as a text to be read as it is. */
#include "formats/markdown_own.h"

#include "base/utf8.h"

enum gap { NONE, LINE, EMPTY_LINE };

struct frame {
    bool quote;
    bool tight;      /* a list: its items follow each other without an empty line */
    bool marked;     /* the first line of the item was begun */
    unsigned next;   /* number of the item; 0: it has none */
    unsigned indent; /* of the item's further lines */
};

struct render {
    struct arena *a;
    buf b;
    struct frame frames[MARKDOWN_DEPTH];
    unsigned depth; /* lists and quotes that are open; deeper ones leave no trace */
    unsigned images;
    unsigned cells; /* of this row so far */
    enum gap gap;   /* due before what comes next */
    bool begun;     /* something stands on this line */
    bool soft;      /* a line break in the source waits for what comes behind it */
    uint32_t last;
    str address; /* of the link that is open; absent: none to be told */
    size_t link; /* where its text began */
};

static struct frame *innermost(struct render *r)
{
    return r->depth > 0 && r->depth <= MARKDOWN_DEPTH ? &r->frames[r->depth - 1] : NULL;
}

static void put_marker(struct render *r, struct frame *f)
{
    size_t from = r->b.n;
    if (f->next == 0)
        buf_put(&r->b, S("- "));
    else
        buf_putf(&r->b, "%u. ", f->next++);
    f->indent = (unsigned)(r->b.n - from);
    f->marked = true;
}

static void put_prefix(struct render *r)
{
    for (unsigned i = 0; i < r->depth && i < MARKDOWN_DEPTH; i++) {
        struct frame *f = &r->frames[i];
        if (f->quote)
            buf_put(&r->b, S("> "));
        else if (!f->marked)
            put_marker(r, f);
        else
            for (unsigned n = 0; n < f->indent; n++)
                buf_char(&r->b, ' ');
    }
}

static void end_line(struct render *r)
{
    while (r->b.n > 0 && r->b.p[r->b.n - 1] == ' ')
        r->b.n--;
    buf_char(&r->b, '\n');
    r->begun = false;
    r->soft = false;
    r->last = 0;
}

static void close_gap(struct render *r)
{
    if (r->begun && r->gap != NONE)
        end_line(r);
    if (r->gap == EMPTY_LINE && r->b.n > 0) {
        struct frame *f = innermost(r);
        if (f == NULL || f->quote || f->marked) /* else the marker would stand on this line */
            put_prefix(r);
        end_line(r);
    }
    r->gap = NONE;
}

static void put(struct render *r, str s)
{
    close_gap(r);
    if (!r->begun)
        put_prefix(r);
    r->begun = true;
    buf_put(&r->b, s);
}

static void push(struct render *r, struct frame f)
{
    if (r->depth < MARKDOWN_DEPTH)
        r->frames[r->depth] = f;
    r->depth++;
}

static void begin_item(struct render *r)
{
    struct frame *f = innermost(r);
    close_gap(r);
    if (f != NULL)
        f->marked = false;
}

static void begin_list(struct render *r, unsigned next, bool tight)
{
    struct frame *f = innermost(r);
    if (r->begun && f != NULL && f->tight)
        r->gap = LINE;
    close_gap(r);
    push(r, (struct frame){.tight = tight, .marked = true, .next = next});
}

static void begin_ordered(struct render *r, const MD_BLOCK_OL_DETAIL *detail)
{
    begin_list(r, detail->start > 0 ? detail->start : 1, detail->is_tight != 0);
}

static void enter(void *self, MD_BLOCKTYPE type, const void *detail)
{
    struct render *r = self;
    switch (type) {
    case MD_BLOCK_QUOTE:
        close_gap(r);
        push(r, (struct frame){.quote = true});
        break;
    case MD_BLOCK_UL: begin_list(r, 0, ((const MD_BLOCK_UL_DETAIL *)detail)->is_tight != 0); break;
    case MD_BLOCK_OL: begin_ordered(r, detail); break;
    case MD_BLOCK_LI: begin_item(r); break;
    case MD_BLOCK_HR: put(r, S("----")); break;
    case MD_BLOCK_TR: r->cells = 0; break;
    case MD_BLOCK_TH:
    case MD_BLOCK_TD: put(r, r->cells++ > 0 ? S(" | ") : S("")); break;
    case MD_BLOCK_DOC:
    case MD_BLOCK_H:
    case MD_BLOCK_CODE:
    case MD_BLOCK_HTML:
    case MD_BLOCK_P:
    case MD_BLOCK_TABLE:
    case MD_BLOCK_THEAD:
    case MD_BLOCK_TBODY: break;
    }
}

static void end_item(struct render *r)
{
    struct frame *f = innermost(r);
    if (f != NULL && !f->marked) /* an empty item */
        put(r, S(""));
    r->gap = f != NULL && f->tight ? LINE : EMPTY_LINE;
}

static void leave(void *self, MD_BLOCKTYPE type)
{
    struct render *r = self;
    bool nested = type == MD_BLOCK_QUOTE || type == MD_BLOCK_UL || type == MD_BLOCK_OL;
    r->depth -= nested;
    r->images = 0; /* md4c 0.4.8 forgets the end of some spans that cross */
    r->address = NO_STR;
    if (type == MD_BLOCK_LI)
        end_item(r);
    else if (type == MD_BLOCK_TR)
        r->gap = LINE;
    else if (type != MD_BLOCK_TH && type != MD_BLOCK_TD && type != MD_BLOCK_THEAD)
        r->gap = EMPTY_LINE;
}

static void open_span(void *self, MD_SPANTYPE type, const void *detail)
{
    struct render *r = self;
    r->images += type == MD_SPAN_IMG;
    if (type != MD_SPAN_A || r->images > 0)
        return;
    put(r, r->soft && !markdown_is_wide(r->last) ? S(" ") : S(""));
    r->soft = false;
    const MD_ATTRIBUTE *href = &((const MD_SPAN_A_DETAIL *)detail)->href;
    r->address = markdown_address(r->a, markdown_attribute(r->a, href));
    r->link = r->b.n;
}

static void close_span(void *self, MD_SPANTYPE type)
{
    struct render *r = self;
    r->images -= type == MD_SPAN_IMG && r->images > 0;
    if (type != MD_SPAN_A || r->images > 0 || r->address.p == NULL)
        return;
    str shown = str_from(buf_str(&r->b), r->link), address = r->address;
    if (str_eq(address, str_join(r->a, S("mailto:"), shown)) || str_eq(address, shown))
        address = S("");
    if (address.n > 0) {
        put(r, S(" ("));
        put(r, address);
        put(r, S(")"));
    }
    r->address = NO_STR;
}

static void put_lines(struct render *r, str s)
{
    while (s.n > 0) {
        bool ends = str_find_char(s, '\n') >= 0;
        put(r, str_cut(&s, '\n'));
        if (ends)
            end_line(r);
    }
}

static void text(void *self, MD_TEXTTYPE type, str s)
{
    struct render *r = self;
    size_t first = 0, last = s.n;
    if (type == MD_TEXT_BR && r->begun)
        end_line(r);
    if (type == MD_TEXT_SOFTBR)
        r->soft = true;
    if (type == MD_TEXT_BR || type == MD_TEXT_SOFTBR || s.n == 0)
        return;
    if (r->soft && !(markdown_is_wide(r->last) && markdown_is_wide(utf8_next(s, &first))))
        put(r, S(" "));
    r->soft = false;
    put_lines(r, s);
    while (last > 1 && ((unsigned char)s.p[last - 1] & 0xC0) == 0x80)
        last--;
    last--;
    r->last = utf8_next(s, &last);
}

str markdown_plain(struct arena *a, str s)
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
        return s.p ? s : S("");
    if (r.begun)
        end_line(&r);
    return buf_str(&r.b);
}
