/* vec_test.c - arrays that grow. */
#include "base/vec.h"
#include "t.h"

TEST(pushed_items_begin_zeroed_and_stay_while_others_follow)
{
    struct item {
        i64 number;
        char rest[40];
    };
    struct {
        VEC(struct item)
    } items = {0};
    for (i64 i = 0; i < 1000; i++) {
        struct item *one = PUSH(a, &items);
        CHECK(one->number == 0 && one->rest[0] == 0 && one->rest[39] == 0);
        memset(one, 0xEE, sizeof *one);
        one->number = i;
    }
    CHECK_I64(1000, (i64)items.n);
    for (i64 i = 0; i < 1000; i++)
        CHECK_I64(i, items.v[i].number);
}

TEST(reserved_room_is_zeroed_and_keeps_what_was_there)
{
    struct {
        VEC(i64)
    } numbers = {0};
    for (i64 round = 1; round <= 40; round++) {
        size_t n = numbers.n;
        RESERVE(a, &numbers, (size_t)round);
        CHECK(numbers.n == n && numbers.cap - n >= (size_t)round);
        for (i64 i = 0; i < round; i++)
            CHECK_I64(0, numbers.v[n + (size_t)i]);
        for (i64 i = 0; i < round; i++, numbers.n++)
            numbers.v[numbers.n] = (i64)numbers.n + 1;
        i64 next = (i64)numbers.n + 1;
        *PUSH(a, &numbers) = next;
    }
    for (size_t i = 0; i < numbers.n; i++)
        CHECK_I64((i64)i + 1, numbers.v[i]);
    CHECK(numbers.cap < 4 * numbers.n);
}
