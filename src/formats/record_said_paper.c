/* record_said_paper.c - what stands on paper: the words of a PDF, and what they must hold. */
#include "formats/record_said_own.h"

#include "base/time.h"
#include "base/utf8.h"
#include "formats/instant.h"

/* A hyphen at the end of a line: of the word, or put there to break it. */
enum { SOFT = 0x01, HYPHEN = 0x2010, IDEOGRAPHIC = 0x3000, NO_BREAK = 0xA0 };

/* --- reading ---------------------------------------------------------------------------------- */

static bool is_white(uint32_t c)
{
    return c <= ' ' || c == IDEOGRAPHIC || c == NO_BREAK;
}

/* Without white space; hyphens are alike.  soft: those at the ends of lines are marked. */
static str squeezed(struct arena *a, str text, bool soft)
{
    buf b = {.a = a};
    for (size_t at = 0; at < text.n;) {
        uint32_t c = utf8_next(text, &at);
        if (is_white(c))
            continue;
        if (c != '-' && c != HYPHEN)
            utf8_put(&b, c);
        else
            buf_char(&b, soft && at < text.n && text.p[at] == '\n' ? SOFT : '-');
    }
    return b.n > 0 ? buf_str(&b) : S("");
}

static bool is_page_number(str text)
{
    text = str_trim(text);
    for (size_t i = 0; i < text.n; i++)
        if (text.p[i] < '0' || text.p[i] > '9')
            return false;
    return text.n > 0;
}

/* The address and the number at the foot of a page stand between the lines of a text. */
static str without_foot(struct saying *s, str page, str foot)
{
    ptrdiff_t at = -1;
    for (ptrdiff_t from = 0, next; (next = str_find(str_from(page, (size_t)from), foot)) >= 0;) {
        at = from + next;
        from = at + 1;
    }
    if (at < 0)
        return page;
    str rest = str_from(page, (size_t)at);
    str address = str_cut(&rest, ' ');
    if (!is_page_number(rest))
        return page;
    said_put_url(s, address);
    return str_sub(page, 0, (size_t)at);
}

enum err said_read_paper(struct saying *s, str text)
{
    const struct said_hints *h = s->hints;
    str foot = str_fmt(s->a, "%.*s/%.*s/advisories/", SV(h->public_url), SV(h->lang));
    buf all = {.a = s->a};
    if (!utf8_valid(text))
        return E_INVALID;
    while (text.n > 0)
        buf_put(&all, without_foot(s, str_cut(&text, '\f'), foot));
    for (size_t i = 0; i < s->out->field[SAID_ADDRESS].n; i++)
        buf_put(&all, s->out->field[SAID_ADDRESS].v[i]);
    s->out->paper = all.n > 0 ? squeezed(s->a, buf_str(&all), true) : S("");
    return s->out->paper.n > 0 ? OK : E_INVALID;
}

/* --- what stands there ------------------------------------------------------------------------ */

static bool begins_with(str paper, size_t at, str value)
{
    size_t i = 0;
    while (i < value.n && at < paper.n) {
        bool soft = paper.p[at] == SOFT;
        if (!soft && paper.p[at] != value.p[i])
            return false;
        i += !soft || value.p[i] == '-';
        at++;
    }
    return i == value.n;
}

static bool stands(str paper, str value)
{
    for (size_t at = 0; at < paper.n; at++)
        if (begins_with(paper, at, value))
            return true;
    return value.n == 0;
}

struct strs said_standing(struct arena *a, const struct record_said *paper, struct strs values)
{
    str *v = NEWS(a, str, values.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < values.n; i++)
        if (stands(paper->paper, squeezed(a, values.v[i], false)))
            v[n++] = values.v[i];
    return (struct strs){v, n};
}

/* --- what must stand there -------------------------------------------------------------------- */

static void add(struct arena *a, struct said_list *to, str value)
{
    if (value.n > 0)
        *PUSH(a, to) = value;
}

static str status_word(const struct said_hints *h, bool vendor, str code)
{
    for (size_t i = 0; i < h->nwords; i++)
        if (h->words[i].vendor == vendor && str_eq(h->words[i].code, code))
            return h->words[i].word;
    return code;
}

static void expect_product(struct arena *a, const struct said_product *p, bool with_status,
                           const struct said_hints *h, struct said_list *to)
{
    bool whole = p->name.n == 0;
    str name = whole ? p->vendor : str_fmt(a, "%.*s %.*s", SV(p->name), SV(p->versions));
    if (with_status)
        name = str_fmt(a, "%.*s: %.*s%s%.*s%s", SV(name), SV(status_word(h, whole, p->code)),
                       p->about.n > 0 ? " (" : "", SV(p->about), p->about.n > 0 ? ")" : "");
    add(a, to, str_trim(name));
    if (!with_status)
        add(a, to, p->vendor);
}

/* The day of Japan, as paper tells it; behind it what follows the instant. */
static str day_of(struct arena *a, str value)
{
    struct instant at;
    str rest = value, time = str_cut(&rest, ' ');
    if (!instant_read(time, &at))
        return value;
    str day = time_date(a, instant_ms(&at), zone_tokyo);
    return rest.n > 0 ? str_fmt(a, "%.*s %.*s", SV(day), SV(rest)) : day;
}

static void expect_days(struct arena *a, const struct said_list *from, str label,
                        struct said_list *to)
{
    for (size_t i = 0; i < from->n; i++) {
        str day = day_of(a, from->v[i]);
        add(a, to, label.n > 0 ? str_fmt(a, "%.*s: %.*s", SV(label), SV(day)) : day);
    }
}

bool said_expect_paper(struct arena *a, const struct record_said *page, enum said_field f,
                       const struct said_hints *hints, struct said_list *to)
{
    if (f == SAID_PRODUCTS || f == SAID_STATUS)
        for (size_t i = 0; i < page->products.n; i++)
            expect_product(a, &page->products.v[i], f == SAID_STATUS, hints, to);
    else if (f == SAID_IDENTIFIERS)
        for (size_t i = 0; i < page->products.n; i++) {
            add(a, to, page->products.v[i].cpe);
            add(a, to, page->products.v[i].purl);
        }
    else if (f == SAID_SCORES)
        for (size_t i = 0; i < page->scores.n; i++) {
            const struct said_score *s = &page->scores.v[i];
            if (s->score.n > 0)
                add(a, to, str_fmt(a, "%.*s %.*s", SV(s->score), SV(s->written)));
        }
    else if (f == SAID_PUBLISHED || f == SAID_UPDATED)
        expect_days(a, &page->field[f], f == SAID_PUBLISHED ? hints->published : hints->updated,
                    to);
    else if (f == SAID_HISTORY)
        expect_days(a, &page->field[f], S(""), to);
    else
        return false;
    return true;
}
