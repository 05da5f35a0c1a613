/* svg_test.c - charts: where bars and lines stand, and that text is text. */
#include "formats/svg.h"
#include "t.h"

static const struct svg_point points[] = {
    {S_INIT("11"), S_INIT("2023年")}, {S_INIT("12"), {NULL, 0}}, {S_INIT("1"), S_INIT("2024年")}};
static const struct svg_chart chart = {
    .id = S_INIT("c1"), .title = S_INIT("A & <B>"), .points = points, .n = COUNT(points)};

static bool has(str s, str part)
{
    return str_find(s, part) >= 0;
}

TEST(bars_stand_on_the_ground_with_their_values_over_them)
{
    static const i64 values[] = {17, 0, 8};
    CHECK_STR(S("<svg viewBox=\"0 0 78 116\" role=\"img\" aria-labelledby=\"c1\">\n"
                "  <title id=\"c1\">A &amp; &lt;B&gt;</title>\n"
                "  <line x1=\"0\" y1=\"84.5\" x2=\"78\" y2=\"84.5\"/>\n"
                "  <text x=\"14\" y=\"98\" text-anchor=\"middle\">11</text>\n"
                "  <text x=\"6\" y=\"113\">2023年</text>\n"
                "  <text x=\"39\" y=\"98\" text-anchor=\"middle\">12</text>\n"
                "  <text x=\"64\" y=\"98\" text-anchor=\"middle\">1</text>\n"
                "  <text x=\"56\" y=\"113\">2024年</text>\n"
                "  <rect x=\"6\" y=\"16\" width=\"16\" height=\"68\" rx=\"1\"/>\n"
                "  <text x=\"14\" y=\"12\" text-anchor=\"middle\">17</text>\n"
                "  <rect x=\"31\" y=\"84\" width=\"16\" height=\"0\" rx=\"1\"/>\n"
                "  <text x=\"39\" y=\"80\" text-anchor=\"middle\">0</text>\n"
                "  <rect x=\"56\" y=\"52\" width=\"16\" height=\"32\" rx=\"1\" class=\"last\"/>\n"
                "  <text x=\"64\" y=\"48\" text-anchor=\"middle\">8</text>\n"
                "</svg>\n"),
              svg_bars(a, &chart, values));
}

TEST(a_small_value_beside_a_great_one_is_still_seen)
{
    static const i64 values[] = {1, 0, 100000};
    str s = svg_bars(a, &chart, values);
    CHECK(has(s, S("<rect x=\"6\" y=\"83\" width=\"16\" height=\"1\"")));
    CHECK(has(s, S("<rect x=\"31\" y=\"84\" width=\"16\" height=\"0\"")));
}

TEST(lines_share_one_scale_and_end_with_value_and_name)
{
    static const i64 few[] = {0, 2, 5}, many[] = {10, 5, 0};
    const struct svg_series series[] = {{S("<new>"), few}, {NO_STR, many}};
    str s = svg_lines(a, &chart, series, 2);
    CHECK(has(s, S("<polyline class=\"s1\" fill=\"none\" points=\"14,84 39,70 64,50\"/>")));
    CHECK(has(s, S("<polyline class=\"s2\" fill=\"none\" points=\"14,16 39,50 64,84\"/>")));
    CHECK(has(s, S("<circle class=\"s1\" cx=\"64\" cy=\"50\" r=\"3\"/>")));
    CHECK(has(s, S(">5 &lt;new&gt;</text>")) && has(s, S(">0</text>")));
}

TEST(a_chart_without_points_is_still_a_picture_with_a_title)
{
    struct svg_chart none = {.id = S("c"), .title = S("nothing yet"), .desc = S("why")};
    str s = svg_bars(a, &none, NULL);
    CHECK(has(s, S("<title id=\"c\">nothing yet</title>")) && has(s, S("<desc>why</desc>")));
    CHECK(has(svg_lines(a, &none, NULL, 0), S("</svg>")));
}

TEST(no_chart_brings_its_own_style_or_script)
{
    static const i64 values[] = {1, 2, 3};
    str s = svg_bars(a, &chart, values);
    CHECK(!has(s, S("style")) && !has(s, S("script")) && !has(s, S(" on")) && !has(s, S("href")));
}
