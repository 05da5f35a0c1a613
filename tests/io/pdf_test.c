/* pdf_test.c - texts as PDF pages: where the libraries are, and where they are not. */
#include "io/pdf_press.h"
#include "t.h"

const char *__lsan_default_options(void);
const char *__lsan_default_options(void)
{
    return "print_suppressions=0";
}
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    return "leak:libfontconfig\nleak:libcairo\nleak:libpango\nleak:libglib\n";
}

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
