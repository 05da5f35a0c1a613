/* record_compare.h - whether all forms of an advisory say the same, field by field. */
#ifndef FORMATS_RECORD_COMPARE_H
#define FORMATS_RECORD_COMPARE_H

#include "formats/record_said.h"

/* How a form tells a field, and what must hold between it and the page. */
enum said_rule {
    SAID_NOTHING,  /* the format has no place for it */
    SAID_EQUAL,    /* the same values */
    SAID_IN_PART,  /* the same but for what the format cannot say: see `where` */
    SAID_ONE_OF,   /* one of the page's */
    SAID_BEGINS,   /* it begins the page's */
    SAID_CONTAINS, /* it holds the page's among other words */
    SAID_WITHIN,   /* each stands in the page's words */
    SAID_AT_LEAST, /* the page's, and more */
    SAID_STANDS,   /* the page's stand somewhere in its words */
};
struct said_carry {
    enum said_rule rule;
    const char *where; /* the element and its standard; of SAID_NOTHING: why not */
};
struct said_carry said_carries(enum said_format f, enum said_field field);

enum said_verdict { SAID_AGREES, SAID_DIFFERS, SAID_NOT_CARRIED, SAID_NOT_BUILT };
str said_verdict_name(enum said_verdict v); /* "agrees", "differs", "not carried" */
struct said_cell {
    enum said_verdict verdict;
    struct said_carry carry;
    struct strs values;   /* what it says */
    struct strs expected; /* what it would say if it agreed */
};
struct said_row {
    enum said_field field;
    struct said_cell cell[SAID_FORMATS];
    bool differs; /* any of them does */
};

/* said[f] NULL: that form was not built.  The page is what the others are held against; where
 * there are several others and none agrees with it, it is the page that differs.  What the page
 * does not tell is held against the form that most others agree with. */
void said_compare(struct arena *a, const struct record_said *const said[SAID_FORMATS],
                  const struct said_hints *hints, struct said_row rows[SAID_FIELDS]);

#endif
