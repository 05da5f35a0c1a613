/* vendors_page_test.c - the public list of registered vendors, and what each says. */
#include "t.h"

#include "help/admin.h"
#include "help/web.h"

APP_TEST(only_vendors_that_agreed_stand_in_the_list)
{
    admin_cast(st);
    struct visitor *v = visit_nobody(st);
    struct page p = visit(v, "/en/vendors");
    CHECK_STATUS(200, p);
    CHECK_NESTED(p);
    CHECK_HAS(p, "No vendor is listed yet.");
    admin_sql(st, "UPDATE org SET listed = 1, keywords = 'secret-technology' WHERE slug IN "
                  "('mihon', 'kamei');"
                  "UPDATE org SET disabled = 1 WHERE slug = 'kamei';");
    p = visit(v, "/ja/vendors");
    CHECK_NESTED(p);
    CHECK(str_find(p.body, S("\"/ja/vendors/mihon\"")) > 0);
    CHECK_LACKS(p, "kamei");
    CHECK_LACKS(p, "reiji");
    CHECK_LACKS(p, "secret-technology");
    p = visit(v, "/en/vendors.csv");
    CHECK(str_find(p.body, S("slug,name,registration,takes_reports\r\nmihon,")) >= 0);
    CHECK(str_find(visit(v, "/en/vendors.json").body, S("\"slug\":\"mihon\"")) > 0);
    CHECK(str_find(visit(v, "/en/vendors.json").body, S("secret-technology")) < 0);
}

APP_TEST(a_vendors_page_shows_its_policy_in_the_readers_language_else_in_the_other)
{
    admin_cast(st);
    admin_sql(st, "UPDATE org SET policy_en = 'We **answer** <b>fast</b>.', contact = "
                  "'https://mihon.example/psirt', other_contact = 'javascript:alert(1)' "
                  "WHERE slug = 'mihon';");
    struct visitor *v = visit_nobody(st);
    struct page p = visit(v, "/en/vendors/mihon");
    CHECK_STATUS(200, p);
    CHECK_NESTED(p);
    CHECK(str_find(p.body, S("<strong>answer</strong>")) > 0);
    CHECK(str_find(p.body, S("<b>fast</b>")) < 0);
    CHECK(str_find(p.body, S("href=\"https://mihon.example/psirt\"")) > 0);
    CHECK(str_find(p.body, S("href=\"javascript")) < 0);
    CHECK(str_find(p.body, S("\"/en/report/to/mihon\"")) > 0);
    p = visit(v, "/ja/vendors/mihon");
    CHECK_NESTED(p);
    CHECK(str_find(p.body, S("<div class=\"prose\" lang=\"en\">")) > 0);
}

APP_TEST(a_vendor_that_neither_agreed_nor_takes_reports_has_no_page)
{
    admin_cast(st);
    admin_sql(st, "UPDATE org SET takes_reports = 0 WHERE slug = 'kamei';");
    struct visitor *v = visit_nobody(st);
    CHECK_STATUS(404, visit(v, "/en/vendors/kamei"));
    CHECK_STATUS(404, visit(v, "/en/vendors/no-such"));
    CHECK_STATUS(404, visit(v, "/en/vendors/coordinator")); /* no vendor */
    CHECK_STATUS(404, visit(visit_as(st, "sysop"), "/en/vendors/kamei"));
}
