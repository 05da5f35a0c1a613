/* utf8_test.c - what is valid UTF-8, against RFC 3629 and the Unicode Standard's tables 3-7
 * and 3-8. */
#include "base/utf8.h"
#include "t.h"

/* Well-formedness by the standard's table, byte by byte. */
static size_t length_by_table(const unsigned char *p, size_t n)
{
    static const struct {
        unsigned char first, last, from, to;
        size_t n;
    } rows[] = {
        {0x00, 0x7F, 0, 0, 1},       {0xC2, 0xDF, 0x80, 0xBF, 2}, {0xE0, 0xE0, 0xA0, 0xBF, 3},
        {0xE1, 0xEC, 0x80, 0xBF, 3}, {0xED, 0xED, 0x80, 0x9F, 3}, {0xEE, 0xEF, 0x80, 0xBF, 3},
        {0xF0, 0xF0, 0x90, 0xBF, 4}, {0xF1, 0xF3, 0x80, 0xBF, 4}, {0xF4, 0xF4, 0x80, 0x8F, 4}};
    for (size_t i = 0; i < COUNT(rows); i++) {
        if (p[0] < rows[i].first || p[0] > rows[i].last)
            continue;
        if (rows[i].n == 1)
            return 1;
        if (n < rows[i].n || p[1] < rows[i].from || p[1] > rows[i].to)
            return 0;
        for (size_t k = 2; k < rows[i].n; k++)
            if (p[k] < 0x80 || p[k] > 0xBF)
                return 0;
        return rows[i].n;
    }
    return 0;
}

static bool judged_as_the_table(const unsigned char four[4])
{
    size_t want = 0;
    for (size_t n; want < 4 && (n = length_by_table(four + want, 4 - want)) > 0;)
        want += n;
    return utf8_valid_prefix((str){(const char *)four, 4}) == want;
}

TEST(every_two_bytes_and_many_of_four_are_judged_as_the_table_judges_them)
{
    static const unsigned char edges[] = {0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0,
                                          0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xEC, 0xED,
                                          0xEE, 0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF};
    for (unsigned xy = 0; xy < 0x10000; xy++)
        for (size_t i = 0; i < COUNT(edges); i++) {
            unsigned char last = edges[(i * 5) % COUNT(edges)];
            unsigned char four[4] = {(unsigned char)(xy >> 8), (unsigned char)xy, edges[i], last};
            if (!judged_as_the_table(four))
                CHECK(!"as the table");
        }
}

TEST(the_place_of_the_first_bad_byte_is_found_behind_blocks_of_ascii)
{
    char text[64];
    for (size_t n = 1; n < sizeof text; n++)
        for (size_t bad = 0; bad < n; bad++) {
            memset(text, 'a', n);
            text[bad] = (char)0xFF;
            CHECK(utf8_valid_prefix((str){text, n}) == bad);
            text[bad] = 'a';
            CHECK(utf8_valid((str){text, n}));
        }
    CHECK(utf8_valid(S("")) && utf8_valid(NO_STR));
}

TEST(every_code_point_is_written_and_read_as_itself)
{
    static const uint32_t ends[][2] = {{0, 0xD7FF}, {0xE000, 0x10FFFF}};
    for (size_t i = 0; i < COUNT(ends); i++)
        for (uint32_t c = ends[i][0]; c <= ends[i][1]; c++) {
            char bytes[8];
            size_t at = 0;
            buf b = {.p = bytes, .cap = sizeof bytes};
            utf8_put(&b, c);
            CHECK(b.n == (c < 0x80 ? 1u : c < 0x800 ? 2u : c < 0x10000 ? 3u : 4u));
            CHECK(utf8_valid(buf_str(&b)));
            CHECK(utf8_next(buf_str(&b), &at) == c && at == b.n);
        }
}

TEST(characters_are_counted_and_cut_whole)
{
    str s = S("aé橋\xF0\x9F\x98\x80z");
    CHECK_I64(5, (i64)utf8_count(s));
    CHECK_STR(S(""), utf8_sub(s, 0));
    CHECK_STR(S("aé橋"), utf8_sub(s, 3));
    CHECK_STR(s, utf8_sub(s, 5));
    CHECK_STR(s, utf8_sub(s, 99));
}

TEST(controls_that_make_text_lie_are_seen_and_white_space_is_not_one)
{
    static const str bad[] = {
        S_INIT("a\0"),          S_INIT("\x1B[2J"),      S_INIT("\x7F"),
        S_INIT("\xC2\x80"),     S_INIT("\xC2\x9F"),     S_INIT("\xE2\x80\xA8"),
        S_INIT("\xE2\x80\xA9"), S_INIT("\xE2\x80\xAA"), S_INIT("\xE2\x80\xAE"),
        S_INIT("\xE2\x81\xA6"), S_INIT("\xE2\x81\xA9"),
    };
    for (size_t i = 0; i < COUNT(bad); i++)
        CHECK(utf8_has_control(bad[i]));
    CHECK(!utf8_has_control(S("a\tb\r\nc 橋\xC2\xA0\xE2\x80\xA7\xE2\x81\xA5")));
}
