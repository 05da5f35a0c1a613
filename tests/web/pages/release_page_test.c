/* release_page_test.c - the release plan at the browser and over the API. */
#include "app/case_acts.h"
#include "app/portal.h"
#include "app/provider.h"
#include "app/settings.h"
#include "formats/csaf.h"
#include "formats/record_said_own.h"
#include "help/api.h"
#include "help/planned.h"
#include "io/files.h"
#include "t.h"

static str at(struct walk *w, const char *path)
{
    return str_fmt(w->st->a, "/en/cases/%.*s/release%s", SV(w->case_id), path);
}

static str act_at(struct walk *w, str id, const char *act)
{
    return at(w, str_to_z(w->st->a, str_fmt(w->st->a, "/%.*s/%s", SV(id), act)));
}

static bool holds(struct page p, const char *markup)
{
    return str_find(p.body, str_z(markup)) >= 0;
}

static struct page send(struct walk *w, const char *who, const char *lang, const char *kind, i64 in)
{
    return visit_send(visit_as(w->st, who), at(w, ""), plan_wish(w->st, lang, kind, in));
}

APP_TEST(the_page_shows_what_will_be_public_and_who_must_approve)
{
    struct walk *w = planned_case(st);
    struct page p = visit_url(visit_as(st, "coordinator"), at(w, ""));
    CHECK_STATUS(200, p);
    CHECK_NESTED(p);
    CHECK_HAS(p, "Nothing is planned");
    CHECK(holds(p, "new-ja-first") && !holds(p, "new-ja-update") && !holds(p, "new-en-first"));
    CHECK_STATUS(303, send(w, "coordinator", "ja", "first", HOUR));
    p = visit_url(visit_as(st, "coordinator"), at(w, ""));
    CHECK_NESTED(p);
    CHECK_HAS(p, "Japanese: First publication");
    CHECK_HAS(p, "Waits for approval");
    CHECK_HAS(p, "(Asia/Tokyo)");
    CHECK_HAS(p, "You planned this release: somebody else approves it.");
    CHECK_HAS(p, "No errors. It can be approved.");
    CHECK_HAS(p, "csaf-2.0");
    CHECK_HAS(p, "Database number –"); /* nothing is said as nothing, not as a blank */
    CHECK_HAS(p, "https://portal.example/ja/advisories/");
    CHECK_HAS(p, "Gateway X における脆弱性");
    CHECK(!holds(p, "Approve this release"));
    CHECK(holds(p, "new-en-first")); /* English may be planned beside it, and has a clock */
    CHECK_HAS(p, "English version due");
    p = visit_url(visit_as(st, "second"), at(w, ""));
    CHECK(holds(p, "Approve this release"));
    CHECK_STATUS(404, visit_url(visit_as(st, "reception"), at(w, "")));
    CHECK_STATUS(404, visit_url(visit_as(st, "mihon.poc"), at(w, "")));
    CHECK_STATUS(404, send(w, "mihon.poc", "en", "first", HOUR));
}

APP_TEST(a_plan_is_approved_and_released_at_the_browser)
{
    struct walk *w = planned_case(st);
    str id = plan_add(w, "ja", "first", HOUR);
    struct visitor *second = visit_as(st, "second");
    struct page p = visit_url(second, at(w, ""));
    str rev = page_input(a, p, "rev"), built = page_input(a, p, "built");
    struct input *in = stage_input(a, NULL);
    input_put(a, in, S("rev"), rev);
    input_put(a, in, S("built"), built);
    p = visit_send(visit_as(st, "coordinator"), act_at(w, id, "approve"), in);
    CHECK_STATUS(422, p);
    CHECK_HAS(p, "Somebody else than the person who planned a release approves it.");
    p = visit_send(second, act_at(w, id, "approve"), in);
    CHECK_STATUS(303, p);
    p = visit_send(second, act_at(w, id, "approve"), in);
    CHECK_STATUS(409, p); /* the second click */
    CHECK_HAS(p, "Look at it again");
    p = visit_url(second, at(w, ""));
    CHECK_HAS(p, "P. second");
    CHECK(holds(p, "Take the approval back") && !holds(p, "Release now"));
    p = visit_post(second, act_at(w, id, "run"), NULL);
    CHECK_STATUS(422, p);
    CHECK_HAS(p, "Its instant has not come.");
    (void)stage_later(st, HOUR);
    p = visit_url(visit_as(st, "coordinator"), at(w, ""));
    CHECK(holds(p, "Release now"));
    CHECK_STATUS(303, visit_post(visit_as(st, "coordinator"), act_at(w, id, "run"), NULL));
    p = visit_url(visit_as(st, "second"), at(w, ""));
    CHECK_NESTED(p);
    CHECK_HAS(p, "Past plans");
    CHECK(holds(p, "new-ja-update") && holds(p, "new-ja-withdrawal"));
}

APP_TEST(a_plan_is_cancelled_with_a_reason_and_its_lines_stay_inside)
{
    struct walk *w = planned_case(st);
    struct portal_advisory adv;
    bool other;
    str id = plan_add(w, "ja", "first", 0);
    plan_approve(w, id);
    struct ctx *cx = walk_as(w, "coordinator");
    CHECK_OK(cx, release_plan_run(cx, w->case_id, id));
    id = plan_add(w, "ja", "update", HOUR);
    struct page p = visit_post(visit_as(st, "coordinator"), act_at(w, id, "cancel"), "rev", "1",
                               "reason", "", NULL);
    CHECK_STATUS(422, p);
    CHECK_STATUS(303, visit_post(visit_as(st, "coordinator"), act_at(w, id, "cancel"), "rev", "1",
                                 "reason", "A new score", NULL));
    p = visit_url(visit_as(st, "coordinator"), at(w, ""));
    CHECK_HAS(p, "A new score");
    /* the line of the plan is nobody else's, on no page of the case and not in public */
    static const char *const who[] = {"reception", "mihon.poc", "reiji.poc", "certx"};
    static const char *const pages[] = {"", "/advisory", "/history", "/messages"};
    for (size_t i = 0; i < COUNT(who); i++)
        for (size_t k = 0; k < COUNT(pages); k++) {
            str path = str_fmt(a, "/en/cases/%.*s%s", SV(w->case_id), pages[k]);
            p = visit_url(visit_as(st, who[i]), path);
            CHECK(!holds(p, "Canary of the impact"));
        }
    str number = number_of(w);
    cx = stage_nobody(st);
    CHECK_OK(cx, portal_get(cx, LANG_JA, number, &adv, &other));
    p = visit_url(visit_nobody(st), str_fmt(a, "/ja/advisories/%.*s", SV(number)));
    CHECK_STATUS(200, p);
    CHECK(!holds(p, "影響を更新"));
}

APP_TEST(the_step_and_the_editor_lead_to_the_plan)
{
    struct walk *w = planned_case(st);
    struct page p = visit_url(visit_as(st, "coordinator"),
                              str_fmt(a, "/en/cases/%.*s/advisory", SV(w->case_id)));
    CHECK(holds(p, "/release\""));
    CHECK_HAS(p, "Nothing is published here before a second person has approved it.");
    p = visit_url(visit_as(st, "coordinator"), str_fmt(a, "/en/cases/%.*s", SV(w->case_id)));
    CHECK(holds(p, "/release\""));
    p = visit_url(visit_as(st, "mihon.poc"), str_fmt(a, "/en/cases/%.*s", SV(w->case_id)));
    CHECK(!holds(p, "/release\""));
    str step = str_fmt(a, "/en/cases/%.*s/steps/5.2.2", SV(w->case_id));
    p = visit_url(visit_as(st, "coordinator"), step);
    CHECK_HAS(p, "A release plan does this step");
    CHECK(holds(p, "/release\"") && !holds(p, "id=\"answer\""));
    p = visit_url(visit_as(st, "mihon.poc"), step);
    CHECK_STATUS(200, p);
    CHECK(!holds(p, "/release\""));
}

APP_TEST(what_waits_for_approval_stands_in_the_inbox_of_those_who_may)
{
    struct walk *w = planned_case(st);
    struct visitor *second = visit_as(st, "second"), *planner = visit_as(st, "coordinator");
    str id = plan_add(w, "ja", "first", HOUR);
    struct page p = visit_url(second, S("/en/inbox"));
    CHECK_NESTED(p);
    CHECK_HAS(p, "1 release plan waits for you");
    CHECK_HAS(p, "Japanese: First publication");
    CHECK_HAS(p, "P. coordinator");
    CHECK(holds(p, str_to_z(a, str_fmt(a, "/release#p-%.*s\"", SV(id)))));
    CHECK(!holds(visit_url(planner, S("/en/inbox")), "approval"));
    CHECK(!holds(visit_url(visit_as(st, "reception"), S("/en/inbox")), "approval"));
    p = api_get(api_as(st, "second"), "/api/v1/inbox/releases");
    CHECK_STATUS(200, p);
    CHECK_STR(S("planned"), json_path(a, p, "items.0.state"));
    CHECK_STR(id, json_path(a, p, "items.0.plan"));
    p = api_get(api_as(st, "coordinator"), "/api/v1/inbox/releases");
    CHECK(!holds(p, str_to_z(a, id)));
    plan_approve(w, id);
    CHECK(!holds(visit_url(second, S("/en/inbox")), "plan waits for you"));
    CHECK(!holds(api_get(api_as(st, "second"), "/api/v1/inbox/releases"), str_to_z(a, id)));
}

APP_TEST(lists_of_the_inbox_hold_plans_behind_the_columns_of_before)
{
    struct walk *w = planned_case(st);
    str id = plan_add(w, "ja", "first", HOUR);
    struct page p = visit_url(visit_as(st, "second"), S("/en/inbox.csv"));
    CHECK_STATUS(200, p);
    CHECK(holds(p, "number,title,step,step_title,department,signature,since,due,kind,state,held,"
                   "plan"));
    CHECK(holds(p, "release,planned,"));
    CHECK(holds(p, str_to_z(a, id)));
    CHECK(holds(p, ",step,"));
    p = visit_url(visit_as(st, "second"), S("/en/inbox.json"));
    CHECK_STR(S("release"), json_path(a, p, "items.0.kind"));
    CHECK_STR(S("planned"), json_path(a, p, "items.0.state"));
    CHECK_STR(S("Japanese: First publication"), json_path(a, p, "items.0.step_title"));
    CHECK_STR(S("step"), json_path(a, p, "items.1.kind"));
    CHECK(!holds(visit_url(visit_as(st, "coordinator"), S("/en/inbox.json")), str_to_z(a, id)));
}

/* --- the rehearsal that is kept ------------------------------------------------------------------- */

static str rehearsed_at(struct walk *w, const char *who, str id, const char *query)
{
    struct arena *a = w->st->a;
    str path =
        str_fmt(a, "/api/v1/cases/%.*s/releases/%.*s/dry-run%s", SV(w->case_id), SV(id), query);
    struct page p = api_get_url(api_as(w->st, who), path);
    CHECK_STATUS(200, p);
    return json_path(a, p, "rehearsed_at");
}

APP_TEST(a_rehearsal_holds_until_what_it_was_made_of_is_another)
{
    struct walk *w = planned_case(st);
    str id = plan_add(w, "ja", "first", HOUR);
    str first = rehearsed_at(w, "second", id, "");
    (void)stage_later(st, MINUTE);
    CHECK_STR(first, rehearsed_at(w, "coordinator", id, "")); /* for all who may see it */
    plan_approve(w, id);
    CHECK_STR(first, rehearsed_at(w, "second", id, "")); /* an approval changes nothing of it */
    struct page p = visit_url(visit_as(st, "second"), at(w, ""));
    CHECK_HAS(p, "Rehearsed");
    CHECK_HAS(p, "Made of the record");
    CHECK_HAS(p, "the signing key none and the program");
    CHECK(holds(p, "Gateway X における脆弱性") && holds(p, "csaf-2.1"));
    CHECK(!holds(p, "was changed after it was approved"));
    (void)draft_save(w, planned_draft_rev(w), stage_input(a, "ja.impact", "別の影響", NULL));
    str second = rehearsed_at(w, "second", id, "");
    CHECK(!str_eq(first, second));
    p = visit_url(visit_as(st, "second"), at(w, ""));
    CHECK_HAS(p, "was changed after it was approved");
    CHECK(holds(p, "別の影響")); /* the page is that of the record as it is now */
    (void)stage_later(st, MINUTE);
    CHECK_STR(second, rehearsed_at(w, "second", id, ""));
    p = visit_post(visit_as(st, "second"), act_at(w, id, "rehearse"), NULL);
    CHECK_STATUS(303, p);
    str third = rehearsed_at(w, "coordinator", id, "");
    CHECK(!str_eq(second, third));
    (void)stage_later(st, MINUTE);
    CHECK(!str_eq(third, rehearsed_at(w, "second", id, "?anew=yes")));
    CHECK_STATUS(404, visit_post(visit_as(st, "mihon.poc"), act_at(w, id, "rehearse"), NULL));
}

/* A minute later: whether the rehearsal is still the one of *last, which is the new one then. */
static bool is_kept(struct walk *w, str id, str *last)
{
    str before = *last;
    (void)stage_later(w->st, MINUTE);
    *last = rehearsed_at(w, "second", id, "");
    return str_eq(before, *last);
}

APP_TEST(a_rehearsal_goes_with_what_else_is_public_with_settings_and_with_the_case)
{
    struct walk *w = planned_case(st);
    str id = plan_add(w, "ja", "first", HOUR), last = rehearsed_at(w, "second", id, "");
    CHECK(is_kept(w, id, &last));
    help_sql(st->url, "UPDATE generation SET n = n + 1"); /* something else became public */
    CHECK(!is_kept(w, id, &last));
    CHECK(is_kept(w, id, &last));
    struct ctx *cx = stage_nobody(st);
    const struct setting_change name = {SET_SITE_NAME_JA, 0, S("別の名前")};
    cx->who.is_operator = true;
    CHECK_OK(cx, setting_put(cx, &name, 1));
    CHECK(!is_kept(w, id, &last));
    cx = walk_as(w, "coordinator");
    CHECK_OK(cx, case_set_tlp(cx, w->case_id, stage_input(a, "tlp", "AMBER+STRICT", NULL)));
    CHECK(!is_kept(w, id, &last));
    CHECK(is_kept(w, id, &last));
}

/* --- the API -------------------------------------------------------------------------------------- */

APP_TEST(a_program_plans_rehearses_approves_and_releases)
{
    struct walk *w = planned_case(st);
    struct visitor *one = api_as(st, "coordinator"), *two = api_as(st, "second");
    str base = str_fmt(a, "/api/v1/cases/%.*s/releases", SV(w->case_id));
    i64 when = clock_now(&st->app->clock) + HOUR;
    struct page p = api_post(one, base,
                             str_fmt(a,
                                     "{\"lang\":\"ja\",\"kind\":\"first\",\"at\":\"%.*s\","
                                     "\"zone\":\"Asia/Tokyo\"}",
                                     SV(time_rfc3339(a, when, zone_utc))));
    CHECK_STATUS(200, p);
    CHECK_STR(S("planned"), json_path(a, p, "state"));
    str path = str_fmt(a, "%.*s/%.*s", SV(base), SV(json_path(a, p, "id"))), tag = page_tag(p);
    p = api_get_url(two, str_join(a, path, S("/dry-run")));
    CHECK_STATUS(200, p);
    CHECK_STR(S("true"), json_path(a, p, "ready"));
    CHECK_STR(S("title"), json_path(a, p, "fields.0.field"));
    CHECK_STR(S("agrees"), json_path(a, p, "fields.0.forms.3.verdict"));
    CHECK(holds(p, "\"changes-2.1\"") && holds(p, "\"rolie-2.0\""));
    str body = str_fmt(a, "{\"built\":\"%.*s\"}", SV(json_path(a, p, "built")));
    str approve = str_join(a, path, S("/approve"));
    CHECK_STATUS(422, api_post_if(one, approve, tag, body));
    CHECK_STATUS(428, api_post(two, approve, body));
    p = api_post_if(two, approve, tag, body);
    CHECK_STATUS(200, p);
    CHECK_STR(S("approved"), json_path(a, p, "state"));
    CHECK_STATUS(412, api_post_if(two, str_join(a, path, S("/unapprove")), tag, S("{}")));
    CHECK_STATUS(422, api_post(one, str_join(a, path, S("/run")), S("{}")));
    (void)stage_later(st, HOUR);
    p = api_post(one, str_join(a, path, S("/run")), S("{}"));
    CHECK_STATUS(200, p);
    CHECK_STR(S("released"), json_path(a, p, "state"));
    p = api_get_url(two, base);
    CHECK_STR(S("1"), json_path(a, p, "items.0.revision"));
    CHECK_STATUS(404, api_get_url(api_as(st, "mihon.poc"), base));
    CHECK_STATUS(404, api_get_url(api_as(st, "reception"), path));
}

/* --- what the public gets ------------------------------------------------------------------------- */

#define DETAIL "/myjvn?method=getVulnDetailInfo&vulnId=KKHDB-2026-000001&feed="
#define OVERVIEW                                                                                   \
    "/myjvn?method=getVulnOverviewList&feed=hnd&rangeDatePublic=n&rangeDatePublished=n"            \
    "&rangeDateFirstPublished=n"

/* Where each form stands; %s: the language, the number. */
static const struct public_form {
    enum said_format f;
    bool history, minutes; /* it tells the history; it tells times without seconds */
    const char *ja, *en;   /* a number follows where it ends in a slash */
} forms[] = {
    {SAID_JSON_LD, false, false, "/ja/advisories/", "/en/advisories/"},
    {SAID_ATOM, false, false, "/ja/feed.atom", "/en/feed.atom"},
    {SAID_JVNRSS_3, false, false, OVERVIEW, OVERVIEW "&lang=en"},
    {SAID_JVNRSS_2, false, true, "/ja/rss/jvndb.rdf", "/en/rss/jvndb.rdf"},
    {SAID_JVNRSS_OWN, false, true, "/ja/rss/jvn.rdf", "/en/rss/jvn.rdf"},
    {SAID_VULDEF, true, false, DETAIL "hnd", DETAIL "hnd&lang=en"},
    {SAID_MYJVN, true, false, DETAIL "oka", DETAIL "oka&lang=en"},
    {SAID_CSAF_2_0, true, false, "v2.0/white/2026/kkh_", "-en"},
    {SAID_CSAF_2_1, true, false, "v2.1/clear/2026/kkh_", "-en"},
};

struct published {
    struct walk *w;
    const char *root; /* of the public files */
    enum lang lang;
    struct portal_advisory p;
    i64 revision;
};

static str file_of(const struct published *x, const char *path)
{
    struct arena *a = x->w->st->a;
    struct fault f = {0};
    str bytes = S(""), whole = str_fmt(a, "%s/current/.well-known/csaf/%s", x->root, path);
    CHECK_ERR(OK, file_read(a, str_to_z(a, whole), 1 << 20, &f, &bytes));
    return bytes;
}

static str bytes_of(const struct published *x, const struct public_form *form)
{
    struct arena *a = x->w->st->a;
    const char *path = x->lang == LANG_JA ? form->ja : form->en;
    if (form->f == SAID_CSAF_2_0 || form->f == SAID_CSAF_2_1)
        return file_of(x, str_to_z(a, str_fmt(a, "%s%.*s%s.json", form->ja, SV(number_of(x->w)),
                                              x->lang == LANG_EN ? form->en : "")));
    str url = str_z(path);
    if (form->f == SAID_JSON_LD)
        url = str_fmt(a, "%s%.*s.jsonld", path, SV(number_of(x->w)));
    struct page p = visit_url(visit_nobody(x->w->st), url);
    CHECK_STATUS(200, p);
    return p.body;
}

static str as_utc(struct arena *a, i64 at, bool minutes)
{
    str text = said_time(a, time_rfc3339(a, at, zone_utc));
    return minutes ? str_join(a, str_sub(text, 0, 17), S("00Z")) : text;
}

static bool is_among(struct strs all, str one)
{
    for (size_t i = 0; i < all.n; i++)
        if (str_eq(all.v[i], one))
            return true;
    return false;
}

static void check_form(const struct published *x, const struct public_form *form)
{
    struct arena *a = x->w->st->a;
    const struct said_hints hints = {.prefix = x->w->st->app->number_prefix,
                                     .public_url = x->w->st->app->public_url,
                                     .lang = x->lang == LANG_JA ? S("ja") : S("en")};
    struct record_said said = {0};
    CHECK_ERR(OK, said_read(a, form->f, bytes_of(x, form), &hints, &said));
    struct strs updated = said_values(a, &said, SAID_UPDATED),
                history = said_values(a, &said, SAID_HISTORY);
    str want = as_utc(a, x->p.line.updated, form->minutes);
    if (!is_among(updated, want))
        (void)printf("%.*s: not updated at %.*s\n", SV(said_format_name(form->f)), SV(want));
    CHECK(is_among(updated, want));
    CHECK_I64(form->history ? x->revision : 0, (i64)history.n);
    for (size_t i = 0; form->history && i < x->p.nhistory; i++)
        CHECK(is_among(history, str_fmt(a, "%.*s %.*s", SV(as_utc(a, x->p.history[i].at, false)),
                                        SV(x->p.history[i].text))));
}

static void check_tracking(const struct published *x, const struct public_form *form)
{
    struct arena *a = x->w->st->a;
    const struct json *j;
    struct json_error bad;
    CHECK_ERR(OK, json_read(a, bytes_of(x, form), &j, &bad));
    const struct json *document = json_get(j, S("document")),
                      *tracking = json_get(document, S("tracking")),
                      *history = json_get(tracking, S("revision_history"));
    str version = str_fmt(a, "%lld", (long long)x->revision);
    bool gone = x->p.line.withdrawn.is;
    CHECK_STR(version, json_get_text(tracking, S("version")));
    CHECK_STR(S("final"), json_get_text(tracking, S("status")));
    CHECK_I64(x->revision, (i64)json_count(history));
    CHECK_STR(version, json_get_text(json_at(history, json_count(history) - 1), S("number")));
    str category = json_get_text(document, S("category"));
    CHECK(str_eq(category, S("csaf_withdrawn")) == (gone && form->f == SAID_CSAF_2_1));
    CHECK(!gone || form->f == SAID_CSAF_2_1 || str_eq(category, S("csaf_base")));
    /* 2.1, profile "Withdrawn": neither products nor vulnerabilities, and the reasoning */
    CHECK(!gone ||
          (json_get(j, S("product_tree")) == NULL && json_get(j, S("vulnerabilities")) == NULL));
    CHECK(!gone || json_count(json_get(document, S("notes"))) >= 1);
    struct csaf_choice full = {.now = clock_now(&x->w->st->app->clock)};
    struct csaf_report r = {0};
    CHECK(csaf_choose(&full, S("full")));
    csaf_validate(a, j, &full, &r);
    CHECK(r.valid);
}

/* Both versions' feeds and changes name the document with its newest instant. */
static void check_lists(const struct published *x)
{
    static const char *const feeds[] = {"v2.0/white/csaf-feed-tlp-white.json",
                                        "v2.1/clear/csaf-feed-tlp-clear.json"},
                             *const changed[] = {"v2.0/white/changes.csv",
                                                 "v2.1/clear/changes.csv"};
    struct arena *a = x->w->st->a;
    const char *end = x->lang == LANG_EN ? "-en" : "";
    str number = number_of(x->w), at = time_utc_ms(a, x->p.line.updated);
    for (int v = 0; v < 2; v++) {
        str csv = file_of(x, changed[v]), line = S(""), said = S("");
        str id = str_fmt(a, "KKH#%.*s%s", SV(number), end);
        const struct json *j;
        struct json_error bad;
        CHECK_ERR(OK, json_read(a, file_of(x, feeds[v]), &j, &bad));
        const struct json *entries = json_get(json_get(j, S("feed")), S("entry"));
        for (size_t i = 0; i < json_count(entries); i++)
            if (str_eq(json_get_text(json_at(entries, i), S("id")), id))
                said = json_get_text(json_at(entries, i), S("updated"));
        CHECK_STR(at, said);
        str file = str_fmt(a, "2026/kkh_%.*s%s.json", SV(number), end);
        while (csv.n > 0 && str_find(line, file) < 0)
            line = str_cut(&csv, '\n');
        CHECK(str_find(line, file) >= 0 && str_find(line, at) > 0);
    }
}

static void check_published(struct walk *w, const char *root, enum lang g, i64 revision,
                            const char *last)
{
    struct arena *a = w->st->a;
    struct published x = {.w = w, .root = root, .lang = g, .revision = revision};
    bool other;
    struct ctx *cx = stage_nobody(w->st);
    CHECK_OK(cx, portal_get(cx, g, number_of(w), &x.p, &other));
    CHECK_I64(revision, (i64)x.p.nhistory);
    CHECK_STR(str_z(last), x.p.history[0].text);
    struct page page =
        visit_url(visit_nobody(w->st),
                  str_fmt(a, "/%s/advisories/%.*s", g == LANG_JA ? "ja" : "en", SV(number_of(w))));
    for (size_t i = 0; i < x.p.nhistory; i++)
        CHECK_HAS(page, str_to_z(a, x.p.history[i].text));
    for (size_t i = 0; i < COUNT(forms); i++) {
        check_form(&x, &forms[i]);
        if (forms[i].f == SAID_CSAF_2_0 || forms[i].f == SAID_CSAF_2_1)
            check_tracking(&x, &forms[i]);
    }
    check_lists(&x);
}

/* By plan, at once; the public files follow. */
static void release_by_plan(struct walk *w, const char *root, const char *lang, const char *kind)
{
    struct provider_done done;
    struct fault f = {0};
    size_t n = 0;
    plan_approve(w, plan_add(w, lang, kind, 0));
    struct ctx *cx = stage_nobody(w->st);
    CHECK_OK(cx, releases_due(cx, &n));
    CHECK_I64(1, (i64)n);
    CHECK_ERR(OK, provider_publish(w->st->app, root, NULL, &f, &done));
    (void)stage_later(w->st, HOUR);
}

APP_TEST(updates_and_withdrawals_by_plan_stand_in_the_history_of_every_form_in_both_languages)
{
    struct walk *w = planned_case(st);
    const char *root = str_to_z(a, help_folder(a));
    release_by_plan(w, root, "ja", "first");
    release_by_plan(w, root, "en", "first");
    check_published(w, root, LANG_JA, 1, "公表しました");
    check_published(w, root, LANG_EN, 1, "Published");
    (void)draft_save(
        w, planned_draft_rev(w),
        stage_input(a, "ja.impact", "大きな影響", "en.impact", "A great impact", NULL));
    release_by_plan(w, root, "ja", "update");
    check_published(w, root, LANG_JA, 2, "影響を更新");
    check_published(w, root, LANG_EN, 1, "Published"); /* by a plan of its own */
    release_by_plan(w, root, "en", "update");
    check_published(w, root, LANG_EN, 2, "Canary of the impact");
    release_by_plan(w, root, "ja", "withdrawal"); /* that of both */
    check_published(w, root, LANG_JA, 3, "取り下げました");
    check_published(w, root, LANG_EN, 3, "Withdrawn");
}
