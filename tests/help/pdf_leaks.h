/* pdf_leaks.h - for tests that make a PDF: what fontconfig and cairo keep until the process ends is
 * no leak of ours.  Included once a program. */
#ifndef HELP_PDF_LEAKS_H
#define HELP_PDF_LEAKS_H

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

#endif
