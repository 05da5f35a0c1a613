/* svg.h - small charts as SVG inside a page: text is text, colours come from the style sheet
 * (.chart rect, line, text, polyline, circle; .last; .s1 … .s4).
 *
 * No style, no script, no number that depends on a font.  The table with the same figures
 * belongs beside it; the title says in a sentence what the chart shows. */
#ifndef FORMATS_SVG_H
#define FORMATS_SVG_H

#include "base/str.h"

struct svg_point {
    str label; /* under it; empty: none */
    str group; /* under the labels, where a new group begins ("2024"); absent: the same one */
};

struct svg_series {
    str name;          /* at the end of its line; absent: none */
    const i64 *values; /* one a point, not negative */
};

struct svg_chart {
    str id;          /* unique on the page, for the title */
    str title, desc; /* desc absent: none */
    const struct svg_point *points;
    size_t n;
};

/* One bar a point, its value over it; the last one has class "last". */
str svg_bars(struct arena *a, const struct svg_chart *chart, const i64 *values);

/* One bar a point, lying, its label before it and its value behind: for words. */
str svg_rows(struct arena *a, const struct svg_chart *chart, const i64 *values);

/* Up to four lines with the classes s1 to s4, their last values at their ends. */
str svg_lines(struct arena *a, const struct svg_chart *chart, const struct svg_series *series,
              size_t nseries);

#endif
