/* problem.h - what a person typed wrong: data, shown at the field, in the reader's language.
 *
 * A problem names the field as it came in (a form's name, a JSON member), and a code.
 * The word for it is problem_CODE in po/, where {limit} and {got} may stand. */
#ifndef BASE_PROBLEM_H
#define BASE_PROBLEM_H

#include "base/str.h"
#include "base/vec.h"

struct problem {
    str field; /* empty: the whole */
    str code;
    i64 limit; /* what {limit} says; 0 where the word has none */
    str got;   /* what {got} says: a short, safe part of the input, or absent */
};

struct problems {
    VEC(struct problem)
};

/* Always E_INVALID, so that `return problem(...)` reads well. */
enum err problem(struct arena *a, struct problems *ps, str field, str code);
enum err problem_limit(struct arena *a, struct problems *ps, str field, str code, i64 limit);
enum err problem_got(struct arena *a, struct problems *ps, str field, str code, str got);

#endif
