/* tplgen.h - a template on its way to C: where in the HTML we are, and what is written. */
#ifndef TOOLS_TPLGEN_H
#define TOOLS_TPLGEN_H

#include "gen.h"

enum where { IN_TEXT, IN_TAG, IN_VALUE };

/* What may be dynamic in an attribute's value. */
/* clang-format off */
enum attr_kind {
    ATTR_LITERAL,   /* nothing: we do not know what it does */
    ATTR_TEXT,      /* text, numbers and words, escaped */
    ATTR_URL,       /* exactly one url, or # and one str */
    ATTR_META,      /* content=: text, where the tag has name= or property= */
    ATTR_FORBIDDEN, /* style=, on…=: the content security policy would block it */
};
enum {
    EL_VOID = 1,       /* has no content and no end tag */
    EL_VERBATIM = 2,   /* white space is kept */
    EL_PLAIN = 4,      /* text only, no tags: textarea, title */
    EL_BLOCK = 8,      /* would end an open p */
    EL_NO_SELF = 16,   /* not inside itself */
    EL_CODE = 32,      /* its literal text is no human language */
    EL_FORBIDDEN = 64,
};
enum block_kind { BLOCK_IF, BLOCK_EACH };
/* clang-format on */

struct element {
    str name;
    bool code; /* text inside is not to be translated */
};

struct block {
    enum block_kind kind;
    const char *at;
    enum where where;
    size_t depth;  /* elements open where it began */
    size_t nattrs; /* attributes of the tag where it began */
    bool has_else;
    bool fresh_before, fresh_all; /* see struct tpl; in all branches so far */
};

struct attr {
    str name;
    enum attr_kind kind;
    bool words;   /* read by people: its letters belong into po/ */
    buf literal;  /* of the value so far */
    int dynamics; /* how many {{ }} */
};

struct tag {
    str name;
    const char *at;
    bool code, has_src, has_name, has_http_equiv;
    struct {
        VEC(str)
    } attrs;
};

struct tpl {
    struct source *src;
    str rest;
    buf c;   /* the C so far */
    buf lit; /* HTML that still waits to be written */
    enum where where;
    bool in_page;
    const char *page_at; /* its {% page %} */
    bool fresh;          /* what was written last is a newline, or nothing */
    struct tag tag;
    struct attr attr;
    struct {
        VEC(struct element)
    } elements;
    struct {
        VEC(struct block)
    } blocks;
};

/* tplgen_names.c: what we know of HTML's names. */
bool element_find(str name, unsigned *flags); /* false: no such element */
bool element_may_stand_in(str child, str parent);
enum attr_kind attr_kind(str element, str name);
bool attr_is_boolean(str name);
bool attr_is_read(str name); /* by people: alt, title, … */

/* tplgen_html.c: follow literal HTML. */
void html_step(struct tpl *t);                          /* eats at least one byte of t->rest */
bool is_plain(const struct tpl *t);                     /* inside textarea or title */
void attr_check_dynamic(struct tpl *t, const char *at); /* whether {{ }} or {@ @} may stand here */

/* tplgen_code.c: directives, and writing C. */
bool directive_begins(const struct tpl *t);
void directive(struct tpl *t);
void lit_put(struct tpl *t, str s);
void lit_flush(struct tpl *t);

#endif
