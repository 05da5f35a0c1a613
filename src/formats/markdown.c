/* markdown.c - md4c behind a fence: how long, how many events, how much output. */
#include "formats/markdown_own.h"

#include <string.h>

enum {
    DEFINITIONS = 256, /* "]:" in a text */
    BRACKETS = 64,     /* "[" that wait for their "]" in a paragraph */
    EVENTS_A_BYTE = 8, /* a table of n columns and n rows of one cell has n × n cells */
    BYTES_A_BYTE = 40, /* the longest markup for the fewest characters, and some more */
    ALWAYS = 4096,     /* so many events and bytes are fine for any text */
};

struct walk {
    struct arena *a;
    const struct markdown_renderer *r;
    size_t events, bytes; /* still allowed */
};

/* Not 0 ends the reading. */
static int count(struct walk *w)
{
    if (w->events == 0 || w->r->out->n > w->bytes)
        return 1;
    w->events--;
    return 0;
}

static int enter_block(MD_BLOCKTYPE type, void *detail, void *self)
{
    struct walk *w = self;
    w->r->enter(w->r->self, type, detail);
    return count(w);
}

static int leave_block(MD_BLOCKTYPE type, void *detail, void *self)
{
    struct walk *w = self;
    (void)detail;
    w->r->leave(w->r->self, type);
    return count(w);
}

static int enter_span(MD_SPANTYPE type, void *detail, void *self)
{
    struct walk *w = self;
    w->r->open(w->r->self, type, detail);
    return count(w);
}

static int leave_span(MD_SPANTYPE type, void *detail, void *self)
{
    struct walk *w = self;
    (void)detail;
    w->r->close(w->r->self, type);
    return count(w);
}

static int text(MD_TEXTTYPE type, const MD_CHAR *p, MD_SIZE n, void *self)
{
    struct walk *w = self;
    str s = {p, n};
    if (type == MD_TEXT_ENTITY)
        s = markdown_entity(w->a, s);
    else if (type == MD_TEXT_NULLCHAR)
        s = S("\xEF\xBF\xBD");
    w->r->text(w->r->self, type, s);
    return count(w);
}

/* What md4c 0.4.8 takes quadratic time for. */
static bool is_tame(str s)
{
    size_t definitions = 0, brackets = 0;
    if (s.n > MARKDOWN_MAX)
        return false;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i], before = i > 0 ? s.p[i - 1] : '\n';
        definitions += c == ':' && before == ']';
        if (c == '\n' && before == '\n')
            brackets = 0;
        brackets += c == '[';
        brackets -= c == ']' && brackets > 0;
        if (brackets > BRACKETS || definitions > DEFINITIONS)
            return false;
    }
    return true;
}

bool markdown_walk(struct arena *a, str s, const struct markdown_renderer *r)
{
    const MD_PARSER parser = {
        .flags = MD_FLAG_NOHTML | MD_FLAG_TABLES,
        .enter_block = enter_block,
        .leave_block = leave_block,
        .enter_span = enter_span,
        .leave_span = leave_span,
        .text = text,
    };
    struct walk w = {a, r, s.n * EVENTS_A_BYTE + ALWAYS, s.n * BYTES_A_BYTE + ALWAYS};
    if (!is_tame(s))
        return false;
    /* md4c 0.4.8 looks at the byte behind the text, and goes wrong by what it sees there */
    char *p = NEWS(a, char, s.n + 16);
    if (s.n > 0)
        memcpy(p, s.p, s.n);
    p[s.n] = '\n';
    return md_parse(p, (MD_SIZE)s.n + 1, &parser, &w) == 0;
}
