/* mark.c - see mark.h.
 *
 * Terms are compared as the search does, in the normal form.  So each character of the text is
 * brought into that form by itself, and each byte of it remembers which one it came from. */
#include "web/mark.h"

#include "base/utf8.h"
#include "base/vec.h"
#include "formats/tokens.h"

struct mapped {
    buf normal;
    struct {
        VEC(size_t) /* of each byte of it: where its character begins in the text */
    } from;
};

struct span {
    size_t begin, end; /* in the text */
};
struct spans {
    VEC(struct span)
};

static void map_text(struct ctx *cx, str text, struct mapped *m)
{
    m->normal.a = cx->a;
    for (size_t at = 0; at < text.n;) {
        size_t n = 0;
        (void)utf8_next(str_from(text, at), &n);
        str one = str_sub(text, at, n);
        str normal = n == 1 ? str_lower(cx->a, one) : tokens_normal(cx->a, one);
        buf_put(&m->normal, normal);
        for (size_t i = 0; i < normal.n; i++)
            *PUSH(cx->a, &m->from) = at;
        at += n;
    }
    *PUSH(cx->a, &m->from) = text.n;
}

/* Where the character of that byte of the normal form ends in the text. */
static size_t end_of(const struct mapped *m, size_t i)
{
    size_t from = m->from.v[i];
    while (m->from.v[i] == from && i + 1 < m->from.n)
        i++;
    return m->from.v[i];
}

static void find_needle(struct ctx *cx, const struct mapped *m, str needle, struct spans *out)
{
    str normal = m->normal.n > 0 ? buf_str(&m->normal) : S("");
    size_t at = 0;
    while (needle.n > 0) {
        ptrdiff_t found = str_find(str_from(normal, at), needle);
        if (found < 0)
            return;
        at += (size_t)found;
        *PUSH(cx->a, out) = (struct span){m->from.v[at], end_of(m, at + needle.n - 1)};
        at += needle.n;
    }
}

static void sort_spans(struct spans *s)
{
    for (size_t i = 1; i < s->n; i++)
        for (size_t k = i; k > 0 && s->v[k].begin < s->v[k - 1].begin; k--) {
            struct span t = s->v[k];
            s->v[k] = s->v[k - 1];
            s->v[k - 1] = t;
        }
}

static bool has_any(struct ctx *cx, str text, const struct tokens_query *q)
{
    str normal = tokens_normal(cx->a, text);
    for (size_t i = 0; i < q->needles.n; i++)
        if (str_find(normal, q->needles.v[i]) >= 0)
            return true;
    return false;
}

static struct spans find_all(struct ctx *cx, str text, str typed)
{
    struct spans out = {0};
    struct tokens_query q;
    struct mapped *m = NEW(cx->a, struct mapped);
    if (!tokens_query(cx->a, typed, NULL, &q) || !has_any(cx, text, &q))
        return out;
    map_text(cx, text, m);
    for (size_t i = 0; i < q.needles.n; i++)
        find_needle(cx, m, q.needles.v[i], &out);
    sort_spans(&out);
    return out;
}

static html write(struct ctx *cx, str text, const struct spans *all, size_t at, size_t end)
{
    struct html_out o = {.b = {.a = cx->a}};
    for (size_t i = 0; i < all->n; i++) {
        struct span s = all->v[i];
        if (s.begin < at || s.end > end)
            continue;
        html_text(&o, str_sub(text, at, s.begin - at));
        html_raw(&o, S("<mark>"));
        html_text(&o, str_sub(text, s.begin, s.end - s.begin));
        html_raw(&o, S("</mark>"));
        at = s.end;
    }
    html_text(&o, str_sub(text, at, end - at));
    return (html){o.b.n > 0 ? buf_str(&o.b) : S("")};
}

html marked(struct ctx *cx, str text, str typed)
{
    struct spans all = find_all(cx, text, typed);
    return write(cx, text, &all, 0, text.n);
}

/* Forward to where a character begins. */
static size_t character_at(str s, size_t at)
{
    while (at < s.n && ((unsigned char)s.p[at] & 0xC0) == 0x80)
        at++;
    return at < s.n ? at : s.n;
}

html marked_excerpt(struct ctx *cx, str text, str typed, size_t most)
{
    struct html_out o = {.b = {.a = cx->a}};
    struct spans all = find_all(cx, text, typed);
    if (all.n == 0)
        return (html){S("")};
    size_t first = all.v[0].begin, begin = 0, end;
    if (text.n > most && first > most / 3)
        begin = character_at(text, first - most / 3);
    end = character_at(text, begin + most);
    if (begin > 0)
        html_text(&o, S("…"));
    html_html(&o, write(cx, text, &all, begin, end));
    if (end < text.n)
        html_text(&o, S("…"));
    return (html){buf_str(&o.b)};
}
