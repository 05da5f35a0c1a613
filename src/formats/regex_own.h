/* regex_own.h - from pattern to tree to steps to states; for formats/regex*.c alone. */
#ifndef FORMATS_REGEX_OWN_H
#define FORMATS_REGEX_OWN_H

#include "base/vec.h"
#include "formats/regex.h"

enum { REGEX_STEPS = 30000, REGEX_STATES = 8000, REGEX_NESTED = 100, REGEX_MANY = UINT16_MAX };

struct regex_range {
    uint32_t lo, hi; /* code points */
};

enum regex_kind {
    REGEX_SET,    /* one code point of the ranges */
    REGEX_ALL,    /* the kids, one behind the other */
    REGEX_ANY,    /* one of the kids */
    REGEX_REPEAT, /* kid 0, min to max times; max REGEX_MANY: without end */
    REGEX_BEGIN,
    REGEX_END,
};

struct regex_tree {
    enum regex_kind kind;
    uint16_t min, max;
    struct {
        VEC(const struct regex_tree *)
    } kids;
    struct {
        VEC(struct regex_range)
    } set;
};

/* A lookahead that began the pattern, and the pattern itself as the last. */
struct regex_part {
    const struct regex_tree *tree;
    bool negative, begins; /* begins: only at the beginning of the text */
};
struct regex_parts {
    VEC(struct regex_part)
};

/* False: not taken. */
bool regex_parse(struct arena *a, str pattern, struct regex_parts *out);

/* What \d, \w or \s (also as D W S) stands for, added to the set. */
void regex_add_class(struct arena *a, struct regex_tree *set, char name);

/* Sorted, without overlaps; negative: all other code points. */
void regex_settle(struct arena *a, struct regex_tree *set, bool negative);

/* The tree written out in steps: each takes a byte of lo to hi, or none. */
enum regex_step_kind {
    REGEX_BYTE,  /* then out */
    REGEX_FORK,  /* out and also */
    REGEX_START, /* then out, at the beginning of the text only */
    REGEX_STOP,  /* then out, at the end of the text only */
    REGEX_FOUND,
};
struct regex_step {
    uint8_t kind, lo, hi;
    uint32_t out, also;
};
struct regex_steps {
    VEC(struct regex_step)
    uint32_t first;
};

/* False: too large. */
bool regex_write_out(struct arena *a, const struct regex_part *part, struct regex_steps *out);

/* A machine in the making: next[state * classes + class_of[byte]].  State 0: no match can come
 * any more; 1: there was one.  States from `final` on match when the text ends there. */
struct regex_draft {
    const uint8_t *class_of; /* 256 */
    const uint16_t *next;
    uint32_t states;
    uint16_t classes, start, final;
};

/* False: too large. */
bool regex_determine(struct arena *a, const struct regex_steps *steps, struct regex_draft *out);

/* The same machine with fewer states. */
void regex_lessen(struct arena *a, struct regex_draft *m);

#endif
