/* process_svg_layout.c - which boxes, arrows and lines of text a drawing has, and where. */
#include "domain/process_svg.h"

#include "base/utf8.h"
#include "base/vec.h"

enum { LINE = 15, SMALL_LINE = 13, PAD = 8, GAP = 20, HEAD = 118 };

/* --- lines ------------------------------------------------------------------------------ */

/* In hundredths of the size.  Widths of Latin letters differ; these are a common sans-serif's. */
static int width_of(uint32_t c)
{
    if (c >= 0x2190)
        return 100;
    if (c == ' ' || c == 0xA0 || (c >= '!' && c <= '/') || c == ':' || c == 'i' || c == 'l' ||
        c == 'j')
        return 30;
    if ((c >= 'A' && c <= 'Z') || c == 'm' || c == 'w')
        return 70;
    return 53;
}

static bool is_one_of(uint32_t c, const uint32_t *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (c == list[i])
            return true;
    return false;
}

/* Characters that do not begin a line in Japanese. */
static bool stays_behind(uint32_t c)
{
    static const uint32_t never[] = {U'、', U'。', U'・', U'ー', U'）', U'」', U'/',  U'ッ',
                                     U'ャ', U'ュ', U'ョ', U'ァ', U'ィ', U'ェ', U'ォ', U'：'};
    return is_one_of(c, never, COUNT(never));
}

/* Where a line may end: at names only; behind a particle or a comma; anywhere in Japanese; even
 * inside a word. */
enum breaks { AT_NAMES, AT_PHRASES, ANYWHERE, INSIDE };

/* Particles and endings of verbs, and a word that begins with another kind of letter. */
static bool ends_phrase(uint32_t c, uint32_t next)
{
    static const uint32_t ends[] = {U'は', U'が', U'を', U'に', U'へ', U'と', U'の',
                                    U'で', U'も', U'や', U'ら', U'る', U'た', U'て'};
    bool hiragana = next >= 0x3041 && next <= 0x309F;
    return is_one_of(c, ends, COUNT(ends)) && next >= 0x2E80 && !hiragana;
}

static bool may_break(uint32_t c, uint32_t next, enum breaks where)
{
    if (c == ' ' || c == U'、' || where == INSIDE)
        return true;
    if (where == AT_NAMES || c == U'（' || c == U'「' || c == U'◇' || stays_behind(next) ||
        next == ' ')
        return false;
    if (where == AT_PHRASES)
        return c == U'・' || c == '/' || ends_phrase(c, next);
    return c >= 0x2E80 || next >= 0x2E80;
}

/* How many bytes of text fit, up to a place where a line may end; 0: it is too long. */
static size_t fitting(str text, int room, enum breaks where)
{
    size_t at = 0, fits = 0;
    uint32_t before = 0;
    for (int used = 0; at < text.n;) {
        size_t here = at;
        uint32_t c = utf8_next(text, &at);
        if (here > 0 && may_break(before, c, where))
            fits = here;
        used += width_of(c);
        if (used > room && here > 0)
            return fits;
        before = c;
    }
    return text.n;
}

/* No lines: it cannot be done like that. */
static struct svg_lines wrap(str text, int room, enum breaks where)
{
    struct svg_lines out = {0};
    while (text.n > 0 && out.n < MOST_LINES) {
        size_t n = fitting(text, room, where);
        if (n == 0)
            return (struct svg_lines){0};
        out.v[out.n++] = str_trim(str_sub(text, 0, n));
        text = str_trim(str_from(text, n));
    }
    return text.n > 0 ? (struct svg_lines){0} : out;
}

/* As many lines as it takes, but evenly filled: no last line of one letter. */
static struct svg_lines even(str text, int room, enum breaks where)
{
    struct svg_lines all = wrap(text, room, where), best = all;
    for (; all.n == best.n && room > 100; room -= 50) {
        best = all;
        all = wrap(text, room, where);
    }
    return best;
}

struct svg_lines svg_wrap(str text, int size, int width, bool names)
{
    int room = width * 100 / size;
    struct svg_lines nicest = even(text, room, names ? AT_NAMES : AT_PHRASES);
    struct svg_lines least = even(text, room, ANYWHERE);
    if (nicest.n > 0 && (names || nicest.n <= least.n || least.n == 0))
        return nicest;
    return least.n > 0 ? least : wrap(text, room, INSIDE);
}

/* --- words of a box --------------------------------------------------------------------- */

static str say(const struct svg_drawing *d, enum word w)
{
    return word(d->lang, w);
}

/* With spaces at which no line ends. */
static void put_actor(const struct svg_drawing *d, buf *b, str name)
{
    enum word w;
    if (word_find(str_fmt(d->a, "actor_%.*s", SV(name)), &w))
        name = say(d, w);
    while (name.n > 0) {
        buf_put(b, str_cut(&name, ' '));
        if (name.n > 0)
            buf_put(b, S("\u00A0"));
    }
}

/* "design,rnd?,si?" in words. */
static void put_people(const struct svg_drawing *d, buf *b, str list)
{
    str between = d->lang == LANG_JA ? S("、") : S(", ");
    for (bool first = true; list.n > 0; first = false) {
        str name = str_cut(&list, ',');
        if (str_has_suffix(name, S("?")))
            name = str_sub(name, 0, name.n - 1);
        if (!first)
            buf_put(b, between);
        put_actor(d, b, name);
    }
}

/* "finder → reception → coordinator", or who leads. */
static str who_of(const struct svg_drawing *d, const struct step *s)
{
    buf b = {.a = d->a};
    put_people(d, &b, s->from.n > 0 ? s->from : s->lead_text);
    for (str rest = s->to; rest.n > 0;) {
        buf_put(&b, S(" →\u00A0"));
        put_people(d, &b, str_cut(&rest, '>'));
    }
    return buf_str(&b);
}

static bool is_inquiry(const struct svg_drawing *d, const struct term *t)
{
    if (t->kind != TERM_FACT)
        return false;
    const struct rule *r = &d->p->facts[t->at].rule[d->flow];
    if (r->n != 1 || r->clauses[0].n != 1 || r->clauses[0].terms[0].kind != TERM_KNOWN)
        return false;
    int known = r->clauses[0].terms[0].at;
    return known == KNOW_FINDER_ASKED || known == KNOW_ASKED_FINDINGS || known == KNOW_ASKED_DATE;
}

static bool is_optional(const struct svg_drawing *d, const struct step *s)
{
    bool asked = false;
    for (size_t i = 0; i < s->when.n; i++)
        asked |= is_inquiry(d, &s->when.clauses[i].terms[0]);
    return asked || s->until.n > 0 || s->follows >= 0 || (s->skip & ACTOR_BIT(ACTOR_POC)) != 0;
}

/* --- what needs what -------------------------------------------------------------------- */

static bool names_fact(const struct rule *r, int fact)
{
    for (size_t i = 0; i < r->n; i++)
        for (size_t k = 0; k < r->clauses[i].n; k++)
            if (r->clauses[i].terms[k].kind == TERM_FACT && r->clauses[i].terms[k].at == fact)
                return true;
    return false;
}

static void mark_needs(const struct svg_drawing *d, bool *reach)
{
    for (size_t i = 0; i < d->n; i++) {
        const struct rule *r = &d->boxes[i].s->needs;
        for (size_t c = 0; c < r->n; c++)
            for (size_t k = 0; k < r->clauses[c].n; k++) {
                const struct term *t = &r->clauses[c].terms[k];
                if (t->kind == TERM_SETTLED || t->kind == TERM_DONE || t->kind == TERM_ALL_SETTLED)
                    reach[(size_t)t->at * d->n + i] = true;
            }
    }
}

static void close_over(bool *reach, size_t n)
{
    for (size_t k = 0; k < n; k++)
        for (size_t i = 0; i < n; i++)
            for (size_t j = 0; j < n && reach[i * n + k]; j++)
                reach[i * n + j] |= reach[k * n + j];
}

static bool follows_from_others(const bool *all, size_t n, size_t from, size_t to)
{
    for (size_t k = 0; k < n; k++)
        if (k != from && k != to && all[from * n + k] && all[k * n + to])
            return true;
    return false;
}

/* The conditions of a step that none before it had. */
static str condition_of(const struct svg_drawing *d, const bool *all, size_t step)
{
    const struct rule *when = &d->boxes[step].s->when;
    buf b = {.a = d->a};
    for (size_t f = 0; f < d->p->nfacts; f++) {
        bool known = !names_fact(when, (int)f);
        for (size_t i = 0; i < d->n && !known; i++)
            known = all[i * d->n + step] && names_fact(&d->boxes[i].s->when, (int)f);
        if (known)
            continue;
        buf_put(&b, b.n == 0 ? S("◇ ") : d->lang == LANG_JA ? S("、") : S(", "));
        buf_put(&b, d->p->facts[f].word[d->lang == LANG_JA ? LANG_JA_AT : LANG_EN_AT]);
    }
    return b.n > 0 ? buf_str(&b) : S("");
}

/* --- places ----------------------------------------------------------------------------- */

int svg_column_x(const struct svg_drawing *d, int column)
{
    return SVG_LEFT + column * (d->column_w + SVG_GUTTER);
}

int svg_column(const struct svg_drawing *d, const struct svg_box *b)
{
    for (int i = 0; i < d->nphases; i++)
        if (d->phase[i] == b->s->phase)
            return i;
    return 0;
}

static void find_columns(struct svg_drawing *d)
{
    for (int phase = 0; phase < PHASES; phase++)
        for (size_t i = 0; i < d->n; i++)
            if (d->boxes[i].s->phase == phase) {
                d->phase[d->nphases++] = phase;
                break;
            }
    int columns = d->nphases > 0 ? d->nphases : 1;
    d->column_w = (SVG_WIDTH - SVG_LEFT) / columns - SVG_GUTTER;
}

static void place_boxes(struct svg_drawing *d, const bool *all)
{
    int y[PHASES];
    for (int i = 0; i < PHASES; i++)
        y[i] = d->top;
    for (size_t i = 0; i < d->n; i++) {
        struct svg_box *b = &d->boxes[i];
        int column = svg_column(d, b), inner = d->column_w - 22;
        b->optional = is_optional(d, b->s);
        b->condition = svg_wrap(condition_of(d, all, i), 10, inner, false);
        b->title =
            svg_wrap(b->s->title[d->lang == LANG_JA ? LANG_JA_AT : LANG_EN_AT], 12, inner, false);
        b->who = svg_wrap(who_of(d, b->s), 10, inner, true);
        b->x = svg_column_x(d, column);
        b->y = y[column];
        b->w = d->column_w;
        b->h = 2 * PAD + LINE + (b->condition.n + b->who.n) * SMALL_LINE + b->title.n * LINE;
        y[column] += b->h + GAP;
        if (b->y + b->h > d->bottom)
            d->bottom = b->y + b->h;
    }
}

static bool is_next_below(const struct svg_drawing *d, size_t from, size_t to)
{
    for (size_t i = from + 1; i < to; i++)
        if (d->boxes[i].s->phase == d->boxes[from].s->phase)
            return false;
    return from < to;
}

static bool in_one_column(const struct svg_drawing *d, const struct svg_edge *e)
{
    return d->boxes[e->from].s->phase == d->boxes[e->to].s->phase;
}

/* Whether two edges on one track would lie on each other. */
static bool overlap(const struct svg_drawing *d, const struct svg_edge *p, const struct svg_edge *q)
{
    const struct svg_box *b = d->boxes;
    int p0 = b[p->from].y, p1 = b[p->to].y, q0 = b[q->from].y, q1 = b[q->to].y;
    if (svg_column(d, &b[p->from]) != svg_column(d, &b[q->from]) ||
        in_one_column(d, p) != in_one_column(d, q))
        return false;
    return (p0 < p1 ? p0 : p1) < (q0 < q1 ? q1 : q0) && (q0 < q1 ? q0 : q1) < (p0 < p1 ? p1 : p0);
}

/* Track 0 is straight down to the box below; others count outwards from the box. */
static void set_track(const struct svg_drawing *d, struct svg_edge *e)
{
    if (in_one_column(d, e) && is_next_below(d, (size_t)e->from, (size_t)e->to))
        return;
    for (e->track = 1; e->track < 4; e->track++) {
        bool free = true;
        for (size_t i = 0; i < d->nedges; i++)
            free &= d->edges[i].track != e->track || d->edges[i].from == e->from ||
                    !overlap(d, &d->edges[i], e);
        if (free)
            return;
    }
}

static void draw_edges(struct svg_drawing *d, const bool *direct, const bool *all)
{
    struct {
        VEC(struct svg_edge)
    } edges = {0};
    for (size_t from = 0; from < d->n; from++)
        for (size_t to = 0; to < d->n; to++) {
            if (from == to || !direct[from * d->n + to] || follows_from_others(all, d->n, from, to))
                continue;
            struct svg_edge e = {(int)from, (int)to, 0};
            set_track(d, &e);
            *PUSH(d->a, &edges) = e;
            d->edges = edges.v;
            d->nedges = edges.n;
        }
}

void svg_layout(struct arena *a, const struct process *p, enum flow flow, enum lang lang,
                struct svg_drawing *out)
{
    size_t n = p->flow[flow].n;
    *out = (struct svg_drawing){
        .a = a, .p = p, .flow = flow, .lang = lang, .n = n, .top = HEAD, .bottom = HEAD};
    out->boxes = NEWS(a, struct svg_box, n + 1);
    for (size_t i = 0; i < n; i++)
        out->boxes[i].s = &p->flow[flow].steps[i];
    bool *direct = NEWS(a, bool, n *n + 1), *all = NEWS(a, bool, n *n + 1);
    mark_needs(out, direct);
    mark_needs(out, all);
    close_over(all, n);
    find_columns(out);
    place_boxes(out, all);
    draw_edges(out, direct, all);
}
