/* err_test.c - outcomes outside the program, and where a failure began. */
#include "base/err.h"
#include "t.h"

TEST(every_outcome_has_a_status_an_exit_code_and_a_code_of_its_own)
{
    CHECK_I64(200, err_info[OK].http);
    CHECK_I64(0, err_info[OK].exit);
    for (int e = OK + 1; e < ERR_COUNT; e++) {
        CHECK(err_info[e].http >= 400 && err_info[e].http < 600 && err_info[e].exit > 0);
        for (int k = OK; k < e; k++) {
            CHECK(err_info[k].exit != err_info[e].exit);
            CHECK(!str_eq(err_info[k].code, err_info[e].code));
        }
    }
}

TEST(the_first_reason_stays_and_a_long_one_is_cut)
{
    struct fault f = {0};
    CHECK_ERR(E_IO, fault_set(&f, E_IO, "disk %d", 1));
    CHECK_ERR(E_BUSY, fault_set(&f, E_BUSY, "later"));
    CHECK_STR(S("disk 1"), str_z(f.text));
    struct fault g = {0};
    CHECK_ERR(E_IO, fault_set(&g, E_IO, "%0500d", 1));
    CHECK_I64((i64)sizeof g.text - 1, (i64)strlen(g.text));
}

static enum err passes(enum err e, int *reached)
{
    TRY(e);
    ++*reached;
    return OK;
}

TEST(a_failure_is_passed_up_unchanged)
{
    int reached = 0;
    for (int e = OK + 1; e < ERR_COUNT; e++)
        CHECK_ERR((enum err)e, passes((enum err)e, &reached));
    CHECK_I64(0, reached);
    CHECK_ERR(OK, passes(OK, &reached));
    CHECK_I64(1, reached);
}
