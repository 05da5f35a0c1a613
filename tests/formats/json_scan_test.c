/* json_scan_test.c - both forms of the scanning loop against one byte at a time.
 * JSON_SCAN_PORTABLE is set for json_scan_portable_test.c, which is this file again. */
#include "formats/json_scan.h"
#include "t.h"

static const char *slow_plain(const char *p, const char *end)
{
    while (p < end && *p != '"' && *p != '\\' && (unsigned char)*p >= 0x20)
        p++;
    return p;
}

static void same_as_slow(str s)
{
    CHECK(json_plain(s.p, s.p + s.n) == slow_plain(s.p, s.p + s.n));
}

TEST(each_byte_at_each_place_stops_the_loop_as_it_should)
{
    enum { N = 40 };
    static const char fills[] = " \nax\x80\xFF";
    for (size_t f = 0; fills[f] != '\0'; f++)
        for (int c = 0; c < 256; c++)
            for (size_t n = 1; n <= N; n += 3) {
                char *p = NEWS(a, char, n);
                for (size_t at = 0; at < n; at++) {
                    memset(p, fills[f], n);
                    p[at] = (char)c;
                    same_as_slow((str){p, n});
                    p[n - 1] = (char)(c ^ 1); /* a neighbour that differs in one bit */
                    same_as_slow((str){p, n});
                }
            }
}
