/* sign_in_page_test.c - signing in and out at the browser. */
#include "help/web.h"
#include "t.h"

APP_TEST(who_signs_in_goes_to_the_inbox_in_their_own_language_with_a_session)
{
    stage_cast(st);
    struct visitor *v = visit_nobody(st);
    struct page p =
        visit_post(v, S("/ja/sign-in"), "login", "mihon.poc", "password", STAGE_PASSWORD, NULL);
    CHECK_GOES(p, "/en/inbox"); /* the account says English */
    CHECK(str_has_prefix(http_answer_header(&p.rs, S("Set-Cookie")), S("kk=")));
}

APP_TEST(a_wrong_password_says_so_and_keeps_the_name)
{
    stage_cast(st);
    struct visitor *v = visit_nobody(st);
    struct page p =
        visit_post(v, S("/en/sign-in"), "login", "mihon.poc", "password", "wrong-one", NULL);
    CHECK_STATUS(403, p);
    CHECK_NESTED(p);
    CHECK_STR(S("mihon.poc"), page_input(a, p, "login"));
    CHECK(http_answer_header(&p.rs, S("Set-Cookie")).p == NULL);
}

APP_TEST(a_form_without_the_token_of_its_session_is_not_taken)
{
    stage_cast(st);
    struct visitor *v = visit_as(st, "mihon.poc");
    CHECK_STATUS(428, visit_post(v, S("/ja/sign-out"), "_csrf", "another", NULL));
    CHECK_GOES(visit_post(v, S("/ja/sign-out"), "", "", NULL), "/ja/sign-in?done=sign_out");
}
