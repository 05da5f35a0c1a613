/* random_test.c - bytes that nobody can foresee, and bytes that a test can. */
#include "io/random.h"
#include "t.h"

TEST(the_systems_bytes_differ)
{
    struct random r = {0};
    str one = random_str(&r, a, 16), two = random_str(&r, a, 16);
    CHECK(one.n == 16 && two.n == 16);
    CHECK(!str_eq(one, two));
}

TEST(a_seed_repeats_the_same_calls)
{
    struct random r = {0}, again = {0}, other = {0};
    random_seed(&r, 1);
    random_seed(&again, 1);
    random_seed(&other, 2);
    str first = random_str(&r, a, 40), second = random_str(&r, a, 40);
    CHECK_STR(first, random_str(&again, a, 40));
    CHECK_STR(second, random_str(&again, a, 40));
    CHECK(!str_eq(first, second));
    CHECK(!str_eq(first, random_str(&other, a, 40)));
}
