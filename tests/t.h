/* t.h - tests as sentences, on cmocka: each TEST gets a fresh arena.
 *
 *     TEST(a_step_is_for_its_role_alone) { CHECK_ERR(E_DENIED, ...); }
 *
 * Checks end the test at the first that does not hold.  SKIP says why, in one line. */
#ifndef T_H
#define T_H

#include "base/err.h"
#include "base/problem.h"

#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#undef fail /* app/ctx.h has one of its own */

#undef fail /* app/ctx.h has one of its own */

enum { T_MAX = 512 };
static struct CMUnitTest t_tests[T_MAX];
static size_t t_count, t_skipped;

#define TEST(name) TEST_AT(name, )

/* One that runs before all TESTs of its file: who forks does so while little memory is there to copy. */
#define EARLY_TEST(name) TEST_AT(name, (200))

#define TEST_AT(name, priority)                                                                    \
    static void test_##name(struct arena *a);                                                      \
    static void run_##name(void **state)                                                           \
    {                                                                                              \
        test_##name(*state);                                                                       \
    }                                                                                              \
    [[gnu::constructor priority]] static void add_##name(void)                                     \
    {                                                                                              \
        must(t_count < T_MAX);                                                                     \
        t_tests[t_count++] = (struct CMUnitTest){#name, run_##name, t_begin, t_end, NULL};         \
    }                                                                                              \
    static void test_##name([[maybe_unused]] struct arena *a)

#define SKIP(why)                                                                                  \
    do {                                                                                           \
        t_skipped++;                                                                               \
        (void)printf("skipped: %s: %s\n", __func__, (why));                                        \
        skip();                                                                                    \
    } while (0)

#define CHECK(cond) _assert_true((cond) ? 1 : 0, #cond, __FILE__, __LINE__)
#define CHECK_ERR(want, got) t_err(__FILE__, __LINE__, #got, (want), (got))
#define CHECK_STR(want, got) t_str(__FILE__, __LINE__, (want), (got))
#define CHECK_I64(want, got) t_i64(__FILE__, __LINE__, #got, (want), (got))

[[maybe_unused]] static void t_err(const char *f, int l, const char *what, enum err want,
                                   enum err got)
{
    if (want != got) {
        (void)printf("%s:%d: %s: want err %u, got %u\n", f, l, what, want, got);
        _fail(f, l);
    }
}

[[maybe_unused]] static void t_str(const char *f, int l, str want, str got)
{
    if (!str_eq(want, got) || (want.p == NULL) != (got.p == NULL)) {
        (void)printf("%s:%d: want \"%.*s\"%s\n   got \"%.*s\"%s\n", f, l, SV(want),
                     want.p ? "" : " (absent)", SV(got), got.p ? "" : " (absent)");
        _fail(f, l);
    }
}

[[maybe_unused]] static void t_i64(const char *f, int l, const char *what, i64 want, i64 got)
{
    if (want != got) {
        (void)printf("%s:%d: %s: want %" PRId64 ", got %" PRId64 "\n", f, l, what, want, got);
        _fail(f, l);
    }
}

/* Folder of the shared test data, or skip. */
#define TESTDATA()                                                                                 \
    __extension__({                                                                                \
        const char *t_dir_ = getenv("KAKEHASHI_TESTDATA");                                         \
        if (t_dir_ == NULL)                                                                        \
            SKIP("KAKEHASHI_TESTDATA is not set");                                                 \
        t_dir_;                                                                                    \
    })

static int t_begin(void **state)
{
    *state = arena_new();
    return 0;
}

static int t_end(void **state)
{
    arena_free(*state);
    return 0;
}

int main(int argc, char **argv)
{
    (void)setvbuf(stdout, NULL, _IOLBF, 0);
    if (argc > 1)
        cmocka_set_test_filter(argv[1]);
    int failed = _cmocka_run_group_tests(__BASE_FILE__, t_tests, t_count, NULL, NULL);
    (void)printf("%zu passed, %d failed, %zu skipped\n", t_count - (size_t)failed - t_skipped,
                 failed, t_skipped);
    return failed != 0;
}

#endif
