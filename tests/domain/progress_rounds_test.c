/* progress_rounds_test.c - rounds of one step: questions, refusals, signatures, time. */
#include "t.h"

#include "base/time.h"
#include "help/scene.h"

/* --- questions to the finder ------------------------------------------------------------ */

TEST(a_question_goes_hop_by_hop_to_the_finder_and_the_answer_comes_back_the_same_way)
{
    static const struct beat beats[] = {
        {1, "2.3.1", "", "1:2.1.1 design, 1:2.3.1 poc"},
        {1, "2.3.1", "", "1:2.1.1 design, 1:2.3.1 coordinator"},
        {1, "2.3.1", "", "1:2.1.1 design, 1:2.3.1 reception"},
        {1, "2.3.1", "", "1:2.1.1 design, 1:2.3.2 finder"},
        {1, "2.3.2", "", "1:2.1.1 design, 1:2.3.2 reception"},
        {1, "2.3.2", "", "1:2.1.1 design, 1:2.3.2 coordinator"},
        {1, "2.3.2", "", "1:2.1.1 design, 1:2.3.2 poc"},
        {1, "2.3.2", "", "1:2.1.1 design"},
    };
    struct scene *s = scene_new(a, FLOW_COORDINATED, 1);
    scene_until(s, 1, "2.1.1");
    const struct step_state *st = scene_at(s, 1, "2.3.1");
    CHECK_I64(STEP_OPEN, st->status);
    CHECK(st->optional); /* where needed: nobody waits for it */
    CHECK_I64(0, st->due);
    CHECK_STR(S("1:2.1.1 design"), scene_waits(s));
    CHECK(scene_play(s, beats, COUNT(beats)));
}

TEST(the_finder_can_be_asked_as_often_as_needed_while_reproduction_or_cause_is_open)
{
    struct scene *s = scene_new(a, FLOW_COORDINATED, 1);
    scene_until(s, 1, "2.1.1");
    scene_do(s, 1, "2.3.1", "");
    CHECK(scene_at(s, 1, "2.3.1")->again);
    scene_do(s, 1, "2.3.2", "");
    CHECK(!scene_at(s, 1, "2.3.2")->again); /* there is nothing to answer */

    /* a second question begins before the finder answered a third */
    scene_do(s, 1, "2.3.1", "");
    CHECK_I64(2, scene_at(s, 1, "2.3.1")->rounds_done);
    CHECK_STR(S("1:2.1.1 design, 1:2.3.2 finder"), scene_waits(s));
    i64 asked = scene_at(s, 1, "2.3.2")->since;
    scene_hop(s, 1, "2.3.1", "");
    CHECK_STR(S("1:2.1.1 design, 1:2.3.1 poc, 1:2.3.2 finder"), scene_waits(s));
    CHECK_I64(asked, scene_at(s, 1, "2.3.2")->since);
    scene_do(s, 1, "2.3.1", "");
    scene_do(s, 1, "2.3.2", "");
    CHECK_STR(S("1:2.1.1 design, 1:2.3.2 finder"), scene_waits(s));
    CHECK_I64(3, scene_at(s, 1, "2.3.2")->round);
    scene_do(s, 1, "2.3.2", "");
    CHECK_I64(3, scene_at(s, 1, "2.3.2")->rounds_done);

    /* for the cause, too; but not when both are settled */
    scene_do(s, 1, "2.1.1", "");
    CHECK(scene_at(s, 1, "2.3.1")->again);
    scene_do(s, 1, "2.2.1", "");
    CHECK_I64(STEP_DONE, scene_at(s, 1, "2.3.1")->status);
    CHECK(!scene_at(s, 1, "2.3.1")->again);
}

TEST(a_finder_who_was_never_asked_has_nothing_to_answer_once_the_cause_is_known)
{
    struct scene *s = scene_new(a, FLOW_COORDINATED, 1);
    scene_until(s, 1, "2.5.1");
    CHECK_I64(STEP_NOT_APPLICABLE, scene_at(s, 1, "2.3.1")->status);
    CHECK_I64(STEP_NOT_APPLICABLE, scene_at(s, 1, "2.3.2")->status);
}

TEST(an_answer_that_does_not_come_is_skipped_by_the_contact_for_that_question_alone)
{
    struct scene *s = scene_new(a, FLOW_COORDINATED, 1);
    int step = scene_step(s, "2.3.2");
    CHECK_I64((i64)ACTOR_BIT(ACTOR_POC), (i64)s->p->flow[FLOW_COORDINATED].steps[step].skip);
    scene_until(s, 1, "2.1.1");
    scene_do(s, 1, "2.3.1", "");
    scene_skip(s, 1, "2.3.2");
    CHECK_STR(S("1:2.1.1 design"), scene_waits(s));
    CHECK_I64(STEP_SKIPPED, scene_at(s, 1, "2.3.2")->status);
    scene_do(s, 1, "2.3.1", "");
    CHECK_STR(S("1:2.1.1 design, 1:2.3.2 finder"), scene_waits(s));
    scene_do(s, 1, "2.3.2", "");
    CHECK_STR(S("1:2.1.1 design"), scene_waits(s));
    CHECK_I64(STEP_DONE, scene_at(s, 1, "2.3.2")->status);
}

/* --- signatures ------------------------------------------------------------------------- */

TEST(a_department_that_answers_for_several_kinds_signs_once_under_any_of_them)
{
    struct scene *s = scene_new(a, FLOW_COORDINATED, 1);
    s->lanes[1].dept[ACTOR_SI_MFG] = s->lanes[1].dept[ACTOR_DESIGN];
    s->lanes[1].dept[ACTOR_SI_SYS] = s->lanes[1].dept[ACTOR_CARE];
    scene_until(s, 1, "3.1.1");
    CHECK_I64((i64)(ACTOR_BIT(ACTOR_DESIGN) | ACTOR_BIT(ACTOR_SI_SYS)),
              (i64)scene_at(s, 1, "3.1.1")->signers);
    scene_hop(s, 1, "3.1.1", "");
    scene_sign(s, 1, "3.1.1", ACTOR_SI_MFG); /* it is design, too */
    CHECK_STR(S("1:3.1.1 si_sys signs"), scene_waits(s));
    scene_sign(s, 1, "3.1.1", ACTOR_SI_SYS);
    CHECK_STR(S("1:3.1.1 coordinator"), scene_waits(s));
    scene_hop(s, 1, "3.1.1", "");
    /* the lead's own department does not sign beside the lead */
    CHECK_I64((i64)ACTOR_BIT(ACTOR_SI_SYS), (i64)scene_at(s, 1, "3.2.1")->signers);
}

TEST(a_department_that_the_vendor_does_not_have_is_not_waited_for)
{
    struct scene *s = scene_new(a, FLOW_COORDINATED, 1);
    for (int kind = ACTOR_POC; kind < ACTOR_COUNT; kind++)
        s->lanes[1].dept[kind] = 0; /* one person's company */
    scene_until(s, 1, "3.1.1");
    scene_hop(s, 1, "3.1.1", "");
    CHECK_STR(S("1:3.1.1 coordinator"), scene_waits(s));
    scene_until(s, 1, "5.1.1");
    scene_hop(s, 1, "5.1.1", "");
    CHECK_I64(STEP_DONE, scene_at(s, 1, "5.1.1")->status);
}

TEST(who_is_asked_to_take_part_signs_and_nobody_else_can_be_asked)
{
    struct scene *s = scene_new(a, FLOW_COORDINATED, 1);
    scene_until(s, 1, "2.5.1");
    scene_mark(s, MARK_ASKED, 1, "2.5.1", ACTOR_SALES);
    scene_mark(s, MARK_ASKED, 1, "2.5.1", ACTOR_PR); /* the step does not name it */
    CHECK_I64((i64)ACTOR_BIT(ACTOR_SALES), (i64)scene_at(s, 1, "2.5.1")->signers);
    scene_hop(s, 1, "2.5.1", "");
    CHECK_STR(S("1:2.5.1 sales signs"), scene_waits(s));
}

TEST(a_signature_before_the_lead_acts_counts)
{
    struct scene *s = scene_new(a, FLOW_COORDINATED, 1);
    scene_until(s, 1, "4.1.1");
    scene_sign(s, 1, "4.1.1", ACTOR_CARE);
    scene_hop(s, 1, "4.1.1", "");
    CHECK_STR(S("1:4.1.2 poc"), scene_waits(s));
}

TEST(the_step_is_done_when_the_last_signature_is_there)
{
    struct scene *s = scene_new(a, FLOW_COORDINATED, 1);
    scene_until(s, 1, "4.1.1");
    scene_hop(s, 1, "4.1.1", "");
    i64 acted = s->now;
    CHECK_I64(acted, scene_at(s, 1, "4.1.1")->since);
    scene_sign(s, 1, "4.1.1", ACTOR_CARE);
    CHECK_I64(acted + HOUR, scene_at(s, 1, "4.1.1")->settled_at);
    CHECK_I64(acted + HOUR, scene_at(s, 1, "4.1.2")->since);
}

TEST(who_is_told_are_those_that_the_step_shares_with_and_somebody_chose)
{
    struct scene *s = scene_new(a, FLOW_COORDINATED, 1);
    scene_until(s, 1, "1.3.1");
    scene_do(s, 1, "1.3.1", "spread=design,rnd tell=quality");
    CHECK_I64((i64)ACTOR_BIT(ACTOR_QUALITY), (i64)scene_at(s, 1, "1.3.1")->told);
    scene_until(s, 1, "1.5.2");
    scene_do(s, 1, "1.5.2", "spread=design,si_mfg");
    CHECK_I64((i64)ACTOR_BIT(ACTOR_SI_MFG), (i64)scene_at(s, 1, "1.5.2")->told);
    scene_do(s, 1, "2.1.1", "");
    CHECK(!progress_is_told(scene_now(s), 1, scene_step(s, "2.1.1"), ACTOR_QUALITY));
    scene_mark(s, MARK_TOLD, 1, "2.1.1", ACTOR_QUALITY);
    scene_mark(s, MARK_TOLD, 1, "2.1.1", ACTOR_SALES); /* the step does not share with it */
    CHECK(progress_is_told(scene_now(s), 1, scene_step(s, "2.1.1"), ACTOR_QUALITY));
    CHECK_I64((i64)ACTOR_BIT(ACTOR_QUALITY), (i64)scene_at(s, 1, "2.1.1")->told);
}

/* --- time ------------------------------------------------------------------------------- */

TEST(a_step_is_due_some_days_after_it_opened_whoever_has_its_turn)
{
    struct scene *s = scene_new(a, FLOW_COORDINATED, 1);
    CHECK_I64(s->in.opened, scene_at(s, 0, "0.1.1")->since);
    CHECK_I64(s->in.opened + 7 * DAY, scene_at(s, 0, "0.1.1")->due);
    scene_hop(s, 0, "0.1.1", "");
    CHECK_I64(s->now, scene_at(s, 0, "0.1.1")->since); /* reception's turn */
    CHECK_I64(s->in.opened + 7 * DAY, scene_at(s, 0, "0.1.1")->due);
    scene_hop(s, 0, "0.1.1", "");
    i64 accepted = s->now;
    CHECK_I64(accepted, scene_at(s, 0, "1.1")->since);
    CHECK_I64(accepted + 3 * DAY, scene_at(s, 0, "1.1")->due);

    scene_until(s, 1, "3.1.1");
    i64 opened = scene_at(s, 1, "3.1.1")->since;
    scene_hop(s, 1, "3.1.1", "");
    scene_do(s, 1, "3.1.1", "agree=no");
    CHECK_I64(s->now + 7 * DAY, scene_at(s, 1, "3.1.1")->due); /* anew for the next round */
    CHECK(s->now > opened);
}

TEST(a_due_date_that_somebody_set_wins)
{
    struct scene *s = scene_new(a, FLOW_COORDINATED, 1);
    scene_due(s, 0, "0.1.1", 12345 * HOUR);
    CHECK_I64(12345 * HOUR, scene_at(s, 0, "0.1.1")->due);
    scene_until(s, 1, "1.2.1");
    scene_due(s, 1, "1.2.1", 99 * HOUR);
    CHECK_I64(99 * HOUR, scene_at(s, 1, "1.2.1")->due);
}

TEST(a_question_is_due_from_when_it_was_asked)
{
    struct scene *s = scene_new(a, FLOW_COORDINATED, 1);
    scene_until(s, 1, "2.1.1");
    s->now += 30 * DAY;
    scene_hop(s, 1, "2.3.1", "");
    CHECK_I64(s->now + 2 * DAY, scene_at(s, 1, "2.3.1")->due);
    scene_do(s, 1, "2.3.1", "");
    CHECK_I64(s->now + 7 * DAY, scene_at(s, 1, "2.3.2")->due);
}

TEST(the_phase_is_the_lowest_that_has_something_to_do)
{
    struct scene *s = scene_new(a, FLOW_COORDINATED, 2);
    CHECK_I64(0, progress_phase(scene_now(s)));
    scene_until(s, 0, "1.1");
    CHECK_I64(1, progress_phase(scene_now(s)));
    scene_until(s, 1, "2.1.1");
    CHECK_I64(1, progress_phase(scene_now(s))); /* the second vendor is not there yet */
    scene_until(s, 2, "2.1.1");
    CHECK_I64(2, progress_phase(scene_now(s)));
    scene_until(s, 1, "5.1.1");
    scene_do(s, 1, "5.1.1", "");
    s->lanes[2].closed = true;
    CHECK_STR(S(""), scene_waits(s));
    CHECK_I64(5, progress_phase(scene_now(s))); /* for the draft */
}
