/* process_svg.c - a flow drawn: phases across, steps as boxes, arrows to what comes after.
 *
 * Text is text.  Everything is in the colour of the text around, but for the bands that say
 * who leads, whose hues hold on light and dark ground; classes let a style sheet do better. */
#include "domain/process_svg.h"

struct group {
    const char *class, *colour;
    enum word word;
};
enum { G_FINDER, G_RECEPTION, G_COORDINATOR, G_POC, G_DEPARTMENT, GROUPS };
static const struct group groups[GROUPS] = {
    {"led-by-finder", "#c07a1e", W_drawing_finders},
    {"led-by-reception", "#2b8a7a", W_actor_reception},
    {"led-by-coordinator", "#3d7dcc", W_drawing_coordinators},
    {"led-by-contact", "#8d66cf", W_actor_poc},
    {"led-by-department", "#7c878e", W_drawing_departments},
};

static const struct group *group_of(enum actor lead)
{
    switch (lead) {
    case ACTOR_FINDER:
    case ACTOR_SOURCE: return &groups[G_FINDER];
    case ACTOR_RECEPTION: return &groups[G_RECEPTION];
    case ACTOR_COORDINATOR:
    case ACTOR_OVERSEAS: return &groups[G_COORDINATOR];
    case ACTOR_POC: return &groups[G_POC];
    case ACTOR_DESIGN:
    case ACTOR_RND:
    case ACTOR_QUALITY:
    case ACTOR_SI_MFG:
    case ACTOR_SI_SYS:
    case ACTOR_CARE:
    case ACTOR_SALES:
    case ACTOR_RISK_LEGAL:
    case ACTOR_PR:
    case ACTOR_COUNT: break;
    }
    return &groups[G_DEPARTMENT];
}

static void put_escaped(buf *b, str s)
{
    for (size_t i = 0; i < s.n; i++)
        switch (s.p[i]) {
        case '&': buf_put(b, S("&amp;")); break;
        case '<': buf_put(b, S("&lt;")); break;
        case '>': buf_put(b, S("&gt;")); break;
        case '"': buf_put(b, S("&quot;")); break;
        default: buf_char(b, s.p[i]);
        }
}

static void put_text(buf *b, int x, int y, int size, const char *more, str text)
{
    buf_putf(b, "<text x=\"%d\" y=\"%d\" font-size=\"%d\"%s>", x, y, size, more);
    put_escaped(b, text);
    buf_put(b, S("</text>\n"));
}

/* Below each other from the baseline y on; returns the next baseline. */
static int put_lines(buf *b, int x, int y, int size, int line, const char *more,
                     const struct svg_lines *lines)
{
    for (int i = 0; i < lines->n; i++, y += line)
        put_text(b, x, y, size, more, lines->v[i]);
    return y;
}

/* An envelope, a square, a diamond: 12 wide, 10 high. */
static void put_kind(buf *b, int x, int y, enum step_kind kind)
{
    static const char *const paths[STEP_KIND_COUNT] = {
        [STEP_MESSAGE] = "m0 1h12v8h-12zl6 5 6-5",
        [STEP_TASK] = "m1 0h10v10h-10z",
        [STEP_DECISION] = "m6-1 6 6-6 6-6-6z",
    };
    buf_putf(b,
             "<path transform=\"translate(%d %d)\" d=\"%s\" fill=\"none\" stroke=\"currentColor\" "
             "stroke-opacity=\".75\"/>\n",
             x, y, paths[kind]);
}

static void put_frame(buf *b, int x, int y, int w, int h, bool of_case, bool optional)
{
    buf_putf(
        b,
        "<rect class=\"frame\" x=\"%d.5\" y=\"%d.5\" width=\"%d\" height=\"%d\" rx=\"4\" "
        "fill=\"%s\" fill-opacity=\".09\" stroke=\"currentColor\" stroke-opacity=\".55\"%s/>\n",
        x, y, w - 1, h - 1, of_case ? "currentColor" : "none",
        optional ? " stroke-dasharray=\"2 3\"" : "");
}

static void put_band(buf *b, int x, int y, int h, const struct group *g)
{
    buf_putf(b,
             "<rect class=\"band\" x=\"%d\" y=\"%d\" width=\"4\" height=\"%d\" rx=\"2\" "
             "fill=\"%s\"/>\n",
             x, y, h, g->colour);
}

static void put_box(const struct svg_drawing *d, buf *b, const struct svg_box *box)
{
    const struct step *s = box->s;
    const struct group *g = group_of(s->lead);
    bool of_case = d->flow == FLOW_COORDINATED && !s->per_lane;
    int x = box->x + 14, y = box->y + 20;
    buf_putf(b, "<g class=\"step %s%s%s\">\n", g->class, of_case ? " of-case" : "",
             box->optional ? " where-needed" : "");
    put_frame(b, box->x, box->y, box->w, box->h, of_case, box->optional);
    put_band(b, box->x + 4, box->y + 5, box->h - 10, g);
    put_text(b, x, y, 13, " font-weight=\"700\"", s->id);
    put_kind(b, box->x + box->w - 22, box->y + 10, s->kind);
    y = put_lines(b, x, y + 15, 12, 15, "", &box->title);
    y = put_lines(b, x, y - 1, 10, 13, " opacity=\".75\"", &box->who);
    (void)put_lines(b, x, y + (box->who.n > 0 ? 0 : -1), 10, 13,
                    " font-weight=\"700\" opacity=\".85\"", &box->condition);
    buf_put(b, S("</g>\n"));
}

/* --- arrows ----------------------------------------------------------------------------- */

static void put_path(const struct svg_drawing *d, buf *b, bool dotted, str path)
{
    buf_putf(b,
             "<path class=\"needs\" d=\"%.*s\" fill=\"none\" stroke=\"currentColor\" "
             "stroke-linejoin=\"round\"%s marker-end=\"url(#after-%.*s)\"/>\n",
             SV(path), dotted ? " stroke-dasharray=\"2 3\"" : "", SV(flow_name(d->flow)));
}

static void put_edge(const struct svg_drawing *d, buf *b, const struct svg_edge *e)
{
    const struct svg_box *from = &d->boxes[e->from], *to = &d->boxes[e->to];
    int right = from->x + from->w, leave = from->y + from->h - 10;
    int from_column = svg_column(d, from), to_column = svg_column(d, to);
    str path;
    if (e->track == 0) {
        int x = from->x + from->w / 2;
        path = str_fmt(d->a, "M%d.5 %dV%d", x, from->y + from->h, to->y - 3);
    } else if (from_column == to_column) {
        path = str_fmt(d->a, "M%d %dh%dV%dH%d", right, leave, 2 + 6 * e->track, to->y + 20,
                       to->x + to->w + 3);
    } else if (to_column == from_column + 1) {
        path = str_fmt(d->a, "M%d %dH%dV%dH%d", right, leave, to->x - 6 - 5 * e->track, to->y + 20,
                       to->x - 3);
    } else {
        int gutter = right + SVG_GUTTER - 6 - 5 * e->track, into = to->x - 6 - 5 * e->track;
        path = str_fmt(d->a, "M%d %dH%dV%dH%dV%dH%d", right, leave, gutter, d->top - 12, into,
                       to->y + 20, to->x - 3);
    }
    put_path(d, b, from->optional || to->optional, path);
}

/* --- around ----------------------------------------------------------------------------- */

static void put_heads(const struct svg_drawing *d, buf *b)
{
    static const enum word words[PHASES] = {W_phase_0, W_phase_1, W_phase_2,
                                            W_phase_3, W_phase_4, W_phase_5};
    for (int i = 0; i < d->nphases; i++) {
        int x = svg_column_x(d, i);
        struct svg_lines name =
            svg_wrap(word(d->lang, words[d->phase[i]]), 12, d->column_w - 24, false);
        buf_put(b, S("<g class=\"phase\">\n"));
        put_text(b, x, 72, 24, " font-weight=\"700\"", str_fmt(d->a, "%d", d->phase[i]));
        (void)put_lines(b, x + 22, 62 - (name.n > 1 ? 0 : -8), 12, 15, " font-weight=\"700\"",
                        &name);
        buf_putf(b, "<path d=\"M%d 98.5h%d\" stroke=\"currentColor\" stroke-width=\"2\"/>\n</g>\n",
                 x, d->column_w);
    }
}

/* The rest of the legend's line from x on; returns where it ends. */
static int put_entry(const struct svg_drawing *d, buf *b, int x, int y, enum word w)
{
    str text = word(d->lang, w);
    int width = 0;
    for (int room = 20; room < 400 && width == 0; room += 10)
        if (svg_wrap(text, 11, room, false).n == 1)
            width = room;
    put_text(b, x, y, 11, "", text);
    return x + width + 24;
}

static void put_legend(const struct svg_drawing *d, buf *b, int y)
{
    static const enum word kinds[STEP_KIND_COUNT] = {W_drawing_message, W_drawing_task,
                                                     W_drawing_decision};
    int x = SVG_LEFT;
    buf_put(b, S("<g class=\"legend\">\n"));
    for (int i = 0; i < GROUPS; i++) {
        put_band(b, x, y - 11, 14, &groups[i]);
        x = put_entry(d, b, x + 10, y, groups[i].word);
    }
    x = SVG_LEFT;
    y += 24;
    for (int i = 0; i < STEP_KIND_COUNT; i++) {
        put_kind(b, x, y - 9, (enum step_kind)i);
        x = put_entry(d, b, x + 18, y, kinds[i]);
    }
    put_frame(b, x, y - 12, 24, 16, false, true);
    x = put_entry(d, b, x + 30, y, W_drawing_where_needed);
    if (d->flow == FLOW_COORDINATED) {
        put_frame(b, x, y - 12, 24, 16, true, false);
        x = put_entry(d, b, x + 30, y, W_drawing_of_case);
        put_frame(b, x, y - 12, 24, 16, false, false);
        x = put_entry(d, b, x + 30, y, W_drawing_of_vendor);
    }
    put_path(d, b, false, str_fmt(d->a, "M%d %d.5h22", x, y - 4));
    x = put_entry(d, b, x + 32, y, W_drawing_after);
    put_text(b, x, y, 11, " font-weight=\"700\"", S("◇"));
    (void)put_entry(d, b, x + 16, y, W_drawing_condition);
    buf_put(b, S("</g>\n"));
}

static void put_root(const struct svg_drawing *d, buf *b, int height, str title)
{
    buf_putf(b,
             "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"process-drawing\" width=\"%d\" "
             "height=\"%d\" viewBox=\"0 0 %d %d\" role=\"img\" lang=\"%.*s\" fill=\"currentColor\" "
             "font-family=\"'Hiragino Sans', 'Noto Sans JP', 'Noto Sans CJK JP', 'Yu Gothic UI', "
             "system-ui, sans-serif\">\n<title>",
             SVG_WIDTH, height, SVG_WIDTH, height, SV(lang_tag(d->lang)));
    put_escaped(b, title);
    buf_putf(b,
             "</title>\n<defs><marker id=\"after-%.*s\" viewBox=\"0 0 6 6\" refX=\"4\" refY=\"3\" "
             "markerWidth=\"6\" markerHeight=\"6\" orient=\"auto\"><path d=\"M0 0 6 3 0 6z\" "
             "fill=\"currentColor\"/></marker></defs>\n",
             SV(flow_name(d->flow)));
}

str process_svg(struct arena *a, const struct process *p, enum flow flow, int lang)
{
    struct svg_drawing d;
    buf b = {.a = a};
    svg_layout(a, p, flow, lang == LANG_JA_AT ? LANG_JA : LANG_EN, &d);
    str title = word(d.lang, flow == FLOW_COORDINATED ? W_drawing_coordinated : W_drawing_direct);
    put_root(&d, &b, d.bottom + 84, title);
    put_text(&b, SVG_LEFT, 28, 17, " font-weight=\"700\"", title);
    put_heads(&d, &b);
    buf_put(&b, S("<g class=\"arrows\" opacity=\".65\">\n"));
    for (size_t i = 0; i < d.nedges; i++)
        put_edge(&d, &b, &d.edges[i]);
    buf_put(&b, S("</g>\n"));
    for (size_t i = 0; i < d.n; i++)
        put_box(&d, &b, &d.boxes[i]);
    put_legend(&d, &b, d.bottom + 40);
    buf_put(&b, S("</svg>\n"));
    return buf_str(&b);
}
