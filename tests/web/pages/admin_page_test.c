/* admin_page_test.c - what who runs the system sees of it, and its settings. */
#include "t.h"

#include "app/outbox_own.h"
#include "app/text.h"
#include "help/admin.h"
#include "help/forms.h"
#include "help/web.h"

APP_TEST(only_who_runs_the_system_finds_its_pages)
{
    static const char *const pages[] = {"/ja/admin", "/en/admin/history", "/en/admin/history.csv",
                                        "/ja/settings"};
    admin_cast(st);
    struct visitor *poc = visit_as(st, "mihon.poc"), *lead = visit_as(st, "coordinator");
    struct visitor *root = visit_as(st, "sysop");
    for (size_t i = 0; i < COUNT(pages); i++) {
        CHECK_STATUS(404, visit(poc, pages[i]));
        CHECK_STATUS(404, visit(lead, pages[i]));
        CHECK_SIGN_IN(visit(visit_nobody(st), pages[i]));
        CHECK_STATUS(200, visit(root, pages[i]));
    }
    CHECK_STATUS(404, visit_post(poc, S("/ja/settings"), "site_name_ja", "x", NULL));
}

APP_TEST(the_state_is_told_in_both_languages_as_shape_and_word)
{
    admin_cast(st);
    struct visitor *root = visit_as(st, "sysop");
    struct page p = visit(root, "/en/admin");
    CHECK_NESTED(p);
    CHECK_HAS(p, "Kakehashi 0.1.0");
    CHECK_HAS(p, "In order");
    CHECK_HAS(p, "0 waiting, 0 of them due");
    CHECK_HAS(p, "Not yet"); /* no housekeeping was done */
    p = visit(root, "/ja/admin");
    CHECK_NESTED(p);
    CHECK_HAS(p, "稼働中");
    CHECK_HAS(p, "待機 0 件");
    CHECK(str_find(p.body, S("aria-current=\"page\"")) > 0);
}

static enum err give_up(struct ctx *cx, [[maybe_unused]] void *arg)
{
    TRY(q_outbox_add(cx->db, .id = S("c"), .kind = S("notice"), .due = cx->now - DAY,
                     .content = text_seal(cx, S("{}"))));
    return q_outbox_fail(cx->db, .id = S("c"), .at = cx->now, .why = S("recipient 550"));
}

APP_TEST(a_delivery_that_was_given_up_is_a_state_of_its_own)
{
    admin_cast(st);
    struct ctx *cx = stage_as(st, "sysop");
    CHECK_OK(cx, db_write(cx, give_up, NULL));
    struct page p = visit(visit_as(st, "sysop"), "/en/admin");
    CHECK_HAS(p, "1 given up after repeated attempts");
    CHECK_HAS(p, "Some failed");
    CHECK_LACKS(p, "recipient 550");
}

static enum err give_up_mail(struct ctx *cx, void *arg)
{
    struct notice_mail m = {.person = *(const str *)arg};
    TRY(q_outbox_add(cx->db, .id = S("m"), .kind = S("mail"), .due = cx->now - DAY,
                     .content = text_seal(cx, notice_write(cx->a, &m))));
    return q_outbox_fail(cx->db, .id = S("m"), .at = cx->now, .why = S("data 554"));
}

APP_TEST(a_mail_that_was_given_up_names_its_readers_organisation_and_no_address)
{
    admin_cast(st);
    str person = stage_person_id(st, "mihon.poc");
    struct ctx *cx = stage_as(st, "sysop");
    CHECK_OK(cx, db_write(cx, give_up_mail, &person));
    struct page p = visit(visit_as(st, "sysop"), "/en/admin/letters");
    CHECK_HAS(p, "mihon Inc. (mihon.poc)");
    CHECK_HAS(p, "data 554");
    CHECK_LACKS(p, "@");
}

APP_TEST(what_was_given_up_is_listed_and_sent_again_by_the_operator_alone)
{
    admin_cast(st);
    struct ctx *cx = stage_as(st, "sysop");
    CHECK_OK(cx, db_write(cx, give_up, NULL));
    struct visitor *root = visit_as(st, "sysop"), *other = visit_as(st, "coordinator");
    CHECK(str_find(visit(root, "/en/admin").body, S("/en/admin/letters")) > 0);
    struct page p = visit(root, "/en/admin/letters");
    CHECK_NESTED(p);
    CHECK_HAS(p, "recipient 550");
    CHECK_NESTED(visit(root, "/ja/admin/letters"));
    CHECK_STATUS(404, visit(other, "/en/admin/letters"));
    CHECK_STATUS(404, visit_post(other, S("/en/admin/letters/c"), NULL));
    CHECK_HAS(visit(root, "/en/admin/letters"), "recipient 550");
    CHECK_GOES(visit_post(root, S("/en/admin/letters/c"), NULL),
               "/en/admin/letters?done=letter_again");
    CHECK_HAS(visit(root, "/en/admin/letters?done=letter_again"), "Nothing was given up.");
    CHECK_STATUS(404, visit_post(root, S("/en/admin/letters/c"), NULL)); /* a second click */
}

/* What a browser would send back of the page, with one field changed. */
static struct page post_settings(struct visitor *v, struct page shown, const char *name,
                                 const char *value)
{
    struct input all = page_inputs(v->st->a, shown), out = {0};
    for (size_t i = 0; i < all.n; i++)
        if (!str_eq(all.v[i].name, str_z(name)))
            *PUSH(v->st->a, &out) = all.v[i];
    input_put(v->st->a, &out, str_z(name), str_z(value));
    return visit_send(v, S("/en/settings"), &out);
}

APP_TEST(a_setting_is_saved_and_stands_in_the_history)
{
    admin_cast(st);
    struct visitor *root = visit_as(st, "sysop");
    struct page p = visit(root, "/en/settings");
    CHECK_NESTED(p);
    CHECK_STR(S("KKH"), page_input(a, p, "number_prefix")); /* the default is shown */
    p = post_settings(root, p, "site_name_en", "Bridge");
    CHECK_GOES(p, "/en/settings?done=saved");
    p = visit(root, "/en/settings");
    CHECK_STR(S("Bridge"), page_input(a, p, "site_name_en"));
    CHECK_HAS(visit(root, "/en/admin/history"),
              "The setting “Name of the site in English” was set to Bridge");
    CHECK_HAS(visit(root, "/ja/admin/history"), "Bridge");
    /* a second click changes nothing more */
    p = post_settings(root, visit(root, "/en/settings"), "site_name_en", "Bridge");
    CHECK_GOES(p, "/en/settings?done=nothing_changed");
}

APP_TEST(what_is_wrong_stands_at_the_setting_and_nothing_is_saved)
{
    static const struct {
        const char *name, *value, *says;
    } bad[] = {
        {"number_prefix", "kk9", "Use capital letters A to Z only"},
        {"public_contact", "not an address", "Enter a mail address"},
        {"finder_interval", "0", "number"},
        {"finder_interval", "366", "365"},
        {"policy_url_ja", "javascript:alert(1)", "http"},
        {"security_contact", "http://plain.example", "mail address"},
        {"security_policy", "http://plain.example/", "https://"},
        {"security_expires", "2020-01-01T00:00", "not past"},
        {"mail_from", "nobody", "mail address"},
        {"validator_origins", "https://a.example https://b.example/page", "without a path"},
        {"site_zone", "Mars/Olympus", "given values"},
    };
    admin_cast(st);
    struct visitor *root = visit_as(st, "sysop");
    struct page shown = visit(root, "/en/settings");
    for (size_t i = 0; i < COUNT(bad); i++) {
        struct page p = post_settings(root, shown, bad[i].name, bad[i].value);
        CHECK_STATUS(422, p);
        CHECK_NESTED(p);
        CHECK(str_find(p.body, str_fmt(a, "href=\"#f-%s\"", bad[i].name)) > 0);
        CHECK_HAS(p, bad[i].says);
    }
    CHECK_STR(S("0"), help_sql_value(a, st->url, /* but for what the stage itself sets */
                                     "SELECT count(*) FROM setting "
                                     "WHERE key <> 'release_approval'"));
}

APP_TEST(two_people_who_change_one_setting_do_not_overwrite_each_other)
{
    admin_cast(st);
    struct visitor *root = visit_as(st, "sysop"), *other = visit_as(st, "sysop");
    struct page shown = visit(root, "/en/settings");
    CHECK_STATUS(303, post_settings(other, visit(other, "/en/settings"), "site_name_en", "First"));
    struct page p = post_settings(root, shown, "site_name_en", "Second");
    CHECK_STATUS(409, p);
    CHECK_NESTED(p);
    CHECK_HAS(p, "Changed by someone else in the meantime");
    CHECK_HAS(p, "Name of the site in English: First");
    CHECK_STR(S("Second"), page_input(a, p, "site_name_en")); /* nothing typed is lost */
    /* another's setting does not stand in the way of one's own */
    CHECK_STATUS(303, post_settings(root, shown, "site_name_ja", "橋"));
    CHECK_STR(S("First"), page_input(a, visit(root, "/en/settings"), "site_name_en"));
    /* having read it, one's own is saved */
    CHECK_STATUS(303, post_settings(root, p, "site_name_en", "Second"));
}
