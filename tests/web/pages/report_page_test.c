/* report_page_test.c - handing in a report at the browser: choose, fill in, check, done. */
#include "app/auth.h"
#include "app/reports.h"
#include "help/forms.h"
#include "help/web.h"
#include "io/files.h"
#include "t.h"

static struct input *filled(struct arena *a)
{
    return stage_input(
        a, "name", "見本 花子", "email", "hanako@finder.example", "product", "MG-200 2.4.3",
        "environment", "初期設定", "steps", "1. 待つ。\n2. <b>送る</b>。", "result",
        "セッションが延長される。", "tell_vendor", "no", "direct_contact", "no", "publish_name",
        "yes", "credit_en", "Hanako Mihon", "told_others", "no", "personal_data", "yes", NULL);
}

static struct page post(struct visitor *v, const char *path, const struct input *in,
                        const char *act)
{
    struct input all = {0};
    for (size_t i = 0; i < in->n; i++)
        *PUSH(v->st->a, &all) = in->v[i];
    input_put(v->st->a, &all, S("do"), str_z(act));
    return visit_form(v, str_z(path), &all, NULL, 0);
}

/* What the check page would send on. */
static struct page send_on(struct visitor *v, const char *path, struct page checked)
{
    struct input all = page_inputs(v->st->a, checked);
    input_put(v->st->a, &all, S("do"), S("send"));
    return visit_form(v, str_z(path), &all, NULL, 0);
}

static str reports_in(struct stage *st)
{
    return help_sql_value(st->a, st->url, "SELECT count(*) FROM report");
}

/* Behind the id, up to the next tag. */
static str text_of(struct page p, const char *id)
{
    str needle = str_fmt(p.rs.out.a, "id=\"%s\">", id);
    ptrdiff_t at = str_find(p.body, needle);
    if (at < 0)
        return NO_STR;
    str rest = str_from(p.body, (size_t)at + needle.n);
    return str_cut(&rest, '<');
}

APP_TEST(the_first_page_leads_to_each_kind_and_to_the_vendors_that_take_reports)
{
    stage_cast(st);
    struct page p = visit(visit_nobody(st), "/en/report");
    CHECK_STATUS(200, p);
    CHECK_NESTED(p);
    static const char *const links[] = {"\"/en/report/product\"", "\"/en/report/website\"",
                                        "\"/en/report/own\"", "\"/en/report/to/mihon\"",
                                        "\"/en/track\""};
    for (size_t i = 0; i < COUNT(links); i++)
        CHECK(str_find(p.body, str_z(links[i])) >= 0);
    CHECK_HAS(p, "mihon Inc.");
    CHECK_LACKS(p, "reception Inc.");
    p = visit(visit_nobody(st), "/ja/report");
    CHECK_STATUS(200, p);
    CHECK_HAS(p, "mihon（日本語）");
}

APP_TEST(a_kind_or_vendor_that_does_not_exist_is_not_found)
{
    stage_cast(st);
    struct visitor *v = visit_nobody(st);
    CHECK_STATUS(404, visit(v, "/ja/report/car"));
    CHECK_STATUS(404, visit(v, "/ja/report/to/nobody"));
    CHECK_STATUS(404, visit(v, "/ja/report/to/reception"));
    help_sql(st->url, "UPDATE org SET takes_reports = 0 WHERE slug = 'kamei'");
    CHECK_STATUS(404, visit(v, "/ja/report/to/kamei"));
    CHECK_STATUS(200, visit(v, "/ja/report/to/mihon"));
}

/* Every field of the table, under a word and not under its name, in both languages. */
APP_TEST(each_form_asks_every_field_of_its_table_once_in_words)
{
    stage_cast(st);
    static const char *const langs[] = {"ja", "en"};
    for (enum report_kind k = 0; k < REPORT_KIND_COUNT; k++)
        for (size_t l = 0; l < COUNT(langs); l++) {
            size_t n;
            const struct field_rule *rules = report_rules(k, &n);
            str path = str_fmt(a, "/%s/report/%.*s", langs[l], SV(report_kind_name(k)));
            struct page p = visit_url(visit_nobody(st), path);
            CHECK_STATUS(200, p);
            CHECK_NESTED(p);
            for (size_t i = 0; i < n; i++) {
                str id = str_fmt(a, "id=\"f-%.*s\"", SV(rules[i].name));
                ptrdiff_t at = str_find(p.body, id);
                CHECK(at >= 0);
                CHECK(str_find(str_from(p.body, (size_t)at + 1), id) < 0);
                str label = field_label(a, &rules[i], l ? LANG_EN : LANG_JA);
                CHECK(!str_eq(label, rules[i].name));
                CHECK(page_holds(p, label));
            }
        }
}

APP_TEST(an_empty_form_says_what_is_missing_and_stores_nothing)
{
    stage_cast(st);
    for (enum report_kind k = 0; k < REPORT_KIND_COUNT; k++) {
        size_t n, required = 0;
        const struct field_rule *rules = report_rules(k, &n);
        str path = str_fmt(a, "/en/report/%.*s", SV(report_kind_name(k)));
        struct input none = {0};
        struct page p = post(visit_nobody(st), str_to_z(a, path), &none, "check");
        for (size_t i = 0; i < n; i++)
            required += rules[i].required;
        CHECK_STATUS(422, p);
        CHECK_NESTED(p);
        CHECK(page_holds(p, words_problems_heading(a, LANG_EN, .n = (i64)required)));
        p = post(visit_nobody(st), str_to_z(a, path), &none, "send");
        CHECK_STATUS(422, p);
    }
    CHECK_STR(S("0"), reports_in(st));
}

APP_TEST(the_check_page_shows_all_that_was_entered_and_goes_back_with_it)
{
    stage_cast(st);
    struct visitor *v = visit_nobody(st);
    struct input *in = filled(a);
    struct page p = post(v, "/ja/report/product", in, "check");
    CHECK_STATUS(200, p);
    CHECK_NESTED(p);
    CHECK_HAS(p, "見本 花子");
    CHECK_HAS(p, "1. 待つ。 2. <b>送る</b>。"); /* as text: its tags were escaped */
    CHECK(str_find(p.body, S("<b>送る")) < 0);
    CHECK_HAS(p, "伝えない");
    CHECK_HAS(p, "受付機関の担当者だけが読みます");
    CHECK_STR(S("0"), reports_in(st));

    struct input back = page_inputs(a, p);
    input_put(a, &back, S("do"), S("back"));
    p = visit_form(v, S("/ja/report/product"), &back, NULL, 0);
    CHECK_STATUS(200, p);
    CHECK_STR(S("hanako@finder.example"), page_input(a, p, "email"));
    CHECK(str_find(p.body, S("2. &lt;b&gt;送る&lt;/b&gt;。</textarea>")) >= 0);
    CHECK(str_find(p.body, S("name=\"publish_name\" value=\"yes\" checked")) >= 0);
    CHECK_LACKS(p, "直すところ");
    struct input again = page_inputs(a, p);
    for (size_t i = 0; i < in->n; i++)
        CHECK_STR(in->v[i].value, input_get(&again, in->v[i].name));
}

APP_TEST(a_report_that_is_sent_gives_its_number_and_its_key_and_the_key_opens_it)
{
    stage_cast(st);
    struct visitor *v = visit_nobody(st);
    struct page p =
        send_on(v, "/ja/report/product", post(v, "/ja/report/product", filled(a), "check"));
    CHECK_STATUS(200, p);
    CHECK_NESTED(p);
    str receipt = text_of(p, "receipt-no"), key = text_of(p, "receipt-key");
    CHECK_I64(8, (i64)receipt.n);
    CHECK_I64(39, (i64)key.n);
    CHECK_HAS(p, "表示するのはこの画面だけです");
    CHECK_HAS(p, "2026-11-09 10:00 JST"); /* seven days from now */
    CHECK_STR(S("no-store"), http_answer_header(&p.rs, S("Cache-Control")));
    CHECK(http_answer_header(&p.rs, S("Set-Cookie")).p == NULL);
    CHECK_STR(S("1"), reports_in(st));

    struct ctx *cx = stage_nobody(st);
    str id;
    CHECK_OK(cx, report_enter(cx, receipt, key, &id));
    struct report_view view;
    cx = stage_as(st, "reception");
    CHECK_OK(cx, report_view(cx, id, &view));
    CHECK(view.publish_name && !view.tell_vendor && !view.direct_contact);
    CHECK_STR(S("ja"), view.lang);
}

APP_TEST(the_same_form_sent_twice_is_one_report_and_shows_its_key_for_ten_minutes)
{
    stage_cast(st);
    struct visitor *v = visit_nobody(st);
    struct page checked = post(v, "/en/report/product", filled(a), "check");
    struct page first = send_on(v, "/en/report/product", checked);
    (void)stage_later(st, 10 * MINUTE);
    struct page second = send_on(v, "/en/report/product", checked);
    CHECK_STATUS(200, second);
    CHECK_STR(text_of(first, "receipt-no"), text_of(second, "receipt-no"));
    CHECK_STR(text_of(first, "receipt-key"), text_of(second, "receipt-key"));
    (void)stage_later(st, 1);
    struct page late = send_on(v, "/en/report/product", checked);
    CHECK_STATUS(200, late);
    CHECK_STR(text_of(first, "receipt-no"), text_of(late, "receipt-no"));
    CHECK(text_of(late, "receipt-key").p == NULL);
    CHECK_HAS(late, "its key is not shown again");
    CHECK_STR(S("1"), reports_in(st));
    /* another check page is another report */
    (void)send_on(v, "/en/report/product", post(v, "/en/report/product", filled(a), "check"));
    CHECK_STR(S("2"), reports_in(st));
}

APP_TEST(a_form_without_its_token_is_not_sent)
{
    stage_cast(st);
    struct page p = post(visit_nobody(st), "/en/report/product", filled(a), "send");
    CHECK_STATUS(422, p);
    CHECK_HAS(p, "This form is incomplete. Open it anew.");
    CHECK_STR(S("0"), reports_in(st));
}

/* --- bad input -------------------------------------------------------------------------------- */

APP_TEST(bad_input_is_told_at_its_field_in_the_readers_language)
{
    stage_cast(st);
    char *huge = NEWS(a, char, 10 << 20), *longer = NEWS(a, char, 20001);
    memset(huge, 'x', 10 << 20);
    memset(longer, 'y', 20001);
    const struct {
        const char *field;
        str value;
        const char *ja, *en;
    } t[] = {
        {"name", S("   "), "入力してください", "This is required."},
        {"name", S("two\nlines"), "1 行で", "This must be one line."},
        {"name", S("\xC3("), "UTF-8", "The text is not valid UTF-8."},
        {"result", S("\xED\xA0\x80"), "UTF-8", "The text is not valid UTF-8."},
        {"result", S("\x01"), "制御文字", "control characters"},
        {"result",
         S("a\xE2\x80\xAE"
           "b"),
         "制御文字", "control characters"},
        {"email", S("hanako.example"), "メールアドレス", "This is not a mail address."},
        {"steps", {longer, 20001}, "20000", "At most 20000 characters."},
        {"steps", {huge, 10 << 20}, "文字", "At most"},
        {"tell_vendor", S("perhaps"), "選んでください", "Choose yes or no."},
        {"reproducibility", S("twice"), "選択肢", "Choose one of the given values."},
        {"personal_data", S("no"), "確認", "Confirm this to go on."},
        {"pgp_key", S("hello"), "OpenPGP", "This is not an OpenPGP public key."},
    };
    for (size_t i = 0; i < COUNT(t); i++)
        for (int lang = 0; lang < 2; lang++) {
            struct input *in = filled(a), other = {0};
            for (size_t k = 0; k < in->n; k++)
                if (!str_eq(in->v[k].name, str_z(t[i].field)))
                    *PUSH(a, &other) = in->v[k];
            input_put(a, &other, str_z(t[i].field), t[i].value);
            struct page p =
                post(visit_nobody(st), lang ? "/en/report/product" : "/ja/report/product", &other,
                     "check");
            CHECK_STATUS(422, p);
            CHECK_HAS(p, lang ? t[i].en : t[i].ja);
            str at = str_fmt(a, "href=\"#f-%s\"", t[i].field);
            CHECK(str_find(p.body, at) >= 0);
            CHECK(page_holds(p, words_problems_heading(a, lang ? LANG_EN : LANG_JA, .n = 1)));
            CHECK_STR(S("MG-200 2.4.3"), page_input(a, p, "product"));
        }
    CHECK_STR(S("0"), reports_in(st));
}

APP_TEST(a_field_that_comes_twice_is_refused)
{
    stage_cast(st);
    struct input *in = filled(a);
    input_put(a, in, S("email"), S("other@finder.example"));
    struct page p = post(visit_nobody(st), "/en/report/product", in, "check");
    CHECK_STATUS(422, p);
    CHECK_HAS(p, "This was given more than once.");
}

APP_TEST(who_told_others_says_whom)
{
    stage_cast(st);
    struct input *in = filled(a), other = {0};
    for (size_t k = 0; k < in->n; k++)
        *PUSH(a, &other) = in->v[k];
    for (size_t k = 0; k < other.n; k++)
        if (str_eq(other.v[k].name, S("told_others")))
            other.v[k].value = S("yes");
    struct page p = post(visit_nobody(st), "/en/report/product", &other, "check");
    CHECK_STATUS(422, p);
    CHECK(str_find(p.body, S("href=\"#f-other_reports\"")) >= 0);
}

APP_TEST(a_form_from_elsewhere_or_that_is_no_form_is_not_taken)
{
    stage_cast(st);
    struct visitor *v = visit_nobody(st);
    CHECK_STATUS(403,
                 visit_raw(v, POST, S("/ja/report/product"), S("application/x-www-form-urlencoded"),
                           S("do=check"), "sec-fetch-site", "cross-site", NULL));
    CHECK_STATUS(415, visit_raw(v, POST, S("/ja/report/product"), S("text/plain"), S("do=check"),
                                "sec-fetch-site", "same-origin", NULL));
    CHECK_STATUS(400,
                 visit_raw(v, POST, S("/ja/report/product"), S("multipart/form-data; boundary=x"),
                           S("--y\r\n"), "sec-fetch-site", "same-origin", NULL));
    CHECK_STR(S("0"), reports_in(st));
}

/* --- files ------------------------------------------------------------------------------------ */

APP_TEST(files_survive_an_error_and_the_check_and_come_with_the_report)
{
    stage_cast(st);
    struct visitor *v = visit_nobody(st);
    struct input *in = filled(a), broken = {0};
    const struct form_file two[] = {{"files", "再現.txt", "text/plain", S("steps")},
                                    {"files", "log.bin", "", S("log")}};
    input_put(a, &broken, S("do"), S("check"));
    struct page p = visit_form(v, S("/ja/report/product"), &broken, two, COUNT(two));
    CHECK_STATUS(422, p);
    CHECK_HAS(p, "再現.txt");
    /* the second one is taken back: its box loses its tick */
    struct input kept = page_inputs(a, p), next = {0};
    for (size_t i = 0, tickets = 0; i < kept.n; i++)
        if (str_eq(kept.v[i].name, ATTACHED) && tickets++ == 0)
            *PUSH(a, &next) = kept.v[i];
    for (size_t i = 0; i < in->n; i++)
        *PUSH(a, &next) = in->v[i];
    p = post(v, "/ja/report/product", &next, "check");
    CHECK_STATUS(200, p);
    CHECK_HAS(p, "再現.txt");
    CHECK_LACKS(p, "log.bin");
    p = send_on(v, "/ja/report/product", p);
    CHECK_STATUS(200, p);
    str id = help_sql_value(a, st->url, "SELECT id FROM report");
    struct ctx *cx = stage_as(st, "reception");
    struct report_view view;
    CHECK_OK(cx, report_view(cx, id, &view));
    CHECK_I64(1, (i64)view.files.n);
    CHECK_STR(S("再現.txt"), view.files.v[0].name);
}

APP_TEST(an_empty_file_and_one_of_100_MB_are_refused_at_the_field_and_the_text_stays)
{
    stage_cast(st);
    struct visitor *v = visit_nobody(st);
    struct input *in = filled(a);
    char *zeros = NEWS(a, char, 100 << 20);
    struct form_file file = {"files", "large.bin", "", {zeros, 100 << 20}};
    input_put(a, in, S("do"), S("check"));
    struct page p = visit_form(v, S("/en/report/product"), in, &file, 1);
    CHECK_STATUS(422, p);
    CHECK_HAS(p, "“large.bin” has more than 50 MB.");
    CHECK_STR(S("MG-200 2.4.3"), page_input(a, p, "product"));
    file = (struct form_file){"files", "nothing.txt", "", S("")};
    p = visit_form(v, S("/ja/report/product"), in, &file, 1);
    CHECK_STATUS(422, p);
    CHECK_HAS(p, "「nothing.txt」は空のファイルです。");
    CHECK_STR(S("0"), help_sql_value(a, st->url, "SELECT count(*) FROM attachment"));
}

/* --- the key ---------------------------------------------------------------------------------- */

APP_TEST(the_check_page_shows_the_openpgp_key_as_it_was_read)
{
    stage_cast(st);
    struct fault f = {0};
    str key;
    CHECK_ERR(OK, file_read(a, "tests/formats/pgp/several-uids.asc", 100000, &f, &key));
    struct openpgp_key want;
    str problem;
    CHECK_ERR(OK, openpgp_key_read(a, key, &want, &problem));
    struct input *in = filled(a);
    input_put(a, in, S("pgp_key"), key);
    struct page p = post(visit_nobody(st), "/en/report/product", in, "check");
    CHECK_STATUS(200, p);
    CHECK(page_holds(p, want.self.fingerprint));
    CHECK(want.users.n > 1);
    for (size_t i = 0; i < want.users.n; i++)
        CHECK(page_holds(p, want.users.v[i].text));
}

/* --- how often -------------------------------------------------------------------------------- */

APP_TEST(too_many_from_one_address_are_refused_for_minutes_and_nothing_is_lost)
{
    stage_cast(st);
    st->app->rates.reports_per_address = 2;
    struct visitor *v = visit_nobody(st);
    for (int i = 0; i < 2; i++)
        CHECK_STATUS(200, send_on(v, "/en/report/product",
                                  post(v, "/en/report/product", filled(a), "check")));
    (void)stage_later(st, 20 * MINUTE);
    struct page checked = post(v, "/en/report/product", filled(a), "check");
    CHECK_STATUS(200, checked); /* what is not sent costs nothing */
    struct page p = send_on(v, "/en/report/product", checked);
    CHECK_STATUS(429, p);
    CHECK_HAS(p, "Try again in 40 minutes.");
    CHECK_STR(S("2400"), http_answer_header(&p.rs, S("Retry-After")));
    CHECK_STR(S("hanako@finder.example"), page_input(a, p, "email"));
    CHECK_STR(S("2"), reports_in(st));
    struct form_file file = {"files", "a.txt", "", S("a")};
    struct input *in = filled(a);
    input_put(a, in, S("do"), S("check"));
    CHECK_STATUS(422, visit_form(v, S("/en/report/product"), in, &file, 1));
    (void)stage_later(st, 40 * MINUTE);
    CHECK_STATUS(200, send_on(v, "/en/report/product", p));
    CHECK_STR(S("3"), reports_in(st));
}

/* --- to a vendor, and from an overseas coordinator -------------------------------------------- */

APP_TEST(a_report_to_a_vendor_begins_a_direct_case_with_it)
{
    stage_cast(st);
    struct visitor *v = visit_nobody(st);
    struct page p = visit(v, "/en/report/to/mihon");
    CHECK_HAS(p, "Reception and coordinator do not see it.");
    p = send_on(v, "/en/report/to/mihon", post(v, "/en/report/to/mihon", filled(a), "check"));
    CHECK_STATUS(200, p);
    CHECK_HAS(p, "It is now with mihon Inc.");
    CHECK_STR(S("direct"), help_sql_value(a, st->url, "SELECT flow FROM cases"));
}

APP_TEST(an_overseas_coordinator_notifies_and_follows_without_a_key)
{
    stage_cast(st);
    struct visitor *v = visit_as(st, "certx");
    struct page p = visit(v, "/en/notify");
    CHECK_STATUS(200, p);
    CHECK_STR(S("certx@mail.example"), page_input(a, p, "email"));
    p = send_on(v, "/en/notify", post(v, "/en/notify", filled(a), "check"));
    str id = help_sql_value(a, st->url, "SELECT id FROM report");
    CHECK_GOES(p, str_to_z(a, str_fmt(a, "/en/reports/%.*s?done=report_sent", SV(id))));
    CHECK_STR(S("overseas"), help_sql_value(a, st->url, "SELECT entry FROM cases"));
}

APP_TEST(only_an_overseas_coordinator_has_the_page_for_notices)
{
    stage_cast(st);
    for (const char *const *l = stage_logins; *l != NULL; l++) {
        struct page p = visit(visit_as(st, *l), "/en/notify");
        CHECK_STATUS(strcmp(*l, "certx") == 0 ? 200 : 404, p);
    }
    CHECK_GOES(visit(visit_nobody(st), "/en/notify"), "/en/sign-in?to=%2Fen%2Fnotify");
}

/* --- entered for its sender --------------------------------------------------------------------- */

static struct input *came(struct arena *a, const char *when)
{
    struct input *in = filled(a);
    input_put(a, in, S("came"), str_z(when));
    return in;
}

APP_TEST(who_receives_reports_enters_those_of_others_and_nobody_else_does)
{
    stage_cast(st);
    static const struct {
        const char *login, *kinds[4];
    } t[] = {{"reception", {"product", "website", "own"}},
             {"coordinator", {"product"}},
             {"mihon.poc", {"product"}},
             {"reiji.poc", {"product"}},
             {"kamei.poc", {"product"}}};
    static const char *const kinds[] = {"product", "website", "own"};
    for (const char *const *l = stage_logins; *l != NULL; l++)
        for (size_t k = 0; k < COUNT(kinds); k++) {
            bool may = false;
            for (size_t i = 0; i < COUNT(t); i++)
                for (size_t n = 0; strcmp(t[i].login, *l) == 0 && t[i].kinds[n] != NULL; n++)
                    may |= strcmp(t[i].kinds[n], kinds[k]) == 0;
            str path = str_fmt(a, "/ja/report/for/%s", kinds[k]);
            CHECK_STATUS(may ? 200 : 404, visit_url(visit_as(st, *l), path));
            CHECK_STATUS(may ? 422 : 404, post(visit_as(st, *l), str_to_z(a, path), filled(a),
                                               "check")); /* when it came is missing */
        }
    struct page p = visit(visit_as(st, "reception"), "/en/report/for");
    CHECK_NESTED(p);
    CHECK(str_find(p.body, S("/en/report/for/website")) >= 0);
    CHECK_STATUS(404, visit(visit_as(st, "mihon.poc"), "/en/report/for"));
    CHECK(visit(visit_nobody(st), "/en/report/for/product").status == 303);
}

APP_TEST(reception_enters_a_letter_and_gets_the_finders_number_and_key)
{
    stage_cast(st);
    const char *path = "/en/report/for/product";
    struct visitor *v = visit_as(st, "reception");
    CHECK(str_find(visit(v, "/en/reports").body, S("\"/en/report/for\"")) >= 0);
    struct page p = visit(v, path);
    CHECK_STR(S(""), page_input(a, p, "name")); /* the sender's, not the reader's */
    p = post(v, path, came(a, "2026-11-02T10:01+09:00"), "check");
    CHECK_STATUS(422, p);
    CHECK_HAS(p, "This lies in the future.");
    p = post(v, path, came(a, "2026-10-30T09:00"), "check");
    CHECK_STATUS(200, p);
    CHECK_HAS(p, "2026-10-30 09:00 JST");
    p = send_on(v, path, p);
    CHECK_STATUS(200, p);
    CHECK_NESTED(p);
    CHECK_HAS(p, "Give the sender the receipt number and the key");
    struct ctx *cx = stage_nobody(st);
    str id;
    CHECK_OK(cx, report_enter(cx, text_of(p, "receipt-no"), text_of(p, "receipt-key"), &id));
    p = visit_url(v, str_join(a, S("/en/reports/"), id));
    CHECK_HAS(p, "2026-11-06 09:00 JST"); /* seven days from when it came */
    CHECK_HAS(p, "A report that came by other ways was entered");
    CHECK(page_holds(visit(visit_finder(st, id), "/en/track/report"), S("MG-200 2.4.3")));
}

APP_TEST(a_vendor_enters_a_finders_mail_as_a_direct_case_of_its_own)
{
    stage_cast(st);
    const char *path = "/en/report/for/product";
    struct visitor *v = visit_as(st, "kamei.poc");
    struct page p = send_on(v, path, post(v, path, came(a, "2026-10-30T09:00"), "check"));
    CHECK_STATUS(200, p);
    CHECK(text_of(p, "receipt-key").n > 0);
    CHECK_STR(S("direct"), help_sql_value(a, st->url, "SELECT flow FROM cases"));
    str id = help_sql_value(a, st->url, "SELECT id FROM report");
    CHECK_STATUS(200, visit_url(v, str_join(a, S("/en/reports/"), id)));
    CHECK_STATUS(404, visit_url(visit_as(st, "reception"), str_join(a, S("/en/reports/"), id)));
}

APP_TEST(the_coordinator_enters_what_an_overseas_coordinator_wrote)
{
    stage_cast(st);
    const char *path = "/en/report/for/product";
    struct visitor *v = visit_as(st, "coordinator");
    struct input *in = came(a, "2026-10-30T09:00");
    CHECK_HAS(visit(v, path), "certx Inc.");
    input_put(a, in, S("overseas_from"), stage_org_id(st, "mihon"));
    CHECK_STATUS(422, post(v, path, in, "check"));
    in = came(a, "2026-10-30T09:00");
    input_put(a, in, S("overseas_from"), stage_org_id(st, "certx"));
    struct page p = send_on(v, path, post(v, path, in, "check"));
    str id = help_sql_value(a, st->url, "SELECT id FROM report");
    CHECK_GOES(p, str_to_z(a, str_fmt(a, "/en/reports/%.*s?done=report_sent", SV(id))));
    CHECK_STR(S("overseas"), help_sql_value(a, st->url, "SELECT entry FROM cases"));
    CHECK_STATUS(200, visit_url(visit_as(st, "certx"), str_join(a, S("/en/reports/"), id)));
}
