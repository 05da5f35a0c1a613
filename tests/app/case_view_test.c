/* case_view_test.c - the case as each of its readers may see it, and no more. */
#include "help/case_walk.h"
#include "t.h"

/* --- the board ------------------------------------------------------------------------------- */

APP_TEST(a_vendors_people_see_their_departments_down_and_no_other_vendor)
{
    struct walk *w = walked(st, WALKED_ASKED);
    struct case_view *v = view_as(w, "mihon.poc", "", NULL);
    CHECK_STR(S("Outside, Contact (POC), Design and product owner, R&D, Quality, "
                "SI (manufacturing), SI (systems), Customer care, Sales, PR"),
              board_rows(a, v));
    CHECK_STR(S("1.3.1 done, 2.1.1 open (Design and product owner), 2.2.1 waiting (Waits for "
                "2.1.1), 2.3.1 done, 2.4.1 waiting (Waits for 2.1.1), 2.5.1 waiting (Waits for "
                "2.2.1 and 2.4.1), [3.1.1 waiting], 3.2.1 waiting (Waits for 3.1.1), 3.2.2 waiting "
                "(Waits for 3.1.1), 3.3.1 waiting (Waits for 3.2.1 and 3.2.2)"),
              board_row(a, v, "Design and product owner"));
    CHECK_STR(S("0.1.1 done, 1.2.1 done, 1.5.1 done, 2.3.2 open (Finder), 3.1.2 n/a (Only where "
                "the finder asked), 5.2.2 waiting"),
              board_row(a, v, "Outside"));
    CHECK_STR(S("[1.3.1 told]"), board_row(a, v, "Quality"));
    CHECK_I64(1, (i64)v->nvendors);
}

APP_TEST(the_coordinator_sees_of_a_lane_what_is_sent_to_it_and_not_who_works_inside)
{
    struct walk *w = walked(st, WALKED_ASKED);
    struct case_view *v = view_as(w, "coordinator", "", NULL);
    CHECK_STR(S("The case itself, mihon Inc., reiji Inc."), board_rows(a, v));
    CHECK_STR(S("1.2.1 done, 1.4.1 done, 1.5.1 done, 2.3.1 done, 2.3.2 open (Finder), 2.6.1 "
                "waiting (Waits for the vendor’s own work), 3.1.1 waiting (Waits for 2.6.1), 3.1.2 "
                "n/a (Only where the finder asked), 4.1.2 waiting (Waits for the vendor’s own "
                "work), 4.2.1 waiting (Waits for 4.1.2), 4.3.1 waiting (Waits for 4.1.2), 4.4.1 "
                "waiting (Waits for 4.1.2 and 4.3.1), 4.4.2 waiting (Waits for 4.4.1), 5.2.1 "
                "waiting (Waits for 2.6.1 and 4.4.2)"),
              board_row(a, v, "mihon Inc."));
    CHECK_STR(S("mihon Inc.: 2.3.2 by Finder; mihon Inc.: The vendor is working on it; reiji Inc.: "
                "The vendor is working on it"),
              now_line(a, v));
}

APP_TEST(a_question_that_is_still_inside_does_not_exist_for_the_coordinator)
{
    struct walk *w = walked(st, WALKED_DETAILS);
    walk_act(w, "mihon.design", "mihon", "2.3.1", 1, "question", "Which firmware?", NULL);
    CHECK(step_as(w, "coordinator", "mihon", "2.3.1") == NULL);
    CHECK(str_find(board_row(a, view_as(w, "coordinator", "", NULL), "mihon Inc."), S("2.3.1")) <
          0);
    walk_act(w, "mihon.poc", "mihon", "2.3.1", 2, "question", "Which firmware, please?", NULL);
    struct step_view *v = step_as(w, "coordinator", "mihon", "2.3.1");
    CHECK(v != NULL && v->may_perform);
    CHECK_I64(1, (i64)v->nacts); /* the contact's, not design's */
    CHECK_STR(S("mihon Inc."), v->acts[0].who);
    CHECK(step_as(w, "reception", "mihon", "2.3.1") == NULL);
}

APP_TEST(reception_sees_a_lane_when_something_comes_through_and_without_its_name)
{
    struct walk *w = walked(st, WALKED_DETAILS);
    CHECK_STR(S("The case itself"), board_rows(a, view_as(w, "reception", "", NULL)));
    walk_act(w, "mihon.design", "mihon", "2.3.1", 1, NULL);
    walk_act(w, "mihon.poc", "mihon", "2.3.1", 2, NULL);
    walk_act(w, "coordinator", "mihon", "2.3.1", 3, NULL);
    struct case_view *v = view_as(w, "reception", "", NULL);
    CHECK_STR(S("The case itself, Vendor 1"), board_rows(a, v));
    CHECK_STR(S("2.3.1 open (reception Inc.)"), board_row(a, v, "Vendor 1"));
    CHECK_I64(0, (i64)v->nvendors);
}

APP_TEST(a_department_that_was_told_that_there_is_something_sees_that_and_no_state)
{
    struct walk *w = walked(st, WALKED_ASKED);
    struct case_view *v = view_as(w, "mihon.quality", "", NULL);
    CHECK(v->ident.title.p == NULL);
    CHECK_STR(S("5.2.2 waiting"), board_row(a, v, "Outside"));
    CHECK_STR(S("1.3.1 done"), board_row(a, v, "Design and product owner"));
    CHECK_STR(S(""), now_line(a, v));
    CHECK(step_as(w, "mihon.quality", "mihon", "2.1.1") == NULL);
    CHECK_I64(0, (i64)v->talk.nthreads);
    CHECK_I64(0, (i64)v->nvulns);
}

APP_TEST(a_department_that_is_told_what_a_step_came_to_can_read_it)
{
    struct walk *w = walked(st, WALKED_DETAILS);
    walk_act(w, "mihon.design", "mihon", "2.1.1", 1, "reproduced", "yes", "result", "It crashes",
             "inform", "quality", NULL);
    struct step_view *v = step_as(w, "mihon.quality", "mihon", "2.1.1");
    CHECK(v != NULL);
    CHECK_I64(1, (i64)v->nacts);
    CHECK_STR(S("It crashes"), v->acts[0].answers.v[2].text);
    CHECK_I64(0, (i64)v->nsources);
    CHECK_I64(0, (i64)v->nsigners);
    v = step_as(w, "mihon.quality", "mihon", "1.3.1"); /* there only that something came */
    CHECK_I64(0, (i64)v->nacts);
}

APP_TEST(a_stranger_gets_the_answer_of_what_is_not_there)
{
    struct walk *w = walked(st, WALKED_SPREAD);
    static const char *const strangers[] = {"kamei.poc", "certx", "analyst", "operator", "auditor"};
    for (size_t i = 0; i < COUNT(strangers); i++) {
        struct ctx *cx = walk_as(w, strangers[i]);
        struct case_ask ask = {0};
        struct case_view v;
        CHECK_ERR(E_NOT_FOUND, case_view(cx, w->case_id, &ask, &v));
    }
}

APP_TEST(why_a_step_does_not_apply_is_said_to_those_who_may_know_the_answer)
{
    struct walk *w = walked(st, WALKED_SPREAD);
    walk_sign(w, "mihon.rnd", "1.3.1");
    walk_act(w, "mihon.design", "mihon", "1.3.1", 2, "details", "no", NULL);
    struct step_view *v = step_as(w, "mihon.poc", "mihon", "1.4.1");
    CHECK_STR(S("Only where the details are needed"), phrases_join(a, LANG_EN, &v->conditions));
    v = step_as(w, "coordinator", "mihon", "1.4.1");
    CHECK_I64(CHIP_NOT_APPLICABLE, v->is);
    CHECK_I64(0, (i64)v->conditions.n); /* the decision is the vendor's own */
}

APP_TEST(a_step_past_its_day_is_overdue_by_hours)
{
    struct walk *w = walked(st, WALKED_DETAILS);
    (void)stage_later(st, 7 * DAY + 89 * HOUR);
    struct case_view *v = view_as(w, "mihon.design", "mihon", "2.1.1");
    CHECK(v->open != NULL);
    CHECK_I64(CHIP_LATE, v->open->is);
    CHECK_STR(S("89 h overdue"), v->open->word);
    CHECK(v->now.v[0].own);
}

/* --- one step ---------------------------------------------------------------------------------- */

static str preset(const struct step_view *v, const char *field)
{
    return input_get(&v->preset, str_z(field));
}

APP_TEST(what_is_passed_on_stands_in_the_form_already)
{
    struct walk *w = walked(st, WALKED_DETAILS);
    walk_act(w, "mihon.design", "mihon", "2.3.1", 1, "question", "Which firmware?", NULL);
    struct step_view *v = step_as(w, "mihon.poc", "mihon", "2.3.1");
    CHECK(v->may_perform);
    CHECK_STR(S("Which firmware?"), preset(v, "question"));
    CHECK_STR(S("Design and product owner"), v->acts[v->nacts - 1].who);
    CHECK_STR(S("Which firmware?"), v->acts[v->nacts - 1].answers.v[0].text);
    for (size_t i = 0; i < v->nsources; i++) /* once on the page */
        CHECK(!str_eq(v->sources[i].answers.v[0].text, S("Which firmware?")));
    walk_act(w, "mihon.poc", "mihon", "2.3.1", 2, "question", "Which firmware, please?", NULL);
    CHECK_STR(S("Which firmware, please?"),
              preset(step_as(w, "coordinator", "mihon", "2.3.1"), "question"));
}

APP_TEST(the_cases_own_texts_are_what_is_sent_first)
{
    stage_cast(st);
    struct walk *w = walk_new(st);
    str mihon = stage_org_id(st, "mihon");
    walk_report(w, NULL, NULL);
    walk_accept(w);
    walk_act(w, "coordinator", "", "1.1", 1, "vendors", str_to_z(a, mihon), NULL);
    struct step_view *v = step_as(w, "coordinator", "mihon", "1.2.1");
    CHECK_STR(S("report/result"), preset(v, "overview"));
    walk_act(w, "coordinator", "mihon", "1.2.1", 1, "overview", "What it is", NULL);
    walk_act(w, "mihon.poc", "mihon", "1.3.1", 1, "spread", "design", NULL);
    v = step_as(w, "mihon.design", "mihon", "1.3.1");
    CHECK_STR(S("Overview of the case"), v->sources[v->nsources - 1].head);
    CHECK_STR(S("What it is"), v->sources[v->nsources - 1].answers.v[0].text);
    walk_act(w, "mihon.design", "mihon", "1.3.1", 2, "details", "yes", NULL);
    walk_act(w, "mihon.poc", "mihon", "1.4.1", 1, NULL);
    v = step_as(w, "coordinator", "mihon", "1.5.1");
    CHECK(str_find(preset(v, "details"), S("report/steps")) >= 0);
}

APP_TEST(products_that_design_named_stand_in_the_contacts_report)
{
    struct walk *w = walked(st, WALKED_AFFECTED);
    struct step_view *v = step_as(w, "mihon.poc", "mihon", "2.6.1");
    CHECK_STR(S("Gateway X"), preset(v, "products.0.name"));
    CHECK_STR(S("up to 2.4.3"), preset(v, "products.0.versions"));
    CHECK(preset(v, "cause").p == NULL); /* prose leaves the house only when it is written */
    CHECK_STR(S("2.1.1 Confirm reproduction"), v->sources[1].head);
}

APP_TEST(who_will_read_an_answer_is_said_by_name_from_the_rights)
{
    struct walk *w = walked(st, WALKED_AFFECTED);
    struct step_view *v = step_as(w, "mihon.poc", "mihon", "2.6.1");
    CHECK_I64(1, (i64)v->sees.n);
    CHECK_STR(S("Contact (POC) and coordinator Inc. will read this. Your other departments, other "
                "vendors and the finder do not see it."),
              v->sees.v[0]);
    walk_act(w, "mihon.poc", "mihon", "2.6.1", 1, "status", "affected", NULL);
    v = step_as(w, "mihon.poc", "mihon", "3.1.1");
    CHECK_I64(2, (i64)v->sees.n);
    CHECK(str_find(v->sees.v[0], S("“Plan as sent to the coordinator")) > 0);
    CHECK(str_find(v->sees.v[1], S("Nobody outside the company sees it.")) > 0);
    CHECK(str_find(v->sees.v[1], S("Design and product owner")) > 0);
}

APP_TEST(before_the_overview_goes_out_the_sentence_names_its_receiver)
{
    struct walk *w = walked(st, WALKED_SPREAD);
    str shop = stage_org_id(st, "kamei");
    struct ctx *cx = walk_as(w, "coordinator");
    CHECK_OK(cx,
             case_add_vendors(cx, w->case_id, stage_input(a, "vendors", str_to_z(a, shop), NULL)));
    struct step_view *v = step_as(w, "coordinator", "kamei", "1.2.1");
    CHECK(str_find(v->sees.v[0], S("kamei Inc.")) >= 0);
    CHECK(str_find(v->sees.v[0], S("mihon Inc.")) >= 0); /* it has it already */
}

APP_TEST(signatures_are_shown_and_asked_of_those_who_take_part)
{
    struct walk *w = walked(st, WALKED_SPREAD);
    struct step_view *v = step_as(w, "mihon.rnd", "mihon", "1.3.1");
    CHECK(v->may_sign && !v->may_perform);
    CHECK_I64(ACTOR_RND, v->sign_as);
    CHECK_I64(1, (i64)v->nsigners);
    CHECK(!v->signers[0].signed_ && v->signers[0].own);
    walk_sign(w, "mihon.rnd", "1.3.1");
    v = step_as(w, "mihon.poc", "mihon", "1.3.1");
    CHECK(v->signers[0].signed_);
    CHECK_STR(S("P. mihon.rnd"), v->signers[0].person);
    CHECK_STR(S("R&D"), v->signers[0].who);
}

/* --- clocks --------------------------------------------------------------------------------------- */

APP_TEST(a_contact_has_the_clocks_of_its_own_lane)
{
    struct walk *w = walked(st, WALKED_DETAILS);
    struct case_view *v = view_as(w, "reiji.poc", "", NULL);
    CHECK_I64(2, (i64)v->clocks.n);
    CHECK_STR(S("Publication target (45 days)"), v->clocks.v[0].word);
    CHECK_I64(v->clocks.v[0].start + 45 * DAY, v->clocks.v[0].due);
    CHECK_I64(v->ident.overview_at.v, v->clocks.v[0].start);
    CHECK_I64(0, (i64)view_as(w, "mihon.design", "", NULL)->clocks.n);
}

APP_TEST(the_clocks_of_all_cases_come_nearest_first)
{
    struct walk *w = walked(st, WALKED_DETAILS);
    struct ctx *cx = walk_as(w, "coordinator");
    struct due_lines all;
    CHECK_OK(cx, clocks_of_cases(cx, &all));
    CHECK(all.n >= 3 && !all.more);
    for (size_t i = 1; i < all.n; i++)
        CHECK(all.v[i - 1].clock.due <= all.v[i].clock.due);
    cx = walk_as(w, "kamei.poc");
    CHECK_OK(cx, clocks_of_cases(cx, &all));
    CHECK_I64(0, (i64)all.n);
}

/* --- drafts ----------------------------------------------------------------------------------------- */

static enum err save(struct walk *w, const char *who, i64 rev, const char *cause, i64 *out)
{
    struct step_ref ref = {w->case_id, walk_lane(w, "mihon"), S("2.1.1")};
    struct ctx *cx = walk_as(w, who);
    return step_save_draft(cx, &ref, 1, rev,
                           stage_input(cx->a, "result", cause, "nonsense", "x", NULL), out);
}

APP_TEST(a_draft_is_kept_for_the_department_and_stands_in_the_form)
{
    struct walk *w = walked(st, WALKED_DETAILS);
    i64 rev = 0;
    CHECK_ERR(OK, save(w, "mihon.design", 0, "half a sen", &rev));
    CHECK_I64(1, rev);
    struct step_view *v = step_as(w, "mihon.design", "mihon", "2.1.1");
    CHECK_STR(S("half a sen"), preset(v, "result"));
    CHECK(preset(v, "nonsense").p == NULL);
    CHECK_I64(1, v->draft_rev);
    CHECK_ERR(E_DENIED, save(w, "mihon.poc", 0, "not mine", &rev));
    CHECK_ERR(E_DENIED, save(w, "coordinator", 0, "not mine", &rev));
    CHECK_ERR(E_NOT_FOUND, save(w, "reiji.poc", 0, "not mine", &rev));
}

APP_TEST(a_draft_that_somebody_else_saved_meanwhile_is_not_overwritten)
{
    struct walk *w = walked(st, WALKED_DETAILS);
    i64 rev = 0;
    CHECK_ERR(OK, save(w, "mihon.design", 0, "first", &rev));
    CHECK_ERR(E_CONFLICT, save(w, "mihon.design", 0, "second", &rev));
    CHECK_ERR(OK, save(w, "mihon.design", 1, "third", &rev));
    CHECK_I64(2, rev);
    CHECK_ERR(E_CONFLICT, save(w, "mihon.design", 1, "fourth", &rev));
    CHECK_STR(S("third"), preset(step_as(w, "mihon.design", "mihon", "2.1.1"), "result"));
}

APP_TEST(a_draft_ends_with_the_answer)
{
    struct walk *w = walked(st, WALKED_DETAILS);
    i64 rev = 0;
    CHECK_ERR(OK, save(w, "mihon.design", 0, "half", &rev));
    walk_act(w, "mihon.design", "mihon", "2.1.1", 1, "reproduced", "yes", NULL);
    CHECK_ERR(E_CONFLICT, save(w, "mihon.design", 1, "late", &rev));
    struct ctx *cx = walk_as(w, "mihon.design");
    struct step_ref ref = {w->case_id, walk_lane(w, "mihon"), S("2.1.1")};
    struct input in;
    cx = walk_as(w, "mihon.design");
    CHECK_ERR(E_NOT_FOUND, step_draft(cx, &ref, 1, &in, &rev));
}
