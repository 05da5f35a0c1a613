/* org_page_test.c - organisations at the browser: looked up, made, edited, disabled. */
#include "t.h"

#include "help/admin.h"
#include "help/web.h"

APP_TEST(the_office_looks_all_up_and_others_their_own)
{
    admin_cast(st);
    struct page p = visit(visit_as(st, "reception"), "/en/organisations");
    CHECK_STATUS(200, p);
    CHECK_NESTED(p);
    CHECK_HAS(p, "mihon");
    CHECK_HAS(p, "kamei");
    CHECK_LACKS(p, "/en/organisations/new");
    p = visit(visit_as(st, "mihon.design"), "/en/organisations");
    CHECK_HAS(p, "mihon");
    CHECK_LACKS(p, "kamei");
    CHECK_STATUS(404, visit(visit_as(st, "mihon.design"), "/en/organisations/kamei"));
    CHECK_STATUS(404, visit(visit_as(st, "mihon.design"), "/en/organisations/no-such"));
    CHECK_STATUS(200, visit(visit_as(st, "mihon.design"), "/en/organisations/mihon"));
    CHECK_STATUS(200, visit(visit_as(st, "mihon.design"), "/en/organisation"));
    CHECK_STATUS(404, visit(visit_as(st, "sysop"), "/en/organisation")); /* has none */
    CHECK_SIGN_IN(visit(visit_nobody(st), "/en/organisations"));
}

APP_TEST(the_list_is_filtered_counted_and_given_as_csv_and_json)
{
    admin_cast(st);
    struct visitor *root = visit_as(st, "sysop");
    struct page p = visit(root, "/en/organisations?kind=vendor");
    CHECK_HAS(p, "3 in all");
    CHECK_LACKS(p, "aist");
    p = visit(root, "/en/organisations?q=kam");
    CHECK_HAS(p, "1 in all");
    p = visit(root, "/en/organisations?state=disabled");
    CHECK_HAS(p, "No organisation fits");
    p = visit(root, "/en/organisations.csv?q=kam");
    CHECK(str_has_prefix(p.type, S("text/csv")));
    CHECK(str_find(p.body, S("slug,name,kind,region,registration,keywords,takes_reports,disabled"
                             "\r\nkamei,")) >= 0);
    p = visit(root, "/en/organisations.json?q=kam");
    CHECK(str_find(p.body, S("\"slug\":\"kamei\"")) > 0);
}

APP_TEST(each_sees_the_acts_of_the_own_role_alone)
{
    admin_cast(st);
    struct page p = visit(visit_as(st, "mihon.design"), "/en/organisations/mihon");
    CHECK_NESTED(p);
    CHECK_LACKS(p, "Edit the data");
    CHECK_LACKS(p, "Make an account");
    CHECK_LACKS(p, "Disable this organisation");
    p = visit(visit_as(st, "mihon.poc"), "/ja/organisations/mihon");
    CHECK_NESTED(p);
    CHECK_HAS(p, "登録情報を変更する");
    CHECK_HAS(p, "アカウントを作成する");
    CHECK_HAS(p, "変更記録");
    CHECK_LACKS(p, "この組織を無効にする");
    CHECK_HAS(p, "窓口の担当者が2名に達していません");
    p = visit(visit_as(st, "sysop"), "/en/organisations/mihon");
    CHECK_HAS(p, "Disable this organisation");
    p = visit(visit_as(st, "coordinator"), "/en/organisations/mihon");
    CHECK_HAS(p, "Edit the data");
    CHECK_LACKS(p,
                "Make an account"); /* the coordinator's lead has no say over a vendor's people */
}

APP_TEST(who_may_not_edit_finds_no_such_page)
{
    static const char *const pages[] = {
        "/en/organisations/mihon/edit", "/en/organisations/mihon/kinds",
        "/en/organisations/mihon/departments/new", "/en/organisations/mihon/members/new",
        "/en/organisations/mihon/history"};
    admin_cast(st);
    struct visitor *design = visit_as(st, "mihon.design"), *kamei = visit_as(st, "kamei.poc");
    for (size_t i = 0; i < COUNT(pages); i++) {
        CHECK_STATUS(404, visit(design, pages[i]));
        CHECK_STATUS(404, visit(kamei, pages[i]));
        CHECK_STATUS(200, visit(visit_as(st, "mihon.poc"), pages[i]));
    }
    CHECK_STATUS(404, visit(design, "/en/organisations/new"));
    CHECK_STATUS(404, visit(visit_as(st, "mihon.poc"), "/en/organisations/new"));
    struct page p = visit_post(design, S("/en/organisations/mihon/edit"), "rev", "1", "name_en",
                               "Taken over", NULL);
    CHECK_STATUS(404, p);
    CHECK_STATUS(404, visit_post(kamei, S("/en/organisations/mihon/disable"), "rev", "1",
                                 "disabled", "yes", NULL));
    CHECK_STATUS(
        404, visit_post(design, S("/en/organisations/new"), "kind", "vendor", "slug", "x1", NULL));
}

APP_TEST(an_organisation_is_registered_once)
{
    admin_cast(st);
    struct visitor *lead = visit_as(st, "coordinator");
    CHECK_NESTED(visit(lead, "/ja/organisations/new"));
    for (int click = 0; click < 2; click++) {
        struct page p = visit_post(lead, S("/en/organisations/new"), "kind", "vendor", "slug",
                                   "shinki", "name_ja", "新規製作所", "name_en", "Shinki Works",
                                   "region", "JP", "registration", "individual", NULL);
        if (click == 0)
            CHECK_GOES(p, "/en/organisations/shinki?done=org_made");
        else
            CHECK_STATUS(422, p); /* the short name is taken */
        if (click == 1)
            CHECK_HAS(p, "This is already in use");
    }
    struct page p = visit(lead, "/en/organisations/shinki?done=org_made");
    CHECK_HAS(p, "The organisation was registered.");
    CHECK_HAS(p, "Shinki Works");
    /* the coordinator's lead registers vendors, no other bodies */
    p = visit_post(lead, S("/en/organisations/new"), "kind", "reception", "slug", "second",
                   "name_ja", "二", "name_en", "Second", NULL);
    CHECK_STATUS(404, p);
}

APP_TEST(what_is_wrong_with_a_new_organisation_stands_at_each_field)
{
    static const struct {
        const char *name, *value, *says;
    } bad[] = {
        {"kind", "shop", "given values"},
        {"slug", "Two Words", "a–z, 0–9"},
        {"name_ja", "", "required"},
        {"name_en", "", "required"},
        {"region", "Japan", "2"},
        {"region", "jp", "two capital letters"},
        {"parent", "no-such", "no such organisation"},
        {"registration", "", "required"},
        {"contact", "call us", "mail address"},
        {"other_contact", "call us", "mail address"},
        {"org_key", "no key", "not an OpenPGP public key"},
        {"poc_seat", "cellar", "given values"},
    };
    static const char *const good[][2] = {{"kind", "vendor"},  {"slug", "shinki"},
                                          {"name_ja", "新規"}, {"name_en", "Shinki"},
                                          {"region", "JP"},    {"registration", "general"}};
    admin_cast(st);
    struct visitor *root = visit_as(st, "sysop");
    for (size_t i = 0; i < COUNT(bad); i++) {
        struct input in = {0};
        for (size_t k = 0; k < COUNT(good); k++)
            if (!str_eq(str_z(good[k][0]), str_z(bad[i].name)))
                input_put(a, &in, str_z(good[k][0]), str_z(good[k][1]));
        input_put(a, &in, str_z(bad[i].name), str_z(bad[i].value));
        struct page p = visit_send(root, S("/en/organisations/new"), &in);
        CHECK_STATUS(422, p);
        CHECK_NESTED(p);
        CHECK(str_find(p.body, str_fmt(a, "href=\"#f-%s\"", bad[i].name)) > 0);
        CHECK_HAS(p, bad[i].says);
    }
    CHECK_STATUS(404, visit(root, "/en/organisations/shinki"));
}

APP_TEST(an_edit_saves_what_is_shown_also_a_box_that_was_unticked)
{
    admin_cast(st);
    struct visitor *poc = visit_as(st, "mihon.poc");
    struct page p = visit(poc, "/en/organisations/mihon/edit");
    CHECK_NESTED(p);
    CHECK_LACKS(p, "name=\"slug\""); /* the coordinator's to change */
    CHECK_LACKS(p, "name=\"registration\"");
    CHECK_LACKS(p, "name=\"kind\"");
    str rev = page_input(a, p, "rev");
    p = visit_post(poc, S("/en/organisations/mihon/edit"), "rev", str_to_z(a, rev), "name_ja",
                   "見本", "name_en", "Mihon Ltd <b>", "contact", "psirt@mihon.example",
                   "policy_en", "We **answer**.", "listed", "yes", NULL);
    CHECK_GOES(p, "/en/organisations/mihon?done=saved");
    p = visit(poc, "/en/organisations/mihon");
    CHECK_HAS(p, "Mihon Ltd <b>"); /* as text */
    CHECK(str_find(p.body, S("<b>\"")) < 0);
    CHECK_STR(S("0"),
              help_sql_value(a, st->url, "SELECT takes_reports FROM org WHERE slug = 'mihon'"));
    CHECK_STR(S("1"), help_sql_value(a, st->url, "SELECT listed FROM org WHERE slug = 'mihon'"));
    CHECK_HAS(visit(poc, "/en/organisations/mihon/history"),
              "The data of Mihon Ltd <b> were changed");
    CHECK_HAS(visit(poc, "/ja/organisations/mihon/history"), "見本");
}

APP_TEST(an_edit_of_what_was_changed_meanwhile_says_what_and_keeps_the_text)
{
    admin_cast(st);
    struct visitor *poc = visit_as(st, "mihon.poc"), *lead = visit_as(st, "coordinator");
    str rev = page_input(a, visit(poc, "/en/organisations/mihon/edit"), "rev");
    struct page p =
        visit_post(lead, S("/en/organisations/mihon/edit"), "rev", str_to_z(a, rev), "name_ja",
                   "甲", "name_en", "Alpha", "slug", "mihon", "registration", "general", NULL);
    CHECK_STATUS(303, p);
    p = visit_post(poc, S("/en/organisations/mihon/edit"), "rev", str_to_z(a, rev), "name_ja", "甲",
                   "name_en", "Beta", NULL);
    CHECK_STATUS(409, p);
    CHECK_NESTED(p);
    CHECK_HAS(p, "Name in English: Alpha");
    CHECK_STR(S("Beta"), page_input(a, p, "name_en"));
    p = visit_post(poc, S("/en/organisations/mihon/edit"), "rev",
                   str_to_z(a, page_input(a, p, "rev")), "name_ja", "甲", "name_en", "Beta", NULL);
    CHECK_STATUS(303, p);
    CHECK_STATUS(422, visit_post(poc, S("/en/organisations/mihon/edit"), "name_ja", "甲", "name_en",
                                 "Beta", NULL)); /* no rev */
}

APP_TEST(an_organisation_is_disabled_and_enabled_again_by_one_click_each)
{
    admin_cast(st);
    struct visitor *root = visit_as(st, "sysop");
    str rev = page_input(a, visit(root, "/en/organisations/kamei"), "rev");
    struct page p = visit_post(root, S("/en/organisations/kamei/disable"), "rev", str_to_z(a, rev),
                               "disabled", "yes", NULL);
    CHECK_GOES(p, "/en/organisations/kamei?done=org_disabled");
    p = visit_post(root, S("/en/organisations/kamei/disable"), "rev", str_to_z(a, rev), "disabled",
                   "yes", NULL);
    CHECK_GOES(p, "/en/organisations/kamei?done=nothing_changed");
    CHECK_STATUS(404, visit(visit_as(st, "kamei.poc"), "/en/organisations/kamei"));
    p = visit(root, "/en/organisations/kamei");
    CHECK_HAS(p, "Enable this organisation again");
    CHECK_STATUS(409, visit_post(root, S("/en/organisations/kamei/disable"), "rev",
                                 str_to_z(a, rev), "disabled", "no", NULL)); /* an old page */
    p = visit_post(root, S("/en/organisations/kamei/disable"), "rev",
                   str_to_z(a, page_input(a, p, "rev")), "disabled", "no", NULL);
    CHECK_GOES(p, "/en/organisations/kamei?done=org_enabled");
}
