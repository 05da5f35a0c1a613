/* problem_test.c - what a person typed wrong, collected. */
#include "base/problem.h"
#include "t.h"

TEST(problems_are_kept_in_order_and_read_well_as_a_result)
{
    struct problems ps = {0};
    char got[] = "x<y";
    CHECK_ERR(E_INVALID, problem(a, &ps, S("title"), S("missing")));
    CHECK_ERR(E_INVALID, problem_limit(a, &ps, S("body"), S("too_long"), 100));
    CHECK_ERR(E_INVALID, problem_got(a, &ps, S("cve"), S("format"), (str){got, 3}));
    got[0] = '!'; /* kept is a copy */
    CHECK_I64(3, (i64)ps.n);
    CHECK_STR(S("title"), ps.v[0].field);
    CHECK_STR(S("missing"), ps.v[0].code);
    CHECK_STR(NO_STR, ps.v[0].got);
    CHECK_I64(100, ps.v[1].limit);
    CHECK_STR(S("x<y"), ps.v[2].got);
}
