/* id_test.c - UUIDv7 as RFC 9562 has it. */
#include "base/id.h"
#include "t.h"

/* RFC 9562 appendix A.6: unix_ts_ms 0x017F22E279B0, rand_a CC3, rand_b 18C4DC0C0C07398F. */
TEST(the_example_of_rfc_9562_comes_out)
{
    static const unsigned char random[ID_RANDOM] = {0x7C, 0xC3, 0x98, 0xC4, 0xDC,
                                                    0x0C, 0x0C, 0x07, 0x39, 0x8F};
    CHECK_STR(S("017f22e2-79b0-7cc3-98c4-dc0c0c07398f"), id_make(a, 0x017F22E279B0, random));
}

TEST(version_and_variant_are_set_whatever_the_random_bytes)
{
    for (int c = 0; c < 256; c += 17) {
        unsigned char random[ID_RANDOM];
        memset(random, c, sizeof random);
        str id = id_make(a, 0, random);
        CHECK(id_is(id) && id.p[14] == '7' && strchr("89ab", id.p[19]) != NULL);
    }
}

TEST(later_ids_sort_behind_earlier_ones)
{
    static const unsigned char most[ID_RANDOM] = {255, 255, 255, 255, 255, 255, 255, 255, 255, 255};
    static const unsigned char least[ID_RANDOM] = {0};
    i64 now = 1795219200000;
    for (i64 step = 1; step < 1000000000; step *= 7)
        CHECK(str_cmp(id_make(a, now, most), id_make(a, now + step, least)) < 0);
}

TEST(only_the_form_of_an_id_is_taken_for_one)
{
    CHECK(id_is(S("017f22e2-79b0-7cc3-98c4-dc0c0c07398f")));
    static const str bad[] = {
        S_INIT(""),
        S_INIT("017f22e2-79b0-7cc3-98c4-dc0c0c07398"),
        S_INIT("017f22e2-79b0-7cc3-98c4-dc0c0c07398f0"),
        S_INIT("017F22E2-79B0-7CC3-98C4-DC0C0C07398F"),
        S_INIT("017f22e2079b0-7cc3-98c4-dc0c0c07398f"),
        S_INIT("017f22e2-79b0-7cc3-98c4-dc0c0c07398g"),
        S_INIT("{17f22e2-79b0-7cc3-98c4-dc0c0c07398}"),
        S_INIT("017f22e2-79b0-7cc3-98c4-dc0c0c07398\0"),
    };
    for (size_t i = 0; i < COUNT(bad); i++)
        CHECK(!id_is(bad[i]));
}
