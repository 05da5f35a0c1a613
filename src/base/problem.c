/* problem.c - see problem.h. */
#include "base/problem.h"

enum err problem_limit(struct arena *a, struct problems *ps, str field, str code, i64 limit)
{
    *PUSH(a, ps) = (struct problem){.field = field, .code = code, .limit = limit};
    return E_INVALID;
}

enum err problem(struct arena *a, struct problems *ps, str field, str code)
{
    return problem_limit(a, ps, field, code, 0);
}

enum err problem_got(struct arena *a, struct problems *ps, str field, str code, str got)
{
    *PUSH(a, ps) = (struct problem){.field = field, .code = code, .got = str_copy(a, got)};
    return E_INVALID;
}
