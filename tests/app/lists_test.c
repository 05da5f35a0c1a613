/* lists_test.c - what is counted beside the inbox and the cases. */
#include "app/lists.h"

#include "help/case_walk.h"
#include "t.h"

static i64 cases_of(struct walk *w, const char *who, const char *too, i64 most)
{
    struct ctx *cx = walk_as(w, who);
    struct counts n = {0};
    if (too != NULL) {
        struct strs other = walk_as(w, too)->who.principals, own;
        cx = walk_as(w, who);
        own = cx->who.principals;
        str *all = NEWS(cx->a, str, own.n + other.n);
        for (size_t i = 0; i < own.n; i++)
            all[i] = own.v[i];
        for (size_t i = 0; i < other.n; i++)
            all[own.n + i] = other.v[i];
        cx->who.principals = (struct strs){all, own.n + other.n};
    }
    CHECK_ERR(OK, count_own(cx, most, &n));
    return n.cases;
}

APP_TEST(a_case_that_several_of_a_persons_departments_know_of_counts_once)
{
    struct walk *w = walked(st, WALKED_DETAILS);
    CHECK_I64(1, cases_of(w, "coordinator", NULL, BADGE_MAX));
    CHECK_I64(1, cases_of(w, "reception", NULL, BADGE_MAX));
    CHECK_I64(1, cases_of(w, "coordinator", "reception", BADGE_MAX));
    CHECK_I64(1, cases_of(w, "coordinator", "reception", 1));
}

APP_TEST(a_case_that_a_person_may_not_know_of_is_not_counted)
{
    struct walk *w = walked(st, WALKED_SPREAD);
    CHECK_I64(0, cases_of(w, "mihon.sales", NULL, BADGE_MAX));
    CHECK_I64(1, cases_of(w, "mihon.design", "mihon.sales", BADGE_MAX));
}
