/* atom_test.c - a feed as RFC 4287 wants it. */
#include "formats/atom.h"
#include "t.h"

static const str terms[] = {S_INIT("CVE-2023-5915"), S_INIT("CWE-400")};
static const struct atom_entry entries[] = {
    {.id = S_INIT("tag:jp.example,2023:41827360"),
     .title = S_INIT("A <B> & C"),
     .link = S_INIT("https://jp.example/ja/41827360"),
     .published = 1701302400000,
     .updated = 1701648000500,
     .summary = S_INIT("短い説明"),
     .html = S_INIT("<p>x &amp; y</p>"),
     .categories = {terms, 2}},
    {.id = S_INIT("tag:jp.example,2023:1"),
     .title = S_INIT("none"),
     .link = S_INIT("https://jp.example/ja/1")},
};

static const str written =
    S_INIT("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
           "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"ja\">\n"
           "  <id>https://jp.example/ja/</id>\n"
           "  <title>脆弱性対策情報</title>\n"
           "  <updated>2023-12-04T00:00:00Z</updated>\n"
           "  <author>\n"
           "    <name>架け橋</name>\n"
           "  </author>\n"
           "  <link rel=\"self\" type=\"application/atom+xml\" "
           "href=\"https://jp.example/ja/feed.atom\"/>\n"
           "  <link rel=\"alternate\" type=\"text/html\" hreflang=\"ja\" "
           "href=\"https://jp.example/ja/\"/>\n"
           "  <link rel=\"alternate\" type=\"application/atom+xml\" hreflang=\"en\" "
           "href=\"https://jp.example/en/feed.atom\"/>\n"
           "  <entry>\n"
           "    <id>tag:jp.example,2023:41827360</id>\n"
           "    <title>A &lt;B&gt; &amp; C</title>\n"
           "    <link rel=\"alternate\" type=\"text/html\" "
           "href=\"https://jp.example/ja/41827360\"/>\n"
           "    <published>2023-11-30T00:00:00Z</published>\n"
           "    <updated>2023-12-04T00:00:00Z</updated>\n"
           "    <category term=\"CVE-2023-5915\"/>\n"
           "    <category term=\"CWE-400\"/>\n"
           "    <summary>短い説明</summary>\n"
           "    <content type=\"html\">&lt;p&gt;x &amp;amp; y&lt;/p&gt;</content>\n"
           "  </entry>\n"
           "  <entry>\n"
           "    <id>tag:jp.example,2023:1</id>\n"
           "    <title>none</title>\n"
           "    <link rel=\"alternate\" type=\"text/html\" href=\"https://jp.example/ja/1\"/>\n"
           "    <published>1970-01-01T00:00:00Z</published>\n"
           "    <updated>1970-01-01T00:00:00Z</updated>\n"
           "  </entry>\n"
           "</feed>\n");

TEST(a_feed_has_every_element_that_rfc_4287_asks_for_in_order)
{
    struct atom_feed feed = {.id = S("https://jp.example/ja/"),
                             .title = S("脆弱性対策情報"),
                             .lang = S("ja"),
                             .self = S("https://jp.example/ja/feed.atom"),
                             .page = S("https://jp.example/ja/"),
                             .other = S("https://jp.example/en/feed.atom"),
                             .other_lang = S("en"),
                             .author = S("架け橋"),
                             .updated = 1701648000500,
                             .entries = entries,
                             .n = 2};
    CHECK_STR(written, atom_write(a, &feed));
}
