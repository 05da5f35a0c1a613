/* svg.c - see svg.h.  Coordinates are whole units: 25 a point, 68 for the greatest value. */
#include "formats/svg.h"

#include "formats/xml.h"

enum {
    STEP = 25,
    LEFT = 6,
    BAR = 16,
    GROUND = 84,
    HIGH = 68,
    LABELS = 98,
    GROUPS = 113,
    TALL = 116,
    NAMES = 90 /* room for the names of lines */
};

static i64 most(const i64 *values, size_t n, i64 least)
{
    for (size_t i = 0; i < n; i++)
        least = values[i] > least ? values[i] : least;
    return least;
}

/* Height of a value; what is not nothing is seen. */
static i64 height(i64 value, i64 greatest)
{
    i64 h = (value * HIGH + greatest / 2) / greatest;
    return value > 0 && h == 0 ? 1 : h;
}

static void put_num(struct xml_out *x, str name, i64 n)
{
    char digits[24];
    buf b = {.p = digits, .cap = sizeof digits};
    buf_i64(&b, n);
    xml_attr(x, name, buf_str(&b));
}

static void put_text(struct xml_out *x, i64 at, i64 y, str anchor, str text)
{
    if (text.n == 0)
        return;
    xml_begin(x, S("text"));
    put_num(x, S("x"), at);
    put_num(x, S("y"), y);
    xml_attr(x, S("text-anchor"), anchor);
    xml_text(x, text);
    xml_end(x);
}

static void put_value(struct xml_out *x, i64 at, i64 y, str anchor, i64 value)
{
    char digits[24];
    buf b = {.p = digits, .cap = sizeof digits};
    buf_i64(&b, value);
    put_text(x, at, y, anchor, buf_str(&b));
}

/* How large it is and what it is called. */
static void open_svg(struct arena *a, struct xml_out *x, const struct svg_chart *c, i64 wide,
                     i64 tall)
{
    buf view = {.a = a};
    buf_put(&view, S("0 0 "));
    buf_i64(&view, wide);
    buf_char(&view, ' ');
    buf_i64(&view, tall);
    xml_begin(x, S("svg"));
    xml_attr(x, S("viewBox"), buf_str(&view));
    xml_attr(x, S("role"), S("img"));
    xml_attr(x, S("aria-labelledby"), c->id);
    xml_begin(x, S("title"));
    xml_attr(x, S("id"), c->id);
    xml_text(x, c->title);
    xml_end(x);
    xml_element(x, S("desc"), c->desc);
}

/* The frame: the ground line, labels and groups. */
static void begin(struct arena *a, struct xml_out *x, const struct svg_chart *c, i64 right)
{
    i64 wide = LEFT + (i64)c->n * STEP - (STEP - BAR) + LEFT;
    open_svg(a, x, c, wide + right, TALL);
    xml_begin(x, S("line"));
    put_num(x, S("x1"), 0);
    xml_attr(x, S("y1"), S("84.5"));
    put_num(x, S("x2"), wide);
    xml_attr(x, S("y2"), S("84.5"));
    xml_end(x);
    for (size_t i = 0; i < c->n; i++) {
        put_text(x, LEFT + (i64)i * STEP + BAR / 2, LABELS, S("middle"), c->points[i].label);
        put_text(x, LEFT + (i64)i * STEP, GROUPS, NO_STR, c->points[i].group);
    }
}

str svg_bars(struct arena *a, const struct svg_chart *c, const i64 *values)
{
    buf b = {.a = a};
    struct xml_out x = {.b = &b};
    i64 greatest = most(values, c->n, 1);
    begin(a, &x, c, 0);
    for (size_t i = 0; i < c->n; i++) {
        i64 left = LEFT + (i64)i * STEP, h = height(values[i], greatest);
        must(values[i] >= 0);
        xml_begin(&x, S("rect"));
        put_num(&x, S("x"), left);
        put_num(&x, S("y"), GROUND - h);
        put_num(&x, S("width"), BAR);
        put_num(&x, S("height"), h);
        put_num(&x, S("rx"), 1);
        xml_attr(&x, S("class"), i + 1 == c->n ? S("last") : NO_STR);
        xml_end(&x);
        put_value(&x, left + BAR / 2, GROUND - h - 4, S("middle"), values[i]);
    }
    xml_end(&x);
    return buf_str(&b);
}

enum { ROW = 22, ROW_BAR = 12, ROW_LABELS = 128, ROW_WIDE = 130, ROW_RIGHT = 304 };

str svg_rows(struct arena *a, const struct svg_chart *c, const i64 *values)
{
    buf b = {.a = a};
    struct xml_out x = {.b = &b};
    i64 greatest = most(values, c->n, 1), tall = (i64)c->n * ROW;
    open_svg(a, &x, c, ROW_RIGHT, tall);
    for (size_t i = 0; i < c->n; i++) {
        i64 top = (i64)i * ROW, wide = (values[i] * ROW_WIDE + greatest / 2) / greatest;
        must(values[i] >= 0);
        put_text(&x, 0, top + 14, NO_STR, c->points[i].label);
        xml_begin(&x, S("rect"));
        put_num(&x, S("x"), ROW_LABELS);
        put_num(&x, S("y"), top + (ROW - ROW_BAR) / 2);
        put_num(&x, S("width"), values[i] > 0 && wide == 0 ? 1 : wide);
        put_num(&x, S("height"), ROW_BAR);
        put_num(&x, S("rx"), 1);
        xml_end(&x);
        put_value(&x, ROW_LABELS + wide + 6, top + 14, NO_STR, values[i]);
    }
    xml_end(&x);
    return buf_str(&b);
}

static void put_line(struct arena *a, struct xml_out *x, const struct svg_series *s, size_t n,
                     i64 greatest, str class)
{
    buf points = {.a = a};
    i64 at = 0, y = 0;
    for (size_t i = 0; i < n; i++) {
        must(s->values[i] >= 0);
        at = LEFT + (i64)i * STEP + BAR / 2;
        y = GROUND - height(s->values[i], greatest);
        buf_put(&points, i > 0 ? S(" ") : S(""));
        buf_i64(&points, at);
        buf_char(&points, ',');
        buf_i64(&points, y);
    }
    xml_begin(x, S("polyline"));
    xml_attr(x, S("class"), class);
    xml_attr(x, S("fill"), S("none"));
    xml_attr(x, S("points"), buf_str(&points));
    xml_end(x);
    xml_begin(x, S("circle"));
    xml_attr(x, S("class"), class);
    put_num(x, S("cx"), at);
    put_num(x, S("cy"), y);
    put_num(x, S("r"), 3);
    xml_end(x);
    buf shown = {.a = a};
    buf_i64(&shown, s->values[n - 1]);
    if (s->name.n > 0)
        buf_char(&shown, ' ');
    buf_put(&shown, s->name);
    put_text(x, at + 8, y + 4, NO_STR, buf_str(&shown));
}

str svg_lines(struct arena *a, const struct svg_chart *c, const struct svg_series *series,
              size_t nseries)
{
    static const str classes[] = {S_INIT("s1"), S_INIT("s2"), S_INIT("s3"), S_INIT("s4")};
    buf b = {.a = a};
    struct xml_out x = {.b = &b};
    i64 greatest = 1;
    must(nseries <= COUNT(classes));
    for (size_t i = 0; i < nseries; i++)
        greatest = most(series[i].values, c->n, greatest);
    begin(a, &x, c, NAMES);
    for (size_t i = 0; i < nseries && c->n > 0; i++)
        put_line(a, &x, &series[i], c->n, greatest, classes[i]);
    xml_end(&x);
    return buf_str(&b);
}
