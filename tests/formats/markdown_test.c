/* markdown_test.c - Markdown as safe markup. */
#include "formats/markdown.h"
#include "t.h"

#include "help/markup_check.h"

static void renders(struct arena *a, str want, str text)
{
    str got = markdown_html(a, text);
    CHECK_STR(want, got);
    CHECK(markup_check(got) == NULL);
}

TEST(paragraphs_lists_quotes_and_code_become_their_elements)
{
    renders(a, S("<p>a\nb</p>\n<p>c<br>\nd</p>\n"), S("a\nb\n\nc\\\nd"));
    renders(a, S("<p><em>a</em> <strong>b</strong> <code>c *d*</code></p>\n"),
            S("*a* **b** `c *d*`"));
    renders(
        a, S("<ul>\n<li><p>a</p>\n<ol start=\"3\">\n<li>b</li>\n<li>c</li>\n</ol>\n</li>\n</ul>\n"),
        S("- a\n\n  3. b\n  4. c\n"));
    renders(a, S("<ul>\n<li>a\n<ul>\n<li>b</li>\n</ul>\n</li>\n</ul>\n"), S("- a\n  - b"));
    renders(a, S("<ol>\n<li><p>a</p>\n</li>\n<li><p>b</p>\n</li>\n</ol>\n"), S("1. a\n\n2. b"));
    renders(a, S("<blockquote>\n<p>a</p>\n</blockquote>\n<hr>\n"), S("> a\n\n***"));
    renders(a, S("<pre><code>if (a &lt; b)\n\n    c &amp;&amp; d;\n</code></pre>\n"),
            S("```c\nif (a < b)\n\n    c && d;\n```"));
    renders(a, S("<pre><code>a\n</code></pre>\n"), S("    a"));
    renders(a, S(""), S(""));
    renders(a, S(""), NO_STR);
}

TEST(tables_say_which_cells_are_heads_and_how_they_stand)
{
    renders(a,
            S("<table>\n<thead>\n<tr><th scope=\"col\">a</th><th scope=\"col\" class=\"right\">b"
              "</th><th scope=\"col\" class=\"center\">c</th></tr>\n</thead>\n<tbody>\n"
              "<tr><td>1</td><td class=\"right\">2</td><td class=\"center\"></td></tr>\n"
              "</tbody>\n</table>\n"),
            S("|a|b|c|\n|:--|--:|:-:|\n|1|2|"));
}

TEST(the_topmost_heading_used_is_h3_whatever_its_level)
{
    renders(a, S("<h3>a</h3>\n<h4>b</h4>\n<h3>c</h3>\n"), S("# a\n## b\n# c"));
    renders(a, S("<h4>b</h4>\n<h3>a</h3>\n<h5>c</h5>\n"), S("#### b\n## a\n###### c"));
    renders(a, S("<h3>1</h3>\n<h4>2</h4>\n<h5>3</h5>\n<h6>4</h6>\n<h6>5</h6>\n<h6>6</h6>\n"),
            S("# 1\n## 2\n### 3\n#### 4\n##### 5\n###### 6\n"));
    renders(a, S("<h3>a</h3>\n"), S("a\n==="));
}

TEST(raw_html_is_text)
{
    renders(a, S("<p>&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;</p>\n"),
            S("<script>alert(\"x\")</script>"));
    renders(a, S("<p>a &lt;b onclick='x'&gt;c&lt;/b&gt; &lt;!-- d --&gt;</p>\n"),
            S("a <b onclick='x'>c</b> <!-- d -->"));
    renders(a, S("<p>&lt;&amp;lt; &lt;img src=x onerror=y&gt;</p>\n"),
            S("&lt;&amp;lt; &lt;img src=x onerror=y&gt;"));
}

TEST(entities_become_their_characters_and_unknown_ones_stay)
{
    renders(a,
            S("<p>\xC2\xA0\xC2\xA9 A&amp;nosuch; \xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD &amp;</p>\n"),
            S("&nbsp;&copy; &#x41;&nosuch; &#0;&#xD800;&#x110000; &amp;"));
    renders(a, S("<p>a\xEF\xBF\xBD</p>\n"), S("a\0"));
}

#define LINK(to, text) "<a href=\"" to "\" rel=\"nofollow noopener\">" text "</a>"

TEST(links_lead_to_web_and_mail_and_are_not_followed_by_robots)
{
    renders(a, S("<p>" LINK("https://example.com/?a=1&amp;b=%22", "x") "</p>\n"),
            S("[x](https://example.com/?a=1&amp;b=\\\")"));
    renders(a, S("<p>" LINK("HTTP://example.com/%E6%A9%8B", "x") "</p>\n"),
            S("[x](<HTTP://example.com/\xE6\xA9\x8B> \"title\")"));
    renders(a, S("<p>" LINK("mailto:a@b.example", "a@b.example") "</p>\n"), S("<a@b.example>"));
    renders(a, S("<p>" LINK("https://a.example/", "<em>b</em>") "</p>\n"),
            S("[*b*][1]\n\n[1]: https://a.example/"));
}

TEST(other_schemes_and_relative_addresses_are_no_links)
{
    static const str to[] = {
        S_INIT("javascript:alert(1)"),
        S_INIT("JaVaScRiPt:alert(1)"),
        S_INIT("data:text/html,x"),
        S_INIT("vbscript:x"),
        S_INIT("file:///etc/passwd"),
        S_INIT("//evil.example/"),
        S_INIT("/ja/cases"),
        S_INIT("#top"),
        S_INIT("&#106;avascript:x"),
        S_INIT("&#x6A;avascript&colon;x"),
        S_INIT("ftp://a.example/"),
        S_INIT("https:evil"),
        S_INIT("\\javascript:alert(1)"),
        S_INIT(""),
        S_INIT("https://"),
    };
    for (size_t i = 0; i < COUNT(to); i++)
        renders(a, S("<p>x</p>\n"), str_fmt(a, "[x](<%.*s>)", SV(to[i])));
    renders(a, S("<p>javascript:alert(1)</p>\n"), S("<javascript:alert(1)>"));
}

TEST(pictures_become_their_text)
{
    renders(a, S("<p>a b c</p>\n"), S("![a *b* [c](https://c.example/)](https://x.example/y.png)"));
    renders(a, S("<p>" LINK("https://x.example/", "a") "</p>\n"),
            S("[![a](b)](https://x.example/)"));
}

TEST(bare_addresses_become_links_up_to_the_end_of_the_address)
{
    renders(a,
            S("<p>\xE3\x81\xAF" LINK(
                "https://a.example/b_c",
                "https://a.example/b_c") "\xE3\x82\x92\xE5\x8F\x82\xE7\x85\xA7</p>\n"),
            S("\xE3\x81\xAFhttps://a.example/b_c\xE3\x82\x92\xE5\x8F\x82\xE7\x85\xA7"));
    renders(a,
            S("<p>(" LINK("http://a.example", "http://a.example") "), " LINK(
                "https://b.example/c_(d)", "https://b.example/c_(d)") ".</p>\n"),
            S("(http://a.example), https://b.example/c_(d)."));
    renders(a,
            S("<p>xhttps://a.example ftp://b.example https:// <code>http://c.example</code></p>\n"),
            S("xhttps://a.example ftp://b.example https:// `http://c.example`"));
    renders(a, S("<p>" LINK("https://good.example/", "https://evil.example") "</p>\n"),
            S("[https://evil.example](https://good.example/)"));
}

TEST(a_line_break_between_japanese_characters_leaves_no_space)
{
    renders(a,
            S("<p>\xE8\x84\x86\xE5\xBC\xB1\xE6\x80\xA7\xE3\x81\x8C\xE3\x81\x82\xE3\x82\x8B</p>\n"),
            S("\xE8\x84\x86\xE5\xBC\xB1\n\xE6\x80\xA7\xE3\x81\x8C\n\xE3\x81\x82\xE3\x82\x8B"));
    renders(a, S("<p>\xE6\x80\xA7\nand\n\xE6\x80\xA7</p>\n"), S("\xE6\x80\xA7\nand\n\xE6\x80\xA7"));
    renders(a, S("<p>\xED\x95\x9C\n\xEA\xB8\x80</p>\n"), S("\xED\x95\x9C\n\xEA\xB8\x80"));
}

static str repeat(struct arena *a, str s, size_t times)
{
    buf b = {.a = a};
    for (size_t i = 0; i < times; i++)
        buf_put(&b, s);
    return buf_str(&b);
}

TEST(nesting_ends_at_its_limit_and_keeps_the_text)
{
    static const str deep[] = {S_INIT("> "), S_INIT("- "),    S_INIT("> - "),
                               S_INIT("*_"), S_INIT("1. > "), S_INIT("**a *b ")};
    for (size_t i = 0; i < COUNT(deep); i++) {
        str got = markdown_html(a, str_join(a, repeat(a, deep[i], 300), S("the text")));
        CHECK(markup_check(got) == NULL);
        CHECK(str_find(got, S("the text")) > 0);
        CHECK(got.n < 300 * 40);
    }
}

static void shown_as_written(struct arena *a, str text)
{
    str got = markdown_html(a, text);
    CHECK(str_has_prefix(got, S("<pre>")) && str_has_suffix(got, S("</pre>\n")));
    CHECK(str_find(got, S("</pre>")) == (ptrdiff_t)(got.n - sizeof "</pre>"));
    CHECK(markup_check(got) == NULL);
    CHECK_STR(text, markdown_plain(a, text));
}

TEST(texts_that_would_blow_up_are_shown_as_written)
{
    shown_as_written(a, repeat(a, S("a <b> "), MARKDOWN_MAX / 6 + 1));
    shown_as_written(a, repeat(a, S("["), 20000));
    shown_as_written(a, repeat(a, S("[a]: <\n"), 5000));
    buf b = {.a = a}; /* 3,000 columns, and rows of one cell */
    buf_put(&b, repeat(a, S("|a"), 3000));
    buf_char(&b, '\n');
    buf_put(&b, repeat(a, S("|---"), 3000));
    buf_char(&b, '\n');
    buf_put(&b, repeat(a, S("a\n"), 5000));
    shown_as_written(a, buf_str(&b));
}

TEST(spans_that_cross_stay_well_nested)
{
    static const str crossed[] = {
        S_INIT("*d [ e``*](*]tP://f) ![gy"),   S_INIT("*a **b* c**"),
        S_INIT("[a *b](http://c)*"),           S_INIT("**a [b** c](http://d) e*"),
        S_INIT("![a [b](http://c) *d](e) f*"), S_INIT("`a *b` c*"),
        S_INIT("[a](http://b [c](http://d))"),
    };
    for (size_t i = 0; i < COUNT(crossed); i++)
        CHECK(markup_check(markdown_html(a, crossed[i])) == NULL);
}

TEST(the_checker_itself_sees_what_is_wrong)
{
    static const str bad[] = {
        S_INIT("<p>a"),
        S_INIT("<p><em>a</p></em>"),
        S_INIT("<script>"),
        S_INIT("<p onclick=\"x\">a</p>"),
        S_INIT("<a href=\"javascript:x\" rel=\"nofollow noopener\">a</a>"),
        S_INIT("<a href=\"http://x\">a</a>"),
        S_INIT("a & b"),
        S_INIT("<li>a</li>"),
        S_INIT("<h1>a</h1>"),
        S_INIT("<img>"),
    };
    for (size_t i = 0; i < COUNT(bad); i++)
        CHECK(markup_check(bad[i]) != NULL);
}
