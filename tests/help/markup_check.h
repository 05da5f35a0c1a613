/* markup_check.h - whether markup is well nested and holds only what markdown.h promises.
 * Written from that promise, not from the renderer. */
#ifndef HELP_MARKUP_CHECK_H
#define HELP_MARKUP_CHECK_H

#include "formats/markdown.h"

enum { MARKUP_DEEP = 128 };

struct markup {
    str rest;
    str open[MARKUP_DEEP];
    size_t depth;
};

static const str markup_plain[] = {
    S_INIT("h3"),    S_INIT("h4"),    S_INIT("h5"), S_INIT("h6"),     S_INIT("p"),
    S_INIT("ul"),    S_INIT("ol"),    S_INIT("li"), S_INIT("pre"),    S_INIT("code"),
    S_INIT("table"), S_INIT("thead"), S_INIT("tr"), S_INIT("strong"), S_INIT("em"),
    S_INIT("tbody"), S_INIT("td"),    S_INIT("br"), S_INIT("hr"),     S_INIT("blockquote"),
};

static bool markup_eat(str *s, str what)
{
    if (!str_has_prefix(*s, what))
        return false;
    *s = str_from(*s, what.n);
    return true;
}

/* Where an element must stand directly; absent: anywhere. */
static str markup_parent(str tag)
{
    if (str_eq(tag, S("li")))
        return S("ul ol");
    if (str_eq(tag, S("tr")))
        return S("thead tbody");
    if (str_eq(tag, S("td")) || str_eq(tag, S("th")))
        return S("tr");
    return str_eq(tag, S("thead")) || str_eq(tag, S("tbody")) ? S("table") : NO_STR;
}

static bool markup_placed(const struct markup *m, str tag)
{
    str want = markup_parent(tag), have = m->depth ? m->open[m->depth - 1] : S("");
    while (want.n > 0)
        if (str_eq(str_cut(&want, ' '), have))
            return true;
    return want.p == NULL;
}

/* href="…" rel="nofollow noopener" */
static bool markup_link(str s)
{
    if (!markup_eat(&s, S(" href=\"")))
        return false;
    str href = str_cut(&s, '"');
    bool scheme = false;
    static const str schemes[] = {S_INIT("http://"), S_INIT("https://"), S_INIT("mailto:")};
    for (size_t i = 0; i < COUNT(schemes); i++)
        scheme = scheme || str_eq_nocase(str_sub(href, 0, schemes[i].n), schemes[i]);
    for (size_t i = 0; i < href.n; i++)
        if (href.p[i] <= ' ' || href.p[i] > '~' || href.p[i] == '<' || href.p[i] == '>')
            return false;
    return scheme && str_eq(s, S(" rel=\"nofollow noopener\""));
}

static bool markup_attributes(str tag, str s)
{
    i64 n;
    if (str_eq(tag, S("a")))
        return markup_link(s);
    if (str_eq(tag, S("th")) && !markup_eat(&s, S(" scope=\"col\"")))
        return false;
    if (str_eq(tag, S("ol")) && markup_eat(&s, S(" start=\"")))
        return str_i64(str_cut(&s, '"'), &n) && s.n == 0;
    if (str_eq(tag, S("th")) || str_eq(tag, S("td")))
        return s.n == 0 || str_eq(s, S(" class=\"right\"")) || str_eq(s, S(" class=\"center\""));
    return s.n == 0;
}

static bool markup_known(str tag)
{
    for (size_t i = 0; i < COUNT(markup_plain); i++)
        if (str_eq(tag, markup_plain[i]))
            return true;
    return str_eq(tag, S("a")) || str_eq(tag, S("th"));
}

static const char *markup_tag(struct markup *m)
{
    bool closing = markup_eat(&m->rest, S("/"));
    if (str_find_char(m->rest, '>') < 0)
        return "a tag without its end";
    str inside = str_cut(&m->rest, '>'), attributes = inside;
    str tag = str_cut(&attributes, ' ');
    attributes = str_from(inside, tag.n);
    if (!markup_known(tag))
        return "an element that is not on the list";
    if (closing) {
        if (attributes.n > 0 || m->depth == 0 || !str_eq(m->open[--m->depth], tag))
            return "an end that does not belong to what is open";
        return NULL;
    }
    if (!markup_attributes(tag, attributes))
        return "an attribute that is not on the list";
    if (!markup_placed(m, tag))
        return "an element where it may not stand";
    if (str_eq(tag, S("br")) || str_eq(tag, S("hr")))
        return NULL;
    if (m->depth == MARKUP_DEEP)
        return "too deep";
    m->open[m->depth++] = tag;
    return NULL;
}

static bool markup_entity(str *s)
{
    return markup_eat(s, S("&amp;")) || markup_eat(s, S("&lt;")) || markup_eat(s, S("&gt;")) ||
           markup_eat(s, S("&quot;"));
}

/* NULL, or what is wrong with it. */
[[maybe_unused]] static const char *markup_check(str s)
{
    struct markup m = {.rest = s};
    while (m.rest.n > 0) {
        const char *wrong = NULL;
        if (m.rest.p[0] == '&')
            wrong = markup_entity(&m.rest) ? NULL : "a bare &";
        else if (markup_eat(&m.rest, S("<")))
            wrong = markup_tag(&m);
        else if (m.rest.p[0] == '>' || m.rest.p[0] == '"')
            wrong = "a bare > or quote";
        else
            m.rest = str_from(m.rest, 1);
        if (wrong != NULL)
            return wrong;
    }
    return m.depth == 0 ? NULL : "something stays open";
}

#endif
