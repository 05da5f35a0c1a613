/* tplgen_html.c - follows the literal HTML of a template, token by token.
 *
 * Stricter than a browser: elements are closed by their own end tags, values stand in double
 * quotes, and what the content security policy would block is refused here. */
#include "tplgen.h"

#include "base/utf8.h"

static bool in_svg(const struct tpl *t)
{
    for (size_t i = t->elements.n; i-- > 0;) {
        if (str_eq(t->elements.v[i].name, S("foreignObject")))
            return false;
        if (str_eq(t->elements.v[i].name, S("svg")))
            return true;
    }
    return false;
}

/* Flags of the innermost open element. */
static unsigned top_flags(const struct tpl *t)
{
    unsigned flags = 0;
    if (t->elements.n > 0 && !in_svg(t))
        (void)element_find(t->elements.v[t->elements.n - 1].name, &flags);
    return flags;
}

static bool is_verbatim(const struct tpl *t)
{
    for (size_t i = 0; i < t->elements.n; i++) {
        unsigned flags;
        if (element_find(t->elements.v[i].name, &flags) && (flags & EL_VERBATIM) != 0)
            return true;
    }
    return false;
}

bool is_plain(const struct tpl *t)
{
    return (top_flags(t) & EL_PLAIN) != 0;
}

static bool is_code(const struct tpl *t)
{
    return t->elements.n > 0 && t->elements.v[t->elements.n - 1].code;
}

static void eat(struct tpl *t, size_t n)
{
    t->rest = str_from(t->rest, n);
}

/* Letters of a language; digits, signs and drawings need no translation. */
static bool is_language(uint32_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0x24F) ||
           (c >= 0x3041 && c <= 0x30FF) || (c >= 0x3400 && c <= 0x9FFF) ||
           (c >= 0xF900 && c <= 0xFAFF);
}

/* One character of text or of a value; `read` when people read it. */
static str cut_character(struct tpl *t, bool read)
{
    size_t n = 0;
    uint32_t c = utf8_next(t->rest, &n);
    str s = str_sub(t->rest, 0, n);
    if (read && is_language(c))
        gen_die(t->src, s.p,
                "words belong into po/: {@ key @}, or translate=\"no\" on the element");
    eat(t, n);
    return s;
}

/* &name; or &#123; */
static void reference(struct tpl *t)
{
    size_t n = 1;
    if (n < t->rest.n && t->rest.p[n] == '#')
        n++;
    size_t begin = n;
    while (n < t->rest.n && (gen_is_letter(t->rest.p[n]) || gen_is_digit(t->rest.p[n])))
        n++;
    if (n == begin || n == t->rest.n || t->rest.p[n] != ';')
        gen_die(t->src, t->rest.p, "write &amp; for an ampersand");
    lit_put(t, str_sub(t->rest, 0, n + 1));
    eat(t, n + 1);
}

/* ---- tags ---- */

static void check_open(const struct tpl *t, str name, unsigned flags)
{
    const char *at = t->tag.at;
    if (t->elements.n > 0) {
        str parent = t->elements.v[t->elements.n - 1].name;
        if (!element_may_stand_in(name, parent))
            gen_die(t->src, at, "<%.*s> cannot stand in <%.*s>", SV(name), SV(parent));
    }
    for (size_t i = t->elements.n; (flags & EL_NO_SELF) != 0 && i-- > 0;)
        if (str_eq(t->elements.v[i].name, name))
            gen_die(t->src, at, "<%.*s> cannot stand inside <%.*s>", SV(name), SV(name));
    for (size_t i = t->elements.n; (flags & EL_BLOCK) != 0 && i-- > 0;) {
        str open = t->elements.v[i].name;
        if (str_eq(open, S("p")))
            gen_die(t->src, at, "<%.*s> cannot stand inside <p>: a browser would end the p here",
                    SV(name));
        if (str_eq(open, S("button")) || str_eq(open, S("td")) || str_eq(open, S("th")) ||
            str_eq(open, S("caption")) || str_eq(open, S("template")))
            break;
    }
}

static void open_tag(struct tpl *t)
{
    struct tag tag = {.at = t->rest.p};
    unsigned flags = 0;
    size_t n = 1;
    while (n < t->rest.n && (gen_is_letter(t->rest.p[n]) || gen_is_digit(t->rest.p[n])))
        n++;
    tag.name = str_sub(t->rest, 1, n - 1);
    t->tag = tag;
    if (!in_svg(t)) {
        if (!element_find(tag.name, &flags))
            gen_die(t->src, tag.at, "<%.*s> is no element that we know (tools/tplgen_names.c)",
                    SV(tag.name));
        if ((flags & EL_FORBIDDEN) != 0)
            gen_die(t->src, tag.at, "<%.*s> is not used here", SV(tag.name));
        check_open(t, tag.name, flags);
    } else if (str_eq_nocase(tag.name, S("script")) || str_eq_nocase(tag.name, S("style"))) {
        gen_die(t->src, tag.at, "no <%.*s> inside svg", SV(tag.name));
    }
    t->tag.code = is_code(t) || (flags & EL_CODE) != 0;
    lit_put(t, str_sub(t->rest, 0, n));
    eat(t, n);
    t->where = IN_TAG;
}

static void close_tag(struct tpl *t)
{
    const char *at = t->rest.p;
    str name = gen_word(str_from(t->rest, 2));
    size_t n = name.n + 2;
    if (n >= t->rest.n || t->rest.p[n] != '>')
        gen_die(t->src, at, "an end tag is written </name>");
    size_t floor = t->blocks.n > 0 ? t->blocks.v[t->blocks.n - 1].depth : 0;
    if (t->elements.n == floor && floor > 0)
        gen_die(t->src, at, "</%.*s> closes what was opened outside of this block", SV(name));
    if (t->elements.n == 0)
        gen_die(t->src, at, "</%.*s> closes nothing", SV(name));
    str open = t->elements.v[t->elements.n - 1].name;
    if (!str_eq(open, name))
        gen_die(t->src, at, "</%.*s> where </%.*s> is due", SV(name), SV(open));
    t->elements.n--;
    lit_put(t, str_sub(t->rest, 0, n + 1));
    eat(t, n + 1);
}

/* A browser drops one newline after <pre> and <textarea>; one that is data must stay. */
static void keep_first_newline(struct tpl *t, unsigned flags)
{
    if ((flags & EL_VERBATIM) != 0 && str_has_prefix(t->rest, S("{")))
        lit_put(t, S("\n"));
}

static void tag_ends(struct tpl *t, bool closes_itself)
{
    unsigned flags = 0;
    bool svg = in_svg(t);
    if (!svg)
        (void)element_find(t->tag.name, &flags);
    if (closes_itself && !svg && (flags & EL_VOID) == 0)
        gen_die(t->src, t->tag.at, "<%.*s/> does not close itself in HTML", SV(t->tag.name));
    if (str_eq(t->tag.name, S("script")) && !t->tag.has_src)
        gen_die(t->src, t->tag.at, "no inline script: the content security policy blocks it");
    lit_put(t, closes_itself ? S("/>") : S(">"));
    eat(t, closes_itself ? 2 : 1);
    t->where = IN_TEXT;
    if (closes_itself || (flags & EL_VOID) != 0)
        return;
    *PUSH(gen_arena(), &t->elements) = (struct element){t->tag.name, t->tag.code};
    keep_first_newline(t, flags);
    if (str_eq(t->tag.name, S("script")) && !str_has_prefix(t->rest, S("</script>")))
        gen_die(t->src, t->rest.p, "no inline script: </script> must follow at once");
}

/* ---- attributes ---- */

static bool is_attr_char(char c)
{
    return gen_is_letter(c) || gen_is_digit(c) || c == '-' || c == ':' || c == '.';
}

static void check_attr_name(struct tpl *t, str name)
{
    for (size_t i = 0; i < t->tag.attrs.n; i++)
        if (str_eq_nocase(t->tag.attrs.v[i], name))
            gen_die(t->src, name.p, "%.*s is there twice", SV(name));
    if (!in_svg(t) && !str_eq(t->tag.name, S("svg")))
        for (size_t i = 0; i < name.n; i++)
            if (name.p[i] >= 'A' && name.p[i] <= 'Z')
                gen_die(t->src, name.p, "attributes are written in lower case");
    *PUSH(gen_arena(), &t->tag.attrs) = name;
    t->tag.has_src |= str_eq(name, S("src"));
    t->tag.has_name |= str_eq(name, S("name")) || str_eq(name, S("property"));
    t->tag.has_http_equiv |= str_eq(name, S("http-equiv"));
}

static void attribute(struct tpl *t)
{
    size_t n = 0;
    while (n < t->rest.n && is_attr_char(t->rest.p[n]))
        n++;
    str name = str_sub(t->rest, 0, n);
    if (n == 0)
        gen_die(t->src, t->rest.p, "this character cannot stand in a tag");
    check_attr_name(t, name);
    t->attr = (struct attr){
        .name = name, .kind = attr_kind(t->tag.name, name), .literal = {.a = gen_arena()}};
    t->attr.words = attr_is_read(name) && !t->tag.code;
    if (t->attr.kind == ATTR_FORBIDDEN)
        gen_die(t->src, name.p, "%.*s=: the content security policy blocks it", SV(name));
    lit_put(t, S(" "));
    lit_put(t, name);
    eat(t, n);
    if (!str_has_prefix(t->rest, S("=")))
        return;
    if (!str_has_prefix(t->rest, S("=\"")))
        gen_die(t->src, name.p, "a value is written %.*s=\"…\"", SV(name));
    lit_put(t, S("=\""));
    eat(t, 2);
    t->where = IN_VALUE;
}

static void in_tag(struct tpl *t)
{
    char c = t->rest.p[0];
    if (gen_is_space(c))
        eat(t, 1);
    else if (c == '>' || str_has_prefix(t->rest, S("/>")))
        tag_ends(t, c == '/');
    else
        attribute(t);
    if (t->where == IN_TAG && t->rest.n > 0 && is_attr_char(t->rest.p[0]) && !gen_is_space(c))
        gen_die(t->src, t->rest.p, "white space is missing before this attribute");
}

static void check_literal_url(const struct tpl *t)
{
    static const str bad[] = {S_INIT("javascript:"), S_INIT("vbscript:"), S_INIT("data:")};
    str v = str_trim(buf_str(&t->attr.literal));
    for (size_t i = 0; i < COUNT(bad); i++)
        if (str_eq_nocase(str_sub(v, 0, bad[i].n), bad[i]))
            gen_die(t->src, t->attr.name.p, "%.*s is no address for a page", SV(bad[i]));
}

[[gnu::noreturn]] static void bad_url(const struct tpl *t, const char *at)
{
    gen_die(t->src, at, "%.*s takes one {{ url }} and nothing else, or # and one {{ str }}",
            SV(t->attr.name));
}

static void value_ends(struct tpl *t)
{
    str literal = buf_str(&t->attr.literal);
    if (t->attr.kind == ATTR_URL)
        check_literal_url(t);
    if (str_eq(t->attr.name, S("translate")) && str_eq(literal, S("no")))
        t->tag.code = true;
    lit_put(t, S("\""));
    eat(t, 1);
    t->where = IN_TAG;
    if (t->rest.n > 0 && is_attr_char(t->rest.p[0]))
        gen_die(t->src, t->rest.p, "white space is missing before this attribute");
}

void attr_check_dynamic(struct tpl *t, const char *at)
{
    struct attr *a = &t->attr;
    str literal = buf_str(&a->literal);
    a->dynamics++;
    if (a->kind == ATTR_META && t->tag.has_name && !t->tag.has_http_equiv)
        return;
    if (a->kind == ATTR_LITERAL || a->kind == ATTR_META)
        gen_die(t->src, at, "%.*s= of <%.*s> cannot be dynamic (tools/tplgen_names.c)", SV(a->name),
                SV(t->tag.name));
    if (a->kind == ATTR_URL && (a->dynamics > 1 || (literal.n > 0 && !str_eq(literal, S("#")))))
        bad_url(t, at);
}

static void in_value(struct tpl *t)
{
    char c = t->rest.p[0];
    if (c == '"') {
        value_ends(t);
        return;
    }
    if (t->attr.kind == ATTR_URL && t->attr.dynamics > 0)
        bad_url(t, t->rest.p);
    buf_char(&t->attr.literal, c);
    if (c == '&') {
        reference(t);
    } else if (c == '\n') {
        lit_put(t, S(" "));
        while (gen_is_space(t->rest.p[0]))
            eat(t, 1);
    } else {
        lit_put(t, cut_character(t, t->attr.words));
    }
}

/* ---- text ---- */

static void comment(struct tpl *t)
{
    ptrdiff_t end = str_find(t->rest, S("-->"));
    if (end < 0)
        gen_die(t->src, t->rest.p, "this comment is never closed");
    str inside = str_sub(t->rest, 0, (size_t)end);
    static const str marks[] = {S_INIT("{{"), S_INIT("{%"), S_INIT("{@")};
    for (size_t i = 0; i < COUNT(marks); i++) {
        ptrdiff_t at = str_find(inside, marks[i]);
        if (at >= 0)
            gen_die(t->src, inside.p + at, "a directive in a comment");
    }
    eat(t, (size_t)end + 3);
}

static void doctype(struct tpl *t)
{
    str want = S("<!doctype html>");
    if (!str_eq_nocase(str_sub(t->rest, 0, want.n), want) || t->elements.n > 0)
        gen_die(t->src, t->rest.p,
                "only <!doctype html> begins with <!, and only outside elements");
    lit_put(t, want);
    eat(t, want.n);
}

static void markup(struct tpl *t)
{
    char next = t->rest.n > 1 ? t->rest.p[1] : ' ';
    if (is_plain(t) && next != '/')
        gen_die(t->src, t->rest.p, "no tags in here: write &lt;");
    if (str_has_prefix(t->rest, S("<!--")))
        comment(t);
    else if (next == '!')
        doctype(t);
    else if (next == '/')
        close_tag(t);
    else if (gen_is_letter(next))
        open_tag(t);
    else
        gen_die(t->src, t->rest.p, "write &lt; for a less-than sign");
}

/* A break between lines is one newline, with no indentation. */
static void white_space(struct tpl *t)
{
    size_t n = 0;
    bool breaks = false;
    while (n < t->rest.n && gen_is_space(t->rest.p[n]))
        breaks |= t->rest.p[n++] == '\n';
    str space = str_sub(t->rest, 0, n);
    eat(t, n);
    if (is_verbatim(t) || !breaks) {
        lit_put(t, space);
    } else if (!t->fresh) {
        lit_put(t, S("\n"));
        t->fresh = true;
    }
}

static void in_text(struct tpl *t)
{
    char c = t->rest.p[0];
    if (gen_is_space(c)) {
        white_space(t);
        return;
    }
    if (c == '<') {
        markup(t);
    } else if (c == '&') {
        reference(t);
    } else {
        if (t->elements.n > 0 &&
            !element_may_stand_in(S("#text"), t->elements.v[t->elements.n - 1].name))
            gen_die(t->src, t->rest.p, "no text directly in <%.*s>",
                    SV(t->elements.v[t->elements.n - 1].name));
        lit_put(t, cut_character(t, !is_code(t)));
    }
}

void html_step(struct tpl *t)
{
    static const str ends[] = {S_INIT("}}"), S_INIT("%}"), S_INIT("@}")};
    for (size_t i = 0; i < COUNT(ends); i++)
        if (str_has_prefix(t->rest, ends[i]))
            gen_die(t->src, t->rest.p, "%.*s without its beginning", SV(ends[i]));
    switch (t->where) {
    case IN_TEXT: in_text(t); break;
    case IN_TAG: in_tag(t); break;
    case IN_VALUE: in_value(t); break;
    }
}
