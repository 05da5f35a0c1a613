/* json_marks.h - the first pass over a JSON text: where its marks stand, 64 bytes at a step.
 *
 * A mark is a byte that the second pass has to look at.  Outside strings: brackets, colons,
 * commas, opening quotes, and the first byte of anything else that is not white space.  Inside:
 * closing quotes, backslashes that begin an escape, control characters, and the first byte of
 * each run that is not ASCII.  Behind the first mistake of a text the marks may be wrong, up to
 * it they are right. */
#ifndef FORMATS_JSON_MARKS_H
#define FORMATS_JSON_MARKS_H

#include "base/str.h"

enum {
    JSON_STRETCH = 2048, /* bytes looked at in a go, so that what is kept is small */
    JSON_AHEAD = 8,      /* so many marks are known after json_marks_more() */
    JSON_MARKS = JSON_AHEAD + JSON_STRETCH + 64
};

/* The ways to look at bytes.  All find the same marks. */
enum json_way { JSON_BYTEWISE, JSON_SSE4, JSON_AVX2, JSON_AVX512, JSON_WAYS };

/* The quickest one that this processor knows. */
enum json_way json_way(void);

/* What the bytes before a block decide. */
struct json_before {
    uint64_t inside;  /* the last byte stood in a string: all bits */
    uint64_t escaped; /* 1: the next byte has a backslash before it */
    uint64_t other;   /* 1: the last byte belonged to a number, a word, or what is none */
    uint64_t high;    /* 1: the last byte was not ASCII */
};

struct json_marks {
    str text;
    size_t seen; /* bytes of the text that were looked at */
    struct json_before was;
    enum json_way way;
    size_t n;
    uint32_t at[JSON_MARKS]; /* where in the text; behind the last one: its length */
    char byte[JSON_MARKS];   /* what stands there; behind the last one: '\0' */
};

/* `text` has less than 4 GiB. */
void json_marks_begin(struct json_marks *m, str text, enum json_way way);

/* The list begins anew with the marks from number `from` on, of which there are less than
 * JSON_AHEAD, and those that come next; behind the last mark stands the end, again and again. */
void json_marks_more(struct json_marks *m, size_t from);

#endif
