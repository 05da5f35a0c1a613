/* progress_direct_test.c - the direct flow, step by step, as the source text tells it. */
#include "t.h"

#include "base/time.h"
#include "help/scene.h"

/* --- the direct flow -------------------------------------------------------------------- */

TEST(a_direct_case_goes_from_report_to_publication)
{
    static const struct beat beats[] = {
        {1, "1.1.1", "", "1:1.1.1 poc"},
        {1, "1.1.1", "spread=design", "1:2.1.1 design"},
        {1, "2.1.1", "reproduced=yes", "1:2.2.1 design, 1:2.4.1 design"},
        {1, "2.3.1", "", "1:2.2.1 design, 1:2.3.1 poc, 1:2.4.1 design"},
        {1, "2.3.1", "", "1:2.2.1 design, 1:2.3.2 source, 1:2.4.1 design"},
        {1, "2.3.2", "", "1:2.2.1 design, 1:2.3.2 poc, 1:2.4.1 design"},
        {1, "2.3.2", "", "1:2.2.1 design, 1:2.4.1 design"},
        {1, "2.2.1", "", "1:2.4.1 design"},
        {1, "2.4.1", "affected=yes", "1:2.5.1 design"},
        {1, "2.5.1", "", "1:3.1.1 design"},
        {1, "3.1.1", "", "1:3.1.1 si_mfg signs, 1:3.1.1 si_sys signs"},
        {1, "3.1.1", "sign si_mfg", "1:3.1.1 si_sys signs"},
        {1, "3.1.1", "sign si_sys", "1:3.2.1 design, 1:3.2.2 design"},
    };
    struct scene *s = scene_new(a, FLOW_DIRECT, 1);
    CHECK_STR(S("1:1.1.1 source"), scene_waits(s));
    CHECK(scene_play(s, beats, COUNT(beats)));
    CHECK_STR(S("source_asked_findings"), scene_missing(s, 1, "2.6.1"));
    scene_until(s, 1, "4.1.1");
    scene_do(s, 1, "4.1.1", "publish=yes");
    CHECK_STR(S("1:4.2.1 poc, 1:4.3.1 poc"), scene_waits(s));
    scene_do(s, 1, "4.2.1", "");
    scene_do(s, 1, "4.3.1", "");
    CHECK_STR(S(""), scene_waits(s));
    CHECK_STR(S("date_reached"), scene_missing(s, 1, "5.1.1"));
    CHECK_I64(5, progress_phase(scene_now(s)));
    s->in.known |= 1u << KNOW_DATE_REACHED;
    CHECK_STR(S("1:5.1.1 poc"), scene_waits(s));
    scene_do(s, 1, "5.1.1", "");
    CHECK_STR(S("1:5.1.2 poc"), scene_waits(s));
    scene_do(s, 1, "5.1.2", "");
    CHECK_STR(S(""), scene_waits(s));
    CHECK_STR(S("1.2.1 1.2.2 2.6.1 4.3.2"), scene_in(s, 1, STEP_NOT_APPLICABLE));
    CHECK_STR(S("support_asked"), scene_missing(s, 1, "1.2.2"));
    CHECK_STR(S(""), scene_in(s, 0, STEP_OPEN));
}

TEST(the_source_is_told_findings_and_date_when_it_asks_and_as_often_as_it_asks)
{
    static const struct {
        const char *step;
        enum known asked;
        const char *after;
    } told[] = {{"2.6.1", KNOW_ASKED_FINDINGS, "3.1.1"}, {"4.3.2", KNOW_ASKED_DATE, "5.1.1"}};
    struct scene *s = scene_new(a, FLOW_DIRECT, 1);
    s->in.known |= 1u << KNOW_DATE_REACHED;
    for (size_t i = 0; i < COUNT(told); i++) {
        scene_until(s, 1, told[i].after);
        CHECK_I64(STEP_NOT_APPLICABLE, scene_at(s, 1, told[i].step)->status);
        for (int round = 1; round <= 2; round++) {
            scene_ask(s, told[i].asked);
            CHECK_I64(STEP_OPEN, scene_at(s, 1, told[i].step)->status);
            CHECK_I64(round, scene_at(s, 1, told[i].step)->round);
            scene_do(s, 1, told[i].step, "");
            CHECK_I64(STEP_DONE, scene_at(s, 1, told[i].step)->status);
        }
    }
}

TEST(a_vendor_that_does_not_publish_has_no_date_to_settle)
{
    struct scene *s = scene_new(a, FLOW_DIRECT, 1);
    s->usual = "spread=design reproduced=yes affected=yes publish=no";
    scene_until(s, 1, "4.2.1");
    scene_skip(s, 1, "4.2.1");
    CHECK_STR(S(""), scene_waits(s));
    CHECK_STR(S("1.2.1 1.2.2 2.3.1 2.3.2 2.6.1 4.3.1 4.3.2 5.1.1 5.1.2"),
              scene_in(s, 1, STEP_NOT_APPLICABLE));
    CHECK_STR(S("vendor_publishes"), scene_missing(s, 1, "4.3.1"));
}

TEST(after_an_accepted_mediation_the_coordinator_stands_between_vendor_and_source)
{
    static const struct beat beats[] = {
        {1, "1.2.1", "", "1:1.2.2 coordinator, 1:2.1.1 design"},
        {1, "1.2.2", "", "1:1.2.2 source, 1:2.1.1 design"},
        {1, "1.2.2", "accept=yes", "1:2.1.1 design"},
        {1, "2.3.1", "", "1:2.1.1 design, 1:2.3.1 poc"},
        {1, "2.3.1", "", "1:2.1.1 design, 1:2.3.1 coordinator"},
        {1, "2.3.1", "", "1:2.1.1 design, 1:2.3.2 source"},
        {1, "2.3.2", "", "1:2.1.1 design, 1:2.3.2 coordinator"},
        {1, "2.3.2", "", "1:2.1.1 design, 1:2.3.2 poc"},
        {1, "2.3.2", "", "1:2.1.1 design"},
    };
    enum actor hops[4];
    struct scene *s = scene_new(a, FLOW_DIRECT, 1);
    scene_until(s, 1, "2.1.1");
    CHECK(scene_at(s, 1, "1.2.1")->optional);
    CHECK_I64(2, (i64)progress_hops(scene_now(s), 1, scene_step(s, "2.3.1"), hops));
    CHECK(scene_play(s, beats, COUNT(beats)));
    CHECK_I64(3, (i64)progress_hops(scene_now(s), 1, scene_step(s, "2.3.1"), hops));
    CHECK_I64(ACTOR_COORDINATOR, hops[2]);
}

TEST(a_source_that_refuses_the_mediation_stays_with_the_vendor)
{
    struct scene *s = scene_new(a, FLOW_DIRECT, 1);
    scene_until(s, 1, "2.1.1");
    scene_do(s, 1, "1.2.1", "");
    scene_do(s, 1, "1.2.2", "accept=no");
    scene_hop(s, 1, "2.3.1", "");
    scene_hop(s, 1, "2.3.1", "");
    CHECK_STR(S("1:2.1.1 design, 1:2.3.2 source"), scene_waits(s));
}

TEST(what_went_to_the_source_before_the_mediation_is_not_sent_once_more)
{
    struct scene *s = scene_new(a, FLOW_DIRECT, 1);
    scene_until(s, 1, "2.1.1");
    scene_do(s, 1, "2.3.1", "");
    scene_hop(s, 1, "2.3.2", ""); /* the source answered: the vendor has it */
    scene_do(s, 1, "1.2.1", "");
    scene_do(s, 1, "1.2.2", "accept=yes");
    CHECK_STR(S("1:2.1.1 design, 1:2.3.2 poc"), scene_waits(s));
    CHECK_I64(STEP_DONE, scene_at(s, 1, "2.3.1")->status);
    scene_hop(s, 1, "2.3.2", "");
    CHECK_I64(STEP_DONE, scene_at(s, 1, "2.3.2")->status);
}

TEST(publication_reported_after_a_mediation_goes_through_the_coordinator)
{
    struct scene *s = scene_new(a, FLOW_DIRECT, 1);
    s->in.known |= 1u << KNOW_DATE_REACHED;
    scene_until(s, 1, "2.1.1");
    scene_do(s, 1, "1.2.1", "");
    scene_do(s, 1, "1.2.2", "accept=yes");
    scene_until(s, 1, "5.1.2");
    scene_hop(s, 1, "5.1.2", "");
    CHECK_STR(S("1:5.1.2 coordinator"), scene_waits(s));
}

TEST(records_give_the_same_states_whatever_was_asked_for_first)
{
    struct scene *s = scene_new(a, FLOW_COORDINATED, 2);
    scene_until(s, 1, "4.4.1");
    struct progress *g = scene_now(s), again;
    for (int i = 0; i < 2; i++) {
        progress_compute(a, s->p, &s->in, &again);
        for (size_t k = 0; k < s->in.nlanes * g->nsteps; k++) {
            CHECK_I64(g->states[k].status, again.states[k].status);
            CHECK_I64(g->states[k].since, again.states[k].since);
            CHECK_I64(g->states[k].due, again.states[k].due);
            CHECK_I64((i64)g->states[k].nmissing, (i64)again.states[k].nmissing);
        }
    }
}
