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
