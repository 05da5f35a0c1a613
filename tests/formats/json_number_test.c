/* json_number_test.c - decimal text to double, bit for bit as the C library has it. */
#include "formats/json.h"
#include "t.h"

#include <math.h>

static void same_as_strtod(struct arena *a, str text)
{
    double ours = 0, theirs = strtod(str_to_z(a, text), NULL);
    bool inside = json_decimal(text, &ours);
    /* NOLINTNEXTLINE(bugprone-suspicious-memory-comparison): the bits are what is compared */
    if (inside != !isinf(theirs) || (inside && memcmp(&ours, &theirs, sizeof ours) != 0)) {
        (void)printf("%.*s: ours %a, theirs %a\n", SV(text), ours, theirs);
        CHECK(!"the same double");
    }
}

TEST(numbers_known_to_be_hard_are_rounded_right)
{
    static const str hard[] = {
        S_INIT("2.2250738585072011e-308"), /* between subnormal and normal */
        S_INIT("2.2250738585072012e-308"),
        S_INIT("2.2250738585072014e-308"),
        S_INIT("4.9406564584124654e-324"),
        S_INIT("2.4703282292062327e-324"),
        S_INIT("2.4703282292062328e-324"),
        S_INIT("2.47032822920623272e-324"),
        S_INIT("1.7976931348623157e308"),
        S_INIT("1.7976931348623158e308"),
        S_INIT("9007199254740993"),
        S_INIT("9007199254740992.9999999999999999999999999"),
        S_INIT("9007199254740993.00000000000000000000000000000000001"),
        S_INIT("5e-324"),
        S_INIT("1e23"),
        S_INIT("8.41e21"),
        S_INIT("9.5e-322"),
        S_INIT("6.631236871469758276785396630275972e-308"),
        S_INIT("0.1"),
        S_INIT("123456789012345678e5"),
        S_INIT("1e22"),
        S_INIT("1e-22"),
        S_INIT("0.30000000000000004"),
        S_INIT("-0.0"),
        S_INIT("0e5"),
        S_INIT("100000000000000000000000000000000000000000000000000000000000000000e-60"),
    };
    for (size_t i = 0; i < COUNT(hard); i++)
        same_as_strtod(a, hard[i]);
}

/* An exact tie has up to 767 digits; one digit more far behind decides it. */
TEST(a_digit_far_behind_a_tie_decides_it)
{
    static const char tie[] = "9007199254740993.";
    for (int zeros = 0; zeros < 2000; zeros += 97) {
        buf b = {.a = a};
        buf_put(&b, str_z(tie));
        for (int i = 0; i < zeros; i++)
            buf_char(&b, '0');
        buf_char(&b, '1');
        double d;
        CHECK(json_decimal(buf_str(&b), &d));
        CHECK(d == 9007199254740994.0);
    }
}

static uint64_t next(uint64_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return *seed;
}

TEST(any_double_written_out_is_read_as_itself)
{
    uint64_t seed = 88172645463325252u;
    for (int i = 0; i < 20000; i++) {
        uint64_t bits = next(&seed);
        double d;
        memcpy(&d, &bits, sizeof d);
        if (isfinite(d)) {
            struct arena *turn = arena_new();
            same_as_strtod(turn, str_fmt(turn, "%.17g", d));
            same_as_strtod(turn, str_fmt(turn, "%.*e", (int)(bits % 40), d));
            arena_free(turn);
        }
    }
}

TEST(the_middle_between_two_doubles_goes_to_the_even_one)
{
    uint64_t seed = 2463534242u;
    for (int i = 0; i < 500; i++) {
        uint64_t bits = next(&seed) >> 1;
        if (i % 3 == 0)
            bits &= 0x007FFFFFFFFFFFFFu; /* small, also subnormal */
        double d, up;
        memcpy(&d, &bits, sizeof d);
        up = nextafter(d, INFINITY);
        if (isfinite(d) && isfinite(up)) {
            struct arena *turn = arena_new();
            long double middle = ((long double)d + (long double)up) / 2;
            same_as_strtod(turn, str_fmt(turn, "%.800Le", middle));
            arena_free(turn);
        }
    }
}
