/* settings_test.c - settings: typed, with defaults, seen by every process at once. */
#include "t.h"

#include "app/settings.h"
#include "help/admin.h"

static str value(struct ctx *cx, enum setting which)
{
    const struct settings *s;
    cx->settings = NULL;
    CHECK_OK(cx, settings_open(cx, &s));
    app_read_end(cx);
    return s->v[which];
}

static enum err put(struct ctx *cx, enum setting which, i64 rev, const char *text)
{
    struct setting_change c = {which, rev, str_z(text)};
    return setting_put(cx, &c, 1);
}

APP_TEST(what_is_not_set_has_its_default)
{
    struct ctx *cx = stage_nobody(st);
    CHECK_STR(S("Kakehashi"), value(cx, SET_SITE_NAME_EN));
    CHECK_STR(S("KKH"), value(cx, SET_NUMBER_PREFIX));
    CHECK_STR(S(""), value(cx, SET_RECEPTION_JA)); /* nobody is reception yet */
    CHECK_STR(S(""), value(cx, SET_SECURITY_CONTACT));
    admin_cast(st);
    admin_sql(st, "UPDATE generation SET n = n + 1;");
    CHECK_STR(S("reception Inc."), value(cx, SET_RECEPTION_EN)); /* its own name */
    admin_sql(st, "DELETE FROM setting WHERE key = 'release_approval'; "
                  "UPDATE generation SET n = n + 1;");
    CHECK_STR(S("yes"), value(stage_nobody(st), SET_RELEASE_APPROVAL));
}

APP_TEST(a_setting_is_seen_by_every_process_and_returns_to_its_default)
{
    admin_cast(st);
    struct app *second = stage_again(st);
    struct ctx *cx = stage_as(st, "sysop"), *other = ctx_new(a, second);
    CHECK_STR(S("Kakehashi"), value(other, SET_SITE_NAME_EN));
    CHECK_ERR(OK, put(cx, SET_SITE_NAME_EN, 0, "Portal & friends"));
    CHECK_STR(S("Portal & friends"), value(other, SET_SITE_NAME_EN));
    CHECK_STR(S("Portal & friends"), value(cx, SET_SITE_NAME_EN));
    CHECK_ERR(OK, put(cx, SET_SITE_NAME_EN, 1, ""));
    CHECK_STR(S("Kakehashi"), value(other, SET_SITE_NAME_EN));
}

APP_TEST(a_setting_changed_meanwhile_is_a_conflict_and_nothing_is_half_set)
{
    admin_cast(st);
    struct ctx *cx = stage_as(st, "sysop");
    CHECK_ERR(OK, put(cx, SET_SITE_NAME_EN, 0, "One"));
    struct setting_change both[] = {{SET_SITE_NAME_JA, 0, S("二")},
                                    {SET_SITE_NAME_EN, 0, S("Two")}};
    cx = stage_as(st, "sysop");
    CHECK_ERR(E_CONFLICT, setting_put(cx, both, 2));
    cx = stage_as(st, "sysop");
    CHECK_STR(S("架け橋"), value(cx, SET_SITE_NAME_JA));
    CHECK_ERR(E_CONFLICT, put(cx, SET_SITE_NAME_EN, 7, "Seven"));
    cx = stage_as(st, "sysop");
    CHECK_ERR(OK, put(cx, SET_SITE_NAME_EN, 1, "Two"));
    CHECK_STR(S("Two"), value(cx, SET_SITE_NAME_EN));
}

APP_TEST(settings_are_the_operators)
{
    static const char *const others[] = {"coordinator", "reception", "mihon.poc", "auditor"};
    struct setting_line lines[SETTING_COUNT];
    admin_cast(st);
    for (size_t i = 0; i < COUNT(others); i++) {
        struct ctx *cx = stage_as(st, others[i]);
        CHECK_ERR(E_DENIED, put(cx, SET_ZONE, 0, "UTC"));
        CHECK_ERR(E_DENIED, setting_list(cx, lines));
    }
    struct ctx *cx = stage_as(st, "sysop");
    CHECK_ERR(OK, put(cx, SET_ZONE, 0, "Asia/Seoul"));
    CHECK_OK(cx, setting_list(cx, lines));
    CHECK_STR(S("Asia/Seoul"), lines[SET_ZONE].value);
    CHECK_STR(S("Asia/Tokyo"), lines[SET_ZONE].fallback);
    CHECK_I64(1, lines[SET_ZONE].rev);
    CHECK_I64(0, lines[SET_CONTACT].rev);
}

APP_TEST(every_setting_is_checked)
{
    static const struct {
        enum setting which;
        const char *value, *code;
    } bad[] = {
        {SET_NUMBER_PREFIX, "jvn", "prefix"},
        {SET_NUMBER_PREFIX, "ABCDEFGHI", "too_long"},
        {SET_FINDER_INTERVAL, "0", "number"},
        {SET_FINDER_INTERVAL, "366", "too_large"},
        {SET_FINDER_INTERVAL, "often", "number"},
        {SET_ZONE, "Mars/Base", "choice"},
        {SET_CLOCK_EDITION, "next", "choice"},
        {SET_CONTACT, "call us", "contact"},
        {SET_SECURITY_CONTACT, "http://x.example", "contact"},
        {SET_SECURITY_POLICY, "http://x.example", "https"},
        {SET_SECURITY_EXPIRES, "2020-01-01", "date_past"},
        {SET_SECURITY_EXPIRES, "never", "instant"},
        {SET_MAIL_FROM, "us", "email"},
        {SET_POLICY_URL_JA, "javascript:x", "url"},
        {SET_SITE_NAME_JA, "a\nb", "one_line"},
        {SET_SITE_NAME_JA, "\xFF", "encoding"},
        {SET_SITE_NAME_EN, "\x01", "control"},
    };
    admin_cast(st);
    for (size_t i = 0; i < COUNT(bad); i++) {
        struct ctx *cx = stage_as(st, "sysop");
        CHECK_ERR(E_INVALID, put(cx, bad[i].which, 0, bad[i].value));
        CHECK(has_problem(cx, str_to_z(a, setting_rules[bad[i].which].name), bad[i].code));
    }
}

APP_TEST(the_history_of_the_installation_says_what_was_set)
{
    struct admin_line *rows;
    size_t n;
    admin_cast(st);
    struct list_window w = {.limit = 10};
    struct ctx *cx = stage_nobody(st);
    admin_at_command_line(cx);
    CHECK_ERR(OK, put(cx, SET_FINDER_INTERVAL, 0, "14"));
    CHECK_OK(cx, admin_history(cx, NO_STR, &w, &rows, &n));
    CHECK_I64(1, (i64)n);
    CHECK_STR(S("The setting “Days between two words to a finder” was set to 14"),
              rows[0].sentence);
    CHECK_STR(S("Command line"), rows[0].who);
    const struct settings *s;
    CHECK_OK(cx, settings_open(cx, &s));
    CHECK_I64(14, setting_number(s, SET_FINDER_INTERVAL));
}

APP_TEST(security_txt_is_made_from_the_settings)
{
    str text;
    admin_cast(st);
    struct ctx *cx = stage_as(st, "sysop");
    CHECK_ERR(E_NOT_FOUND, security_txt(cx, &text));
    CHECK_ERR(OK, put(cx, SET_SECURITY_CONTACT, 0, "psirt@site.example"));
    CHECK_OK(cx, security_txt(cx, &text));
    CHECK_STR(S("Contact: mailto:psirt@site.example\n"
                "Expires: 2027-05-01T00:00:00Z\n"
                "Preferred-Languages: ja, en\n"
                "Canonical: https://portal.example/.well-known/security.txt\n"),
              text);
    CHECK_ERR(OK, put(cx, SET_SECURITY_EXPIRES, 0, "2027-03-31T23:59:00+09:00"));
    CHECK_ERR(OK, put(cx, SET_SECURITY_POLICY, 0, "https://site.example/policy"));
    CHECK_ERR(OK, put(cx, SET_SECURITY_ENCRYPTION, 0, "https://site.example/key.asc"));
    CHECK_ERR(OK, put(cx, SET_SECURITY_THANKS, 0, "https://site.example/thanks"));
    CHECK_OK(cx, security_txt(cx, &text));
    CHECK_STR(S("Contact: mailto:psirt@site.example\n"
                "Expires: 2027-03-31T14:59:00Z\n"
                "Encryption: https://site.example/key.asc\n"
                "Acknowledgments: https://site.example/thanks\n"
                "Preferred-Languages: ja, en\n"
                "Canonical: https://portal.example/.well-known/security.txt\n"
                "Policy: https://site.example/policy\n"),
              text);
}

/* CSAF 2.1, requirement 8: the well-known one first. */
APP_TEST(security_txt_names_the_csaf_provider_where_its_files_are_made)
{
    str text;
    admin_cast(st);
    struct ctx *cx = stage_as(st, "sysop");
    CHECK_ERR(OK, put(cx, SET_SECURITY_CONTACT, 0, "psirt@site.example"));
    st->app->public_dir = "/somewhere";
    CHECK_OK(cx, security_txt(cx, &text));
    CHECK(str_has_suffix(
        text, S("Canonical: https://portal.example/.well-known/security.txt\n"
                "CSAF: https://portal.example/.well-known/csaf/provider-metadata.json\n"
                "CSAF: https://portal.example/.well-known/csaf/v2.0/provider-metadata.json\n"
                "CSAF: https://portal.example/.well-known/csaf/v2.1/provider-metadata.json\n")));
}
