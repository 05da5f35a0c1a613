/* clock_test.c - the clock that tests move. */
#include "io/clock.h"
#include "io/files.h"
#include "t.h"

#include <time.h>
#include <unistd.h>

TEST(the_systems_clock_is_in_milliseconds)
{
    struct clock c = {0};
    i64 before = (i64)time(NULL), now = clock_now(&c), after = (i64)time(NULL);
    CHECK(now / 1000 >= before && now / 1000 <= after + 1);
}

TEST(a_clock_that_was_set_stands_still)
{
    struct clock c = {0};
    clock_set(&c, 1234);
    CHECK_I64(1234, clock_now(&c));
    clock_set(&c, 5678);
    CHECK_I64(5678, clock_now(&c));
}

/* By so much, however long it takes to look. */
static void check_ahead(struct clock *c, struct clock *real, i64 ms)
{
    i64 before = clock_now(real), now = clock_now(c), after = clock_now(real);
    CHECK(now >= before + ms && now <= after + ms);
}

TEST(a_clock_follows_its_file)
{
    char dir[] = "/tmp/clock-XXXXXX";
    CHECK(mkdtemp(dir) != NULL);
    const char *path = str_to_z(a, str_fmt(a, "%s/now", dir));
    struct fault f = {0};
    struct clock c = {0}, real = {0};
    CHECK_ERR(E_INVALID, clock_follow(&c, path, &f));
    CHECK_ERR(OK, file_write(a, path, S("1795219200000\n"), 0600, &f));
    CHECK_ERR(OK, clock_follow(&c, path, &f));
    CHECK_I64(1795219200000, clock_now(&c));
    CHECK_ERR(OK, file_write(a, path, S("+86400000"), 0600, &f));
    check_ahead(&c, &real, 86400000);
    i64 last = clock_now(&c);
    CHECK_ERR(OK, file_write(a, path, S("noon"), 0600, &f));
    CHECK_I64(last, clock_now(&c));
    CHECK(unlink(path) == 0 && rmdir(dir) == 0);
}

TEST(durations_never_go_back)
{
    i64 last = clock_us();
    for (int i = 0; i < 1000; i++) {
        i64 now = clock_us();
        CHECK(now >= last);
        last = now;
    }
}
