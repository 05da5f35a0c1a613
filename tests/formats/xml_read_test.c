/* xml_read_test.c - XML is read strictly, within bounds, as its standards say. */
#include "formats/xml_read.h"
#include "t.h"

#include <unistd.h>

#define A "urn:a"

static const struct xml_node *good(struct arena *a, str text)
{
    const struct xml_node *root;
    struct xml_error e = {0};
    if (xml_read(a, text, &root, &e) != OK)
        (void)printf("line %" PRId64 ": %.*s\n", e.line, SV(e.code));
    CHECK(root != NULL);
    return root;
}

static void bad(struct arena *a, str code, str text)
{
    const struct xml_node *root;
    struct xml_error e = {0};
    CHECK_ERR(E_INVALID, xml_read(a, text, &root, &e));
    CHECK_STR(code, e.code);
    CHECK(root == NULL);
}

TEST(elements_attributes_and_texts_are_found_by_namespace_and_name)
{
    const struct xml_node *r =
        good(a, S("<?xml version='1.0' encoding='utf-8'?>\n<!-- a -->\n"
                  "<r xmlns='urn:d' xmlns:p='urn:a' x='1' p:x='2'>"
                  " one <p:k/>two<k> 橋 </k><?go on?><k xmlns=''>3</k></r>"));
    CHECK_STR(S("urn:d"), r->space);
    CHECK_STR(S(" one two"), r->text);
    CHECK_STR(S("1"), xml_attribute_of(r, S(""), S("x")));
    CHECK_STR(S("2"), xml_attribute_of(r, S(A), S("x")));
    CHECK_STR(NO_STR, xml_attribute_of(r, S("urn:d"), S("x"))); /* the default is not for them */
    CHECK_I64(2, (i64)r->nattributes);
    CHECK(xml_is(r->first, S(A), S("k")));
    CHECK_STR(S("橋"), xml_child_text(r, S("urn:d"), S("k")));
    CHECK_STR(S("3"), xml_child_text(r, S(""), S("k")));
    CHECK(xml_after(xml_find(r, S("urn:d"), S("k"))) == NULL);
    CHECK(xml_find(NULL, S(""), S("k")) == NULL && xml_text_of(NULL).p == NULL);
}

TEST(references_line_ends_and_white_space_in_values_become_what_the_standard_says)
{
    const struct xml_node *r = good(
        a, S("\xEF\xBB\xBF<r v='a\r\n\tb&#10;&lt;&#x6A4b;'>x\r\ny\rz &amp;&quot;&apos;&gt;&#xD;"
             "<![CDATA[<&amp;>\r\n]]>!</r>"));
    CHECK_STR(S("a  b\n<橋"), xml_attribute_of(r, S(""), S("v")));
    CHECK_STR(S("x\ny\nz &\"'>\r<&amp;>\n!"), r->text);
}

TEST(what_is_not_well_formed_is_refused_and_its_kind_told)
{
    bad(a, S("xml_end"), S(""));
    bad(a, S("xml_end"), S("<!-- a -->"));
    bad(a, S("xml_end"), S("<r>"));
    bad(a, S("xml_end"), S("<r a='1"));
    bad(a, S("xml_syntax"), S("text"));
    bad(a, S("xml_syntax"), S("<r a='<'/>"));
    bad(a, S("xml_syntax"), S("<r a=1/>"));
    bad(a, S("xml_syntax"), S("<r a='1'b='2'/>"));
    bad(a, S("xml_syntax"), S("<r>]]></r>"));
    bad(a, S("xml_syntax"), S("<r><!-- a -- b --></r>"));
    bad(a, S("xml_syntax"), S("<r><?xml version='1.0'?></r>"));
    bad(a, S("xml_syntax"), S(" <?xml version='1.0'?><r/>"));
    bad(a, S("xml_name"), S("<r><1/></r>"));
    bad(a, S("xml_name"), S("< r/>"));
    bad(a, S("xml_mismatch"), S("<a><b></a></b>"));
    bad(a, S("xml_mismatch"), S("<p:r xmlns:p='urn:a' xmlns:q='urn:a'></q:r>"));
    bad(a, S("xml_trailing"), S("<r/><r/>"));
    bad(a, S("xml_trailing"), S("<r/>more"));
    bad(a, S("xml_utf8"), S("<r>\xC0\xAF</r>"));
    bad(a, S("xml_character"), S("<r>\x01</r>"));
    bad(a, S("xml_character"), S("<r>\xEF\xBF\xBF</r>"));
    bad(a, S("xml_character"), S("<r>&#0;</r>"));
    bad(a, S("xml_character"), S("<r>&#xD800;</r>"));
    bad(a, S("xml_character"), S("<r>&#x110000;</r>"));
    bad(a, S("xml_character"), S("<r>&#xFFFFFFFFFFFF;</r>"));
    bad(a, S("xml_encoding"), S("<?xml version='1.0' encoding='Shift_JIS'?><r/>"));
}

TEST(there_is_no_document_type_and_no_entity_but_the_five)
{
    bad(a, S("xml_doctype"), S("<!DOCTYPE r [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><r>&x;</r>"));
    bad(a, S("xml_doctype"), S("<!DOCTYPE r><r/>"));
    bad(a, S("xml_entity"), S("<r>&nbsp;</r>"));
    bad(a, S("xml_entity"), S("<r>& b</r>"));
    bad(a, S("xml_entity"), S("<r a='&lt'/>"));
    bad(a, S("xml_entity"), S("<r a='&lt'>;</r>"));
}

TEST(namespaces_are_declared_once_and_as_their_standard_says)
{
    bad(a, S("xml_namespace"), S("<p:r/>"));
    bad(a, S("xml_namespace"), S("<r p:a='1'/>"));
    bad(a, S("xml_namespace"), S("<r xmlns:p=''/>"));
    bad(a, S("xml_namespace"), S("<r xmlns:xml='urn:a'/>"));
    bad(a, S("xml_namespace"), S("<r xmlns:xmlns='urn:a'/>"));
    bad(a, S("xml_namespace"), S("<r xmlns='http://www.w3.org/2000/xmlns/'/>"));
    bad(a, S("xml_namespace"), S("<r><a xmlns:p='urn:a'/><p:b/></r>"));
    bad(a, S("xml_duplicate"), S("<r a='1' a='2'/>"));
    bad(a, S("xml_duplicate"), S("<r xmlns:p='urn:a' xmlns:q='urn:a' p:a='1' q:a='2'/>"));
    bad(a, S("xml_duplicate"), S("<r xmlns:p='urn:a' xmlns:p='urn:b'/>"));
    bad(a, S("xml_syntax"), S("<a:b:c xmlns:a='urn:a'/>"));
    CHECK_STR(S("ja"), xml_attribute_of(good(a, S("<r xml:lang='ja'/>")),
                                        S("http://www.w3.org/XML/1998/namespace"), S("lang")));
}

static str times(struct arena *a, const char *what, int n)
{
    buf b = {.a = a};
    while (n-- > 0)
        buf_put(&b, str_z(what));
    return buf_str(&b);
}

TEST(depth_attributes_and_namespaces_are_bounded)
{
    (void)good(a, str_fmt(a, "%.*s%.*s", SV(times(a, "<r>", XML_READ_DEPTH)),
                          SV(times(a, "</r>", XML_READ_DEPTH))));
    bad(a, S("xml_depth"), times(a, "<r>", XML_READ_DEPTH + 1));
    bad(a, S("xml_depth"), times(a, "<r>", 100000));
    buf b = {.a = a}, c = {.a = a};
    buf_put(&b, S("<r"));
    for (int i = 0; i <= XML_READ_ATTRIBUTES; i++)
        buf_putf(&b, " a%d=''", i);
    bad(a, S("xml_size"), buf_str(&b));
    for (int i = 0; i < 5; i++) {
        buf_put(&c, S("<r"));
        for (int k = 0; k < XML_READ_ATTRIBUTES; k++)
            buf_putf(&c, " xmlns:a%d='urn:a'", k);
        buf_char(&c, '>');
    }
    bad(a, S("xml_size"), buf_str(&c));
}

TEST(where_reading_stopped_is_told)
{
    const struct xml_node *root;
    struct xml_error e;
    CHECK_ERR(E_INVALID, xml_read(a, S("<r>\n <a>\n </b></r>"), &root, &e));
    CHECK_I64(3, e.line);
    CHECK_I64(14, (i64)e.byte);
}

/* Another reader's verdict: well-formed, and by namespaces too. */
static bool xmllint_takes(str text)
{
    char path[] = "/tmp/kakehashi-xml-XXXXXX", command[128];
    int fd = mkstemp(path);
    must(fd >= 0 && write(fd, text.p, text.n) == (ssize_t)text.n && close(fd) == 0);
    (void)snprintf(command, sizeof command, "xmllint --nonet --noout %s 2>&1 | grep -c error",
                   path);
    FILE *f = popen(command, "r");
    char n[16] = "";
    must(f != NULL && fgets(n, sizeof n, f) != NULL);
    (void)pclose(f);
    (void)unlink(path);
    return n[0] == '0';
}

TEST(xmllint_takes_and_refuses_the_same)
{
    static const char *const texts[] = {
        "<r/>",
        "<r",
        "<r/ >",
        "<r a = '1' />",
        "<r a='1'b='2'/>",
        "<r a='1' a='1'/>",
        "<r>&#x41;&#65;</r>",
        "<r>&#x;</r>",
        "<r>&#;</r>",
        "<r>&amp</r>",
        "<r>a]]>b</r>",
        "<r>a]]b</r>",
        "<r><![CDATA[a]]]]></r>",
        "<r><![CDATA[a]]></r>",
        "<r><![CDATA[a</r>",
        "<r><!-- a --></r>",
        "<r><!-- a -></r>",
        "<r><!--- a ---></r>",
        "<r><!----></r>",
        "<r><?a?><?b c?></r>",
        "<r><?a</r>",
        "<r><? a?></r>",
        "<r><?xml a?></r>",
        "<r></r >",
        "<r></ r>",
        "<r></s>",
        "<脆弱性 型='橋'/>",
        "<r-1.0/>",
        "<-r/>",
        "<\xC3\x97/>",
        "<a\xC2\xB7/>",
        "<r\xE3\x80\x80/>",
        "<?xml version='1.0'?><r/>",
        "<?xml version=\"1.0\" standalone='yes' ?><r/>",
        "<?xml encoding='UTF-8'?><r/>",
        "<?xml version='1.0' standalone='yes' encoding='UTF-8'?><r/>",
        "<r xmlns:a='urn:a'><a:b a:c='1'/></r>",
        "<r xmlns:a='urn:a' a:b='1' b='2'/>",
        "<a:r/>",
        "<r/>\n<!-- end -->\n<?end?>\n",
        "<r/>x",
        "\xEF\xBB\xBF<r/>",
        "<r a='&lt;'/>",
        "<r a='<'/>",
        "<r a=\"'\" b='\"'/>",
    };
    if (system("command -v xmllint >/dev/null") != 0)
        SKIP("xmllint is not installed");
    for (size_t i = 0; i < COUNT(texts); i++) {
        const struct xml_node *root;
        struct xml_error e;
        bool ours = xml_read(a, str_z(texts[i]), &root, &e) == OK;
        if (ours != xmllint_takes(str_z(texts[i]))) {
            (void)printf("%s: %s\n", texts[i], ours ? "we take it" : "we do not");
            CHECK(false);
        }
    }
}
