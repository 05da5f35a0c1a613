/* html_test.c - escaping by type, and what may become a link. */
#include "web/html.h"

#include "t.h"

static struct html_out out(struct arena *a)
{
    return (struct html_out){.b = {.a = a}, .lang = LANG_EN};
}

static str escaped(struct arena *a, str data)
{
    struct html_out o = out(a);
    html_text(&o, data);
    return buf_str(&o.b);
}

TEST(data_cannot_become_markup)
{
    CHECK_STR(S("&lt;a href=&quot;x&quot; id=&#39;y&#39;&gt;&amp;amp;"),
              escaped(a, S("<a href=\"x\" id='y'>&amp;")));
}

TEST(every_byte_that_is_not_special_passes_unchanged)
{
    for (int c = 0; c < 256; c++) {
        char text[1] = {(char)c};
        str s = {text, 1};
        if (strchr("&<>\"'", c) == NULL || c == 0)
            CHECK_STR(s, escaped(a, s));
    }
}

/* Long texts go in big steps, the rest in small ones: each special at each place of each. */
TEST(a_special_is_found_wherever_it_stands)
{
    static const char *const entities[] = {"&amp;", "&lt;", "&gt;", "&quot;", "&#39;"};
    for (size_t n = 1; n < 70; n++) {
        for (size_t at = 0; at < n; at++) {
            char *p = NEWS(a, char, n);
            memset(p, 'a', n);
            str before = str_copy(a, (str){p, at}), after = str_copy(a, (str){p, n - at - 1});
            p[at] = "&<>\"'"[(n + at) % 5];
            str want = str_fmt(a, "%.*s%s%.*s", SV(before), entities[(n + at) % 5], SV(after));
            CHECK_STR(want, escaped(a, (str){p, n}));
        }
    }
}

TEST(absent_and_empty_text_write_nothing)
{
    CHECK_I64(0, (i64)escaped(a, NO_STR).n);
    CHECK_I64(0, (i64)escaped(a, S("")).n);
}

TEST(only_the_type_html_passes_as_it_is)
{
    struct html_out o = out(a);
    html_put(&o, S("<b>"));
    html_put(&o, (html){S("<i>")});
    html_put(&o, (i64)-7);
    CHECK_STR(S("&lt;b&gt;<i>-7"), buf_str(&o.b));
}

TEST(words_come_in_the_readers_language)
{
    struct html_out o = out(a);
    html_word(&o, W_product_name);
    o.lang = LANG_JA;
    html_word(&o, W_product_name);
    CHECK_STR(S("Kakehashi架け橋"), buf_str(&o.b));
}

TEST(a_path_segment_cannot_leave_its_place)
{
    CHECK_STR(S("/c/a%2F..%2Fb%3Fx%23y%25/z"), url_seg(a, S("/c/"), S("a/../b?x#y%"), S("/z")).s);
    CHECK_STR(S("/c/%E6%A9%8B"), url_seg(a, S("/c/"), S("橋"), S("")).s);
    CHECK_STR(S("/c/%252E%252E/z"), url_seg(a, S("/c/"), S(".."), S("/z")).s);
    CHECK_STR(S("/c/%252E/z"), url_seg(a, S("/c/"), S("."), S("/z")).s);
    CHECK_STR(S("/c/..."), url_seg(a, S("/c/"), S("..."), S("")).s);
}

TEST(a_query_value_is_encoded_and_stands_before_the_fragment)
{
    url u = {S("/list#top")};
    u = url_query(a, u, S("q"), S("a b&c=d"));
    CHECK_STR(S("/list?q=a%20b%26c%3Dd#top"), u.s);
    u = url_query(a, u, S("p"), S("2"));
    CHECK_STR(S("/list?q=a%20b%26c%3Dd&p=2#top"), u.s);
}

TEST(a_fragment_is_encoded)
{
    struct html_out o = out(a);
    html_fragment(&o, S("e-1 \"x\""));
    CHECK_STR(S("e-1%20%22x%22"), buf_str(&o.b));
}

TEST(a_link_to_elsewhere_is_http_with_a_host)
{
    static const str good[] = {
        S_INIT("https://www.cve.org/CVERecord?id=CVE-2024-0001"),
        S_INIT("HTTP://example.jp"),
        S_INIT("http://[2001:db8::1]:8080/x"),
        S_INIT("https://example.jp/a@b"),
    };
    static const str bad[] = {
        S_INIT("javascript:alert(1)"),
        S_INIT("https:"),
        S_INIT("https://"),
        S_INIT("https:///x"),
        S_INIT("https://:80/"),
        S_INIT("https://user@example.jp/"),
        S_INIT("https://example.jp/ x"),
        S_INIT("https://example.jp/\"x"),
        S_INIT("//example.jp"),
        S_INIT("data:text/html,x"),
        S_INIT(" https://example.jp"),
        S_INIT("https://例.jp/"),
        S_INIT(""),
        S_INIT("https://example.jp/\n"),
    };
    url u;
    for (size_t i = 0; i < COUNT(good); i++) {
        CHECK(url_web(good[i], &u));
        CHECK_STR(good[i], u.s);
    }
    for (size_t i = 0; i < COUNT(bad); i++)
        CHECK(!url_web(bad[i], &u));
    char *p = NEWS(a, char, 2001);
    memset(p, 'a', 2001);
    memcpy(p, "http://", 7);
    CHECK(url_web((str){p, 2000}, &u));
    CHECK(!url_web((str){p, 2001}, &u));
}
