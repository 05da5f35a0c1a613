/* process_svg.h - between the files that draw a process: where boxes and arrows go. */
#ifndef DOMAIN_PROCESS_SVG_H
#define DOMAIN_PROCESS_SVG_H

#include "domain/process.h"
#include "gen/words.h"

enum { PHASES = 6, MOST_LINES = 6 };

/* A text broken into lines of about the same length, in Japanese behind particles where that
 * takes no further line; none where it takes more than there may be.  names: of people, who are
 * not taken apart. */
struct svg_lines {
    str v[MOST_LINES];
    int n;
};
struct svg_lines svg_wrap(str text, int size, int width, bool names);

struct svg_box {
    const struct step *s;
    bool optional; /* taken only where needed */
    int x, y, w, h;
    struct svg_lines condition, title, who;
};

/* From a step to one that needs it, without those that follow from others. */
struct svg_edge {
    int from, to; /* boxes */
    int track;    /* distance in the gutter, so that lines do not lie on each other */
};

struct svg_drawing {
    struct arena *a;
    const struct process *p;
    enum flow flow;
    enum lang lang;
    int phase[PHASES], nphases; /* the columns */
    int column_w, top, bottom;
    struct svg_box *boxes; /* by step */
    size_t n;
    struct svg_edge *edges;
    size_t nedges;
};

enum { SVG_WIDTH = 1200, SVG_LEFT = 12, SVG_GUTTER = 34 };

/* Everything but the drawing itself. */
void svg_layout(struct arena *a, const struct process *p, enum flow flow, enum lang lang,
                struct svg_drawing *out);
int svg_column(const struct svg_drawing *d, const struct svg_box *b);
int svg_column_x(const struct svg_drawing *d, int column);

#endif
