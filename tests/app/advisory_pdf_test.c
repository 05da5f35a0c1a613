/* advisory_pdf_test.c - released advisories as PDF, read back by pdftotext. */
#include "app/advisory_pdf.h"
#include "help/paper.h"
#include "help/pdf_leaks.h"
#include "help/released.h"
#include "t.h"

static bool holds(str text, const char *part)
{
    if (str_find(text, str_z(part)) >= 0)
        return true;
    (void)printf("lacks \"%s\" in:\n%.*s\n", part, SV(text));
    return false;
}

static str pdf_of(struct stage *st, struct walk *w, enum lang lang)
{
    struct ctx *cx = stage_nobody(st);
    str pdf;
    CHECK_OK(cx, app_read(cx));
    enum err e = advisory_pdf(cx, lang, number_of(w), &pdf);
    if (e == E_NOT_FOUND && cx->fault.text[0] != '\0')
        SKIP("libpangocairo-1.0-0 is not installed");
    CHECK_OK(cx, e);
    CHECK(str_has_prefix(pdf, S("%PDF-")));
    return pdf;
}

APP_TEST(both_languages_can_be_read_back_from_the_paper)
{
    struct walk *w = released(st);
    str ja = paper_text(a, pdf_of(st, w, LANG_JA)), en = paper_text(a, pdf_of(st, w, LANG_EN));
    static const char *const japanese[] = {"Gateway X における脆弱性",
                                           "影響を受けるシステム",
                                           "詳細です",
                                           "該当製品あり",
                                           "更新履歴",
                                           "CVE-2023-5915",
                                           "CWE-400"};
    static const char *const english[] = {"A vulnerability in Gateway X",
                                          "Products Affected",
                                          "The description",
                                          "Our own view",
                                          "Update History",
                                          "TLP:CLEAR",
                                          "5.3"};
    for (size_t i = 0; i < COUNT(japanese); i++)
        CHECK(holds(ja, japanese[i]));
    for (size_t i = 0; i < COUNT(english); i++)
        CHECK(holds(en, english[i]));
    CHECK(holds(en, str_to_z(a, str_fmt(a, "/en/advisories/%.*s", SV(number_of(w))))));
    CHECK(str_find(en, S("reiji")) < 0); /* it never agreed to be named */
}

APP_TEST(the_same_advisory_gives_the_same_bytes)
{
    struct walk *w = released(st);
    CHECK_STR(pdf_of(st, w, LANG_EN), pdf_of(st, w, LANG_EN));
}

APP_TEST(what_is_not_released_is_not_printed)
{
    struct walk *w = undrafted(st);
    (void)draft_save(w, 0, draft_ja(a));
    struct ctx *cx = stage_nobody(st);
    str pdf;
    CHECK_OK(cx, app_read(cx));
    CHECK_ERR(E_NOT_FOUND, advisory_pdf(cx, LANG_JA, number_of(w), &pdf));
    CHECK(cx->fault.text[0] == '\0');
}
