/* markdown_plain_test.c - Markdown as plain text. */
#include "formats/markdown.h"
#include "t.h"

static void reads(struct arena *a, str want, str text)
{
    CHECK_STR(want, markdown_plain(a, text));
}

TEST(marks_disappear_and_paragraphs_stay_apart)
{
    reads(a, S("Title\n\na b code\nd\n\n----\n\ne\n"),
          S("# Title\n*a*\n**b** `code`\\\nd\n\n---\n\ne"));
    reads(a, S(""), S(""));
}

TEST(lists_keep_their_marks_and_indent_what_belongs_to_an_item)
{
    reads(a, S("- a\n- b\n  - c\n  - d\n- e\n"), S("* a\n* b\n  * c\n  * d\n* e"));
    reads(a, S("9. a\n\n   more\n\n10. b\n\nend\n"), S("9. a\n\n   more\n\n10. b\n\nend"));
    reads(a, S("-\n- b\n"), S("-\n- b"));
    reads(a, S("1. a\n   - b\n2. c\n"), S("1. a\n   - b\n2. c"));
}

TEST(quotes_and_code_are_marked_on_every_line)
{
    reads(a, S("> a\n>\n> b\n>\n> > c\n\nd\n"), S("> a\n>\n> b\n>\n> > c\n\nd"));
    reads(a, S("- x\n\n  if a\n    b\n\n  c\n"), S("- x\n\n  ```\n  if a\n    b\n\n  c\n  ```"));
}

TEST(tables_become_lines_with_bars)
{
    reads(a, S("a | b\n1 | 2\n3 |\n\nend\n"), S("|a|b|\n|---|---|\n|1|2|\n|3|\n\nend"));
}

TEST(links_tell_their_address_behind_their_text)
{
    reads(a, S("see the advisory (https://a.example/%E6%A9%8B).\n"),
          S("see [the *advisory*](<https://a.example/\xE6\xA9\x8B>)."));
    reads(a, S("https://a.example/ a@b.example x y\n"),
          S("<https://a.example/> <a@b.example> [x](javascript:y) ![y](z)"));
}

TEST(line_breaks_join_words_with_a_space_and_japanese_without)
{
    reads(a, S("a b \xE8\x84\x86\xE5\xBC\xB1\xE6\x80\xA7\n"),
          S("a\nb\n\xE8\x84\x86\xE5\xBC\xB1\n\xE6\x80\xA7"));
    reads(a, S("a x (http://x.example)\n"), S("a\n[x](http://x.example)"));
}

TEST(html_and_entities_are_text)
{
    reads(a, S("<b>a</b> & < \xC2\xA9\n"), S("<b>a</b> & &lt; &copy;"));
}
