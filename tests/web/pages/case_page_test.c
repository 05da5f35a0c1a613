/* case_page_test.c - the page of a case: who sees what of it, the talk, the acts. */
#include "help/case_walk.h"
#include "help/web.h"
#include "t.h"

static str number_of(struct walk *w)
{
    return help_sql_value(w->st->a, w->st->url, "SELECT number FROM cases");
}

static str at(struct walk *w, const char *lang, const char *rest)
{
    return str_fmt(w->st->a, "/%s/cases/%.*s%s", lang, SV(number_of(w)), rest);
}

static struct page open_case(struct walk *w, const char *who, const char *rest)
{
    return visit_url(visit_as(w->st, who), at(w, "en", rest));
}

APP_TEST(a_case_is_there_for_whom_it_concerns_and_for_nobody_else)
{
    struct walk *w = walked(st, WALKED_DETAILS);
    static const char *const in[] = {"coordinator", "reception",     "mihon.poc", "mihon.design",
                                     "mihon.rnd",   "mihon.quality", "reiji.poc"};
    static const char *const out[] = {"mihon.pr", "mihon.care", "reiji.design", "kamei.poc",
                                      "certx",    "analyst",    "operator"};
    for (size_t i = 0; i < COUNT(in); i++) {
        struct page p = open_case(w, in[i], "");
        CHECK_STATUS(200, p);
        CHECK_NESTED(p);
        CHECK_STATUS(200, open_case(w, in[i], "/history"));
        CHECK_STATUS(200, open_case(w, in[i], "/messages"));
    }
    for (size_t i = 0; i < COUNT(out); i++) {
        CHECK_STATUS(404, open_case(w, out[i], ""));
        CHECK_STATUS(404, open_case(w, out[i], "/history"));
        CHECK_STATUS(404, open_case(w, out[i], "/messages"));
        CHECK_STATUS(404, open_case(w, out[i], "/steps/1.3.1"));
    }
    struct page none = visit(visit_as(st, "coordinator"), "/en/cases/99999999");
    struct page hidden = open_case(w, "kamei.poc", "");
    CHECK_STR(page_words(a, none), page_words(a, hidden));
}

APP_TEST(a_finder_and_nobody_are_asked_to_sign_in)
{
    struct walk *w = walked(st, WALKED_SPREAD);
    CHECK_STATUS(303, visit_url(visit_nobody(st), at(w, "ja", "")));
    CHECK_STATUS(303, visit_url(visit_finder(st, w->report_id), at(w, "ja", "")));
}
