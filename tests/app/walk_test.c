/* walk_test.c - a real case of each kind, walked by separate people for every role and
 * department; after each step who sees what, and what the case waits for. */
#include "t.h"

#include "help/walk.h"

#include "app/advisory.h"
#include "app/case_view.h"
#include "app/reports.h"

static void save_and_ask(struct walk *w)
{
    struct ctx *cx = walk_as(w, "coordinator");
    i64 rev = 0;
    struct input *in =
        stage_input(cx->a, "ja.title", "Gateway X における脆弱性", "ja.overview", "概要",
                    "ja.affected", "- Gateway X", "ja.description", "詳細", "ja.impact", "影響",
                    "ja.solution", "更新する", "en.title", "A vulnerability in Gateway X",
                    "en.overview", "Overview", "en.affected", "- Gateway X", "en.description",
                    "Description", "en.impact", "Impact", "en.solution", "Update", NULL);
    CHECK_OK(cx, advisory_save(cx, w->case_id, 0, in, &rev));
    cx = walk_as(w, "coordinator");
    CHECK_OK(cx, advisory_ask(cx, w->case_id, rev));
    (void)stage_later(w->st, MINUTE);
}

static void check_settled(struct walk *w)
{
    struct ctx *cx = stage_nobody(w->st);
    struct findings found = {0};
    CHECK_OK(cx, case_verify(cx, w->case_id, &found));
    for (size_t i = 0; i < found.n; i++)
        (void)printf("%.*s\n", SV(found.v[i]));
    CHECK_I64(0, (i64)found.n);
}

static void begin(struct walk *w)
{
    str id = stage_org_id(w->st, "mihon"), other = stage_org_id(w->st, "reiji");
    walk_report(w, NULL, NULL);
    CHECK(w->case_id.n == 0);
    walk_accept(w);
    KNOWS(w, "reception coordinator");
    WAITS(w, "coordinator:1.1");
    SEES(w, "", "0.1.1", "note", "reception coordinator");
    SEES(w, "", "0.1.1", "to_finder", "reception finder");
    SEES(w, "", "", "title", "reception coordinator");
    SEES(w, "", "", "details", "reception coordinator");

    walk_act(w, "coordinator", "", "1.1", 1, "vendors", str_to_z(w->st->a, id), "vendors",
             str_to_z(w->st->a, other), "reason", "because", NULL);
    WAITS(w, "coordinator:1.2.1 coordinator:1.2.1");
    KNOWS(w, "reception coordinator");
    SEES(w, "", "1.1", "reason", "coordinator");
}

static void notify(struct walk *w)
{
    walk_act(w, "coordinator", "mihon", "1.2.1", 1, "note", "for the contact", NULL);
    WAITS(w, "coordinator:1.2.1 mihon.poc:1.3.1");
    KNOWS(w, "reception coordinator mihon.poc");
    SEES(w, "", "1.2.1", "overview", "reception coordinator mihon.poc");
    SEES(w, "mihon", "1.2.1", "note", "coordinator mihon.poc");
    walk_act(w, "coordinator", "reiji", "1.2.1", 1, "overview", "1.2.1/1/overview at mihon", NULL);
    WAITS(w, "mihon.poc:1.3.1 reiji.poc:1.3.1");
    SEES(w, "", "1.2.1", "overview", "reception coordinator mihon.poc reiji.poc");

    walk_act(w, "mihon.poc", "mihon", "1.3.1", 1, "spread", "design", "spread", "rnd", "tell",
             "quality", "note", "please look", NULL);
    WAITS(w, "mihon.design:1.3.1 mihon.rnd:1.3.1* reiji.poc:1.3.1");
    KNOWS(w, "reception coordinator mihon.poc mihon.design mihon.rnd mihon.quality reiji.poc");
    SEES(w, "", "1.2.1", "overview",
         "reception coordinator mihon.poc mihon.design mihon.rnd reiji.poc");
    SEES(w, "mihon", "1.3.1", "note", "mihon.poc mihon.design mihon.rnd");
    SEES(w, "", "", "title", "reception coordinator mihon.poc mihon.design mihon.rnd reiji.poc");
    SEES(w, "", "", "details", "reception coordinator");
}

static void take_details(struct walk *w)
{
    walk_sign(w, "mihon.rnd", "1.3.1");
    WAITS(w, "mihon.design:1.3.1 reiji.poc:1.3.1");
    walk_act(w, "mihon.design", "mihon", "1.3.1", 2, "details", "yes", NULL);
    WAITS(w, "mihon.poc:1.4.1 reiji.poc:1.3.1");
    SEES(w, "mihon", "1.3.1", "reason", "mihon.poc mihon.design mihon.rnd");
    walk_act(w, "mihon.poc", "mihon", "1.4.1", 1, NULL);
    WAITS(w, "coordinator:1.5.1 reiji.poc:1.3.1");
    SEES(w, "mihon", "1.4.1", "request", "coordinator mihon.poc");
    walk_act(w, "coordinator", "mihon", "1.5.1", 1, NULL);
    WAITS(w, "mihon.poc:1.5.2 reiji.poc:1.3.1");
    SEES(w, "", "1.5.1", "details", "reception coordinator mihon.poc");
    walk_act(w, "mihon.poc", "mihon", "1.5.2", 1, "spread", "design", "spread", "si_mfg", NULL);
    SEES(w, "", "1.5.1", "details", "reception coordinator mihon.poc mihon.design mihon.si_mfg");
    WAITS(w, "mihon.design:2.1.1 reiji.poc:1.3.1");
}

/* The other vendor needs no details: it never reads them, and the case does not wait for it. */
static void other_vendor_declines(struct walk *w)
{
    walk_act(w, "reiji.poc", "reiji", "1.3.1", 1, NULL);
    walk_act(w, "reiji.design", "reiji", "1.3.1", 2, "details", "no", NULL);
    WAITS(w, "mihon.design:2.1.1");
    STATE(w, "reiji", "1.4.1", "not_applicable");
    STATE(w, "reiji", "5.2.1", "not_applicable");
    SEES(w, "reiji", "1.3.1", "reason", "reiji.poc reiji.design");
}

/* 2.3.1 and 2.3.2: from design to the finder and back, each hop its own text. */
static void clarify(struct walk *w)
{
    walk_act(w, "mihon.design", "mihon", "2.3.1", 1, NULL);
    WAITS(w, "mihon.design:2.1.1 mihon.poc:2.3.1");
    SEES(w, "mihon", "2.3.1", "question", "mihon.poc mihon.design");
    walk_act(w, "mihon.poc", "mihon", "2.3.1", 2, NULL);
    WAITS(w, "coordinator:2.3.1 mihon.design:2.1.1");
    SEES(w, "mihon", "2.3.1", "question", "coordinator mihon.poc");
    walk_act(w, "coordinator", "mihon", "2.3.1", 3, NULL);
    WAITS(w, "mihon.design:2.1.1 reception:2.3.1");
    SEES(w, "", "2.3.1", "question", "reception coordinator");
    walk_act(w, "reception", "mihon", "2.3.1", 4, NULL);
    WAITS(w, "finder:2.3.2 mihon.design:2.1.1");
    SEES(w, "", "2.3.1", "question", "reception finder");
    walk_act(w, "finder", "mihon", "2.3.2", 1, NULL);
    WAITS(w, "mihon.design:2.1.1 reception:2.3.2");
    SEES(w, "", "2.3.2", "answer", "reception finder");
    walk_act(w, "reception", "mihon", "2.3.2", 2, NULL);
    WAITS(w, "coordinator:2.3.2 mihon.design:2.1.1");
    SEES(w, "", "2.3.2", "answer", "reception coordinator");
    walk_act(w, "coordinator", "mihon", "2.3.2", 3, NULL);
    WAITS(w, "mihon.design:2.1.1 mihon.poc:2.3.2");
    SEES(w, "mihon", "2.3.2", "answer", "coordinator mihon.poc");
    walk_act(w, "mihon.poc", "mihon", "2.3.2", 4, NULL);
    WAITS(w, "mihon.design:2.1.1");
    SEES(w, "mihon", "2.3.2", "answer", "mihon.poc mihon.design");
}

static void investigate(struct walk *w)
{
    walk_act(w, "mihon.design", "mihon", "2.1.1", 1, "reproduced", "yes", "take_part", "rnd",
             "inform", "quality", NULL);
    WAITS(w, "mihon.rnd:2.1.1*");
    SEES(w, "mihon", "2.1.1", "result", "mihon.poc mihon.design mihon.rnd");
    walk_sign(w, "mihon.rnd", "2.1.1");
    WAITS(w, "mihon.design:2.2.1 mihon.design:2.4.1");
    SEES(w, "mihon", "2.1.1", "result", "mihon.poc mihon.design mihon.rnd mihon.quality");
    walk_act(w, "mihon.design", "mihon", "2.2.1", 1, NULL);
    WAITS(w, "mihon.design:2.4.1");
    SEES(w, "mihon", "2.2.1", "cause", "mihon.poc mihon.design");
    walk_act(w, "mihon.design", "mihon", "2.4.1", 1, "affected", "yes", "products.0.name",
             "Gateway X", "products.0.versions", "1.0 to 1.4", NULL);
    WAITS(w, "mihon.design:2.5.1");
    SEES(w, "mihon", "2.4.1", "products", "mihon.poc mihon.design");
    walk_act(w, "mihon.design", "mihon", "2.5.1", 1, "inform", "risk_legal", NULL);
    WAITS(w, "mihon.poc:2.6.1");
    SEES(w, "mihon", "2.5.1", "assessment", "mihon.poc mihon.design mihon.risk_legal");
    walk_act(w, "mihon.poc", "mihon", "2.6.1", 1, "status", "affected", "products.0.name",
             "Gateway X", "products.0.versions", "1.0 to 1.4", NULL);
    WAITS(w, "mihon.poc:3.1.1");
    SEES(w, "mihon", "2.6.1", "reproduction", "coordinator mihon.poc");
}

static void plan(struct walk *w)
{
    walk_act(w, "mihon.poc", "mihon", "3.1.1", 1, NULL);
    WAITS(w, "mihon.design:3.1.1* mihon.si_mfg:3.1.1* mihon.si_sys:3.1.1*");
    SEES(w, "mihon", "3.1.1", "plan", "mihon.poc mihon.design mihon.si_mfg mihon.si_sys");
    SEES(w, "mihon", "3.1.1", "plan_sent", "coordinator mihon.poc");
    walk_sign(w, "mihon.design", "3.1.1");
    walk_sign(w, "mihon.si_mfg", "3.1.1");
    walk_sign(w, "mihon.si_sys", "3.1.1");
    WAITS(w, "coordinator:3.1.1");
    walk_act(w, "coordinator", "mihon", "3.1.1", 2, "agree", "no", NULL);
    WAITS(w, "mihon.poc:3.1.1"); /* refused: the plan begins anew */
    walk_act(w, "mihon.poc", "mihon", "3.1.1", 1, NULL);
    walk_sign(w, "mihon.design", "3.1.1");
    walk_sign(w, "mihon.si_mfg", "3.1.1");
    walk_sign(w, "mihon.si_sys", "3.1.1");
    walk_act(w, "coordinator", "mihon", "3.1.1", 2, "agree", "yes", NULL);
    WAITS(w, "mihon.design:3.2.1 mihon.design:3.2.2");
    struct ctx *cx = walk_as(w, "finder");
    CHECK_OK(cx, report_inquire(cx, w->report_id, S("finder_asked")));
    (void)stage_later(w->st, MINUTE);
    WAITS(w, "coordinator:3.1.2 mihon.design:3.2.1 mihon.design:3.2.2");
    walk_act(w, "coordinator", "mihon", "3.1.2", 1, NULL);
    SEES(w, "", "3.1.2", "approach", "reception coordinator");
    walk_act(w, "reception", "mihon", "3.1.2", 2, NULL);
    SEES(w, "", "3.1.2", "approach", "reception finder");
    WAITS(w, "mihon.design:3.2.1 mihon.design:3.2.2");
}

static void fix(struct walk *w)
{
    static const char *const steps[] = {"3.2.1", "3.2.2"};
    for (size_t i = 0; i < COUNT(steps); i++) {
        walk_act(w, "mihon.design", "mihon", steps[i], 1, NULL);
        SEES(w, "mihon", steps[i], "method",
             "mihon.poc mihon.design mihon.si_mfg mihon.si_sys mihon.care");
        walk_sign(w, "mihon.si_mfg", steps[i]);
        walk_sign(w, "mihon.si_sys", steps[i]);
        walk_sign(w, "mihon.care", steps[i]);
    }
    WAITS(w, "mihon.design:3.3.1");
    walk_act(w, "mihon.design", "mihon", "3.3.1", 1, "inform", "quality", NULL);
    /* care reads it as an input of 4.1.1, which is open to it */
    SEES(w, "mihon", "3.3.1", "result", "mihon.poc mihon.design mihon.quality mihon.care");
    WAITS(w, "mihon.poc:4.1.1");
}

static void decide(struct walk *w, const char *customers, const char *publishes)
{
    walk_act(w, "mihon.poc", "mihon", "4.1.1", 1, "customers", customers, "publish", publishes,
             "take_part", "sales", NULL);
    WAITS(w, "mihon.care:4.1.1* mihon.sales:4.1.1*");
    SEES(w, "mihon", "4.1.1", "apply", "mihon.poc mihon.care mihon.sales");
    walk_sign(w, "mihon.care", "4.1.1");
    walk_sign(w, "mihon.sales", "4.1.1");
    WAITS(w, "mihon.poc:4.1.2");
    walk_act(w, "mihon.poc", "mihon", "4.1.2", 1, NULL);
    SEES(w, "mihon", "4.1.2", "policy", "coordinator mihon.poc");
}

static void care_for_customers(struct walk *w)
{
    WAITS(w, "mihon.poc:4.2.1 mihon.poc:4.4.1");
    walk_act(w, "mihon.poc", "mihon", "4.2.1", 1, NULL);
    SEES(w, "mihon", "4.2.1", "intention", "coordinator mihon.poc");
    WAITS(w, "coordinator:4.2.1 mihon.poc:4.4.1");
    walk_act(w, "coordinator", "mihon", "4.2.1", 2, "agree", "yes", NULL);
    WAITS(w, "mihon.poc:4.2.2 mihon.poc:4.4.1");
    walk_act(w, "mihon.poc", "mihon", "4.2.2", 1, "inform", "pr", NULL);
    SEES(w, "mihon", "4.2.2", "notice", "mihon.poc mihon.si_sys mihon.care mihon.sales");
    WAITS(w, "mihon.care:4.2.2* mihon.poc:4.4.1 mihon.sales:4.2.2* mihon.si_sys:4.2.2*");
    walk_sign(w, "mihon.si_sys", "4.2.2");
    walk_sign(w, "mihon.care", "4.2.2");
    walk_sign(w, "mihon.sales", "4.2.2");
    SEES(w, "mihon", "4.2.2", "notice", "mihon.poc mihon.si_sys mihon.care mihon.sales mihon.pr");
    SEES(w, "mihon", "4.2.2", "recipients",
         "mihon.poc mihon.si_sys mihon.care mihon.sales mihon.pr");
    STATE(w, "mihon", "4.3.1", "not_applicable");
    STATE(w, "", "4.3.3", "not_applicable");
}

static void settle_date(struct walk *w)
{
    struct ctx *cx = stage_nobody(w->st);
    const char *date = str_to_z(cx->a, time_rfc3339(cx->a, cx->now + 7 * DAY, zone_tokyo));
    WAITS(w, "mihon.poc:4.4.1");
    walk_act(w, "mihon.poc", "mihon", "4.4.1", 1, "date", date, "opinion", "inside", NULL);
    SEES(w, "mihon", "4.4.1", "date", "coordinator mihon.poc");
    SEES(w, "mihon", "4.4.1", "opinion", "mihon.poc mihon.pr");
    walk_sign(w, "mihon.pr", "4.4.1");
    WAITS(w, "coordinator:4.4.1");
    walk_act(w, "coordinator", "mihon", "4.4.1", 2, "agree", "yes", "date", date, NULL);
    WAITS(w, "mihon.poc:4.4.2");
    walk_act(w, "mihon.poc", "mihon", "4.4.2", 1, NULL);
    WAITS(w, "mihon.poc:5.1.1");
    STATE(w, "mihon", "5.2.1", "waiting");
}

static void agree_on_text(struct walk *w)
{
    struct ctx *cx = walk_as(w, "mihon.poc");
    struct advisory adv;
    CHECK_ERR(E_NOT_FOUND, advisory_view(cx, w->case_id, &adv)); /* not asked yet */
    save_and_ask(w);
    WAITS(w, "mihon.poc:5.1.1 mihon.poc:5.2.1");
    cx = walk_as(w, "mihon.poc");
    CHECK_OK(cx, advisory_view(cx, w->case_id, &adv));
    CHECK_STR(S("概要"), adv.words[LANG_JA].section[SECTION_OVERVIEW]);
    CHECK_I64(1, (i64)adv.nlanes);
    CHECK(!adv.may_edit);
    cx = walk_as(w, "reiji.poc");
    CHECK_OK(cx, advisory_view(cx, w->case_id, &adv));
    CHECK_I64(1, (i64)adv.nlanes); /* its own, never the other's */
    CHECK_STR(S("reiji Inc."), adv.lanes[0].name);
    cx = walk_as(w, "mihon.design");
    CHECK_ERR(E_NOT_FOUND, advisory_view(cx, w->case_id, &adv));
    walk_act(w, "mihon.poc", "mihon", "5.2.1", 1, "agree", "yes", "statement", "our view",
             "take_part", "pr", NULL);
    SEES(w, "mihon", "5.2.1", "statement", "coordinator mihon.poc mihon.pr");
    walk_sign(w, "mihon.pr", "5.2.1");
    WAITS(w, "mihon.poc:5.1.1");
    STATE(w, "", "5.2.2", "waiting");
    cx = walk_as(w, "coordinator");
    CHECK_OK(cx, advisory_view(cx, w->case_id, &adv));
    CHECK_I64(ADVISORY_PLANNED, adv.state);
    CHECK_I64(AGREEMENT_GIVEN, adv.lanes[0].state);
    CHECK_I64(AGREEMENT_NOT_APPLICABLE, adv.lanes[1].state);
}

static void publish(struct walk *w)
{
    (void)stage_later(w->st, 8 * DAY);
    struct ctx *cx = stage_nobody(w->st);
    CHECK_OK(cx, cases_settle_due(cx));
    WAITS(w, "coordinator:5.2.2 mihon.poc:5.1.1");
    walk_act(w, "mihon.poc", "mihon", "5.1.1", 1, NULL);
    SEES(w, "mihon", "5.1.1", "text", "mihon.poc mihon.pr");
    walk_sign(w, "mihon.pr", "5.1.1");
    WAITS(w, "coordinator:5.2.2");
    i64 before = atomic_load(&w->st->app->generation);
    walk_act(w, "coordinator", "", "5.2.2", 1, NULL);
    CHECK_I64(before + 1, atomic_load(&w->st->app->generation));
    WAITS(w, "reception:5.2.3");
    walk_act(w, "reception", "", "5.2.3", 1, NULL);
    SEES(w, "", "5.2.3", "message", "reception finder");
    WAITS(w, "");
    struct report_view v;
    cx = walk_as(w, "finder");
    CHECK_OK(cx, report_view(cx, w->report_id, &v));
    CHECK_STR(S("end_published"), v.disposition);
}

APP_TEST(case_a_walks_from_the_report_to_the_public_page)
{
    stage_cast(st);
    struct walk *w = walk_new(st);
    begin(w);
    notify(w);
    take_details(w);
    other_vendor_declines(w);
    clarify(w);
    investigate(w);
    plan(w);
    fix(w);
    decide(w, "unspecified", "yes");
    care_for_customers(w);
    settle_date(w);
    agree_on_text(w);
    publish(w);
    for (size_t i = 0; i < st->app->process->flow[FLOW_COORDINATED].n; i++) {
        const struct step *s = &st->app->process->flow[FLOW_COORDINATED].steps[i];
        bool other_branch = str_eq(s->id, S("0.2.1")) || str_has_prefix(s->id, S("4.3."));
        CHECK_STR(other_branch ? S("not_applicable") : S("done"),
                  walk_state(w, s->per_lane ? "mihon" : "", str_to_z(a, s->id)));
    }
    check_settled(w);
}

/* --- case B ------------------------------------------------------------------------------------ */

static void begin_overseas(struct walk *w)
{
    str id = stage_org_id(w->st, "mihon");
    walk_report(w, "certx", NULL);
    CHECK(w->case_id.n > 0);
    STATE(w, "", "0.2.1", "done");
    STATE(w, "", "0.1.1", "not_applicable");
    WAITS(w, "coordinator:1.1");
    KNOWS(w, "reception coordinator certx");
    SEES(w, "", "", "details", "reception coordinator");
    walk_act(w, "coordinator", "", "1.1", 1, "vendors", str_to_z(w->st->a, id), NULL);
    walk_act(w, "coordinator", "mihon", "1.2.1", 1, NULL);
    walk_act(w, "mihon.poc", "mihon", "1.3.1", 1, NULL);
    walk_act(w, "mihon.design", "mihon", "1.3.1", 2, "details", "yes", NULL);
    walk_act(w, "mihon.poc", "mihon", "1.4.1", 1, NULL);
    walk_act(w, "coordinator", "mihon", "1.5.1", 1, NULL);
    walk_act(w, "mihon.poc", "mihon", "1.5.2", 1, NULL);
    STATE(w, "mihon", "2.3.1", "not_applicable"); /* the seed draws no path to the finder */
}

static void work_on_it(struct walk *w)
{
    walk_act(w, "mihon.design", "mihon", "2.1.1", 1, NULL);
    walk_act(w, "mihon.design", "mihon", "2.2.1", 1, NULL);
    walk_act(w, "mihon.design", "mihon", "2.4.1", 1, NULL);
    walk_act(w, "mihon.design", "mihon", "2.5.1", 1, NULL);
    walk_act(w, "mihon.poc", "mihon", "2.6.1", 1, NULL);
    WAITS(w, "mihon.poc:3.1.1");
    walk_act(w, "mihon.poc", "mihon", "3.1.1", 1, NULL);
    walk_sign(w, "mihon.design", "3.1.1");
    walk_sign(w, "mihon.si_mfg", "3.1.1");
    walk_sign(w, "mihon.si_sys", "3.1.1");
    walk_act(w, "coordinator", "mihon", "3.1.1", 2, "agree", "yes", NULL);
    fix(w);
}

static void leave_the_portal(struct walk *w)
{
    WAITS(w, "mihon.poc:4.3.1");
    STATE(w, "mihon", "4.2.1", "waiting"); /* it would apply again, were 4.3.1 refused */
    STATE(w, "mihon", "4.4.1", "waiting");
    walk_act(w, "mihon.poc", "mihon", "4.3.1", 1, NULL);
    SEES(w, "mihon", "4.3.1", "explanation", "coordinator mihon.poc");
    WAITS(w, "coordinator:4.3.1");
    walk_act(w, "coordinator", "mihon", "4.3.1", 2, "agree", "yes", NULL);
    WAITS(w, "mihon.poc:4.3.2");
    STATE(w, "mihon", "4.2.1", "not_applicable");
    STATE(w, "mihon", "4.4.1", "not_applicable");
    STATE(w, "mihon", "5.2.1", "not_applicable");
    walk_act(w, "mihon.poc", "mihon", "4.3.2", 1, NULL);
    WAITS(w, "mihon.care:4.3.2* mihon.sales:4.3.2* mihon.si_sys:4.3.2*");
    SEES(w, "mihon", "4.3.2", "notice", "mihon.poc mihon.si_sys mihon.care mihon.sales");
    walk_sign(w, "mihon.si_sys", "4.3.2");
    walk_sign(w, "mihon.care", "4.3.2");
    walk_sign(w, "mihon.sales", "4.3.2");
    WAITS(w, "coordinator:4.3.3");
    walk_act(w, "coordinator", "", "4.3.3", 1, NULL);
    SEES(w, "", "4.3.3", "explanation", "reception coordinator");
    WAITS(w, "reception:4.3.3");
    walk_act(w, "reception", "", "4.3.3", 2, NULL);
    SEES(w, "", "4.3.3", "explanation", "reception certx");
    STATE(w, "", "5.2.2", "not_applicable");
    STATE(w, "", "5.2.3", "not_applicable");
}

APP_TEST(case_b_comes_from_overseas_and_leaves_the_portal)
{
    stage_cast(st);
    struct walk *w = walk_new(st);
    begin_overseas(w);
    work_on_it(w);
    decide(w, "all_known", "no");
    leave_the_portal(w);
    WAITS(w, "");
    struct ctx *cx = walk_as(w, "certx");
    struct report_view v;
    CHECK_OK(cx, report_view(cx, w->report_id, &v));
    CHECK_STR(S("end_individual"), v.disposition);
    check_settled(w);
}

/* --- the direct case --------------------------------------------------------------------------- */

static void begin_direct(struct walk *w)
{
    walk_report(w, NULL, "mihon");
    WAITS(w, "mihon.poc:1.1.1");
    KNOWS(w, "mihon.poc");
    SEES(w, "", "", "details", "mihon.poc");
    walk_act(w, "mihon.poc", "mihon", "1.1.1", 2, "spread", "design", "spread", "si_mfg", NULL);
    SEES(w, "", "", "details", "mihon.poc mihon.design mihon.si_mfg");
    SEES(w, "", "1.1.1", "message", "mihon.poc finder");
    WAITS(w, "mihon.design:2.1.1");
    KNOWS(w, "mihon.poc mihon.design mihon.si_mfg");
}

static void ask_for_support(struct walk *w)
{
    walk_act(w, "mihon.poc", "mihon", "1.2.1", 1, NULL);
    KNOWS(w, "coordinator mihon.poc mihon.design mihon.si_mfg");
    SEES(w, "mihon", "1.2.1", "forwarded", "coordinator mihon.poc");
    SEES(w, "", "", "title", "mihon.poc mihon.design mihon.si_mfg");
    WAITS(w, "coordinator:1.2.2 mihon.design:2.1.1");
    walk_act(w, "coordinator", "mihon", "1.2.2", 1, NULL);
    WAITS(w, "finder:1.2.2 mihon.design:2.1.1");
    walk_act(w, "finder", "mihon", "1.2.2", 2, "accept", "yes", NULL);
    WAITS(w, "mihon.design:2.1.1");
    SEES(w, "", "", "title", "coordinator mihon.poc mihon.design mihon.si_mfg");
    SEES(w, "", "", "details", "mihon.poc mihon.design mihon.si_mfg");
}

static void investigate_direct(struct walk *w)
{
    walk_act(w, "mihon.design", "mihon", "2.3.1", 1, NULL);
    walk_act(w, "mihon.poc", "mihon", "2.3.1", 2, NULL);
    SEES(w, "", "2.3.1", "question", "coordinator mihon.poc finder");
    WAITS(w, "coordinator:2.3.1 mihon.design:2.1.1"); /* mediated: it passes through */
    walk_act(w, "coordinator", "mihon", "2.3.1", 3, NULL);
    WAITS(w, "finder:2.3.2 mihon.design:2.1.1");
    walk_act(w, "finder", "mihon", "2.3.2", 1, NULL);
    walk_act(w, "coordinator", "mihon", "2.3.2", 2, NULL);
    walk_act(w, "mihon.poc", "mihon", "2.3.2", 3, NULL);
    SEES(w, "mihon", "2.3.2", "answer", "mihon.poc mihon.design");
    walk_act(w, "mihon.design", "mihon", "2.1.1", 1, NULL);
    walk_act(w, "mihon.design", "mihon", "2.2.1", 1, NULL);
    walk_act(w, "mihon.design", "mihon", "2.4.1", 1, NULL);
    walk_act(w, "mihon.design", "mihon", "2.5.1", 1, NULL);
    SEES(w, "mihon", "2.5.1", "assessment", "mihon.poc mihon.design mihon.si_mfg mihon.si_sys");
    STATE(w, "mihon", "2.6.1", "not_applicable"); /* until the source asks */
    struct ctx *cx = walk_as(w, "finder");
    CHECK_OK(cx, report_inquire(cx, w->report_id, S("asked_findings")));
    (void)stage_later(w->st, MINUTE);
    WAITS(w, "mihon.design:3.1.1 mihon.poc:2.6.1");
    walk_act(w, "mihon.poc", "mihon", "2.6.1", 1, NULL);
    walk_act(w, "coordinator", "mihon", "2.6.1", 2, NULL);
    SEES(w, "", "2.6.1", "findings", "coordinator mihon.poc finder");
}

static void fix_direct(struct walk *w)
{
    static const char *const steps[] = {"3.2.1", "3.2.2"};
    walk_act(w, "mihon.design", "mihon", "3.1.1", 1, NULL);
    walk_sign(w, "mihon.si_mfg", "3.1.1");
    walk_sign(w, "mihon.si_sys", "3.1.1");
    for (size_t i = 0; i < COUNT(steps); i++) {
        walk_act(w, "mihon.design", "mihon", steps[i], 1, NULL);
        walk_sign(w, "mihon.si_mfg", steps[i]);
        walk_sign(w, "mihon.si_sys", steps[i]);
        walk_sign(w, "mihon.care", steps[i]);
    }
    walk_act(w, "mihon.design", "mihon", "3.3.1", 1, NULL);
    walk_act(w, "mihon.poc", "mihon", "4.1.1", 1, "publish", "yes", NULL);
    walk_sign(w, "mihon.care", "4.1.1");
    WAITS(w, "mihon.poc:4.2.1 mihon.poc:4.3.1");
    walk_act(w, "mihon.poc", "mihon", "4.2.1", 1, NULL);
    walk_sign(w, "mihon.si_sys", "4.2.1");
    walk_sign(w, "mihon.care", "4.2.1");
    walk_sign(w, "mihon.sales", "4.2.1");
    WAITS(w, "mihon.poc:4.3.1");
}

static void publish_direct(struct walk *w)
{
    struct ctx *cx = walk_as(w, "finder");
    const char *soon = str_to_z(cx->a, time_rfc3339(cx->a, cx->now + HOUR, zone_tokyo));
    walk_act(w, "mihon.poc", "mihon", "4.3.1", 1, "date", soon, NULL);
    walk_sign(w, "mihon.pr", "4.3.1");
    cx = walk_as(w, "finder");
    CHECK_OK(cx, report_inquire(cx, w->report_id, S("asked_date")));
    (void)stage_later(w->st, MINUTE);
    WAITS(w, "mihon.poc:4.3.2");
    walk_act(w, "mihon.poc", "mihon", "4.3.2", 1, NULL);
    walk_act(w, "coordinator", "mihon", "4.3.2", 2, NULL);
    SEES(w, "", "4.3.2", "date", "coordinator mihon.poc finder");
    (void)stage_later(w->st, HOUR);
    cx = stage_nobody(w->st);
    CHECK_OK(cx, cases_settle_due(cx));
    WAITS(w, "mihon.poc:5.1.1");
    walk_act(w, "mihon.poc", "mihon", "5.1.1", 1, "portal", "yes", "text", "what is public", NULL);
    walk_sign(w, "mihon.pr", "5.1.1");
    WAITS(w, "mihon.poc:5.1.2");
    walk_act(w, "mihon.poc", "mihon", "5.1.2", 1, NULL);
    walk_act(w, "coordinator", "mihon", "5.1.2", 2, NULL);
    WAITS(w, "");
}

/* Reception has it as a report of the vendor's own; what was internal did not travel. */
static void hand_over(struct walk *w)
{
    struct ctx *cx = walk_as(w, "reception");
    str reception = stage_org_id(w->st, "reception");
    struct list_page page = {.limit = 10};
    struct q_report_list *rows;
    struct report_view v;
    size_t n;
    cx = walk_as(w, "reception");
    CHECK_OK(cx, app_read(cx));
    CHECK_OK(cx, q_report_list(cx->db, &page, &rows, &n, .recipients = {&reception, 1}));
    CHECK_I64(1, (i64)n);
    CHECK_OK(cx, report_view(cx, rows[0].id, &v));
    CHECK_STR(S("own"), v.kind);
    CHECK_STR(S("vendor"), v.source);
    for (size_t i = 0; i < v.nitems; i++)
        CHECK(str_find(v.items[i].value, S(" at mihon")) < 0);
    struct walk *next = walk_new(w->st);
    next->report_id = rows[0].id;
    walk_accept(next);
    WAITS(next, "coordinator:1.1");
    KNOWS(next, "reception coordinator mihon.poc");
    /* who reported stands among the readers of what is said to the finder, as that */
    struct case_view told;
    cx = walk_as(w, "reception");
    CHECK_OK(cx,
             case_view(cx, next->case_id,
                       &(struct case_ask){.thread = str_join(w->st->a, S("finder:"), rows[0].id)},
                       &told));
    CHECK_I64(1, (i64)told.talk.sees.n);
    CHECK_STR(S("reception Inc. and Finder will read this. Vendors do not see it."),
              told.talk.sees.v[0]);
}

APP_TEST(the_direct_case_walks_its_twenty_steps_and_is_handed_over)
{
    stage_cast(st);
    struct walk *w = walk_new(st);
    begin_direct(w);
    ask_for_support(w);
    investigate_direct(w);
    fix_direct(w);
    publish_direct(w);
    for (size_t i = 0; i < st->app->process->flow[FLOW_DIRECT].n; i++) {
        const struct step *s = &st->app->process->flow[FLOW_DIRECT].steps[i];
        CHECK_STR(S("done"), walk_state(w, s->per_lane ? "mihon" : "", str_to_z(a, s->id)));
    }
    check_settled(w);
    hand_over(w);
}
