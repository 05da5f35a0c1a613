/* progress_test.c - the coordinated flow, step by step, as the source texts tell it. */
#include "t.h"

#include "base/time.h"
#include "help/scene.h"

/* --- the coordinated flow --------------------------------------------------------------- */

/* One case from the first act to the last before the portal. */
static const struct beat whole[] = {
    {0, "0.1.1", "", "0:0.1.1 reception"},
    {0, "0.1.1", "", "0:1.1 coordinator"},
    {0, "1.1", "", "1:1.2.1 coordinator"},
    {1, "1.2.1", "", "1:1.3.1 poc"},
    {1, "1.3.1", "spread=design,rnd tell=quality", "1:1.3.1 design, 1:1.3.1 rnd signs"},
    {1, "1.3.1", "details=yes", "1:1.3.1 rnd signs"},
    {1, "1.3.1", "sign rnd", "1:1.4.1 poc"},
    {1, "1.4.1", "", "1:1.5.1 coordinator"},
    {1, "1.5.1", "", "1:1.5.2 poc"},
    {1, "1.5.2", "spread=design,quality", "1:2.1.1 design"},
    {1, "2.1.1", "reproduced=yes", "1:2.2.1 design, 1:2.4.1 design"},
    {1, "2.2.1", "", "1:2.4.1 design"},
    {1, "2.4.1", "affected=yes", "1:2.5.1 design"},
    {1, "2.5.1", "", "1:2.6.1 poc"},
    {1, "2.6.1", "", "1:3.1.1 poc"},
    {1, "3.1.1", "", "1:3.1.1 design signs, 1:3.1.1 si_mfg signs, 1:3.1.1 si_sys signs"},
    {1, "3.1.1", "sign si_sys", "1:3.1.1 design signs, 1:3.1.1 si_mfg signs"},
    {1, "3.1.1", "sign design", "1:3.1.1 si_mfg signs"},
    {1, "3.1.1", "sign si_mfg", "1:3.1.1 coordinator"},
    {1, "3.1.1", "agree=yes", "1:3.2.1 design, 1:3.2.2 design"},
    {1, "3.2.2", "",
     "1:3.2.1 design, 1:3.2.2 si_mfg signs, 1:3.2.2 si_sys signs, 1:3.2.2 care signs"},
    {1, "3.2.2", "sign care", "1:3.2.1 design, 1:3.2.2 si_mfg signs, 1:3.2.2 si_sys signs"},
    {1, "3.2.2", "sign si_sys", "1:3.2.1 design, 1:3.2.2 si_mfg signs"},
    {1, "3.2.2", "sign si_mfg", "1:3.2.1 design"},
    {1, "3.2.1", "", "1:3.2.1 si_mfg signs, 1:3.2.1 si_sys signs, 1:3.2.1 care signs"},
    {1, "3.2.1", "sign si_mfg", "1:3.2.1 si_sys signs, 1:3.2.1 care signs"},
    {1, "3.2.1", "sign si_sys", "1:3.2.1 care signs"},
    {1, "3.2.1", "sign care", "1:3.3.1 design"},
    {1, "3.3.1", "", "1:4.1.1 poc"},
    {1, "4.1.1", "customers=unspecified publish=yes", "1:4.1.1 care signs"},
    {1, "4.1.1", "sign care", "1:4.1.2 poc"},
    {1, "4.1.2", "", "1:4.2.1 poc, 1:4.4.1 poc"},
    {1, "4.2.1", "", "1:4.2.1 coordinator, 1:4.4.1 poc"},
    {1, "4.2.1", "agree=yes", "1:4.2.2 poc, 1:4.4.1 poc"},
    {1, "4.2.2", "", "1:4.2.2 si_sys signs, 1:4.2.2 care signs, 1:4.2.2 sales signs, 1:4.4.1 poc"},
    {1, "4.2.2", "sign si_sys", "1:4.2.2 care signs, 1:4.2.2 sales signs, 1:4.4.1 poc"},
    {1, "4.2.2", "sign care", "1:4.2.2 sales signs, 1:4.4.1 poc"},
    {1, "4.2.2", "sign sales", "1:4.4.1 poc"},
    {1, "4.4.1", "", "1:4.4.1 pr signs"},
    {1, "4.4.1", "sign pr", "1:4.4.1 coordinator"},
    {1, "4.4.1", "agree=yes", "1:4.4.2 poc"},
    {1, "4.4.2", "", "1:5.1.1 poc"},
    {1, "5.1.1", "", "1:5.1.1 pr signs"},
    {1, "5.1.1", "sign pr", ""}, /* now for the portal's draft */
};

TEST(a_coordinated_case_with_unknown_customers_goes_from_report_to_publication)
{
    struct scene *s = scene_new(a, FLOW_COORDINATED, 1);
    CHECK_STR(S("0:0.1.1 finder"), scene_waits(s));
    CHECK(scene_play(s, whole, COUNT(whole)));

    CHECK_STR(S("5.2.1"), scene_in(s, 1, STEP_WAITING));
    CHECK_STR(S("portal_draft_asked"), scene_missing(s, 1, "5.2.1"));
    scene_ask(s, KNOW_DRAFT_ASKED);
    CHECK_STR(S("1:5.2.1 poc"), scene_waits(s));
    scene_hop(s, 1, "5.2.1", "agree=yes");
    CHECK_STR(S(""), scene_waits(s));
    CHECK_STR(S("date_reached"), scene_missing(s, 0, "5.2.2"));
    s->in.known |= 1u << KNOW_DATE_REACHED;
    CHECK_STR(S("0:5.2.2 coordinator"), scene_waits(s));
    scene_hop(s, 0, "5.2.2", "");
    CHECK_STR(S("0:5.2.3 reception"), scene_waits(s));
    scene_hop(s, 0, "5.2.3", "");
    CHECK_STR(S(""), scene_waits(s));

    CHECK_STR(S("0.1.1 1.1 5.2.2 5.2.3"), scene_in(s, 0, STEP_DONE));
    CHECK_STR(S("0.2.1 4.3.3"), scene_in(s, 0, STEP_NOT_APPLICABLE));
    CHECK_STR(S("1.2.1 1.3.1 1.4.1 1.5.1 1.5.2 2.1.1 2.2.1 2.4.1 2.5.1 2.6.1 3.1.1 3.2.1 3.2.2 "
                "3.3.1 4.1.1 4.1.2 4.2.1 4.2.2 4.4.1 4.4.2 5.1.1 5.2.1"),
              scene_in(s, 1, STEP_DONE));
    CHECK_STR(S("2.3.1 2.3.2 3.1.2 4.3.1 4.3.2"), scene_in(s, 1, STEP_NOT_APPLICABLE));
    CHECK_STR(S("came_from_overseas"), scene_missing(s, 0, "0.2.1"));
    CHECK_STR(S("finder_asked"), scene_missing(s, 1, "3.1.2"));
    CHECK_STR(S("customers_all_known"), scene_missing(s, 1, "4.3.1"));
    CHECK_STR(S("nonpublication_agreed"), scene_missing(s, 1, "4.3.2"));
    CHECK_STR(S("leaves_portal"), scene_missing(s, 0, "4.3.3"));
    CHECK_I64(6, progress_phase(&s->g));
}

static void enter_from_overseas(struct scene *s)
{
    s->in.known = 1u << KNOW_FROM_OVERSEAS;
}

TEST(a_case_of_an_overseas_coordinator_enters_by_0_2_1_and_has_no_way_to_ask_the_finder)
{
    struct scene *s = scene_new(a, FLOW_COORDINATED, 1);
    enter_from_overseas(s);
    CHECK_STR(S("0:0.2.1 overseas_coordinator"), scene_waits(s));
    CHECK_STR(S("came_from_finder"), scene_missing(s, 0, "0.1.1"));
    scene_until(s, 1, "2.1.1");
    CHECK_I64(STEP_NOT_APPLICABLE, scene_at(s, 1, "2.3.1")->status);
    CHECK_STR(S("came_from_finder"), scene_missing(s, 1, "2.3.1"));
    CHECK_I64(STEP_NOT_APPLICABLE, scene_at(s, 1, "2.3.2")->status);
}

TEST(when_details_are_not_needed_the_rest_of_the_lane_does_not_apply)
{
    struct scene *s = scene_new(a, FLOW_COORDINATED, 1);
    s->usual = "spread=design details=no";
    scene_until(s, 1, "1.3.1");
    CHECK_STR(S("1.4.1 1.5.1 1.5.2 2.1.1 2.2.1 2.3.1 2.3.2 2.4.1 2.5.1 2.6.1 3.1.1 3.2.1 3.2.2 "
                "3.3.1 4.1.1 4.1.2 4.2.1 4.2.2 4.3.1 4.3.2 4.4.1 4.4.2 5.1.1 5.2.1"),
              scene_in(s, 1, STEP_WAITING));
    scene_do(s, 1, "1.3.1", "");
    CHECK_STR(S("1.2.1 1.3.1"), scene_in(s, 1, STEP_DONE));
    CHECK_STR(S("1.4.1 1.5.1 1.5.2 2.1.1 2.2.1 2.3.1 2.3.2 2.4.1 2.5.1 2.6.1 3.1.1 3.1.2 3.2.1 "
                "3.2.2 3.3.1 4.1.1 4.1.2 4.2.1 4.2.2 4.3.1 4.3.2 4.4.1 4.4.2 5.1.1 5.2.1"),
              scene_in(s, 1, STEP_NOT_APPLICABLE));
    static const char *const by_details[] = {"1.4.1", "1.5.1", "1.5.2", "2.1.1",
                                             "2.3.1", "2.4.1", "2.6.1"};
    for (size_t i = 0; i < COUNT(by_details); i++)
        CHECK_STR(S("details_wanted"), scene_missing(s, 1, by_details[i]));
    CHECK_I64(s->now, scene_at(s, 1, "1.4.1")->settled_at);
    CHECK_STR(S(""), scene_waits(s));
    CHECK_I64(6, progress_phase(scene_now(s)));
}

TEST(cause_and_conditions_are_looked_for_only_if_it_was_reproduced)
{
    struct scene *s = scene_new(a, FLOW_COORDINATED, 1);
    scene_until(s, 1, "2.1.1");
    CHECK_STR(S("reproduced 2.1.1"), scene_missing(s, 1, "2.2.1"));
    scene_do(s, 1, "2.1.1", "reproduced=no");
    CHECK_I64(STEP_NOT_APPLICABLE, scene_at(s, 1, "2.2.1")->status);
    CHECK_STR(S("reproduced"), scene_missing(s, 1, "2.2.1"));
    CHECK_STR(S("1:2.4.1 design"), scene_waits(s));
    scene_do(s, 1, "2.4.1", "affected=no");
    CHECK_STR(S("1:2.6.1 poc"), scene_waits(s)); /* the findings are reported all the same */
}

TEST(an_unaffected_vendor_has_nothing_to_mend_but_stands_on_the_portal_beside_the_affected)
{
    struct scene *s = scene_new(a, FLOW_COORDINATED, 2);
    scene_until(s, 1, "2.4.1");
    scene_until(s, 2, "2.4.1");
    scene_do(s, 1, "2.4.1", "affected=no");
    CHECK_STR(S("2.5.1 3.1.1 3.1.2 3.2.1 3.2.2 3.3.1 4.1.1 4.1.2 4.2.1 4.2.2 4.3.1 4.3.2 4.4.1 "
                "4.4.2 5.1.1"),
              scene_in(s, 1, STEP_NOT_APPLICABLE));
    CHECK_STR(S("affected"), scene_missing(s, 1, "3.1.1"));
    scene_do(s, 1, "2.2.1", "");
    scene_do(s, 1, "2.6.1", "");
    CHECK_I64(STEP_WAITING, scene_at(s, 1, "5.2.1")->status);
    scene_do(s, 2, "2.4.1", "affected=yes");
    scene_until(s, 2, "4.4.1");
    scene_ask(s, KNOW_DRAFT_ASKED);
    CHECK_I64(STEP_OPEN, scene_at(s, 1, "5.2.1")->status);
}

TEST(where_nobody_is_affected_nothing_is_published_and_nothing_waits_for_it)
{
    struct scene *s = scene_new(a, FLOW_COORDINATED, 2);
    s->usual = "spread=design details=yes reproduced=yes affected=no";
    scene_until(s, 1, "2.6.1");
    scene_until(s, 2, "2.6.1");
    scene_do(s, 1, "2.6.1", "");
    scene_do(s, 2, "2.6.1", "");
    CHECK_STR(S(""), scene_waits(s));
    CHECK_STR(S("goes_public"), scene_missing(s, 1, "5.2.1"));
    CHECK_STR(S("goes_public"), scene_missing(s, 0, "5.2.2"));
    CHECK_STR(S("0.2.1 4.3.3 5.2.2 5.2.3"), scene_in(s, 0, STEP_NOT_APPLICABLE));
    CHECK_I64(6, progress_phase(scene_now(s)));
}

/* --- customers -------------------------------------------------------------------------- */

TEST(advance_notice_needs_the_coordinators_agreement)
{
    struct scene *s = scene_new(a, FLOW_COORDINATED, 1);
    scene_until(s, 1, "4.2.1");
    CHECK_I64(STEP_WAITING, scene_at(s, 1, "4.2.2")->status);
    scene_do(s, 1, "4.2.1", "agree=no");
    CHECK_I64(STEP_NOT_APPLICABLE, scene_at(s, 1, "4.2.2")->status);
    CHECK_STR(S("advance_notice_agreed"), scene_missing(s, 1, "4.2.2"));
}

TEST(advance_notice_is_optional)
{
    struct scene *s = scene_new(a, FLOW_COORDINATED, 1);
    scene_until(s, 1, "4.2.1");
    scene_skip(s, 1, "4.2.1");
    CHECK_I64(STEP_SKIPPED, scene_at(s, 1, "4.2.1")->status);
    CHECK_I64(s->now, scene_at(s, 1, "4.2.1")->settled_at);
    CHECK_I64(STEP_NOT_APPLICABLE, scene_at(s, 1, "4.2.2")->status);
    CHECK_STR(S("1:4.4.1 poc"), scene_waits(s));
}

TEST(a_step_that_was_begun_is_not_skipped_any_more)
{
    struct scene *s = scene_new(a, FLOW_COORDINATED, 1);
    scene_until(s, 1, "4.2.1");
    scene_hop(s, 1, "4.2.1", "");
    scene_skip(s, 1, "4.2.1");
    CHECK_I64(STEP_OPEN, scene_at(s, 1, "4.2.1")->status);
    CHECK_I64(ACTOR_COORDINATOR, scene_at(s, 1, "4.2.1")->actor);
}

TEST(with_all_customers_known_and_the_coordinator_agreeing_the_vendor_leaves_the_portal)
{
    struct scene *s = scene_new(a, FLOW_COORDINATED, 1);
    enter_from_overseas(s);
    s->usual = "spread=design details=yes reproduced=yes affected=yes agree=yes "
               "customers=all_known publish=no";
    scene_until(s, 1, "4.3.1");
    CHECK_STR(S("1:4.3.1 poc"), scene_waits(s));
    CHECK_STR(S("for_publication 4.3.1"), scene_missing(s, 1, "4.4.1"));
    scene_do(s, 1, "4.3.1", "");
    CHECK_STR(S("1:4.3.2 poc"), scene_waits(s));
    CHECK_STR(S("for_publication"), scene_missing(s, 1, "4.4.1"));
    CHECK_STR(S("on_portal goes_public"), scene_missing(s, 1, "5.2.1"));
    CHECK_STR(S("vendor_publishes"), scene_missing(s, 1, "5.1.1"));
    CHECK_STR(S("all:4.3.2"), scene_missing(s, 0, "4.3.3"));
    scene_do(s, 1, "4.3.2", "");
    CHECK_STR(S("0:4.3.3 coordinator"), scene_waits(s));
    scene_hop(s, 0, "4.3.3", "");
    CHECK_STR(S("0:4.3.3 reception"), scene_waits(s));
    scene_hop(s, 0, "4.3.3", "");
    CHECK_STR(S(""), scene_waits(s));
    CHECK_STR(S("0.2.1 1.1 4.3.3"), scene_in(s, 0, STEP_DONE));
    CHECK_STR(S("0.1.1 5.2.2 5.2.3"), scene_in(s, 0, STEP_NOT_APPLICABLE));
    CHECK_STR(S("2.3.1 2.3.2 3.1.2 4.2.1 4.2.2 4.4.1 4.4.2 5.1.1 5.2.1"),
              scene_in(s, 1, STEP_NOT_APPLICABLE));
    CHECK_I64(6, progress_phase(scene_now(s)));
}

TEST(when_leaving_the_portal_is_refused_the_vendor_goes_on_with_unknown_customers)
{
    struct scene *s = scene_new(a, FLOW_COORDINATED, 1);
    s->usual = "spread=design details=yes reproduced=yes affected=yes agree=yes "
               "customers=all_known publish=yes";
    scene_until(s, 1, "4.3.1");
    scene_do(s, 1, "4.3.1", "agree=no");
    CHECK_STR(S("1:4.2.1 poc, 1:4.4.1 poc"), scene_waits(s));
    CHECK_I64(STEP_DONE, scene_at(s, 1, "4.3.1")->status);
    CHECK_STR(S("nonpublication_agreed"), scene_missing(s, 1, "4.3.2"));
}

TEST(the_case_leaves_the_portal_only_when_no_vendor_remains_for_publication)
{
    struct scene *s = scene_new(a, FLOW_COORDINATED, 3);
    s->usual = "spread=design details=yes reproduced=yes affected=yes agree=yes "
               "customers=all_known publish=no";
    for (int lane = 1; lane <= 3; lane++)
        scene_until(s, lane, "4.3.1");
    scene_do(s, 1, "4.3.1", "");
    scene_do(s, 2, "4.3.1", "");
    CHECK_STR(S("leaves_portal all:4.3.2"), scene_missing(s, 0, "4.3.3")); /* not known yet */
    scene_do(s, 3, "4.3.1", "agree=no");
    CHECK_I64(STEP_NOT_APPLICABLE, scene_at(s, 0, "4.3.3")->status);
    CHECK_I64(STEP_WAITING, scene_at(s, 0, "5.2.2")->status);
    scene_do(s, 1, "4.3.2", "");
    scene_do(s, 2, "4.3.2", "");
    CHECK_I64(STEP_NOT_APPLICABLE, scene_at(s, 0, "4.3.3")->status);
    CHECK_I64(STEP_NOT_APPLICABLE, scene_at(s, 1, "5.2.1")->status); /* it left alone */

    /* the third gives up its lane: now nobody remains */
    s->lanes[3].closed = true;
    CHECK_STR(S("0:4.3.3 coordinator"), scene_waits(s));
    CHECK_I64(STEP_NOT_APPLICABLE, scene_at(s, 0, "5.2.2")->status);
}

/* --- publication ------------------------------------------------------------------------ */

TEST(publication_needs_every_remaining_vendors_agreement_and_the_date)
{
    struct scene *s = scene_new(a, FLOW_COORDINATED, 3);
    s->usual = "spread=design details=yes reproduced=yes affected=yes agree=yes "
               "customers=unspecified publish=no";
    scene_until(s, 3, "1.3.1");
    scene_do(s, 3, "1.3.1", "details=no"); /* the third is not concerned */
    scene_until(s, 1, "4.4.2");
    scene_until(s, 2, "4.4.2");
    scene_do(s, 1, "4.4.2", "");
    scene_do(s, 2, "4.4.2", "");
    scene_ask(s, KNOW_DRAFT_ASKED);
    s->in.known |= 1u << KNOW_DATE_REACHED;
    CHECK_STR(S("all:5.2.1"), scene_missing(s, 0, "5.2.2"));
    scene_do(s, 1, "5.2.1", "");
    CHECK_I64(STEP_WAITING, scene_at(s, 0, "5.2.2")->status);
    scene_do(s, 2, "5.2.1", "");
    CHECK_I64(STEP_OPEN, scene_at(s, 0, "5.2.2")->status);
    s->in.known &= ~(1u << KNOW_DATE_REACHED);
    CHECK_STR(S("date_reached"), scene_missing(s, 0, "5.2.2"));
}

TEST(a_vendor_that_does_not_answer_the_draft_can_be_passed_by_the_coordinator)
{
    struct scene *s = scene_new(a, FLOW_COORDINATED, 1);
    scene_until(s, 1, "4.4.2");
    scene_do(s, 1, "4.4.2", "");
    scene_ask(s, KNOW_DRAFT_ASKED);
    scene_skip(s, 1, "5.2.1");
    CHECK_I64(STEP_SKIPPED, scene_at(s, 1, "5.2.1")->status);
    CHECK_STR(S("date_reached"), scene_missing(s, 0, "5.2.2"));
}

TEST(a_refused_draft_waits_for_another_one_and_every_new_draft_is_agreed_anew)
{
    struct scene *s = scene_new(a, FLOW_COORDINATED, 1);
    s->in.known |= 1u << KNOW_DATE_REACHED;
    scene_until(s, 1, "4.4.2");
    scene_do(s, 1, "4.4.2", "");
    scene_ask(s, KNOW_DRAFT_ASKED);
    scene_do(s, 1, "5.2.1", "agree=no");
    CHECK_I64(STEP_WAITING, scene_at(s, 1, "5.2.1")->status);
    CHECK_STR(S("portal_draft_asked"), scene_missing(s, 1, "5.2.1"));
    scene_ask(s, KNOW_DRAFT_ASKED);
    CHECK_I64(STEP_OPEN, scene_at(s, 1, "5.2.1")->status);
    CHECK_I64(2, scene_at(s, 1, "5.2.1")->round);
    CHECK_I64(s->now, scene_at(s, 1, "5.2.1")->since);
    scene_do(s, 1, "5.2.1", "agree=yes");
    CHECK_I64(STEP_OPEN, scene_at(s, 0, "5.2.2")->status);
    scene_ask(s, KNOW_DRAFT_ASKED); /* the text was changed after that */
    CHECK_I64(STEP_OPEN, scene_at(s, 1, "5.2.1")->status);
    CHECK_I64(STEP_WAITING, scene_at(s, 0, "5.2.2")->status);
}

TEST(a_date_or_plan_that_the_coordinator_refuses_is_proposed_again)
{
    static const char *const steps[] = {"3.1.1", "4.4.1"};
    struct scene *s = scene_new(a, FLOW_COORDINATED, 1);
    for (size_t i = 0; i < COUNT(steps); i++) {
        scene_until(s, 1, steps[i]);
        scene_do(s, 1, steps[i], "agree=no");
        const struct step_state *st = scene_at(s, 1, steps[i]);
        CHECK_I64(STEP_OPEN, st->status);
        CHECK_I64(2, st->round);
        CHECK_I64(0, st->rounds_done);
        CHECK_I64(1, st->hop);
        CHECK_I64(ACTOR_POC, st->actor);
        CHECK_I64(s->now, st->since);
        CHECK(st->unsigned_ == st->signers && st->signers != 0); /* they sign again */
        scene_do(s, 1, steps[i], "agree=yes");
        CHECK_I64(STEP_DONE, scene_at(s, 1, steps[i])->status);
        CHECK_I64(2, scene_at(s, 1, steps[i])->round);
    }
}

TEST(a_date_that_was_agreed_can_be_brought_up_again_without_undoing_what_followed)
{
    struct scene *s = scene_new(a, FLOW_COORDINATED, 1);
    scene_until(s, 1, "5.1.1");
    CHECK(scene_at(s, 1, "4.4.1")->again);
    scene_hop(s, 1, "4.4.1", "");
    CHECK_I64(STEP_OPEN, scene_at(s, 1, "4.4.1")->status);
    CHECK_I64(STEP_DONE, scene_at(s, 1, "4.4.2")->status);
    scene_do(s, 1, "4.4.1", "agree=yes");
    CHECK_I64(STEP_DONE, scene_at(s, 1, "4.4.1")->status);
    CHECK_I64(2, scene_at(s, 1, "4.4.1")->rounds_done);
}

TEST(the_finder_may_ask_for_the_plan_again_and_again)
{
    struct scene *s = scene_new(a, FLOW_COORDINATED, 1);
    scene_until(s, 1, "3.1.1");
    CHECK_I64(STEP_NOT_APPLICABLE, scene_at(s, 1, "3.1.2")->status); /* nobody asked */
    scene_ask(s, KNOW_FINDER_ASKED);
    CHECK_STR(S("3.1.1"), scene_missing(s, 1, "3.1.2"));
    scene_do(s, 1, "3.1.1", "");
    CHECK_I64(ACTOR_COORDINATOR, scene_at(s, 1, "3.1.2")->actor);
    CHECK_I64(s->now, scene_at(s, 1, "3.1.2")->since);
    scene_hop(s, 1, "3.1.2", "");
    CHECK_I64(ACTOR_RECEPTION, scene_at(s, 1, "3.1.2")->actor);
    scene_hop(s, 1, "3.1.2", "");
    CHECK_I64(STEP_DONE, scene_at(s, 1, "3.1.2")->status);
    scene_ask(s, KNOW_FINDER_ASKED);
    CHECK_I64(STEP_OPEN, scene_at(s, 1, "3.1.2")->status);
    CHECK_I64(2, scene_at(s, 1, "3.1.2")->round);
    CHECK_I64(s->now, scene_at(s, 1, "3.1.2")->since);
    scene_do(s, 1, "3.1.2", "");
    CHECK_I64(STEP_DONE, scene_at(s, 1, "3.1.2")->status);
    CHECK_I64(2, scene_at(s, 1, "3.1.2")->rounds_done);
}

/* --- lanes ------------------------------------------------------------------------------ */

TEST(each_vendor_walks_alone_and_a_later_one_begins_at_the_beginning)
{
    struct scene *s = scene_new(a, FLOW_COORDINATED, 3);
    scene_until(s, 2, "2.1.1");
    scene_until(s, 1, "1.3.1");
    size_t before = s->acts.n;
    scene_do(s, 1, "1.3.1", "details=no");
    CHECK_I64(2, (i64)(s->acts.n - before));
    CHECK_I64(STEP_OPEN, scene_at(s, 2, "2.1.1")->status);
    CHECK_I64(STEP_NOT_APPLICABLE, scene_at(s, 1, "2.1.1")->status);
    CHECK(str_find(scene_waits(s), S("2:2.1.1 design")) >= 0);

    struct scene *late = scene_new(a, FLOW_COORDINATED, 2);
    late->lanes[2].opened = late->now + 400 * DAY;
    scene_until(late, 0, "1.1");
    scene_do(late, 0, "1.1", "");
    CHECK_I64(late->now, scene_at(late, 1, "1.2.1")->since);
    CHECK_I64(late->lanes[2].opened, scene_at(late, 2, "1.2.1")->since);
}

TEST(in_a_closed_lane_nothing_waits_and_its_steps_stay_as_they_are)
{
    struct scene *s = scene_new(a, FLOW_COORDINATED, 2);
    scene_until(s, 1, "2.1.1");
    scene_until(s, 2, "2.1.1");
    str done = scene_in(s, 2, STEP_DONE);
    s->lanes[2].closed = true;
    CHECK_STR(S("1:2.1.1 design"), scene_waits(s));
    CHECK_STR(done, scene_in(s, 2, STEP_DONE));
    CHECK_STR(S("2.1.1 2.3.1"), scene_in(s, 2, STEP_OPEN));

    /* the case does not wait for it either */
    s->in.known |= 1u << KNOW_DATE_REACHED;
    scene_until(s, 1, "4.4.2");
    scene_do(s, 1, "4.4.2", "");
    scene_ask(s, KNOW_DRAFT_ASKED);
    scene_do(s, 1, "5.2.1", "");
    CHECK_I64(STEP_OPEN, scene_at(s, 0, "5.2.2")->status);
}

TEST(a_case_without_vendors_is_undecided_about_publication)
{
    struct scene *s = scene_new(a, FLOW_COORDINATED, 0);
    scene_until(s, 0, "1.1");
    scene_do(s, 0, "1.1", "");
    CHECK_STR(S(""), scene_waits(s));
    CHECK_STR(S("4.3.3 5.2.2 5.2.3"), scene_in(s, 0, STEP_WAITING));
}

TEST(what_a_waiting_step_misses_is_named)
{
    struct scene *s = scene_new(a, FLOW_COORDINATED, 1);
    CHECK_STR(S("0.1.1"), scene_missing(s, 0, "1.1")); /* 0.2.1 does not apply */
    CHECK_STR(S("1.1"), scene_missing(s, 1, "1.2.1"));
    CHECK_STR(S("details_wanted 1.3.1"), scene_missing(s, 1, "1.4.1"));
    CHECK_STR(S("affected 2.2.1 2.4.1"), scene_missing(s, 1, "2.5.1"));
    scene_until(s, 1, "2.2.1");
    CHECK_STR(S("affected 2.2.1 2.4.1"), scene_missing(s, 1, "2.5.1"));
    scene_do(s, 1, "2.2.1", "");
    CHECK_STR(S("affected 2.4.1"), scene_missing(s, 1, "2.5.1"));
    scene_do(s, 1, "2.4.1", "");
    CHECK_I64(0, (i64)scene_at(s, 1, "2.5.1")->nmissing);
    CHECK_STR(S("2.5.1"), scene_missing(s, 1, "2.6.1"));
    CHECK_I64(1, scene_at(s, 1, "2.6.1")->missing[0].lane);
}
