/* pdf_test.c - texts as PDF pages: where the libraries are, and where they are not. */
#include "help/pdf_leaks.h"
#include "io/pdf_press.h"
#include "io/pdf_text.h"
#include "t.h"

#include <string.h>

TEST(without_the_library_it_says_what_to_install)
{
    struct pdf p = {.title = S("T"), .lang = S("en"), .cairo = "libcairo-that-is-not.so"};
    struct fault f = {0};
    str out;
    CHECK_ERR(E_NOT_FOUND, pdf_write(a, &p, &f, &out));
    CHECK(str_find(str_z(f.text), S("libcairo-that-is-not.so, which is not installed: apt install "
                                    "libpangocairo-1.0-0")) >= 0);
}

static size_t pages(str pdf)
{
    size_t n = 0;
    for (ptrdiff_t at; (at = str_find(pdf, S("/Type /Page %"))) >= 0; n++)
        pdf = str_from(pdf, (size_t)at + 1);
    return n;
}

TEST(a_long_text_goes_on_on_the_next_page)
{
    buf b = {.a = a};
    for (int i = 0; i < 100; i++)
        buf_putf(&b, "line %d\n", i);
    struct pdf_block blocks[] = {{PDF_TITLE, S("T")}, {PDF_TEXT, S("short")}};
    struct pdf p = {.title = S("T"),
                    .lang = S("en"),
                    .made = S("2026-11-21T09:00:00+09:00"),
                    .footer = S("f"),
                    .blocks = blocks,
                    .nblocks = COUNT(blocks)};
    struct fault f = {0};
    str out;
    enum err e = pdf_write(a, &p, &f, &out);
    if (e == E_NOT_FOUND)
        SKIP("libpangocairo-1.0-0 is not installed");
    CHECK_ERR(OK, e);
    CHECK_I64(1, (i64)pages(out));
    blocks[1].text = buf_str(&b);
    CHECK_ERR(OK, pdf_write(a, &p, &f, &out));
    CHECK(pages(out) >= 2 && pages(out) <= 4); /* 720 points high, of lines of 12 to 20 */
}

/* In a process that knows nothing; where it is not sandboxed, it says so and works all the same. */
TEST(the_press_makes_the_same_bytes_in_a_process_of_its_own)
{
    struct pdf_block blocks[] = {{PDF_TITLE, S("題 T")}, {PDF_SMALL, S("short\nlines \"&\\")}};
    struct pdf p = {.title = S("題 T"),
                    .lang = S("ja"),
                    .made = S("2026-11-21T09:00:00+09:00"),
                    .footer = S("f"),
                    .blocks = blocks,
                    .nblocks = COUNT(blocks)};
    struct pdf_press *press;
    struct fault f = {0};
    str here, there;
    CHECK_ERR(OK, pdf_press_start(a, SANDBOX_AUTO, &f, &press));
    if (!pdf_press_can(press))
        SKIP("libpangocairo-1.0-0 is not installed");
    CHECK_ERR(OK, pdf_press_run(press, a, &p, &f, &there));
    CHECK_ERR(OK, pdf_write(a, &p, &f, &here));
    CHECK_STR(here, there);
    blocks[1].text = S("\U0010FFFD"); /* private: no font has it */
    CHECK_ERR(E_INVALID, pdf_press_run(press, a, &p, &f, &there));
}

/* Codes as characters, by a list, by a range and by marked text; an unknown one; escapes. */
static const char small[] = "%PDF-1.5\n"
                            "4 0 obj\n"
                            "<< /Length 5 0 R >>\n"
                            "stream\n"
                            "BT\n"
                            "/f-0-0 1 Tf\n"
                            "[(A\\050b\\)) -15 <41>]TJ\n"
                            "0 -1 Td\n"
                            "/f-0-1 1 Tf\n"
                            "<0001000200110005>Tj\n"
                            "/Span << /ActualText <feff0066d83dde00> >> BDC\n"
                            "<0003>Tj\n"
                            "EMC\n"
                            "ET\n"
                            "endstream\n"
                            "endobj\n"
                            "3 0 obj\n"
                            "<< /Font << /f-0-0 6 0 R /f-0-1 7 0 R >> >>\n"
                            "endobj\n"
                            "2 0 obj\n"
                            "<< /Type /Page /Parent 1 0 R /Contents 4 0 R /Resources 3 0 R >>\n"
                            "endobj\n"
                            "6 0 obj\n"
                            "<< /Type /Font /Subtype /Type1 >>\n"
                            "endobj\n"
                            "21 0 obj\n"
                            "<< /Length 1 >>\n"
                            "stream\n"
                            "begincodespacerange\n"
                            "<0000> <ffff>\n"
                            "endcodespacerange\n"
                            "2 beginbfchar\n"
                            "<0001> <6771>\n"
                            "<0002> <4eac>\n"
                            "endbfchar\n"
                            "1 beginbfrange\n"
                            "<0010> <0012> <0041>\n"
                            "endbfrange\n"
                            "endstream\n"
                            "endobj\n"
                            "7 0 obj\n"
                            "<< /Type /Font /Subtype /Type0 /ToUnicode 21 0 R >>\n"
                            "endobj\n"
                            "1 0 obj\n"
                            "<< /Type /Pages /Kids [ 2 0 R ] /Count 1 >>\n"
                            "endobj\n";

TEST(words_are_read_back_from_a_pdf)
{
    str text, pdf = str_z(small);
    CHECK_ERR(OK, pdf_text(a, pdf, &text));
    CHECK_STR(S("A(b)A\n東京B\xEF\xBF\xBD"
                "f😀\n\f"),
              text);
    CHECK_ERR(E_INVALID, pdf_text(a, S(""), &text));
    CHECK_ERR(E_INVALID, pdf_text(a, S("%PDF-1.5\nnothing"), &text));
    CHECK_ERR(E_INVALID, pdf_text(a, str_from(pdf, 1), &text));
    for (size_t n = 0; n < pdf.n; n++) /* cut off anywhere, it is read or refused */
        (void)pdf_text(a, str_sub(pdf, 0, n), &text);
}

static void put_stream(buf *b, int number, str bytes)
{
    buf_putf(b, "%d 0 obj\n<< >>\nstream\n%.*s\nendstream\nendobj\n", number, SV(bytes));
}

/* Three pages of `times` characters, each of which means `text`, by one font. */
static str pages_of(struct arena *a, str text, size_t times)
{
    buf b = {.a = a}, map = {.a = a}, shown = {.a = a};
    buf_put(&map, S("beginbfchar <41> <"));
    for (size_t i = 0; i < text.n; i++)
        buf_putf(&map, "%04x", (unsigned char)text.p[i]);
    buf_put(&map, S("> endbfchar"));
    buf_put(&shown, S("/f 1 Tf ("));
    for (size_t i = 0; i < times; i++)
        buf_char(&shown, 'A');
    buf_put(&shown, S(") Tj"));
    buf_put(&b, S("%PDF-1.5\n"));
    put_stream(&b, 1, buf_str(&map));
    put_stream(&b, 2, buf_str(&shown));
    buf_put(&b, S("3 0 obj\n<< /ToUnicode 1 0 R >>\nendobj\n"));
    for (int i = 4; i < 7; i++)
        buf_putf(&b, "%d 0 obj\n<< /Type /Page /Contents 2 0 R /Font << /f 3 0 R >> >>\nendobj\n",
                 i);
    return buf_str(&b);
}

TEST(pages_share_their_fonts_and_small_bytes_do_not_become_endless_words)
{
    char *many = NEWS(a, char, 100000);
    str text, most = {many, 100000};
    CHECK_ERR(OK, pdf_text(a, pages_of(a, S("fi"), 2), &text));
    CHECK_STR(S("fifi\n\ffifi\n\ffifi\n\f"), text);
    memset(many, 'x', most.n);
    CHECK_ERR(OK, pdf_text(a, pages_of(a, most, 1000), &text));
    CHECK(text.n > most.n && text.n < PDF_TEXT_MAX + 10);
}

/* Two fonts in which each code has a meaning, and a page of as many strings as fit. */
static str crowded_page(struct arena *a)
{
    buf b = {.a = a}, shown = {.a = a};
    buf_put(&b, S("%PDF-1.5\n"));
    for (int i = 1; i < 3; i++)
        put_stream(&b, i, S("beginbfrange <0000> <ffff> <0041> endbfrange"));
    for (size_t i = 0; i < 20000; i++)
        buf_put(&shown, S("(A)"));
    put_stream(&b, 3, buf_str(&shown));
    buf_put(&b, S("4 0 obj\n<< /ToUnicode 1 0 R >>\nendobj\n5 0 obj\n<< /ToUnicode 2 0 R >>\n"
                  "endobj\n6 0 obj\n<< /Type /Page /Contents 3 0 R "
                  "/Font << /f 4 0 R /g 5 0 R >> >>\nendobj\n"));
    return buf_str(&b);
}

size_t __sanitizer_get_current_allocated_bytes(void); /* no header of gcc's has it */

TEST(small_bytes_of_a_pdf_do_not_become_much_memory)
{
    enum { TABLES = 2 * 65536 * sizeof(str), MORE = 2 << 20 };
    str text, pdf = crowded_page(a);
    size_t before = __sanitizer_get_current_allocated_bytes();
    CHECK_ERR(OK, pdf_text(a, pdf, &text));
    CHECK(__sanitizer_get_current_allocated_bytes() - before < TABLES + MORE);
}
