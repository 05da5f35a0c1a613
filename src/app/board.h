/* board.h - the progress of a case as a table: phases 0 to 5 across; down, for a
 * vendor's people its departments, for bodies outside the vendors. */
#ifndef APP_BOARD_H
#define APP_BOARD_H

#include "base/str.h"

/* clang-format off */
enum chip_is {
    CHIP_DONE, CHIP_OPEN, CHIP_LATE, CHIP_WAITING,
    CHIP_OPTIONAL,       /* may be taken where needed */
    CHIP_SKIPPED, CHIP_NOT_APPLICABLE,
    CHIP_TOLD,           /* this row is told of the result, no more */
    CHIP_COUNT
};
/* clang-format on */
enum { PHASES = 6 };

struct chip {
    enum chip_is is;
    bool part; /* takes part; otherwise leads */
    bool here; /* opened in place */
    str lane, step;
    str title; /* short; empty where it only takes part */
    str word;  /* its state: "89 h overdue" */
    str note;  /* what is missing, by name; why it was skipped; the condition; or empty */
};
struct chips {
    struct chip *v;
    size_t n, cap;
};
struct board_row {
    str name, small; /* small: the department's own name, or the state of a lane; or empty */
    bool own;        /* the reader's */
    bool open_here;  /* the step that is opened in place is in this row */
    struct chips cell[PHASES];
};

enum phase_is { PHASE_DONE, PHASE_NOW, PHASE_TO_COME };

struct board {
    const struct board_row *rows;
    size_t nrows;
    enum phase_is phase[PHASES];
    i64 count[CHIP_COUNT], steps; /* each step once */
    size_t first, more;           /* lanes before the first row and behind the last */
};

enum { BOARD_LANES = 40 }; /* rows of vendors on one page */

#endif
