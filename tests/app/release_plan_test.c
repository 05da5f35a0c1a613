/* release_plan_test.c - planned by one, approved by another, released at its instant. */
#include "app/history.h"
#include "app/lists.h"
#include "app/portal.h"
#include "app/release_dry.h"
#include "app/release_plan_own.h"
#include "app/statuses.h"
#include "app/vulns.h"
#include "help/planned.h"
#include "serve.h"
#include "t.h"
#include "web/kept.h"

static size_t due(struct stage *st)
{
    struct ctx *cx = stage_nobody(st);
    size_t n = 0;
    CHECK_OK(cx, releases_due(cx, &n));
    return n;
}

static bool is_public(struct walk *w, enum lang lang, struct portal_advisory *p)
{
    str number = number_of(w);
    struct ctx *cx = stage_nobody(w->st);
    bool other;
    enum err e = portal_get(cx, lang, number, p, &other);
    CHECK(e == OK || e == E_NOT_FOUND);
    return e == OK;
}

static i64 generation(struct stage *st)
{
    i64 n = -1;
    CHECK(str_i64(help_sql_value(st->a, st->url, "SELECT n FROM generation"), &n));
    return n;
}

static void check_state(struct walk *w, str id, enum release_state want)
{
    CHECK_STR(release_state_name(want), release_state_name(plan_look(w, id).state));
}

/* What the next release would show of the ones before, in each format that has a history. */
static void check_histories(struct walk *w, str id)
{
    static const struct {
        const char *form, *entry;
    } want[] = {{"csaf-2.0", "\"number\": \"2\""},
                {"csaf-2.1", "影響を更新"},
                {"csaf-2.0", "影響を更新"},
                {"vuldef", "影響を更新"}};
    struct release_plan p = plan_look(w, id);
    struct release_dry dry = {0};
    struct release_wish x = release_wish_of(&p);
    struct ctx *cx = walk_as(w, "second");
    CHECK_OK(cx, release_dry_run(cx, w->case_id, &x, &dry));
    for (size_t i = 0; i < COUNT(want); i++) {
        bool found = false;
        for (size_t k = 0; k < dry.artefacts.n; k++)
            found |= str_eq(dry.artefacts.v[k].name, str_z(want[i].form)) &&
                     str_find(dry.artefacts.v[k].bytes, str_z(want[i].entry)) >= 0;
        if (!found)
            (void)printf("%s has no %s\n", want[i].form, want[i].entry);
        CHECK(found);
    }
}

/* --- the way it goes ----------------------------------------------------------------------------- */

APP_TEST(what_was_approved_becomes_public_at_its_instant_and_not_before)
{
    struct walk *w = planned_case(st);
    struct portal_advisory p;
    str id = plan_add(w, "ja", "first", HOUR);
    check_state(w, id, RELEASE_PLANNED);
    CHECK_I64(0, (i64)due(st));
    plan_approve(w, id);
    check_state(w, id, RELEASE_APPROVED);
    (void)stage_later(st, HOUR - 1);
    CHECK_I64(0, (i64)due(st));
    CHECK(!is_public(w, LANG_JA, &p));
    i64 before = generation(st), at = stage_later(st, 1);
    CHECK_I64(1, (i64)due(st));
    CHECK_I64(before + 1, generation(st));
    CHECK_I64(before + 1, atomic_load(&st->app->generation));
    CHECK(is_public(w, LANG_JA, &p));
    CHECK_I64(at, p.line.published);
    CHECK(!is_public(w, LANG_EN, &p)); /* English goes by its own plan */
    check_state(w, id, RELEASE_RELEASED);
    CHECK_I64(1, plan_look(w, id).revision);
    STATE(w, "", "5.2.2", "done");
    CHECK_I64(0, (i64)due(st));
}

APP_TEST(english_that_is_approved_first_waits_for_its_japanese_without_a_complaint)
{
    struct walk *w = planned_case(st);
    struct portal_advisory p;
    str ja = plan_add(w, "ja", "first", HOUR), en = plan_add(w, "en", "first", 2 * HOUR);
    struct release_plan plan = plan_look(w, en);
    struct release_wish x = release_wish_of(&plan);
    struct release_dry dry = {0};
    struct ctx *cx = walk_as(w, "second");
    CHECK_OK(cx, release_dry_run(cx, w->case_id, &x, &dry));
    CHECK(dry.ready);
    for (size_t i = 0; i < dry.findings.n; i++)
        CHECK(!str_eq(dry.findings.v[i].word, S("dry_japanese_first")));
    plan_approve(w, en);
    (void)stage_later(st, 3 * HOUR);
    CHECK_I64(0, (i64)due(st));
    check_state(w, en, RELEASE_APPROVED);
    CHECK(!plan_look(w, en).held_at.is);
    plan_approve(w, ja);
    CHECK_I64(1, (i64)due(st));
    CHECK_I64(1, (i64)due(st)); /* its own instant is another one: it comes next */
    CHECK(is_public(w, LANG_JA, &p) && is_public(w, LANG_EN, &p));
}

APP_TEST(english_of_the_same_instant_goes_out_in_the_same_transaction)
{
    struct walk *w = planned_case(st);
    struct portal_advisory ja, en;
    str first = plan_add(w, "ja", "first", HOUR), second = plan_add(w, "en", "first", HOUR);
    plan_approve(w, first);
    plan_approve(w, second);
    i64 before = generation(st);
    (void)stage_later(st, HOUR);
    CHECK_I64(1, (i64)due(st));
    CHECK(is_public(w, LANG_JA, &ja) && is_public(w, LANG_EN, &en));
    CHECK_I64(ja.line.published, en.line.published);
    CHECK(generation(st) > before);
    check_state(w, first, RELEASE_RELEASED);
    check_state(w, second, RELEASE_RELEASED);
}

APP_TEST(english_comes_after_the_japanese_within_its_two_days)
{
    struct walk *w = planned_case(st);
    struct portal_advisory p;
    struct release_offer offer;
    str ja = plan_add(w, "ja", "first", HOUR);
    struct ctx *cx = walk_as(w, "coordinator");
    i64 now = clock_now(&st->app->clock);
    CHECK_OK(cx, release_offered(cx, w->case_id, &offer));
    CHECK(offer.may && offer.needed && offer.lang[LANG_EN].is[RELEASE_FIRST]);
    CHECK(!offer.lang[LANG_JA].is[RELEASE_FIRST]); /* it is planned */
    CHECK_I64(now + HOUR, offer.lang[LANG_EN].at);
    CHECK_I64(now + HOUR + 2 * DAY, offer.lang[LANG_EN].due.v);
    str id;
    cx = walk_as(w, "coordinator");
    CHECK_ERR(E_INVALID,
              release_plan_add(cx, w->case_id, plan_wish(st, "en", "first", MINUTE), &id));
    CHECK_STR(S("at: release_before_ja; "), stage_why(cx));
    str en = plan_add(w, "en", "first", DAY);
    plan_approve(w, ja);
    plan_approve(w, en);
    (void)stage_later(st, HOUR);
    CHECK_I64(1, (i64)due(st));
    check_state(w, en, RELEASE_APPROVED); /* what went out before changed nothing of it */
    CHECK(!is_public(w, LANG_EN, &p));
    (void)stage_later(st, DAY);
    CHECK_I64(1, (i64)due(st));
    CHECK(is_public(w, LANG_EN, &p));
}

APP_TEST(an_update_and_a_withdrawal_go_by_a_plan_and_stand_in_the_history)
{
    struct walk *w = planned_case(st);
    struct portal_advisory p;
    str id = plan_add(w, "ja", "first", 0);
    plan_approve(w, id);
    CHECK_I64(1, (i64)due(st));
    (void)stage_later(st, DAY);
    i64 rev = draft_save(w, planned_draft_rev(w), stage_input(a, "ja.impact", "大きな影響", NULL));
    struct ctx *cx = walk_as(w, "coordinator");
    struct input *lines = stage_input(a, "history_ja", "x", "history_en", "x", NULL);
    CHECK_ERR(E_INVALID, advisory_update(cx, w->case_id, rev, lines));
    CHECK_STR(S(": release_needs_plan; "), stage_why(cx));
    cx = walk_as(w, "coordinator");
    CHECK_ERR(E_INVALID, advisory_release_english(cx, w->case_id, rev));
    CHECK(str_find(stage_why(cx), S("release_needs_plan")) >= 0);
    id = plan_add(w, "ja", "update", 0);
    plan_approve(w, id);
    CHECK_I64(1, (i64)due(st));
    CHECK(is_public(w, LANG_JA, &p));
    CHECK_STR(S("影響を更新"), p.history[0].text);
    CHECK_STR(S("大きな影響"), p.section[SECTION_IMPACT]);
    CHECK_I64(2, plan_look(w, id).revision);
    (void)stage_later(st, DAY);
    cx = walk_as(w, "coordinator");
    lines = stage_input(a, "reason_ja", "x", "reason_en", "x", NULL);
    CHECK_ERR(E_INVALID, advisory_withdraw(cx, w->case_id, rev, lines));
    CHECK_STR(S(": release_needs_plan; "), stage_why(cx));
    id = plan_add(w, "ja", "withdrawal", 0);
    check_histories(w, id);
    plan_approve(w, id);
    CHECK_I64(1, (i64)due(st));
    CHECK(is_public(w, LANG_JA, &p));
    CHECK(p.line.withdrawn.is);
    CHECK_I64(3, plan_look(w, id).revision);
    cx = walk_as(w, "coordinator");
    CHECK_ERR(E_INVALID, release_plan_add(cx, w->case_id, plan_wish(st, "ja", "update", 0), &id));
    CHECK_STR(S("kind: release_is_withdrawn; "), stage_why(cx));
}

APP_TEST(the_step_itself_asks_for_the_plan)
{
    struct walk *w = planned_case(st);
    struct portal_advisory p;
    struct input *yes = stage_input(a, "confirm", "yes", NULL);
    CHECK_ERR(E_INVALID, walk_try(w, "coordinator", "", "5.2.2", 1, yes));
    CHECK(str_find(w->why, S("release_needs_plan")) >= 0);
    str id = plan_add(w, "ja", "first", HOUR);
    plan_approve(w, id);
    CHECK_ERR(E_INVALID, walk_try(w, "coordinator", "", "5.2.2", 1, yes)); /* not yet */
    (void)stage_later(st, HOUR);
    CHECK_ERR(OK, walk_try(w, "coordinator", "", "5.2.2", 1, yes));
    CHECK(is_public(w, LANG_JA, &p));
    check_state(w, id, RELEASE_RELEASED);
}

APP_TEST(without_the_setting_the_step_publishes_and_ends_what_was_planned)
{
    struct walk *w = planned_case(st);
    struct portal_advisory p;
    help_sql(st->url, "INSERT INTO setting (key, value, rev) VALUES ('release_approval', 'no', 1)");
    help_sql(st->url, "UPDATE generation SET n = n + 1");
    str id = plan_add(w, "ja", "first", HOUR);
    walk_act(w, "coordinator", "", "5.2.2", 1, NULL);
    CHECK(is_public(w, LANG_JA, &p) && is_public(w, LANG_EN, &p));
    check_state(w, id, RELEASE_CANCELLED);
    CHECK(plan_look(w, id).cancelled_why.p == NULL);
}

/* --- what waits for whom ------------------------------------------------------------------------- */

/* "ja planned, en stale" of what waits for that person, as often as the badge counts it. */
static str waiting_for(struct walk *w, const char *who, i64 counted)
{
    struct ctx *cx = walk_as(w, who);
    struct release_waiting *all;
    struct counts sum;
    size_t n;
    buf b = {.a = w->st->a};
    CHECK_OK(cx, releases_waiting(cx, &all, &n));
    for (size_t i = 0; i < n; i++) {
        str state = release_state_name(all[i].plan.state);
        buf_putf(&b, "%s%s %.*s", i > 0 ? ", " : "",
                 all[i].plan.order.lang == LANG_JA ? "ja" : "en", SV(state));
        CHECK_STR(w->case_id, all[i].case_id);
    }
    CHECK_OK(cx, count_own(cx, BADGE_MAX, &sum));
    CHECK_I64(counted, sum.approvals);
    return b.n > 0 ? buf_str(&b) : S("");
}

APP_TEST(a_plan_waits_for_those_who_may_approve_it_until_it_is_approved_or_over)
{
    static const char *const none[] = {"coordinator", "reception", "mihon.poc", "auditor"};
    struct walk *w = planned_case(st);
    str why, ja = plan_add(w, "ja", "first", HOUR / 2), en = plan_add(w, "en", "first", HOUR);
    CHECK_STR(S("ja planned, en planned"), waiting_for(w, "second", 2));
    for (size_t i = 0; i < COUNT(none); i++)
        CHECK_STR(S(""), waiting_for(w, none[i], 0));
    plan_approve(w, ja);
    CHECK_STR(S("en planned"), waiting_for(w, "second", 1));
    CHECK_ERR(E_INVALID, plan_approve_as(w, "coordinator", en, &why));
    (void)draft_save(w, planned_draft_rev(w), stage_input(a, "ja.impact", "別の影響", NULL));
    CHECK_STR(S("ja stale, en planned"), waiting_for(w, "second", 1));
    struct ctx *cx = stage_nobody(st);
    CHECK_OK(cx, releases_look(cx)); /* as the server does after every change */
    CHECK_STR(S("ja stale, en planned"), waiting_for(w, "second", 2));
    CHECK_STR(S(""), waiting_for(w, "coordinator", 0)); /* a plan of one's own waits for others */
    (void)stage_later(st, HOUR / 2);
    CHECK_I64(0, (i64)due(st)); /* … but for one that was held */
    CHECK_STR(S("ja stale"), waiting_for(w, "coordinator", 1));
    cx = walk_as(w, "coordinator");
    CHECK_OK(cx, release_plan_cancel(cx, w->case_id, en, 1, stage_input(a, "reason", "x", NULL)));
    CHECK_OK(cx, release_plan_cancel(cx, w->case_id, ja, plan_look(w, ja).rev,
                                     stage_input(a, "reason", "x", NULL)));
    CHECK_STR(S(""), waiting_for(w, "second", 0));
}

/* --- refusals ------------------------------------------------------------------------------------- */

APP_TEST(a_plan_that_changed_waits_until_it_is_approved_again)
{
    struct walk *w = planned_case(st);
    str id = plan_add(w, "ja", "first", HOUR);
    plan_approve(w, id);
    struct ctx *cx = stage_nobody(st);
    CHECK_OK(cx, releases_look(cx));
    CHECK_STR(S(""), waiting_for(w, "second", 0));
    i64 rev = draft_save(w, planned_draft_rev(w), stage_input(a, "ja.impact", "別の影響", NULL));
    cx = stage_nobody(st);
    CHECK_OK(cx, releases_look(cx));
    CHECK_STR(S("ja stale"), waiting_for(w, "second", 1));
    cx = walk_as(w, "coordinator");
    CHECK_OK(cx, advisory_ask(cx, w->case_id, rev));
    (void)stage_later(st, MINUTE);
    walk_act(w, "mihon.poc", "mihon", "5.2.1", 1, "agree", "yes", NULL);
    plan_approve(w, id);
    CHECK_STR(S(""), waiting_for(w, "second", 0));
    cx = stage_nobody(st);
    CHECK_OK(cx, releases_look(cx));
    CHECK_STR(S(""), waiting_for(w, "second", 0));
}

APP_TEST(the_server_looks_at_plans_after_a_change_and_not_before_the_next)
{
    struct walk *w = planned_case(st);
    i64 now = clock_now(&st->app->clock);
    struct server sv = {
        .app = st->app, .web.kept = kept_new(a, 4096), .swept = now, .settled = now};
    plan_approve(w, plan_add(w, "ja", "first", HOUR));
    (void)draft_save(w, planned_draft_rev(w), stage_input(a, "ja.impact", "別の影響", NULL));
    CHECK_STR(S("ja stale"), waiting_for(w, "second", 0)); /* not counted yet */
    struct ctx *cx = stage_nobody(st);
    str version;
    CHECK_OK(cx, app_version(cx, &version));
    (void)snprintf(sv.looked, sizeof sv.looked, "%.*s", SV(version));
    app_read_end(cx);
    serve_housekeeping(&sv); /* nothing changed since */
    CHECK_STR(S("ja stale"), waiting_for(w, "second", 0));
    sv.looked[0] = '\0';
    serve_housekeeping(&sv);
    CHECK_STR(S("ja stale"), waiting_for(w, "second", 1));
    CHECK(sv.looked[0] != '\0');
}

APP_TEST(every_approved_plan_is_looked_at_however_many_are_read_at_once)
{
    struct walk *w = planned_case(st);
    str ja = plan_add(w, "ja", "first", HOUR / 2), en = plan_add(w, "en", "first", HOUR);
    plan_approve(w, ja);
    plan_approve(w, en);
    CHECK_STR(S(""), waiting_for(w, "second", 0));
    (void)draft_save(w, planned_draft_rev(w),
                     stage_input(a, "ja.impact", "別の影響", "en.impact", "Another impact", NULL));
    struct ctx *cx = stage_nobody(st);
    CHECK_OK(cx, plans_look(cx, 1));
    CHECK_STR(S("ja stale, en stale"), waiting_for(w, "second", 2));
}

APP_TEST(the_same_person_cannot_approve_and_others_know_nothing_of_it)
{
    static const char *const none[] = {"reception", "mihon.poc", "reiji.poc", "certx",
                                       "analyst",   "auditor",   "kamei.poc"};
    struct walk *w = planned_case(st);
    str id = plan_add(w, "ja", "first", HOUR), why;
    CHECK_ERR(E_INVALID, plan_approve_as(w, "coordinator", id, &why));
    CHECK_STR(S(": approver_is_planner; "), why);
    for (size_t i = 0; i < COUNT(none); i++) {
        struct release_plan *all;
        size_t n;
        str other;
        struct ctx *cx = walk_as(w, none[i]);
        CHECK_ERR(E_NOT_FOUND, release_plans(cx, w->case_id, &all, &n));
        CHECK_ERR(E_NOT_FOUND, release_plan_approve(cx, w->case_id, id, 1, S("")));
        CHECK_ERR(E_NOT_FOUND, release_plan_unapprove(cx, w->case_id, id, 1));
        CHECK_ERR(E_NOT_FOUND, release_plan_run(cx, w->case_id, id));
        CHECK_ERR(E_NOT_FOUND,
                  release_plan_cancel(cx, w->case_id, id, 1, stage_input(a, "reason", "x", NULL)));
        CHECK_ERR(E_NOT_FOUND,
                  release_plan_add(cx, w->case_id, plan_wish(st, "ja", "first", HOUR), &other));
    }
    check_state(w, id, RELEASE_PLANNED);
}

APP_TEST(what_changed_since_it_was_approved_is_never_released)
{
    struct walk *w = planned_case(st);
    struct portal_advisory p;
    str id = plan_add(w, "ja", "first", HOUR), why;
    plan_approve(w, id);
    i64 rev = draft_save(w, planned_draft_rev(w), stage_input(a, "ja.impact", "ほかの影響", NULL));
    check_state(w, id, RELEASE_STALE);
    (void)stage_later(st, HOUR);
    CHECK_I64(0, (i64)due(st));
    CHECK(!is_public(w, LANG_JA, &p));
    CHECK_STR(S("release_stale"), plan_look(w, id).held_why);
    CHECK_ERR(E_INVALID,
              plan_approve_as(w, "second", id, &why)); /* the vendors agreed to another */
    CHECK(str_find(why, S("changed_since_asked")) >= 0);
    struct ctx *cx = walk_as(w, "coordinator");
    CHECK_OK(cx, advisory_ask(cx, w->case_id, rev));
    (void)stage_later(st, MINUTE);
    walk_act(w, "mihon.poc", "mihon", "5.2.1", 1, "agree", "yes", NULL);
    plan_approve(w, id);
    CHECK_I64(1, (i64)due(st)); /* its instant is past: at once */
    CHECK(is_public(w, LANG_JA, &p));
}

APP_TEST(a_vendor_that_says_it_anew_makes_the_approval_stale)
{
    struct walk *w = planned_case(st);
    str id = plan_add(w, "ja", "first", HOUR);
    plan_approve(w, id);
    str lane = walk_lane(w, "mihon");
    struct ctx *cx = walk_as(w, "mihon.poc");
    CHECK_OK(cx, status_change(
                     cx, w->case_id, lane,
                     stage_input(a, "status", "not_affected", "statement_ja", "該当なし", NULL)));
    check_state(w, id, RELEASE_STALE);
}

APP_TEST(an_approval_holds_for_what_was_looked_at)
{
    struct walk *w = planned_case(st);
    str id = plan_add(w, "ja", "first", HOUR);
    struct release_plan p = plan_look(w, id);
    str seen = plan_built(w, &p);
    struct ctx *cx = walk_as(w, "coordinator");
    CHECK_OK(cx, vuln_add(cx, w->case_id, stage_input(a, "cve", "CVE-2026-1000", NULL), &(str){0}));
    cx = walk_as(w, "second");
    CHECK_ERR(E_CONFLICT, release_plan_approve(cx, w->case_id, id, p.rev, seen));
    cx = walk_as(w, "second");
    CHECK_ERR(E_CONFLICT, release_plan_approve(cx, w->case_id, id, p.rev + 1, seen));
    check_state(w, id, RELEASE_PLANNED);
}

APP_TEST(a_dry_run_with_errors_is_not_approved)
{
    struct walk *w = planned_case(st);
    str why, id = plan_add(w, "ja", "first", HOUR);
    draft_save(w, planned_draft_rev(w), stage_input(a, "ja.overview", "", NULL));
    CHECK_ERR(E_INVALID, plan_approve_as(w, "second", id, &why));
    CHECK(str_find(why, S("ja.overview: section_missing")) >= 0);
}

APP_TEST(whoever_lost_the_right_has_not_approved)
{
    struct walk *w = planned_case(st);
    str id = plan_add(w, "ja", "first", HOUR);
    struct portal_advisory p;
    plan_approve(w, id);
    help_sql(st->url, "UPDATE person SET disabled = 1 WHERE login = 'second'");
    (void)stage_later(st, HOUR);
    CHECK_I64(0, (i64)due(st));
    help_sql(st->url, "UPDATE person SET disabled = NULL WHERE login = 'second'");
    CHECK_STR(S("release_approver_gone"), plan_look(w, id).held_why);
    CHECK(!is_public(w, LANG_JA, &p));
}

APP_TEST(a_release_by_hand_waits_for_its_instant_and_happens_once)
{
    struct walk *w = planned_case(st);
    str id = plan_add(w, "ja", "first", HOUR);
    struct ctx *cx = walk_as(w, "coordinator");
    CHECK_ERR(E_INVALID, release_plan_run(cx, w->case_id, id));
    CHECK_STR(S(": release_not_approved; "), stage_why(cx));
    plan_approve(w, id);
    cx = walk_as(w, "coordinator");
    CHECK_ERR(E_INVALID, release_plan_run(cx, w->case_id, id));
    CHECK_STR(S("at: release_too_early; "), stage_why(cx));
    (void)stage_later(st, HOUR);
    cx = walk_as(w, "coordinator");
    CHECK_OK(cx, release_plan_run(cx, w->case_id, id));
    cx = walk_as(w, "coordinator");
    CHECK_ERR(E_CONFLICT, release_plan_run(cx, w->case_id, id));
    CHECK_I64(1, plan_look(w, id).revision);
}

APP_TEST(one_plan_a_language_is_open_and_a_cancelled_one_makes_room)
{
    struct walk *w = planned_case(st);
    str id = plan_add(w, "ja", "first", HOUR), other;
    struct ctx *cx = walk_as(w, "coordinator");
    CHECK_ERR(E_INVALID,
              release_plan_add(cx, w->case_id, plan_wish(st, "ja", "first", HOUR), &other));
    CHECK_STR(S("lang: release_open; "), stage_why(cx));
    cx = walk_as(w, "coordinator");
    CHECK_OK(cx, release_plan_cancel(cx, w->case_id, id, 1,
                                     stage_input(a, "reason", "The date moved", NULL)));
    CHECK_STR(S("The date moved"), plan_look(w, id).cancelled_why);
    cx = walk_as(w, "second");
    CHECK_ERR(E_CONFLICT, release_plan_approve(cx, w->case_id, id, 2, S("")));
    id = plan_add(w, "ja", "first", 2 * HOUR);
    plan_approve(w, id);
    cx = walk_as(w, "coordinator"); /* the planner may take the approval back, too */
    CHECK_OK(cx, release_plan_unapprove(cx, w->case_id, id, plan_look(w, id).rev));
    check_state(w, id, RELEASE_PLANNED);
    (void)stage_later(st, 2 * HOUR);
    CHECK_I64(0, (i64)due(st));
}

APP_TEST(an_instant_before_the_agreed_date_or_long_ago_is_refused)
{
    struct walk *w = planned_case(st);
    str id;
    struct ctx *cx = walk_as(w, "coordinator");
    CHECK_ERR(E_INVALID,
              release_plan_add(cx, w->case_id, plan_wish(st, "ja", "first", -2 * DAY), &id));
    CHECK_STR(S("at: date_past; "), stage_why(cx));
    cx = walk_as(w, "coordinator");
    CHECK_ERR(E_INVALID,
              release_plan_add(cx, w->case_id, plan_wish(st, "ja", "update", HOUR), &id));
    CHECK_STR(S("kind: unpublished; "), stage_why(cx));
    cx = walk_as(w, "coordinator");
    struct input *no_lines = stage_input(a, "lang", "en", "kind", "withdrawal", NULL);
    CHECK_ERR(E_INVALID, release_plan_add(cx, w->case_id, no_lines, &id));
    CHECK_STR(S("line_ja: required; line_en: required; lang: choice; "), stage_why(cx));
}

/* --- what is said of it ---------------------------------------------------------------------------- */

APP_TEST(every_act_stands_in_the_history_of_those_who_may_know)
{
    struct walk *w = planned_case(st);
    str id = plan_add(w, "ja", "first", HOUR);
    (void)stage_later(st, MINUTE);
    plan_approve(w, id);
    (void)stage_later(st, HOUR);
    CHECK_I64(1, (i64)due(st));
    struct history_line *lines;
    size_t n, mine = 0;
    str next;
    struct ctx *cx = walk_as(w, "second");
    CHECK_OK(cx, history_of_case(cx, w->case_id, 10, NO_STR, &lines, &n, &next));
    CHECK_STR(S("performed 5.2.2 Publish on the portal"), lines[0].sentence);
    CHECK_STR(S("P. coordinator"), lines[0].who);
    CHECK(str_find(lines[1].sentence, S("approved")) >= 0);
    CHECK_STR(S("P. second"), lines[1].who);
    CHECK(str_find(lines[2].sentence, S("planned")) >= 0);
    cx = walk_as(w, "mihon.poc");
    CHECK_OK(cx, history_of_case(cx, w->case_id, 50, NO_STR, &lines, &n, &next));
    for (size_t i = 0; i < n; i++)
        mine += str_find(lines[i].sentence, S("release")) >= 0;
    CHECK_I64(0, (i64)mine);
}

APP_TEST(a_zone_reads_its_own_wall_clock)
{
    struct walk *w = planned_case(st);
    struct ctx *cx = walk_as(w, "coordinator");
    struct civil c = civil_at(clock_now(&st->app->clock) + DAY, zone_utc);
    str id, wall = str_fmt(a, "%04d-%02d-%02dT09:30", c.year, c.month, c.day);
    struct input *in =
        stage_input(a, "lang", "ja", "kind", "first", "zone", "America/New_York", NULL);
    input_put(a, in, S("at"), wall);
    CHECK_OK(cx, release_plan_add(cx, w->case_id, in, &id));
    struct release_plan p = plan_look(w, id);
    CHECK_STR(S("America/New_York"), zone_name(p.zone));
    CHECK_STR(str_fmt(a, "%.*s", SV(wall)), str_sub(time_rfc3339(a, p.order.at, p.zone), 0, 16));
}
