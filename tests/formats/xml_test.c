/* xml_test.c - XML that is well-formed whatever the texts are. */
#include "formats/xml.h"
#include "t.h"

static str escaped(struct arena *a, str s)
{
    buf b = {.a = a};
    xml_escape(&b, s);
    return buf_str(&b);
}

TEST(texts_are_escaped_and_characters_that_xml_lacks_are_replaced)
{
    CHECK_STR(S("&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt; &amp;amp;"),
              escaped(a, S("<a b=\"c\" d='e'> &amp;")));
    CHECK_STR(S("a\tb\nc&#13;d"), escaped(a, S("a\tb\nc\rd")));
    CHECK_STR(S("\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\x7F"),
              escaped(a, S("\0\x0B\x1F\xEF\xBF\xBF\x7F")));
    CHECK_STR(S("\xEF\xBF\xBD\xEF\xBF\xBD"), escaped(a, S("\xEF\xBF\xBE\xEF\xBF\xBD")));
    CHECK_STR(S("橋\xF0\x9F\x98\x80]]&gt;"), escaped(a, S("橋\xF0\x9F\x98\x80]]>")));
}

TEST(elements_that_hold_elements_are_indented_and_text_stays_as_it_is)
{
    buf b = {.a = a};
    struct xml_out x = {.b = &b};
    xml_declaration(&x);
    xml_begin(&x, S("a:list"));
    xml_attr(&x, S("one"), S("1\n\t\"<"));
    xml_attr(&x, S("none"), NO_STR);
    xml_element(&x, S("t"), S(" x & y "));
    xml_element(&x, S("gone"), NO_STR);
    xml_element(&x, S("empty"), S(""));
    xml_begin(&x, S("mixed"));
    xml_text(&x, S("before "));
    xml_element(&x, S("b"), S("bold"));
    xml_text(&x, S(" behind"));
    xml_end(&x);
    xml_end(&x);
    CHECK_STR(S("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                "<a:list one=\"1&#10;&#9;&quot;&lt;\">\n"
                "  <t> x &amp; y </t>\n"
                "  <empty/>\n"
                "  <mixed>before <b>bold</b> behind</mixed>\n"
                "</a:list>\n"),
              buf_str(&b));
}
